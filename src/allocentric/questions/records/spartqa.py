"""SpartQA-Human's yes/no questions of left, right, above and below; others are refused, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from msgspec import Raw, Struct

from allocentric.answers.kinds import CANNOT_TELL, Expected, Value
from allocentric.errors import AllocentricError, BadInput
from allocentric.questions.records.told import Told
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.stories.sentences import NotRead
from allocentric.worlds.readers.stories.spartqa import NOUN, WAYS, Shapes, lies, read_spartqa, way_of

_BLOCK: Final = r"(?: in(?: the)?(?: block)? ([A-C]))?"
_ASKED: Final = re.compile(
    rf"is (the|an?) ({NOUN}){_BLOCK},? ({WAYS}) (the|an?|any|all) (other )?({NOUN})(s)?{_BLOCK} ?\??", re.I
)
_ANSWERS: Final[dict[str, Value]] = {"yes": True, "no": False, "dk": CANNOT_TELL}


class _Question(Struct):
    q_id: int
    q_type: str
    question: str
    answer: Raw


class _Story(Struct):
    story: tuple[str, ...]
    questions: tuple[_Question, ...]


class _File(Struct):
    data: tuple[_Story, ...]


def spartqa_questions(
    data: bytes, *, where: str = "spartqa"
) -> Iterator[Told | tuple[str, AllocentricError]]:
    """Each question of a file with its scene and programs, or why it is not read: its type, and the error."""
    for number, each in enumerate(decode(data, _File, where=where).data):
        told = cache(lambda story=each, id=f"{where}#{number}": read_spartqa(" ".join(story.story), id=id))
        for question in each.questions:
            try:
                scene, shapes = told()
                yield _told(question, scene, shapes, id=f"{where}#{number}-{question.q_id}")
            except AllocentricError as error:
                yield question.q_type, error


def _told(question: _Question, scene: Scene, shapes: Shapes, *, id: str) -> Told:
    found = _ASKED.fullmatch(" ".join(question.question.split()))
    if question.q_type != "YN" or found is None or re.search(r"\b(near|far)\b", found[4], re.I):
        raise BadInput(
            "this question is of no form that is known", where=id, mend="ask of one thing and another"
        )
    try:
        programs, every = _programs(found, shapes)
    except NotRead as refusal:
        raise BadInput(str(refusal), where=id, mend="name the things more closely") from None
    answer = _ANSWERS.get(decode(bytes(question.answer), list[str], where=id)[0].lower())
    if answer is None:
        raise BadInput("the answer is none of Yes, No, DK", where=id, mend="mend the record")

    def decide(held: tuple[bool | None, ...]) -> Value:
        settles = not every  # one that does is enough for "a"; one that does not is enough for "all"
        if settles in held:
            return settles
        return CANNOT_TELL if None in held else not settles

    return Told(
        id=id,
        type=question.q_type,
        scene=lambda: scene,
        words=question.question,
        programs=programs,
        expected=Expected("yes_no", may_abstain=True),
        released=answer,
        decide=decide,
    )


def _programs(found: re.Match[str], shapes: Shapes) -> tuple[tuple[str, ...], bool]:
    """For each pair that may be meant, that it lies so; and whether all of them have to."""
    article, noun, home, words, other_article, other, other_noun, _, other_home = found.groups()
    subjects = shapes.fitting(noun, home and f"block {home.upper()}")
    objects = shapes.fitting(other_noun, other_home and f"block {other_home.upper()}")
    if article.lower() == "the" and len(subjects) != 1:
        raise NotRead(f"{len(subjects)} shapes are {noun!r}")
    objects = [each for each in objects if each not in subjects] if len(subjects) == 1 else objects
    if (other_article.lower() == "the" or other) and len(objects) != 1:
        raise NotRead(f"{len(objects)} shapes are {other_noun!r}")
    if not subjects or not objects:
        raise NotRead("there is no such shape")
    way = way_of(words)
    pairs = [(one, two) for one in subjects for two in objects if one != two]
    return tuple(lies(one, two, way) for one, two in pairs), other_article.lower() == "all"
