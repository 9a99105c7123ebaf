"""Letters and texts of options in a text: one choice, or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from allocentric.answers.strict_outcome import Outcome, missing

_EDGES: Final = " \t\r\n.,;:!?*_`~\"'()[]{}<>$#|\\-=→"
_LEAD: Final = re.compile(
    r"[\s*_`\"'(\[{<>$#|-]*(?:(?:the |my )?(?:option|choice|answer|letter|assistant|选项"
    r"|选)(?![a-z])[\s:*_\"'(\[]*)*",
    re.IGNORECASE,
)
_LETTER_HEAD: Final = re.compile(
    r"(?P<letter>[A-Za-z])(?![A-Za-z'])(?P<sep>[\s*_`\"')\]}>$]*[.):,\-=][\s*_]*"
    r"|[\s*_`\"')\]}>$]*(?=\n|$|\()|\s+(?=is\b|because\b|since\b|as\b|\())"
)
_LIST: Final = re.compile(
    r"[\s*_(\[\"'$]*([A-Z])\b[\s)\]*\"'$]*(?:(?:,|/|&|;|\+|\bor\b|\band\b|\bund\b|\boder\b|\bet\b"
    r"|\bou\b|和|或)[\s(\[*\"'$]*(?:possibly |maybe |perhaps )?([A-Z])\b(?![a-z])[\s)\]*\"'$]*)+"
)
_LISTED: Final = re.compile(r"(?:^|[\n.;,])[\s*(]*([A-Z])[.):]\s")
_TOKEN: Final = re.compile(r"(?<![A-Za-z'\d])([A-Z])(?![A-Za-z'\d])(?!-[a-z])")
_ARTICLE: Final = re.compile(
    r"\s+(?!(?:or|and|is|are|was|because|since|as|seems|would|must|looks|with|und|oder|ist|est|es)\b)[a-z]"
)
_NEGATED: Final = re.compile(
    r"\b(?:not|isn't|neither|nor|rule out|exclude|eliminate|instead of|rather than)[\s(*]*(?:option )?$",
    re.IGNORECASE,
)
_NOT_THERE: Final = re.compile(
    r"\b(?:not|isn't) (?:(?:on|to|in|at|from) )?(?:(?:the|its|your) )?$", re.IGNORECASE
)
_REJECTED: Final = re.compile(
    r"[)\s*]*(?:is|are|can be|seems|would be)(?: also| too| clearly)? (?:wrong|not|incorrect|out\b"
    r"|false|impossible|too|excluded|ruled|eliminated)",
    re.IGNORECASE,
)
_CONCLUDES: Final = re.compile(
    r"(?:\b(?:so|thus|therefore|hence|choose|pick|go with|going with|select|must be|conclude|it is"
    r"|it's|final(?:ly)?)\b|[选选择])[\s*:,(]*(?:it (?:is|must be)|option|answer|the answer is)?[\s*:,(]*$",
    re.IGNORECASE,
)
_ARTICLES: Final = re.compile(r"^(?:the|an?|to the|on the|in the|its?|it is|it's|at the)\s+")
_GAP: Final = re.compile(r"[\s\-_]+")


@dataclass(frozen=True, slots=True)
class Options:
    """Options prepared for reading: by their texts, and by the words that only one of them has."""

    letters: str
    exact: dict[str, str]
    found: re.Pattern[str] | None
    words: dict[str, str]
    starts: re.Pattern[str] | None


def tidy(text: str) -> str:
    """A text without marks at its edges, in small letters, its gaps single spaces; without an article.

    >>> tidy(" **The  Front-left.** ")
    'front left'
    """
    return _ARTICLES.sub("", _GAP.sub(" ", text.strip(_EDGES).lower()).strip(_EDGES))


@lru_cache(maxsize=1024)
def prepared(options: tuple[str, ...]) -> Options:
    """Options made ready, once for each set of them."""
    letters = "".join(chr(ord("A") + row) for row in range(min(len(options), 26)))
    exact, words, twice = dict[str, str](), dict[str, str](), set[str]()
    for letter, option in zip(letters, options, strict=False):
        text = tidy(option)
        if text:
            twice |= {text} if text in exact else set()
            exact.setdefault(text, letter)
            for word in set(re.findall(r"[^\W\d_]{3,}", text)):
                twice |= {word} if word in words else set()
                words[word] = letter
            number = re.match(r"-?\d+(?:\.\d+)?(?= \D)", text)
            if number:
                words[number[0]] = letter
    for text in twice:
        words.pop(text, None)
    spelled = sorted(exact, key=len, reverse=True)
    alternatives = "|".join(
        _GAP.sub(r"[\\s\\-_]+", re.escape(text).replace(r"\ ", " ").replace(r"\-", " ")) for text in spelled
    )
    found = (
        re.compile(rf"(?<![A-Za-z\d])(?:{alternatives})(?![A-Za-z\d])(?!-[a-z])", re.IGNORECASE)
        if spelled
        else None
    )
    starts = (
        re.compile(rf"(?:(?:the|an?|to the)\s+)?({alternatives})(?![A-Za-z\d-])", re.IGNORECASE)
        if spelled
        else None
    )
    return Options(letters, exact, found, words, starts)


def quick_choice(text: str, options: Options) -> str | None:
    """The letter where a short text is nothing but a letter or an option; None where a closer look is due."""
    bare = text.strip(_EDGES)
    if len(bare) == 1:
        letter = bare.upper()
        return letter if letter in options.letters else None
    return options.exact.get(tidy(bare)) if len(bare) < 80 else None


def choice_in(text: str, options: Options, *, block: bool) -> Outcome:
    """The one option that a text names, by letter, text or both; `disagree` where it names several."""
    if (quick := quick_choice(text, options)) is not None:
        return quick, None, 0, len(text)
    head = _LEAD.match(text)
    at = head.end() if head else 0
    if found := _by_list(text, at):
        return found
    if found := _by_head(text, at, options, block=block):
        return found
    letter = _by_letter(text, options)
    if letter[0] is not None or letter[1] == "disagree":
        return letter
    named = _by_text(text, options, block)
    return letter if letter[1] == "not_an_option" and named[0] is None else named


def _by_list(text: str, at: int) -> Outcome | None:
    mark = _LIST.match(text, at)
    if (
        mark
        and len(set(re.findall(r"\b[A-Z]\b", mark[0]))) > 1
        and text[mark.end() : mark.end() + 6].strip(_EDGES)[:4] not in ("seem", "look", "are ")
    ):
        return missing("disagree")
    return None


def _by_head(text: str, at: int, options: Options, *, block: bool) -> Outcome | None:
    """The letter that a text begins with, held against the option text behind it."""
    mark = _LETTER_HEAD.match(text, at)
    if mark is None or (
        mark["letter"].islower() and not (block or at or mark["sep"].strip() or len(text) < 4)
    ):
        return None
    letter, rest = mark["letter"].upper(), text[mark.end() :]
    if _REJECTED.match(text, mark.end("letter")):
        return None
    alone = not mark["sep"].strip(" \t")
    if letter in options.letters and options.starts and not alone:
        named = options.starts.match(rest.lstrip(" *_\"'(-"))
        if named and options.exact[tidy(named[1])] != letter:
            return missing("disagree")
        if len(set(_LISTED.findall(text))) > 1:
            return None
    if letter in options.letters or not options.letters:
        return letter, None, mark.start(), mark.end()
    return missing("not_an_option") if block or not rest.strip() or not alone else None


def _by_letter(text: str, options: Options) -> Outcome:
    """The letter that is left when articles, pronouns and rejected letters are set aside."""
    marks = [mark for mark in _TOKEN.finditer(text) if _is_letter(text, mark)]
    inside = [mark for mark in marks if mark[1] in options.letters or not options.letters]
    if not inside:
        lone = marks and len(text.strip(_EDGES)) < 12
        return missing("not_an_option" if lone else "no_answer")
    kept = [mark for mark in inside if not _is_rejected(text, mark)]
    if not kept:
        return missing("no_answer")
    if len({mark[1] for mark in kept}) > 1:
        concluded = [
            mark for mark in kept if _CONCLUDES.search(text, max(0, mark.start() - 60), mark.start())
        ]
        if not concluded:
            return missing("disagree")
        kept = concluded[-1:]
    return kept[-1][1], None, kept[-1].start(1), kept[-1].end(1)


def _is_letter(text: str, mark: re.Match[str]) -> bool:
    if mark[1] == "A":
        return not _ARTICLE.match(text, mark.end())
    return mark[1] != "I" or not re.match(r"\s+[a-z]", text[mark.end() : mark.end() + 3])


def _is_rejected(text: str, mark: re.Match[str]) -> bool:
    return bool(
        _NEGATED.search(text, max(0, mark.start() - 24), mark.start()) or _REJECTED.match(text, mark.end())
    )


def _by_text(text: str, options: Options, block: bool) -> Outcome:
    """The one option whose text is found; or, in a short text, whose own word is."""
    if options.found is None:
        return missing("no_answer")
    marks = list(options.found.finditer(text))
    marks = [
        mark for mark in marks if not _NOT_THERE.search(text, max(0, mark.start() - 24), mark.start())
    ] or marks
    letters = {options.exact[tidy(mark[0])] for mark in marks}
    if len(letters) > 1 and (told := _ended_with(text, marks) or _of_compared(text, marks)):
        marks, letters = told, {options.exact[tidy(mark[0])] for mark in told}
    if len(letters) == 1:
        return letters.pop(), None, marks[-1].start(), marks[-1].end()
    if letters:
        return missing("disagree")
    if block or len(text) < 60:
        own = [
            options.words[word]
            for word in re.findall(r"[^\W\d_]{3,}|-?\d+(?:\.\d+)?", text.lower())
            if word in options.words
        ]
        if len(set(own)) == 1 and len(text.split()) <= 4:
            return own[0], None, 0, len(text)
    numbers = (
        len(text) < 24
        and bool(re.search(r"\d", text))
        and all(re.search(r"\d", each) for each in options.exact)
    )
    return missing("not_an_option" if numbers or (block and text.strip()) else "no_answer")


_SO: Final = re.compile(
    r"\b(?:so|thus|therefore|hence)\b[\s*:,]*(?:it(?:'s| is| must be) )?(?:the |an? )?[\s*\"']*$",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"(?:^|[.!?\n]\s*)(?:between|of|among|out of)\b[^.,!?\n]{1,120},", re.IGNORECASE
)


def _ended_with(text: str, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The last option named where the text ends with it as a conclusion: "..., so the lamp."."""
    last = marks[-1]
    ends = not text[last.end() :].strip(_EDGES)
    return [last] if ends and _SO.search(text, max(0, last.start() - 40), last.start()) else []


def _of_compared(text: str, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The options named outside of "between the sofa and the lamp,"; none where there is no such list."""
    lists = [found.span() for found in _COMPARED.finditer(text)]
    if not lists:
        return []
    return [mark for mark in marks if not any(start <= mark.start() < end for start, end in lists)]


_SPLIT: Final = re.compile(r"[^A-Za-z]+")
_SEVERAL: Final = re.compile(
    r"(?:[A-Z]\b[\s,;/&+.()\[\]\"'和与]*(?:and|und|et|y)?[\s,;/&+.()\[\]\"']*)+", re.ASCII
)


def choices_in(text: str, options: Options) -> Outcome:
    """All options that a text names, by letters or by their texts, in order of their letters."""
    bare = text.strip(_EDGES)
    if bare.isascii() and bare.isupper() and bare.isalpha() and len(set(bare)) == len(bare):
        return _lettered(bare, options, (0, len(text)))
    words = [
        word
        for word in _SPLIT.split(bare)
        if word and word.lower() not in ("and", "or", "und", "option", "options")
    ]
    if words and all(len(word) == 1 and word.isupper() for word in words):
        return _lettered("".join(words), options, (0, len(text)))
    marks = [
        mark for mark in _TOKEN.finditer(text) if _is_letter(text, mark) and not _is_rejected(text, mark)
    ]
    if marks:
        return _lettered("".join(mark[1] for mark in marks), options, (marks[0].start(), marks[-1].end()))
    named = list(options.found.finditer(text)) if options.found else []
    if named:
        letters = "".join(options.exact[tidy(mark[0])] for mark in named)
        return _lettered(letters, options, (named[0].start(), named[-1].end()))
    return missing("no_answer")


def _lettered(letters: str, options: Options, span: tuple[int, int]) -> Outcome:
    if options.letters and not set(letters) <= set(options.letters):
        return missing("not_an_option")
    return tuple(sorted(set(letters))), None, *span


def letters_of(options: Sequence[str]) -> Options:
    """Options made ready from any sequence of texts."""
    return prepared(tuple(options))
