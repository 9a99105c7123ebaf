"""The language itself: sets, measures, frames, and programs of several lines."""

import allocentric as allo

flat = allo.make("flat", seed=7)

programs = [
    'nearest([all("chair"), the("bed")], to=the("coffee table"))',
    'count(inside(the("kitchen")))',
    'most(all("room"), by=area)',
    'order([the("bed"), the("sofa"), the("stove")], by=distance(to=the("tv")))',
    '{t for t in all("cup") if distance(t, the("sofa")) < 2}',
    't = the("table"); most(on(t), by=offset(frame=world(), axis="up"))',
    'direction(the("fridge"), turned(standing(at=the("sofa"), facing=the("tv")), deg(-90)), sectors="four")',
    'length(walk(the("bed"), the("stove"))) - distance(the("bed"), the("stove"))',
    'facing(the("sofa"), the("tv")) and not on(the("laptop"), the("bed"))',
]
for program in programs:
    print(f"{program}\n    {allo.ask(flat, program)}")

try:
    allo.ask(flat, 'direction(the("tv"), the("sofa"), sectors="four")')
except allo.BadInput as error:
    print(error)  # it says from where a direction is told, and how to write it
else:
    raise AssertionError("a thing is no frame of reference")
