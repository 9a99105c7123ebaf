"""A family of questions: one kind, its words, what it needs, and where its programs come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from allocentric.answers.kinds import AnswerKind, Value
from allocentric.questions.change import Change
from allocentric.questions.needs import Need
from allocentric.questions.question import Condition, FrameOfReference, Shown
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured, Reason, Undetermined


@dataclass(frozen=True, slots=True)
class Ask:
    """A program that is worth asking, what its words are filled with, and what is offered.

    `slots` fill the family's templates: names without articles. `options` are texts without letters, in any
    order; the one that the program's value is becomes the truth. `form` picks among the templates: those of
    this number only (None: any). `names` are those that an order or a map is made of. `unit` is asked in
    instead of the family's.
    """

    program: str
    slots: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    names: tuple[str, ...] = ()
    form: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why something was not asked: counted, never hidden."""

    family: str
    reason: str


Fair = Callable[[Scene, Ask, Measured], str | None]
Offer = Callable[[Ask, Measured, np.random.Generator], tuple[str, ...]]
Decide = Callable[[Scene, Ask], Measured | Undetermined]
Tell = Callable[[Scene, Ask, Measured], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One kind of question: its canonical name, its row of the taxonomy, its words, and its generator.

    `asks` gives programs in random order, until the scene has no more; cheap tests of what is sure to be
    rejected belong there, and give the reason, in words, in its place. `fair` says why a decided
    question is not asked all the same (None: it is fair); that its margin is clear is seen to for every
    family. `offer` makes the options where they depend on the truth. `decide` stands in for the
    language where a family's truth is not a program's value; `tell` says what the truth is as an
    answer, where that is not the value itself. `in_order`: the options stay as they are drawn.
    `abstains` are the reasons for which "cannot be determined" is a truth that is asked for, `withheld`
    the condition of such a question. `human` marks a kind that has no public formula: its definition is
    ours. `read_back` says that its English alone is its program; not so where the words list what a
    drawing shows, or the options are part of the program.
    """

    name: str
    code: str
    about: str
    kind: AnswerKind
    templates: tuple[str, ...]
    asks: Callable[[Scene, np.random.Generator], Iterable[Ask | str]]
    needs: tuple[Need, ...] = ("things",)
    chinese: tuple[str, ...] = ()
    unit: str | None = None
    frame: FrameOfReference = "none"
    shown: Shown = "scene"
    fair: Fair | None = None
    offer: Offer | None = None
    decide: Decide | None = None
    tell: Tell | None = None
    abstains: tuple[Reason, ...] = ()
    withheld: Condition = "occluded"
    in_order: bool = False
    human: bool = False
    read_back: bool = True
