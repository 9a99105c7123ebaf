"""Random programs of the language, well-typed by construction, over the things of a scene.

`battery` gives at least one program for every word of the vocabulary, in all its forms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import get_args

import numpy as np

from allocentric.geometry.sectors import Sectors
from tests.laws.figure_programs import figure_programs
from tests.laws.picture_programs import form_programs, picture_programs

SECTORS = tuple(each for each in get_args(Sectors) if each != "nine")
AXES = ("forward", "backward", "left", "right", "up", "down")
ALONG = ("longest", "shortest", "height", "width", "depth")
GEOMETRY = ("surface", "centre", "floor")


@dataclass(slots=True)
class Writer:
    """Writes programs about these things, labels and views; `depth` bounds how far they nest."""

    random: np.random.Generator
    names: Sequence[str]
    labels: Sequence[str]
    views: Sequence[str] = ()
    walks: bool = True
    bound: list[str] = field(default_factory=list)  # variables of the sets around

    def one(self, choices: Sequence[str]) -> str:
        """One of these words."""
        return str(choices[int(self.random.integers(len(choices)))])

    def any_of(self, *makers: Callable[[int], str], depth: int) -> str:
        """One of these forms, a level deeper."""
        return makers[int(self.random.integers(len(makers)))](depth - 1)

    def number(self, low: float, high: float) -> str:
        """A number with few digits."""
        return f"{self.random.uniform(low, high):.2f}".lstrip("-")

    def thing(self, depth: int = 1) -> str:
        """One thing: named, or chosen."""
        if self.bound and self.random.random() < 0.4:
            return self.one(self.bound)
        if depth <= 0 or self.random.random() < 0.75:
            return f'the("{self.one(self.names)}")'
        return self.choice(depth)

    def choice(self, depth: int) -> str:
        """A thing that is chosen of several."""
        most = self.one(("nearest", "farthest", "least", "most"))
        if most in ("nearest", "farthest"):
            geometry = self.one(("", *(f', geometry="{each}"' for each in GEOMETRY)))
            return f"{most}({self.candidates(depth)}, to={self.to(depth)}{geometry})"
        return f"{most}({self.candidates(depth)}, by={self.measure(depth)})"

    def to(self, depth: int) -> str:
        """What a distance is to."""
        return self.things(depth) if self.random.random() < 0.15 else self.place(depth)

    def candidates(self, depth: int) -> str:
        """A set, or a list of things and sets."""
        if self.random.random() < 0.5:
            return self.things(depth)
        count = int(self.random.integers(2, 4))
        entries = [
            self.thing(0) if self.random.random() < 0.7 else self.things(depth - 1) for _ in range(count)
        ]
        return f"[{', '.join(entries)}]"

    def things(self, depth: int = 1) -> str:
        """A set of things."""
        if depth <= 0 or self.random.random() < 0.5:
            return self.one(("all()", *(f'all("{each}")' for each in self.labels)))
        match int(self.random.integers(4)):
            case 0:
                operator = self.one(("&", "|", "-"))
                return f"({self.things(depth - 1)} {operator} {self.things(depth - 1)})"
            case 1 if not self.bound:
                variable = "t"
                members = self.things(depth - 1)
                self.bound.append(variable)
                condition = self.truth(min(depth - 1, 1))
                self.bound.pop()
                return f"{{{variable} for {variable} in {members} if {condition}}}"
            case 2:
                contact = self.one(("on", "under", "inside", "touching"))
                return f"{contact}({self.thing(0)})"
            case _:
                other = self.one((f"facing({self.place(0)})", f"between({self.place(0)}, {self.place(0)})"))
                return f"(all() & {other})"

    def place(self, depth: int = 1) -> str:
        """A thing, a view, or a frame."""
        draw = self.random.random()
        if draw < 0.1 and self.views:
            return f'view("{self.one(self.views)}")'
        if draw < 0.2 and depth > 0:
            return self.frame(depth - 1)
        return self.thing(depth)

    def frame(self, depth: int = 2) -> str:
        """A frame of reference."""
        simple = [
            lambda _: "world()",
            lambda _: f"world(at={self.thing(0)})",
            lambda _: f"north(at={self.thing(0)})",
            lambda _: f"of({self.thing(0)})",
            lambda _: f"standing(at={self.thing(0)}, facing={self.thing(0)})",
        ]
        if self.views:
            simple.append(lambda _: f'camera(view("{self.one(self.views)}"))')
        if depth <= 0 or self.random.random() < 0.55:
            return self.any_of(*simple, depth=depth)
        return self.any_of(
            lambda d: f"standing(at={self.place(d)}, facing={self.place(d)})",
            lambda d: f"of({self.thing(d)})",
            lambda d: f"north(at={self.place(d)})",
            lambda d: f"turned({self.frame(d)}, {self.angle(d)})",
            lambda d: f"moved({self.frame(d)}, forward={self.length(d)}{self.steps(d)})",
            depth=depth,
        )

    def steps(self, depth: int) -> str:
        """The other steps of `moved`."""
        left = f", left={self.length(depth)}" if self.random.random() < 0.5 else ""
        return left + (f", up={self.length(depth)}" if self.random.random() < 0.5 else "")

    def length(self, depth: int = 1) -> str:
        """A length."""
        if depth <= 0 or self.random.random() < 0.3:
            return self.one((f"cm({self.number(0, 300)})", f"-cm({self.number(0, 300)})"))
        forms: list[Callable[[int], str]] = [
            lambda d: f'distance({self.to(d)}, {self.to(d)}, geometry="{self.one(GEOMETRY)}")',
            lambda d: f"distance({self.place(d)}, {self.place(d)})",
            lambda d: f'offset({self.place(d)}, {self.frame(d)}, axis="{self.one(AXES)}")',
            lambda d: f'extent({self.thing(d)}, along="{self.one(ALONG)}")',
            lambda d: f"({self.length(d)} {self.one(('+', '-'))} {self.length(d)})",
            lambda d: f"{self.length(d)} * {self.number(0, 2)}",
            lambda d: f"{self.length(d)} / {self.number(0.5, 2)}",
            lambda d: f"{self.area(d)} / {self.divisor(d)}",
            lambda d: f"total({self.things(d)}, by={self.length_measure(d)})",
            lambda d: f"-{self.length(0)}",
        ]
        if self.walks:
            forms.append(lambda d: f"length(walk({self.place(0)}, {self.place(0)}))")
        return self.any_of(*forms, depth=depth)

    def divisor(self, depth: int = 1) -> str:
        """A length to divide by: not that of a way, which may not be."""
        return self.any_of(
            lambda d: f"distance({self.place(d)}, {self.place(d)})",
            lambda d: f'extent({self.thing(d)}, along="longest")',
            depth=depth,
        )

    def area(self, depth: int = 1) -> str:
        """An area."""
        return self.any_of(
            lambda d: f"area({self.thing(d)})",
            lambda d: f"area({self.things(d)})",
            lambda d: f"{self.length(d)} * {self.length(d)}",
            lambda d: f"total({self.things(d)}, by=area)",
            lambda d: f"volume({self.thing(0)}) / distance({self.thing(0)}, {self.thing(0)})",
            depth=depth,
        )

    def volume(self, depth: int = 1) -> str:
        """A volume."""
        return self.any_of(
            lambda d: f"volume({self.thing(d)})",
            lambda d: f"total({self.things(d)}, by=volume)",
            lambda d: f"{self.area(d)} * {self.length(d)}",
            depth=depth,
        )

    def angle(self, depth: int = 1) -> str:
        """An angle."""
        if depth <= 0 or self.random.random() < 0.3:
            return self.one((f"deg({self.number(0, 400)})", f"deg(-{self.number(0, 400)})"))
        return self.any_of(
            lambda d: f"bearing({self.place(d)}, {self.frame(d)})",
            lambda d: f'bearing({self.place(d)}, {self.frame(d)}, turning="{self.one(("left", "right"))}")',
            lambda d: f"off_axis({self.place(d)}, {self.frame(d)})",
            lambda d: f"turn({self.frame(d)}, {self.frame(d)})",
            lambda d: f"({self.angle(d)} {self.one(('+', '-'))} {self.angle(d)})",
            depth=depth,
        )

    def turning(self, depth: int = 1) -> str:
        """An angle that is a quantity: it has a start, not a circle."""
        return self.any_of(
            lambda d: f"off_axis({self.place(d)}, {self.frame(d)})",
            lambda d: f"turn({self.frame(d)}, {self.frame(d)})",
            lambda d: f"({self.angle(d)} - {self.angle(d)})",
            depth=depth,
        )

    def ratio(self, depth: int = 1) -> str:
        """A number without a dimension."""
        return self.any_of(
            lambda d: f"count({self.things(d)})",
            lambda d: f"{self.length(d)} / {self.divisor(d)}",
            lambda d: f"{self.angle(d)} / deg(90)",
            depth=depth,
        )

    def length_measure(self, depth: int) -> str:
        """A length as a function of its subject."""
        return self.any_of(
            lambda d: f"distance(to={self.to(d)})",
            lambda d: f'extent(along="{self.one(ALONG)}")',
            lambda d: f'offset(frame={self.frame(d)}, axis="{self.one(AXES)}")',
            depth=depth,
        )

    def measure(self, depth: int) -> str:
        """A quantity as a function of its subject."""
        return self.any_of(
            self.length_measure,
            lambda d: "volume",
            lambda d: "area",
            lambda d: "count",
            lambda d: f"bearing(frame={self.frame(d)})",
            lambda d: f"off_axis(frame={self.frame(d)})",
            depth=depth,
        )

    def truth(self, depth: int = 2) -> str:
        """Something true or false."""
        compare = self.one(("<", "<=", ">", ">="))
        forms: list[Callable[[int], str]] = [
            lambda d: f"{self.length(d)} {compare} {self.length(d)}",
            lambda d: f"{self.area(d)} {compare} {self.area(d)}",
            lambda d: f"{self.angle(d)} {compare} deg({self.number(0, 180)})",
            lambda d: f"{self.ratio(d)} {compare} {self.ratio(d)}",
            lambda d: f"count({self.things(d)}) {self.one(('==', '!=', '<'))} {int(self.random.integers(4))}",
            lambda d: f"exists({self.things(d)})",
            self.contact,
            lambda d: f"facing({self.thing(d)}, {self.place(d)}{self.within()})",
            lambda d: f"between({self.thing(d)}, {self.place(d)}, {self.place(d)}{self.within()})",
            lambda d: f"{self.choice(max(d, 0))} {self.one(('==', '!='))} {self.thing(0)}",
            self.right_label,
            lambda d: f"(not {self.truth(d)})",
            lambda d: f"({self.truth(d)} {self.one(('and', 'or'))} {self.truth(d)})",
        ]
        if depth <= 0:
            forms = [self.contact, self.right_label]
        return self.any_of(*forms, depth=depth)

    def within(self) -> str:
        """The angle that `facing` and `between` allow."""
        return f", within=deg({self.number(1, 120)})" if self.random.random() < 0.5 else ""

    def contact(self, depth: int) -> str:
        """A contact of two things."""
        word = self.one(("on", "under", "inside", "touching"))
        snap = f", snap=cm({self.number(0, 30)})" if word != "inside" and self.random.random() < 0.4 else ""
        return f"{word}({self.thing(depth)}, {self.thing(depth)}{snap})"

    def right_label(self, depth: int) -> str:
        """A label compared with a word, or with another label."""
        labels = {"left_right": "left", "four": "back", "quadrants": "front-left", "compass8": "southeast"}
        sectors = self.one(list(labels))
        return self.any_of(
            lambda d: (
                f'direction({self.place(d)}, {self.frame(d)}, sectors="{sectors}") == "{labels[sectors]}"'
            ),
            lambda d: f'relation({self.thing(d)}, {self.thing(d)}, {self.frame(d)}, axis="up") != "above"',
            depth=depth,
        )

    def label(self, depth: int = 2) -> str:
        """A word of a few."""
        box = self.one(("", ', geometry="box"'))
        near = f", same_within={self.number(0, 1)}" if self.random.random() < 0.4 else ""
        return self.any_of(
            lambda d: f'direction({self.place(d)}, {self.frame(d)}, sectors="{self.one(SECTORS)}"{box})',
            lambda d: (
                f'relation({self.place(d)}, {self.place(d)}, {self.frame(d)}, axis="{self.one(AXES)}"{near})'
            ),
            lambda d: f"bin({self.length(d)}, [0.5, 1, cm(250)])",
            lambda d: f"bin({self.turning(d)}, [deg(30), deg(90)])",
            lambda d: f"bin({self.ratio(d)}, [1, 2])",
            depth=depth,
        )

    def order(self, depth: int = 2) -> str:
        """Candidates in order."""
        if self.random.random() < 0.4:
            near = self.number(0, 1)
            return f"order({self.candidates(depth)}, by={self.length_measure(depth)}, same_within={near})"
        return f"order({self.candidates(depth)}, by={self.measure(depth)})"

    def turns(self, depth: int = 1) -> str:
        """The turns of a route."""
        stops = [self.place(depth) for _ in range(int(self.random.integers(2, 5)))]
        facing = stops[1] if self.random.random() < 0.3 else self.place(depth)
        return f"turns([{', '.join(stops)}], facing={facing})"

    def tour(self, depth: int = 1) -> str:
        """Several stops on the shortest way."""
        geometry = self.one(("", *(f', geometry="{each}"' for each in GEOMETRY)))
        if self.random.random() < 0.3:
            return f"tour({self.things(0)}, start={self.place(depth)}{geometry})"
        stops = [self.thing(depth) for _ in range(int(self.random.integers(1, 6)))]
        return f"tour([{', '.join(stops)}], start={self.place(depth)}{geometry})"

    def answer(self, depth: int) -> str:
        """A program of any kind."""
        forms: list[Callable[[int], str]] = [
            self.thing,
            self.choice,
            self.things,
            self.length,
            self.area,
            self.volume,
            self.angle,
            self.ratio,
            self.truth,
            self.label,
            self.order,
            self.turns,
            self.tour,
        ]
        if self.walks:
            forms.append(lambda d: f"walk({self.place(0)}, {self.place(0)})")
        return self.any_of(*forms, depth=depth + 1)


def battery(writer: Writer) -> list[str]:
    """A program for every word, every frame and every form of it, with arguments drawn anew."""
    w = writer
    made = [w.thing(0), w.things(0), w.things(2), w.choice(1), w.area(1), w.volume(1), w.ratio(2), w.turns()]
    made += [w.tour(), w.tour(), *form_programs(w)]
    for sectors in SECTORS:
        for box in ("", ', geometry="box"'):
            made.append(f'direction({w.thing(0)}, {w.frame(1)}, sectors="{sectors}"{box})')
    frames = (
        "world()",
        f"world(at={w.thing(0)})",
        f"north(at={w.thing(0)})",
        f'camera(view("{w.one(w.views)}"))',
        f"of({w.thing(0)})",
        f"standing(at={w.thing(0)}, facing={w.thing(0)})",
        f"turned(of({w.thing(0)}), {w.angle(1)})",
        f"moved(standing(at={w.thing(0)}, facing={w.thing(0)}), forward={w.length(1)}, up={w.length(0)})",
        f"moved(of({w.thing(0)}), forward={w.length(0)}, left={w.length(0)}, up={w.length(0)})",
        f'turned(moved(camera(view("{w.one(w.views)}")), forward={w.length(0)}), {w.angle(0)})',
    )
    for frame in frames:
        made.append(f'offset({w.thing(0)}, {frame}, axis="{w.one(AXES)}")')
        made.append(f"bearing({w.place(1)}, {frame})")
        made.append(f'bearing({w.thing(0)}, {frame}, turning="{w.one(("left", "right"))}")')
        made.append(f"off_axis({w.thing(0)}, {frame})")
        made.append(f"turn({frame}, {w.frame(1)})")
        made.append(f'direction({w.thing(0)}, {frame}, sectors="{w.one(SECTORS)}")')
        made.append(f'relation({w.thing(0)}, {w.thing(0)}, {frame}, axis="{w.one(AXES)}")')
        made.append(
            f'relation({w.thing(0)}, {w.place(1)}, {frame}, axis="{w.one(AXES)}", '
            f"same_within={w.number(0, 1)})"
        )
    for geometry in GEOMETRY:
        made.append(f'distance({w.thing(0)}, {w.thing(0)}, geometry="{geometry}")')
        made.append(f'distance({w.place(1)}, {w.things(1)}, geometry="{geometry}")')
        made.append(f'nearest({w.things(0)}, to={w.thing(0)}, geometry="{geometry}")')
        made.append(f'farthest({w.candidates(1)}, to={w.place(1)}, geometry="{geometry}")')
    for along in ALONG:
        made.append(f'extent({w.thing(0)}, along="{along}")')
        made.append(f'most({w.candidates(1)}, by=extent(along="{along}"))')
    for contact in ("on", "under", "inside", "touching"):
        made.append(f"{contact}({w.thing(0)}, {w.thing(0)})")
        made.append(f"{contact}({w.thing(0)})")
    for form in (w.contact, w.order, w.label, w.truth, w.truth, w.length, w.choice, w.area, w.volume):
        made.append(form(2))
    made += [
        f"facing({w.thing(0)}, {w.place(1)}{w.within()})",
        f"between({w.thing(0)}, {w.place(0)}, {w.place(0)}{w.within()})",
        f"count({w.things(1)})",
        f"exists({w.things(1)})",
        f"total({w.things(1)}, by=volume)",
        f"total({w.things(0)}, by={w.length_measure(1)})",
        f"area({w.things(0)})",
        f"volume({w.thing(0)})",
        f"least({w.things(0)}, by={w.measure(1)})",
        f"order({w.candidates(0)}, by={w.measure(1)})",
        f"bin({w.length(1)}, [0.5, 1, 2])",
    ]
    if w.views:
        made += picture_programs(w)
    if w.walks:
        made += [f"walk({w.thing(0)}, {w.thing(0)})", f"length(walk({w.place(0)}, {w.thing(0)}))"]
    return [*made, *figure_programs(w)]
