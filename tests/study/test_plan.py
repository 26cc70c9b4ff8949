"""What is asked today, and in which order."""

from datetime import timedelta

import pytest

from tests.learners import Learner, right, run, wrong
from trainer.cards.outline import Outline
from trainer.memory.state import Marks, Rating, Review
from trainer.study.mixing import SIBLING_GAP, siblings_apart
from trainer.study.plan import MORE_NEW, Planner, StudyPlan


def outlines(learner: Learner, *decks: str) -> list[Outline]:
    return [Outline.of(card) for card in learner.library.select(decks)]


def planner(learner: Learner) -> Planner:
    return Planner(learner.record, learner.schedule, learner.day)


def study(learner: Learner, minutes: int = 10, **options: int) -> StudyPlan:
    cards = outlines(learner)
    return planner(learner).study(cards, minutes, **options)  # type: ignore[arg-type]  # limit and new


def ids(plan: StudyPlan) -> list[str]:
    return [each.card for each in plan.cards]


def endings(plan: StudyPlan) -> set[str]:
    return {id_.rsplit("/", 1)[1] for id_ in ids(plan)}


def meet(learner: Learner, *names: str, rating: Rating = Rating.GOOD, seconds: float = 10) -> None:
    """Put reviews on record, without a session."""
    for name in names:
        review_of(learner, learner.card(name).id, rating=rating, seconds=seconds)


def review_of(
    learner: Learner,
    card: str,
    *,
    rating: Rating = Rating.GOOD,
    seconds: float = 10,
    spent: float | None = None,
) -> None:
    given = learner.schedule.interval(card, learner.record.state(card), learner.day, rating)
    review = Review(
        card=card,
        day=learner.day,
        rating=rating,
        given=given,
        form="choose",
        ms=round(seconds * 1000),
        spent=None if spent is None else round(spent * 1000),
    )
    learner.record.record(review, learner.clock())


def test_a_new_learner_gets_new_cards_for_all_minutes_the_words_of_the_stage_first(
    learner: Learner,
) -> None:
    plan = study(learner)
    assert (plan.minutes, plan.reviews, plan.new, plan.goal) == (10, 0, len(plan.cards), 600)
    assert plan.new > 8
    assert all(learner.library.cards[id_].basic for id_ in ids(plan)[:10])


@pytest.mark.parametrize("minutes", [1, 5, 10, 20, 60])
def test_a_plan_is_as_long_as_its_minutes(learner: Learner, minutes: int) -> None:
    plan = study(learner, minutes)
    assert abs(plan.minutes - minutes) <= 1
    assert plan.minutes == max(1, round(sum(each.seconds for each in plan.cards) / 60))


def test_new_cards_keep_the_authors_order_within_a_deck(learner: Learner) -> None:
    author = [id_ for id_ in learner.library.cards if "/levels/" in id_]
    asked = [id_ for id_ in ids(study(learner, new=60)) if "/levels/" in id_]
    assert asked == author[: len(asked)] != []


def test_due_cards_come_before_new_ones_and_new_ones_take_two_fifths_at_most(learner: Learner) -> None:
    meet(learner, "levels/show-running", "meanings/cue", "meanings/prop")
    learner.clock.forward(days=40)
    plan = study(learner)
    assert {id_.rsplit("/", 1)[1] for id_ in ids(plan)[:4]} > {
        "show-running",
        "cue",
        "prop",
    }  # a sibling fled
    assert (plan.reviews, plan.due) == (3, 3)
    new = sum(each.seconds for each in plan.cards if learner.record.state(each.card) is None)
    assert 0.3 * 600 < new < 0.45 * 600


def test_nothing_is_reviewed_ahead(learner: Learner) -> None:
    meet(learner, "levels/show-running", "meanings/cue")
    learner.clock.forward(days=1)
    assert not endings(study(learner)) & {"show-running", "cue"}


def test_no_new_cards_while_more_is_due_than_a_session_takes(learner: Learner) -> None:
    for id_ in list(learner.library.cards)[:60]:
        review_of(learner, id_)
    learner.clock.forward(days=40)
    plan = study(learner, 5)
    assert plan.new == 0
    assert (plan.due, plan.minutes) == (60, 5)
    assert plan.reviews < 30
    assert plan.caught_up_in is not None
    assert 1 <= plan.caught_up_in < 25
    assert study(learner, 60).new > 0
    assert study(learner, 60).caught_up_in == 0


def test_what_is_worth_most_comes_first_when_there_is_no_room_for_all(learner: Learner) -> None:
    """A card that is nearly sure, and one that is forgotten anyhow, are worth less than one on the brink."""
    known, brink = "levels/show-running", "meanings/cue"
    for _ in range(4):
        meet(learner, known)
        learner.clock.forward(days=(learner.record.states[learner.card(known).id].due - learner.day).days)
    meet(learner, brink)
    learner.clock.forward(days=4)
    due = endings(study(learner, new=0))
    assert {"show-running", "cue"} >= due
    assert ids(study(learner, limit=1))[0].endswith("cue")


def test_what_was_spent_today_is_gone(learner: Learner) -> None:
    before = study(learner)
    for id_ in ids(before)[:3]:
        review_of(learner, id_, seconds=20, spent=80)
    assert study(learner).goal == 600 - 240
    assert study(learner).minutes in {5, 6}
    for id_ in ids(before)[3:6]:
        review_of(learner, id_, seconds=20, spent=120)
    assert study(learner).cards == ()
    anew = planner(learner).study(outlines(learner), 5, anew=True)
    assert (anew.goal, anew.minutes) == (300, 5)


def test_an_answer_of_a_former_version_counts_twice_its_time(learner: Learner) -> None:
    meet(learner, "meanings/cue", seconds=30)
    assert learner.record.totals(learner.day).spent_ms == 60_000
    assert study(learner).goal == 540


def test_a_day_of_reviews_stays_one_when_they_are_done(learner: Learner) -> None:
    """Else all that is left of the minutes would go to new cards as soon as the last review is answered."""
    meet(learner, "meanings/cue")
    learner.clock.forward(days=10)
    review_of(learner, learner.card("meanings/cue").id, seconds=5, spent=12)
    plan = study(learner)
    assert plan.reviews == 0
    assert sum(each.seconds for each in plan.cards) < 0.45 * 600


def test_the_limit_counts_cards_and_due_ones_go_first(learner: Learner) -> None:
    meet(learner, "levels/show-running", "meanings/cue")
    learner.clock.forward(days=40)
    asked = ids(study(learner, limit=3))
    assert len(asked) == 3
    assert {id_.rsplit("/", 1)[1] for id_ in asked[:2]} == {"show-running", "cue"}


def test_new_is_what_was_asked_for_whatever_the_minutes_say(learner: Learner) -> None:
    for id_ in ids(study(learner)):
        review_of(learner, id_, seconds=60, spent=90)
    assert ids(study(learner)) == []
    more = study(learner, new=MORE_NEW)
    assert (more.new, more.goal) == (MORE_NEW, None)
    assert ids(study(learner, new=0)) == []


def test_a_card_missed_and_left_waiting_comes_first_as_a_repeat(learner: Learner) -> None:
    session = learner.study("meanings/cue", "meanings/prop", "meanings/sm")
    assert session.question
    session.answer(wrong(session.question))
    plan = study(learner)
    first = plan.cards[0]
    assert first.card == learner.card("meanings/cue").id
    assert (first.misses, plan.again) == (1, 1)
    assert first.asked == next(iter(learner.record.state(first.card).seen))  # type: ignore[union-attr]  # met
    learner.clock.forward(days=1)
    assert study(learner).again == 0
    assert first.card in ids(study(learner))


def test_a_card_that_was_right_again_or_missed_too_often_waits_for_tomorrow(learner: Learner) -> None:
    for _ in range(3):
        meet(learner, "meanings/cue", rating=Rating.AGAIN)
    session = learner.study(
        "meanings/prop", "meanings/sm", "meanings/tech", "meanings/call", "levels/show-running"
    )
    missed = learner.card("meanings/prop").id
    run(session, lambda it: wrong(it) if it.card.id == missed and not session.repeat else right(it))
    assert study(learner).again == 0


def test_siblings_stand_apart(learner: Learner) -> None:
    asked = siblings_apart(outlines(learner, "meanings")[:40])
    families = [outline.id.partition(".")[0] for outline in asked]
    assert len(set(families)) < len(families)
    for i, family in enumerate(families):
        assert family not in families[max(0, i - SIBLING_GAP) : i]


def test_decks_are_interleaved(learner: Learner) -> None:
    asked = [id_.split("/")[1] for id_ in ids(study(learner, new=60))][10:]
    for deck in ("synonyms", "levels", "answers"):
        assert len(asked) / 10 <= asked.count(deck) <= len(asked) / 2


def test_a_card_waits_for_those_before_it(learner: Learner) -> None:
    card = learner.card("answers/conflicting-requests")
    recall = Outline.of(card)
    assert ids(planner(learner).study([recall])) == []
    for before in card.after:
        meet(learner, before)
    assert ids(planner(learner).study([recall])) == [card.id]


def test_suspended_and_buried_cards_stay_out(learner: Learner) -> None:
    meet(learner, "meanings/cue", "meanings/prop", rating=Rating.AGAIN)
    learner.clock.forward(days=2)
    learner.record.mark(learner.card("meanings/cue").id, Marks(suspended=True))
    learner.record.mark(learner.card("meanings/prop").id, Marks(buried=learner.day))
    assert ids(study(learner, new=0)) == []
    learner.clock.forward(days=1)
    assert ids(study(learner, new=0)) == [learner.card("meanings/prop").id]


def test_a_quiz_asks_what_is_most_likely_forgotten_and_fills_up_with_new(learner: Learner) -> None:
    meet(learner, "meanings/cue", rating=Rating.EASY)
    meet(learner, "meanings/prop", rating=Rating.AGAIN)
    learner.clock.forward(days=1)
    quiz = ids(planner(learner).quiz(outlines(learner)))
    assert quiz[:2] == [learner.card("meanings/prop").id, learner.card("meanings/cue").id]
    assert len(quiz) == len(set(quiz)) == 10


def test_a_quiz_goes_beyond_the_minutes(learner: Learner) -> None:
    for id_ in ids(study(learner)):
        review_of(learner, id_, seconds=60, spent=90)
    quiz = planner(learner).quiz(outlines(learner), count=20)
    assert len(quiz.cards) == 20
    assert quiz.goal is None


@pytest.mark.parametrize("days", [-400, -1, 1, 4000])
def test_a_clock_that_is_set_wrong_gives_a_plan_all_the_same(learner: Learner, days: int) -> None:
    for id_ in list(learner.library.cards)[:60]:
        review_of(learner, id_)
    learner.clock.at += timedelta(days=days)
    plan = study(learner)
    assert 1 <= plan.minutes <= 11
    assert plan.due == (60 if days == 4000 else 0)
    learner.clock.at -= timedelta(days=days)
    assert study(learner).due == 0


def test_after_a_long_break_a_portion_is_told_and_when_it_is_caught_up(learner: Learner) -> None:
    """Nothing is reset: what is due and does not fit waits, and the pile grows smaller day by day."""
    for id_ in list(learner.library.cards)[:300]:
        review_of(learner, id_, seconds=8, spent=15)
        learner.clock.forward(seconds=20)
    learner.clock.forward(days=200)
    first = study(learner)
    assert (first.due, first.new) == (300, 0)
    assert 9 <= first.minutes <= 11
    assert first.caught_up_in is None, "nobody knows so far ahead"
    before = dict(learner.record.states)
    for each in first.cards:
        review_of(learner, each.card, seconds=8, spent=15)
    learner.clock.forward(days=1)
    later = study(learner)
    assert later.due < first.due
    asked = {each.card for each in first.cards}
    untouched = {id_: state for id_, state in before.items() if id_ not in asked}
    assert untouched == {id_: learner.record.states[id_] for id_ in untouched}


def test_new_cards_stop_before_the_week_is_full(learner: Learner) -> None:
    """On a light day between heavy ones: what is left of its minutes would make the others longer still."""
    missed, *others = list(learner.library.cards)[:120]
    review_of(learner, missed, rating=Rating.AGAIN)
    for id_ in others:
        review_of(learner, id_, seconds=10, spent=25)
        learner.clock.forward(seconds=20)
    learner.clock.forward(days=1)
    review_of(learner, missed)  # it was due, so that it is a day of reviews
    light = study(learner)
    assert light.due < 10
    assert light.new == 0
    assert study(learner, 120).new > 0
