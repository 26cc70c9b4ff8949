"""Cards put away and brought back, starred and doubted; what was missed of late; cards that do not stick."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.learners import Learner, right, run, shipped, wrong
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError, TrainerError
from trainer.home import Home
from trainer.memory.state import DOUBTS, Marks
from trainer.plain.choices import CHANGED, marked_lines
from trainer.reports.marks import as_csv
from trainer.study.session import Session
from trainer.study.turns import LEECH_LAPSES

DECK = "props/levels"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def opened(home: Home, clock: FakeClock) -> Engine:
    return Engine.open(home, "anna", clock=clock, library=shipped())


@pytest.fixture
def engine(home: Home, clock: FakeClock) -> Iterator[Engine]:
    with opened(home, clock) as found:
        yield found


def ids(engine: Engine, deck: str = DECK) -> list[str]:
    return [card.id for card in engine.library.select([deck])]


# Put away, and brought back


def test_a_card_that_is_put_away_is_listed_and_comes_back_with_its_progress(
    home: Home, clock: FakeClock
) -> None:
    with opened(home, clock) as engine:
        run(engine.study([DECK], new=2), right)
        first, second = engine.progress.states
        engine.put_away(first)
        clock.forward(days=400)
        engine.put_away(second)
        engine.progress.mark(ids(engine)[5], Marks(buried=engine.day))
        state = engine.progress.state(first)
        assert engine.study([DECK], new=0).question is None
    with opened(home, clock) as engine:
        listed = engine.put_away_cards()
        assert [each.card for each in listed] == [second, first], "the last one first"
        assert [each.card for each in engine.put_off_cards()] == [ids(engine)[5]]
        assert listed[1].sheet == "Props Supervisor / Props Master"
        assert listed[1].deck == "Level indicators"
        assert listed[1].there
        assert listed[1].at is not None
        assert "what does this line prove" in listed[1].asks or listed[1].asks
        engine.bring_back(first)
        engine.bring_back(ids(engine)[5])
        assert [each.card for each in engine.put_away_cards()] == [second]
        assert engine.put_off_cards() == []
        assert engine.progress.state(first) == state
        assert run(engine.study([DECK], new=0), right) == [first]


def test_a_mark_that_says_nothing_new_is_not_written(engine: Engine) -> None:
    card = ids(engine)[0]
    engine.star(card)
    at = engine.progress.mark_time(card, "star")
    engine.star(card)
    assert engine.progress.mark_time(card, "star") == at


def test_a_card_of_no_sheet_any_more_is_listed_and_can_be_brought_back(engine: Engine) -> None:
    engine.put_away("gone/levels/item")
    [listed] = engine.put_away_cards()
    assert (listed.there, listed.asks, listed.sheet, listed.deck) == (False, "", "gone", "Level indicators")
    engine.bring_back("gone/levels/item")
    assert engine.put_away_cards() == []


def test_what_was_put_away_does_not_come_back(engine: Engine) -> None:
    session = engine.study([DECK], new=1)
    assert session.question
    session.answer(right(session.question))
    assert sum(session.summary().coming.values()) == 1
    assert engine.overview().next_due
    session.suspend()
    assert not session.summary().coming
    assert engine.overview().next_due is None


# Stars


def test_stars_are_a_session_of_their_own(engine: Engine, clock: FakeClock) -> None:
    engine.choose_roles(["props", "asm"])
    run(engine.study([DECK], new=3), right)
    met, unmet = list(engine.progress.states), ids(engine)[10]
    engine.star(met[1])
    engine.star(unmet)
    engine.star(ids(engine, "wardrobe/levels")[0])
    assert [each.card for each in engine.starred_cards()][1:] == [unmet, met[1]]
    session = engine.session(SessionChoice("stars"))
    assert session
    assert set(session._waiting.cards) == {met[1], unmet}, "of what is learned, due or not"
    assert engine.session(SessionChoice("stars", ("asm",))) is None
    engine.unstar(met[1])
    engine.unstar(unmet)
    assert engine.session(SessionChoice("stars")) is None


# Doubts


def test_a_doubt_has_a_reason_and_is_told_with_what_the_card_asks(home: Home, clock: FakeClock) -> None:
    with opened(home, clock) as engine:
        first, second, *_ = ids(engine, "props/meanings")
        engine.doubt(first, "typo")
        engine.doubt(second, "wrong")
        engine.doubt(first, "elsewhere")
        for reason in ("", "because", "The answer is wrong"):
            with pytest.raises(TrainerError, match="no reason"):
                engine.doubt(first, reason)
    with opened(home, clock) as engine:
        told = engine.doubted_cards()
        assert [(each.card, each.reason) for each in told] == [
            (first, DOUBTS["elsewhere"]),
            (second, DOUBTS["wrong"]),
        ]
        assert all(each.asks and each.answer for each in told)
        rows = list(csv.DictReader(io.StringIO(as_csv(told))))
        assert [row["card"] for row in rows] == [first, second]
        assert rows[0]["reason"] == DOUBTS["elsewhere"]
        engine.no_doubt(first)
        assert engine.progress.marks(first) == Marks()
        assert len(engine.doubted_cards()) == 1
    stored = json.loads(home.progress_file("anna").read_bytes())["cards"]
    assert [each["reason"] for each in stored.values() if each.get("doubtful")] == ["wrong"]


def test_a_reason_of_a_newer_version_is_shown_as_it_is(engine: Engine) -> None:
    card = ids(engine)[0]
    engine.progress.mark(card, Marks(doubtful=True, reason="too old"))
    [told] = engine.doubted_cards()
    assert told.reason == "too old"


def test_a_doubt_says_what_was_asked_last(engine: Engine) -> None:
    session = engine.study([DECK], new=1)
    assert session.question
    text, card = session.question.text, session.question.card.id
    session.answer(right(session.question))
    engine.doubt(card, "unclear")
    [told] = engine.doubted_cards()
    assert " ".join(text.split()) in told.asks


def test_a_doubt_keeps_what_was_asked(engine: Engine) -> None:
    """Another question of the card, asked since, is not what was doubted."""
    card = next(card for card in ids(engine) if len(engine.library.cards[card].ways()) > 1)
    first = engine.again([engine.library.cards[card]])
    assert first.question
    doubted = " ".join(first.question.text.split())
    first.doubt("several")
    assert doubted in engine.doubted_cards()[0].asks, "before it was answered too"
    first.answer(right(first.question))
    second = engine.again([engine.library.cards[card]])
    assert second.question
    assert doubted not in " ".join(second.question.text.split())
    second.answer(right(second.question))
    [told] = engine.doubted_cards()
    assert doubted in told.asks
    assert not told.changed


def test_a_doubt_on_a_line_that_is_gone_says_so(engine: Engine) -> None:
    card = ids(engine)[0]
    engine.doubt(card, "typo", "gone")
    [told] = engine.doubted_cards()
    assert told.asks
    assert told.changed
    assert CHANGED in " ".join(marked_lines([told], ""))
    [row] = csv.DictReader(io.StringIO(as_csv([told])))
    assert row["changed since"] == "yes"
    engine.no_doubt(card)
    assert engine.progress.marks(card) == Marks()


# In a session


def test_a_session_stars_and_doubts_the_card_that_stands_with_its_feedback_too(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    assert session.question
    cue = session.question.card.id
    assert session.star().star
    session.answer(right(session.question))
    session.doubt("typo")
    assert session.marks == Marks(star=True, doubtful=True, reason="typo", way="meaning")
    assert not session.star().star
    session.doubt("")
    assert learner.record.marks(cue) == Marks()
    session.doubt("unfair")
    assert session.suspend()
    assert learner.record.marks(cue) == Marks(suspended=True, doubtful=True, reason="unfair", way="meaning")
    session.undo()
    assert learner.record.marks(cue) == Marks(doubtful=True, reason="unfair", way="meaning")


def test_a_mark_that_cannot_be_saved_changes_nothing(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = learner.study("meanings/cue")

    def full(*_: object) -> None:
        raise NotSavedError("full")

    monkeypatch.setattr(learner.record, "mark", full)
    with pytest.raises(NotSavedError):
        session.star()
    assert session.marks == Marks()


# Mistakes


def test_mistakes_are_what_was_missed_lately_and_not_right_since(engine: Engine, clock: FakeClock) -> None:
    engine.choose_roles(["props"])
    run(engine.study([DECK], new=4), right)
    clock.forward(days=400)
    early, *_ = met = list(engine.progress.states)
    assert engine.mistakes() == []
    assert engine.session(SessionChoice("mistakes")) is None

    def answer(card: str) -> None:
        session = engine.again([engine.library.cards[card]])
        while question := session.question:
            session.answer(right(question) if card == met[3] or session.repeat else wrong(question))
            session.next()

    answer(early)
    clock.forward(days=3)
    answer(met[1])
    answer(met[2])
    answer(met[3])
    assert {card.id for card in engine.mistakes()} == set(met[:3])
    clock.forward(days=1)
    run(engine.again([engine.library.cards[met[2]]]), right)
    assert {card.id for card in engine.mistakes()} == set(met[:2]), "right on another day"
    clock.forward(days=3)
    session = engine.session(SessionChoice("mistakes"))
    assert session
    assert set(session._waiting.cards) == {met[1]}, "a week is over for the first"
    assert engine.session(SessionChoice("mistakes", ("wardrobe",))) is None


def test_what_was_missed_when_it_was_met_is_a_mistake_until_it_is_right_on_another_day(
    engine: Engine, clock: FakeClock
) -> None:
    engine.choose_roles(["props"])
    session = engine.study([DECK], new=3)
    assert session.question
    missed_first = session.question.card.id
    session.answer(wrong(session.question))
    session.next()
    run(session, right)
    [mistake] = engine.mistakes()
    assert mistake.id == missed_first
    clock.forward(days=1)
    run(engine.again([mistake]), right)
    assert engine.mistakes() == []


# Cards that do not stick


def missed(session: Session) -> list[bool]:
    """Miss all that a session asks; return of each answer whether the card does not stick."""
    told = []
    while question := session.question:
        told.append(session.answer(wrong(question)).leech)
        session.next()
    return told


def test_a_card_missed_for_the_fourth_time_says_so(learner: Learner) -> None:
    told = []
    for _ in range(2 * LEECH_LAPSES + 1):
        first, *repeats = missed(learner.study("levels/basic-prop-management"))
        told.append(first)
        assert not any(repeats), "as it comes back in the session"
        learner.clock.forward(days=1)
    assert [lapse for lapse, leech in enumerate(told) if leech] == [LEECH_LAPSES, 2 * LEECH_LAPSES]


def test_a_right_answer_in_between_says_nothing_and_does_not_begin_anew(learner: Learner) -> None:
    told = []
    for answer in [*[wrong] * LEECH_LAPSES, right, wrong]:
        session = learner.study("levels/basic-prop-management")
        assert session.question
        told.append(session.answer(answer(session.question)).leech)
        learner.clock.forward(days=1)
    assert told == [False] * (LEECH_LAPSES + 1) + [True]


# A card to be read


def test_an_entry_says_what_is_asked_what_is_right_and_what_was_answered(
    engine: Engine, clock: FakeClock
) -> None:
    card = engine.library.cards[ids(engine, "props/meanings")[0]]
    assert engine.entry(card.id).comes == "You have not met it yet."
    assert engine.entry(card.id).answers == ()
    first = engine.again([card])
    assert first.question
    assert first.question.prompt in engine.entry(card.id).asks
    first.answer(wrong(first.question))
    clock.forward(days=1)
    engine.star(card.id)
    run(engine.again([card]), right)
    entry = engine.entry(card.id)
    assert entry.topic == card.topic
    assert entry.asks
    assert entry.answer
    assert entry.lines
    assert entry.marks == ("Starred.",)
    assert entry.history.endswith("tried 1 time since: 1 right.")
    assert [(told.what, told.back[:5]) for told in entry.answers] == [
        ("right", "back "),
        ("met: missed", "back "),
    ]
    assert entry.comes.startswith("It comes back ")
    clock.forward(days=400)
    assert engine.entry(card.id).comes == "It is due now."
    engine.put_away(card.id)
    assert engine.entry(card.id).comes == "It is not asked until you bring it back."
    assert "Put away." in engine.entry(card.id).marks


def test_an_entry_of_a_card_of_no_sheet_says_so(engine: Engine) -> None:
    engine.doubt("gone/levels/item", "typo")
    entry = engine.entry("gone/levels/item")
    assert (entry.topic, entry.asks, entry.answer) == ("", (), "")
    assert entry.marks == (f"Doubtful: {DOUBTS['typo']}.",)
    assert entry.comes == "It is in no sheet any more, so it is not asked."
