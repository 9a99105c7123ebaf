"""The pages on benchmarks say what is so: one is drawn, the code of the other is run."""

import pathlib
import re

import pytest

from allocentric.bench.manual import manual

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_published_benchmarks_is_drawn_from_what_they_declare() -> None:
    page = (DOCS / "benchmarks_published.md").read_text()
    assert page == manual(), "python -m allocentric.bench.manual > docs/benchmarks_published.md"


def test_the_code_of_the_page_on_adding_one_runs_and_is_short(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "add_a_benchmark.md").read_text(), re.DOTALL)
    assert len(blocks) == 2
    assert len(blocks[0].splitlines()) <= 25
    monkeypatch.chdir(tmp_path)
    exec(compile("\n".join(blocks), "add_a_benchmark.md", "exec"), {})
    said = capsys.readouterr().out.splitlines()
    assert said[0].split()[1] == "1.0"
    assert all(line.startswith("s") for line in said[1:])
