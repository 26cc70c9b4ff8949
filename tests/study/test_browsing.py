"""What is done with many cards at once, and taken back as a whole."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.clocks import FakeClock
from tests.learners import right, run, shipped, wrong
from trainer.engine.browsing import Deed
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.state import Marks


@pytest.fixture
def engine(tmp_path: Path, clock: FakeClock) -> Iterator[Engine]:
    with Engine.open(Home(tmp_path), "anna", clock=clock, library=shipped()) as engine:
        yield engine


@pytest.fixture
def cards(engine: Engine) -> list[str]:
    return [card.id for card in engine.library.select(["props/levels"])][:3]


@pytest.mark.parametrize(
    ("deed", "back", "mark"),
    [
        ("put away", "bring back", "suspended"),
        ("star", "unstar", "star"),
        ("not today", "today", "buried"),
    ],
)
def test_many_are_marked_at_once_and_the_marks_taken_away_again(
    engine: Engine, cards: list[str], deed: Deed, back: Deed, mark: str
) -> None:
    engine.do(deed, cards[:1])
    done = engine.do(deed, cards)
    assert done.cards == tuple(cards[1:]), "one was so already"
    assert all(getattr(engine.marks_of(card), mark) for card in cards)
    engine.take_back_done(done)
    assert [bool(getattr(engine.marks_of(card), mark)) for card in cards] == [True, False, False]
    assert engine.do(back, cards).cards == tuple(cards[:1])
    assert all(engine.marks_of(card) == Marks() for card in cards)
    assert engine.do(back, cards).cards == ()


def test_what_is_brought_back_is_still_put_off_until_tomorrow(engine: Engine, cards: list[str]) -> None:
    engine.do("not today", cards)
    engine.do("put away", cards)
    engine.do("bring back", cards)
    assert {engine.marks_of(card) for card in cards} == {Marks(buried=engine.day)}


def test_many_are_marked_in_one_line_of_the_record(engine: Engine, cards: list[str]) -> None:
    engine.star(cards[0])
    journal = engine.progress.path.with_suffix(".journal")
    before = len(journal.read_bytes().splitlines())
    engine.do("put away", cards)
    assert len(journal.read_bytes().splitlines()) == before + 1


def test_a_forgotten_card_is_planned_as_a_new_one_and_remembered_again(
    engine: Engine, clock: FakeClock, cards: list[str]
) -> None:
    met = [engine.library.cards[card] for card in cards[:2]]
    run(engine.again(met), right)
    states = dict(engine.progress.states)
    done = engine.do("forget", cards)
    assert done.cards == tuple(cards[:2]), "the third was never met"
    assert [row.state for row in engine.card_rows_of(cards)] == ["to come"] * 3
    clock.forward(days=400)
    session = engine.study(["props/levels"], new=100)
    assert session.question
    assert session.first_meeting
    engine.take_back_done(done)
    assert dict(engine.progress.states) == states


def test_the_page_of_a_forgotten_card_tells_of_it(engine: Engine, clock: FakeClock, cards: list[str]) -> None:
    card = engine.library.cards[cards[0]]
    run(engine.again([card]), wrong)
    clock.forward(days=1)
    run(engine.again([card]), right)
    entry = engine.entry(card.id)
    assert entry.stands.startswith("soon, ")
    assert "tried 1 time since" in entry.history
    engine.do("forget", [card.id])
    entry = engine.entry(card.id)
    assert (entry.stands, entry.comes, entry.history) == ("to come", "It is asked as a new card.", "")
    assert [told.what for told in entry.answers] == ["forgotten, to begin anew", "right", "met: missed"]
    clock.forward(days=1)
    run(engine.again([card]), right)
    entry = engine.entry(card.id)
    assert "tried" not in entry.history, "it counts from the new beginning"
    assert [told.what for told in entry.answers][:2] == ["met: right", "forgotten, to begin anew"]


def test_the_page_of_a_card_that_does_not_stick_says_why(engine: Engine, clock: FakeClock) -> None:
    card = engine.library.select(["props/synonyms"])[0]
    for _ in range(6):
        run(engine.again([card]), wrong)
        clock.forward(days=1)
    entry = engine.entry(card.id)
    assert entry.hard[0] == "It does not stick: missed 5 times after you had met it."
    assert entry.hard[1].startswith("You ")
    assert entry.answers[0].what == "missed"
    assert entry.answers[0].back == "back tomorrow"


def test_ways_that_were_not_asked_yet_are_counted_and_not_told(engine: Engine, cards: list[str]) -> None:
    card = engine.library.cards[cards[0]]
    lines = {way.key: card.ask(way, 3, Random(1)).text for way in card.ways()}
    run(engine.again([card]), right)
    entry = engine.entry(card.id)
    assert entry.ways[0] == f"It is asked in {len(lines)} ways, of which you have met 1."
    told = " ".join([*entry.ways, *entry.asks])
    assert sum(line in told for line in lines.values()) == 1
