"""What `import allocentric` costs, beside importing all of it at once, in one run.

    python benchmarks/import_time.py [--json]

CPU seconds of a fresh interpreter, best of some, less those of an interpreter that imports nothing.
"""

import argparse
import json
import os
import subprocess
import sys

TIMED = "import resource; {}; u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_utime + u.ru_stime)"
STATEMENTS = {
    "nothing": "pass",
    "allocentric": "import allocentric",
    "allocentric and its public names": (
        "import allocentric; [getattr(allocentric, name) for name in allocentric.__all__]"
    ),
    "numpy alone": "import numpy",
    "all of it (twin)": (
        "import allocentric, pkgutil, importlib; "
        "[importlib.import_module(each.name) for each in "
        "pkgutil.walk_packages(allocentric.__path__, 'allocentric.') if not each.name.endswith('__main__')]"
    ),
}
RUNS = 7


def seconds(statement: str) -> float:
    """CPU seconds of a fresh interpreter, the best of some."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", TIMED.format(statement)]
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        for _ in range(RUNS)
    ]
    return min(float(each.stdout) for each in runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    spent = {name: seconds(statement) for name, statement in STATEMENTS.items()}
    found = {name: each - spent["nothing"] for name, each in spent.items() if name != "nothing"}
    found["ratio of all of it to the import"] = found["all of it (twin)"] / max(found["allocentric"], 1e-3)
    if parser.parse_args().json:
        print(json.dumps(found))
        return
    for name, number in found.items():
        print(f"{name:36s} {number:8,.1f}" if "ratio" in name else f"{name:36s} {1000 * number:8.0f} ms")


if __name__ == "__main__":
    main()
