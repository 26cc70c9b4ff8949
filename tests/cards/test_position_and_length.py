"""Who guesses by place or by length is right no more often than chance."""

import random
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from math import sqrt
from statistics import fmean, stdev

import pytest

from trainer.cards.answers import PointCard
from trainer.cards.card import Card, Form, Question, Way
from trainer.cards.flags import FlagCard
from trainer.cards.levels import IndicatorCard, UnclearCard
from trainer.cards.synonyms import TitleCard
from trainer.material.sheet import Sheet

from .shipped import CARDS, ROLES

SEEDS = 60
ERRORS = 3
"""Standard errors that chance may be off."""

Case = tuple[Card, Way, int]


def _cases(form: Form) -> list[Case]:
    return [(card, way, way.stages[-1]) for card in CARDS for way in card.ways() if way.form is form]


def _asked(case: Case) -> list[Question]:
    card, way, stage = case
    return [card.ask(way, stage, random.Random(f"{card.id} {way.key} {seed}")) for seed in range(SEEDS)]


OWN_ORDER = (IndicatorCard, UnclearCard, TitleCard, PointCard, FlagCard)
"""Cards whose options have an order of their own: levels, ranks, verdicts, and "none of these" at the end."""


@cache
def _shuffled() -> list[tuple[Case, list[Question]]]:
    return [
        (case, _asked(case))
        for form in (Form.CHOOSE, Form.TICK)
        for case in _cases(form)
        if not isinstance(case[0], OWN_ORDER)
    ]


@pytest.mark.slow
def test_chance_puts_the_right_answer_in_every_place() -> None:
    seen = set()
    for (card, way, stage), found in _shuffled():
        seen.add(type(card).__name__)
        places = {place for question in found for place in question.right_options}
        most = max(len(question.options) for question in found)
        assert places == set(range(most)), (card.id, way.key, stage)
        openings = {0 in question.right_options for question in found}
        everything = all(len(question.right_options) == len(question.options) for question in found)
        assert everything or openings == {True, False}, (card.id, way.key, stage)
    assert seen == {
        "MeaningCard",
        "SignalCard",
        "ContrastCard",
        "ExampleCard",
        "SearchListCard",
        "RecallCard",
    }


@pytest.mark.slow
@pytest.mark.parametrize("form", [Form.CHOOSE, Form.TICK])
@pytest.mark.parametrize("place", [0, 1, 2, 3, 4, -1])
def test_a_fixed_place_is_right_no_more_often_than_chance(form: Form, place: int) -> None:
    hits = chances = spread = 0.0
    for (_, way, _), found in _shuffled():
        for question in found if way.form is form else []:
            size = len(question.options)
            if place >= size:
                continue
            chance = len(question.right_options) / size
            hits += place % size in question.right_options
            chances += chance
            spread += chance * (1 - chance)
    assert spread > 0 or (form is Form.CHOOSE and place > 4)
    assert hits - chances <= ERRORS * sqrt(spread)


def _luck_by_length(question: Question, longest: bool) -> float:
    """Return how much better than chance the longest (or shortest) option does."""
    lengths = [len(option.text) for option in question.options]
    extreme = max(lengths) if longest else min(lengths)
    guesses = [i for i, length in enumerate(lengths) if length == extreme]
    chance = len(question.right_options) / len(question.options)
    return sum(i in question.right_options for i in guesses) / len(guesses) - chance


def _no_more_than_chance(gains: Iterable[float]) -> bool:
    """Whether gains, one a card, are above 0 by no more than their own scatter explains."""
    each = list(gains)
    return fmean(each) <= ERRORS * stdev(each) / sqrt(len(each)) + 0.01


@pytest.mark.slow
@pytest.mark.parametrize("longest", [True, False], ids=["longest", "shortest"])
@pytest.mark.parametrize("form", [Form.CHOOSE, Form.TICK])
def test_the_length_of_an_option_tells_nothing(form: Form, longest: bool) -> None:
    by_card: dict[str, list[float]] = defaultdict(list)
    for case in _cases(form):
        by_card[case[0].id] += [_luck_by_length(question, longest) for question in _asked(case)]
    assert len(by_card) > 5
    assert _no_more_than_chance(fmean(gains) for gains in by_card.values())


@pytest.mark.slow
@pytest.mark.parametrize("key", ["meaning", "signal"])
def test_the_longest_text_is_not_the_right_one_among_long_ones(key: str) -> None:
    cases = [case for case in _cases(Form.CHOOSE) if case[1].key == key]
    assert len(cases) > 20
    assert _no_more_than_chance(
        fmean(_luck_by_length(q, longest=True) for q in _asked(case)) for case in cases
    )


@pytest.mark.parametrize("verdict", ["shows", "claims", "misses"])
@pytest.mark.parametrize("longest", [True, False], ids=["longest", "shortest"])
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_the_length_of_a_snippet_does_not_tell_what_it_does(role: Sheet, verdict: str, longest: bool) -> None:
    points = [point for question in role.questions for point in question.points]
    gains = []
    for point in points:
        lengths = {key: len(getattr(point, key) or "") for key in ("shows", "claims", "misses")}
        extreme = (max if longest else min)(lengths.values())
        gains.append((lengths[verdict] == extreme) - 1 / 3)
    assert _no_more_than_chance(gains)


@pytest.mark.parametrize(
    ("role", "level"),
    [(role, level.id) for role in ROLES for level in role.levels],
    ids=lambda value: getattr(value, "id", value),
)
@pytest.mark.parametrize("longest", [True, False], ids=["longest", "shortest"])
def test_the_length_of_a_line_does_not_tell_its_level(role: Sheet, level: str, longest: bool) -> None:
    lengths = {
        each.id: [len(line.text) for indicator in each.indicators for line in indicator.lines]
        for each in role.levels
    }
    overall = fmean(length for group in lengths.values() for length in group)
    own = lengths[level]
    difference = fmean(own) - overall
    assert (difference if longest else -difference) <= ERRORS * stdev(own) / sqrt(len(own))


def test_the_first_line_asked_of_a_point_is_of_every_kind() -> None:
    first = [card.ways()[0].key for card in CARDS if isinstance(card, PointCard)]
    for verdict in ("shows", "claims", "misses"):
        expected = len(first) / 3
        assert first.count(verdict) - expected <= ERRORS * sqrt(expected * 2 / 3)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_the_first_red_flag_cards_of_a_role_are_no_row_of_one_answer(role: Sheet) -> None:
    cards = [card for card in CARDS if isinstance(card, FlagCard) and card.sheet is role]
    questions = [card.ask(card.ways()[0], 0, random.Random(0)) for card in cards[:6]]
    flagged = sum(question.options[0].right for question in questions)
    assert 2 <= flagged <= 4
