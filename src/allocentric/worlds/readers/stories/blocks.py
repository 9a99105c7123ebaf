"""Sentences about blocks and what is in them: "In block A there is a red square and a blue circle." """

from __future__ import annotations

import re
from typing import Final

from allocentric.worlds.readers.stories.statements import Held, NotRead, Statement, There, Within

_HOME: Final = r"(?:block|box|room) \w{1,20}"
_MOST: Final = 40  # things of one sentence
_LISTED: Final = re.compile(
    r"there (?:is|are) (?:\w+ )?(?:block|box|room)(?:e?s)?(?: called| named)?,? ([\w, ]{1,200})", re.I
)
_IN_IT: Final = re.compile(rf"(?:in|inside|within) ({_HOME}),? there (?:is|are) (.{{1,300}})", re.I)
_HAS: Final = re.compile(rf"({_HOME}) (?:has|holds|contains|have) (.{{1,300}})", re.I)
_IS_IN: Final = re.compile(
    rf"(?:the |an? )?([\w -]{{1,60}}?) (?:is|lies|stands|sits) (?:in|inside|within) ({_HOME})", re.I
)
_WENT: Final = re.compile(
    r"(\w{1,30})(?: and (\w{1,30}))? (?:went|moved|journeyed|travell?ed|walked|ran)(?: back)?"
    r" to the (\w{1,30})",
    re.I,
)
_TOOK: Final = re.compile(r"(\w{1,30}) (?:got|grabbed|took|picked up) the (\w{1,30})(?: there| up)?", re.I)
_LET_GO: Final = re.compile(r"(\w{1,30}) (?:dropped|discarded|put down|left) the (\w{1,30})(?: there)?", re.I)
_PRONOUNS: Final = frozenset({"he", "she", "they", "it", "i", "we", "you", "who", "both", "one", "everybody"})
_JOINT: Final = re.compile(r", and |,| and ", re.I)
_COUNTED: Final = re.compile(r"(?:an?|one) ([\w -]{1,60})", re.I)
_CLOSED: Final = re.compile(
    r"\b(not|no|never|or|either|that|which|left|right|above|below|touching|near|far)\b", re.I
)


def read_blocks(sentence: str) -> tuple[Statement, ...] | None:
    """What a sentence says of blocks and what is in them; None where it says something else.

    >>> read_blocks("The ball is in block A")[1].region
    'block A'
    """
    for form, ends in ((_TOOK, False), (_LET_GO, True)):
        held = form.fullmatch(sentence)
        if held is not None:
            return (Held(held[2], _who(held[1]), ends=ends),)
    if _CLOSED.search(sentence):
        return None
    listed = _LISTED.fullmatch(sentence)
    if listed is not None:
        kind = re.search(r"block|box|room", sentence, re.I)
        names = [each.strip() for each in _JOINT.split(listed[1]) if each.strip()]
        if kind is None or not all(re.fullmatch(r"[A-Z]|\d{1,3}", each) for each in names):
            return None
        return tuple(There(f"{kind[0].lower()} {each}", kind[0].lower(), region=True) for each in names)
    went = _WENT.fullmatch(sentence)
    if went is not None:
        who = [_who(each) for each in (went[1], went[2]) if each]
        return (There(went[3], "room", region=True), *(Within(each, went[3], moved=True) for each in who))
    found = _IN_IT.fullmatch(sentence) or _HAS.fullmatch(sentence)
    if found is not None:
        return _within(found[1], found[2])
    found = _IS_IN.fullmatch(sentence)
    if found is None:
        return None
    home = _home(found[2])
    return (_region(home), Within(found[1], home))


def _who(name: str) -> str:
    if name.lower() in _PRONOUNS:
        raise NotRead(f"it does not say who {name!r} is")
    return name


def _within(home: str, listed: str) -> tuple[Statement, ...] | None:
    """Each of the listed things, in the block; None where one of them is no single thing."""
    home = _home(home)
    counted = [_COUNTED.fullmatch(each.strip()) for each in _JOINT.split(listed) if each.strip()]
    if not counted or len(counted) > _MOST:
        return None
    found: list[Statement] = [_region(home)]
    for each in counted:
        if each is None:
            return None
        found += [There(each[1]), Within(each[1], home)]
    return tuple(found)


def _home(name: str) -> str:
    kind, _, called = name.partition(" ")
    return f"{kind.lower()} {called}"


def _region(home: str) -> There:
    return There(home, home.partition(" ")[0], region=True)
