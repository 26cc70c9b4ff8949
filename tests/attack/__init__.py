"""Attacks on the store: `python -m tests.attack` kills, damages and starves it, and counts what was lost."""
