"""EmbodiedScan's 9-DoF boxes in the release's own layout, as JSON; the reader's docstring tells the two
readings.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.scene.json_text import encode
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.embodiedscan import rotation_about
from allocentric.worlds.writers.writer import Notes, Writer, losses, metres_per_unit, placed_rows

Rotations = Float[np.ndarray, "box 3 3"]
Angles = Float[np.ndarray, "box 3"]


def intrinsic_angles(rotations: Rotations) -> Angles:
    """The angles (a, b, c) of which Rz(a) Rx(b) Ry(c) is each rotation.

    Where the box's y axis stands upright only a + c is told: then a is any, and c makes up for it.

    >>> intrinsic_angles(np.eye(3)[None]).tolist()
    [[0.0, 0.0, 0.0]]
    """
    a = np.arctan2(-rotations[:, 0, 1], rotations[:, 1, 1])
    turned_back = rotation_about(-a, 2) @ rotations  # Rx(b) Ry(c)
    b = np.arctan2(rotations[:, 2, 1], turned_back[:, 1, 1])
    c = np.arctan2(turned_back[:, 0, 2], turned_back[:, 0, 0])
    return np.stack([a, b, c], axis=1) + 0.0  # no -0


def extrinsic_angles(rotations: Rotations) -> Angles:
    """The angles (a, b, c) of which Ry(c) Rx(b) Rz(a) is each rotation: those of the inverse, turned back."""
    return -intrinsic_angles(rotations.transpose(0, 2, 1)) + 0.0


def _encode(scene: Scene, *, intrinsic: bool) -> tuple[bytes, Notes]:
    rows, unit_m = placed_rows(scene), metres_per_unit(scene)
    angles = (intrinsic_angles if intrinsic else extrinsic_angles)(scene.rotations[rows])
    boxes = np.concatenate([scene.centers[rows] * unit_m, scene.sizes[rows] * unit_m, angles], axis=1)
    labels = [scene.labels[row] for row in rows.tolist()]
    categories = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    instances = [
        {"bbox_3d": box, "bbox_id": number, "bbox_label_3d": categories[label]}
        for number, (box, label) in enumerate(zip(boxes.tolist(), labels))
    ]
    sample = {"sample_idx": scene.id, "instances": instances}
    file = {"metainfo": {"categories": categories, "dataset": "allocentric"}, "data_list": [sample]}
    return encode(file), tuple(losses(scene, frozenset()))


WRITER: Final = Writer("embodiedscan", (".embodiedscan.json",), partial(_encode, intrinsic=True))
EXTRINSIC: Final = Writer("embodiedscan-extrinsic", (), partial(_encode, intrinsic=False))
