"""Our own suites are made from seeds: the same lines anywhere, right for the exact, no more for the blind."""

import asyncio
import hashlib
import itertools
import pathlib
from collections.abc import Callable

import pytest
from PIL import Image

from allocentric.agents.model import Model
from allocentric.agents.table import answering
from allocentric.answers.kinds import CANNOT_TELL
from allocentric.bench.benchmark import load
from allocentric.bench.index import find
from allocentric.bench.runner_asked import Wanted
from allocentric.bench.runner_folder import Ran, ran
from allocentric.bench.suites import NAMES
from allocentric.bench.suites.folder import QUESTIONS, Line, read_lines
from allocentric.bench.suites.making import draw, lines, prepared
from allocentric.bench.suites.suite import SUITES, suite
from allocentric.cli.main import run
from allocentric.scene.file import save
from allocentric.scene.json_text import encode

EACH = [pytest.param(each, marks=() if each == "stories" else pytest.mark.slow) for each in NAMES]


def put(name: str, data: pathlib.Path, out: pathlib.Path, model: str) -> Ran:
    """A run of a suite that is made already."""
    wanted = Wanted(benchmark=find(name), data=data, model=Model(name=model), opened=answering)
    return asyncio.run(ran(wanted, out))


def made(name: str, folder: pathlib.Path, count: int) -> pathlib.Path:
    """The first so many samples of a suite in a folder."""
    held = list[bytes]()
    (folder / "scenes").mkdir(parents=True)
    for scene, line in lines(suite(name), count):
        save(scene, folder / line.scene)
        held.append(encode(line) + b"\n")
    (folder / QUESTIONS).write_bytes(b"".join(held))
    return folder


def test_the_names_that_are_known_early_are_those_of_the_suites() -> None:
    assert tuple(each.name for each in SUITES) == NAMES
    assert [find(name).name for name in NAMES] == list(NAMES)


@pytest.mark.parametrize("name", EACH)
def test_the_exact_is_always_right_the_blind_at_its_floor_and_chance_at_chance(
    name: str, tmp_path: pathlib.Path, golden: Callable[[str, str], None]
) -> None:
    data = prepared(name, "small", tmp_path / "suite", pictures=False)
    held = suite(name)
    # whoever changes what a suite asks gives it another version
    digest = hashlib.sha256((data / QUESTIONS).read_bytes()).hexdigest()
    golden(f"suite-{name}.txt", f"{name} {held.version} small {digest}\n")
    exact = put(name, data, tmp_path / "exact", "exact").report
    assert exact.overall.value == 1.0
    assert exact.coverage.scored == len(exact.rows) >= 60
    assert not exact.differing
    blind = put(name, data, tmp_path / "blind", "blind").report.overall
    assert blind.value == pytest.approx(blind.blind)
    assert blind.value is not None
    assert blind.value < 0.75
    guesses = put(name, data, tmp_path / "random", "random").report.rows
    rows = [row for row in guesses if row.chance is not None]
    guessed = sum(row.score or 0.0 for row in rows) / len(rows)
    expected = sum(row.chance or 0.0 for row in rows) / len(rows)
    deviation = sum((row.chance or 0.0) * (1 - (row.chance or 0.0)) for row in rows) ** 0.5 / len(rows)
    assert abs(guessed - expected) < 4 * deviation


def test_the_same_seeds_make_the_same_lines() -> None:
    first, second = ([encode(line) for _, line in lines(suite("stories"), 12)] for _ in range(2))
    assert first == second
    assert len(set(first)) == 12


def test_a_larger_suite_begins_with_the_smaller_one() -> None:
    small, large = ([line.id for _, line in lines(suite("stories"), count)] for count in (10, 25))
    assert large[:10] == small


def test_a_story_is_told_before_it_is_asked_about(tmp_path: pathlib.Path) -> None:
    data = made("stories", tmp_path / "suite", 12)
    samples = load(find("stories"), data)
    for sample, line in zip(samples, read_lines(data), strict=True):
        assert sample.prompt.text.startswith(line.told)
        assert not sample.prompt.pictures
    assert any(each.truth is CANNOT_TELL for each in samples)
    assert any(each.truth is not CANNOT_TELL for each in samples)


def test_what_cannot_be_told_is_not_guessed(tmp_path: pathlib.Path) -> None:
    data = made("stories", tmp_path / "suite", 30)
    report = put("stories", data, tmp_path / "random", "random").report
    open_ = [row for row in report.rows if row.truth is CANNOT_TELL]
    assert {row.chance for row in open_} == {0.0}
    assert {row.score for row in open_} == {0.0}


@pytest.mark.slow
def test_each_question_has_a_twin_that_cannot_be_answered(tmp_path: pathlib.Path) -> None:
    samples = load(find("knowing"), made("knowing", tmp_path / "suite", 12))
    for _, group in itertools.groupby(samples, key=lambda each: each.pair):
        held = list(group)
        assert held[0].truth is not CANNOT_TELL
        assert any(each.truth is CANNOT_TELL for each in held[1:])
        assert all(each.prompt.expected.may_abstain for each in held)


@pytest.mark.slow
def test_a_worse_picture_goes_with_the_same_question_and_truth(tmp_path: pathlib.Path) -> None:
    data = made("degraded", tmp_path / "suite", 4)
    clean, *worse = load(find("degraded"), data)
    assert clean.condition == "clean"
    assert [each.condition.split()[1] for each in worse] == ["1", "3", "5"]
    assert {each.truth for each in worse} == {clean.truth}
    assert {each.prompt.text for each in worse} == {clean.prompt.text}
    draw(data)
    first, *others = (pathlib.Path(each.prompt.pictures[0].path) for each in (clean, *worse))
    with Image.open(first) as image:
        assert image.size == (640, 480)
    assert len({each.read_bytes() for each in (first, *others)}) == 4
    before = first.stat().st_mtime_ns
    draw(data)
    assert first.stat().st_mtime_ns == before  # it is rendered once


def test_a_map_is_drawn_once_for_all_questions_of_its_flat(tmp_path: pathlib.Path) -> None:
    data = made("maps", tmp_path / "suite", 2)
    first, second = load(find("maps"), data)
    assert first.prompt.pictures == second.prompt.pictures
    draw(data)
    assert pathlib.Path(first.prompt.pictures[0].path).read_bytes().startswith(b"\x89PNG")


def test_the_command_makes_a_suite_and_scores_it(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    out = str(tmp_path / "run")
    assert run(["bench", "stories", "--size", "small", "--model", "exact", "--out", out]) == 0
    assert "Stories, version 1: exact" in capsys.readouterr().out
    assert (tmp_path / "cache" / "allocentric" / "suites" / "stories-1-small" / QUESTIONS).is_file()
    page = str(tmp_path / "report.html")
    assert run(["report", out, "--out", page, "--plans", "0"]) == 0
    text = pathlib.Path(page).read_text()
    assert "<summary>proof</summary>" in text
    assert run(["bench", "romms", "--model", "exact"]) == 2
    assert "did you mean 'rooms'?" in capsys.readouterr().err


def test_a_line_that_is_none_is_named(tmp_path: pathlib.Path) -> None:
    data = made("stories", tmp_path / "suite", 1)
    with open(data / QUESTIONS, "ab") as file:
        file.write(encode(Line(id="x", type="t", question={}, scene="s")) + b"\n")
    with pytest.raises(Exception, match="this is no question"):
        load(find("stories"), data)
