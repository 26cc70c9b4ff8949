"""Answers of more than one line, in the session line by line."""

import io
from pathlib import Path

import pytest

from tests.learners import Learner
from tests.ratings import RECALL, library, rate_card
from trainer.cards.card import Answer
from trainer.cards.sample import LEGEND, Judgement, Sample, SamplePoint
from trainer.memory.state import Degree, Rating, Review
from trainer.plain.session import PlainSession
from trainer.plain.streams import WIDTH
from trainer.plain.talks import RatingTalk
from trainer.study.session import Session

NOT, PARTLY, SHOWN = Degree


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    made = Learner()
    made.library = library(tmp_path)
    return made


def talk(session: Session, *lines: str) -> str:
    out = io.StringIO()
    PlainSession(session, io.StringIO("".join(f"{line}\n" for line in lines)), out, saved=True).run()
    assert max(len(line.rpartition(" > ")[2]) for line in out.getvalue().splitlines()) <= WIDTH
    return out.getvalue()


def rate(learner: Learner, *lines: str) -> str:
    return talk(learner.session([rate_card(learner.library)], once=True), *lines)


def recall(learner: Learner, *lines: str) -> str:
    """Answer the recall on a day on which it is typed."""
    card = learner.library.cards[RECALL]
    learner.session([card]).answer(Answer(knew=True))
    learner.clock.forward(days=400)
    return talk(learner.session([card], once=True), *lines)


def last(learner: Learner) -> Review:
    history = learner.record.history()
    return history[max(history)]


def given(learner: Learner) -> tuple[int, list[Degree], list[bool]]:
    """Return the score, the degrees and the flags on record."""
    rated = last(learner).rated
    assert rated
    return rated.score, [degree for degree, _ in rated.points.values()], [f for f, _ in rated.flags.values()]


def test_points_then_flags_then_the_score_then_both_beside_each_other(learner: Learner) -> None:
    said = rate(learner, "2 0 1 0", "1 3", "4", ":more")
    assert given(learner) == (4, [SHOWN, NOT, PARTLY, NOT], [True, False, True])
    order = [
        "You asked (Senior)",
        "  1  Says what",
        "2 shown, 1 partly, 0 not, as",
        "Red flags:",
        "numbers of the red flags",
        "What is it worth?",
        "  5  A real evening",
        "one score, 1-5",
        "You: 4, a yes\n  Reference: 5, a yes (proposed)\n",
        "You / reference:",
        "not / shown: Shows calm",
        "flag imagined: Leaves the caller",
        "Because",
        ":more tells the rest.",
        "shown / shown: Says what comes first, and why. “The child first”",
        "Worth 5",
    ]
    at = 0
    for words in order:
        at = said.index(words, at)


@pytest.mark.parametrize("points", ["2010", "2,0,1,0", " 2  0 1,0 ", "20 10"])
@pytest.mark.parametrize("flags", ["2", " 2 ,", "2 2"])
def test_it_is_not_fussy(learner: Learner, points: str, flags: str) -> None:
    rate(learner, points, flags.rstrip(" ,"), " 3 ")
    assert given(learner) == (3, [SHOWN, NOT, PARTLY, NOT], [False, True, False])


@pytest.mark.parametrize("none", ["", "-", "0"])
def test_nothing_shown_and_no_flag(learner: Learner, none: str) -> None:
    rate(learner, "-", none, "1")
    assert given(learner) == (1, [NOT] * 4, [False] * 3)


def test_what_can_not_be_taken_is_told_and_asked_again(learner: Learner) -> None:
    said = rate(
        learner, "", "2 0 1", "2 0 1 3", "x", "1", "2010", "4", "9 1", "x", "", "", "6", "x", "33", "2"
    )
    assert said.count("That is no answer here. Give: for each of 4 points: 2 shown") == 5
    assert said.count("That is no answer here. Give: numbers") == 3
    assert said.count("That is no answer here. Give: one score") == 4
    assert given(learner)[0] == 2


@pytest.mark.parametrize("lines", [("0",), ("2010", "", "0"), ("2010", "1", "<", "0")])
def test_dont_know_shows_the_reference(learner: Learner, lines: tuple[str, ...]) -> None:
    said = rate(learner, *lines)
    reference = "  Reference: 5, a yes (proposed)\n"
    assert f"Now you know.\n{reference}" in said or f"New to you.\n{reference}" in said
    assert "shown: Guards safety and the show." in said
    assert last(learner).rated is None
    assert last(learner).rating is Rating.AGAIN


def test_back_to_the_points(learner: Learner) -> None:
    said = rate(learner, "2010", "<", "0011", "2", "<", "1111", "", "5")
    assert said.count("  4  Guards safety and the show") == 3
    assert given(learner) == (5, [PARTLY] * 4, [False] * 3)


def test_commands_work_at_every_step(learner: Learner) -> None:
    said = rate(learner, ":?", "2222", ":h", "", ":g", "5")
    assert "Hint: Each of the 4 points is shown, at least partly." in said
    assert "Right, by a guess.\n  You: 5, a yes\n  Reference: 5, a yes (proposed)\n" in said
    review = last(learner)
    assert (review.hint, review.guess) == (True, True)


def test_the_rule_stands_before_the_points_and_the_help_says_what_the_degrees_mean(learner: Learner) -> None:
    said = rate(learner, ":?", "-", "", "1")
    assert said.index("A bare claim is “partly”, off the point is “not”.") < said.index("Points:")
    legend = [f"  {word}: {meaning}\n" for word, meaning in LEGEND]
    assert "".join(legend) in said
    assert said.count(legend[0]) == 1
    assert not any(line in recall(learner, ":?", "x", "", "") for line in legend)


def test_undo_and_quit_in_the_middle(learner: Learner) -> None:
    session = learner.session([rate_card(learner.library)], once=True)
    said = talk(session, "2222", "", "5", ":u", "1111", ":u", ":q")
    assert said.count("[0 done, 1 to go]") == 2
    assert learner.record.history() == {}
    assert "Taken back." in said
    assert "There is nothing to take back." in said


def test_the_summary_names_the_question_not_the_whole_answer(learner: Learner) -> None:
    rate(learner, "-", "", "1")  # a first meeting is nothing to watch
    learner.clock.forward(days=30)
    asked = learner.session([rate_card(learner.library)], once=True).question
    assert asked
    said = rate(learner, "-", "", "1")
    assert "  An answer to: How would you handle multiple" in said
    assert " ".join(said.split()).count(" ".join(asked.text.split())) == 1


def test_a_single_point_is_one_digit() -> None:
    talk = RatingTalk(Sample(points=(SamplePoint(id="p", text="P", reference=NOT),), anchors={}, score=3))
    assert talk.takes == "for the point: 2 shown, 1 partly, 0 not"
    assert talk.hear("0") == [("", "What is it worth? 1 and 2 mean no, 4 and 5 mean yes.")], (
        "no flags, no step"
    )
    assert talk.hear("3") == Answer(judgement=Judgement(degrees=(NOT,), score=3))


def test_lines_are_matched_and_the_match_is_confirmed(learner: Learner) -> None:
    said = recall(learner, "", "priorities", "stays calm", "delegates", "safety", "", "")
    assert "Gives other people clear jobs" not in said.partition("The points:")[0]
    assert "  3  delegates → point 3" in said
    assert "That is no answer here. Give: a line for each point" in said
    assert "Right." in said
    assert last(learner).chosen == ("order", "calm", "people", "safety")


def test_the_match_is_corrected(learner: Learner) -> None:
    said = recall(learner, "smiles", "calm", "", "1 4", "2=-", "9 1", "1 9", "x", "2,3", "")
    assert "  1  smiles → no point" in said
    assert "  1  smiles → point 4" in said
    assert "  2  calm → no point" in said
    assert said.count("That is no answer here. Give: Enter if the points are") == 3
    assert last(learner).chosen == ("people", "safety")
    assert last(learner).rating is Rating.AGAIN
    assert "Left out: Says what comes first, and why; Shows calm by what they did\n" in said
    assert "For example" not in said
    assert "smiles" not in str(last(learner))


def test_not_known(learner: Learner) -> None:
    said = recall(learner, "calm", "0")
    assert "Now you know." in said
    assert last(learner).chosen == ()
