"""A flip on real pictures: every picture that is put is the mirror image, and the answer changes sides."""

import asyncio
import contextlib
import io
import json
import pathlib
from collections.abc import AsyncIterator

import numpy as np
import pytest
from PIL import Image

from allocentric.agents.answerer import Described
from allocentric.agents.model import Model
from allocentric.agents.pictures import picture_data
from allocentric.answers.prompt import Attempt, Picture, Prompt
from allocentric.bench.frames import Cutter, Frames
from allocentric.bench.published.index import benchmark
from allocentric.bench.runner import Task
from allocentric.bench.runner_asked import Wanted
from allocentric.bench.runner_folder import ran
from allocentric.bench.runner_tasks import Shown
from allocentric.bench.variants import FLIP, Variants
from tests.bench.put import sample


@pytest.fixture(autouse=True)
def _apart(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cached"))


def pixels(path: str) -> np.ndarray:
    with Image.open(io.BytesIO(picture_data(path)[1])) as image:
        return np.array(image.convert("RGB"))


def half_red(path: pathlib.Path, *, side: str, stripe: int = 0) -> str:
    """A picture that is red on one side, with a stripe that tells it from others."""
    held = np.zeros((6, 10, 3), dtype=np.uint8)
    held[:, slice(0, 5) if side == "left" else slice(5, 10), 0] = 255
    held[stripe, :, 2] = 200
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(held).save(path)
    return str(path)


FLIPPED = ("AB", "BA", "AB")  # the truths, each with that of its mirror image


class Looking:
    """Says on which side the first picture is red, by its letter among the options."""

    def __init__(self) -> None:
        self.seen = list[list[np.ndarray]]()

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:
        self.seen.append([pixels(each.path) for each in prompt.pictures])
        red = self.seen[-1][0][..., 0]
        side = "left" if red[:, :5].sum() > red[:, 5:].sum() else "right"
        reply = prompt.expected.letters[prompt.expected.options.index(side)]
        return Attempt(sample=prompt.id, state="answered", reply=reply)


def test_who_looks_at_the_pictures_is_right_in_the_mirror_too_and_who_does_not_is_not(
    tmp_path: pathlib.Path,
) -> None:
    sides = ["left", "right", "left"]
    for number, side in enumerate(sides):
        for frame in range(2):
            half_red(tmp_path / "d" / f"s{number}.mp4" / f"{frame}.png", side=side, stripe=frame)
    records = (
        {
            "id": number,
            "dataset": "d",
            "scene_name": f"s{number}",
            "question_type": "object_rel_direction_easy",
            "question": "Is the wall to the left or to the right?",
            "options": ["A. left", "B. right"],
            "ground_truth": "A" if side == "left" else "B",
        }
        for number, side in enumerate(sides)
    )
    (tmp_path / "test.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records))
    looking = Looking()

    @contextlib.asynccontextmanager
    async def opened(_: Model) -> AsyncIterator[Described]:
        yield Described(looking, "looking", {}, sees=True, in_flight=1)

    wanted = Wanted(
        benchmark=benchmark("vsi_bench"),
        data=tmp_path,
        model=Model(name="looking"),
        opened=opened,
        variants=Variants(flip=True),
    )
    done = asyncio.run(ran(wanted, tmp_path / "run"))
    assert set(done.reports) == {("", 0), (FLIP, 0)}
    assert all(row.score == 1.0 for report in done.reports.values() for row in report.rows)
    assert done.together["flip"].value == 1.0
    truths = {(row.id, row.variant): row.truth for report in done.reports.values() for row in report.rows}
    assert [(truths[str(each), ""], truths[str(each), FLIP]) for each in range(3)] == [*map(tuple, FLIPPED)]
    for plain, flipped in zip(looking.seen[::2], looking.seen[1::2]):
        assert len(plain) == len(flipped) == 2
        for one, other in zip(plain, flipped):
            assert np.array_equal(one[:, ::-1], other)


def test_all_pictures_of_a_sample_are_mirrored_in_their_places(tmp_path: pathlib.Path) -> None:
    paths = [half_red(tmp_path / f"{row}.png", side="left", stripe=row) for row in range(3)]
    held = sample(1, *paths)
    shown = Shown(Cutter(Frames(), tmp_path / "kept"), tmp_path / "kept")
    put = asyncio.run(shown(Task(held, FLIP)))
    assert [isinstance(each, Picture) for each in put.parts] == [
        isinstance(each, Picture) for each in held.prompt.parts
    ]
    for path, picture in zip(paths, put.pictures, strict=True):
        assert np.array_equal(pixels(path)[:, ::-1], pixels(picture.path))
    assert len({each.path for each in put.pictures}) == 3
    plain = asyncio.run(shown(Task(held)))
    assert [each.path for each in plain.pictures] == paths, "as it is, its own files are put"


def test_pictures_of_one_cell_of_a_table_are_mirrored_each(tmp_path: pathlib.Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    paths = [half_red(tmp_path / f"{row}.png", side="left", stripe=row) for row in range(2)]
    cell = [{"bytes": pathlib.Path(each).read_bytes(), "path": None} for each in paths]
    parquet.write_table(pyarrow.table({"image": [cell]}), tmp_path / "t.parquet")
    held = sample(1, f"{tmp_path}/t.parquet#1/image")
    put = asyncio.run(Shown(Cutter(Frames(), tmp_path / "k"), tmp_path / "k")(Task(held, FLIP)))
    assert len(put.pictures) == 2
    for path, picture in zip(paths, put.pictures, strict=True):
        assert np.array_equal(pixels(path)[:, ::-1], pixels(picture.path))


def test_a_picture_that_is_stored_turned_is_mirrored_as_it_is_looked_at(tmp_path: pathlib.Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn clockwise is due
    held = np.zeros((6, 10, 3), dtype=np.uint8)
    held[:3] = 255  # above in the file: to the right when looked at
    Image.fromarray(held).save(tmp_path / "turned.png", exif=exif)
    shown = Shown(Cutter(Frames(), tmp_path / "k"), tmp_path / "k")
    put = asyncio.run(shown(Task(sample(1, str(tmp_path / "turned.png")), FLIP)))
    mirrored = pixels(put.pictures[0].path)
    assert mirrored.shape == (10, 6, 3)
    assert mirrored[:, :3].min() == 255, "in the mirror it is to the left"
