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
    geometry: str | None = None  # of every distance in it; None: as the language has it
    mixed: bool = False  # it names two geometries at once


def _alternatives(*texts: str) -> str:
    return "|".join(" ".join(each.split()) for text in texts for each in text.strip().splitlines())


_NAMES: Final = "|".join(sorted((re.escape(name) for name in UNITS), key=len, reverse=True))
_THING: Final = r"(?:object|thing|item)s?"

# Spelling: what is written together, marks that mean the same, contractions.
_SPELLING: Final = (
    (r"[‘’´`]", "'"),
    (r"[“”«»]", '"'),
    (r"\s+[-–—]+\s+|[–—]", ", "),
    (r"\((s|es)\)", r"\1"),
    (r"(?<!\w)'([^']+)'(?!\w)", r'"\1"'),
    (r"\b(what|where|who|which|how|that|there|it|here|one)'s\b", r"\1 is"),
    (r"\b(i)'m\b", r"\1 am"),
    (r"\b(you|we|they|there)'re\b", r"\1 are"),
    (r"\b(i|you|we|they)'d\b", r"\1 would"),
    (r"\b(i|you|we|they)'ll\b", r"\1 will"),
    (r"\b(i|you|we|they)'ve\b", r"\1 have"),
    (r"\b(is|are|does|do|was|were|would|could)n't\b", r"\1 not"),
    (r"\blet's\b", "let us"),
    (r"'s\b", " 's "),
    (r"\b(left|right)-(hand|side)\b", r"\1 \2"),
    (r"\b(front|back|rear|forward|behind|ahead)[- /](left|right)\b", r"\1-\2"),
    (r"\b(north|south)[- ](east|west)(?:ern)?\b", r"\1\2"),
    (
        r"\b(point|cent(?:re|er)|surface|edge|closest|middle|nearest)-(?=(?:of|to|point)\b)|(?<=to|of)-",
        r"\1 ",
    ),
    (r"\b(straight)-(line|ahead)\b", r"\1 \2"),
    (r"\b(object|thing|chair|table|item)(?:\s+(?:number|no\.?|nr\.?)\s+|\s*#\s*)(\d+)", r"\1 \2"),
    (r"\s+(?:number|no\.|nr\.?)\s+(?=\d)|\s*#\s*(?=\d)", " "),
    (r"(?<=\d)\s*(°|deg\b)", " degrees"),
    (rf"(?<=\d)(?=(?:m|cm|mm|km|ft|in|yd|m2|m²|m3|m³|l)\b)", " "),
    (r"\b(the|a|an)(?: \1\b)+", r"\1"),
)

# Notes that stand beside a question and change nothing.
_NOTES: Final = (
    r"the directions refer to the quadrants of a cartesian plane\W+if i am standing at the origin "
    r"and facing along the positive y-axis\W*",
    r"an object is to my back if i would have to turn at least 135 degrees in order to face it\W*",
    r"if multiple rooms are shown\W+estimate the size of the combined space\W*",
    r"if there are multiple instances of an object category\W+measure to the closest\W*",
    r"\(length, width,? or height\)",
)

_SUM: Final = (
    r"of (?:each|the|both|these|those)(?: two| of the)? " + _THING,
    r"of the two",
    r"of each",
    "of both",
)
_OF: Final = "(?:" + "|".join(_SUM) + ")"
_MEASURED: Final = r"(?:(?:when |if )?(?:you |we |i )?measur(?:ed|ing|e) )?"
_CENTRE: Final = r"(?:cent(?:re|er)s?(?: points?)?|middles?|midpoints?|centroids?)\b"

# What a distance is between, said beside it: the geometry, and what is left in its place.
_GEOMETRIES: Final = (
    (
        "surface",
        rf"{_MEASURED}(?:from|between|at|to|using|by) (?:the|their) (?:closest|nearest) points?(?: {_OF}| to each other)?(?!\s+(?:of|on|to)\b)",
        "",
    ),
    ("surface", rf"(?:the )?(?:closest|nearest) points (?:of|on|between) (?={{names}})", ""),
    (
        "surface",
        rf"{_MEASURED}(?:from )?(?:surface|edge|closest point|nearest point) to (?:surface|edge|closest point|nearest point)",
        "",
    ),
    ("floor", r"(?:seen|viewed) from above|(?<=apart )on the (?:floor|ground)", ""),
    (
        "surface",
        r"as the crow flies|in a straight line|at (?:the|their) (?:closest|nearest)(?: points?)?$",
        "",
    ),
    ("centre", rf"{_MEASURED}(?:from )?(?:the(?:ir)? )?{_CENTRE} to (?:the(?:ir)? )?{_CENTRE}(?! of)", ""),
    (
        "centre",
        rf"{_MEASURED}(?:between|from|at|by|using|with|to|taking) (?:the(?:ir)? |object )?{_CENTRE}(?: {_OF})?(?! of)",
        "",
    ),
    ("centre", rf"(?:the )?(?:cent(?:re|er)s|middles|midpoints|cent(?:re|er) points|centroids) of ", ""),
    (
        "floor",
        rf"{_MEASURED}(?:along|across|over) the (?:floor|ground)(?: plane?)?|{_MEASURED}(?:on|in) the (?:floor|ground) plane?",
        "",
    ),
    (
        "floor",
        rf"{_MEASURED}(?:on (?:the|a) plan|in (?:the )?plan(?: view)?|on (?:a|the) map|in 2d|horizontally|in the horizontal plane|from above|top[- ]down)",
        "",
    ),
    (
        "floor",
        r"(?:ignoring|disregarding|not counting|without) (?:the |their |any )?(?:difference in )?heights?(?: differences?)?",
        "",
    ),
    ("floor", r"(?<=distance )on the (?:floor|ground)", ""),
    ("floor", r"(?:horizontal|floor|ground|footprint|planar|2d) (?=distance|gap|separation)", ""),
    ("floor", r"(?:between|of) (?:the|their) footprints(?: of)? ", "between "),
    ("floor", r"(?:the )?footprints of (?=.* and )", ""),
    ("centre", r"cent(?:re|er) (?=distance)", ""),
    ("centre", r"by cent(?:re|er) distance", ""),
)
_ONE_CENTRE: Final = re.compile(rf"\b(?:the )?(?:cent(?:re|er)|middle|midpoint|centroid) of ", re.I)


def _compiled(rows: Sequence[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.I), instead) for pattern, instead in rows)


_SPELL: Final = _compiled(_SPELLING)
_NOTE: Final = re.compile("|".join(_NOTES), re.I)
_ADVERBS: Final = re.compile(
    r"\b(?:would you say|do you (?:think|reckon)|approximately|roughly|actually|currently|right now|at the moment|really|simply|kindly|physically|precisely"
    r"|now|exactly(?= (?:how|what|where|which))|(?<=how far )exactly|(?<=what )exactly|(?<=where )exactly)\b",
    re.I,
)
_UNIT: Final = re.compile(
    rf"[(,]?\s*\b(?:(?:as |when )?(?:measured|expressed|given|stated|reported) )?"
    rf"in (?:a number of |number of |units of |whole )?({_NAMES})(?![\w²³])\)?",
    re.I,
)
_HOW_MANY: Final = re.compile(rf"\bhow many (?:whole )?({_NAMES})(?![\w²³])", re.I)
_ROUNDED: Final = re.compile(
    rf"[(,]?\s*\b(?:rounded )?to (?:the nearest ({_NAMES}|whole number|integer|tenth)|(?:one|two|1|2) decimals?(?: places?)?)"
    rf"(?: of a (?:{_NAMES}))?\)?(?=\W*$)",
    re.I,
)
_HERE: Final = re.compile(
    r"\b(?:in|within|inside) (?:the|this|that|our|my) (?:whole |entire )?(?:room|scene|apartment|flat|house|home|video"
    r"|scan|place|space|environment|picture|image|photo|footage|clip)\b(?!\s*\d)|\b(?:in |around |over )?here\b",
    re.I,
)

_VERBS: Final = (
    r"(?:tell|show|give|inform) (?:me|us)(?: about)?|give(?= the\b)|let (?:me|us) know|find out|figure out|work out|determine|calculate"
    r"|compute|measure(?! from| between)|estimate|report|state|say|identify|check|name|list|indicate|specify|provide|output|return|get"
    r"|find|verify|confirm|point out|help me (?:find|figure out|work out|understand)|see(?= (?:if|whether|how|what))"
)
_PREFIX: Final = re.compile(
    rf"""\s*(?:
      (?:hey|hi|hello|ok|okay|so|well|um+|uh+|hm+|please|excuse\ me|quick\ question|question|alright|sorry|and|also
        |oh|yo|good\ morning|listen|right|now|robot|assistant|thanks|⌂)(?:\ there)?(?=[\s,.!:])
      |(?:can|could|would|will)\ (?:you|we|i|anyone|someone|somebody)(?:\ please|\ kindly|\ maybe|\ perhaps|\ possibly)?
        (?:\ just|\ quickly)?\ (?:{_VERBS.replace(" ", chr(92) + " ")})
      |(?:can|could|would|will)\ you(?:\ please)?(?=\ (?:count|sort|order|rank|arrange|navigate|guide|lead|pick|choose)\b)
      |(?:{_VERBS.replace(" ", chr(92) + " ")})
      |(?:do|does|would)\ (?:you|anyone|anybody|somebody|someone)(?:\ happen\ to)?\ know
      |(?:have\ you\ |do\ you\ have\ )?any\ (?:idea|clue)
      |i(?:\ would|\ do|\ really|\ just)*\ (?:like|want|need|love)\ to\ (?:know|find\ out|understand|figure\ out|learn|ask|see)
      |(?:i|we)\ (?:want|need)(?=\ (?:the|a)\ )
      |i\ (?:was\ |am\ )?wonder(?:ing)?
      |i\ am\ (?:curious(?:\ to\ know|\ about)?|trying\ to\ (?:find|figure|work)\ out)
      |(?:my|the)\ question\ is|what\ i\ (?:want|need)\ to\ know\ is
      |is\ it\ (?:true|correct|right|the\ case|so)(?:\ that|\ to\ say\ that)?
      |true\ or\ false|yes\ or\ no|am\ i\ right\ (?:that|in\ thinking\ that|to\ say\ that)
      |(?:would|could)\ you\ say(?:\ that)?|do\ you\ think(?:\ that)?
      |whether(?:\ or\ not)?
      |if(?=\ (?:the|there|a|an|any|both|either|all|every|more)\b)(?!\ (?:the|an?)\ (?:observer|person|viewer|robot)\b)
    )(?=[\s,.:!]|$)[\s,.:!]*""",
    re.I | re.X,
)
_SUFFIX: Final = re.compile(
    r"[\s,.?!]*\b(?:please|thanks(?: a lot)?|thank you|or not|do you know|can you tell(?: me)?|i wonder|would you say"
    r"|by the way|for me|approximately|roughly|exactly|in your opinion|then|again|if you can|do you think)[\s.?!]*$",
    re.I,
)
_TOKEN: Final = re.compile(
    r'"[^"]*"|\d+(?:\.\d+)?(?![\w²³])|\'s|[^\W_][\w²³^-]*(?:\'\w+)?|_\w+|[.,:;?!()\[\]]+|\S'
)
_BREAK: Final = frozenset(".,:;?!()[]")


def plain_question(question: str, options: Sequence[str] = ()) -> Plain:
    """The question as tokens, with its unit, geometry and options set aside."""
    text = " ".join(question.split())
    for pattern, instead in _SPELL:
        text = pattern.sub(instead, text)
    text = _NOTE.sub(" ", text)
    text, listed = _without_options(text)
    text = _without_courtesy(text)
    text, unit = _without_unit(text)
    text, geometries = _without_geometry(text)
    text = _ADVERBS.sub(" ", _HERE.sub(" ⌂ ", text))
    text = _without_courtesy(text)
    typed = tuple("," if each[0] in _BREAK else each for each in _TOKEN.findall(text))
    tokens = tuple(each.lower() for each in typed)
    sentence = Sentence(tokens, typed, tuple(_option(each) for each in (options or listed)), unit)
    return Plain(sentence, next(iter(geometries), None), len(geometries) > 1)


def _without_options(text: str) -> tuple[str, list[str]]:
    """The text without the lettered options at its end, and these."""
    listed = re.split(r"[\s:;,(]+\(?([A-F])[.):]\)?\s+", text)
    letters, options = (
        listed[1::2],
        [re.sub(r"[\s,;.?]+(?:or|and)?[\s,;.?]*$", "", f"{each} ") for each in listed[2::2]],
    )
    if len(options) < 2 or letters != list("ABCDEF"[: len(letters)]):
        return text, []
    return listed[0], options


def _option(text: str) -> str:
    """An option without its letter: "A. front-left" is "front-left"."""
    return re.sub(r"^\s*\(?[A-Za-z][.):]\s*", "", text).strip().rstrip(".")


def _without_courtesy(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = _SUFFIX.sub("", _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text)
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

    text = _UNIT.sub(named, _HOW_MANY.sub(counted, text))
    text = _ROUNDED.sub(named, text)
    return text, units[0] if units else None


def _without_geometry(text: str) -> tuple[str, list[str]]:
    """The text without what it says of the geometry of its distances, and the geometries named."""
    met = list[str]()
    for geometry, pattern, instead in _GEOMETRY:
        text, count = pattern.subn(instead, text)
        if count and geometry not in met:
            met.append(geometry)
    if len(_ONE_CENTRE.findall(text)) == 2:
        text = _ONE_CENTRE.sub("the ", text).replace("the the", "the")
        met = list(dict.fromkeys([*met, "centre"]))
    return text, met


_GEOMETRY: Final = tuple(
    (
        geometry,
        re.compile(r"[(,]?\s*\b(?:" + pattern.replace("{names}", r"\w") + r")\)?", re.I),
        f" {instead}",
    )
    for geometry, pattern, instead in _GEOMETRIES
)
