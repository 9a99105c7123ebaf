"""What is known to be seen in the pictures of a drive: boxes in them, and how much was annotated as visible.

The schema tells which part of a thing all cameras together show (`v40-60`; T4: full, most, partial, none). It
is seen in the one picture that it may be in, where there is but one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.geometry.boxes import SIGNS
from allocentric.geometry.cameras import Pinhole
from allocentric.scene.scene import Sighting, Thing, View
from allocentric.worlds.readers.nuscenes_tables import Annotation, Tables

_AT_LEAST: Final = re.compile(r"v([0-9]+)-[0-9]+")
_SEEN: Final = frozenset({"full", "most", "partial"})


def sightings_of(
    tables: Tables, views: Mapping[str, View], here: Mapping[str, Annotation], *, things: Sequence[Thing]
) -> tuple[Sighting, ...]:
    """The things that pictures are stated to show: with their boxes, else without.

    `views` by the token of their data, `here` the annotations of the keyframe by instance, in the order of
    `things`.
    """
    rows = {id: row for row, id in enumerate(here)}
    boxed = [
        Sighting(rows[each.instance_token], views[each.sample_data_token].id, each.bbox)
        for each in tables.in_pictures.rows.values()
        if each.sample_data_token in views and each.instance_token in rows
    ]
    told = {each.row for each in boxed}
    seen = list[Sighting]()
    for row, (annotation, thing) in enumerate(zip(here.values(), things)):
        if row not in told and _is_seen(tables, annotation):
            shown = [view for view in views.values() if _may_show(view, thing)]
            seen += [Sighting(row, shown[0].id)] * (len(shown) == 1)
    return (*boxed, *seen)


def _is_seen(tables: Tables, annotation: Annotation) -> bool:
    level = tables.visibility.rows.get(annotation.visibility_token)
    least = _AT_LEAST.fullmatch(level.level) if level is not None else None
    return level is not None and (level.level in _SEEN or (least is not None and int(least[1]) > 0))


def _may_show(view: View, thing: Thing) -> bool:
    """False where a box lies all on the outer side of one face of a picture's cone, or behind the camera."""
    camera, half = view.camera, np.asarray(thing.size, float) / 2
    corners: Float[np.ndarray, "8 3"] = np.asarray(thing.center) + SIGNS * half @ thing.world_from_thing().T
    x, y, z = view.world_from_camera.inverse().apply(corners).T
    if not isinstance(camera, Pinhole):
        return True
    if (z <= 0).all():
        return False
    if camera.distortion is not None:
        return True
    across, down = camera.fx_px * x, camera.fy_px * y
    outer = (
        across + camera.cx_px * z < 0,
        across + (camera.cx_px - camera.width_px) * z > 0,
        down + camera.cy_px * z < 0,
        down + (camera.cy_px - camera.height_px) * z > 0,
    )
    return not any(each.all() for each in outer)
