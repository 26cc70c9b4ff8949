"""Training line by line, because the environment or the settings say so."""

import os
from pathlib import Path

import pytest

from tests.commands import trainer
from tests.terminal import Terminal
from trainer.home import Home
from trainer.plain.preferred import prefers_plain

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("said", "settings", "plain"),
    [
        (None, None, False),
        ("1", None, True),
        ("yes", "plain = false", True),
        ("0", "plain = true", False),
        ("", "plain = true", False),
        (None, "plain = true", True),
        (None, "# a remark\nplain = true\n[keys]\n", True),
        (None, 'plain = "true"', False),
        (None, "[plain]", False),
        (None, "plain = true\nbroken [", False),
        (None, "\x00plain", False),
    ],
)
def test_the_environment_says_it_or_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, settings: str | None, *, plain: bool
) -> None:
    monkeypatch.delenv("ACCESSIBLE", raising=False)
    if said is not None:
        monkeypatch.setenv("ACCESSIBLE", said)
    if settings is not None:
        (tmp_path / "config.toml").write_text(settings, encoding="utf-8")
    assert prefers_plain(Home(tmp_path)) is plain


@pytest.mark.parametrize(
    "arguments", [(), ("study", "levels"), ("study", "--plain"), ("stats",), ("settings",), ("doctor",)]
)
def test_settings_that_are_a_pipe_keep_nobody_waiting(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "config.toml")
    done = trainer(*arguments, typed=":q\n", TRAINER_HOME=str(tmp_path), LOGNAME="anna")
    assert "went wrong" not in done.stderr


@pytest.mark.parametrize("arguments", [(), ("study", "levels"), ("quiz",), ("--recruiter", "anna")])
def test_every_way_into_a_session_is_then_line_by_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "config.toml").write_text("plain = true\n", encoding="utf-8")
    done = trainer(*arguments, typed=":q\n", TRAINER_HOME=str(tmp_path), LOGNAME="anna")
    assert done.returncode == 0, done.stderr
    assert "Each answer is saved at once." in done.stdout
    assert "don't know > " in done.stdout


def test_a_bare_command_obeys_the_environment(tmp_path: Path) -> None:
    done = trainer(typed=":q\n", TRAINER_HOME=str(tmp_path), LOGNAME="anna", ACCESSIBLE="1")
    assert "Each answer is saved at once." in done.stdout


@pytest.mark.parametrize("arguments", [(), ("study",), ("quiz",)])
@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_shows_no_screens_gets_lines_and_is_told_why(
    tmp_path: Path, term: str, arguments: tuple[str, ...]
) -> None:
    asked = ["-m", "trainer", "--home", str(tmp_path), "--recruiter", "anna", *arguments]
    with Terminal(asked, environment={"TERM": term}, columns=200) as terminal:
        shown = terminal.wait_for(" >")
        assert f"shows lines alone (TERM={term}), so trainer asks line by line" in shown
        assert "╭" not in shown


def test_who_wants_the_app_there_gets_it(tmp_path: Path) -> None:
    asked = ["-m", "trainer", "--home", str(tmp_path), "--recruiter", "anna"]
    with Terminal(asked, environment={"TERM": "dumb", "ACCESSIBLE": "0"}) as terminal:
        terminal.wait_for("Your name, for your own record")


def test_who_wants_lines_there_is_told_nothing(tmp_path: Path) -> None:
    asked = ["-m", "trainer", "--home", str(tmp_path), "--recruiter", "anna", "study", "levels", "--plain"]
    with Terminal(asked, environment={"TERM": "dumb"}, columns=200) as terminal:
        assert "shows lines alone" not in terminal.wait_for(" >")
