"""What is said at once, what on request, and what the feedback on one question leaves of another."""

import random
from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.cards.shipped import CARDS, every_question
from tests.learners import Learner, as_the_reference, right, wrong
from trainer.cards.card import Answer, Form, Question, Quote, first_question
from trainer.cards.cues import cues_in, places
from trainer.cards.levels import IndicatorCard
from trainer.cards.marking import COMPARE, mark
from trainer.cards.meanings import MeaningCard
from trainer.cards.sample import Judgement
from trainer.material.sheet import ResumeLine
from trainer.memory.state import Degree
from trainer.study.feedback import (
    compared,
    cues_told,
    has_more,
    quotes_at_once,
    quotes_on_request,
    scores,
    told_at_once,
    told_on_request,
)
from trainer.study.session import Session
from trainer.study.turns import Feedback


def told(question: Question, answer: Answer, *, first: bool = False) -> Feedback:
    return Feedback(
        question=question,
        answer=answer,
        mark=mark(question, answer),
        first_meeting=first,
        repeat=False,
        days=1,
        back_today=False,
    )


def line(learner: Learner) -> Question:
    """Ask for the level of a line."""
    card = learner.card("levels/basic-prop-management")
    return card.ask(card.ways()[0], 0, random.Random(0))


def chosen(question: Question, id_: str) -> Feedback:
    position = next(i for i, option in enumerate(question.options) if option.id == id_)
    return told(question, Answer(chosen=frozenset({position})))


class TestOfALine:
    def test_at_once_it_says_why_and_why_not_the_chosen_one(self, learner: Learner) -> None:
        found = chosen(line(learner), "mid")
        assert [each.label for each in told_at_once(found, marked=True)] == ["Marked", "Why not 2"]

    def test_on_request_the_rest(self, learner: Learner) -> None:
        found = chosen(line(learner), "mid")
        labels = [each.label for each in told_on_request(found)]
        assert labels == [COMPARE, "Why not 3", "Why not 4", "The rule"]
        assert has_more(found)

    def test_after_a_right_answer_it_says_why(self, learner: Learner) -> None:
        found = chosen(line(learner), "junior")
        assert [each.label for each in told_at_once(found, marked=True)] == ["Marked"]
        assert [each.label for each in told_on_request(found)][:2] == ["Why not 2", "Why not 3"]

    def test_where_nothing_can_be_marked_the_cue_is_quoted(self, learner: Learner) -> None:
        question = line(learner)
        (reason,) = told_at_once(chosen(question, "junior"), marked=False)
        assert reason.label == "Cue words"
        assert reason.text.startswith("“Set the hand props”: Props set, made, mended")

    @pytest.mark.slow
    def test_no_text_is_told_twice(self) -> None:
        for question in every_question():
            found = told(question, wrong(question))
            lines = [*told_at_once(found, marked=True), *told_on_request(found)]
            assert len({each.text for each in lines}) == len(lines), question.card.id


class TestCues:
    def test_they_are_found_as_whole_words_whatever_their_case(self) -> None:
        assert cues_in("Go on the word 'go', not going", named=["go"]) == ("Go", "go")

    def test_a_reason_names_them_in_quotes(self) -> None:
        why = "'On budget' says that there was a sum; it doesn't say whose, and 'nowhere' is nowhere."
        assert cues_in("Delivered on budget and on time", why=why) == ("on budget",)

    def test_where_none_is_found_none_is_marked(self) -> None:
        assert cues_in("Delivered on time", named=["", " "], why="It isn't told, is it?") == ()
        assert places((), "Delivered") == []

    def test_those_of_a_rating_are_at_first_where_the_learner_differs(self, learner: Learner) -> None:
        question = rated(learner)
        reference = as_the_reference(question)
        assert question.sample
        position = next(i for i, point in enumerate(question.sample.points) if point.words)
        degrees = list(reference.degrees)
        degrees[position] = Degree((degrees[position] + 1) % 3)
        given = Judgement(degrees=tuple(degrees), flags=reference.flags, score=reference.score)
        found = told(question, Answer(judgement=given))
        assert cues_told(found, whole=False) == (question.sample.points[position].words,)
        assert cues_told(found, whole=True) == question.cues
        assert len(question.cues) > 1


def rated(learner: Learner) -> Question:
    card = next(card for id_, card in learner.library.cards.items() if id_.endswith(".rate"))
    questions = (card.ask(way, 0, random.Random(0)) for way in card.ways())
    return next(each for each in questions if len(each.cues) > 1)


class TestOfARating:
    def test_each_score_has_a_line(self, learner: Learner) -> None:
        question = rated(learner)
        reference = as_the_reference(question)
        own, other = scores(told(question, Answer(judgement=reference)))
        assert (own.label, other.label) == ("You", "Reference")
        assert other.text == f"{own.text} (proposed)"

    def test_at_first_only_points_that_differ_are_compared(self, learner: Learner) -> None:
        question = rated(learner)
        reference = as_the_reference(question)
        assert compared(told(question, Answer(judgement=reference)), whole=False) == []
        other = Degree((reference.degrees[0] + 1) % 3)
        given = Judgement(
            degrees=(other, *reference.degrees[1:]), flags=reference.flags, score=reference.score
        )
        found = told(question, Answer(judgement=given))
        assert question.sample
        assert [each.text for each in compared(found, whole=False)] == [question.sample.points[0].text]
        assert len(compared(found, whole=True)) >= len(question.sample.points)

    def test_what_the_score_means_and_what_to_ask_next_are_told_on_request(self, learner: Learner) -> None:
        question = rated(learner)
        found = told(question, Answer(judgement=as_the_reference(question)))
        assert [each.label for each in told_at_once(found, marked=True)] == ["Because"]
        assert any(each.label.startswith("Worth") for each in told_on_request(found))


@pytest.mark.slow
def test_what_must_not_count_is_said_at_once_where_it_is_the_point() -> None:
    guarded = [each for each in every_question() if "look-alike" in each.way.key]
    fair = [each for question in guarded for each in question.lines if each.label == "Fair hiring"]
    assert fair
    assert all(each.at_once for each in fair)


class TestWhatWasShown:
    """A line that stood in the feedback is not asked in the same session."""

    def test_another_line_is_asked_than_the_one_that_was_compared_with(self, learner: Learner) -> None:
        first, (card, way) = _quoting_what_comes_first(learner)
        session = learner.session([first.card, learner.library.cards[card]])
        assert session.question
        found = session.answer(wrong_as(session.question, (card, way)))
        assert asked_next(session) == (card, way), "nobody has read it yet"
        session.tell_more(found)
        assert asked_next(session)[0] == card
        assert asked_next(session) != (card, way)

    def test_no_line_of_a_session_was_quoted_before(self, learner: Learner) -> None:
        cards = [card for card in CARDS if card.id.startswith("assistant-stage-manager/levels/")]
        session = learner.session(cards)
        shown: set[tuple[str, str]] = set()
        while question := session.question:
            assert (question.card.id, question.way.key) not in shown
            found = session.answer(right(question) if session.given % 3 else wrong(question))
            session.tell_more(found)
            shown |= quotes_at_once(found) | quotes_on_request(found)
            session.next()
        assert shown

    def test_a_line_that_can_be_asked_in_no_other_way_is_not_quoted(self, learner: Learner) -> None:
        first = line(learner)
        assert isinstance(first.card, IndicatorCard)
        [(quoted, way)] = first.options[1].quotes
        other = learner.library.cards[quoted]
        assert isinstance(other, IndicatorCard)
        text = next(each for each in other.indicator.lines if each.id == way)
        alone = _with_one_line(other, text)
        session = learner.session([first.card, alone])
        found = session.answer(Answer(chosen=frozenset({1})))
        assert COMPARE not in {each.label for each in told_on_request(found)}

    @pytest.mark.slow
    def test_a_line_that_is_held_back_is_never_quoted(self) -> None:
        held = {(card.id, way.key) for card in CARDS for way in card.ways() if way.held}
        quoted = {quote for each in every_question() for option in each.options for quote in option.quotes}
        assert quoted
        assert not quoted & held


def wrong_as(question: Question, quote: Quote) -> Answer:
    """Choose the option whose feedback quotes a line."""
    return Answer(
        chosen=frozenset({next(i for i, each in enumerate(question.options) if quote in each.quotes)})
    )


def asked_next(session: Session) -> Quote:
    coming = session.coming()
    assert coming
    return coming.question.card.id, coming.question.way.key


def _quoting_what_comes_first(learner: Learner) -> tuple[Question, Quote]:
    """Return a question, met first, that has a line compared by which another card is met first."""
    cards = learner.library.cards
    for each in cards.values():
        if isinstance(each, IndicatorCard):
            question = first_question(each)
            for option in question.options:
                for card, way in option.quotes:
                    if card != each.id and first_question(cards[card]).way.key == way:
                        return question, (card, way)
    raise AssertionError("no line is compared that opens its card")


def _with_one_line(card: IndicatorCard, text: ResumeLine) -> IndicatorCard:
    return replace(card, indicator=replace(card.indicator, variants=(text,)))


@pytest.mark.slow
def test_quotes_are_of_cards_and_ways_that_there_are() -> None:
    ways = {(card.id, way.key) for card in CARDS for way in card.ways()}
    for question in every_question():
        quoted = {quote for each in question.lines for quote in each.quotes}
        quoted |= {quote for each in question.options for quote in each.quotes}
        assert quoted <= ways, question.card.id


@pytest.mark.slow
def test_no_form_hides_its_reason() -> None:
    """A wrong choice always hears at once why it is wrong, or why another one is right."""
    for question in every_question():
        if question.form is Form.CHOOSE:
            found = told(question, wrong(question))
            assert told_at_once(found, marked=True), question.card.id


@pytest.mark.slow
def test_reasons_follow_why_it_is_right() -> None:
    for question in every_question():
        labels = [each.label for each in told_at_once(told(question, wrong(question)), marked=True)]
        assert all(not a.startswith("Why not") or b.startswith("Why not") for a, b in pairwise(labels))


def test_what_an_abbreviation_stands_for_is_told_at_once_where_nothing_else_says_it() -> None:
    """The question names it in short, and no option does."""
    short = {
        card: card.term.stands_for for card in CARDS if isinstance(card, MeaningCard) and card.term.stands_for
    }
    assert len(short) > 2
    for card, long in short.items():
        for way in card.ways():
            question = card.ask(way, way.stages[0], random.Random(0))
            said = [line.text for line in told_at_once(told(question, right(question)), marked=True)]
            shown = [question.text, question.answer, *(option.text for option in question.options)]
            elsewhere = way.key != "meaning" and any(long in each for each in shown)
            assert long in said or elsewhere, (card.id, way.key)
