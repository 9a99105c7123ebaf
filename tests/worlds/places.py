"""A small input of every format, in the release's own layout."""

import json
import pathlib
from collections.abc import Callable

from tests.worlds import layouts, posed_layouts, scannetpp_layout
from tests.worlds import test_cityjson as cityjson
from tests.worlds import test_conceptgraphs as conceptgraphs
from tests.worlds import test_habitat as habitat
from tests.worlds import test_kitti as kitti
from tests.worlds import test_nuscenes as nuscenes
from tests.worlds import test_panorama_layout as panorama
from tests.worlds import test_procthor as procthor
from tests.worlds import test_reconstruction_npz as reconstruction

Put = Callable[[pathlib.Path], pathlib.Path]


def _json(make: Callable[[], object], name: str = "place.json") -> Put:
    def put(folder: pathlib.Path) -> pathlib.Path:
        (folder / name).write_text(json.dumps(make()))
        return folder / name

    return put


def _text(folder: pathlib.Path) -> pathlib.Path:
    (folder / "room.txt").write_text(layouts.spatiallm())
    return folder / "room.txt"


def _saved(folder: pathlib.Path) -> pathlib.Path:
    return reconstruction.put(folder, reconstruction.vggt())


def _drive(folder: pathlib.Path) -> pathlib.Path:
    return nuscenes.write(folder, nuscenes.tables())


PLACES: dict[str, Put] = {
    "vsi_bench": _json(layouts.vsi_bench),
    "multiscan": _json(layouts.multiscan),
    "embodiedscan": _json(layouts.embodiedscan),
    "boxes": _json(layouts.boxes_json),
    "spark_dsg": _json(layouts.spark_dsg),
    "spatiallm": _text,
    "aria_digital_twin": lambda folder: layouts.aria(folder / "walk"),
    "cityjson": _json(cityjson.city),
    "conceptgraphs": _json(conceptgraphs.told),
    "habitat": habitat.dataset,
    "kitti": lambda folder: kitti.frame(folder, kitti.WALKER),
    "nuscenes": _drive,
    "panorama_layout": _json(panorama.layout),
    "procthor": _json(procthor.house),
    "reconstruction_npz": _saved,
    "hololens_rgbd": posed_layouts.hololens,
    "tum_rgbd": posed_layouts.tum,
    "redwood": posed_layouts.redwood,
    "transforms": posed_layouts.transforms,
    "scannet": posed_layouts.scannet,
    "scannetpp": scannetpp_layout.scannetpp,
    "arkitscenes": posed_layouts.arkitscenes,
    "opensfm": posed_layouts.opensfm,
    "colmap": posed_layouts.colmap_binary,
}
"""By the name of the format: what writes it into a folder, and gives what to read."""
