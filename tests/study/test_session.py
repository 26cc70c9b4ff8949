"""From question to review, and back."""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learners import Learner, right, run, wrong
from tests.material.pages import FULL
from trainer.cards.answers import RecallCard
from trainer.cards.card import Answer, Card, Question
from trainer.cards.library import Library
from trainer.errors import NotSavedError
from trainer.material.page.reading import read_page
from trainer.memory.state import Marks, Rating, Review
from trainer.study.pace import MISSES_A_SESSION
from trainer.study.session import Session
from trainer.study.turns import Phase

FIVE = (
    "levels/show-running",
    "meanings/cue",
    "meanings/prop",
    "meanings/sm",
    "answers/no-live-performance-experience",
)


def reviews(learner: Learner) -> list[Review]:
    history = learner.record.history()
    return [history[id_] for id_ in sorted(history)]


def test_a_right_answer_is_kept_as_good(learner: Learner) -> None:
    session = learner.study("meanings/cue")
    question = session.question
    assert question
    assert session.first_meeting
    feedback = session.answer(right(question))
    assert feedback.mark.right
    assert feedback.first_meeting
    (review,) = reviews(learner)
    assert (review.rating, review.given, review.variant) == (Rating.GOOD, feedback.days, question.way.key)
    assert review.chosen == ("cue",)
    state = learner.record.state(question.card.id)
    assert state
    assert state.due - state.last == timedelta(days=feedback.days)


def test_a_missed_card_comes_back_after_three_to_six_others_until_right(learner: Learner) -> None:
    cards = [card for card in learner.library.cards.values() if card.deck == "levels"][:12]
    session = learner.session(cards)
    missed = cards[0].id
    asked = run(session, lambda q: wrong(q) if q.card.id == missed and not session.repeat else right(q))
    assert asked.count(missed) == 2
    assert 3 <= asked.index(missed, 1) - 1 <= 6
    assert [review.repeat for review in reviews(learner) if review.card == missed] == [False, True]


def test_a_missed_card_is_not_asked_straight_after_its_own_feedback(learner: Learner) -> None:
    session = learner.study(*FIVE)
    asked = run(session, wrong)
    assert all(one != other for one, other in pairwise(asked))
    alone = learner.study("meanings/ghost-light")
    assert alone.question
    feedback = alone.answer(wrong(alone.question))
    assert (feedback.back_today, feedback.days) == (False, 1), "with nothing left between it waits"
    assert alone.next() is None


def test_each_answer_moves_the_count(learner: Learner) -> None:
    session = learner.study(*FIVE)
    counts = [(session.given, session.to_go)]
    for give in (wrong, right, right, right, right, right):
        assert session.question
        session.answer(give(session.question))
        counts.append((session.given, session.to_go))
        session.next()
    assert counts == [(0, 5), (1, 5), (2, 4), (3, 3), (4, 2), (5, 1), (6, 0)]


def test_a_repeat_asks_another_line(learner: Learner) -> None:
    session = learner.study("levels/show-running", "meanings/cue")
    run(session, lambda q: right(q) if session.repeat else wrong(q))
    first, second = (each for each in reviews(learner) if each.card.endswith("show-running"))
    assert first.variant != second.variant


def test_after_three_misses_a_card_waits_for_tomorrow(learner: Learner) -> None:
    asked = run(learner.study(*FIVE), wrong)
    assert len(asked) == MISSES_A_SESSION * len(FIVE)
    for card in set(asked):
        state = learner.record.state(card)
        assert state
        assert state.due == learner.day + timedelta(days=1)
        assert state.reps == 1


def test_a_quiz_asks_each_card_once(learner: Learner) -> None:
    session = learner.session([learner.card(ending) for ending in FIVE], once=True)
    assert len(run(session, wrong)) == len(FIVE)
    assert session.phase is Phase.DONE


def test_giving_up_is_a_miss(learner: Learner) -> None:
    session = learner.study("meanings/cue")
    assert session.answer(Answer(gave_up=True)).mark.rating is Rating.AGAIN
    assert session.phase is Phase.FEEDBACK


def test_a_hint_costs_the_good(learner: Learner) -> None:
    session = learner.study("meanings/cue")
    assert session.question
    answer = right(session.question)
    feedback = session.answer(Answer(chosen=answer.chosen, hint=True))
    assert feedback.mark.rating is Rating.HARD
    assert reviews(learner)[0].hint


def test_a_hint_costs_the_good_also_when_the_mark_is_corrected_twice(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    for hint, rating in ((True, Rating.HARD), (False, Rating.GOOD)):
        assert session.question
        session.answer(Answer(chosen=right(session.question).chosen, hint=hint))
        for correct, rated in ((False, Rating.AGAIN), (True, rating)):
            feedback = session.count_as(right=correct)
            assert feedback
            assert feedback.mark.rating is rated
            assert (reviews(learner)[-1].rating, reviews(learner)[-1].hint) == (rated, hint)
        session.next()


def test_a_wrong_answer_with_a_hint_that_counts_as_right_is_hard(learner: Learner) -> None:
    session = learner.study("meanings/cue")
    assert session.question
    session.answer(Answer(chosen=wrong(session.question).chosen, hint=True))
    feedback = session.count_as(right=True)
    assert feedback
    assert feedback.mark.rating is Rating.HARD


def test_was_guessing_turns_right_into_lucky_and_brings_the_card_back(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    assert session.question
    session.answer(right(session.question))
    feedback = session.was_guessing()
    assert feedback
    assert feedback.mark.lucky
    assert feedback.back_today
    (review,) = reviews(learner)
    assert review.guess
    assert review.rating is Rating.AGAIN
    assert session.was_guessing() is None


def test_count_as_right_and_wrong_replace_the_review(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    assert session.question
    session.answer(wrong(session.question))
    feedback = session.count_as(right=True)
    assert feedback
    assert feedback.mark.right
    assert not feedback.back_today
    assert [review.rating for review in reviews(learner)] == [Rating.GOOD]
    feedback = session.count_as(right=False)
    assert feedback
    assert feedback.back_today
    assert [review.rating for review in reviews(learner)] == [Rating.AGAIN]
    assert session.count_as(right=False) is None
    state = learner.record.state(reviews(learner)[0].card)
    assert state
    assert state.reps == 1


def test_too_easy_is_for_right_answers_only(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    assert session.question
    plain = session.answer(right(session.question))
    easy = session.too_easy()
    assert easy
    assert easy.days > plain.days
    assert session.too_easy() is None
    session.next()
    session.answer(wrong(session.question))
    assert session.too_easy() is None


def test_undo_brings_back_the_question_as_it_was(learner: Learner) -> None:
    session = learner.study("levels/show-running", "meanings/cue")
    before = session.question
    assert before
    session.answer(wrong(before))
    session.next()
    assert session.undo()
    assert session.question is before
    assert session.phase is Phase.QUESTION
    assert session.first_meeting
    assert reviews(learner) == []
    assert dict(learner.record.states) == {}


def test_undo_goes_back_from_the_summary_to_the_first_answer(learner: Learner) -> None:
    session = learner.study(*FIVE)
    asked = run(session, wrong)
    assert session.phase is Phase.DONE
    for _ in asked:
        assert session.undo()
    assert session.question
    assert (session.done, session.total) == (0, len(FIVE))
    assert reviews(learner) == []
    assert not session.undo()
    assert run(session, right) == [learner.card(ending).id for ending in FIVE]


def test_undo_reaches_an_earlier_session(learner: Learner) -> None:
    run(learner.study("meanings/cue"), right)
    session = learner.study("meanings/prop")
    assert session.undo()
    assert session.question
    assert session.question.card.id == learner.card("meanings/cue").id
    assert session.first_meeting
    assert run(session, right) == [learner.card("meanings/cue").id, learner.card("meanings/prop").id]


def test_undo_of_a_repeat_in_an_earlier_session_asks_a_repeat(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    assert session.question
    session.answer(wrong(session.question))
    other = session.next()
    assert other
    session.answer(right(other))
    again = session.next()
    assert again
    session.answer(right(again))
    later = learner.session([])
    assert later.undo()
    assert later.repeat
    run(later, right)
    state = learner.record.state(learner.card("meanings/cue").id)
    assert state
    assert state.reps == 1
    assert [each.repeat for each in reviews(learner)] == [False, False, True]


def test_suspend_and_not_today_take_the_card_out_and_can_be_undone(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    cue, prop = learner.card("meanings/cue").id, learner.card("meanings/prop").id
    learner.record.mark(cue, Marks(star=True))
    learner.record.mark(prop, Marks(doubtful=True))
    assert session.question
    session.answer(wrong(session.question))
    assert session.suspend()
    assert learner.record.marks(cue) == Marks(suspended=True, star=True)
    assert session.question.card.id == prop
    assert session.bury()
    assert session.phase is Phase.DONE
    assert learner.record.marks(prop) == Marks(buried=learner.day, doubtful=True)
    assert session.undo()
    assert session.undo()
    assert learner.record.marks(cue) == Marks(star=True)
    assert session.feedback
    session.next()
    assert run(session, right) == [prop, cue]


def test_an_answer_that_is_not_saved_leaves_the_question_standing(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = learner.study("meanings/cue")
    question = session.question
    assert question

    def full(*_: object, **__: object) -> int:
        raise NotSavedError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(learner.record, "record", full)
        with pytest.raises(NotSavedError):
            session.answer(right(question))
    assert session.phase is Phase.QUESTION
    assert session.question is question
    assert session.answer(right(question)).mark.right


def test_an_unseen_line_counts_only_on_a_card_met_before(learner: Learner) -> None:
    run(learner.study("levels/show-running"), right)
    learner.clock.forward(days=30)
    run(learner.study("levels/show-running"), right)
    assert [review.unseen for review in reviews(learner)] == [False, True]
    assert learner.record.totals(learner.day).unseen_right == 1


def test_the_summary_scores_only_first_tries_on_known_cards(learner: Learner) -> None:
    run(learner.study("meanings/cue", "meanings/prop", "meanings/sm"), right)
    learner.clock.forward(days=30)
    session = learner.study("meanings/cue", "meanings/prop", "meanings/sm", "meanings/tech")
    missed, lucky = learner.card("meanings/cue").id, learner.card("meanings/prop").id

    def answer(question: Question) -> Answer:
        if session.repeat or question.card.id not in {missed, lucky}:
            return right(question)
        if question.card.id == missed:
            return wrong(question)
        return Answer(chosen=right(question).chosen, knew=True, guess=True)

    run(session, answer)
    summary = session.summary()
    assert (summary.scored, summary.right, summary.lucky, summary.new) == (3, 1, 1, 1)
    assert summary.watch
    assert (summary.watch.question.card.id, summary.watch.others) == (missed, 0)
    assert summary.minutes > 0
    assert sum(summary.coming.values()) == len(learner.record.states)


@given(st.randoms(use_true_random=False), st.integers(10, 60))
@settings(max_examples=25)
def test_any_walk_through_sessions_replays_to_the_stored_states(chance: random.Random, steps: int) -> None:
    """Answers, corrections, undo and days at random: states and totals are what the reviews give."""
    learner = Learner()
    session = learner.study(*FIVE)
    for _ in range(steps):
        _step(session, chance)
        if session.phase is Phase.DONE:
            learner.clock.forward(days=chance.choice([0, 1, 3, 20]), hours=chance.randrange(24))
            session = learner.study(*chance.sample(FIVE, 3))
    states, days = learner.schedule.replay(learner.record.history())
    assert states == dict(learner.record.states)
    assert days == {day: totals for day, totals in learner.record.days.items() if totals.reviews}


def _step(session: Session, chance: random.Random) -> None:
    if session.phase is Phase.QUESTION and session.question and chance.random() < 0.7:
        session.answer(chance.choice([right, wrong])(session.question))
        return
    ways: list[Callable[[], object]] = [
        session.undo,
        session.was_guessing,
        session.too_easy,
        partial(session.count_as, right=True),
    ]
    ways += [session.next, session.suspend] if session.phase is Phase.FEEDBACK else [session.bury]
    chance.choice(ways)()


def test_what_is_foreseen_is_what_comes_and_nothing_is_kept(learner: Learner) -> None:
    cards = list(learner.library.cards.values())[:40]
    session = learner.session(cards)
    chance = random.Random(7)
    while question := session.question:
        wanted = chance.choice([right, wrong])(question)
        before = len(reviews(learner))
        foreseen = session.foresee(wanted)
        assert len(reviews(learner)) == before
        assert session.phase is Phase.QUESTION
        assert session.answer(wanted) == foreseen
        coming = session.coming()
        first = coming is not None and session.is_first(coming)
        assert session.next() == (coming.question if coming else None)
        assert session.first_meeting == first


def test_a_break_at_a_question_counts_as_two_minutes_at_most(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop")
    learner.clock.forward(minutes=45)
    answer(session)
    session.next()
    learner.clock.forward(seconds=40)
    answer(session)
    pauses = [review.ms for review in learner.record.history().values()]
    assert pauses[0] == 120_000
    assert 40_000 <= pauses[1] < 45_000


def answer(session: Session) -> None:
    question = session.question
    assert question
    session.answer(right(question))


def test_that_points_are_drafts_is_said_once_a_session(learner: Learner) -> None:
    recalls = drafts()
    learner.library = Library({recalls[0].sheet.id: recalls[0].sheet})

    def told(session: Session) -> list[bool]:
        found = []
        while question := session.next():
            foreseen = session.foresee(right(question)).lines
            feedback = session.answer(right(question))
            assert feedback.lines == foreseen
            found.append("A draft" in {line.label for line in feedback.lines})
        return found

    session = learner.session(recalls)
    first_told, *later = told(session)
    assert first_told
    assert later
    assert not any(later)
    while session.can_undo:
        session.undo()
    first = session.question
    assert first
    assert "A draft" in {line.label for line in session.answer(right(first)).lines}, (
        "taken back, it is said anew"
    )
    count_as = session.count_as(right=False)
    assert count_as
    assert "A draft" in {line.label for line in count_as.lines}, "corrected, it stays"


def drafts() -> list[Card]:
    """Return cards whose points were cut out of a page's answers."""
    sheet = read_page(FULL).sheet
    found = [card for card in Library({sheet.id: sheet}).cards.values() if isinstance(card, RecallCard)]
    assert len(found) > 1
    return [*found]
