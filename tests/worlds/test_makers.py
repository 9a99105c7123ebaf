import functools
import itertools

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon

from allocentric.errors import UnknownName
from allocentric.geometry.box_distance import gap_matrix_m
from allocentric.geometry.boxes import Boxes, footprints
from allocentric.scene.scene import Footprint, Scene
from allocentric.worlds.makers import MAKERS, PUZZLES, maker
from allocentric.worlds.makers.placing import turned

SEEDS = range(20)
GRAIN_M = 1e-6  # closer than this is touching
STEP_M = 0.05  # what is lower is walked on
HEIGHTS_M = {"chair": (0.7, 1.1), "table": (0.65, 0.85), "bed": (0.3, 0.7), "cup": (0.05, 0.15)}
ROOMS = [
    each for each in MAKERS if not each.name.endswith(("story", "dots", "leaning")) and each not in PUZZLES
]
SCENES = [(each.name, seed) for each in ROOMS for seed in SEEDS]


@functools.cache
def made(name: str, seed: int) -> Scene:
    return maker(name).make(seed)


def rows(scene: Scene, *kinds: str) -> list[int]:
    return [row for row, kind in enumerate(scene.kinds) if kind in kinds]


def boxes(scene: Scene, held: list[int], shrunk_m: float = 0.0) -> Boxes:
    return Boxes(scene.centers[held], scene.sizes[held] - shrunk_m, scene.rotations[held])


def outlines(scene: Scene, held: list[int]) -> list[Polygon]:
    return [Polygon(each) for each in footprints(boxes(scene, held))]


def room_outlines(scene: Scene) -> dict[str, Polygon]:
    shapes = {scene.names[row]: scene.shapes[row] for row in rows(scene, "region")}
    return {name: shape.polygon for name, shape in shapes.items() if isinstance(shape, Footprint)}


def underside(scene: Scene, row: int) -> float:
    return float(scene.centers[row, 2] - scene.sizes[row, 2] / 2)


def top(scene: Scene, row: int) -> float:
    return float(scene.centers[row, 2] + scene.sizes[row, 2] / 2)


@pytest.mark.parametrize(("name", "seed"), SCENES)
def test_no_two_solids_interpenetrate(name: str, seed: int) -> None:
    scene = made(name, seed)
    held = rows(scene, "object", "structure")
    gaps_m = np.array(gap_matrix_m(boxes(scene, held, shrunk_m=2 * GRAIN_M)))
    gaps_m[np.diag_indices(len(held))] = np.inf
    first, second = np.unravel_index(int(gaps_m.argmin()), gaps_m.shape)
    assert gaps_m.min() > 0, f"{scene.names[held[first]]} is in {scene.names[held[second]]}"


@pytest.mark.parametrize(("name", "seed"), SCENES)
def test_whatever_is_above_the_floor_rests_exactly_on_one_thing_and_does_not_jut_out(
    name: str, seed: int
) -> None:
    scene = made(name, seed)
    held = rows(scene, "object")
    shapes = dict(zip(held, outlines(scene, held)))
    for row in held:
        if abs(underside(scene, row)) > 1e-12:
            below = [
                other
                for other in held
                if shapes[row].within(shapes[other].buffer(GRAIN_M))
                and abs(top(scene, other) - underside(scene, row)) < 1e-9
            ]
            assert below, f"{scene.names[row]} hangs in the air"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_room_of_a_flat_is_reached_by_someone_half_a_metre_wide(seed: int) -> None:
    scene = made("flat", seed)
    assert isinstance(scene.floor, Polygon)
    solid = [
        row
        for row in rows(scene, "object", "structure")
        if top(scene, row) > STEP_M and underside(scene, row) < 2
    ]
    walkable = scene.floor.buffer(-0.25) - shapely.union_all(
        [each.buffer(0.25) for each in outlines(scene, solid)]
    )
    parts = shapely.get_parts(walkable)
    rooms = room_outlines(scene)
    assert 3 <= len(rooms) <= 6
    reached = [{name for name, room in rooms.items() if room.intersection(part).area > 0.3} for part in parts]
    assert set(rooms) in reached


@pytest.mark.parametrize("seed", SEEDS)
def test_furniture_stands_within_one_room_of_a_flat_and_the_floor_holds_every_room(seed: int) -> None:
    scene = made("flat", seed)
    rooms = list(room_outlines(scene).values())
    for row, shape in zip(held := rows(scene, "object"), outlines(scene, held)):
        assert sum(shape.within(room) for room in rooms) == 1, scene.names[row]
    assert scene.floor is not None
    assert all(room.within(scene.floor.buffer(GRAIN_M)) for room in rooms)
    assert all(a.intersection(b).area == 0 for a, b in itertools.combinations(rooms, 2))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_flat_is_furnished_and_its_sizes_are_plausible(seed: int) -> None:
    scene = made("flat", seed)
    labels = [scene.labels[row] for row in rows(scene, "object")]
    assert len(labels) >= 25
    assert {"sofa", "tv", "bed", "toilet"} <= set(labels)
    assert scene.labels.count("door") >= len(
        room_outlines(scene)
    )  # one between rooms for each cut, one outside
    for row in rows(scene, "object"):
        low, high = HEIGHTS_M.get(scene.labels[row], (0.005, 2.3))
        assert low <= scene.sizes[row, 2] <= high, scene.names[row]
        assert 0.04 <= scene.sizes[row, :2].min() <= scene.sizes[row, :2].max() <= 2.4, scene.names[row]


@pytest.mark.parametrize("seed", SEEDS)
def test_fronts_look_into_the_room(seed: int) -> None:
    scene = made("flat", seed)
    rooms = list(room_outlines(scene).values())
    for row in rows(scene, "object"):
        if scene.labels[row] in ("sofa", "fridge", "bed", "wardrobe", "toilet", "desk"):
            ahead = scene.rotations[row] @ scene.fronts[row]
            room = next(each for each in rooms if each.contains(shapely.Point(scene.centers[row, :2])))
            reach_m = scene.sizes[row, 0] / 2 + 0.1
            back = shapely.Point((scene.centers[row] - ahead * reach_m)[:2])
            front = shapely.Point((scene.centers[row] + ahead * reach_m)[:2])
            assert room.contains(front), scene.names[row]
            assert not room.contains(back), scene.names[row]


@pytest.mark.parametrize(("name", "seed"), [(name, seed) for name, seed in SCENES if seed < 3])
def test_the_same_seed_makes_the_same_bytes_and_another_seed_makes_others(name: str, seed: int) -> None:
    first, again, other = (maker(name).make(each) for each in (seed, seed, seed + 1))
    assert first.names == again.names
    for array in ("centers", "sizes", "rotations", "fronts"):
        assert getattr(first, array).tobytes() == getattr(again, array).tobytes()
    assert first.floor is not None
    assert again.floor is not None
    assert first.floor.wkb == again.floor.wkb
    assert first.centers.tobytes() != other.centers.tobytes()


@pytest.mark.parametrize(("name", "seed"), SCENES)
def test_a_made_scene_is_exact_metric_complete_and_knows_north(name: str, seed: int) -> None:
    scene = made(name, seed)
    assert scene.exact
    assert scene.north.exact
    assert scene.complete is not None
    assert scene.complete.labels is None
    assert scene.complete.region is None
    assert len(set(scene.names)) == len(scene)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tabletop_has_six_to_twelve_small_things_on_it_some_stacked_and_two_chairs_facing_it(
    seed: int,
) -> None:
    scene = made("tabletop", seed)
    small = [row for row in range(len(scene)) if scene.labels[row] not in ("table", "chair")]
    table_top = top(scene, scene.row("table"))
    assert 6 <= len(small) <= 12
    assert all(underside(scene, row) >= table_top - 1e-9 for row in small)
    assert any(underside(scene, row) > table_top + 0.01 for row in small)
    assert all(scene.names[row].endswith(f" {scene.labels[row]}") for row in small)
    chairs = [row for row, label in enumerate(scene.labels) if label == "chair"]
    assert len(chairs) == 2
    for row in chairs:
        ahead = scene.rotations[row] @ scene.fronts[row]
        to_table = scene.centers[scene.row("table")] - scene.centers[row]
        assert ahead[:2] @ to_table[:2] > 0.8 * np.linalg.norm(to_table[:2])


def test_an_empty_room_has_a_door_a_floor_and_itself_as_a_region() -> None:
    scene = made("empty", 3)
    assert not rows(scene, "object")
    assert scene.labels.count("door") == 1
    assert scene.floor is not None
    assert scene.floor.equals(room_outlines(scene)["room"])


def test_a_quarter_turn_has_no_rounding_in_it() -> None:
    assert turned(1).tolist() == [[0, -1, 0], [1, 0, 0], [0, 0, 1]]
    assert turned(2).tolist() == [[-1, 0, 0], [0, -1, 0], [0, 0, 1]]
    assert turned(4).tolist() == np.eye(3).tolist()


def test_a_maker_that_is_not_there_is_named_with_its_near_miss() -> None:
    with pytest.raises(UnknownName, match="did you mean 'flat'"):
        maker("flatt")
