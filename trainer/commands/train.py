"""`trainer study` and `trainer quiz`."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trainer.commands.kinds import Number
from trainer.commands.options import (
    EXAMPLES,
    Who,
    deck_arguments,
    in_app,
    new_recruiter_option,
    plain_option,
    practice_option,
    recruiter_of,
    tell,
    trainee,
    warn_of,
    who_options,
)
from trainer.home import login_name
from trainer.plain.preferred import DUMB, goes_plain, is_dumb, prefers_plain

if TYPE_CHECKING:
    from trainer.engine.engine import Engine
    from trainer.study.session import Session


_NOTHING = {
    "mistakes": "You missed nothing in the last seven days that was not right on a later day.",
    "stars": 'No card has a star here: "*" on a card sets one, ":*" line by line.',
}


@click.command(epilog=EXAMPLES)
@deck_arguments
@click.option("--limit", type=Number(min=1), metavar="N", help="At most N cards.")
@click.option(
    "--new", type=Number(min=0), metavar="N", help="N new cards, whatever is left of today's minutes."
)
@click.option(
    "--mistakes",
    is_flag=True,
    help="What you missed in the last seven days, until it is right on a later day.",
)
@click.option("--stars", is_flag=True, help="Only what you starred.")
@plain_option
@practice_option
@new_recruiter_option
@who_options
@click.pass_obj
def study(  # noqa: PLR0913 — the options of the command
    before: Who,
    decks: tuple[str, ...],
    limit: int | None,
    new: int | None,
    *,
    mistakes: bool,
    stars: bool,
    plain: bool,
    practice: bool,
    new_recruiter: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Study what is to review today, then new cards, of your roles or of the DECKs that you name.

    It is planned for the minutes of your day, ten unless you chose others, and says so when they are over.
    New cards get what is left of them; --new asks for more or fewer. --mistakes and --stars ask cards
    whether they are due or not, and count as reviews.
    """
    if mistakes and stars:
        raise click.UsageError("Say --mistakes or --stars, not both.")
    if new is not None and (mistakes or stars):
        raise click.UsageError("--new goes with neither --mistakes nor --stars.")
    who = before.or_else(recruiter, home, new=new_recruiter)
    kind = "mistakes" if mistakes else "stars" if stars else "study"
    choice: dict[str, Any] = {"kind": kind, "decks": decks, "limit": limit, "new": new}
    if _is_plain(who, wanted=plain):
        from trainer.engine.choice import SessionChoice

        _run_plain(
            who,
            decks,
            lambda engine: engine.begun(SessionChoice(**choice)),
            practice=practice,
            nothing=_NOTHING.get(kind, ""),
            asks_newcomers=kind == "study" and not decks,
        )
    else:
        in_app(who, **choice, practice=practice)


@click.command(epilog=EXAMPLES)
@deck_arguments
@click.option("-n", "count", type=Number(1, 100), metavar="N", help="N quick questions, not minutes.")
@click.option("--minutes", type=Number(1, 1440), metavar="N", help="Minutes that you have, ten if not told.")
@click.option(
    "--level", default="", metavar="LEVEL", help="The level that you hire for: no questions for others."
)
@plain_option
@practice_option
@new_recruiter_option
@who_options
@click.pass_obj
def quiz(  # noqa: PLR0913 — the options of the command
    before: Who,
    decks: tuple[str, ...],
    count: int | None,
    minutes: int | None,
    level: str,
    *,
    plain: bool,
    practice: bool,
    new_recruiter: bool,
    recruiter: str | None,
    home: Path | None,
) -> None:
    """Ask, before an interview, what the minutes that you have are worth most for.

    Met and new cards alike, due or not: what you are likely to know in an hour if it is asked now, and not
    if it isn't. A miss comes back once. It ends on time, with three things to read once more. With -n it
    asks N questions on what you have most likely forgotten, each once. Both count as reviews.
    """
    if count is not None and (minutes is not None or level):
        raise click.UsageError("-n counts questions, and goes with neither --minutes nor --level.")
    who = before.or_else(recruiter, home, new=new_recruiter)
    choice: dict[str, Any] = {"kind": "hour", "decks": decks, "minutes": minutes, "level": level}
    if count is not None:
        choice = {"kind": "quiz", "decks": decks, "count": count}
    if _is_plain(who, wanted=plain):
        from trainer.engine.choice import SessionChoice

        _run_plain(who, decks, lambda engine: engine.begun(SessionChoice(**choice)), practice=practice)
    else:
        in_app(who, **choice, practice=practice)


def _is_plain(who: Who, *, wanted: bool) -> bool:
    """Return whether to go line by line; say why where nobody said so."""
    if wanted or prefers_plain(who.find_home()):
        return True
    if is_dumb():
        tell([DUMB.format(term=os.environ["TERM"])])
        return True
    return False


def _run_plain(  # noqa: PLR0913 — what the commands say
    who: Who,
    decks: Sequence[str],
    start: Callable[["Engine"], "Session"],
    *,
    practice: bool,
    nothing: str = "",
    asks_newcomers: bool = False,
) -> None:
    """Run a session line by line; `nothing` is what there is to say instead of one without a question.

    Where somebody can be asked, and nothing was named, a newcomer is asked what the app asks them.
    """
    from trainer.errors import InUseError
    from trainer.plain.streams import Left

    asking = asks_newcomers and sys.stdin.isatty() and sys.stdout.isatty()
    try:
        _trained(who, decks, start, practice=practice, nothing=nothing, asking=asking)
    except InUseError as error:
        raise InUseError(f"{error} Or practise here without saving: --practice.") from error
    except Left:  # while a newcomer was asked: nothing was answered
        click.echo()


def _trained(  # noqa: PLR0913 — the same
    who: Who,
    decks: Sequence[str],
    start: Callable[["Engine"], "Session"],
    *,
    practice: bool,
    nothing: str,
    asking: bool,
) -> None:
    from trainer.cards.library import load_library
    from trainer.crash import in_session
    from trainer.engine.engine import Engine
    from trainer.plain.first_run import ask_beginning, ask_name
    from trainer.plain.held import ask_held
    from trainer.plain.streams import Streams

    home = who.find_home()
    library = load_library(home)
    warn_of(library, unless=decks)
    library.select(decks)
    streams = Streams(sys.stdin, sys.stdout)
    if asking and who.recruiter is None and not (home.recruiters() or home.backed_up()):
        who = Who(ask_name(streams, login_name()), who.home, new=True)
    name = recruiter_of(who, home) if practice else trainee(who, home)
    with Engine.open(home, name, saving=not practice, library=library) as engine:
        notices = engine.progress.notices
        told = len(notices)
        tell(notices)
        if asking and engine.first_ever:
            ask_beginning(streams, engine)
        elif asking:
            ask_held(streams, engine)
        session = start(engine)
        if nothing and not session.question:
            click.echo(nothing)
            return
        with in_session(home, saved=not practice):
            _line_by_line(session, engine)
    tell(notices[told:])
    if not practice:
        from trainer.launch import tell_the_way_back

        further = "" if goes_plain(home) else " study --plain"
        tell_the_way_back(home, who.home, who.recruiter, further=further)


def _line_by_line(session: "Session", engine: "Engine") -> None:
    from trainer.plain.session import PlainSession

    PlainSession(
        session,
        sys.stdin,
        sys.stdout,
        saved=engine.saved,
        set_region=engine.set_region,
        worked_example=engine.worked_example,
        outlook=engine.outlook,
        glossary=engine,
    ).run()
