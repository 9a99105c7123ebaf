"""Rules for questions about maps: how shapes lie to each other, azimuths, marks and coordinates."""

from typing import Final

RULES: Final = r"""
# What is meant by a mark on a picture, or by coordinates.
[T]
( the? ( ONE | area )? ( marked | with the? ( mark/number ) ) | the? mark ) m:MARK \
    ( in/on ) v:V
    = marked($v, $m)
the? ( point/spot/place ) ( at )? ( the? coordinates )? x:PLACE
    = shape([$x], world())
the? ( line/polyline/path ) ( through/along/over ) ( the? ( points/corners ) )? x:PLACES
    = shape([$x], world())
the? ( area/polygon/outline ) ( with | that/which has )? the? corners x:PLACES
    = @area_of_corners

# How one lies to another.
[STATE]
w:LYING b:T
    = ? topology(τ, $b) == "$w"
w:LYING b:T ( to within | by more than ) l:LENGTH
    = ? topology(τ, $b, snap=$l) == "$w"

[VERB]
w:LIES_TO b:T
    = ? topology(τ, $b) == "$w"
w:LIES_TO b:T ( to within | by more than ) l:LENGTH
    = ? topology(τ, $b, snap=$l) == "$w"

[LYING]
disjoint from
    = disjoint
bordering
    = touches
crossing
    = crosses
overlapping
    = overlaps
properly inside
    = inside
covered by
    = covered by
properly containing
    = contains
covering
    = covers
equal in shape to
    = equals

[LIES_TO]
border/borders
( share/shares a border | have/has a common border ) with
    = touches
cross/crosses
    = crosses
overlap/overlaps ( with )?
    = overlaps
properly contain/contains
    = contains

[YES]
( DO a:T and b:T | a:T and b:T ) overlap
    = topology($a, $b) == "overlaps"
( DO a:T and b:T | a:T and b:T ) ( border EACH | have a common border | share a border )
    = topology($a, $b) == "touches"
( DO a:T and b:T | a:T and b:T ) cross ( EACH )?
    = topology($a, $b) == "crosses"
IS a:T and b:T disjoint
a:T and b:T LIES disjoint
    = topology($a, $b) == "disjoint"

[ASK]
how DO a:T lie ( to | relative to | with respect to ) b:T ( on the map )?
( what IS )? the? topological ( relation/relationship ) ( of a:T to b:T | between a:T and b:T )
    = topology($a, $b)
how DO a:T lie ( to | relative to | with respect to ) b:T ( on the map )? to within l:LENGTH
( what IS )? the? topological ( relation/relationship ) ( of a:T to b:T | between a:T and b:T ) to within \
    l:LENGTH
    = topology($a, $b, snap=$l)
( what IS )? the? ( azimuth | bearing clockwise from north ) ( of a:T from b:T | from b:T to a:T )
( what IS )? the? bearing ( of a:T from b:T | from b:T to a:T ) clockwise from north
    = bearing($a, north(at=$b), turning="right")
which/what k:K ( contains/holds/includes ) a:T
in which/what k:K DO a:T LIE
    = {t for t in $k if inside($a, t)}
"""
