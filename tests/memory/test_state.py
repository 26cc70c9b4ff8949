"""What a review counts as, and the sums of a day."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings

from trainer.memory.state import CardState, DayTotals, Degree, Marks, Rated, Rating, Review

from .reviews import DAY, SCHEDULE, after, histories, review


@pytest.mark.parametrize(
    ("rating", "guess", "right"),
    [
        (Rating.AGAIN, False, False),
        (Rating.AGAIN, True, True),
        (Rating.HARD, False, True),
        (Rating.GOOD, False, True),
        (Rating.EASY, False, True),
    ],
)
def test_an_answer_is_right_or_missed_and_a_lucky_guess_is_right(
    rating: Rating, guess: bool, right: bool
) -> None:
    answer = msgspec.structs.replace(review(), rating=rating, guess=guess)
    assert answer.right is right
    assert answer.missed is not right


@pytest.mark.parametrize(
    ("answer", "first", "totals"),
    [
        (review(), True, DayTotals(reviews=1, new=1, ms=1000, new_ms=1000)),
        (review(rating=Rating.AGAIN), True, DayTotals(reviews=1, new=1, ms=1000, new_ms=1000)),
        (review(), False, DayTotals(reviews=1, right=1, ms=1000)),
        (review(rating=Rating.AGAIN), False, DayTotals(reviews=1, missed=1, ms=1000)),
        (review(guess=True), False, DayTotals(reviews=1, lucky=1, ms=1000)),
        (review(repeat=True), False, DayTotals(reviews=1, repeats=1, ms=1000)),
        (review(rating=Rating.AGAIN, repeat=True), False, DayTotals(reviews=1, repeats=1, ms=1000)),
        (
            review(after(Rating.GOOD), variant="new-line"),
            False,
            DayTotals(reviews=1, right=1, ms=1000, unseen=1, unseen_right=1),
        ),
        (
            review(after(Rating.GOOD), variant="new-line", guess=True),
            False,
            DayTotals(reviews=1, lucky=1, ms=1000, unseen=1),
        ),
    ],
    ids=[
        "first",
        "first missed",
        "right",
        "missed",
        "lucky",
        "repeat",
        "repeat missed",
        "unseen",
        "unseen lucky",
    ],
)
def test_an_answer_is_counted_under_its_kind(answer: Review, first: bool, totals: DayTotals) -> None:
    assert DayTotals().plus(answer, first_meeting=first) == totals
    before = DayTotals(reviews=9, new=9, right=9, lucky=9, missed=9, repeats=9, ms=9, new_ms=9, unseen=9)
    with_it = before.plus(answer, first_meeting=first)
    assert with_it != before
    assert with_it.minus(answer, first_meeting=first) == before


@pytest.mark.slow
@settings(max_examples=60)
@given(histories())
def test_every_answer_of_a_day_is_counted_once(history: list[Review]) -> None:
    _, days = SCHEDULE.replay(dict(enumerate(history)))
    for day, totals in days.items():
        answers = [answer for answer in history if answer.day == day]
        assert totals.reviews == len(answers)
        assert totals.new + totals.right + totals.lucky + totals.missed + totals.repeats == totals.reviews
        assert totals.ms == sum(answer.ms for answer in answers)
        assert totals.new_ms <= totals.ms
        assert totals.unseen_right <= totals.unseen <= totals.reviews


@pytest.mark.slow
@settings(max_examples=30)
@given(histories())
def test_reviews_and_states_come_back_from_json_as_they_were(history: list[Review]) -> None:
    states, _ = SCHEDULE.replay(dict(enumerate(history)))
    assert msgspec.json.decode(msgspec.json.encode(history), type=list[Review]) == history
    assert msgspec.json.decode(msgspec.json.encode(states), type=dict[str, CardState]) == states


RATED = Rated(
    score=4,
    reference=2,
    points={"calm": (Degree.SHOWN, Degree.PARTLY), "order": (Degree.NOT, Degree.NOT)},
    flags={"bypasses-sm": (False, True)},
    first=True,
)


def test_a_rating_is_kept_in_few_characters() -> None:
    stored = msgspec.json.encode(RATED).decode()
    assert stored == (
        '{"score":4,"reference":2,"points":{"calm":[2,1],"order":[0,0]},'
        '"flags":{"bypasses-sm":[false,true]},"first":true}'
    )
    assert msgspec.json.decode(stored, type=Rated) == RATED


def test_a_review_from_before_there_were_ratings_is_read_and_written_as_it_was() -> None:
    old = b'{"card":"a/b/c","day":"2026-03-04","rating":3,"given":2,"form":"flip","ms":5}'
    found = msgspec.json.decode(old, type=Review)
    assert found.rated is None
    assert msgspec.json.encode(found) == old


def test_a_card_put_off_is_away_for_the_day_and_a_suspended_one_for_good() -> None:
    tomorrow = date(2026, 3, 5)
    assert not Marks().away(DAY)
    assert Marks(buried=DAY).away(DAY)
    assert not Marks(buried=DAY).away(tomorrow)
    assert Marks(suspended=True).away(tomorrow)
