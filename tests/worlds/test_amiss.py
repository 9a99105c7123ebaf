"""What looks wrong is named, and what is in order is not."""

import numpy as np
import pytest

from allocentric.geometry.frames import rotation_about_up
from allocentric.intervals import Interval
from allocentric.scene.scene import Kind, Scene, Thing, scene_of
from allocentric.worlds.amiss import amiss
from allocentric.worlds.makers import MAKERS


def box(
    label: str, x: float, z: float, *, size: tuple[float, float, float] = (1, 1, 1), kind: Kind = "object"
) -> Thing:
    """A box on the line y = 0."""
    return Thing(label=label, center=(x, 0, z), size=size, kind=kind)


def room(*things: Thing) -> Scene:
    return scene_of("room", things)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.name)
def test_what_a_maker_makes_looks_right(maker: object) -> None:
    assert [amiss(each.make(seed)) for each in MAKERS if each is maker for seed in range(3)] == [()] * 3


def test_boxes_within_each_other_are_named_deepest_first() -> None:
    things = room(box("desk", 0, 0.5), box("chair", 0.9, 0.5), box("lamp", -0.7, 0.5), box("bin", 1.86, 0.5))
    assert amiss(things) == (
        "more than 5 cm within each other: desk and lamp (30 cm), desk and chair (10 cm)",
    )


def test_turned_boxes_whose_upright_hulls_overlap_may_still_be_apart() -> None:
    turned = Thing(label="rug", center=(1.3, 1.3, 0.5), size=(1, 3, 1), rotation=rotation_about_up(np.pi / 4))
    assert amiss(room(box("desk", 0, 0.5), turned)) == ()


def test_what_lies_whole_in_another_thing_and_what_touches_a_wall_is_in_order() -> None:
    inside = box("cup", 0, 0.5, size=(0.1, 0.1, 0.1))
    wall = box("wall", 0.9, 0.5, kind="structure")
    assert amiss(room(box("cupboard", 0, 0.5), inside, wall)) == ()


def test_one_thing_listed_twice_is_named() -> None:
    assert amiss(room(box("sofa", 0, 0.5), box("couch", 0.001, 0.5))) == (
        "in the same place, with the same size: sofa and couch",
    )


def test_what_nothing_holds_up_is_named_with_its_height() -> None:
    floor = box("floor", 0, -0.05, size=(9, 9, 0.1), kind="structure")
    hung = box("clock", 3, 2, size=(0.2, 0.2, 0.2))
    wall = box("wall", 3.2, 1.5, size=(0.1, 9, 3), kind="structure")
    floating = box("plant", -3, 1.2)
    assert amiss(room(floor, wall, hung, floating)) == (
        "held up by nothing that is listed: plant (70 cm over the floor)",
    )


def test_far_too_small_and_far_too_large_things_are_named() -> None:
    things = room(box("pin", 0, 0.001, size=(0.002,) * 3), box("sofa", 20, 0.5, size=(30, 1, 1)))
    assert amiss(things) == ("smaller than 0.5 cm: pin (0.2 cm)", "larger than 20 m: sofa (30 m)")


def test_of_many_the_first_are_named() -> None:
    floating = [box(f"kite {row}", 3.0 * row, 5) for row in range(1, 7)]
    (line,) = amiss(room(box("stone", 0, 0.5), *floating))
    assert line.endswith("kite 3 (4.5 m over the floor) and 3 more")


def test_nothing_is_said_of_sizes_without_a_scale_nor_of_things_without_a_place() -> None:
    huge = box("sofa", 0, 0.5, size=(30, 1, 1))
    assert amiss(scene_of("room", [huge], scale=Interval(0.0, np.inf, open_low=True))) == ()
    lost = Thing(label="sofa", size=(30, 1, 1), center_slack=np.inf)
    assert amiss(room(lost)) == ()
    assert amiss(room()) == ()
