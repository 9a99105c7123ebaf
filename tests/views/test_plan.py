import io
import itertools
import math
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import BadInput
from allocentric.intervals import FULL_CIRCLE, Arc, Interval
from allocentric.scene.scene import Scene, Thing, scene_of
from allocentric.views.colours import CHOSEN, GAP, SOMEBODY, paint_of
from allocentric.views.ink import Area, Disc, Line, Text
from allocentric.views.marks import Mark, Observer, Polyline, Segment, Spot, Wedge
from allocentric.views.plan import Plan, draw_plan
from allocentric.worlds.makers import maker
from allocentric.worlds.read import read_all
from tests import real_data

SVG = "{http://www.w3.org/2000/svg}"


def words(plan: Plan) -> list[str]:
    return [each.text for each in plan.items if isinstance(each, Text)]


def overlaps(plan: Plan) -> list[tuple[str, str]]:
    texts = [each for each in plan.items if isinstance(each, Text)]
    pairs = itertools.combinations(texts, 2)
    return [(a.text, b.text) for a, b in pairs if _overlap(a.box, b.box)]


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def middle_of(plan: Plan, label: str) -> np.ndarray:
    """The pixel in the middle of the one thing with this label."""
    fill = paint_of(label, "plain").fill
    [area] = [each for each in plan.items if isinstance(each, Area) and each.fill == fill]
    middle: np.ndarray = np.mean(area.rings[0], axis=0)
    return middle


def square(label: str, x: float, y: float, size: float = 0.5) -> Thing:
    return Thing(label=label, center=(x, y, 0.5), size=(size, size, 1.0))


def north_and_east() -> Scene:
    """For someone at the sofa who looks along +x, the tv is ahead and the bed is to the left."""
    return scene_of("r", [square("sofa", 0, 0), square("tv", 3, 0), square("bed", 0, 2)])


def test_what_is_left_of_someone_who_looks_along_x_is_drawn_above_and_what_is_ahead_to_the_right() -> None:
    plan = draw_plan(north_and_east())
    sofa, tv, bed = (middle_of(plan, each) for each in ("sofa", "tv", "bed"))
    assert tv[0] > sofa[0]
    assert tv[1] == pytest.approx(sofa[1])
    assert bed[1] < sofa[1]
    assert bed[0] == pytest.approx(sofa[0])
    assert (tv - sofa)[0] / 3 == pytest.approx((sofa - bed)[1] / 2)  # one scale


def test_the_png_shows_things_where_the_drawing_says() -> None:
    plan = draw_plan(north_and_east())
    image = Image.open(io.BytesIO(plan.png()))
    assert image.size == (plan.width, plan.height)
    for label in ("sofa", "tv", "bed"):
        x, y = middle_of(plan, label) + np.array([0, 20])  # below the words
        assert image.getpixel((int(x), int(y))) == paint_of(label, "plain").fill[:3]


def test_the_svg_is_well_formed_and_says_every_name_however_it_is_spelt() -> None:
    names = ['<sofa & "tv">', "a\x00b", "dés"]
    scene = scene_of(
        "r",
        [Thing(label="x", name=name, center=(row, 0, 0), size=(1, 1, 1)) for row, name in enumerate(names)],
    )
    root = ET.fromstring(draw_plan(scene, title="<a & b>", highlight=(0, 1, 2)).svg())
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert {'<sofa & "tv">', "a b", "dés", "<a & b>"} <= set(texts)
    assert root.find(f"{SVG}title") is not None


def test_svg_and_png_are_drawn_from_one_list() -> None:
    plan = draw_plan(maker("flat").make(2), title="A flat")
    root = ET.fromstring(plan.svg())
    assert [each.text for each in root.iter(f"{SVG}text")] == words(plan)
    areas = sum(isinstance(each, Area | Line) for each in plan.items)
    assert len(list(root.iter(f"{SVG}path"))) == areas


def test_a_plan_is_drawn_the_same_every_time() -> None:
    scene = maker("flat").make(1)
    first, again = draw_plan(scene, highlight=(3,)), draw_plan(scene, highlight=(3,))
    assert first.svg() == again.svg()
    assert first.png() == again.png()


@pytest.mark.parametrize("seed", range(4))
def test_in_a_flat_no_words_overlap_and_every_highlighted_thing_is_named(seed: int) -> None:
    scene = maker("flat").make(seed)
    small = [row for row, label in enumerate(scene.labels) if label in ("cup", "book", "lamp", "door")]
    big = [row for row, label in enumerate(scene.labels) if label in ("sofa", "bed", "chair", "shelf")]
    for highlight in ([], small, big):
        plan = draw_plan(scene, highlight=highlight, title="Where is it?", caption="There.")
        assert overlaps(plan) == []
        assert {scene.names[row] for row in highlight} <= set(words(plan))
    rooms = {name for name, kind in zip(scene.names, scene.kinds) if kind == "region"}
    assert rooms <= set(words(plan))


def test_in_real_rooms_no_words_overlap_and_every_highlighted_thing_is_named() -> None:
    rooms = read_all(real_data.folder("vsi_bench") / "arkitscenes_meta_info_val.json")
    for scene in itertools.islice(rooms, 24):
        held = [row for row, kind in enumerate(scene.kinds) if kind == "object"]
        plan = draw_plan(scene, highlight=held[::2], marks=_proof(scene, held))
        assert overlaps(plan) == [], scene.id
        assert {scene.names[row] for row in held[::2]} <= set(words(plan))
        assert {"front", "1.23 m", "here"} <= set(words(plan))


def _proof(scene: Scene, held: list[int]) -> list[Mark]:
    """Somebody in the first thing who looks at the last, four sectors, and a gap."""
    here, there = scene.centers[held[0]], scene.centers[held[-1]]
    heading = math.atan2(there[1] - here[1], there[0] - here[0])
    turns = [heading + (quarter - 0.5) * math.pi / 2 for quarter in range(5)]
    names = ("front", "left", "back", "right")
    wedges = [Wedge(here, turns[row], turns[row + 1], 2.0, name, row == 0) for row, name in enumerate(names)]
    return [*wedges, Observer(here, heading, "here"), Segment(here, there, "1.23 m")]


def test_the_higher_thing_is_drawn_over_the_lower_whatever_their_order() -> None:
    table = Thing(label="table", center=(0, 0, 0.4), size=(2, 2, 0.8))
    cup = Thing(label="cup", center=(0, 0, 0.85), size=(0.5, 0.5, 0.1))
    for things in ([table, cup], [cup, table]):
        fills = [each.fill for each in draw_plan(scene_of("r", things)).items if isinstance(each, Area)]
        assert fills.index(paint_of("table", "plain").fill) < fills.index(paint_of("cup", "plain").fill)


def test_a_box_around_everything_is_an_outline_and_hides_nothing() -> None:
    small = [square("tv", 3 * column, 3 * line) for column in range(3) for line in range(2)]
    whole = Thing(label="building", center=(3, 1.5, 2), size=(20, 10, 4))
    areas = [each for each in draw_plan(scene_of("r", [*small, whole])).items if isinstance(each, Area)]
    [outline] = [each for each in areas if each.edge == paint_of("building", "plain").edge]
    assert outline.fill is None
    assert sum(each.fill == paint_of("tv", "plain").fill for each in areas) == 6


def test_a_front_is_marked_at_the_side_it_is_on() -> None:
    sofa = Thing(label="sofa", size=(1, 2, 1), front=(1, 0, 0), yaw_rad=math.pi / 2)  # looks along +y: up
    plan = draw_plan(scene_of("r", [sofa]))
    edge = paint_of("sofa", "plain").edge
    [tick] = [each for each in plan.items if isinstance(each, Area) and each.fill == edge]
    middle = middle_of(plan, "sofa")
    assert np.mean(tick.rings[0], axis=0)[1] < middle[1] - 50
    assert min(tick.rings[0], key=lambda point: point[1])[0] == pytest.approx(middle[0])


def test_the_two_ends_of_a_gap_are_as_far_apart_on_paper_as_the_scale_bar_says() -> None:
    plan = draw_plan(north_and_east(), marks=[Segment((0.25, 0, 0.5), (2.75, 0, 0.5), "2.5 m")])
    [gap] = [each for each in plan.items if isinstance(each, Line) and each.colour == GAP]
    bar = max((each for each in plan.items if isinstance(each, Line) and each.width == 2.0), key=_length)
    assert "50 cm" in words(plan)
    assert _length(gap) / _length(bar) == pytest.approx(2.5 / 0.5)


def _length(line: Line) -> float:
    return math.dist(line.points[0], line.points[-1])


def test_touching_things_get_a_ring_where_they_touch() -> None:
    plan = draw_plan(north_and_east(), marks=[Segment((0.25, 0), (0.25, 0), "0 m")])
    rings = [each for each in plan.items if isinstance(each, Disc) and each.edge == GAP]
    assert len(rings) == 1
    assert rings[0].fill is None
    assert "0 m" in words(plan)


def test_a_sector_to_the_left_of_x_is_drawn_above() -> None:
    quarter = Wedge((0.0, 0.0), math.pi / 4, 3 * math.pi / 4, 0.4, "left", chosen=True)
    plan = draw_plan(north_and_east(), marks=[quarter])
    sectors = [
        each for each in plan.items if isinstance(each, Area) and each.fill and each.fill[:3] == CHOSEN[:3]
    ]
    sofa = middle_of(plan, "sofa")
    corners = np.array(sectors[0].rings[0])
    assert (corners[:, 1] <= sofa[1] + 1e-6).all()
    assert corners[:, 0].mean() == pytest.approx(sofa[0], abs=1)
    [left] = [each for each in plan.items if isinstance(each, Text) and each.text == "left"]
    assert left.at[1] < sofa[1]


def test_whoever_looks_along_y_has_their_arrow_above_them() -> None:
    plan = draw_plan(north_and_east(), marks=[Observer((0.0, 0.0), math.pi / 2, "me")])
    sofa = middle_of(plan, "sofa")
    arrows = [
        each
        for each in plan.items
        if isinstance(each, Area) and each.fill == SOMEBODY and len(each.rings[0]) == 3
    ]
    [tip] = [min(each.rings[0], key=lambda point: point[1]) for each in arrows]
    assert tip[1] < sofa[1] - 30
    assert tip[0] == pytest.approx(sofa[0])


def test_a_route_ends_in_its_arrow() -> None:
    plan = draw_plan(
        north_and_east(), marks=[Polyline([(0, 0), (3, 0), (3, 2)], "5 m"), Spot((3, 2), "goal")]
    )
    assert {"5 m", "goal"} <= set(words(plan))
    [head] = [
        each
        for each in plan.items
        if isinstance(each, Area) and each.edge is None and len(each.rings[0]) == 3
    ]
    tv, bed = middle_of(plan, "tv"), middle_of(plan, "bed")
    assert head.rings[0][1] == pytest.approx((tv[0], bed[1]))


def test_highlighted_things_are_saturated_and_the_rest_dimmed() -> None:
    plan = draw_plan(north_and_east(), highlight=[1])
    fills = {each.fill for each in plan.items if isinstance(each, Area)}
    assert paint_of("tv", "strong").fill in fills
    assert {paint_of("sofa", "dimmed").fill, paint_of("bed", "dimmed").fill} <= fills


def test_a_thing_that_may_be_elsewhere_is_outlined_in_dashes_around_all_that_it_may_cover() -> None:
    doubted = Thing(label="box", center=(1, 1, 0), size=(1, 1, 1), center_slack=(0.5, 0.25, 0))
    plan = draw_plan(scene_of("r", [doubted, square("tv", 5, 5)]))
    [dashed] = [each for each in plan.items if isinstance(each, Area) and each.dash]
    width, height = np.ptp(dashed.rings[0], axis=0)
    assert width / height == pytest.approx(2.0 / 1.5)


def test_what_is_not_placed_is_named_below_and_not_drawn() -> None:
    lost = [Thing(label="gull", center_slack=math.inf), Thing(label="key", center_slack=(math.inf, 0, 0))]
    plan = draw_plan(scene_of("r", [square("tv", 0, 0), *lost]))
    assert "not placed: gull, key" in words(plan)
    assert "gull" not in words(plan)


def test_the_height_alone_being_unknown_leaves_a_thing_on_the_plan() -> None:
    plan = draw_plan(scene_of("r", [Thing(label="tv", size=(1, 1, 1), center_slack=(0, 0, math.inf))]))
    assert "tv" in words(plan)


@pytest.mark.parametrize(
    ("scale", "said"),
    [(Interval.of(1.0), "50 cm"), (Interval.of(0.001), "0.5 mm"), (Interval(0.5, 2.0), "0.5 scene units")],
)
def test_the_scale_bar_is_in_metres_only_where_the_scale_is_known(scale: Interval, said: str) -> None:
    assert said in words(draw_plan(scene_of("r", north_and_east().things(), scale=scale)))


def test_north_is_drawn_where_it_is_known_with_its_doubt() -> None:
    things = north_and_east().things()
    assert "N" in words(draw_plan(scene_of("r", things, north=Arc(0.3))))
    assert "N ±10°" in words(draw_plan(scene_of("r", things, north=Arc(0.3, math.radians(10)))))
    assert "N" not in "".join(words(draw_plan(scene_of("r", things, north=FULL_CIRCLE))))


def test_points_lines_tilted_things_ceilings_and_an_empty_scene_can_all_be_drawn() -> None:
    tilted = np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]]) @ np.array(
        [[0.8, -0.6, 0], [0.6, 0.8, 0], [0, 0, 1]]
    )
    things = [
        Thing(label="point"),
        Thing(label="line", center=(1, 0, 0), size=(1, 0, 0), yaw_rad=0.7),
        Thing(label="tilted", center=(3, 1, 0), size=(1, 2, 3), rotation=tilted),
        Thing(label="ceiling", center=(0, 0, 3), size=(9, 9, 0.1), kind="structure"),
        Thing(label="ball", center=(2, 2, 0), size=(0.001, 0.001, 0.001)),
    ]
    plan = draw_plan(scene_of("r", things))
    assert {"point", "line", "tilted", "ball"} <= set(words(plan))
    assert "ceiling" not in words(plan)
    assert plan.png()
    assert "there is nothing in this scene" in words(draw_plan(scene_of("r", [])))
    assert draw_plan(scene_of("r", things[:1]), marks=[Wedge((0, 0), 0, 1, 2.0, "left")]).png()


def test_a_long_question_is_broken_into_lines_that_stay_on_the_paper() -> None:
    plan = draw_plan(
        north_and_east(), title="Where is the tv if I stand at the sofa? " * 8, caption="It is ahead. " * 30
    )
    boxes = [each.box for each in plan.items if isinstance(each, Text)]
    assert all(
        0 <= left and right <= plan.width and bottom <= plan.height for left, _, right, bottom in boxes
    )
    assert overlaps(plan) == []


def test_a_plan_is_saved_by_its_suffix_and_another_suffix_is_refused(tmp_path: Path) -> None:
    plan = draw_plan(north_and_east())
    plan.save(tmp_path / "a.svg")
    plan.save(tmp_path / "a.PNG")
    assert (tmp_path / "a.svg").read_text() == plan.svg() == plan._repr_svg_()
    assert (tmp_path / "a.PNG").read_bytes() == plan.png()
    with pytest.raises(BadInput, match=r"end the name with .png or .svg"):
        plan.save(tmp_path / "a.jpg")
    with pytest.raises(BadInput, match="folder"):
        plan.save(tmp_path / "nowhere" / "a.png")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.PNG", "a.svg"]
