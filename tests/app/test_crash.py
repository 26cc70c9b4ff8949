"""The app's last line of defence: a sentence, a report, the terminal as it was, and no answer lost."""

import termios
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from tests.app.stage import running
from tests.learners import begun
from tests.terminal import Terminal
from trainer.app.study.screen import StudyScreen
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home

pytestmark = pytest.mark.slow

RUN = """\
import trainer.__main__ as command
from textual._xterm_parser import XTermParser
from trainer.engine.engine import Engine
from trainer.progress.progress import Progress
from trainer.app.kit.help import HelpScreen
from trainer.app.study.screen import StudyScreen
def broken(*_, **__):
    secret = "Anna Berger said yes"
    raise RuntimeError(secret)
{broken} = broken
command.main()
"""
SAVED = "Every answer is saved."
ALL_BUT_LAST = "Every answer is saved, except perhaps the last one."
PRACTISED = "This was practice, so nothing was to be saved."


def trainer(broken: str, home: Path, *arguments: str) -> Terminal:
    """Run the app with something in it that is broken."""
    code = RUN.format(broken=broken)
    return Terminal(["-c", code, *arguments, "--home", str(home)], columns=300, rows=30)


def answer(terminal: Terminal) -> None:
    """Answer the first question, and wait for the second."""
    terminal.wait_for("I don't know")
    terminal.press("0")
    terminal.wait_for("Go on")
    terminal.press("\r")
    terminal.wait_until_gone("Go on")


def told(terminal: Terminal, before: list[object], answers: str) -> None:
    """Wait for the end: with a sentence, and with the terminal as it was."""
    terminal.wait_for("Something went wrong.")
    assert terminal.wait_for_end() == 1
    shown = "".join(terminal.text.split())  # a long path wraps the sentence anywhere
    for words in (
        f"trainer: Something went wrong. {answers}",
        "without answers or names",
        "; start again with: trainer",
    ):
        assert "".join(words.split()) in shown
    assert termios.tcgetattr(terminal.process.child_fd) == before
    assert "Traceback" not in terminal.text
    assert "Anna" not in terminal.text


def report(home: Path) -> str:
    """Return the only report that was written."""
    (path,) = (home / "crashes").iterdir()
    text = path.read_text(encoding="utf-8")
    for secret in ("Anna", "Zoë", str(home), str(Path.cwd())):
        assert secret not in text
    return text


def answered(home: Path) -> int:
    """Open the record for saving, which shows that its lock is free."""
    with Engine.open(Home(home), "Zoë") as training:
        assert training.progress.notices == []
        return len(training.progress.history())


@pytest.mark.parametrize(
    ("broken", "keys"),
    [
        ("StudyScreen.action_hint", "h"),
        ("HelpScreen.compose", "?"),
        ("XTermParser.parse_mouse_code", "\x1b[<0;3;3M"),
    ],
    ids=["in a key", "in a screen", "in the thread that reads the terminal"],
)
@pytest.mark.parametrize(
    ("practice", "answers"), [((), SAVED), (("--practice",), PRACTISED)], ids=["saved", ""]
)
def test_an_error_that_nobody_foresaw_loses_no_answer(
    tmp_path: Path, broken: str, keys: str, practice: tuple[str, ...], answers: str
) -> None:
    begun(Home(tmp_path), "Zoë")
    with trainer(broken, tmp_path, "quiz", *practice) as terminal:
        before = termios.tcgetattr(terminal.process.child_fd)
        answer(terminal)
        terminal.press(keys)
        told(terminal, before, answers)
    assert "RuntimeError\n" in report(tmp_path)
    assert "in broken\n" in report(tmp_path)
    assert answered(tmp_path) == (0 if practice else 1)


@pytest.mark.parametrize(
    ("practice", "answers"), [((), ALL_BUT_LAST), (("--practice",), PRACTISED)], ids=["saved", ""]
)
def test_of_an_answer_that_was_just_being_saved_nothing_is_claimed(
    tmp_path: Path, practice: tuple[str, ...], answers: str
) -> None:
    begun(Home(tmp_path), "Zoë")
    with trainer("Progress.record", tmp_path, "quiz", *practice) as terminal:
        before = termios.tcgetattr(terminal.process.child_fd)
        terminal.wait_for("I don't know")
        terminal.press("0")
        told(terminal, before, answers)
    assert "\nRuntimeError\n" in report(tmp_path)
    assert answered(tmp_path) == 0


@pytest.mark.parametrize(
    ("broken", "answers"),
    [("Engine.confusion", SAVED), ("Engine.__init__", "What happened"), ("Engine.close", SAVED)],
    ids=["in a worker", "before the first picture", "at the end"],
)
def test_an_error_that_nobody_foresaw_at_the_start_and_at_the_end(
    tmp_path: Path, broken: str, answers: str
) -> None:
    begun(Home(tmp_path), "Zoë")
    with trainer(broken, tmp_path) as terminal:
        before = termios.tcgetattr(terminal.process.child_fd)
        if broken == "Engine.close":
            terminal.wait_for("Start")
            terminal.press("q")
        told(terminal, before, answers)
    assert "RuntimeError\n" in report(tmp_path)
    assert answered(tmp_path) == 0


async def test_a_test_fails_when_the_app_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_screen: StudyScreen) -> None:
        raise ValueError("in a key")

    monkeypatch.setattr(StudyScreen, "action_hint", broken)
    with pytest.raises(ValueError, match="in a key"):
        async with running(Home(tmp_path), "anna", choice=SessionChoice()) as stage:
            await stage.press("h")
    assert isinstance(stage.app.crashed, ValueError)


async def test_a_test_fails_when_a_worker_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_desk: Engine) -> str:
        raise ValueError("in a worker")

    monkeypatch.setattr(Engine, "confusion", broken)
    begun(Home(tmp_path), "anna")
    with pytest.raises(WorkerFailed, match="in a worker"):
        async with running(Home(tmp_path), "anna"):
            pass


def test_a_terminal_that_textual_left_behind_is_brought_back(tmp_path: Path) -> None:
    """Textual does it itself when it can; here its own way out is broken."""
    begun(Home(tmp_path), "Zoë")
    code = "from textual.drivers.linux_driver import LinuxDriver\n" + RUN
    code = code.format(broken="LinuxDriver.stop_application_mode")
    with Terminal(["-c", code, "--home", str(tmp_path)], columns=400, rows=30) as terminal:
        before = termios.tcgetattr(terminal.process.child_fd)
        terminal.wait_for("Start")
        assert termios.tcgetattr(terminal.process.child_fd) != before
        terminal.press("q")
        told(terminal, before, SAVED)


def test_the_app_is_seen_where_errors_go_to_a_file(tmp_path: Path) -> None:
    begun(Home(tmp_path), "Zoë")
    code = "import sys; sys.stderr = open('/dev/null', 'w'); sys.__stderr__ = sys.stderr\n"
    code += "from trainer.__main__ import main; main()"
    with Terminal(["-c", code, "--home", str(tmp_path)]) as terminal:
        terminal.wait_for("Start")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_a_name_can_be_typed_whatever_the_locale(tmp_path: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with Terminal(["-m", "trainer", "--home", str(tmp_path)], environment=ascii_only) as terminal:
        terminal.wait_for("Learn to read a theatre résumé")
        terminal.press("\x7f" * 20)
        terminal.wait_for("your name")
        terminal.press("Zoë")
        terminal.wait_for("Zoë")
        terminal.begin()
        terminal.wait_for("I don't know")
        terminal.press("0")
        terminal.wait_for("Go on")
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0
    assert answered(tmp_path) == 1
