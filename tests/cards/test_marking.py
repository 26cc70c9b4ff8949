"""The table of ratings."""

import random

import msgspec
import pytest

from trainer.cards.card import Answer, Card, Form, Option, Question, Way
from trainer.cards.marking import Mark, mark
from trainer.cards.sample import Judgement, Sample, SamplePoint
from trainer.material.sheet import Sheet
from trainer.memory.state import Degree, Rating


class OneCard(Card, frozen=True):
    """A card that the questions here are asked of."""

    def ways(self) -> tuple[Way, ...]:
        return (Way("any", Form.CHOOSE),)

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        raise NotImplementedError


def question(form: Form, options: str = "", accepted: tuple[tuple[str, ...], ...] = ()) -> Question:
    """Make a question; in `options` a capital is right."""
    return Question(
        card=OneCard(Sheet(format=1, id="s", name="S"), "levels", "x"),
        way=Way("any", form),
        prompt="?",
        options=tuple(
            Option(o, o, right=o.isupper(), why=f"because of {o}", compare=f"see {o}") for o in options
        ),
        accepted=accepted,
        rivals=("Stage Manager",),
        answer="the answer",
    )


CHOOSE = question(Form.CHOOSE, "aBc")
TICK = question(Form.TICK, "ABcd")
SHORT_TICK = question(Form.TICK, "ABc")
TYPE = question(Form.TYPE, accepted=(("Prompt book", "the bible"),))
FLIP = question(Form.FLIP)
RECALL = question(Form.RECALL, "ABCD")
RATE = msgspec.structs.replace(
    question(Form.RATE),
    sample=Sample(
        points=tuple(SamplePoint(id=id_, text=id_, reference=Degree.PARTLY) for id_ in "abcd"),
        anchors={},
        score=2,
    ),
)
AS_THE_REFERENCE = Judgement(degrees=(Degree.PARTLY,) * 4, score=2)
RIGHT = {
    Form.CHOOSE: (CHOOSE, Answer(chosen=frozenset({1}))),
    Form.TICK: (TICK, Answer(chosen=frozenset({0, 1}))),
    Form.TYPE: (TYPE, Answer(typed="prompt book")),
    Form.FLIP: (FLIP, Answer(knew=True)),
    Form.RECALL: (RECALL, Answer(chosen=frozenset({0, 1, 2, 3}))),
    Form.RATE: (RATE, Answer(judgement=AS_THE_REFERENCE)),
}
WRONG = {
    Form.CHOOSE: (CHOOSE, Answer(chosen=frozenset({0}))),
    Form.TICK: (TICK, Answer(chosen=frozenset({0, 2}))),
    Form.TYPE: (TYPE, Answer(typed="stage manager")),
    Form.FLIP: (FLIP, Answer(knew=False)),
    Form.RECALL: (RECALL, Answer(chosen=frozenset({0, 3}))),
    Form.RATE: (RATE, Answer(judgement=msgspec.structs.replace(AS_THE_REFERENCE, score=4))),
}
FORMS = pytest.mark.parametrize("form", Form)


def said(answer: Answer, *, hint: bool = False, guess: bool = False, gave_up: bool = False) -> Answer:
    return msgspec.structs.replace(answer, hint=hint, guess=guess, gave_up=gave_up)


@FORMS
def test_right_is_good_and_wrong_is_again(form: Form) -> None:
    assert mark(*RIGHT[form]).rating is Rating.GOOD
    assert mark(*WRONG[form]).rating is Rating.AGAIN
    assert mark(*RIGHT[form]).right
    assert not mark(*WRONG[form]).right


@FORMS
def test_right_with_a_hint_is_hard(form: Form) -> None:
    asked, answer = RIGHT[form]
    given = mark(asked, said(answer, hint=True))
    assert (given.right, given.rating, given.flawed) == (True, Rating.HARD, False)


@FORMS
def test_a_right_guess_is_lucky_and_comes_again(form: Form) -> None:
    asked, answer = RIGHT[form]
    for hint in (False, True):
        given = mark(asked, said(answer, guess=True, hint=hint))
        assert (given.right, given.lucky, given.rating) == (True, True, Rating.AGAIN)


@FORMS
def test_a_wrong_guess_is_only_wrong(form: Form) -> None:
    asked, answer = WRONG[form]
    given = mark(asked, said(answer, guess=True))
    assert (given.right, given.lucky, given.rating) == (False, False, Rating.AGAIN)


@FORMS
def test_who_does_not_know_is_not_right_whatever_else_was_entered(form: Form) -> None:
    asked, answer = RIGHT[form]
    assert mark(asked, said(answer, gave_up=True)) == Mark(right=False, rating=Rating.AGAIN)
    assert mark(asked, said(answer, gave_up=True, guess=True)).lucky is False


@FORMS
def test_an_empty_answer_is_wrong(form: Form) -> None:
    assert mark(RIGHT[form][0], Answer()).rating is Rating.AGAIN


@pytest.mark.parametrize("chosen", [{0}, {0, 1, 2}], ids=["one left out", "one too many"])
def test_one_slip_in_a_tick_of_four_is_hard_and_in_three_is_wrong(chosen: set[int]) -> None:
    four, three = (mark(asked, Answer(chosen=frozenset(chosen))) for asked in (TICK, SHORT_TICK))
    assert (four.right, four.flawed, four.rating) == (True, True, Rating.HARD)
    assert (three.right, three.rating) == (False, Rating.AGAIN)


def test_two_slips_are_wrong() -> None:
    assert mark(TICK, Answer(chosen=frozenset({0, 2}))).rating is Rating.AGAIN
    assert mark(TICK, Answer(chosen=frozenset({0, 1, 2, 3}))).rating is Rating.AGAIN


def test_ticking_nothing_is_right_only_where_nothing_is_right() -> None:
    assert mark(question(Form.TICK, "Abcd"), Answer()).rating is Rating.AGAIN
    assert mark(question(Form.TICK, "abcd"), Answer()).rating is Rating.GOOD


def test_a_flaw_with_a_hint_is_still_hard() -> None:
    assert mark(TICK, Answer(chosen=frozenset({0}), hint=True)).rating is Rating.HARD


def test_a_close_spelling_is_hard_and_the_right_one_is_shown() -> None:
    given = mark(TYPE, Answer(typed="promt book"))
    assert (given.right, given.flawed, given.rating) == (True, True, Rating.HARD)
    assert given.lines[0].text == "Prompt book"


def test_any_accepted_name_is_right() -> None:
    assert mark(TYPE, Answer(typed="The Bible")).rating is Rating.GOOD


def test_a_wrong_choice_is_told_why_and_what_would_have_been_it() -> None:
    assert [line.text for line in mark(CHOOSE, Answer(chosen=frozenset({2}))).lines] == [
        "because of c",
        "see c",
    ]
    assert mark(*RIGHT[Form.CHOOSE]).lines == ()


def test_a_tick_is_told_why_of_each_slip_and_of_nothing_else() -> None:
    lines = mark(TICK, Answer(chosen=frozenset({0, 2}))).lines
    assert [(line.label, line.text) for line in lines] == [
        ("Why 2", "because of B"),
        ("Why not 3", "because of c"),
    ]


LIST = question(Form.TYPE, accepted=(("House seat",), ("Trap room",), ("Prompt book",), ("Green room",)))


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        ("house seat, trap room, prompt book, green room", Rating.GOOD),
        ("green room;trap room\nhouse seat , PROMPT BOOK,", Rating.GOOD),
        ("house seat, trap room, promt book, green room", Rating.HARD),
        ("house seat, trap room, green room", Rating.HARD),
        ("house seat, trap room", Rating.AGAIN),
        ("house seat, house seat, house seat, house seat", Rating.AGAIN),
        ("house seat trap room prompt book green room", Rating.AGAIN),
    ],
)
def test_a_typed_list_is_marked_by_what_is_missing(typed: str, rating: Rating) -> None:
    assert mark(LIST, Answer(typed=typed)).rating is rating


def test_what_is_missing_from_a_list_is_named() -> None:
    assert mark(LIST, Answer(typed="house seat, trap room")).lines[0].text == "Prompt book, Green room"


def test_one_point_left_out_of_four_is_hard_and_of_three_is_wrong() -> None:
    recalled = Answer(chosen=frozenset({1, 2, 0}))
    given = mark(RECALL, recalled)
    assert (given.right, given.flawed, given.rating) == (True, True, Rating.HARD)
    assert [(line.label, line.text) for line in given.lines] == [("Left out", "D. because of D")]
    assert mark(question(Form.RECALL, "ABC"), Answer(chosen=frozenset({0, 1}))).rating is Rating.AGAIN
    bare = msgspec.structs.replace(
        RECALL, options=tuple(msgspec.structs.replace(option, why="") for option in RECALL.options)
    )
    assert mark(bare, recalled).lines == (), "where there is no reason, the list of points says it all"
    assert mark(question(Form.RECALL, "A"), Answer()).rating is Rating.AGAIN
