"""Habitat's scene datasets: which templates there are, what a template says, which asset it is drawn by.

A template is a config file (`chair.object_config.json`), an entry of the dataset's `configs` (a file with
some attributes changed, or attributes alone) or a bare mesh. Attributes that a template leaves out are the
dataset's defaults. An instance names a template by its handle or by a part of it, as the simulator allows:
an exact name wins, else the first in the order of the alphabet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from msgspec import Struct, field

from allocentric.errors import BadInput, UnknownName
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode, encode

Three = tuple[float, float, float]
Kind = Literal["stage", "object", "articulated", "scene", "semantic"]

SUFFIX: Final[dict[Kind, str]] = {
    "stage": ".stage_config.json",
    "object": ".object_config.json",
    "articulated": ".ao_config.json",
    "scene": ".scene_instance.json",
    "semantic": ".semantic_config.json",
}
DATASET: Final = ".scene_dataset_config.json"
UNIT: Final[Three] = (1.0, 1.0, 1.0)


class _Entry(Struct):
    original_file: str | None = None
    template_handle: str | None = None
    attributes: dict[str, Any] = {}


class Section(Struct):
    """One part of a dataset config: where its templates are, and what is changed in them."""

    paths: dict[str, list[str]] = {}
    configs: list[_Entry] = []
    default_attributes: dict[str, Any] = {}


class _Config(Struct):
    stages: Section = field(default_factory=Section)
    objects: Section = field(default_factory=Section)
    articulated_objects: Section = field(default_factory=Section)
    scene_instances: Section = field(default_factory=Section)
    semantic_scene_descriptor_instances: dict[str, Any] = {}


class Asset(Struct):
    """What a stage or object config says of its mesh and of the frame that the mesh is in."""

    render_asset: str
    up: Three = (0.0, 1.0, 0.0)
    front: Three = (0.0, 0.0, -1.0)
    scale: Three = UNIT
    COM: Three | None = None
    semantic_id: int | None = None
    units_to_meters: float = 1.0


class Articulated(Struct):
    """What an articulated object's config says of its links."""

    urdf_filepath: str
    semantic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its attributes, later ones winning, and the folder that its paths start from."""

    folder: Path
    attributes: tuple[dict[str, Any] | Path, ...]

    def told(self) -> dict[str, Any]:
        """All attributes as one mapping; raises BadInput for a config file that is missing or broken."""
        merged = dict[str, Any]()
        for each in self.attributes:
            merged |= read_object(each) if isinstance(each, Path) else each
        return merged


@dataclass(frozen=True, eq=False, slots=True)
class Dataset:
    """The templates of each kind by name, the semantic descriptors, and where they are told of."""

    path: Path
    templates: Mapping[Kind, Mapping[str, Template]]
    descriptors: Mapping[str, str]

    def find(self, kind: Kind, handle: str, *, where: str) -> tuple[str, Template, tuple[str, ...]]:
        """The template that a handle names, under its own name; and all that it may mean, where that is more.

        Raises UnknownName where there is none.
        """
        held = self.templates[kind]
        name = _bare(handle)
        if name in held:
            return name, held[name], ()
        part = handle.lower()
        fitting = [each for each in sorted(held) if part in each.lower() or name.lower() in each.lower()]
        if not fitting:
            raise UnknownName(f"{kind} template", handle, list(held), where=where)
        return fitting[0], held[fitting[0]], tuple(fitting) if len(fitting) > 1 else ()


def read_dataset(path: Path) -> Dataset:
    """The dataset of a `*.scene_dataset_config.json`; no template is read yet."""
    config = decode(read_bytes(path), _Config, where=str(path))
    told = config.semantic_scene_descriptor_instances
    semantics = decode(
        encode({key: told[key] for key in Section.__struct_fields__ if key in told}),
        Section,
        where=f"{path}, $.semantic_scene_descriptor_instances",
    )
    sections: dict[Kind, Section] = {
        "stage": config.stages,
        "object": config.objects,
        "articulated": config.articulated_objects,
        "scene": config.scene_instances,
        "semantic": semantics,
    }
    templates = {kind: dict(_templates(section, kind, path.parent)) for kind, section in sections.items()}
    return Dataset(path, templates, {key: each for key, each in told.items() if isinstance(each, str)})


def dataset_above(scene: Path) -> Dataset:
    """The dataset that lists a scene instance, from the folders above it; raises BadInput where none does."""
    for folder in list(scene.resolve().parents)[:4]:
        for path in sorted(folder.glob(f"*{DATASET}")):
            dataset = read_dataset(path)
            if _bare(scene.name) in dataset.templates["scene"]:
                return dataset
    what = f"no *{DATASET} above it lists this scene"
    raise BadInput(what, where=str(scene), mend="name the dataset's config and the scene: CONFIG#SCENE")


def read_object(path: Path) -> dict[str, Any]:
    """The attributes of a config file; raises BadInput where it is missing or broken."""
    found: dict[str, Any] = decode(read_bytes(path), dict[str, Any], where=str(path))
    return found


def _templates(section: Section, kind: Kind, folder: Path) -> Iterator[tuple[str, Template]]:
    """The templates of a section by name; one of the dataset's own `configs` hides a file of its name."""
    base = section.default_attributes
    for suffix, patterns in section.paths.items():
        ending = SUFFIX[kind] if suffix == ".json" else suffix
        for path in (each for pattern in patterns for each in _files(folder, pattern, ending)):
            drawn_by = "urdf_filepath" if kind == "articulated" else "render_asset"
            own: dict[str, Any] | Path = path if suffix == ".json" else {drawn_by: path.name}
            yield _bare(path.name), Template(path.parent, (base, own))
    for entry in section.configs:
        original = None if entry.original_file is None else folder / entry.original_file
        name = entry.template_handle or _bare(entry.original_file or "")
        if original is None:
            yield _bare(name), Template(folder, (base, entry.attributes))
        else:
            yield _bare(name), Template(original.parent, (base, original, entry.attributes))


def _files(folder: Path, pattern: str, ending: str) -> Iterator[Path]:
    """The files that a pattern names: itself, or those in a folder that it names."""
    start, found = (Path("/"), pattern.lstrip("/")) if pattern.startswith("/") else (folder, pattern)
    while found.startswith("../"):
        start, found = start.parent, found[3:]
    for each in sorted(start.glob(found.rstrip("/") or "*")):
        if each.is_dir():
            yield from sorted(path for path in each.iterdir() if path.name.endswith(ending))
        elif each.name.endswith(ending):
            yield each


def _bare(handle: str) -> str:
    """A handle without folders and suffixes: objects/chair.object_config.json is chair."""
    name = handle.replace("\\", "/").rpartition("/")[2]
    for suffix in (*SUFFIX.values(), ".urdf", ".glb", ".gltf", ".obj", ".ply"):
        name = name.removesuffix(suffix)
    return name
