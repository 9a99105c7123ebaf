"""The families on views: what cameras see, where they are, and what one may know from pictures."""

from typing import Final

from allocentric.questions.families import (
    abstain,
    actions,
    appearance_order,
    camera_distance,
    camera_pair,
    camera_relation,
    imagined,
    localisation,
    matching,
    panorama,
    seen,
    view_maps,
    what_if,
)
from allocentric.questions.family import Family

ON_VIEWS: Final[tuple[Family, ...]] = (
    *camera_distance.FAMILIES,
    *camera_relation.FAMILIES,
    *camera_pair.FAMILIES,
    *matching.FAMILIES,
    *imagined.FAMILIES,
    *actions.FAMILIES,
    *what_if.FAMILIES,
    appearance_order.FAMILY,
    *seen.FAMILIES,
    *abstain.FAMILIES,
    *view_maps.FAMILIES,
    *localisation.FAMILIES,
    *panorama.FAMILIES,
)
