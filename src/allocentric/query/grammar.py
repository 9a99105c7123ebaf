"""Patterns of English compiled to automata, and every way in which they cover a sentence.

Rules are text: a symbol in square brackets, then patterns, one a line, and under them what they
mean, after `=`. In a pattern a small word stands for itself, `is/are` for either,
`( a b | c )` for alternatives, `?` makes optional, `FAR` is a class of the word table, `a:T` a
slot called `a` that symbol `T` fills. A meaning is program text with `$a` for what filled the
slot and `@name` for what a function of the slots says, or `! why; reading; reading` where it
stays open.
All readings are found: a sentence that has two is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

SEPARATORS: Final = frozenset({",", "⌂"})
"""Tokens that may stand between any two others: a break, and "in this room"."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """What a sentence means that leaves something open: why, and the programs it may stand for."""

    why: str
    readings: tuple[str, ...] = ()


Value = str | Unclear
Slots = Mapping[str, str]
Meaning = Callable[[Slots], Value | None]
"""What a pattern means, from what its slots mean; None takes the reading back."""

Rows = Mapping[str, Sequence[tuple[str, Meaning]]]
Leaf = Callable[["Sentence", int], Sequence[tuple[int, str]]]
"""A symbol that code reads: (where it ends, what it means) for each way to read it from a place."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens in small letters, as typed, and what was said beside them."""

    tokens: tuple[str, ...]
    typed: tuple[str, ...]
    options: tuple[str, ...] = ()
    unit: str | None = None  # the unit that it asks for


def read_rules(text: str, meanings: Mapping[str, Meaning]) -> dict[str, list[tuple[str, Meaning]]]:
    """The patterns of each symbol of a text of rules."""
    made = dict[str, list[tuple[str, Meaning]]]()
    symbol, waiting = "", list[str]()
    for line in text.replace("\\\n", " ").splitlines():
        line = line.strip()
        if line.startswith("["):
            symbol = line.strip("[]")
            made.setdefault(symbol, [])
        elif line.startswith("="):
            meaning = line.removeprefix("=").strip()
            made[symbol] += [(pattern, _meaning(meaning, meanings)) for pattern in waiting]
            waiting = []
        elif line and not line.startswith("#"):
            waiting.append(line)
    return made


def _meaning(text: str, meanings: Mapping[str, Meaning]) -> Meaning:
    if not text.startswith("!"):
        return says(text, meanings)
    why, *readings = (each.strip() for each in text[1:].split(";"))
    made = [says(each, meanings) for each in readings]
    return lambda slots: Unclear(why, tuple(str(each(slots)) for each in made))


_FILLED: Final = re.compile(r"\$(\w)|@(\w+)")


def says(template: str, meanings: Mapping[str, Meaning] | None = None) -> Meaning:
    """The meaning that is a text with `$a` for slot a and `@name` for what a function of the slots says."""
    fixed = _FILLED.split(template)[::3]
    filled = [(slot, (meanings or {})[name] if name else None) for slot, name in _FILLED.findall(template)]

    def fill(slots: Slots) -> Value | None:
        text = fixed[0]
        for (slot, function), after in zip(filled, fixed[1:], strict=True):
            value = function(slots) if function else slots[slot]
            if not isinstance(value, str):
                return value
            text += value + after
        return text

    return fill


@dataclass(frozen=True, slots=True)
class _Class:
    """An edge that stands for every form of a word class."""

    name: str


_Label = str | tuple[str, str] | _Class  # a word; a (symbol, slot); a class


@dataclass(eq=False, slots=True)
class _Node:
    """A place in a pattern: where each word, slot and class leads, and what is complete here."""

    edges: list[tuple[_Label, _Node]] = field(default_factory=list)
    done: list[Meaning] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class _State:
    """Several places at once, opened when first reached; `tight` ones let no separator in."""

    nodes: tuple[_Node, ...]
    patterns: _Patterns
    tight: bool
    words: dict[str, _State] = field(default_factory=dict)
    slots: tuple[tuple[str, str, _State], ...] = ()
    done: tuple[Meaning, ...] = ()
    opened: bool = False

    def open(self) -> None:
        """Group the edges of all places, with classes written out."""
        groups = dict[str | tuple[str, str], list[_Node]]()
        nodes = list(self.nodes)
        for node in nodes:  # grows
            for label, target in node.edges:
                if isinstance(label, _Class):
                    nodes.append(self.patterns.forms(label.name, target))
                else:
                    groups.setdefault(label, []).append(target)
        states = {label: _State(tuple(t), self.patterns, self.tight) for label, t in groups.items()}
        self.words = {label: state for label, state in states.items() if isinstance(label, str)}
        self.slots = tuple((*label, state) for label, state in states.items() if isinstance(label, tuple))
        self.done = tuple(each for node in nodes for each in node.done)
        self.opened = True


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled patterns: the first state of each symbol, and the symbols that code reads."""

    starts: Mapping[str, _State]
    leaves: Mapping[str, Leaf]


def compile_grammar(
    rows: Rows,
    leaves: Mapping[str, Leaf],
    classes: Mapping[str, Sequence[str]],
    *,
    tight: frozenset[str] = frozenset(),
) -> Grammar:
    """The grammar of these rows, leaves and word classes; in `tight` symbols words stand side by side.

    Raises ValueError for a symbol or a class that is not there.
    """
    patterns = _Patterns(classes, frozenset(rows) | frozenset(leaves))
    starts = dict[str, _State]()
    for symbol, given in rows.items():
        first = tuple(patterns.link(pattern, _Node(done=[meaning])) for pattern, meaning in given)
        starts[symbol] = _State(first, patterns, symbol in tight)
    return Grammar(starts, leaves)


_PARTS: Final = re.compile(r"\(|\)\??|\||[^\s()|]+")

# An item is a word of a pattern, or the alternatives in brackets and whether they may be left out.
_Item = str | tuple[list[list[Any]], bool]  # alternatives of items again: run-time checks know no circles


class _Patterns:
    """Links patterns from their end to their start; a class is written out only where it is reached."""

    def __init__(self, classes: Mapping[str, Sequence[str]], symbols: frozenset[str]) -> None:
        self.classes = classes
        self.symbols = symbols
        self._read = dict[str, list[list[_Item]]]()

    def link(self, pattern: str, follow: _Node) -> _Node:
        """The node from which the pattern leads to `follow`."""
        if pattern not in self._read:
            parts = _PARTS.findall(pattern)
            alternatives, end = self._alternatives(parts, 0)
            if end != len(parts):
                raise ValueError(f"pattern {pattern!r}: a bracket too many")
            self._read[pattern] = alternatives
        return self._either(self._read[pattern], follow)

    def forms(self, name: str, follow: _Node) -> _Node:
        """The node from which every form of a class leads to `follow`."""
        nodes = [self.link(form, follow) for form in self.classes[name]]
        return _Node(
            [each for node in nodes for each in node.edges], [each for node in nodes for each in node.done]
        )

    def _alternatives(self, parts: list[str], at: int) -> tuple[list[list[_Item]], int]:
        found: list[list[_Item]] = [[]]
        while at < len(parts) and not parts[at].startswith(")"):
            if parts[at] == "|":
                found.append([])
            elif parts[at] == "(":
                inner, at = self._alternatives(parts, at + 1)
                found[-1].append((inner, parts[at] == ")?"))
            else:
                self._check(parts[at].removesuffix("?"))
                found[-1].append(parts[at])
            at += 1
        return found, at

    def _check(self, text: str) -> None:
        _, colon, symbol = text.partition(":")
        if colon and symbol not in self.symbols:
            raise ValueError(f"no symbol {symbol!r}")
        if not colon and text.isupper() and text not in self.classes:
            raise ValueError(f"no word class {text!r}")
        if not colon and not text.isupper() and text != text.lower():
            raise ValueError(f"{text!r} mixes words and classes")

    def _either(self, alternatives: list[list[_Item]], follow: _Node) -> _Node:
        node = _Node()
        for sequence in alternatives:
            first = follow
            for item in reversed(sequence):
                first = self._item(item, first)
            node.edges += first.edges
            node.done += first.done
        return node

    def _item(self, item: _Item, follow: _Node) -> _Node:
        if isinstance(item, str):
            edges, optional = self._edges(item.removesuffix("?"), follow), item.endswith("?")
            done: list[Meaning] = []
        else:
            node, optional = self._either(item[0], follow), item[1]
            edges, done = node.edges, node.done
        return _Node(edges + follow.edges, done + follow.done) if optional else _Node(edges, done)

    def _edges(self, text: str, follow: _Node) -> list[tuple[_Label, _Node]]:
        slot, colon, symbol = text.partition(":")
        if colon:
            return [((symbol, slot), follow)]
        return [(_Class(text), follow)] if text.isupper() else [(word, follow) for word in text.split("/")]


class Chart:
    """What each symbol may mean from each place of one sentence, worked out once."""

    def __init__(self, grammar: Grammar, sentence: Sentence) -> None:
        self.grammar = grammar
        self.sentence = sentence
        self.farthest = 0  # how many tokens some pattern has covered
        self._found = dict[tuple[str, int], list[tuple[int, Value]]]()

    def readings(self, symbol: str) -> list[Value]:
        """Every meaning under which the symbol covers the whole sentence."""
        end = len(self.sentence.tokens)
        while end and self.sentence.tokens[end - 1] in SEPARATORS:
            end -= 1
        return [value for stop, value in self._spans(symbol, 0) if stop >= end] if end else []

    def _spans(self, symbol: str, at: int) -> list[tuple[int, Value]]:
        key = (symbol, at)
        found = self._found.get(key)
        if found is None:
            leaf = self.grammar.leaves.get(symbol)
            if leaf is not None:
                found = self._found[key] = list(leaf(self.sentence, at))
            else:
                found = self._found[key] = []  # a symbol that begins with itself finds nothing
                met = dict[tuple[int, Value], None]()
                self._walk(self.grammar.starts[symbol], at, {}, met=met)
                found += met
        return found

    def _walk(
        self, state: _State, at: int, slots: dict[str, str], *, met: dict[tuple[int, Value], None]
    ) -> None:
        if not state.opened:
            state.open()
        for make in state.done:
            value = make(slots)
            if value is not None:
                met[at, value] = None
        tokens = self.sentence.tokens
        while True:
            word = tokens[at] if at < len(tokens) else ""
            if word in state.words:
                self.farthest = max(self.farthest, at + 1)
                self._walk(state.words[word], at + 1, slots, met=met)
            if word not in SEPARATORS:
                break
            if state.tight:
                return
            at += 1
        for symbol, name, follow in state.slots:
            for end, value in self._spans(symbol, at):
                self.farthest = max(self.farthest, end)
                if isinstance(value, str):
                    self._walk(follow, end, {**slots, name: value}, met=met)
                else:  # what is unclear in a part is unclear in the whole
                    unclear = dict[tuple[int, Value], None]()
                    self._walk(follow, end, {**slots, name: ""}, met=unclear)
                    met |= {(stop, value): None for stop, _ in unclear}
