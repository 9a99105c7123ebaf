"""The families on views: what cameras see, where they are, and what one may know from pictures."""

from typing import Final

import allocentric.questions.families.abstain as abstain
import allocentric.questions.families.actions as actions
import allocentric.questions.families.appearance_order as appearance_order
import allocentric.questions.families.camera_distance as camera_distance
import allocentric.questions.families.camera_pair as camera_pair
import allocentric.questions.families.camera_relation as camera_relation
import allocentric.questions.families.driving as driving
import allocentric.questions.families.imagined as imagined
import allocentric.questions.families.localisation as localisation
import allocentric.questions.families.matching as matching
import allocentric.questions.families.panorama as panorama
import allocentric.questions.families.scaled_more as scaled_more
import allocentric.questions.families.seen as seen
import allocentric.questions.families.view_change_axes as view_change_axes
import allocentric.questions.families.view_maps as view_maps
import allocentric.questions.families.what_if as what_if
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
    *driving.FAMILIES,
    *scaled_more.ON_VIEWS,
    view_change_axes.FAMILY,
)
