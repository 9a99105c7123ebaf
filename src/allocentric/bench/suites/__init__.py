"""Our own benchmarks: made from seeds, with no download."""

from typing import Final

NAMES: Final = ("rooms", "views", "knowing", "degraded", "stories", "routes", "maps")
"""What they are called: known without loading what makes them."""
