"""bAbI's questions of places, positions, sizes and paths: tasks 1-4, 6, 12, 17-19; others are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from allocentric.answers.kinds import CANNOT_TELL, Expected, Value
from allocentric.errors import AllocentricError, BadInput
from allocentric.query.grammar_stories import read_size_question
from allocentric.questions.records.told import Decide, Refused, Told
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.stories.babi import BabiRecord, babi_records
from allocentric.worlds.readers.stories.routes import Leg, ways_between
from allocentric.worlds.readers.stories.story import homes_of

_NAME: Final = r"(?:the )?(\w[\w ]{0,40}?)"
_WHERE: Final = re.compile(rf"where is {_NAME}\?", re.I)
_BEFORE: Final = re.compile(rf"where was {_NAME} before {_NAME}\?", re.I)
_IN: Final = re.compile(rf"is {_NAME} (?:in|inside) {_NAME}\?", re.I)
_WHAT_IS: Final = re.compile(rf"what is (north|south|east|west) of {_NAME}\?", re.I)
_WHAT_OF: Final = re.compile(rf"what is {_NAME} (north|south|east|west) of\?", re.I)
_LIES: Final = re.compile(rf"is {_NAME} (above|below|to the left of|to the right of) {_NAME}\?", re.I)
_PATH: Final = re.compile(rf"how do you go from {_NAME} to {_NAME}\?", re.I)
_SECTORS: Final = {"north": "above", "south": "below", "east": "right", "west": "left"}
_ACROSS: Final = {"north": "south", "south": "north", "east": "west", "west": "east"}
_SIDES: Final = {
    "above": ("up", "above"),
    "below": ("up", "below"),
    "to the left of": ("right", "left"),
    "to the right of": ("right", "right"),
}
_YES_NO: Final[dict[str, Value]] = {"yes": True, "no": False, "maybe": CANNOT_TELL}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a question of bAbI comes to: its task, its program or programs, what is expected and released."""

    task: str
    programs: tuple[str, ...]
    expected: Expected
    released: Value
    scene: Callable[[], Scene]
    decide: Decide | None = None


def babi_questions(text: str, *, where: str = "babi") -> Iterator[Told | Refused]:
    """Each question of a file with its scene and programs, or why it is not read.

    Raises BadInput with the line that is none of the layout, or whose answer is none.
    """
    for record in babi_records(text, where=where):
        place = f"{where}, line {record.at}"
        try:
            asked = _asked(record, where=place)
        except AllocentricError as error:
            yield Refused(id=record.id, type="babi", words=record.question, why=_placed(error, place))
            continue
        yield Told(
            id=record.id,
            type=f"babi {asked.task}",
            scene=asked.scene,
            words=record.question,
            programs=asked.programs,
            expected=asked.expected,
            released=asked.released,
            decide=asked.decide,
        )


def _placed(error: AllocentricError, place: str) -> AllocentricError:
    """The error, with the line of the question before what its story names."""
    where = error.where if error.where.startswith(place) else f"{place}: {error.where}"
    return BadInput(error.what, where=where, mend=error.mend)


def _asked(record: BabiRecord, *, where: str) -> _Asked:
    for form, read in _FORMS:
        found = form.fullmatch(record.question)
        if found is not None:
            return read(record, found.groups(), cache(record.scene), where=where)
    sized = read_size_question(record.question)
    if sized is not None:
        return _yes_no(record, sized, task="18", scene=cache(record.scene), where=where)
    what = f"this question is of no task of places, positions, sizes or paths: {record.question[:60]!r}"
    raise BadInput(what, where=where, mend="give tasks 1 to 4, 6, 12, 17, 18 and 19")


def _yes_no(record: BabiRecord, program: str, *, task: str, scene: Callable[[], Scene], where: str) -> _Asked:
    released = _YES_NO.get(record.answer.lower())
    if released is None:
        raise BadInput(f"{record.answer!r} is none of yes, no, maybe", where=where, mend="mend the answer")
    scene()  # a story that cannot be read is refused with its question
    return _Asked(
        task=task,
        programs=(program,),
        expected=Expected("yes_no", may_abstain=True),
        released=released,
        scene=scene,
    )


def _one_of(
    record: BabiRecord,
    program: str,
    *,
    task: str,
    scene: Callable[[], Scene],
    where: str,
    rooms: bool = False,
) -> _Asked:
    """A question after one thing of the story, or after one of its rooms."""
    told = scene()
    options = tuple(
        name for name, kind in zip(told.names, told.kinds, strict=True) if not rooms or kind == "region"
    )
    if record.answer not in options:
        what = f"the answer {record.answer!r} is named nowhere in the story"
        raise BadInput(what, where=where, mend=f"the story names {', '.join(options)}")
    expected = Expected("choice", options)
    return _Asked(
        task=task,
        programs=(program,),
        expected=expected,
        released=expected.letters[options.index(record.answer)],
        scene=scene,
    )


def _where(record: BabiRecord, names: Sequence[str], scene: Callable[[], Scene], *, where: str) -> _Asked:
    """Tasks 1 and 2: where somebody is, or a thing that somebody has or let go of."""
    task = "2" if "the" in record.question.lower().split() else "1"
    return _one_of(record, _home(names[0]), task=task, scene=scene, where=where, rooms=True)


def _before(record: BabiRecord, names: Sequence[str], scene: Callable[[], Scene], *, where: str) -> _Asked:
    """Task 3: the scene as it was when the thing was last somewhere else, before it came to a place."""
    thing, place = names
    at = _last_arrival(record, thing, place)
    if at is None:
        what = f"{thing!r} did not come to {place!r} from elsewhere"
        raise BadInput(what, where=where, mend="ask where it was before it came where it has been")
    asked = _one_of(record, _home(thing), task="3", scene=scene, where=where, rooms=True)
    return replace(asked, scene=cache(partial(record.scene, at)))


def _last_arrival(record: BabiRecord, thing: str, place: str) -> int | None:
    """After how many sentences the thing was where it was just before it last came to the place."""
    homes = homes_of(record.told, thing, where=record.id)
    steps = [row for row in range(1, len(homes)) if homes[row] == place != homes[row - 1] is not None]
    return steps[-1] - 1 if steps else None


def _inside(record: BabiRecord, names: Sequence[str], scene: Callable[[], Scene], *, where: str) -> _Asked:
    thing, place = names
    return _yes_no(record, f'inside(the("{thing}"), the("{place}"))', task="6", scene=scene, where=where)


def _home(thing: str) -> str:
    return f'{{b for b in all("room") if inside(the("{thing}"), b)}}'


def _next(record: BabiRecord, names: Sequence[str], scene: Callable[[], Scene], *, where: str) -> _Asked:
    """Task 4, "what is north of the hall": the nearest one straight that way."""
    way, place = names
    return _one_of(record, _nearest(place, way.lower()), task="4", scene=scene, where=where)


def _next_of(record: BabiRecord, names: Sequence[str], scene: Callable[[], Scene], *, where: str) -> _Asked:
    """Task 4, "what is the hall north of": the nearest one straight the other way."""
    place, way = names
    return _one_of(record, _nearest(place, _ACROSS[way.lower()]), task="4", scene=scene, where=where)


def _nearest(place: str, way: str) -> str:
    lies = f'direction(t, world(at=the("{place}")), sectors="nine") == "{_SECTORS[way]}"'
    return f'nearest({{t for t in all() if {lies}}}, to=the("{place}"))'


def _lies(record: BabiRecord, names: Sequence[str], scene: Callable[[], Scene], *, where: str) -> _Asked:
    thing, side, to = names
    axis, label = _SIDES[side.lower()]
    program = f'relation(the("{thing}"), the("{to}"), world(), axis="{axis}") == "{label}"'
    return _yes_no(record, program, task="17", scene=scene, where=where)


def _path(record: BabiRecord, names: Sequence[str], scene: Callable[[], Scene], *, where: str) -> _Asked:
    """Task 19: the steps of the one shortest way over rooms that are stated to lie beside each other."""
    ways = ways_between(scene(), *names)
    if not ways:
        what = f"no statements lead from {names[0]!r} to {names[1]!r}"
        raise BadInput(what, where=where, mend="ask about places that the story joins")
    legs = ways[0]
    return _Asked(
        task="19",
        programs=tuple(_heads(leg, way) for leg in legs for way in _SECTORS),
        expected=Expected("text"),
        released=record.answer.replace(" ", ""),
        scene=scene,
        decide=partial(_steps, unique=len(ways) == 1),
    )


def _heads(leg: Leg, way: str) -> str:
    return f'direction(the("{leg.end}"), north(at=the("{leg.start}")), sectors="compass4") == "{way}"'


def _steps(held: tuple[bool | None, ...], *, unique: bool) -> Value:
    """The first letters of the ways of the legs; not to be told where another way is as short."""
    ways = tuple(_SECTORS)
    legs = [held[row : row + len(ways)] for row in range(0, len(held), len(ways))]
    if not unique or not all(leg.count(True) == 1 for leg in legs):
        return CANNOT_TELL
    return ",".join(ways[leg.index(True)][0] for leg in legs)


_FORMS: Final = (
    (_PATH, _path),
    (_BEFORE, _before),
    (_WHAT_IS, _next),
    (_WHAT_OF, _next_of),
    (_LIES, _lies),
    (_IN, _inside),
    (_WHERE, _where),
)
