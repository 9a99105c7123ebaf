"""Variants of a sample: without pictures, options in another order, mirrored; the truth goes with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from allocentric.answers.kinds import NUMERIC, Value
from allocentric.answers.prompt import Picture, Prompt
from allocentric.bench.benchmark import RELEASED, Release
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput
from allocentric.seeds import stream

BLIND: Final = "blind"
SHUFFLED: Final = "shuffled"
FLIP: Final = "flip"
TURNED: Final = "options:"

SIDES: Final = {
    "left": "right",
    "lefthand": "righthand",
    "leftmost": "rightmost",
    "leftward": "rightward",
    "leftwards": "rightwards",
    "clockwise": "counterclockwise",
    "anticlockwise": "clockwise",
}
_MIRRORED: Final = {b: a for a, b in SIDES.items()} | SIDES | {"clockwise": "counterclockwise"}
_SIDE: Final = re.compile(
    rf"\b({'|'.join(sorted((*_MIRRORED, 'counter-clockwise'), key=len, reverse=True))})\b", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """In which variants each sample is put, besides as it is, and how often each of them."""

    blind: bool = False
    shuffled: bool = False
    circular: bool = False
    flip: bool = False
    repeats: int = 1

    def __post_init__(self) -> None:
        if self.repeats < 1:
            raise BadInput(f"{self.repeats} repeats", where="--repeats", mend="give 1 or more")

    @property
    def names(self) -> tuple[str, ...]:
        """The kinds of variant that are wanted."""
        held = (
            (BLIND, self.blind),
            (SHUFFLED, self.shuffled),
            ("circular", self.circular),
            (FLIP, self.flip),
        )
        return tuple(name for name, wanted in held if wanted)


def check_mirrors(wanted: Variants, release: Release) -> None:
    """Raise BadInput where a benchmark's pictures are to be mirrored and may not be."""
    if wanted.flip and not release.mirrors:
        what = f"the pictures of {release.name} are not known to bear mirroring: writing and maps do not"
        raise BadInput(what, where="--flip", mend="leave it out, or declare mirrors=True in its release")


def variants_of(sample: Sample, wanted: Variants, seed: int) -> Iterator[tuple[str, Sample]]:
    """The sample as it is, under the empty name, then each variant of it that there is, under its name.

    With `circular` these are all rotations of the options, of which the sample itself is the first; a sample
    without options that can be moved has none, and one without pictures no blind or mirrored one.
    """
    yield "", sample
    count = len(sample.prompt.expected.options)
    made = list[tuple[str, Sample | None]]()
    if wanted.blind:
        made.append((BLIND, without_pictures(sample)))
    if wanted.shuffled and count > 1:
        drawn = stream(seed, "options", sample.id).permutation(count).tolist()
        made.append((SHUFFLED, reordered(sample, drawn)))
    if wanted.circular:
        turns = ([(row + turn) % count for row in range(count)] for turn in range(1, count))
        made += [(f"{TURNED}{turn}", reordered(sample, order)) for turn, order in enumerate(turns, 1)]
    if wanted.flip:
        made.append((FLIP, mirrored(sample)))
    yield from ((name, each) for name, each in made if each is not None)


def without_pictures(sample: Sample) -> Sample | None:
    """The words alone; None where there is nothing but words."""
    if not sample.prompt.pictures:
        return None
    words = tuple(part for part in sample.prompt.parts if isinstance(part, str))
    return replace(sample, prompt=replace(sample.prompt, parts=words))


def reordered(sample: Sample, order: Sequence[int]) -> Sample | None:
    """The options in another order: `order` says which old one stands where; the truth's letter moves.

    None where the options do not stand in the words behind their letters, or the truth is none of them.
    """
    expected = sample.prompt.expected
    options = tuple(expected.options[row] for row in order)
    moved = dict(zip((expected.letters[row] for row in order), expected.letters))
    truth = _moved(sample.truth, moved)
    parts = _rewritten(sample.prompt, options)
    if parts is None or truth is None:
        return None
    prompt = replace(sample.prompt, parts=parts, expected=replace(expected, options=options))
    return replace(sample, prompt=prompt, truth=truth, fields=_released(sample, moved))


def mirrored(sample: Sample) -> Sample | None:
    """The sample of a mirrored world: its sides are swapped, its pictures are still to be mirrored.

    Options stay as they are where the mirrored truth is among them, else they are swapped too. None for
    answers that are places in a picture, maps, angles, and where there is no picture.
    """
    prompt, expected = sample.prompt, sample.prompt.expected
    if not prompt.pictures or expected.kind in (
        "point",
        "points",
        "box",
        "boxes",
        "spherical_box",
        "map",
        "angle",
    ):
        return None
    options = tuple(swapped_sides(each) for each in expected.options)
    if not expected.options:
        parts = tuple(part if isinstance(part, Picture) else swapped_sides(part) for part in prompt.parts)
        numeric = expected.kind in NUMERIC or not isinstance(sample.truth, str | tuple)
        truth = sample.truth if numeric else _swapped(sample.truth)
        return replace(sample, prompt=replace(prompt, parts=parts), truth=truth)
    places = [expected.options.index(each) if each in expected.options else None for each in options]
    stays = None not in places
    kept = expected.options if stays else options
    mirrored_words = tuple(
        part if isinstance(part, Picture) else swapped_sides(part) for part in prompt.parts
    )
    swapped = replace(prompt, parts=mirrored_words, expected=replace(expected, options=options))
    parts_ = _rewritten(swapped, kept)
    if parts_ is None:
        return None
    letters = expected.letters
    moved = {letters[row]: letters[to] for row, to in enumerate(places) if to is not None} if stays else {}
    truth_ = _moved(sample.truth, moved or {each: each for each in letters})
    if truth_ is None:
        return None
    new = replace(swapped, parts=parts_, expected=replace(expected, options=kept))
    return replace(sample, prompt=new, truth=truth_, fields=_released(sample, moved))


def swapped_sides(text: str) -> str:
    """The text with left for right, and the like.

    >>> swapped_sides("Left of the leftmost chair, clockwise")
    'Right of the rightmost chair, counterclockwise'
    """
    return _SIDE.sub(lambda found: _as_written(found[0]), text)


def _as_written(word: str) -> str:
    other = _MIRRORED.get(word.lower().replace("-", ""), word)
    return other.capitalize() if word[0].isupper() else other


def _swapped(truth: Any) -> Any:
    if isinstance(truth, str):
        return swapped_sides(truth)
    return tuple(swapped_sides(each) if isinstance(each, str) else each for each in truth)


def _moved(truth: Value, moved: dict[str, str]) -> Value | None:
    """A letter, or letters, where they stand now; None for what is none of them."""
    if isinstance(truth, str):
        return moved.get(truth)
    if isinstance(truth, tuple) and truth and all(isinstance(each, str) for each in truth):
        letters = [moved.get(str(each)) for each in truth]
        return None if None in letters else tuple(sorted(str(each) for each in letters))
    return None if not isinstance(truth, tuple) and isinstance(truth, bool | float) else truth


def _released(sample: Sample, moved: dict[str, str]) -> dict[str, Any]:
    """The fields of a sample, the release's own letter moved where it is one."""
    own = sample.fields.get(RELEASED)
    if not isinstance(own, str) or own.strip() not in moved:
        return sample.fields
    return {**sample.fields, RELEASED: moved[own.strip()]}


def _rewritten(prompt: Prompt, options: Sequence[str]) -> tuple[str | Picture, ...] | None:
    """The parts of a prompt with other options behind the letters; None where its own do not stand there."""
    done, parts = False, list[str | Picture]()
    for part in prompt.parts:
        if isinstance(part, str):
            written = _with_options(part, prompt.expected.options, options)
            done = done or written is not None
            parts.append(part if written is None else written)
        else:
            parts.append(part)
    return tuple(parts) if done else None


def _with_options(text: str, old: Sequence[str], new: Sequence[str]) -> str | None:
    """A text whose every list of the old options holds the new ones; None where it has no such list."""
    pieces, at, found = list[str](), 0, False
    while (spans := _run(text, old, at)) is not None:
        for (start, end), option in zip(spans, new):
            pieces += [text[at:start], option]
            at = end
        found = True
    return "".join((*pieces, text[at:])) if found else None


def _run(text: str, options: Sequence[str], at: int) -> list[tuple[int, int]] | None:
    """Where all options stand behind their letters, one after the other, from a place on."""
    spans = list[tuple[int, int]]()
    for row, option in enumerate(options):
        mark = rf"(?<![A-Za-z0-9]){chr(ord('A') + row)}\s?[.):]\s{{0,3}}(?={re.escape(option)})"
        found = re.compile(mark).search(text, at)
        if found is None:
            return None
        spans.append((found.end(), found.end() + len(option)))
        at = spans[-1][1]
    return spans or None
