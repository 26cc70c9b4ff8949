"""Days on which an interview is ahead: what they ask, and that Today says so."""

from collections.abc import Callable
from datetime import timedelta, timezone
from functools import cache
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clocks import FakeClock
from tests.learners import right, shipped, wrong
from trainer.cards.card import Answer, Question
from trainer.cards.outline import Outline
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import TrainerError
from trainer.home import Home
from trainer.memory.schedule import Schedule
from trainer.study.feedback import comes_back
from trainer.study.session import Session
from trainer.study.toward import InterviewPlanner, Target

ROLE, OTHER = "props", "assistant-stage-manager"


@pytest.fixture
def engine(clock: FakeClock) -> Engine:
    found = new_engine(clock)
    found.choose_roles([OTHER])
    return found


def new_engine(clock: FakeClock) -> Engine:
    return Engine.open(Home(Path("/nowhere")), "r", saving=False, clock=clock, library=shipped())


def asked(
    session: Session | None,
    clock: FakeClock,
    answer: Callable[[Question], Answer] = right,
    seconds: float = 15,
) -> list[str]:
    """Answer to the end or until it is enough; return the cards in their order."""
    cards: list[str] = []
    while session and session.question:
        cards.append(session.question.card.id)
        clock.forward(seconds=seconds)
        session.answer(answer(session.question))
        if session.enough:
            break
        session.next()
    return cards


def of(role: str, cards: list[str]) -> list[str]:
    return [card for card in cards if card.startswith(f"{role}/")]


def test_the_day_serves_the_interview_though_its_role_is_not_learned(
    engine: Engine, clock: FakeClock
) -> None:
    before = asked(engine.session(SessionChoice(limit=3)), clock)
    assert not of(ROLE, before)
    engine.add_interview(ROLE, "Mon", "14:00")
    cards = asked(engine.session(SessionChoice()), clock)
    assert len(of(ROLE, cards)) == len(cards) > 5


def test_what_today_says_is_what_the_session_asks(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "Mon", "14:00", minutes=25)
    for _ in range(4):
        said = engine.standing()
        session = engine.session(SessionChoice())
        assert session
        assert said.overview.minutes_a_day == 25
        assert (session.total, session.minutes_left) == (said.waiting, said.overview.minutes)
        assert not engine.otherwise(said)
        asked(session, clock, wrong)
        clock.forward(days=1)


def test_the_larger_minutes_count_until_its_hour_and_no_longer(engine: Engine, clock: FakeClock) -> None:
    engine.set_minutes(10)
    engine.add_interview(ROLE, "today", "14:00", minutes=30)
    assert engine.overview().minutes_a_day == 30
    engine.add_interview(ROLE, "tomorrow", "14:00", minutes=5)
    clock.forward(hours=5)
    assert engine.overview().minutes_a_day == 10
    assert [each.days for each in engine.interviews()] == [0, 1]
    clock.forward(hours=15)
    assert [each.days for each in engine.interviews()] == [0]


def test_after_its_hour_the_days_are_as_before(engine: Engine, clock: FakeClock) -> None:
    ordinary = engine.overview()
    engine.add_interview(ROLE, "today", "14:00")
    assert engine.overview() != ordinary
    clock.forward(hours=5)
    assert engine.overview() == ordinary
    engine.add_interview(ROLE, "tomorrow")
    assert engine.overview() != ordinary
    engine.end_interview(2)
    assert engine.overview() == ordinary


def test_met_cards_are_asked_ahead_and_not_twice_a_day(engine: Engine, clock: FakeClock) -> None:
    first = asked(engine.begun(SessionChoice(decks=(f"{ROLE}/meanings",), new=5)), clock)
    clock.forward(days=1)
    met = set(first)
    for state in (engine.progress.state(card) for card in met):
        assert state
        assert state.due > engine.day, "not one is due"
    engine.add_interview(ROLE, "tomorrow", "09:00", minutes=120)
    cards = asked(engine.session(SessionChoice()), clock, seconds=1)
    assert met <= set(cards)
    again = engine.session(SessionChoice(minutes=60))
    assert not met & set(asked(again, clock, seconds=1))


def test_due_cards_of_other_roles_go_on(engine: Engine, clock: FakeClock) -> None:
    met = set(asked(engine.begun(SessionChoice(decks=(f"{OTHER}/meanings",), new=8)), clock))
    clock.forward(days=4)
    engine.add_interview(ROLE, "2026-12-28", "09:00", minutes=20)
    assert met & set(asked(engine.session(SessionChoice()), clock))


def test_questions_for_other_levels_are_left_out(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "tomorrow", level="senior", minutes=1440)
    sheet = engine.library.sheets[ROLE]
    others = [f"{ROLE}/answers/{each.id}" for each in sheet.questions if each.level not in {"", "senior"}]
    cards = of(ROLE, asked(engine.session(SessionChoice()), clock, seconds=1))
    assert others
    assert not [card for card in cards if any(card.startswith(other) for other in others)]
    assert any("/answers/" in card for card in cards)


def test_two_interviews_both_have_their_part_the_nearer_first(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(OTHER, "2026-12-10", minutes=40)
    engine.add_interview(ROLE, "2026-12-04", minutes=10)
    cards = asked(engine.session(SessionChoice()), clock)
    assert of(ROLE, cards)
    assert of(OTHER, cards)
    few = new_engine(FakeClock())
    few.choose_roles([OTHER])
    few.add_interview(OTHER, "2026-12-10", minutes=3)
    few.set_minutes(3)
    few.add_interview(ROLE, "2026-12-04", minutes=3)
    assert not of(OTHER, asked(few.session(SessionChoice()), clock))


def test_when_all_of_a_role_is_met_new_cards_of_others_go_on(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "14:00", minutes=120)
    cards = asked(engine.session(SessionChoice()), clock, seconds=1)
    assert of(OTHER, cards)


def test_one_whose_sheet_is_gone_changes_nothing(engine: Engine) -> None:
    ordinary = engine.overview()
    engine.add_interview(ROLE, "tomorrow", "14:00")
    library = shipped()
    engine.use(type(library)({id_: each for id_, each in library.sheets.items() if id_ != ROLE}))
    assert [each.gone for each in engine.interviews()] == [True]
    assert engine.overview().new == ordinary.new


@cache
def outlines() -> list[Outline]:
    return [Outline.of(card) for card in shipped().cards.values()]


@pytest.mark.slow
@settings(max_examples=20)
@given(
    minutes=st.integers(1, 40),
    days=st.integers(0, 30),
    answers=st.lists(st.booleans(), max_size=8),
    hours=st.integers(1, 40),
)
def test_any_plan_fills_its_minutes_with_its_part_of_new_cards_first(
    minutes: int, days: int, answers: list[bool], hours: int
) -> None:
    clock = FakeClock()
    engine = new_engine(clock)
    first = engine.begun(SessionChoice("study", (ROLE,), new=len(answers)))
    for each in answers:
        if first.question:
            first.answer(right(first.question) if each else wrong(first.question))
            first.next()
    clock.forward(hours=hours)
    every = outlines()
    cards = [card for card in every if card.id.startswith(f"{ROLE}/")]
    planner = InterviewPlanner(engine.progress, Schedule(), engine.day)
    plan = planner.towards([Target(cards, days, days + 0.2)], every, minutes, anew=True)
    ids = [each.card for each in plan.cards]
    assert len(set(ids)) == len(ids)
    everything = planner.towards([Target(cards, days, days + 0.2)], every, 1440, anew=True)
    left, longest = minutes * 60 - plan.seconds, max(each.seconds for each in everything.cards)
    assert left >= -longest / 2
    role_left = {card.id for card in cards} - set(ids) - engine.progress.states.keys()
    assert left <= longest / 2 or not role_left
    met = {id_ for id_ in ids if engine.progress.state(id_)}
    today = [s for s in engine.progress.states.values() if s.last == engine.day and s.reps == 1]
    unmet = len(cards) - len(engine.progress.states)
    part = ceil((unmet + len(today)) / ceil(max(1, days) / 2)) - len(today)
    assert plan.new >= part or len(met) <= plan.again + 1


def come_back(engine: Engine, clock: FakeClock, role: str) -> set[str]:
    """Answer a session of a role; return what is said of when cards come back, repeats left out."""
    session, said = engine.session(SessionChoice("study", (role,), new=3)), set()
    while session and session.question:
        said.add(comes_back(session.foresee(right(session.question))))
        said.add(comes_back(session.answer(right(session.question))))
        session.next()
    return said


def test_while_an_interview_is_ahead_its_cards_come_back_before_it(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "Fri", "14:00")
    assert clock().strftime("%A") == "Tuesday"
    assert come_back(engine, clock, ROLE) == {"Comes back before Friday."}
    assert not any("before" in said for said in come_back(engine, clock, OTHER))
    engine.add_interview(ROLE, "tomorrow", "09:30")
    assert come_back(engine, clock, ROLE) == {"Comes back tomorrow, before 09:30."}
    clock.forward(days=1)
    engine.end_interview(2)
    assert not any("before" in said for said in come_back(engine, clock, ROLE)), "it is over by then"


def test_an_interview_in_weeks_is_named_by_its_date(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "2026-12-11", "14:00")
    assert come_back(engine, clock, ROLE) == {"Comes back before Fri 11 Dec."}
    missed = engine.session(SessionChoice("study", (ROLE,), new=3))
    assert missed
    assert missed.question
    assert comes_back(missed.answer(wrong(missed.question))).startswith("Comes back in a few cards")


def test_what_was_met_is_asked_though_the_time_is_too_short_for_all_new_cards(
    engine: Engine, clock: FakeClock
) -> None:
    """Some memories keep more of few cards that were asked twice than of many that were met once."""
    engine.add_interview(ROLE, "2026-11-26", "14:00", minutes=10)
    first = asked(engine.session(SessionChoice()), clock, wrong, seconds=5)
    clock.forward(days=1)
    met = {card for card in asked(engine.session(SessionChoice()), clock) if card in first}
    assert len(met) >= 3


def test_a_session_that_takes_longer_ends_before_what_is_worth_least(
    engine: Engine, clock: FakeClock
) -> None:
    """New cards are not the last, which are cut off; the reviews of the least worth are."""
    engine.add_interview(ROLE, "2026-12-02", "14:00", minutes=30)
    met = set(asked(engine.session(SessionChoice()), clock, seconds=5))
    clock.forward(days=1)
    session = engine.session(SessionChoice(limit=40))
    assert session
    planned = asked(session, clock, seconds=1)
    assert set(planned) - met
    assert planned[0] in met
    assert planned[-1] in met


class TestAClockThatChanges:
    """It may be set back or ahead, or be another zone's."""

    def test_set_back_and_ahead_what_is_planned_is_as_it_was(self, engine: Engine, clock: FakeClock) -> None:
        engine.add_interview(ROLE, "2026-11-27", "14:00")
        asked(engine.session(SessionChoice()), clock)
        clock.forward(days=1)
        there = engine.session(SessionChoice())
        assert there
        clock.forward(days=-5)
        assert [each.days for each in engine.interviews()] == [7]
        assert engine.preparation(1)
        asked(engine.session(SessionChoice()), clock)
        clock.forward(days=40)
        assert not engine.interviews()
        assert engine.standing().overview.minutes_a_day == engine.minutes
        clock.forward(days=-35)
        assert [each.days for each in engine.interviews()] == [2]
        again = engine.session(SessionChoice())
        assert again
        assert of(ROLE, asked(again, clock))

    def test_in_another_zone_it_is_the_same_instant(self, engine: Engine, clock: FakeClock) -> None:
        engine.add_interview(ROLE, "2026-11-25", "14:00")
        before = engine.preparation(1)
        clock.at = clock.at.astimezone(timezone(timedelta(hours=9)))
        after = engine.preparation(1)
        assert before
        assert after
        assert abs(after.at_best - before.at_best) <= 2
        clock.forward(hours=29)
        assert engine.preparation(1) is None
        assert engine.overview().minutes_a_day == engine.minutes


def test_starred_words_come_first_among_the_new_cards_towards_an_interview_too(
    engine: Engine, clock: FakeClock
) -> None:
    engine.add_interview(ROLE, "tomorrow", "14:00")
    words = [id_ for id_ in engine.library.cards if id_.startswith("theatre-vocabulary/meanings")][-5:]
    engine.put_first(words)
    cards = asked(engine.session(SessionChoice()), clock)
    assert {*words} <= {*cards[: 2 * len(words) + 5]}


def flown(clock: FakeClock, hours: float) -> None:
    clock.at = clock.at.astimezone(timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("added", "now", "told"),
    [
        (11, -8, "2026-11-26 14:00"),  # Friday 09:00 in Sydney, one hour after Thursday 13:00 in Los Angeles
        (-5, 13, "2026-11-28 03:00"),
        (0, -8, "2026-11-27 01:00"),
    ],
)
def test_who_flew_is_told_of_it_by_the_clock_there(
    clock: FakeClock, added: float, now: float, told: str
) -> None:
    engine = new_engine(clock)
    flown(clock, added)
    engine.add_interview(ROLE, "Fri", "09:00")
    (there,) = engine.interviews()
    clock.at = there.when - timedelta(hours=1)
    flown(clock, now)
    (here,) = engine.interviews()
    assert (here.when, f"{here.when:%Y-%m-%d %H:%M}", here.days) == (there.when, told, 0)
    engine.move_interview(1, f"{here.when:%Y-%m-%d}", minutes=25)
    (moved,) = engine.interviews()
    assert (moved.when, moved.minutes) == (there.when, 25)
    with pytest.raises(TrainerError, match="already"):
        engine.add_interview(ROLE, f"{here.when:%Y-%m-%d}", f"{here.when:%H:%M}")
