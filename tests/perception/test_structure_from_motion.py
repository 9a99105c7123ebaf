"""Pictures without poses: cameras up to a similarity, found again when stopped, named where they are not."""

import io
import itertools
import math
import os
import pathlib
import signal
import subprocess
import sys
import textwrap
from typing import Any

import numpy as np
import pytest
import trimesh
from PIL import Image, ImageOps

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole, project
from allocentric.geometry.poses import Pose
from allocentric.geometry.similarity import Similarity, fit_similarity
from allocentric.perception.known_length import with_known_length
from allocentric.perception.motion_model import Matching, Stage
from allocentric.perception.structure_from_motion import Motion, picture_up, points_ply, structure_from_motion
from allocentric.query.ask import ask
from allocentric.scene.file import load, save
from allocentric.scene.truth import Measured, Quantity, Undetermined
from allocentric.worlds.read import read
from tests.perception import painted
from tests.real_data import folder

POSES = painted.walked(6)
MATCHING = Matching(lens="pinhole", focal_px=340.0, features=700)
pytest.importorskip("pycolmap")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Six pictures of the painted corner; beside them one of nothing, of another size."""
    made = painted.save_pictures(tmp_path_factory.mktemp("motion") / "corner", POSES)
    Image.new("RGB", (320, 320), "white").save(made / "white.png")
    return made


@pytest.fixture(scope="module")
def motion(pictures: pathlib.Path) -> Motion:
    return structure_from_motion(pictures, pictures.parent / "work", matching=MATCHING)


def apart(first: np.ndarray, second: np.ndarray) -> float:
    """The angle between two rotations, in degrees."""
    return math.degrees(math.acos(min(1.0, (float(np.trace(first.T @ second)) - 1) / 2)))


def against(found: list[Pose], true: list[Pose]) -> tuple[Similarity, float, float]:
    """How found cameras lie on the true ones: the fit, the worst centre by the layout's size, the worst turn.

    Turns are those between two cameras, which no similarity changes.
    """
    at, onto = (np.array([each.translation_m for each in poses]) for poses in (found, true))
    true_from_found = fit_similarity(at, onto)
    size = float(np.linalg.norm(onto[:, None] - onto, axis=2).max())
    off = float(np.linalg.norm(true_from_found.apply(at) - onto, axis=1).max())
    turns = [
        apart(found[a].rotation.T @ found[b].rotation, true[a].rotation.T @ true[b].rotation)
        for a, b in itertools.combinations(range(len(found)), 2)
    ]
    return true_from_found, off / size, max(turns)


def test_the_cameras_are_found_up_to_a_similarity(motion: Motion) -> None:
    assert [each.id for each in motion.scene.views] == [f"p{row}.png" for row in range(6)]
    _, off, turn = against([each.world_from_camera for each in motion.scene.views], POSES)
    assert off < 0.004
    assert turn < 0.4
    assert motion.reprojection_px < 0.5
    camera = motion.scene.views[0].camera
    assert isinstance(camera, Pinhole)
    assert abs(camera.fx_px - 340) < 4


def test_what_pictures_cannot_tell_is_unknown(motion: Motion) -> None:
    assert (motion.scene.scale.low, motion.scene.scale.high) == (0.0, math.inf)
    assert motion.scene.north.full
    assert motion.scene.tilt_rad == math.pi
    assert any("gravity is unknown" in each for each in motion.scene.source.notes)


def test_a_picture_that_cannot_be_placed_is_named(motion: Motion) -> None:
    assert motion.left_out == ("white.png",)
    assert motion.scene.source.warnings == ("could not be placed: white.png",)


def test_points_lie_where_the_pictures_saw_them(motion: Motion) -> None:
    sparse = motion.sparse
    assert len(sparse.points) > 200
    assert len(sparse.observed_px) == pytest.approx(motion.track * len(sparse.points))
    off_px = np.zeros(len(sparse.observed_px))
    for row, view in enumerate(motion.scene.views):
        seen = sparse.observed_view == row
        assert view.camera is not None
        points = view.world_from_camera.inverse().apply(sparse.points[sparse.observed_point[seen]])
        off_px[seen] = np.linalg.norm(project(view.camera, points)[0] - sparse.observed_px[seen], axis=1)
    of_points = np.bincount(sparse.observed_point, off_px) / np.bincount(sparse.observed_point)
    np.testing.assert_allclose(of_points, sparse.errors_px, atol=1e-6)
    assert motion.reprojection_px == pytest.approx(of_points.mean())


def test_points_are_written_as_other_tools_read_them(motion: Motion) -> None:
    cloud: Any = trimesh.load(io.BytesIO(points_ply(motion.sparse)), file_type="ply")
    np.testing.assert_allclose(cloud.vertices, motion.sparse.points, atol=1e-5)
    np.testing.assert_array_equal(cloud.visual.vertex_colors[:, :3], motion.sparse.colours)


def test_pictures_held_level_tell_gravity_within_a_bound(pictures: pathlib.Path, motion: Motion) -> None:
    level = structure_from_motion(
        pictures, pictures.parent / "work", matching=MATCHING, level_within_rad=math.radians(0.5)
    )
    true_from_found, _, _ = against([each.world_from_camera for each in level.scene.views], POSES)
    lean_rad = math.acos(min(1.0, float(true_from_found.rotation[2, 2])))
    assert lean_rad <= level.scene.tilt_rad < math.radians(5)
    assert level.reprojection_px == motion.reprojection_px, "it was only read again"


def test_metres_wait_for_one_known_length(motion: Motion) -> None:
    program = 'distance(view("p1.png"), view("p4.png"))'
    before = ask(motion.scene, program).result
    assert isinstance(before, Undetermined)
    assert before.reason == "no_scale"
    ratio = ask(
        motion.scene, 'distance(view("p1.png"), view("p4.png")) / distance(view("p0.png"), view("p5.png"))'
    )
    true_m = [
        float(np.linalg.norm(POSES[a].translation_m - POSES[b].translation_m)) for a, b in ((1, 4), (0, 5))
    ]
    assert isinstance(ratio.result, Measured)
    assert ratio.result.value == pytest.approx(true_m[0] / true_m[1], rel=0.005)
    after = ask(
        with_known_length(motion.scene, f"camera 1 to camera 6 {true_m[1]:.2f} m ± 1 %"), program
    ).result
    assert isinstance(after, Measured)
    assert isinstance(after.possible, Quantity)
    assert after.possible.bound.holds(true_m[0])


def test_the_scene_is_saved_and_loaded_with_its_cameras(motion: Motion, tmp_path: pathlib.Path) -> None:
    save(motion.scene, tmp_path / "corner.allo.json")
    again = load(tmp_path / "corner.allo.json")
    assert again.views[0].camera == motion.scene.views[0].camera
    assert again.source == motion.scene.source


def test_a_run_that_is_stopped_twice_ends_in_the_same_numbers(
    pictures: pathlib.Path, motion: Motion, tmp_path: pathlib.Path
) -> None:
    def interrupt(stage: Stage, done: int, total: int) -> None:
        if stage == "features" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        structure_from_motion(pictures, tmp_path, matching=MATCHING, watch=interrupt)
    killed = f"""
        import os, signal
        from allocentric.perception.structure_from_motion import *
        def kill(stage, done, total):
            if stage == "pairs" and done > 2:
                os.kill(os.getpid(), signal.SIGKILL)
        matching = Matching(lens="pinhole", focal_px=340.0, features=700)
        structure_from_motion({str(pictures)!r}, {str(tmp_path)!r}, matching=matching, watch=kill)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(killed)], env=os.environ, check=False)
    assert ended.returncode == -signal.SIGKILL
    (inner,) = tmp_path.iterdir()
    (inner / ".mapping-left").mkdir()  # as a run that is killed later leaves it
    first = dict[Stage, int]()

    def note(stage: Stage, done: int, total: int) -> None:
        first.setdefault(stage, done)

    again = structure_from_motion(pictures, tmp_path, matching=MATCHING, watch=note)
    assert first["features"] == 7, "no picture was looked at again"
    assert first["pairs"] > 0
    np.testing.assert_array_equal(again.sparse.points, motion.sparse.points)
    for one, other in zip(again.scene.views, motion.scene.views):
        np.testing.assert_array_equal(one.world_from_camera.rotation, other.world_from_camera.rotation)
    left = [each.name for each in inner.iterdir()]
    assert [each for each in left if not each.startswith("database.db")] == ["sparse"]


def test_the_frames_of_a_walk_are_paired_with_the_next_ones(
    pictures: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "walk").mkdir()
    for row in range(3):
        (tmp_path / "walk" / f"{row}.png").write_bytes((pictures / f"p{row}.png").read_bytes())
    counts = dict[Stage, int]()

    def note(stage: Stage, done: int, total: int) -> None:
        counts[stage] = total

    walk = Matching(pairs="next", window=1, lens="pinhole", features=700)
    found = structure_from_motion(tmp_path / "walk", tmp_path / "work", matching=walk, watch=note)
    assert counts == {"features": 3, "pairs": 2, "cameras": 3}
    assert len(found.scene.views) >= 2
    assert any(
        "no focal length is stated for 0.png, 1.png, 2.png" in each for each in found.scene.source.notes
    )


# What is refused


def test_pictures_of_nothing_are_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "blank").mkdir()
    for row in range(2):
        Image.new("RGB", (64, 48), (row, 0, 0)).save(tmp_path / "blank" / f"{row}.png")
    with pytest.raises(BadInput, match="no two of the 2 pictures could be brought together"):
        structure_from_motion(tmp_path / "blank", tmp_path / "work")


def test_one_picture_none_and_a_broken_one_are_refused_and_nothing_is_written(tmp_path: pathlib.Path) -> None:
    held, work = tmp_path / "pictures", tmp_path / "work"
    with pytest.raises(BadInput, match="the folder is missing"):
        structure_from_motion(held, work)
    held.mkdir()
    Image.new("RGB", (64, 48)).save(held / "a.png")
    with pytest.raises(BadInput, match="there is one picture"):
        structure_from_motion(held, work)
    (held / "b.png").write_bytes((held / "a.png").read_bytes()[:60])
    with pytest.raises(BadInput, match="the picture cannot be read") as caught:
        structure_from_motion(held, work)
    assert caught.value.where == str(held / "b.png")
    assert not work.exists()


def test_a_broken_database_is_named_with_what_to_delete(
    pictures: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    (inner,) = (pictures.parent / "work").iterdir()
    (tmp_path / inner.name).mkdir()
    (tmp_path / inner.name / "database.db").write_bytes(b"no database" * 100)
    with pytest.raises(BadInput, match="pycolmap stopped") as caught:
        structure_from_motion(pictures, tmp_path, matching=MATCHING)
    assert caught.value.mend == "delete this folder, and run it again"


def test_without_pycolmap_the_extra_is_named(
    pictures: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pycolmap", None)
    with pytest.raises(BadInput, match="needs pycolmap") as caught:
        structure_from_motion(pictures, tmp_path)
    assert "allocentric[recon]" in caught.value.mend


def test_matching_of_nothing_is_refused() -> None:
    with pytest.raises(BadInput, match="features is not above 0"):
        Matching(features=0)
    with pytest.raises(BadInput, match="focal_px is not above 0"):
        Matching(focal_px=0.0)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_the_up_of_a_turned_picture_is_its_top_as_it_is_shown(
    orientation: int, tmp_path: pathlib.Path
) -> None:
    raw = Image.new("L", (5, 5))
    exif = raw.getexif()
    exif[274] = orientation
    raw.save(tmp_path / "a.png", exif=exif)
    x, y, _ = picture_up(tmp_path / "a.png").tolist()
    raw.putpixel((2 + 2 * int(x), 2 + 2 * int(y)), 255)  # the middle of the side that is up
    raw.save(tmp_path / "a.png", exif=exif)
    with Image.open(tmp_path / "a.png") as saved:
        assert ImageOps.exif_transpose(saved).getpixel((2, 0)) == 255


# Real photographs


def test_twelve_photographs_of_a_door_give_the_released_layout_of_cameras(tmp_path: pathlib.Path) -> None:
    door = folder("gtsfm_lund_door")
    found = structure_from_motion(door / "images", tmp_path, matching=Matching(longest_px=480, features=1000))
    released = read(door / "colmap_ground_truth")
    assert len(found.scene.views) == 12
    assert found.left_out == ()
    poses = [each.world_from_camera for each in found.scene.views]
    true = [released.view(each.id).world_from_camera for each in found.scene.views]
    _, off, turn = against(poses, true)
    assert off < 0.002, "of the layout's size"
    assert turn < 0.1, "degrees"
    assert found.reprojection_px < 0.9, "looked at in a quarter of their width and height"
    assert not any("no focal length" in each for each in found.scene.source.notes), "EXIF states it"
