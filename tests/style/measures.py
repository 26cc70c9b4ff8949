"""The measures: what is guessed by style, and what is wanted of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import sqrt
from statistics import fmean, pstdev
from typing import Any, NamedTuple

from trainer.cards.card import Card
from trainer.material.questions import SampleAnswer
from trainer.material.sheet import Sheet

from . import classifiers, options, samples
from .classifiers import Guesses, Share, share
from .features import figures

BELOW = 0.08
"""So far below chance a figure is a fault as well: who turns the guess round knows more than chance."""


class Goal(NamedTuple):
    """What is wanted of a figure."""

    least: float | None = None
    most: float | None = None
    sheet_least: float | None = None
    """… of a single sheet."""
    sheet_most: float | None = None

    def __str__(self) -> str:
        if self.most is None:
            return ""
        most = _shown(self.most)
        wanted = f"≤ {most}" if self.least is None else f"{_shown(self.least)} to {most}"
        if self.sheet_least is not None:
            return f"{wanted}; a sheet {_shown(self.sheet_least)} to {_shown(self.sheet_most or 0)}"
        return wanted if self.sheet_most is None else f"{wanted}; a sheet ≤ {_shown(self.sheet_most)}"


class Figure(NamedTuple):
    """A figure of one sheet, or of all."""

    value: float
    error: float
    size: int
    misses: str = ""
    """A sign if it is not what is wanted."""

    def __str__(self) -> str:
        return f"{_shown(self.value)}{self.misses} ±{_shown(self.error)}"


class Row(NamedTuple):
    """A measure with its figures."""

    name: str
    goal: Goal
    chance: float | None
    all: Figure
    sheets: Mapping[str, Figure]
    others: Mapping[str, float]
    """The figures of the other classifiers."""


def _shown(value: float) -> str:
    return f"{value:.2f}".replace("0.", ".", 1)


class _Guessed(NamedTuple):
    name: str
    task: samples.Task
    reader: Callable[[], Any]
    goal: Goal
    balanced: bool = False
    numbers: bool = False


_WORDS, _PHRASING = classifiers.words_and_characters, classifiers.phrasing_only
_LENGTH, _HEDGES = classifiers.length_only, classifiers.hedges_only
_HALF, _THIRD = Goal(most=0.5 + BELOW), Goal(most=1 / 3 + BELOW)
_GUESSED = (
    _Guessed("levels, of three", samples.levels, _WORDS, Goal(most=0.72, sheet_most=0.80), balanced=True),
    _Guessed("levels, phrasing only", samples.levels, _PHRASING, Goal(most=0.55), balanced=True),
    _Guessed("nothing or not, balanced", samples.nothing, _WORDS, Goal(), balanced=True),
    _Guessed("nothing or not, phrasing only", samples.nothing, _PHRASING, Goal(), balanced=True),
    _Guessed("claimed or not", samples.claimed, _WORDS, Goal(most=0.80)),
    _Guessed("claimed or not, balanced", samples.claimed, _WORDS, Goal(most=0.75), balanced=True),
    _Guessed("shown, claimed or missing", samples.snippets, _WORDS, Goal(), balanced=True),
    _Guessed("red flag or not, balanced", samples.flags, _WORDS, Goal(most=0.65), balanced=True),
    _Guessed("answers, no / 3 / yes", samples.scores, _WORDS, Goal(0.35, 0.60)),
    _Guessed("answers, yes or no", samples.yes_or_no, _WORDS, Goal(0.35, 0.65)),
    _Guessed("levels by length", samples.levels, _LENGTH, _THIRD, balanced=True, numbers=True),
    _Guessed("levels by hedges", samples.levels, _HEDGES, _THIRD, balanced=True, numbers=True),
    _Guessed("nothing by length", samples.nothing, _LENGTH, _HALF, balanced=True, numbers=True),
    _Guessed("claimed by length", samples.claimed, _LENGTH, _HALF, balanced=True, numbers=True),
    _Guessed("claimed by hedges", samples.claimed, _HEDGES, _HALF, balanced=True, numbers=True),
    _Guessed("red flags by length", samples.flags, _LENGTH, _HALF, balanced=True, numbers=True),
    _Guessed("red flags by hedges", samples.flags, _HEDGES, _HALF, balanced=True, numbers=True),
    _Guessed("yes or no by length", samples.yes_or_no, _LENGTH, _HALF, balanced=True, numbers=True),
    _Guessed("yes or no by hedges", samples.yes_or_no, _HEDGES, _HALF, balanced=True, numbers=True),
)


def measured(sheets: Sequence[Sheet], cards: Sequence[Card]) -> Iterator[Row]:
    """Yield every measure of some sheets; two are needed, as each is guessed by who knows the others."""
    for measure in _GUESSED:
        yield _row(measure, sheets)
    yield _of_answers("figures against score, rho", sheets, _rho, Goal(-0.2, 0.2, -0.5, 0.5))
    yield _of_answers("flagged answers worth 3 or more", sheets, _forgiven, Goal(0.20, 0.65))
    yield from _of_options(sheets, cards)


def _row(measure: _Guessed, sheets: Sequence[Sheet]) -> Row:
    said = {sheet.id: tuple(measure.task(sheet)) for sheet in sheets}
    by_classifier = classifiers.guesses(
        said, measure.reader, balanced=measure.balanced, numbers=measure.numbers
    )
    in_all = {
        name: share([guess for own in found.values() for guess in own], balanced=measure.balanced)
        for name, found in by_classifier.items()
    }
    worst = max(in_all, key=lambda name: in_all[name].value)
    return Row(
        measure.name,
        measure.goal,
        in_all[worst].chance,
        _figure(in_all[worst], measure.goal.least, measure.goal.most, certain=True),
        {
            sheet.id: _worst_of(by_classifier, sheet.id, measure)
            for sheet in sheets
            if sheet.id in by_classifier[worst]
        },
        {name: found.value for name, found in in_all.items() if name != worst},
    )


def _worst_of(by_classifier: Mapping[str, Mapping[str, Guesses]], sheet: str, measure: _Guessed) -> Figure:
    found = [share(guesses[sheet], balanced=measure.balanced) for guesses in by_classifier.values()]
    worst = max(found, key=lambda each: each.value)
    return _figure(worst, measure.goal.sheet_least, measure.goal.sheet_most, certain=False)


def _figure(found: Share, least: float | None, most: float | None, *, certain: bool) -> Figure:
    """Return a share as a figure; one of a sheet is below chance only if it is so by two standard errors."""
    margin = BELOW if certain else max(BELOW, 2 * found.error)
    sign = _sign(found.value, least, most) or ("↓" if found.value < found.chance - margin else "")
    return Figure(found.value, found.error, found.size, sign)


def _sign(value: float, least: float | None, most: float | None) -> str:
    if most is not None and round(value, 2) > round(most, 2):
        return "!"
    return "↓" if least is not None and round(value, 2) < round(least, 2) else ""


def _of_options(sheets: Sequence[Sheet], cards: Sequence[Card]) -> Iterator[Row]:
    own = {sheet.id: [card for card in cards if card.sheet.id == sheet.id] for sheet in sheets}
    gained = {sheet: options.gains(dealt) for sheet, dealt in own.items()}
    in_all = options.gains([card for dealt in own.values() for card in dealt])
    goal = Goal(-BELOW, BELOW)
    for rule, gain in in_all.items():
        everything = Figure(*gain, misses=_sign(gain.value, goal.least, goal.most))
        found = {sheet: Figure(*gains[rule]) for sheet, gains in gained.items()}
        yield Row(f"options: {rule}", goal, None, everything, found, {})


def _of_answers(
    name: str, sheets: Sequence[Sheet], measure: Callable[[Sequence[SampleAnswer]], Figure | None], goal: Goal
) -> Row:
    answers = {sheet.id: samples.whole_answers(sheet) for sheet in sheets}
    everything = measure([answer for own in answers.values() for answer in own]) or Figure(0, 0, 0)
    found = {sheet: measure(own) for sheet, own in answers.items()}
    return Row(
        name,
        goal,
        None,
        everything._replace(misses=_sign(everything.value, goal.least, goal.most)),
        {
            sheet: figure._replace(misses=_sign(figure.value, goal.sheet_least, goal.sheet_most))
            for sheet, figure in found.items()
            if figure
        },
        {},
    )


def _rho(answers: Sequence[SampleAnswer]) -> Figure | None:
    """Return how the number of figures goes with the score: Spearman's rank correlation."""
    ours = _ranks([figures(answer.text) for answer in answers])
    theirs = _ranks([answer.score for answer in answers])
    if len(answers) < 3 or not (pstdev(ours) and pstdev(theirs)):
        return None
    middle = fmean(ours)
    together = fmean((one - middle) * (other - middle) for one, other in zip(ours, theirs, strict=True))
    return Figure(together / (pstdev(ours) * pstdev(theirs)), 1 / sqrt(len(answers) - 1), len(answers))


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value; those that are the same share theirs."""
    order = sorted(values)
    return [order.index(value) + (order.count(value) + 1) / 2 for value in values]


def _forgiven(answers: Sequence[SampleAnswer]) -> Figure | None:
    """Return the share of answers with a red flag that are worth 3 or more."""
    flagged = [answer.score >= 3 for answer in answers if answer.flags]
    if not flagged:
        return None
    value = fmean(flagged)
    return Figure(value, sqrt(value * (1 - value) / len(flagged)), len(flagged))
