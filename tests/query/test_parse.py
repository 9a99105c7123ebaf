import pytest

from allocentric.errors import BadInput
from allocentric.query.parse import DEEPEST, LONGEST, parse
from allocentric.query.program import Call, Program, Text, show


def test_a_call_is_read_with_its_arguments_in_order_and_by_name() -> None:
    program = parse('nearest(all("chair"), to=the("bed"))')
    assert program == Program(
        (),
        Call(
            "nearest",
            (Call("all", (Text("chair"),)),),
            (("to", Call("the", (Text("bed"),))),),
        ),
    )


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("distance( the('sofa'),the('tv') )", 'distance(the("sofa"), the("tv"))'),
        ('t = the("table"); on(t)', 't = the("table"); on(t)'),
        ('t = the("table")\non(t)', 't = the("table"); on(t)'),
        ('(count(all("a")) + 1) * 2 < 7', '(count(all("a")) + 1) * 2 < 7'),
        ('not (exists(all("a")) and exists(all("b")))', 'not (exists(all("a")) and exists(all("b")))'),
        ('all("a") - (all("b") - all("c"))', 'all("a") - (all("b") - all("c"))'),
        (
            '{t for t in all("a") if distance(t, the("b")) < .5}',
            '{t for t in all("a") if distance(t, the("b")) < 0.5}',
        ),
        ("deg(-90)", "deg(-90)"),
        ("1e-9 < 2", "1e-09 < 2"),
        ('the("say \\"hi\\"")', 'the("say \\"hi\\"")'),
    ],
)
def test_what_is_shown_is_the_canonical_spelling(text: str, canonical: str) -> None:
    assert show(parse(text)) == canonical
    assert parse(canonical) == parse(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('distance(the("sofa")', "never closed"),
        ("", "an empty program"),
        ('the("a").name', "Attribute is no part"),
        ("lambda x: x", "Lambda is no part"),
        ("import os", "ends with the expression"),
        ("import os; 1", "only assigns"),
        ("__import__('os').system('true')", "only functions of the vocabulary are called"),
        ("[x for x in all()]", "ListComp is no part"),
        ("{t for t in all() for u in all()}", "a set is written"),
        ("{(t, t) for t in all() if t == t}", "a set is written"),
        ("1 < 2 < 3", "not chained"),
        ("True", "answers, not words"),
        ("1e999", "not finite"),
        ("9" * 400, "not finite"),
        ("count(*all())", "one by one"),
        ("count(**all())", "written out"),
        ("a := 1", "invalid syntax"),
        ("f'{1}'", "is no part of the language"),
        ("x[0]", "Subscript is no part"),
        ("2 ** 9", "no part of the language"),
        ("\0", "not a program"),
    ],
)
def test_what_is_outside_the_language_is_refused_with_the_reason(text: str, what: str) -> None:
    with pytest.raises(BadInput, match="program") as refused:
        parse(text)
    assert what in str(refused.value)


def test_deep_and_long_programs_are_refused_at_once() -> None:
    for text in (
        "(" * 100_000,
        "not " * 900 + "x",
        "-" * 3000 + "1",
        "f(" * (DEEPEST + 2) + ")" * (DEEPEST + 2),
    ):
        with pytest.raises(BadInput):
            parse(text)
    with pytest.raises(BadInput, match=f"at most {LONGEST}"):
        parse("1+" * LONGEST + "1")


def test_sets_within_sets_are_bounded() -> None:
    inner = "{a for a in all() if exists({b for b in all() if exists({c for c in all() if on(c, b)})})}"
    with pytest.raises(BadInput, match="sets with a condition"):
        parse(inner)
