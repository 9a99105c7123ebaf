"""A scan: a folder of pictures in, a scene and a report out; stopped, it goes on; wrong, it says what."""

import json
import pathlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.depth_visibility import EXACT
from allocentric.perception.scan import scan
from allocentric.perception.scan_detect import Networks, from_networks
from allocentric.perception.scan_wanted import Wanted, Watch
from allocentric.scene.file import load
from allocentric.views.export import write_views
from allocentric.worlds.read import read
from tests.perception import painted, rendered
from tests.real_data import folder as real

pytest.importorskip("open3d")
VIEWS: Final = rendered.views()[::3]
ROOM: Final = Wanted(noise=EXACT, voxel_m=0.04)
WRITTEN: Final = ("mesh.ply", "plan.png", "report.html", "report.json", "scene.json")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The pictures of a room, as allo render writes them."""
    made = tmp_path_factory.mktemp("scan") / "room"
    write_views(rendered.room(), VIEWS, made, light=None, finer=1)
    return made


@pytest.fixture(scope="module")
def scanned(room: pathlib.Path) -> pathlib.Path:
    """What an undisturbed scan of the room wrote."""
    out = room.parent / "undisturbed"
    scan(room, out, ROOM)
    return out


def contents(out: pathlib.Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in WRITTEN}


def test_the_things_of_a_scanned_room_lie_within_their_bounds(scanned: pathlib.Path) -> None:
    true, found = rendered.room(), load(scanned / "scene.json")
    objects = [row for row in range(len(true)) if true.kinds[row] == "object"]
    assert all(rendered.is_held(true, row, found, rendered.nearest(true, row, found)) for row in objects)
    assert found.id == "room"


def test_the_report_says_what_was_detected_checked_and_is_unknown(scanned: pathlib.Path) -> None:
    told = json.loads((scanned / "report.json").read_text(encoding="utf-8"))
    assert told["road"] == "posed depth"
    assert (told["pictures"], told["placed"]) == (len(VIEWS), len(VIEWS))
    assert any("camera-to-world detected" in each for each in told["detected"])
    checks = {each["name"]: each["value"] for each in told["checks"]}
    assert checks["surface to depth, median"] < 0.01
    assert checks["pixels that meet the surface"] > 0.9
    assert checks["level or upright surface"] > 0.9
    assert all(each["mend"] for each in told["unknown"])
    table = next(each for each in told["things"] if each["label"] == "table")
    assert 0 < max(table["size_slack"]) < 0.2
    assert table["views"] > 3


def test_the_page_needs_no_other_file(scanned: pathlib.Path) -> None:
    page = (scanned / "report.html").read_text(encoding="utf-8")
    assert "data:image/png;base64," in page
    assert "<svg" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_scanned_again_nothing_is_done_anew(room: pathlib.Path, scanned: pathlib.Path) -> None:
    before = {each.name: each.stat().st_mtime_ns for each in (scanned / "work").iterdir()}
    held, stages = contents(scanned), list[str]()

    def each(stage: str, items: Iterator[str], _: int) -> Iterable[str]:
        stages.append(stage)
        return items

    scan(room, scanned, ROOM, watch=Watch(each))
    assert stages == []
    assert {each.name: each.stat().st_mtime_ns for each in (scanned / "work").iterdir()} == before
    assert contents(scanned) == held


# Scans, and hangs at the third view that is fused.
HANGS: Final = """
import sys, time
from allocentric.geometry.depth_visibility import EXACT
from allocentric.perception.scan import scan
from allocentric.perception.scan_wanted import Wanted, Watch
def each(stage, items, total):
    for number, item in enumerate(items):
        if stage == "surface" and number == 2:
            print("fusing", flush=True)
            time.sleep(600)
        yield item
scan(sys.argv[1], sys.argv[2], Wanted(noise=EXACT, voxel_m=0.04), watch=Watch(each))
"""


def test_a_scan_that_was_killed_goes_on_and_ends_as_if_it_had_not_been(
    room: pathlib.Path, scanned: pathlib.Path
) -> None:
    out = room.parent / "killed"
    command = [sys.executable, "-c", HANGS, str(room), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "fusing\n"
        running.send_signal(signal.SIGKILL)
    assert sorted(each.name for each in out.iterdir()) == ["work"]
    recovered = out / "work" / "recovered.json"
    before, stages = recovered.stat().st_mtime_ns, list[str]()

    def each(stage: str, items: Iterator[str], _: int) -> Iterable[str]:
        stages.append(stage)
        return items

    scan(room, out, ROOM, watch=Watch(each))
    assert stages == ["surface"]
    assert recovered.stat().st_mtime_ns == before
    assert contents(out) == contents(scanned)


def test_other_pictures_and_a_spoilt_product_are_worked_on_anew(
    room: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    few = tmp_path / "few"
    write_views(rendered.room(), VIEWS[:4], few, light=None, finer=1)
    out, bare = tmp_path / "out", Wanted(noise=EXACT, voxel_m=0.08)
    stages = list[str]()

    def each(stage: str, items: Iterator[str], _: int) -> Iterable[str]:
        stages.append(stage)
        return items

    scan(few, out, bare)
    held = (out / "scene.json").read_bytes()
    (out / "work" / "mesh.ply").write_bytes(b"spoilt")
    scan(few, out, bare, watch=Watch(each))
    assert stages == ["surface"]
    assert (out / "scene.json").read_bytes() == held
    depth = sorted((few / "depth").iterdir())[0]
    Image.fromarray((np.asarray(Image.open(depth)) + 1).astype(np.uint16)).save(depth)
    scan(few, out, bare, watch=Watch(each))
    assert stages[1:3] == ["things: what is seen", "things: what may be hidden"]


def bare(room: pathlib.Path, to: pathlib.Path) -> pathlib.Path:
    """The room's pictures and depth, nothing said of what they show."""
    for name in ("images", "depth"):
        shutil.copytree(room / name, to / name)
    shutil.copy(room / "transforms.json", to)
    return to


def test_without_detections_there_are_a_floor_and_a_surface_and_the_report_says_so(
    room: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    told = scan(bare(room, tmp_path / "bare"), tmp_path / "out", ROOM)
    assert told.things == ()
    assert "nothing was looked for" in told.unknown[0].what
    assert "--masks" in told.unknown[0].mend
    floor = load(tmp_path / "out" / "scene.json").floor
    assert floor is not None
    assert floor.area == pytest.approx(12.0, rel=0.1)
    assert (tmp_path / "out" / "mesh.ply").exists()


def masks_of(room: pathlib.Path, to: pathlib.Path, label: str, *, boxes: bool) -> pathlib.Path:
    """For each picture a file that says where one thing is, by a box or a mask."""
    to.mkdir()
    named = json.loads((room / "things.json").read_text(encoding="utf-8"))
    (number,) = (int(each) for each, told in named.items() if told["label"] == label)
    for path in (room / "instances").iterdir():
        mask = np.asarray(Image.open(path)) == number
        found: list[dict[str, object]] = []
        if mask.sum() > 40:
            rows, columns = np.nonzero(mask)
            sides = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
            found = [{"label": label, "box": [float(each) for each in sides]}]
            if not boxes:
                Image.fromarray(mask).save(to / f"{path.stem}.mask.png")
                found[0]["mask"] = f"{path.stem}.mask.png"
        (to / f"{path.stem}.json").write_text(json.dumps(found), encoding="utf-8")
    return to


@pytest.mark.parametrize("boxes", [False, True])
def test_masks_and_boxes_in_files_say_where_things_are(
    room: pathlib.Path, tmp_path: pathlib.Path, boxes: bool
) -> None:
    masks = masks_of(room, tmp_path / "masks", "cabinet", boxes=boxes)
    told = scan(room, tmp_path / "out", Wanted(masks=masks, noise=EXACT, voxel_m=0.08))
    true, found = rendered.room(), load(tmp_path / "out" / "scene.json")
    assert {each.label for each in told.things} == {"cabinet"}
    row = rendered.nearest(true, true.row("cabinet"), found)
    if boxes:  # what stands in front in a box is a guess at its outline
        assert np.linalg.norm(found.centers[row] - true.centers[true.row("cabinet")]) < 0.3
    else:
        assert rendered.is_held(true, true.row("cabinet"), found, row)


def test_a_known_length_that_the_depth_denies_is_refused(room: pathlib.Path, scanned: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="by what is known already"):
        scan(room, scanned, Wanted(noise=EXACT, voxel_m=0.04, known=("table height 1.40 m",)))
    told = scan(room, scanned, Wanted(noise=EXACT, voxel_m=0.04, known=("table height 0.70 m",)))
    assert any("'table height 0.70 m'" in each for each in told.detected)


def test_networks_look_at_each_picture_once(room: pathlib.Path, tmp_path: pathlib.Path) -> None:
    pytest.importorskip("transformers")
    from allocentric.perception.adapters.weights import Weights
    from allocentric.perception.frames import frame_of
    from tests.perception.tiny_networks import owlv2, sam, saved

    detector = Weights(saved(tmp_path / "owl", owlv2))
    networks = Networks(("chair", "table"), detector, Weights(saved(tmp_path / "sam", sam)))
    views, looked = read(room / "transforms.json").views[:3], list[str]()

    def stopped(items: Iterator[str]) -> Iterable[str]:
        for item in items:
            looked.append(item)
            if len(looked) == 2:
                raise KeyboardInterrupt
            yield item

    kept = tmp_path / "work" / "found.jsonl"
    with pytest.raises(KeyboardInterrupt):
        from_networks(networks, views, kept, made_of="room", watch=stopped)
    detect = from_networks(networks, views, kept, made_of="room")
    again = from_networks(networks, views, kept, made_of="room", watch=stopped)
    for view in views:
        first, second = (each(view, frame_of(view)) for each in (detect, again))
        np.testing.assert_array_equal(first.numbers, second.numbers)
        assert set(first.labels) <= {"chair", "table"}
    assert len(looked) == 2


def test_photographs_become_a_scene_of_unknown_scale_until_a_length_is_known(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("pycolmap")
    pictures = painted.save_pictures(tmp_path / "corner", painted.walked(4))
    told = scan(pictures, tmp_path / "out")
    assert told.road == "photographs"
    assert told.unit == "scene unit, of unknown length"
    assert any('--known "' in each.mend for each in told.unknown)
    assert "points.ply" in told.files
    known = scan(pictures, tmp_path / "out", Wanted(known=("camera 1 to camera 4 2.5 m",)))
    assert known.unit.startswith("scene unit, of 0.")


def test_nothing_is_written_for_a_folder_that_is_wrong(room: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks" / "strange.json").write_text("[]", encoding="utf-8")
    cut = bare(room, tmp_path / "cut")
    picture = sorted((cut / "depth").iterdir())[1]
    picture.write_bytes(picture.read_bytes()[:200])
    for folder, wanted, what in (
        (tmp_path / "nowhere", Wanted(), "the folder is missing"),
        (tmp_path / "empty", Wanted(), "neither posed pictures"),
        (cut, Wanted(), "cannot be read"),
        (room, Wanted(known=("a door",)), "states no length"),
        (room, Wanted(masks=tmp_path / "masks"), "belongs to no picture"),
        (room, Wanted(masks=tmp_path / "nomasks"), "masks is missing"),
        (room, Wanted(geo=True), "no picture says where on the earth"),
    ):
        with pytest.raises(BadInput, match=what):
            scan(folder, tmp_path / "out", wanted)
        assert not (tmp_path / "out").exists()


def test_a_walk_with_a_headset_becomes_a_surface_and_its_convention_is_told(tmp_path: pathlib.Path) -> None:
    walk = real("hololens_rgbd")
    told = scan(walk, tmp_path / "out", Wanted(voxel_m=0.04))
    assert any("camera-to-world detected" in each for each in told.detected)
    checks = {each.name: each.value for each in told.checks}
    assert checks["surface to depth, median"] < 0.02
    assert (tmp_path / "out" / "mesh.ply").stat().st_size > 100_000


def test_the_inverse_convention_is_refused_with_its_reason(tmp_path: pathlib.Path) -> None:
    walk = tmp_path / "inverse"
    shutil.copytree(real("hololens_rgbd"), walk)
    poses = np.loadtxt(walk / "poses.txt").reshape(-1, 4, 4)
    (walk / "poses.txt").unlink()
    np.savetxt(walk / "poses.txt", np.linalg.inv(poses).reshape(-1, 16))
    with pytest.raises(BadInput, match="poses look world-to-camera") as caught:
        scan(walk, tmp_path / "out")
    assert "invert the poses" in caught.value.mend
    assert not (tmp_path / "out").exists()
