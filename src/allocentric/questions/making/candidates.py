"""What in a scene no question is asked about: counted once a scene, since no single question is rejected."""

from __future__ import annotations

from collections import Counter

from allocentric.questions.families.pictures import looked_at
from allocentric.questions.families.things import unique
from allocentric.scene.scene import Scene

SHARED = "every kind: a thing whose label others share"
HARDLY_SEEN = "every kind: a thing of which a picture shows less than a tenth"


def no_candidates(scene: Scene, *, views: bool) -> Counter[str]:
    """How many things cannot be named alone; with `views`, and how many each picture hardly shows, in all.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> no_candidates(scene_of("room", [Thing(label=each) for each in ("sofa", "bin", "bin")]), views=False)
    Counter({'every kind: a thing whose label others share': 2})
    """
    named = unique(scene)
    counts = Counter({SHARED: scene.kinds.count("object") - len(named)})
    for view in scene.views if views else ():
        if view.camera is not None:
            seen = looked_at(scene, view)
            little = [row for row in named if seen.sight.visible_px[row] and not seen.knows(row)]
            counts[HARDLY_SEEN] += len(little)
    return +counts
