"""What a run puts: the samples of a benchmark in their variants; what the blind know of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from allocentric.agents.floors import Blind
from allocentric.agents.pictures import parts_of
from allocentric.agents.replies import CANNOT, reply_of
from allocentric.answers.floors import Item, blind_constants
from allocentric.answers.kinds import CANNOT_TELL
from allocentric.answers.metrics import metric
from allocentric.answers.prompt import Picture, Prompt
from allocentric.bench.benchmark import Benchmark
from allocentric.bench.frames import Cutter, mirrored_file
from allocentric.bench.runner import Task
from allocentric.bench.sample import Sample
from allocentric.bench.variants import FLIP, Variants, variants_of


def tasks_of(
    samples: Iterable[Sample], variants: Variants, seed: int, *, limit: int | None = None
) -> Iterator[Task]:
    """Every sample, or the first `limit`, in every variant, as often as wanted: one after the other."""
    for sample in islice(samples, limit):
        for variant, each in variants_of(sample, variants, seed):
            for repeat in range(variants.repeats):
                yield Task(each, variant, repeat)


def in_scenes(samples: Iterable[Sample], scenes: str | None) -> list[Sample]:
    """Samples whose prompts say where their scene is: in a file or a folder, by the sample's scene."""
    if scenes is None:
        return list(samples)
    is_file = Path(scenes).is_file()
    return [
        replace(each, prompt=replace(each.prompt, scene=_address(scenes, each.scene, is_file=is_file)))
        for each in samples
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a prompt is made ready to be seen: films are cut into frames, pictures mirrored for a flip."""

    cutter: Cutter
    kept: Path

    async def __call__(self, task: Task) -> Prompt:
        """The prompt as it is put; raises BadInput where a picture cannot be read."""
        prompt = await self.cutter.put(task.sample.prompt)
        if task.variant != FLIP:
            return prompt
        return replace(prompt, parts=tuple(await asyncio.to_thread(self.mirrored, prompt)))

    def mirrored(self, prompt: Prompt) -> list[str | Picture]:
        """The parts of a prompt with each of its pictures mirrored, those of one cell of a table too."""
        return [
            replace(part, path=mirrored_file(part.path, self.kept)) if isinstance(part, Picture) else part
            for part in parts_of(prompt)
        ]


def fitted(samples: Sequence[Sample], benchmark: Benchmark) -> Blind:
    """A blind answerer that knows the best single reply for each type of question, by its official metric.

    It is fitted on the truths that it is then scored on: no blind answer of this sort does better.
    """
    items = [
        Item(
            type=each.type,
            expected=each.prompt.expected,
            truth=each.truth,
            metric=metric(benchmark.rule(each).metric),
        )
        for each in samples
    ]
    expected = {item.sort: item.expected for item in items}
    best = {(each.type, each.kind, each.metric): each.value for each in blind_constants(items)}
    prior = {
        "|".join(sort): CANNOT if value is CANNOT_TELL else reply_of(value, expected[sort])
        for sort, value in best.items()
    }
    return Blind(prior, {each.id: "|".join(item.sort) for each, item in zip(samples, items)})


def _address(scenes: str, scene: str, *, is_file: bool) -> str:
    stem = PurePosixPath(scene).stem if PurePosixPath(scene).suffix else scene
    return f"{scenes}#{stem}" if is_file else str(Path(scenes) / stem)
