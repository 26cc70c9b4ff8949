"""Whole answers: which is asked, what is looked for, and how near a rating comes to its reference."""

import random
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.learners import as_the_reference
from tests.ratings import RATE, SHEET, rate_card
from trainer.cards.card import Answer, Form, Line, Question, choose_way
from trainer.cards.library import Library
from trainer.cards.marking import mark
from trainer.cards.rating import PROBES, RateCard
from trainer.cards.sample import (
    DEGREES,
    LEGEND,
    MEANINGS,
    SCORES,
    Judgement,
    Sample,
    SampleFlag,
    SamplePoint,
    compare,
)
from trainer.material.questions import InterviewQuestion, Point, RedFlag, SampleAnswer
from trainer.material.sheet import Sheet
from trainer.memory.state import Degree, Rating

from .shipped import CARDS, told

NOT, PARTLY, SHOWN = Degree
WHOLE = msgspec.toml.decode(SHEET, type=Sheet)
CARD = rate_card(Library({WHOLE.id: WHOLE}))
RATE_CARDS = [CARD, *(card for card in CARDS if isinstance(card, RateCard))]


def asked(key: str, card: RateCard = CARD) -> Question:
    way = next(way for way in card.ways() if way.key == key)
    return card.ask(way, 0, random.Random(0))


def sample(score: int, *references: Degree, safety: bool | None = None) -> Sample:
    """Return a sample with these points, and a flag if it is raised or not."""
    flags = () if safety is None else (SampleFlag(id="f", text="F", raised=True, safety=safety),)
    points = tuple(SamplePoint(id=str(i), text=str(i), reference=each) for i, each in enumerate(references))
    return Sample(points=points, flags=flags, anchors={}, score=score)


def judged(score: int, *degrees: Degree, flags: frozenset[int] = frozenset()) -> Judgement:
    return Judgement(degrees=degrees, flags=flags, score=score)


# Which answer is asked


@pytest.mark.parametrize("card", RATE_CARDS, ids=lambda card: card.id)
def test_each_answer_is_a_way_and_each_gets_its_turn_before_one_comes_again(card: RateCard) -> None:
    answers = [answer.id for answer in card.asked.answers]
    assert sorted(way.key for way in card.ways()) == sorted(answers)
    assert {way.form for way in card.ways()} == {Form.RATE}
    seen: dict[str, bool] = {}
    shown: Counter[str] = Counter(dict.fromkeys(answers, 0))
    last = ""
    for stage in (0, 1, 2, 3) * 5:
        last = choose_way(card, stage, seen, avoid=last).key
        seen = {key: right for key, right in seen.items() if key != last} | {last: stage % 2 == 0}
        shown[last] += 1
        assert max(shown.values()) - min(shown.values()) <= 1


def _made(scores: list[list[int]], flags: tuple[str, ...] = ()) -> list[RateCard]:
    """Return the cards of a sheet whose questions have answers with these scores."""
    point = Point(id="p", text="P", shows="S", claims="C", misses="M", probe="Probe?")
    questions = tuple(
        InterviewQuestion(
            id=f"q-{i}",
            ask="Ask?",
            points=(point,),
            flags=flags,
            answers=tuple(SampleAnswer(id=f"a-{j}", text="…", score=score) for j, score in enumerate(each)),
        )
        for i, each in enumerate(scores)
    )
    red = tuple(RedFlag(id=f"f-{i}", text=f"F{i}") for i in range(6))
    sheet = Sheet(format=1, id="made", name="Made", questions=questions, red_flags=red)
    return [card for card in Library({"made": sheet}).cards.values() if isinstance(card, RateCard)]


def _first_scores(scores: list[list[int]]) -> Counter[str]:
    cards = _made(scores)
    firsts = [next(a.score for a in card.asked.answers if a.id == card.ways()[0].key) for card in cards]
    return Counter("no" if first < 3 else "yes" if first > 3 else "3" for first in firsts)


def test_over_a_sheet_a_weak_answer_opens_as_often_as_a_strong_one() -> None:
    assert _first_scores([[5, 3, 1, 4]] * 6) == {"no": 2, "3": 2, "yes": 2}
    assert _first_scores([[5, 1]] * 8) == {"no": 4, "yes": 4}
    assert _first_scores([[4, 5]] * 3) == {"yes": 3}


def test_the_place_of_an_answer_in_the_sheet_does_not_tell_when_it_comes() -> None:
    orders = Counter(tuple(way.key for way in card.ways()) for card in _made([[5, 3, 1, 4]] * 60))
    assert len(orders) > 12
    weak = [order.index("a-2") for order in orders.elements()]
    assert all(weak.count(place) > 60 / 10 for place in range(4))


def test_a_question_is_rated_after_its_points_were_met() -> None:
    (card,) = _made([[5, 1]])
    assert card.id == "made/answers/q-0.rate"
    assert card.after == ("made/answers/q-0.p",)
    assert CARD.id == RATE
    assert CARD.after == (), "no snippets, so no cards for the points"


def test_a_question_without_answers_or_without_points_is_not_rated() -> None:
    assert _made([[]]) == []
    bare = InterviewQuestion(id="q", ask="?", answers=(SampleAnswer(id="a", text="…", score=2),))
    assert not Library({"x": Sheet(format=1, id="x", name="X", questions=(bare,))}).cards


# What is asked of it


def test_the_question_tells_all_that_is_looked_for_and_nothing_of_the_reference() -> None:
    question = asked("fluent")
    found = question.sample
    assert found
    assert "You asked (Senior): How would you" in question.intro
    assert question.text.startswith("“I thrive under pressure")
    assert [point.text for point in found.points] == [point.text for point in WHOLE.questions[0].points]
    assert [point.reference for point in found.points] == [NOT, PARTLY, NOT, NOT]
    assert found.points[1].words == "I thrive under pressure"
    assert (found.score, found.raters, found.anchors[5][:6]) == (1, 0, "A real")
    raised = [flag for flag in found.flags if flag.raised]
    assert [(flag.id, flag.safety) for flag in raised] == [("bypasses-caller", True)]
    assert raised[0].words.startswith("rather than bother")


def test_the_flags_are_the_same_for_every_answer_three_if_the_author_names_none() -> None:
    flags = []
    for way in CARD.ways():
        found = asked(way.key).sample
        assert found
        flags.append([flag.id for flag in found.flags])
    assert flags == [flags[0]] * 4
    assert len(flags[0]) == 3
    assert "bypasses-caller" in flags[0]
    order = [flag.id for flag in WHOLE.red_flags]
    assert flags[0] == sorted(flags[0], key=order.index), "in the sheet's order, which tells nothing"


def test_the_flags_that_the_author_names_are_all_there_are() -> None:
    (card,) = _made([[3, 4]], flags=("f-4", "f-1"))
    found = asked("a-0", card).sample
    assert found
    assert [flag.id for flag in found.flags] == ["f-1", "f-4"]


def test_what_points_nowhere_is_left_out() -> None:
    lost = SampleAnswer(id="a", text="…", score=2, points={"gone": "shown"}, flags=("gone",))
    question = msgspec.structs.replace(WHOLE.questions[0], answers=(lost,), flags=("gone-too",))
    sheet = msgspec.structs.replace(WHOLE, questions=(question,))
    found = asked("a", rate_card(Library({sheet.id: sheet}))).sample
    assert found
    assert {point.reference for point in found.points} == {NOT}
    assert found.flags == ()


@pytest.mark.parametrize(
    ("key", "labels"),
    [
        ("strong", ["Worth 5", "Because"]),
        ("mixed", ["Worth 3", "Because", "Ask next"]),
        ("fluent", ["Worth 1", "Because", "Ask next"]),
        ("clumsy", ["Worth 5", "Worth 3", "Because", "Ask next"]),
    ],
)
def test_the_feedback_tells_the_anchor_of_the_score_why_and_what_to_ask_next(
    key: str, labels: list[str]
) -> None:
    lines = asked(key).lines
    assert [line.label for line in lines] == labels
    assert lines[0] == Line(labels[0], WHOLE.questions[0].anchors[int(labels[0][-1])])


def test_what_is_only_claimed_is_asked_for_before_what_is_missing() -> None:
    probes = {point.id: point.probe or "" for point in WHOLE.questions[0].points}
    asked_next = asked("fluent").lines[-1].text
    assert asked_next.startswith(probes["calm"])
    assert sum(probe in asked_next for probe in probes.values()) == PROBES < len(probes)
    assert asked("clumsy").lines[-1].text == f"{probes['calm']} {probes['safety']}"


def test_a_reference_without_a_rater_is_called_proposed() -> None:
    assert asked("strong").answer == "Reference: 5, a yes (proposed)."
    found = asked("clumsy").sample
    assert found
    assert found.reference == "4, a yes (3 raters)"
    assert msgspec.structs.replace(found, raters=1).reference == "4, a yes (1 rater)"


@pytest.mark.parametrize("card", RATE_CARDS, ids=lambda card: card.id)
def test_every_rating_can_be_right_teaches_and_its_hint_does_not_tell(card: RateCard) -> None:
    for way in card.ways():
        question = card.ask(way, 0, random.Random(0))
        assert question.sample
        given = mark(question, Answer(judgement=as_the_reference(question)))
        assert (given.rating, given.lines) == (Rating.GOOD, ()), told(question)
        absent = [point.reference for point in question.sample.points].count(NOT)
        assert question.hint
        if absent:
            points, verb = len(question.sample.points), "is" if absent == 1 else "are"
            assert question.hint == f"{absent} of the {points} points {verb} not shown at all."
        else:
            assert "none" not in question.hint.lower(), "it would read as that no point is shown"
        assert str(question.sample.score) not in question.prompt, told(question)


# What it is worth


@pytest.mark.parametrize(
    ("found", "said", "worth"),
    [
        (sample(4, SHOWN, SHOWN, NOT, NOT), judged(4, SHOWN, SHOWN, NOT, NOT), Rating.GOOD),
        (sample(4, SHOWN, SHOWN, NOT, NOT), judged(4, NOT, NOT, SHOWN, SHOWN), Rating.GOOD),
        (sample(4, SHOWN, SHOWN, NOT, NOT), judged(5, SHOWN, SHOWN, NOT, PARTLY), Rating.GOOD),
        (sample(4, SHOWN, SHOWN, NOT, NOT), judged(3, SHOWN, PARTLY, PARTLY, NOT), Rating.HARD),
        (sample(4, SHOWN, SHOWN, NOT, NOT), judged(3, SHOWN, PARTLY, PARTLY, PARTLY), Rating.AGAIN),
        (sample(3, SHOWN, SHOWN, NOT), judged(2, SHOWN, PARTLY, NOT), Rating.GOOD),
        (sample(3, SHOWN, SHOWN, NOT), judged(2, PARTLY, PARTLY, NOT), Rating.AGAIN),
        (sample(3, SHOWN), judged(4, NOT), Rating.GOOD),
        (sample(5, SHOWN, SHOWN), judged(3, SHOWN, SHOWN), Rating.AGAIN),
        (sample(2, NOT), judged(4, NOT), Rating.AGAIN),
        (sample(1, NOT, safety=True), judged(1, NOT), Rating.AGAIN),
        (sample(1, NOT, safety=True), judged(1, NOT, flags=frozenset({0})), Rating.GOOD),
        (sample(1, NOT, safety=False), judged(1, NOT), Rating.GOOD),
    ],
    ids=[
        "exact",
        "exact though no point is right",
        "one off, one point wrong",
        "one off, half of the points wrong",
        "one off, more than half wrong",
        "one off, one of three wrong",
        "one off, two of three wrong",
        "one off, the only point wrong",
        "two off",
        "a no taken for a yes",
        "a safety flag missed",
        "a safety flag seen",
        "another flag missed",
    ],
)
def test_the_worth_of_a_rating(found: Sample, said: Judgement, worth: Rating) -> None:
    assert found.worth(said) is worth


@st.composite
def ratings(draw: st.DrawFn) -> tuple[Sample, Judgement]:
    count = draw(st.integers(1, 6))
    degrees = st.lists(st.sampled_from(Degree), min_size=count, max_size=count)
    flags = tuple(
        SampleFlag(id=str(i), text="", raised=draw(st.booleans()), safety=draw(st.booleans()))
        for i in range(3)
    )
    points = tuple(SamplePoint(id=str(i), text="", reference=each) for i, each in enumerate(draw(degrees)))
    found = Sample(points=points, flags=flags, anchors={}, score=draw(st.sampled_from(SCORES)))
    said = Judgement(
        degrees=tuple(draw(degrees)),
        flags=draw(st.frozensets(st.integers(0, 2))),
        score=draw(st.sampled_from(SCORES)),
    )
    return found, said


@settings(max_examples=300)
@given(ratings())
def test_any_rating_is_marked_by_the_rule_as_it_is_written(each: tuple[Sample, Judgement]) -> None:
    found, said = each
    off = abs(found.score - said.score)
    wrong = sum(a is not b.reference for a, b in zip(said.degrees, found.points, strict=True))
    missed = any(f.raised and f.safety and i not in said.flags for i, f in enumerate(found.flags))
    crossed = {found.score, said.score} & {1, 2} and {found.score, said.score} & {4, 5}
    if missed or crossed:
        wanted = Rating.AGAIN
    elif off == 0 or (off == 1 and wrong <= 1):
        wanted = Rating.GOOD
    elif off == 1 and wrong <= len(found.points) / 2:
        wanted = Rating.HARD
    else:
        wanted = Rating.AGAIN
    assert found.worth(said) is wanted
    assert found.crosses(said) is bool(crossed)
    question = msgspec.structs.replace(asked("mixed"), sample=found)
    assert mark(question, Answer(judgement=said)).rating is wanted


@settings(max_examples=100)
@given(ratings())
def test_a_rating_is_kept_and_compared_point_by_point_and_flag_by_flag(
    each: tuple[Sample, Judgement],
) -> None:
    found, said = each
    kept = found.rated(said, first=True)
    assert (kept.score, kept.reference, kept.first) == (said.score, found.score, True)
    assert list(kept.points.values()) == [
        (degree, point.reference) for degree, point in zip(said.degrees, found.points, strict=True)
    ]
    assert list(kept.flags.values()) == [(i in said.flags, flag.raised) for i, flag in enumerate(found.flags)]
    rows = compare(found, said)
    assert sum(not row.agrees for row in rows) == found.wrong_points(said) + sum(
        seen is not raised for seen, raised in kept.flags.values()
    )
    assert all(row.agrees for row in compare(found, None))


def test_a_comparison_says_which_flag_was_missed_and_which_imagined() -> None:
    found = asked("fluent").sample
    assert found
    imagined = next(i for i, flag in enumerate(found.flags) if not flag.raised)
    raised = next(i for i, flag in enumerate(found.flags) if flag.raised)
    said = judged(3, SHOWN, PARTLY, NOT, NOT, flags=frozenset({imagined}))
    rows = {row.text: row for row in compare(found, said)}
    assert rows["Says what comes first, and why"].said == "shown / not"
    assert rows["Shows calm by what they did"].said == "partly / partly"
    assert rows["Shows calm by what they did"].words == "I thrive under pressure"
    assert rows[found.flags[raised].text].said == "flag missed"
    assert rows[found.flags[imagined].text].said == "flag imagined"
    seen = judged(3, SHOWN, PARTLY, NOT, NOT, flags=frozenset({raised}))
    assert [row.said for row in compare(found, seen) if "flag" in row.said] == ["flag seen"]
    assert [row.said for row in compare(found, None)] == ["not", "partly", "not", "not", "flag"]


def test_what_decides_against_a_rating_is_said() -> None:
    question = asked("fluent")
    lines = mark(question, Answer(judgement=judged(5, NOT, PARTLY, NOT, NOT))).lines
    assert [line.label for line in lines] == ["Safety", "No or yes"]
    flag = "Leaves the caller out of a safety decision"
    assert lines[0].text == f"Somebody could be hurt, so it decides: {flag}."
    assert lines[1].text.startswith("You said yes to a no")
    strong = mark(asked("strong"), Answer(judgement=judged(1, NOT, NOT, NOT, NOT))).lines
    assert strong[0].text.startswith("You said no to a yes")


def test_the_rule_for_partly_is_said_where_an_answer_is_rated() -> None:
    for way in CARD.ways():
        assert asked(way.key).prompt.endswith("A bare claim is “partly”, off the point is “not”.")
    assert [word for word, _ in LEGEND] == ["shown", "partly", "not"]


@pytest.mark.parametrize(
    ("key", "degrees", "told"),
    [
        ("fluent", (NOT, PARTLY, NOT, NOT), []),
        ("fluent", (PARTLY, PARTLY, NOT, NOT), [NOT]),
        ("fluent", (NOT, NOT, NOT, NOT), [PARTLY]),
        ("fluent", (NOT, SHOWN, NOT, NOT), [PARTLY]),
        ("fluent", (SHOWN, PARTLY, NOT, NOT), []),
        ("fluent", (PARTLY, SHOWN, PARTLY, NOT), [PARTLY, NOT]),
        ("strong", (PARTLY, SHOWN, NOT, SHOWN), [SHOWN]),
    ],
)
def test_what_was_taken_for_partly_or_partly_for_it_is_explained(
    key: str, degrees: tuple[Degree, ...], told: list[Degree]
) -> None:
    question = asked(key)
    found = question.sample
    assert found
    raised = frozenset(position for position, flag in enumerate(found.flags) if flag.raised)
    score = found.score
    lines = mark(question, Answer(judgement=judged(score, *degrees, flags=raised))).lines
    assert [line.label for line in lines] == (["The rule"] if told else [])
    said = "; ".join(f"“{DEGREES[degree]}” means {MEANINGS[degree]}" for degree in told)
    assert all(line.text == f"{said}." for line in lines)


def test_the_sheet_of_these_tests_is_sound(tmp_path: Path) -> None:
    from tests.ratings import library

    assert library(tmp_path).problems == ()
