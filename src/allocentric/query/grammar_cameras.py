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

# How much farther along an axis of the camera.
[ALONG]
to the right
    = right
ahead
    = forward

[ASK]
x:MUCH farther/further s:ALONG IS a:T than b:T i:IN
x:MUCH farther/further s:ALONG than b:T IS a:T i:IN
x:MUCH ( DO a:T LIE | IS a:T ) farther/further s:ALONG than b:T i:IN
    = offset($a, camera($i), axis="$s") - offset($b, camera($i), axis="$s")

# Which way a thing faces, by the compass of the camera.
[BY_CAMERA]
( if/suppose/given/when )? that? v:V ( faces | is facing ) north
with north ahead of v:V
    = $v

[ASK]
v:BY_CAMERA ( which/what WAY )? DO a:T face o:POINTS
v:BY_CAMERA IS a:T facing o:POINTS
    = which({"north": turn(camera($v), of($a)) < deg(45), \
    "east": deg(45) <= turn(camera($v), of($a)) and turn(camera($v), of($a)) <= deg(135) \
    and turn_side(camera($v), of($a)) == "right", "south": turn(camera($v), of($a)) > deg(135), \
    "west": deg(45) <= turn(camera($v), of($a)) and turn(camera($v), of($a)) <= deg(135) \
    and turn_side(camera($v), of($a)) == "left"})

# How far a camera goes round a thing.
[ASK]
( round/around/about ) a:T x:TURNED_BY ( did/does/has )? the? camera ( go/move/travel ) ( from v:V to w:V | \
    between v:V and w:V )
x:TURNED_BY ( did/does/has )? the? camera ( go/move/travel ) ( round/around/about ) a:T ( from v:V to w:V | \
    between v:V and w:V )
( what IS )? the? angle at a:T between v:V and w:V
    = off_axis($w, standing(at=$a, facing=$v))

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
would/will v:V ( see/show ) a:T GIVEN? ( it | its camera ) TURN w:TURNED
would/will v:V ( see/show ) a:T ( after/if/when ) ( it | its camera )? TURN w:TURNED
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
