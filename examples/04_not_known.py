"""What is not known is a value: slack, an unknown scale, an incomplete list; and what would settle it."""

import math

import allocentric as allo
from allocentric.intervals import Interval

things = [
    allo.Thing(label="sofa", size=(2, 1, 0.8)),
    allo.Thing(label="tv", center=(4, 0, 1), size=(0.1, 1.2, 0.7), center_slack=0.2),
    allo.Thing(label="lamp", center=(4, 0.1, 0.5), center_slack=1.0),
    allo.Thing(label="cat", center_slack=math.inf),
]
room = allo.scene_of("room", things)

near = allo.ask(room, "How far is the sofa from the tv?")
print(near)  # a number with its bounds
assert near.value is not None

side = allo.ask(room, "Is the lamp to the left or right of the tv if I stand at the sofa facing the tv?")
print(side)
assert side.undetermined is not None
print(side.undetermined.reason, "->", side.undetermined.remedy)

print(allo.ask(room, "How far is the cat from the sofa?"))
print(allo.ask(room, "How many chairs are there?"))

unscaled = allo.scene_of(
    "photo",
    [allo.Thing(label=name, center=(x, 0, 0)) for name, x in (("a", 0), ("b", 1), ("c", 3))],
    scale=Interval(0, math.inf),
)
print(allo.ask(unscaled, 'distance(the("a"), the("c"))'))  # no metres without a scale
ratio = allo.ask(unscaled, 'distance(the("a"), the("c")) / distance(the("a"), the("b"))')
print(ratio)  # 3: a ratio needs none
assert ratio.value == 3
