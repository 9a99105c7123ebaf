"""Rules for the observer: from where, and which way, a direction is told."""

from typing import Final

RULES: Final = r"""
# From where, and which way, a direction is told.
[F]
f:OBSERVER
    = $f
f:OBSERVER w:AFTER
    = @then
f:OBSERVER w:AFTER x:AFTER
    = @then_then

[OBSERVER]
GIVEN? ( I ( AM STANDING? | STANDING ) | were I STANDING? ) ( BY a:T | where a:T is ) ( \
    and/while/but/then/when/if )? f:HEADING
( position/place/put/picture/imagine ) ( yourself/myself/oneself ) BY a:T ( and )? f:HEADING
( ( GO ) to | stand/be/being BY ) a:T ( and )? f:HEADING
GIVEN? ( ME | I )? STANDING? ( BY a:T | where a:T is ) ( and/while/but/then/when/if )? f:HEADING
SEEN? by? I? STANDING? ( BY a:T | where a:T is ) ( and/while )? f:HEADING
SEEN? from ( BY? a:T | where a:T is ) ( and/while/when/if/by )? f:HEADING
GIVEN? ( I AM )? f:HEADING ( while/when/and )? ( STANDING BY | from BY? | SEEN from | BY ) a:T
GIVEN? f:HEADING ( while/when/and ) ( I ( AM STANDING? | STANDING ) ) BY a:T
    = @facing_from
( looking/look/seen/viewed ) from BY? a:T ( to/towards/toward/at/onto ) f:T
    = standing(at=$a, facing=$f)
SEEN? ( from/in | relative to ) its ( VIEWPOINT | front/side )
( judging by | going by | according to | based on | using | relative to ) its ( VIEWPOINT | front/side )
    = of(◈)
SEEN? ( from/in/through/by ) v:V ( 's camera? VIEWPOINT )?
with v:V
from where v:V ( was taken | is )
SEEN? ( from/in | relative to | by ) the? ( CAMERA | VIEWPOINT ) ( of/in/at/for ) v:V
SEEN? ( from | relative to ) the camera 's VIEWPOINT ( of/in/at ) v:V
( relative to | with respect to | for | to ) v:V
( when/while/if )? I? looking/look ( through/from ) v:V
    = camera($v)
SEEN? ( from/in | relative to ) the? VIEWPOINT of a:T
SEEN? ( from/in | relative to ) a:T 's ( VIEWPOINT | front/side )
( judging by | going by | according to | based on | using ) the? a:T 's ( VIEWPOINT | front/side )
from where a:T faces/looks
( as/where/when ) a:T sees/see/faces ( it | things )?
( GIVEN I ( AM STANDING? | STANDING ) BY b:T and? )? ( FACING | looking ) the ( same )? way ( that )? a:T \
    ( faces/looks | is facing/looking )
( GIVEN I ( AM STANDING? | STANDING ) BY b:T and? )? FACING the same way/direction as a:T
GIVEN? I ( AM STANDING? | STANDING ) BY a:T and? ( FACING | looking ) ( in )? the ( same )? way/direction \
    ( that )? it ( faces/looks | is facing/looking )
( if | when ) I ( were | am | was ) the a:T
( relative to | with respect to | considering | given ) the ( way/direction ) ( that )? a:T ( faces/looks \
    | is facing )
from a:T ( FACING | looking ) the ( same )? way/direction ( that )? it ( faces/looks | is facing )
in terms of a:T 's ( VIEWPOINT | front/side )
to/for a:T
    = of($a)
SEEN? from BY? a:T
SEEN? from where a:T is
GIVEN? I ( AM STANDING? | STANDING ) BY a:T
GIVEN? STANDING BY a:T
    = standing(at=$a, facing=‡)

[HEADING]
GIVEN? ( I AM | I )? ( FACING | FACES ) f:T
( with )? MY eyes on f:T
( and )? ( watch/watching ) f:T
    = standing(at=◊, facing=$f)
GIVEN? ( I have )? ( with/turning )? MY back ( turned )? ( to/towards/toward/against/on ) f:T
GIVEN? MY back is ( turned )? ( to/towards/toward/against ) f:T
GIVEN? ( I AM )? ( FACING | looking/turned ) away from f:T
( with/having ) f:T ( behind ME | at MY back )
    = turned(standing(at=◊, facing=$f), deg(180))
( with/having ) f:T ( directly/straight )? ( in front of ME | ahead of ME )
    = standing(at=◊, facing=$f)
GIVEN? ( I AM | I )? ( FACING | FACES )  ( due )? north
    = north(at=◊)
GIVEN? ( I AM | I )? ( FACING | FACES )  ( due )? west
    = turned(north(at=◊), deg(90))
GIVEN? ( I AM | I )? ( FACING | FACES )  ( due )? east
    = turned(north(at=◊), deg(-90))
GIVEN? ( I AM | I )? ( FACING | FACES )  ( due )? south
    = turned(north(at=◊), deg(180))

# What the observer does then.
[AFTER]
( and/then/after/having/if/when | and then | and if )? ( I AM | I )? TURN w:TURNED
( and/then/after/having/if/when | and then | and if )? ( I AM | I )? ( make/take ) a w:TURNED turn?
( and/then/after/having/if/when | and then | and if )? ( I AM | I )? STEP of? w:STEPPED
( and/then/after/having | and then )? taking w:STEPPED
    = $w

[TURNED]
( to ( the/my ) )? left
    = turned(§, deg(90))
( to ( the/my ) )? right
    = turned(§, deg(-90))
( all the way )? around/round/back
    = turned(§, deg(180))
( to the )? s:LR by? l:QTY
by? l:QTY ( to ( the/my ) )? s:TURNWAY
    = @turned_by

[STEPPED]
( forward/forwards/ahead | straight ahead )? by? l:QTY ( forward/forwards/ahead | straight ahead )?
    = @moved_on
( to the )? s:LR by? l:QTY
l:QTY to ( the/my ) s:LR
    = @moved_aside
( back/backward/backwards ) by? l:QTY
l:QTY ( back/backward/backwards )
    = @moved_back
"""
