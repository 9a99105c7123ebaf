"""Every format states its convention: in its reader's docstring, and in a row of the page on files."""

import importlib
import pathlib
import re

import pytest

from allocentric.worlds.readers import READERS
from allocentric.worlds.readers.reader import Reader

ROWS = {
    row[0]: row
    for line in (pathlib.Path(__file__).parents[2] / "docs/formats.md").read_text().splitlines()
    if (row := re.findall(r"(?<=\| )[^|]+(?= \|)", line)) and row[0].startswith("`")
}
OWN = {"allocentric", "boxes"}  # a format of ours has no convention but ours
TELLS = re.compile(
    r"\b(metres?|millimetres|scale|up|down|axes|heights?|world-to-camera|camera-to-world|degrees)\b"
)


@pytest.mark.parametrize("reader", READERS, ids=lambda each: each.name)
def test_a_reader_says_what_its_format_means_and_the_page_has_a_row(reader: Reader) -> None:
    assert f"`{reader.name}`" in ROWS
    assert len(ROWS[f"`{reader.name}`"]) == 3
    module = importlib.import_module(reader.claims.__module__)
    told = module.__doc__ or ""
    if reader.name not in OWN:
        assert len(set(TELLS.findall(told.lower()))) >= 2, told
        assert len(told) > 200, "a convention takes more words"


def test_no_row_of_the_page_is_of_a_format_that_is_not_read() -> None:
    assert set(ROWS) == {f"`{each.name}`" for each in READERS}
