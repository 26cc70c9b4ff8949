"""Ratings of whole answers on record: what is kept of them, and which of them are first ones."""

from pathlib import Path

import pytest

from tests.learners import Learner, as_the_reference
from tests.ratings import RECALL, library, rate_card
from trainer.cards.card import Answer, Question
from trainer.cards.sample import Judgement
from trainer.memory.state import Degree, Rated, Rating, Review
from trainer.study.session import Session

NOT, PARTLY, SHOWN = Degree


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    made = Learner()
    made.library = library(tmp_path)
    return made


def rate(learner: Learner) -> Session:
    return learner.session([rate_card(learner.library)])


def asked(session: Session) -> Question:
    assert session.question
    return session.question


def as_it_is(session: Session) -> Answer:
    return Answer(judgement=as_the_reference(asked(session)))


def far_off(session: Session) -> Answer:
    sample = asked(session).sample
    assert sample
    return Answer(judgement=Judgement(degrees=(NOT,) * 4, score=1 if sample.score > 3 else 5))


def reviews(learner: Learner) -> list[Review]:
    history = learner.record.history()
    return [history[id_] for id_ in sorted(history)]


def kept(learner: Learner) -> list[tuple[str, bool]]:
    """Return which answers were rated, and which of them for the first time."""
    return [(review.variant, review.rated.first) for review in reviews(learner) if review.rated]


def test_a_rating_is_kept_with_its_reference(learner: Learner) -> None:
    session = rate(learner)
    while asked(session).way.key != "fluent":
        session.answer(as_it_is(session))
        learner.clock.forward(days=400)
        session = rate(learner)
    sample = asked(session).sample
    assert sample
    flags = [flag.id for flag in sample.flags]
    others = dict.fromkeys(flags, (False, False))
    seen = frozenset({flags.index("bypasses-caller")})
    half_right = Judgement(degrees=(NOT, SHOWN, NOT, PARTLY), flags=seen, score=2)
    session.answer(Answer(judgement=half_right, hint=True))
    review = reviews(learner)[-1]
    assert (review.form, review.variant, review.rating, review.chosen) == ("rate", "fluent", Rating.HARD, ())
    assert review.hint
    assert review.rated == Rated(
        score=2,
        reference=1,
        points={
            "order": (NOT, NOT),
            "calm": (SHOWN, PARTLY),
            "people": (NOT, NOT),
            "safety": (PARTLY, NOT),
        },
        flags={**others, "bypasses-caller": (True, True)},
        first=True,
    )


def test_each_answer_is_first_once_however_often_it_comes(learner: Learner) -> None:
    for _ in range(6):
        session = rate(learner)
        session.answer(as_it_is(session))
        learner.clock.forward(days=400)
    variants = [variant for variant, _ in kept(learner)]
    assert len(set(variants[:4])) == 4
    assert variants[4:] == variants[:2]
    assert [first for _, first in kept(learner)] == [True] * 4 + [False] * 2


def test_a_miss_brings_another_answer_in_the_same_session_and_that_is_a_first_rating_too(
    learner: Learner,
) -> None:
    session = learner.session([rate_card(learner.library), learner.library.cards[RECALL]])
    session.answer(far_off(session))
    session.next()
    session.answer(Answer(gave_up=True))
    session.next()
    assert session.repeat
    session.answer(as_it_is(session))
    (one, first), (other, also_first) = kept(learner)
    assert one != other
    assert first
    assert also_first


def test_whoever_was_told_the_reference_rates_no_more_for_the_first_time(learner: Learner) -> None:
    session = rate(learner)
    told = asked(session).way.key
    session.answer(Answer(gave_up=True))
    assert reviews(learner)[0].rated is None
    for _ in range(4):
        learner.clock.forward(days=400)
        session = rate(learner)
        session.answer(as_it_is(session))
    assert [first for variant, first in kept(learner) if variant == told] == [False]


@pytest.mark.parametrize("reopen", [False, True])
def test_a_rating_that_was_taken_back_is_not_first_when_given_again(learner: Learner, reopen: bool) -> None:
    session = rate(learner)
    session.answer(far_off(session))
    if reopen:
        session = learner.session([])
    assert session.undo()
    session.answer(as_it_is(session))
    assert [first for _, first in kept(learner)] == [False]


def test_another_mark_leaves_the_rating_as_it_was(learner: Learner) -> None:
    session = rate(learner)
    session.answer(far_off(session))
    before = reviews(learner)[0].rated
    assert session.count_as(right=True)
    (review,) = reviews(learner)
    assert review.rating is Rating.GOOD
    assert review.rated == before


def test_what_was_typed_is_not_kept_but_which_points_it_named(learner: Learner) -> None:
    card = learner.library.cards[RECALL]
    learner.session([card]).answer(Answer(knew=True))
    learner.clock.forward(days=400)
    session = learner.session([card])
    assert [option.id for option in asked(session).options] == ["order", "calm", "people", "safety"]
    session.answer(Answer(chosen=frozenset({0, 2, 3}), typed="a line\nof my own"))
    review = reviews(learner)[-1]
    assert (review.form, review.variant, review.rating) == ("recall", "lines", Rating.HARD)
    assert review.chosen == ("order", "people", "safety")
    assert "my own" not in str(review)
