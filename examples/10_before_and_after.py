"""A picture with a thing and without it: just which pixels its body, its shadow and its reflection touch."""

import numpy as np

import allocentric as allo
from allocentric.geometry.cameras import Pinhole
from allocentric.scene.edits import moved, turned, without
from allocentric.views.counterfactual import counterfactual
from allocentric.views.overlays import masked
from allocentric.views.paths import orbit
from allocentric.views.picture_files import write_colour

flat = allo.make("flat", seed=7)
table = flat.row("coffee table")
view = orbit(flat, table, Pinhole(320, 240, 250, 250, 160, 120), count=6)[1]
changes = {
    "gone": without(flat, table),
    "half a metre aside": moved(flat, table, (0, 0.5, 0)),
    "turned": turned(flat, table, 0.5),
}
for name, after in changes.items():
    pair = counterfactual(flat, after, view)
    outside = ~pair.mask
    assert np.array_equal(pair.before.colour[outside], pair.after.colour[outside])
    print(f"{name}: {pair.thing.sum()} pixels of {', '.join(pair.changed)}; {pair.shadow.sum()} of shadow")
    shown = masked(pair.after.colour, pair.shadow, (0, 90, 255, 255))
    write_colour(f"{name.replace(' ', '_')}.png", masked(shown, pair.thing, (255, 60, 0, 255)))
