"""The feedback on a card, laid out: it stands on a screen of 80 by 24 together with its question."""

import random

import pytest

from tests.cards.shipped import CARDS
from tests.learners import Learner, as_the_reference, right, run, wrong
from trainer.app.kit.layout import fit
from trainer.app.study.card_view import Face, card_page
from trainer.cards.card import Answer, Form, Question
from trainer.cards.marking import mark
from trainer.cards.sample import Judgement
from trainer.memory.state import Degree
from trainer.study.feedback import answer_in_full, answer_in_short
from trainer.study.turns import Feedback

WIDTH, ROOM = 77, 21
"""What 80 by 24 leaves for the card, beside the scroll bar, the top and the keys."""

SOME = random.Random(1).sample(CARDS, 250)


def given(question: Question, answer: Answer) -> Feedback:
    return Feedback(
        question=question,
        answer=answer,
        mark=mark(question, answer),
        first_meeting=False,
        repeat=False,
        days=3,
        back_today=True,
    )


def laid(question: Question, answer: Answer) -> list[str]:
    feedback = given(question, answer)
    face = Face(question=question, first_meeting=False, repeat=False, feedback=feedback)
    return [row.content.plain for row in fit(card_page(face, WIDTH), ROOM)]


def two_points_off(question: Question) -> Judgement:
    """Rate an answer with another score, two points taken for something else, and a flag let pass."""
    reference = as_the_reference(question)
    degrees = [
        Degree((degree + 1) % 3) if position < 2 else degree
        for position, degree in enumerate(reference.degrees)
    ]
    score = reference.score + (2 if reference.score < 4 else -2)
    return Judgement(degrees=tuple(degrees), flags=frozenset(sorted(reference.flags)[1:]), score=score)


def test_what_is_counted_as_right_says_so_and_as_wrong_again_it_is_the_miss_that_it_was() -> None:
    learner = Learner()
    card = learner.card("stage-manager/levels/show-through-change")
    run(learner.session([card], once=True), right)
    learner.clock.forward(days=3)
    session = learner.session([card], once=True)
    assert session.question
    missed = session.answer(wrong(session.question))

    def page(feedback: Feedback) -> str:
        face = Face(question=feedback.question, first_meeting=False, repeat=False, feedback=feedback)
        return "\n".join(row.content.plain for row in card_page(face, WIDTH))

    assert "✗" in page(missed)
    assert "Why not" in page(missed)
    counted = session.count_as(right=True)
    assert counted
    assert "✓ Counted as right." in page(counted)
    assert "also right" not in page(counted)
    assert "✗" not in page(counted)
    again = session.count_as(right=False)
    assert again
    assert page(again) == page(missed)


@pytest.mark.slow
def test_a_miss_and_its_feedback_stand_on_one_screen() -> None:
    for card in SOME:
        for way in card.ways():
            if way.form is not Form.RATE:
                question = card.ask(way, 2 if 2 in way.stages else way.stages[0], random.Random(1))
                for answer in (wrong(question), Answer(gave_up=True)):
                    assert len(laid(question, answer)) <= ROOM, (card.id, way.key)


def test_no_verdict_stands_beside_a_bare_name() -> None:
    """ "Not right. Director" reads as if the Director were wrong."""
    for card in SOME:
        for way in card.ways():
            if way.form is Form.CHOOSE:
                question = card.ask(way, way.stages[-1], random.Random(1))
                feedback = given(question, wrong(question))
                texts = {option.text.removesuffix(".") for option in question.options}
                for told in (answer_in_short(feedback), answer_in_full(feedback)):
                    assert told.removesuffix(".") not in texts, (card.id, way.key)
                assert answer_in_short(feedback)


def test_an_answer_that_was_rated_stands_above_its_feedback() -> None:
    for card in CARDS:
        for way in card.ways():
            if way.form is Form.RATE:
                question = card.ask(way, 0, random.Random(1))
                rows = laid(question, Answer(judgement=two_points_off(question)))
                first = next(i for i, row in enumerate(rows) if row.startswith("  │"))
                assert len(rows) - first <= ROOM, (card.id, way.key)
