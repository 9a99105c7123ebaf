"""What pycolmap makes of a folder of pictures: features, pairs, a sparse model; kept on the way.

Features and pairs go to a database, each picture and pair whole or not at all, and the model to a folder
that appears when it is there: a run that is stopped goes on from there, and ends as if it had not been.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from PIL import Image

from allocentric.errors import BadInput
from allocentric.jobs import read_bytes

Stage = Literal["features", "pairs", "cameras"]
Watch = Callable[[Stage, int, int], None]
"""Is told a stage, how many of its pictures or pairs are done, and of how many."""

LENSES: Final = {
    "pinhole": "SIMPLE_PINHOLE",
    "radial": "SIMPLE_RADIAL",
    "opencv": "OPENCV",
    "fisheye": "OPENCV_FISHEYE",
}
MAKER: Final = (271, 272)  # EXIF: make and model
LOOK_S: Final = 0.2  # between two looks at how far it is
SCRATCH: Final = ".mapping-"
FEWEST: Final = 2  # pictures that make a model
QUIET: Final = 2  # of pycolmap's log: errors alone


@dataclass(frozen=True, slots=True)
class Matching:
    """How pictures are brought together.

    `pairs` are all of them, or of each picture the next `window` by name: for the frames of a walk. Features
    are sought in pictures of at most `longest_px`, `features` in each. `focal_px` is the focal length of the
    pictures as they are, where it is known better than by EXIF; it is refined all the same.
    """

    pairs: Literal["all", "next"] = "all"
    window: int = 10
    longest_px: int = 1600
    features: int = 4096
    lens: Literal["pinhole", "radial", "opencv", "fisheye"] = "radial"
    focal_px: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        counts = {"window": self.window, "longest_px": self.longest_px, "features": self.features}
        bad = [name for name, value in counts.items() if value < 1]
        bad += ["focal_px"] * (self.focal_px is not None and not 0 < self.focal_px < float("inf"))
        if bad:
            raise BadInput(f"{bad[0]} is not above 0", where="structure from motion", mend="give one above 0")


@dataclass(frozen=True, slots=True)
class Found:
    """The largest model, a `pycolmap.Reconstruction`; how many further pictures each other one has.

    `guessed` are the pictures of whose focal length nothing was known.
    """

    model: Any
    others: tuple[int, ...]
    guessed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """What every step needs: pycolmap, the pictures, the database, how to match, who looks on."""

    pycolmap: Any
    folder: Path
    names: tuple[str, ...]
    database: Path
    matching: Matching
    watch: Watch

    @property
    def sparse(self) -> Path:
        """Where the models appear, all at once."""
        return self.database.with_name("sparse")


def sparse_model(
    folder: Path, names: Sequence[str], *, work: Path, matching: Matching, watch: Watch
) -> Found:
    """The model of these pictures. `work`, which keeps what is done, is made where it is missing.

    Raises BadInput where pycolmap is missing, and where no two pictures come together.
    """
    pycolmap = _pycolmap()
    fingerprint = _fingerprint(folder, names, matching=matching, version=pycolmap.__version__)
    held = work / f"motion-{fingerprint[:12]}"
    try:
        held.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"the folder cannot be made: {(error.strerror or '').lower()}",
            where=str(work),
            mend="name a folder that may be written to",
        ) from None
    run = _Run(pycolmap, folder, tuple(names), held / "database.db", matching, watch)
    with _quiet(pycolmap), _named_failures(held):
        if not run.sparse.is_dir():
            if not run.database.exists():
                _start(run)
            _find_features(run)
            _find_pairs(run)
            _map(run)
        models = [pycolmap.Reconstruction(each) for each in sorted(run.sparse.iterdir())]
        guessed = _guessed(run)
    if not models:
        what = f"no two of the {len(names)} pictures could be brought together"
        mend = "take pictures that overlap by half or more, from several places, of things with texture"
        raise BadInput(what, where=str(folder), mend=mend)
    first, *others = ({image.name for image in each.images.values() if image.has_pose} for each in models)
    further = [len(each - first) for each in others]
    return Found(models[0], tuple(count for count in further if count), guessed)


def _pycolmap() -> Any:
    try:
        import pycolmap  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        what = "structure from motion needs pycolmap"
        raise BadInput(what, where="structure from motion", mend="pip install 'allocentric[recon]'") from None
    return pycolmap


def _fingerprint(folder: Path, names: Sequence[str], *, matching: Matching, version: str) -> str:
    """Of all that the model hangs on: the pictures' bytes too."""
    pictures = [(name, hashlib.sha256(read_bytes(folder / name)).hexdigest()) for name in names]
    told = json.dumps([version, asdict(matching), pictures], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


@contextlib.contextmanager
def _quiet(pycolmap: Any) -> Iterator[None]:
    level = pycolmap.logging.minloglevel
    pycolmap.logging.minloglevel = QUIET
    try:
        yield
    finally:
        pycolmap.logging.minloglevel = level


@contextlib.contextmanager
def _named_failures(held: Path) -> Iterator[None]:
    """What pycolmap cannot do, as an error that says where; a database that was broken is such a thing."""
    try:
        yield
    except (RuntimeError, ValueError) as error:
        said = str(error).strip().splitlines()
        what = f"pycolmap stopped: {said[0] if said else type(error).__name__}"
        raise BadInput(what, where=str(held), mend="delete this folder, and run it again") from None


def _start(run: _Run) -> None:
    """The database with all pictures: one camera for those of one maker, size and focal length."""
    pycolmap, matching = run.pycolmap, run.matching
    fresh = run.database.with_name(f"{run.database.name}.new")
    for each in fresh.parent.glob(f"{fresh.name}*"):
        each.unlink()
    pycolmap.Database.open(fresh).close()
    options = pycolmap.ImageReaderOptions(camera_model=LENSES[matching.lens])
    groups = dict[tuple[object, ...], list[str]]()
    for name in run.names:
        with Image.open(run.folder / name) as picture:
            maker = tuple(picture.getexif().get(tag) for tag in MAKER)
        camera = pycolmap.infer_camera_from_image(run.folder / name, options)
        if matching.focal_px is not None:
            params = camera.params
            params[camera.focal_length_idxs()] = matching.focal_px
            camera.params = params
        known = matching.focal_px is not None or camera.has_prior_focal_length
        key = (*maker, camera.width, camera.height, camera.params_to_string(), known)
        groups.setdefault(key, []).append(name)
    for (*_, params_text, known), held in groups.items():
        options.camera_params = params_text if known else ""
        pycolmap.import_images(fresh, run.folder, pycolmap.CameraMode.SINGLE, held, options)
    os.replace(fresh, run.database)


def _find_features(run: _Run) -> None:
    pycolmap = run.pycolmap
    options = pycolmap.FeatureExtractionOptions(max_image_size=run.matching.longest_px, use_gpu=False)
    options.sift.max_num_features = run.matching.features

    def find(token: Any) -> None:
        pycolmap.extract_features(
            run.database,
            run.folder,
            list(run.names),
            extraction_options=options,
            device=pycolmap.Device.cpu,
            cancellation_token=token,
        )

    _watched(run, "features", find, done=_described, total=len(run.names))


def _find_pairs(run: _Run) -> None:
    pycolmap, matching, count = run.pycolmap, run.matching, len(run.names)
    shared = {
        "matching_options": pycolmap.FeatureMatchingOptions(use_gpu=False),
        "verification_options": pycolmap.TwoViewGeometryOptions(),
        "device": pycolmap.Device.cpu,
    }
    shared["verification_options"].ransac.random_seed = matching.seed
    window = count - 1 if matching.pairs == "all" else min(matching.window, count - 1)

    def find(token: Any) -> None:
        if matching.pairs == "all":
            pycolmap.match_exhaustive(run.database, cancellation_token=token, **shared)
            return
        pairing = pycolmap.SequentialPairingOptions(overlap=matching.window, quadratic_overlap=False)
        pycolmap.match_sequential(run.database, pairing_options=pairing, cancellation_token=token, **shared)

    def done(database: Any) -> int:
        return int(database.num_verified_image_pairs())

    _watched(run, "pairs", find, done=done, total=sum(min(window, count - 1 - row) for row in range(count)))


def _map(run: _Run) -> None:
    """Write the models, the largest first, into `sparse` beside the database: all of them or none."""
    pycolmap = run.pycolmap
    # With one thread sums have one order, and the same pictures give the same model.
    options = pycolmap.IncrementalPipelineOptions(
        random_seed=run.matching.seed, num_threads=1, min_model_size=FEWEST, extract_colors=True
    )
    found, placed = list[Any](), list[None]()
    for left in run.database.parent.glob(f"{SCRATCH}*"):  # by a run that was killed
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=run.database.parent, prefix=SCRATCH) as scratch:

        def find(token: Any) -> None:
            models = pycolmap.incremental_mapping(
                run.database,
                run.folder,
                scratch,
                options,
                next_image_callback=lambda: placed.append(None),
                cancellation_token=token,
            )
            found.extend(models.values())

        def done(_: Any) -> int:
            return len(placed) + 1 if placed else 0  # the first two are placed at once

        _watched(run, "cameras", find, done=done, total=len(run.names))
        whole = Path(scratch, "whole")
        whole.mkdir()
        found.sort(key=lambda each: (-each.num_reg_images(), -each.num_points3D()))
        for row, model in enumerate(found):
            (whole / f"{row:03}").mkdir()
            model.write_binary(whole / f"{row:03}")
        os.replace(whole, run.sparse)


def _described(database: Any) -> int:
    """How many pictures have features."""
    return sum(database.exists_descriptors(each.image_id) for each in database.read_all_images())


def _guessed(run: _Run) -> tuple[str, ...]:
    """The pictures of whose focal length nothing was known."""
    with contextlib.closing(run.pycolmap.Database.open(run.database)) as held:
        known = {each.camera_id for each in held.read_all_cameras() if each.has_prior_focal_length}
        return tuple(sorted(each.name for each in held.read_all_images() if each.camera_id not in known))


def _watched(
    run: _Run, stage: Stage, work: Callable[[Any], None], *, done: Callable[[Any], int], total: int
) -> None:
    """Do the work beside us, telling how far it is; it is called off where we are interrupted.

    We look by pycolmap's own SQLite, opened before the work begins: a second one in one process undoes the
    locks of the first.
    """
    token = run.pycolmap.CancellationToken()
    with (
        contextlib.closing(run.pycolmap.Database.open(run.database)) as held,
        ThreadPoolExecutor(1) as pool,
    ):
        try:
            run.watch(stage, min(done(held), total), total)
            running = pool.submit(work, token)
            while not wait([running], LOOK_S).done:
                run.watch(stage, min(done(held), total), total)
        finally:
            token.cancel()
        running.result()
    run.watch(stage, total, total)
