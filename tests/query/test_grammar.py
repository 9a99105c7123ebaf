"""Patterns, and every way in which they cover a sentence."""

import pytest

from allocentric.query.grammar import Chart, Grammar, Sentence, Unclear, compile_grammar, read_rules

RULES = """
# What is asked.
[ASK]
how far ( away )? is/lies a:THING FROM b:THING
    = far($a, $b)
is a:THING ( or b:THING )?
    = @seen
what of a:THING
    = ! it is open; one($a); two($a)

[THING]
the? n:NOUN
    = $n
"""
NOUNS = ("sofa", "tv", "sofa tv")


def noun(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    ends = [(at + len(each.split()), each) for each in NOUNS]
    return [(end, each) for end, each in ends if " ".join(sentence.tokens[at:end]) == each]


def toy() -> Grammar:
    rows = read_rules(RULES, {"seen": lambda slots: f"seen({', '.join(slots.values())})"})
    return compile_grammar(rows, {"NOUN": noun}, {"FROM": ("from", "( away )? off")})


def readings(text: str) -> list[str | Unclear]:
    tokens = tuple(text.split())
    return Chart(toy(), Sentence(tokens, tokens)).readings("ASK")


def test_words_alternatives_options_classes_and_slots_are_read() -> None:
    assert readings("how far is the sofa from the tv") == ["far(sofa, tv)"]
    assert readings("how far away lies sofa away off tv") == ["far(sofa, tv)"]


def test_a_function_of_the_slots_may_say_the_meaning() -> None:
    assert readings("is the sofa or tv") == ["seen(sofa, tv)"]
    assert readings("is tv") == ["seen(tv)"]


def test_the_whole_sentence_is_covered_or_nothing_is_read() -> None:
    assert readings("how far is the sofa from the tv today") == []
    assert readings("how far is the sofa") == []
    assert readings("") == []


def test_every_way_to_read_a_sentence_is_found() -> None:
    assert readings("is sofa tv") == ["seen(sofa tv)"]
    rows = read_rules("[ASK]\nx:NOUN y:NOUN?\n    = $x\n", {})
    tokens = ("sofa", "tv")
    made = compile_grammar(rows, {"NOUN": noun}, {})
    assert sorted(map(str, Chart(made, Sentence(tokens, tokens)).readings("ASK"))) == ["sofa", "sofa tv"]


def test_what_stays_open_says_why_with_its_readings() -> None:
    assert readings("what of the tv") == [Unclear("it is open", ("one(tv)", "two(tv)"))]


def test_what_is_open_in_a_part_is_open_in_the_whole() -> None:
    rows = read_rules("[ASK]\nso a:PART\n    = very($a)\n[PART]\nwhat\n    = ! open\n", {})
    made = compile_grammar(rows, {}, {})
    assert Chart(made, Sentence(("so", "what"), ("so", "what"))).readings("ASK") == [Unclear("open")]


def test_separators_may_stand_anywhere_but_in_a_tight_symbol() -> None:
    rows = read_rules("[ASK]\na:SIDE\n    = $a\n[SIDE]\nfront left\n    = fl\n", {})
    tokens = (",", "front", ",", "left", ",")
    for tight, wanted in ((frozenset[str](), ["fl"]), (frozenset({"SIDE"}), [])):
        made = compile_grammar(rows, {}, {}, tight=tight)
        assert Chart(made, Sentence(tokens, tokens)).readings("ASK") == wanted


def test_a_symbol_that_begins_with_itself_ends() -> None:
    rows = read_rules("[ASK]\na:ASK more\n    = $a\nthing\n    = thing\n", {})
    made = compile_grammar(rows, {}, {})
    assert Chart(made, Sentence(("thing",), ("thing",))).readings("ASK") == ["thing"]


@pytest.mark.parametrize("pattern", ["a:NOWHERE", "FAR away", "FAR/near", "( open", "closed )"])
def test_a_pattern_that_names_what_is_not_there_or_is_torn_is_refused(pattern: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        compile_grammar({"ASK": [(pattern, lambda slots: "")]}, {}, {})


def test_how_far_a_sentence_was_covered_is_told() -> None:
    tokens = ("how", "far", "is", "the", "sofa", "of", "the", "tv")
    chart = Chart(toy(), Sentence(tokens, tokens))
    assert chart.readings("ASK") == []
    assert chart.farthest == 5
