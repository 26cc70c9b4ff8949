"""The first days of every role: no card needs a word that was not met, and a whole answer comes soon."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.learners import Learner, right
from trainer.cards.card import Form, Question
from trainer.cards.meanings import MeaningCard
from trainer.cards.outline import Outline
from trainer.material.sheet import Sheet, Term
from trainer.study.plan import Planner

from .shipped import LIBRARY, ROLES

WORDS = "theatre-vocabulary"
TRADE_WORDS = Path(__file__).with_name("trade_words.txt")
FIRST = 30
TOO_EARLY = 2
"""Of the first cards so many at most may use a word that was not met yet."""
A_DAY = 10
"""New cards of ten minutes a day."""
WHOLE_ANSWER_BY = 3
"""Day on which the first whole answer is rated at the latest."""


@cache
def trade_words() -> tuple[list[str], list[str]]:
    """Return the words that were taught when they were frozen, and those that were not."""
    taught, _, others = TRADE_WORDS.read_text(encoding="utf-8").partition("# Not taught yet.")
    lists = [[line for line in part.splitlines() if line and line[0] != "#"] for part in (taught, others)]
    return lists[0], lists[1]


@cache
def _pattern() -> re.Pattern[str]:
    """Return what finds a trade word, the longest first, in the plural too; capitals as capitals."""
    found = sorted({word for part in trade_words() for word in part}, key=len, reverse=True)
    names = [
        f"(?-i:{re.escape(word)})" if word.isupper() else re.escape(word).replace("\\-", "[- ]")
        for word in found
    ]
    return re.compile(rf"(?<!\w)({'|'.join(names)})(?:s|es)?(?!\w)", re.IGNORECASE)


def _fold(name: str) -> str:
    return name.casefold().replace("-", " ")


def _names(term: Term) -> set[str]:
    return {_fold(name) for name in (term.term, term.stands_for, *term.aliases) if name}


def _shown(question: Question) -> str:
    sample = question.sample
    points = [point.text for point in sample.points] if sample else []
    flags = [flag.text for flag in sample.flags] if sample else []
    options = [option.text for option in question.options]
    return "\n".join([question.intro, question.text, question.prompt, *options, *points, *flags])


def _first_days(role: Sheet, *, others_paused: bool) -> list[tuple[int, Question]]:
    """Answer ten new cards a day, and return the first meetings with their day, from 1 on."""
    learner = Learner()
    kept = {role.id, WORDS}
    cards = [card for card in LIBRARY.cards.values() if card.sheet.id in kept or not others_paused]
    met: list[tuple[int, Question]] = []
    for day in range(1, FIRST // A_DAY + 1):
        planner = Planner(learner.record, learner.schedule, learner.day, [role.id])
        plan = planner.study([Outline.of(card) for card in cards], new=A_DAY)
        session = learner.session([LIBRARY.cards[each.card] for each in plan.cards])
        while question := session.question:
            if session.first_meeting:
                met.append((day, question))
            session.answer(right(question))
            session.next()
        learner.clock.forward(days=1)
    return met


@pytest.mark.slow
@pytest.mark.parametrize("others_paused", [True, False])
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_the_first_cards_use_no_trade_word_before_it_was_met(role: Sheet, others_paused: bool) -> None:
    known: set[str] = set()
    too_early: dict[str, set[str]] = {}
    met = _first_days(role, others_paused=others_paused)
    assert len(met) == FIRST
    for _, question in met:
        if isinstance(question.card, MeaningCard):
            known |= _names(question.card.term)
        used = {_fold(found[1]) for found in _pattern().finditer(_shown(question))}
        if unknown := used - known:
            too_early[question.card.id] = unknown
    assert len(too_early) <= TOO_EARLY, too_early


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_the_first_whole_answer_is_rated_by_the_third_day(role: Sheet) -> None:
    rated = [day for day, question in _first_days(role, others_paused=True) if question.form is Form.RATE]
    assert rated
    assert rated[0] <= WHOLE_ANSWER_BY


@pytest.mark.slow
def test_ten_words_of_the_stage_come_first_for_everybody() -> None:
    for role in ROLES:
        opening = [question.card for _, question in _first_days(role, others_paused=True)[:A_DAY]]
        assert all(card.basic for card in opening), role.id
    assert sum(card.basic for card in LIBRARY.cards.values()) == A_DAY


def test_every_word_that_was_taught_is_still_taught() -> None:
    known = {name for sheet in LIBRARY.sheets.values() for term in sheet.terms for name in _names(term)}
    assert not {word for word in trade_words()[0] if _fold(word) not in known}


def test_a_word_of_the_list_that_no_card_taught_is_found() -> None:
    shown = "The flyman and two stage-hands wait prompt side for LX cue 4; Deputy Stage Managers call."
    assert [_fold(found[1]) for found in _pattern().finditer(shown)] == [
        *("flyman", "prompt side", "lx", "cue", "deputy stage manager", "call")
    ]
