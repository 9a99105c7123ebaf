"""Rules for questions about which way: sides, angles, the compass, what faces what, cameras and routes."""

from typing import Final

RULES: Final = r"""
# Sides to choose from, joined by |.
[SIDES]
either? a:SIDE of? or/and b:SIDE
either? a:SIDE of? , b:SIDE
    = $a|$b
either? a:SIDE of? , r:SIDES
    = $a|$r

[SIDES_OF]
left of or right of
( to/on )? the? left ( hand )? ( side )? ( of )? or ( to/on )? the? right ( hand )? ( side )? of
right of or left of
( to/on )? the? right ( hand )? ( side )? ( of )? or ( to/on )? the? left ( hand )? ( side )? of
    = right
in front ( of )? or behind
behind or in front of
    = forward

[POINTS]
a:POINT or ( ( to )? the )? b:POINT
a:POINT , b:POINT
    = $a|$b
a:POINT , r:POINTS
    = $a|$r

[IN_SIGHT]
slightly left or right by up to 22.5 degrees front-left or front-right ( by up to 45 degrees )? or ( out of \
    sight | not at all )
    =

[FROM_ME]
( from | relative to | with respect to | in relation to | SEEN from | compared to | with regard to | of ) ME
    =

[ASK]
IS_P f:FROM_ME s:SIDE
MUST_I ( have/see/find ) a:P s:SIDE
    = @lies_at
IS_P c:SIDES ( of ME )?
a:P c:SIDES
MUST_I ( have/see/find ) a:P c:SIDES
c:SIDES WHERE IS_P
WHERE IS_P f:FROM_ME? c:SIDES ( of ME )?
a:P LIES WHERE c:SIDES ( of ME )?
( in | to )? ( which/what of ) c:SIDES IS_P ( in )?
WHERE IS_P ( on/in )? f:FROM_ME? c:SIDES ( of ME )?
( on/to )? which/what side ( of ME )? ( IS_P | a:P LIES ) ( on )? c:SIDES
( in/into )? which/what quadrant IS_P ( in )? f:FROM_ME? c:SIDES
a:P LIES c:SIDES ( of ME )?
EIGHT IS_P ( in )? f:FROM_ME? c:SIDES
which of EIGHT IS_P ( in )? f:FROM_ME? c:SIDES
    = @which_side
WHERE IS_P ( in )? f:FROM_ME? o:SECTORS
WHERE a:P f:FROM_ME? o:SECTORS
a:P LIES WHERE f:FROM_ME? o:SECTORS
WHERE MUST_I ( see/find/have/spot/expect/look/turn ) ( for | to ( find/see/face | look at ) )? a:P \
    f:FROM_ME? o:SECTORS
( what IS )? the? direction ( of/to/towards/toward ) a:P f:FROM_ME? o:SECTORS
    = direction($a, §, sectors="$o")
( on/to )? which/what side ( of ME )? ( MUST_I ( see/have/find ) a:P | a:P LIES on )
( on/to ( which/what ) side ( of ME )? | on which hand | which/what side ( of ME )? ) ( IS_P | is a:P on ) \
    x:LEFT_OR_RIGHT?
( MUST_I | MUST I ) ( turn/look/go ) ( to ( the/my ) )? left or ( to ( the/my ) )? right INORDER SEE a:P
    = direction($a, §, sectors="left_right")
( MUST_I | MUST I ) ( turn/look/go ) ( to ( the/my ) )? s:LR INORDER SEE a:P
    = @lies_at
( in/into )? which/what quadrant IS_P ( in )? f:FROM_ME?
    = direction($a, §, sectors="quadrants")
( i see 45 degrees to either side )? IS_P z:IN_SIGHT
and see 45 degrees to either side where do i see a:P z:IN_SIGHT
    = direction($a, §, sectors="sight")
( in/to )? which/what ( of )? EIGHT IS_P ( in )? f:FROM_ME?
EIGHT WHERE IS_P f:FROM_ME?
    = direction($a, §, sectors="eight")
( above/below/up/down | in which of the six directions | along which axis ) IS_P f:FROM_ME?
    = direction($a, §, sectors="axes")
IS_P ENTIRELY s:SIDE
IS all of a:P s:SIDE
IS the? whole/entire a:P s:SIDE
DO ( all of | the? whole/entire ) a:P LIE s:SIDE
    = @whole_lies_at
what MUST_I ( see/have/find ) s:SIDE
what ( can/could/is ) ( be )? ( seen/found ) s:SIDE
( list/name ) ( everything | all THINGS? ) s:SIDE
    = @all_at
# Beside another thing.
IS_P x:F s:SIDEOF b:TV
    = @lies_beside_from
WHERE IS_P x:F c:SIDES
    = @which_side_from
IS_P x:F s:SIDE
    = @lies_at_from
IS_P c:SIDES_OF b:TV
    = relation($a, $b, §, axis="$c")
( on which/what side of b:TV | which/what side of b:TV ) ( IS_P | is a:P on ) ( left or right | on the \
    left or ( on the )? right )?
    = relation($a, $b, §, axis="right")
# A thing's own sides.
IS_A ( to/on/at ) the? b:T 's x:LEFT_OR_RIGHT
    = direction($a, of($b), sectors="left_right")
# Angles.
( at/in )? ( what/which ) ANGLE ( to ME )? IS_P f:FROM_ME?
( at/in )? ( what/which ) ANGLE ( DO | would/will ) a:P ( appear/lie/be/stand )
how-many-angle IS_P f:FROM_ME?
WHERE IS_P f:FROM_ME? u:DEGREES
( what IS )? the? ANGLE ( of/to/towards/toward ) a:P f:FROM_ME?
( what IS )? the? direction ( of/to/towards/toward ) a:P f:FROM_ME? u:DEGREES
( what IS )? a:T 's ANGLE f:FROM_ME?
x:TURNED_BY MUST_I TURN INORDER SEE a:P
what angle MUST_I TURN ( through )? INORDER SEE a:P
    = bearing($a, §)
how far to MY s:LR IS_P u:DEGREES
how-many-angle to MY s:LR IS_P
how-many-angle ( to the )? s:LR of AXIS IS_P
x:TURNED_BY MUST_I TURN ( to ( the/my ) )? s:TURNWAY INORDER SEE a:P
x:TURNED_BY ( to the )? s:TURNWAY MUST_I TURN INORDER SEE a:P
( turning | going | counting ) ( to the )? s:TURNWAY x:TURNED_BY ( IS it | MUST_I TURN )? ( INORDER SEE | \
    to ) a:P
how-many-angle ( to the )? s:TURNWAY IS ( it to )? a:P
    = bearing($a, §, turning="$s")
( how far off | by? how-many-angle ( off | away )? ( from )? | how far ( away )? from ) AXIS IS_P
how far ( off | away )? IS_P ( off/from )? AXIS
by? how-many-angle IS_P ( off | away from | from ) AXIS
( what IS )? the? angle between ( AXIS and a:P | a:P and AXIS )
what angle ( is there | LIES )? between ( AXIS and a:P | a:P and AXIS )
    = off_axis($a, §)
( how far | how-many-length ) s:SIDE IS_P
( how far | how-many-length ) IS_P s:SIDE
    = @aside
( how far | how-many-length ) s:SIDEOF b:TV IS_P
( how far | how-many-length ) IS_P s:SIDEOF b:TV
    = @beside_by
how far ( away )? IS_P
x:FAR IS_P ( away )? ( from ME )
    = distance($a, ⌖)
# The compass.
IS_A ( to the )? c:POINTS ( side )? of b:T
BY_COMPASS IS_A c:POINT of b:T
    = @compass
( in/on )? which/what COMPASSWAY IS_A ( from/of | relative to | SEEN from ) b:T
( in )? which/what COMPASSWAY IS_A in? ( from/of | relative to | SEEN from ) b:T
( in )? which/what COMPASSWAY DO a:T LIE in? from b:T
from b:T ( in )? which/what COMPASSWAY IS_A in?
( in )? which/what COMPASSWAY from b:T IS_A
( what IS )? the? COMPASSWAY ( from b:T to a:T | of a:T ( from | relative to ) b:T )
( in )? which/what COMPASSWAY ( IS it | MUST_I ( go/walk/head/travel ) ) from b:T to a:T
BY_COMPASS WHERE IS_A ( from/of | relative to | with respect to ) b:T
WHERE IS_A ( from/of | relative to | with respect to ) b:T BY_COMPASS
( going/walking/heading/travelling ) from b:T to a:T ( in )? which/what COMPASSWAY MUST_I ( GO ) ( in )?
( in )? which/what COMPASSWAY MUST_I ( GO ) ( in )? ( INORDER? get/go )? from b:T to a:T
( in )? which/what COMPASSWAY DO a:T ( lie | lie/stand from ) from? b:T
    = direction($a, north(at=$b), sectors="compass8")
( in/on )? which/what COMPASSWAY IS_A ( from/of | relative to ) b:T c:POINTS
( what IS )? the? COMPASSWAY of a:T ( from | relative to ) b:T c:POINTS
WHERE IS_A ( from/of | relative to | with respect to ) b:T c:POINTS
    = @compass
( how far | how-many-length ) ( to the )? c:POINT of b:T IS_A
( how far | how-many-length ) IS_A ( to the )? c:POINT of b:T
    = @northward
# What faces what.
( IS b:P | b:P LIES ) being? ( faced | looked at ) by a:T
IS b:P what a:T FACES
IS the front of a:T ( FACING | to/towards/toward ) b:P
    = facing($a, $b)
A_AND_B ( FACING | FACES ) EACH
a:T and b:T FACES EACH
( IS a:T FACING | DO a:T FACES ) b:T and vice versa
    = facing($a, $b) and facing($b, $a)
A_AND_B ( parallel | aligned in parallel | run parallel ) ( OTHER )?
A_AND_B ( FACING | FACES | point/look | FACES ) ( in )? the same way/direction
    = turn(of($a), of($b)) < deg(10)
A_AND_B ( FACING | FACES | point/look ) ( in )? opposite ways/directions
    = turn(of($a), of($b)) > deg(170)
( at )? what angle ( IS | DO ) a:T and b:T ( stand/meet )? ( OTHER )?
( at )? what angle ( IS | DO ) a:T ( stand )? ( to/against ) b:T
by? ( how far/much | how-many-angle ) IS a:T ( turned/rotated ) ( against/from | relative to | with \
    respect to ) b:T
    = turn(of($a), of($b))
# Cameras.
between v:V and w:V , x:FAR ( did/does/has )? the? camera ( move/moved/travel/travelled/go )
x:FAR ( did/does/has )? the? camera ( move/moved/travel/travelled/go ) ( from v:V to w:V | between v:V and \
    w:V )
    = distance($v, $w)
( x:FAR | x:TURNED_BY ) ( did/does/has )? the? camera TURN ( from v:V to w:V | between v:V and w:V )
    = turn(camera($v), camera($w))
( to which side | which way ) did the? camera ( turn/rotate ) ( from v:V to w:V | between v:V and w:V ) \
    x:LEFT_OR_RIGHT?
( from v:V to w:V | between v:V and w:V ) ( did the? camera ( turn/rotate ) | was the? camera \
    ( turned/rotated ) ) ( x:LEFT_OR_RIGHT | to the left or to the right )
    = turn_side(camera($v), camera($w))
( in )? which/what direction/way did/does the? camera ( move/go/travel ) ( from v:V to w:V | between \
    v:V and w:V )
    = direction($w, camera($v), sectors="axes")

[LEFT_OR_RIGHT]
left ( hand )? ( side )? or right ( hand )? ( side )?
right ( hand )? ( side )? or left ( hand )? ( side )?
    =

[TURNED_BY]
( by/through )? how-many-angle
by? how far/much
( by/through )? what angle
    =

[TURNWAY]
left/leftwards/counterclockwise/anticlockwise
    = left
right/rightwards/clockwise
    = right

# Routes.
[STOPS]
b:T
    = $b
b:T ( , | and then? | then | to ) ( ( GO | drive/continue ) )? ( on )? to? r:STOPS
    = $b, $r

[WHICH_TURNS]
( which/what turn/turns | which way | what ) MUST_I ( take/make/turn/do ) ( on the way | at each stop | \
    along the way )?
how MUST_I turn
( in )? which/what direction/way/ways MUST_I turn ( at DET? n:NAME )?
( which/what turn/turns ) MUST_I ( take/make ) at DET? n:NAME
MUST_I turn left , right or back ( at DET? n:NAME )?
which/what turns IS needed
    =

[ASK]
x:FAR MUST_I ( GO ) ONFOOT? ( to ( get/go/come ) )? from a:P to b:P
x:FAR MUST_I ( GO ) ( to ( get/go/come ) )? to b:P ( starting )? from a:P
x:FAR MUST_I ( GO ) to reach b:P from a:P
x:FAR IS ( it to ( GO ) | the walk ) from a:P to b:P
x:FAR IS it from a:P to b:P ONFOOT
ONFOOT x:FAR IS it from a:P to b:P
ONFOOT x:FAR IS b:P from a:P
GIVEN? I ( GO ) from a:P to b:P x:FAR ( IS it | MUST_I ( GO ) )
x:FAR MUST_I ( GO ) between a:P and b:P
how-many-length DO it take to ( GO ) from a:P to b:P
I ( want/need/have | would like ) to ( GO ) from a:P to b:P x:FAR ( IS it | IS the walk )
I AM BY a:P and I? ( want/need/have | would like ) to ( GO ) to b:P x:FAR ( IS it | IS the walk )
from a:P x:FAR MUST_I ( GO ) to ( ( get/go/come ) to | reach ) b:P
GIVEN? I ( AM BY | start/starting at | starting at ) a:P x:FAR ( MUST_I ( GO ) to ( ( get/go/come ) to | \
    reach )? | IS the walk to ) b:P
STANDING ( at ) a:P x:FAR IS the walk to b:P
x:FAR from a:P to b:P ONFOOT
x:FAR IS a:P and b:P ( apart )? ONFOOT
x:FAR ( of walking ) IS it from a:P to b:P
x:FAR IS b:P from a:P ONFOOT
x:FAR IS b:P ONFOOT from a:P
x:FAR IS it ONFOOT from a:P to b:P
    = length(walk($a, $b))
( how long | x:FAR ) IS the? w:WALK
    = length($w)
how MUST_I ( GO ) from a:P to b:P
how MUST_I ( GO ) to b:P from a:P
how ( to | I ) ( GO ) from a:P to b:P
I ( want/need/have | would like ) to ( GO ) from a:P to b:P ( how | which way )
how MUST_I reach b:P from a:P
( which/what way ) MUST_I ( GO ) from a:P to b:P
which/what ROUTE ( leads/goes/runs | MUST_I take ) ONFOOT? from a:P to b:P
( GO | walk/guide/lead/take/direct/route/navigate me? ) from a:P to b:P
directions from a:P to b:P
how IS b:P reached from a:P
    = walk($a, $b)
( what IS | which IS | plan/draw/trace )? ( the/a )? w:WALK
    = $w
GIVEN? I? ( start/begin | AM ) ( at/from/by ) a:T ( and )? FACING f:T ( and then? | then | , ) I? ( ( GO | \
    drive ) to | want to GO to | visit ) s:STOPS w:WHICH_TURNS
( starting/beginning ) ( at/from/by ) a:T ( and )? FACING f:T I? ( ( GO | drive ) to | want to GO to | \
    visit ) s:STOPS w:WHICH_TURNS
( walking/going ) from a:T to s:STOPS ( starting ( out )? )? FACING f:T w:WHICH_TURNS
    = turns([$a, $s], facing=$f)
( starting/beginning | GIVEN? I ( start/begin | AM ) ) ( at/from/by ) a:T ( and )? FACING f:T w:WHICH_TURNS \
    to? ( ( GO | drive ) to | visit | reach ) s:STOPS
w:WHICH_TURNS on the route? ( from )? a:T , s:STOPS ( GIVEN I ( start/begin ) | starting/beginning ) \
    FACING f:T
    = turns([$a, $s], facing=$f)
w:WHICH_TURNS GIVEN? I? ( start/begin | AM ) ( at/from/by ) a:T ( and )? FACING f:T ( and then? | then | , \
    ) I? ( GO | drive ) to s:STOPS
w:WHICH_TURNS ( ( INORDER )? ( GO ) )? from a:T ( via/through/past/by ) s:STOPS ( GIVEN I start | starting \
    ( out )? )? ( FACING f:T )
    = turns([$a, $s], facing=$f)
"""
