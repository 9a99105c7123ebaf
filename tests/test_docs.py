"""The documentation builds without a warning, and a page asks nothing of any other host."""

import pathlib
import re
import subprocess
import sys
from typing import Final

ROOT: Final = pathlib.Path(__file__).resolve().parents[1]
# Whatever a browser fetches unasked: scripts, styles, fonts, pictures. A link is followed only by choice.
FETCHED: Final = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\ssrc=[\"']?(?:https?:)?//[^>]*>|<link[^>]*//[^>]*>"
)


def test_the_documentation_builds_strictly_and_asks_no_other_host(tmp_path: pathlib.Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) >= len(list((ROOT / "docs").glob("*.md")))
    outside = [f"{page.name}: {each}" for page in pages for each in FETCHED.findall(page.read_text("utf-8"))]
    assert outside == []
