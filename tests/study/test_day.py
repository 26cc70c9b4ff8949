"""A day through the engine: what Today says is what the session asks and takes."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.learners import right, shipped, wrong
from trainer.app.statistics.feature import WEEK
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import TrainerError
from trainer.home import Home
from trainer.memory.state import Rating, Review
from trainer.study.feedback import comes_back
from trainer.study.summary import comes_back_when


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine.open(Home(tmp_path), "anna", saving=False, clock=FakeClock(), library=shipped())


def clock_of(engine: Engine) -> FakeClock:
    clock = engine._clock
    assert isinstance(clock, FakeClock)
    return clock


def review(engine: Engine, card: str, *, days: int = 3, spent: int = 15_000) -> None:
    """Put a review on record that gives a card so many days."""
    engine.progress.record(
        Review(
            card=card,
            day=engine.day,
            rating=Rating.GOOD,
            given=days,
            form="choose",
            ms=spent * 2 // 3,
            spent=spent,
        ),
        clock_of(engine)(),
    )


def test_today_says_what_the_session_asks(engine: Engine) -> None:
    for id_ in random.Random(1).sample(list(engine.library.cards), 70):
        review(engine, id_)
    clock_of(engine).forward(days=5)
    for minutes in (5, 10, 20):
        engine.progress.set_setting("minutes", minutes)
        said = engine.standing()
        session = engine.session(SessionChoice())
        assert session
        assert session.total == said.waiting
        assert said.overview.minutes_a_day == minutes
        assert said.overview.minutes == session.minutes_left


def test_today_says_why_minutes_are_left_over_though_new_cards_are_there(engine: Engine) -> None:
    for id_ in list(engine.library.cards)[:6]:
        review(engine, id_)
    clock_of(engine).forward(days=5)
    engine.progress.set_setting("minutes", 10)
    said = engine.standing()
    assert said.overview.minutes <= 8
    assert said.overview.more_new
    assert said.sentence == (
        "Fewer new cards today, so that the coming days stay within 10 minutes. m brings more."
    )
    engine.progress.set_setting("minutes", 1440)
    assert "Fewer new cards" not in engine.standing().sentence


def test_a_session_ends_at_the_minutes_that_were_set(engine: Engine) -> None:
    engine.progress.set_setting("minutes", 5)
    session = engine.session(SessionChoice())
    assert session
    while session.question:
        clock_of(engine).forward(seconds=80)
        session.answer(right(session.question))
        if session.enough:
            break
        session.next()
    assert session.enough
    assert len(session.answers) == 4
    assert engine.overview().minutes_today in {5, 6}
    assert engine.session(SessionChoice()) is None
    more = engine.session(SessionChoice(minutes=5))
    assert more
    assert more.total > 0
    again = engine.any_session()
    assert again
    assert again.total == more.total


def test_less_than_a_minute_is_called_so_everywhere(engine: Engine) -> None:
    quiz = engine.quiz(count=1)
    assert quiz.question
    clock_of(engine).forward(seconds=50)
    quiz.answer(right(quiz.question))
    assert engine.overview().minutes_today == 0
    assert engine.overview().time_today == "less than a minute"
    assert engine.standing().done in {"", "Done for today: less than a minute"}


def test_what_was_missed_today_is_counted_in_its_deck_as_today_counts_it(engine: Engine) -> None:
    quiz = engine.quiz(["props/levels"], count=1)
    assert quiz.question
    deck = quiz.question.card.deck
    quiz.answer(wrong(quiz.question))
    seen = engine.overview()
    assert (seen.again, seen.decks[deck].due) == (1, 1)
    assert engine.standing().work.startswith("1 to see again")
    assert {role.id: role.due for role in engine.roles_today() if role.due} == {"props": 1}
    assert engine.statistics().forecast[0] > 0


def test_what_was_missed_last_comes_when_it_is_told_to(engine: Engine) -> None:
    """Its feedback, the summary, Today and what is asked say the same, the day's minutes over or not."""
    session = engine.study(new=1)
    assert session.question
    missed = session.question.card.id
    feedback = session.answer(wrong(session.question))
    assert comes_back(feedback) == "Comes back tomorrow, and today if you start again."
    session.next()
    assert (
        comes_back_when(session.summary(), engine.outlook()) == "Cards that come back: today 1, tomorrow 1."
    )
    assert engine.standing().work.startswith("1 to see again")
    for choice in (SessionChoice(), SessionChoice(new=3), SessionChoice(minutes=5)):
        coming = engine.session(choice)
        assert coming
        assert coming.question
        assert coming.question.card.id == missed
        quiz = engine.quiz(count=10)
        while quiz.question and not engine.overview().minutes_today >= engine.minutes:
            clock_of(engine).forward(seconds=110)
            asked = quiz.question
            quiz.answer(wrong(asked) if asked.card.id == missed else right(asked))
            quiz.next()


def test_what_rests_after_three_misses_is_told_for_tomorrow_alone_and_what_is_not_learned_not(
    engine: Engine,
) -> None:
    engine.choose_roles(["ASM"])
    other = engine.study(["props/levels"], new=1)
    assert other.question
    assert "so it does not come back" in comes_back(other.answer(wrong(other.question)))
    told = []
    for _ in range(3):
        session = engine.session(SessionChoice(new=1, limit=1))
        assert session
        assert session.question
        told.append(comes_back(session.answer(wrong(session.question))))
    again = "Comes back tomorrow, and today if you start again."
    assert told == [again, again, "Comes back tomorrow."]
    assert not engine.overview().again


def test_progress_says_what_is_to_be_seen_now_as_today_does(engine: Engine) -> None:
    def told() -> dict[str, str]:
        return {line.words: line.figures for line in WEEK.lines(engine)}

    assert told()["Today"] == "no answer yet"
    for card in list(engine.library.cards)[:3]:
        review(engine, card)
    assert told()["The next card comes back"] == "in 3 days"
    clock_of(engine).forward(days=4)
    review(engine, list(engine.library.cards)[5], days=9)
    again = engine.overview().to_see_again
    assert again == 3
    assert engine.standing().work.startswith("3 to see again")
    assert told()["Cards to see again"] == "now, 3"
    assert "The next card comes back" not in told()


def test_this_week_has_the_figures_of_this_week_alone(engine: Engine) -> None:
    def told() -> dict[str, str]:
        return {line.words: line.figures for line in WEEK.lines(engine)}

    clock, line = clock_of(engine), "Résumé lines never seen before"
    clock.forward(days=-engine.day.weekday())
    levels = [card for card in engine._chosen() if "/levels/" in card.id][:3]
    for _ in range(2):
        session = engine.again(levels)
        while session.question:
            session.answer(right(session.question))
            session.next()
        clock.forward(days=1)
    assert told()[line] == "3 of 3 right"
    clock.forward(days=7 - engine.day.weekday())
    assert line not in told()
    assert told()["New cards met this week"] == "0"


def test_what_is_left_of_the_portion_is_less_after_a_quiz(engine: Engine) -> None:
    before = engine.overview().minutes
    quiz = engine.quiz(count=4)
    while quiz.question:
        clock_of(engine).forward(seconds=58)
        quiz.answer(right(quiz.question))
        quiz.next()
    assert engine.overview().minutes_today == 4
    assert engine.overview().minutes < before


def test_cards_of_other_sheets_than_the_roles_are_neither_asked_nor_due(engine: Engine) -> None:
    cards = list(engine.library.cards)
    props = [id_ for id_ in cards if id_.startswith("props/")]
    words = [id_ for id_ in cards if id_.startswith("theatre-vocabulary/")]
    for id_ in [*props[:5], *(id_ for id_ in cards if id_.startswith("stage-manager/"))]:
        review(engine, id_)
    clock_of(engine).forward(days=10)
    everything = engine.overview()
    engine.progress.set_setting("roles", ["props"])
    chosen = engine.overview()
    assert (chosen.due, sum(tally.cards for tally in chosen.decks.values())) == (5, len(props + words))
    assert everything.due > 5
    session = engine.session(SessionChoice())
    assert session
    assert {each.partition("/")[0] for each in session._waiting.cards} == {"props", "theatre-vocabulary"}
    named = engine.session(SessionChoice(decks=("stage-manager",)))
    assert named, "who names a sheet has it, whatever the roles are"
    engine.progress.set_setting("roles", [])
    assert engine.overview() == everything


def test_after_years_away_there_is_a_portion_and_nothing_is_reset(engine: Engine) -> None:
    for id_ in engine.library.cards:
        review(engine, id_, spent=9_000)
    states = dict(engine.progress.states)
    clock_of(engine).at += timedelta(days=3 * 365)
    seen = engine.overview()
    assert seen.due == len(states)
    assert seen.new == 0
    assert 9 <= seen.minutes <= 11
    assert seen.caught_up_in is None
    assert engine.standing().sentence.endswith("portion: what matters most comes first.")
    assert dict(engine.progress.states) == states


@pytest.mark.parametrize("value", [0, -3, 10_000, "ten"])
def test_minutes_that_cannot_be_are_refused_with_a_sentence(engine: Engine, value: object) -> None:
    with pytest.raises(TrainerError, match="a whole number from 1 to 1440"):
        engine.progress.set_setting("minutes", value)
    assert engine.minutes == 10
    assert engine.overview().minutes == 10


def test_a_round_of_mistakes_takes_nothing_off_the_days_new_cards(engine: Engine) -> None:
    """As long as no card was due: where reviews are, new cards have but a part of the day."""
    clock = clock_of(engine)
    engine.choose_roles(["props"])
    session = engine.begun(SessionChoice(new=2))
    while session.question:
        clock.forward(seconds=10)
        session.answer(wrong(session.question))
        session.next()
    before = engine.overview()
    again = engine.session(SessionChoice("mistakes"))
    assert again
    assert again.question
    clock.forward(seconds=10)
    again.answer(wrong(again.question))
    after = engine.overview()
    assert engine.progress.totals(engine.day).scored == 1
    assert after.minutes >= before.minutes - 1
    assert after.new >= before.new - 2


def test_sheets_count_what_comes_again_today_as_today_does(engine: Engine) -> None:
    engine.choose_roles(["props"])
    session = engine.begun(SessionChoice(new=4))
    for _ in range(2):
        assert session.question
        session.answer(wrong(session.question))
        session.next()
    again = engine.overview().again
    assert again == 2
    assert sum(row.tally.due for row in engine.sheets() if row.whole) == again
    assert sum(tally.due for tally in engine.overview().decks.values()) == again


def test_that_there_is_no_new_card_is_not_called_fewer(engine: Engine) -> None:
    for id_ in list(engine.library.cards)[:6]:
        review(engine, id_)
    clock_of(engine).forward(days=5)
    engine.progress.set_setting("minutes", 10)
    said = engine.standing()
    none = replace(said, overview=replace(said.overview, new=0, minutes=2))
    assert none.sentence == (
        "No new cards today, so that the coming days stay within 10 minutes. m brings some."
    )
