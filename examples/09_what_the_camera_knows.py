"""What a camera has seen is known, the rest is not: bounds, absence, and where to look next."""

from dataclasses import replace

import allocentric as allo
from allocentric.geometry.pinhole import Pinhole
from allocentric.views.paths import panoramas, walk_through

flat = allo.make("flat", seed=3)
camera = Pinhole(640, 480, fx_px=400, fy_px=400, cx_px=320, cy_px=240)
steps = walk_through(flat, camera)[::15]
flat = replace(flat, views=(*steps, *panoramas(flat)))

seen = allo.known_from(flat, [each.id for each in steps[:2]])
print(allo.ask(seen, "How many chairs are there?"))  # a lower bound: there is more to see
where = allo.ask(seen, 'inside(the("sofa"), the("living room"))')
print(where)
assert where.undetermined is not None
print(where.undetermined.reason, "->", where.undetermined.remedy)

for _ in range(3):  # look where the most is left to see
    best = allo.best_next_view(seen)
    print(f"{best.view.id}: {best.space:.1f} m3 more")
    seen = allo.known_from(seen, [best.view])
print(allo.ask(seen, 'inside(the("sofa"), the("living room"))'))
on_it = allo.ask(seen, 'count(all("cup") & on(the("table")))')
print(on_it)  # exact: all space over the table was seen

deep = allo.known_from(flat, panoramas(flat), "depth")  # surfaces: how far a back reaches, stays open
far = allo.ask(deep, 'distance(the("sofa"), the("tv"))')
truth = allo.ask(flat, 'distance(the("sofa"), the("tv"))')
print(far, "in truth", truth)
bounds = far.to_json()["answer"]
assert bounds["low"] <= truth.value <= bounds["high"]
