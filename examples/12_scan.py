"""Pictures with depth back into a scene: rendered, scanned, asked, and held against the truth."""

from pathlib import Path

import allocentric as allo
from allocentric.geometry.depth_visibility import EXACT
from allocentric.geometry.pinhole import Pinhole
from allocentric.perception.scan import scan
from allocentric.perception.scan_wanted import Wanted
from allocentric.views.export import write_views
from allocentric.views.paths import looking

desk = allo.Thing(label="desk", center=(2.0, 1.5, 0.37), size=(1.4, 0.7, 0.74))
chair = allo.Thing(label="chair", center=(2.0, 2.4, 0.45), size=(0.5, 0.5, 0.9), yaw_rad=0.4)
lamp = allo.Thing(label="lamp", center=(2.4, 1.5, 0.94), size=(0.2, 0.2, 0.4))
ground = allo.Thing(label="floor", kind="structure", center=(2.0, 1.75, -0.05), size=(5.0, 5.0, 0.1))
room = allo.scene_of("study", [desk, chair, lamp, ground])

# A walk round the desk; `allo render` writes the same files.
camera = Pinhole(160, 120, fx_px=110, fy_px=110, cx_px=80, cy_px=60)
spots = [
    (0.3, 0.2, 0.7),
    (2.0, -0.4, 1.57),
    (3.8, 0.2, 2.4),
    (4.1, 2.0, 3.3),
    (2.0, 4.0, -1.57),
    (0.2, 3.2, -0.8),
]
views = [
    allo.View(f"v{number}", looking((x, y, 1.6), yaw_rad=yaw, pitch_rad=-0.5), camera=camera)
    for number, (x, y, yaw) in enumerate(spots)
]
write_views(room, views, Path("pictures"), light=None, finer=1)

# The same as: allo scan pictures out --sensor exact --known "desk height 0.74 m"
told = scan("pictures", "out", Wanted(noise=EXACT, voxel_m=0.04, known=("desk height 0.74 m",)))
print("found:", ", ".join(each.name for each in told.things))
for check in told.checks[:3]:
    print(check.says)

found = allo.read("out/scene.json")
for question in (
    'extent(the("desk"), along="height")',
    'distance(the("chair"), the("desk"))',
    'on(the("lamp"), the("desk"))',
    'count(all("chair"))',  # open above: no picture shows that there are no more
):
    print(question, "->", allo.ask(found, question), "| in truth", allo.ask(room, question))
