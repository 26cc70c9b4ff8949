"""Benchmarks: `python -m tests.bench` prints one table of ratios from one run."""
