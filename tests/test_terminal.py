"""The app in a real terminal, as a learner uses it."""

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.learners import begun
from tests.ratings import RATE, RECALL, home_with_ratings
from tests.terminal import Terminal
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.state import Marks

pytestmark = pytest.mark.slow

EXAMPLE = "An example to begin with"
"""It comes before the summary of the first day."""


def answer_by_keys(terminal: Terminal) -> None:
    terminal.press("1")
    if "Confirm" in terminal.text:
        terminal.press("\r")


def answer_by_mouse(terminal: Terminal) -> None:
    terminal.click("1  ")
    if "[x]" in terminal.wait_for_any("Go on", "[x]"):
        terminal.click("Confirm")


def reviews(home: Path, recruiter: str) -> list[dict[str, object]]:
    with TinyDB(home / "progress" / f"{recruiter}.json", access_mode="r") as file:
        return [dict(document) for document in file.table("reviews")]


def answers(home: Path, recruiter: str) -> int:
    """Return how many reviews stand, those undone left out."""
    with TinyDB(home / "progress" / f"{recruiter}.json", access_mode="r") as file:
        kept = list(file.table("reviews"))
    undone = {each["undo"] for each in kept if "undo" in each}
    return sum("undo" not in each and each.doc_id not in undone for each in kept)


@pytest.mark.parametrize(
    ("answer", "go_on"),
    [(answer_by_keys, lambda terminal: terminal.press("\r")), (answer_by_mouse, lambda t: t.click("Go on"))],
    ids=["keys alone", "mouse alone"],
)
def test_a_session_of_sixteen_cards_over_all_decks(
    tmp_path: Path, answer: Callable[[Terminal], None], go_on: Callable[[Terminal], None]
) -> None:
    options = ("--limit", "16", "--new", "16", "--recruiter", "r", "--home", tmp_path)
    with Terminal.trainer("study", *options) as terminal:
        terminal.wait_for("I don't know")
        for _ in range(60):
            answer(terminal)
            terminal.wait_for("Go on")
            go_on(terminal)
            terminal.wait_until_gone("Count as")
            shown = terminal.wait_for_any("I don't know", "One more round", EXAMPLE)
            if EXAMPLE in shown:
                go_on(terminal)
                shown = terminal.wait_for("One more round")
            if "One more round" in shown:
                break
        terminal.press("\x1b")
        terminal.wait_for("You learn")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    kept = reviews(tmp_path, "r")
    cards = {str(review["card"]) for review in kept}
    assert len(cards) == 16
    assert {card.split("/")[1] for card in cards} == {"meanings", "synonyms", "levels", "answers"}


def test_first_run_to_kill_to_resume(tmp_path: Path) -> None:
    with Terminal.trainer("--home", tmp_path) as terminal:
        terminal.wait_for("Learn to read a theatre résumé")
        terminal.press("\x7f" * 20)  # the login's name
        terminal.wait_for("your name")
        terminal.press("Anna")
        terminal.wait_for("Anna")
        terminal.begin()
        assert "A term:" in terminal.wait_for("I don't know"), "a question at once"
        for _ in range(3):
            terminal.press("1")
            terminal.wait_for("Go on")
            terminal.press("\r")
            terminal.wait_until_gone("Go on")
        terminal.press("1")
        terminal.wait_for("Go on")
        os.kill(terminal.process.pid, signal.SIGKILL)
    with Terminal.trainer("--home", tmp_path) as terminal:
        assert "Anna." in terminal.wait_for("You learn")
        assert answers(tmp_path, "Anna") == 4
        terminal.press("u")
        terminal.wait_for("Taken back: your answer of")
        terminal.wait_for("I don't know")
        terminal.press("\x1b")
        terminal.wait_until_gone("I don't know")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert answers(tmp_path, "Anna") == 3


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")
def test_a_full_disk_is_told_and_the_session_goes_on_with_space_again(tmp_path: Path) -> None:
    """A limit for the size of files fails a write in the middle, as a full disk does."""
    with Terminal.trainer("quiz", "--recruiter", "r", "--home", tmp_path) as terminal:
        terminal.wait_for("I don't know")
        terminal.press("0")
        terminal.wait_for("Go on")
        terminal.press("\r")
        terminal.wait_until_gone("Go on")
        journal = tmp_path / "progress" / "r.journal"
        _, hard = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (journal.stat().st_size + 99, hard))
        for _ in range(2):
            terminal.press("0")
            assert "File too large" in terminal.wait_for("Not saved:")
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        terminal.press("0")
        terminal.wait_for("Go on")
        terminal.press("\x1b")
        terminal.wait_for("Every answer is saved.")
        terminal.press("\r")
        terminal.wait_for("You learn")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert answers(tmp_path, "r") == 2


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (500, 200), (40, 12)])
def test_any_size_of_the_window_works(tmp_path: Path, columns: int, rows: int) -> None:
    options = ("--recruiter", "r", "--home", tmp_path)
    with Terminal.trainer("study", *options, columns=columns, rows=rows) as terminal:
        terminal.wait_for("This window" if columns < 40 else "What does it mean?")
        terminal.resize(80, 24)
        terminal.wait_for("I don't know")
        terminal.press("?")
        terminal.wait_for("Close")
        terminal.resize(columns, rows)
        terminal.wait_for_any("Close", "This window")
        terminal.resize(80, 24)
        terminal.wait_for("Close")
        terminal.press("\x1b")
        terminal.wait_for("I don't know")
        terminal.press("\x1b")
        terminal.wait_until_gone("I don't know")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_whole_answers_are_rated_in_two_steps(tmp_path: Path) -> None:
    with Engine.open(home_with_ratings(tmp_path), "r") as training:
        training.progress.mark(RECALL, Marks(suspended=True))
    with Terminal.trainer("study", "whole/answers", "--recruiter", "r", "--home", tmp_path) as terminal:
        terminal.wait_for("1 Evidence ▸ 2 Score")
        terminal.press("1")
        terminal.wait_for("1  partly")
        terminal.press("\r")
        terminal.wait_for("between 5 and 3")
        terminal.press("\x1b[D")
        terminal.wait_for("1 Evidence")
        terminal.press("\x1b[B \x1b[B \r")
        terminal.wait_for("1 shown · 1 partly · 2 not")
        terminal.press("\x7f")
        terminal.wait_for("1 Evidence")
        terminal.click("Blames others")
        terminal.wait_for("FLAG")
        terminal.click("Score it")
        terminal.wait_for("1 red flag")
        terminal.click("between 3 and 1")
        shown = " ".join(terminal.wait_for("Go on").split())
        assert "You 2, " in shown
        assert "Reference 5" in shown
        terminal.press("\x1b")
        terminal.wait_for("Every answer is saved")
        terminal.press("\x1b")
        terminal.wait_for("You learn")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    (review,) = reviews(tmp_path, "r")
    rated = review["rated"]
    assert isinstance(rated, dict)
    assert (review["card"], rated["score"], rated["reference"], rated["first"]) == (RATE, 2, 5, True)
    assert rated["points"] == {"order": [2, 2], "calm": [1, 2], "people": [0, 2], "safety": [0, 2]}


def test_today_is_painted_again_after_the_shell(tmp_path: Path) -> None:
    begun(Home(tmp_path), "r")
    with Terminal.trainer("--home", tmp_path) as terminal:
        terminal.wait_for("You learn")
        terminal.press("\x1a")
        os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
        terminal.clear()
        os.kill(terminal.process.pid, signal.SIGCONT)
        assert "Enter" in terminal.wait_for("You learn")


@pytest.mark.parametrize("said", [{"COLUMNS": "40", "LINES": "8"}, {"LINES": "99999"}, {"COLUMNS": "500"}])
def test_the_size_is_the_terminals_whatever_the_environment_says(
    tmp_path: Path, said: dict[str, str]
) -> None:
    begun(Home(tmp_path), "r")
    with Terminal(["-m", "trainer", "--home", str(tmp_path)], environment=said) as terminal:
        terminal.wait_for("You learn", seconds=10)
        assert "Quit" in terminal.text.splitlines()[-1]
        terminal.resize(100, 34)
        terminal.wait_for("You learn", seconds=10)
        assert len(terminal.text.splitlines()) == 34
        assert "Quit" in terminal.text.splitlines()[-1]


def test_ctrl_z_suspends_and_the_cursor_stands_at_the_mark(tmp_path: Path) -> None:
    with Engine.open(Home(tmp_path), "r"):
        pass
    with Terminal.trainer("study", "levels", "--recruiter", "r", "--home", tmp_path) as terminal:
        terminal.wait_for("I don't know")
        terminal.press("\x1b[B")
        shown = terminal.wait_for("›")
        assert "›" in shown.splitlines()[terminal.cursor[1]]
        terminal.press("\x1a")
        os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.wait_for("I don't know")
        terminal.press("0")
        terminal.wait_for("Go on")
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0
    assert answers(tmp_path, "r") == 1
