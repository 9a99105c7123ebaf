"""The words of the language in English: one table, by which questions are read and programs are said.

The first form of a row is the one that is said. Forms are patterns of the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final


def table(text: str) -> dict[str, tuple[str, ...]]:
    """Rows `key: form, form, ...` by their key; a key may have several lines."""
    made = dict[str, tuple[str, ...]]()
    for line in text.strip().splitlines():
        key, _, forms = line.partition(": ")
        made[key] = (*made.get(key, ()), *forms.split(", "))
    return made


CLASSES: Final = table("""
DET: the, my, our, your, this, that, his, her, their
DETS: the, my, our, your, these, those, all the, all of the, all these, all of these, of the, of these
DETS: of those, the individual, the different
SOME: all, some, distinct, different, separate, individual
ENTIRELY: entirely/completely/wholly/fully/totally, as a whole, in full
IS: is, are
LIES: is, are, lies, lie, sits, sit, stands, stand, hangs, hang, rests, rest, comes, come
DO: does, do
LIE: lie, sit, stand, hang, rest, be
MUST: do, does, must, should, would, will, can, could, shall, might
MUST_I: MUST I ( have/need/want to )?
POSED: located, situated, positioned, placed, standing, sitting, lying, resting, hanging, found, set, put
POSED: kept, stored
POSED: arranged, seated, mounted, parked, being, separated, standing there, leaning, directly, right
POSED: somewhere
IS_A: IS a:T POSED?, a:T LIES POSED?, DO a:T LIE, would/will a:T be POSED?
IS_P: IS a:P POSED?, a:P LIES POSED?, DO a:P LIE, would/will a:P be POSED?
IS_PD: IS a:PD POSED?, a:PD LIES POSED?, DO a:PD LIE
A_AND_B: IS a:T and b:T POSED?, a:T and b:T LIES POSED?, DO a:T and b:T LIE?
THERE_IS: IS there, there LIES, are there any of
I: i, you, we, one, someone, somebody, he, she, they, anyone
I: an observer, the observer, a person, the person, a viewer, the viewer, a robot, the robot
ME: me, you, us, him, her, them, one, the observer, the viewer, the robot, the camera, the person
MY: my, your, our, his, her, their, its, the, one 's, the observer 's, the camera 's, the viewer 's
MY: the robot 's
AM: am, are, is, was, were, be
ONE: one, thing, object, item
THINGS: thing, things, object, objects, item, items, piece/item of furniture, pieces/items of furniture
THINGS: stuff
GROUP: two, three, four, five, following
ONES: of them, of these, of those, of the GROUP THINGS?, of these GROUP? THINGS
ONES: of the ( listed/given )? THINGS
ONES: of those GROUP? THINGS, of it all
DISTANCE: SHORTEST? distance/distances, gap, separation, spacing, clearance, space
DISTANCE: length/size/width of the gap
DISTANCE: amount of space, ( free/empty ) space, space/room ( left/remaining )?
DISTANCE: ( closest/actual/exact ) distance, straight line distance
SHORTEST: shortest, nearest/closest, smallest, minimum, minimal, least, exact, direct, overall, total
NEAREST: nearest to, closest to, nearest/closest d:DET_NEXT, least far from, least distant from
NEAREST: nearest by
NEAREST: ( at )? the SHORTEST distance from/to, closest/nearest from, in closest proximity to
NEARER: closer to, nearer to, nearer/closer d:DET_NEXT, closer from
NEARER: ( at )? ( a/the )? smaller/shorter/lesser distance from/to
NEARER: less far ( away )? from, less distant from
FARTHEST: farthest/furthest ( away )? from, farthest/furthest to, most distant/remote from, most far from
FARTHEST: ( at )? the greatest/longest/largest distance from/to, least close/near to
FARTHER: farther/further ( away )? from, farther/further ( away )?, more distant/remote from
FARTHER: less close/near to, ( at )? ( a/the )? greater/larger/longer distance from/to
FARTHER: farther/further to
TO: to, from
FACING: facing ( to/towards/toward )?, looking ( straight/directly )? ( at/to/towards/toward )
FACING: turned ( to/towards/toward )
FACING: looking/facing in/into the direction of
FACING: pointed/pointing/directed/aimed/angled/oriented/orientated ( at/to/towards/toward ), facing directly
FACES: face/faces/faced ( to/towards/toward )?
FACES: look/looks/looked ( straight/directly )? ( at/to/towards/toward )
FACES: point/points ( at/to/towards/toward ), directly face/faces
EACH: each other, one another
OTHER: to/from/of EACH
VIEWPOINT: own? point of view, own? perspective, own? viewpoint, own? standpoint, own? vantage point
VIEWPOINT: own? view
VIEWPOINT: own? frame ( of reference )?, own? reference frame, own front, own side, own? orientation
VIEWPOINT: own? position
CAMERA: camera 's? ( VIEWPOINT | frame | coordinate frame | coordinates | pose | position )?, viewpoint
CAMERA: perspective
CAMERA: point of view, position, pose, frame, coordinate frame, camera coordinates, camera coordinate system
VIEW: view, camera, frame, image, photo, picture, pic, viewpoint, shot
FLOOR: floor, ground
ROUTE: ( SHORTEST | best/quickest/fastest )? ( walking/walkable )? WAY ( ( on/along/over/across ) the FLOOR )?
WAY: way, walk, walking, path, route, trip
WALKED: SHORTEST? walking/walk/travel/travelling/path/route/walked distance, SHORTEST? distance on/by foot
WALKED: path/route length
WALKED: distance ( walking | to walk | i MUST walk | one MUST walk )
ONFOOT: on foot, walking, ( on foot )? ( if/when ) ( I am )? walking, by foot, when walking
ONFOOT: walking? around the? furniture/obstacles/things
ONFOOT: ( if/when ) I walk, by walking, on the floor by walking
GO: go, walk, get, travel, move, drive, find MY way, make MY way, navigate, head, come
HEADINGS: headings, heading, fronts, front, facing directions, directions, orientations, viewing directions
HEADINGS: orientation
RANGE: range, ranges, bin, bins, interval, intervals, bracket, class, classes, step, steps
IN_ALL: in total, altogether, in all, all together, overall, total, present, all told, combined
HOME: room, scene, apartment, flat, house, place, home
WHERE: where/whereabouts
WHERE: ( in/to/towards )? which/what ( of the four )? ( relative )? direction/directions/way
EIGHT: ( of/out of )? the eight directions, eight directions, one of eight directions
ANGLE: angle, bearing, bearing angle, relative angle, relative bearing, direction angle
ANGLE: direction in degrees
AXIS: straight ahead ( of ME )?, straight in front of ME, dead ahead, MY line of sight
AXIS: where I AM looking/facing, ( MY )? center/centre, MY heading
AXIS: the direction ( in which )? I AM looking/facing ( in )?
AXIS: MY ( viewing/facing/forward )? direction ( of view )?
AXIS: MY ( optical/camera/viewing )? axis, MY gaze, MY front, the way I AM looking/facing, the axis
COMPASSWAY: compass/cardinal/geographic direction, direction of/on the compass, compass/cardinal point
COMPASSWAY: point of the compass
COMPASSWAY: compass bearing
BY_COMPASS: ( going by | by | on | according to | in terms of ) the? compass ( directions )?
BY_COMPASS: in compass terms
BY_COMPASS: ( if/when | given that ) north is ( up | at the top ), with north ( up | at the top )
BY_COMPASS: in terms of cardinal directions, geographically, in cardinal directions, as a compass direction
TURN: turn, rotate, swivel, spin, pivot, turning, rotating, turns, turned, rotated
STEP: walk, step, move, go, walking, stepping, moving, going, drive, take a step, advance
INORDER: ( in order | so as )? to, until/before I, so that I, and
SEE: ( be )? ( face/facing ), ( be )? ( look/looking ) ( straight/directly )? ( at/towards/toward ), see
SEE: point at, face towards/toward
STANDING: standing, stand, stands, sitting, sit, sits, seated, lying, lie, waiting, located, positioned
STANDING: placed, situated
STANDING: stood, parked, stationed, starting
BY: right/directly? ( by/at/beside/near/on/alongside/in | next to | close to )
GIVEN: if, when, while, suppose/supposing ( that )?, imagine ( that )?, assume/assuming ( that )?
GIVEN: say ( that )?, once
GIVEN: given that, let us say ( that )?, picture, as, for, to, by, with, think that
SEEN: seen, viewed, looking, observed, watched, judged, judging, as seen, as viewed
MOST: greatest, largest, biggest, highest, maximum, most, longest
LEAST: smallest, least, lowest, minimum, shortest
MORE: greater, larger, bigger, higher, more, longer
LESS: smaller, lesser, lower, less, shorter
RISING: increasing, ascending, growing, rising
FALLING: decreasing, descending, falling, reverse
HAS: with/having, has/have got?, contain/contains/containing
TAKES: take up, takes up, cover, covers, occupy, occupies, use, uses, need, needs, fill, fills, have, has
GROUND: of the FLOOR, ( floor/ground ) ( space/area )?, ( space/area ) on the floor, area
VISIBLE: visible, seen, shown, in sight, to be seen, appear/appears, appearing, come/comes into view
HIDDEN: hidden, occluded, obstructed, blocked, concealed
HIDES: hide/hides, hiding, occlude/occludes, occluding, obstruct/obstructs, blocks/blocking
HIDES: conceal/conceals, concealing
CUT: cut off, truncated, cropped, cut off by the border/edge, beyond the border/edge
PARTLY: partly/partially, in part
PART: share, fraction, percentage, proportion, portion, part
APPEARING: appearance, first-time appearance, first appearance
SORTS: following? object? categories/objects/things/items
SHOWS: shows, show
MOVING: moves, move, moving, go, going, drive, driving, travel, travelling, get
EXCEPT: other than, except ( for )?, apart from, besides, but not, excluding, not counting
""")
"""Classes of words, written in capitals in the patterns."""

CONTACTS: Final = table("""
on: on, on top of, atop, upon, on the top of, supported by, carried by, onto
under: under, underneath, beneath
inside: inside, in, inside of, contained in, within, enclosed by, contained by
touching: touching, in contact with, against, up against, in touch with, making contact with
touching: in direct contact with
""")
"""What a thing may be to another that it touches or that holds it: the names of the functions."""

SIDES: Final = table("""
left: on the left, ( to/on/at )? MY left ( hand )? ( side )?, ( to/on )? the left ( side )? of ME
left: left of ME, left, leftwards
right: on the right, ( to/on/at )? MY right ( hand )? ( side )?, ( to/on )? the right ( side )? of ME
right: right of ME
right: right, rightwards
front: in front, ( directly/right )? ( in front of ME | ahead of ME | ahead | in front )
front: straight ahead ( of ME )?
front: before ME, ( to/in/at )? MY front, to the front of ME, front, forward, forwards, in the front
front: at the front
back: behind, ( directly/right )? ( behind ME | behind | in back of ME ), ( at/to/in )? MY ( back/rear )
back: back, rear
back: in back, to the back of ME, behind MY back, backward, backwards, at the back, in the back
front-left: front-left, ( to/on/at )? MY front-left, in the front-left quadrant
front-left: ( in front | ahead ) ( of ME )? and? ( to MY )? left
front-left: left front
front-left: forward-left, ahead-left, ( ahead | in front ) ( of ME )? ( and )? ( ( on/to )? MY left )
front-right: front-right, ( to/on/at )? MY front-right
front-right: ( in front | ahead ) ( of ME )? and? ( to MY )? right, right front
front-right: in the front-right quadrant, forward-right, ahead-right
front-right: ( ahead | in front ) ( of ME )? ( and )? ( ( on/to )? MY right )
back-left: back-left, ( to/on/at )? MY back-left, in the back-left quadrant
back-left: behind ( ME )? and? ( to MY )? left, left back, rear-left
back-left: left rear
back-left: ( to/on/at )? MY rear-left, behind-left, behind ( ME )? and? ( ( on/to )? MY left )
back-right: back-right, ( to/on/at )? MY back-right, in the back-right quadrant
back-right: behind ( ME )? and? ( to MY )? right, right back
back-right: rear-right
back-right: ( to/on/at )? MY rear-right, behind-right, behind ( ME )? and? ( ( on/to )? MY right )
back-right: right rear
up: above ME, up, upwards, over ME, above
down: below ME, down, downwards, beneath ME, under ME, below
""")
"""The sectors around an observer."""

SIDES_OF: Final = table("""
left: left of, ( to/on/at ) the left ( hand )? ( side )? of
right: right of, ( to/on/at ) the right ( hand )? ( side )? of
in front: in front of, ahead of, before, on the front side of, nearer the camera than
behind: behind, in back of, at the back of, on the back side of, on the far side of
""")
"""Where a thing may be from another, in a frame."""

COMPASS: Final = table("""
north: north
east: east
south: south
west: west
northeast: northeast
southeast: southeast
southwest: southwest
northwest: northwest
""")
"""The directions of the compass."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity of one thing: its program, and the words by which it is named, asked and compared."""

    program: str  # with ◊ for the thing
    kind: str
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    least: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """The program as a function of the thing."""
        function, _, rest = self.program.removesuffix(")").partition("(◊")
        rest = rest.removeprefix(", ")
        named = "=" in rest.partition(",")[0]
        return f"{function}({rest if named else 'frame=' + rest})" if rest else function

    def of(self, thing: str) -> str:
        """The program for a thing."""
        return self.program.replace("◊", thing)


def _measures(text: str) -> dict[str, Measure]:
    made = dict[str, Measure]()
    for entry in text.strip().split("\n\n"):
        first, *lines = entry.splitlines()
        key, _, rest = first.partition(": ")
        program, _, kind = rest.partition(" | ")
        forms = table("\n".join(line.strip() for line in lines))
        words = {each.name: forms.get(each.name, ()) for each in fields(Measure)[2:]}
        made[key] = Measure(program, kind, **words)
    return made


MEASURES: Final = _measures("""
size: volume(◊) | volume
  adjectives: big, large, bulky, huge
  more: bigger, larger, bulkier
  less: smaller, tinier
  most: biggest, largest, bulkiest
  least: smallest, tiniest

volume: volume(◊) | volume
  nouns: volume, cubic volume, capacity
  adjectives: voluminous
  more: more voluminous, larger/bigger/greater in volume
  less: less voluminous, smaller in volume
  most: most voluminous, largest/biggest/greatest in/by volume
  least: least voluminous, smallest in/by volume

longest: extent(◊, along="longest") | length
  nouns: length, longest side/dimension/edge/extent, greatest/largest/maximum dimension
  nouns: length of the longest side/dimension/edge
  adjectives: long
  more: longer, greater in length
  most: longest

line: length(◊) | length
  nouns: length along the line
  more: longer along the line
  less: shorter along the line
  most: longest along the line
  least: shortest along the line

height: extent(◊, along="height") | length
  nouns: height, vertical extent/size/height
  adjectives: tall, high
  more: taller, greater in height
  less: less tall, smaller/lower in height
  most: tallest
  least: least tall

width: extent(◊, along="width") | length
  nouns: width, breadth
  adjectives: wide, broad
  more: wider, broader, greater in width
  less: narrower, less wide
  most: widest, broadest
  least: narrowest, least wide

depth: extent(◊, along="depth") | length
  nouns: depth
  adjectives: deep
  more: deeper, greater in depth
  less: shallower, less deep
  most: deepest
  least: shallowest, least deep

shortest: extent(◊, along="shortest") | length
  nouns: shortest side/dimension/edge/extent, smallest/minimum dimension, smallest side
  nouns: length of the shortest side/dimension/edge, thickness
  adjectives: thick
  more: thicker
  less: thinner
  most: thickest
  least: thinnest

short: extent(◊, along="‽") | length
  adjectives: short
  less: shorter
  least: shortest

area: area(◊) | area
  nouns: floor area, area, footprint, ground area, floor space, footprint area, area of the footprint
  nouns: base area
  nouns: area on the floor, size of the footprint
  more: larger/bigger/greater in area
  less: smaller in area
  most: largest/biggest/greatest in/by ( floor )? area
  least: smallest in/by ( floor )? area

up: offset(◊, world(), axis="up") | length
  nouns: ( height/elevation ) ( above/off/over ) the FLOOR, elevation
  adjectives: high up, far up, high/far ( up )? ( above/off/from ) the FLOOR
  more: higher up, higher, located/positioned/placed/mounted/hung higher ( up )?
  more: higher ( above/off/from ) the FLOOR
  less: lower down, lower, located/positioned/placed/mounted/hung lower ( down )?
  less: closer/nearer ( to )? the FLOOR
  most: highest up, highest, located/positioned/placed/mounted/hung highest ( up )?
  most: highest ( above/off/from ) the FLOOR
  least: lowest down, lowest, located/positioned/placed/mounted/hung lowest ( down )?
  least: closest/nearest ( to )? the FLOOR

left: offset(◊, §, axis="left") | length
  more: farther/further ( to MY )? left, more to MY left
  most: leftmost, farthest/furthest ( to MY )? left

right: offset(◊, §, axis="right") | length
  more: farther/further ( to MY )? right, more to MY right
  most: rightmost, farthest/furthest ( to MY )? right

ahead: offset(◊, §, axis="forward") | length
  more: farther/further ahead ( of ME )?
  most: farthest/furthest ahead ( of ME )?

north: offset(◊, north(), axis="forward") | length
  more: farther/further north
  less: farther/further south
  most: northernmost, farthest/furthest north
  least: southernmost, farthest/furthest south

east: offset(◊, north(), axis="right") | length
  more: farther/further east
  less: farther/further west
  most: easternmost, farthest/furthest east
  least: westernmost, farthest/furthest west

tilt: tilt(◊) | angle
  nouns: tilt, tilt/lean angle, inclination, lean
  adjectives: tilted/inclined/slanted
  most: most tilted/inclined/slanted

elongated: proportion(◊, trait="elongation") | ratio
  most: most elongated, longest in/by proportion

flat: proportion(◊, trait="flatness") | ratio
  most: flattest

cubic: proportion(◊, trait="evenness") | ratio
  most: most like a cube, most cube-like/cubic, closest/nearest to a cube

aside: off_axis(◊, §) | angle
  most: farthest/furthest off AXIS, farthest/furthest ( away )? from AXIS
  least: most directly/nearly/closely ( in front of ME | ahead ( of ME )? ), closest/nearest to AXIS
  least: least far off AXIS
""")
"""The quantities of one thing."""

ROOMS: Final = table("""
rooms: room, kitchen, bedroom, bathroom, hallway, hall, office, study, pantry, nursery, attic
rooms: basement, cellar, garage, corridor, lounge, studio, foyer, apartment, flat, house, home
""")["rooms"]
"""Last words of names whose bigness is floor area."""
