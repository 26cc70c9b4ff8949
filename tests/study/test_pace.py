"""How long a card takes this learner, learned from their answers."""

import math
import random
from datetime import date

import pytest

from trainer.memory.state import CardState, Rating, Review
from trainer.study.pace import FEW, MISSES_A_SESSION, Kind, Pace, Timed

DAY = date(2026, 11, 24)


class Known:
    """The states of cards that were reviewed so often."""

    def __init__(self, **reps: int) -> None:
        self._reps = reps

    def state(self, card: str) -> CardState | None:
        reps = self._reps.get(card)
        return reps and CardState(  # type: ignore[return-value]  # None for a card that is not there
            stability=1, difficulty=5, last=DAY, due=DAY, reps=reps, lapses=0, right_days=0
        )


def review(
    card: str, ms: int, spent: int | None, *, rating: Rating = Rating.GOOD, repeat: bool = False
) -> Review:
    return Review(
        card=card, day=DAY, rating=rating, given=1, form="choose", ms=ms, spent=spent, repeat=repeat
    )


def timed(seconds: float, count: int, *, form: str = "choose", right: bool = True) -> list[Timed]:
    """Return answers whose mean is `seconds`."""
    chance = random.Random(f"{seconds}{form}{right}")
    return [
        Timed(form, Kind.REVIEW, right, seconds * math.exp(chance.gauss(-0.125, 0.5))) for _ in range(count)
    ]


def test_nothing_known_gives_what_is_usual() -> None:
    pace = Pace()
    right = pace.seconds("choose", Kind.REVIEW, right=True)
    missed = pace.seconds("choose", Kind.REVIEW, right=False)
    assert 10 < right < missed < 60
    assert (
        pace.seconds("choose", Kind.NEW, right=True) > right > pace.seconds("choose", Kind.REPEAT, right=True)
    )
    assert pace.seconds("a form of later", Kind.REVIEW, right=True) == right


def test_a_mean_of_log_normal_times_is_found_by_form_and_outcome() -> None:
    answers = [
        *timed(12, 200),
        *timed(40, 100, right=False),
        *timed(60, 60, form="rate"),
        *timed(90, 60, form="rate", right=False),
    ]
    pace = Pace(answers)
    assert pace.seconds("choose", Kind.REVIEW, right=True) == pytest.approx(12, rel=0.1)
    assert pace.seconds("choose", Kind.REVIEW, right=False) == pytest.approx(40, rel=0.12)
    assert pace.seconds("rate", Kind.REVIEW, right=True) == pytest.approx(60, rel=0.15)


def test_few_answers_move_it_part_of_the_way_and_another_form_learns_from_them() -> None:
    usual = Pace()
    slow = Pace([Timed("choose", Kind.REVIEW, True, 60.0)] * FEW)
    before, after = (pace.seconds("choose", Kind.REVIEW, right=True) for pace in (usual, slow))
    assert before < after < 60
    other = [pace.seconds("tick", Kind.REVIEW, right=True) for pace in (usual, slow)]
    assert other[0] < other[1]


def test_a_few_long_pauses_hardly_count() -> None:
    calm = Pace(timed(15, 100))
    disturbed = Pace([*timed(15, 100), *[Timed("choose", Kind.REVIEW, True, 240.0)] * 3])
    quiet, loud = (pace.seconds("choose", Kind.REVIEW, right=True) for pace in (calm, disturbed))
    assert loud < 1.2 * quiet


def test_a_miss_takes_its_repeats_too_and_never_more_than_a_session_asks() -> None:
    pace = Pace()
    cost = pace.cost("choose", Kind.REVIEW)
    alone = pace.cost("choose", Kind.REVIEW, MISSES_A_SESSION - 1)
    assert cost.right == alone.right
    assert cost.missed > alone.missed == pace.seconds("choose", Kind.REVIEW, right=False)
    mixed = pace.cost("choose flip", Kind.REVIEW)
    assert pace.cost("flip", Kind.REVIEW).right < mixed.right < cost.right


def test_the_feedback_on_a_card_is_told_by_the_answer_after_it() -> None:
    recent = [
        (1, review("a", 10_000, 10_000)),
        (2, review("b", 10_000, 30_000)),  # twenty seconds on the feedback on a
        (3, review("c", 10_000, 10_000)),  # a new session: nobody knows how long the feedback on b took
    ]
    alone = Pace.of(recent, Known())
    assert alone.seconds("choose", Kind.REVIEW, right=True) == Pace(
        [Timed("choose", Kind.REVIEW, True, 30.0)]
    ).seconds("choose", Kind.REVIEW, right=True)


def test_reviews_of_a_former_version_count_twice_their_time() -> None:
    recent = [(1, review("a", 10_000, None)), (2, review("b", 10_000, None))]
    former = Pace.of(recent, Known())
    assert former.seconds("choose", Kind.REVIEW, right=True) == Pace(
        [Timed("choose", Kind.REVIEW, True, 20.0)]
    ).seconds("choose", Kind.REVIEW, right=True)


def test_chances_are_learned_apart_for_first_meetings_reviews_and_repeats() -> None:
    """A card whose state counts no more reviews than there are here was met here."""
    new = [(n, review(f"new{n}", 9_000, 9_000, rating=Rating.AGAIN)) for n in range(40)]
    old = [(100 + n, review(f"old{n}", 9_000, 9_000)) for n in range(40)]
    again = [(200 + n, review(f"new{n}", 9_000, 9_000, repeat=True)) for n in range(40)]
    reps = {f"new{n}": 1 for n in range(40)} | {f"old{n}": 5 for n in range(40)}
    pace = Pace.of([*new, *old, *again], Known(**reps))
    assert pace.chance(Kind.NEW) < 0.2
    assert pace.chance(Kind.REVIEW) > 0.9
    assert pace.chance(Kind.REPEAT) > 0.9


def test_a_card_that_is_nearly_forgotten_is_likelier_missed() -> None:
    pace = Pace()
    usual = pace.chance(Kind.REVIEW)
    assert pace.chance_of(0.88, 0.88) == pytest.approx(usual)
    assert pace.chance_of(0.3, 0.88) < pace.chance_of(0.7, 0.88) < usual < pace.chance_of(0.99, 0.88)
    assert 0 < pace.chance_of(0.0, 0.88) < pace.chance_of(1.0, 0.88) < 1
