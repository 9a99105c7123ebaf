"""CPU time of one question: English and program, warm and cold, beside a whole new process, in one run.

python benchmarks/ask_latency.py [--json]
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from allocentric.query.ask import ask
from allocentric.scene.file import save
from allocentric.worlds.makers import maker

ENGLISH = "If I am standing by the sofa and facing the tv, is the bed to my left, right, or back?"
PROGRAM = 'direction(the("bed"), standing(at=the("sofa"), facing=the("tv")), sectors="left_right_back")'


def seconds(work: Callable[[], object], times: int) -> float:
    """CPU seconds, of child processes too, the median of some runs: load disturbs them least."""
    spent = []
    for _ in range(times):
        start = _spent()
        work()
        spent.append(_spent() - start)
    return median(spent)


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    scene = maker("flat").make(7)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "flat.json"
        save(scene, path)
        command = [sys.executable, "-m", "allocentric", "ask", str(path), ENGLISH]
        found = {
            "English": seconds(lambda: ask(scene, ENGLISH), 200),
            "program": seconds(lambda: ask(scene, PROGRAM), 200),
            "program, without proof": seconds(lambda: ask(scene, PROGRAM, proof=False), 200),
            "English, a scene that remembers nothing": seconds(lambda: ask(replace(scene), ENGLISH), 50),
            "English, with its picture": seconds(lambda: ask(scene, ENGLISH).picture().png(), 5),
            "allo ask, a new process": seconds(
                lambda: subprocess.run(command, check=True, capture_output=True), 5
            ),
        }
    found["ratio of a new process to English"] = found["allo ask, a new process"] / found["English"]
    if parser.parse_args().json:
        print(json.dumps(found))
        return
    for name, number in found.items():
        print(f"{name:42s} {number:10,.0f}" if "ratio" in name else f"{name:42s} {1000 * number:10.2f} ms")


if __name__ == "__main__":
    main()
