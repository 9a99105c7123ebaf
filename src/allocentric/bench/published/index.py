"""All published benchmarks, by name."""

from typing import Final

from allocentric.bench.benchmark import Benchmark
from allocentric.bench.published import (
    blink,
    cv_bench,
    drivemllm,
    earthreason,
    embspatial,
    erqa,
    geolocation,
    mindcube,
    mmsi_bench,
    mmsi_video,
    omnispatial,
    openeqa,
    osi_bench,
    q_spatial,
    refspatial,
    remindview,
    revsi,
    robospatial_home,
    sat,
    sibench,
    site,
    spacedg,
    spacevista,
    spar_bench,
    spatialab,
    spatialbench,
    spatialgeneval,
    spatialtext,
    spatialuncertain,
    spatialviz,
    spatialworld,
    spbench,
    sqa3d,
    srbench,
    stare,
    stepgame,
    sti_bench,
    surds,
    theory_of_space,
    threedsrbench,
    viewspatial,
    vsi_bench,
    vsi_bench_debiased,
    vsr,
    vsti_bench,
    where2place,
)
from allocentric.errors import UnknownName

BENCHMARKS: Final[tuple[Benchmark, ...]] = tuple(
    each.BENCHMARK
    for each in (
        vsi_bench,
        vsi_bench_debiased,
        revsi,
        vsti_bench,
        spbench,
        spar_bench,
        drivemllm,
        surds,
        spacevista,
        remindview,
        spatialbench,
        sibench,
        spacedg,
        spatialtext,
        spatialuncertain,
        threedsrbench,
        spatialab,
        srbench,
        spatialgeneval,
        spatialworld,
        theory_of_space,
        q_spatial,
        stepgame,
        mindcube,
        mmsi_bench,
        mmsi_video,
        viewspatial,
        site,
        embspatial,
        sti_bench,
        erqa,
        refspatial,
        robospatial_home,
        where2place,
        spatialviz,
        osi_bench,
        stare,
        cv_bench,
        blink,
        omnispatial,
        sat,
        sqa3d,
        vsr,
        openeqa,
        earthreason,
        geolocation,
    )
)


def benchmark(name: str) -> Benchmark:
    """The published benchmark called `name`; raises UnknownName with the near miss.

    >>> benchmark("vsi_bench").release.title
    'VSI-Bench (Thinking in Space)'
    """
    found = [each for each in BENCHMARKS if each.name == name]
    if not found:
        known = [each.name for each in BENCHMARKS]
        raise UnknownName("benchmark", name, known, where="allocentric.bench.published")
    return found[0]
