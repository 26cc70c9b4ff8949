"""Every key of the study screen, before and after the answer."""

from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, learn, running
from tests.clocks import FakeClock
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.memory.state import Rating
from trainer.progress.progress import Progress
from trainer.study.session import Session
from trainer.study.turns import LEECH_LAPSES

LEVELS = SessionChoice(decks=("sample/levels",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path)


def session(stage: Stage) -> Session:
    return stage.on(StudyScreen).session


def right_key(stage: Stage) -> str:
    question = session(stage).question
    assert question
    return str(min(question.right_options) + 1)


def wrong_key(stage: Stage) -> str:
    question = session(stage).question
    assert question
    return str(next(i for i, option in enumerate(question.options) if not option.right) + 1)


class TestQuestion:
    async def test_the_bar_says_what_can_be_done(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            assert stage.bar == ["1-3 Choose", "0 Don't know", "h Hint", "g Guessing", "? Help", "Esc Leave"]
            await stage.press("0")
            assert stage.bar == [
                "Enter Go on",
                "Space More",
                "r Count as right",
                "u Undo",
                "? Help",
                "Esc Leave",
            ]

    async def test_after_a_right_answer_undo_is_in_the_bar(self, home: Home) -> None:
        async with running(home, "anna", size=(60, 20), choice=LEVELS) as stage:
            await stage.press(right_key(stage))
            assert {"u Undo", "g Was a guess"} <= set(stage.bar)

    async def test_space_shows_the_rest_and_hides_it_again(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press(wrong_key(stage))
            short = stage.text
            assert "Why not" in short
            assert "The rule" not in short
            await stage.press("space")
            assert "The rule" in stage.text
            assert "Compare" in stage.text
            assert "Space Less" in stage.bar
            await stage.press("space")
            assert stage.text == short
            assert session(stage).feedback, "it is still the same card"

    @pytest.mark.parametrize("keys", [("enter",), ("space", "enter")])
    async def test_enter_goes_on_at_once(self, home: Home, keys: tuple[str, ...]) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press(wrong_key(stage), *keys)
            assert session(stage).feedback is None
            assert session(stage).question

    async def test_the_cues_are_marked_once_it_is_answered(self, home: Home) -> None:
        def underlined() -> list[str]:
            rows = stage.on(StudyScreen).page.rows(stage.on(StudyScreen).page.size.width)
            return [
                row.content.plain[span.start : span.end]
                for row in rows
                for span in row.content.spans
                if "underline" in str(span.style)
            ]

        async with running(home, "anna", choice=LEVELS) as stage:
            question = session(stage).question
            assert question
            assert underlined() == []
            await stage.press("0")
            assert underlined() == list(question.cues) != []

    async def test_dont_know(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0")
            feedback = session(stage).feedback
            assert feedback
            assert feedback.answer.gave_up

    async def test_hint(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("h")
            assert "Hint  Look at" in stage.text
            await stage.press(right_key(stage))
            feedback = session(stage).feedback
            assert feedback
            assert feedback.mark.rating is Rating.HARD
            assert "Right, with the hint." in stage.text

    async def test_guessing_is_a_switch(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("g")
            assert "You are guessing" in stage.text
            assert "g Not guessing" in stage.bar
            await stage.press("g")
            assert "You are guessing" not in stage.text
            await stage.press("g", right_key(stage))
            feedback = session(stage).feedback
            assert feedback
            assert feedback.mark.lucky
            assert "Right, by a guess." in stage.text

    async def test_escape_before_an_answer_goes_to_today(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("escape")
            stage.on(TodayScreen)

    async def test_a_repeat_says_so(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            while not session(stage).repeat:
                await stage.press(wrong_key(stage), "enter")
            assert "again, as another line" in stage.text


class TestFeedback:
    async def test_revising_the_mark(self, home: Home) -> None:
        clock = learn(home, 1, "sample/levels")
        async with running(home, "anna", choice=LEVELS, clock=clock) as stage:
            await stage.press(right_key(stage))
            await stage.press("g")
            assert "Right, by a guess." in stage.text
            await stage.press("r")
            assert "✓ Right." in stage.text
            await stage.press("w")
            assert "✗ Counted as wrong." in stage.text
            await stage.press("y")
            assert "✗ Counted as wrong." in stage.text, "what was wrong can't be too easy"
            await stage.press("r", "y")
            assert "Right, and easy." in stage.text
            assert len(session(stage).answers) == 1

    async def test_undo_asks_again(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            before = session(stage).question
            await stage.press("u")
            assert session(stage).question is before, "there is nothing to undo"
            await stage.press("0", "u")
            assert session(stage).question == before
            assert session(stage).feedback is None
            await stage.press("0", "enter", "u")
            assert session(stage).question == before

    @pytest.mark.parametrize("keys", [["b"], ["x", "2"]])
    async def test_put_away_and_back(self, home: Home, keys: list[str]) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            before = session(stage).question
            assert before
            await stage.press("0", *keys)
            assert session(stage).question != before
            marks = stage.engine.progress.marks(before.card.id)
            assert marks.suspended == ("x" in keys)
            assert (marks.buried is not None) == ("b" in keys)
            await stage.press("u")
            assert session(stage).feedback, "the feedback stands again"
            assert session(stage).question == before

    @pytest.mark.parametrize("keys", [["x", "enter"], ["x", "escape"], ["x", "1"], ["s"]])
    async def test_nothing_is_put_away_without_a_yes(self, home: Home, keys: list[str]) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            before = session(stage).question
            await stage.press(*keys)
            assert session(stage).question is before
            assert stage.engine.put_away_cards() == []
            stage.on(StudyScreen)

    async def test_put_away_asks_and_says_that_nothing_is_lost(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("x")
            stage.on(ConfirmScreen)
            assert "keeps its progress" in " ".join(stage.text.split())

    async def test_a_star_is_set_and_taken_back(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            question = session(stage).question
            assert question
            await stage.press("asterisk")
            assert stage.engine.progress.marks(question.card.id).star
            await stage.press("0", "asterisk")
            assert session(stage).feedback, "it stays where it is"
            assert not stage.engine.progress.marks(question.card.id).star

    async def test_a_doubt_has_a_reason_and_can_be_taken_back(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            question = session(stage).question
            assert question
            await stage.press("exclamation_mark", "escape")
            assert not stage.engine.progress.marks(question.card.id).doubtful
            await stage.press("0", "exclamation_mark", "4")
            assert stage.engine.progress.marks(question.card.id).reason == "typo"
            assert session(stage).feedback
            await stage.press("exclamation_mark")
            assert stage.on(PickScreen)._page.cursor == "3", "the reason that was given is marked"
            await stage.press("7")
            assert stage.engine.doubted_cards() == []

    async def test_marks_that_are_not_saved_are_told_in_place(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            question = session(stage).question

            def full(*_: object) -> None:
                raise NotSavedError("Not saved: the disk is full.")

            monkeypatch.setattr(stage.engine.progress, "mark", full)
            for keys in (["asterisk"], ["exclamation_mark", "1"], ["x", "2"]):
                await stage.press(*keys)
                assert "the disk is full" in stage.text
                assert session(stage).question is question

    @pytest.mark.slow
    async def test_a_card_that_does_not_stick_offers_ways_out(self, home: Home) -> None:
        clock = FakeClock()
        async with running(home, "anna", choice=LEVELS, clock=clock) as stage:
            await stage.press("0")
            assert "does not stick" not in stage.text
            card = session(stage).question
            assert card
            for _ in range(LEECH_LAPSES):
                clock.forward(days=1)
                stage.app._study(stage.engine.again([card.card]))
                await stage.settle()
                await stage.press("0")
            assert "This card does not stick" in stage.text
            await stage.press("x")
            await stage.press("2")
            assert stage.engine.progress.marks(card.card.id).suspended

    async def test_escape_saves_and_sums_up(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "escape")
            stage.on(SummaryScreen)
        with Engine.open(home, "anna") as training:
            assert len(training.progress.history()) == 1

    async def test_quitting_in_the_middle_loses_nothing(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "enter", "0")
            await stage.press("ctrl+q")
        with Engine.open(home, "anna") as training:
            assert len(training.progress.history()) == 2


class TestNotSaved:
    async def test_the_answer_stays_and_can_be_tried_again(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> int:
            raise NotSavedError("Not saved: The disk is full [/x].")

        async with running(home, "anna", choice=LEVELS) as stage:
            with monkeypatch.context() as disk:
                disk.setattr(Progress, "record", full)
                await stage.press("2")
                assert "Not saved: The disk is full [/x]." in stage.text
                assert session(stage).feedback is None
                assert stage.on(StudyScreen).page.cursor == "option.1"
            await stage.press("enter")
            feedback = session(stage).feedback
            assert feedback
            assert feedback.answer.chosen == {1}
            assert "Not saved" not in stage.text

    async def test_a_revision_that_fails_leaves_the_mark(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> int:
            raise NotSavedError("Not saved: The disk is full.")

        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press(right_key(stage))
            monkeypatch.setattr(Progress, "record", full)
            monkeypatch.setattr(Progress, "undo", full)
            monkeypatch.setattr(Progress, "mark", full)
            for key in ("w", "u", "b"):
                await stage.press(key)
                assert "Not saved: The disk is full." in stage.text
                assert "✓ Right." in stage.text
