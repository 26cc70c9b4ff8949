"""The app in a real terminal: what a pilot can't tell."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.app.sheets import home_with_sheet
from tests.learners import begun
from tests.terminal import Terminal
from trainer.engine.engine import Engine
from trainer.home import Home

RUN = """
import sys
from pathlib import Path
from trainer.app.app import run_app
from tests.app.sheets import home_with_sheet
from tests.terminal import Terminal
from trainer.home import Home
sys.exit(run_app(Home(Path(sys.argv[1])), "anna"))
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[pexpect.spawn]:
    begun(Home(tmp_path), "anna")
    environment = {**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
    child = pexpect.spawn(
        sys.executable, ["-c", RUN, str(tmp_path)], dimensions=(24, 80), env=environment, timeout=20
    )
    child.expect("Start")
    yield child
    child.close(force=True)


def answered(home: Path) -> int:
    with Engine.open(Home(home), "anna") as training:
        return len(training.progress.history())


def answer(terminal: pexpect.spawn) -> None:
    terminal.send("\r")
    terminal.expect("take a guess")
    terminal.send("0")
    terminal.expect("Comes back")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["quit", "terminate", "hang up", "kill"])
def test_nothing_is_lost_however_it_ends(terminal: pexpect.spawn, tmp_path: Path, how: str) -> None:
    answer(terminal)
    if how == "quit":
        terminal.sendcontrol("q")
    else:
        ends = {"terminate": signal.SIGTERM, "hang up": signal.SIGHUP, "kill": signal.SIGKILL}
        os.kill(terminal.pid, ends[how])
    terminal.expect(pexpect.EOF)
    terminal.wait()
    if how != "kill":
        assert terminal.exitstatus == 0
    assert answered(tmp_path) == 1


@pytest.mark.slow
def test_an_edit_is_saved_by_a_key_that_terminals_pass_on(tmp_path: Path) -> None:
    home = home_with_sheet(tmp_path)
    with Terminal.trainer("study", "sample/levels", "--recruiter", "anna", "--home", tmp_path) as terminal:
        terminal.wait_for("take a guess")
        terminal.press("0")
        terminal.wait_for("Comes back")
        terminal.press("e")
        terminal.wait_for("› Résumé line 1")
        terminal.press("New: ")
        terminal.wait_for("not saved")
        terminal.press("\x13")
        shown = terminal.wait_for("Saved in")
        assert "“New: Set 40 props from the list”" in shown
    assert "New: Set 40 props" in (home.decks / "sample.toml").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("patient", [True, False])
def test_over_a_slow_line_a_key_may_come_in_two_pieces(tmp_path: Path, *, patient: bool) -> None:
    """Textual's variable, which the README names: without it the first piece is Esc."""
    home_with_sheet(tmp_path)
    command = ["-m", "trainer", "study", "sample/levels", "--recruiter", "anna", "--home", str(tmp_path)]
    with Terminal(command, environment={"ESCDELAY": "1500"} if patient else {}) as terminal:
        terminal.wait_for("take a guess")
        terminal.press("\x1b")
        terminal.read_for(0.4)
        terminal.press("[B")
        terminal.wait_for("› 1" if patient else "Today")
