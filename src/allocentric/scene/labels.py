"""What things are called: the common vocabularies, synonyms, and which rows of a scene a name means.

Two labels that a scene keeps apart are never merged: a synonym counts only where neither a name
nor a label fits as it is written, and a compound ("coffee table") never means its bare head.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final

from allocentric.scene.scene import Scene
from allocentric.words import singular


def _table(text: str) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in text.split(","))


NYU40: Final = _table("""wall, floor, cabinet, bed, chair, sofa, table, door, window, bookshelf, picture,
counter, blinds, desk, shelves, curtain, dresser, pillow, mirror, floor mat, clothes, ceiling, books,
refrigerator, television, paper, towel, shower curtain, box, whiteboard, person, night stand, toilet, sink,
lamp, bathtub, bag, otherstructure, otherfurniture, otherprop""")
"""The forty classes of NYU Depth v2, in their order (class 1 first)."""

SCANNET200: Final = _table("""wall, chair, floor, table, door, couch, cabinet, shelf, desk, office chair,
bed, pillow, sink, picture, window, toilet, bookshelf, monitor, curtain, book, armchair, coffee table, box,
refrigerator, lamp, kitchen cabinet, towel, clothes, tv, nightstand, counter, dresser, stool, cushion, plant,
ceiling, bathtub, end table, dining table, keyboard, bag, backpack, toilet paper, printer, tv stand,
whiteboard, blanket, shower curtain, trash can, closet, stairs, microwave, stove, shoe, computer tower,
bottle, bin, ottoman, bench, board, washing machine, mirror, copier, basket, sofa chair, file cabinet, fan,
laptop, shower, paper, person, paper towel dispenser, oven, blinds, rack, plate, blackboard, piano, suitcase,
rail, radiator, recycling bin, container, wardrobe, soap dispenser, telephone, bucket, clock, stand, light,
laundry basket, pipe, clothes dryer, guitar, toilet paper holder, seat, speaker, column, bicycle, ladder,
bathroom stall, shower wall, cup, jacket, storage bin, coffee maker, dishwasher, paper towel roll, machine,
mat, windowsill, bar, toaster, bulletin board, ironing board, fireplace, soap dish, kitchen counter,
doorframe, toilet paper dispenser, mini fridge, fire extinguisher, ball, hat, shower curtain rod, water
cooler, paper cutter, tray, shower door, pillar, ledge, toaster oven, mouse, toilet seat cover dispenser,
furniture, cart, storage container, scale, tissue box, light switch, crate, power outlet, decoration, sign,
projector, closet door, vacuum cleaner, candle, plunger, stuffed animal, headphones, dish rack, broom, guitar
case, range hood, dustpan, hair dryer, water bottle, handicap bar, purse, vent, shower floor, water pitcher,
mailbox, bowl, paper bag, alarm clock, music stand, projector screen, divider, laundry detergent, bathroom
counter, object, bathroom vanity, closet wall, laundry hamper, bathroom stall door, ceiling light, trash bin,
dumbbell, stair rail, tube, bathroom cabinet, cd case, closet rod, coffee kettle, structure, shower head,
keyboard piano, case of water bottles, coat rack, storage organizer, folded chair, fire alarm, power strip,
calendar, poster, potted plant, luggage, mattress""")
"""The two hundred classes of the ScanNet200 benchmark, in their order."""

# One canonical word a line, then what else people call it.
_SYNONYMS: Final = """
sofa: couch, settee, loveseat, love seat, divan, chesterfield, davenport
tv: television, telly, tele, tv set, television set, tv screen, tv monitor, television screen, flat screen
tv: flatscreen
tv: flat screen tv, flatscreen tv
monitor: computer monitor, computer screen, pc monitor, screen, display, desktop monitor
refrigerator: fridge, refridgerator, fridge freezer, icebox
mini fridge: minifridge, mini refrigerator, minibar
trash can: trash bin, garbage can, garbage bin, waste bin, wastebasket, waste basket, wastepaper basket
trash can: trashcan
trash can: waste paper basket, rubbish bin, dustbin, litter bin, bin, trash, wastebin, waste can
recycling bin: recycle bin, recycling box
cabinet: cupboard
kitchen cabinet: kitchen cupboard, kitchen unit
wall cabinet: wall cupboard
bathroom cabinet: bathroom cupboard, medicine cabinet
file cabinet: filing cabinet, file cupboard
washer: washing machine, clothes washer, laundry machine, clothes washing machine
dryer: clothes dryer, tumble dryer, tumble drier, drier, clothes drier
dishwasher: dish washer, dishwashing machine
stove: cooker, hob, cooktop, cook top, stovetop, stove top, kitchen stove
microwave: microwave oven
range hood: extractor hood, cooker hood, kitchen hood, exhaust hood, extractor fan
bookshelf: bookcase, book shelf, book case
shelf: shelving, shelving unit, shelf unit, shelve
nightstand: night stand, bedside table, night table, bedside cabinet, bedside stand
bathtub: bath, tub, bath tub
toilet: lavatory, loo, wc, water closet, toilet bowl
sink: basin, washbasin, wash basin, washbowl, hand basin
wardrobe: closet, armoire, clothes closet
lamp: lamp light
floor lamp: standing lamp, standard lamp, floor standing lamp
table lamp: tablelamp
ceiling light: ceiling lamp, ceiling fixture
armchair: arm chair, easy chair, lounge chair, sofa chair
office chair: desk chair, swivel chair, computer chair, task chair
dining chair: dinner chair, dining room chair
rocking chair: rocker
folding chair: folded chair
bar stool: barstool, counter stool
ottoman: pouf, pouffe, footstool, foot stool, footrest, hassock
coffee table: cocktail table
end table: side table, occasional table
dining table: dinner table, dinning table, dining room table
desk: writing desk, writing table, work desk
dresser: chest of drawers, bureau, drawer chest, set of drawers
tv stand: television stand, tv cabinet, tv unit, tv console, media console, entertainment center, media unit
tv stand: entertainment centre, tv table, tv bench
crib: cot, baby bed, cradle
duvet: comforter, quilt
curtain: drape, drapery
blinds: window blind, venetian blind, roller blind
rug: carpet, area rug
mat: floor mat
doormat: door mat
picture: painting, photograph, artwork, picture frame, framed picture
mirror: looking glass
plant: houseplant, house plant, pot plant, potted plant, indoor plant
computer tower: pc tower, desktop pc, desktop computer, computer case, pc
laptop: laptop computer, notebook computer
keyboard: computer keyboard
mouse: computer mouse
telephone: phone, landline
speaker: loudspeaker, loud speaker
copier: photocopier, copy machine
air conditioner: ac, aircon, air con, ac unit, air conditioning unit
fireplace: fire place, hearth
doorframe: door frame
windowsill: window sill, window ledge
stairs: staircase, stairway, stair case
power outlet: wall socket, socket, electrical outlet, plug socket, outlet
light switch: lightswitch
power strip: extension lead, extension cord
shower: shower cabin, shower stall, shower cubicle
shower head: showerhead
towel rail: towel rack, towel bar
coat rack: coat stand, hat stand, hatstand
laundry basket: laundry hamper, hamper, clothes basket, washing basket, clothes hamper
backpack: rucksack, knapsack
suitcase: travel case
purse: handbag, hand bag
vacuum cleaner: hoover, vacuum
bicycle: bike, pushbike
person: human, human being
coffee maker: coffee machine, espresso machine
kettle: tea kettle, electric kettle
counter: countertop, counter top, worktop, work top, work surface
kitchen island: island
whiteboard: white board, dry erase board
blackboard: black board, chalkboard
bulletin board: pin board, pinboard, notice board, noticeboard, corkboard
stuffed animal: plush toy, soft toy, cuddly toy, plushie, stuffed toy
remote control: remote, remote controller, tv remote, television remote
hair dryer: hairdryer, blow dryer
aquarium: fish tank
cart: trolley
clothes: clothing, garment
cutting board: chopping board
radiator: heating radiator
column: pillar
water pitcher: water jug
fire alarm: smoke alarm, smoke detector
living room: lounge, sitting room, livingroom, front room
bathroom: washroom, restroom
hallway: hall, corridor, entrance hall, passageway
"""

# Further things of a house and around it, so that their names are known to be nouns.
_NOUNS: Final = """mug, vase, spoon, fork, knife, pan, pot, jar, jug, can, glass, wine glass, magazine,
newspaper, toy, candlestick, apple, banana, orange, bread, cake, food, napkin, teapot, tea pot, saucer,
cutlery, tablecloth, pen, pencil, stapler, folder, envelope, notebook, tablet, camera, headset, cable, wire,
router, game console, controller, bookend, globe, statue, sculpture, figurine, ornament, flower, flowerpot,
flower pot, bouquet, wreath, tree, bush, car, truck, van, bus, motorcycle, boat, robot, dog, cat, bird, bear,
teddy bear, doll, puzzle, block, cube, sphere, cylinder, cone, pyramid, crib, high chair, rocking horse,
pushchair, stroller, bunk bed, sofa bed, daybed, futon, headboard, bed frame, sheet, bedding, bedspread,
bench press, treadmill, exercise bike, yoga mat, weight, racket, drum, violin, trumpet, record player,
turntable, radio, stereo, amplifier, soundbar, sound bar, heater, stove pipe, boiler, water heater, freezer,
blender, mixer, juicer, rice cooker, air fryer, grill, barbecue, spice rack, faucet, tap, soap, toothbrush,
toothpaste, comb, brush, mop, bucket, sponge, rag, cloth, handkerchief, iron, hanger, coat, shirt, dress,
sock, slipper, boot, sandal, umbrella, glove, scarf, belt, wallet, key, keyring, lock, handle, knob,
doorknob, doorway, doorstep, gate, fence, beam, roof, chimney, skylight, balcony, terrace, porch, garden,
banister, handrail, railing, step, platform, stage, podium, lectern, partition, screen door, sliding door,
archway, arch, tile, panel, board game, chandelier, lantern, spotlight, lampshade, lamp shade, bulb, fan
heater, ceiling fan, thermostat, trophy, flag, banner, painting, tapestry, sticker, label, tag, note, map,
chart, photo, bookmark, chest, trunk, bench seat, pew, table, pool table, ping pong table, console table,
kitchen table, picnic table, dressing table, vanity, workbench, tool, toolbox, hammer, drill, saw,
screwdriver, wrench, ladder, rope, wheel, tire, helmet, bar counter, barrel, basketball, football, bottle
opener, wine rack, shoe rack, magazine rack, hat rack, bookstand, pile, stack, bundle, wood, log, brick,
stone, rock, bag of rice, room, kitchen, bedroom, dining room, office, study, pantry, nursery, attic,
basement, cellar, garage, utility room, laundry room, guest room, playroom, hallway, staircase, closet room,
building, house, church, school, shop, street, road, bridge, river, lake, park, square, circle, triangle"""

# ScanNet200 and other words that NYU40 files under a name which their head does not tell.
_NYU40_OF: Final = """
chair: armchair, stool, bar stool, seat, bench, ottoman
table: coffee table, end table, dining table
desk: workbench
cabinet: kitchen cabinet, file cabinet, tv stand, wardrobe, bathroom vanity
shelves: shelf, rack
floor mat: rug, mat, doormat
books: book
blinds: blind
television: tv, monitor, projector screen
pillow: cushion
lamp: light, chandelier
picture: poster
whiteboard: blackboard, bulletin board
clothes: jacket, coat, shirt
bag: backpack, purse, suitcase, luggage, paper bag
box: crate, carton
counter: kitchen counter, bathroom counter, bar, kitchen island
otherstructure: stairs, column, beam, rail, stair rail, fireplace, pipe, ledge, divider, windowsill, doorframe
otherstructure: shower wall, shower floor, shower, closet wall, ladder, structure, bathroom stall
otherfurniture: furniture, washer, dryer, dishwasher, stove, oven, microwave, trash can, piano, radiator
otherfurniture: copier
otherfurniture: mattress, recycling bin, cart, stand, crib, bicycle, printer
otherprop: object, decoration, plant, cup, bottle, bowl, plate, ball, hat, shoe, telephone, keyboard, mouse
otherprop: laptop
otherprop: basket, bucket, fan, clock, toaster, kettle, speaker, candle, tray, towel rail, guitar, sign
otherprop: blanket
"""


def _rows(text: str) -> dict[str, str]:
    """Every further word of a table with what its line begins with."""
    made = dict[str, str]()
    for line in text.strip().splitlines():
        first, _, rest = line.partition(": ")
        made |= dict.fromkeys(_table(rest), first)
    return made


def plain(word: str) -> str:
    """A label as one writes it: small letters, spaces for underscores and hyphens, one of its kind.

    >>> plain("Dining_Tables"), plain("night-stand")
    ('dining table', 'night stand')
    """
    return singular(" ".join(word.lower().replace("_", " ").replace("-", " ").split()))


_CANONICAL: Final = {plain(word): plain(first) for word, first in _rows(_SYNONYMS).items()}
_KNOWN: Final = frozenset(
    _CANONICAL.get(plain(word), plain(word))
    for word in (*NYU40, *SCANNET200, *_table(_NOUNS), *_rows(_SYNONYMS), *_rows(_SYNONYMS).values())
)


@functools.lru_cache(maxsize=4096)
def canonical(word: str) -> str:
    """The one word for all that mean the same: plain, then by synonym.

    >>> canonical("Couches"), canonical("washing_machine"), canonical("coffee table"), canonical("zorb")
    ('sofa', 'washer', 'coffee table', 'zorb')
    """
    written = plain(word)
    return _CANONICAL.get(written, written)


def head(word: str) -> str:
    """The kind of thing that a compound names: its longest known ending, else its last word.

    >>> head("2 seater couch"), head("red coffee table"), head("blue zorb")
    ('sofa', 'coffee table', 'zorb')
    """
    parts = plain(word).split()
    endings = [" ".join(parts[start:]) for start in range(len(parts))]
    known = [canonical(each) for each in endings if canonical(each) in _KNOWN]
    return known[0] if known else parts[-1] if parts else ""


def is_known(word: str) -> bool:
    """True for a word of the vocabularies, a synonym, or a compound whose head is one.

    >>> is_known("office chairs"), is_known("2 seater sofa"), is_known("zorb")
    (True, True, False)
    """
    return head(word) in _KNOWN


def in_vocabulary(word: str) -> bool:
    """True for a word or compound that is itself in the vocabularies or a synonym.

    >>> in_vocabulary("trash cans"), in_vocabulary("red chair")
    (True, False)
    """
    return canonical(word) in _KNOWN


def nyu40(label: str) -> str | None:
    """The NYU40 name for a label, by its word or else its head; None where it has none.

    >>> nyu40("couch"), nyu40("gaming chair"), nyu40("fridge"), nyu40("zorb")
    ('sofa', 'chair', 'refrigerator', None)
    """
    found = _in_vocabulary(label, _NYU40_BY_WORD)
    return "otherprop" if found is None and scannet200(label) is not None else found


def scannet200(label: str) -> str | None:
    """The ScanNet200 name for a label, by its word or else its head; None where it has none.

    >>> scannet200("sofa"), scannet200("bookcase"), scannet200("red gaming chair"), scannet200("zorb")
    ('couch', 'bookshelf', 'chair', None)
    """
    return _in_vocabulary(label, _SCANNET200_BY_WORD)


def _by_word(names: tuple[str, ...]) -> dict[str, str]:
    """A vocabulary by plain word, and by canonical word where no name claims that itself."""
    written = {plain(name): name for name in names}
    return {_CANONICAL.get(word, word): name for word, name in reversed(written.items())} | written


_NYU40_BY_WORD: Final = {canonical(word): name for word, name in _rows(_NYU40_OF).items()} | _by_word(NYU40)
_SCANNET200_BY_WORD: Final = _by_word(SCANNET200)


def _in_vocabulary(label: str, by_word: dict[str, str]) -> str | None:
    words = (plain(label), canonical(label), head(label), plain(label).rpartition(" ")[2])
    return next((by_word[word] for word in words if word in by_word), None)


def rows_called(scene: Scene, name: str) -> tuple[int, ...]:
    """The rows that a name means, for `the(name)`: of that name, else of that label, else of that word.

    Case, underscores, hyphens and plurals matter only where a name is written so. Empty where nothing fits.
    """
    return _first_fitting(scene, name, ("names", "labels", "words"))


def rows_labelled(scene: Scene, label: str) -> tuple[int, ...]:
    """The rows of a kind, for `all(label)`: things of that label, else of that word, else of that name."""
    return _first_fitting(scene, label, ("labels", "words", "names"))


def _first_fitting(scene: Scene, name: str, orders: tuple[str, ...]) -> tuple[int, ...]:
    index = scene.cached("rows by word", lambda: _index(scene))
    fitting = (index[key].get(write(name)) for order in orders for key, write in _KEYS[order])
    return next((rows for rows in fitting if rows is not None), ())


# How a name is compared with the names, the labels and the words for the labels of a scene.
_KEYS: Final[dict[str, tuple[tuple[str, Callable[[str], str]], ...]]] = {
    "names": (("names", str.strip), ("small names", str.lower), ("plain names", plain)),
    "labels": (("labels", plain),),
    "words": (("words", canonical),),
}


def _index(scene: Scene) -> dict[str, dict[str, tuple[int, ...]]]:
    made: dict[str, dict[str, tuple[int, ...]]] = {}
    for kind, written in (("names", scene.names), ("labels", scene.labels), ("words", scene.labels)):
        for order, key in _KEYS[kind]:
            rows = made.setdefault(order, {})
            for row, word in enumerate(written):
                rows[key(word)] = (*rows.get(key(word), ()), row)
    return made
