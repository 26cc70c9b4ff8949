"""Classifiers that learn from all sheets but one, and guess that one."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from typing import Any, NamedTuple

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import LinearSVC

from .features import hedging, length, phrasing
from .samples import Sample

Guesses = list[tuple[str, str]]
"""What is right, and what was guessed."""


class Share(NamedTuple):
    """How much was guessed right."""

    value: float
    error: float
    """The standard error."""
    chance: float
    """What who always gives the same answer gets."""
    size: int


def share(guesses: Guesses, *, balanced: bool) -> Share:
    """Return how much of the guesses is right; balanced, each right answer counts the same however rare."""
    often = Counter(right for right, _ in guesses)
    hits = Counter(right for right, guess in guesses if right == guess)
    weights = {label: 1 / len(often) if balanced else count / len(guesses) for label, count in often.items()}
    parts = {label: hits[label] / count for label, count in often.items()}
    value = sum(weights[label] * parts[label] for label in often)
    if balanced:
        error = sqrt(sum(part * (1 - part) / often[label] for label, part in parts.items())) / len(often)
    else:
        error = sqrt(value * (1 - value) / len(guesses))
    return Share(value, error, max(weights.values()), len(guesses))


def words_and_characters() -> Any:
    """Return what reads a text by its words and the characters in them."""
    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True),
    )


def phrasing_only() -> Any:
    """Return what reads a text by its phrasing."""
    return TfidfVectorizer(
        preprocessor=phrasing, token_pattern=r"\S+", lowercase=False, ngram_range=(1, 3), sublinear_tf=True
    )


def length_only() -> Any:
    """Return what reads a text by its length."""
    return _numbers(length)


def hedges_only() -> Any:
    """Return what reads a text by the words that hold back, or nothing."""
    return _numbers(hedging)


def _numbers(read: Callable[[str], list[float]]) -> Any:
    return make_pipeline(FunctionTransformer(lambda texts: [read(text) for text in texts]), StandardScaler())


def guesses(
    samples: Mapping[str, Sequence[Sample]],
    reader: Callable[[], Any],
    *,
    balanced: bool,
    numbers: bool = False,
) -> dict[str, dict[str, Guesses]]:
    """Return by classifier and sheet what is guessed of a sheet by who learned from the others."""
    found: dict[str, dict[str, Guesses]] = {}
    for sheet, asked in samples.items():
        learned = [sample for other, known in samples.items() if other != sheet for sample in known]
        if not asked or len({sample.label for sample in learned}) < 2:
            continue
        reads = reader()
        known = reads.fit_transform([sample.text for sample in learned])
        texts = reads.transform([sample.text for sample in asked])
        for name, classifier in _classifiers(balanced=balanced, numbers=numbers).items():
            classifier.fit(known, [sample.label for sample in learned])
            guessed = map(str, classifier.predict(texts))
            found.setdefault(name, {})[sheet] = list(
                zip((each.label for each in asked), guessed, strict=True)
            )
    return found


def _classifiers(*, balanced: bool, numbers: bool) -> dict[str, Any]:
    weight = "balanced" if balanced else None
    regression = LogisticRegression(C=4, max_iter=4000, class_weight=weight)
    if numbers:
        return {"regression": regression}
    return {
        "regression": regression,
        "machine": LinearSVC(C=0.5, class_weight=weight, random_state=0),
        "bayes": ComplementNB(alpha=0.3) if balanced else MultinomialNB(alpha=0.3),
    }
