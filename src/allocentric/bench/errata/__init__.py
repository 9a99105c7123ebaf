"""What is known to be wrong in published benchmarks, as named switches."""
