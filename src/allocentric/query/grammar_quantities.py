"""Rules for questions about how many, how large and how far."""

from typing import Final

RULES: Final = r"""
# A quantity as a noun phrase.
[Q]
the? DISTANCE ( between a:PD and b:PD | of? a:PD ( from/to | away from ) b:PD | from a:PD to b:PD )
the? DISTANCE of a:PD and b:PD
the? closest ( that )? a:T ( comes/gets ) to b:T
the? DISTANCE to a:PD from b:PD
the? distance/gap ( separating a:PD and/from b:PD | left between a:PD and b:PD )
a:T to b:T distance/gap
a:T and b:T , how far apart
a:T 's DISTANCE from/to b:PD
the? distance by which a:T and b:T are ( apart/separated )
    = distance($a, $b¤)
the? distance from a:T to the farthest/furthest k:K
    = distance($a, farthest($k, to=$a¤)¤)
the? total? number/count/amount/quantity of s:S
the? s:K count
    = count($s)
the? m:NOUN of DET? a:T
a:T 's m:NOUN
the? length/size of a:T 's m:NOUN
    = @of
the? ( m:NOUN ) ( taken up | covered/occupied/used/filled ) by a:T
the? m:NOUN ( that )? a:T TAKES
    = @of
the? area of all ( the )? s:K ( together | IN_ALL )?
    = area($s)
the? total/combined/summed/overall/joint/cumulative m:NOUN of s:S
the? sum of the? m:NOUNS of s:S
    = @total
the? total/overall ( floor )? area/space of a:T
    = @home_area
the? average/mean m:NOUN of s:S
    = @total / count($s)
the? height/elevation of a:T ( above/over/off/from | up from ) the? FLOOR
a:T 's height/elevation ( above/over/off/from | up from ) the? FLOOR
    = offset($a, world(), axis="up")
the? ( length/distance of? ) the? w:WALK
    = length($w)
the? WALKED ( between a:P and b:P | of? from? a:P from/to b:P | to b:P from a:P )
    = length(walk($a, $b))
the? m:NOUN difference ( between/of ) a:T and b:T
the? difference ( in m:NOUN | between the m:NOUNS ) ( between/of ) a:T and b:T
    = @difference_in
the? difference between q:Q and r:Q
q:Q minus r:Q
    = @minus
the? ( sum | total ) of q:Q and r:Q
q:Q plus r:Q
    = @plus
the? sum of the? m:NOUNS of a:T and b:T
the? total/combined/summed/overall/joint m:NOUN of a:T and b:T
    = @sum_of
f:FACTOR q:Q
    = $f * $q
the? ratio ( of/between ) q:Q ( to/and ) r:Q
q:Q divided by r:Q
    = $q / $r
the? angle between ( the? HEADINGS of )? a:T and b:T
the? angle between ( the ( way/direction ) )? a:T faces/points and ( the ( way/direction ) )? b:T \
    faces/points
the? angle between a:T 's HEADINGS and b:T 's HEADINGS
    = turn(of($a), of($b))
the? ( angle/rotation/turn ) between ( the? HEADINGS of )? v:V and w:V
    = turn(camera($v), camera($w))

# A quantity that is compared.
[QC]
q:Q
    = $q
the? w:WALK
    = length($w)

[WALK]
ROUTE ( between a:P and b:P | from a:P to b:P )
ROUTE to ( GO ) from a:P to b:P
ROUTE ( to ( GO ) )? to b:P from a:P
    = walk($a, $b)

# "closer", with its place elsewhere.
[BARELY]
closer/nearer
    = <
farther/further ( away )?
more distant
    = >

[GROUND_OF]
GROUND
    = area >

[FACTOR]
twice
    = 2
n:NUM times
    = $n
half
    = 0.5

[FAR]
by? how far ( away/apart/off )?
by? how-many-length ( away/apart )? ( of space )?
how distant/close/near
    =

[MUCH]
by? how much
by? how-many-length
how-many-area
how-many-volume
    =

[ASK]
( what IS )? DET? n:NAME m:NOUN
    = @of_named
( what IS )? q:Q
what q:Q IS
q:Q IS ( what | how ( long/large/big/great/high/wide/much ) )
how ( long/large/big/great/high/wide/much ) ( IS q:Q | q:Q IS )
    = $q
# Distances.
x:FAR IS_PD ( away/off )? TO b:PD
x:FAR would/will a:PD be from b:PD
by what distance A_AND_B ( apart | separated )?
x:FAR OTHER A_AND_B
GIVEN? I measure from a:PD to b:PD x:FAR IS it
x:FAR IS it ( from a:PD to | between a:PD and ) b:PD
x:FAR it IS from a:PD to b:PD
a:PD LIES x:FAR TO b:PD
x:FAR DO a:PD ( come/get/reach ) TO b:PD
x:FAR ( away )? from b:PD ( IS a:PD | DO a:PD LIE | a:PD LIES )
x:FAR ( IS | DO ) a:PD and b:PD ( LIE? POSED? away? ( apart | OTHER | separated )? )
x:FAR a:PD and b:PD LIES away? ( apart | OTHER | separated )?
how much ( space/room/distance/clearance/free | free space ) ( THERE_IS | lies/is )? between a:PD and b:PD
how-many-length ( of space )? ( THERE_IS | lie/lies/are )? between a:PD and b:PD
( how-many-length | what distance/gap ) separate/separates a:PD and/from b:PD
( what | how ( big/large/wide ) a ) distance/gap ( THERE_IS | lies/is ) between a:PD and b:PD
from a:T to b:T , ( how far | how-many-length ) ( IS it )?
measure from a:T to b:T
    = distance($a, $b¤)
how far IS a:T from the farthest/furthest k:K
    = distance($a, farthest($k, to=$a¤)¤)
# Sizes.
( how | how-many-length ) m:ADJ IS_A
what DO a:T measure ( along | in | from end to end along ) its? m:NOUN
a:T LIES how m:ADJ
how-many-length in m:NOUN IS_A
how-many-length IS a:T in m:NOUN
what m:NOUN ( DO a:T have | IS a:T | has a:T )
how ( big/large/great ) a m:NOUN DO a:T have
what m:NOUN DO a:T TAKES
    = @of
how much GROUND DO a:T TAKES
how much GROUND ( IS | gets ) ( taken up | covered/occupied/used/filled ) by a:T
how-many-area ( of GROUND )? ( IS a:T | DO a:T ( TAKES | measure ) | THERE_IS in a:T )
    = @area_of
how much GROUND DO all ( the )? k:K TAKES ( together | IN_ALL )?
how-many-area ( of GROUND )? DO all ( the )? k:K TAKES ( together | IN_ALL )?
    = area($k)
how much GROUND ( THERE_IS | do we have | DO the? HOME TAKES )
how-many-area ( of GROUND )? THERE_IS
how-many-area ( of GROUND )? DO DET? HOME ( TAKES | measure ) IN_ALL?
    = area(all("room"))
( how much volume | how-many-volume ( of space )? ) ( IS a:T | DO a:T ( TAKES | measure/hold ) )
    = @volume_of
how much space/room DO a:T TAKES
    = @space_of
( ( what IS )? the? size of | what size IS ) a:T
( what IS )? a:T 's size
    = @size_of
( what IS )? the? dimensions/measurements of a:T
    = @dimensions_of
( add up | sum up | sum | total ) the? m:NOUNS of s:S
how m:ADJ ( are ) s:S ( in total | altogether | together | combined | all together )
what DO s:S add up to in m:NOUN
    = @total
x:FAR ( up )? ( above/off/from/over | up from ) the? FLOOR IS_A
x:FAR ( up )? IS_A ( above/off/from/over | up from ) the? FLOOR
how high ( up )? ( above/off/from/over | up from ) the? FLOOR IS_A
how high ( up )? IS_A ( above/off/from/over | up from ) the? FLOOR
    = offset($a, world(), axis="up")
x:FAR above b:T IS_A
x:FAR IS_A above b:T
    = offset($a, world(at=$b), axis="up")
x:FAR below b:T IS_A
x:FAR IS_A below b:T
    = offset($a, world(at=$b), axis="down")
( in/into )? which/what ( of these )? RANGE ( IS q:Q | DO q:Q ( fall/lie/be )? ( in/into )? | q:Q LIES in \
    ) ( , )? ( with? ( edges )? ( at | of ) )? e:EDGES
( IS q:Q | DO q:Q ( fall/lie/be ) | q:Q LIES ) ( in the RANGE | in | between | from )? e:EDGES
( in/into )? which/what RANGE ( DO q:Q ( fall/lie/be )? ( in/into )? | q:Q LIES in | IS q:Q in ) e:EDGES
( bin/put/sort ) q:Q ( into/at/by/in ) ( RANGE ( of/at/with )? ( edges )? )? e:EDGES
    = @binned
# Counts.
( how many | what number of ) s:SV ( THERE_IS POSED? | LIES POSED? ⌂ | exist/exists | MUST_I ( \
    see/count/find ) )? IN_ALL?
( how many | what number of ) s:S DO ( DET? HOME | we | it ) ( TAKES | contain/hold/include )
( how many | what number of ) s:S ( has ) ( DET? HOME | it ) got?
( what IS )? the? tally of s:S
count s:S
count how many s:SV THERE_IS?
s:KS , how many ( THERE_IS )?
    = count($s)
( how many | what number of ) k:KS ( THERE_IS | MUST_I see ) m:MODS
of DETS? k:K how many ( LIES | DO ) m:MODS
    = count(@within_set)
( how many | what number of ) DETS? k:K ( DO a:T ( contain/hold ) | IS contained in a:T )
    = count(@inside_of)
( how many | what number of ) DETS? k:K ( DO a:T have | has a:T got )
    = count(@inside_room)
( how many | what number of ) DETS? k:K DO a:T ( have on it | have on top | carry | support )
    = count($k & on($a))
how many more k:KS THERE_IS? than l:KS THERE_IS?
    = count($k) - count($l)
how many fewer/less k:KS THERE_IS? than l:KS THERE_IS?
    = count($l) - count($k)
# Differences and ratios.
x:MUCH c:COMP ( IS a:T than b:T LIES? | than b:T IS_A )
x:MUCH IS_A c:COMP than b:T LIES?
a:T LIES x:MUCH c:COMP than b:T
how much more c:GROUND_OF DO a:T ( TAKES ) than b:T DO?
    = @difference
x:MUCH c:COMP IS a:T than it IS d:ADJ
    = @difference_itself
by how much DO a:T exceed b:T in m:NOUN
x:MUCH ( MORE ) ( IS | DO ) a:T ( have )? ( in/by ) m:NOUN than b:T
    = @difference_in
x:MUCH ( MORE ) IS the? m:NOUN of a:T than that of b:T
x:MUCH ( MORE ) IS a:T 's m:NOUN than b:T 's
    = @difference_in
x:MUCH ( LESS ) IS the? m:NOUN of b:T than that of a:T
    = @difference_in
x:MUCH ( MORE | farther/further ) IS q:QC than r:QC
by how much DO q:QC exceed r:QC
    = @minus
x:MUCH ( LESS ) IS r:QC than q:QC
    = @minus
x:MUCH s:CLOSER c:P IS_A than b:T LIES?
x:MUCH ( s:CLOSER | s:BARELY ) IS_A to/from c:P than b:T LIES?
x:MUCH IS_A s:CLOSER c:P than b:T LIES?
    = @nearer_by
x:MUCH ( s:CLOSER | s:BARELY ) IS_A to/from b:P than to/from c:P
x:MUCH IS_A s:CLOSER b:P than to/from c:P
    = @nearer_of_two
how many times c:COMP ( IS a:T than b:T | than b:T IS a:T )
how many times as c:ADJ as b:T IS a:T
how many times as c:ADJ IS a:T as b:T
    = @ratio
what DO q:Q and r:Q add up to
    = @plus
what DO the? distances from a:T to b:T and from c:T to d:T add up to
( what IS )? the? ( sum | total ) of the? distances from a:T to b:T and from c:T to d:T
    = distance($a, $b¤) + distance($c, $d¤)
x:MUCH longer/farther/further IS ( the? ROUTE | it to ( GO ) ) from a:P to b:P than ( it is )? ( to ( GO \
    )? )? from c:P to d:P
    = length(walk($a, $b)) - length(walk($c, $d))
x:MUCH longer/farther/further IS ( the? ROUTE | it to ( GO ) ) from a:P to b:P than ( it is )? to d:P
    = length(walk($a, $b)) - length(walk($a, $d))
GIVEN? I ( GO ) from a:P to b:P ( and/then | and then )? ( on )? to c:P x:FAR ( IS it | MUST_I ( GO ) ) \
    IN_ALL?
( what IS )? the? WALKED from a:P ( via/through ) b:P to c:P
( what IS )? the? WALKED from a:P to b:P and ( then )? ( on )? to c:P
    = length(walk($a, $b)) + length(walk($b, $c))
x:MUCH longer IS the? ROUTE from a:T to b:T than the? DISTANCE between ( them | the two | these two )
x:MUCH longer/farther/further IS ( it ( to ( GO ) )? ONFOOT? | the? ROUTE ) from a:T to b:T than the? \
    straight line ( distance )? ( between ( them | the two | these two ) )?
    = length(walk($a, $b)) - distance($a, $b¤)
"""
