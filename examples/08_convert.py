"""Out to other tools and back: GLB, boxes, 9-DoF boxes, a layout script; what is lost is said."""

import tempfile
from pathlib import Path

import allocentric as allo

flat = allo.make("tabletop", seed=3)
with tempfile.TemporaryDirectory() as folder:
    for name in ("scene.glb", "scene.boxes.json", "scene.embodiedscan.json", "scene.txt"):
        lost = allo.write(flat, Path(folder) / name)
        again = allo.read(Path(folder) / name)
        print(f"{name}: {len(again)} things; lost: {', '.join(lost) or 'nothing'}")
        assert len(again) > 5
