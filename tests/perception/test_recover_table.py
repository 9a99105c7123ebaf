"""Render, recover, ask: the answers of the recovered scene hold the truth, less often as noise grows."""

import pathlib
from typing import Final

import pytest

from tests.perception.recover_table import LEVELS, SEEDS, Asked, Worse, asked, rates, recovered, rendered
from tests.quickly import quickly

pytest.importorskip("embreex")
STATED: Final = 0.99


def told(
    seeds: tuple[int, ...], levels: tuple[Worse, ...], kept: pathlib.Path, *, every: int
) -> dict[str, list[Asked]]:
    """How the questions come out at each level, of all flats."""
    rows: dict[str, list[Asked]] = {each.name: [] for each in levels}
    for seed in seeds:
        folder = kept / f"flat-{seed}"
        flat = rendered(seed, folder, every=every)
        for worse in levels:
            rows[worse.name] += asked(flat, recovered(folder, worse, seed=seed), seed)
    return rows


def test_answers_from_two_flats_hold_the_truth_at_the_stated_rate(tmp_path: pathlib.Path) -> None:
    exact, sensor = LEVELS[0], LEVELS[1]
    with quickly():
        rows = told((1, 6), (exact, sensor), tmp_path, every=4)
    for worse in (exact, sensor):
        found = rates(rows[worse.name])
        assert found.asked > 200
        assert found.held >= STATED, [each.question for each in rows[worse.name] if not each.held]
        assert found.held_of_determined >= STATED
    assert rates(rows[exact.name]).determined > 0.4
    assert rates(rows[sensor.name]).determined <= rates(rows[exact.name]).determined


@pytest.mark.slow
def test_the_table_of_ten_flats_holds_its_stated_rates(
    tmp_path: pathlib.Path,
) -> None:
    with quickly():
        rows = told(SEEDS, LEVELS, tmp_path, every=2)
    found = {name: rates(each) for name, each in rows.items()}
    for worse in LEVELS:
        sound = not (worse.merged or worse.confused)
        assert found[worse.name].held >= (STATED if sound else 0.85), worse.name
    for first, second in (("sensor x 1", "sensor x 2"), ("sensor x 2", "sensor x 4")):
        assert found[second].determined <= found[first].determined
        assert found[second].off_m >= found[first].off_m
    assert found["30 % of labels confused"].held <= found["10 % of labels confused"].held
