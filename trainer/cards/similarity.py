"""How alike two texts are, by rapidfuzz: loaded when it is first asked, not when trainer starts."""

from collections.abc import Sequence

ALIKE = 75
"""From this likeness on, texts never stand side by side as right and wrong."""


def likeness(text: str, other: str) -> float:
    """Return how many words two texts share, 0 to 100 (token set ratio)."""
    from rapidfuzz import fuzz  # noqa: PLC0415 — see above

    return fuzz.token_set_ratio(text, other)


def slips(typed: str, meant: str) -> int:
    """Return how many slips lie between two words: optimal string alignment distance."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 — see above

    return OSA.distance(typed, meant)


def near(typed: str, meant: Sequence[str], most: int) -> list[tuple[int, int]]:
    """Return which words are meant with so many slips at most: the slips and the place of each."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 — see above
    from rapidfuzz.process import extract  # noqa: PLC0415 — see above

    found = extract(typed, meant, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(int(slips), place) for _, slips, place in found]
