"""A recruiter in a team: joining, sending, drills, reports. It opens no record and reads no sheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from trainer import disk
from trainer.clean import clean_line
from trainer.engine.drill_rows import DrillRow, Known, known_as, taken_first
from trainer.engine.team_computers import LeftElsewhereError, check_not_left, told_apart
from trainer.engine.team_reading import Tell, read_changes, read_lines
from trainer.engine.way import open_own, renew
from trainer.errors import AliasTakenError, TeamError
from trainer.home import Home
from trainer.humanize import count
from trainer.memory.calendar import Clock, study_day, system_clock
from trainer.names import look_alike, name_key
from trainer.reports.team_people import Person, people_of, standing_lines
from trainer.sharing.attempt import Attempt, attempts_in, drill_taken
from trainer.sharing.drill import Head, Published
from trainer.sharing.folder import FolderPlace
from trainer.sharing.lines import Left, Member, Result, TeamLine, encoded, id_of
from trainer.sharing.own import Membership, OwnTeam, Way, check_alias, new_id, told_at_home
from trainer.sharing.place import DAYS_A_MONTH, KEEP_MONTHS, TeamPlace, TeamSettings, in_time, open_team_place
from trainer.sharing.postgres.address import Address, is_address
from trainer.sharing.results import (
    OPEN_STAGES,
    Over,
    Standing,
    over_elsewhere,
    result_id,
    result_line,
    standing,
)
from trainer.sharing.totals import Totals, counted

if TYPE_CHECKING:
    from trainer.engine.engine import Engine
    from trainer.reports.team import TeamReport

_ONLY_OWN = "You see your own results here; those of others are for the leads of the team."
_LONG = 600.0
"""Seconds that what a lead asks for may take."""
HERE_READ_BY = "Everyone in the team can read it, and whoever runs this server."
"""Who can read what is sent to the team of a server."""


class Joining(Struct, frozen=True, kw_only=True):
    """What joining a team would send, to be agreed to."""

    membership: Membership
    line: bytes
    readers: str
    notes: tuple[str, ...] = ()
    address: Address | None = None
    """The way into the team's database, where it is in one."""
    founds: TeamSettings | None = None
    """What is set for the team, where it is only made when it is joined."""


class Sent(Struct, frozen=True, kw_only=True):
    """What became of what may be sent."""

    arrived: int
    """Lines that arrived now."""
    problem: str = ""
    """Why others wait at home, and how they are sent."""
    refused: Mapping[bytes, str] = {}
    """Why the place takes some not, in a few words each; they wait too."""
    note: str = ""
    """What else is to be known, of homes that are copies of each other."""


class Offer(Struct, frozen=True, kw_only=True):
    """A result that may be sent, if that is agreed to."""

    title: str
    """What its drill is called."""
    line: bytes


class Team:
    """A recruiter's team. All methods raise TeamError where the place or the member's files can't be used."""

    def __init__(
        self, home: Home, recruiter: str, clock: Clock = system_clock, *, folder: Path | None = None
    ) -> None:
        """Be somebody in a team; with a `folder` in the only one that there is, wherever that lies now."""
        self.own = OwnTeam(home.team_of(recruiter))
        self.clock = clock
        self._folder = folder

    @classmethod
    def of(cls, engine: "Engine") -> "Team":
        """Return the team of who trains."""
        return cls(engine.home, engine.recruiter, engine.clock, folder=engine.rights.team)

    @property
    def membership(self) -> Membership | None:
        """Who one is in the team; None in none."""
        found = self.own.membership()
        return replace(found, place=str(self._folder)) if found and self._folder else found

    @property
    def member(self) -> Membership:
        """Who one is in the team. Raises TeamError in none."""
        if found := self.membership:
            return found
        raise TeamError('You are in no team. "trainer team join FOLDER" joins one, "create" makes one.')

    @property
    def today(self) -> date:
        """The study day it is now."""
        return study_day(self.clock())

    def place(self) -> TeamPlace:
        """Return the team's place."""
        return self._place_of(self.member)

    @property
    def readers(self) -> str:
        """Who can read what one sends, in a sentence. It does not look at the place."""
        own = self.membership
        if own is None or not own.place:
            return "You send it yourself, as a file: whoever gets that can read it."
        if self._folder:
            return HERE_READ_BY
        if is_address(own.place):
            way = self.own.way()
            return Address(way.addresses[0] if way else own.place).readers
        return f"Everyone who can open the folder {own.place} can read it."

    # Joining and leaving

    def new_settings(self, name: str, keep_months: int = KEEP_MONTHS) -> TeamSettings:
        """Return what is set for a team that is to be made."""
        self._check_in_none()
        called = clean_line(name)[:80]
        if not called:
            raise TeamError('The team needs a name: --name "Casting".')
        return TeamSettings(id=new_id(), name=called, keep_months=keep_months)

    def plan_new(self, folder: str, name: str, alias: str, *, keep_months: int = KEEP_MONTHS) -> Joining:
        """Return what making a team in a folder and joining it as lead would send. Nothing is changed yet."""
        before = self._check_in_none()
        called, where = clean_line(name)[:80], str(Path(folder).absolute())
        if not called:
            raise TeamError('The team needs a name: --name "Casting".')
        if there := _team_in(where):
            raise TeamError(
                f'In {where} there is the team "{there}" already. Join it, or take another folder.'
            )
        membership = Membership(
            place=where,
            team=new_id(),
            name=called,
            member=before.member if before else new_id(),
            device=before.device if before else new_id(4),
            alias=check_alias(alias),
            lead=True,
            joined=self._now,
        )
        return Joining(
            membership=membership,
            line=_member_line(membership),
            readers=f"Everyone who can open the folder {where} can read it.",
            founds=TeamSettings(id=membership.team, name=called, keep_months=keep_months),
        )

    def create(self, folder: Path, name: str, *, keep_months: int = KEEP_MONTHS) -> str:
        """Make a team's folder; return what the team is called. Nobody is in it yet."""
        settings = self.new_settings(name, keep_months)
        in_time(lambda: FolderPlace.create(folder, settings), str(folder))
        return settings.name

    def plan_join(self, where: str, alias: str, *, lead: bool = False, again: bool = False) -> Joining:
        """Return what joining a team under an alias would send. Nothing is changed yet.

        `where` is the path of a folder, or the address of an invitation. With `again` one is in the team
        under this alias, from another computer.
        """
        before = self._check_in_none()
        place = open_team_place(where)
        identity = place.identity
        if identity and lead and not identity.lead:
            raise TeamError("Your invitation is not a lead's.")
        if identity and again:
            raise TeamError("In a database you are who your invitation says: --again is for a folder.")
        address = identity.address if identity else None
        named = address.shown if address else str(Path(where).absolute())
        called = check_alias(alias)
        people = [each for each in people_of(standing_lines(read_lines(place, named)[0])) if each.member]
        taken = [each.alias for each in people]
        known = next((each for each in people if name_key(each.alias) == name_key(called)), None)
        if known and not again:
            raise AliasTakenError(f'There is a "{called}" in this team already. Take another alias.')
        if again and not known:
            raise TeamError(
                f'There is no "{called}" in this team. Say your alias there, or join without --again.'
            )
        near = "" if known else look_alike(called, taken)
        membership = Membership(
            place=named,
            team=place.settings.id,
            name=place.settings.name,
            member=known.id if known else before.member if before else new_id(),
            device=before.device if before and not known else new_id(4),
            alias=known.alias if known else called,
            lead=identity.lead if identity else known.lead if known else lead,
            joined=self._now,
        )
        return Joining(
            membership=membership,
            line=_member_line(membership),
            readers=place.readers,
            address=address,
            notes=(f'"{near}" is in the team, which looks the same in other letters.',) if near else (),
        )

    def _check_in_none(self) -> Membership | None:
        """Return who one is for drills by mail, if one took some. Raises TeamError for who is in a team."""
        before = self.membership
        if before and before.place:
            raise TeamError(
                f'You are in the team "{before.name}" as {before.alias} already. "trainer team leave" first.'
            )
        return before

    def join(self, planned: Joining) -> Sent:
        """Join as it was planned, and agreed to; make the team first, where that was planned.

        Raises TeamError where the place refuses that.
        """
        if settings := planned.founds:
            where = planned.membership.place
            in_time(lambda: FolderPlace.create(Path(where), settings), where)
        if planned.address:
            self.own.keep_way(Way(addresses=(planned.address.secret,), invited=True))
        self.own.keep(planned.membership)
        self.own.agree(planned.line)
        sent = self.send()
        if why := sent.refused.get(planned.line):
            self.own.leave()
            raise TeamError(f"You are not in the team: {why}. Take another alias: --alias NAME")
        return sent

    def leave_line(self) -> bytes:
        """Return the line that leaving would put in the place of all that one sent."""
        own = self.member
        return encoded(Left(id=id_of("left", own.member), member=own.member, at=self._now))

    def leave(self, line: bytes) -> Sequence[str]:
        """Leave the team and remove all that one sent; return the names of copies that others made.

        Raises TeamError, and then one is still in the team, where the place can't be reached.
        """
        own = self.member
        copies: Sequence[str] = []
        if own.place:
            place = self._place_of(own)
            with self.own.sending():
                copies = in_time(lambda: place.withdraw(own.member, own.device, line), own.place)
        self.own.leave()
        return copies

    def forget(self) -> None:
        """Be in no team any more, where its place can't be reached; what one sent stays there."""
        _ = self.member
        self.own.leave()

    # Sending

    def agree(self, line: bytes) -> None:
        """Take note that a line may be sent as it is."""
        self.own.agree(line)

    def offers(self) -> list[Offer]:
        """Return the results of attempts that are over and were not agreed to yet. Raises DrillError."""
        own = self.membership
        found = []
        for each in self._unsent():
            drill = drill_taken(each)
            if own:
                found.append(Offer(title=drill.drill.title, line=result_line(drill, each, own)))
        return found

    @property
    def has_offers(self) -> bool:
        """Whether there are such results; what lies at home is enough to tell. Raises DrillError."""
        return any(self._unsent())

    def _unsent(self) -> Iterator[Attempt]:
        """Yield the attempts that are over, of which no result was agreed to."""
        own = self.membership
        if own is None or not self.own.attempts.is_dir():
            return
        said = {*(line.id for line, _ in self.own.agreed()), *own.delivered}
        for folder in sorted(self.own.attempts.iterdir()):
            for each in attempts_in(folder):
                begun = each.begun
                if each.end and result_id(begun.fingerprint, own, begun.attempt) not in said:
                    yield each

    @property
    def waiting(self) -> list[bytes]:
        """What was agreed to and is not known to have arrived."""
        delivered = set(self.member.delivered)
        return [data for line, data in self.own.agreed() if line.id not in delivered]

    def send(self) -> Sent:
        """Send what was agreed to, and remove of one's own what is older than the team keeps.

        What can't be sent now waits.
        """
        own = self.member
        if not own.place:
            by_mail = 'You take drills by mail: "trainer drill send --to FILE" writes what to send back.'
            return Sent(arrived=0, problem=by_mail)
        try:
            place = self._place_of(own)
            with self.own.sending():
                self._drop_old(place, own)
                there = in_time(lambda: place.own(own.member), own.place)
                check_not_left(own, there)
                own, note = told_apart(self.own, own, there)
                agreed = self.own.agreed()
                sent = [data for _, data in agreed]
                refused = in_time(lambda: place.submit(own.member, own.device, sent), own.place)
        except LeftElsewhereError as error:
            self.leave(error.line)
            return Sent(arrived=0, problem=str(error))
        except TeamError as error:
            if not self.waiting:
                return Sent(arrived=0, problem=str(error))
            waits = count(len(self.waiting), "line waits", "lines wait")
            again = "It is tried again by itself." if self._folder else '"trainer drill send" tries again.'
            return Sent(arrived=0, problem=f"{error} {waits} here. {again}")
        new = [line.id for line, data in agreed if line.id not in own.delivered and data not in refused]
        if new:
            self.own.change(lambda now: replace(now, delivered=(*now.delivered, *new)))
        if not refused:
            renew(self.own, place)
        told = [f"{_named(line)}: {refused[data]}." for line, data in agreed if data in refused]
        waits = f"The team's place refuses what waits here. {' '.join(told)}" if told else ""
        return Sent(arrived=len(new), problem=waits, refused=refused, note=note)

    def send_waiting(self) -> None:
        """Send what was agreed to and could not be sent then; where that fails it waits on."""
        if self.member.place and self.waiting:
            self.send()

    def _drop_old(self, place: TeamPlace, own: Membership) -> int:
        kept = self._kept(place)
        if old := [data for line, data in self.own.agreed() if not kept(line)]:
            self.own.forget(old)
        return in_time(lambda: place.keep(own.member, own.device, kept), own.place)

    def _kept(self, place: TeamPlace) -> Callable[[TeamLine], bool]:
        """Return whether a line is to be kept: who is in the team, and what is no older than it says."""
        oldest = self._oldest(place)
        return lambda line: isinstance(line, Member) or line.at >= oldest

    def _oldest(self, place: TeamPlace) -> datetime:
        """Return from when on results are kept."""
        return self._now - timedelta(days=place.settings.keep_months * DAYS_A_MONTH)

    # Looking

    def people(self) -> list[Person]:
        """Return who is in the team."""
        lines, _ = read_changes(self.place(), self.member.place, self.own)
        return people_of(standing_lines(lines))

    def prune(self) -> tuple[int, list[str]]:
        """Remove one's own old results; return how many, and whose old ones lie there yet."""
        own, place = self.member, self.place()
        with self.own.sending():
            went = self._drop_old(place, own) + in_time(place.prune, own.place, _LONG)
        lines, _ = read_changes(place, own.place, self.own)
        names = {each.id: each.alias for each in people_of(standing_lines(lines))}
        oldest = self._oldest(place)
        old = {result.member for result, _ in lines.results if result.at < oldest}
        return went, sorted(names.get(member, member) for member in old)

    def publish(self, drill: Published) -> str:
        """Put a drill into the team's place; return where it lies."""
        own, place = self.member, self.place()
        where = in_time(lambda: place.publish(drill), own.place)
        as_it_is = {drill.drill.id: drill.fingerprint}
        self.own.change(lambda now: replace(now, published={**now.published, **as_it_is}))
        return where

    def drills(self) -> tuple[list[DrillRow], Sequence[str]]:
        """Return the team's drills, those to take first, and what is wrong with others."""
        own, place = self.member, self.place()
        drills, problems = in_time(place.drills, own.place)
        sent = over_elsewhere(each.line for each in in_time(lambda: place.own(own.member), own.place))
        rows = [DrillRow(drill=each, standing=self._standing(each, sent)) for each in drills]
        self.own.note_known([known_as(each, sent) for each in drills if not each.closed])
        return sorted(rows, key=taken_first), problems

    def known(self) -> list[DrillRow]:
        """Return the drills that are to be taken now, as far as they are known here: the first one first.

        Those that one has set oneself are not, before one takes them all the same.
        """
        heads = [(Head(each.drill, each.fingerprint), each.sent) for each in self.own.known(list[Known])]
        rows = [DrillRow(drill=head, standing=self._standing(head, sent)) for head, sent in heads]
        own = self.member.published
        to_do = [
            row
            for row in rows
            if row.standing.stage in OPEN_STAGES
            and (row.drill.drill.id not in own or row.standing.tried or row.standing.under_way)
        ]
        return sorted(to_do, key=taken_first)

    def drill(self, id_: str) -> Published:
        """Return a drill of the team with its sheets. Raises DrillError too."""
        place = self.place()
        return in_time(lambda: place.drill(id_), self.member.place)

    def standing(self, drill: Head) -> Standing:
        """Return where one stands with a drill, as far as it is known here. Raises DrillError too."""
        return self._standing(drill, [over for each in self.own.known(list[Known]) for over in each.sent])

    def _standing(self, drill: Head, sent: Sequence[Over]) -> Standing:
        return standing(drill, attempts_in(self.own.attempts / drill.drill.id), self.today, sent)

    def report(self, only: str = "", tell: Tell | None = None) -> "TeamReport":
        """Return how the team stands, with all drills or one. Raises DrillError too.

        `tell` is told how far it has come where it takes long.
        """
        from trainer.reports.team import team_report  # noqa: PLC0415 — Today tells a drill without it

        own, place = self.member, self.place()
        drills, problems = in_time(place.drills, own.place)
        lines, unread = read_changes(place, own.place, self.own, tell)
        aside = [_ONLY_OWN] if place.identity and not place.identity.lead else []
        return team_report(
            place.settings,
            drills,
            lines,
            now=self.clock(),  # by the wall clock here: a day ends when it ends for whoever looks
            whole=lambda id_: in_time(lambda: place.drill(id_), own.place),
            problems=(*aside, *problems, *unread),
            published=own.published,
            only=only,
            asking=own.member,
        )

    def summary(self, only: str = "") -> "TeamReport":
        """Return how the team stands as a whole, with all drills or one. Raises DrillError too."""
        from trainer.reports.team import counted_of  # noqa: PLC0415 — Today tells a drill without it
        from trainer.reports.team_summary import team_summary  # noqa: PLC0415

        own, place = self.member, self.place()
        drills, problems = in_time(place.drills, own.place)
        told = list(problems)
        totals = in_time(place.totals, own.place)
        if totals is None:
            lines, unread = read_changes(place, own.place, self.own)
            told += unread
            people, results = counted_of(place.settings, drills, lines, self._now, told)
            totals = Totals(
                people=sum(each.member and not each.lead for each in people),
                drills=[counted(each.drill, results.get(each.drill.id, ())) for each in drills],
            )
        return team_summary(place.settings, drills, totals, now=self._now, problems=told, only=only)

    def printed_report(self, report: "TeamReport") -> str:
        """Return a report as a page that prints, in HTML."""
        from trainer.reports.team_formats import as_html  # noqa: PLC0415 — it is seldom printed

        return as_html(report)

    def save_report(self, report: "TeamReport") -> Path:
        """Write a report as a page at home; return its path."""
        with told_at_home(self.own.page):
            disk.replace(self.own.page, [self.printed_report(report).encode()])
        return self.own.page

    @property
    def _now(self) -> datetime:
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def _place_of(self, own: Membership) -> TeamPlace:
        if not own.place:
            raise TeamError('You take drills by mail, and are in no team: "trainer team join FOLDER".')
        place = open_own(self.own, own)
        if place.settings.id != own.team:
            raise TeamError(
                f'{own.place} is the place of another team now, "{place.settings.name}". '
                "Nothing is sent there."
            )
        return place


def _named(line: TeamLine) -> str:
    """Return what a line is, for people."""
    if not isinstance(line, Result):
        return "That you joined"
    return f"{line.drill}, {'delayed check' if line.is_check else f'attempt {line.attempt}'}"


def _team_in(where: str) -> str:
    """Return what the team in a folder is called, empty where there is none."""
    try:
        return open_team_place(where).settings.name
    except TeamError:
        return ""


def _member_line(own: Membership) -> bytes:
    """Return the line that says who is in a team."""
    id_ = id_of("member", own.member, own.joined)
    return encoded(Member(id=id_, member=own.member, alias=own.alias, lead=own.lead, at=own.joined))
