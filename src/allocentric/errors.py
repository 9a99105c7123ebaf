"""What is wrong, where, and how to mend it: the only kind of error a user ever sees."""

import difflib
from collections.abc import Sequence


class AllocentricError(Exception):
    """An error a reader can act on: what is wrong, where, how to mend it."""

    def __init__(self, what: str, *, where: str, mend: str) -> None:
        super().__init__(f"{what}\n  where: {where}\n  mend:  {mend}")
        self.what = what
        self.where = where
        self.mend = mend


class BadInput(AllocentricError):
    """A file, a value or a sentence that cannot be read as what it claims to be."""


class UnknownName(AllocentricError):
    """A name was asked for that is not there; the near miss stands in `mend`."""

    def __init__(self, kind: str, name: str, known: Sequence[str], *, where: str) -> None:
        super().__init__(f"no {kind} is named {name!r}", where=where, mend=nearest_names(name, known))
        self.name = name


def nearest_names(name: str, known: Sequence[str]) -> str:
    """The mend for a name that is not there: its near miss, else what there is.

    >>> nearest_names("soffa", ["sofa", "tv"])
    "did you mean 'sofa'?"
    """
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    if not known:
        return "there is none to name"
    shown = ", ".join(repr(each) for each in sorted(known)[:12])
    return f"use one of {shown}" + (f" and {len(known) - 12} more" if len(known) > 12 else "")
