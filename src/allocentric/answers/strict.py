"""Our own reading of a reply: the last answer it gives, or the reason why it gives none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from allocentric.answers.kinds import CANNOT_TELL, NUMERIC, Expected, Reading
from allocentric.answers.strict_choice import choice_in, choices_in, prepared, quick_choice
from allocentric.answers.strict_json import said_in_json
from allocentric.answers.strict_numbers import quick_number, read_number
from allocentric.answers.strict_outcome import Outcome, alike, missing
from allocentric.answers.strict_places import boxes_in, map_in, points_in, sphere_box_in
from allocentric.answers.strict_text import (
    Cue,
    Said,
    Span,
    boxed_blocks,
    cue_blocks,
    mended,
    plain,
    tag_blocks,
    without_latex,
    without_thoughts,
    without_tokens,
)
from allocentric.answers.strict_words import (
    cannot_tell,
    direction_in,
    offers_cannot_tell,
    order_in,
    route_in,
    yes_or_no,
)
from allocentric.answers.strict_writing import program_in, writing_in

_PLACES: Final = frozenset({"point", "points", "box", "boxes", "spherical_box", "map"})
_WRITTEN: Final = frozenset({"program", "text"})
_LISTS: Final = frozenset({"points", "boxes", "map"})
MOST, MOST_OF_LISTS, MOST_BLOCKS = 4_000, 100_000, 64  # characters at the end that are read; blocks
_SOFT: Final = frozenset({"no_answer", "empty"})
_FAILED: Final = re.compile(
    r"[\s\[*]*(?:error\b|exception\b|traceback\b|(?:the )?request (?:failed|timed out)"
    r"|failed to (?:obtain|get|answer)|api error|http (?:error )?\d|i'm sorry|sorry, (?:but )?i can)",
    re.IGNORECASE,
)
_STOPPED: Final = re.compile(r"(?:answer|option|choice)(?: is)?[\s:*]*$", re.IGNORECASE)


def read_strictly(reply: str, expected: Expected, *, decimal_comma: bool = False) -> Reading:
    """The last answer of a reply, in the kind that is expected; or the reason why there is none.

    Thoughts never count. What stands in answer tags or boxes goes before what follows "the answer is",
    and that before the rest. Blocks that disagree, ranges, letters against their option's text, units of
    another kind and commas that may be decimal (unless `decimal_comma`) are refused. Never raises.

    >>> read_strictly("<think>A?</think> The answer is (B).", Expected("choice", ("left", "right"))).value
    'B'
    >>> read_strictly("about 350 cm", Expected("length", unit="m")).value
    3.5
    """
    text = plain(reply)
    if not text.strip():
        return Reading(None, "empty")
    said = Said(text, ((0, 0),))
    if "<" in text or "◁" in text:
        said = without_thoughts(without_tokens(text))
        if not said.text.strip():
            return Reading(None, "cut_off" if said.cut_off else "empty")
    value, reason, start, end = _read(said.text, expected, decimal_comma)
    if value is None:
        return Reading(None, "cut_off" if said.cut_off and reason in _SOFT else reason or "no_answer")
    if said.starts == ((0, 0),):
        return Reading(value, None, (start, end))
    return Reading(value, None, (said.place(start), said.place(max(start, end - 1)) + 1))


def _read(text: str, expected: Expected, decimal_comma: bool) -> Outcome:
    """The answer of what was said aloud."""
    kind = expected.kind
    if (quick := _quick(text, expected, decimal_comma)) is not None:
        return quick
    if _FAILED.match(text) and kind not in _WRITTEN:
        return (
            missing("no_answer")
            if not cue_blocks(text, text.lower())
            else _by_cues(text, expected, decimal_comma) or missing("no_answer")
        )
    blocks = _marked(text)
    if blocks:
        return _by_blocks(text, blocks, expected, decimal_comma=decimal_comma)
    if kind in _WRITTEN:
        return _written(text, (0, len(text)), expected)
    if (found := _by_cues(text, expected, decimal_comma)) is not None:
        return found
    if (
        kind not in _PLACES
        and "\n" in text.strip()
        and (lined := _by_lines(text, expected, decimal_comma)) is not None
    ):
        return lined
    found = _content(text, expected, decimal_comma, prose=True)
    if found[1] == "no_answer" and _STOPPED.search(text, max(0, len(text) - 40)):
        return missing("cut_off")
    return found


def _marked(text: str) -> list[Span]:
    """The blocks that are marked as answers: tags, and boxes outside of tags."""
    tags = tag_blocks(text)[-MOST_BLOCKS:] if "<" in text else []
    if "\\boxed" not in text and "\\fbox" not in text:
        return tags
    boxes = boxed_blocks(text)[-MOST_BLOCKS:]
    return tags + [box for box in boxes if not any(start <= box[0] < end for start, end in tags)]


def _by_blocks(text: str, blocks: list[Span], expected: Expected, *, decimal_comma: bool) -> Outcome:
    """What the blocks agree on; `disagree` where they do not."""
    outcomes = [_shifted(text, block, expected, decimal_comma=decimal_comma) for block in blocks]
    read = [each for each in outcomes if each[0] is not None]
    if not read:
        return outcomes[-1]
    last = read[-1]
    return last if all(alike(each[0], last[0]) for each in read) else missing("disagree")


def _shifted(text: str, span: Span, expected: Expected, *, decimal_comma: bool) -> Outcome:
    """A block's outcome, its place being that in the whole text."""
    start, end = span
    block = text[start:end]
    if expected.kind in _WRITTEN:
        return _written(text, span, expected)
    if not block.strip():
        return missing("no_answer")
    quick = _quick(block, expected, decimal_comma)
    value, reason, first, last = (
        quick if quick is not None else _content(block, expected, decimal_comma, prose=False)
    )
    return value, reason, start + first, start + last


def _by_cues(text: str, expected: Expected, decimal_comma: bool) -> Outcome | None:
    """What the last "answer is" says; `disagree` where an earlier one is not taken back; None without any."""
    read = list[tuple[Cue, Outcome]]()
    for cue in cue_blocks(text, text.lower()):
        outcome = _shifted(text, (cue.start, cue.end), expected, decimal_comma=decimal_comma)
        loose = outcome[1] in _SOFT or (outcome[1] == "not_an_option" and cue.end - cue.start > 24)
        if not loose:
            read.append((cue, outcome))
    if not read:
        return None
    cue, last = read[-1]
    for earlier, outcome in read[:-1]:
        if (
            outcome[0] is not None
            and last[0] is not None
            and not alike(outcome[0], last[0])
            and not mended(text, earlier, cue)
        ):
            return missing("disagree")
    return last


def _by_lines(text: str, expected: Expected, decimal_comma: bool) -> Outcome | None:
    """The first or the last line where it is nothing but an answer."""
    found = list[Outcome]()
    body = text.strip()
    at = text.find(body)
    for start, end in ((at, at + body.find("\n")), (at + body.rfind("\n") + 1, at + len(body))):
        quick = _quick(text[start:end], expected, decimal_comma)
        if quick is not None:
            found.append((quick[0], quick[1], start, end))
    if not found:
        return None
    return found[-1] if alike(found[0][0], found[-1][0]) else missing("disagree")


def _quick(text: str, expected: Expected, decimal_comma: bool) -> Outcome | None:
    """The answer where a text is nothing else; None where a closer look is due."""
    kind = expected.kind
    if len(text) > 80:
        return None
    if kind == "choice":
        letter = quick_choice(text, prepared(expected.options))
        return None if letter is None else (letter, None, 0, len(text))
    if kind in NUMERIC:
        value = quick_number(text, expected, decimal_comma)
        return None if value is None else (value, None, 0, len(text))
    return None


def _content(text: str, expected: Expected, decimal_comma: bool, *, prose: bool) -> Outcome:
    """The answer in a block, or in a text without blocks."""
    kind = expected.kind
    most = MOST_OF_LISTS if kind in _LISTS else MOST
    if len(text) > most:
        value, reason, start, end = _content(text[-most:], expected, decimal_comma, prose=prose)
        return value, reason, len(text) - most + start, len(text) - most + end
    if "\\" in text or "$" in text:
        text = without_latex(text)
        if (quick := _quick(text.strip(), expected, decimal_comma)) is not None:
            return quick[0], quick[1], 0, len(text)
    if kind not in _PLACES and ("{" in text or "[" in text) and (said := said_in_json(text)) is not None:
        value, reason, _, _ = _content(said[0], expected, decimal_comma, prose=False)
        return value, reason, said[1], said[2]
    offered = bool(expected.options) and offers_cannot_tell(expected.options)
    if not offered and (said_not := cannot_tell(text)):
        if expected.may_abstain:
            return CANNOT_TELL, None, said_not.start(), said_not.end()
        return missing("no_answer")
    if kind in NUMERIC:
        return read_number(text, expected, decimal_comma=decimal_comma)
    if kind in _PLACES:
        return _PLACE_READERS[kind](text, expected)
    return _words(text, expected, not prose)


_PLACE_READERS: Final[dict[str, Callable[[str, Expected], Outcome]]] = {
    "point": points_in,
    "points": points_in,
    "box": boxes_in,
    "boxes": boxes_in,
    "spherical_box": sphere_box_in,
    "map": map_in,
}


def _words(text: str, expected: Expected, block: bool) -> Outcome:
    """An answer that is a letter, a word or a row of names."""
    kind, options = expected.kind, expected.options
    if kind == "choice":
        return choice_in(text, prepared(options), block=block)
    if kind == "choices":
        return choices_in(text, prepared(options))
    if kind == "yes_no":
        return yes_or_no(text)
    if kind == "direction":
        return direction_in(text, options, prepared(options), block=block)
    return order_in(text, expected.names) if kind == "order" else route_in(text, expected.names)


def _written(text: str, span: Span, expected: Expected) -> Outcome:
    """A program or free text."""
    start, block = span[0], text[span[0] : span[1]]
    if expected.may_abstain and len(block) < 200 and (said_not := cannot_tell(block)):
        return CANNOT_TELL, None, start + said_not.start(), start + said_not.end()
    value, reason, first, last = (program_in if expected.kind == "program" else writing_in)(block)
    return value, reason, start + first, start + last
