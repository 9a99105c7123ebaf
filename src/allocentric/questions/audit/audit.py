"""A whole set is audited: every truth that can be computed again is, and what disagrees is listed by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocentric.errors import AllocentricError, BadInput
from allocentric.jobs import read_bytes
from allocentric.questions.audit.entry import Entry, entries_in
from allocentric.questions.audit.findings import Checked, Finding, across, check_entry
from allocentric.questions.making.places import InFile, Looks, Made, scene_at
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene
from allocentric.worlds.read import scene_ids

Scenes = Callable[[str], Scene | None]
Watch = Callable[[Iterator[Checked]], Iterable[Checked]]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Audit:
    """What is wrong with a set: how many questions of each type there are and were asked; the findings."""

    questions: Counter[str]
    asked: Counter[str]
    findings: tuple[Finding, ...]
    unasked: Counter[str]  # why truths could not be computed

    def counts(self) -> dict[str, Counter[str]]:
        """How often each fault stands in each type."""
        found: dict[str, Counter[str]] = {type: Counter() for type in sorted(self.questions)}
        for each in self.findings:
            found[each.type][each.fault] += 1
        return found

    def to_json(self) -> Json:
        """The audit as one JSON object."""
        return {
            "questions": dict(self.questions),
            "asked": dict(self.asked),
            "unasked": dict(self.unasked.most_common()),
            "findings": [_finding_json(each) for each in self.findings],
        }


def audit(path: str | Path, scenes: str | Path | None = None, *, watch: Watch = iter) -> Audit:
    """What is wrong with the set at `path`, its truths computed anew from its scenes.

    A set that `allo make` wrote knows its scenes; for others `scenes` is a file or folder of scenes whose ids
    the questions name. What names none is checked without: options, letters, duplicates, wording. `watch` is
    handed the questions as they are checked, and hands them on. Raises BadInput where a set cannot be read.
    """
    entries = list(entries_in(Path(path)))
    found = _scenes(Path(path), None if scenes is None else Path(scenes))
    asked, unasked, findings = Counter[str](), Counter[str](), list[Finding]()
    for each in watch(_checked(entries, found)):
        findings += each.findings
        asked[each.entry.type] += not each.unasked
        unasked[each.unasked] += bool(each.unasked)
    findings += across(entries)
    return Audit(Counter(each.type for each in entries), asked, tuple(findings), +unasked)


def _checked(entries: Iterable[Entry], scenes: Scenes) -> Iterator[Checked]:
    """Each question against its scene; those of one scene one after the other, which is made once."""
    held: tuple[str, Scene | None, str] = ("", None, "it names no scene")
    for entry in sorted(entries, key=lambda each: each.scene):
        if entry.unread:
            yield Checked(entry, (), unasked=entry.unread)
            continue
        if entry.scene != held[0] or entry.told:
            try:
                found = entry.told.scene() if entry.told else scenes(entry.scene)
                held = (entry.scene, found, "its scene is not here")
            except AllocentricError as error:
                held = (entry.scene, None, f"its scene cannot be read: {error.what}")
        yield Checked(entry, (), unasked=held[2]) if held[1] is None else check_entry(entry, held[1])


def _scenes(path: Path, scenes: Path | None) -> Scenes:
    """Where the scene of a name comes from."""
    own = path / "scenes.json"
    if scenes is None and own.is_file():
        addresses = decode(read_bytes(own), dict[str, str], where=str(own))
        card = decode(read_bytes(path / "card.json"), Json, where=str(path / "card.json"))
        looks = Looks(**card["views"]) if card.get("views") else None
        return lambda name: _of_set(addresses, name, looks) if name in addresses else None
    if scenes is None:
        return dict[str, Scene]().get
    files = sorted(scenes.glob("*.json")) if scenes.is_dir() else [scenes]
    if not files:
        raise BadInput(
            "there are no scenes", where=str(scenes), mend="name a file, or a folder of .json files"
        )
    places = {id: InFile(f"{file}#{id}", id) for file in files for id in scene_ids(file)}
    return lambda name: scene_at(places[name]) if name in places else None


def _of_set(addresses: dict[str, str], name: str, looks: Looks | None) -> Scene:
    maker, _, seed = addresses[name].rpartition(":")
    made = f"{maker}-{seed}" == name and seed.removeprefix("-").isdigit()
    return scene_at(Made(maker, int(seed)) if made else InFile(addresses[name], name), looks)


def _finding_json(finding: Finding) -> Json:
    kept = {name: getattr(finding, name) for name in ("fault", "type", "id", "scene", "says", "words")}
    return {**kept, "answer": finding.answer.to_json() if finding.answer else None}
