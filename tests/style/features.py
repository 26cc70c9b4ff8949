"""What a text is read by: its words and characters, its phrasing without what it is about, or its length."""

import re
from pathlib import Path

_FUNCTION_WORDS = frozenset(Path(__file__).with_name("function_words.txt").read_text("utf-8").split())
_ENDING = re.compile(r"(?<=\w)(ings?|ed|ions?|ers?|ors?|ly|ment|ness|ity|al|en|s)$")
_TOKEN = re.compile(r"\d[\d,.:]*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]")
_NUMBERS = re.compile(
    r"\b(\d[\d,.:]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen"
    r"|(twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand)\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(maybe|perhaps|probably|possibly|usually|mostly|often|sometimes|some|might|may|could|would|should|seems?"
    r"|i think|i guess|i suppose|sort of|kind of|a bit|quite|rather|fairly|about|almost|likely|as a rule)\b",
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(
    r"\b(always|never|every\w*|all|none|nobody|no one|nothing|only|must|completely|totally"
    r"|absolutely|any\w*)\b",
    re.IGNORECASE,
)


def phrasing(text: str) -> str:
    """Return how a text is phrased: function words, endings of others, a sign for figures, punctuation."""
    return " ".join(_phrased(token) for token in _TOKEN.findall(text))


def _phrased(token: str) -> str:
    lower = token.lower().replace("’", "'")
    if not token[0].isalnum():
        return token
    if token[0].isdigit():
        return "0"
    if lower in _FUNCTION_WORDS or "'" in lower:
        return lower
    shape = "A" if token[0].isupper() else "a"
    ending = _ENDING.search(lower)
    return f"{shape}-{ending[0]}" if ending else shape


def figures(text: str) -> int:
    """Return how many figures a text has, in digits or in words."""
    return len(_NUMBERS.findall(text))


def hedges(text: str) -> int:
    """Return how many words of a text hold back."""
    return len(_HEDGES.findall(text))


def absolutes(text: str) -> int:
    """Return how many words of a text hold nothing back."""
    return len(_ABSOLUTES.findall(text))


def length(text: str) -> list[float]:
    """Return how long a text is: in words, in characters, in sentences."""
    return [len(text.split()), len(text), len(re.findall(r"[.!?]+", text))]


def hedging(text: str) -> list[float]:
    """Return how often a text holds back, and how often nothing."""
    return [hedges(text), absolutes(text)]
