"""`allo bench`: a benchmark put to a model, or scored anew from stored replies."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

from cyclopts import Parameter

from allocentric.agents.chat import Generation, Price, Sureness
from allocentric.agents.model import Model, Opens, reached
from allocentric.bench.benchmark import Benchmark
from allocentric.bench.cache import cache_file
from allocentric.bench.frames import Frames, Way, read_given
from allocentric.bench.runner import Limits
from allocentric.bench.runner_asked import Wanted, asked
from allocentric.bench.suites import NAMES as SUITES
from allocentric.bench.variants import Variants
from allocentric.cli.bench_watch import Watching
from allocentric.cli.lazily import called_for, is_file
from allocentric.cli.printing import print_json, print_lines, print_screen
from allocentric.cli.whole import WHOLE
from allocentric.errors import BadInput

if TYPE_CHECKING:
    from allocentric.bench.runner_folder import Ran

HERE: Final = "the command line, allo bench"
UNSEEING: Final = frozenset({"exact", "noisy", "blind", "random", "replay"})
"""Those who answer without looking at a picture."""


@Parameter(name="*")
@dataclass(frozen=True)
class Answering:
    """Who answers.

    Attributes
    ----------
    model
        exact, noisy:missed=0.1, blind, random, person, replay:FILE, local:FOLDER; or, with --url, an
        endpoint's name of a model.
    url
        The endpoint, http://HOST:PORT/v1: any that speaks the chat-completions format.
    key_env
        The environment variable that holds the endpoint's key; OPENAI_API_KEY where it is set.
    temperature
        How much chance there is in a reply; 0 is none.
    max_tokens
        The most tokens of a reply.
    price
        What a million tokens cost, of prompts and of replies, as 0.5,1.5.
    timeout
        How long one request may take, in seconds.
    scenes
        The file or folder with the scenes of the samples, for exact and noisy.
    confidence
        How an endpoint tells how sure it is, for the curve of risk and coverage: logprobs, the chances of the
        answer's tokens; stated, a last line that is asked for.
    most_side
        Scale pictures down to so many pixels; without it, their own bytes are sent.
    device
        Where a local model runs: cpu, cuda:0.
    ray
        Spread the work over this Ray cluster; local starts one on this machine. The cache is shared.
    """

    model: str = "random"
    url: str | None = None
    key_env: str | None = None
    temperature: float = 0.0
    max_tokens: Annotated[int, WHOLE] = 1024
    price: str | None = None
    timeout: float = 120.0
    scenes: str | None = None
    confidence: Sureness | None = None
    most_side: Annotated[int | None, WHOLE] = None
    device: str = "cpu"
    ray: str | None = None


@Parameter(name="*")
@dataclass(frozen=True)
class Putting:
    """What is put.

    Attributes
    ----------
    data
        The folder with the release's own files; of our own suites, the one that they are made in.
    size
        Of our own suites: about 60, 600 or 6,000 samples.
    limit
        Put only the first so many samples.
    frames
        How many frames of a film or a folder of pictures are shown.
    choose
        Which: uniform, coverage (those that see the most of a folder with depth), given.
    frame_lists
        The file that gives them, for given: {"film.mp4": [0, 12, 40]}.
    errata
        A correction of the benchmark by its name; once for each.
    seed
        Any whole number.
    """

    data: Path | None = None
    size: Literal["small", "standard", "large"] = "standard"
    limit: Annotated[int | None, WHOLE] = None
    frames: Annotated[int, WHOLE] = 32
    choose: Way = "uniform"
    frame_lists: Path | None = None
    errata: tuple[str, ...] = ()
    seed: Annotated[int, WHOLE] = 0


@Parameter(name="*")
@dataclass(frozen=True)
class Varying:
    """In which variants it is put besides.

    Attributes
    ----------
    blind
        Without pictures.
    shuffle_options
        With the options in another order.
    circular
        With the options in every rotation; the score that counts all of them together is shown too.
    flip
        With pictures and sides mirrored, where a benchmark bears that.
    repeats
        So often each; how often the repeats agree is shown too.
    """

    blind: bool = False
    shuffle_options: bool = False
    circular: bool = False
    flip: bool = False
    repeats: Annotated[int, WHOLE] = 1


@Parameter(name="*")
@dataclass(frozen=True)
class Bounding:
    """How far it may go.

    Attributes
    ----------
    in_flight
        The most requests under way together; fewer while the endpoint is crowded.
    tries
        The most tries of one sample, where failures may pass.
    max_requests
        The most requests in all.
    max_cost
        The most that all may cost; goes with --price.
    max_seconds
        How long the run may take.
    cache
        The file of replies that runs share; the user's own where none is named.
    no_cache
        Ask anew whatever was asked before.
    """

    in_flight: Annotated[int, WHOLE] = 64
    tries: Annotated[int, WHOLE] = 6
    max_requests: Annotated[int | None, WHOLE] = None
    max_cost: float | None = None
    max_seconds: float | None = None
    cache: Path | None = None
    no_cache: bool = False


@Parameter(name="*")
@dataclass(frozen=True)
class Keeping:
    """What becomes of it.

    Attributes
    ----------
    out
        The folder of the run; the same command goes on in it where it was stopped.
    rescore
        Score the stored replies of this run anew; no model is asked.
    mode
        official: the authors' own rule; sound: with its flaws mended.
    as_json
        Print one JSON object.
    """

    out: Path | None = None
    rescore: Path | None = None
    mode: Literal["official", "sound"] = "official"
    as_json: Annotated[bool, Parameter("--json")] = False


def bench(
    name: str | None = None,
    /,
    *,
    answering: Answering = Answering(),
    putting: Putting = Putting(),
    varying: Varying = Varying(),
    bounding: Bounding = Bounding(),
    keeping: Keeping = Keeping(),
) -> None:
    """Put a benchmark to a model and score it; or score stored replies anew.

    Parameters
    ----------
    name
        A published benchmark, such as vsi_bench; or one of our own, made from seeds: rooms, views, knowing,
        degraded, stories, routes, maps.
    """
    if keeping.rescore is not None:
        rescored = called_for("allocentric.bench.runner_folder:rescored")
        _tell(rescored(keeping.rescore, _found, mode=keeping.mode), keeping)
        return
    if name is None:
        mend = "write allo bench rooms --model exact, or allo bench vsi_bench --data DIR --model random"
        raise BadInput("it takes a benchmark", where=HERE, mend=mend)
    wanted = _wanted(
        name, _data(name, answering, putting), answering, putting=putting, varying=varying, bounding=bounding
    )
    out = keeping.out or Path("runs") / _plain(f"{name}-{answering.model}")
    watching = Watching(wanted.benchmark)
    watch = None if answering.model == "person" else watching.begin  # a bar would run into what is typed
    try:
        with watching:
            done = asyncio.run(asked(wanted, out, watch=watch))
    except KeyboardInterrupt:
        print_lines("stopped: the same command goes on from here", error=True)
        raise
    _tell(called_for("allocentric.bench.runner_folder:scored")(done, mode=keeping.mode), keeping)


def _found(name: str) -> Benchmark:
    """The benchmark of a name; all of them are loaded only where its file is not called like it."""
    if name in SUITES:
        found: Benchmark = called_for("allocentric.bench.suites.index:benchmark")(name)
        return found
    place = f"allocentric.bench.published.{name}"
    if name != "index" and is_file(place):
        alone: Benchmark = called_for(f"{place}:BENCHMARK")
        if alone.name == name:
            return alone
    any_of_them: Benchmark = called_for("allocentric.bench.index:find")(name)
    return any_of_them


def _data(name: str, answering: Answering, putting: Putting) -> Path:
    """The folder of a release; of a suite of our own, made where it is not there yet.

    Its pictures are rendered for whoever looks at them.
    """
    if name not in SUITES:
        _found(name)
        if putting.data is None:
            mend = f"write allo bench {name} --data DIR --model random"
            raise BadInput("it takes the folder of the benchmark's data", where=HERE, mend=mend)
        return putting.data
    looks = answering.url is not None or answering.model.partition(":")[0] not in UNSEEING
    folder: Path = putting.data or called_for("allocentric.bench.suites.folder:suite_folder")(
        name, putting.size
    )
    if called_for("allocentric.bench.suites.folder:is_made")(folder, pictures=looks):
        return folder
    if looks:
        print_lines(f"{name}: pictures that are not there yet are rendered, once", error=True)
    made: Path = called_for("allocentric.bench.suites.making:prepared")(
        name, putting.size, folder, pictures=looks
    )
    return made


def _wanted(
    name: str, data: Path, answering: Answering, *, putting: Putting, varying: Varying, bounding: Bounding
) -> Wanted:
    price = None if answering.price is None else _price(answering.price)
    if bounding.max_cost is not None and price is None:
        mend = "give what a million tokens cost: --price 0.5,1.5"
        raise BadInput("--max-cost goes with --price", where=HERE, mend=mend)
    if answering.confidence is not None and answering.url is None:
        mend = "give --url, or leave --confidence out"
        raise BadInput("only an endpoint tells how sure it is", where=HERE, mend=mend)
    generation = Generation(
        temperature=answering.temperature,
        max_tokens=answering.max_tokens,
        confidence=answering.confidence,
        most_side_px=answering.most_side,
    )
    choosing = putting.choose == "coverage"
    given = {} if putting.frame_lists is None else read_given(putting.frame_lists)
    return Wanted(
        benchmark=_found(name),
        data=data,
        model=Model(
            name=answering.model,
            url=answering.url,
            key_env=answering.key_env,
            generation=generation,
            price=price,
            timeout_s=answering.timeout,
            seed=putting.seed,
            device=answering.device,
        ),
        opened=_opens(answering),
        covering=called_for("allocentric.bench.frames_coverage:covering") if choosing else None,
        frames=Frames(count=putting.frames, way=putting.choose, given=given),
        variants=Variants(
            blind=varying.blind,
            shuffled=varying.shuffle_options,
            circular=varying.circular,
            flip=varying.flip,
            repeats=varying.repeats,
        ),
        limits=Limits(
            in_flight=bounding.in_flight,
            tries=bounding.tries,
            most_requests=bounding.max_requests,
            most_cost=bounding.max_cost,
            most_seconds=bounding.max_seconds,
        ),
        seed=putting.seed,
        limit=putting.limit,
        errata=putting.errata,
        scenes=answering.scenes,
        cache=None if bounding.no_cache else bounding.cache or cache_file(),
    )


def _opens(answering: Answering) -> Opens:
    """Who makes the answerer; for an endpoint nothing else is imported, so that it is asked soon."""
    if answering.ray is not None:
        return partial(called_for("allocentric.agents.cluster:spread"), address=answering.ray)
    return reached if answering.url is not None else called_for("allocentric.agents.table:answering")


def _price(text: str) -> Price:
    try:
        prompt, reply = (float(each) for each in text.split(","))
    except ValueError:
        mend = "give the price of a million tokens of prompts and of replies: 0.5,1.5"
        raise BadInput(f"{text!r} is no price", where="--price", mend=mend) from None
    return Price(prompt, reply)


def _tell(done: Ran, keeping: Keeping) -> None:
    if keeping.as_json:
        print_json(done.to_json())
        return
    print_screen(called_for("allocentric.cli.bench_screen:leaderboard")(done))


def _plain(text: str) -> str:
    """A name for a folder."""
    return re.sub(r"[^\w.=-]+", "-", text).strip("-.")[:100] or "run"
