"""A deck is wired in one place: a file of a few lines and a line in the registry, and all else knows it."""

import json
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.commands import ran
from tests.learners import right, wrong
from trainer.cards import outline
from trainer.cards.card import Answer
from trainer.cards.decks import DECKS, DeckKind
from trainer.cards.editing import fields_of
from trainer.cards.proofreading import proofread
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.reports.confusion import yesterdays_confusion
from trainer.reports.export import as_csv
from trainer.reports.overview import tally

SHEET = """format = 1
id = "mine"
name = "Mine"

[[terms]]
id = "sm"
term = "SM"
stands_for = "Stage Manager"
meaning = "Runs the show."

[[terms]]
id = "dsm"
term = "DSM"
stands_for = "Stage Manager who is the deputy and calls the cues from the book on the night"
meaning = "Sits on the book."

[[terms]]
id = "asm"
term = "ASM"
stands_for = "Assistant Stage Manager"
meaning = "Sets the props."
"""
LETTERS = "mine/letters"


@pytest.fixture(autouse=True)
def fifth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DECKS, "letters", DeckKind("What letters mean", "tests.cards.fifth_deck", turn=0))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr("trainer.material.sheet_files.shipped_decks", lambda: tmp_path / "none")
    made = Home(tmp_path / "home")
    made.decks.mkdir(parents=True)
    (made.decks / "mine.toml").write_text(SHEET, encoding="utf-8")
    return made


@pytest.fixture
def training(home: Home, clock: FakeClock) -> Engine:
    return Engine.open(home, "anna", saving=False, clock=clock)


def test_it_is_listed_with_the_others_and_printed(home: Home) -> None:
    listed = {deck["id"]: deck for deck in json.loads(ran("decks", "--json", "--home", home.root).out)}
    assert list(listed) == ["mine/meanings", LETTERS]
    assert (listed[LETTERS]["name"], listed[LETTERS]["cards"]) == ("Mine: what letters mean", 3)
    assert "What do the letters stand for?" in ran("decks", "show", "letters", "--home", home.root).out


def test_its_new_cards_take_their_turn(training: Engine) -> None:
    session = training.study()
    asked = []
    while session.question:
        asked.append(session.question.card.deck)
        session.answer(right(session.question))
        session.next()
    assert asked[0] == "meanings"  # a word before the letters that it is known by
    assert asked.count("letters") == 3


def test_it_is_asked_alone_and_comes_back_when_it_is_due(training: Engine, clock: FakeClock) -> None:
    session = training.study(["letters"])
    assert session.question
    assert session.question.card.topic == "What letters mean · Mine"
    assert session.answer(right(session.question)).mark.right
    clock.forward(days=30)
    again = training.study([LETTERS], new=0)
    assert again.question
    assert again.question.card.id == session.question.card.id


def test_its_texts_are_edited_and_progress_stays(home: Home, training: Engine) -> None:
    session = training.study(["letters"])
    assert session.question
    card = session.question.card
    session.answer(right(session.question))
    draft = training.edit(card)
    assert [field.label for field in draft.fields[:2]] == ["Term", "Stands for"]
    values = ["Mgr" if field.label == "Term" else field.value for field in draft.fields]
    saved = draft.save(values)
    assert saved
    training.use(saved.library)
    session.replace_cards(saved.library.cards)
    assert session.question.text == "Mgr"
    assert 'term = "Mgr"' in (home.decks / "mine.toml").read_text(encoding="utf-8")
    assert training.progress.state(card.id)


def test_today_and_the_tally_count_it(training: Engine, clock: FakeClock) -> None:
    assert training.overview().decks["letters"].cards == 3
    session = training.study([LETTERS])
    assert session.question
    session.answer(right(session.question))
    clock.forward(days=30)
    seen = training.overview()
    assert list(seen.decks) == list(DECKS)
    assert seen.decks["letters"] == tally(training.library.select([LETTERS]), training.progress, training.day)
    assert (seen.decks["letters"].new, seen.decks["letters"].due, seen.due) == (2, 1, 1)


def test_its_mistake_is_told_the_day_after(training: Engine, clock: FakeClock) -> None:
    for answer in (lambda _: Answer(gave_up=True), wrong):  # a first meeting does not count
        session = training.study([LETTERS], limit=1)
        assert session.question
        session.answer(answer(session.question))
        clock.forward(days=1)
    found = yesterdays_confusion(training.library.cards.values(), training.progress, training.day)
    assert found
    assert found.words.startswith("read the letters of ")


def test_it_is_named_in_a_table_of_answers(training: Engine) -> None:
    session = training.study([LETTERS], limit=1)
    assert session.question
    session.answer(right(session.question))
    assert ",What letters mean," in as_csv(training.progress.history())


def test_it_is_proofread(training: Engine) -> None:
    library = training.library
    remarks = [remark.way for remark in proofread(library.sheets["mine"], library)]
    assert "card mine/letters/dsm, asked by letters" in remarks


def test_every_deck_knows_the_texts_behind_its_cards(training: Engine) -> None:
    assert {card.deck for card in training.library.cards.values()} == {"meanings", "letters"}
    assert all(fields_of(card, card.sheet) for card in training.library.cards.values())


def test_cards_of_a_deck_that_is_gone_are_not_recalled(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with Engine.open(home, "anna") as training:
        assert training.library.cards
        assert outline.recall(home)
    monkeypatch.delitem(DECKS, "letters")
    assert outline.recall(home) is None
    with Engine.open(home, "anna") as training:
        assert list(training.overview().decks) == list(DECKS)
