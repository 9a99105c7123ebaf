"""`allo ask`: a question and its answer, or a file of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from allocentric.cli.printing import print_json, print_lines, print_screen
from allocentric.cli.progress import watched
from allocentric.cli.screen import answer_screen
from allocentric.errors import BadInput
from allocentric.oracle.known import known_from
from allocentric.perception.known_length import with_known_lengths
from allocentric.query.ask import ask as ask_scene
from allocentric.query.batch import Batch, write_answers
from allocentric.query.rows import read_rows
from allocentric.scene.derive import at_time
from allocentric.scene.scene import Scene, Sensing
from allocentric.worlds.read import read

HERE: Final = "the command line, allo ask"


@Parameter(name="*")
@dataclass(frozen=True)
class Reading:
    """How the scene is read.

    Attributes
    ----------
    format
        The scene's format, where it is not to be told by the content.
    time
        Ask of the scene as it was then, in seconds.
    views
        Ask what one can know who looked from these views alone: their ids, with commas between.
    sensing
        What the views tell: placed (what is seen, as it is), depth (its surface), picture (bearings).
    known
        A length that gives a scene its scale, such as "door height 2.0 m"; once for each.
    """

    format: str | None = None
    time: float | None = None
    views: str | None = None
    sensing: Sensing | None = None
    known: tuple[str, ...] = ()


@Parameter(name="*")
@dataclass(frozen=True)
class Asking:
    """What is asked beside the question.

    Attributes
    ----------
    option
        An offered answer, such as "A. left"; once for each.
    within
        The widest interval of a number (metres, square metres, radians) that is still an answer.
    """

    option: tuple[str, ...] = ()
    within: float | None = None


@Parameter(name="*")
@dataclass(frozen=True)
class Telling:
    """How the answer is told.

    Attributes
    ----------
    picture
        Draw the proof into this file, .png or .svg.
    as_json
        Print one JSON object.
    explain
        Tell the steps, from the inside out.
    """

    picture: Path | None = None
    as_json: Annotated[bool, Parameter("--json")] = False
    explain: bool = False


def ask(
    scene: str | None = None,
    question: str | None = None,
    /,
    *,
    questions: Path | None = None,
    out: Path | None = None,
    reading: Reading = Reading(),
    asking: Asking = Asking(),
    telling: Telling = Telling(),
) -> None:
    """Answer a question about a scene, with its proof; or a file of questions, a JSON object a line.

    Parameters
    ----------
    scene
        A file or a folder; path#id where a file holds many scenes.
    question
        A question in English, or a program: see allo functions.
    questions
        Answer each question of this file: {"id", "question", "options"?, "scene"?} a line, or as
        VSI-Bench was released.
    out
        Put the answers into this file when all are there; without it they are printed.
    """
    if questions is not None:
        alone = (
            asking.option,
            telling.picture,
            telling.explain,
            reading.views,
            reading.sensing,
            reading.known,
        )
        if question is not None or any(alone):
            mend = "leave out the question, --option, --picture, --explain, --views and --known"
            raise BadInput("a file of questions brings its own", where=HERE, mend=mend)
        _ask_file(questions, scene, out, reading=reading, within=asking.within)
        return
    if scene is None or question is None:
        mend = 'write allo ask ROOM.json "How many chairs are there?"'
        raise BadInput("it takes a scene and a question", where=HERE, mend=mend)
    if out is not None:
        raise BadInput("--out goes with --questions", where=HERE, mend="name a file of questions")
    held = read(scene, format=reading.format)
    held = held if reading.time is None else at_time(held, reading.time)
    held = with_known_lengths(held, reading.known) if reading.known else held
    held = _as_seen(held, reading)
    answer = ask_scene(held, question, options=asking.option, within=asking.within)
    if telling.picture is not None:
        answer.save_picture(telling.picture)
    if telling.as_json:
        print_json(answer.to_json())
    else:
        print_screen(answer_screen(answer, explained=telling.explain))


def _as_seen(scene: Scene, reading: Reading) -> Scene:
    """The scene as far as it can be known from the views that are named; as it is where none are."""
    if reading.views is None:
        if reading.sensing is not None:
            raise BadInput("--sensing goes with --views", where=HERE, mend="name the views: --views 1,2")
        return scene
    views = [each.strip() for each in reading.views.split(",") if each.strip()]
    if not views:
        raise BadInput("--views names no view", where=HERE, mend="name the views: --views 1,2")
    return known_from(scene, views, reading.sensing or "placed")


def _ask_file(
    questions: Path, scene: str | None, out: Path | None, *, reading: Reading, within: float | None
) -> None:
    rows = read_rows(questions)
    batch = Batch(rows, questions.parent, scene, reading.format, within, reading.time)
    if out is None:
        for row in batch.answers():
            print_json(row)
        return
    if out.exists() and out.samefile(questions):
        raise BadInput("the answers would replace the questions", where=str(out), mend="name another file")
    try:
        tally = write_answers(batch, out, watch=lambda answered: watched(answered, len(rows)))
    except KeyboardInterrupt:
        print_lines("stopped: the same command goes on from here", error=True)
        raise
    print_lines(f"{out}: {tally}", error=True)
