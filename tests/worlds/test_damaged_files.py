"""Whatever happens to a file of any format, what comes is a scene or a complaint, never a traceback."""

import pathlib
import random
import re
import shutil

import pytest

from allocentric.errors import AllocentricError
from allocentric.worlds.read import read, scenes_in
from tests.worlds import posed_layouts as layouts
from tests.worlds.places import PLACES

ODD = (b"nan", b"-1", b"1e400", b"null", b'"north"', b"[]", b"0", b"9" * 25, b"{}")
TOKEN = re.compile(rb'-?\d+\.?\d*(?:e-?\d+)?|"[^"]*"')
NO_TEXT = {".png", ".jpg", ".JPG", ".ply", ".bin", ".npz", ".vrs"}
WORDS, CASES = 8, 7  # words replaced in a format; of all that is damaged, so much is tried


def damaged(data: bytes, how: str, seed: int) -> bytes | None:
    """The bytes of a damaged file; None for one that is gone."""
    chance = random.Random(seed)
    match how:
        case "half":
            return data[: len(data) // 2]
        case "short":
            return data[:-7]
        case "empty":
            return b""
        case "noise":
            return chance.randbytes(200)
        case "word":
            found = chance.choice(list(TOKEN.finditer(data)))
            return data[: found.start()] + chance.choice(ODD) + data[found.end() :]
    return None


@pytest.mark.parametrize("format", PLACES)
def test_a_damaged_file_is_read_or_refused(format: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "whole").mkdir()
    named = PLACES[format](tmp_path / "whole").relative_to(tmp_path / "whole")
    files = [each for each in sorted((tmp_path / "whole").rglob("*")) if each.is_file()]
    kinds = {(each.parent, each.suffix): each for each in reversed(files)}
    texts = [each for each in kinds.values() if each.suffix not in NO_TEXT]
    chance = random.Random(format)
    cases = [(each, chance.choice(("half", "short", "empty", "noise", "gone"))) for each in kinds.values()]
    cases += [(chance.choice(texts), "word") for _ in range(WORDS * bool(texts))]
    cases = chance.sample(cases, min(CASES, len(cases)))
    refused = 0
    for seed, (path, how) in enumerate(cases):
        work = tmp_path / str(seed)
        shutil.copytree(tmp_path / "whole", work)
        victim = work / path.relative_to(tmp_path / "whole")
        spoiled = damaged(victim.read_bytes(), how, seed)
        victim.unlink()
        if spoiled is not None:
            victim.write_bytes(spoiled)
        try:
            for make in list(scenes_in(work / named).values())[:1]:
                make()
        except AllocentricError:
            refused += 1
    assert refused > 0


def test_a_rotation_that_is_not_finite_is_refused_by_its_picture(tmp_path: pathlib.Path) -> None:
    path = layouts.arkitscenes(tmp_path)
    rows = (path.parent / "41048190_frames/lowres_wide.traj").read_text().split(" ")
    rows[1] = "1e400"
    (path.parent / "41048190_frames/lowres_wide.traj").write_text(" ".join(rows))
    with pytest.raises(AllocentricError, match="has a number that is not finite"):
        read(path)


def test_a_calibration_that_is_not_finite_is_refused(tmp_path: pathlib.Path) -> None:
    path = PLACES["kitti"](tmp_path)
    calibration = path / "calib/000000.txt"
    calibration.write_text(calibration.read_text().replace("45.75831", "1e400"))
    with pytest.raises(AllocentricError, match="a number is not finite"):
        read(path)
