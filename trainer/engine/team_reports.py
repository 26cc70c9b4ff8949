"""Reports on a team: who is in it, and how it stands with its drills."""

from pathlib import Path
from typing import TYPE_CHECKING

from trainer import disk
from trainer.engine.team_desk import TeamDesk
from trainer.engine.team_reading import Tell, read_changes
from trainer.reports.team_people import Person, people_of, standing_lines
from trainer.sharing.own import told_at_home
from trainer.sharing.place import TeamPlace, in_time
from trainer.sharing.totals import Totals, counted

if TYPE_CHECKING:
    from trainer.reports.team import TeamReport

_ONLY_OWN = "You see your own results here; those of others are for the leads of the team."


class TeamReports(TeamDesk):
    """How the team stands, to be looked at, printed or kept."""

    def people(self) -> list[Person]:
        """Return who is in the team."""
        lines, _ = read_changes(self.place(), self.member.place, self.own)
        return people_of(standing_lines(lines))

    def report(self, only: str = "", tell: Tell | None = None) -> "TeamReport":
        """Return how the team stands, with all drills or one. Raises DrillError too.

        `tell` is told how far it has come where it takes long.
        """
        from trainer.reports.team import team_report  # noqa: PLC0415 — Today tells a drill without it

        own, place = self.member, self.place()
        drills, problems = in_time(place.drills, own.place)
        lines, unread = read_changes(place, own.place, self.own, tell)
        return team_report(
            place.settings,
            drills,
            lines,
            now=self.clock(),  # by the wall clock here: a day ends when it ends for whoever looks
            whole=lambda id_: in_time(lambda: place.drill(id_), own.place),
            problems=(*_aside(place), *problems, *unread),
            published=own.published,
            only=only,
            asking=own.member,
        )

    def summary(self, only: str = "") -> "TeamReport":
        """Return how the team stands as a whole, with all drills or one. Raises DrillError too."""
        from trainer.reports.team import counted_of  # noqa: PLC0415 — Today tells a drill without it
        from trainer.reports.team_summary import team_summary  # noqa: PLC0415

        own, place, now = self.member, self.place(), self.clock()
        drills, problems = in_time(place.drills, own.place)
        told = [*_aside(place), *problems]
        totals = in_time(place.totals, own.place)
        if totals is None:
            lines, unread = read_changes(place, own.place, self.own)
            told += unread
            people, results = counted_of(place.settings, drills, lines, now, told)
            totals = Totals(
                people=sum(each.member and not each.lead for each in people),
                drills=[counted(each.drill, results.get(each.drill.id, ())) for each in drills],
            )
        return team_summary(place.settings, drills, totals, now=now, problems=told, only=only)

    def printed_report(self, report: "TeamReport") -> str:
        """Return a report as a page that prints, in HTML."""
        from trainer.reports.team_formats import as_html  # noqa: PLC0415 — it is seldom printed

        return as_html(report)

    def save_report(self, report: "TeamReport") -> Path:
        """Write a report as a page at home; return its path."""
        with told_at_home(self.own.page):
            disk.replace(self.own.page, [self.printed_report(report).encode()])
        return self.own.page


def _aside(place: TeamPlace) -> list[str]:
    """Return what is to be known of a report on what one may not read all of."""
    return [_ONLY_OWN] if place.identity and not place.identity.lead else []
