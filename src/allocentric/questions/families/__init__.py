"""The families of questions: one file each, listed here."""

from typing import Final

from allocentric.errors import UnknownName
from allocentric.questions.families import (
    abs_distance_centre,
    abs_distance_options,
    abs_distance_surface,
    anchored_direction,
    axis_offset,
    bearing,
    between,
    cardinal_direction,
    category_counts,
    closer_to_third,
    corner,
    distance_threshold,
    existence,
    facing_object_relation,
    facing_pairs,
    gaze,
    geo_direction,
    geo_groups,
    geo_measures,
    geo_reference,
    geo_topology,
    landmark_pose,
    motion,
    object_count,
    object_size,
    page,
    proximity,
    region_relation,
    rel_distance,
    relation_after_turn,
    room_size,
    route_fill,
    route_order,
    routes,
    scaled,
    scaled_more,
    shape,
    size_compare,
    story,
    vertical_relation,
    visualisation,
    winding,
)
from allocentric.questions.families.views import ON_VIEWS
from allocentric.questions.family import Family

FAMILIES: Final[tuple[Family, ...]] = (
    object_count.FAMILY,
    abs_distance_surface.FAMILY,
    *rel_distance.FAMILIES,
    *anchored_direction.FAMILIES,
    *category_counts.FAMILIES,
    existence.FAMILY,
    *object_size.FAMILIES,
    *size_compare.FAMILIES,
    *room_size.FAMILIES,
    abs_distance_centre.FAMILY,
    axis_offset.FAMILY,
    *closer_to_third.FAMILIES,
    *distance_threshold.FAMILIES,
    *relation_after_turn.FAMILIES,
    *facing_object_relation.FAMILIES,
    *cardinal_direction.FAMILIES,
    *bearing.FAMILIES,
    *vertical_relation.FAMILIES,
    between.FAMILY,
    *region_relation.FAMILIES,
    *facing_pairs.FAMILIES,
    gaze.FAMILY,
    *proximity.FAMILIES,
    route_order.FAMILY,
    *routes.FAMILIES,
    route_fill.FAMILY,
    landmark_pose.FAMILY,
    *motion.FAMILIES,
    *story.FAMILIES,
    geo_topology.FAMILY,
    *geo_measures.FAMILIES,
    *geo_direction.FAMILIES,
    *geo_groups.FAMILIES,
    geo_reference.FAMILY,
    abs_distance_options.FAMILY,
    *ON_VIEWS,
    *visualisation.FAMILIES,
    *page.FAMILIES,
    *scaled.FAMILIES,
    *scaled_more.FAMILIES,
    *shape.FAMILIES,
    *winding.FAMILIES,
    *corner.FAMILIES,
)


def family(name: str) -> Family:
    """The family called `name`; raises UnknownName with the near miss.

    >>> family("object_count").code
    'A1'
    """
    found = [each for each in FAMILIES if each.name == name]
    if not found:
        known = [each.name for each in FAMILIES]
        raise UnknownName("kind of question", name, known, where="allocentric.questions.families")
    return found[0]
