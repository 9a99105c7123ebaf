import pytest
from shapely.geometry import box

from allocentric.intervals import Interval
from allocentric.scene.scene import Complete, Footprint, Stated, Thing
from allocentric.scene.truth import Measured
from tests.oracle.told import cube, place, reason, told, value

CHAIRS = (cube("chair", 0, 0), cube("chair", 3, 0), cube("table", 6, 0, size=(2, 1, 0.8)))


def test_a_count_of_an_open_list_is_a_lower_bound() -> None:
    assert value(place(*CHAIRS), 'count(all("chair"))') == 2
    assert reason(place(*CHAIRS, complete=None), 'count(all("chair"))') == "not_complete"
    assert value(place(*CHAIRS, complete=None), 'exists(all("chair"))') is True
    assert value(place(*CHAIRS, complete=None), 'count(all("chair")) > 1') is True


def test_a_list_is_complete_for_the_labels_that_it_says() -> None:
    only_chairs = place(*CHAIRS, complete=Complete(labels=frozenset({"chair"})))
    assert value(only_chairs, 'count(all("chair"))') == 2
    assert reason(only_chairs, 'count(all("table"))') == "not_complete"


def test_a_total_adds_a_measure_up() -> None:
    assert value(place(*CHAIRS), "total(all(), by=volume)") == pytest.approx(1 + 1 + 1.6)


@pytest.mark.parametrize(("along", "length_m"), [("longest", 2), ("shortest", 0.8), ("height", 0.8)])
def test_a_table_is_so_long_along(along: str, length_m: float) -> None:
    assert value(place(*CHAIRS), f'extent(the("table"), along="{along}")') == pytest.approx(length_m)


def test_width_is_from_left_to_right_of_a_thing_with_a_front() -> None:
    fronted = place(Thing(label="desk", size=(2, 1, 1), front=(1, 0, 0)))
    assert value(fronted, 'extent(the("desk"), along="width")') == 1
    assert value(fronted, 'extent(the("desk"), along="depth")') == 2


def test_an_area_counts_once_what_is_covered_twice() -> None:
    overlapping = place(cube("rug", 0, 0, 0.0, size=(2, 2, 0)), cube("rug", 1, 0, 0.0, size=(2, 2, 0)))
    assert value(overlapping, 'area(all("rug"))') == pytest.approx(6)


def test_a_room_has_the_area_of_its_outline_or_the_one_that_is_stated() -> None:
    outlined = Thing(
        label="kitchen", kind="region", shape=Footprint(box(0, 0, 4, 3), 0, 2.5), size=(4, 3, 2.5)
    )
    assert value(place(outlined), 'area(the("kitchen"))') == pytest.approx(12)
    assert value(place(outlined), 'volume(the("kitchen"))') == pytest.approx(30)
    bare = Thing(label="kitchen", kind="region", center_slack=float("inf"), size_slack=float("inf"))
    assert reason(place(bare), 'area(the("kitchen"))') == "not_measured"
    stated = place(bare, stated=(Stated(0, "area", Interval(30, 32)),))
    result = told(stated, 'area(the("kitchen"))')
    assert isinstance(result, Measured)
    assert result.value == pytest.approx(31)


def test_a_bin_names_the_range_that_a_quantity_lies_in_its_upper_edge_included() -> None:
    room = place(cube("a", 0, 0), cube("b", 3, 0))
    assert value(room, 'bin(distance(the("a"), the("b")), edges=[0, 1, 2, 4])') == "1 to 2"
