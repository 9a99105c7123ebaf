"""What our own benchmarks are made of: which scenes, how they are shown, which questions, how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from allocentric.errors import UnknownName

Size = Literal["small", "standard", "large"]
Shown = Literal["panoramas", "views", "plan", "story"]
Look = tuple[Literal["panorama", "walk"], int | None]
"""Which views a scene is given: around in each room, or so many along a walk."""

SIZES: Final[dict[Size, int]] = {"small": 60, "standard": 600, "large": 6000}
"""How many samples there are, about: the last question comes with all its versions."""

FIRST_SEED: Final = 900_000
"""Of the scenes: far from those that sets for training begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A benchmark that is made from seeds: the same version, the same samples, on any machine.

    Scenes are of `makers` in turn; each is asked `per_scene` questions, of the `families` in turn. `shown` is
    what is put with them: a panorama of each room, the views that a question is about, a plan drawing, or the
    story in words. With `knowing` each question comes with its twin that cannot be answered, and one that
    can all the same; with `worse` with its picture made worse, in one way of these by turns.
    """

    name: str
    version: str
    title: str
    about: str
    makers: tuple[str, ...]
    shown: Shown
    families: tuple[str, ...]
    looks: Look | None = None
    per_scene: int = 10
    knowing: bool = False
    worse: tuple[str, ...] = ()
    severities: tuple[int, ...] = (1, 3, 5)
    aggregation: str = "mean"
    intro: str = ""


NAMED: Final = "The name of each thing is written on it."
PANORAMAS: Final = f"The pictures are panoramas, all around, one taken in each room of one flat. {NAMED}"
AROUND: Final[Look] = ("panorama", None)
ALONG: Final[Look] = ("walk", 16)

SUITES: Final[tuple[Suite, ...]] = (
    Suite(
        name="rooms",
        version="1",
        title="Rooms",
        about="distances, directions, sizes and counts in furnished flats",
        makers=("flat",),
        shown="panoramas",
        looks=AROUND,
        intro=PANORAMAS,
        families=(
            "object_count",
            "abs_distance_surface",
            "rel_distance_closest",
            "anchored_direction_hard",
            "object_size",
            "size_compare",
            "relation_after_turn",
            "facing_object_relation",
            "next_to",
            "room_size_single",
        ),
    ),
    Suite(
        name="views",
        version="1",
        title="Views",
        about="what one picture shows, and how two of them lie to each other",
        makers=("flat",),
        shown="views",
        looks=ALONG,
        intro=NAMED,
        families=(
            "camera_object_distance",
            "front_behind_depth",
            "image_left_right",
            "visible",
            "object_count_in_picture",
            "closest_to_camera",
            "side_facing_camera",
            "camera_displacement",
            "camera_motion_direction",
            "camera_camera_position",
        ),
    ),
    Suite(
        name="knowing",
        version="1",
        title="Knowing",
        about="whether what is shown decides a question at all: each one with a twin that it does not",
        makers=("flat",),
        shown="panoramas",
        looks=AROUND,
        intro=PANORAMAS,
        families=(
            "rel_distance_closest",
            "anchored_direction_hard",
            "size_compare",
            "facing_object_relation",
            "is_closer",
            "object_count",
        ),
        per_scene=4,
        knowing=True,
        aggregation="abstention",
    ),
    Suite(
        name="degraded",
        version="1",
        title="Degraded",
        about="the same questions of clean pictures and of worse ones",
        makers=("flat",),
        shown="views",
        looks=ALONG,
        intro=NAMED,
        families=(
            "front_behind_depth",
            "image_left_right",
            "visible",
            "object_count_in_picture",
            "closest_to_camera",
        ),
        per_scene=5,
        worse=("defocus", "haze", "motion_blur", "jpeg", "low_light"),
        aggregation="degradation",
    ),
    Suite(
        name="stories",
        version="1",
        title="Stories",
        about="where things lie that are only told of, with questions that no sentence decides",
        makers=("grid_story", "block_story"),
        shown="story",
        families=("full_relation", "story_yes_no", "story_compare", "membership", "multi_hop"),
        aggregation="abstention",
    ),
    Suite(
        name="routes",
        version="1",
        title="Routes",
        about="ways through a flat: what is passed, which way is short, what to do at each turn",
        makers=("flat",),
        shown="plan",
        families=("order_along_route", "shortest_tour", "route_plan", "shortest_path"),
        per_scene=8,
    ),
    Suite(
        name="maps",
        version="1",
        title="Maps",
        about="reading a map: where things lie in it, what stands where, how it looks from within",
        makers=("flat",),
        shown="plan",
        families=(
            "cardinal_direction",
            "allocentric_facing",
            "landmark_pose",
            "region_relation",
            "same_region",
            "mental_scene_rotation",
        ),
        per_scene=6,
    ),
)


def suite(name: str) -> Suite:
    """The suite called `name`; raises UnknownName with the near miss.

    >>> suite("rooms").title
    'Rooms'
    """
    found = [each for each in SUITES if each.name == name]
    if not found:
        raise UnknownName("suite", name, [each.name for each in SUITES], where="allocentric.bench.suites")
    return found[0]
