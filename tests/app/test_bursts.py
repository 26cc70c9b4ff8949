"""Keys that come all at once, text that is pasted as keys, and a connection that is slow."""

from pathlib import Path

import pytest
from textual.events import AppBlur, AppFocus, Key, MouseMove, Paste
from textual.keys import key_to_character

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.learners import begun
from tests.material.pages import FULL
from tests.terminal import Terminal
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.key_bar import KeyBar
from trainer.app.start.hire_screen import HireScreen
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.cards.card import Answer
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.study.session import Session

pytestmark = pytest.mark.slow

PASTED = "That looked like pasted text"
PLAIN = SessionChoice(decks=("levels",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def answered(home: Home, name: str = "anna") -> int:
    with Engine.open(home, name) as training:
        return len(training.progress.history())


def test_each_key_after_a_slow_answer(home: Home) -> None:
    begun(home, "anna")
    with Terminal.trainer("study", "levels", "--recruiter", "anna", "--home", home.root) as terminal:
        for number in range(1, 6):
            terminal.read_slowly(f"{number - 1} done, ")
            terminal.read_slowly("Don't know")
            terminal.press("1")
            terminal.read_slowly("Go on")
            terminal.press("\r")
            terminal.wait_until_gone("Go on")
        terminal.read_slowly("Don't know")
        terminal.press("\x1b")
        terminal.read_slowly("An example to begin with")  # after five answers of the first day
        terminal.read_slowly("Agrees the day")
        terminal.read_slowly("Go on   ? Help")
        terminal.press("\r")
        terminal.read_slowly("Every answer is saved")
    assert answered(home) == 5


def test_a_burst_answers_only_what_was_shown(home: Home) -> None:
    begun(home, "anna")
    with Terminal.trainer("study", "levels", "--recruiter", "anna", "--home", home.root) as terminal:
        terminal.wait_for("Don't know")
        terminal.press("1\r" * 3)
        terminal.wait_for("1 done, ")
        terminal.wait_until_gone("Comes back")
        terminal.press("1")
        terminal.wait_for("Go on")
        terminal.press("\x1b")
        terminal.wait_for("Every answer is saved")
    assert answered(home) == 2


def test_escape_leaves_no_summary_that_was_not_seen(home: Home) -> None:
    """It is a key only once no more of a sequence comes, and counts from when it came."""
    begun(home, "anna")
    study = ("study", "levels", "--limit", "1", "--recruiter", "anna", "--home", home.root)
    with Terminal.trainer(*study) as terminal:
        terminal.wait_for("Don't know")
        terminal.press("1")
        terminal.wait_for("Go on")
        terminal.press("\r\x1b")
        terminal.wait_for("Every answer is saved")
        terminal.read_for(1)
        assert "Every answer is saved" in terminal.text


def test_a_name_and_enter_in_one_burst(home: Home) -> None:
    with Terminal.trainer("--home", home.root) as terminal:
        terminal.wait_for("Go on")
        terminal.press("Anna\r")
        terminal.take_what_is_offered()
        terminal.wait_for("take a guess")
        terminal.press("1")
        terminal.wait_for("Go on")
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
            stage.on(HireScreen)
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


def at_once(stage: Stage, *keys: str) -> None:
    stage.look()
    for key in keys:
        stage.app.post_message(Key(key, key_to_character(key)))


async def last_card(stage: Stage) -> Session:
    """Answer all but the last card of a session."""
    session = stage.on(StudyScreen).session
    while session.coming():
        await stage.press("b")
    return session


class TestAfterTheEnd:
    @pytest.fixture
    def home(self, tmp_path: Path) -> Home:
        return home_with_sheet(tmp_path)

    @pytest.mark.parametrize(("before", "ending"), [([], "b"), (["x"], "2")])
    @pytest.mark.parametrize("key", [*"1230hgwruye", "enter", "space", "escape"])
    async def test_nothing_acts_between_the_last_card_and_the_summary(
        self, home: Home, before: list[str], ending: str, key: str
    ) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "enter")
            session = await last_card(stage)
            answers, marks = list(session.answers), len(session._steps)
            await stage.press(*before)
            at_once(stage, ending, key, key)
            await stage.settle()
            stage.on(SummaryScreen)
            assert session.answers == answers
            assert len(session._steps) == marks + 1
            assert len(stage.app.screen_stack) == 2

    async def test_the_mouse_does_not_either(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "enter")
            session = await last_card(stage)
            screen = stage.on(StudyScreen)
            screen.action_bury()
            screen.page.post_message(screen.page.Chosen("option.0"))
            screen.on_answer_row_unknown()
            await stage.settle()
            assert len(session.answers) == 1

    @pytest.mark.parametrize("key", ["0", "b", "x", "u"])
    async def test_nothing_acts_on_a_card_that_was_left(self, home: Home, key: str) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "enter")
            session = stage.on(StudyScreen).session
            at_once(stage, "escape", key, key)
            await stage.settle()
            stage.on(SummaryScreen)
            assert len(session._steps) == len(session.answers) == 1
        assert answered(home) == 1

    async def test_the_summary_is_seen_before_a_key_leaves_it(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "enter")
            question = (await last_card(stage)).question
            assert question
            await stage.press(str(min(question.right_options) + 1))
            at_once(stage, *["enter"] * 6)
            await stage.settle()
            stage.on(SummaryScreen)
            stage.look()
            at_once(stage, *["enter"] * 3)
            await stage.settle()
            stage.on(TodayScreen)

    @pytest.mark.parametrize("key", ["b", "x", "g", "h"])
    async def test_a_card_is_seen_before_it_is_put_away_or_helped_with(self, home: Home, key: str) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample",))) as stage:
            session = stage.on(StudyScreen).session
            at_once(stage, "b", key)
            await stage.settle()
            assert len(session._steps) == 1
            assert not stage.on(StudyScreen)._face.guess
            assert not stage.on(StudyScreen)._face.hint

    async def test_one_key_pressed_twice_takes_back_one_answer(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "enter", "0", "enter", "escape", "enter")
            stage.on(TodayScreen)
            at_once(stage, "u", "u")
            await stage.settle()
            stage.on(StudyScreen)
        assert answered(home) == 1

    async def test_a_question_that_is_asked_twice_is_one(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "e", "X")
            at_once(stage, "escape", "2", "2")
            await stage.settle()
            stage.on(ConfirmScreen)
            confirm = stage.on(ConfirmScreen)
            confirm.dismiss(False)
            confirm.dismiss(False)
            await stage.settle()
            assert type(stage.app.screen).__name__ == "EditScreen", "the screen below stays"

    async def test_what_is_saved_while_it_is_asked_whether_to_quit_closes_both(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "e", "X")
            edit = stage.on(EditScreen)
            await stage.press("ctrl+q")
            stage.on(ConfirmScreen)
            edit.post_message(edit.Kept(None))
            await stage.settle()
            stage.on(StudyScreen)


class TestPastedAsKeys:
    """A terminal that does not mark a paste sends its text as keys, in one read."""

    def test_on_today_nothing_is_taken_back_and_nothing_begins(self, home: Home) -> None:
        with Engine.open(home, "anna") as training:
            session = training.study((), new=5)
            for _ in range(5):
                session.answer(Answer(gave_up=True))
                session.next()
        with Terminal.trainer("--recruiter", "anna", "--home", home.root) as terminal:
            terminal.wait_for("Enter  Start")
            terminal.press("u must not undo\r\r1 u t m d")
            assert "nothing was done" in " ".join(terminal.wait_for(PASTED).split())
            terminal.press(FULL.replace("\n", "\r"))
            terminal.read_for(1.5)
            assert "Enter  Start" in terminal.text
            terminal.press("d")
            terminal.wait_for("Sheets")
        assert answered(home) == 5

    def test_in_a_session_nothing_is_answered_and_two_keys_still_count(self, home: Home) -> None:
        begun(home, "anna")
        options = ("study", "levels", "--recruiter", "anna", "--home", home.root)
        with Terminal.trainer(*options) as terminal:
            terminal.wait_for("Don't know")
            terminal.press("1\r2\r3\r0\r")
            terminal.wait_for(PASTED)
            terminal.read_for(0.5)
            assert answers_on_disk(home) == 0
            terminal.press("0\r")
            terminal.wait_for("1 done, ")
        assert answered(home) == 1

    async def test_one_that_is_marked_is_told_too(self, home: Home) -> None:
        async with running(home, "anna", choice=PLAIN) as stage:
            stage.app.post_message(Paste("1\r1\r1\r"))
            await stage.settle()
            assert not stage.on(StudyScreen).session.answers
            assert [note.message[: len(PASTED)] for note in stage.app._notifications] == [PASTED]

    def test_where_one_types_it_is_typed(self, home: Home) -> None:
        with Terminal.trainer("--home", home.root) as terminal:
            terminal.wait_for("Go on")
            terminal.press("Annabelle Longname\r")
            terminal.take_what_is_offered()
            terminal.wait_for("take a guess")
            terminal.press("1")
            terminal.wait_for("Go on")
        assert home.recruiters() == ["Annabelle Longname"]


def answers_on_disk(home: Home) -> int:
    return (home.root / "progress" / "anna.journal").read_text("utf-8").count('"card"')


async def test_a_key_bar_that_is_asked_after_its_screen_has_gone_stays_still(tmp_path: Path) -> None:
    begun(Home(tmp_path), "anna")
    async with running(Home(tmp_path)) as stage:
        await stage.press("question_mark")
        bar = stage.app.screen.query_one(KeyBar)
        await stage.press("escape")
        bar.follow()
        assert not bar.is_attached


async def test_what_comes_when_no_screen_is_left_is_passed_over(home: Home) -> None:
    """The mouse may move, and the window may lose its focus, while the app ends."""
    async with running(home) as stage:
        await stage.settle()
        stack = stage.app._screen_stack
        screens = stack[:]
        stack.clear()
        moved = MouseMove(None, 3, 3, 0, 0, 0, False, False, False, screen_x=3, screen_y=3)
        for event in (moved, AppFocus(), AppBlur(), Key("q", "q"), Paste("x")):
            await stage.app.on_event(event)
        stack.extend(screens)
