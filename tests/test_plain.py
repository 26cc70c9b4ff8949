"""The session line by line."""

import io
from pathlib import Path
from typing import Any

import pytest

from tests.clocks import FakeClock
from tests.learners import Learner, right
from trainer.cards.card import first_question
from trainer.cards.library import Library
from trainer.cards.word_entry import Word
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.material.sheet import Sheet, Term
from trainer.memory.state import Marks
from trainer.plain.session import PlainSession
from trainer.plain.streams import WIDTH, Streams
from trainer.plain.words import entry_lines
from trainer.study.session import Session
from trainer.study.turns import LEECH_LAPSES, Phase


@pytest.fixture
def learner() -> Learner:
    return Learner()


def talk(session: Session, *lines: str) -> str:
    """Type lines into a plain session; return all that it wrote."""
    out = io.StringIO()
    PlainSession(session, io.StringIO("".join(f"{line}\n" for line in lines)), out, saved=True).run()
    return out.getvalue()


def test_practice_does_not_say_that_it_saves(learner: Learner) -> None:
    out = io.StringIO()
    PlainSession(learner.study("meanings/cue"), io.StringIO(":q\n"), out, saved=False).run()
    assert "This is practice: nothing is saved." in out.getvalue()
    assert "is saved at once" not in out.getvalue()


def right_number(session: Session) -> str:
    assert session.question
    return str(min(session.question.right_options) + 1)


def wrong_number(session: Session) -> str:
    assert session.question
    return str(next(i for i, option in enumerate(session.question.options, 1) if not option.right))


def test_each_prompt_says_what_it_takes_and_asks_again(learner: Learner) -> None:
    session = learner.study("levels/show-running")
    said = talk(session, "9", "x", "", "1 2", right_number(session))
    assert said.count("one number, 1-4; 0 don't know > ") == 5
    assert said.count("That is no answer here") == 4
    assert " ".join(said.split()).count("don't know. :? lists what else you can type.") == 4
    assert "It proves Senior at least: “Show running”." in said
    assert "You met 1 new card." in said


def test_feedback_says_why_the_chosen_one_is_wrong(learner: Learner) -> None:
    session = learner.study("levels/show-running")
    said = talk(session, wrong_number(session))
    assert "Why not 1" in said
    assert "New to you: now you know." in said
    assert "to watch" not in said
    assert "Missed" not in said, "a first meeting is never called wrong"


def session_with_a_goal(learner: Learner, goal: float) -> Session:
    cards = [learner.card(ending) for ending in ("meanings/cue", "meanings/prop", "meanings/sm")]
    return Session(cards, learner.library.cards, learner.record, learner.schedule, learner.clock, goal=goal)


def test_when_the_minutes_are_over_enter_leaves_and_m_goes_on(learner: Learner) -> None:
    said = talk(session_with_a_goal(learner, 0), "0", "")
    assert "That is enough for today. Enter leaves it at that, m goes on > " in said
    assert "1 answer" in said
    other = Learner()
    said = talk(session_with_a_goal(other, 0), "0", ":?", "m", "0", "0")
    assert said.count("That is enough for today.") == 2, "again after the help, not again after m"
    assert "3 answers" in said


def test_at_the_end_of_the_minutes_the_last_answer_can_be_taken_back(learner: Learner) -> None:
    said = talk(session_with_a_goal(learner, 0), "0", ":u", "0", "")
    assert "Taken back." in said
    assert said.count("That is enough for today.") == 2
    assert "1 answer" in said


def test_a_word_of_the_last_card_is_looked_up(tmp_path: Path) -> None:
    with Engine.open(Home(tmp_path), "anna", clock=FakeClock()) as engine:
        engine.choose_roles(["props"])
        session = engine.quiz(["props/levels"], count=8)
        words: list[Word] = []
        while session.question and len(words) < 2:
            words = engine.words_in(session.question)
            if len(words) < 2:
                session.answer(right(session.question))
                session.next()
        out = io.StringIO()
        lines = (":l", "0", ":l", "99", "2", "", ":look", "", ":q")
        source = io.StringIO("".join(f"{line}\n" for line in lines))
        PlainSession(session, source, out, saved=True, glossary=engine).run()
        said, entry = out.getvalue(), engine.word(words[1].id)
    assert said.count("Answer a card first.") == 1, "its words would tell the answer"
    assert said.count(f"1-{len(words)} looks a word up, Enter goes on > ") == 4
    assert f"Give a number from 1 to {len(words)}, or nothing." in said
    assert entry
    assert "\n".join(entry_lines(entry, "")).splitlines()[0] in said


def test_without_a_word_in_the_card_that_is_said(learner: Learner) -> None:
    said = talk(learner.study("levels/show-running"), "0", ":l", ":q")
    assert "No word of the last card is in the glossary." in said


def test_more_tells_the_rest_of_the_last_feedback(learner: Learner) -> None:
    session = learner.study("levels/show-running", "meanings/cue")
    said = talk(session, wrong_number(session), ":more", ":m", ":u", ":more", ":q")
    short, *rest = said.partition("Comes back in a few cards, as another line. :more tells the rest.")
    assert "Cue words: “" in short
    assert "Compare: " not in short
    assert "The rule: " not in short
    assert "".join(rest).count("Compare: “") == 2
    assert "".join(rest).count("The rule: Junior does the work with their own hands") == 2
    assert said.count("There is nothing more to tell.") == 1, "it was taken back"


def test_more_does_not_tell_what_answers_the_question_that_stands(learner: Learner) -> None:
    cards = learner.library.cards
    for card in cards.values():
        question = first_question(card)
        quotes = [quote for option in question.options for quote in option.quotes]
        opened = [(other, way) for other, way in quotes if first_question(cards[other]).way.key == way]
        if card.deck == "levels" and opened:
            session = learner.session([card, cards[opened[0][0]]])
            position = next(i for i, option in enumerate(question.options) if opened[0] in option.quotes)
            said = talk(session, str(position + 1), ":more", ":q")
            assert "The rule: " in said
            assert "Compare: " not in said
            return
    raise AssertionError("no line is compared that opens its card")


def test_a_hint_and_a_guess_are_noted(learner: Learner) -> None:
    session = learner.study("levels/show-running", "meanings/cue", "meanings/prop", "meanings/sm")
    said = talk(session, ":h", ":g", right_number(session))
    assert "Hint: " in said
    assert "Right, by a guess." in said
    assert "Comes back in a few cards" in said
    (review,) = learner.record.history().values()
    assert review.hint
    assert review.guess


def test_the_last_answer_can_be_taken_back_or_counted_otherwise(learner: Learner) -> None:
    session = learner.study("levels/show-running", "meanings/cue")
    said = talk(session, wrong_number(session), ":r", ":y", ":u", ":q")
    assert "Changed: Counted as right." in said
    assert "Taken back." in said
    assert learner.record.history() == {}


def test_undo_after_the_summary(learner: Learner) -> None:
    session = learner.study("meanings/cue")
    number = right_number(session)
    said = talk(session, number, ":u", number, "")
    assert said.count("You met 1 new card.") == 2
    assert len(learner.record.history()) == 1


def test_undo_of_the_last_answer_before_this_session(learner: Learner) -> None:
    talk(learner.study("meanings/cue", "meanings/prop"), "0", ":q")
    said = talk(learner.study("meanings/sm"), ":u", ":u", ":q")
    assert "Taken back: the last answer before this session. Here is its question again." in said
    assert said.count("[0 done, ") == 2, "the card that waited, and the one that was taken back"
    assert "There is nothing to take back." in said
    assert "Nothing new was answered. Taken back from before: 1." in said
    assert learner.record.history() == {}


def test_undo_of_a_card_that_is_in_no_sheet_any_more(learner: Learner) -> None:
    talk(learner.study("meanings/cue"), "0", ":q")
    session = Session([], {}, learner.record, learner.schedule, learner.clock)
    assert "Its card is in no sheet any more." in talk(session, ":u", "")
    assert learner.record.history() == {}


def test_a_tick_takes_several_numbers(learner: Learner) -> None:
    session = learner.study("answers/first-rehearsal")
    assert session.question
    numbers = " ".join(str(i + 1) for i in sorted(session.question.right_options))
    assert "Right." in talk(session, numbers)


def test_a_flip_is_revealed_and_then_judged(learner: Learner) -> None:
    lone = Sheet(format=1, id="lone", name="Lone", terms=(Term(id="x", term="X-ray", meaning="Bones."),))
    (card,) = Library({"lone": lone}).cards.values()
    said = talk(learner.session([card]), "", "maybe", "2")
    assert "1 missed it, 2 knew it > " in said
    assert "is neither" in said
    assert "Right." in said


@pytest.mark.parametrize(
    "command",
    [":save", ":why", ":back", ":he", ":u2", ":", ":z", ":1", ":hints", ":stop", ":ri ght", ":r!", "::s"],
)
def test_a_command_that_there_is_not_does_nothing_and_lists_those_that_there_are(
    learner: Learner, command: str
) -> None:
    talk(learner.study("meanings/sm"), "0", "")
    before = learner.record.history()
    session = learner.study("meanings/cue", "meanings/prop")
    card = learner.card("meanings/cue").id
    said = talk(session, command, ":q")
    known = command == ":he"
    assert ("nothing was done" in said) is not known
    assert ":x or :put away" in said
    assert learner.record.history() == before
    assert learner.record.marks(card) == Marks()
    assert session.question
    assert session.question.card.id == card
    assert "Hint" not in said


@pytest.mark.parametrize("command", [":u", ":undo", ":UNDO", ":un", ": undo"])
def test_a_command_by_its_letter_its_word_or_the_beginning_of_it(learner: Learner, command: str) -> None:
    talk(learner.study("meanings/cue", "meanings/prop"), "0", command, ":quit")
    assert learner.record.history() == {}


def test_after_the_end_only_enter_and_commands_do_something(learner: Learner) -> None:
    session = learner.study("meanings/cue")
    said = talk(session, right_number(session), "stay", ":u", ":q")
    assert '"stay" is neither. Give Enter or :u.' in said
    assert learner.record.history() == {}


def test_put_away(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    said = talk(session, ":x", "n", ":put away", "", ":x", "y", ":b")
    assert said.count("y/N") == 3
    assert said.count("It stays.") == 2
    assert "Put away." in said
    assert "Not today. :u takes that back." in said
    assert learner.record.marks(learner.card("meanings/cue").id).suspended


def test_star_and_doubt(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    cue = learner.card("meanings/cue").id
    said = talk(session, ":*", ":!", "4", ":q")
    assert "Starred." in said
    assert "4  Typo" in said
    assert "trainer doubts" in said
    assert learner.record.marks(cue) == Marks(star=True, doubtful=True, reason="typo", way="meaning")
    said = talk(session, ":star", ":doubt", "", ":doubt", "nonsense", ":doubt", "0", ":q")
    assert "No star any more." in said
    assert said.count("It stays as it is.") == 2
    assert learner.record.marks(cue) == Marks()


def test_a_card_that_does_not_stick_offers_a_way_out(learner: Learner) -> None:
    for _ in range(LEECH_LAPSES):
        assert "does not stick" not in talk(learner.study("meanings/cue"), "0", ":q")
        learner.clock.forward(days=1)
    cue, session = learner.card("meanings/cue").id, learner.study("meanings/cue", "meanings/prop")
    said = talk(session, "0", "!", "4", "x", "n", "x", "y", ":q")
    assert "This card does not stick: you have missed it again and again." in said
    assert said.count("x puts it away, ! says what is wrong with it, Enter goes on > ") == 3
    assert learner.record.marks(cue) == Marks(doubtful=True, reason="typo", way="meaning", suspended=True)
    assert "[1 done, 1 to go]" in said.partition("Put away.")[2], "the next card is asked"


def test_a_card_that_does_not_stick_says_what_its_words_mean(learner: Learner) -> None:
    card = next(
        card
        for card in learner.library.select(["assistant-stage-manager/levels"])
        if any(learner.library.cards[used].gloss for used in card.uses)
    )
    for _ in range(LEECH_LAPSES):
        talk(learner.session([card]), "0", ":q")
        learner.clock.forward(days=1)
    session = learner.session([card])
    glosses = session.glosses
    assert len(glosses) == min(3, len(card.uses))
    said = " ".join(talk(session, "0", ":q").partition("does not stick")[2].split())
    for gloss in glosses:
        assert " ".join(gloss.split()) in said


def test_there_is_nothing_to_mark_at_the_end(learner: Learner) -> None:
    said = talk(learner.session([]), ":x", ":*", ":!", "")
    for words in ("no card to put away", "no card to star", "no card to doubt"):
        assert words in said


def test_an_empty_plan_says_what_else_can_be_done(learner: Learner) -> None:
    assert "quiz" in talk(learner.session([]))


@pytest.mark.slow
def test_nothing_is_wider_than_a_terminal(learner: Learner) -> None:
    cards = list(learner.library.cards.values())
    session = learner.session(cards, once=True)
    lines = talk(session, ":?", *["1", "0"] * 2 * len(cards)).splitlines()
    assert session.phase is Phase.DONE
    assert max(len(line.rpartition(" > ")[2]) for line in lines) <= WIDTH


def test_a_question_mark_alone_lists_what_can_be_typed(learner: Learner) -> None:
    said = talk(learner.study("levels/show-running"), "?", ":q")
    assert ":u or :undo" in said
    assert "no answer here" not in said


def test_a_long_prompt_breaks_between_words() -> None:
    out = io.StringIO()
    prompt = "one number, 1-9, with a space and what it is for each; 0 if you don't know yet; Enter ends > "
    assert Streams(io.StringIO("1\n"), out).read(prompt) == "1"
    assert max(map(len, out.getvalue().splitlines())) <= WIDTH
    assert out.getvalue().split() == prompt.split()
    assert out.getvalue().endswith("> ")


def test_an_answer_that_is_not_saved_is_told_and_can_be_given_again(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, record = learner.study("meanings/cue"), learner.record.record
    tries = iter([NotSavedError("Not saved: the disk is full."), None])

    def full_once(*given: Any, **named: Any) -> int:
        if error := next(tries):
            raise error
        return record(*given, **named)

    monkeypatch.setattr(learner.record, "record", full_once)
    number = right_number(session)
    said = talk(session, number, number)
    assert "> Not saved: the disk is full.\nThe question still stands." in said
    assert "Right." in said
    assert len(learner.record.history()) == 1
