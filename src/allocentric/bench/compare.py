"""Two runs held against each other, sample by sample: how far each number moved, what changed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from allocentric.answers.aggregate import Aggregation, Rows, nodes, value
from allocentric.answers.aggregates import aggregation
from allocentric.answers.metrics import metric
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import Number, differences
from allocentric.bench.card import Card
from allocentric.bench.opened import OpenRun, Try
from allocentric.bench.report import Mode, jsonable
from allocentric.bench.scoring import as_released
from allocentric.errors import BadInput
from allocentric.scene.json_text import encode

BY_TYPE: Final = aggregation("mean")
Turned = Literal["became right", "better", "worse", "became wrong"]
TURNED: Final[tuple[Turned, ...]] = ("became right", "better", "worse", "became wrong")


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that two runs were made with differently: its name, and both values as JSON texts."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One number of both runs, over the samples that both have; `change` is after less before."""

    name: str
    before: float | None
    after: float | None
    change: Number

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the change leaves 0 out."""
        low, high = self.change.low, self.change.high
        return low is not None and high is not None and (low > 0 or high < 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A sample whose score is not the same in both runs: replies and readings side by side.

    Truth and readings are in the unit in which the rule reads: the release's own, or the base unit.
    """

    id: str
    type: str
    turned: Turned
    truth: Any
    before: float
    after: float
    read_before: Any
    read_after: Any
    reply_before: str
    reply_after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A run against an earlier one of the same benchmark, over the samples that have a score in both.

    `unpaired` counts samples that only one of the runs has or has a score of, `altered` those paired whose
    question or truth is not the same in both. `agreeing` are paired samples of equal score.
    """

    benchmark: str
    mode: Mode
    before: str
    after: str
    numbers: tuple[Moved, ...]
    settings: tuple[Setting, ...]
    changed: tuple[Changed, ...]
    paired: int
    unpaired: dict[str, int]
    altered: int

    @property
    def agreeing(self) -> int:
        """How many paired samples have the same score in both."""
        return self.paired - len(self.changed)

    def counts(self) -> dict[str, int]:
        """How many samples changed in each way."""
        return {each: sum(one.turned == each for one in self.changed) for each in TURNED}

    def to_json(self) -> dict[str, Any]:
        """All of it as one JSON object."""
        return {
            "benchmark": self.benchmark,
            "mode": self.mode,
            "before": self.before,
            "after": self.after,
            "numbers": [{**asdict(each), "is_sure": each.is_sure} for each in self.numbers],
            "settings": [asdict(each) for each in self.settings],
            "paired": self.paired,
            "agreeing": self.agreeing,
            "turned": self.counts(),
            "unpaired": self.unpaired,
            "altered": self.altered,
            "changed": [asdict(each) for each in self.changed],
        }


def compare(runs: Sequence[OpenRun], *, mode: Mode = "official") -> tuple[Comparison, ...]:
    """Each run after the first against the first, by the samples as they are.

    Raises BadInput for fewer than two runs, and for runs of different benchmarks.
    """
    if len(runs) < 2:
        mend = "allo compare RUN RUN"
        raise BadInput("a comparison takes two runs or more", where="the command line", mend=mend)
    first, *others = runs
    for each in others:
        if each.benchmark.name != first.benchmark.name:
            what = f"the runs are of different benchmarks: {first.benchmark.name} and {each.benchmark.name}"
            where = f"{first.folder} and {each.folder}"
            raise BadInput(what, where=where, mend="compare runs of one benchmark")
    return tuple(_against(first, each, mode) for each in others)


def _against(before: OpenRun, after: OpenRun, mode: Mode) -> Comparison:
    one, other = ({each.key: each for each in run.tries if not each.task.variant} for run in (before, after))
    both = [key for key in one if key in other]
    paired = [(one[key], other[key]) for key in both]
    paired = [pair for pair in paired if all(each.scored(mode).score is not None for each in pair)]
    changed = tuple(found for pair in paired if (found := _changed(before, *pair, mode=mode)) is not None)
    return Comparison(
        benchmark=before.benchmark.name,
        mode=mode,
        before=str(before.folder),
        after=str(after.folder),
        numbers=tuple(_moved(before, paired, mode)),
        settings=tuple(settings_differing(before.card, after.card)),
        changed=tuple(sorted(changed, key=lambda each: TURNED.index(each.turned))),
        paired=len(paired),
        unpaired={
            "only before": len(one) - len(both),
            "only after": len(other) - len(both),
            "without a score": len(both) - len(paired),
        },
        altered=sum(_put(one) != _put(other) for one, other in paired),
    )


def _moved(run: OpenRun, paired: Sequence[tuple[Try, Try]], mode: Mode) -> Iterator[Moved]:
    """Every number of the benchmark, then each type: both values over what is paired, and the difference."""
    how = run.benchmark.official if mode == "official" else run.benchmark.sound
    rows: tuple[list[Scored], list[Scored]] = ([], [])
    for pair in paired:
        for held, one in zip(rows, pair):
            held.append(one.scored(mode))
    told = set[str]()
    for each in (how, BY_TYPE):
        was, now = (_values(held, each) for held in rows)
        for change in differences(*rows, each):
            if change.name not in told and not (each is BY_TYPE and change.name == "overall"):
                told.add(change.name)
                yield Moved(name=change.name, before=was[change.name], after=now[change.name], change=change)


def _values(rows: Rows, how: Aggregation) -> dict[str, float | None]:
    """The value of every node by its name, the first of equal names."""
    found = dict[str, float | None]()
    for tree in how.trees(how.rows(sorted(rows, key=lambda row: row.key))):
        for node in nodes(tree):
            found.setdefault(node.name, value(node))
    return found


def _changed(run: OpenRun, one: Try, other: Try, *, mode: Mode) -> Changed | None:
    """What changed of one sample; None where its score is the same."""
    was, now = one.scored(mode), other.scored(mode)
    if was.score is None or now.score is None or was.score == now.score:
        return None
    rule = run.benchmark.rule(one.sample)
    how = metric(rule.metric if mode == "official" else rule.sound_metric or rule.metric)
    turned = _turned(was.score, now.score, lower_is_better=how.lower_is_better)
    truth = as_released(one.sample, rule)[1] if mode == "official" else one.sample.truth
    return Changed(
        id=one.sample.id,
        type=one.sample.type,
        turned=turned,
        truth=jsonable(truth),
        before=was.score,
        after=now.score,
        read_before=jsonable(was.value),
        read_after=jsonable(now.value),
        reply_before=one.reply,
        reply_after=other.reply,
    )


def _turned(before: float, after: float, *, lower_is_better: bool) -> Turned:
    """In which way a score changed; an error, of which less is better, is never right or wrong.

    >>> _turned(0.0, 1.0, lower_is_better=False), _turned(0.4, 0.2, lower_is_better=True)
    ('became right', 'better')
    """
    if lower_is_better:
        return "better" if after < before else "worse"
    if after > before:
        return "became right" if after == 1 else "better"
    return "became wrong" if after == 0 else "worse"


def _put(each: Try) -> tuple[object, ...]:
    """What has to be the same for two scores to be of one question: words, options, truth."""
    prompt = each.sample.prompt
    return prompt.text, prompt.expected, each.sample.truth


def settings_differing(before: Card, after: Card) -> Iterator[Setting]:
    """Every setting that two cards do not share, those within settings by their paths.

    >>> held = [{"arguments": {"seed": seed, "top_p": 1}} for seed in (1, 2)]
    >>> list(settings_differing(*(Card(settings=each, software={}, started="") for each in held)))
    [Setting(name='arguments.seed', before='1', after='2')]
    """
    one, other = (dict(_leaves({**card.settings, "software": card.software})) for card in (before, after))
    for name in dict.fromkeys([*one, *other]):
        was, now = one.get(name, "none"), other.get(name, "none")
        if was != now:
            yield Setting(name, was, now)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What is in nested settings, each under its path, as JSON text."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _leaves(each, f"{path}.{name}" if path else str(name))
    else:
        yield path, encode(value).decode()
