"""Which of several statements is so, where one and no other is."""

from __future__ import annotations

from dataclasses import dataclass

from allocentric.scene.scene import Scene
from allocentric.scene.truth import NEVER, SURELY, Label, Margin, Truth, Unknown, narrowest
from allocentric.words import a_list


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, true, false or either, and what it is called."""

    says: str
    truth: Truth

    @property
    def margin(self) -> Margin | None:
        """By how much it is clear whether it is so."""
        return self.truth.margin

    @property
    def doubt(self) -> Unknown | None:
        """Why it is not known whether it is so."""
        return self.truth.doubt


def which(scene: Scene, cases: tuple[Case, ...]) -> Label | Unknown:
    """What the one statement that is true is called: `which({"red": on(the("red cup")), "blue": ...})`.

    Undetermined where none of them is true, or more than one.
    """
    open_ = [each for each in cases if each.truth.possible != NEVER]
    sure = [each.says for each in open_ if each.truth.possible == SURELY]
    doubt = next((each.doubt for each in open_ if each.doubt is not None), None)
    if len(sure) > 1:
        detail = f"several are true: {a_list(sure)}"
        return Unknown("ambiguous", detail, "leave one of them")
    if not open_:
        detail = f"none is true of {a_list([each.says for each in cases])}"
        return Unknown("ambiguous", detail, "add the one that is")
    if len(open_) == 1 and not sure:
        return doubt or Unknown("ambiguous", f"{open_[0].says} may be true or not", "find out whether it is")
    clear = narrowest(each.margin for each in cases) if len(open_) == 1 else None
    return Label(tuple(each.says for each in open_), clear, doubt if len(open_) > 1 else None)
