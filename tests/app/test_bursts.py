"""Keys that come all at once, and a connection that is slow: on a pty."""

from pathlib import Path

import pytest
from textual.events import Key, Paste

from tests.app.stage import running
from tests.terminal import Terminal
from trainer.app.choice import SessionChoice
from trainer.app.screens.study import StudyScreen
from trainer.app.screens.welcome import WelcomeScreen
from trainer.home import Home
from trainer.training import Training

PLAIN = SessionChoice(decks=("levels",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def answered(home: Home, name: str = "anna") -> int:
    with Training.open(home, name) as training:
        return len(training.progress.history())


def test_each_key_after_a_slow_answer(home: Home) -> None:
    Training.open(home, "anna").close()
    with Terminal.trainer("study", "levels", "--recruiter", "anna", "--home", home.root) as terminal:
        for number in range(1, 6):
            terminal.read_slowly(f"{number} of ")
            terminal.read_slowly("Don't know")
            terminal.press("1")
            terminal.read_slowly("Go on")
            terminal.press("\r")
        terminal.read_slowly("Don't know")
        terminal.press("\x1b")
        terminal.read_slowly("Every answer is saved")
    assert answered(home) == 5


def test_a_burst_answers_only_what_was_shown(home: Home) -> None:
    Training.open(home, "anna").close()
    with Terminal.trainer("study", "levels", "--recruiter", "anna", "--home", home.root) as terminal:
        terminal.wait_for("Don't know")
        terminal.press("1\r" * 3)
        terminal.wait_for("2 of ")
        terminal.press("1")
        terminal.wait_for("Go on")
        terminal.press("\x1b")
        terminal.wait_for("Every answer is saved")
    assert answered(home) == 2


def test_a_name_and_enter_in_one_burst(home: Home) -> None:
    with Terminal.trainer("--home", home.root) as terminal:
        terminal.wait_for("Begin")
        terminal.press("Anna\r")
        terminal.wait_for("take a guess")
    assert home.recruiters() == ["Anna"]


async def test_keys_at_once_are_handled_in_order_and_each_answer_is_saved_once(home: Home) -> None:
    async with running(home, "anna", choice=PLAIN) as stage:
        for key in "1", "enter", "1", "enter", "1", "enter":
            stage.app.post_message(Key(key, key if key == "1" else "\r"))
        await stage.settle()
        session = stage.on(StudyScreen).session
        assert len(session.answers) == 1
        assert session.feedback is None
        await stage.press("1")
        assert len(session.answers) == 2
    assert answered(home) == 2


@pytest.mark.parametrize("name", ["x" * 300, "🎭" * 300, "Zoë 🎭"])
async def test_a_name_of_any_kind_is_taken_or_told(home: Home, name: str) -> None:
    async with running(home) as stage:
        for character in name:
            stage.app.post_message(Key(character, character))
        stage.app.post_message(Key("enter", "\r"))
        await stage.settle()
        await stage.settle()
        if len(name) < 60:
            stage.on(StudyScreen)
        else:
            assert "300 characters" in " ".join(stage.text.split())
            stage.on(WelcomeScreen)


async def test_a_megabyte_pasted_as_a_name_is_cut(home: Home) -> None:
    async with running(home) as stage:
        entry = stage.on(WelcomeScreen).entry
        entry.post_message(Paste("x" * 1_000_000))
        await stage.settle()
        assert set(entry.value) == {"x"}, "the name that was offered has given way"
        assert len(entry.value) <= 320
        await stage.press("enter")
        stage.on(WelcomeScreen)
