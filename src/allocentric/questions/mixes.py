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
obj_appearance_order = appearance_order 618

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

[vsti] VSTI-Bench
camera_obj_abs_dist = camera_object_distance
camera_displacement = camera_displacement
camera_obj_dist_change = distance_change
camera_obj_rel_dist = closest_to_camera
camera_movement_direction = camera_motion_direction
obj_obj_relative_pos_lr = camera_frame_left_right
obj_obj_relative_pos_nf = front_behind_depth
obj_obj_relative_pos_ud = camera_frame_above_below

[spatialevo] SpatialEvo
object_counting = object_count
object_size = object_size
absolute_distance = abs_distance_surface
relative_distance = rel_distance_closest
relative_direction_hard = anchored_direction_hard
room_size = room_size
single_image_relative_direction = single_image_direction_8
distance_cam_obj = camera_object_distance
depth_order_obj_obj = depth_order
position_cam_cam = camera_camera_position
elevation_cam_cam = camera_elevation
visibility_compare = visibility_compare
position_cam_obj = camera_object_position
position_cam_reg = camera_region_position
motion_camera = camera_motion_direction
attribute_measurement = size_compare

[spatialladder] SpatialLadder, SPBench
object_counting = object_count
object_abs_distance = abs_distance_surface
object_size_estimation = object_size
room_size_estimation = room_size
object_rel_distance = rel_distance_closest
object_rel_direction = anchored_direction_hard
obj_appearance_order = appearance_order

[spar] SPAR-Bench
depth_prediction_oc = depth_value
distance_prediction_oc = camera_object_distance
distance_prediction_oo = abs_distance_centre
distance_infer_center_oo = closer_to_third_centre
obj_spatial_relation_oo = camera_frame_left_right
spatial_imagination_oo = spatial_imagination
spatial_imagination_oc = perspective_taking
position_matching = position_matching
camera_motion_infer = camera_motion_direction
view_change_infer = view_change_axes

[3dsrbench] 3DSRBench
height_higher = height_order
location_above = vertical_relation
location_closer_to_camera = closest_to_camera
location_next_to = next_to
orientation_in_front_of = facing_object_relation
orientation_on_the_left = facing_object_relation
orientation_viewpoint = side_facing_camera
multi_object_closer_to = closer_to_third
multi_object_facing = is_facing
multi_object_viewpoint_towards_object = viewpoint_towards_object
multi_object_same_direction = same_direction

[spatialbench] SpatialBench, by description
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
obj_appearance_order = appearance_order

[spacevista] SpaceVista
EXISTENCE = scaled_existence
COUNTING = scaled_count
HEIGHT = scaled_height
WIDTH = scaled_width
COMPARISON_HEIGHT = scaled_height_compare
COMPARISON_WIDTH = scaled_width_compare
ROOM_SIZE = room_size
OBJECT_DISTANCE = scaled_distance
OBJECT_RELATIVE_DISTANCE = distance_ratio
DEPTH = scaled_depth
DEPTH_all = scaled_camera_distance
SPATIAL_RELATION = scaled_direction
OBJECT_ROTATION = camera_orbit
CAMERA_ROTATION = camera_rotation
CAMERA_MOVING = scaled_camera_motion
POSITION_ACROSS_FRAME = correspondence
OBJECT_MATCHING = position_matching
APPEAR_ORDER = appearance_order

[surds] SURDS
yaw = camera_facing
xy2d = point_2d
depth = depth_range
dis = closest_to_camera
lr = image_left_right
fb = front_behind_depth

[drivemllm] DriveMLLM
dAB = abs_distance_centre
dA = camera_centre_distance
dx = lateral_offset
dz = depth_value
xy = point_2d
box = box_2d
left, right = image_left_right
front, behind = front_behind_depth

[spacedg] SpaceDG, by description
count = object_count
size = object_size
distance = abs_distance_surface
distance_threshold = distance_threshold
depth_order = depth_order
camera_motion = camera_motion_direction

[uncertain] SpatialUncertain, by description
occluded = abstain_occluded
perspective = abstain_perspective
next_view = next_best_view
visibility = visible
relative_position = camera_frame_left_right
depth_order = depth_order
size = size_compare

[tos] Theory of Space, by description
direction = cardinal_direction
distance_bin = distance_bin
pov = facing_object_relation_8
egocentric_bins = egocentric_bins
allocentric_facing = allocentric_facing
mental_rotation = mental_scene_rotation
perspective_taking = perspective_taking
location_to_view = location_to_view
view_to_location = view_to_location
action_to_view = action_to_view
view_to_action = view_to_action
cognitive_map = cognitive_map
unexplored_map = unexplored_map

[sparkle] Sparkle, by description
direction = cardinal_direction
distance = page_distance
localization = page_location
shortest_path = page_path
tour = shortest_tour

[srbench] srbench, by description
mental_rotation = mental_rotation
paper_folding = paper_folding

[spatialviz] SpatialViz, by description
rotation = mental_rotation
folding = paper_folding
cube net = cube_net
opposite face = opposite_face
section = solid_section
counting = cube_count

[remindview] ReMindView-Bench, by description
object-object direction = facing_object_relation_8
object-object distance = closer_to_third
view-object direction = camera_object_position
view-view direction = camera_camera_position

[spatialab] SpatiaLab, by description
counting = object_count
height = height_compare
size = size_compare
between = between
adjacency = next_to
rotation = object_rotation

[mindcube] MindCube, by description
rotation = rotation_what_if
among = among_what_if
around = around_what_if

[video2layout] Video2Layout, QVS-Bench, by description
boundary_map = boundary_map

[panospace] PanoSpace-Bench, by description
absolute_direction = sphere_direction
bfov_grounding = bfov_grounding
sphere_relation = sphere_relation

[spatialtext] SpatialText
FR = full_relation
YN = story_yes_no
CO = story_compare
FB = membership

[stepgame] StepGame, by description
relation = multi_hop

[earthspatialbench] EarthSpatialBench, by description
topology = topology
distance = geo_distance
direction = geo_direction
azimuth = geo_azimuth
length = geo_length
area = geo_area
count = geo_count
nearest = geo_nearest
total = geo_total_area
reference = geo_reference
"""

DESCRIBED: Final = ", by description"
"""Behind the name of a benchmark whose types are named here by what they ask, not as it names them."""


NUMBERED: Final = frozenset({"surds", "drivemllm", "panospace"})
"""Benchmarks in which several things of a kind are told apart, as marked pictures do it: "car 7"."""


def _mixes() -> tuple[dict[str, str], dict[str, tuple[Wanted, ...]]]:
    titles, mixes = dict[str, str](), dict[str, tuple[Wanted, ...]]()
    for block in _TABLE.strip().split("\n\n"):
        first, *rows = block.splitlines()
        key, _, title = first.removeprefix("[").partition("] ")
        titles[key] = title
        mixes[key] = tuple(_wanted(row, numbers=key in NUMBERED) for row in rows)
    return titles, mixes


def _wanted(row: str, *, numbers: bool) -> Wanted:
    type, _, rest = row.partition(" = ")
    family, *share = rest.split()
    return Wanted(type, family, float(share[0]) if share else 1.0, numbers)


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
