"""Several things of one label are told apart by numbers."""

from __future__ import annotations

import pytest

from allocentric.errors import BadInput
from allocentric.scene.derive import forget
from allocentric.scene.numbered import numbered, said_by_number, shares_labels
from allocentric.scene.scene import Complete, Thing, scene_of


def test_a_number_in_its_own_name_stays_with_a_thing_and_the_others_take_what_is_free() -> None:
    things = [Thing(label="car"), Thing(label="car", name="car_007"), Thing(label="car"), Thing(label="bus")]
    assert numbered(scene_of("street", things)).names == ("car 1", "car 7", "car 2", "bus")


def test_a_number_that_two_names_have_stays_with_neither() -> None:
    things = [Thing(label="car", name="car_1"), Thing(label="car", name="car_01"), Thing(label="car")]
    assert numbered(scene_of("street", things)).names == ("car 1", "car 2", "car 3")


def test_no_number_is_given_that_is_the_name_of_something_else() -> None:
    things = [Thing(label="car"), Thing(label="car"), Thing(label="van", name="car 1")]
    assert numbered(scene_of("street", things)).names == ("car 2", "car 3", "car 1")


def test_where_no_label_repeats_there_is_nothing_to_number() -> None:
    lonely = scene_of("street", [Thing(label="car"), Thing(label="bus")])
    assert not shares_labels(lonely)
    assert numbered(lonely).labels == lonely.labels


def test_a_list_that_is_complete_for_a_label_is_so_for_what_is_numbered() -> None:
    scene = scene_of("s", [Thing(label="car"), Thing(label="car")], complete=Complete(frozenset({"car"})))
    complete = numbered(scene).complete
    assert complete is not None
    assert complete.labels == frozenset({"car", "car 1", "car 2"})


def test_a_derived_scene_is_not_numbered() -> None:
    scene = forget(scene_of("s", [Thing(label="car"), Thing(label="car")]), None, "scale")
    with pytest.raises(BadInput, match="keeps its names"):
        numbered(scene)


def test_what_has_a_number_goes_without_an_article() -> None:
    scene = numbered(scene_of("s", [Thing(label="car") for _ in range(12)] + [Thing(label="bus")]))
    words = "The car 12 is left of the car 1. Is the bus behind the car 3's trailer?"
    assert said_by_number(scene, words) == "Car 12 is left of car 1. Is the bus behind car 3's trailer?"


def test_the_walls_of_a_bare_room_are_numbered_and_those_of_a_furnished_one_are_not() -> None:
    walls = [Thing(label="wall", kind="structure"), Thing(label="wall", kind="structure")]
    assert numbered(scene_of("room", walls)).labels == ("wall 1", "wall 2")
    assert numbered(scene_of("room", [*walls, Thing(label="sofa")])).labels == ("wall", "wall", "sofa")
