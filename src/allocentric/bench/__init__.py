"""How well somebody answers: benchmarks, the runner, reports."""
