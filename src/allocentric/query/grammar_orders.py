"""Rules for questions about the order of several things."""

from typing import Final

RULES: Final = r"""
# In which order.
[SORT]
list/sort/rank/order/arrange/put/place/name/give
( in )? which/what order ( IS | come/comes | do/would )?
( what IS )? the? order/ranking of
line up
what ( are/is )
how ( are/do )
    =

[BY]
( by/after | in order of | in the order of | ordered/sorted/ranked/arranged/ordered by | according to | \
    based on | in terms of )
( in order )? by
    =

[ITEMS]
l:CL
    = [$l]
DETS? k:K
    = $k

# What is put in order by a measure.
[LISTED]
l:TL
    = [$l]
DETS? k:K
    = $k

[ASK]
x:SORT? i:ITEMS ( rank )? ( in order )? y:BY their? RISING? ( distance/closeness/proximity/nearness ) \
    from/to p:P z:NEAR_FIRST?
x:SORT? i:ITEMS ( in order )? ( from? nearest/closest to farthest/furthest ( away )? ) ( from/to | \
    measured from )? p:P
x:SORT? i:ITEMS ( in order )? from nearest/closest to p:P to farthest/furthest
x:SORT? i:ITEMS ( in order )? y:BY how near/close/far ( away )? they are to/from p:P z:NEAR_FIRST?
z:NEAR_FIRST x:SORT i:ITEMS ( rank/lie/come )? ( y:BY distance )? from/to p:P
z:NEAR_FIRST from/to p:P x:SORT? i:ITEMS
z:NEAR_FIRST x:SORT i:ITEMS ( rank/lie/come )? ( relative/compared to ) p:P
x:SORT y:BY their? RISING? ( distance/closeness/proximity/nearness ) from/to p:P i:ITEMS
( in )? RISING order of distance from/to p:P x:SORT? i:ITEMS
x:SORT? i:ITEMS in RISING order of distance from/to p:P
x:SORT i:ITEMS ( in )? y:BY distance from/to p:P
in which/what order z:NEAR_FIRST ( IS | DO ) i:ITEMS ( lie )? from p:P
x:SORT z:NEAR_FIRST? i:ITEMS ( lie )? z:NEAR_FIRST? from p:P z:NEAR_FIRST?
x:SORT? i:ITEMS z:NEAR_FIRST to/from p:P
    = order($i, by=distance(to=$p¤))
x:SORT? i:ITEMS ( in order )? y:BY their? FALLING distance from/to p:P
x:SORT? i:ITEMS ( in order )? y:BY their? distance from/to p:P z:FAR_FIRST
x:SORT? i:ITEMS ( in order )? from? farthest/furthest to nearest/closest ( to/from )? p:P
z:FAR_FIRST x:SORT i:ITEMS ( rank/lie/come )? from/to p:P
x:SORT z:FAR_FIRST i:ITEMS from p:P
= ! an order is told from the least to the greatest: read it from its end; order($i, by=distance(to=$p¤))
x:SORT? i:LISTED ( rank )? ( in order )? from s:SUP to t:SUP
from s:SUP to t:SUP x:SORT i:LISTED ( rank )?
x:SORT? i:LISTED ( in order )? s:SUP first
    = @ranked
x:SORT? i:LISTED ( rank )? ( in order )? y:BY their? RISING? m:NOUN ( s:SUP first | from s:SUP to t:SUP | \
    RISING )?
x:SORT? i:LISTED ( in order )? of RISING m:NOUN
x:SORT y:BY their? RISING? m:NOUN i:LISTED
x:SORT y:THESE in RISING? order of m:NOUN i:LISTED
y:BY their? RISING? m:NOUN x:SORT? i:LISTED
starting with ( the? s:SUP ) x:SORT? i:LISTED y:BY their? m:NOUN
x:SORT? i:LISTED ( in order )? y:BY their? m:SIZE ( s:SUP first | from s:SUP to t:SUP | RISING )?
    = @ranked_by
x:SORT? i:LISTED ( in order )? y:BY their? FALLING m:NOUN
x:SORT? i:LISTED ( in order )? y:BY their? m:NOUN FALLING
    = @ranked_down
x:SORT do I ( come to )? ( SEE | pass/meet ) l:TL
x:SORT l:TL ( come up | appear | pass ( by )? )
    = order([$l], by=bearing(frame=§, turning="↻"))

[SIZE]
size
    = size

[NEAR_FIRST]
from? nearest/closest to farthest/furthest
( with/starting )? with? the? nearest/closest ( one )? first
starting with the? nearest/closest ( one )?
RISING
    =

[FAR_FIRST]
from? farthest/furthest to nearest/closest
( with/starting )? with? the? farthest/furthest ( one )? first
starting with the? farthest/furthest ( one )?
FALLING
    =
"""
