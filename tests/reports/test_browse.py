"""The list of all cards: how each stands in words, and which of them a filter leaves."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.learners import right, run, shipped, wrong
from trainer.cards.card import Card
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.state import CardState
from trainer.reports.browse import (
    ALL,
    CardRow,
    Sieve,
    comes_in_words,
    found,
    is_hard,
    known_in_words,
    recall_in_words,
    sifted,
    standing_of,
)

DAY = date(2026, 11, 24)
STATE = CardState(stability=5, difficulty=5, last=DAY, due=DAY, reps=1, lapses=0, right_days=0)


@pytest.fixture
def engine(tmp_path: Path, clock: FakeClock) -> Iterator[Engine]:
    with Engine.open(Home(tmp_path), "anna", clock=clock, library=shipped()) as engine:
        engine.choose_roles(["Props Master"])
        yield engine


def row(**differs: object) -> CardRow:
    made = CardRow(
        card="s/meanings/a", heading="A", deck="meanings", sheet="s", sheet_name="S", yours=True, state="soon"
    )
    return replace(made, **differs)


def test_all_cards_are_listed_those_of_the_learner_first(engine: Engine) -> None:
    rows = engine.card_rows()
    assert sorted(each.card for each in rows) == sorted(engine.library.cards)
    yours = [each.yours for each in rows]
    assert yours == sorted(yours, reverse=True)
    assert {each.sheet for each in rows if each.yours} == {"props", "theatre-vocabulary"}
    assert sifted(rows, Sieve(), engine.day) == [each for each in rows if each.yours]
    assert sifted(rows, Sieve(sheet=ALL), engine.day) == rows


def test_a_card_stands_as_its_answers_say(engine: Engine, clock: FakeClock) -> None:
    card = engine.library.select(["props/meanings"])[0]
    [before] = engine.card_rows_of([card.id])
    assert (before.state, before.due, before.recall) == ("to come", None, None)
    assert comes_in_words(before, engine.day) == "not met"
    for _ in range(3):
        run(engine.again([card]), right)
        clock.forward(days=1)
    [after] = engine.card_rows_of([card.id])
    state = engine.progress.state(card.id)
    assert state is not None
    assert (after.state, after.due) == ("know", state.due)
    assert after.recall == engine.progress.schedule.recall(state, engine.day)


def test_each_filter_leaves_what_it_says(engine: Engine) -> None:
    first, second, third, *_ = [card.id for card in engine.library.select(["props/levels"])]
    engine.do("star", [first])
    engine.do("put away", [second])
    engine.do("not today", [third])
    engine.doubt(first, "typo")
    run(engine.again([engine.library.cards[first]]), wrong)
    rows = engine.card_rows()

    def left(**wanted: str) -> set[str]:
        return {each.card for each in sifted(rows, Sieve(**wanted), engine.day)}  # type: ignore[arg-type]

    assert left(only="star") == left(only="doubtful") == {first}
    assert left(only="away") == {second}
    assert left(only="off") == {third}
    assert left(state="soon") == {first}
    assert left(sheet="sound", only="star") == set()
    assert left(deck="levels", sheet="props") == {card.id for card in engine.library.select(["props/levels"])}
    assert left(only="hard") == left(only="gone") == set()


def test_due_is_what_would_be_asked(engine: Engine) -> None:
    assert row(due=DAY).due_on(DAY)
    assert not row(due=DAY + timedelta(1)).due_on(DAY)
    assert not row().due_on(DAY), "it was not met"
    assert not any(row(due=DAY, **{mark: True}).due_on(DAY) for mark in ("away", "off"))
    assert not row(due=DAY, there=False).due_on(DAY)


def test_what_comes_first_is_next_or_weakest_and_what_was_not_met_last() -> None:
    rows = [
        row(card="new"),
        row(card="later", due=DAY + timedelta(9), recall=0.5),
        row(card="now", due=DAY, recall=0.9),
    ]
    assert [each.card for each in sifted(rows, Sieve(order="next"), DAY)] == ["now", "later", "new"]
    assert [each.card for each in sifted(rows, Sieve(order="weakest"), DAY)] == ["later", "now", "new"]


def test_a_typed_text_is_looked_for_word_by_word_and_is_no_pattern() -> None:
    rows = [row(card="a", found_by="the [red] prop"), row(card="b", found_by="a prop table")]
    assert [each.card for each in found(rows, "Prop")] == ["a", "b"]
    assert [each.card for each in found(rows, " PROP  the ")] == ["a"]
    assert [each.card for each in found(rows, "[red]")] == ["a"]
    assert found(rows, ".*") == found(rows, "\N{CLAPPER BOARD}") == []
    assert found(rows, "  ") == rows


def test_cards_of_no_sheet_are_listed_where_they_are_asked_for_alone(
    engine: Engine, clock: FakeClock
) -> None:
    card = engine.library.select(["props/meanings"])[0]
    run(engine.again([card]), right)
    sheets = {id_: sheet for id_, sheet in engine.library.sheets.items() if id_ != "props"}
    engine.use(type(engine.library)(sheets))
    rows = engine.card_rows()
    assert card.id not in {each.card for each in sifted(rows, Sieve(sheet=ALL), engine.day)}
    [gone] = sifted(rows, Sieve(only="gone"), engine.day)
    assert (gone.card, gone.heading, gone.there) == (card.id, card.id, False)
    assert comes_in_words(gone, engine.day) == "gone"


def test_a_record_without_answers_and_a_library_without_sheets_are_listed_too(tmp_path: Path) -> None:
    with Engine.open(Home(tmp_path), "bela", library=type(shipped())({})) as engine:
        assert engine.card_rows() == []
        assert sifted([], Sieve(only="hard", order="next"), engine.day) == []


def test_what_was_just_missed_is_never_told_as_sure(engine: Engine, clock: FakeClock) -> None:
    missed, known = engine.library.select(["props/levels"])[:2]
    run(engine.again([known]), right)
    session = engine.again([missed])
    assert session.question
    session.answer(wrong(session.question))
    rows = {each.card: each for each in engine.card_rows()}
    assert known_in_words(rows[missed.id]) == "missed today"
    assert (rows[missed.id].recall or 1) < (rows[known.id].recall or 0) < 0.99
    assert known_in_words(row()) == ""
    assert engine.entry(missed.id).stands == "soon, missed today"
    clock.forward(days=1)
    tomorrow = next(each for each in engine.card_rows() if each.card == missed.id)
    assert "missed" not in known_in_words(tomorrow)


@pytest.mark.parametrize(
    ("recall", "words"),
    [
        (1.0, "sure 99 %"),
        (0.95, "sure 95 %"),
        (0.9, "likely 90 %"),
        (0.7, "perhaps 70 %"),
        (0.0, "hardly 0 %"),
    ],
)
def test_retrievability_is_told_in_a_word_and_its_figure(recall: float, words: str) -> None:
    assert recall_in_words(recall) == words


@pytest.mark.parametrize(
    ("differs", "words"),
    [
        ({"due": DAY}, "due"),
        ({"due": DAY + timedelta(1)}, "tomorrow"),
        ({"due": DAY + timedelta(12)}, "in 12 days"),
        ({"due": DAY + timedelta(200)}, "in 7 months"),
        ({"due": DAY + timedelta(2000)}, "in 5 years"),
        ({"due": DAY, "away": True}, "put away"),
        ({"due": DAY, "off": True}, "not today"),
    ],
)
def test_when_a_card_comes_back_is_told_in_a_word_or_three(differs: dict[str, object], words: str) -> None:
    assert comes_in_words(row(**differs), DAY) == words


def test_a_card_is_hard_as_long_as_it_is_missed_again_and_again_and_not_known() -> None:
    assert not is_hard(replace(STATE, lapses=3))
    assert is_hard(replace(STATE, lapses=4, right_days=2))
    assert not is_hard(replace(STATE, lapses=9, right_days=3))
    assert standing_of(replace(STATE, right_days=2)) == "soon"


def test_every_card_has_a_heading_that_takes_no_asking() -> None:
    for card in shipped().cards.values():
        assert type(card).heading is not Card.heading, card
        assert card.heading.strip(), card
