"""Render, recover, ask: the share of answers that hold the truth, as what is seen grows worse.

python -m tests.perception.recover_table prints the table of docs/perception.md: ten made flats, some minutes.
"""

import argparse
import itertools
import math
import pathlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from PIL import Image

from allocentric.errors import AllocentricError
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.depth_visibility import EXACT, KINECT, DepthNoise
from allocentric.perception.frames import Frame
from allocentric.perception.lifting import Segments
from allocentric.perception.noise import Noise, corrupt
from allocentric.perception.recover import Detect, rendered_instances, scene_from_depth
from allocentric.query.ask import ask
from allocentric.scene.scene import DepthImage, Scene, View, scene_of
from allocentric.scene.truth import Bound, Label, Measured, Pick, Quantity, Truth, Unknown
from allocentric.seeds import stream
from allocentric.views.export import write_views
from allocentric.views.paths import walk_through
from allocentric.worlds.makers import make
from allocentric.worlds.read import read

SEEDS: Final = tuple(range(10))
CAMERA: Final = Pinhole(160, 120, 95.0, 95.0, 80.0, 60.0)
EVERY: Final = 2  # of the views of a walk one is taken
ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Worse:
    """How what is seen is made worse; shares are of the masks of each view.

    `drift_m` and `drift_rad` are of each step from view to view.
    """

    name: str
    sensor: float = 0.0  # times a Kinect's noise
    drift_m: float = 0.0
    drift_rad: float = 0.0
    missed: float = 0.0
    merged: float = 0.0
    confused: float = 0.0


LEVELS: Final = (
    Worse("exact depth, in millimetres"),
    Worse("sensor x 1", sensor=1),
    Worse("sensor x 2", sensor=2),
    Worse("sensor x 4", sensor=4),
    Worse("poses drift by 1 mm, 0.01° a view", drift_m=0.001, drift_rad=math.radians(0.01)),
    Worse("poses drift by 3 mm, 0.03° a view", drift_m=0.003, drift_rad=math.radians(0.03)),
    Worse("10 % of masks missed", missed=0.1),
    Worse("30 % of masks missed", missed=0.3),
    Worse("5 % of masks merged with a neighbour", merged=0.05),
    Worse("10 % of labels confused", confused=0.1),
    Worse("30 % of labels confused", confused=0.3),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: whether the bounds held the truth, whether they told one answer, how far off it was."""

    question: str
    held: bool
    determined: bool
    off_m: float | None = None
    told: str = ""


def rendered(seed: int, folder: pathlib.Path, *, every: int = EVERY) -> Scene:
    """A made flat; pictures of a walk through it are in the folder."""
    flat = make("flat", seed)
    write_views(flat, walk_through(flat, CAMERA, step_m=1.0)[::every], folder, light=None, finer=1)
    return flat


def recovered(folder: pathlib.Path, worse: Worse, *, seed: int) -> Scene:
    """The scene that the pictures give, made worse."""
    scene = read(folder / "transforms.json")
    views = [_noisy(view, worse, folder / f"{worse.name}", seed=seed) for view in scene.views]
    if worse.drift_m:
        bare = scene_of("walk", (), views=tuple(views))
        views = list(corrupt(bare, Noise(drift_m=worse.drift_m, drift_rad=worse.drift_rad), seed).scene.views)
    held = scene_of(scene.id, (), views=tuple(views), source=scene.source)
    noise = assumed(worse, len(views))
    return scene_from_depth(
        held, _worse_masks(rendered_instances(folder / "things.json"), worse, seed), noise=noise
    ).scene


def assumed(worse: Worse, views: int) -> DepthNoise:
    """The noise that is declared: what was done, and of the drift what adds up over half the walk."""
    k, steps = worse.sensor, math.sqrt(views / 2)
    shared_m = steps * math.hypot(worse.drift_m, 3.0 * worse.drift_rad)
    base = DepthNoise(k * KINECT.base_m, k * KINECT.per_m2, KINECT.nearest_m) if k else EXACT
    return replace(base, shared_m=shared_m)


def _noisy(view: View, worse: Worse, folder: pathlib.Path, *, seed: int) -> View:
    assert view.depth is not None
    if not worse.sensor:
        return view
    folder.mkdir(exist_ok=True)
    depth_m = np.asarray(Image.open(view.depth.path)) / 1000
    sigma_m = worse.sensor * KINECT.sigma_m(depth_m)
    noisy_m = depth_m + sigma_m * stream(seed, "depth", view.id).standard_normal(depth_m.shape)
    counts = np.where(depth_m > 0, np.round(noisy_m.clip(0.001) * 1000), 0).astype(np.uint16)
    path = folder / pathlib.Path(view.depth.path).name
    Image.fromarray(counts).save(path)
    return replace(view, depth=DepthImage(str(path), 0.001))


def _worse_masks(detect: Detect, worse: Worse, seed: int) -> Detect:
    """Masks left out, joined with the one beside them, called by another's label."""

    def worsened(view: View, frame: Frame) -> Segments:
        found = detect(view, frame)
        random = stream(seed, "masks", view.id)
        count = len(found.labels)
        draws, others = random.random((3, count)), random.integers(0, max(count, 1), count)
        becomes = np.arange(count + 1)
        becomes[1:][draws[0] < worse.missed] = 0
        for row in np.flatnonzero(draws[1] < worse.merged):
            becomes[row + 1] = _beside(found.numbers, int(row) + 1)
        labels = [
            found.labels[int(other)] if draw < worse.confused else label
            for label, draw, other in zip(found.labels, draws[2], others)
        ]
        return Segments(becomes[found.numbers], tuple(labels), found.scores)

    return worsened


def _beside(numbers: np.ndarray, number: int) -> int:
    """The number of the mask that touches this one most; its own where none does."""
    touching = [
        numbers[:, 1:][numbers[:, :-1] == number],
        numbers[:, :-1][numbers[:, 1:] == number],
        numbers[1:][numbers[:-1] == number],
        numbers[:-1][numbers[1:] == number],
    ]
    counts = np.bincount(np.concatenate(touching).astype(int), minlength=number + 1)
    counts[[0, number]] = 0
    return int(counts.argmax()) if counts.any() else number


def questions(flat: Scene, seed: int) -> Iterator[str]:
    """Questions on the objects of a flat: how many, is there one, how far, nearest, where, how large, on."""
    objects = [row for row in range(len(flat)) if flat.kinds[row] == "object"]
    labels = sorted({flat.labels[row] for row in objects})
    single = [each for each in labels if list(flat.labels).count(each) == 1]
    random = stream(seed, "questions")

    def some(*, of: int) -> tuple[str, ...]:
        return tuple(f'the("{single[row]}")' for row in random.permutation(len(single))[:of].tolist())

    for label in labels:
        yield f'count(all("{label}"))'
    for label in ("piano", *random.permutation(labels)[:5].tolist()):
        yield f'exists(all("{label}"))'
    for _ in range(12):
        yield "distance({}, {})".format(*some(of=2))
    for _ in range(6):
        yield 'distance({}, {}, geometry="centre")'.format(*some(of=2))
    for _ in range(8):
        yield "nearest([{}, {}, {}], to={})".format(*some(of=4))
    for _ in range(8):
        yield 'direction({}, standing(at={}, facing={}), sectors="quadrants")'.format(*some(of=3))
    for along, _ in itertools.product(("height", "longest", "shortest"), range(4)):
        yield 'extent({}, along="{}")'.format(*some(of=1), along)
    for _ in range(6):
        yield 'most([{}, {}, {}], by=extent(along="height"))'.format(*some(of=3))
        yield "volume({})".format(*some(of=1))
        yield 'offset({}, world(), axis="up")'.format(*some(of=1))
    for first, second in itertools.permutations(single, 2):
        if ask(flat, f'on(the("{first}"), the("{second}"))', proof=False).value:
            yield f'on(the("{first}"), the("{second}"))'
    for _ in range(4):
        yield "on({}, {})".format(*some(of=2))
        yield "touching({}, {})".format(*some(of=2))


def asked(flat: Scene, found: Scene, seed: int) -> Iterator[Asked]:
    """How each question comes out; those that the flat itself does not decide are left out."""
    for question in dict.fromkeys(questions(flat, seed)):
        truth = ask(flat, question, proof=False).result
        if not isinstance(truth, Measured):
            continue
        try:
            told = ask(found, question, proof=False).result
        except AllocentricError:  # there is no thing of that name
            yield Asked(question, held=True, determined=False)
            continue
        held = holds(told.possible, found, truth.possible, flat)
        off_m = None
        if isinstance(told, Measured) and question.startswith("distance"):
            assert isinstance(told.value, float)
            assert isinstance(truth.value, float)
            off_m = abs(told.value - truth.value)
        yield Asked(question, held, isinstance(told, Measured), off_m, f"{told.possible} {truth.possible}")


def holds(wide: Bound, found: Scene, true: Bound, flat: Scene) -> bool:
    """Whether the bounds of a recovered scene hold a true answer; things go by their labels."""
    match wide, true:
        case Unknown(), _:
            return True
        case Quantity(), Quantity():
            return true.bound.within(wide.bound, ROUNDING)
        case (Truth(may), Truth(is_)) | (Label(may), Label(is_)):
            return set(is_) <= set(may)
        case Pick(), Pick():
            named = {found.labels[row] for row in wide.rows}
            return wide.open or {flat.labels[row] for row in true.rows} <= named
    raise TypeError(f"{type(wide).__name__} of {type(true).__name__}")


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the questions that were asked, and of distances in metres that were told."""

    asked: int
    held: float
    held_of_determined: float
    determined: float
    off_m: float


def rates(rows: Sequence[Asked]) -> Rates:
    """What a table's line says."""
    told = [each for each in rows if each.determined]
    off_m = [each.off_m for each in rows if each.off_m is not None]
    return Rates(
        len(rows),
        float(np.mean([each.held for each in rows])),
        float(np.mean([each.held for each in told])) if told else math.nan,
        len(told) / len(rows),
        float(np.mean(off_m)) if off_m else math.nan,
    )


def line(name: str, found: Rates) -> str:
    """A line of the table."""
    return (
        f"| {name} | {found.asked} | {100 * found.held:.1f} % | {100 * found.held_of_determined:.1f} % "
        f"| {100 * found.determined:.0f} % | {100 * found.off_m:.1f} cm |"
    )


HEAD: Final = (
    "| what is seen | questions | truth within the bounds | of those determined | determined "
    "| distances off by |\n|---|---|---|---|---|---|"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="*", default=SEEDS)
    parser.add_argument("--levels", type=int, nargs="*", default=range(len(LEVELS)))
    parser.add_argument("--misses", action="store_true", help="print each answer that misses the truth")
    parser.add_argument("--keep", type=pathlib.Path, help="keep the pictures in this folder")
    told = parser.parse_args()
    rows: dict[str, list[Asked]] = {LEVELS[each].name: [] for each in told.levels}
    with tempfile.TemporaryDirectory() as made:
        for seed in told.seeds:
            folder = (told.keep or pathlib.Path(made)) / f"flat-{seed}"
            flat = rendered(seed, folder)
            for level in told.levels:
                worse = LEVELS[level]
                found = list(asked(flat, recovered(folder, worse, seed=seed), seed))
                rows[worse.name] += found
                if told.misses:
                    print(
                        *(f"flat {seed}, {worse.name}: {e.question} {e.told}" for e in found if not e.held),
                        sep="\n",
                        flush=True,
                    )
                    print(line(f"{seed} {worse.name}", rates(found)), flush=True)
    print(HEAD)
    for name, all_rows in rows.items():
        print(line(name, rates(all_rows)))


if __name__ == "__main__":
    main()
