"""What a new learner is asked line by line: name, roles, minutes."""

import io
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.learners import right, shipped
from tests.terminal import Terminal
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.plain.first_run import ask_beginning, ask_name
from trainer.plain.streams import Left, Streams

ASM = "assistant-stage-manager"


def talk(*lines: str) -> tuple[Streams, io.StringIO]:
    out = io.StringIO()
    return Streams(io.StringIO("".join(f"{line}\n" for line in lines)), out), out


def asked(home: Home, *lines: str) -> tuple[tuple[str, ...], int | None, str]:
    """Let a newcomer say lines and answer a card; return the roles and minutes on record then."""
    streams, out = talk(*lines)
    with Engine.open(home, "anna", clock=FakeClock(), library=shipped()) as engine:
        ask_beginning(streams, engine)
        session = engine.session(SessionChoice())
        assert session
        assert session.question
        session.answer(right(session.question))
    with Engine.open(home, "anna", clock=FakeClock(), library=shipped()) as engine:
        return engine.settings.roles, engine.settings.minutes, out.getvalue()


def test_a_name_is_offered_and_one_that_cannot_be_used_is_asked_again() -> None:
    assert ask_name(talk("")[0], "anna") == "anna"
    assert ask_name(talk(" Zoë ")[0], "anna") == "Zoë"
    streams, out = talk("a/b", "", "Ben")
    assert ask_name(streams, "") == "Ben"
    assert "holds no" in out.getvalue()
    assert "is empty" in out.getvalue()


def test_enter_takes_what_is_offered(tmp_path: Path) -> None:
    roles, minutes, said = asked(Home(tmp_path), "", "")
    assert (roles, minutes) == ((ASM,), 10)
    assert "What do you hire for?" in said
    words = " ".join(said.split())  # a long prompt is wrapped
    assert "Enter if you don't know yet: Assistant Stage Manager > " in words
    assert "Enter for 10 > " in words


def test_roles_are_taken_in_their_order_and_nonsense_is_asked_again(tmp_path: Path) -> None:
    with Engine.open(Home(tmp_path), "anna", library=shipped()) as engine:
        listed = [role.id for role in engine.roles() if role.state != "vocabulary"]
    roles, minutes, said = asked(Home(tmp_path), "99", "3, 1 3", "ten", "0", "5")
    assert (roles, minutes) == ((listed[2], listed[0]), 5)
    assert said.count("Give numbers from 1 to ") == 1
    assert said.count("Give a number of minutes from 1 to ") == 2


@pytest.mark.parametrize("lines", [(), ("1",), (":q",), ("1", ":quit")])
def test_who_leaves_has_chosen_nothing(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with Engine.open(Home(tmp_path), "anna", library=shipped()) as engine:
        with pytest.raises(Left):
            ask_beginning(talk(*lines)[0], engine)
        assert engine.settings.roles == ()
    assert Home(tmp_path).recruiters() == []


@pytest.mark.slow
def test_in_a_terminal_a_newcomer_is_asked_and_nobody_else(tmp_path: Path) -> None:
    arguments = ("study", "--plain", "--home", tmp_path)
    with Terminal.trainer(*arguments) as terminal:
        for prompt, line in (
            ("Your name", "Zoe"),
            ("you hire for", "1"),
            ("minutes a day", "5"),
            ("know > ", "0"),
        ):
            terminal.process.expect(prompt)
            terminal.process.sendline(line)
        terminal.process.expect("know > ")
        terminal.process.sendline(":q")
        terminal.process.expect("saved")
    assert Home(tmp_path).recruiters() == ["Zoe"]
    with Terminal.trainer(*arguments) as terminal:
        terminal.process.expect("know > ")
        assert b"Your name" not in (terminal.process.before or b"")
        assert b"minutes a day" not in (terminal.process.before or b"")


@pytest.mark.slow
def test_in_the_background_of_a_shell_the_prompt_waits(tmp_path: Path) -> None:
    """With `stty tostop` whatever wrote there was stopped, and met itself when it went on."""
    shell = "import os; os.execvp('bash', ['bash', '--norc', '-i'])"
    with Terminal(
        ["-c", shell], environment={"PS1": "shell", "HISTFILE": "", "LC_ALL": "C.UTF-8"}
    ) as terminal:
        terminal.wait_for("shell")
        terminal.press("stty tostop\r")
        program = f"{sys.executable} -m trainer --home '{tmp_path}' --recruiter anna study levels --plain"
        terminal.press(f"{program}\r")
        terminal.wait_for("don't know >")
        for _ in range(3):
            terminal.press("\x1a")
            terminal.wait_for("Stopped")
            terminal.clear()
            terminal.press("bg\r")
            terminal.wait_for("&")
            terminal.press("jobs\r")
            terminal.wait_for("Stopped")  # it may not read there
            assert "don't know >" not in terminal.text
            terminal.press("fg\r")
            terminal.wait_for("don't know >")
        terminal.press("0\r")
        terminal.wait_for("Comes back")


@pytest.mark.skipif(sys.platform == "win32", reason="no shell there stops a program")
@pytest.mark.parametrize("owner", ["us", "the shell"])
def test_going_on_shows_the_prompt_only_where_the_terminal_is_ours(
    monkeypatch: pytest.MonkeyPatch, owner: str
) -> None:
    other = 1 if owner == "the shell" else 0
    terminal, end = os.openpty()
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp() + other)

    class Woken(io.StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override]  # nothing is said of a size
            signal.raise_signal(signal.SIGCONT)
            return "0\n"

    with os.fdopen(end, "w", encoding="utf-8") as out:
        assert Streams(Woken(), out).read("one\x1b number > ") == "0"
    shown = b""
    with suppress(OSError):  # so it ends on Linux
        while piece := os.read(terminal, 1000):
            shown += piece
    os.close(terminal)
    assert shown.count(b"number > ") == 2 - other
    assert shown.count(b"\x1b") == 1, "this stream lets it pass, and what is shown past it is made harmless"


@pytest.mark.slow
def test_back_from_the_shell_the_prompt_is_shown_again(tmp_path: Path) -> None:
    """After Ctrl+Z and `fg` nothing said what was asked."""
    arguments = ("study", "levels", "--plain", "--recruiter", "anna", "--home", tmp_path)
    with Terminal.trainer(*arguments) as terminal:
        terminal.wait_for("don't know >")
        for again in range(2):
            os.kill(terminal.process.pid, signal.SIGSTOP)
            terminal.clear()
            os.kill(terminal.process.pid, signal.SIGCONT)
            assert "don't know >" in terminal.wait_for("don't know >"), again
        terminal.press("0\r")
        terminal.wait_for("Comes back")
