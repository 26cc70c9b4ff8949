"""Sending what was agreed to into a team's place, and removing what one sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from trainer.engine.access import is_to_renew, renew
from trainer.engine.team_computers import LeftElsewhereError, check_not_left, told_apart
from trainer.engine.team_desk import TeamDesk
from trainer.engine.team_reading import Tell, read_changes
from trainer.errors import DrillError, NotMemberError, TeamError
from trainer.humanize import count
from trainer.reports.team_people import people_of, standing_lines
from trainer.sharing.attempt import Attempt, drill_taken, keep_drill, whole_attempts_in
from trainer.sharing.drill import Published
from trainer.sharing.lines import Left, Member, Result, TeamLine, encoded, id_of, kept_since
from trainer.sharing.own import Membership, OwnTeam, told_at_home
from trainer.sharing.place import DAYS_A_MONTH, TeamPlace, in_time
from trainer.sharing.results import is_dated_late, result_id, result_line
from trainer.sharing.taken import sought, told

_LONG = 600.0
"""Seconds that what a lead asks for may take."""

_A_DAY = timedelta(days=1)
_WRONG_BY = timedelta(days=90)
"""A clock that is so much later than all that was sent may be wrong: nothing is removed on its word alone."""


def _ignore(_: str) -> None:
    """Tell nobody: it is told where results are offered."""


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


class TeamSending(TeamDesk):
    """What of one's own goes to the team, and goes from there again."""

    def agree(self, line: bytes, readers: str) -> None:
        """Take note that a line may be sent as it is, to the `readers` who were named when it was shown.

        It takes the place of what it was before. Raises TeamError where it would be read by others by now:
        one joined or left a team meanwhile.
        """

        def check(said: TeamLine) -> None:
            if readers != self.readers or said.member != self.member.member:
                raise TeamError(
                    "You joined or left a team since this was shown, so that others would read it. It is not "
                    "sent, and offered again."
                )

        id_, own = self.own.agree(line, check).id, self.membership
        if own and id_ in own.delivered:  # what was sent before says something else
            self.own.change(
                lambda now: replace(now, delivered=tuple(each for each in now.delivered if each != id_))
            )

    def offers(self, tell: Tell = _ignore) -> list[Offer]:
        """Return the results of attempts that are over and were not agreed to; tell what can't be read."""
        own = self.membership
        found: list[Offer] = []
        if own is None:
            return found
        for each in self._unsent(tell):
            try:
                drill = self._taken(each)
                found.append(Offer(title=drill.drill.title, line=result_line(drill, each, own)))
            except (DrillError, TeamError) as error:
                tell(str(error))
        return found

    def _taken(self, attempt: Attempt) -> Published:
        """Return the drill of an attempt, from the team's place where its copy is damaged.

        Raises DrillError and TeamError.
        """
        if here := drill_taken(attempt):
            return here
        drill, do = sought(attempt, lambda: self.place() if self.member.place else None)
        if drill is None:
            raise DrillError(told(attempt, do))
        keep_drill(attempt.path.parent, drill, self.clock())
        return drill

    @property
    def has_offers(self) -> bool:
        """Whether there are such results; what lies at home is enough to tell."""
        return any(self._unsent())

    def _unsent(self, tell: Tell = _ignore) -> Iterator[Attempt]:
        """Yield the attempts that are over, of which no result was agreed to, or one that counts nowhere.

        Tell what can't be read.
        """
        own = self.membership
        if own is None or not self.own.attempts.is_dir():
            return
        said: dict[str, TeamLine | None] = {**dict.fromkeys(own.delivered), **_by_id(self.own)}
        with told_at_home(self.own.attempts):
            folders = sorted(self.own.attempts.iterdir())
        for folder in folders:
            attempts, problems = whole_attempts_in(folder)
            for problem in problems:
                tell(problem)
            for each in attempts:
                if each.end:
                    id_ = result_id(each.begun.fingerprint, own, each.begun.attempt)
                    line = said.get(id_)
                    if id_ not in said or (isinstance(line, Result) and is_dated_late(line, each)):
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
                agreed = sorted(self.own.agreed(), key=_behind_its_pass)
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
        if not any(isinstance(line, Member) and data in refused for line, data in agreed):
            renew(self.own, place)
        told = [f"{_named(line)}: {refused[data]}." for line, data in agreed if data in refused]
        waits = f"The team's place refuses what waits here. {' '.join(told)}" if told else ""
        return Sent(arrived=len(new), problem=waits, refused=refused, note=note)

    def send_waiting(self) -> None:
        """Send what was agreed to and could not be sent then; where that fails it waits on.

        So does the password of an invitation that could not be changed.
        """
        if self.member.place and (self.waiting or is_to_renew(self.own)):
            self.send()

    # Removing

    @property
    def lost_by_leaving(self) -> str:
        """What is gone at home when one leaves, in a sentence; empty where nothing is that one made."""
        match len(self.own.drafts):
            case 0:
                return ""
            case 1:
                return "A drill of yours that could not be published yet goes too."
            case waiting:
                return f"{waiting} drills of yours that could not be published yet go too."

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
            with suppress(NotMemberError), self.own.sending():  # one left already, from wherever
                place = self._place_of(own)
                copies = in_time(lambda: place.withdraw(own.member, own.device, line), own.place)
        self.own.leave()
        return copies

    def forget(self) -> None:
        """Be in no team any more, where its place can't be reached; what one sent stays there."""
        _ = self.member
        self.own.leave()

    def prune(self) -> tuple[int, list[str]]:
        """Remove one's own old results; return how many, and whose old ones lie there yet."""
        own, place = self.member, self.place()
        with self.own.sending():
            went = self._drop_old(place, own, self._now) + in_time(place.prune, own.place, _LONG)
        lines, _ = read_changes(place, own.place, self.own)
        names = {each.id: each.alias for each in people_of(standing_lines(lines))}
        oldest = _oldest(place, self._now)
        old = {result.member for result, _ in lines.results if result.at < oldest}
        return went, sorted(names.get(member, member) for member in old)

    def _drop_old(self, place: TeamPlace, own: Membership, now: datetime | None = None) -> int:
        """Remove one's own that is too old `now`, or without one when it is so for sure; return how many."""
        kept = self._kept(place, now or self._sure_by_now)
        if old := [data for line, data in self.own.agreed() if not kept(line)]:
            self.own.forget(old)
        anew = _by_id(self.own)

        def stays(line: TeamLine) -> bool:
            return kept(line) and not _was_dated_late(line, anew.get(line.id))

        return in_time(lambda: place.keep(own.member, own.device, stays), own.place)

    @property
    def _sure_by_now(self) -> datetime:
        """The time, but no later than what was sent before lets one believe.

        After a long time in which nothing was sent, the time is sure a day after something was.
        """
        sent = (line.at for line, _ in self.own.agreed() if line.at < self._now - _A_DAY)
        return min(self._now, max(sent, default=self._now) + _WRONG_BY)

    def _kept(self, place: TeamPlace, now: datetime) -> Callable[[TeamLine], bool]:
        """Return whether a line is to be kept: who is in the team, and what is no older than it says."""
        oldest = _oldest(place, now)
        results = (line for line, _ in self.own.agreed() if isinstance(line, Result))
        kept = kept_since(oldest, results)
        return lambda line: (
            kept(line) if isinstance(line, Result) else isinstance(line, Member) or line.at >= oldest
        )


def _oldest(place: TeamPlace, now: datetime) -> datetime:
    """Return from when on results are kept."""
    return now - timedelta(days=place.settings.keep_months * DAYS_A_MONTH)


def _behind_its_pass(agreed: tuple[TeamLine, bytes]) -> bool:
    """Return whether a line is a delayed check: it is refused before what it checks is there."""
    line, _ = agreed
    return isinstance(line, Result) and line.is_check


def _by_id(own: OwnTeam) -> dict[str, TeamLine]:
    """Return what was agreed to by its ids."""
    return {line.id: line for line, _ in own.agreed()}


def _was_dated_late(line: TeamLine, anew: TeamLine | None) -> bool:
    """Return whether a line is the one of an attempt that was agreed to anew, with its right date."""
    return (
        isinstance(line, Result)
        and isinstance(anew, Result)
        and line.at > anew.at
        and replace(line, at=anew.at) == anew
    )


def _named(line: TeamLine) -> str:
    """Return what a line is, for people."""
    if not isinstance(line, Result):
        return "That you joined"
    return f"{line.drill}, {'delayed check' if line.is_check else f'attempt {line.attempt}'}"
