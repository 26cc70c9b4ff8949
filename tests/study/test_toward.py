"""A quiz for an interview within the hour: what it asks, and how it ends."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clocks import FakeClock
from tests.commands import ran
from tests.learners import begun, right, shipped, wrong
from trainer.cards.outline import Outline
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import TrainerError
from trainer.home import Home
from trainer.memory.schedule import Schedule
from trainer.study.session import Session
from trainer.study.toward import QuizPlanner

ROLE = "props"


@pytest.fixture
def engine(tmp_path: Path, clock: FakeClock) -> Engine:
    return Engine.open(Home(tmp_path), "anna", clock=clock, library=shipped())


def asked(session: Session, clock: FakeClock, seconds: float, *, all_right: bool = True) -> list[str]:
    """Answer to the end or until it is enough; return the cards in their order."""
    cards = []
    while session.question:
        cards.append(session.question.card.id)
        clock.forward(seconds=seconds)
        session.answer(right(session.question) if all_right else wrong(session.question))
        if session.enough:
            break
        session.next()
    return cards


def hour(engine: Engine, minutes: int = 10, level: str = "") -> Session:
    return engine.begun(SessionChoice("hour", (ROLE,), minutes=minutes, level=level))


def test_a_newcomer_meets_new_cards_of_the_role_alone(engine: Engine, clock: FakeClock) -> None:
    cards = asked(hour(engine), clock, 25)
    assert len(cards) >= 10
    assert {card.partition("/")[0] for card in cards} == {ROLE}
    assert len(set(cards)) == len(cards)


def test_it_ends_on_time(engine: Engine, clock: FakeClock) -> None:
    begun_at = clock.at
    session = hour(engine, minutes=1)
    asked(session, clock, 25)
    assert session.enough or not session.to_go
    assert clock.at - begun_at <= timedelta(seconds=60 + 25)


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [1, 5])
@pytest.mark.parametrize("seconds", [3, 8, 20, 40])
@pytest.mark.parametrize("all_right", [True, False])
def test_it_takes_its_minutes_however_fast_the_answers_come(
    engine: Engine, clock: FakeClock, minutes: int, seconds: float, all_right: bool
) -> None:
    met = engine.begun(SessionChoice("study", ("company-manager", "stage-manager"), new=40))
    asked(met, clock, 15)
    begun_at, choice = clock.at, SessionChoice("hour", ("props", "stage-manager"), minutes=minutes)
    session = engine.begun(choice)
    cards = asked(session, clock, seconds, all_right=all_right)
    took = (clock.at - begun_at).total_seconds()
    assert took <= 60 * minutes + seconds + len(cards) * 4
    assert took >= 60 * minutes - 25, cards
    assert max(map(cards.count, cards)) <= 2


def test_a_step_that_says_how_many_it_has_asks_no_more(engine: Engine, clock: FakeClock) -> None:
    choice = SessionChoice("hour", (ROLE,), minutes=5, part="words")
    session = engine.begun(choice)
    assert len(asked(session, clock, 2)) == session.total


def test_a_miss_comes_back_once(engine: Engine, clock: FakeClock) -> None:
    cards = asked(hour(engine, minutes=3), clock, 1, all_right=False)
    assert max(map(cards.count, cards)) == 2


def test_what_will_be_known_anyway_gives_way(engine: Engine, clock: FakeClock) -> None:
    """A card that is sure to be known in an hour is not asked while new ones wait."""
    session = engine.begun(SessionChoice("study", ("props/meanings",), new=3))
    fresh = set(asked(session, clock, 5))
    assert not fresh & set(asked(hour(engine, minutes=5), clock, 20))


def test_a_forgotten_card_is_asked(engine: Engine, clock: FakeClock) -> None:
    session = engine.begun(SessionChoice("study", ("props/meanings",), new=1))
    (card,) = set(asked(session, clock, 5))
    clock.forward(days=40)
    assert card in asked(hour(engine), clock, 20)


def test_put_away_cards_stay_away(engine: Engine, clock: FakeClock) -> None:
    first = asked(hour(engine, minutes=1), clock, 25)[0]
    engine.take_back()
    engine.put_away(first)
    assert first not in asked(hour(engine), clock, 25)


class TestLevels:
    """Who hires for a level is not asked questions for another one."""

    def test_questions_for_other_levels_are_left_out(self, engine: Engine, clock: FakeClock) -> None:
        sheet = engine.library.sheets[ROLE]
        others = {f"{ROLE}/answers/{each.id}" for each in sheet.questions if each.level != "senior"}
        cards = asked(hour(engine, 1440, "Senior"), clock, 1)
        assert any("/levels/" in card for card in cards)
        assert any(card.startswith(f"{ROLE}/answers/worrying-weapon") for card in cards)
        assert not [card for card in cards if any(card.startswith(other) for other in others)]

    def test_a_level_that_there_is_not_is_told(self, engine: Engine) -> None:
        with pytest.raises(TrainerError, match='has the level "boss"'):
            hour(engine, level="boss")


@pytest.mark.slow
@given(minutes=st.integers(1, 30), right_ones=st.lists(st.booleans(), max_size=8))
def test_any_plan_fills_its_minutes_to_half_a_card(minutes: int, right_ones: list[bool]) -> None:
    clock = FakeClock()
    engine = Engine.open(Home(Path("/nowhere")), "r", saving=False, clock=clock, library=shipped())
    first = engine.begun(SessionChoice("study", (ROLE,), new=len(right_ones)))
    for each in right_ones:
        if first.question:
            first.answer(right(first.question) if each else wrong(first.question))
            first.next()
    cards = [Outline.of(card) for card in engine.library.cards.values() if card.sheet.id == ROLE]
    planner = QuizPlanner(engine.progress, Schedule(), engine.day)
    plan, everything = (planner.for_the_hour(cards, each) for each in (minutes, 1440))
    longest, left = max(card.seconds for card in everything.cards), minutes * 60 - plan.seconds
    assert left >= -longest / 2
    assert left <= longest / 2 or not plan.more_new
    assert len({card.card for card in plan.cards}) == len(plan.cards)


def test_it_tells_three_things_to_read_once_more(engine: Engine, clock: FakeClock) -> None:
    session = hour(engine, minutes=3)
    asked(session, clock, 1, all_right=False)
    told = session.summary().read_again
    assert len(told) == 3
    usual = engine.begun(SessionChoice("study", (ROLE,), new=5))
    asked(usual, clock, 1, all_right=False)
    assert usual.summary().read_again == ()


def test_what_was_put_right_since_comes_last(engine: Engine, clock: FakeClock) -> None:
    session = hour(engine, minutes=3)
    first, again = "", False
    while session.question:
        card = session.question.card.id
        first, again = first or card, again or (bool(first) and card == first and session.repeat)
        session.answer(
            right(session.question) if session.repeat and card == first else wrong(session.question)
        )
        if session.enough:
            break
        session.next()
    assert again
    assert first not in [question.card.id for question in session.summary().read_again]


class TestTheCommand:
    """`trainer quiz`."""

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        begun(Home(tmp_path), "anna")
        return tmp_path

    def test_it_asks_of_the_role_and_says_what_to_read(self, home: Path) -> None:
        done = ran("quiz", "prop master", "--minutes", "1", "--plain", "--home", home, typed="0\n\n" * 20)
        assert done.status == 0
        assert "Read these once more:" in done.out
        assert "trainer brief ROLE" in done.out

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("--minutes", "0"), '"0" is no whole number from 1 to'),
            (("-n", "5", "--minutes", "5"), "-n counts questions"),
            (("-n", "5", "--level", "senior"), "-n counts questions"),
            (("props", "--level", "boss", "--plain"), 'No role here has the level "boss"'),
            (("nothing at all", "--plain"), "nothing at all"),
        ],
    )
    def test_what_can_not_be_is_told(self, home: Path, arguments: tuple[str, ...], told: str) -> None:
        done = ran("quiz", *arguments, "--home", home)
        assert (done.status, told in done.err) == (2, True), done


@pytest.mark.parametrize("seconds", [12, 30])
def test_how_far_a_quiz_of_some_minutes_is_tells_what_is_left_of_these(
    engine: Engine, clock: FakeClock, seconds: float
) -> None:
    """How many answers it takes depends on how fast they come."""
    session, begun_at = hour(engine), clock.at
    shares = []
    while session.question:
        left = 600 - (clock.at - begun_at).total_seconds()
        assert session.fills
        assert abs(session.minutes_left - left / 60) <= 1
        shares.append(session.share)
        clock.forward(seconds=seconds)
        session.answer(right(session.question))
        if session.enough or not session.to_go:
            break
        session.next()
    assert not session.fills
    assert shares == sorted(shares)
    assert shares[-1] > 0.8


def test_what_asks_a_number_of_cards_says_how_many(engine: Engine) -> None:
    session = engine.begun(SessionChoice("study", (ROLE,), new=5))
    assert not session.fills
    assert session.to_go == 5
    assert session.share == 0
