"""A furnished flat in pictures: colour, depth and things side by side, and a folder that other tools open."""

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import allocentric as allo
from allocentric.geometry.cameras import Pinhole
from allocentric.scene.scene import View
from allocentric.views.export import write_views
from allocentric.views.paths import looking, orbit
from allocentric.views.render import render

flat = allo.make("flat", seed=7)
camera = Pinhole(440, 330, fx_px=262, fy_px=262, cx_px=220, cy_px=165)
view = View("living room", looking((0.86, 3.8, 1.7), yaw_rad=1.04, pitch_rad=-0.2), camera=camera)
picture = render(flat, view, finer=3)

row, column = 250, 220
seen = flat.names[picture.instance[row, column]]
print(f"pixel ({column}, {row}): {seen}, {picture.depth_m[row, column]:.3f} m ahead")
counts = np.bincount(picture.instance[picture.instance >= 0], minlength=len(flat))
for thing in np.argsort(counts)[::-1][:4]:
    print(f"{flat.names[thing]}: {counts[thing] / picture.instance.size:.1%} of the picture")

near, far = np.percentile(picture.depth_m[np.isfinite(picture.depth_m)], [1, 99])
share = np.nan_to_num((picture.depth_m - near) / (far - near), posinf=1.0).clip(0, 1)
warm, cold = np.array([253.0, 231, 180]), np.array([46.0, 34, 86])
depth = np.where(np.isfinite(picture.depth_m)[..., None], warm + share[..., None] * (cold - warm), 240)
# A hue for each thing, a golden angle on from the last, so that neighbours differ; the last is no thing.
turns = np.arange(len(flat)) * 0.618 + np.array([[0.0], [1 / 3], [2 / 3]])
hues = np.append((165 + 60 * np.cos(2 * np.pi * turns)).T, [[240.0, 240, 240]], axis=0)
gap = np.full((camera.height_px, 8, 3), 255.0)
sheet = np.concatenate([picture.colour, gap, depth, gap, hues[picture.instance]], axis=1)
Image.fromarray(sheet.astype(np.uint8)).save("render.png", optimize=True)

with tempfile.TemporaryDirectory() as folder:
    small = Pinhole(160, 120, fx_px=140, fy_px=140, cx_px=80, cy_px=60)
    done = write_views(flat, orbit(flat, flat.row("sofa"), small, count=6), folder)
    files = sorted(str(each.relative_to(folder)) for each in Path(folder).rglob("*") if each.is_file())
    print(f"{done.made} views:", *[each for each in files if not each.endswith(".png")])
