"""The whole answers that we ship: quoted as they stand, scored as their points say, and hard to guess."""

from collections.abc import Iterator
from statistics import correlation, fmean

import pytest

from trainer.material.questions import InterviewQuestion, SampleAnswer
from trainer.material.sheet import Sheet

from .shipped import ASM, ROLES

POLISH = {"clumsy": 0, "plain": 1, "fluent": 2}
WORTH = {"shown": 1.0, "partly": 0.5}
EXPECTED = {1: (0.0, 0.4), 2: (0.1, 0.7), 3: (0.3, 0.8), 4: (0.6, 0.9), 5: (0.85, 1.0)}
"""By score, the least and the most of its points that an answer may show."""
SAFETY_CAP = 2
"""The most that an answer is worth by which somebody could be hurt."""
NEAR_ZERO = 0.15

ALL = [
    (role, question, answer) for role in ROLES for question in role.questions for answer in question.answers
]
QUESTIONS = [
    pytest.param(question, id=f"{role.id}.{question.id}") for role in ROLES for question in role.questions
]


def _share(question: InterviewQuestion, answer: SampleAnswer) -> float:
    return sum(WORTH[how] for how in answer.points.values()) / len(question.points)


def _place(answer: SampleAnswer, words: str) -> range:
    start = answer.text.index(words)
    return range(start, start + len(words))


def _answers(*roles: Sheet) -> Iterator[SampleAnswer]:
    return (answer for role in roles for question in role.questions for answer in question.answers)


def test_every_point_and_flag_of_an_answer_is_quoted_from_it() -> None:
    for _, question, answer in ALL:
        assert set(answer.words) == {*answer.points, *answer.flags}, answer.id
        assert all(words in answer.text for words in answer.words.values()), answer.id
        unasked = set(answer.flags) - set(question.flags)
        assert not unasked, f"{answer.id}: a flag that nobody is asked to look for"


def test_the_words_that_raise_a_flag_earn_no_point() -> None:
    for _, _, answer in ALL:
        places = {key: _place(answer, words) for key, words in answer.words.items()}
        flagged = {place for flag in answer.flags for place in places[flag]}
        for point in answer.points:
            assert not flagged & set(places[point]), (answer.id, point)


def test_a_score_agrees_with_the_points_and_danger_caps_it() -> None:
    for role, question, answer in ALL:
        least, most = EXPECTED[answer.score]
        assert least <= _share(question, answer) <= most, answer.id
        dangerous = {flag.id for flag in role.red_flags if flag.safety}
        if dangerous & set(answer.flags):
            assert answer.score <= SAFETY_CAP, answer.id
        assert answer.score < 5 or not answer.flags, answer.id


def test_an_answer_fits_a_screen_and_teaches() -> None:
    for _, _, answer in ALL:
        assert 200 <= len(answer.text) <= 480, answer.id
        assert answer.why, answer.id
        assert 100 <= len(answer.why) <= 215, answer.id


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_anchors_flags_to_look_for_and_a_weak_answer(question: InterviewQuestion) -> None:
    assert set(question.anchors) == {1, 3, 5}
    assert 2 <= len(question.flags) <= 4
    raised = [set(answer.flags) for answer in question.answers]
    assert set(question.flags) - set().union(*raised), "all flags are raised: ticking each would be right"
    scores = [answer.score for answer in question.answers]
    assert min(scores) <= 2 < max(scores)


@pytest.mark.parametrize("question", ASM.questions, ids=lambda question: question.id)
def test_a_question_of_the_page_has_strong_mixed_and_weak_answers_and_polish_that_misleads(
    question: InterviewQuestion,
) -> None:
    scores = [answer.score for answer in question.answers]
    assert len(scores) >= 4
    assert max(scores) == 5
    assert 3 in scores
    assert min(scores) <= 2
    assert any(
        (answer.polish == "fluent" and answer.score < 3) or (answer.polish == "clumsy" and answer.score > 3)
        for answer in question.answers
    )


@pytest.mark.parametrize("roles", [(ASM,), tuple(ROLES)], ids=["ASM", "all"])
def test_length_and_polish_of_an_answer_do_not_predict_its_score(roles: tuple[Sheet, ...]) -> None:
    answers = list(_answers(*roles))
    scores = [answer.score for answer in answers]
    assert set(scores) == {1, 2, 3, 4, 5}
    assert abs(correlation(scores, [len(answer.text) for answer in answers])) < NEAR_ZERO
    assert abs(correlation(scores, [POLISH[answer.polish] for answer in answers])) < NEAR_ZERO


def test_the_answer_that_stands_first_is_of_every_kind() -> None:
    first = [question.answers[0].score for question in ASM.questions]
    assert 2 <= fmean(first) <= 4
    assert len(set(first)) >= 4
