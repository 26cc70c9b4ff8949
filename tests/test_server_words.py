"""Messages as they are told on a server: no path, no command, and whom to ask."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from trainer.cli import cli
from trainer.engine.rights import Rights, served_rights
from trainer.engine.server_words import ASK, COMMANDS, told_on_a_server

SERVER = Path("/srv/our trainer")
HOME = SERVER / "web" / "homes" / "4f1c"
RECORD = HOME / "progress" / "anna smith.json"
TOLD = served_rights(lead=False, hidden=(HOME, SERVER)).told
ROOMS = ("cards", "engine", "material", "memory", "progress", "reports", "sharing", "study", "app")
FILES = ("disk", "errors", "home", "names")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            (
                f"Not saved: {RECORD.with_suffix('.journal')} can't be written (No space left on device). "
                "What was saved before is whole; make space or check the disk, then try again."
            ),
            (
                "Not saved: a file on the server can't be written (No space left on device). "
                f"What was saved before is whole. {ASK}"
            ),
        ),
        (
            (
                f"Not saved: {RECORD} can't hold this answer: an id is too large. What was saved before is "
                'whole. Look whether the clock of this computer is right, and run "trainer doctor".'
            ),
            (
                "Not saved: a file on the server can't hold this answer: an id is too large. "
                f"What was saved before is whole. {ASK}"
            ),
        ),
        (
            (
                f"{RECORD} can't be opened for saving: it belongs to another user. Nothing in it was "
                "changed. Make the folder writable, or practise without saving (--practice)."
            ),
            (
                "A file on the server can't be opened for saving: it belongs to another user. "
                f"Nothing in it was changed. {ASK}"
            ),
        ),
        (
            f"{SERVER / 'web' / 'team'} can't be used: Permission denied.",
            f"A file on the server can't be used: Permission denied. {ASK}",
        ),
        ('You don\'t learn "Props". "trainer roles add props" adds it.', 'You don\'t learn "Props".'),
        ('The team has no drill "x". "trainer drill" lists them.', 'The team has no drill "x".'),
        (
            '"May" is a draft and holds no questions: "trainer drill publish" puts them in.',
            '"May" is a draft and holds no questions.',
        ),
        ('"trainer doctor --fix" mends it.', ASK),
        (
            "/usr/lib/python3/dist-packages/trainer/_decks/props.toml: too large.",
            f"A file on the server: too large. {ASK}",
        ),
    ],
)
def test_what_is_the_servers_own_goes(message: str, told: str) -> None:
    assert TOLD(message) == told
    assert TOLD(told) == told, "what was told already stays"
    assert Rights().told(message) == message, "on one's own computer all is said"


@pytest.mark.parametrize(
    "message",
    [
        "Of trainer itself: a progress file that trainer can read, written by a newer version.",
        "Equity/Bectu rates, 24/7, and/or: https://example.org/a/b stays.",
        'Your answer is kept: "1" and / find. Nothing has changed.',
        "",
    ],
)
def test_all_else_is_said_as_it_is(message: str) -> None:
    assert TOLD(message) == message


def test_a_sheet_keeps_its_name() -> None:
    told = TOLD(f'{SERVER / "decks" / "our props.toml"}: terms: "cue": the id stands 2 times.')
    assert told == 'our props.toml: terms: "cue": the id stands 2 times.'


def test_every_line_of_a_message_is_told() -> None:
    assert TOLD(f"{RECORD}: one\n{RECORD}: two").count("file on the server") == 2


def test_all_commands_are_known() -> None:
    assert set(cli.list_commands(click.Context(cli))) == COMMANDS


def messages() -> Iterator[str]:
    """Yield what the rooms below the commands may say, with a path of the server in every gap."""
    root = Path(__file__).parent.parent / "trainer"
    files = [file for room in ROOMS for file in (root / room).rglob("*.py")]
    for file in (*files, *(root / f"{name}.py" for name in FILES)):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        said_in = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Expr, ast.JoinedStr))
            for part in ast.iter_child_nodes(node)
        }  # docstrings, and parts of what is yielded whole
        for node in ast.walk(tree):
            if id(node) in said_in:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(
                    str(each.value) if isinstance(each, ast.Constant) else str(RECORD) for each in node.values
                )


@pytest.mark.slow
def test_no_message_that_is_written_anywhere_names_a_command_or_a_path() -> None:
    own = re.compile(r'["“‘\']trainer [a-z]|\btrainer (merge|import-progress|team|drill) |\s--[a-z]|/srv')
    named = [each for each in messages() if " " in each and own.search(each)]
    assert len(named) > 100
    assert [each for each in named if own.search(told_on_a_server(each, (HOME, SERVER)))] == []
