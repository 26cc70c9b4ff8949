"""What a new learner is asked line by line: name, roles, minutes. Enter takes what is offered."""

from collections.abc import Sequence

from trainer.engine.engine import Engine
from trainer.errors import RecruiterNameError
from trainer.memory.learner import MOST_MINUTES
from trainer.names import check_recruiter
from trainer.plain.streams import Left, Streams
from trainer.plain.talks import numbered
from trainer.reports.roles import RoleEntry

_LEAVE = {":q", ":quit"}


def ask_name(streams: Streams, offered: str) -> str:
    """Return the name under which somebody trains from now on. Raises Left."""
    take = f"Enter for {offered}" if offered else "a word is enough"
    while True:
        try:
            return check_recruiter(_read(streams, f"Your name; {take} > ") or offered)
        except RecruiterNameError as error:
            streams.write_wrapped(str(error))


def ask_beginning(streams: Streams, engine: Engine) -> None:
    """Ask a new learner what they hire for, and for how many minutes a day; the first answer saves it.

    Raises Left.
    """
    default = engine.first_role()
    roles: tuple[str, ...] = ()
    if default and not engine.roles_chosen:
        listed = [role for role in engine.roles() if role.state != "vocabulary"]
        roles = _ask_roles(streams, listed, default)
    engine.begin_with(roles, _ask_minutes(streams, engine.minutes))
    streams.write_wrapped('"trainer roles" and "trainer settings" change this at any time.')


def _ask_roles(streams: Streams, roles: Sequence[RoleEntry], default: str) -> tuple[str, ...]:
    name = next(role.name for role in roles if role.id == default)
    streams.write("What do you hire for?")
    streams.write_items(numbered(role.name for role in roles))
    by_number = {str(number): role.id for number, role in enumerate(roles, start=1)}
    while True:
        said = _read(
            streams,
            f"1-{len(roles)}, several with the most important first, such as 2 1; "
            f"Enter if you don't know yet: {name} > ",
        )
        numbers = said.replace(",", " ").split()
        if all(number in by_number for number in numbers):
            return tuple(dict.fromkeys(by_number[number] for number in numbers)) or (default,)
        streams.write(f"Give numbers from 1 to {len(roles)}, or nothing.")


def _ask_minutes(streams: Streams, usual: int) -> int:
    while True:
        said = _read(streams, f"How many minutes a day, 1-{MOST_MINUTES}; Enter for {usual} > ")
        if not said:
            return usual
        if said.isascii() and said.isdigit() and len(said) < 9 and 1 <= int(said) <= MOST_MINUTES:
            return int(said)
        streams.write(f"Give a number of minutes from 1 to {MOST_MINUTES}, or nothing.")


def _read(streams: Streams, prompt: str) -> str:
    line = streams.read(prompt)
    if line in _LEAVE:
        raise Left
    return line
