"""What a camera would see if it turned, and what it must do to see something."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.questions.families.measures import in_turn
from allocentric.questions.families.pictures import asked_of, called, drawn, moment, within_reach
from allocentric.questions.family import Ask, Family
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

TURNS: Final = {90: "left by 90 degrees", -90: "right by 90 degrees", 180: "around"}
EVERY_TURN: Final = {
    45: "turn left by 45 degrees",
    90: "turn left by 90 degrees",
    135: "turn left by 135 degrees",
    180: "turn around",
    -135: "turn right by 135 degrees",
    -90: "turn right by 90 degrees",
    -45: "turn right by 45 degrees",
}
OTHERS: Final = 3
AWAY_RAD: Final = math.radians(75)  # so far off the middle of its picture a camera sees nothing


def _actions(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Whether a camera that turns sees a thing that it does not see: as often yes as no."""

    def asked(sees: bool) -> Iterator[Ask | str]:
        for view, (row,) in drawn(scene, random, 1, of=within_reach):
            ahead = view.world_from_camera.rotation.T @ (
                scene.centers[row] - view.world_from_camera.translation_m
            )
            turn = _towards(ahead, random, sees)
            name = scene.labels[row]
            frame = f"turned(camera({asked_of(view)}), deg({turn}))"
            slots = {"thing": name, "v": called(view), "turn": TURNS[turn]}
            program = f'visible_in(the("{name}"), {frame})'
            answer = settled(scene, program, evidence=False)
            if isinstance(answer, Measured) and answer.value is sees:
                yield Ask(program, slots, views=(view.id,), changes=moment(scene, view))
            else:
                yield f"{'not ' if sees else ''}seen after the turn"

    return in_turn(random, asked(True), asked(False))


def _towards(in_camera: Float[np.ndarray, "3"], random: np.random.Generator, sees: bool) -> int:
    """The turn that brings a point before the camera, or one that does not."""
    left_rad = math.atan2(-in_camera[0], in_camera[2])
    best = min(TURNS, key=lambda turn: abs(math.remainder(left_rad - math.radians(turn), math.tau)))
    others = [each for each in TURNS if each != best]
    return best if sees else others[int(random.integers(len(others)))]


def _views_to_actions(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """The one action after which a thing is seen, among others, each of which the program does."""
    for view, (row,) in drawn(scene, random, 1, of=within_reach):
        name = scene.labels[row]
        pose = view.world_from_camera
        x, _, z = pose.rotation.T @ (scene.centers[row] - pose.translation_m)
        left_rad = math.atan2(-x, z)
        away = {each: abs(math.remainder(left_rad - math.radians(each), math.tau)) for each in EVERY_TURN}
        best, *others = sorted(away, key=lambda each: away[each])
        far = [each for each in others if away[each] > AWAY_RAD]
        if len(far) < OTHERS:
            yield f"fewer than {OTHERS} turns away from it"
            continue
        options = [best, *(far[int(each)] for each in random.permutation(len(far))[:OTHERS])]
        seen = (
            f'"{EVERY_TURN[each]}": visible_in(the("{name}"), turned(camera({asked_of(view)}), deg({each})))'
            for each in sorted(options)
        )
        texts = tuple(EVERY_TURN[each] for each in options)
        slots = {"thing": name, "v": called(view)}
        program = f"which({{{', '.join(seen)}}})"
        yield Ask(program, slots, texts, views=(view.id,), changes=moment(scene, view))


FAMILIES: Final = (
    Family(
        name="action_to_view",
        code="E9",
        about="whether a thing would be seen if the camera turned",
        templates=(
            "If the camera of picture {v} turned {turn}, would it see the {thing}?",
            "Would the camera of picture {v} see the {thing} if it turned {turn}?",
            "Would picture {v} show the {thing} if its camera turned {turn}?",
        ),
        asks=_actions,
        needs=("things", "views"),
        shown="picture",
        kind="yes_no",
        frame="camera",
    ),
    Family(
        name="view_to_action",
        code="E9",
        about="which action of the camera brings a thing into its view, judged by doing each",
        kind="choice",
        templates=(
            "The {thing} is not in picture {v}. What must its camera do to see it?",
            "Which of these actions would bring the {thing} into the view of the camera of picture {v}?",
            "From where picture {v} was taken, after which of these actions would the {thing} be seen?",
        ),
        asks=_views_to_actions,
        needs=("things", "views"),
        shown="picture",
        read_back=False,
        frame="camera",
    ),
)
