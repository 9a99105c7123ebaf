"""What `import allocentric` gives: every name of its face, none of it loaded before it is asked for."""

import ast
import importlib
import pathlib
import subprocess
import sys
from typing import Final

import pytest

import allocentric as allo

FACE: Final = pathlib.Path(str(allo.__file__))


def test_every_name_of_the_face_is_there_and_documented() -> None:
    assert allo.__all__ == sorted(allo.__all__)
    for name in allo.__all__:
        assert getattr(allo, name).__doc__, name
        assert name in dir(allo)


def test_type_checkers_see_each_name_where_it_lives() -> None:
    """The imports for type checkers, and what is loaded by name, are one list."""
    seen = {
        alias.name: node.module
        for node in ast.walk(ast.parse(FACE.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("allocentric.")
        for alias in node.names
    }
    assert sorted(seen) == allo.__all__
    for name, module in seen.items():
        assert getattr(importlib.import_module(str(module)), name) is getattr(allo, name)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'aks'"):
        allo.aks  # noqa: B018


def test_importing_loads_nothing_else() -> None:
    heavy = "{'numpy', 'shapely', 'msgspec', 'rich'}"
    check = f"import allocentric, sys; sys.exit(sorted({heavy} & {{*sys.modules}}) or 0)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_short_way_from_a_file_to_an_answer(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "table.json"
    allo.write(allo.make("tabletop", seed=3), path)
    scene = allo.read(path)
    answer = allo.ask(scene, "count(all())")
    assert answer.value == len([kind for kind in scene.kinds if kind != "region"])
    assert [each.to_json()["question"] for each in allo.ask_all(scene, ["count(all())"])] == ["count(all())"]
    assert allo.overview(scene).id == "tabletop-3"
    html = answer._repr_html_()
    assert "<svg" in html
