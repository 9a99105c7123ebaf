"""The same samples through inspect_ai: run by bench_overhead with a Python that has it; prints one JSON list.

PYTHON benchmarks/inspect_client.py URL FOLDER COUNT IN_FLIGHT: CPU milliseconds a sample, samples a second.
"""

import json
import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

PARTS = ("inspect_ai", *(f"inspect_ai.{each}" for each in ("dataset", "model", "scorer", "solver")))
WORDS = "Where is the sofa?\nA. left\nB. right\nC. front\nD. back\nAnswer with the letter."


def main() -> None:
    url, folder, count, in_flight = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    os.environ |= {"MOCK_BASE_URL": url, "MOCK_API_KEY": "none"}
    inspect, dataset, model, scorer, solver = map(import_module, PARTS)
    paths = sorted(str(each) for each in folder.iterdir())
    samples = [
        dataset.Sample(
            id=str(number),
            input=[
                model.ChatMessageUser(
                    content=[
                        model.ContentImage(image=paths[number % len(paths)]),
                        model.ContentText(text=f"sample {number}\n{WORDS}"),
                    ]
                )
            ],
            target="ABCD"[number % 4],
        )
        for number in range(count)
    ]
    task = inspect.Task(
        dataset=dataset.MemoryDataset(samples), solver=solver.generate(), scorer=scorer.match()
    )
    with tempfile.TemporaryDirectory() as logs:
        start, start_cpu = time.perf_counter(), time.process_time()
        (log,) = inspect.eval(
            task,
            model="openai-api/mock/mock",
            log_dir=logs,
            display="none",
            max_connections=in_flight,
            max_samples=in_flight,
            max_tokens=16,
            temperature=0.0,
        )
        cpu, wall = time.process_time() - start_cpu, time.perf_counter() - start
        assert log.status == "success", log.error
        assert log.results.completed_samples == count
    print(json.dumps([1000 * cpu / count, count / wall]))


if __name__ == "__main__":
    main()
