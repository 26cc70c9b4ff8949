"""How alike two texts are, by rapidfuzz: loaded when it is first asked, not when trainer starts."""

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
