"""Writers of other formats, one file each; a new one is a file and a line here."""

from typing import Final

from allocentric.worlds.writers import allocentric_scene, boxes_json, embodiedscan, glb, spatiallm
from allocentric.worlds.writers.writer import Writer

WRITERS: Final[tuple[Writer, ...]] = (
    allocentric_scene.WRITER,
    boxes_json.WRITER,
    embodiedscan.WRITER,
    embodiedscan.EXTRINSIC,
    glb.WRITER,
    spatiallm.WRITER,
)
