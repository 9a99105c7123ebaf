"""Rules for what is meant: things, sets and their conditions, candidates, views, observers."""

from typing import Final

RULES: Final = r"""
# One thing.
[T]
DET? n:NAME
    = the("$n")
it
    = ◈
DET? s:SUP k:K
DET? s:SUP k:R
the? k:K ( with/of/having | that/which has ) the? s:SUP_NOUN
    = @chosen
the? k:K ( that/which is )? the? c:CLOSEST p:P
    = $c($k, to=$p¤)
the? nearest/closest k:K to p:P
    = nearest($k, to=$p¤)
the? ( farthest/furthest | most distant ) k:K ( from/to ) p:P
    = farthest($k, to=$p¤)

# One thing, a view, the observer.
[P]
t:T
    = $t
v:V
    = $v
ME
    = ⌖

[TV]
t:T
    = $t
v:V
    = $v

# A place from which one measures: of a set its nearest member counts.
[PD]
p:P
    = $p
the? nearest/closest k:K
any ( of DETS )? k:K
the nearest/closest of the k:K
    = $k

[V]
where ( the? VIEW number? v:ID ) was taken
the? VIEW number? v:ID
the? CAMERA ( of/in/at/for | which took ) the? VIEW number? v:ID
    = $v

# All of a kind; several kinds together.
[K]
n:NAME
    = @kind
THINGS
    = all()

[KS]
DETS? k:K
    = $k
DETS? k:K and/or/plus DETS? l:K
    = $k | $l
DETS? k:K , l:K ( and/or | , ) m:K
    = $k | $l | $m

# A set: a kind with conditions.
[S]
k:KS
    = $k
s:R
    = $s
s:R x:WITHOUT
    = @without

[WITHOUT]
EXCEPT DETS? x:K
but? ( that/which )? ( are/is )? not x:K
    = $x

[SV]
k:KS
    = $k
s:RV
    = $s
s:RV x:WITHOUT
    = @without

[R]
k:KS m:MODS
    = @restricted
everything/anything/something/all/what/whatever m:MODS
    = @things_restricted

[MODS]
( that/which/who LIES? DO? )? POSED? m:MOD
    = $m
( that/which/who LIES? DO? )? not POSED? m:MOD
    = @negated
( that/which/who LIES? DO? )? POSED? either? m:MOD or POSED? n:MOD
    = @either_condition
( that/which/who LIES? DO? )? POSED? m:MOD ( and/but )? n:MODS
    = @both_conditions

# What comes after "how many" and "which": the conditions may come after a verb.
[RV]
k:KS m:MODS
k:KS LIES DO? m:MODS
k:KS DO m:MODS
    = @restricted
k:KS m:MODS ( LIES | DO ) n:MODS
    = @restricted_twice

[MOD]
c:CONTACT b:T
    = & $c($b)
v:VERB
    = $v
FACING b:P
( with/having ) its? front ( to/towards/toward/at ) b:P
    = & facing($b)
in? between b:P and c:P
    = & between($b, $c)
( parallel | in parallel | aligned in parallel ) ( to/with ) b:T
    = ? turn(of(τ), of($b)) < deg(10)
o:NEARLY l:QTY ( away )? ( of/from/to )? b:PD
    = @near
o:CMP l:QTY ( off | away from | from ) AXIS
within l:QTY of AXIS
    = @off_axis
s:CLOSER c:P than ( it is | it LIES )? to/from d:P
s:CLOSER c:P than ( it is | it LIES )? d:P LIES it
    = ? distance(τ, $c¤) $s distance(τ, $d¤)
s:CLOSER c:P than b:T ( LIES | DO )?
    = ? distance(τ, $c¤) $s distance($b, $c¤)
s:CLOSER c:P than b:T LIES to/from d:P
    = ? distance(τ, $c¤) $s distance($b, $d¤)
c:COMP than b:T ( LIES | DO )?
    = @than_thing
not/no c:COMP than b:T LIES?
    = @no_more
c:COMP than it LIES d:ADJ
    = @than_itself
o:CMP ( f:FACTOR )? as c:ADJ as b:T LIES?
    = @times
c:COMP than l:QTY
o:CMP l:QTY c:ADJ
o:CMP l:QTY in c:NOUN
    = @than_stated
o:CMP l:QTY ( above/over/off | up from ) the? FLOOR
    = @above_floor
above/over b:TV
    = ? relation(τ, $b, world(), axis="up") == "above"
below b:TV
    = ? relation(τ, $b, world(), axis="up") == "below"
( due | directly | to the | on the )? c:POINT ( side )? of b:T
    = @is_compass
s:SIDE
    = @is_side
s:SIDEOF b:TV
    = @is_beside
( to/on/at ) the? b:T 's own? s:LR ( hand )? ( side )?
( on )? the? s:LR ( hand )? side of b:T 's own
    = @is_own_side

[VERB]
FACES b:P
( have/has ) its front ( to/towards/toward/at ) b:P
    = & facing($b)
touch/touches b:T
    = & touching($b)
run/runs parallel ( to/with ) b:T
    = ? turn(of(τ), of($b)) < deg(10)

[NEARLY]
within
within a distance/radius/range of
    = <
o:CMP
    = $o
s:CLOSER than
    = $s

# Two candidates or more: kinds for distances, things for measures.
[CL]
either? a:C and/or/vs/versus b:C
a:C , b:C
    = $a, $b
either? a:C , r:CL
    = $a, $r

[C]
( DET | a/an )? n:NAME
    = @candidate
v:V
    = $v

[TL]
either? a:T and/or/vs/versus b:T
a:T , b:T
    = $a, $b
either? a:T , r:TL
    = $a, $r

[AL]
DETS? a:K and/or/vs/versus ( more )? DETS? b:K
    = $a, $b
DETS? a:K , r:AL
    = $a, $r

# From where, and which way, a direction is told.
[F]
f:OBSERVER
    = $f
f:OBSERVER w:AFTER
    = @then
f:OBSERVER w:AFTER x:AFTER
    = @then_then

[OBSERVER]
GIVEN? I ( AM STANDING? | STANDING ) ( BY a:T | where a:T is ) ( and/while/but/then/when/if )? f:HEADING
( position/place/put/picture/imagine ) ( yourself/myself/oneself ) BY a:T ( and )? f:HEADING
( ( GO ) to | stand/be/being BY ) a:T ( and )? f:HEADING
GIVEN? ( ME | I )? STANDING? ( BY a:T | where a:T is ) ( and/while/but/then/when/if )? f:HEADING
SEEN? by? I? STANDING? ( BY a:T | where a:T is ) ( and/while )? f:HEADING
SEEN? from ( BY? a:T | where a:T is ) ( and/while/when/if/by )? f:HEADING
GIVEN? ( I AM )? f:HEADING ( while/when/and )? ( STANDING BY | from BY? | SEEN from | BY ) a:T
    = @facing_from
( looking/look/seen/viewed ) from BY? a:T ( to/towards/toward/at/onto ) f:T
    = standing(at=$a, facing=$f)
SEEN? ( from/in | relative to ) its VIEWPOINT
( judging by | going by | according to | based on | using | relative to ) its VIEWPOINT
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
SEEN? ( from/in | relative to ) a:T 's VIEWPOINT
( judging by | going by | according to | based on | using ) the? a:T 's VIEWPOINT
from where a:T faces/looks
( as/where/when ) a:T sees/see/faces ( it | things )?
( GIVEN I ( AM STANDING? | STANDING ) BY b:T and? )? ( FACING | looking ) the ( same )? way ( that )? a:T ( faces/looks | is facing/looking )
( GIVEN I ( AM STANDING? | STANDING ) BY b:T and? )? FACING the same way/direction as a:T
GIVEN? I ( AM STANDING? | STANDING ) BY a:T and? ( FACING | looking ) ( in )? the ( same )? way/direction ( that )? it ( faces/looks | is facing/looking )
( if | when ) I ( were | am | was ) the a:T
( relative to | with respect to | considering | given ) the ( way/direction ) ( that )? a:T ( faces/looks | is facing )
from a:T ( FACING | looking ) the ( same )? way/direction ( that )? it ( faces/looks | is facing )
in terms of a:T 's VIEWPOINT
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
( and/then/after/having/if/when | and then | and if )? ( I AM | I )? STEP w:STEPPED
( and/then/after/having | and then )? taking w:STEPPED
    = $w

[TURNED]
( to ( the/my ) )? left
    = turned(§, deg(90))
( to ( the/my ) )? right
    = turned(§, deg(-90))
( all the way )? around/round/back
    = turned(§, deg(180))
( to the )? left by? l:QTY
by? l:QTY ( to ( the/my ) )? left/leftwards/counterclockwise/anticlockwise
    = @turned_left
( to the )? right by? l:QTY
by? l:QTY ( to ( the/my ) )? right/rightwards/clockwise
    = @turned_right

[STEPPED]
( forward/forwards/ahead | straight ahead )? by? l:QTY ( forward/forwards/ahead | straight ahead )?
    = @moved_on
( to the )? s:LR by? l:QTY
l:QTY to ( the/my ) s:LR
    = @moved_aside
( back/backward/backwards ) by? l:QTY
l:QTY ( back/backward/backwards )
    = @moved_back

# Comparing and choosing.
[CLOSEST]
NEAREST
    = nearest
FARTHEST
    = farthest

[CLOSER]
NEARER to?
    = <
FARTHER from?
    = >

[CLOSE]
nearest/closest
    = nearest
farthest/furthest
most distant
    = farthest

[BEST]
the? s:CLOSEST
    = $s
the? NEARER
    = nearest
the? FARTHER
    = farthest

[SUP_NOUN]
MOST m:NOUN
    = $m most
LEAST m:NOUN
    = $m least

# "the tallest", "the taller", "has the greater height", "takes up the most floor".
[TOP]
( LIES | has/have ) POSED? the? s:SUP
( has/have ) the? s:SUP_NOUN
    = $s
LIES POSED? the? s:COMP
    = @as_superlative
( has/have ) the? MORE m:NOUN
    = $m most
( has/have ) the? LESS m:NOUN
    = $m least
TAKES the? most/more GROUND
    = area most
TAKES the? least/less GROUND
    = area least

[CMP]
more/greater/larger/bigger/longer/higher/farther/further than
over/above/exceeding
in excess of
    = >
less/smaller/shorter/fewer/lower/closer/nearer than
under/below
    = <
at least
no/not less/fewer/shorter/smaller/closer/nearer than
a minimum of
    = >=
at most
no/not more/longer/larger/farther/further than
up to
a maximum of
    = <=

[LR]
left
    = left
right
    = right
"""
