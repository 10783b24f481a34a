"""Benchmarks: `python -m bench --scale 10k`. Each subject is a module that registers what it measures."""
