"""Loading 150 rooms: the reader beside a plain loop over `json`, checks and all, in one run.

    python benchmarks/scene_load.py [--json] [--file METADATA.json]

Without a file, 150 rooms are made and written in the layout of the VSI-Bench metadata. The twin builds and
checks box by box what the reader builds and checks for whole rooms.
"""

import argparse
import json
import pathlib
import tempfile
import time
from collections.abc import Callable

import numpy as np

from allocentric.scene.scene import Scene, Thing, scene_of
from allocentric.worlds.makers import maker
from allocentric.worlds.read import read_all

ROOMS, KINDS_OF_ROOM, RUNS = 150, 10, 3


def metadata() -> dict[str, object]:
    """Made rooms in the layout of the metadata: rows are axes."""
    flats = [maker("flat").make(seed) for seed in range(KINDS_OF_ROOM)]
    return {f"room{number}": room(flats[number % KINDS_OF_ROOM]) for number in range(ROOMS)}


def room(scene: Scene) -> dict[str, object]:
    boxes = dict[str, list[object]]()
    for row in [row for row, kind in enumerate(scene.kinds) if kind == "object"]:
        half = np.abs(scene.rotations[row]) @ scene.sizes[row] / 2
        boxes.setdefault(scene.labels[row], []).append(
            {
                "centroid": scene.centers[row].tolist(),
                "axesLengths": scene.sizes[row].tolist(),
                "normalizedAxes": scene.rotations[row].T.ravel().tolist(),
                "min": (scene.centers[row] - half).tolist(),
                "max": (scene.centers[row] + half).tolist(),
            }
        )
    counts = {label: len(each) for label, each in boxes.items()}
    return {
        "video_path": "",
        "room_size": 30.0,
        "object_counts": counts,
        "object_bbox": boxes,
        "dataset": "made",
    }


def slowly(path: pathlib.Path) -> list[Scene]:
    """The twin: each box decoded, checked and built on its own."""
    scenes = []
    for name, held in json.loads(path.read_text()).items():
        things = []
        for label, boxes in held["object_bbox"].items():
            for box in boxes:
                rotation = np.array(box["normalizedAxes"]).reshape(3, 3).T
                assert np.allclose(rotation @ rotation.T, np.eye(3), atol=1e-6)
                assert np.linalg.det(rotation) > 0
                half = np.abs(rotation) @ np.array(box["axesLengths"]) / 2
                assert np.allclose(np.array(box["centroid"]) - half, box["min"], atol=0.01)
                assert np.allclose(np.array(box["centroid"]) + half, box["max"], atol=0.01)
                things.append(
                    Thing(label=label, center=box["centroid"], size=box["axesLengths"], rotation=rotation)
                )
        scenes.append(scene_of(name, things))
    return scenes


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds, the best of some runs."""
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--file", type=pathlib.Path, help="a metadata file to load instead of made rooms")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or pathlib.Path(folder) / "metadata.json"
        if options.file is None:
            path.write_text(json.dumps(metadata()))
        scenes = list(read_all(path))
        found = {
            "rooms": len(scenes),
            "things": sum(len(scene) for scene in scenes),
            "reader_cpu_s": seconds(lambda: list(read_all(path))),
            "twin_cpu_s": seconds(lambda: slowly(path)),
        }
    found["ratio"] = found["twin_cpu_s"] / found["reader_cpu_s"]
    if options.json:
        print(json.dumps(found))
        return
    print(f"{found['rooms']} rooms, {found['things']} things")
    print(f"reader {found['reader_cpu_s']:.3f} CPU s, twin {found['twin_cpu_s']:.3f} CPU s")
    print(f"ratio {found['ratio']:.1f}")


if __name__ == "__main__":
    main()
