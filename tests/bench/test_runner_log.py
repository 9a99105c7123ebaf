"""The log: whole lines after any crash, one run at a time, and the last word on each sample."""

import os
import pathlib

import pytest

from allocentric.answers.prompt import Attempt, Usage
from allocentric.bench.log import Log, Row, latest, read_rows, row_of, settled
from allocentric.errors import BadInput

ATTEMPT = Attempt(
    sample="7", state="answered", reply="B\n\u2028\U0001f600", model="m", usage=Usage(5, 2, 0.25, 0.001)
)


def row(sample: str = "7", state: str = "answered", reply: str = "B") -> Row:
    return Row(sample=sample, state=state, reply=reply)  # type: ignore[arg-type]


def test_an_attempt_comes_back_as_it_was_put_in(tmp_path: pathlib.Path) -> None:
    with Log(tmp_path / "log") as log:
        log.add(row_of(ATTEMPT, ("7", "flip", 2), tries=3, bought=False))
    (found,) = read_rows(tmp_path / "log")
    assert (found.key, found.tries, found.bought) == (("7", "flip", 2), 3, False)
    assert (found.attempt.reply, found.attempt.usage) == (ATTEMPT.reply, ATTEMPT.usage)


def test_a_row_is_in_the_file_as_soon_as_it_is_added(tmp_path: pathlib.Path) -> None:
    with Log(tmp_path / "log") as log:
        for count in range(1, 4):
            log.add(row())
            assert len(list(read_rows(tmp_path / "log"))) == count


@pytest.mark.parametrize("kept", [1, 5, 30])
def test_a_torn_last_line_is_cut_off_wherever_it_is_torn(tmp_path: pathlib.Path, kept: int) -> None:
    path = tmp_path / "log"
    with Log(path) as log:
        log.add(row("1"))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:kept])
    assert [each.sample for each in read_rows(path)] == ["1"]
    with Log(path) as log:
        assert [each.sample for each in log.rows()] == ["1"]
        log.add(row("2"))
    assert [each.sample for each in read_rows(path)] == ["1", "2"]


def test_a_first_line_that_is_torn_and_long_leaves_an_empty_log(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b'{"sample":"' + b"x" * 300_000)
    with Log(path):
        assert path.read_bytes() == b""


def test_a_long_torn_line_takes_nothing_with_it(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "log"
    with Log(path) as log:
        log.add(row("1", reply="y" * 200_000))
    path.write_bytes(path.read_bytes() + b"z" * 200_000)
    with Log(path) as log:
        assert [len(each.reply) for each in log.rows()] == [200_000]


def test_two_runs_cannot_hold_one_log(tmp_path: pathlib.Path) -> None:
    with Log(tmp_path / "log"), pytest.raises(BadInput, match="another run"), Log(tmp_path / "log"):
        pass
    with Log(tmp_path / "log") as log:
        log.add(row())


def test_a_line_that_is_no_row_is_named(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "log"
    path.write_text('{"sample":"1","state":"answered","reply":""}\n{"sample":1}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="log, line 2"):
        list(read_rows(path))


def test_a_full_disk_leaves_whole_lines(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log"
    with Log(path) as log:
        log.add(row("1"))
        file = log._file

        class Full:
            """Takes ten bytes more, and no further."""

            def write(self, data: bytes) -> int:
                return file.write(data[:10]) or 0

            def __getattr__(self, name: str) -> object:
                return getattr(file, name)

        monkeypatch.setattr(log, "_file", Full())
        with pytest.raises(BadInput, match="no room"):
            log.add(row("2"))
        monkeypatch.undo()
        log.add(row("3"))
    assert [each.sample for each in read_rows(path)] == ["1", "3"]
    assert os.path.getsize(path) > 0


def test_the_last_row_of_a_sample_counts_but_no_failure_after_a_reply() -> None:
    rows = [row("1", "failed", ""), row("1", reply="A"), row("1", "failed", ""), row("2", "failed", "")]
    held = latest(rows)
    assert {key[0]: each.state for key, each in held.items()} == {"1": "answered", "2": "failed"}
    assert settled(rows) == {("1", "", 0)}
    assert latest([row("1", reply="A"), row("1", reply="B")])["1", "", 0].reply == "B"
