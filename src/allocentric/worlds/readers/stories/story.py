"""A story in words to a scene: every sentence read, or the first that is not refused with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from allocentric.errors import BadInput
from allocentric.scene.placement import placement
from allocentric.scene.scene import Scene, Source
from allocentric.worlds.readers.stories.build import reading, scene_from
from allocentric.worlds.readers.stories.chinese import chinese_sentences, is_chinese, read_chinese
from allocentric.worlds.readers.stories.moves import and_then, place_of
from allocentric.worlds.readers.stories.sentences import read_sentence
from allocentric.worlds.readers.stories.sizes import read_size, scene_of_sizes
from allocentric.worlds.readers.stories.statements import (
    Bigger,
    NotRead,
    Skipped,
    Statement,
    Story,
    names_in,
)

MOST_LETTERS: Final = 200_000
MOST_SENTENCES: Final = 400
MOST_THINGS: Final = 400
"""Of one story: closing its bounds is cubic in the things."""

MEND: Final = 'say it as "A is above B and to the left of it.", one way between two things a sentence'
_END: Final = re.compile(r"(?<=[^\W_])\s*[.!]+(?:\s+|$)|[\r\n]+")
_NUMBERED: Final = re.compile(r"^\s*\d+[\s.)]+(?=\D)")


def read_story(
    text: str, *, id: str = "story", grid: bool = False, skip: bool = False, where: str = "story"
) -> Scene:
    """The scene that a story in plain sentences bounds.

    With `grid` each way is one step of a grid (StepGame's meaning); without, it is strictly more along its
    axis, and nothing is said along the others. A sentence that is not understood is refused; with `skip` it
    is left out, and the scene's source lists it.
    Raises BadInput with the sentence, why it was not read, and how to say it.

    >>> scene = read_story("The red square is above the ball. The ball is left of the cup.")
    >>> scene.names
    ('red square', 'ball', 'cup')
    """
    return scene_of_story(read_statements(text, skip=skip, where=where), id=id, grid=grid, path=where)


def scene_of_story(story: Story, *, id: str, grid: bool = False, path: str = "") -> Scene:
    """The scene of a story that was read, with what was skipped and what is contradicted as warnings."""
    warnings = [f"sentence {each.sentence} is left out: {each.text!r}: {each.why}" for each in story.skipped]
    named = {name for each in story.statements for name in names_in(each)}
    if len(named) > MOST_THINGS:
        what = f"the story names {len(named)} things, more than {MOST_THINGS}"
        raise BadInput(what, where=path or id, mend="tell it in parts")
    source = Source("story", path, (reading(grid),), tuple(warnings))
    if any(isinstance(each, Bigger) for each in story.statements):
        scene = scene_of_sizes(id, story.statements, where=path or id)
        source = replace(scene.source, warnings=tuple(warnings))
        scene = replace(scene, source=source)
    else:
        scene = scene_from(id, story.statements, grid=grid, source=source)
    denied = placement(scene).contradiction if scene.differences else None
    if denied is None:
        return scene
    told = f"what is stated of {denied} cannot all be true"
    return replace(scene, source=replace(source, warnings=(*source.warnings, told)))


def read_statements(text: str, *, skip: bool = False, where: str = "story") -> Story:
    """What each sentence of a story says, in order. Raises as `read_story` does."""
    statements, skipped = list[Statement](), list[Skipped]()
    for number, sentence in enumerate(sentences_of(text, where=where), start=1):
        try:
            for each in read_one(sentence):
                statements = and_then(statements, replace(each, sentence=number))
        except NotRead as refusal:
            if not skip:
                raise _refused(sentence, number, refusal, where=where) from None
            skipped.append(Skipped(number, sentence, str(refusal)))
    return Story(tuple(statements), tuple(skipped))


def homes_of(sentences: Sequence[str], thing: str, *, where: str = "story") -> tuple[str | None, ...]:
    """In which room or block a thing is told to be before the first sentence, and after each.

    Raises as `read_story` does.

    >>> homes_of(["Mary got the ball.", "Mary went to the hall."], "ball")
    (None, None, 'hall')
    """
    told, homes = list[Statement](), list[str | None]([None])
    for number, sentence in enumerate(sentences, start=1):
        try:
            for each in read_one(sentence.rstrip(" .")):
                told = and_then(told, each)
        except NotRead as refusal:
            raise _refused(sentence, number, refusal, where=where) from None
        homes.append(place_of(told, thing))
    return tuple(homes)


def read_one(sentence: str) -> tuple[Statement, ...]:
    """What one sentence says. Raises NotRead."""
    if is_chinese(sentence):
        return read_chinese(sentence)
    sized = read_size(sentence)
    return read_sentence(sentence) if sized is None else (sized,)


def sentences_of(text: str, *, where: str = "story") -> list[str]:
    """The sentences of a text, without their numbers. Raises BadInput for one too long or empty."""
    mend = "give one story, in short sentences"
    if len(text) > MOST_LETTERS:
        raise BadInput(f"the story has {len(text)} letters, more than {MOST_LETTERS}", where=where, mend=mend)
    parts = chinese_sentences(text) if is_chinese(text) else _END.split(text)
    found = [_NUMBERED.sub("", each).strip() for each in parts]
    found = [each for each in found if each]
    if not found:
        raise BadInput("the story is empty", where=where, mend=mend)
    if len(found) > MOST_SENTENCES:
        what = f"the story has {len(found)} sentences, more than {MOST_SENTENCES}"
        raise BadInput(what, where=where, mend=mend)
    return found


def _refused(sentence: str, number: int, why: NotRead, *, where: str) -> BadInput:
    what = f"this is not understood: {_short(sentence)!r}: {why}"
    return BadInput(what, where=f"{where}, sentence {number}", mend=MEND)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."
