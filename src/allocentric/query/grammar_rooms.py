"""Rules for questions about rooms: which one a thing is in, what is in which, and what two share."""

from typing import Final

RULES: Final = r"""
# A kind of room, and one room.
[ROOMS]
the? k:K
    = @room_kind

[ROOM]
a:T
    = @one_room

# What a room may have.
[HAVING]
HAS ( a/an | at least one ) l:K
HAS ( any/some )? l:PLURAL
    = @has
( without | HAS no | not HAS ) ( a/an/any ) l:K
( without | HAS no | not HAS ) l:PLURAL
HAS no l:K
    = @has_none
HAS o:CMP n:NUM l:K
HAS ( exactly/only ) n:NUM l:K
    = @has_number
HAS the? ( most | ( largest/greatest/highest ) number of ) l:PLURAL
    = @has_most
HAS the? ( fewest/least | ( smallest/lowest ) number of ) l:PLURAL
    = @has_fewest

# Rooms with a condition are sets like others.
[R]
k:ROOMS ( that/which )? DO? m:HAVING
    = @within_set

[RV]
k:ROOMS ( that/which )? DO? m:HAVING
    = @within_set

[STATE]
( in/within/inside ) the same room ( as/with ) b:T
    = @shared_by_member
( in/within/inside ) ( a different/separate/another | another ) room ( from/than/to/as ) b:T
    = @not_shared_by_member

[IN_ONE]
( in/within/inside ) ( the same | one ) room
    =

[APART]
( in/within/inside ) ( different/separate | two different ) rooms
not in the same room
    =

[ASK]
in? which/what k:ROOMS MUST_I ( find/see ) a:T ( in )?
in? which/what k:ROOMS ( DO a:T LIE | can/could a:T be found ) ( in )?
which/what k:ROOMS ( has/have/contains/holds ) the a:T ( in it )?
which/what k:ROOMS DO the a:T ( belong to | stand in )
the? k:ROOMS ( with the a:T in it | containing the a:T | ( that/which )? the a:T is in | in which the a:T is )
    = {t for t in $k if inside($a, t)}
( in )? which/what k:ROOMS ( LIES | THERE_IS ) the? ( most | ( largest/greatest/highest ) number of ) l:PLURAL
    = @most_in
( in )? which/what k:ROOMS ( LIES | THERE_IS ) the? ( fewest/least | ( smallest/lowest ) number of ) l:PLURAL
    = @fewest_in

[YES]
A_AND_B x:IN_ONE
( DO a:T and b:T | a:T and b:T ) share ( a | the same | one ) room
    = @shared
A_AND_B x:APART
    = not @shared
( IS | DO ) ( every/each | all ( of )? DETS? | each/every ( one )? of DETS? ) k:ROOMS m:HAVING
( every/each ) k:ROOMS m:HAVING
    = @every
DO a:ROOM ( have/contain ) more k:PLURAL than b:ROOM DO?
THERE_IS more k:PLURAL in a:ROOM than in? b:ROOM
    = @more_in_room
DO a:ROOM ( have/contain ) fewer/less k:PLURAL than b:ROOM DO?
THERE_IS fewer/less k:PLURAL in a:ROOM than in? b:ROOM
    = @fewer_in_room

# Numbers here and there.
[ASK]
how many more k:PLURAL ( THERE_IS | LIES )? m:MODS than ( THERE_IS )? n:MODS
    = @more_here
how many fewer/less k:PLURAL ( THERE_IS | LIES )? m:MODS than ( THERE_IS )? n:MODS
    = @fewer_here

[YES]
( THERE_IS | IS ) more k:PLURAL m:MODS than n:MODS
    = @is_more_here
THERE_IS more k:PLURAL than l:PLURAL m:MODS
    = @more_of_one
THERE_IS fewer/less k:PLURAL than l:PLURAL m:MODS
    = @fewer_of_one
( THERE_IS | IS ) fewer/less k:PLURAL m:MODS than n:MODS
    = @is_fewer_here
"""
