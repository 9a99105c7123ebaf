import pathlib
import resource

import pytest

from allocentric.errors import BadInput
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode, validate


@pytest.mark.parametrize(
    ("text", "says", "where"),
    [
        (b'{"a": 1,\n "b": NaN}', "NaN is no JSON number", "line 2, column 7"),
        (b'{"a": -Infinity}', "-Infinity is no JSON number", "line 1"),
        (b'{"a": 1,\n\n', "stops short, after 10 bytes", "line 3"),
        (b"{'a': 1}", "is not JSON", "line 1, column 2"),
        (b"\xff\xfe\x00", "is not JSON", "line 1, column 1"),
        (b"[" * 100_000, "nested too deeply", "room.json"),
        (b'{"a":' * 100_000, "nested too deeply", "room.json"),
    ],
)
def test_broken_text_is_refused_with_its_place(text: bytes, says: str, where: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        validate(text, where="room.json")
    assert where in caught.value.where


def test_text_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(BadInput, match="not UTF-8"):
        decode(b'{"a": "\xff"}', dict[str, str], where="")


def test_a_value_of_the_wrong_kind_is_refused_with_its_path() -> None:
    with pytest.raises(BadInput, match="Expected `float`, got `str`") as caught:
        decode(b'[1, "two"]', list[float], where="room.json")
    assert caught.value.where == "room.json, $[1]"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert decode(b"\xef\xbb\xbf[1]", list[int], where="") == [1]


def test_checking_builds_nothing() -> None:
    text = b"[" + b"1," * 20_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInput, match="stops short"):
        validate(text, where="")
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
    )  # kilobytes; a list is 160,000


def test_a_file_that_cannot_be_read_says_why(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty.json").touch()
    for name, says in [("missing.json", "no such file"), ("", "is a directory"), ("empty.json", "is empty")]:
        with pytest.raises(BadInput, match=says):
            read_bytes(tmp_path / name)
    with pytest.raises(BadInput, match="no file can have this name"):
        read_bytes("a\0b")
