"""The manual is drawn from the vocabulary, and its examples are what they say."""

import pathlib
from typing import Final

import pytest

from allocentric.query.ask import Read, read
from allocentric.query.check import check
from allocentric.query.manual import EXAMPLES, manual
from allocentric.query.parse import parse
from allocentric.query.vocabulary import words

DOCS: Final = pathlib.Path(__file__).resolve().parents[2] / "docs"


def test_the_manual_in_docs_is_the_one_that_is_drawn() -> None:
    written = (DOCS / "language.md").read_text(encoding="utf-8")
    assert written == manual(), "run: python -m allocentric.query.manual > docs/language.md"


def test_every_word_has_an_example_that_uses_it() -> None:
    assert set(EXAMPLES) == set(words())
    for name, (program, _) in EXAMPLES.items():
        assert f"{name}(" in check(parse(program)).text


@pytest.mark.parametrize("name", [name for name, (_, question) in EXAMPLES.items() if question])
def test_the_question_beside_an_example_is_read_as_it(name: str) -> None:
    program, question = EXAMPLES[name]
    assert read(str(question)) == Read(check(parse(program)))
