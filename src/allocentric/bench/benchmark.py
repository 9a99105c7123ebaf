"""What a published benchmark is: a value that says how its files are read, put, scored and summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from allocentric.answers.aggregate import Aggregation
from allocentric.answers.kinds import NUMERIC, AnswerKind, Reading
from allocentric.answers.metrics.metric import Truth
from allocentric.bench.errata.erratum import Erratum
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput, UnknownName

Judge = Callable[[str, Sample], float | None]
"""An official rule that no names say: from a reply to its score, None where it leaves the mean."""

Reader = Callable[[str], Reading]
"""How a reply is read, by both rules, where it holds what no extractor knows: latitude and longitude."""

Held = Callable[[Sample], Truth]
"""Where a truth that is too large to carry is read when it is asked for: a mask."""

Checked = Literal["own", "code", "port", "run", "paper"]
"""What the official rule was held against: nothing, since it is ours; the authors' released code; a harness's
or another's copy of it; scores that they released; no code at all, only what is written of it."""

ANY: Final = "*"
ABSTAINS: Final = "abstains"  # the key of the letter that says that there is no telling
WHOLE: Final = "whole_reply"  # the reader that takes a reply as it is
RELEASED: Final = "released"  # the key of `Sample.fields` under which the release's own answer stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How replies to one type of question are read and scored.

    `reader` and `metric` name the official extractor and metric. `unit` is that of the release's numbers.
    `reads_units` says that the authors' code reads units too, and works in base units.
    `skip_unread` says that replies which cannot be read leave the official mean. `judge` stands for all of
    these where no names say what the authors' code does. `sound_metric` is the mended metric, `held` where
    its truth is read, and `sound_judge` stands for the strict reader and it where a reply is no answer but a
    state to be judged. `beside` are more metrics that are told beside.
    """

    kind: AnswerKind
    ask: str
    reader: str | Reader = "strict"
    metric: str = "accuracy"
    unit: str | None = None
    sound_metric: str = ""
    skip_unread: bool = False
    reads_units: bool = False
    judge: Judge | None = None
    sound_judge: Judge | None = None
    held: Held | None = None
    beside: tuple[str, ...] = ()

    @property
    def is_numeric(self) -> bool:
        """Whether its answers are numbers."""
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a benchmark is called, whose it is, and where its records stand.

    `files` are patterns in the user's folder, the first that matches wins. `published` are official numbers
    to compare with: by model, the overall score from 0 to 1. `mirrors` says that its pictures may be mirrored
    for a flip: no writing is to be read in them, and no map. `checked` says what the official rule was held
    against, `scorer` where that is: repository, commit, files. `notes` say what was found wrong in it, or is
    not known of it.
    """

    name: str
    title: str
    source: str
    licence: str
    files: tuple[str, ...]
    checked: Checked = "own"
    scorer: str = ""
    published: Mapping[str, float] = field(default_factory=dict)
    mirrors: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A published benchmark, declared.

    `read` makes samples of one of its files. `rules` are by type of question (`*` for all others). `official`
    sums scores up as the authors do, `sound` with what is wrong in that mended; `beside` are more ways, told
    by their names.
    """

    release: Release
    read: Callable[[Path], Iterator[Sample]]
    rules: Mapping[str, Rule]
    official: Aggregation
    sound: Aggregation
    beside: tuple[Aggregation, ...] = ()
    errata: tuple[Erratum, ...] = ()

    @property
    def name(self) -> str:
        """The name by which it is asked for."""
        return self.release.name

    def rule(self, sample: Sample) -> Rule:
        """How the replies to `sample` are read and scored; raises UnknownName for a type without a rule."""
        for name in (sample.fields.get("rule", ""), sample.type, ANY):
            if name in self.rules:
                return self.rules[name]
        raise UnknownName("type of question", sample.type, list(self.rules), where=f"benchmark {self.name}")

    def erratum(self, name: str) -> Erratum:
        """The named erratum; raises UnknownName."""
        for each in self.errata:
            if each.name == name:
                return each
        raise UnknownName(
            "erratum", name, [each.name for each in self.errata], where=f"benchmark {self.name}"
        )


def load(benchmark: Benchmark, folder: Path | str, *, errata: Sequence[str] = ()) -> list[Sample]:
    """The samples of a benchmark, from the release's own files in the user's folder, in their order.

    Each name of `errata` is applied, in order. Raises BadInput with file, row and field for a record that is
    not of the release's schema, and for two samples of one id; UnknownName for a type or erratum not known.
    """
    applied = [benchmark.erratum(name) for name in errata]
    samples, seen = list[Sample](), set[str]()
    for path in files(Path(folder), benchmark):
        for sample in _read(benchmark, path):
            benchmark.rule(sample)
            if sample.id in seen:
                mend = "read one copy of the release at a time"
                raise BadInput(f"two samples have the id {sample.id!r}", where=str(path), mend=mend)
            seen.add(sample.id)
            samples.append(sample)
    for each in applied:
        samples = [mended for sample in samples if (mended := each.mended(sample)) is not None]
    if not samples:
        raise BadInput(
            f"no sample of {benchmark.name} is here", where=str(folder), mend="get the release again"
        )
    return samples


def _read(benchmark: Benchmark, path: Path) -> Iterator[Sample]:
    try:
        yield from benchmark.read(path)
    except UnicodeDecodeError:
        raise BadInput("a text in it is not UTF-8", where=str(path), mend="get the file again") from None


def files(folder: Path, benchmark: Benchmark) -> list[Path]:
    """The files of a release in the user's folder: those of the first pattern that matches any, sorted.

    A file may be given in place of a folder. Raises BadInput where nothing matches.
    """
    if folder.is_file():
        return [folder]
    for pattern in benchmark.release.files:
        if found := sorted(folder.glob(pattern)):
            return found
    if not folder.exists():
        raise BadInput(
            "there is no such folder", where=str(folder), mend=f"give the folder of {benchmark.name}"
        )
    mend = f"put the release's own files there: {', '.join(benchmark.release.files)}"
    raise BadInput(f"none of the files of {benchmark.name} is here", where=str(folder), mend=mend)
