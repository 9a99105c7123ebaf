"""URDF: links that hang together by joints, drawn by meshes; where each mesh is when the joints are set.

Metres and radians, in the frame of the root link, whatever its axes are. A joint's `origin` is where its
child is at 0; it then turns about its `axis` (revolute, continuous) or slides along it (prismatic). `rpy`
turns about x, then y, then z. Visuals that are meshes are read; boxes, cylinders, spheres and collisions are
not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.jobs import read_bytes

Matrix = Float[np.ndarray, "4 4"]

TURNING: Final = frozenset({"revolute", "continuous"})
MOVING: Final = TURNING | {"prismatic"}


@dataclass(frozen=True, eq=False, slots=True)
class Visual:
    """A mesh file, and where it is in the frame of the root link (turned, shifted and scaled)."""

    path: Path
    root_from_mesh: Matrix


@dataclass(frozen=True, eq=False, slots=True)
class _Joint:
    name: str
    kind: str
    parent: str
    child: str
    parent_from_child: Matrix
    axis: Float[np.ndarray, "3"]


def visuals_of(path: Path, set_to: Mapping[str, float] | Sequence[float]) -> list[Visual]:
    """The meshes of a URDF with its joints set (those not named: at 0); raises BadInput naming what is wrong.

    `set_to` is radians or metres by the name of the joint, or in the order of the joints that move.
    """
    where = str(path)
    try:
        robot = ElementTree.fromstring(read_bytes(path))
    except ElementTree.ParseError as error:
        raise BadInput(f"this is no XML: {error}", where=where, mend="get the whole file again") from None
    links = {each.get("name", ""): each for each in robot.findall("link")}
    joints = [_joint(each, where) for each in robot.findall("joint")]
    for joint in joints:
        for link in (joint.parent, joint.child):
            if link not in links:
                what = f"the joint {joint.name!r} names the link {link!r}, which is not there"
                raise BadInput(what, where=where, mend="mend the names of its links")
    if not isinstance(set_to, Mapping):
        moving = [joint.name for joint in joints if joint.kind in MOVING]
        set_to = dict(zip(moving, set_to))
    placed = _placed(links, joints, set_to, where=where)
    return [
        Visual(*_mesh(visual, root_from_link, path, where=f"{where}, link {name!r}"))
        for name, root_from_link in placed.items()
        for visual in links[name].findall("visual")
        if visual.find("geometry/mesh") is not None
    ]


def _placed(
    links: Mapping[str, Element], joints: list[_Joint], set_to: Mapping[str, float], *, where: str
) -> dict[str, Matrix]:
    """Where each link is, from the root on."""
    roots = [name for name in links if all(joint.child != name for joint in joints)]
    if len(roots) != 1:
        what = f"{len(roots)} links hang on none: a robot has one root"
        raise BadInput(what, where=where, mend="join its links into one tree")
    placed, waiting = {roots[0]: np.eye(4)}, [roots[0]]
    while waiting:
        link = waiting.pop()
        for joint in joints:
            if joint.parent == link and joint.child not in placed:
                moved = _moved(joint, set_to.get(joint.name, 0.0))
                placed[joint.child] = placed[link] @ joint.parent_from_child @ moved
                waiting.append(joint.child)
    lost = next((name for name in links if name not in placed), None)
    if lost is not None:
        raise BadInput(f"the link {lost!r} does not hang on the root", where=where, mend="mend its joints")
    return placed


def _joint(told: Element, where: str) -> _Joint:
    name = told.get("name", "")
    place = f"{where}, joint {name!r}"
    parent, child, axis = told.find("parent"), told.find("child"), told.find("axis")
    if parent is None or child is None:
        raise BadInput("it has no parent or no child", where=place, mend="name the links that it joins")
    along = np.array([1.0, 0, 0]) if axis is None else _numbers(axis.get("xyz", "1 0 0"), place)
    length = float(np.linalg.norm(along))
    if not length > 0:
        raise BadInput("its axis has no direction", where=place, mend="give the axis a length above 0")
    return _Joint(
        name,
        told.get("type", ""),
        parent.get("link", ""),
        child.get("link", ""),
        _origin(told, place),
        along / length,
    )


def _moved(joint: _Joint, by: float) -> Matrix:
    moved = np.eye(4)
    if joint.kind == "prismatic":
        moved[:3, 3] = by * joint.axis
    elif joint.kind in TURNING:
        cross = np.cross(np.eye(3), joint.axis)  # cross @ v is axis x v
        moved[:3, :3] += math.sin(by) * cross + (1 - math.cos(by)) * cross @ cross
    return moved


def _origin(told: Element, where: str) -> Matrix:
    origin, matrix = told.find("origin"), np.eye(4)
    if origin is None:
        return matrix
    matrix[:3, 3] = _numbers(origin.get("xyz", "0 0 0"), where)
    roll, pitch, yaw = _numbers(origin.get("rpy", "0 0 0"), where).tolist()
    for axis, angle in ((0, roll), (1, pitch), (2, yaw)):
        first, second = (axis + 1) % 3, (axis + 2) % 3
        turn = np.eye(3)
        turn[[first, second], [first, second]] = math.cos(angle)
        turn[first, second], turn[second, first] = -math.sin(angle), math.sin(angle)
        matrix[:3, :3] = turn @ matrix[:3, :3]
    return matrix


def _mesh(visual: Element, root_from_link: Matrix, path: Path, *, where: str) -> tuple[Path, Matrix]:
    mesh = visual.find("geometry/mesh")
    name = "" if mesh is None else mesh.get("filename", "")
    scale = np.eye(4)
    if mesh is not None:
        scale[range(3), range(3)] = _numbers(mesh.get("scale", "1 1 1"), where)
    return path.parent / name.removeprefix("package://"), root_from_link @ _origin(visual, where) @ scale


def _numbers(text: str, where: str) -> Float[np.ndarray, "3"]:
    try:
        numbers = np.array([float(each) for each in text.replace(",", " ").split()])
    except ValueError as error:
        raise BadInput(str(error), where=where, mend="mend that number") from None
    if numbers.shape != (3,) or not np.isfinite(numbers).all():
        raise BadInput(f"{text!r} is not three finite numbers", where=where, mend="give x, y and z")
    return numbers
