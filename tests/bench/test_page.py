"""A run as one page: it opens in a browser, on a phone and a desk, and nothing in it reaches outside."""

import base64
import dataclasses
import io
import json
import pathlib
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from allocentric.answers.scored import Scored
from allocentric.answers.statistics import Number
from allocentric.bench.opened import OpenRun
from allocentric.bench.page import Sizes, page_of
from allocentric.bench.page_plots import Curve, Point, bar, curves
from allocentric.bench.page_tables import plots
from allocentric.cli.main import run
from tests.bench.runs import choice, count, release, run_of

HOSTILE = (
    "</pre><script>document.title = 'taken'</script><img src=x onerror=alert(1)>",
    "\x00\x1b[31m\u202e\" onmouseover='alert(1)",
    "<style>body{display:none}</style>" + "Z" * 30_000,
    "]]>--><!-- &lt; &#0; <svg onload=alert(1)>",
)
SCREENS = ((390, 844), (1280, 900))


@pytest.fixture
def hostile(tmp_path: pathlib.Path) -> OpenRun:
    """A run with right, wrong, unread, failed and missing samples, and replies that attack the page."""
    records = [*(choice(id, words="Which is <b>closer</b>?") for id in range(8)), count(8, 4), count(9, 2)]
    replies = dict(enumerate(("A", "B", "Answer: A", *HOSTILE))) | {8: "2", 9: "2"}
    return run_of(tmp_path / "run", release(tmp_path / "data", records), replies)


@pytest.fixture
def browser() -> Iterator[Any]:
    """A headless browser; the test is skipped where the machine has none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no browser is installed: install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as begun:
        opened = begun.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


def test_it_fits_a_phone_and_a_desk_without_an_error_and_its_filter_works(
    hostile: OpenRun, browser: Any, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(page_of([hostile]), encoding="utf-8", errors="replace")
    for width, height in SCREENS:
        page = browser.new_page(viewport={"width": width, "height": height})
        said, asked = list[str](), list[str]()
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("dialog", lambda dialog, said=said: (said.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert said == []
        assert [each for each in asked if not each.startswith("data:")] == [path.as_uri()]
        assert "taken" not in page.title()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("output").inner_text() == "10 of 10"
        page.select_option("select[name=mark]", "right")
        # 0 by its letter, 9 by its number; "Answer: A" is no right first token
        assert page.locator("article:visible h3").all_text_contents() == ["0", "9"]
        page.select_option("select[name=type]", "object_counting")
        assert page.locator("output").inner_text() == "1 of 10"
        page.select_option("select[name=mark]", "")
        page.select_option("select[name=type]", "")
        page.select_option("select[name=rules]", "differ")
        assert page.locator("article:visible h3").all_text_contents() == ["2"]
        page.close()


def test_each_state_and_both_rules_stand_in_it(hostile: OpenRun) -> None:
    page = page_of([hostile])
    assert page.count("<article") == 10
    for number, state in (("0", "scored"), ("7", "failed")):
        assert re.search(rf'data-state="{state}"[^>]*><header><h3>{number}</h3>', page)
    # "Answer: A" is read by the sound rule alone, and what it took is marked
    assert re.search(r'data-rules="differ"><header><h3>2</h3>', page)
    assert "Answer: <mark>A</mark>" in page
    assert "On 1 of 10 samples" in page


def test_what_a_reply_holds_is_shown_and_never_done(hostile: OpenRun) -> None:
    page = page_of([hostile])
    assert page.count("<script>") == 1
    assert "&lt;script&gt;document.title = &#x27;taken&#x27;" in page
    assert not re.search(r"<[a-z][^>]*\son[a-z]+=", page)
    assert not {"\x00", "\x1b", "\u202e"} & set(page)
    assert re.search(r"and 1\d,\d{3} characters more", page)
    assert "default-src &#x27;none" not in page
    assert "default-src 'none'" in page


def test_pictures_are_the_bytes_of_their_files_each_once_and_within_the_budget(
    tmp_path: pathlib.Path,
) -> None:
    data, held = tmp_path / "data", io.BytesIO()
    data.mkdir()
    Image.new("RGB", (64, 48), (200, 30, 30)).save(held, "PNG")
    (data / "a.png").write_bytes(held.getvalue())
    record = {"caption": "The cup is left of the lamp.", "label": 1, "relation": "left of", "image": "a.png"}
    lines = (json.dumps({**record, "id": id}) + "\n" for id in range(3))
    (data / "test.jsonl").write_text("".join(lines))
    run = run_of(tmp_path / "run", data, {0: "true"}, name="vsr")
    address = f"data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}"
    page = page_of([run])
    assert page.count(address) == 1
    assert page.count('data-as="p0"') == 2
    small = page_of([run], sizes=Sizes(picture_bytes=10))
    assert address not in small
    assert "3 pictures are left out" in small
    few = page_of([run], sizes=Sizes(samples=2))
    assert few.count("<article") == 2
    assert "The first 2 of 3 samples are shown." in few


def test_several_runs_have_a_leaderboard_the_best_first(tmp_path: pathlib.Path) -> None:
    data = release(tmp_path / "data", [choice(id) for id in range(4)])
    worse = run_of(tmp_path / "worse", data, dict.fromkeys(range(4), "B"))
    better = run_of(tmp_path / "better", data, {0: "A", 1: "A", 2: "A", 3: "B"})
    page = page_of([worse, better])
    board = page[page.index("Leaderboard") : page.index("</table>")]
    assert re.findall(r'href="#run(\d)">(\w+)</a>', board) == [("1", "better"), ("0", "worse")]
    assert f"<td>{better.report().overall.value:.3f}<td" in board
    assert page.count("<article") == 8
    assert 'name="run"' in page


def test_a_bar_is_as_long_as_its_value_and_marks_interval_and_floors() -> None:
    drawn = bar(Number(name="a<b", value=0.4, count=9, low=0.2, high=0.5, chance=0.25, blind=0.3))
    assert 'class="value" x="0" y="3" width="400"' in drawn
    assert 'class="interval" x1="200" x2="500"' in drawn
    assert 'class="chance" x1="250" x2="250"' in drawn
    assert 'class="blind" x1="300" x2="300"' in drawn
    assert "a<b" not in drawn
    assert bar(Number(name="none", value=None, count=0)) == ""


def test_a_curve_goes_up_where_its_values_do() -> None:
    drawn = curves([Curve("fog", (Point(0.0, 1.0), Point(1.0, 0.0)))], across="severity", up="score")
    path = re.search(r'<polyline points="([^"]+)"', drawn)
    assert path is not None
    (x0, y0), (x1, y1) = ([float(part) for part in each.split(",")] for each in path[1].split())
    assert x0 < x1
    assert y0 < y1  # the paper's y goes down: a score of 1 stands above one of 0
    assert curves([], across="severity", up="score") == ""


def test_confidences_and_grades_of_a_condition_are_drawn_as_curves(hostile: OpenRun) -> None:
    report = hostile.report()
    graded = [("clean", 1.0), ("fog 0.2", 0.8), ("fog 0.4", 0.3)]
    rows = tuple(
        Scored(id=f"{name}{row}", scene=f"s{row}", condition=name, score=score, confidence=score)
        for name, score in graded
        for row in range(3)
    )
    held = dataclasses.replace(report, rows=rows)
    drawn = "".join(plots(dataclasses.replace(hostile, reports={(("", 0), "official"): held})))
    assert "risk by coverage" in drawn
    assert "score by severity" in drawn
    assert drawn.count("<circle") == 9 + 3  # of the nine rows, and of clean and the two grades of fog
    assert "".join(plots(hostile)) == ""  # neither confidences nor conditions


@pytest.mark.slow
def test_a_page_of_five_thousand_samples_stays_small(tmp_path: pathlib.Path, hostile: OpenRun) -> None:
    many = dataclasses.replace(hostile, tries=hostile.tries[:3] * 1700)
    page = page_of([many], sizes=Sizes(samples=5000))
    assert page.count("<article") == 5000
    assert len(page) < 5000 * 1500


def test_the_command_writes_a_page_and_says_where(
    tmp_path: pathlib.Path, hostile: OpenRun, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.html"
    assert run(["report", str(hostile.folder), "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    assert out.read_bytes().startswith(b"<!doctype html>")
    assert run(["report"]) == 2
    assert "a report takes a run" in capsys.readouterr().err
