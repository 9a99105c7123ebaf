"""A suite is made: its samples as canonical lines, the scenes that they are about, their pictures."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from allocentric.bench.suites.folder import QUESTIONS, Line, lacking_pictures, suite_folder
from allocentric.bench.suites.suite import FIRST_SEED, SIZES, Size, Suite, suite
from allocentric.errors import BadInput
from allocentric.jobs import atomic_write
from allocentric.questions.change import Known, changed
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.making.film import filmed
from allocentric.questions.making.places import Looks, Made, scene_at
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.questions.records.record import to_json
from allocentric.questions.twins import twins_of
from allocentric.scene.file import load, save
from allocentric.scene.json_text import encode
from allocentric.scene.scene import Scene
from allocentric.views.degradations.degrade import degrade
from allocentric.views.ink import Item
from allocentric.views.overlays import overlaid, words_at
from allocentric.views.plan import draw_plan
from allocentric.views.render import Picture, render
from allocentric.worlds.writers.story import story_text

SEED: Final = 0
PLAN: Final = "plan"
LEAST_PX: Final = 120  # of a thing that its name is written on
HALF_A_LETTER_PX: Final = 3.3
WHITE: Final = (255, 255, 255, 255)
MOST_BARREN: Final = 50  # scenes in a row that no question can be asked about


def prepared(name: str, size: Size, folder: Path | None = None, *, pictures: bool) -> Path:
    """The folder of a suite, made where it is not there yet: the user's own, unless one is named.

    With `pictures` they are rendered too, which takes a while, once. Raises UnknownName for a suite that is
    not there, and BadInput where the folder cannot be written to.
    """
    wanted = suite(name)
    folder = suite_folder(name, size) if folder is None else folder
    if not (folder / QUESTIONS).is_file():
        _make(folder)
        _write(wanted, size, folder)
    if pictures:
        draw(folder)
    return folder


def lines(wanted: Suite, count_: int) -> Iterator[tuple[Scene, Line]]:
    """The first so many samples of a suite, each with the scene as it is asked of; the last pair is whole."""
    made, barren = 0, 0
    for number in count():
        if made >= count_:
            return
        maker = wanted.makers[number % len(wanted.makers)]
        scene = scene_at(Made(maker, FIRST_SEED + number), Looks(*wanted.looks) if wanted.looks else None)
        before = made
        for versions in islice(_asked(wanted, scene, number), wanted.per_scene):
            yield from versions
            made += len(versions)
            if made >= count_:
                return
        barren = barren + 1 if made == before else 0
        if barren > MOST_BARREN:
            what = f"no scene of {maker} bears a question of {wanted.name}"
            raise BadInput(what, where=f"suite {wanted.name}", mend="name other families")


def draw(folder: Path) -> None:
    """Render the pictures of a suite that are not there yet."""
    scenes = dict[str, Scene]()
    for path, (file, view) in lacking_pictures(folder).items():
        if file not in scenes:
            scenes = {file: load(folder / file)}  # one at a time: lines of one scene stand together
        _draw(scenes[file], view, folder / path)


def _write(wanted: Suite, size: Size, folder: Path) -> None:
    """The scenes, then the questions: where those are, all is there."""
    held, seen = list[bytes](), set[str]()
    for scene, line in lines(wanted, SIZES[size]):
        if line.scene not in seen:
            seen.add(line.scene)
            save(scene, folder / line.scene)
        held.append(encode(line) + b"\n")
    atomic_write(folder / QUESTIONS, b"".join(held))


def _asked(wanted: Suite, scene: Scene, number: int) -> Iterator[list[tuple[Scene, Line]]]:
    """Questions about a scene, of the families in turn, each with all its versions."""
    at = number % len(wanted.families)
    sources = {
        name: _fair(wanted, scene, name)
        for name in (*wanted.families[at:], *wanted.families[:at])
        if lacking(scene, family(name).needs) is None
    }
    turn = 0
    while sources:
        for name in list(sources):
            question = next(sources[name], None)
            if question is None:
                del sources[name]
                continue
            versions = _versions(wanted, scene, question, turn=number + turn)
            if versions:
                turn += 1
                yield versions


def _fair(wanted: Suite, scene: Scene, name: str) -> Iterator[Question]:
    """The fair questions of a family that what is shown is enough for."""
    for each in questions_of(scene, family(name), seed=SEED):
        shown = filmed(scene, each) if wanted.shown == "panoramas" and isinstance(each, Question) else each
        if isinstance(shown, Question):
            yield shown


def _versions(wanted: Suite, scene: Scene, question: Question, *, turn: int) -> list[tuple[Scene, Line]]:
    """The question and its versions; none where it lacks a twin that has to be there."""
    if wanted.knowing:
        return _twins(wanted, scene, question)
    clean = _line(wanted, scene, question)
    if not wanted.worse:
        return [(scene, clean)]
    kind = wanted.worse[turn % len(wanted.worse)]
    pictures = clean.pictures.items()
    worse = [
        Line(
            id=f"{clean.id}-{kind}-{severity}",
            type=clean.type,
            question=clean.question,
            scene=clean.scene,
            pair=clean.id,
            condition=f"{kind} {severity}",
            pictures={f"{view}~{kind}-{severity}": _worse(path, kind, severity) for view, path in pictures},
        )
        for severity in wanted.severities
    ]
    clean.pair = clean.id
    return [(scene, clean), *((scene, each) for each in worse)]


def _twins(wanted: Suite, scene: Scene, question: Question) -> list[tuple[Scene, Line]]:
    """All may say that it cannot be told: else who is allowed to would know that it cannot."""
    asked = replace(question, expected=replace(question.expected, may_abstain=True))
    twins = [each for each in twins_of(scene, asked, seed=SEED) if each.twin in ("withheld", "kept")]
    if not any(each.twin == "withheld" for each in twins):
        return []
    found = list[tuple[Scene, Line]]()
    for each in (asked, *twins):
        line = _line(wanted, scene, each)
        line.pair = asked.id
        found.append((changed(scene, each.changes), line))
    return found


def _line(wanted: Suite, scene: Scene, question: Question) -> Line:
    seen = [view for each in question.changes if isinstance(each, Known) for view in each.views]
    pictures = {view: f"pictures/{scene.id}/{view}.png" for view in seen or question.views}
    if wanted.shown == "plan":
        pictures = {PLAN: f"pictures/{scene.id}/{PLAN}.png"}
    told = hashlib.sha256(encode([str(each) for each in question.changes])).hexdigest()[:8]
    return Line(
        id=question.id,
        type=question.family,
        question=to_json(question),
        scene=f"scenes/{scene.id}{f'~{told}' if question.changes else ''}.json",
        condition=question.condition,
        pictures=pictures,
        told=story_text(scene) if wanted.shown == "story" else "",
    )


def _worse(path: str, kind: str, severity: int) -> str:
    return f"{path.removesuffix('.png')}~{kind}-{severity}.png"


def _names(scene: Scene, picture: Picture) -> list[Item]:
    """The label of each thing written on it: made things are plain boxes, which nobody could tell apart."""
    items = list[Item]()
    for row in np.unique(picture.instance):
        down, across = np.nonzero(picture.instance == row)
        if row >= 0 and scene.kinds[row] == "object" and len(down) >= LEAST_PX:
            middle = np.argmin((down - down.mean()) ** 2 + (across - across.mean()) ** 2)
            left = float(across[middle]) - HALF_A_LETTER_PX * len(scene.labels[row])
            items += words_at((left, float(down[middle])), scene.labels[row], WHITE)
    return items


def _draw(scene: Scene, name: str, file: Path) -> None:
    """The picture of a view, of a view made worse, or the plan."""
    if name == PLAN:
        data = draw_plan(scene).png()
    else:
        view, _, worse = name.partition("~")
        picture = render(scene, view, finer=2)
        named = _names(scene, picture)
        kind, _, severity = worse.rpartition("-")
        colour = degrade(picture, kind, int(severity), seed=SEED) if worse else picture.colour
        held = io.BytesIO()
        Image.fromarray(overlaid(colour, named)).save(held, "PNG")
        data = held.getvalue()
    _make(file.parent)
    atomic_write(file, data)


def _make(folder: Path) -> None:
    for each in (folder, folder / "scenes") if folder.name != "pictures" else (folder,):
        try:
            each.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise BadInput(
                f"no suite can be made here: {reason}", where=str(each), mend="give --data"
            ) from None
