"""Rules for questions about which one, which ones, and whether."""

from typing import Final

RULES: Final = r"""
# "which of these", before a list that comes last.
[WHICH]
which/what/who ( ONE )? ONES?
which/what ONE from this list
of the following , which/what ( ONE )?
( pick/choose/select/name ) ( ONE )?
    =

# Before a list that comes first: "which of these objects", "of".
[OF]
whichever of
compare
which/what ONE? of
which/what
out of
of/from/among/between/given/for/considering/comparing
    =

[THESE]
( these/those/the )? GROUP? THINGS? either?
    =

[THEN]
which/what ONE? ONES?
( pick/choose/select/name ) the? ONE? ( that/which )?
    =

# A set named by which: "which of the chairs", "which chair on the rug", "what on the desk".
[KR]
( which/what ) of? DETS? k:K
( which/what ) ONE of DETS k:K
( which/what ) ( ONE )? of k:STATED
( of/among/between/from | out of ) k:STATED which/what ( ONE )? ONES?
( which/what ) k:RV
( of/among/between/from | out of ) ( all? DETS | all ) k:K which/what ( ONE )? ONES?
    = $k
( which/what ) m:MODS
    = @within_all

[ASK]
( which/what/who LIES )? n:NAMED
which/what/who n:NAMED LIES
pick/choose/select n:NAMED
    = $n
# By distance.
w:WHICH ( LIES )? POSED? s:BEST p:P x:THESE l:CL
( what/which ) LIES the? ( ONE )? ( of/among | out of ) y:THESE s:BEST p:P l:CL
x:OF y:THESE l:CL w:THEN? LIES POSED? s:BEST p:P
l:CL w:THEN LIES POSED? s:BEST p:P
( IS | is it | do/does ) either? l:CL ( lie/stand/sit | that/which is )? POSED? s:BEST p:P
w:WHICH IS p:P POSED? s:BEST x:THESE l:CL
x:OF y:THESE l:CL w:THEN? IS p:P POSED? s:BEST_LAST
to x:OF y:THESE l:CL IS p:P POSED? s:BEST_LAST
IS p:P POSED? s:BEST y:THESE l:CL
p:P LIES POSED? s:BEST ( which/what ONE? of )? y:THESE l:CL
( DO p:P LIE | p:P LIES ) POSED? s:BEST y:THESE l:CL
s:BEST p:P y:THESE l:CL
x:OF y:THESE l:CL ( pick/choose/select ) ( the ONE )? ( that/which is )? s:BEST p:P
    = $s([$l], to=$p¤)
( which/what ) ( of ( DET? two | GROUP THINGS ) )? k:K ( LIES )? POSED? s:BEST p:P y:THESE l:CL
    = $s([$l], to=$p¤)
n:NAMED LIES which ( ONE )?
    = $n
w:WHICH LIES ( closer/nearer/closest/nearest ) either? l:CL TO p:P
    = nearest([$l], to=$p¤)
IS a:C POSED? s:BEST p:P or ( IS | is it ) b:C
IS a:C or IS b:C POSED? s:BEST p:P
( IS p:P | p:P LIES ) POSED? s:BEST either? a:C or to/from b:C
    = $s([$a, $b], to=$p¤)
k:KR LIES POSED? s:BEST p:P
k:KR has s:BEST p:P
k:KR IS p:P POSED? s:BEST_LAST
    = $s($k, to=$p¤)
which/what/who ( ONE )? ONES? LIES POSED? s:BEST p:P o:OPTIONS
( which/what ( THINGS )? )? ( LIES p:P | p:P LIES ) POSED? s:BEST ( which/what/these )? o:OPTIONS
    = @nearest_option
which/what/who ( ONE )? LIES POSED? the? s:CLOSEST p:P o:OPTIONS
( which/what ( THINGS )? )? ( LIES p:P | p:P LIES ) POSED? the? s:CLOSEST o:OPTIONS
    = @nearest_of_all
# By a measure.
w:WHICH s:TOP y:THESE l:TL
( which/what ) ( of ( DET? two | GROUP THINGS ) )? k:K s:TOP y:THESE l:TL
x:OF y:THESE l:TL w:THEN? s:TOP
l:TL w:THEN s:TOP
    = @most_listed
w:WHICH ( the? s:SUP ) y:THESE l:TL
( what/which ) LIES the? s:SUP ( ONE )? ( of/among | out of ) y:THESE l:TL
( IS | is it ) either? l:TL ( the? s:SUP )
s:SUP y:THESE l:TL
    = @most_listed
( IS | is it ) either? l:TL ( that/which is )? s:COMP
w:WHICH s:COMP y:THESE l:TL
    = @more_listed
IS a:T s:COMP or ( is )? b:T
    = @more_of_two
( what/which ) LIES the s:COMP ( ONE )? ( of/among | out of ) y:THESE l:TL
    = @more_listed
k:KR s:TOP
    = @chosen
which/what/who ( ONE )? ONES? s:TOP o:OPTIONS
    = @most_option
which/what/who ( ONE )? ( LIES | has/have ) POSED? the? s:SUP ONE? o:OPTIONS
which/what/who ( ONE )? ( has/have ) the? s:SUP_NOUN o:OPTIONS
    = @most_of_all
# By number.
( what/which ( ONES )? ) ( THERE_IS | do we have | LIES )? ( more/most of | the most of | more/most? \
    numerous/common/frequent ) ( THERE_IS )? l:AL
x:OF y:THESE l:AL w:THEN? ( THERE_IS | do we have | LIES ) ( more/most of | the most of | the? more/most \
    numerous/common/frequent )
THERE_IS more ( of )? l:AL
( IS ) l:AL ( more numerous/common/frequent )
    = most([$l], by=count)
( what/which ( ONES )? ) ( THERE_IS | do we have | LIES )? ( fewer/less/fewest/least of | the fewest/least \
    of | the? less/least numerous/common/frequent ) l:AL
x:OF y:THESE l:AL w:THEN? ( THERE_IS | do we have | LIES ) ( fewer/less/fewest/least of | the fewest/least \
    of | the? less/least numerous/common )
THERE_IS fewer ( of )? l:AL
    = least([$l], by=count)

# The one that is called by what makes it so.
[NAMED]
DET? c:CLOSE k:K TO? p:P
    = $c($k, to=$p¤)
DET? k:K POSED? ( that/which LIES )? POSED? s:BEST p:P
DET? ( ONE ) of DETS k:K POSED? ( that/which LIES )? POSED? s:BEST p:P
    = $s($k, to=$p¤)
DET? s:SUP k:K
DET? s:SUP ( ONE )? of/among all? DETS? k:K
DET? s:SUP k:R
DET? k:K ( with/of/having ) the? s:SUP_NOUN
DET? k:K ( that/which ) s:TOP
    = @chosen

# Whether.
[YES]
# A quantity against a stated one, or another.
( IS q:QC | q:QC LIES ) o:CMP l:QTYN
DO q:QC exceed l:QTY
    = @compared
( IS q:QC | q:QC LIES ) o:CMP r:QC
( IS q:QC | q:QC LIES ) o:CMP than? r:QC
    = @against
( IS the? m:NOUN of a:T | the? m:NOUN of a:T LIES ) o:CMP that of b:T
( IS a:T 's m:NOUN | a:T 's m:NOUN LIES ) o:CMP b:T 's
DO a:T have ( a )? ( o:MORE_THAN m:NOUN than b:T )
    = @against_that
( IS the? | the? ) ( ROUTE ) from a:P to b:P ( is )? x:SHORTER than ( the ( ROUTE | one ) )? from c:P to d:P
( IS it | it is ) ( a )? x:SHORTER ( walk/way | walking distance )? to? ( walk )? from a:P to b:P than ( \
    it is )? ( from c:P )? to d:P
    = @walks_compared
IS a:T n:NAMED
a:T is n:NAMED
    = $a == $n
IS_P m:STATE
DO a:P m:VERB
a:P m:VERB
    = @holds
IS_P both? m:MOD and n:MOD
    = @holds_both
IS_P m:MOD and ( IS )? x:T n:MOD
    = @holds_and_holds
IS either a:T or b:T POSED? m:MOD
    = @one_holds
IS a:T and b:T POSED? m:MOD
both? a:T and b:T LIES POSED? m:MOD
    = @each_holds
( IS a:T and b:T POSED? | a:T and b:T LIES POSED? ) o:NEARLY l:LENGTH ( apart | away? OTHER | of EACH | \
    away from EACH )
    = distance($a, $b¤) $o $l
IS it o:CMP l:LENGTH to ( GO ) from a:P to b:P
IS b:P o:CMP l:LENGTH ( away )? from a:P ONFOOT
    = length(walk($a, $b)) $o $l
( can/could | MUST ) I ( GO ) from a:P to b:P ( in | by ( walking/going )? )? o:CMP l:LENGTH
IS it ( a walk of )? o:CMP l:LENGTH ( walk/walking )? from a:P to b:P ( ONFOOT | walking )
IS it a walk of o:CMP l:LENGTH from a:P to b:P
IS b:P ( within | o:CMP ) ( a )? l:LENGTH ( walk | 's walk | of walking ) of/from a:P
    = @walked_compared
IS it o:CMP l:LENGTH from a:T to b:T
( THERE_IS | lies ) o:CMP l:LENGTH ( of? space/room/clearance )? ( left )? between a:PD and b:PD
IS_PD o:CMP l:LENGTH away from b:PD
    = @gap_compared
IS_A ( closer/nearer ) ( to ME )? than b:T LIES?
    = distance($a, ⌖) < distance($b, ⌖)
IS_A ( farther/further ) ( away )? ( from ME )? than b:T LIES?
    = distance($a, ⌖) > distance($b, ⌖)
# Numbers.
( THERE_IS | do we have ) o:CMP n:NUM s:S
    = count($s) $o $n
DO DET? HOME have o:CMP n:NUM s:S
    = count($s) $o $n
( THERE_IS | do we have ) n:NUM or more s:S
    = count($s) >= $n
( THERE_IS | do we have ) n:NUM or fewer/less s:S
    = count($s) <= $n
( THERE_IS | do we have ) ( exactly/only/just | precisely ) n:NUM s:S
    = count($s) == $n
( THERE_IS | do we have ) more k:KS than ( THERE_IS )? l:KS
DO k:KS outnumber l:KS
    = count($k) > count($l)
( THERE_IS | do we have ) ( just/exactly )? as many k:KS as ( THERE_IS )? l:KS
    = count($k) == count($l)
( THERE_IS | do we have ) ( exactly )? f:FACTOR as many k:KS as ( THERE_IS )? l:KS
    = count($k) == $f * count($l)
( THERE_IS | do we have ) o:CMP f:FACTOR as many k:KS as ( THERE_IS )? l:KS
    = count($k) $o $f * count($l)
THERE_IS n:NUM s:S
    = ! it may mean exactly or at least that many; count($s) == $n; count($s) >= $n
( THERE_IS | do we have ) fewer/less k:KS than ( THERE_IS )? l:KS
    = count($k) < count($l)
# Existence.
( THERE_IS | do we have | MUST_I ( see/spot/find ) | DO ( DET? HOME | it ) ( have/contain/include ) | do I \
    have ( a/an/any/some ) | ( has DET? HOME got | has DET? HOME ) | have we got | have we ) ( \
    a/an/any/some | any of | such a thing as a )? s:S ( anywhere | at all | around )?
    = exists($s)
( THERE_IS | do we have ) no s:S
    = not exists($s)
any s:S
( IS | LIES )? ( a/an ) s:S ( LIES )? ⌂
    = exists($s)
THERE_IS ( any/enough/some )? room/space between a:PD and b:PD
    = ! it does not say how much room is enough; distance($a, $b¤)
THERE_IS nothing m:MODS
( IS | LIES )? nothing m:MODS
    = not exists(@within_all)
( IS | DO ) ( a/an/any/some/one | any/one of | at least one of | at least one ) DETS? k:K m:MODS
( a/an/any/some ) DETS? k:K m:MODS
    = exists(@within_set)
( IS | DO )? anything/something LIE? m:MODS
THERE_IS anything/something m:MODS
    = exists(@within_all)
THERE_IS not ( a/an/any ) s:S
    = not exists($s)
( IS | DO )? none of DETS? k:K m:MODS
( IS | DO )? ( none of DETS? | no ) k:K m:MODS
    = not exists(@within_set)
DO ( a/an/any ) s:S exist
IS ( a/an ) s:S present
    = exists($s)
( IS | DO )? ( every/each | all ( of )? DETS? | each/every ( one )? of DETS? ) k:K m:MODS
( every/each ) k:K LIES m:MODS
    = @every
( DO a:T have | has a:T got ) ( a/an/any/some ) k:K c:CONTACT it
    = exists($k & $c($a))
( DO a:T have | has a:T got ) ( anything/something ) c:CONTACT it
    = exists($c($a))
DO a:T contain ( any/some/a/an ) k:K
    = exists(@inside_of)
DO a:T have ( any/some/a/an ) k:K
has a:T ( got )? ( any/some/a/an ) k:K
    = exists(@inside_room)
DO a:T ( carry/support/bear ) ( any/some/a ) k:K
    = exists($k & on($a))
( IS a:T | a:T LIES ) empty
    = @is_empty
# Contact, and what lies between.
IS_A c:CONTACT b:T or d:CONTACT y:T
    = ! one of the two may be asked for; $c($a, $b); $d($a, $y); $c($a, $b) or $d($a, $y)
IS_A c:CONTACT b:T or y:T
    = ! one of the two may be asked for; $c($a, $b); $c($a, $y); $c($a, $b) or $c($a, $y)
IS_A c:CONTACT either b:T or c:CONTACT? y:T
IS_A either c:CONTACT b:T or y:T
    = $c($a, $b) or $c($a, $y)
IS_A c:CONTACT or d:CONTACT b:T
    = ! one of the two may be asked for; $c($a, $b); $d($a, $b); $c($a, $b) or $d($a, $b)
A_AND_B ( touching | in contact | in touch | touch | make contact ) ( ( with )? EACH )?
    = touching($a, $b)
( DO b:T ( support/supports/carry/carries/bear/bears ) | b:T ( supports/carries ) ) a:T
    = on($a, $b)
DO b:T ( contain/include/enclose ) a:T
b:T contains a:T
    = inside($a, $b)
DO b:T ( hold/holds ) a:T
    = ! to hold may be to contain or to carry; inside($a, $b); on($a, $b)

[MORE_THAN]
MORE
    = >
LESS
    = <

[SHORTER]
shorter/closer/nearer/less
    = <
longer/farther/further/more
    = >

[ASK]
y:YES
    = $y
y:YES and z:YES
    = $y and $z
y:YES or z:YES
    = $y or $z
vertically? IS_P ( above or below | over or under | below or above | higher or lower than ) b:TV
( compared to/with | relative to ) b:TV IS_P ( above or below | higher or lower )
( what IS | how IS )? the? vertical relation/relationship ( between a:T and b:T | of a:T to b:T )
    = relation($a, $b, ⇑, axis="up")

# Which ones: sets.
[ASK]
( which/what/who ) s:RV
s:R
( which/what ) s:KS THERE_IS
all s:KP
    = $s
( which/what/who ) s:RV x:WITHOUT
s:R x:WITHOUT
    = @without
what ( else )? LIES? POSED? m:MODS x:WITHOUT
    = @within_all_without
what LIES POSED? m:MODS
m:MODS LIES what
what IS ( everything | all ) ( that LIES )? m:MODS
which/what ( THERE_IS | is it that is ) m:MODS
what all? THERE_IS m:MODS
    = @within_all
what touches b:T
    = touching($b)
( which/what ) ( THINGS )? DO b:T ( support/carry/bear | have on it | have on top ( of it )? )
    = on($b)
what ( THINGS )? DO b:T contain
what ( THINGS )? ( IS ) contained ( in/by ) b:T
    = inside($b)
what DO b:T hold
    = ! to hold may be to contain or to carry; inside($b); on($b)
what IS a:T POSED? c:CONTACT
what DO a:T LIE c:CONTACT
( what/which ) ( surface/support )? DO a:T ( rest/sit/lie/stand ) c:CONTACT
    = {t for t in all() if $c($a, t)}
which/what k:K IS a:T POSED? c:CONTACT
    = {t for t in $k if $c($a, t)}
c:CONTACT which/what k:K IS a:T
a:T LIES POSED? c:CONTACT which/what k:K
    = {t for t in $k if $c($a, t)}
what supports/carries a:T
    = {t for t in all() if on($a, t)}
what contains a:T
    = {t for t in all() if inside($a, t)}
what DO a:T FACES
what IS a:T FACING
    = {t for t in all() if facing($a, t)}
all THINGS
what ( IS there )? LIES? ⌂
what IS there
everything ⌂
    = all()
"""
