"""`trainer serve`: the app in the browser, and who may use it there."""

import importlib
import logging
import sys
from datetime import datetime
from pathlib import Path

import click
from msgspec.structs import replace

from trainer.clean import clean_line
from trainer.commands.kinds import Number
from trainer.commands.options import Who, home_option
from trainer.console import prompt
from trainer.errors import TrainerError, to_install
from trainer.home import Home, login_name
from trainer.humanize import count, listed, short_date
from trainer.memory.calendar import system_clock
from trainer.names import check_recruiter
from trainer.web.address import Address, check_reach, is_loopback, local_address, public_address
from trainer.web.folder import Settings, WebFolder
from trainer.web.people import INVITATION_LASTS, People, Person

_EXAMPLES = """\b
Examples:
  trainer serve                                  at http://127.0.0.1:8000, for this computer
  trainer serve --public-url https://trainer.example.org    behind a server with https
  trainer serve invite anna "Ben O'Hara"         a link for each, to send to them
  trainer serve invite cleo --lead               she looks after sheets, and sets drills
  trainer serve revoke ben
\b
Each person trains in a browser, with a record of their own on this computer.
Whoever runs the server can read the records.
"""
_LONGEST_TITLE = 60
_port = Number(0, 65535)


@click.group(invoke_without_command=True, epilog=_EXAMPLES)
@click.option("--host", metavar="ADDRESS", help="Where to listen: 127.0.0.1 if not told.")
@click.option("--port", type=_port, metavar="NUMBER", help="… and at which port: 8000 if not told.")
@click.option("--public-url", metavar="URL", help="How people reach it, by https; empty: where it listens.")
@click.option("--title", metavar="TEXT", help="What the page and the team are called.")
@home_option
@click.pass_context
def serve(  # noqa: PLR0913 — the options of the command
    context: click.Context,
    *,
    host: str | None,
    port: int | None,
    public_url: str | None,
    title: str | None,
    home: Path | None,
) -> None:
    """Serve the app to browsers.

    What is not said stays as it was at the last start.
    """
    who = context.obj = context.obj.or_else(None, home)
    said = {"host": host, "port": port, "public_url": public_url, "title": title}
    if context.invoked_subcommand is None:
        _serve(who, said)
    elif given := [f"--{name.replace('_', '-')}" for name, value in said.items() if value is not None]:
        raise click.UsageError(
            f"Say {listed(given)} where the server is started, not before {context.invoked_subcommand}."
        )


@serve.command("invite")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--lead", is_flag=True, help="They look after the sheets, and set drills.")
@click.option("--public-url", metavar="URL", help="How people will reach the server, before its first start.")
@home_option
@click.pass_obj
def invite(
    before: Who, names: tuple[str, ...], *, lead: bool, public_url: str | None, home: Path | None
) -> None:
    """Print a link for each NAME.

    It works once, so for another device invite them again.
    """
    folder = _folder(before.or_else(None, home))
    settings = folder.settings()
    if public_url is not None:
        settings = replace(settings, public_url=public_url)
        _check_reach(settings)
    people, address = People(folder.people), _address(settings)
    invited: set[str] = set()
    for name in names:
        known = people.roster().named(name)
        if known and known.id in invited:  # a second link would make the first one lead nowhere
            continue
        secret = people.invite(name, lead=lead)
        person = people.roster().named(name)
        assert person is not None
        invited.add(person.id)
        click.echo(f"{person.name}{', lead' if person.lead else ''}: {address.link(secret)}")
    click.echo(
        f"Send each person their own link. It works once, within {count(INVITATION_LASTS.days, 'day')}, "
        "in the browser in which it is opened.",
        err=True,
    )
    if not (folder.was_started or public_url):
        click.echo(
            f"This server was not started yet: a link leads to {address.origin}. If people will reach it "
            "elsewhere, start it first, or say where, and invite them again: "
            "trainer serve invite NAME --public-url URL",
            err=True,
        )


@serve.command("list")
@home_option
@click.pass_obj
def list_(before: Who, *, home: Path | None) -> None:
    """Show who is invited, and who was let out again."""
    roster = People(_folder(before.or_else(None, home)).people).roster()
    now = system_clock()
    for person in roster.people:
        click.echo(f"{person.name}{', lead' if person.lead else ''}: {_state(person, now)}")
    if not roster.people:
        click.echo("Nobody is invited yet: trainer serve invite NAME")


@serve.command("revoke")
@click.argument("name")
@home_option
@click.pass_obj
def revoke(before: Who, name: str, *, home: Path | None) -> None:
    """Let NAME in no longer.

    What they have open is closed, and their record stays.
    """
    folder = _folder(before.or_else(None, home))
    person = People(folder.people).revoke(name)
    click.echo(f"{person.name} is let in no longer. The record stays in {folder.home_of(person.id)}")


def _serve(who: Who, said: dict[str, str | int | None]) -> None:
    _check_installed()
    folder = _folder(who)
    settings = _checked(
        replace(folder.settings(), **{name: value for name, value in said.items() if value is not None})
    )
    folder.make()
    lock = folder.take()
    try:
        people = People(folder.people)
        first = None
        if not people.roster().people and _can_ask():
            settings, first = _asked(settings, said)
            settings = _checked(settings)
        _run(folder, settings, first)
    finally:
        lock.release()


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _checked(settings: Settings) -> Settings:
    """Return settings with a title that can be shown. Raises TrainerError; see `check_reach`."""
    _check_reach(settings)
    return replace(settings, title=clean_line(settings.title)[:_LONGEST_TITLE] or "trainer")


def _check_reach(settings: Settings) -> None:
    check_reach(settings.host, public_address(settings.public_url) if settings.public_url else None)


def _asked(settings: Settings, said: dict[str, str | int | None]) -> tuple[Settings, str]:
    """Ask what a first start needs: how the server is to be, and whose it is."""
    click.echo("Nobody is invited yet. Three questions, and you get a link to open.")
    name = check_recruiter(prompt("Your name", default=login_name() or None))
    if said["title"] is None:
        settings = replace(settings, title=prompt("What is your team called?", default=settings.title))
    if said["public_url"] is None and is_loopback(settings.host):
        url = prompt(
            "At which https address will others reach it? Empty: for this computer alone",
            default="",
            show_default=False,
        )
        settings = replace(settings, public_url=url)
    return settings, name


def _run(folder: WebFolder, settings: Settings, first: str | None) -> None:
    from trainer.web.processes import Processes
    from trainer.web.server import TrainerServer, listen
    from trainer.web.server import serve as serve_until_stopped

    listening = listen(settings.host, settings.port)
    settings = replace(settings, port=listening.getsockname()[1])
    folder.keep(settings)
    people, address = People(folder.people), _address(settings)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")

    def started() -> None:
        click.echo(f"trainer is at {address.origin} (Ctrl+C stops it)")
        if first:
            click.echo(f"Your link: {address.link(people.invite(first, lead=True))}")
            click.echo("Invite others from another terminal: trainer serve invite NAME")
        elif not people.roster().people:
            click.echo("Nobody is invited yet: trainer serve invite NAME --lead")
        sys.stdout.flush()

    serve_until_stopped(TrainerServer(folder, address, settings.title, Processes()), listening, started)


def _check_installed() -> None:
    """Raise TrainerError where what serves pages is not installed, or can't run."""
    if sys.platform == "win32":
        raise TrainerError("trainer serve runs on Linux and macOS; on Windows, in WSL.")
    for each in ("aiohttp", "textual_serve"):
        try:
            importlib.import_module(each)
        except ImportError as error:
            raise TrainerError(
                f"To serve browsers, trainer needs two more packages. Install them with: {to_install('web')}"
            ) from error


def _folder(who: Who) -> WebFolder:
    return WebFolder(Home(who.find_home().root.absolute()))  # each session works in a folder of its own


def _address(settings: Settings) -> Address:
    if settings.public_url:
        return public_address(settings.public_url)
    return local_address(settings.host, settings.port)


def _state(person: Person, now: datetime) -> str:
    """Say how far a person has come in."""
    if person.revoked:
        return "let in no longer"
    browsers = person.good_browsers(now)
    parts = []
    if browsers:
        seen = max(each.seen for each in browsers)
        parts.append(f"{count(len(browsers), 'browser')}, last used {short_date(seen.astimezone().date())}")
    if person.good_invitation(now):
        parts.append("a link that was not opened yet")
    return "; ".join(parts) or "the link ran out: invite them again"
