"""A picture as it is taken: by which lens, from where, and of the scene as it then stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from allocentric.geometry.frames import BODY_FROM_CAMERA
from allocentric.geometry.poses import Pose
from allocentric.oracle.places import Frame, Spot
from allocentric.scene.moments import absent, scene_then
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Unknown

_LENS: Final = "say it with a camera: camera(view(...)), turned(camera(view(...)), ...)"


@dataclass(frozen=True, eq=False, slots=True)
class Shot:
    """A view, and the scene when it is taken; `stated` where the view is one of the scene's own."""

    scene: Scene
    view: View
    stated: bool

    def there(self, row: int) -> bool:
        """False where a thing is not there when the picture is taken: outside of its track."""
        return row not in absent(self.scene)


def shot(scene: Scene, view: View | Frame) -> Shot | Unknown:
    """The picture of a view, or of a frame that comes from a camera.

    >>> from allocentric.oracle.frames import world
    >>> from allocentric.scene.scene import scene_of
    >>> bare = scene_of("s", [])
    >>> shot(bare, world(bare)).reason
    'no_frame'
    """
    if isinstance(view, View):
        return Shot(scene_then(scene, view.time_s), view, True)
    if view.view is None or view.rotation is None:
        return Unknown("no_frame", f"{view.says or 'this frame'} has no lens to see with", _LENS)
    if not (
        isinstance(view.anchor, Spot)
        and view.heading.exact
        and view.anchor.x.exact
        and view.anchor.y.exact
        and view.anchor.z.exact
    ):
        if not scene.scale.exact:
            what = "how far the camera was moved on this scale, is not known"
            return Unknown("no_scale", what, "state one length that is known (`scale`)")
        return Unknown("no_frame", "where the camera is, is known only roughly", _LENS)
    made: dict[tuple[object, ...], View] = scene.cached("views of frames", dict)
    at = np.array([view.anchor.x.middle, view.anchor.y.middle, view.anchor.z.middle])
    key = (view.view.id, *at.tolist(), *view.rotation.reshape(-1).tolist())
    if key not in made:
        pose = Pose(view.rotation @ BODY_FROM_CAMERA, at)
        made[key] = replace(view.view, id=view.says, world_from_camera=pose, image=None, depth=None)
    return Shot(scene_then(scene, view.view.time_s), made[key], False)
