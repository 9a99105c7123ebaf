import pytest
import shapely

from allocentric.errors import UnknownName
from allocentric.scene.scene import Complete
from tests.oracle.told import cube, place, reason, told, value

ROOM = place(cube("chair", 0, 0), cube("chair", 3, 0), cube("couch", 6, 0))


def test_the_means_exactly_one_and_names_the_others_where_there_are_several() -> None:
    result = told(ROOM, 'extent(the("chair"), along="height")')
    assert reason(ROOM, 'extent(the("chair"), along="height")') == "ambiguous"
    assert "chair 1 and chair 2" in str(result)
    assert value(ROOM, 'extent(the("chair 2"), along="height")') == 1


def test_plurals_and_synonyms_mean_the_same_things() -> None:
    assert value(ROOM, 'count(all("chairs"))') == 2
    assert value(ROOM, 'extent(the("sofa"), along="height")') == 1


def test_a_name_that_nothing_has_is_an_error_with_the_near_miss() -> None:
    with pytest.raises(UnknownName, match="chair"):
        told(ROOM, 'count(all("chiar"))')


def test_a_known_word_that_a_whole_list_lacks_counts_none_and_names_no_one() -> None:
    assert value(ROOM, 'count(all("lamp"))') == 0
    with pytest.raises(UnknownName):
        told(ROOM, 'extent(the("lamp"), along="height")')


def test_a_known_word_that_a_list_with_gaps_lacks_is_undetermined() -> None:
    gaps = place(*ROOM.things(), complete=None)
    assert reason(gaps, 'extent(the("lamp"), along="height")') == "not_complete"
    assert reason(gaps, 'count(all("lamp"))') == "not_complete"


def test_a_list_that_is_complete_in_a_part_is_complete_of_what_must_lie_there() -> None:
    """Nothing that is not listed has a part over the square about the first two chairs."""
    region = shapely.box(-1, -1, 4, 1)
    part = place(*ROOM.things(), complete=Complete(region=region))
    assert reason(part, 'count(all("chair"))') == "not_complete"
    assert value(part, 'count(on(the("chair 1")))') == 0
    assert value(part, 'exists({t for t in all("lamp") if inside(t, the("chair 2"))})') is False
    assert reason(part, 'exists(on(the("sofa")))') == "not_complete"
    assert value(part, 'count({t for t in all("chair") if distance(t, the("chair 1")) < cm(40)})') == 1
    assert (
        reason(part, 'count({t for t in all("chair") if distance(t, the("chair 1")) < cm(60)})') is not None
    )
