"""What the page about sets shows in code runs as it stands."""

import pathlib
import re
from typing import Any

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "sets.md"


def test_the_code_of_the_page_runs(capsys: Any) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    held: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), held)
    assert capsys.readouterr().out == "no fault\n"
