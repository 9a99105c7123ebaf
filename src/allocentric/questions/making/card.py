"""The card of a set: what it is made from, what is in it, what was left out and why, what it gives away."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict
from importlib.metadata import version
from typing import Any, Final

from allocentric.questions.families import family
from allocentric.questions.making.plan import VERSION, Plan
from allocentric.questions.making.run import Tally
from allocentric.questions.making.shortcuts import Shortcuts

Json = dict[str, Any]
MOST_NAMED: Final = 20
NAMED: Final = 3  # kinds beside a reason


def card_of(
    plan: Plan, tally: Tally, *, files: list[str], report: Shortcuts, dropped: dict[str, int]
) -> Json:
    """The card as JSON: everything that makes the set again, and the hash that proves it is the same."""
    return {
        "sha256": tally.sha256.hexdigest(),
        "versions": {"allocentric": version("allocentric"), "making": VERSION},
        "files": files,
        "questions": tally.total,
        "asked_for": plan.count,
        "seed": plan.seed,
        "clear": plan.clear,
        "scenes": len(plan.places) - len(tally.broken),
        "views": asdict(plan.looks) if plan.looks else None,
        "kinds": {
            each.type: {"family": each.family, "questions": tally.made[each.type]} for each in plan.wanted
        },
        "rejected": dict(sorted(tally.rejected.items(), key=lambda each: (-each[1], each[0]))),
        "dropped": dropped,
        "lacking": tally.lacking,
        "skipped": tally.broken,
        "shortcuts": [{**asdict(each), "gain": each.gain} for each in report],
    }


def readme_of(card: Json) -> str:
    """The card as a page."""
    fewer = 0 if card["dropped"] else card["asked_for"] - card["questions"]
    short = f" ({fewer:,} fewer than asked for: no scene has more)" if fewer else ""
    lines = [
        "# A set of questions with computed truth",
        "",
        f"{card['questions']:,} questions{short} about {card['scenes']:,} scenes, made by allocentric "
        f"{card['versions']['allocentric']} from seed {card['seed']}.",
        "Every truth is the value of a program on an explicit scene, at least "
        f"{card['clear']:g} times as clear as its tolerance.",
        "",
        f"The questions as canonical JSON lines have the SHA-256 `{card['sha256']}`.",
        "",
        "## What is in it",
        "",
        "| type | family | questions |",
        "|---|---|---:|",
        *(f"| {type} | {each['family']} ({family(each['family']).code}) | {each['questions']:,} |"
          for type, each in card["kinds"].items()),
        "",
        "## What it gives away",
        "",
        "How well each type is answered without its scene: by guessing, by the best letter, by the best",
        "single answer, from the wording, from the wording and a caption that names what is there, and by",
        "whoever saw the middle picture only and goes by the wording where that does not tell.",
        "",
        "| type | metric | chance | letter | constant | wording | caption | one picture |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
        *(_row(each) for each in card["shortcuts"]),
        "",
        *_left_out(card),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _row(each: Json) -> str:
    numbers = (each[name] for name in ("chance", "majority", "constant", "wording", "caption", "frame"))
    shown = " | ".join("" if number is None else f"{number:.3f}" for number in numbers)
    return f"| {each['type']} | {each['metric']} | {shown} |"


def by_reason(rejected: dict[str, int]) -> dict[str, int]:
    """How often each reason was met, and with which kinds, the most frequent first."""
    times, kinds = Counter[str](), defaultdict[str, list[str]](list)
    for name, count in rejected.items():
        kind, _, reason = name.partition(": ")
        times[reason] += count
        kinds[reason].append(kind)
    ranked = sorted(times, key=lambda each: (-times[each], each))
    return {f"{each} ({_some(kinds[each])})": times[each] for each in ranked}


def _some(names: list[str]) -> str:
    """A few names, and how many more there are."""
    more = f" and {len(names) - NAMED} more kinds" if len(names) > NAMED + 1 else ""
    return ", ".join(names[:NAMED] if more else names) + more


def _left_out(card: Json) -> list[str]:
    tables = (
        ("What was not asked, and why", "| reason | times |", "|---|---:|", by_reason(card["rejected"])),
        ("What was dropped to balance it, and why", "| reason | questions |", "|---|---:|", card["dropped"]),
        ("Kinds that a scene lacks something for", "| kind | lacks |", "|---|---|", card["lacking"]),
        ("Scenes that were skipped", "| scene | why |", "|---|---|", card["skipped"]),
    )
    lines = list[str]()
    for title, head, rule, rows in tables:
        if rows:
            named = list(rows.items())[:MOST_NAMED]
            more = [f"| and {len(rows) - len(named)} more | |"] if len(rows) > len(named) else []
            lines += [
                f"## {title}",
                "",
                head,
                rule,
                *(f"| {name} | {each} |" for name, each in named),
                *more,
                "",
            ]
    return lines
