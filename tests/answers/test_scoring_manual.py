import pathlib

from allocentric.answers.scoring_manual import scoring_manual

DOCS = pathlib.Path(__file__).parents[2] / "docs" / "scoring.md"


def test_the_page_in_docs_is_the_one_that_is_drawn() -> None:
    written = DOCS.read_text(encoding="utf-8")
    assert written == scoring_manual(), "run: python -m allocentric.answers.scoring_manual > docs/scoring.md"
