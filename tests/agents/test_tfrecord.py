"""TFRecord is read without TensorFlow, and never further than it goes."""

import pathlib
import struct
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.agents.pictures import picture_data, pictures_at
from allocentric.agents.tfrecord import decoded, examples
from allocentric.bench.benchmark import load
from allocentric.bench.published import erqa
from allocentric.bench.scoring import score
from allocentric.errors import BadInput

PNG = b"\x89PNG" + bytes(range(256))


def varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    cut = bytearray()
    while value > 0x7F:
        cut.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*cut, value))


def inside(field: int, data: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(data)) + data


def message(lists: Mapping[str, Sequence[object]]) -> bytes:
    """A tf.train.Example, as protocol buffers write it."""
    entries = b""
    for name, values in lists.items():
        if isinstance(values[0], bytes):
            held = inside(1, b"".join(inside(1, each) for each in values if isinstance(each, bytes)))
        elif isinstance(values[0], int):
            whole = (each for each in values if isinstance(each, int))
            held = inside(3, inside(1, b"".join(map(varint, whole))))
        else:
            held = inside(2, inside(1, struct.pack(f"<{len(values)}f", *values)))
        entries += inside(1, inside(1, name.encode()) + inside(2, held))
    return inside(1, entries)


def written(path: pathlib.Path, *messages: bytes) -> pathlib.Path:
    path.write_bytes(b"".join(struct.pack("<Q", len(each)) + b"csum" + each + b"csum" for each in messages))
    return path


def asked(letter: str, *pictures: bytes) -> bytes:
    words = f"Which way? Choices: A. left. B. right. Please answer with the letter. {letter}"
    lists: dict[str, Sequence[object]] = {"question": [words.encode()], "answer": [letter.encode()]}
    if pictures:
        lists["question_type"] = [b"Trajectory"]
        lists["visual_indices"] = [0, 9]
        lists["image/encoded"] = pictures
    return message(lists)


def test_lists_of_each_kind_come_back_in_order() -> None:
    lists: dict[str, Sequence[object]] = {"a": [b"x", b""], "b": [1, -1, 1 << 40], "c": [0.5, -2.0]}
    assert decoded(message(lists)) == lists


def test_erqa_is_read_from_its_own_file_with_its_pictures_untouched(tmp_path: pathlib.Path) -> None:
    written(tmp_path / "erqa.tfrecord", asked("B", PNG, PNG[:9]), asked("A"))
    first, second = load(erqa.BENCHMARK, tmp_path)
    assert (first.id, first.truth, first.type) == ("erqa-1", "B", "Trajectory")
    assert (second.truth, second.prompt.pictures) == ("A", ())
    addresses = pictures_at(first.prompt.pictures[0].path)
    assert [picture_data(each) for each in addresses] == [("png", PNG), ("png", PNG[:9])]
    # The code compares the reply without full stops: "b." is B, a sentence is nothing.
    assert score([first, second], {"erqa-1": "b.", "erqa-2": "It is A"}, erqa.BENCHMARK).overall.value == 0.5


@pytest.mark.parametrize("cut", [1, 11, 13, -1])
def test_a_file_that_breaks_off_is_told_by_its_record(tmp_path: pathlib.Path, cut: int) -> None:
    path = written(tmp_path / "erqa.tfrecord", asked("B"))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:cut])
    with pytest.raises(BadInput, match="does not end") as error:
        list(examples(path))
    assert "record 2" in str(error.value)


def test_a_record_that_is_no_example_is_told(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "x.tfrecord", b"\xff" * 40)
    with pytest.raises(BadInput, match="is no tf"):
        list(examples(path))
    with pytest.raises(BadInput, match="the file has 1 records"):
        picture_data(f"{path}#7/image:encoded")


@pytest.mark.parametrize("kind", [1, 2, 3])
@pytest.mark.parametrize(
    "value", [b"\x08" + varint(1 << 60), b"\x09" + bytes(8), b"\x0d" + bytes(4), b"\x08"]
)
def test_a_value_of_another_kind_than_its_list_never_fills_the_memory(kind: int, value: bytes) -> None:
    entry = inside(1, inside(1, b"a") + inside(2, inside(kind, value)))
    try:
        found = decoded(inside(1, entry))
    except (ValueError, IndexError, struct.error):
        return
    assert found == {"a": [1 << 60]} or found == {"a": [0.0]}


@settings(max_examples=150)
@given(st.binary(max_size=60))
def test_no_bytes_make_the_reader_fall_otherwise(data: bytes) -> None:
    try:
        found = decoded(data)
    except (ValueError, IndexError, struct.error):
        return
    assert all(isinstance(name, str) for name in found)
