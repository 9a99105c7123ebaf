"""The manual of the language, drawn from its vocabulary.

`python -m allocentric.query.manual > docs/language.md` writes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from allocentric.query.cards import described
from allocentric.query.check import spelling
from allocentric.query.vocabulary import GROUPS, UNITS, Parameter, Word
from allocentric.scene.truth import ANGLE, LENGTH, Dimension

INTRO: Final = """\
# The language

A question in English is read into a program, and the program is what is answered: every answer shows it.
Where English is too loose, write the program.

```python
distance(the("sofa"), the("tv"))
nearest([all("chair"), the("door")], to=the("table"))
direction(the("tv"), standing(at=the("sofa"), facing=the("table")), sectors="quadrants")
t = the("table"); count(all("cup") & on(t))
count({t for t in all("chair") if distance(t, the("bed")) < 2})
```

## How it is written

- Python's expressions and assignments, without loops, attributes, imports or definitions: a program always
  ends. The last expression is the answer; before it, `t = the("table")` gives a name.
- Numbers are metres, square and cubic metres, and radians; UNITS write others.
- `and`, `or`, `not`; `<`, `<=`, `>`, `>=` between quantities of one dimension; `==` and `!=` between labels,
  things and counts, never between measured quantities; `+`, `-`, `*`, `/`.
- Sets: `&` both, `|` either, `-` without; `{t for t in SET if CONDITION}` those for which it holds.
- A list of candidates or of statements may say what each is called: `{"the red one": the("cup 2"), ...}`.
- A call one argument short lacks its subject, the first. It is a function of it: `by=volume`,
  `by=distance(to=the("door"))`. Where its value is true or false, it is the set for which it is true:
  `on(the("table"))` is what is on the table.
- Names are those of the scene; plurals and synonyms are understood. `the` means exactly one, and is
  undetermined among several.

## What comes out

A value, with the lowest and highest possible where it is a number, by how much the deciding comparison is
clear, and the facts it hangs on; or the reason why there is none, and what would settle it. A relation that
needs a point of view takes a frame as an argument: there is no left without somebody's.
"""

EXAMPLES: Final[dict[str, tuple[str, str | None]]] = {
    "the": ('extent(the("bed"), along="longest")', "How long is the bed?"),
    "all": ("all()", "What things are there?"),
    "view": ('distance(the("lamp"), view(3))', "How far is the lamp from the camera in view 3?"),
    "marked": ('distance(marked(view(3), 2), the("door"))', "How far is mark 2 in view 3 from the door?"),
    "shape": (
        'distance(shape([[1.5, 2]], world()), the("door"))',
        "How far is the point (1.5, 2) from the door?",
    ),
    "world": ('offset(the("lamp"), world(), axis="up")', "How high is the lamp above the floor?"),
    "north": (
        'direction(the("door"), north(at=the("table")), sectors="compass8")',
        "In which direction is the door from the table, by the compass?",
    ),
    "camera": ('direction(the("lamp"), camera(view(3)), sectors="axes")', None),
    "of": ('turn(of(the("sofa")), of(the("bed"))) < deg(10)', "Is the sofa parallel to the bed?"),
    "standing": (
        'direction(the("lamp"), standing(at=the("sofa"), facing=the("tv")), sectors="left_right")',
        "If I am standing by the sofa and facing the tv, is the lamp to my left or right?",
    ),
    "turned": (
        'direction(the("lamp"), turned(standing(at=the("sofa"), facing=the("tv")), deg(90)), sectors="four")',
        None,
    ),
    "moved": ('distance(the("lamp"), moved(of(the("sofa")), forward=2))', None),
    "count": ('count(all("chair"))', "How many chairs are there?"),
    "exists": ('exists(all("lamp") & on(the("table")))', "Is there a lamp on the table?"),
    "total": ('total(all("box"), by=volume)', "What is the total volume of the boxes?"),
    "extent": ('extent(the("table"), along="height")', "How tall is the table?"),
    "area": ('area(all("room"))', "How big is this room?"),
    "volume": ('volume(the("bed"))', "What is the volume of the bed?"),
    "length": (
        'length(walk(the("bed"), the("door")))',
        "How far do I have to walk from the bed to the door?",
    ),
    "proportion": (
        'most([the("plank"), the("box"), the("ball")], by=proportion(trait="elongation"))',
        "Which of the plank, the box and the ball is the most elongated?",
    ),
    "tilt": ('tilt(the("ladder"))', "How tilted is the ladder?"),
    "bin": ('bin(distance(the("bed"), the("desk")), edges=[0, 1, 2, 4])', None),
    "distance": ('distance(the("sofa"), the("tv"))', "How far is the sofa from the tv?"),
    "offset": ('offset(the("lamp"), of(the("sofa")), axis="left")', None),
    "nearest": (
        'nearest([all("lamp"), all("desk")], to=the("bed"))',
        "Which is closest to the bed, the lamp or the desk?",
    ),
    "farthest": ('farthest(all("chair"), to=the("bed"))', "Which chair is farthest from the bed?"),
    "least": ('least(all("box"), by=volume)', "Which is the smallest of the boxes?"),
    "most": ('most(all("box"), by=volume)', "Which box is the largest?"),
    "order": (
        'order([the("bed"), the("sofa"), the("table")], by=extent(along="height"))',
        "Rank the bed, the sofa and the table by height.",
    ),
    "direction": (
        'direction(the("lamp"), standing(at=the("sofa"), facing=the("tv")), sectors="four")',
        "If I stand by the sofa facing the tv, is the lamp in front, left, right or behind?",
    ),
    "bearing": (
        'bearing(the("lamp"), standing(at=the("sofa"), facing=the("tv")))',
        "If I stand by the sofa facing the tv, at what angle is the lamp?",
    ),
    "off_axis": (
        'off_axis(the("lamp"), camera(view(3)))',
        "From the camera of view 3, how far off the viewing direction is the lamp?",
    ),
    "relation": (
        'relation(the("lamp"), the("table"), world(), axis="up") == "above"',
        "Is the lamp above the table?",
    ),
    "turn": ('turn(of(the("sofa")), of(the("bed")))', "What is the angle between the sofa and the bed?"),
    "facing": ('facing(the("sofa"), the("tv"))', "Is the sofa facing the tv?"),
    "between": ('between(the("table"), the("sofa"), the("tv"))', "Is the table between the sofa and the tv?"),
    "winding": (
        'winding(the("sofa"), the("bed"), the("lamp"))',
        "Do the sofa, the bed and the lamp, in this order, go clockwise or anticlockwise?",
    ),
    "on": ('on(the("table"))', "What is on the table?"),
    "under": ('under(the("box"), the("bed"))', "Is the box under the bed?"),
    "inside": ('inside(the("book"), the("box"))', "Is the book inside the box?"),
    "touching": ('touching(the("lamp"), the("wall"))', "Is the lamp touching the wall?"),
    "in_corner": (
        'in_corner(the("lamp"), the("kitchen"), within=cm(50))',
        "Is the lamp in a corner of the kitchen, within 50 cm of two walls that meet?",
    ),
    "topology": ('topology(the("lake"), the("park"))', "How does the lake lie to the park?"),
    "visible_in": ('visible_in(the("chair"), view(3))', "Is the chair visible in picture 3?"),
    "visible_share": (
        'visible_share(the("chair"), view(3), of="whole")',
        "How much of the chair is visible in view 3?",
    ),
    "cut_off": ('cut_off(the("chair"), view(3))', "How much of the chair is cut off in view 3?"),
    "hidden_by": ('hidden_by(the("lamp"), view(2))', "What hides the lamp in view 2?"),
    "box_in": ('box_in(the("lamp"), view(2))', "Where is the box around the lamp in view 2?"),
    "cell_in": (
        'cell_in(the("lamp"), view(2))',
        "In a 3 x 3 grid over picture 2, which cell holds the middle of the lamp?",
    ),
    "pixel_in": ('pixel_in(the("lamp"), view(2))', "At which pixel is the lamp in view 2?"),
    "relation_in": (
        'relation_in(the("lamp"), the("bed"), view(2), axis="right")',
        "In the 2D image of view 2, is the lamp left or right of the bed?",
    ),
    "first_seen": ('first_seen(the("tv"))', "When does the tv first appear?"),
    "at": (
        'distance(at(the("car"), 2), at(the("car"), 4), geometry="centre")',
        "How far does the car move between second 2 and second 4?",
    ),
    "speed": ('speed(the("car"), 4)', "How fast is the car at second 4?"),
    "walk": ('walk(the("bed"), the("door"))', "How do I get from the bed to the door?"),
    "turns": ('turns([the("bed"), the("door"), the("cabinet")], facing=the("door"))', None),
    "route": (
        'route(the("red square"), the("blue circle"), lines=all("way"))',
        "Which is the shortest way along the ways from the red square to the blue circle?",
    ),
    "congruent": (
        'congruent(all("figure A"), all("target"))',
        "Is figure A the same as the target, only turned?",
    ),
    "section": (
        'section(the("cube"), the("P"), the("Q"), the("R"))',
        "The cube is cut by the plane through P, Q and R. What shape is the cut?",
    ),
    "unfolded": (
        'unfolded(the("sheet A"), the("sheet"), folds=[the("fold 1"), the("fold 2")], holes=the("hole"))',
        "Is sheet A the unfolded sheet, folded by fold 1, then fold 2, and punched at the hole?",
    ),
    "opposite": ('opposite(the("red"))', "Which face is opposite to the red one when the net is folded?"),
    "meeting": (
        'meeting(the("red"), the("blue"), the("white"))',
        "When the net is folded, do red, blue and white meet on the left, on the right and on top?",
    ),
    "which": (
        'which({"the cup": on(the("cup"), the("table")), "the book": on(the("book"), the("table"))})',
        None,
    ),
    "turn_side": (
        "turn_side(camera(view(1)), camera(view(2)))",
        "Which way did the camera turn from view 1 to view 2, left or right?",
    ),
    "tour": (
        'tour([the("bed"), the("desk"), the("sofa")], start=the("door"))',
        "What is the shortest tour from the door through the bed, the desk and the sofa?",
    ),
}
"""A program with each word, and a question that is read as that program, where there is one."""

_KINDS: Final = {
    "thing": "a thing",
    "things": "a set",
    "candidates": "a list of candidates, things or sets",
    "view": "a view",
    "frame": "a frame",
    "path": "a way",
    "measure": "a function of its subject",
    "places": "a list of places",
    "cases": "a list of statements, each with what it is called",
    "quantities": "a list of quantities",
    "number": "a number",
    "text": "a name in quotes",
}
_PLACE: Final = frozenset({"thing", "view", "frame"})


def manual() -> str:
    """The manual as Markdown: how programs are written, then each word with its arguments and an example."""
    units = ", ".join(f"`{each}(...)`" for each in UNITS)
    parts = [INTRO.replace("UNITS", units)]
    for group in GROUPS:
        parts.append(f"## {group.name.capitalize()}\n\n{group.says}\n")
        parts += ["\n".join(_entry(each)) for each in group.words]
    return "\n".join(parts)


def _entry(word: Word) -> Iterator[str]:
    """One word: its spelling, what it gives, its arguments, an example."""
    yield f"### {word.name}\n"
    yield f"`{spelling(word)}` gives {_gives(word)}.\n"
    yield f"{described(word)}\n"
    yield from (f"- `{each.name}`: {_takes(each)}" for each in word.parameters)
    program, question = EXAMPLES[word.name]
    yield "" if question is None else f"\n“{question}”"
    yield f"\n```python\n{program}\n```\n"


def _gives(word: Word) -> str:
    if word.gives == "quantity":
        return _quantity(word.dimension) if word.dimension is not None else "a quantity, that of its measure"
    named = {
        "truth": "true or false",
        "things": "a set",
        "path": "a way",
        "order": "an order",
        "angle": "an angle",
    }
    return named.get(word.gives, word.gives if word.gives == "turns" else f"a {word.gives}")


def _takes(wanted: Parameter) -> str:
    """What an argument may be."""
    if wanted.choices:
        told = "one of " + ", ".join(f'`"{each}"`' for each in wanted.choices)
    elif "quantity" in wanted.kinds:
        told = _quantity(wanted.dimension) if wanted.dimension is not None else "a quantity"
    else:
        kinds = {*wanted.kinds}
        places = ["a place (a thing, a view or a frame)"] if kinds >= _PLACE else []
        kinds -= _PLACE if places else set()
        told = " or ".join([*places, *(says for kind, says in _KINDS.items() if kind in kinds)])
    return told if wanted.required else f"{told}; may be left out"


def _quantity(dimension: Dimension | None) -> str:
    if dimension == LENGTH:
        return "a length"
    if dimension == ANGLE:
        return "an angle"
    power = dimension.length if dimension else 0
    return {2: "an area", 3: "a volume"}.get(power, "a number")


if __name__ == "__main__":
    print(manual(), end="")
