"""Rules for questions about pictures and times: what is seen in a view, how much, behind what, and when."""

from typing import Final

RULES: Final = r"""
# In which picture.
[IN]
( in/from/on/within/through/by ) v:V
( in/from ) the? picture/image/photo ( of/from ) v:V
    = $v

# Several views, to choose from.
[VL]
v:V and/or w:V
    = $v, $w
v:V , l:VL
    = $v, $l

[STATE]
( can/could be )? VISIBLE i:IN
MUST_I see i:IN
    = & visible_in($i)
PARTLY HIDDEN i:IN
    = ? exists(hidden_by(τ, $i)) and visible_in(τ, $i)
ENTIRELY HIDDEN i:IN
    = ? exists(hidden_by(τ, $i)) and not visible_in(τ, $i)
CUT i:IN
    = ? cut_off(τ, $i) > 0

[YES]
i:IN IS a:T VISIBLE
i:IN ( can/could ) I see a:T
( can/could ) I see a:T i:IN
( can/could ) a:T be VISIBLE i:IN
DO i:V show a:T
IS a:T i:IN
    = visible_in($a, $i)
IS a:T not VISIBLE i:IN
    = not visible_in($a, $i)
IS a:T HIDDEN i:IN
i:IN IS a:T HIDDEN
    = ! a part of it may be meant, or all of it; exists(hidden_by($a, $i)) and visible_in($a, $i); \
    exists(hidden_by($a, $i)) and not visible_in($a, $i)
IS a:T ENTIRELY VISIBLE i:IN
i:IN IS a:T ENTIRELY VISIBLE
    = visible_share($a, $i, of="whole") >= 1
i:IN IS a:T CUT
    = cut_off($a, $i) > 0
IS f:SOME_OF of a:T VISIBLE i:IN
i:IN IS f:SOME_OF of a:T VISIBLE
( can/could ) I see f:SOME_OF of a:T i:IN
i:IN ( can/could ) I see f:SOME_OF of a:T
DO i:V show f:SOME_OF of a:T
    = visible_share($a, $i, of="whole") $f
IS f:SOME_OF of a:T CUT i:IN
    = cut_off($a, $i) $f
DO b:T HIDES a:T i:IN
i:IN DO b:T HIDES a:T
IS a:T HIDDEN by/behind b:T i:IN
    = exists({t for t in hidden_by($a, $i) if t == $b})
THERE_IS ( a/an/any ) k:K i:IN
    = exists($k & visible_in($i))

# "more than half", "at least 30 %".
[SOME_OF]
o:CMP f:SHARE_OF_ONE
    = $o $f
most
    = > 0.5

[SHARE_OF_ONE]
a? half
    = 0.5
p:PERCENT
    = $p

# What hides.
[HIDING]
( which/what ) ( THINGS )? IS? HIDES a:T i:IN
i:IN ( which/what ) ( THINGS )? IS? HIDES a:T
what IS a:T HIDDEN ( by/behind ) i:IN
( by/behind ) what IS a:T HIDDEN i:IN
the? THINGS HIDES a:T i:IN
    = hidden_by($a, $i)

[ASK]
h:HIDING
    = $h
how many ( THINGS )? HIDES a:T i:IN
    = count(hidden_by($a, $i))
i:IN ( which/what ) ( THINGS )? ( IS | can/could be ) VISIBLE
i:IN what ( can/could ) I see
( which/what ) ( THINGS )? IS i:IN
what DO i:V show
    = visible_in($i)
i:IN ( which/what ) k:K ( IS | can/could be ) VISIBLE
( which/what ) k:K IS i:IN
( which/what ) k:K DO i:V show
    = $k & visible_in($i)
( how many | what number of ) k:KS ( THERE_IS | IS ) i:IN
i:IN how many k:KS ( THERE_IS | IS VISIBLE | can/could be VISIBLE | can/could I see )
how many k:KS DO i:V show
    = count($k & visible_in($i))

[SHARE]
how much of a:T IS? VISIBLE i:IN
( what IS )? ( the | what )? PART of a:T ( that )? IS? VISIBLE i:IN
i:IN how much of a:T IS VISIBLE
how much of a:T ( can/could ) I see i:IN
how much of a:T DO i:V show
    = visible_share($a, $i, of="whole")
how much of a:T i:IN IS not HIDDEN
how much of a:T IS not HIDDEN i:IN
    = visible_share($a, $i)
how much of a:T IS CUT i:IN
( what IS )? ( the | what )? PART of a:T ( that )? IS? CUT i:IN
    = cut_off($a, $i)

[Q]
s:SHARE
    = $s
the? first sight of a:T
    = first_seen($a)
the? first sight of k:KP
    = first_seen($k)
the? bounding? box ( of/around/about ) a:T i:IN
a:T 's bounding? box i:IN
    = box_in($a, $i)
the? ( pixel | pixel coordinates | coordinates ) of a:P i:IN
    = pixel_in($a, $i)
the? speed of a:T w:WHEN
    = speed($a, $w)

[ASK]
where IS the? bounding? box ( of/around/about ) a:T i:IN
    = box_in($a, $i)
( at/in )? which/what pixel IS a:P i:IN
where in i:V IS ( the center/centre of )? a:P
    = pixel_in($a, $i)
how fast ( IS | DO ) a:T MOVING? w:WHEN
w:WHEN how fast ( IS | DO ) a:T MOVING?
how fast a:T MOVING w:WHEN
    = speed($a, $w)
how far DO a:T MOVING ( between/from ) w:WHEN and/to x:WHEN
    = distance(at($a, $w), at($a, $x), geometry="centre")
when ( does | is ) a:T first VISIBLE
when ( does | is ) a:T VISIBLE ( first | for the first time )
when DO I first see a:T
when a:T is first VISIBLE
    = first_seen($a)
when ( do | are ) k:KP first VISIBLE
when k:KP are first VISIBLE
    = first_seen($k)
( which/what ) ( ONE )? ONES? IS? VISIBLE ( first | for the first time ) l:CL
x:OF y:THESE l:CL w:THEN? IS? VISIBLE first
which of l:CL IS? VISIBLE first
    = least([$l], by=first_seen)
( in )? which/what order ( IS | DO ) l:CL first? VISIBLE
( what will/would be | what IS )? the? APPEARING order of ( the? GROUP? SORTS ⌂? )? l:CL
the? order of l:CL by first? APPEARING
    = order([$l], by=first_seen)
( which/what ) VIEW? SHOWS ( the? more/most ) of a:T l:VL
x:OF l:VL which/what ( ONE )? SHOWS ( more/most ) of a:T
which of l:VL SHOWS ( the? most ) of a:T
    = most([$l], by=visible_share(thing=$a, of="whole"))

# When: a number of seconds.
[WHEN]
( at/after )? second/time/t n:SEC
( at/after )? n:SEC second/seconds/s/sec
    = $n
"""
