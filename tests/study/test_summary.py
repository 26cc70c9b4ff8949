"""What a session came to: what was done well, the one thing to watch, and what lies ahead."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.learners import Learner, as_the_reference, right, run, shipped, wrong
from trainer.cards.card import Answer, Question
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.study.session import Session
from trainer.study.summary import (
    Done,
    Miss,
    Outlook,
    Summary,
    ahead,
    comes_back_when,
    figures,
    headline,
    new_words,
    others_missed,
    summarize,
    to_watch,
    went_well,
)
from trainer.study.turns import Turn

DAY = date(2026, 11, 24)
LATER = Outlook(day=DAY, first_day=False, due=0, more=0, minutes=0, tomorrow=9)


@pytest.fixture
def learner() -> Learner:
    return Learner()


def again(learner: Learner, endings: tuple[str, ...], answer: Callable[[Question], Answer]) -> Summary:
    """Meet cards, and answer them a month later; return the summary of that."""
    run(learner.study(*endings), right)
    learner.clock.forward(days=30)
    session = learner.study(*endings)
    run(session, answer)
    return session.summary()


def levels(learner: Learner, level: str, most: int) -> tuple[str, ...]:
    """Return cards of a level of the Assistant Stage Manager."""
    cards = learner.library.select(["assistant-stage-manager/levels"])
    return tuple(card.id for card in cards if card.skill.many == f"{level} lines")[:most]


def test_it_tells_what_can_be_told_apart_now(learner: Learner) -> None:
    senior, words = levels(learner, "Senior", 3), ("meanings/cue", "meanings/prop")
    missed = senior[0]
    summary = again(
        learner, (*senior, *words), lambda asked: (wrong if asked.card.id == missed else right)(asked)
    )
    assert went_well(summary) == "You told 2 of 3 Senior lines and knew both words."


def test_things_that_were_done_alike_are_told_together(learner: Learner) -> None:
    summary = again(learner, (*levels(learner, "Senior", 2), *levels(learner, "Mid", 1)), right)
    assert went_well(summary) == "You told both Senior lines and one Mid line."


def test_all_first_tries_are_accounted_for(learner: Learner) -> None:
    """What is told by name and all else add up to what the headline says."""
    senior, mid = levels(learner, "Senior", 2), levels(learner, "Mid", 2)
    summary = again(learner, (*senior, *mid), lambda asked: (wrong if asked.card.id in mid else right)(asked))
    assert headline(summary) == "2 of 4 right at first try."
    assert went_well(summary) == "You told both Senior lines. Of 2 other cards none was right."
    assert figures(summary, saved=True).startswith("8 answers: 4 first tries, 4 asked again · ")
    one = replace(summary, scored=3)
    assert went_well(one).endswith(" One other card was missed.")


def test_it_is_not_all_when_cards_wait_for_another_day(learner: Learner) -> None:
    summary = again(learner, ("meanings/cue",), right)
    told = ahead(summary, replace(LATER, left_over=6))
    assert told == "Enough for today: 6 cards wait for another day. Tomorrow: about 9 minutes."
    assert ahead(summary, replace(LATER, left_over=1)).startswith("Enough for today: 1 card waits ")
    assert ahead(summary, LATER).startswith("That was all for today.")


def test_the_kinds_of_answers_add_up(learner: Learner) -> None:
    run(learner.study("meanings/cue"), right)
    learner.clock.forward(days=30)
    session = learner.study("meanings/cue", "meanings/prop")
    run(session, lambda asked: replace(right(asked), guess=asked.card.id.endswith("cue")))
    told = figures(session.summary(), saved=True)
    assert told.startswith("3 answers: 1 first try (1 right by a guess), 1 new card, 1 asked again · ")


def test_each_card_that_is_shipped_says_what_it_shows() -> None:
    for card in shipped().cards.values():
        assert card.skill.verb != "answered", card
    skill = shipped().cards["assistant-stage-manager/levels/show-running"].skill
    assert [str(Done(skill, *share)) for share in ((1, 1), (1, 2), (2, 2), (3, 3))] == [
        "one Senior line",
        "1 of 2 Senior lines",
        "both Senior lines",
        "all 3 Senior lines",
    ]


def test_the_one_thing_to_watch_is_the_mistake_made_most_often(learner: Learner) -> None:
    senior, junior = levels(learner, "Senior", 2), levels(learner, "Junior", 1)
    answered: set[str] = set()

    def answer(asked: Question) -> Answer:
        """Take each line for Mid at first, and give the word up."""
        again = asked.card.id in answered
        answered.add(asked.card.id)
        mid = frozenset(i for i, option in enumerate(asked.options) if option.text.startswith("Mid"))
        return right(asked) if again else Answer(chosen=mid) if mid else Answer(gave_up=True)

    summary = again(learner, (*senior, *junior, "meanings/cue"), answer)
    assert summary.watch
    assert to_watch(summary.watch) == "One thing to watch: you took a Senior line for Mid, twice."
    assert summary.watch.question.card.id in senior
    assert others_missed(summary.watch) == "2 more were missed."


def test_misses_of_a_first_meeting_are_nothing_to_watch(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop", "levels/show-running")
    run(session, lambda asked: Answer(gave_up=True) if not session.repeat else right(asked))
    summary = session.summary()
    assert summary.watch is None
    assert went_well(summary) == ""
    words = [learner.card(ending).word for ending in ("meanings/cue", "meanings/prop")]
    assert new_words(summary) == f"New words: {words[0]} and {words[1]}."


def test_what_was_missed_once_more_after_it_was_met_is_to_be_watched(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop", "levels/show-running", "meanings/call-time")
    run(session, lambda asked: wrong(asked) if asked.card.id.endswith("/cue") else right(asked))
    watch = session.summary().watch
    assert watch
    assert (watch.question.card.id.endswith("/cue"), watch.others) == (True, 0)


def passes_over_danger(question: Question | None) -> bool:
    return bool(question and question.sample and any(f.safety and f.raised for f in question.sample.flags))


def test_a_missed_red_flag_on_safety_is_what_to_watch_first(learner: Learner) -> None:
    """On a card that was just met too; a word that was missed comes after it."""
    rate = (card for card in learner.library.cards.values() if card.aspect == "rate")
    danger = next(card for card in rate if passes_over_danger(learner.session([card]).question))
    run(learner.study("meanings/cue"), right)
    learner.clock.forward(days=30)
    session = learner.session([danger, learner.card("meanings/cue")])

    def answer(asked: Question) -> Answer:
        if asked.sample is None:
            return wrong(asked)
        return Answer(judgement=replace(as_the_reference(asked), flags=frozenset()))

    run(session, answer)
    watch = session.summary().watch
    assert watch
    assert to_watch(watch).startswith("One thing to watch: you missed a red flag on safety, “")
    assert (watch.question.card.id, watch.others) == (danger.id, 1)


def test_what_was_given_up_is_told_without_words_for_it(learner: Learner) -> None:
    summary = again(learner, ("meanings/cue", "meanings/prop"), lambda _: Answer(gave_up=True))
    assert summary.watch
    assert to_watch(summary.watch) == "One thing to watch:"
    assert others_missed(summary.watch) == "One more was missed."


def test_repeats_and_other_misses_are_counted() -> None:
    question = Learner().study("meanings/cue").question
    assert question
    miss = Miss(question, "took a Mid line for Senior", 2, 3)
    assert to_watch(miss) == "One thing to watch: you took a Mid line for Senior, twice."
    assert to_watch(replace(miss, times=4)).endswith(", 4 times.")
    assert others_missed(miss) == "3 more were missed."


def test_more_words_than_can_be_named_are_counted(learner: Learner) -> None:
    session = learner.study("meanings/cue")
    run(session, right)
    summary = replace(session.summary(), words=tuple("abcdefgh"))
    assert new_words(summary) == "New words: a, b, c, d, e, f and 2 more."
    assert new_words(replace(summary, words=("a",))) == "New word: a."
    assert new_words(replace(summary, words=())) == ""


class TestAhead:
    @pytest.fixture
    def summary(self, learner: Learner) -> Summary:
        return replace(again(learner, ("meanings/cue",), right), minutes=8.2)

    def test_the_first_day_has_an_end(self, summary: Summary) -> None:
        first = replace(LATER, first_day=True)
        assert headline(summary, first) == "That's it: about 8 minutes. See you tomorrow."
        assert ahead(summary, first) == "Tomorrow: about 9 minutes."
        more = replace(first, more=5, minutes=4)
        assert ahead(summary, more) == ("Tomorrow: about 9 minutes. 5 more cards can come today.")

    def test_what_was_left_early_is_left_for_today(self, summary: Summary) -> None:
        left, outlook = replace(summary, ended=False), replace(LATER, first_day=True, more=3, minutes=2)
        assert headline(left, outlook) == "1 of 1 right at first try."
        assert ahead(left, outlook) == "Left for today: 3 cards, about 2 minutes."
        quiz = replace(LATER, due=6, more=3, minutes=7)
        assert ahead(summary, quiz) == "Left for today: 9 cards, about 7 minutes."

    def test_tomorrow_is_told_when_nothing_is_left(self, summary: Summary) -> None:
        assert ahead(summary, LATER) == "That was all for today. Tomorrow: about 9 minutes."
        idle = replace(LATER, tomorrow=0)
        assert ahead(summary, idle) == "That was all for today. Nothing is to do tomorrow."

    def test_what_comes_back_in_a_week(self, learner: Learner) -> None:
        summary = replace(
            again(learner, ("meanings/cue",), right),
            coming={DAY: 1, date(2026, 11, 25): 4, date(2026, 11, 26): 2, date(2026, 12, 2): 9},
        )
        assert comes_back_when(summary, LATER) == "Cards that come back: tomorrow 4, Thu 2."
        assert comes_back_when(replace(summary, coming={}), LATER) == ""

    def test_days_of_a_wrong_clock_are_in_their_order_and_years_off_are_none(self) -> None:
        due = [
            date(2031, 12, 3),
            date(2026, 11, 26),
            date(2026, 11, 25),
            date(2019, 1, 1),
            date(2027, 11, 26),
        ]
        summary = summarize((), spent_ms=0, ended=True, due=due, today=DAY)
        assert list(summary.coming) == sorted(summary.coming)
        assert summary.coming[DAY] == 1, "what is overdue by years"
        assert comes_back_when(summary, LATER) == "Cards that come back: tomorrow 1, Thu 1."


class TestOutlook:
    """What the engine says of what is left, and of tomorrow."""

    def test_the_first_day_ends_and_the_second_is_none(self, tmp_path: Path, clock: FakeClock) -> None:
        with Engine.open(Home(tmp_path), "anna", clock=clock, library=shipped()) as engine:
            engine.choose_roles(["ASM"])
            before = engine.outlook()
            assert before.first_day
            assert (before.due, before.more) == (0, engine.overview().new)
            session = engine.study()
            while session.question:
                clock.forward(seconds=55)
                session.answer(right(session.question))
                if session.enough:
                    break
                session.next()
            after = engine.outlook()
            assert (after.first_day, after.due) == (True, 0)
            assert session.summary().ended
            assert 1 <= after.tomorrow <= engine.minutes + 1
            clock.forward(days=1)
            assert not engine.outlook().first_day
            assert engine.overview().minutes == after.tomorrow, "tomorrow takes what was said"


def test_a_session_of_what_was_missed_alone_says_so_once(learner: Learner) -> None:
    card = learner.card("meanings/cue")
    session = Session(
        [], learner.library.cards, learner.record, learner.schedule, learner.clock, waiting=[Turn(card, 1)]
    )
    run(session, right)
    summary = session.summary()
    assert headline(summary) == "What you missed came once more."
    assert headline(replace(summary, ended=False)) == "Some of what you missed came once more."
    assert figures(summary, saved=True).startswith("1 answer · ")
