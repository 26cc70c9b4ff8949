"""The measures see what style tells, and see nothing where it tells nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from trainer.material.questions import InterviewQuestion, SampleAnswer
from trainer.material.sheet import Sheet

from .classifiers import guesses, phrasing_only, share, words_and_characters
from .features import figures, phrasing
from .measures import Goal, _forgiven, _rho, _sign
from .samples import Sample, scores, whole_answers

PLACES = ("the yard", "a loft", "my van", "the dock", "a pit", "the attic", "a shed", "my room")


def answer(id_: str, text: str, score: int, *flags: str) -> SampleAnswer:
    return SampleAnswer(id=id_, text=text, score=score, flags=flags)


def test_phrasing_is_what_is_left_without_what_a_text_is_about() -> None:
    assert (
        phrasing("I'm never late: 40 props packed by the Assistants") == "i'm never a : 0 a-s a-ed by the A-s"
    )


def test_figures_are_counted_in_digits_and_in_words() -> None:
    assert figures("Forty chairs for £1,200, nine of them by one maker") == 3


@pytest.mark.parametrize("reader", [words_and_characters, phrasing_only])
def test_a_formula_is_found_and_only_where_there_is_one(reader: Callable[[], Any]) -> None:
    told = {
        str(i): [Sample(f"I always swept {place}", "a") for place in PLACES[i::2]]
        + [Sample(f"They swept {place} by a list", "b") for place in PLACES[i::2]]
        for i in range(2)
    }
    even = {
        sheet: [Sample(each.text, label) for each in own for label in "ab"] for sheet, own in told.items()
    }
    for samples, known in ((told, 1), (even, 0.5)):
        for found in guesses(samples, reader, balanced=True, numbers=False).values():
            assert share([guess for own in found.values() for guess in own], balanced=True).value == known


def test_a_balanced_share_counts_a_rare_answer_as_much_as_a_frequent_one() -> None:
    pairs = [("often", "often")] * 9 + [("rare", "often")]
    assert share(pairs, balanced=False).value == 0.9
    assert share(pairs, balanced=True).value == share(pairs, balanced=True).chance == 0.5


def test_answers_are_measured_by_their_scores() -> None:
    said = [answer(str(score), "12 " * score, score, *(["f"] if score < 4 else [])) for score in range(1, 6)]
    question = InterviewQuestion(id="q", ask="Q?", answers=tuple(said))
    sheet = Sheet(format=1, id="s", name="S", questions=(question,))
    assert [sample.label for sample in scores(sheet)] == ["no", "no", "3", "yes", "yes"]
    rising, forgiven = _rho(whole_answers(sheet)), _forgiven(said)
    assert rising
    assert rising.value == pytest.approx(1)
    assert forgiven
    assert forgiven.value == pytest.approx(1 / 3)


def test_a_goal_has_two_sides() -> None:
    goal = Goal(0.35, 0.65)
    assert [_sign(value, goal.least, goal.most) for value in (0.2, 0.35, 0.654, 0.66)] == ["↓", "", "", "!"]
