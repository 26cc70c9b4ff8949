"""What is said of what will be asked is kept, however the session goes."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.learners import right, run, shipped, wrong
from trainer.app.statistics.feature import WEEK
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.learner import Interview
from trainer.study.feedback import comes_back
from trainer.study.session import Session

ROLE = "stage-manager"


@pytest.fixture
def engine(tmp_path: Path, clock: FakeClock) -> Engine:
    found = Engine.open(Home(tmp_path), "anna", saving=False, clock=clock, library=shipped())
    found.choose_roles([ROLE])
    return found


def missed(session: Session, clock: FakeClock, seconds: float = 60) -> list[str]:
    """Miss every question, slowly, until it is enough; return the cards in the order asked."""
    cards = []
    while session.question:
        cards.append(session.question.card.id)
        clock.forward(seconds=seconds)
        session.answer(wrong(session.question))
        if session.enough:
            break
        session.next()
    return cards


def confused(engine: Engine, clock: FakeClock, cards: int) -> None:
    """Meet cards, take each for something else on the day after, and come back on the next."""
    for answer in (right, wrong):
        run(engine.again([card for card in engine._chosen() if "/levels/" in card.id][:cards]), answer)
        clock.at += timedelta(days=1)


def test_a_confusion_is_back_today_only_if_its_card_surely_is(engine: Engine, clock: FakeClock) -> None:
    for minutes, cards in ((10, 2), (1, 12)):
        engine.progress.set_setting("minutes", minutes)
        confused(engine, clock, cards)
        told, found = engine.confusion(), engine._confused
        assert told.startswith("Yesterday you ")
        assert found
        assert found[1]
        session = engine.session(SessionChoice())
        assert session
        if "back today" in told or minutes == 10:
            assert found[1].card in missed(session, clock)


def test_a_confusion_that_other_cards_push_back_is_told_without_a_promise(
    engine: Engine, clock: FakeClock
) -> None:
    """What was hard in an interview comes first, and takes all of the minutes."""
    hard = [card for card in engine._chosen() if "/answers/show-stop" in card.id]
    run(engine.again(hard), right)
    clock.at += timedelta(days=1)
    confused(engine, clock, 2)
    eve = clock.at - timedelta(days=1)
    engine.progress.keep_interview(
        Interview(role=ROLE, level="", when=eve, minutes=10, told=engine.day, hard=("show-stop",))
    )
    engine.progress.set_setting("minutes", 1)
    assert engine.confusion().startswith("Yesterday you ")
    assert "back today" not in engine.confusion()


def test_what_was_hard_comes_first_though_its_question_is_for_another_level(
    engine: Engine, clock: FakeClock
) -> None:
    """The list after an interview has the questions for all levels: each that is ticked is practised."""
    held = Interview(role=ROLE, level="senior", when=clock.at, minutes=10)
    engine.progress.keep_interview(held)
    clock.forward(seconds=3600)
    after = engine.held()
    assert after
    engine.tell_interview(after, (), hard=("show-stop", "sharing-the-work"))
    clock.at += timedelta(days=1)
    items = {"show-stop": 0, "sharing-the-work": 0}
    for _ in range(4):
        session = engine.session(SessionChoice())
        assert session
        for card in missed(session, clock, 30):
            item = card.split("/")[2].partition(".")[0]
            items[item] = items.get(item, 0) + 1
        clock.at += timedelta(days=1)
    assert min(items["show-stop"], items["sharing-the-work"]) >= 4


def test_going_on_asks_as_many_as_today_says_and_no_new_card(engine: Engine, clock: FakeClock) -> None:
    run(engine.again(engine._chosen()[:12]), right)
    clock.at += timedelta(days=60)
    quiz = engine.quiz(count=8)
    while quiz.question:
        clock.forward(seconds=100)
        quiz.answer(right(quiz.question))
        quiz.next()
    said, met = engine.standing(), set(engine.progress.states)
    session = engine.session(engine.beyond_today())
    assert session
    assert said.more == f"Go on: {session.total} more to see again"
    assert {*run(session, right)} <= met


def test_today_and_the_decks_count_the_same_cards_to_see_again(engine: Engine, clock: FakeClock) -> None:
    """Where the minutes have no room for all, Today says of how many its portion is a part."""
    run(engine.again(engine._chosen()[:40]), right)
    clock.at += timedelta(days=60)
    engine.progress.set_setting("minutes", 2)
    seen = engine.overview()
    everything = sum(tally.due for tally in seen.decks.values())
    assert engine.standing().work == f"{seen.to_see_again} of {everything} to see again"
    told = {line.words: line.figures for line in WEEK.lines(engine)}
    assert told["Cards to see again"] == f"now, {seen.to_see_again} of {everything}"
    engine.progress.set_setting("minutes", 120)
    assert engine.standing().work.startswith(f"{everything} to see again")


@pytest.mark.parametrize("seconds", [15, 40, 80])
def test_a_missed_card_comes_back_as_it_was_told(engine: Engine, clock: FakeClock, seconds: float) -> None:
    """However slow somebody is: where the minutes may end before, it is said that they may."""
    engine.progress.set_setting("minutes", 6)
    session = engine.session(SessionChoice())
    assert session
    promised: set[str] = set()
    doubtful = 0
    while session.question:
        promised.discard(session.question.card.id)
        clock.forward(seconds=seconds)
        told = comes_back(session.answer(wrong(session.question)))
        if told.startswith("Comes back in a few cards"):
            if told.endswith("if there is time for it."):
                doubtful += 1
            else:
                promised.add(session.question.card.id)
        if session.enough:
            break
        session.next()
    assert not promised
    assert doubtful
