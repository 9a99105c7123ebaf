"""Where a real recording says that its things are seen, against its 3D boxes through its own lens.

A released 2D box is of the pixels of a thing that are seen. So it lies in the projected 3D box of the thing;
how much of that it fills depends on the thing's shape; and what hides it can only be told roughly by boxes.
"""

import pathlib
import shutil

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from allocentric.errors import BadInput
from allocentric.geometry.cameras import pixel_centres, unproject
from allocentric.scene.derive import at_time
from allocentric.scene.scene import Scene, View
from allocentric.worlds.read import read
from allocentric.worlds.readers.shown import Shown, shown
from tests.real_data import folder


@pytest.fixture(scope="module")
def scene() -> Scene:
    return read(folder("aria_digital_twin"))


@pytest.fixture(scope="module")
def seen(scene: Scene) -> Shown:
    return shown(scene, scene.views)


def overlap(told: np.ndarray, made: np.ndarray) -> np.ndarray:
    """Intersection over union of boxes, row by row."""
    area = [np.prod(each[:, 2:] - each[:, :2], axis=1) for each in (told, made)]
    common = (np.minimum(told, made)[:, 2:] - np.maximum(told, made)[:, :2]).clip(0).prod(1)
    iou: np.ndarray = common / (area[0] + area[1] - common)
    return iou


def shares(scene: Scene) -> np.ndarray:
    """The released share of each sighting that is visible."""
    return np.array([each.share for each in scene.sightings])


def test_every_2d_box_lies_in_its_projected_box_to_a_pixel(scene: Scene, seen: Shown) -> None:
    around = np.isnan(seen.projected_px).any(1)
    names = {scene.names[each.row] for each, odd in zip(scene.sightings, around) if odd}
    assert names == {"ApartmentEnv"}, "the place itself, whose box holds the camera"
    held = [(seen.within(px).sum(), seen.within(px).size) for px in (0.5, 1.0)]
    assert held == [(534, 538), (538, 538)]


@pytest.mark.parametrize(
    ("low", "high", "boxes", "half", "most"),
    [
        (0.95, 1.1, 242, 0.967, 0.57),
        (0.8, 0.95, 78, 1.0, 0.54),
        (0.5, 0.8, 117, 0.752, 0.368),
        (0.0, 0.5, 101, 0.336, 0.149),
    ],
)
def test_the_less_of_a_thing_is_seen_the_less_of_its_projected_box_the_2d_box_fills(
    low: float, high: float, boxes: int, half: float, most: float, scene: Scene, seen: Shown
) -> None:
    """The shares of 2D boxes whose overlap with the projected box is at least 0.5, and at least 0.7."""
    visible = np.array([each.share for each in scene.sightings])
    known = ~np.isnan(seen.projected_px).any(1) & (visible >= low) & (visible < high)
    iou = overlap(seen.told_px, seen.projected_px)[known]
    assert known.sum() == boxes
    assert (iou >= 0.5).mean() == pytest.approx(half, abs=0.01)
    assert (iou >= 0.7).mean() == pytest.approx(most, abs=0.01)


def test_what_is_seen_whole_and_fills_less_than_half_of_its_box_slants_in_it(
    scene: Scene, seen: Shown
) -> None:
    iou = overlap(seen.told_px, seen.projected_px)
    odd = {
        scene.names[each.row]
        for each, low in zip(scene.sightings, iou < 0.5)
        if low and (each.share or 0) >= 0.95
    }
    assert odd == {"FryingPan", "MugCat_3"}, "by their handles"


def unhidden(scene: Scene, view: View, *, step: int) -> np.ndarray:
    """The share of each thing's box in a view that no other box hides; NaN where it is out of the picture.

    A box hides another where a ray leaves it before entering the other.
    """
    then = at_time(scene, view.time_s or 0.0)
    assert view.camera is not None
    pixels = pixel_centres(view.camera)[step // 2 :: step, step // 2 :: step].reshape(-1, 2)
    rays = unproject(view.camera, pixels)
    rays = rays[np.isfinite(rays).all(1)] @ view.world_from_camera.rotation.T
    enter, leave = np.full((2, len(scene), len(rays)), np.inf)
    for row in range(len(scene)):
        own = rays @ then.rotations[row]
        start = (view.world_from_camera.translation_m - then.centers[row]) @ then.rotations[row]
        with np.errstate(divide="ignore", invalid="ignore"):
            sides = (np.stack([-then.sizes[row], then.sizes[row]]) / 2 - start)[:, None] / own
        near, far = sides.min(0).max(1), sides.max(0).min(1)
        hit = (near < far) & (near > 0)
        enter[row, hit], leave[row, hit] = near[hit], far[hit]
    first, second = np.partition(leave, 1, axis=0)[:2]
    other = np.where(leave == first, second, first)
    in_picture = np.isfinite(enter)
    free = in_picture & (other >= enter)
    with np.errstate(invalid="ignore"):
        share: np.ndarray = free.sum(1) / in_picture.sum(1)
    return share


def test_what_boxes_hide_of_boxes_follows_the_released_visibility_only_roughly(scene: Scene) -> None:
    view = scene.views[0]
    made = unhidden(scene, view, step=8)
    rows = [
        each for each in scene.sightings if each.view == view.id and scene.names[each.row] != "ApartmentEnv"
    ]
    told, by_boxes = np.array([[each.share, made[each.row]] for each in rows]).T
    known = ~np.isnan(by_boxes)
    told, by_boxes = told[known], by_boxes[known]
    assert known.sum() == 90
    assert np.median(np.abs(told - by_boxes)) == pytest.approx(0.057, abs=0.005)
    assert (np.abs(told - by_boxes) <= 0.2).mean() == pytest.approx(0.81, abs=0.02)
    assert np.corrcoef(told, by_boxes)[0, 1] == pytest.approx(0.855, abs=0.01)


def test_inverse_poses_are_named(tmp_path: pathlib.Path) -> None:
    made = pathlib.Path(shutil.copytree(folder("aria_digital_twin"), tmp_path / "walk"))
    path = made / "aria_trajectory.csv"
    path.chmod(0o644)
    heading, *lines = path.read_text().splitlines()
    names = heading.split(",")
    place, turn = (
        [names.index(f"{part}{axis}_world_device") for axis in axes]
        for part, axes in (("t", "xyz"), ("q", "xyzw"))
    )
    written = [heading]
    for line in lines:
        fields = line.split(",")
        pose = np.eye(4)
        x, y, z, w = (float(fields[at]) for at in turn)
        pose[:3, :3] = Rotation.from_quat([x, y, z, w]).as_matrix()
        pose[:3, 3] = [float(fields[at]) for at in place]
        back = np.linalg.inv(pose)
        for at, number in zip([*turn, *place], [*Rotation.from_matrix(back[:3, :3]).as_quat(), *back[:3, 3]]):
            fields[at] = repr(float(number))
        written.append(",".join(fields))
    path.write_text("\n".join(written) + "\n")
    with pytest.raises(BadInput, match=r"poses look inverted: 0 of .* with the poses inverted 538 of 538"):
        read(made)
