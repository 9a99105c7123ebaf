"""The samples of a run in a page: what was put, what came back, how it was read, what is right and why."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any, Final

from allocentric.agents.replies import reply_of
from allocentric.answers.kinds import BASE_UNIT, CANNOT_TELL, NUMERIC, Expected
from allocentric.answers.metrics import metric
from allocentric.answers.read import read
from allocentric.bench.opened import OpenRun, Try
from allocentric.bench.page_pictures import Album
from allocentric.errors import AllocentricError
from allocentric.query.answer import Answer
from allocentric.query.ask import ask
from allocentric.query.saying import say_margin
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read as read_scene

LONGEST: Final = 20_000  # characters of a text that is shown
MOST_FACTS: Final = 16
KEPT_SCENES: Final = 16
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
DRAWN: Final = frozenset({"point", "points", "box", "boxes"})


@dataclass(slots=True)
class Proofs:
    """Asks the scene of a sample for its answer, its facts and, of the first samples, a plan."""

    plans: int
    scene: Callable[[str], Scene] = field(default_factory=lambda: lru_cache(KEPT_SCENES)(read_scene))

    def of(self, each: Try) -> str:
        """The proof as it is unfolded; nothing where the sample names no scene and program, or it is gone."""
        prompt = each.sample.prompt
        if not prompt.scene or prompt.program is None:
            return ""
        try:
            answer = ask(self.scene(prompt.scene), prompt.program, options=prompt.expected.options)
            plan = self._plan(answer)
        except AllocentricError:
            return ""
        facts = [
            f"{fact.thing or 'the scene'} {fact.property}: {fact.value}" for fact in answer.result.evidence
        ]
        more = len(facts) - MOST_FACTS
        told = "; ".join(facts[:MOST_FACTS]) + (f"; and {more} more" if more > 0 else "")
        rows = [("program", f"<code>{shown(prompt.program)}</code>"), ("answer", shown(answer.text))]
        rows += [("margin", shown(say_margin(answer.margin)))] if answer.margin else []
        rows += [("facts", shown(told))] if facts else []
        return f"<details><summary>proof</summary>{_listed(rows)}{plan}</details>"

    def _plan(self, answer: Answer) -> str:
        """The proof from above, as a picture by itself: nothing in it can reach the page."""
        if self.plans <= 0:
            return ""
        self.plans -= 1
        held = base64.b64encode(answer.picture().svg().encode()).decode()
        return f'<img loading="lazy" alt="the proof from above" src="data:image/svg+xml;base64,{held}">'


def article(run: OpenRun, each: Try, number: str, *, album: Album, proofs: Proofs) -> Iterator[str]:
    """One sample; its scores by both rules stand in what the filter goes by."""
    sample, official, sound = each.sample, each.official, each.sound
    mark = mark_of(run, each)
    keys = {
        "run": run.name,
        "version": version_name(each.task.variant, each.task.repeat),
        "type": sample.type,
        "state": "missing" if each.row is None else official.state,
        "mark": mark,
        "rules": "agree" if official.score == sound.score else "differ",
    }
    data = " ".join(f'data-{name}="{shown(value)}"' for name, value in keys.items())
    told = _scores(each, keys["state"])
    yield f'<article id="{number}" {data}><header><h3>{shown(sample.id)}</h3>'
    yield f'<span>{shown(sample.type)}</span> <span class="mark {mark}">{mark}</span>'
    yield f'<span class="dim">{told}</span></header>'
    yield album.shots(sample.prompt.pictures, _places(each))
    system = f'<pre class="dim">{shown(sample.prompt.system)}</pre>' if sample.prompt.system else ""
    yield f"{system}<pre>{shown(sample.prompt.text)}</pre>"
    yield _reply(run, each)
    yield _listed(_readings(each))
    yield f"{proofs.of(each)}</article>"


def mark_of(run: OpenRun, each: Try) -> str:
    """Whether the official rule finds it right, wrong, partly right; "none" where it has no such score."""
    score, rule = each.official.score, run.benchmark.rule(each.sample)
    if score is None or metric(rule.metric).lower_is_better:
        return "none"
    return "right" if score >= 1 else "wrong" if score <= 0 else "partly"


def version_name(variant: str, repeat: int) -> str:
    """What a version of the samples is called.

    >>> version_name("", 0), version_name("blind", 1)
    ('as it is', 'blind, repeat 2')
    """
    return (variant or "as it is") + (f", repeat {repeat + 1}" if repeat else "")


def shown(text: str) -> str:
    """A text as a page may hold it: escaped, cut where it is endless, without what steers a screen.

    >>> shown("<b>&\\x00")
    '&lt;b&gt;&amp;\ufffd'
    """
    cut = len(text) - LONGEST
    told = text[:LONGEST] + (f" ... and {cut:,} characters more" if cut > 0 else "")
    return escape(_UNSEEN.sub("\ufffd", told), quote=True)


def told(value: Any, expected: Expected) -> str:
    """A value in the words of a reply: a letter with its option, a number in the unit asked for.

    >>> told("B", Expected("choice", ("lamp", "sofa"))), told(0.4, Expected("length", unit="cm"))
    ('B: sofa', '40 cm')
    """
    if value is CANNOT_TELL:
        return str(CANNOT_TELL.value)
    if isinstance(value, str) and value in expected.letters:
        return f"{value}: {expected.options[expected.letters.index(value)]}"
    if isinstance(value, float) and expected.kind in NUMERIC:
        unit = expected.unit or BASE_UNIT.get(expected.kind, "")
        return f"{float(reply_of(value, expected)):.6g} {unit}".strip()
    return reply_of(value, expected)


def _scores(each: Try, state: str) -> str:
    official, sound = each.official.score, each.sound.score
    parts = ["" if state == "scored" else state]
    parts += [
        "" if official is None else f"official {official:.3g}",
        "" if sound is None else f"sound {sound:.3g}",
    ]
    if each.task.variant or each.task.repeat:
        parts.append(shown(version_name(each.task.variant, each.task.repeat)))
    return ", ".join(filter(None, parts))


def _readings(each: Try) -> list[tuple[str, str]]:
    """Truth and readings; one line for both rules where they read the same."""
    expected = each.sample.prompt.expected
    rows = [("truth", shown(told(each.sample.truth, expected)))]
    official, sound = each.official.value, each.sound.value
    bare = Expected(expected.kind, expected.options) if expected.kind not in NUMERIC else Expected("number")
    unit = expected.unit or BASE_UNIT.get(expected.kind, "") if expected.kind in NUMERIC else ""
    first = "nothing" if official is None else f"{told(official, bare)} {unit}".strip()
    second = "nothing" if sound is None else told(sound, expected)
    if each.row is None or each.row.state == "failed":
        return rows
    if first == second:
        return [*rows, ("read", shown(first))]
    by_judge = official is None and each.official.score is not None
    return [
        *rows,
        *([] if by_judge else [("read officially", shown(first))]),
        ("read soundly", shown(second)),
    ]


def _reply(run: OpenRun, each: Try) -> str:
    """The reply with what the sound reader took in it marked; of a failure, its reason."""
    if each.row is None:
        return '<p class="dim">nothing was put yet</p>'
    if each.row.state == "failed":
        return f'<p class="dim">failed: {shown(each.row.error or "no reply")}</p>'
    reply, span = each.row.reply, _span(run, each)
    if not reply:
        return '<p class="dim">an empty reply</p>'
    if span is None or span[1] > LONGEST:
        return f'<pre class="reply" dir="auto">{shown(reply)}</pre>'
    start, end = span
    parts = (shown(reply[:start]), f"<mark>{shown(reply[start:end])}</mark>", shown(reply[end:]))
    return f'<pre class="reply" dir="auto">{"".join(parts)}</pre>'


def _span(run: OpenRun, each: Try) -> tuple[int, int] | None:
    rule = run.benchmark.rule(each.sample)
    if not isinstance(rule.reader, str) or rule.sound_judge is not None or each.sound.value is None:
        return None
    return read(each.reply, each.sample.prompt.expected).span


def _places(each: Try) -> list[tuple[str, Any]]:
    """The true place and the one that was read, for answers that are places in a picture."""
    if each.sample.prompt.expected.kind not in DRAWN:
        return []
    return [("truth", each.sample.truth), ("given", each.sound.value)]


def _listed(rows: list[tuple[str, str]]) -> str:
    inner = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)
    return f"<dl>{inner}</dl>" if inner else ""
