"""Rating a whole answer: two steps on one screen, by keys, arrows and mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual._time import get_time  # events are stamped by it
from textual.events import Key

from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from tests.ratings import RATE, RECALL, home_with_ratings
from trainer.app.kit.help import HelpScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.cards.card import Answer
from trainer.cards.sample import DEGREES, MEANINGS, Judgement
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.material import sheet_files
from trainer.memory.state import Degree, Marks, Rating
from trainer.progress.progress import Progress
from trainer.study.session import Session
from trainer.study.turns import Feedback

pytestmark = pytest.mark.slow

NOT, PARTLY, SHOWN = Degree
RATING = SessionChoice(decks=("whole/answers",))
EVIDENCE, SCORE = "1 Evidence ▸ 2 Score", "✓ Evidence ▸ 2 Score"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home in which the rating is all there is to ask."""
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: tmp_path / "none")
    home = home_with_ratings(tmp_path / "home")
    with Engine.open(home, "anna") as training:
        training.progress.mark(RECALL, Marks(suspended=True))
    return home


def missed(home: Home) -> FakeClock:
    """Give the first answer up; return the clock of the next day, when another one is rated."""
    clock = FakeClock()
    with Engine.open(home, "anna", clock=clock) as training:
        first = training.session(RATING)
        assert first
        first.answer(Answer(gave_up=True))
    clock.forward(days=1)
    return clock


def session(stage: Stage) -> Session:
    return stage.on(StudyScreen).session


def feedback(stage: Stage) -> Feedback:
    found = session(stage).feedback
    assert found
    return found


def judgement(stage: Stage) -> Judgement:
    found = feedback(stage).answer.judgement
    assert found
    return found


def top(stage: Stage) -> str:
    return stage.on(StudyScreen).top.render().plain


def marked(stage: Stage) -> list[str]:
    """Return what stands beside each point and flag."""
    lines = (line.split() for line in stage.text.splitlines())
    return [words[1] for words in lines if len(words) > 1 and words[0] in set("1234567")]


class TestEvidence:
    async def test_digits_turn_a_point_round_and_a_flag_on_and_off(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            assert EVIDENCE in top(stage)
            assert marked(stage) == ["not"] * 4 + ["·"] * 3
            await stage.press("1", "2", "2", "3", "3", "3", "5", "7", "7")
            assert marked(stage) == ["partly", "shown", "not", "not", "FLAG", "·", "·"]
            await stage.press("8", "9")
            assert session(stage).feedback is None

    async def test_keys_stand_closer_before_they_take_a_second_line(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING, size=(74, 24)) as stage:
            bar = stage.on(StudyScreen).bar
            assert (len(stage.bar), bar.size.height) == (6, 1)

    async def test_the_bar_says_what_can_be_done(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            first = ["1-7 Change", "Enter Score it", "0 Nothing shown", "h Hint", "? Help", "Esc Leave"]
            assert stage.bar == first
            await stage.press("1", "enter")
            second = ["1-5 Score", "← Back", "0 Don't know", "g Guessing", "? Help", "Esc Leave"]
            assert stage.bar == second
            await stage.press("3")
            assert stage.bar[0] == "Enter Go on"
            assert "← Back" not in stage.bar

    async def test_arrows_and_space_mark_and_enter_goes_on(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("down", "down", "space", "space", "down", "space", "up", "up", "space")
            assert marked(stage)[:4] == ["partly", "shown", "partly", "not"]
            await stage.press("enter")
            assert SCORE in top(stage)

    async def test_nothing_marked_is_asked_once_more(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("enter")
            assert "Nothing is marked" in stage.text
            assert EVIDENCE in top(stage)
            await stage.press("1")
            assert "Nothing is marked" not in stage.text
            await stage.press("1", "1", "enter", "enter")
            assert SCORE in top(stage)
            await stage.press("1")
            assert judgement(stage).degrees == (NOT,) * 4

    async def test_twice_0_is_no_answer_to_the_score_which_only_just_came(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press_twice("0")
            assert SCORE in top(stage)
            assert session(stage).feedback is None
            await stage.press_again("0", after=1)
            assert session(stage).feedback

    async def test_nor_is_a_double_click(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            bar, place = stage.key("Nothing")
            await stage.click_at(bar, place)
            stage.app._presses._at = get_time()
            await stage.click_at(bar, place)
            assert bar.says_at(place + bar.gutter.top_left) == "0 Don't know"
            assert session(stage).feedback is None

    async def test_0_says_that_nothing_was_shown(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("1", "5", "0")
            assert SCORE in top(stage)
            assert "4 not · no red flag" in stage.text
            await stage.press("1")
            assert judgement(stage) == Judgement(degrees=(NOT,) * 4, score=1)

    async def test_by_mouse(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.click("Gives other people")
            await stage.click("Blames others")
            assert (marked(stage)[2], marked(stage)[5]) == ("partly", "FLAG")
            await stage.click("Score it")
            await stage.click("between 3 and 1")
            assert judgement(stage).score == 2
            assert judgement(stage).degrees[2] is PARTLY
            assert len(judgement(stage).flags) == 1


class TestScore:
    async def test_the_anchors_are_there_and_the_evidence_is_counted(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("1", "1", "2", "5", "enter")
            assert "1 shown · 1 partly · 2 not · 1 red flag" in stage.text
            assert "1 and 2 mean no, 4 and 5 mean yes." in stage.text
            for words in ("5  A real evening", "4  between 5 and 3", "3  A believable", "1  Slogans"):
                assert words in stage.text

    @pytest.mark.parametrize("key", ["left", "backspace"])
    async def test_back_to_the_evidence_and_on_again(self, home: Home, key: str) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("1", key)
            assert marked(stage)[0] == "partly", "there is nothing to go back to yet"
            await stage.press("enter", key)
            assert EVIDENCE in top(stage)
            await stage.press("1", "enter", "4")
            assert judgement(stage) == Judgement(degrees=(SHOWN, NOT, NOT, NOT), score=4)
            await stage.press(key)
            assert session(stage).feedback

    async def test_arrows_and_enter_pick_a_score(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("1", "enter", "enter")
            assert "Choose with 1 to 5" in stage.text
            await stage.press("down", "down", "enter")
            assert judgement(stage).score == 4

    async def test_dont_know_shows_the_reference(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("0", "0")
            assert feedback(stage).answer.gave_up
            assert "Reference  5, a yes (proposed)" in stage.text
            assert "shown" in stage.text
            assert "you / reference" not in stage.text
            await stage.press("u", "0", "up", "enter")
            assert feedback(stage).answer.gave_up, "the last line is the way out"

    async def test_keys_at_once_do_not_score_what_was_not_painted(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            for key in ("1", "enter", "4"):
                stage.app.post_message(Key(key, "\r" if key == "enter" else key))
            await stage.settle()
            assert session(stage).feedback is None
            await stage.press("4")
            assert judgement(stage).score == 4


class TestFeedback:
    async def test_it_puts_both_beside_each_other_and_teaches(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING, size=(80, 50)) as stage:
            await stage.press("1", "2", "2", "7", "enter", "4")
            said = " ".join(stage.text.split())
            assert "New to you. You 4, a yes Reference 5, a yes (proposed) you / reference" in said
            assert "○ partly / shown Says what comes first, and why ○" in said
            assert "Shows calm" not in said, "only what differs, at first"
            assert "○ flag imagined No real performance behind the answer" in said
            assert "Because The order starts" in said
            assert "Comes back tomorrow, and today if you start again." in said, (
                "with nothing else to ask it waits"
            )
            await stage.press("space")
            said = " ".join(stage.text.split())
            assert "○ partly / shown Says what comes first, and why “The child first”" in said
            assert "✓ shown / shown Shows calm" in said
            assert "Worth 5 A real evening" in said

    async def test_a_missed_safety_flag_decides_and_says_so(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING, size=(80, 50), clock=missed(home)) as stage:
            assert "I thrive under pressure" in stage.text
            await stage.press("2", "enter", "1")
            said = " ".join(stage.text.split())
            assert "✗ Not right. You 1, a no Reference 1, a no (proposed)" in said
            assert "✗ flag missed Leaves the caller out of a safety decision" in said
            assert "Safety Somebody could be hurt, so it decides: Leaves the caller out of" in said
            await stage.press("space")
            said = " ".join(stage.text.split())
            assert "✗ flag missed Leaves the caller out of a safety decision “rather than" in said
            assert "Ask next What would I have seen you do" in said

    async def test_hint_guess_and_other_marks(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("h")
            assert "Each of the 4 points is shown, at least partly." in stage.text
            await stage.press("g")
            assert "You are guessing" in stage.text
            await stage.press("g", "1", "1", "2", "2", "3", "3", "4", "4", "enter", "5")
            assert feedback(stage).mark.rating is Rating.HARD
            assert "Right, with the hint." in stage.text
            await stage.press("w")
            assert "Reference  5, a yes" in stage.text
            assert not feedback(stage).mark.right
            await stage.press("r", "y")
            assert feedback(stage).mark.rating is Rating.EASY

    async def test_undo_goes_back_a_step_and_never_takes_another_answer(self, home: Home) -> None:
        with Engine.open(home, "anna") as training:
            training.progress.mark(RECALL, Marks())
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("0", "0", "enter", "0", "enter")  # missed, so that it comes again
            known = stage.engine.progress.history()
            await stage.press("1", "enter")
            assert SCORE in top(stage)
            await stage.press("u")
            assert EVIDENCE in top(stage)
            assert marked(stage)[0] == "partly"
            await stage.press("u")
            assert marked(stage)[0] == "partly"
            assert stage.engine.progress.history() == known
            await stage.press("1", "1", "u")
            assert len(stage.engine.progress.history()) == len(known) - 1

    async def test_undo_begins_again_at_the_evidence(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("1", "enter", "5", "u")
            assert marked(stage) == ["not"] * 4 + ["·"] * 3
            assert EVIDENCE in top(stage)
            assert stage.engine.progress.history() == {}

    @pytest.mark.parametrize(("keys", "suspended"), [(["b"], False), (["x", "2"], True)])
    async def test_put_away_in_the_middle(self, home: Home, keys: list[str], suspended: bool) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("1", "enter", *keys)
            stage.on(SummaryScreen)
            assert stage.engine.progress.marks(RATE).suspended is suspended

    async def test_it_is_on_record(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING) as stage:
            await stage.press("1", "enter", "5", "escape")
            stage.on(SummaryScreen)
            assert "An answer to: How would you" in stage.text
        with Engine.open(home, "anna") as training:
            (review,) = training.progress.history().values()
        assert review.rated
        assert (review.rated.score, review.rated.reference, review.rated.first) == (5, 5, True)
        assert review.rated.points["order"] == (PARTLY, SHOWN)

    async def test_what_is_not_saved_leaves_the_score_to_be_given_again(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> int:
            raise NotSavedError("Not saved: The disk is full.")

        async with running(home, "anna", choice=RATING) as stage:
            with monkeypatch.context() as disk:
                disk.setattr(Progress, "record", full)
                await stage.press("1", "enter", "4")
                assert "Not saved: The disk is full." in stage.text
                assert stage.on(StudyScreen).page.cursor == "option.3"
            await stage.press("enter")
            assert judgement(stage).score == 4


class TestSmall:
    async def test_what_a_digit_changed_is_brought_into_view(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING, size=(60, 20)) as stage:
            column = stage.on(StudyScreen).column
            assert column.max_scroll_y > 0
            assert column.scroll_y == 0
            await stage.press("7")
            assert column.scroll_y > 0
            await stage.press("up", "up", "up", "up", "up", "up", "up")
            await stage.press("up")
            assert column.scroll_y == 0, "above the first line stands the answer"

    async def test_the_hint_is_brought_into_view(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING, size=(60, 20)) as stage:
            column = stage.on(StudyScreen).column
            await stage.press("h")
            assert column.scroll_y == column.max_scroll_y > 0

    async def test_each_step_is_brought_into_view(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING, size=(60, 20)) as stage:
            column = stage.on(StudyScreen).column
            await stage.press("1", "enter")
            assert column.scroll_y > 0
            await stage.press("left")
            await stage.press("home", "1", "1", "enter", "3")
            assert column.scroll_y > 0


class TestLegend:
    @pytest.mark.parametrize("size", [(80, 24), (60, 20)])
    async def test_the_help_says_what_the_degrees_mean_before_anything_scrolls(
        self, home: Home, size: tuple[int, int]
    ) -> None:
        async with running(home, "anna", choice=RATING, size=size) as stage:
            for keys in ((), ("escape", "1", "enter"), ("escape", "3")):
                await stage.press(*keys, "question_mark")
                stage.on(HelpScreen)
                shown = " ".join(" ".join(stage.text.splitlines()[:8]).split())
                for degree, word in DEGREES.items():
                    assert f"{word} {MEANINGS[degree]}" in shown

    async def test_the_help_says_of_0_what_it_does_in_this_step(self, home: Home) -> None:
        async with running(home, "anna", choice=RATING, size=(120, 40)) as stage:
            await stage.press("question_mark")
            shown = " ".join(stage.text.split())
            assert "Nothing shown No point is shown, and no flag: on to the score" in shown
            await stage.press("escape", "1", "enter", "question_mark")
            assert "Don't know Show me the answer" in " ".join(stage.text.split())

    async def test_where_no_answer_is_rated_the_help_has_keys_alone(self, home: Home) -> None:
        async with running(home, "anna") as stage:
            await stage.press("question_mark")
            stage.on(HelpScreen)
            assert "What you can do now" in stage.text.splitlines()[0]
            assert "partly" not in stage.text


Look = Callable[[Stage], None]


async def test_evidence_picture(home: Home, looks_right: Look) -> None:
    async with running(home, "anna", choice=RATING) as stage:
        await stage.press("1", "1", "2", "6", "down", "down", "down")
        looks_right(stage)


async def test_score_picture(home: Home, looks_right: Look) -> None:
    async with running(home, "anna", choice=RATING) as stage:
        await stage.press("1", "1", "2", "6", "enter", "down", "down")
        looks_right(stage)


async def test_feedback_picture(home: Home, looks_right: Look) -> None:
    async with running(home, "anna", choice=RATING, clock=missed(home)) as stage:
        await stage.press("2", "3", "7", "enter", "3")
        looks_right(stage)
