"""A question in plain form: without courtesies, with its unit and geometry set aside, as tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from allocentric.query.grammar import Sentence
from allocentric.words import UNITS


@dataclass(frozen=True, slots=True)
class Plain:
    """The tokens of a question, and what was said beside them."""

    sentence: Sentence
    geometries: tuple[str, ...] = ()  # of every distance in it; none: as the language has it


def _lines(text: str) -> str:
    """The lines of a text as alternatives."""
    return "(?:" + "|".join(line.strip() for line in text.strip().splitlines()) + ")"


_UNIT_NAMES: Final = "|".join(sorted((re.escape(name) for name in UNITS), key=len, reverse=True))

_SAID_OF_IT: Final = "(?:the|my|our|on|in|under|between|closest|nearest|farthest|furthest)"

# What is written together, marks that mean the same, contractions.
_SPELLING: Final = tuple(
    (re.compile(pattern, re.I), instead)
    for pattern, instead in (
        (r"[‘’´`]", "'"),
        (r"[“”«»]", '"'),
        (r"\s+[-–—]+\s+|[–—]", ", "),
        (r"\((s|es)\)", r"\1"),
        (r"(?<!\w)'([^']+)'(?!\w)", r'"\1"'),
        (r"\b(what|where|who|which|how|that|there|it|here|one)'s\b", r"\1 is"),
        (r"\bhow (\w+)'s\b", r"how \1 is"),
        (rf"\b(what|which) (\w+)'s (?={_SAID_OF_IT}\b)", r"\1 \2 is "),
        (r"(?<=,) (?:please )?(?:tell|show) me (?:whether|if)\b", ""),
        (r"\b(i)'m\b", r"\1 am"),
        (r"\b(you|we|they|there)'re\b", r"\1 are"),
        (r"\b(i|you|we|they)'d\b", r"\1 would"),
        (r"\b(i|you|we|they)'ll\b", r"\1 will"),
        (r"\b(i|you|we|they)'ve\b", r"\1 have"),
        (r"\b(is|are|does|do|was|were|would|could)n't\b", r"\1 not"),
        (r"'s\b", " 's "),
        (r"\b(left|right)-(hand|side)\b", r"\1 \2"),
        (r"\b(front|back|rear|forward|behind|ahead)[- /](left|right)\b", r"\1-\2"),
        (r"\b(north|south)[- ](east|west)(?:ern)?\b", r"\1\2"),
        (r"\b(point|cent(?:re|er)|surface|edge|closest|middle|nearest)-(?=(?:of|to|point)\b)", r"\1 "),
        (r"(?<=\bto|\bof)-", " "),
        (r"\bstraight-(line|ahead)\b", r"straight \1"),
        (r"\s+(?:number|no\.|nr\.?)\s+(?=\d)|\s*#\s*(?=\d)", " "),
        (r"(?<=\d)\s*(°|deg\b)", " degrees"),
        (r"(?<=\d)(?=(?:m|cm|mm|km|ft|in|yd|m2|m²|m3|m³|l)\b)", " "),
        (r"\b(the|a|an)(?: \1\b)+", r"\1"),
    )
)

# Notes that stand beside a question and change nothing: those of the released VSI-Bench.
_NOTE: Final = re.compile(
    _lines(r"""
    the directions refer to the quadrants of a cartesian plane\W+if i am standing at the origin.*y-axis\W*
    an object is to my back if i would have to turn at least 135 degrees in order to face it\W*
    if multiple rooms are shown\W+estimate the size of the combined space\W*
    if there are multiple instances of an object category\W+measure to the closest\W*
    \(length, width,? or height\)
    """),
    re.I,
)

_EACH: Final = (
    r"of (?:(?:each|the|both|these|those)(?: two| of the)? (?:object|thing|item)s?|the two|each|both)"
)
_MEASURED: Final = r"(?:(?:when |if )?(?:you |we |i )?measur(?:ed|ing|e) )?"
_MIDDLE: Final = r"(?:cent(?:re|er)s?(?: points?)?|middles?|midpoints?|centroids?)\b"
_POINT: Final = r"(?:surface|edge|closest point|nearest point)"
_FLOOR: Final = "(?:floor|ground)"

# What is said of the geometry of a distance, and what is left in its place.
_GEOMETRIES: Final = tuple(
    (geometry, re.compile(rf"[(,]?\s*\b(?:{pattern})(?:(?<!\w)|(?!\w))\)?", re.I), f" {instead}")
    for geometry, pattern, instead in (
        (
            "surface",
            rf"{_MEASURED}(?:from|between|at|to|using|by) (?:the|their) (?:closest|nearest) points?"
            rf"(?: {_EACH}| to each other)?(?!\s+(?:of|on|to)\b)",
            "",
        ),
        (
            "surface",
            rf"{_MEASURED}(?:from|between|at|to) (?:the|their) points "
            r"(?:that are |lying )?(?:closest|nearest) to each other",
            "",
        ),
        ("surface", r"(?:the )?(?:closest|nearest) points (?:of|on|between) (?=\w)", ""),
        ("surface", rf"{_MEASURED}(?:from )?{_POINT} to {_POINT}", ""),
        (
            "surface",
            r"^at (?:the|their) (?:closest|nearest)(?: points?)?\b"
            r"|as the crow flies|in a straight line|at (?:the|their) (?:closest|nearest)(?: points?)?$",
            "",
        ),
        (
            "floor",
            rf"(?:seen|viewed) from above|(?<=apart )on the {_FLOOR}|(?<=distance )on the {_FLOOR}",
            "",
        ),
        (
            "centre",
            rf"{_MEASURED}(?:from )?(?:the(?:ir)? )?{_MIDDLE} to (?:the(?:ir)? )?{_MIDDLE}(?! of)",
            "",
        ),
        (
            "centre",
            rf"{_MEASURED}(?:between|from|at|by|using|with|to|taking) (?:the(?:ir)? |object )?{_MIDDLE}"
            rf"(?: {_EACH})?(?! of)",
            "",
        ),
        ("centre", r"(?:the )?(?:cent(?:re|er)s|middles|midpoints|cent(?:re|er) points|centroids) of ", ""),
        ("floor", rf"{_MEASURED}(?:along|across|over) the {_FLOOR}(?: plane?)?", ""),
        ("floor", rf"{_MEASURED}(?:on|in) the {_FLOOR} plane?", ""),
        (
            "floor",
            _MEASURED
            + _lines(r"""
            on (?:the|a) plan
            in (?:the )?plan(?: view)?
            on (?:a|the) map
            in 2d
            horizontally
            in the horizontal plane
            from above
            top[- ]down
            """),
            "",
        ),
        ("floor", r"(?:ignoring|disregarding|without) (?:the |their |any )?(?:difference in )?heights?", ""),
        ("floor", r"(?:horizontal|floor|ground|footprint|planar|2d) (?=distance|gap|separation)", ""),
        ("floor", r"(?:between|of) (?:the|their) footprints(?: of)? ", "between "),
        ("floor", r"(?:the )?footprints of (?=.* and )", ""),
        ("centre", r"by cent(?:re|er) distance|cent(?:re|er) (?=distance)", ""),
    )
)
_ONE_MIDDLE: Final = re.compile(r"\b(?:the )?(?:cent(?:re|er)|middle|midpoint|centroid) of (?:the )?", re.I)
_OWN_MIDDLE: Final = re.compile(r"\s*'s\s+(?:cent(?:re|er)|middle|midpoint)\b", re.I)

_ADVERBS: Final = re.compile(
    r"\b"
    + _lines(r"""
    would you say
    do you (?:think|reckon)
    approximately|roughly|precisely
    actually|really|simply|kindly|physically
    right now|at the moment|currently|now
    exactly(?= (?:how|what|where|which))
    (?<=how far )exactly|(?<=what )exactly|(?<=where )exactly
    """)
    + r"\b",
    re.I,
)
_UNIT: Final = re.compile(
    rf"[(,]?\s*\b(?:(?:as |when )?(?:measured|expressed|given|stated|reported) )?"
    rf"in (?:a number of |number of |units of |whole )?({_UNIT_NAMES})(?![\w²³])\)?",
    re.I,
)
_HOW_MANY: Final = re.compile(rf"\bhow many (?:whole )?({_UNIT_NAMES})(?![\w²³])", re.I)
_ROUNDED: Final = re.compile(
    rf"[(,]?\s*\b(?:rounded )?to (?:the nearest ({_UNIT_NAMES}|whole number|integer|tenth)"
    rf"|(?:one|two|1|2) decimals?(?: places?)?)(?: of a (?:{_UNIT_NAMES}))?\)?(?=\W*$)",
    re.I,
)
_HERE: Final = re.compile(
    r"\b(?:in|within|inside) (?:the|this|that|our|my) (?:whole |entire )?(?:room|scene|apartment|flat|house"
    r"|home|video|scan|place|space|environment|picture|image|photo|footage|clip)\b(?!\s*\d)"
    r"|\b(?:in |around |over )?here\b",
    re.I,
)

_VERB: Final = _lines(r"""
(?:tell|show|give|inform) (?:me|us)(?: about)?|(?:give|show)(?= the\b)|explain|let (?:me|us) know
find out|figure out|work out|point out|find|get
determine|calculate|compute|measure(?! from| between)|estimate
report|state|say|identify|check|name|list|indicate|specify|provide|output|return|verify|confirm
help me (?:find|figure out|work out|understand)|see(?= (?:if|whether|how|what))
""")
_SOFTLY: Final = "(?:please|kindly|maybe|perhaps|possibly|just|quickly)"
_ASKED: Final = _lines(rf"""
(?:hey|hi|hello|ok|okay|so|well|um+|uh+|hm+|oh|yo)(?: there)?(?=[\s,.!:])
(?:listen|alright|right|now|and|also|sorry|⌂)(?=[\s,.!:])
(?:please|excuse me|thanks|good morning|quick question|question|robot|assistant)(?=[\s,.!:])
(?:can|could|would|will) (?:you|we|i|anyone|someone|somebody)(?: {_SOFTLY})* {_VERB}
(?:can|could|would|will) you(?: {_SOFTLY})*(?= (?:count|sort|order|rank|arrange|guide|lead|pick|choose)\b)
(?:can|could|would|will) you(?: {_SOFTLY})*(?= navigate\b)
{_VERB}
(?:would|do) you mind (?:telling|showing|giving) (?:me|us)
(?:have you )?(?:got )?any (?:idea|clue|chance you (?:can|could) tell me)
(?:do|does|would) (?:you|anyone|anybody|somebody|someone)(?: happen to)? know
(?:have you |do you have )?any (?:idea|clue)
i(?: would| do| really| just)* (?:like|want|need|love) to (?:know|find out|understand|learn|ask|see)
(?:i|we) (?:want|need)(?= (?:the|a) )
i (?:was |am )?wonder(?:ing)?
i am (?:curious(?: to know| about)?|trying to (?:find|figure|work) out)
(?:my|the) question is|what i (?:want|need) to know is
is it (?:true|correct|right|the case|so)(?: that|, to say that)?
true or false|yes or no|am i right (?:that|in thinking that|to say that)
(?:would|could) you say(?: that)?|do you think(?: that)?
whether(?: or not)?
if(?= (?:the|there|a|an|any|both|either|all|every)\b)(?! (?:the|an?) (?:observer|person|viewer|robot)\b)
""")
_PREFIX: Final = re.compile(rf"\s*{_ASKED}(?=[\s,.:!]|$)[\s,.:!]*", re.I)
_SUFFIX: Final = re.compile(
    r"[\s,.?!]*\b"
    + _lines(r"""
    please|thanks(?: a lot)?|thank you|for me
    is that (?:right|correct|so|true)|(?<=, )correct
    or not|do you know|can you tell(?: me)?|i wonder|would you say|do you think|if you can
    by the way|in your opinion|then|again|approximately|roughly|exactly
    """)
    + r"[\s.?!]*$",
    re.I,
)
_OPTIONS: Final = re.compile(r"[\s:;,(]+\(?([A-F])[.):]\)?\s+")
_TRAILING: Final = re.compile(r"[\s,;.?]+(?:or|and)?[\s,;.?]*$")
_TOKEN: Final = re.compile(
    r'"[^"\\]*"|\d+(?:\.\d+)?(?![\w²³])|\'s|[^\W_][\w²³^-]*(?:\'\w+)?|_\w+|[.,:;?!()\[\]]+|\S'
)


def plain_question(question: str, options: Sequence[str] = ()) -> Plain:
    """The question as tokens, with its unit, geometry and options set aside."""
    text = " ".join(question.split())
    for pattern, instead in _SPELLING:
        text = pattern.sub(instead, text)
    text, listed = _without_options(_NOTE.sub(" ", text))
    text, unit = _without_unit(_without_courtesy(text))
    text, geometries = _without_geometry(text)
    text = _without_courtesy(_ADVERBS.sub(" ", _HERE.sub(" ⌂ ", text)))
    typed = tuple("," if each[0] in ".,:;?!()[]" else each for each in _TOKEN.findall(text))
    offered = tuple(_option(each) for each in (options or listed))
    sentence = Sentence(tuple(each.lower() for each in typed), typed, offered, unit)
    return Plain(sentence, geometries)


def _without_options(text: str) -> tuple[str, list[str]]:
    """The text without the lettered options at its end, and these."""
    parts = _OPTIONS.split(text)
    letters, options = "".join(parts[1::2]), [_TRAILING.sub("", f"{each} ") for each in parts[2::2]]
    return (parts[0], options) if len(options) > 1 and "ABCDEF".startswith(letters) else (text, [])


def _option(text: str) -> str:
    """An option without its letter: "A. front-left" is "front-left"."""
    return re.sub(r"^\s*\(?[A-Za-z][.):]\s*", "", text).strip().rstrip(".")


def _without_courtesy(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _SUFFIX.sub("", _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text)
    return text


def _without_unit(text: str) -> tuple[str, str | None]:
    """The text without the unit that it asks for; "how many metres" becomes one word."""
    units = list[str]()

    def counted(found: re.Match[str]) -> str:
        units.append(found[1].lower())
        return f"how-many-{UNITS[units[-1]].kind}"

    def named(found: re.Match[str]) -> str:
        if found[1] and found[1].lower() in UNITS:
            units.append(found[1].lower())
        return " "

    text = _ROUNDED.sub(named, _UNIT.sub(named, _HOW_MANY.sub(counted, text)))
    return text, units[0] if units else None


def _without_geometry(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what it says of the geometry of its distances, and the geometries named."""
    met = dict[str, None]()
    for geometry, pattern, instead in _GEOMETRIES:
        text, count = pattern.subn(instead, text)
        met |= {geometry: None} if count else {}
    if len(_ONE_MIDDLE.findall(text)) == 2:  # of one thing and of the other; of one alone it stays, unread
        text = _ONE_MIDDLE.sub("the ", text)
        met["centre"] = None
    if len(_OWN_MIDDLE.findall(text)) == 2:
        text = _OWN_MIDDLE.sub("", text)
        met["centre"] = None
    return text, tuple(met)
