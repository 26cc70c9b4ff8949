"""A calibration round: which scores and which evidence split a team, and who is told what."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from tests.cards.shipped import LIBRARY
from tests.reports.test_team import joined, report
from tests.sharing.drills import TODAY, draft, result
from trainer.engine.drill_words import shared_of
from trainer.engine.setting import calibration, freeze
from trainer.errors import DrillError
from trainer.reports.calibration import Calibration
from trainer.reports.calibration_words import notes_of
from trainer.reports.team_formats import FORMATS
from trainer.reports.team_rows import State
from trainer.sharing.drill import Asked, Drill, Published, fingerprint_of
from trainer.sharing.drill_file import problems_of, written
from trainer.sharing.freezing import drawn_answers
from trainer.sharing.lines import Rating, Result
from trainer.sharing.results import questions_of

ROLE = "assistant-stage-manager"


def frozen(made: Drill) -> Published:
    data = written(made)
    return freeze(Published(made, fingerprint_of(data), data), LIBRARY)


@pytest.fixture(scope="module")
def round_() -> Published:
    return frozen(calibration(LIBRARY, ROLE, TODAY, title="March round", seed=3))


def sent(round_: Published, number: int, score: int, degree: int = 2, **said: Any) -> Result:
    """Return a result that gives every answer one score, and every point one degree."""
    ratings = tuple(
        Rating(score=score, points={point.id: degree for point in posed.question.sample.points})
        for posed in questions_of(round_, 1, "")
        if posed.question.sample
    )
    return replace(result(round_, number), ratings=ratings, **said)


def found(round_: Published, scores: Sequence[int], *, asking: int = 1, lead: bool = False) -> Calibration:
    lines = [*joined(*range(1, len(scores) + 1)), *joined(99, lead=lead)]
    lines += [sent(round_, number, score) for number, score in enumerate(scores, 1)]
    told = report(round_, lines, asking=f"{asking:016x}").drills[0].calibration
    assert told is not None
    return told


@pytest.mark.slow
def test_a_round_is_five_answers_weak_and_strong_that_all_get_alike(round_: Published) -> None:
    asked = [questions_of(round_, 1, f"{number:016x}") for number in (1, 2)]
    answers = [[(posed.card.id, posed.question.way.key) for posed in each] for each in asked]
    assert answers[0] == answers[1]
    assert len({card for card, _ in answers[0]}) == 5
    for seed in range(10):
        drawn = frozen(calibration(LIBRARY, ROLE, TODAY, title="Round", seed=seed))
        scores = [
            posed.question.sample.score for posed in questions_of(drawn, 1, "") if posed.question.sample
        ]
        assert min(scores) <= 2
        assert max(scores) >= 4


def test_what_would_not_be_blind_or_alike_is_refused(round_: Published) -> None:
    cards = LIBRARY.cards.keys()
    assert not list(problems_of(round_.drill, cards, TODAY))
    assert not round_.drill.at_once
    for change in (
        {"order": "drawn"},
        {"count": 3},
        {"attempts": 2},
        {"delayed_check": True},
        {"feedback": "at once"},
    ):
        (told,) = problems_of(replace(round_.drill, sheets=(), **change), cards, TODAY)
        assert "calibration round" in told
    wrong = replace(calibration(LIBRARY, ROLE, TODAY, title="Round", seed=3))
    wrong = replace(wrong, questions=(replace(wrong.questions[0], way="none"), *wrong.questions[1:]))
    with pytest.raises(DrillError, match='no answer "none" here'):
        frozen(wrong)
    few = [card for card in LIBRARY.cards.values() if card.sheet.id == ROLE and "rate" not in card.aspect]
    with pytest.raises(DrillError, match="needs 5 questions"):
        drawn_answers(few, 1)


def test_figures_need_five_people(round_: Published) -> None:
    four = found(round_, [2, 3, 3, 4])
    assert (four.rated_by, four.scores, four.evidence, four.own) == (4, (), (), None)
    five = found(round_, [2, 2, 3, 4, 4])
    assert [each.scores for each in five.scores] == [{2: 2, 3: 1, 4: 2}] * 5
    assert five.scores[0].between in {(2, 3), (3, 4)}
    assert five.scores[0].spread == pytest.approx(0.8)


def test_who_has_not_rated_yet_sees_nothing_but_the_lead(round_: Published) -> None:
    assert found(round_, [2, 2, 3, 4, 4], asking=99).blind
    told = found(round_, [2, 2, 3, 4, 4], asking=99, lead=True)
    assert (told.blind, told.own) == (False, None)
    assert told.lowest == pytest.approx(-1.25)
    assert told.highest == pytest.approx(1.25)


def test_each_is_told_how_they_lean_themselves_alone(round_: Published) -> None:
    first, third = (found(round_, [2, 2, 3, 4, 4], asking=number) for number in (1, 3))
    assert first.own
    assert third.own
    assert first.own.score == pytest.approx(-1.25)
    assert third.own.score == pytest.approx(0)
    assert first.lowest is None
    assert "you score 1.2 lower" in " ".join(notes_of(first))
    assert "you score as the others do" in " ".join(notes_of(third))


def test_the_points_that_split_the_team_are_told_most_split_first(round_: Published) -> None:
    lines: list[Any] = [*joined(1, 2, 3, 4, 5)]
    for number in range(1, 6):
        given = sent(round_, number, 3)
        assert isinstance(given.ratings, tuple)
        before, other = given.ratings[:2], given.ratings[2]
        assert other
        first = next(iter(other.points))
        degree = 0 if number < 3 else 2
        changed = replace(other, points={**other.points, first: degree})
        lines.append(replace(given, ratings=(*before, changed, *given.ratings[3:])))
    told = report(round_, lines, asking=f"{1:016x}").drills[0].calibration
    assert told
    (split,) = told.evidence
    assert (split.number, split.saw) == (3, {"not": 2, "shown": 3})
    assert all(each.between is None for each in told.scores)


def test_ratings_that_do_not_fit_the_round_are_not_counted(round_: Published) -> None:
    good = sent(round_, 1, 3)
    for bad in (replace(good, ratings=good.ratings[:3]), replace(good, ratings=UNSET)):  # type: ignore[index]
        told = report(round_, [*joined(1), bad])
        assert "do not fit" in told.told[0]
        assert told.drills[0].rows[0].reached.state is State.NOT_STARTED


def test_no_format_tells_who_rated_how(round_: Published) -> None:
    lines = [*joined(1, 2, 3, 4, 5), *[sent(round_, n, n) for n in range(1, 6)]]
    told = report(round_, lines, asking=f"{1:016x}")
    assert [row.reached.first for row in told.drills[0].rows] == [None] * 5
    table, page = FORMATS["table"](told), FORMATS["html"](told)
    assert "5 rated" in table
    assert not any(title in text for title in ("Best", "Tries", "Delayed check") for text in (table, page))
    assert "pass mark" not in table
    for text in (table, page):
        assert "What split the team: scores" in text
        assert "Told to you alone: you score 2.5 lower" in text
    raw = json.loads(FORMATS["json"](told))["drills"][0]["calibration"]
    assert raw["scores"][0]["scores"] == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}
    assert "member" not in json.dumps(raw).lower()


def test_before_it_begins_nothing_is_called_right_or_wrong(round_: Published) -> None:
    told = shared_of(round_.drill)
    assert "which answers you rated near the reference" in told
    assert "how you rated each answer" in told
    assert "right" not in told


@pytest.fixture(scope="module")
def mixed() -> Published:
    """Return a drill that asks of everything, two whole answers among it, and shares what was chosen."""
    rated = [card for card in LIBRARY.cards if card.startswith(f"{ROLE}/") and card.endswith(".rate")][:2]
    asked = (*draft(count=4).questions, *(Asked(card=card) for card in rated))
    return frozen(replace(draft(), title="Mixed", share=("chosen",), questions=asked, count=None))


def rated_by(drill: Published, number: int, scores: Sequence[int | None], **said: Any) -> Result:
    """Return a result with a rating of each of the last answers."""
    samples = [each.question.sample for each in questions_of(drill, 1, "")[-len(scores) :]]
    ratings = tuple(
        Rating(score=score, points={point.id: 2 for point in sample.points}) if sample and score else None
        for sample, score in zip(samples, scores, strict=True)
    )
    places = len(drill.drill.questions)
    before = (None,) * (places - len(ratings))
    return replace(result(drill, number), chosen=((),) * places, ratings=(*before, *ratings), **said)


def test_other_drills_share_ratings_where_they_share_what_was_chosen(mixed: Published) -> None:
    assert "how you rated each answer" in shared_of(mixed.drill)
    assert "ratings" not in replace(mixed.drill, share=("items",)).shares
    levels = tuple(asked for asked in mixed.drill.questions if "/levels/" in asked.card)
    assert replace(mixed.drill, questions=levels).shares == {"chosen", "items"}


@pytest.mark.slow
def test_other_drills_tell_where_ratings_split_the_team_and_who_asks_need_not_have_rated(
    mixed: Published,
) -> None:
    def told(scores: Sequence[tuple[int | None, int]], asking: int = 99) -> Calibration | None:
        lines: list[Any] = [*joined(*range(1, len(scores) + 1), 99)]
        lines += [rated_by(mixed, number, each) for number, each in enumerate(scores, 1)]
        found = report(mixed, lines, asking=f"{asking:016x}")
        assert found.told == []
        return found.drills[0].calibration

    assert told([(None, None)] * 5) is None  # type: ignore[list-item]
    few = told([(1, 3), (2, 3), (4, 3), (5, 3)])
    assert few
    assert "from 5 people on; 4 sent ratings" in " ".join(notes_of(few))
    five = told([(1, 3), (2, 3), (3, 3), (4, 3), (5, 4)], asking=5)
    assert five
    assert [each.number for each in five.scores] == [5, 6]
    assert [each.spread for each in five.scores] == pytest.approx([1.2, 0.2])
    assert five.agreed == 1
    assert five.own
    assert "On 1 of 2 answers the team agrees" in " ".join(notes_of(five))
    missing = told([(1, 3), (None, 3), (3, 3), (4, 3), (5, 4)])
    assert missing
    assert [each.number for each in missing.scores] == [6]


def test_a_result_without_the_ratings_that_it_has_to_tell_is_not_counted(mixed: Published) -> None:
    bad = replace(rated_by(mixed, 1, (3, 3)), ratings=UNSET)
    assert "do not fit" in report(mixed, [*joined(1), bad]).told[0]


def test_the_team_agrees_up_to_a_sixth_of_the_scale(round_: Published) -> None:
    alike, apart = (found(round_, scores) for scores in ([3, 3, 3, 3, 5], [1, 3, 3, 3, 5]))
    assert (alike.agreed, apart.agreed) == (5, 5)
    assert found(round_, [1, 2, 3, 4, 5]).agreed == 0
    assert "On 5 of 5 answers the team agrees: scores are at most 0.8" in " ".join(notes_of(alike))
