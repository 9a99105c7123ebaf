"""Who goes where and with what: after each statement, where all is that has moved."""

from __future__ import annotations

from collections.abc import Sequence

from allocentric.worlds.readers.stories.statements import Held, NotRead, Statement, Within


def and_then(told: Sequence[Statement], said: Statement) -> list[Statement]:
    """What holds after one statement more: where one was before it went elsewhere holds no longer.

    What one has goes along; what one lets go of stays where that was. Raises NotRead where one lets go of
    what one does not have.

    >>> told = and_then([], Within("Mary", "hall", moved=True))
    >>> told = and_then(and_then(told, Held("ball", "Mary")), Within("Mary", "garden", moved=True))
    >>> [(each.thing, each.region) for each in told if isinstance(each, Within)]
    [('Mary', 'garden'), ('ball', 'garden')]
    """
    if isinstance(said, Held):
        return _let_go(told, said) if said.ends else _taken(told, said)
    if not isinstance(said, Within) or not said.moved:
        return [*told, said]
    going = [said.thing, *(each.thing for each in told if isinstance(each, Held) and each.by == said.thing)]
    stay = [each for each in told if not (isinstance(each, Within) and each.thing in going)]
    return [*stay, *(Within(each, said.region, said.sentence, moved=True) for each in going)]


def place_of(told: Sequence[Statement], thing: str) -> str | None:
    """The room or block in which a thing is; None where that is not told."""
    return next((each.region for each in told if isinstance(each, Within) and each.thing == thing), None)


def _taken(told: Sequence[Statement], said: Held) -> list[Statement]:
    if any(isinstance(each, Within) and each.region == said.thing for each in told):
        raise NotRead(f"{said.thing!r} is a place")
    home = place_of(told, said.by)
    moved = home is not None
    stay = [
        each
        for each in told
        if not (isinstance(each, Held) or (isinstance(each, Within) and moved)) or each.thing != said.thing
    ]
    return [*stay, said, *([Within(said.thing, home, said.sentence, moved=True)] if home else [])]


def _let_go(told: Sequence[Statement], said: Held) -> list[Statement]:
    held = [each for each in told if isinstance(each, Held) and each.thing == said.thing]
    if not held or held[0].by != said.by:
        raise NotRead(f"{said.by!r} does not have {said.thing!r}")
    return [each for each in told if each is not held[0]]
