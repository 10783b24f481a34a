"""One module a subject; each registers its benchmarks."""
