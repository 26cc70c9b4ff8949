"""The figures on a rater, beside values worked out by hand."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from trainer.memory.state import Degree, Rated, Rating, Review
from trainer.reports.profile import (
    Side,
    Spotted,
    mean_distance,
    mean_leniency,
    rank_correlation,
    rater_profile,
    weighted_kappa,
)

TEN = [(5, 5), (4, 3), (1, 1), (3, 3), (4, 2), (2, 3), (5, 4), (1, 2), (3, 1), (5, 5)]
"""Ten ratings with their references: differences 0 1 0 0 2 -1 1 -1 2 0."""
SCORES = st.tuples(st.integers(1, 5), st.integers(1, 5))


def history(pairs: Sequence[tuple[int, int]], *, first: bool = True) -> dict[int, Review]:
    return {
        i: Review(
            card="s/answers/q.rate",
            day=date(2026, 11, 24),
            rating=Rating.GOOD,
            given=1,
            form="rate",
            ms=1,
            rated=Rated(
                score=score,
                reference=reference,
                points={"a": (Degree.SHOWN, Degree.PARTLY), "b": (Degree.PARTLY, Degree.NOT)},
                flags={"f": (False, True)},
                first=first,
            ),
        )
        for i, (score, reference) in enumerate(pairs)
    }


def test_ten_ratings_worked_out_by_hand() -> None:
    assert mean_distance(TEN) == pytest.approx(0.8)  # (1 + 2 + 1 + 1 + 1 + 2) / 10
    assert mean_leniency(TEN) == pytest.approx(0.4)  # (1 + 2 - 1 + 1 - 1 + 2) / 10
    # Ranks: given 9 6.5 1.5 4.5 6.5 3 9 1.5 4.5 9, reference 9.5 6 1.5 6 3.5 6 8 3.5 1.5 9.5, each of
    # mean 5.5. Products of the deviations: 14 + 0.5 + 16 - 0.5 - 2 - 1.25 + 8.75 + 8 + 4 + 14 = 61.5;
    # their squares sum up to 79 on either side.
    assert rank_correlation(TEN) == pytest.approx(61.5 / 79)
    # Counts of 1 to 5: given 2 1 2 2 3, reference 2 2 3 1 2. Σ w·observed = 1 + 4 + 1 + 1 + 1 + 4 = 12;
    # Σ w·expected = (2·55 + 1·27 + 2·19 + 2·31 + 3·63) / 10 = 42.6.
    assert weighted_kappa(TEN) == pytest.approx(1 - 12 / 42.6)


def test_full_agreement_and_its_opposite() -> None:
    assert weighted_kappa([(i, i) for i in range(1, 6)]) == 1
    assert rank_correlation([(i, i) for i in range(1, 6)]) == pytest.approx(1)
    assert weighted_kappa([(i, 6 - i) for i in range(1, 6)]) == -1
    assert rank_correlation([(i, 6 - i) for i in range(1, 6)]) == pytest.approx(-1)


def test_what_has_no_value_is_not_given_one() -> None:
    assert weighted_kappa([(3, 3)] * 20) is None
    assert rank_correlation([(3, i % 5 + 1) for i in range(20)]) is None


@pytest.mark.parametrize(
    ("ratings", "told"),
    [
        (0, set()),
        (1, {"distance"}),
        (5, {"distance", "points", "flags"}),
        (9, {"distance", "points", "flags"}),
        (10, {"distance", "points", "flags", "leniency"}),
        (15, {"distance", "points", "flags", "leniency", "ranking"}),
        (19, {"distance", "points", "flags", "leniency", "ranking"}),
        (20, {"distance", "points", "flags", "leniency", "ranking", "agreement"}),
    ],
)
def test_each_figure_waits_for_enough_ratings(ratings: int, told: set[str]) -> None:
    profile = rater_profile(history((TEN * 2)[:ratings]))
    assert profile.ratings == ratings
    figures = ("distance", "points", "flags", "leniency", "ranking", "agreement")
    assert {name for name in figures if getattr(profile, name) is not None} == told


def test_points_and_flags_are_spotted_missed_or_imagined() -> None:
    profile = rater_profile(history(TEN))
    points, flags = profile.points, profile.flags
    assert points is not None
    assert flags is not None
    assert (points.there, points.spotted, points.absent, points.imagined) == (10, 10, 10, 10)
    assert (points.hit_rate, points.false_alarm_rate) == (1, 1)
    assert flags == Spotted(there=10, spotted=0, absent=0, imagined=0)
    assert (flags.hit_rate, flags.false_alarm_rate) == (0, None)


def test_later_ratings_of_an_answer_do_not_count() -> None:
    assert rater_profile(history(TEN, first=False)).ratings == 0


def test_it_tells_whether_it_is_getting_better() -> None:
    far, near = [(5, 1)] * 10, [(2, 1)] * 10
    profile = rater_profile(history([*far, *near, (5, 1)]))
    assert list(profile.over_time) == [4, 1]
    assert profile.change == 3
    assert rater_profile(history(far)).change is None


@given(st.lists(SCORES, min_size=2, max_size=40))
def test_every_figure_stays_in_its_range(pairs: list[tuple[int, int]]) -> None:
    assert 0 <= mean_distance(pairs) <= 4
    assert abs(mean_leniency(pairs)) <= mean_distance(pairs) + 1e-9
    for figure in (rank_correlation(pairs), weighted_kappa(pairs)):
        assert figure is None or -1 - 1e-9 <= figure <= 1 + 1e-9


@given(st.lists(SCORES, min_size=2, max_size=40))
def test_who_rates_whom_does_not_matter_for_agreement(pairs: list[tuple[int, int]]) -> None:
    turned = [(reference, given) for given, reference in pairs]
    assert weighted_kappa(turned) == pytest.approx(weighted_kappa(pairs))
    assert rank_correlation(turned) == pytest.approx(rank_correlation(pairs))


def test_a_rating_of_a_card_that_was_forgotten_is_no_first_one_again() -> None:
    told = history([(5, 5), (4, 3)])
    told[1] = replace(told[1], anew=True)
    assert rater_profile(told).ratings == 1
    other = {**told, 1: replace(told[1], variant="another answer")}
    assert rater_profile(other).ratings == 2


def test_weak_and_strong_answers_are_told_apart() -> None:
    profile = rater_profile(history(TEN))
    # References of 1 and 2: given 1, 4, 1, 3 for 1, 2, 2, 1: off by 0 2 -1 2; too few. Of 4 and 5: 5, 5, 5.
    assert profile.weak == Side(4, None, None)
    assert profile.strong == Side(3, None, None)
    profile = rater_profile(history(TEN * 2))
    assert [profile.weak.ratings, profile.strong.ratings] == [8, 6]
    assert [profile.weak.distance, profile.weak.leniency] == pytest.approx([5 / 4, 3 / 4])
    assert [profile.strong.distance, profile.strong.leniency] == pytest.approx([1 / 3, 1 / 3])
    shy = rater_profile(history([(2, 1), (4, 5)] * 5))
    assert shy.leniency == pytest.approx(0)
    assert (shy.weak.leniency, shy.strong.leniency) == (1, -1)
