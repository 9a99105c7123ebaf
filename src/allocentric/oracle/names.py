"""What a name means in a scene: the one thing, all of a kind, a view."""

from __future__ import annotations

from collections.abc import Callable

from allocentric.errors import UnknownName
from allocentric.intervals import Members
from allocentric.oracle.unseen import withheld_rows
from allocentric.scene.labels import canonical, is_known, rows_called, rows_labelled
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Choice, Pick, Things, Unknown
from allocentric.words import a_list, plural

Find = Callable[[Scene, str], tuple[int, ...]]
"""How names are looked up: `rows_called` for one thing, `rows_labelled` for all of a kind."""


def the(scene: Scene, name: str) -> Pick | Unknown:
    """The one thing of that name or label; undetermined where there are several, naming them.

    Names are looked up in the asker's scene: the root of a derived one. Raises UnknownName,
    with the near miss, for a name that nothing there has and that is no known word.
    """
    return scene.cached(f"the {name}", lambda: _the(scene, name))


def _the(scene: Scene, name: str) -> Pick | Unknown:
    rows = _rows(scene, name, rows_called)
    if len(rows) == 1:
        return Pick((Choice(scene.names[rows[0]], rows),))
    if rows:
        names = a_list([scene.names[row] for row in rows])
        return Unknown("ambiguous", f"{len(rows)} things are called {name!r}: {names}", "name one of them")
    if _complete(scene if scene.knowledge is None else scene.root, name):
        raise UnknownName("thing", name, _known(scene), where=f"scene {scene.id!r}")
    what = f"nothing here is called {name!r}, and the list of things may lack it"
    return Unknown("not_complete", what, f"add {name!r} to the scene, or name one of {_some(scene)}")


def all(scene: Scene, name: str | None = None) -> Things:
    """Every thing with that label; without a name, everything that is not a region.

    The set is open where the scene does not say that its list is complete. What was not seen is in no set.
    Raises UnknownName, with the near miss, for a name that nothing has and that is no known word.
    """
    return scene.cached(f"all {name}", lambda: _all(scene, name))


def _all(scene: Scene, name: str | None) -> Things:
    if name is None:
        unseen = withheld_rows(scene)
        listed = [row for row, kind in enumerate(scene.kinds) if kind != "region" and row not in unseen]
        complete = (
            scene.complete is not None and scene.complete.labels is None and scene.complete.region is None
        )
        return _set(scene, listed, "thing", complete=complete)
    rows = [row for row in _rows(scene, name, rows_labelled) if row not in withheld_rows(scene)]
    return _set(scene, rows, name, complete=_complete(scene, name))


def view(scene: Scene, id: str | int) -> View:
    """The view of that id. Raises UnknownName, with the near miss."""
    return scene.view(str(id))


def _set(scene: Scene, rows: list[int], says: str, *, complete: bool) -> Things:
    if complete:
        return Things(Members.of(rows), says)
    what, remedy = f"the list of {plural(says)} is not known to be complete", "say where it is complete"
    if scene.knowledge is not None:
        what, remedy = f"there may be {plural(says)} where nobody looked", "look at the rest of the place"
    return Things(Members.of(rows, open=True), says, doubt=Unknown("not_complete", what, remedy))


def _rows(scene: Scene, name: str, find: Find) -> tuple[int, ...]:
    rows = scene.cached(f"{find.__name__} {name}", lambda: _meant(scene.root, name, find))
    if not rows and not is_known(name):
        raise UnknownName("thing", name, _known(scene), where=f"scene {scene.id!r}")
    if scene.parent is None:
        return rows
    here = {each: row for row, each in enumerate(scene.names)}
    return tuple(here[scene.root.names[row]] for row in rows if scene.root.names[row] in here)


def _meant(root: Scene, name: str, find: Find) -> tuple[int, ...]:
    """The rows that a name means; every region is a room, whatever its own label."""
    rows = find(root, name)
    if canonical(name) != "room":
        return rows
    return tuple(row for row, kind in enumerate(root.kinds) if kind == "region" or row in rows)


def _complete(scene: Scene, name: str) -> bool:
    """True where every thing of that label is listed, wherever it is; of a name there is one."""
    complete = scene.complete
    if complete is None or complete.region is not None:
        return False
    if complete.labels is None:
        return True
    wanted = canonical(name)
    known: frozenset[str] = scene.cached(
        "complete labels", lambda: frozenset(canonical(each) for each in complete.labels or ())
    )
    if wanted in known or wanted in {canonical(each) for each in scene.labels}:
        return wanted in known
    return any(each.lower() == name.lower() for each in scene.names)


def _known(scene: Scene) -> list[str]:
    return list(dict.fromkeys((*scene.root.names, *scene.root.labels)))


def _some(scene: Scene) -> str:
    labels = list(dict.fromkeys(scene.root.labels))
    return a_list(labels[:8]) + (" ..." if len(labels) > 8 else "")
