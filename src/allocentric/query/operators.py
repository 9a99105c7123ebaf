"""What two checked values may be joined by, and what comes out."""

from __future__ import annotations

from typing import NoReturn

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.sectors import NINE, RINGS
from allocentric.query.checked import THINGS, TRUTH, Apply, Checked, Combine, Quoted, Type
from allocentric.query.program import Binary, show
from allocentric.scene.truth import ANGLE, NUMBER, TIME, Dimension


def combined(node: Binary, left: Checked, right: Checked) -> Combine:
    """The operator with its operands; refuses what does not go together."""
    kinds = {left.type.kind, right.type.kind}
    match node.operator:
        case "&" | "|":
            if kinds != {"things"}:
                _mismatch(node, left, right, what="joins sets")
            return Combine(THINGS, node.operator, left, right)
        case "-" if kinds == {"things"}:
            return Combine(THINGS, node.operator, left, right)
        case "==" | "!=":
            return _equal(node, left, right)
    if not kinds <= {"quantity", "angle"}:
        _mismatch(node, left, right, what="joins quantities")
    if node.operator in ("*", "/"):
        return _product(node, left, right)
    dimensions = {each.type.dimension for each in (left, right)} - {None}
    if len(dimensions) > 1:
        first, second = (dimension_name(each.type.dimension) for each in (left, right))
        refuse(f"{first} and {second} do not go together", show(node), "compare and add like with like")
    dimension = next(iter(dimensions), None)
    if node.operator in ("+", "-"):
        return Combine(
            Type("quantity", dimension, left.type.counts and right.type.counts),
            node.operator,
            left,
            right,
        )
    return Combine(TRUTH, node.operator, left, right)


def _product(node: Binary, left: Checked, right: Checked) -> Combine:
    sign = 1 if node.operator == "*" else -1
    first, second = left.type.dimension or NUMBER, right.type.dimension or NUMBER
    dimension = Dimension(*(a + sign * b for a, b in zip(first, second, strict=True)))
    return Combine(Type("quantity", dimension), node.operator, left, right)


def _equal(node: Binary, left: Checked, right: Checked) -> Combine:
    kinds = (left.type.kind, right.type.kind)
    if kinds == ("label", "text"):
        _is_label_of(left, right)
    elif kinds == ("text", "label"):
        return _equal(Binary(node.operator, node.right, node.left), right, left)
    elif kinds == ("quantity", "quantity"):
        if not (left.type.counts or right.type.counts) or {left.type.dimension, right.type.dimension} - {
            NUMBER,
            None,
        }:
            refuse("quantities are never exactly equal", show(node), "say how close: a - b < cm(5)")
    elif kinds not in (("label", "label"), ("thing", "thing")):
        _mismatch(node, left, right, what="compares labels, things or counts")
    return Combine(TRUTH, node.operator, left, right)


def _is_label_of(left: Checked, right: Checked) -> None:
    """Refuses a label that the sectors at hand do not have."""
    if isinstance(left, Apply) and isinstance(right, Quoted):
        for name, each in left.arguments:
            if name == "sectors" and isinstance(each, Quoted) and each.value != "axes":
                labels = tuple(NINE.values()) if each.value == "nine" else RINGS[each.value].labels
                if right.value not in labels:
                    raise UnknownName(f"sector of {each.value!r}", right.value, labels, where="program")


def _mismatch(node: Binary, left: Checked, right: Checked, *, what: str) -> NoReturn:
    refuse(
        f"{node.operator!r} {what}, not a {left.type.kind} and a {right.type.kind}",
        show(node),
        "put values of one kind on both sides",
    )


def dimension_name(dimension: Dimension | None) -> str:
    """What a person calls a dimension."""
    names = {
        NUMBER: "a number",
        ANGLE: "an angle",
        (1, 0, 0): "a length",
        (2, 0, 0): "an area",
        (3, 0, 0): "a volume",
        TIME: "a time",
        (1, -1, 0): "a speed",
    }
    return names.get(dimension or NUMBER, f"a quantity of dimension {tuple(dimension or NUMBER)}")


def refuse(what: str, where: str, mend: str) -> NoReturn:
    """Raise BadInput about a piece of the program."""
    raise BadInput(what, where=f"program, {where}", mend=mend)
