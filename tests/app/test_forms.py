"""Each form of a question, by keys and by mouse."""

from pathlib import Path

import pytest
from textual.events import Key

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, learn, running
from trainer.app.study.screen import StudyScreen
from trainer.cards.card import Form, Question
from trainer.engine.choice import SessionChoice
from trainer.home import Home
from trainer.study.turns import Feedback

pytestmark = pytest.mark.slow

LEVELS = SessionChoice(decks=("sample/levels",))
MEANINGS = SessionChoice(decks=("sample/meanings",), new=0)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path)


def question(stage: Stage) -> Question:
    found = stage.on(StudyScreen).session.question
    assert found
    return found


def feedback(stage: Stage) -> Feedback:
    found = stage.on(StudyScreen).session.feedback
    assert found
    return found


def right_position(stage: Stage) -> int:
    return min(question(stage).right_options)


async def until(stage: Stage, form: Form) -> None:
    """Go on with the session until a question of a form stands."""
    while question(stage).form is not form:
        await stage.press("0" if question(stage).form is not Form.TYPE else "enter", "enter")


class TestChoose:
    async def test_by_digit(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            position = right_position(stage)
            await stage.press(str(position + 1))
            assert feedback(stage).mark.right
            assert "your answer" in stage.text
            await stage.press("1", "2", "3")
            assert feedback(stage).answer.chosen == {position}, "digits are dead in feedback"

    async def test_by_arrows(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("enter")
            assert stage.on(StudyScreen).session.feedback is None, "Enter alone chooses nothing"
            assert "↑ ↓ and then Enter" in stage.text
            await stage.press("down", "down", "up", "enter")
            assert feedback(stage).answer.chosen == {0}

    async def test_by_mouse(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.click("Nothing: no work")
            assert not feedback(stage).mark.right
            assert "your guess" in stage.text
            before = question(stage)
            await stage.click("Go on")
            assert question(stage) is not before

    async def test_dont_know_by_mouse(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.click("I don't know")
            assert feedback(stage).answer.gave_up


class TestTick:
    async def test_by_keys(self, home: Home) -> None:
        clock = learn(home, 1, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.TICK)
            await stage.press("1", "2", "1")
            assert "[ ] 1" in stage.text
            assert "[x] 2" in stage.text
            await stage.press("down", "down", "down", "space")
            assert "[x] 3" in stage.text
            await stage.press("enter")
            assert feedback(stage).answer.chosen == {1, 2}

    async def test_nothing_ticked_is_asked_once_more(self, home: Home) -> None:
        clock = learn(home, 1, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.TICK)
            await stage.press("enter")
            assert "Nothing is ticked" in stage.text
            await stage.press("enter")
            assert feedback(stage).answer.chosen == frozenset()

    async def test_by_mouse(self, home: Home) -> None:
        clock = learn(home, 1, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.TICK)
            option = question(stage).options[right_position(stage)]
            await stage.click(option.text)
            await stage.click("Confirm")
            assert feedback(stage).mark.right
            assert "right" in stage.text


class TestFlip:
    async def test_by_keys(self, home: Home) -> None:
        clock = learn(home, 2, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.FLIP)
            answer = question(stage).answer[:10]
            assert answer not in stage.text
            await stage.press("2")
            assert stage.on(StudyScreen).session.feedback is None, "nothing is known before it is shown"
            await stage.press("enter")
            assert answer in stage.text
            await stage.press("enter")
            assert stage.on(StudyScreen).session.feedback is None, "Enter does not say whether it was known"
            await stage.press("2")
            assert feedback(stage).mark.right

    async def test_by_mouse(self, home: Home) -> None:
        clock = learn(home, 2, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.FLIP)
            await stage.click("Show the answer")
            await stage.click("I missed it")
            assert not feedback(stage).mark.right
            assert "Missed." in stage.text


class TestType:
    async def test_by_keys(self, home: Home) -> None:
        clock = learn(home, 3, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.TYPE)
            await stage.write("hg0u")
            await stage.press("enter")
            assert feedback(stage).answer.typed == "hg0u", "letters are text"
            assert "You typed" in stage.text
            await stage.press("enter")
            assert stage.on(StudyScreen).session.feedback is None

    async def test_empty_enter_asks(self, home: Home) -> None:
        clock = learn(home, 3, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.TYPE)
            await stage.press("enter")
            assert "Don't know?" in stage.text
            await stage.press("x")
            assert "Don't know?" not in stage.text
            await stage.press("backspace", "enter", "enter")
            assert feedback(stage).answer.gave_up

    async def test_tab_reaches_hint_and_dont_know(self, home: Home) -> None:
        clock = learn(home, 3, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.TYPE)
            await stage.press("tab", "enter")
            assert question(stage).hint in stage.text
            await stage.press("tab", "enter")
            assert feedback(stage).answer.gave_up
            assert feedback(stage).answer.hint

    async def test_by_mouse(self, home: Home) -> None:
        clock = learn(home, 3, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.TYPE)
            assert await stage.pilot.click("#unknown")
            await stage.settle()
            assert feedback(stage).answer.gave_up

    async def test_a_megabyte_is_cut(self, home: Home) -> None:
        clock = learn(home, 3, "sample/meanings")
        async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
            await until(stage, Form.TYPE)
            from textual.events import Paste

            stage.app.post_message(Paste("\x1b[31mq" * 200_000))
            await stage.settle()
            await stage.press("enter")
            assert 0 < len(feedback(stage).answer.typed) <= 300


async def test_the_feedback_does_not_say_a_long_text_twice(home: Home) -> None:
    choice = SessionChoice(decks=("theatre-vocabulary/meanings",), new=1)
    async with running(home, "anna", choice=choice) as stage:
        position = right_position(stage)
        assert question(stage).options[position].text in question(stage).answer
        await stage.press("0")
        assert f"The right answer is {position + 1}." in " ".join(stage.text.split())
        meaning = question(stage).options[position].text
        assert " ".join(stage.text.split()).count(" ".join(meaning.split())[:40]) == 1


async def test_a_flip_is_not_judged_before_its_other_side_was_painted(home: Home) -> None:
    clock = learn(home, 2, "sample/meanings")
    async with running(home, "anna", choice=MEANINGS, clock=clock) as stage:
        await until(stage, Form.FLIP)
        stage.app.post_message(Key("enter", "\r"))
        stage.app.post_message(Key("2", "2"))
        await stage.settle()
        assert stage.on(StudyScreen).session.feedback is None
        await stage.press("2")
        assert feedback(stage).mark.right
