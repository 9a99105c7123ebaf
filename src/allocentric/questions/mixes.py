"""What benchmarks call kinds of questions, and the mix that each is made of."""

from __future__ import annotations

from typing import Final

from allocentric.errors import UnknownName
from allocentric.questions.families import FAMILIES
from allocentric.questions.making.plan import Wanted

# A benchmark in brackets and what it is called in full; then its type, our family, and its share where that
# is known: how many questions of the type it has.
_TABLE: Final = """
[vsi] VSI-Bench
object_counting = object_count 565
object_abs_distance = abs_distance_surface 834
object_size_estimation = object_size 953
room_size_estimation = room_size 288
object_rel_distance = rel_distance_closest 710
object_rel_direction_easy = anchored_direction_easy 217
object_rel_direction_medium = anchored_direction_medium 378
object_rel_direction_hard = anchored_direction_hard 373
route_planning = route_plan 194

[revsi] ReVSI
object_counting_single = object_count
object_counting_multiple = multi_category_count
object_abs_distance = abs_distance_surface
object_size_estimation = object_size
room_size_estimation_single = room_size_single
room_size_estimation_multiple = room_size
object_rel_distance_closest = rel_distance_closest
object_rel_distance_farthest = rel_distance_farthest
object_rel_direction_forward_easy = anchored_direction_easy
object_rel_direction_forward_hard = anchored_direction_hard
object_rel_direction_backward_easy = anchored_direction_easy_backward
object_rel_direction_backward_hard = anchored_direction_hard_backward
route_planning = route_plan

[spatialevo] SpatialEvo
object_counting = object_count
object_size = object_size
absolute_distance = abs_distance_surface
relative_distance = rel_distance_closest
relative_direction_hard = anchored_direction_hard
room_size = room_size
attribute_measurement = size_compare

[spatialladder] SpatialLadder, SPBench
object_counting = object_count
object_abs_distance = abs_distance_surface
object_size_estimation = object_size
room_size_estimation = room_size
object_rel_distance = rel_distance_closest
object_rel_direction = anchored_direction_hard

[spar] SPAR-Bench
distance_prediction_oo = abs_distance_centre
distance_infer_center_oo = closer_to_third_centre
spatial_imagination_oo = anchored_direction_hard

[3dsrbench] 3DSRBench
height_higher = height_order
location_above = vertical_relation
location_next_to = next_to
orientation_in_front_of = facing_object_relation
orientation_on_the_left = facing_object_relation
multi_object_closer_to = closer_to_third
multi_object_facing = is_facing
multi_object_viewpoint_towards_object = viewpoint_towards_object
multi_object_same_direction = same_direction

[spatialbench] SpatialBench
object_counting = object_count
object_abs_distance = abs_distance_surface
object_size_estimation = object_size
room_size_estimation = room_size
object_rel_distance = rel_distance_closest
object_rel_direction = anchored_direction_hard
relative_count = relative_count
landmark_pose = landmark_pose
order_along_route = order_along_route
route_planning = route_plan

[spacevista] SpaceVista
COUNTING = object_count
HEIGHT = object_height
WIDTH = object_width
OBJECT_DISTANCE = abs_distance_centre
ROOM_SIZE = room_size
SPATIAL_RELATION = anchored_direction_hard
COMPARISON_SIZE = size_compare

[drivemllm] DriveMLLM, SURDS
dAB = abs_distance_centre

[spacedg] SpaceDG, by description
count = object_count
size = object_size
distance = abs_distance_surface
distance_threshold = distance_threshold

[uncertain] SpatialUncertain, by description
size = size_compare

[tos] Theory of Space, by description
direction = cardinal_direction
distance_bin = distance_bin
pov = facing_object_relation_8
egocentric_bins = egocentric_bins
allocentric_facing = allocentric_facing

[sparkle] Sparkle, by description
direction = cardinal_direction
distance = abs_distance_centre
localization = landmark_pose
shortest_path = shortest_path
tour = shortest_tour

[remindview] ReMindView-Bench, by description
object-object direction = facing_object_relation_8
object-object distance = closer_to_third

[spatialab] SpatiaLab, by description
counting = object_count
height = height_compare
size = size_compare
between = between
adjacency = next_to
rotation = object_rotation
"""

DESCRIBED: Final = ", by description"
"""Behind the name of a benchmark whose types are named here by what they ask, not as it names them."""


def _mixes() -> tuple[dict[str, str], dict[str, tuple[Wanted, ...]]]:
    titles, mixes = dict[str, str](), dict[str, tuple[Wanted, ...]]()
    for block in _TABLE.strip().split("\n\n"):
        first, *rows = block.splitlines()
        key, _, title = first.removeprefix("[").partition("] ")
        titles[key] = title
        mixes[key] = tuple(_wanted(row) for row in rows)
    return titles, mixes


def _wanted(row: str) -> Wanted:
    type, _, rest = row.partition(" = ")
    family, *share = rest.split()
    return Wanted(type, family, float(share[0]) if share else 1.0)


_READ: Final = _mixes()

TITLES: Final[dict[str, str]] = _READ[0]
"""The full name of each benchmark."""

MIXES: Final[dict[str, tuple[Wanted, ...]]] = _READ[1]
"""What each benchmark calls its kinds, and which of ours they are, in its shares where those are known."""


def kinds(text: str) -> tuple[Wanted, ...]:
    """The kinds that `--kinds` names: "all", a benchmark's mix, or names with commas between them.

    Raises UnknownName with the near miss.

    >>> [each.type for each in kinds("object_count,rel_distance_closest")]
    ['object_count', 'rel_distance_closest']
    """
    if text == "all":
        return tuple(Wanted(each.name, each.name) for each in FAMILIES)
    found = list[Wanted]()
    families = [each.name for each in FAMILIES]
    for name in (each.strip() for each in text.split(",")):
        if name not in MIXES and name not in families:
            raise UnknownName("kind of question", name, ["all", *MIXES, *families], where="--kinds")
        found += MIXES.get(name, (Wanted(name, name),))
    return tuple(dict.fromkeys(found))
