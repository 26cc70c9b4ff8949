"""Readiness: how much of a role would be known, corrected by the learner's own answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.learners import right, shipped, wrong
from tests.memory.reviews import SCHEDULE, after, histories
from trainer.cards.library import Library
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import TrainerError, UnknownDeckError
from trainer.home import Home
from trainer.memory.calendar import microseconds
from trainer.memory.state import CardState, Marks, Rating, Review
from trainer.reports.brief_page import brief_page
from trainer.reports.experience import NEWEST, Experience, experience
from trainer.reports.readiness import (
    ENOUGH,
    Band,
    Hired,
    Readiness,
    in_brief,
    in_parts,
    in_words,
    readiness,
    what_counts,
)
from trainer.reports.shift import Shift

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def moved(mean: float, deviation: float = 0.1) -> Shift:
    """Return the same shift for each card."""
    none = (0.0, 0.0, 0.0, 0.0)
    return Shift((mean, 0.0, 0.0, 0.0), ((deviation**2, 0.0, 0.0, 0.0), none, none, none))


@dataclass
class Record:
    """What is known of cards."""

    states: Mapping[str, CardState] = field(default_factory=dict)
    away: frozenset[str] = frozenset()

    def state(self, card: str) -> CardState | None:
        return self.states.get(card)

    def marks(self, card: str) -> Marks:
        return Marks(suspended=card in self.away)


def answer(card: str, day: int, *, hour: int = 10, **said: object) -> tuple[int, Review]:
    at = datetime(2026, 3, 1, hour, tzinfo=UTC) + timedelta(days=day)
    told = {"rating": Rating.GOOD, "form": "choose", "chosen": ("x",), **said}
    review = Review(card=card, day=date(2026, 3, 1) + timedelta(days=day), given=1, ms=1000, **told)  # type: ignore[arg-type]  # by name
    return microseconds(at), review


class TestExperience:
    """Which answers tell it."""

    @pytest.mark.slow
    @given(histories())
    def test_of_any_history_those_a_day_or_more_after_the_last(self, reviews: list[Review]) -> None:
        history = dict(enumerate(reviews, 1))
        told = experience(history, SCHEDULE)
        expected, last = 0, dict[str, date]()
        for review in reviews:
            if review.repeat:
                continue
            expected += review.card in last and review.day > last[review.card]
            last[review.card] = max(review.day, last.get(review.card, review.day))
        assert told.scored == expected
        assert told.last.keys() == SCHEDULE.replay(history)[0].keys()

    def test_first_meetings_repeats_hints_and_the_same_day_tell_nothing(self) -> None:
        history = dict(
            [
                answer("s/levels/a", 0),
                answer("s/levels/a", 0, hour=12),
                answer("s/levels/a", 1, hint=True),
                answer("s/levels/a", 1, hour=12, repeat=True),
                answer("s/levels/a", 3),
            ]
        )
        told = experience(history, SCHEDULE)
        assert told.scored == 1
        assert told.last == {"s/levels/a": microseconds(datetime(2026, 3, 4, 10, tzinfo=UTC))}

    def test_no_more_than_the_newest(self) -> None:
        old = [answer("s/levels/a", day, rating=Rating.AGAIN) for day in range(NEWEST)]
        new = [answer("s/levels/a", NEWEST + day) for day in range(NEWEST)]
        told = experience(dict([*old, *new]), SCHEDULE)
        assert told.scored == NEWEST
        assert told.shift.weights[0] > 0 > experience(dict(old), SCHEDULE).shift.weights[0]

    def test_a_guess_that_is_owned_up_is_not_known_and_choices_are_trusted_more(self) -> None:
        met = [answer("s/levels/a", 0), answer("s/levels/b", 0, hour=11)]
        choices = [answer("s/levels/a", day) for day in range(2, 8)]
        guessed = answer("s/levels/b", 2, hour=11, rating=Rating.AGAIN, guess=True)
        missed = answer("s/levels/b", 2, hour=11, rating=Rating.AGAIN)
        owned, chosen = (experience(dict([*met, *choices, last]), SCHEDULE) for last in (guessed, missed))
        assert owned.shift.weights[0] > chosen.shift.weights[0]

    def test_what_was_put_at_a_later_id_keeps_its_own_time(self) -> None:
        id_, review = answer("s/levels/a", 0, at=77)
        assert experience({id_: review}, SCHEDULE).last == {"s/levels/a": 77}


def told_of(
    states: Mapping[str, CardState],
    cards: list[str],
    known: Experience | None = None,
    at: datetime = NOON,
    away: frozenset[str] = frozenset(),
) -> Readiness:
    return readiness(cards, Record(states, away), known or Experience(ENOUGH, moved(0), {}), at)


CARDS = [f"s/{deck}/c{i}" for deck in ("meanings", "levels") for i in range(10)]
MET = dict.fromkeys(CARDS, after(Rating.GOOD))


def since(days: float, shift: Shift | None = None, scored: int = ENOUGH) -> Experience:
    """Return what is known of a learner who was last asked so many days before noon."""
    last = microseconds(NOON - timedelta(days=days))
    return Experience(scored, shift or moved(0), dict.fromkeys(CARDS, last))


class TestReadiness:
    """How many cards would be known."""

    def test_by_hand(self) -> None:
        # Stability 2.3065: 90 % after as many days, so 18 of 20. Moved by .318 either way: 86.8 % to 92.5 %.
        told = told_of(MET, CARDS, since(2.3065))
        assert told.whole == Band(least=17, likely=18, most=19, cards=20)
        assert told.decks["levels"] == Band(least=8, likely=9, most=9, cards=10)
        assert (told.cards, told.met, told.scored) == (20, 20, ENOUGH)

    def test_what_was_not_met_or_is_put_away_is_not_known(self) -> None:
        half = {card: MET[card] for card in CARDS[:10]}
        told = told_of(half, CARDS, since(1), away=frozenset(CARDS[:9]))
        assert told.met == 1
        assert told.whole == Band(least=0, likely=1, most=1, cards=20)

    def test_it_goes_by_the_hour_and_never_by_less_than_half_a_day(self) -> None:
        low = moved(-2.0)
        known = [told_of(MET, CARDS, since(days, low)).whole for days in (0, 0.4, 0.5, 0.9, 2.5, 30)]
        counts = [band.likely for band in known if band]
        assert counts[0] == counts[1] == counts[2]
        assert counts == sorted(counts, reverse=True)
        assert counts[2] > counts[3] > counts[4] > counts[5]

    def test_below_twenty_answers_it_is_too_early(self) -> None:
        early = told_of(MET, CARDS, since(1, scored=ENOUGH - 1))
        assert (early.whole, early.decks, early.met) == (None, {}, 20)

    def test_an_hour_needs_a_time_zone(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            told_of(MET, CARDS, at=datetime(2026, 3, 1))  # noqa: DTZ001 — that is what is tested

    @given(
        st.integers(0, 20),
        st.floats(-10, 7),
        st.floats(0.01, 1),
        st.floats(-3, 5000),
        st.integers(0, 20),
    )
    def test_bounds(self, met: int, mean: float, deviation: float, days: float, away: int) -> None:
        states = {card: MET[card] for card in CARDS[:met]}
        known = since(days, moved(mean, deviation))
        told = told_of(states, CARDS, known, away=frozenset(CARDS[:away]))
        assert told.whole
        for band in (told.whole, *told.decks.values()):
            assert 0 <= band.least <= band.likely <= band.most < band.cards
            assert band.most <= max(0, met - away)

    @given(st.floats(-8, 6), st.floats(0, 3), st.floats(0.5, 300))
    def test_a_higher_shift_never_lowers_it(self, mean: float, more: float, days: float) -> None:
        lower, higher = (told_of(MET, CARDS, since(days, moved(a, 0.2))).whole for a in (mean, mean + more))
        assert lower
        assert higher
        assert lower.least <= higher.least
        assert lower.likely <= higher.likely
        assert lower.most <= higher.most

    def test_the_questions_of_a_level_stand_apart_and_too_few_of_them_do_not(self) -> None:
        record, known = Record(MET), since(1)
        told = readiness(CARDS, record, known, NOON, Hired("Senior", CARDS[:5]))
        assert told.questions
        assert (told.questions.cards, told.level) == (5, "Senior")
        assert readiness(CARDS, record, known, NOON, Hired("Senior", CARDS[:3])).questions is None


def test_the_wordings() -> None:
    band = Band(least=41, likely=48, most=55, cards=80)
    few = Band(least=2, likely=2, most=2, cards=5)
    told = Readiness(
        cards=80,
        met=70,
        scored=90,
        whole=band,
        decks={"meanings": band, "answers": few},
        level="Mid",
        questions=few,
    )
    assert in_words(told) == "You would know 41 to 55 of 80 cards for Mid now."
    assert what_counts(told) == (
        "Counted for Mid: all of the role but the interview questions for other levels."
    )
    whole = replace(told, level="", questions=None)
    assert in_words(whole, "on Friday at 14:00") == "You would know 41 to 55 of 80 cards on Friday at 14:00."
    assert what_counts(whole) == ""
    assert (
        in_parts(told)
        == "Words 41 to 55 of 80, Answers about 2 of 5. On the questions for Mid: about 2 of 5."
    )
    assert in_brief(told) == "41 to 55 of 80 cards"
    early = Readiness(cards=80, met=7, scored=12)
    assert in_words(early).startswith("Too early to tell what you would know: it takes 20 answers")
    assert in_brief(early) == "too early to tell: 12 of 20 answers"
    assert in_parts(early) == ""
    nothing = Readiness(cards=80, met=0, scored=400)
    assert in_words(nothing) == "You have met none of its 80 cards yet."
    assert in_words(Readiness(cards=0, met=0, scored=400)) == ""


class TestEngine:
    """Of a record and the decks."""

    @pytest.fixture
    def engine(self, tmp_path: Path, clock: FakeClock) -> Engine:
        return Engine.open(Home(tmp_path), "anna", clock=clock, library=shipped())

    @staticmethod
    def study(engine: Engine, clock: FakeClock, days: int) -> None:
        for day in range(days):
            session = engine.session(SessionChoice("study", ("props",), new=12))
            place = day
            while session and session.question:
                place += 1
                session.answer(right(session.question) if place % 5 else wrong(session.question))
                session.go_on()
                session.next()
            clock.forward(days=1)

    def test_a_newcomer_has_met_nothing(self, engine: Engine) -> None:
        told = engine.readiness("props", "senior")
        assert (told.met, told.scored, told.whole, told.level) == (0, 0, None, "Senior")
        assert told.cards == 59
        assert engine.readiness("props").cards == 76

    def test_it_counts_the_cards_that_the_forecast_counts(self, engine: Engine) -> None:
        for number, level in enumerate(("", "junior", "senior"), start=1):
            engine.add_interview("props", f"2026-12-0{number}", level=level)
        for entry in engine.interviews():
            forecast = engine.preparation(entry.number)
            assert forecast
            assert engine.interview_ahead(entry).readiness == engine.readiness("props", entry.level)
            assert engine.readiness("props", entry.level).cards == forecast.cards

    def test_it_rises_with_what_is_learned_and_falls_until_an_hour(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        self.study(engine, clock, 5)
        early = engine.readiness("props", "Senior").whole
        self.study(engine, clock, 4)
        told = engine.readiness("props", "Senior")
        assert early
        assert told.whole
        assert early.most < told.whole.least
        assert told.questions
        assert told.questions.cards == 11
        later = engine.readiness("props", "Senior", clock() + timedelta(days=60)).whole
        assert later
        assert later.likely < told.whole.likely
        other = engine.readiness("stage manager")
        assert (other.met, other.scored) == (0, told.scored)

    def test_the_brief_tells_it_at_its_top(self, engine: Engine, clock: FakeClock) -> None:
        self.study(engine, clock, 4)
        brief = engine.brief("props", "senior")
        assert brief.readiness == engine.readiness("props", "senior")
        title, told, *_ = brief_page(brief)
        assert title.kind == "title"
        assert told.text.startswith("You would know ")
        assert "On the questions for Senior: " in told.text
        assert "but the interview questions for other levels." in told.text
        assert "%" not in told.text

    def test_an_answer_and_its_undo_are_taken_in(self, engine: Engine, clock: FakeClock) -> None:
        self.study(engine, clock, 3)
        before = engine.readiness("props")
        session = engine.session(SessionChoice("study", ("props",), new=0))
        assert session
        assert session.question
        session.answer(wrong(session.question))
        assert engine.readiness("props").scored == before.scored + 1
        engine.take_back()
        assert engine.readiness("props") == before

    def test_a_card_that_is_gone_tells_of_the_learner_and_is_not_counted(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        self.study(engine, clock, 5)
        there = engine.readiness("props")
        sheets = engine.library.sheets
        engine.use(Library({**sheets, "props": replace(sheets["props"], levels=(), titles=())}))
        fewer = engine.readiness("props")
        assert fewer.scored == there.scored
        assert fewer.cards < there.cards
        assert "levels" in there.decks
        assert "levels" not in fewer.decks

    def test_a_role_or_level_that_there_is_not(self, engine: Engine) -> None:
        with pytest.raises(UnknownDeckError):
            engine.readiness("astronaut")
        with pytest.raises(TrainerError, match="no level"):
            engine.readiness("props", "boss")
