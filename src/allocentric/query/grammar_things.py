"""Rules for what is meant: things, sets and their conditions, candidates, and how they compare."""

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

# A kind with what stands before it: "the chairs" are a set, "the chair" is not.
[KD]
k:K
SOME k:K
    = $k
DETS n:NAME
    = @kinds
DETS THINGS
    = all()

# As many as are said to be: "the four windows".
[STATED]
( DET | of? DET )? all? DET m:NUM n:NAME
    = @stated

# Several of a kind: "light" is none.
[PLURAL]
n:NAME
    = @kinds
THINGS
    = all()

[KP]
the? n:NAME
    = @kinds

[KS]
k:KD
    = $k
k:KD and/or/plus l:KD
    = $k | $l
k:KD , l:KD ( and/or | , ) m:KD
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

[MODS_THEN]
m:MODS ( LIES | DO ) n:MODS
    = $m⏎$n

[SV]
k:KS
    = $k
s:RV
    = $s
s:RV x:WITHOUT
    = @without

[R]
k:KS m:MODS
    = @within_set
everything/anything/something/all/what/whatever m:MODS
    = @within_all

[MODS]
( that/which/who LIES? DO? )? POSED? m:MOD
    = $m
( that/which/who LIES? DO? )? not POSED? m:MOD
    = @negated
( that/which/who LIES? DO? )? POSED? either? m:MOD or POSED? n:MOD
    = @either_set
( that/which/who LIES? DO? )? POSED? either? c:CONTACT either? b:T or y:T
    = & $c($b) | $c($y)
( that/which/who LIES? DO? )? POSED? neither m:MOD nor n:MOD
    = @neither
( that/which/who LIES? DO? )? POSED? m:MOD ( and/but )? n:MODS
    = $m⏎$n

# What comes after "how many" and "which": the conditions may come after a verb.
[RV]
k:KS m:MODS
k:KS LIES DO? m:MODS
k:KS DO m:MODS
    = @within_set
k:KS m:MODS_THEN
    = @within_set

[MOD]
v:VERB
    = $v
s:STATE
    = $s

[STATE]
c:CONTACT b:T
    = & $c($b)
FACING b:P
( with/having ) its? front ( to/towards/toward/at ) b:P
    = & facing($b)
in? between b:P and c:P
    = & between($b, $c)
( parallel | in parallel | aligned in parallel ) ( to/with ) b:T
    = ? turn(of(τ), of($b)) < deg(10)
( next/close/adjacent to | near/beside/alongside | close by | by | in the vicinity of | not far from ) b:PD
( near/nearby | nearby to | not far ( away )? from | around ) b:PD
    = ? distance(τ, $b¤) < ◌
o:NEARLY l:LENGTH ( away )? ( of/from/to )? b:PD
    = ? distance(τ, $b¤) $o $l
l:LENGTH or more ( away )? from b:PD
    = ? distance(τ, $b¤) >= $l
l:LENGTH or less/closer ( away )? from/to b:PD
    = ? distance(τ, $b¤) <= $l
( within/in ) a l:LENGTH radius/range/distance ( of/from/around ) b:PD
( within/in ) a radius/range/distance of l:LENGTH ( of/from/around ) b:PD
    = ? distance(τ, $b¤) < $l
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
not as/so c:ADJ as b:T LIES?
    = @less
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
    = ? relation(τ, $b, ⇑, axis="up") == "above"
below b:TV
    = ? relation(τ, $b, ⇑, axis="up") == "below"
( due | directly | to the | on the )? c:POINT ( side )? of b:T
    = @is_compass
s:SIDE
    = @is_side
s:SIDEOF b:TV
    = @is_beside
( to/on/at ) the? b:T 's own? s:LR ( hand )? ( side )?
( on )? the? s:LR ( hand )? side of b:T 's own
    = @is_own_side

( that/which ) b:T LIES POSED? c:CONTACT
    = ? $c($b, τ)

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
closer/nearer than
    = <
farther/further ( away )? than
    = >

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

# The same at the end of a sentence.
[BEST_LAST]
s:BEST
    = $s
the? closer/nearer/closest/nearest
    = nearest
the? farther/further/farthest/furthest ( away )?
    = farthest

[SUP_NOUN]
MOST m:NOUN
    = $m most
LEAST m:NOUN
    = $m least

# "the tallest", "the taller", "has the greater height", "takes up the most floor".
[TOP]
( LIES | has/have ) POSED? the? s:SUP ONE?
( has/have ) the? s:SUP_NOUN
    = $s
LIES POSED? the? s:COMP ONE?
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
more/greater/larger/bigger/longer/higher/farther/further/wider than
over/above/exceeding
in excess of
    = >
less/smaller/shorter/fewer/lower/closer/nearer/narrower than
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
