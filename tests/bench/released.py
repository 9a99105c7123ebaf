"""Records of releases that cannot be shipped, in their documented schemas, written by the tests."""

from collections.abc import Mapping
from typing import Final

from tests.bench.release_files import Writer
from tests.bench.released_first import FIRST
from tests.bench.released_second import SECOND

RELEASED: Final[Mapping[str, Writer]] = {**FIRST, **SECOND}
