"""Layouts: under which field names a release keeps what a sample is made of; the samples made of its rows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from allocentric.answers.kinds import NUMERIC, Expected, Value
from allocentric.answers.strict_words import cannot_tell, offers_cannot_tell
from allocentric.bench.benchmark import ABSTAINS, ANY, RELEASED, Rule
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample
from allocentric.words import UNITS

AnswerForm = Literal["letter", "text", "index", "index_1"]

_TAGGED: Final = re.compile(r"\s*<answer>(.*?)</answer>\s*", re.DOTALL)
_LETTERED: Final = re.compile(r"\s*\(?([A-Za-z])\s*[.):：、]\s*")
_INLINE: Final = re.compile(r"(?:(?<=[\s,;(])|^)\(?([A-H])\s*[.):]\s*")
_NAMED: Final = re.compile(r"{(\w+)}")


class _Embedded(msgspec.Struct):
    """A picture of a Hugging Face table: its bytes stay in the table."""

    path: str | None = None


LONGEST_LIST: Final = 20_000
LONGEST_PATH: Final = 4096
_Text = str | int | float
Record = Mapping[str, Any]
_TYPES: Final[Mapping[str, Any]] = {
    "id": str | int | None,
    "question": str,
    "answer": str | int | float | bool | list[Any] | None,
    "answer_else": str | int | float | bool | list[Any] | None,
    "options": str | list[_Text] | dict[str, _Text | None] | None,
    "type": str | int | None,
    "scene": str | int | None,
    "group": str | int | None,
    "pair": str | int | None,
    "condition": str | int | None,
    "rule": str | int | None,
    "pictures": str | list[str | _Embedded] | _Embedded | None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The names of the fields of a release's records; an empty name says that there is no such field.

    A name in braces, `"{dataset}/{scene_name}.mp4"`, is filled with fields. `options` may be several fields,
    one an option, or "question", where the options stand in the question itself. `answers` says in which
    form the truth is given; `tagged` that it stands in answer tags. `rule` is the field by which the rule is
    chosen, the type where empty. `answer_else` is where the truth stands if `answer` is null. `lettered` says
    how many letters there are where no texts of options are found. `loosely` takes a truth that is none of
    the options as it is: never right. `group` is what the release sorts by besides the type. `embedded` says
    that pictures stand in the table itself. `keep` are more fields that go into the sample; `only` keeps
    those records whose field has that value, or one of several; `inside` is the key under which a JSON file,
    `nested` that under which a record keeps them.
    """

    question: str = "question"
    answer: str = "answer"
    answer_else: str = ""
    answers: AnswerForm = "letter"
    tagged: bool = False
    loosely: bool = False
    lettered: int = 0
    id: str = ""
    options: str | tuple[str, ...] = ""
    type: str = ""
    scene: str = ""
    group: str = ""
    pair: str = ""
    condition: str = ""
    rule: str = ""
    pictures: str | tuple[str, ...] = ""
    embedded: bool = False
    keep: tuple[str, ...] = ()
    only: tuple[tuple[str, Any], ...] = ()
    inside: str = ""
    nested: str = ""

    @property
    def needed(self) -> frozenset[str]:
        """The fields without which a record is not of this layout."""
        return frozenset((self.question, self.answer))


@cache
def schema(layout: Layout) -> type[msgspec.Struct]:
    """The record that a layout declares: a field for each name of the release."""
    roles = {theirs: ours for ours, theirs in _single_fields(layout)}
    made = [
        (f"field_{row}", _TYPES[ours]) if theirs in layout.needed else (f"field_{row}", _TYPES[ours], None)
        for row, (theirs, ours) in enumerate(roles.items())
    ]
    names = {f"field_{row}": theirs for row, theirs in enumerate(roles)}
    return msgspec.defstruct("Record", made, rename=names, kw_only=True)


@cache
def _single_fields(layout: Layout) -> list[tuple[str, str]]:
    """Our names of the fields that are one field of the release, with its name there, in the order of use."""
    left_out = {"options" if layout.options == "question" else "", "pictures" if layout.embedded else ""}
    held = [(ours, getattr(layout, ours)) for ours in _TYPES if ours not in left_out]
    return [(ours, each) for ours, each in held if isinstance(each, str) and each and not _NAMED.search(each)]


@cache
def _fields(layout: Layout) -> list[tuple[str, str]]:
    """Our names of the fields that are one field of the release, with that of the record of `schema`."""
    kind = schema(layout)
    names = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__))
    return [(ours, names[theirs]) for ours, theirs in _single_fields(layout)]


def _record(row: Row, layout: Layout) -> Record:
    """The typed values of a row, by our names; raises BadInput with file, row and field."""
    held = typed(row, schema(layout))
    return {ours: getattr(held, name) for ours, name in _fields(layout)}


def read_layouts(path: Path, *, layouts: tuple[Layout, ...], rules: Mapping[str, Rule]) -> Iterator[Sample]:
    """The samples of one file of a release: of the first layout whose fields its first record has.

    Raises BadInput with file, row and field.
    """
    layout: Layout | None = None
    for row in rows(path, inside=next((each.inside for each in layouts if each.inside), "")):
        layout = layout or _layout_of(row, layouts)
        held = _unnested(row, layout)
        if _counts(held, layout):
            yield sample_of(held, layout, rules)


def _counts(row: Row, layout: Layout) -> bool:
    """Whether a record is one of those that the layout keeps."""
    return all(
        row.values.get(name) in (wanted if isinstance(wanted, tuple) else (wanted,))
        for name, wanted in layout.only
    )


def _layout_of(row: Row, layouts: tuple[Layout, ...]) -> Layout:
    for each in layouts:
        if each.needed <= _unnested(row, each).values.keys():
            return each
    wanted = min((each.needed - row.values.keys() for each in layouts), key=len)
    known = ", ".join(list(row.values)[:12])
    raise row.wrong(sorted(wanted)[0], "it is not there", mend=f"the record has the fields {known}")


def _unnested(row: Row, layout: Layout) -> Row:
    inner = row.values.get(layout.nested) if layout.nested else None
    return Row(inner, row.path, row.number, row.name) if isinstance(inner, dict) else row


def sample_of(row: Row, layout: Layout, rules: Mapping[str, Rule]) -> Sample:
    """One row as a sample; raises BadInput with file, row and field."""
    record = _record(row, layout)
    type_ = _filled(row, record, layout, ours="type") or "all"
    chooser = _filled(row, record, layout, ours="rule") or type_
    rule = rules.get(chooser, rules.get(type_, rules.get(ANY)))
    if rule is None:
        known = f"use one of {', '.join(sorted(rules))}"
        raise row.wrong(layout.rule or layout.type, f"no type of question is named {chooser!r}", mend=known)
    released = _released(row, record, layout)
    choice = rule.kind in ("choice", "choices")
    expected = Expected(rule.kind, options_of(row, record, layout) if choice else (), unit=rule.unit)
    id = _filled(row, record, layout, ours="id") or row.name or f"{row.path.stem}-{row.number}"
    pictures = pictures_of(row, record, layout)
    return Sample(
        prompt=prompt(id, rule.ask, record["question"], expected=expected, pictures=pictures),
        truth=truth_of(row, layout, released, expected=expected),
        type=type_,
        scene=_filled(row, record, layout, ours="scene"),
        pair=_filled(row, record, layout, ours="pair"),
        condition=_filled(row, record, layout, ours="condition") or "clean",
        fields={
            RELEASED: released,
            "rule": chooser,
            "group": _filled(row, record, layout, ours="group"),
            **abstaining(expected),
            **{name: row.values.get(name) for name in layout.keep},
        },
    )


def abstaining(expected: Expected) -> dict[str, str]:
    """The letter that says that there is no telling, where one of the options does.

    >>> abstaining(Expected("choice", ("left", "right", "cannot be determined")))
    {'abstains': 'C'}
    """
    if expected.kind != "choice" or not offers_cannot_tell(expected.options):
        return {}
    return {
        ABSTAINS: next(name for name, text in zip(expected.letters, expected.options) if cannot_tell(text))
    }


def _filled(row: Row, record: Record, layout: Layout, *, ours: str) -> str:
    theirs: str = getattr(layout, ours)
    if not theirs:
        return ""
    if "{" in theirs and _NAMED.search(theirs):
        for name in _NAMED.findall(theirs):
            if name not in row.values:
                raise row.wrong(name, "it is not there")
        return _NAMED.sub(lambda match: str(row.values[match[1]]), theirs)
    value = record.get(ours)
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _released(row: Row, record: Record, layout: Layout) -> Any:
    """The release's own answer, out of its tags."""
    answer = record.get("answer_else") if record["answer"] is None else record["answer"]
    if answer is None:
        raise row.wrong(layout.answer, "there is no answer")
    if not layout.tagged:
        return answer
    found = _TAGGED.fullmatch(str(answer))
    if found is None:
        raise row.wrong(layout.answer, f"{str(answer)[:40]!r} stands in no answer tags")
    return found[1].strip()


def options_of(row: Row, record: Record, layout: Layout) -> tuple[str, ...]:
    """The texts of the options, without their letters; raises BadInput where there are fewer than two."""
    match layout.options:
        case tuple() as names:
            held: list[Any] = [row.values.get(name) for name in names]
            texts = [str(each).strip() for each in held if each not in (None, "", "nan")]
        case "question":
            texts = inline_options(record["question"])
        case name:
            texts = _listed(record.get("options"), row, name)
    if len(texts) < 2 and layout.lettered:
        return tuple(chr(ord("A") + row) for row in range(layout.lettered))
    if len(texts) < 2:
        where = layout.options if isinstance(layout.options, str) else layout.options[0]
        raise row.wrong(where or "options", "there are no two options to choose from")
    return without_letters(texts)


def _listed(options: Any, row: Row, name: str) -> list[str]:
    if isinstance(options, dict):
        return [str(options[key]) for key in sorted(options) if options[key] is not None]
    if not isinstance(options, str):
        return [str(each) for each in options or ()]
    text = options.strip()
    if text.startswith("["):
        return _literal(text, row, name)
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    return lines if len(lines) > 1 else inline_options(text) or [each.strip() for each in text.split(",")]


def _literal(text: str, row: Row, name: str) -> list[str]:
    """A list of texts as JSON or as Python writes it."""
    held: Any = None
    if len(text) <= LONGEST_LIST:
        with suppress(msgspec.DecodeError):
            return msgspec.json.decode(text, type=list[str])
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
            held = ast.literal_eval(text)
    if not isinstance(held, list):
        raise row.wrong(name, "it is no list of texts")
    return [str(each) for each in held]


def without_letters(texts: list[str]) -> tuple[str, ...]:
    """Options without the letters before them, where each has its own.

    >>> without_letters(["A. left", "B. right"]), without_letters(["A. left", "right"])
    (('left', 'right'), ('A. left', 'right'))
    """
    cut = list[str]()
    for row, text in enumerate(texts):
        found = _LETTERED.match(text)
        if found is None or found[1].upper() != chr(ord("A") + row):
            return tuple(texts)
        cut.append(text[found.end() :].strip())
    return tuple(cut)


def inline_options(text: str) -> list[str]:
    """The options that stand in a question behind A, B, C ..., the last such list; none where there is none.

    >>> inline_options("Which is nearer? A. the bed B. the lamp")
    ['A. the bed', 'B. the lamp']
    """
    marks = list(_INLINE.finditer(text))
    starts = [row for row, each in enumerate(marks) if each[1] == "A"]
    if not starts:
        return []
    run = [marks[starts[-1]]]
    for each in marks[starts[-1] + 1 :]:
        if each[1] == chr(ord(run[-1][1]) + 1):
            run.append(each)
    ends = [each.start() for each in run[1:]] + [len(text)]
    return [
        f"{each[1]}. {text[each.end() : end].strip().rstrip(',;').strip()}" for each, end in zip(run, ends)
    ]


def pictures_of(row: Row, record: Record, layout: Layout) -> tuple[str, ...]:
    """Where the pictures of a record are: files beside the release's, or places in the file itself."""
    names = (layout.pictures,) if isinstance(layout.pictures, str) else layout.pictures
    found = list[str]()
    for name in filter(None, names):
        if layout.embedded:
            if row.values.get(name) is not None or row.path.suffix == ".parquet":
                found.append(f"{row.path}#{row.number}/{name}")
            continue
        value: Any = record.get("pictures") if layout.pictures == name else row.values.get(name)
        value = _filled(row, record, layout, ours="pictures") if _NAMED.search(name) else value
        for each in value if isinstance(value, list) else [value]:
            place = each.path if isinstance(each, _Embedded) else each
            if row.is_text and len(str(place)) > LONGEST_PATH:  # the picture itself, in base64
                found.append(f"{row.path}#{row.number}/{name}")
            elif place:
                found.append(str(_folder(row.path) / str(place)))
    return tuple(found)


@lru_cache(16)
def _folder(path: Path) -> Path:
    """The folder that a release's pictures are named from."""
    return path.parent


def truth_of(row: Row, layout: Layout, released: Any, *, expected: Expected) -> Value:
    """The truth in the base unit, of the release's own answer; raises BadInput with file, row and field."""
    text = str(released).strip()
    if expected.kind == "choice":
        return _letter(row, layout, text, expected=expected)
    if expected.kind == "choices":
        return tuple(sorted({each.upper() for each in re.findall(r"[A-Za-z]", text)}))
    if expected.kind == "yes_no":
        if text.lower().rstrip(".") in ("yes", "true", "1", "no", "false", "0"):
            return text.lower().rstrip(".") in ("yes", "true", "1")
        raise row.wrong(layout.answer, f"{text[:40]!r} is neither yes nor no")
    if expected.kind in NUMERIC:
        try:
            return float(text) * (UNITS[expected.unit].factor if expected.unit in UNITS else 1.0)
        except ValueError:
            raise row.wrong(layout.answer, f"{text[:40]!r} is no number") from None
    return text


def _letter(row: Row, layout: Layout, text: str, *, expected: Expected) -> str:
    if layout.answers == "text":
        same = [
            letter for letter, each in zip(expected.letters, expected.options) if _plain(each) == _plain(text)
        ]
        if not same and layout.loosely:
            return text
        if not same:
            raise row.wrong(layout.answer, f"{text[:40]!r} is none of the options {expected.options}")
        return same[0]
    if layout.answers in ("index", "index_1"):
        if not text.isdigit():
            raise row.wrong(layout.answer, f"{text[:40]!r} is no number of an option")
        place = int(text) - (layout.answers == "index_1")
        return chr(ord("A") + place)
    found = re.match(r"\W*([A-Za-z])(?![A-Za-z])", text)
    if found is None:
        raise row.wrong(layout.answer, f"{text[:40]!r} is no letter of an option")
    return found[1].upper()


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
