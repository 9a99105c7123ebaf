"""The plan of the house is a test: imports, circles, sizes, words, weight."""

import importlib.metadata
import importlib.util
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from typing import Final

import jaxtyping
import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from allocentric.geometry.frames import rotation_about_up, yaw_of
from tests import house

ROOT: Final = pathlib.Path(__file__).resolve().parents[1]
HOUSE: Final = ROOT / "src" / "allocentric"

Rule = Callable[[pathlib.Path], list[str]]
FORBIDDEN: Final[tuple[Rule, ...]] = (
    house.uphill_imports,
    house.unplanned_rooms,
    house.relative_imports,
    house.hidden_imports,
    house.circles,
    house.oversized_functions,
    house.oversized_classes,
    house.global_statements,
    house.undocumented,
)


def name(rule: Rule) -> str:
    """The rule's name, for the report."""
    return rule.__name__


@pytest.mark.parametrize("rule", FORBIDDEN, ids=name)
def test_the_house_has_no(rule: Rule) -> None:
    assert rule(HOUSE) == []


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks", "examples"])
def test_no_file_is_long(folder: str) -> None:
    assert house.long_files(ROOT / folder) == []


def test_nine_of_ten_functions_are_short() -> None:
    assert house.share_of_long_functions(HOUSE) <= 0.1


def test_one_place_at_most_catches_everything() -> None:
    assert len(house.blanket_excepts(HOUSE)) <= 1, house.blanket_excepts(HOUSE)


# The rules themselves: each planted sin is seen, and named.

SINS: Final = [
    (
        house.uphill_imports,
        "geometry/x.py",
        "from allocentric.oracle import y",
        "geometry may not use oracle",
    ),
    (house.uphill_imports, "geometry/x.py", "from allocentric import scene", "geometry may not use scene"),
    (
        house.uphill_imports,
        "views/x.py",
        "def f():\n    import allocentric.oracle",
        "views may not use oracle",
    ),
    (
        house.uphill_imports,
        "oracle/x.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from allocentric.query.ast import Node",
        "oracle may not use query",
    ),
    (house.uphill_imports, "views/x.py", "import allocentric.worlds", "views may not use worlds"),
    (house.uphill_imports, "agents/x.py", "import allocentric.questions", "agents may not use questions"),
    (house.uphill_imports, "query/x.py", "import allocentric.perception", "query may not use perception"),
    (house.uphill_imports, "scene/x.py", "import allocentric", "scene may not use its own face"),
    (house.uphill_imports, "jobs.py", "from allocentric.scene import x", "jobs may not use scene"),
    (house.unplanned_rooms, "utils/x.py", "", "utils"),
    (house.unplanned_rooms, "helpers.py", "", "helpers"),
    (house.relative_imports, "scene/x.py", "from . import y", "scene/x.py:1"),
    (house.relative_imports, "scene/x.py", "def f():\n    from ..geometry import y", "scene/x.py:2"),
    (
        house.hidden_imports,
        "scene/x.py",
        "def f():\n    from allocentric import errors",
        "f hides allocentric.err",
    ),
    (
        house.hidden_imports,
        "scene/x.py",
        "import importlib\nimportlib.import_module('y')",
        "imports by string",
    ),
    (house.oversized_functions, "scene/x.py", "def f():\n" + "    1\n" * 61, "f has a body of 61 lines"),
    (house.oversized_functions, "scene/x.py", "def f(*, a, b, c, d, e, f, g, h, i): 1", "f has 9 parameters"),
    (house.oversized_functions, "scene/x.py", "def f(a, b, c, d): 1", "f takes 4 by position"),
    (house.oversized_classes, "scene/x.py", "class C:\n" + "    x = 1\n" * 200, "C has 201 lines"),
    (
        house.oversized_classes,
        "scene/x.py",
        "class C:\n" + "".join(f"    def f{row}(self): 1\n" for row in range(11)),
        "C has 11 public methods",
    ),
    (house.long_files, "scene/x.py", "1\n" * 400, "x.py has 401 lines"),
    (house.global_statements, "scene/x.py", "def f():\n    global y", "scene/x.py:2"),
    (house.undocumented, "scene/x.py", "def f() -> int:\n    return 1", "f has no docstring"),
    (house.undocumented, "scene/x.py", "def f(x) -> int:\n    'One.'", "f leaves out the type of x"),
    (
        house.undocumented,
        "scene/x.py",
        "class C:\n    'A C.'\n    def f(self):\n        'One.'",
        "type of return",
    ),
    (house.blanket_excepts, "scene/x.py", "try: 1\nexcept (KeyError, Exception): 2", "scene/x.py:2"),
    (house.blanket_excepts, "scene/x.py", "try: 1\nexcept: 2", "scene/x.py:2"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """An empty copy of the house to sin in: the faces of its rooms, and nothing behind them."""
    copied = tmp_path_factory.mktemp("house") / "allocentric"
    for face in HOUSE.rglob("__init__.py"):
        there = copied / face.relative_to(HOUSE)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(face, there)
    return copied


@pytest.mark.parametrize(("rule", "path", "source", "seen"), SINS, ids=[sin[-1] for sin in SINS])
def test_a_planted_sin_is_seen_and_named(
    rule: Rule, path: str, source: str, seen: str, copy: pathlib.Path
) -> None:
    planted = copy / path
    planted.parent.mkdir(exist_ok=True)
    before = planted.read_text(encoding="utf-8") if planted.exists() else None
    planted.write_text(f"{source}\n", encoding="utf-8")
    found = rule(copy)
    if before is None:
        planted.unlink()
    else:
        planted.write_text(before, encoding="utf-8")
    assert any(seen in sin for sin in found), found


@pytest.mark.parametrize(
    ("files", "seen"),
    [
        (
            {"a.py": "from allocentric.scene.b import x", "b.py": "import allocentric.scene.a"},
            {"allocentric.scene.a", "allocentric.scene.b"},
        ),
        (
            {"__init__.py": "from allocentric.scene.a import x", "a.py": "from allocentric.scene import y"},
            {"allocentric.scene", "allocentric.scene.a"},
        ),
        (
            {"a.py": "import allocentric.scene.b", "b.py": "def f():\n    from allocentric.scene import a"},
            {"allocentric.scene.a", "allocentric.scene.b"},
        ),
    ],
    ids=["plain", "through a room's face", "hidden in a function"],
)
def test_a_planted_circle_is_seen_and_named(
    files: dict[str, str], seen: set[str], tmp_path: pathlib.Path
) -> None:
    (tmp_path / "scene").mkdir()
    for file, source in files.items():
        (tmp_path / "scene" / file).write_text(source, encoding="utf-8")
    (chain,) = house.circles(tmp_path)
    assert set(chain.split(" -> ")) == seen


def test_shapes_and_types_are_executed_and_a_whole_number_passes_for_a_float() -> None:
    with pytest.raises(jaxtyping.TypeCheckError):
        yaw_of(np.eye(2))
    with pytest.raises(jaxtyping.TypeCheckError):
        rotation_about_up("north")  # type: ignore[arg-type]
    assert rotation_about_up(0)[0, 0] == 1


# The words of the repository.


def tracked() -> list[pathlib.Path]:
    """Every file that the repository holds."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for each in listed.decode().split("\0") if each and (path := ROOT / each).is_file()]


# Written backwards, so that this file does not hold them.
UNSAID: Final = re.compile(
    "|".join(word[::-1] for word in ("noisses", "tnegabus", "edualc", "/krow/", "/toor/")), re.IGNORECASE
)


def test_the_project_speaks_of_itself_alone() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        for match in UNSAID.finditer(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert all("--hash=sha256:" in pin for pin in re.split(r"\n(?=\w)", text))


# What the core weighs.


def core() -> dict[str, importlib.metadata.Distribution]:
    """The distributions that the core needs, itself among them, by canonical name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = dict[str, importlib.metadata.Distribution]()
    wanted = ["allocentric", *project["dependencies"]]
    while wanted:
        need = Requirement(wanted.pop())
        key = canonicalize_name(need.name)
        if key not in found and (need.marker is None or need.marker.evaluate({"extra": ""})):
            found[key] = importlib.metadata.distribution(key)
            wanted += found[key].requires or []
    return found


def weight(distribution: importlib.metadata.Distribution) -> int:
    """Bytes of a distribution as installed, its bytecode included (as its source, where not yet compiled)."""
    total = 0
    for file in distribution.files or []:
        path = pathlib.Path(str(file.locate()))
        if not path.is_file() or path.suffix == ".pyc":
            continue
        total += path.stat().st_size
        if path.suffix == ".py":
            compiled = pathlib.Path(importlib.util.cache_from_source(str(path)))
            total += (compiled if compiled.is_file() else path).stat().st_size
    return total


def test_the_core_is_at_most_twenty_packages_and_the_lock_holds_just_them() -> None:
    names = set(core())
    assert len(names) <= 20, sorted(names)
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.rstrip(" \\")) for line in lines if line[:1].isalpha()]
    here = {canonicalize_name(pin.name) for pin in pins if pin.marker is None or pin.marker.evaluate()}
    assert here == names - {"allocentric"}


def test_the_core_weighs_less_than_200_mb() -> None:
    weights = {key: weight(distribution) / 1e6 for key, distribution in core().items()}
    weights["allocentric"] = 2 * sum(path.stat().st_size for path in HOUSE.rglob("*.py")) / 1e6
    assert weights["numpy"] > 20, "numpy alone is more: this does not measure"
    assert sum(weights.values()) < 200, weights


def test_importing_the_package_takes_less_than_0_3_seconds_of_cpu() -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "import allocentric"], env=environment, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < 0.3, seconds
