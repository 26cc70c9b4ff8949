"""By how much a model of memory is put right by a learner's own answers."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.reports.shift import NO_SHIFT, Shift, Standing, Try, shift_of

chances = st.floats(0, 1)
standings = st.builds(
    Standing, recall=chances, missed=st.booleans(), reps=st.integers(1, 20), days=st.floats(0.1, 60)
)
tries = st.lists(
    st.builds(Try, card=standings, luck=st.sampled_from([0, 0.1, 0.25, 0.3]), right=st.booleans()),
    max_size=40,
)
sure_tries = st.lists(st.builds(Try, card=standings, luck=st.just(0.0), right=st.booleans()), max_size=40)
PRIOR = ((-0.5, 1.0), (0.5, 0.5), (0.0, 0.3), (0.0, 0.3))


def posterior(found: list[Try], weights: Sequence[float]) -> float:
    """Return the logarithm of it as the text says, term by term, but for a constant."""
    total = -sum(
        ((weight - mean) / deviation) ** 2 / 2
        for weight, (mean, deviation) in zip(weights, PRIOR, strict=True)
    )
    for each in found:
        recall = min(0.999, max(0.05, each.card.recall))
        shift = weights[0] + weights[1] * each.card.missed
        shift += weights[2] * math.log2(min(8, each.card.reps))
        shift += weights[3] * math.log2(max(0.5, each.card.days) / 2)
        known = 1 / (1 + math.exp(-(shift + math.log(recall / (1 - recall)))))
        chance = each.luck + (1 - each.luck) * known
        total += math.log(chance if each.right else 1 - chance)
    return total


@given(tries, st.tuples(*[st.floats(-1, 1)] * 4))
def test_none_nearby_is_likelier(found: list[Try], off: tuple[float, ...]) -> None:
    best = shift_of(found).weights
    for size in (0.01, 0.1, 0.3):
        other = [weight + size * each for weight, each in zip(best, off, strict=True)]
        assert posterior(found, best) >= posterior(found, other) - 1e-6


@given(tries)
def test_none_for_all_cards_alike_is_likelier(found: list[Try]) -> None:
    best = max(posterior(found, (shift, 0.5, 0, 0)) for shift in range(-10, 7))
    assert posterior(found, shift_of(found).weights) >= best - 1e-9


@given(tries, standings)
def test_its_deviation_is_that_of_the_prior_or_less(found: list[Try], card: Standing) -> None:
    before, after = (shift_of(each).deviation(card.traits) for each in ([], found))
    assert 0 < after <= before + 1e-9


@given(sure_tries, standings)
def test_one_more_right_never_lowers_a_card_and_one_more_wrong_never_raises_it(
    found: list[Try], card: Standing
) -> None:
    less, as_is, more = (
        shift_of([*found, *more]).of(card.traits)
        for more in ([Try(card, 0.0, right=False)], [], [Try(card, 0.0, right=True)])
    )
    assert less <= as_is + 1e-6
    assert as_is <= more + 1e-6


def test_without_an_answer_it_is_the_prior() -> None:
    prior = shift_of([])
    assert prior.weights == (-0.5, 0.5, 0.0, 0.0)
    assert [math.sqrt(prior.covariance[i][i]) for i in range(4)] == pytest.approx([1, 0.5, 0.3, 0.3])


def test_by_hand() -> None:
    # One right answer at even odds: the slope 1 - sigmoid(a) - (a + .5) is 0 at the mode.
    shift = shift_of([Try(Standing(0.5), 0.0, right=True)]).weights[0]
    assert 1 - 1 / (1 + math.exp(-shift)) == pytest.approx(shift + 0.5)


@pytest.mark.parametrize("truth", [-1.5, 0.0, 1.0])
def test_many_answers_bring_it_near_the_truth(truth: float) -> None:
    known = 1 / (1 + math.exp(-(truth + math.log(0.8 / 0.2))))
    right_of_400 = round(400 * (0.25 + 0.75 * known))
    found = [Try(Standing(0.8), 0.25, right=place < right_of_400) for place in range(400)]
    assert shift_of(found).of(Standing(0.8).traits) == pytest.approx(truth, abs=0.15)


@pytest.mark.parametrize(
    ("told", "other"),
    [
        (Standing(0.7, missed=True), Standing(0.7)),
        (Standing(0.7, reps=6), Standing(0.7)),
        (Standing(0.7, days=12), Standing(0.7)),
    ],
)
def test_what_is_better_known_than_other_cards_is_told_apart(told: Standing, other: Standing) -> None:
    half = [Try(other, 0.0, right=place % 2 == 0) for place in range(100)]
    always = [Try(told, 0.0, right=True) for _ in range(100)]
    shift = shift_of([*half, *always])
    assert shift.of(told.traits) > shift.of(other.traits) + 1


def test_no_shift_leaves_what_the_model_says() -> None:
    card = Standing(0.7, missed=True, reps=9, days=50)
    assert (NO_SHIFT.of(card.traits), NO_SHIFT.deviation(card.traits)) == (0, 0)


def test_where_nothing_was_asked_the_deviation_is_larger() -> None:
    usual, far = Standing(0.8, days=2), Standing(0.8, days=200)
    shift: Shift = shift_of([Try(usual, 0.0, right=True)] * 100)
    assert shift.deviation(far.traits) > shift.deviation(usual.traits)
