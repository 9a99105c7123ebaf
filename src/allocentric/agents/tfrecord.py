"""TFRecord files of examples: names with lists of bytes, numbers or whole numbers, read without TensorFlow.

A record is its length in eight bytes, a checksum of four, the message, and another checksum; the message is a
tf.train.Example in the wire format of protocol buffers. Checksums are not compared.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from allocentric.errors import BadInput

LONGEST: Final = 1 << 30  # bytes of one record
SLASH: Final = ":"  # stands for the slash of a name, "image/encoded", in the address of a picture

_HEAD: Final = 12  # bytes before a message: its length and a checksum
_TAIL: Final = 4
_BYTES, _FLOATS, _WHOLE = 1, 2, 3  # kinds of a list, by the number of their field
_VARINT, _EIGHT, _LONG, _FOUR = 0, 1, 2, 5  # how a field is written

Example = Mapping[str, Sequence[Any]]


def examples(path: Path) -> Iterator[Example]:
    """The records of a file, in order; raises BadInput with file and record."""
    for number in range(1, len(_places(str(path))) + 1):
        yield example(path, number)


def example(path: Path, number: int) -> Example:
    """One record of a file, from 1, as lists by name; raises BadInput with file and record."""
    places = _places(str(path))
    where = f"{path}, record {number}"
    if not 0 < number <= len(places):
        raise BadInput(f"the file has {len(places)} records", where=where, mend="name one of them")
    start, length = places[number - 1]
    with path.open("rb") as stream:
        stream.seek(start)
        data = stream.read(length)
    try:
        return decoded(data)
    except (ValueError, IndexError, struct.error):
        raise BadInput("it is no tf.train.Example", where=where, mend="get the file again") from None


@lru_cache(4)
def _places(path: str) -> tuple[tuple[int, int], ...]:
    """Where each message begins, and how long it is."""
    found, at = list[tuple[int, int]](), 0
    size = Path(path).stat().st_size
    with Path(path).open("rb") as stream:
        while at < size:
            stream.seek(at)
            length = int.from_bytes(stream.read(_HEAD)[:8], "little")
            if length > LONGEST or at + _HEAD + length + _TAIL > size:
                where = f"{path}, record {len(found) + 1}"
                raise BadInput("the record does not end in the file", where=where, mend="get it again")
            found.append((at + _HEAD, length))
            at += _HEAD + length + _TAIL
    return tuple(found)


def decoded(data: bytes) -> dict[str, list[Any]]:
    """The lists of a tf.train.Example by name; raises ValueError or IndexError where it is none.

    >>> decoded(bytes.fromhex("0a0c0a0a0a01611205 0a030a0162"))
    {'a': [b'b']}
    """
    found = dict[str, list[Any]]()
    for features in _inside(memoryview(data), 1):
        for entry in _inside(features, 1):
            name = b"".join(_inside(entry, 1)).decode()
            found[name] = [value for feature in _inside(entry, 2) for value in _values(feature)]
    return found


def _values(feature: memoryview) -> Iterator[Any]:
    for kind, way, held in _fields(feature):
        if way != _LONG:
            raise ValueError("a list is a message")
        for field, how, value in _fields(held):
            if field != 1:
                continue
            if kind == _WHOLE and how in (_VARINT, _LONG):
                yield from map(_signed, _varints(value) if how == _LONG else (value,))
            elif kind == _FLOATS and how in (_FOUR, _LONG):
                yield from struct.unpack(f"<{len(value) // 4}f", value)
            elif kind == _BYTES and how == _LONG:
                yield bytes(value)
            else:
                raise ValueError("a value is not of the kind of its list")


def _inside(data: memoryview, wanted: int) -> Iterator[memoryview]:
    """The messages that stand in the field `wanted`."""
    return (value for field, how, value in _fields(data) if field == wanted and how == _LONG)


def _fields(data: memoryview) -> Iterator[tuple[int, int, Any]]:
    """Number, way and value of each field."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        field, how = tag >> 3, tag & 7
        value: Any
        if how == _VARINT:
            value, at = _varint(data, at)
        elif how in (_EIGHT, _LONG, _FOUR):
            length, at = _varint(data, at) if how == _LONG else ({_EIGHT: 8, _FOUR: 4}[how], at)
            value, at = data[at : at + length], at + length
            if at > len(data):
                raise ValueError("a field ends behind its message")
        else:
            raise ValueError("a field is written in no way that is known")
        yield field, how, value


def _varints(data: memoryview) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _varint(data, at)
        yield value


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("a whole number has too many bytes")


def _signed(value: int) -> int:
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >= 1 << 63 else value
