"""Answers of more than one step: what can be given when, what is asked back, and what it comes to."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.app.study.drafts import Draft, RatingDraft, RecallDraft
from trainer.cards.card import Answer
from trainer.cards.sample import SCORES, Judgement, Sample, SampleFlag, SamplePoint
from trainer.material.questions import Point
from trainer.memory.state import Degree
from trainer.plain.talks import RatingTalk, RecallTalk
from trainer.study.answering import Doubt, Recall, SampleRating

NOT, PARTLY, SHOWN = Degree
RELAXED = settings(max_examples=150)
POINTS = (
    Point(id="safety", text="Guards safety and the show"),
    Point(id="calm", text="Stays calm and speaks quietly"),
    Point(id="order", text="Says what comes first, and why"),
)


def sample(points: int = 3, flags: int = 2) -> Sample:
    return Sample(
        points=tuple(SamplePoint(id=f"p{i}", text=f"Point {i}", reference=NOT) for i in range(points)),
        flags=tuple(SampleFlag(id=f"f{i}", text=f"Flag {i}", raised=False) for i in range(flags)),
        anchors={1: "poor", 5: "good"},
        score=3,
    )


BEGUN = SampleRating.of(sample())
SCORING = BEGUN.nothing_shown()


class TestRating:
    def test_a_point_turns_round_and_a_flag_on_and_off(self) -> None:
        turned = [BEGUN]
        for _ in range(3):
            turned.append(turned[-1].turn_point(1))
        assert [rating.degrees[1] for rating in turned] == [NOT, PARTLY, SHOWN, NOT]
        assert BEGUN.turn_flag(1).flags == {1}
        assert BEGUN.turn_flag(1).turn_flag(1) == BEGUN

    @pytest.mark.parametrize("marked", [BEGUN.turn_point(0), BEGUN.turn_flag(0)], ids=["point", "flag"])
    def test_the_score_comes_after_the_evidence_which_going_back_keeps(self, marked: SampleRating) -> None:
        scoring = marked.to_score(sure=False)
        assert isinstance(scoring, SampleRating)
        assert scoring.scoring
        assert scoring.back() == marked
        assert marked.back() is None

    def test_nothing_marked_is_asked_back_once(self) -> None:
        assert BEGUN.to_score(sure=False) is Doubt.NOTHING_MARKED
        assert BEGUN.to_score(sure=True) == SCORING

    def test_nothing_shown_takes_back_what_was_marked(self) -> None:
        assert BEGUN.turn_point(0).turn_flag(1).nothing_shown() == SCORING

    def test_not_known_is_an_answer_at_either_step(self) -> None:
        assert BEGUN.give_up() == SCORING.give_up() == Answer(gave_up=True)

    @pytest.mark.parametrize(
        "step",
        [
            lambda: BEGUN.scored(3),
            lambda: SCORING.scored(0),
            lambda: SCORING.scored(6),
            lambda: SCORING.turn_point(0),
            lambda: SCORING.turn_flag(0),
            lambda: SCORING.with_points((SHOWN, SHOWN, SHOWN)),
            lambda: SCORING.with_flags({0}),
            lambda: SCORING.to_score(sure=True),
            SCORING.nothing_shown,
            lambda: BEGUN.turn_point(3),
            lambda: BEGUN.turn_point(-1),
            lambda: BEGUN.turn_flag(2),
            lambda: BEGUN.with_points((SHOWN,)),
            lambda: BEGUN.with_flags({-1}),
        ],
    )
    def test_what_a_step_does_not_take_is_refused(self, step: Callable[[], object]) -> None:
        with pytest.raises(ValueError, match=r"evidence|score|point|flag"):
            step()

    @RELAXED
    @given(
        st.integers(1, 9),
        st.integers(0, 5),
        st.data(),
    )
    def test_keys_and_lines_come_to_the_same_answer(
        self, points: int, flags: int, data: st.DataObject
    ) -> None:
        degrees = data.draw(st.lists(st.sampled_from(Degree), min_size=points, max_size=points))
        seen = data.draw(st.frozensets(st.integers(0, flags - 1))) if flags else frozenset()
        score = data.draw(st.sampled_from(SCORES))
        draft: Draft = RatingDraft.of(sample(points, flags))
        for position, degree in enumerate(degrees):
            for _ in range(degree):
                draft = _on(draft.option(position))
        for position in seen:
            draft = _on(draft.option(points + position))
        by_keys = _on(draft.go("", warned=True)).option(SCORES.index(score))
        talk = RatingTalk(sample(points, flags))
        assert isinstance(talk.hear(" ".join(str(int(degree)) for degree in degrees)), list)
        if flags:
            assert isinstance(talk.hear(" ".join(str(position + 1) for position in sorted(seen))), list)
        expected = Judgement(degrees=tuple(degrees), flags=seen, score=score)
        assert by_keys == talk.hear(str(score)) == Answer(judgement=expected)


def _on(found: object) -> Draft:
    """Return a draft, where it is no answer and no warning."""
    assert isinstance(found, RatingDraft | RecallDraft)
    return found


WRITTEN = Recall(POINTS).add("I kept calm").add("the weather")
MATCHED = WRITTEN.matched()
SAID = ("safety first", "I stay calm", "what comes first", "the weather")


class TestRecall:
    def test_lines_are_put_beside_the_points_that_they_mean(self) -> None:
        assert WRITTEN.end(sure=False) == MATCHED
        assert (MATCHED.typing, MATCHED.means) == (False, (1, None))
        assert MATCHED.confirmed() == Answer(chosen=frozenset({1}), typed="I kept calm\nthe weather")

    def test_no_line_at_all_is_asked_back_once(self) -> None:
        assert Recall(POINTS).end(sure=False) is Doubt.NOTHING_NAMED
        assert Recall(POINTS).end(sure=True) == Recall(POINTS).give_up() == Answer(gave_up=True)

    def test_a_line_may_mean_another_point_or_none(self) -> None:
        assert MATCHED.meaning(1, 2).confirmed().chosen == {1, 2}
        assert MATCHED.meaning(0, None).confirmed().chosen == frozenset()
        turned = [MATCHED]
        for _ in range(4):
            turned.append(turned[-1].turn(0))
        assert [recall.means[0] for recall in turned] == [1, 2, None, 0, 1]

    @pytest.mark.parametrize(
        "step",
        [
            lambda: MATCHED.add("more"),
            MATCHED.matched,
            lambda: MATCHED.end(sure=True),
            WRITTEN.confirmed,
            lambda: WRITTEN.meaning(0, 0),
            lambda: WRITTEN.turn(0),
            lambda: WRITTEN.add(""),
            lambda: MATCHED.turn(2),
            lambda: MATCHED.turn(-1),
            lambda: MATCHED.meaning(0, 3),
            lambda: MATCHED.meaning(0, -1),
        ],
    )
    def test_what_a_step_does_not_take_is_refused(self, step: Callable[[], object]) -> None:
        with pytest.raises(ValueError, match=r"line|point"):
            step()

    @RELAXED
    @given(st.lists(st.sampled_from(SAID), min_size=1, max_size=5), st.data())
    def test_keys_and_lines_come_to_the_same_answer(self, lines: list[str], data: st.DataObject) -> None:
        line_and_point = st.tuples(st.integers(0, len(lines) - 1), st.none() | st.integers(0, 2))
        draft: Draft = RecallDraft(POINTS)
        talk = RecallTalk(Recall(POINTS))
        for line in [*lines, ""]:
            draft = _on(draft.go(line, warned=False))
            assert isinstance(talk.hear(line), list)
        for line_number, point in data.draw(st.lists(line_and_point, max_size=4)):
            while isinstance(draft, RecallDraft) and draft.means[line_number] != point:
                draft = _on(draft.option(line_number))
            said = "-" if point is None else str(point + 1)
            assert isinstance(talk.hear(f"{line_number + 1} {said}"), list)
        answer = draft.go("", warned=False)
        assert isinstance(answer, Answer)
        assert answer == talk.hear("")
        assert answer.typed.split("\n") == lines
