"""What is asked today, and in which order."""

from itertools import pairwise

import pytest

from tests.learners import Learner, right, run
from trainer.memory.state import DayTotals, Marks, Rating, Review
from trainer.study.plan import (
    NEW_A_DAY,
    SIBLING_GAP,
    minutes_for,
    new_allowance,
    new_cards,
    plan_quiz,
    plan_study,
)


def plan(learner: Learner, **options: int) -> list[str]:
    cards = list(learner.library.cards.values())
    return [card.id for card in plan_study(cards, learner.record, learner.schedule, learner.day, **options)]


def meet(learner: Learner, *endings: str, rating: Rating = Rating.GOOD) -> None:
    """Put reviews on record, without a session."""
    for ending in endings:
        card = learner.card(ending).id
        given = learner.schedule.interval(card, learner.record.state(card), learner.day, rating)
        review = Review(card=card, day=learner.day, rating=rating, given=given, form="choose", ms=1000)
        learner.record.record(review, learner.clock())


def test_a_new_learner_gets_the_dose_and_first_a_line_of_a_resume(learner: Learner) -> None:
    asked = plan(learner)
    assert len(asked) == NEW_A_DAY
    assert "/levels/" in asked[0]
    assert {id_.split("/")[1] for id_ in asked} == {"meanings", "synonyms", "levels", "answers"}


def test_new_cards_keep_the_authors_order_within_a_deck(learner: Learner) -> None:
    author = [id_ for id_ in learner.library.cards if "/levels/" in id_]
    asked = [id_ for id_ in plan(learner) if "/levels/" in id_]
    assert asked == author[: len(asked)]


def test_due_cards_come_before_new_ones(learner: Learner) -> None:
    meet(learner, "levels/show-running", "meanings/cue", "meanings/prop")
    learner.clock.forward(days=40)
    asked = plan(learner)
    assert {id_.rsplit("/", 1)[1] for id_ in asked[:3]} == {"show-running", "cue", "prop"}
    assert len(asked) == 3 + NEW_A_DAY


def test_the_limit_counts_cards_and_due_ones_go_first(learner: Learner) -> None:
    meet(learner, "levels/show-running", "meanings/cue")
    learner.clock.forward(days=40)
    asked = plan(learner, limit=3)
    assert len(asked) == 3
    assert {id_.rsplit("/", 1)[1] for id_ in asked[:2]} == {"show-running", "cue"}


def test_new_is_what_was_asked_for_whatever_the_dose_says(learner: Learner) -> None:
    run(learner.session([learner.library.cards[id_] for id_ in plan(learner)]), right)
    assert plan(learner) == []
    assert len(plan(learner, new=4)) == 4
    assert plan(learner, new=0) == []


@pytest.mark.parametrize(
    ("totals", "allowed"),
    [
        (DayTotals(), 10),
        (DayTotals(new=4, new_ms=4 * 10_000), 6),
        (DayTotals(new=4, new_ms=4 * 60_000), 2),
        (DayTotals(new=3, new_ms=7 * 60_000), 0),
        (DayTotals(new=12, new_ms=1000), 0),
    ],
)
def test_the_dose_is_ten_cards_or_six_minutes(totals: DayTotals, allowed: int) -> None:
    assert new_allowance(totals) == allowed


def test_siblings_stand_apart(learner: Learner) -> None:
    cards = [card for card in learner.library.cards.values() if card.deck == "meanings"]
    asked = plan_study(cards, learner.record, learner.schedule, learner.day, new=40)
    for i, card in enumerate(asked):
        assert card.family not in {near.family for near in asked[max(0, i - SIBLING_GAP) : i]}


def test_decks_are_interleaved(learner: Learner) -> None:
    asked = plan(learner, new=30)
    assert sum(a.split("/")[1] == b.split("/")[1] for a, b in pairwise(asked)) <= 3


def test_a_card_waits_for_those_before_it(learner: Learner) -> None:
    recall = learner.card("answers/conflicting-requests")
    assert recall not in new_cards([recall], learner.record, learner.day)
    for before in recall.after:
        meet(learner, before)
    assert recall in new_cards([recall], learner.record, learner.day)


def test_suspended_and_buried_cards_stay_out(learner: Learner) -> None:
    meet(learner, "meanings/cue", "meanings/prop", rating=Rating.AGAIN)
    learner.clock.forward(days=2)
    learner.record.mark(learner.card("meanings/cue").id, Marks(suspended=True))
    learner.record.mark(learner.card("meanings/prop").id, Marks(buried=learner.day))
    assert plan(learner, new=0) == []
    learner.clock.forward(days=1)
    assert plan(learner, new=0) == [learner.card("meanings/prop").id]


def test_a_quiz_asks_what_is_most_likely_forgotten_and_fills_up_with_new(learner: Learner) -> None:
    meet(learner, "meanings/cue", rating=Rating.EASY)
    meet(learner, "meanings/prop", rating=Rating.AGAIN)
    learner.clock.forward(days=1)
    cards = list(learner.library.cards.values())
    quiz = [card.id for card in plan_quiz(cards, learner.record, learner.schedule, learner.day)]
    assert quiz[:2] == [learner.card("meanings/prop").id, learner.card("meanings/cue").id]
    assert len(quiz) == 10
    assert len(set(quiz)) == 10


def test_a_quiz_goes_beyond_the_dose(learner: Learner) -> None:
    run(learner.session([learner.library.cards[id_] for id_ in plan(learner)]), right)
    quiz = plan_quiz(
        list(learner.library.cards.values()), learner.record, learner.schedule, learner.day, count=20
    )
    assert len(quiz) == 20


def test_minutes_follow_the_learners_pace() -> None:
    assert minutes_for(0, DayTotals()) == 0
    assert minutes_for(1, DayTotals()) == 1
    few = DayTotals(reviews=9, ms=9 * 30_000)
    assert minutes_for(60, few) == minutes_for(60, DayTotals()) == 25
    slow = DayTotals(reviews=20, ms=20 * 30_000)
    assert minutes_for(20, slow) == 20  # a question of half a minute, and as long again for its feedback
    hasty = DayTotals(reviews=20, ms=20 * 500)
    assert minutes_for(60, hasty) == 5  # nobody reads a question and its feedback in less than five seconds
