"""Writers of the containers that releases come in, and makers of records."""

import csv
import json
import pathlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from PIL import Image

Records = Sequence[Mapping[str, Any]]
Writer = Callable[[pathlib.Path], None]
LETTERS: Final = "ABCDEF"


def jsonl(name: str, records: Records) -> Writer:
    """A file of JSON lines."""

    def write(folder: pathlib.Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in records), encoding="utf-8")

    return write


def array(name: str, records: Any) -> Writer:
    """A file of one JSON text."""

    def write(folder: pathlib.Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")

    return write


def table(name: str, records: Records) -> Writer:
    """A file of CSV, or TSV by its name."""

    def write(folder: pathlib.Path) -> None:
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            separator = "\t" if name.endswith(".tsv") else ","
            held = csv.DictWriter(stream, list(records[0]), delimiter=separator)
            held.writeheader()
            held.writerows(records)

    return write


def parquet(name: str, records: Records) -> Writer:
    """A table with a picture's bytes in it, as Hugging Face writes them."""

    def write(folder: pathlib.Path) -> None:
        import pyarrow
        from pyarrow.parquet import write_table

        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_table(pyarrow.Table.from_pylist([dict(each) for each in records]), folder / name)

    return write


def four(row: int) -> list[str]:
    """Four options that no two rows share."""
    return [f"{colour} box {row}" for colour in ("red", "blue", "green", "grey")]


def lettered(row: int) -> list[str]:
    """Four options behind their letters."""
    return [f"{letter}. {text}" for letter, text in zip(LETTERS, four(row))]


def inline(row: int) -> str:
    """A question with its options in it."""
    return f"Which box is nearest in view {row}? " + " ".join(lettered(row))


def letter(row: int) -> str:
    """The truth of a row."""
    return LETTERS[(3 * row + 1) % 4]


def made(count: int, types: Sequence[str], kind: str, **fields: Any) -> Records:
    """Records with a type in the field `kind`; each other field a constant or a function of the number."""
    return [
        {
            kind: types[row % len(types)],
            **{name: each(row) if callable(each) else each for name, each in fields.items()},
        }
        for row in range(count)
    ]


def number(row: int) -> str:
    """A truth that is a number."""
    return f"{2 + row}"


def vsi_like(choice: Sequence[str], numeric: Sequence[str], **more: Any) -> Records:
    """Records of VSI-Bench and the releases drawn from it."""
    picked = made(
        2 * len(choice),
        choice,
        "question_type",
        question="Which one?",
        options=lettered,
        ground_truth=letter,
        **more,
    )
    counted = made(
        2 * len(numeric),
        numeric,
        "question_type",
        question="How far?",
        options=None,
        ground_truth=number,
        **more,
    )
    return [{**each, "id": row, "scene_name": f"s{row % 3}"} for row, each in enumerate([*picked, *counted])]


WIDTH, HEIGHT = 64, 48


def masks(name: str, records: Records, files: Sequence[str], scale: int = 1) -> Writer:
    """Records whose truth is a mask: the left half of a picture is right."""

    def write(folder: pathlib.Path) -> None:
        jsonl(name, records)(folder)
        held = np.zeros((HEIGHT * scale, WIDTH * scale), dtype=np.uint8)
        held[:, : WIDTH * scale // 2] = 255
        for each in files:
            (folder / each).parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(held).save(folder / each)

    return write
