"""An audit as one page that needs nothing else: tables, then each finding, its evidence, its picture."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

from allocentric.errors import AllocentricError
from allocentric.questions.audit.audit import Audit
from allocentric.questions.audit.findings import FAULTS, Finding

MOST_SHOWN: Final = 200
_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid var(--line); text-align: right; }
th, td { white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
article h3 { margin: 0 0 .5rem; font-size: 1rem; } article p { margin: .25rem 0; }
svg { max-width: 100%; height: auto; background: #fff; border-radius: .25rem; }
code { background: var(--soft); padding: 0 .25rem; overflow-wrap: anywhere; }
"""


def page_of(audit: Audit, title: str) -> str:
    """The audit as HTML; of very many findings the first are shown, and the tables count all."""
    shown = audit.findings[:MOST_SHOWN]
    more = len(audit.findings) - len(shown)
    return "\n".join(
        (
            "<!doctype html><html lang=en><meta charset=utf-8>",
            "<meta name=viewport content='width=device-width, initial-scale=1'>",
            f"<title>{html.escape(title)}</title><style>{_STYLE}</style>",
            f"<h1>{html.escape(title)}</h1>",
            f"<p>{audit.questions.total():,} questions, {audit.asked.total():,} of them computed anew, "
            f"{len(audit.findings):,} findings.</p>",
            *_table(audit),
            *_unasked(audit),
            *(line for each in shown for line in _article(each)),
            *([f"<p>and {more:,} more.</p>"] if more else []),
            "</html>",
        )
    )


def _table(audit: Audit) -> Iterator[str]:
    counts = audit.counts()
    used = [fault for fault in FAULTS if any(each[fault] for each in counts.values())]
    heads = "".join(f"<th>{html.escape(each)}" for each in ("type", "questions", "computed", *used))
    yield f"<table><tr>{heads}</tr>"
    for type, found in counts.items():
        cells = (audit.questions[type], audit.asked[type], *(found[each] or "" for each in used))
        yield f"<tr><td>{html.escape(type)}" + "".join(f"<td>{each}" for each in cells) + "</tr>"
    yield "</table>"


def _unasked(audit: Audit) -> Iterator[str]:
    if audit.unasked:
        yield "<h2>Not computed, and why</h2><table>"
        for why, count in audit.unasked.most_common(20):
            yield f"<tr><td>{html.escape(why)}<td>{count}</tr>"
        yield "</table>"


def _article(finding: Finding) -> Iterator[str]:
    name = f"{finding.type} {finding.id}".strip()
    yield f"<article><h3>{html.escape(finding.fault)}: {html.escape(name)}</h3>"
    yield f"<p>{html.escape(finding.words)}</p>" if finding.words else ""
    yield f"<p><b>{html.escape(finding.says)}</b></p>"
    if finding.answer is not None:
        program = finding.answer.program
        yield f"<p><code>{html.escape(program.text)}</code></p>" if program else ""
        facts = "; ".join(
            f"{each.thing or 'the scene'} {each.property}: {each.value}"
            for each in finding.answer.result.evidence[:12]
        )
        yield f"<p>{html.escape(facts)}</p>" if facts else ""
        yield _picture(finding)
    yield "</article>"


def _picture(finding: Finding) -> str:
    """The proof from above; nothing where there is none to draw."""
    try:
        return finding.answer.picture().svg() if finding.answer is not None else ""
    except AllocentricError:
        return ""
