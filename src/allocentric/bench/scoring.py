"""Replies scored by a benchmark's own rule, and by the sound one; where they differ, which samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from allocentric.answers.aggregate import Aggregation
from allocentric.answers.aggregates import aggregation
from allocentric.answers.confidence import chance_of, letter_in
from allocentric.answers.floors import Item, blind_scores, chance
from allocentric.answers.kinds import CANNOT_TELL, Expected, Reading, Value
from allocentric.answers.metrics import metric
from allocentric.answers.prompt import Attempt
from allocentric.answers.read import read
from allocentric.answers.scored import Outcome, Scored
from allocentric.answers.statistics import Number, numbers
from allocentric.bench.benchmark import ABSTAINS, RELEASED, WHOLE, Benchmark, Reader, Rule
from allocentric.bench.report import Difference, Mode, Report, coverage
from allocentric.bench.sample import Sample

PLAIN: Final = aggregation("mean")
ABSTENTION: Final = aggregation("abstention")
Replies = Mapping[str, str | Attempt | Sequence[Attempt]]


def score(
    samples: Sequence[Sample],
    replies: Replies,
    benchmark: Benchmark,
    *,
    mode: Mode = "official",
    errata: Sequence[str] = (),
) -> Report:
    """What a benchmark says of replies, by sample id, with what the two rules do not agree on.

    Official: equal to the authors' own code, sample by sample. Sound: the strict reader in place of theirs,
    the same denominator for all, flaws mended. In neither is a failure an answer: what failed or is missing
    has no score, and is counted. A sample may have several attempts, told apart by `repeat`.
    """
    return reports(samples, replies, benchmark, modes=(mode,), errata=errata)[0]


def reports(
    samples: Sequence[Sample],
    replies: Replies,
    benchmark: Benchmark,
    *,
    modes: Sequence[Mode] = ("official", "sound"),
    errata: Sequence[str] = (),
) -> tuple[Report, ...]:
    """A report for each mode, of replies that are read once by each rule."""
    tries = [(each, attempt) for each in samples for attempt in _attempts(each, replies)]
    asked = [each for each, _ in tries]
    rows: dict[Mode, list[Scored]] = {
        "official": [official_row(each, attempt, benchmark.rule(each)) for each, attempt in tries],
        "sound": [sound_row(each, attempt, benchmark.rule(each)) for each, attempt in tries],
    }
    differing = tuple(
        _difference(one, other, attempt)
        for one, other, (_, attempt) in zip(rows["official"], rows["sound"], tries)
        if one.score != other.score
    )
    missing = sum(attempt is None for _, attempt in tries)
    return tuple(
        replace(
            _report(asked, rows[mode], benchmark, mode=mode),
            differing=differing,
            errata=tuple(errata),
            coverage=coverage(rows[mode], missing),
        )
        for mode in modes
    )


def _report(
    samples: Sequence[Sample], scored: Sequence[Scored], benchmark: Benchmark, *, mode: Mode
) -> Report:
    """The numbers of one mode."""
    rows = with_floors(samples, scored, benchmark, mode=mode)
    overall, *parts = numbers(rows, benchmark.official if mode == "official" else benchmark.sound)
    told = {each.name for each in (overall, *parts)}
    beside = [each for how in _beside(benchmark, samples) for each in told_beside(rows, how)]
    metrics = dict.fromkeys(name for rule in benchmark.rules.values() for name in rule.beside)
    beside += [_by_metric(name, samples, rows, benchmark=benchmark) for name in metrics]
    return Report(
        benchmark=benchmark.name,
        title=benchmark.release.title,
        mode=mode,
        overall=overall,
        parts=(*beside, *parts),
        types=tuple(each for each in numbers(rows, PLAIN)[1:] if each.name not in told),
        coverage=coverage(rows, 0),
        rows=tuple(rows),
        published=tuple(benchmark.release.published.items()),
    )


def _beside(benchmark: Benchmark, samples: Sequence[Sample]) -> tuple[Aggregation, ...]:
    """What is told beside the overall number: coverage too, where an option says that there is no telling."""
    used = {benchmark.official.name, benchmark.sound.name, *(each.name for each in benchmark.beside)}
    judged = any(benchmark.rule(each).judge is not None for each in samples)
    abstains = not judged and any(each.fields.get(ABSTAINS) for each in samples)
    return (*benchmark.beside, ABSTENTION) if abstains and ABSTENTION.name not in used else benchmark.beside


def told_beside(rows: Sequence[Scored], how: Aggregation) -> list[Number]:
    """The first number of an aggregation by its name, and those below it that are no type's or group's."""
    first, *rest = numbers(rows, how)
    known = {row.type for row in rows} | {row.group for row in rows}
    return [replace(first, name=how.name), *(each for each in rest if each.name not in known)]


def with_floors(
    samples: Sequence[Sample], rows: Sequence[Scored], benchmark: Benchmark, *, mode: Mode
) -> list[Scored]:
    """The rows with what guessing and the best blind answer of their type would have come to."""
    items = [_item(each, benchmark.rule(each), mode) for each in samples]
    return [
        replace(row, chance=_guessed(item), blind=blind)
        for row, item, blind in zip(rows, items, blind_scores(items))
    ]


def _guessed(item: Item) -> float | None:
    """What guessing earns: nothing where none of what is offered is right."""
    by_chance = chance(item.expected)
    return None if by_chance is None else 0.0 if item.truth is CANNOT_TELL else by_chance


def _item(sample: Sample, rule: Rule, mode: Mode) -> Item:
    official = mode == "official"
    expected, truth = as_released(sample, rule) if official else (sample.prompt.expected, sample.truth)
    held = truth if rule.held is None else rule.held(sample)
    how = metric(rule.metric if official else rule.sound_metric or rule.metric)
    return Item(type=sample.type, expected=expected, truth=held, metric=how)


def _by_metric(
    name: str, samples: Sequence[Sample], rows: Sequence[Scored], *, benchmark: Benchmark
) -> Number:
    """The overall number of the values read, by one more metric."""
    how = metric(name)
    again = [
        row
        if row.score is None
        else replace(
            row, score=how.score(row.value, each.truth, each.prompt.expected), blind=None, chance=None
        )
        for each, row in zip(samples, rows)
        if name in benchmark.rule(each).beside
    ]
    return replace(numbers(again, PLAIN)[0], name=name)


def official_row(sample: Sample, attempt: Attempt | None, rule: Rule) -> Scored:
    """One sample by the authors' own rule, in the release's own unit."""
    if attempt is None or attempt.state == "failed":
        return _row(sample, attempt, "failed", value=None, points=None)
    if rule.judge is not None:
        points = rule.judge(attempt.reply, sample)
        return _row(sample, attempt, "unread" if points is None else "scored", value=None, points=points)
    expected, truth = as_released(sample, rule)
    reading = _read(attempt.reply, expected, rule.reader)
    if reading.value is None and rule.skip_unread:
        return _row(sample, attempt, "unread", value=None, points=None)
    points = metric(rule.metric).score(reading.value, truth, expected)
    return _row(
        sample, attempt, "unread" if reading.value is None else "scored", value=reading.value, points=points
    )


def running(benchmark: Benchmark, sample: Sample, attempt: Attempt) -> float | None:
    """The official score of one attempt while others are under way; None where there is none yet.

    Truths that are read from files (masks) are left until the end: that would keep requests waiting.
    """
    rule = benchmark.rule(sample)
    return None if rule.held is not None else official_row(sample, attempt, rule).score


def sound_row(sample: Sample, attempt: Attempt | None, rule: Rule) -> Scored:
    """One sample by the sound rule, in base units."""
    if attempt is None or attempt.state == "failed":
        return _row(sample, attempt, "failed", value=None, points=None)
    refused = attempt.state == "refused"
    if rule.sound_judge is not None:
        points = None if refused else rule.sound_judge(attempt.reply, sample)
        ended: Outcome = "refused" if refused else "unread" if points is None else "scored"
        return _row(sample, attempt, ended, value=None, points=points or 0.0)
    expected = sample.prompt.expected
    truth = sample.truth if rule.held is None else rule.held(sample)
    reading = (
        Reading(None, "no_answer")
        if refused
        else _read(attempt.reply, expected, "strict" if isinstance(rule.reader, str) else rule.reader)
    )
    points = metric(rule.sound_metric or rule.metric).score(reading.value, truth, expected)
    state: Outcome = "refused" if refused else "unread" if reading.value is None else "scored"
    return _row(sample, attempt, state, value=reading.value, points=points)


def _read(reply: str, expected: Expected, reader: str | Reader) -> Reading:
    if not isinstance(reader, str):
        return reader(reply)
    return Reading(reply) if reader == WHOLE else read(reply, expected, reader)


def as_released(sample: Sample, rule: Rule) -> tuple[Expected, Value]:
    """What is expected and right as the authors' code sees it: numbers bare, in the release's unit."""
    if not rule.is_numeric or rule.reads_units:
        return sample.prompt.expected, sample.truth
    return Expected("number"), float(sample.fields[RELEASED])


def _attempts(sample: Sample, replies: Replies) -> Sequence[Attempt | None]:
    found = replies.get(sample.id)
    if isinstance(found, str):
        return (Attempt(sample=sample.id, state="answered", reply=found),)
    return (found,) if found is None or isinstance(found, Attempt) else found


def _row(
    sample: Sample, attempt: Attempt | None, state: Outcome, *, value: Value | None, points: float | None
) -> Scored:
    return Scored(
        id=sample.id,
        type=sample.type,
        scene=sample.scene,
        pair=sample.pair,
        condition=sample.condition,
        group=str(sample.fields.get("group", "")),
        variant=attempt.variant if attempt else "",
        repeat=attempt.repeat if attempt else 0,
        state=state,
        value=_abstained(value, sample),
        truth=_abstained(sample.truth, sample),
        score=points,
        confidence=None if attempt is None else _confidence(attempt, sample.prompt.expected),
    )


def _confidence(attempt: Attempt, expected: Expected) -> float | None:
    """What the answerer said of its reply, else the chance of the tokens that its answer stands in."""
    if not attempt.tokens:
        return attempt.confidence
    reading = read(attempt.reply, expected)
    if reading.span is None:
        return None
    span = reading.span
    if expected.kind == "choice" and isinstance(reading.value, str):
        span = letter_in(attempt.reply, reading.value, span)
    return chance_of(attempt.tokens, *span)


def _abstained(value: Any, sample: Sample) -> Any:
    """The value, or "cannot be determined" where it is the letter that says so."""
    return CANNOT_TELL if value is not None and value == sample.fields.get(ABSTAINS) else value


def _difference(official: Scored, sound: Scored, attempt: Attempt | None) -> Difference:
    return Difference(
        id=official.id,
        type=official.type,
        official=official.score,
        sound=sound.score,
        read_officially=official.value,
        read_soundly=sound.value,
        reply=attempt.reply if attempt else "",
    )
