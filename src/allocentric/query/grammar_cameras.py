"""Rules for questions about pictures as pictures: depth, places in the image, sides shown, moved cameras."""

from typing import Final

RULES: Final = r"""
# Depth is along the view; it is no size of the thing.
[Q]
the? ( z-depth | camera depth ) of a:T i:IN
    = offset($a, camera($i), axis="forward")

[ASK]
at which/what ( z-depth | camera depth ) IS a:T i:IN
i:IN at which/what ( z-depth | camera depth ) IS a:T
    = offset($a, camera($i), axis="forward")
i:IN which/what ( ONE )? LIES ( closer/nearer ) ( to the camera )? in depth l:TL
( which/what ) ( ONE )? LIES ( closer/nearer ) ( to the camera )? in depth i:IN l:TL
which of l:TL LIES ( closer/nearer ) in depth i:IN
( which/what ) ( ONE )? has the? ( smaller/lesser/less ) ( z-depth | camera depth ) i:IN l:TL
    = least([$l], by=offset(frame=camera($i), axis="forward"))
i:IN which/what ( ONE )? LIES farther/further ( away )? ( from the camera )? in depth l:TL
( which/what ) ( ONE )? LIES farther/further ( away )? ( from the camera )? in depth i:IN l:TL
which of l:TL LIES farther/further in depth i:IN
( which/what ) ( ONE )? has the? ( greater/larger/more ) ( z-depth | camera depth ) i:IN l:TL
    = most([$l], by=offset(frame=camera($i), axis="forward"))

# In the image itself, by pixels alone.
[IMAGE]
( in/on/within ) the 2d image of v:V
( going/judging )? by ( the )? pixels alone ( in/on ) v:V
    = $v

[ASK]
p:IMAGE IS a:T c:SIDES_OF b:T
IS a:T c:SIDES_OF b:T p:IMAGE
p:IMAGE on which/what side of b:T IS a:T x:LEFT_OR_RIGHT?
on which/what side of b:T IS a:T p:IMAGE x:LEFT_OR_RIGHT?
    = relation_in($a, $b, $p, axis="right")
p:IMAGE IS a:T ( above or below | below or above | higher or lower than ) b:T
IS a:T ( above or below | below or above | higher or lower than ) b:T p:IMAGE
    = relation_in($a, $b, $p, axis="up")

# Which side of a thing a picture shows.
[ASK]
which/what side of a:T FACES v:V o:SECTORS
which/what side of a:T ( is )? FACING v:V o:SECTORS
( from )? which/what side of a:T DO v:V show o:SECTORS
which/what side of a:T ( is | can be )? VISIBLE in v:V o:SECTORS
    = direction($v, of($a), sectors="four")

# A camera that is turned and moved.
[ASK]
GIVEN? v:V TURN w:TURNED would/will it ( see/show ) a:T
would/will v:V ( see/show ) a:T GIVEN? it TURN w:TURNED
would/will v:V ( see/show ) a:T ( after/if/when ) it? TURN w:TURNED
    = @seen_after
GIVEN? v:V TURN w:TURNED and/then? then? ( STEP | moved/walked/went ) x:STEPPED would/will it ( see/show ) \
    a:T
would/will v:V ( see/show ) a:T ( after/if/when ) it? TURN w:TURNED and/then? then? \
    ( STEP | moved/walked/went ) x:STEPPED
    = @seen_after_both

# What hides a part.
[ASK]
DO b:T HIDES ( a/some/any )? part of a:T i:IN
i:IN DO b:T HIDES ( a/some/any )? part of a:T
IS ( a/some/any )? part of a:T HIDDEN by/behind b:T i:IN
    = exists({t for t in hidden_by($a, $i) if t == $b})

# Several pictures together.
[ANY_VIEW]
v:V or/and w:V
    = visible_in($v) | visible_in($w)
v:V , l:ANY_VIEW
    = visible_in($v) | $l

[ASK]
( how many | what number of ) k:KS ( IS VISIBLE | can/could be VISIBLE | can/could I see ) in ( at least one \
    | any | one or more ) of l:ANY_VIEW
in ( at least one | any | one or more ) of l:ANY_VIEW how many k:KS ( IS VISIBLE | can/could be VISIBLE | \
    can/could I see )
how many k:KS DO ( at least one | any | one or more ) of l:ANY_VIEW show
how many ( different )? k:KS ( can/could I see | IS VISIBLE ) in l:ANY_VIEW together
    = count($k & ($l))
"""
