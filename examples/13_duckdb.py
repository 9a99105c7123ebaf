"""A benchmark put to a model, here to chance; its results are a table that DuckDB reads."""

import asyncio
import json
from pathlib import Path

import duckdb

from allocentric.agents.model import Model
from allocentric.agents.table import answering
from allocentric.bench.published.index import benchmark
from allocentric.bench.runner_asked import Wanted
from allocentric.bench.runner_folder import ran

# A few records in the layout of VSI-Bench; with its own files it is the same.
asked = "Measuring from the closest point of each object, which of these objects is the closest to the tv?"
records = [
    {
        "id": number,
        "dataset": "scannet",
        "scene_name": f"scene{number % 3}",
        "question_type": "object_rel_distance",
        "question": asked,
        "options": ["A. sofa", "B. table", "C. lamp", "D. chair"],
        "ground_truth": "ABCD"[number % 4],
    }
    for number in range(40)
]
Path("test.jsonl").write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")

# The same as: allo bench vsi_bench --data . --model random --out run
wanted = Wanted(
    benchmark=benchmark("vsi_bench"), data=Path(), model=Model(name="random"), opened=answering, seed=7
)
done = asyncio.run(ran(wanted, Path("run")))
print(done.report.overall)

print(
    duckdb.sql("""
        SELECT scene, count(*) AS samples, round(avg(score), 3) AS score, round(avg(chance), 3) AS chance
        FROM 'run/results.parquet' GROUP BY scene ORDER BY scene
    """)
)
