"""Rules for questions about how a thing leans, which way round three lie, and what stands in a corner."""

from typing import Final

RULES: Final = r"""
# How far a thing leans.
[UPRIGHT]
( away )? from/off/against ( the )? vertical/upright/plumb
    =

[ASK]
x:TURNED_BY ( IS a:T ( tilted/inclined/leaning/slanted ) | DO a:T ( lean/tilt/incline ) ) y:UPRIGHT?
( what IS )? the? angle between a:T and the? vertical
( what IS )? the? angle between the? vertical and a:T
    = tilt($a)

[Q]
the? ( tilt/lean/inclination | tilt angle ) of a:T y:UPRIGHT
    = tilt($a)

# Which way round, seen from above: that is said as the geometry of it.
[CLOCKWISE]
clockwise or anticlockwise/counterclockwise
anticlockwise/counterclockwise or clockwise
    =

[AND_BACK]
and/then? ( back | back again ) ( to it | to the start )?
    =

[ASK]
DO a:T , b:T and c:T ( in ( this/that ) order )? ( go/lie/run/follow ) EACH? y:CLOCKWISE
IS the? WAY ( round )? from a:T ( to | on to | via ) b:T ( and/then? ( on )? to ) c:T x:AND_BACK? y:CLOCKWISE
GIVEN? I? ( GO | going/walking ) from a:T to b:T ( and/then? ( on )? to ) c:T x:AND_BACK? MUST_I GO? round? \
    y:CLOCKWISE
    = winding($a, $b, $c)

# Whether a plan is a mirror image: it goes the other way round.
[PLAN_AXES]
with? x to the right and? y up
    =

[ANYHOW]
however it is turned
    =

[MIRROR]
y:ANYHOW? IS ( it | the plan ) ( a mirror image | the wrong way round ) ( as in a mirror )? z:ANYHOW?
    =

[ASK]
a plan is drawn x:PLAN_AXES? a:T IS? at p:PLACE b:T IS? at q:PLACE and c:T IS? at r:PLACE y:MIRROR
x:PLAN_AXES? a plan ( has/shows ) a:T at p:PLACE b:T at q:PLACE and c:T at r:PLACE y:PLAN_AXES? z:MIRROR
    = winding($a, $b, $c) != winding(shape([$p], world()), shape([$q], world()), shape([$r], world()))

# How many times as far.
[ASK]
how many times as far from a:P IS b:P as c:P
how many times as far IS b:P from a:P as c:P
    = distance($a, $b¤) / distance($a, $c¤)

# What stands in a corner.
[WALLS]
within l:LENGTH of ( two ( of its )? | both ) walls ( that meet )?
    = $l

[CORNER]
in/at ( a/the/one ) corner of b:T ( that is | meaning )? w:WALLS
    = $b, within=$w
within w:LENGTH of two walls of b:T ( that meet )?
    = $b, within=$w
in/at ( a/the/one ) corner of b:T
    = $b

[YES]
IS_A c:CORNER
    = in_corner($a, $c)

[ASK]
which/what of o:ONE_OF LIES POSED? c:CORNER
which/what ( ONE )? LIES POSED? c:CORNER o:ONE_OF
c:CORNER LIES which of o:ONE_OF
    = {t for t in $o if in_corner(t, $c)}
"""
