"""`trainer drill`: setting drills for a team, and taking them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trainer.commands.kinds import Number
from trainer.commands.options import Who, tell, trainee, warn_of, who_options
from trainer.commands.team import team_of, tell_sent
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.engine.team import Team
    from trainer.plain.streams import Streams

_EXAMPLES = """\b
Examples:
  trainer drill new "Red flags" ASM/answers -n 10 --due Fri
  trainer drill new "March round" --calibration ASM
  trainer drill check red-flags.drill.toml
  trainer drill publish red-flags.drill.toml
  trainer drill                        the drills of your team
  trainer drill take "Red flags"       or a file that you got by mail
  trainer drill send                   what you have not sent yet
"""
_file = click.argument("file", type=click.Path(path_type=Path))


@click.group(invoke_without_command=True, epilog=_EXAMPLES)
@who_options
@click.pass_context
def drill(context: click.Context, *, recruiter: str | None, home: Path | None) -> None:
    """List the drills of your team, and where you stand with them."""
    who = context.obj = context.obj.or_else(recruiter, home)
    if context.invoked_subcommand is not None:
        return
    from trainer.engine.drill_words import UNSENT, standing_words
    from trainer.humanize import count, dated

    found = team_of(who)
    (rows, problems), today = found.drills(), found.today
    tell(problems)
    for row in rows:
        each = row.drill.drill
        due = f", due {dated(each.due, today)}" if each.due else ""
        asked = count(each.asked, "question")
        click.echo(f"{each.title}  ({each.id}): {asked}{due}: {standing_words(each, row.standing, today)}")
    if not rows and not problems:
        click.echo("Your team has no drill yet.")
    if found.has_offers:
        click.echo(UNSENT)


@drill.command("new", epilog=_EXAMPLES)
@click.argument("title")
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option("-n", "count", type=Number(1, 200), metavar="N", help="N questions; 10.")
@click.option("--due", default="", metavar="DATE", help='2026-12-03, "3 Dec", Thu, today, tomorrow.')
@click.option("--pass", "pass_mark", type=Number(1, 100), metavar="PERCENT", help="The pass mark; 80.")
@click.option(
    "--limit",
    "time_limit",
    type=Number(1, 240),
    metavar="MINUTES",
    help="A time limit, pauses included.",
)
@click.option("--attempts", type=Number(1, 20), metavar="N", help="How often it may be tried; once.")
@click.option("--drawn", is_flag=True, help="Each attempt draws order and options; else all get the same.")
@click.option("--feedback", type=click.Choice(["at once", "at the end"]), help="When answers are told.")
@click.option(
    "--share",
    type=click.Choice(["items", "chosen", "doubtful", "score"]),
    multiple=True,
    help="What a result says beside the score by deck: items (right or wrong, if not told), what was chosen, "
    "what was called doubtful; score for nothing else.",
)
@click.option("--no-check", is_flag=True, help="No delayed check whether it stayed.")
@click.option(
    "--calibration",
    "role",
    default="",
    metavar="ROLE",
    help="A calibration round: all rate the same five whole answers of ROLE blind. Takes no decks; of the "
    "other options only --due, --limit, --seed and --into.",
)
@click.option("--seed", type=Number(min=0, max=2**31), metavar="N", help="Draw the questions of N again.")
@click.option("--into", type=click.Path(path_type=Path), metavar="FILE", help="The file; by its title here.")
@who_options
@click.pass_obj
def new(before: Who, /, **said: Any) -> None:
    """Make a drill TITLE from DECKs, as a file that you may edit; show the questions that come out.

    A calibration round shares how each answer was rated, and says so before it begins; the report shows which
    scores and which points split the team.
    """
    from trainer.cards.library import load_library
    from trainer.engine.setting import calibration, drafted, keep_draft
    from trainer.memory.calendar import study_day, system_clock

    who = before.or_else(said.pop("recruiter"), said.pop("home"))
    decks, into, role = said.pop("decks"), said.pop("into"), said.pop("role")
    today = study_day(system_clock())
    if role:
        said = _of_a_round(decks, said)
    library = load_library(who.find_home())
    warn_of(library, unless=[role] if role else decks)
    if role:
        made = calibration(library, role, today, **said)
    else:
        made = drafted(library, decks, today, **said | {"count": said["count"] or 10})
    path = keep_draft(made, into)
    for number, asked in enumerate(made.questions, 1):
        answer = f", {asked.way}" if role else ""
        click.echo(f"{number:3}  {asked.says}  [{asked.card}{answer}]")
    click.echo(f'\n{path} is a draft: edit it, then "trainer drill publish {path}".')


def _of_a_round(decks: tuple[str, ...], said: dict[str, Any]) -> dict[str, Any]:
    """Return what can be said of a calibration round, where nothing else was."""
    own = ("title", "due", "time_limit", "seed")
    if decks or any(value for key, value in said.items() if key not in own):
        raise TrainerError(
            "A calibration round takes no decks, and of the options only --due, --limit, --seed and --into."
        )
    return {key: said[key] for key in own}


@drill.command("check", epilog=_EXAMPLES)
@_file
@who_options
@click.pass_obj
def check(before: Who, file: Path, *, recruiter: str | None, home: Path | None) -> None:
    """Say what is wrong with the drill in FILE, or that nothing is."""
    from trainer.humanize import count

    made = _checked(before.or_else(recruiter, home), file)
    click.echo(f"{file}: {count(len(made.drill.questions), 'question')}, all in order.")


@drill.command("publish", epilog=_EXAMPLES)
@_file
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Into a new file to mail, not to the team; it may hold the drill already.",
)
@who_options
@click.pass_obj
def publish(before: Who, file: Path, *, to: Path | None, recruiter: str | None, home: Path | None) -> None:
    """Freeze the questions of the drill in FILE, and put it into the team's place."""
    from trainer.cards.library import load_library
    from trainer.engine.mailing import mail_drill
    from trainer.engine.setting import freeze

    who = before.or_else(recruiter, home)
    made = freeze(_checked(who, file), load_library(who.find_home()))
    where = mail_drill(made, to) if to else team_of(who).publish(made)
    click.echo(f"Published: {where}. Its questions stay as they are now.")


def _checked(who: Who, file: Path) -> Any:
    from trainer.cards.library import load_library
    from trainer.engine.setting import checked
    from trainer.memory.calendar import study_day, system_clock

    return checked(file, load_library(who.find_home()), study_day(system_clock()))


@drill.command("take", epilog=_EXAMPLES)
@click.argument("wanted", metavar="[DRILL]", default="")
@who_options
@click.pass_obj
def take(before: Who, wanted: str, *, recruiter: str | None, home: Path | None) -> None:
    """Take a DRILL of the team or in a file, line by line; the first to be taken if none is named.

    Your first answer counts. It may be left and gone on with later; a time limit goes on meanwhile. Answers
    count as reviews of yours. At the end you see what would be sent, and it is sent only if you say yes.
    """
    from trainer.cards.library import load_library
    from trainer.crash import in_session
    from trainer.engine import drills
    from trainer.engine.engine import Engine
    from trainer.engine.team import Team
    from trainer.plain import drill as plain
    from trainer.plain.streams import Left, Streams

    who = before.or_else(recruiter, home)
    found = who.find_home()
    name, library = trainee(who, found), load_library(found)
    warn_of(library)
    team, streams = Team(found, name), Streams(sys.stdin, sys.stdout)
    offered = drills.to_take(team, wanted)
    plain.tell_terms(offered, team.readers, streams)
    try:
        if not offered.under_way and not plain.begins(streams):
            return
        if offered.under_way:
            streams.write("")
    except Left:
        streams.write("")
        return
    with Engine.open(found, name, library=library) as engine:
        tell(engine.progress.notices)
        run = drills.begin(engine, team, offered)
        session = plain.PlainDrill(run, sys.stdin, sys.stdout)
        with in_session(found, saved=True):
            session.run()
        if run.session.question and not run.session.time_is_up:
            return
        line = plain.finish(run, streams)
        session.tell_missed()
    _offer(team, line, streams)


def _offer(team: "Team", line: bytes, streams: "Streams") -> None:
    from trainer.plain.drill import agreed

    readers = team.readers
    if agreed(line, readers, streams):
        team.agree(line, readers)
        sent = team.send()
        tell_sent(sent)
        if not sent.problem:
            click.echo("Sent.")


@drill.command("close", epilog=_EXAMPLES)
@click.argument("wanted", metavar="DRILL")
@who_options
@click.pass_obj
def close(before: Who, wanted: str, *, recruiter: str | None, home: Path | None) -> None:
    """Take no more results of DRILL, where the team is in a database. What was sent stays in the report."""
    from trainer.engine.team_database import close as close_drill

    title = close_drill(team_of(before.or_else(recruiter, home)), wanted)
    click.echo(f'"{title}" is closed: no more results of it are taken.')


@drill.command("send", epilog=_EXAMPLES)
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="FILE", help="Into a new file to mail, or your last one."
)
@click.option("--yes", is_flag=True, help="Send what you agreed to, and ask of nothing else.")
@who_options
@click.pass_obj
def send(before: Who, *, to: Path | None, yes: bool, recruiter: str | None, home: Path | None) -> None:
    """Show each result that you have not sent, and send it if you say yes; send what waits.

    --to writes all that you agreed to into FILE; the lead puts that into the folder "results" of the team.
    """
    from trainer.plain.drill import agreed
    from trainer.plain.streams import Streams

    team, streams = team_of(before.or_else(recruiter, home)), Streams(sys.stdin, sys.stdout)
    problems: list[str] = []
    for offer in team.offers(problems.append) if not yes else ():
        click.echo(f"\n{offer.title}")
        readers = team.readers
        if agreed(offer.line, readers, streams):
            team.agree(offer.line, readers)
    tell(problems)
    _send(team, to, unasked=yes)
    if problems:
        click.get_current_context().exit(2)


def _send(team: "Team", to: Path | None, *, unasked: bool) -> None:
    """Send what was agreed to, or write it into a file."""
    from trainer.engine.drill_words import UNSENT
    from trainer.engine.mailing import mail_results

    if to:
        click.echo(f"{mail_results(team, to)}: send it to your lead.")
        return
    _ = team.member
    sent = team.send()
    tell_sent(sent)
    if sent.problem:
        click.get_current_context().exit(2)
    if sent.arrived:
        click.echo("Sent.")
    if unasked and team.has_offers:
        click.echo(UNSENT)
    elif not sent.arrived and not team.has_offers:
        click.echo("All that you agreed to is there.")
