"""Yesterday's confusion that is back today."""

from collections.abc import Callable

import pytest

from tests.learners import Learner, right
from trainer.cards.card import Answer, Question
from trainer.reports.confusion import yesterdays_confusion

ASM = "assistant-stage-manager"


def choosing(option: str) -> Callable[[Question], Answer]:
    """Return what chooses an option by its id."""

    def answer(question: Question) -> Answer:
        position = next(i for i, each in enumerate(question.options) if each.id == option)
        return Answer(chosen=frozenset({position}))

    return answer


def some_rival(question: Question) -> Answer:
    return Answer(
        chosen=frozenset({next(i for i, option in enumerate(question.options) if not option.right)})
    )


def asked(learner: Learner, card: str, answer: Callable[[Question], Answer]) -> Question:
    """Ask a card that was met before, and return the question."""
    if not learner.record.state(card):
        ask(learner, card, lambda _: Answer(gave_up=True))
        learner.clock.forward(days=1)
    return ask(learner, card, answer)


def ask(learner: Learner, card: str, answer: Callable[[Question], Answer]) -> Question:
    """Ask a card once, and return the question."""
    plan = [learner.library.cards[card]]
    session = learner.session(plan, once=True)
    question = session.question
    assert question
    session.answer(answer(question))
    return question


def told(learner: Learner) -> str:
    found = yesterdays_confusion(learner.library.cards.values(), learner.record, learner.day)
    return found.words if found else ""


def test_nothing_was_answered() -> None:
    assert not told(Learner())


def test_a_term_for_another() -> None:
    learner = Learner()
    question = asked(learner, "theatre-vocabulary/meanings/prop", some_rival)
    rival = next(option.id for option in question.options if not option.right)
    terms = (term for sheet in learner.library.sheets.values() for term in sheet.terms)
    name = next(term.term for term in terms if term.id == rival)
    assert not told(learner), "it is not yesterday's yet"
    learner.clock.forward(days=1)
    assert told(learner) == f"took “Prop” for “{name}”"
    learner.clock.forward(days=1)
    assert not told(learner), "it is yesterday's no more"


def test_an_abbreviation_for_another_has_its_article() -> None:
    card = Learner().library.cards[f"{ASM}/meanings/asm"]
    assert card.mistake("meaning", "psm") == "took an ASM for a PSM"
    assert card.mistake("meaning", "csm") == "took an ASM for a CSM"


@pytest.mark.parametrize(
    ("level", "option", "words"),
    [
        ("Mid", "junior", "took a Mid line for Junior"),
        ("Junior", "unclear", "found nothing in a Junior line"),
        ("", "senior", "read Senior out of a line that proves nothing"),
    ],
)
def test_a_line_for_another_level(level: str, option: str, words: str) -> None:
    learner = Learner()
    card = next(
        card.id
        for card in learner.library.cards.values()
        if card.deck == "levels" and getattr(getattr(card, "level", None), "name", "") == level
    )
    asked(learner, card, choosing(option))
    learner.clock.forward(days=1)
    assert told(learner) == words


@pytest.mark.slow
def test_every_wrong_option_of_the_shipped_decks_reads_as_a_sentence() -> None:
    library = Learner().library
    for card in library.cards.values():
        learner = Learner()
        if any(way.form == "choose" for way in card.ways()):
            question = asked(learner, card.id, some_rival)
            learner.clock.forward(days=1)
            words = told(learner)
            if card.aspect != "years" and len(question.options) and "answer" not in card.id.split("/")[2]:
                assert "{" not in words
                assert "  " not in words
                assert not words or words.split()[0] in {"took", "searched", "left", "let", "found", "read"}


def test_a_guess_at_a_first_meeting_is_not_held_against_anybody() -> None:
    learner = Learner()
    ask(learner, "theatre-vocabulary/meanings/prop", some_rival)
    learner.clock.forward(days=1)
    assert not told(learner)
    ask(learner, "theatre-vocabulary/meanings/prop", some_rival)
    learner.clock.forward(days=1)
    assert told(learner).startswith("took “Prop” for")


def test_a_miss_once_more_on_the_same_day_is_told() -> None:
    learner = Learner()
    prop, *others = [f"theatre-vocabulary/meanings/{id_}" for id_ in ("prop", "cue", "tech", "set", "run")]
    session = learner.session([learner.library.cards[id_] for id_ in (prop, *others)])
    while question := session.question:
        session.answer(some_rival(question) if question.card.id == prop else right(question))
        session.next()
    learner.clock.forward(days=1)
    assert told(learner).startswith("took “Prop” for")


def test_what_was_given_up_is_no_confusion() -> None:
    learner = Learner()
    asked(learner, "theatre-vocabulary/meanings/prop", lambda _: Answer(gave_up=True))
    learner.clock.forward(days=1)
    assert not told(learner)


def test_what_was_undone_or_put_away_is_not_told() -> None:
    learner = Learner()
    asked(learner, "theatre-vocabulary/meanings/prop", some_rival)
    learner.record.undo()
    learner.clock.forward(days=1)
    assert not told(learner)
    learner = Learner()
    asked(learner, "theatre-vocabulary/meanings/prop", some_rival)
    learner.clock.forward(days=1)
    session = learner.study("theatre-vocabulary/meanings/prop")
    session.bury()
    assert not told(learner)


def test_the_latest_of_several_is_told() -> None:
    learner = Learner()
    for card in "prop", "cue":
        ask(learner, f"theatre-vocabulary/meanings/{card}", lambda _: Answer(gave_up=True))
    learner.clock.forward(days=1)
    asked(learner, "theatre-vocabulary/meanings/prop", some_rival)
    asked(learner, "theatre-vocabulary/meanings/cue", some_rival)
    learner.clock.forward(days=1)
    assert told(learner).startswith("took “Cue” for")
    asked(learner, "theatre-vocabulary/meanings/cue", right)
    assert told(learner).startswith("took “Prop” for"), "the other is not to review any more"


def test_the_history_is_not_read_where_it_can_hold_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    learner = Learner()
    asked(learner, "theatre-vocabulary/meanings/prop", some_rival)
    learner.clock.forward(days=2)
    monkeypatch.setattr(learner.record, "history", lambda: pytest.fail("it was read"))
    assert not told(learner)


def test_a_miss_of_another_day_is_not_yesterdays() -> None:
    learner = Learner()
    asked(learner, "theatre-vocabulary/meanings/prop", some_rival)
    learner.clock.forward(days=1)
    assert told(learner)
    ask(learner, "theatre-vocabulary/meanings/prop", lambda _: Answer(gave_up=True))
    learner.clock.forward(days=1)
    assert not told(learner), "yesterday nothing was chosen"
