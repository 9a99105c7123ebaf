"""SpartQA-Human's questions: yes or no, which relations, which blocks, which of two; others are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from allocentric.answers.kinds import CANNOT_TELL, Expected, Value
from allocentric.errors import AllocentricError, BadInput
from allocentric.questions.records.spartqa_blocks import blocks
from allocentric.questions.records.spartqa_nouns import PHRASE, both_meant, meant, over, pairs_of
from allocentric.questions.records.spartqa_programs import Lying, closed, not_so
from allocentric.questions.records.spartqa_question import (
    Read,
    answers_of,
    numbers_of,
    options_of,
    words_of,
)
from allocentric.questions.records.told import Refused, Told
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.stories.spartqa import Shapes, read_spartqa
from allocentric.worlds.readers.stories.spartqa_file import SpartqaQuestion, spartqa_stories
from allocentric.worlds.readers.stories.spartqa_words import CLOSE, WAYS, spelled
from allocentric.worlds.readers.stories.statements import NotRead

_LYING: Final = rf"({WAYS}|{CLOSE})"
_YES_NO: Final = re.compile(rf"(?:is|are)(?: there)? ({PHRASE}),?(?: is)?( not)? {_LYING} ({PHRASE})", re.I)
_EACH_OTHER: Final = re.compile(rf"are ({PHRASE}) (near|far from|touching) each other", re.I)
_RELATION: Final = re.compile(
    rf"(?:what is the relation between|where is) ({PHRASE}) (?:and|regarding(?: to)?) ({PHRASE})", re.I
)
_CHOICE: Final = re.compile(
    rf"(?:what|which)(?: object| thing| shape)? is (not )?(?:to )?{_LYING} ({PHRASE})\b.*", re.I
)
NEAR, FAR, TOUCHING = "near to", "far from", "touching"
RELATIONS: Final = ("left", "right", "above", "below", NEAR, FAR, TOUCHING, "DK")
_ANSWERS: Final[dict[str, Value]] = {"yes": True, "no": False, "dk": CANNOT_TELL}


def spartqa_questions(data: bytes, *, where: str = "spartqa") -> Iterator[Told | Refused]:
    """Each question of a file with its scene and programs, or why it is not read.

    What is stated to touch touches, and nothing else; a story names every shape. Raises BadInput where the
    file is none of the release's.
    """
    for number, each in enumerate(spartqa_stories(data, where=where)):
        story = cache(lambda text=each.text, id=f"{where}#{number}": read_spartqa(text, id=id))
        for question in each.questions:
            id = f"{number}-{question.q_id}"
            try:
                scene, shapes = story()
                yield _told(question, scene, shapes, id=id, where=f"{where}#{number}")
            except AllocentricError as error:
                yield Refused(id=id, type=question.q_type, words=question.question, why=error)


def _told(question: SpartqaQuestion, scene: Scene, shapes: Shapes, *, id: str, where: str) -> Told:
    read = _READ.get(question.q_type)
    place = f"{where}, question {question.q_id}"
    if read is None:
        raise BadInput(f"no type is called {question.q_type!r}", where=place, mend="use YN, FR, FB or CO")
    try:
        found = read(question, shapes, place)
    except NotRead as refusal:
        mend = "say it in one of the forms of docs/stories.md"
        raise BadInput(str(refusal), where=place, mend=mend) from None
    return Told(
        id=id,
        type=question.q_type,
        scene=lambda: scene,
        words=question.question,
        programs=found.programs,
        expected=found.expected,
        released=found.released,
        decide=found.decide,
    )


def _yes_no(question: SpartqaQuestion, shapes: Shapes, place: str) -> Read:
    """YN: whether it holds for all or for one of those that are meant, of all or of one of the others."""
    answer = _ANSWERS.get(next(iter(answers_of(question, place)), "").lower())
    if answer is None:
        raise BadInput("the answer is none of Yes, No, DK", where=place, mend="mend the record")
    words = words_of(question)
    if found := _EACH_OTHER.fullmatch(words):
        first = meant(found[1], shapes)
        pairs, lying, denied = pairs_of(first, first), Lying.of(found[2]), False
        second = first
    elif found := _YES_NO.fullmatch(words):
        first, second = both_meant(found[1], found[4], shapes)
        pairs, lying, denied = pairs_of(first, second), Lying.of(found[3]), found[2] is not None
    else:
        raise NotRead("the question is of no form that is known")
    programs = tuple(lying.program(one, two, shapes) for one, two in pairs)

    def decide(held: tuple[bool | None, ...]) -> Value:
        so = over(pairs, closed(held, lying), first=first, second=second)
        so = not_so(so) if denied else so
        return CANNOT_TELL if so is None else so

    return Read(programs, decide, Expected("yes_no", may_abstain=True), answer)


def _relations(question: SpartqaQuestion, shapes: Shapes, place: str) -> Read:
    """FR: every relation that follows for all that are meant; that there is no telling, where none does."""
    found = _RELATION.fullmatch(words_of(question))
    if found is None:
        raise NotRead("the question is of no form that is known")
    first, second = both_meant(found[1], found[2], shapes)
    pairs = pairs_of(first, second)
    told = [each for each in RELATIONS[:-1] if shapes.tells_far or each not in (NEAR, FAR)]
    lyings = [Lying.of(each) for each in told]
    programs = tuple(lying.program(one, two, shapes) for lying in lyings for one, two in pairs)

    def decide(held: tuple[bool | None, ...]) -> Value:
        rows = [held[row : row + len(pairs)] for row in range(0, len(held), len(pairs))]
        holds = dict(zip(told, rows, strict=True))
        chosen = {name for name, row in holds.items() if over(pairs, row, first=first, second=second) is True}
        chosen -= {NEAR} if TOUCHING in chosen else set()
        letters = zip(expected.letters, RELATIONS, strict=True)
        return tuple(letter for letter, name in letters if name in chosen) or (expected.letters[-1],)

    expected = Expected("choices", RELATIONS)
    released = tuple(expected.letters[each] for each in numbers_of(question, place))
    return Read(programs, decide, expected, released)


def _choice(question: SpartqaQuestion, shapes: Shapes, place: str) -> Read:
    """CO: of which of two it follows that it lies so. That it lies not so must follow, too."""
    options = options_of(question, place)
    found = _CHOICE.fullmatch(words_of(question))
    if found is None or len(options) != 4:
        raise NotRead("the question is of no form that is known")
    to = meant(found[3], shapes)
    lying, denied = Lying.of(found[2]), found[1] is not None
    both = [meant(spelled(each), shapes, besides=to) for each in options[:2]]
    pairs = [pairs_of(each, to) for each in both]
    programs = tuple(lying.program(one, two, shapes) for each in pairs for one, two in each)

    def decide(held: tuple[bool | None, ...]) -> Value:
        parts = held[: len(pairs[0])], held[len(pairs[0]) :]
        so = [
            over(these, closed(part, lying), first=those, second=to)
            for these, part, those in zip(pairs, parts, both, strict=True)
        ]
        if None in so and (denied or True not in so):
            return CANNOT_TELL
        first, second = ((each is not True) if denied else (each is True) for each in so)
        return expected.letters[2 if first and second else 0 if first else 1 if second else 3]

    expected = Expected("choice", options)
    numbers = numbers_of(question, place)
    if len(numbers) != 1 or not 0 <= numbers[0] < len(options):
        raise BadInput("the answer is none of the four", where=place, mend="mend the record")
    return Read(programs, decide, expected, expected.letters[numbers[0]])


_READ: Final[dict[str, Callable[[SpartqaQuestion, Shapes, str], Read]]] = {
    "YN": _yes_no,
    "FR": _relations,
    "CO": _choice,
    "FB": blocks,
}
