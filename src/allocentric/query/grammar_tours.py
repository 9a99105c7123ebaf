"""Rules for questions about tours, what is passed, which side is turned where, and where one is."""

from typing import Final

RULES: Final = r"""
# Several stops, each by its name.
[TOURED]
l:TL
    = [$l]

[SHORTEST_WAY]
( so that | so as | in order )? ( I GO | to GO | for ) ( the ( shortest/least ) \
    ( WAY | distance | possible? WAY ) | the least | as little as possible ) ( in total | in all | overall )?
( so that )? the ( total/whole )? ( WAY | distance ) is ( the/as )? ( shortest | short as possible )
    =

[ASK]
( GIVEN? I ( start/begin ) | starting/beginning | start/begin ) ( at/from/by ) a:T ( and )? ( in )? \
    which/what order MUST_I ( visit | go to | walk to ) l:TOURED z:SHORTEST_WAY
( in )? which/what order MUST_I ( visit | go to | walk to ) l:TOURED ( GIVEN? I ( start/begin ) | \
    starting/beginning ) ( at/from/by ) a:T z:SHORTEST_WAY
( what IS )? the shortest ( tour | WAY ) ( from a:T ( through/via/past ) | starting ( at/from ) a:T ( \
    through/via/past | and visiting ) ) l:TOURED
    = tour($l, start=$a¤)
# What is passed on a straight way.
GIVEN? I ( GO ) ( straight/directly ) from a:T to b:T ( in )? which/what order MUST_I ( pass | walk past | \
    come past ) l:TL
( walking/going ) ( straight/directly ) from a:T to b:T ( in )? which/what order MUST_I ( pass | walk past | \
    come past ) l:TL
( in )? which/what order MUST_I ( pass | walk past | come past ) l:TL ( GIVEN? I ( GO ) | walking/going | on \
    the way ) ( straight/directly ) from a:T to b:T
    = order([$l], by=offset(frame=standing(at=$a, facing=$b), axis="forward"))

# Which side, by a thing's own front.
[FOUR_SIDES]
its? front , left , right or back
its? front , back , left or right
    =

[FOUR_POINTS]
( due )? north , east , south or west
    =

[ASK]
which/what side of a:T ( FACES | IS FACING | IS ( towards/toward ) | IS ( nearest/closest to | turned \
    towards/toward ) ) b:T ( z:FOUR_SIDES )?
    = direction($b, of($a), sectors="four")
( towards/toward )? which/what DO a:T ( face/look ) ( at/to/towards )? more directly l:TL
    = least([$l], by=off_axis(frame=of($a)))
# Which way a thing faces.
( in/to/towards )? which/what ( COMPASSWAY | direction/way ) DO a:T ( face/look/point ) z:FOUR_POINTS
IS a:T ( facing/looking/pointing ) z:FOUR_POINTS
DO a:T ( face/look/point ) z:FOUR_POINTS
    = direction(moved(of($a), forward=1), north(at=$a), sectors="compass4")
( in/to/towards )? which/what COMPASSWAY DO a:T ( face/look/point )
    = direction(moved(of($a), forward=1), north(at=$a), sectors="compass8")

# How far, and which way, a thing moves.
[OWN_FRONT]
( by | according to | going by ) its own front
    =

[ASK]
how-many-length DO a:T MOVING ( between/from ) w:WHEN and/to x:WHEN
( between/from ) w:WHEN and/to x:WHEN ( how far | how-many-length ) DO a:T MOVING
    = distance(at($a, $w), at($a, $x), geometry="centre")
( in/to )? which/what direction/way DO a:T MOVING ( between/from ) w:WHEN and/to x:WHEN z:OWN_FRONT ( \
    y:FOUR_SIDES )?
z:OWN_FRONT ( in/to )? which/what direction/way DO a:T MOVING ( between/from ) w:WHEN and/to x:WHEN ( \
    y:FOUR_SIDES )?
    = direction(at($a, $x), of(at($a, $w)), sectors="four")

# Where one is, from what one sees.
[ONE_OF]
DET? a:NAME or DET? b:NAME
    = all("$a") | all("$b")
DET? a:NAME , DET? b:NAME or DET? c:NAME
    = all("$a") | all("$b") | all("$c")
DET? a:NAME , DET? b:NAME , DET? c:NAME or DET? d:NAME
    = all("$a") | all("$b") | all("$c") | all("$d")

[ASK]
GIVEN? I AM STANDING? ( BY ) o:ONE_OF ( and )? FACING d:T ( and/with )? ( a:T LIES? s:SIDE ) ( WHERE AM I \
    | at which of them AM I | BY which of them AM I ) STANDING?
GIVEN? I ( STANDING ) ( BY ) o:ONE_OF ( and )? ( FACING | FACES ) d:T ( and/with )? ( a:T LIES? s:SIDE ) ( \
    WHERE ( AM I | DO I stand ) | BY which of them ( AM I | DO I stand ) ) STANDING?
    = @standing_where

# Near, by a stated distance.
[YES]
IS_A ( next/close to | near/beside ) b:T ( that is | meaning | which means | in other words ) o:NEARLY \
    l:LENGTH ( away | of it | from it | away from it )?
    = distance($a, $b¤) $o $l
"""
