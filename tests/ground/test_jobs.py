"""Files are there whole or not at all; stopped work goes on; what cannot be read has a reason."""

import os
import pathlib

import pytest

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write, read_bytes, resumable_lines


class Stop(Exception):
    """What stops a run in the middle."""


def stop_after_one_line(path: pathlib.Path, fingerprint: str) -> None:
    with resumable_lines(path, fingerprint) as (_, add):
        add(b"one")
        raise Stop


def test_a_write_leaves_the_whole_file_and_nothing_beside_it(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "made.json"
    atomic_write(path, b"old")
    atomic_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["made.json"]


def test_a_file_made_here_is_as_readable_as_any_other(tmp_path: pathlib.Path) -> None:
    atomic_write(tmp_path / "made", b"x")
    (tmp_path / "other").write_bytes(b"x")
    assert (tmp_path / "made").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_missing_folder_is_told_and_nothing_is_made(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="no such file or directory"):
        atomic_write(tmp_path / "none" / "made.json", b"x")
    with (
        pytest.raises(BadInput, match="no such file or directory"),
        resumable_lines(tmp_path / "no" / "x", "f"),
    ):
        pass
    assert os.listdir(tmp_path) == []


def test_a_folder_an_absent_file_and_an_empty_one_cannot_be_read(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty").touch()
    for name, why in (("", "is a directory"), ("none", "no such file"), ("empty", "the file is empty")):
        with pytest.raises(BadInput, match=why):
            read_bytes(tmp_path / name)


def test_finished_lines_become_the_file(tmp_path: pathlib.Path) -> None:
    with resumable_lines(tmp_path / "out", "work") as (done, add):
        assert done == ()
        add(b"one")
        add(b"two")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out").read_bytes() == b"one\ntwo\n"
    assert os.listdir(tmp_path) == ["out"]


def test_a_stopped_run_goes_on_from_its_whole_lines(tmp_path: pathlib.Path) -> None:
    with pytest.raises(Stop):
        stop_after_one_line(tmp_path / "out", "work")
    (part,) = tmp_path.iterdir()
    part.write_bytes(part.read_bytes() + b'{"torn')
    with resumable_lines(tmp_path / "out", "work") as (done, add):
        assert done == (b"one",)
        add(b"two")
    assert (tmp_path / "out").read_bytes() == b"one\ntwo\n"


def test_other_work_starts_anew(tmp_path: pathlib.Path) -> None:
    with pytest.raises(Stop):
        stop_after_one_line(tmp_path / "out", "work")
    with resumable_lines(tmp_path / "out", "other work") as (done, add):
        assert done == ()
        add(b"two")
    assert (tmp_path / "out").read_bytes() == b"two\n"


def test_two_runs_of_one_work_do_not_write_one_file(tmp_path: pathlib.Path) -> None:
    with resumable_lines(tmp_path / "out", "work") as (_, add):
        add(b"first")
        with (
            pytest.raises(BadInput, match="another run"),
            resumable_lines(tmp_path / "out", "work") as (_, add_too),
        ):
            add_too(b"second")
        with resumable_lines(tmp_path / "out", "other work"):
            pass
    assert (tmp_path / "out").read_bytes() == b"first\n"
