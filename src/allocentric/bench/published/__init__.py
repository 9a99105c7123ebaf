"""Published benchmarks: one file each, listed in `index`."""
