"""What things are called."""

import pytest

from allocentric.scene.labels import (
    NYU40,
    SCANNET200,
    canonical,
    head,
    is_known,
    nyu40,
    plain,
    rows_called,
    rows_labelled,
    scannet200,
)
from allocentric.scene.scene import Scene, Thing, scene_of


def scene(*labels: str) -> Scene:
    return scene_of("s", [Thing(label=label) for label in labels])


def called(made: Scene, name: str) -> list[str]:
    return [made.names[row] for row in rows_called(made, name)]


def test_the_vocabularies_have_as_many_names_as_they_say() -> None:
    assert len(set(NYU40)) == 40
    assert len(set(SCANNET200)) == 200
    assert NYU40[4] == "chair"
    assert SCANNET200[5] == "couch"


def test_every_name_of_a_vocabulary_maps_to_itself() -> None:
    assert [nyu40(name) for name in NYU40] == list(NYU40)
    assert [scannet200(name) for name in SCANNET200] == list(SCANNET200)


def test_every_scannet_name_has_an_nyu_name() -> None:
    unnamed = [name for name in SCANNET200 if nyu40(name) is None]
    assert not unnamed


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("couch", "sofa"),
        ("Settees", "sofa"),
        ("telly", "tv"),
        ("TV monitor", "tv"),
        ("television", "tv"),
        ("fridge", "refrigerator"),
        ("bin", "trash can"),
        ("waste_basket", "trash can"),
        ("cupboards", "cabinet"),
        ("washing machine", "washer"),
        ("hob", "stove"),
        ("bookcase", "bookshelf"),
        ("bookshelves", "bookshelf"),
        ("bedside tables", "nightstand"),
        ("night-stand", "nightstand"),
        ("tub", "bathtub"),
        ("loo", "toilet"),
        ("basin", "sink"),
        ("closet", "wardrobe"),
        ("computer screen", "monitor"),
        ("chest of drawers", "dresser"),
        ("stairs", "stair"),
        ("blinds", "blind"),
    ],
)
def test_words_that_mean_the_same_share_one_canonical_word(word: str, meant: str) -> None:
    assert canonical(word) == meant


def test_a_canonical_word_is_its_own_canonical_word() -> None:
    words = {canonical(name) for name in (*NYU40, *SCANNET200, "couch", "bin", "closet")}
    assert {word: canonical(word) for word in words} == {word: word for word in words}


def test_a_monitor_is_no_tv_and_a_coffee_table_no_table() -> None:
    assert canonical("monitor") != canonical("tv")
    assert canonical("coffee table") != canonical("table")
    assert canonical("office chair") != canonical("chair")


def test_the_head_of_a_compound_is_its_longest_known_ending() -> None:
    assert head("old wooden dining table") == "dining table"
    assert head("two-seats sofas") == "sofa"
    assert is_known("the zorb's chair")
    assert not is_known("blue zorb")
    assert not is_known("")


def test_a_label_written_by_another_hand_is_plain() -> None:
    assert plain("Sliding_Door") == "sliding door"
    assert plain("  TV  ") == "tv"


def test_a_name_wins_over_a_label_and_a_label_over_a_synonym() -> None:
    made = scene_of(
        "s",
        [Thing(label="lamp", name="Settee"), Thing(label="sofa"), Thing(label="couch"), Thing(label="chair")],
    )
    assert called(made, "settee") == ["Settee"]
    assert [made.labels[row] for row in rows_labelled(made, "settee")] == ["sofa", "couch"]
    assert called(made, "couches") == ["couch"]
    assert called(made, "sofas") == ["sofa"]


def test_of_two_names_that_differ_in_case_the_one_as_written_is_meant() -> None:
    made = scene_of("s", [Thing(label="lamp", name="A"), Thing(label="lamp", name="a")])
    assert called(made, "a") == ["a"]
    assert called(made, "A") == ["A"]


def test_labels_that_a_scene_keeps_apart_are_not_merged() -> None:
    made = scene("trash can", "bin", "closet", "wardrobe", "tv", "monitor")
    assert called(made, "bins") == ["bin"]
    assert called(made, "closet") == ["closet"]
    assert called(made, "screen") == ["monitor"]
    assert called(made, "telly") == ["tv"]


def test_a_compound_never_means_its_bare_head_nor_the_head_a_compound() -> None:
    made = scene("table", "office chair")
    assert called(made, "coffee table") == []
    assert called(made, "chair") == []
    assert called(made, "desk chair") == ["office chair"]


def test_numbered_things_are_found_by_name_and_all_of_a_kind_by_label() -> None:
    made = scene("chair", "chair", "tv")
    assert called(made, "Chair 2") == ["chair 2"]
    assert called(made, "chair_2") == ["chair 2"]
    assert called(made, "chairs") == ["chair 1", "chair 2"]
    assert rows_labelled(made, "chair 2") == (1,)
    assert called(made, "lamp") == []
