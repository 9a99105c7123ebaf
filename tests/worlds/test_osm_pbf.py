"""An extract of OpenStreetMap packed as .osm.pbf is read as its XML is."""

from __future__ import annotations

import pathlib
import struct
import zlib
from collections.abc import Sequence

import pytest

from allocentric.errors import BadInput
from allocentric.worlds.read import read

pytest.importorskip("pyogrio")

# Nodes as (id, longitude, latitude, tags), ways as (id, nodes, tags).
NODES: tuple[tuple[int, float, float, dict[str, str]], ...] = (
    (1, 11.0, 48.0, {"natural": "tree"}),
    (2, 11.001, 48.0, {}),
    (3, 11.001, 48.001, {}),
    (4, 11.002, 48.002, {}),
)
WAYS = (
    (1, (1, 4), {"highway": "primary"}),
    (2, (1, 2, 3, 1), {"building": "yes", "name": "Mühle"}),
)


def varint(number: int) -> bytes:
    """A whole number of 0 or more as protobuf writes it: seven bits a byte, the lowest first."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def signed(number: int) -> bytes:
    return varint(number * 2 if number >= 0 else -2 * number - 1)


def field(tag: int, held: bytes | int) -> bytes:
    """One field of a message: a number, or bytes with their length."""
    if isinstance(held, int):
        return varint(tag << 3) + varint(held)
    return varint(tag << 3 | 2) + varint(len(held)) + held


def packed(tags: dict[str, str], words: list[str]) -> bytes:
    """Tags as rows of the table of words, which grows: field 2 the keys, field 3 the values."""
    for word in (*tags, *tags.values()):
        if word not in words:
            words.append(word)
    keys, values = (b"".join(varint(words.index(each)) for each in some) for some in (tags, tags.values()))
    return field(2, keys) + field(3, values) if tags else b""


def town() -> bytes:
    """The block of the town: coordinates in 1e-7 degrees, nodes of a way each from the last."""
    words, group = [""], b""
    for id, longitude, latitude, tags in NODES:
        node = varint(1 << 3) + signed(id) + packed(tags, words)
        node += (
            varint(8 << 3) + signed(round(latitude * 1e7)) + varint(9 << 3) + signed(round(longitude * 1e7))
        )
        group += field(1, node)
    for id, nodes, tags in WAYS:
        steps = b"".join(signed(node - before) for before, node in zip((0, *nodes), nodes))
        group += field(3, field(1, id) + packed(tags, words) + field(8, steps))
    table = b"".join(field(1, each.encode()) for each in words)
    return field(1, table) + field(2, group)


def file_of(blocks: Sequence[tuple[str, bytes]]) -> bytes:
    out = b""
    for kind, data in blocks:
        blob = field(2, len(data)) + field(3, zlib.compress(data))
        header = field(1, kind.encode()) + field(3, len(blob))
        out += struct.pack(">I", len(header)) + header + blob
    return out


HEADER = ("OSMHeader", field(4, b"OsmSchema-V0.6"))


def test_a_packed_extract_is_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "town.osm.pbf"
    path.write_bytes(file_of([HEADER, ("OSMData", town())]))
    scene = read(path)
    assert scene.space == "globe"
    assert sorted(scene.labels) == ["building", "road", "tree"]
    assert "Mühle" in scene.names
    tree = scene.labels.index("tree")
    assert scene.centers[tree, :2].tolist() == pytest.approx([11.0, 48.0])


def test_a_packed_extract_that_stops_short_is_refused(tmp_path: pathlib.Path) -> None:
    whole = file_of([HEADER, ("OSMData", town())])
    path = tmp_path / "torn.osm.pbf"
    path.write_bytes(whole[: len(whole) - 40])
    with pytest.raises(BadInput):
        read(path)
