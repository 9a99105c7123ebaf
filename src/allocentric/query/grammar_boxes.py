"""Rules for statements about pages of boxes, coloured shapes in them, and towers of blocks.

In a program `b` is a box, `t` and `u` are things in one. A tower is a box with its blocks; its top is the
block that none is above. A number alone means exactly as many; what stands on a block touches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allocentric.query.grammar import Meaning, Slots, says

COLOURS: Final = ("yellow", "black", "blue")
SHAPES: Final = ("square", "circle", "triangle")
EDGES: Final = ("left", "right", "top", "bottom")
BLOCK_GAP: Final = 2
"""What is no farther apart, in units of the page, stands on the other: towers are drawn with a gap of one."""

CORNER_GAP: Final = 1
"""What is no farther from two edges touches the corner."""

RULES: Final = r"""# How many; of none it is told apart, as "no ... above" may mean above at any height.
[SOME]
( exactly/only/just )? n:NUM
    = == $n
at least n:NUM
    = >= $n
at most n:NUM
    = <= $n
more than n:NUM
    = > $n
( less/fewer ) than n:NUM
    = < $n
at least ( a | an )
a/an/another/any
    = >= 1
multiple/several
    = > 1

[CNT]
x:SOME
    = $x
no
    = == 0

[COL]
yellow
    = yellow
black
    = black
blue
    = blue

[SH]
square/squares/block/blocks
    = square
circle/circles
    = circle
triangle/triangles
    = triangle
item/items/object/objects/thing/things/one/ones
    =

[BLOCK]
c:COL block/blocks
    = all("$c square")

[KIND]
c:COL? s:SH
    = @kind
c:COL or d:COL s:SH
    = @two_colours

[PLURAL]
c:COL s:MANY
    = @kind

[MANY]
squares/blocks
    = square
circles
    = circle
triangles
    = triangle
items/objects
    =

[BOX]
grey? box/boxes/tower/towers
grey square/squares
    = all("box")
n:NUM block/blocks tower/towers
    = ⟦{b for b in all("box") if count(inside(b)) == $n}⟧
c:COL tower/towers
    = ⟦{b for b in all("box") if not exists(inside(b) - all("$c square"))}⟧

[HAS]
with/has/have/ha/contain/contains/containing/having
( that/which/than ) ( has/have/contain/contains )
    =

[OF_BOX]
of ( a/the/its ) box
    =

[EDGE]
( a/an/the/any )? ( edge/edges/wall/walls/side/sides ) o:OF_BOX?
    = @any_edge
the? ( base/bottom ) ( wall/edge/side )? o:OF_BOX?
    = all("bottom edge")
the? left ( wall/edge/side ) o:OF_BOX?
    = all("left edge")
the? right ( wall/edge/side ) o:OF_BOX?
    = all("right edge")
the? top ( wall/edge/side ) o:OF_BOX?
    = all("top edge")

[CORNER]
( a/the )? corner o:OF_BOX?
( a/the )? box corner
    =

# Those of which something is said.
[IP]
( that/which )? ( is/are )? closely? touching e:EDGE
    = ⟦{t for t in all() if exists({w for w in $e if touching(t, w)})}⟧
( that/which )? ( is/are )? closely? touching c:CORNER
    = @corner
( that/which )? ( is/are )? not closely? touching e:EDGE
    = (all() - ⟦{t for t in all() if exists({w for w in $e if touching(t, w)})}⟧)

# Blocks by what they stand on, or what stands on them.
[ON]
( that/which )? ( is/are )? directly? ( on | above | over | on top of ) ( a/an/the ) k:BLOCK
    = @standing_on
( that/which )? ( is/are )? directly? ( below | under ) ( a/an/the ) k:BLOCK
    = @standing_under

# Where in its box a thing t is.
[IN]
( at | on ) ( the | its )? top
    = @topmost
at ( the | its )? ( base/bottom )
    = @lowest

[TOP]
top
    = @topmost
base/bottom
    = @lowest

[SAME_COLOUR]
of only ( one | 1 ) color/colour
    =

# How many of a kind are in a box b, with what is said of them.
[CK]
c:CNT k:KIND
    = count($k & inside(b)) $c
c:CNT k:KIND p:IP
c:SOME k:BLOCK p:ON
    = count($k & $p & inside(b)) $c
k:PLURAL
    = exists($k & inside(b))
c:SOME k:KIND p:IN
    = count({t for t in $k & inside(b) if $p}) $c
k:KIND p:IN
the k:KIND ( is )? p:IN
    = exists({t for t in $k & inside(b) if $p})
n:CNT s:SH ( which/that ) is c:COL
    = count(inside(b)) $n and @only_this
only c:COL s:SH
items of only c:COL color/colour
    = @only_one
only c:COL and d:COL s:SH
( items/blocks ) of only c:COL and d:COL color/colour
    = @only_two
( items/blocks ) g:SAME_COLOUR
only ( one | 1 ) color/colour
    = @one_colour
( items/blocks ) of all ( 3 | three ) different? colors/colours
all ( 3 | three ) different? colors/colours
    = @all_colours
c:CNT s:SH of all ( 3 | three ) different? colors/colours
    = count(inside(b)) $c and @all_colours
only? c:CNT s:SH of only? a:COL and d:COL ( color/colour )
    = count(inside(b)) $c and @only_two_of
c:CNT d:COL and e:CNT f:COL s:SH
    = @two_counts
two/2 c:COL blocks stacked together
    = @stacked

[CKS]
x:CK
    = $x
x:CK ( and | , | , and ) ( it? has )? y:CKS
x:CK h:HAS y:CKS
    = $x and $y

[START]
there is/are c:CNT k:KIND
    = count($k) $c
there is/are c:CNT k:KIND p:IP
c:CNT k:KIND ( is/are )? p:IP
    = count($k & $p) $c
k:KIND ( is/are ) p:IP
    = exists($k & $p)
there is/are c:SOME k:BLOCK p:ON
    = count($k & $p) $c
there is/are c:CNT b:BOX
    = count($b) $c
there is/are c:CNT b:BOX h:HAS x:CKS
c:CNT b:BOX h:HAS x:CKS
c:CNT of the ( three | 3 )? b:BOX h:HAS x:CKS
    = count({b for b in $b if $x}) $c
( each/every/all ) ( 3 | three )? ( of the )? b:BOX h:HAS x:CKS
there is/are x:CK in ( each/every ) b:BOX
    = not exists($b - {b for b in $b if $x})
none of the k:KIND ( is/are ) p:IP
    = not exists($k & $p)
there is/are c:CNT k:BLOCK as the p:TOP of ( a | the ) b:BOX
    = @in_some_box
there is/are c:CNT k:BLOCK as the p:TOP of ( a | the ) b:BOX h:HAS x:CKS
    = @in_some_box
k:BLOCK p:IN
    = exists({b for b in all("box") if exists({t for t in $k & inside(b) if $p})})
( each/all ) ( 3 | three ) different? colors ( is/are ) p:IP
    = @all_there
the p:TOP of the b:BOX ( is/are ) c:COL
    = @placed_is
the p:TOP of a b:BOX ( is/are ) c:COL
    = exists({b for b in $b if exists({t for t in all("$c square") & inside(b) if $p})})
the b:BOX h:HAS x:CK h:HAS y:CKS
    = @the_box
all k:KIND are in the same box
    = count({b for b in all("box") if exists($k & inside(b))}) == 1
c:SOME ( of the ( three | 3 )? )? b:BOX ( has/have/ha ) ( a )? k:COL base/bases
    = @based
"""

_REST: Final = (
    f'touching({{0}}, {{1}}, snap={BLOCK_GAP}) and relation({{0}}, {{1}}, world(), axis="up") == "above"'
)
_ALL: Final = "all()"
HOIST: Final = "⟦⟧"
"""Around a set that does not hang on the box: it is named before the answer, so that sets nest less."""


def _kinds(colours: tuple[str, ...], shape: str) -> str:
    """The set of things of some colours and of a shape; of none: of any."""
    if colours == COLOURS and not shape:
        return _ALL
    named = [f'all("{colour} {each}")' for colour in colours for each in ((shape,) if shape else SHAPES)]
    return named[0] if len(named) == 1 else f"({' | '.join(named)})"


def _of(slots: Slots, *colours: str) -> str:
    return _kinds(tuple(slots[each] for each in colours), slots.get("s", ""))


def _only(colours: tuple[str, ...], shape: str = "") -> str:
    """That in the box there are things of these colours, and no others."""
    there = " and ".join(f"exists({_kinds((each,), shape)} & inside(b))" for each in colours)
    return f"not exists(inside(b) - {_kinds(colours, shape)}) and {there}"


def _extreme(choice: str) -> str:
    return f't == {choice}(inside(b), by=offset(frame=world(), axis="up"))'


def _near(*edges: str) -> str:
    named = " | ".join(f'all("{each} edge")' for each in edges)
    touched = f"touching(t, w, snap={CORNER_GAP})"
    return _named(f"{{t for t in all() if exists({{w for w in {named} if {touched}}})}}")


def _standing(slots: Slots, *, on: bool) -> str:
    rest = _REST.format("t", "u") if on else _REST.format("u", "t")
    return _named(f"{{t for t in all() if exists({{u for u in {slots['k']} if {rest}}})}}")


def _one_colour() -> str:
    alone = [f"not exists(inside(b) - {_kinds((each,), '')})" for each in COLOURS]
    return f"exists(inside(b)) and ({' or '.join(alone)})"


def _two_counts(slots: Slots) -> str:
    first = f"count({_of(slots, 'd')} & inside(b)) {slots['c']}"
    return f"{first} and count({_of(slots, 'f')} & inside(b)) {slots['e']}"


def _stacked(slots: Slots) -> str:
    kind = f'all("{slots["c"]} square")'
    rest = _REST.format("t", "u")
    those = _named(f"{{t for t in {kind} if exists({{u for u in {kind} if {rest}}})}}")
    return f"exists({those} & inside(b))"


def _in_some_box(slots: Slots) -> str:
    more = f" and {slots['x']}" if "x" in slots else ""
    placed = f"exists({{b for b in {slots['b']} if inside(t, b) and {slots['p']}{more}}})"
    return f"count({{t for t in {slots['k']} if {placed}}}) {slots['c']}"


def _the_box(slots: Slots) -> str:
    """What is said of the one box that fits: there is one, and all that fit are so."""
    those = _named(f"{{b for b in {slots['b']} if {slots['x']}}}")
    both = _named(f"{{b for b in {slots['b']} if {slots['x']} and {slots['y']}}}")
    return f"exists({those}) and not exists({those} - {both})"


def _placed_is(slots: Slots) -> str:
    """That in the boxes meant, and there are some, what is at that place is of a colour."""
    base = f'{{t for t in all("{slots["c"]} square") & inside(b) if {slots["p"]}}}'
    those = slots["b"] if slots["b"].startswith(HOIST[0]) else _named(slots["b"])
    return (
        f"exists({those}) and not exists({those} - "
        + _named(f"{{b for b in {those} if exists({base})}}")
        + ")"
    )


def _based(slots: Slots) -> str:
    base = f'{{t for t in all("{slots["k"]} square") & inside(b) if {_extreme("least")}}}'
    return f"count({{b for b in {slots['b']} if exists({base})}}) {slots['c']}"


def _named(set_: str) -> str:
    return f"{HOIST[0]}{set_}{HOIST[1]}"


MEANINGS: Final[Mapping[str, Meaning]] = {
    "kind": lambda slots: _kinds((slots["c"],) if "c" in slots else COLOURS, slots["s"]),
    "two_colours": lambda slots: _of(slots, "c", "d"),
    "any_edge": says("(" + " | ".join(f'all("{each} edge")' for each in EDGES) + ")"),
    "corner": says(f"{_near('left', 'right')} & {_near('top', 'bottom')}"),
    "standing_on": lambda slots: _standing(slots, on=True),
    "standing_under": lambda slots: _standing(slots, on=False),
    "topmost": says(_extreme("most")),
    "lowest": says(_extreme("least")),
    "only_one": lambda slots: _only((slots["c"],), slots.get("s", "")),
    "only_two": lambda slots: _only((slots["c"], slots["d"]), slots.get("s", "")),
    "only_two_of": lambda slots: _only((slots["a"], slots["d"]), slots["s"]),
    "one_colour": says(_one_colour()),
    "all_colours": says(" and ".join(f"exists({_kinds((each,), '')} & inside(b))" for each in COLOURS)),
    "two_counts": _two_counts,
    "stacked": _stacked,
    "only_this": lambda slots: f"not exists(inside(b) - {_kinds((slots['c'],), slots['s'])})",
    "all_there": lambda slots: " and ".join(
        f"exists({_kinds((each,), '')} & {slots['p']})" for each in COLOURS
    ),
    "placed_is": _placed_is,
    "in_some_box": _in_some_box,
    "the_box": _the_box,
    "based": _based,
}
"""What the rules call by name."""
