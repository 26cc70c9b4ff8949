"""The attacks of `python -m tests.attack` on the command and its settings, in short."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.attack import commands, grammar
from tests.attack.lines import Line
from tests.attack.outcome import Outcome
from trainer.cli import cli

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timers that end a command"),
]


def lines(folder: Path) -> list[Outcome]:
    return commands.attack(folder, 120, seed=20261128, processes=6)


def files(folder: Path) -> list[Outcome]:
    from tests.attack import settings

    return settings.attack(folder, 200, seed=20261128)


def homes(folder: Path) -> list[Outcome]:
    from tests.attack import folders

    return folders.attack(folder, 12, seed=20261129)


@pytest.mark.parametrize("attack", [lines, files, homes])
def test_whatever_is_asked_the_answer_is_a_sentence(
    tmp_path: Path, attack: Callable[[Path], list[Outcome]]
) -> None:
    outcomes = attack(tmp_path / "attack")
    assert all(outcome.tried for outcome in outcomes)
    assert [str(outcome) for outcome in outcomes if outcome.wrong] == []


def test_the_command_lines_know_all_that_a_command_takes() -> None:
    known = {each.words: each for each in grammar.commands()}
    assert {word for words in known for word in words[:1]} == set(cli.list_commands(click.Context(cli)))
    assert "--format" in {option.name for option in known["team", "report"].options}
    assert known["interview", "add"].arguments == ("deck", "deck")
    assert ("serve",) not in known


def broken(_line: Line, _folder: Path) -> commands.Told:
    raise ValueError


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (broken, "stack trace, ValueError in tests.test_attack"),
        (lambda *_: commands.Told(1, "Something went wrong."), "not foreseen, Something went wrong."),
        (lambda *_: commands.Told(0, "Traceback (most recent call last)"), "stack trace"),
        (lambda *_: commands.Told(None), "status None"),
        (lambda *_: commands.Told(-11), "status -11"),
    ],
    ids=["raised", "defended", "printed", "no end", "killed"],
)
def test_what_an_attack_looks_for_it_finds(
    tmp_path: Path, run: Callable[[Line, Path], commands.Told], said: str
) -> None:
    outcome = commands.run_lines("lines", tmp_path, 2, seed=1, run=run)
    assert sum(outcome.wrong.values()) >= 2
    assert all(what.startswith(said) for what in outcome.wrong)


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(commands.Hang), commands.time_limit(0.05):
        time.sleep(20)
