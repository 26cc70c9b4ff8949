"""How a team stands as a whole, by sums alone: for teams in which nobody reads a row for each member."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from trainer.errors import DrillError
from trainer.humanize import count
from trainer.memory.calendar import study_day
from trainer.reports.team import DrillReport, InAll, TeamReport, names_of
from trainer.reports.team_items import LEAST_PEOPLE, MOST_LISTED, ItemFigure
from trainer.sharing.drill import Drill, Head
from trainer.sharing.place import TeamSettings
from trainer.sharing.totals import Counted, Totals, counted


def team_summary(  # noqa: PLR0913 — what it is made of
    settings: TeamSettings,
    drills: Sequence[Head],
    totals: Totals,
    *,
    now: datetime,
    problems: Sequence[str] = (),
    only: str = "",
) -> TeamReport:
    """Return how a team stands by its totals. Raises DrillError where it has no such drill."""
    sums = {each.drill: each for each in totals.drills}
    wanted = [each.drill for each in drills if not only or only.casefold() in names_of(each.drill)]
    if only and not wanted:
        raise DrillError(f'The team has no drill "{only}". "trainer drill" lists them.')
    found = []
    for drill in wanted:
        of_it = sums.get(drill.id) or counted(drill, [])
        found.append(
            DrillReport(
                drill=drill,
                rows=[],
                items=[] if drill.calibrates else _items(drill, of_it),
                asked_by=of_it.item_asked,
                confusions=[],
                tried_by=of_it.firsts,
                in_all=InAll(people=totals.people, counted=of_it),
            )
        )
    told = [*problems, *_old(totals.old, settings)]
    return TeamReport(name=settings.name, day=study_day(now), drills=found, told=told)


def _old(number: int, settings: TeamSettings) -> Iterator[str]:
    if number:
        are, kept = "is" if number == 1 else "are", count(settings.keep_months, "month")
        yield (
            f"{count(number, 'result')} {are} older than {kept}, and counted here. The report with a row for "
            'each passes over what is so old; "trainer team prune" removes it.'
        )


def _items(drill: Drill, of_it: Counted) -> list[ItemFigure]:
    """Return the items that were missed most, the weakest first."""
    found = [
        ItemFigure(
            number=number, card=asked.card, says=asked.says or asked.card, wrong=given - rights, of=given
        )
        for number, (asked, rights, given) in enumerate(
            zip(drill.questions, of_it.item_rights, of_it.item_asked, strict=True), 1
        )
        if given >= LEAST_PEOPLE and given > rights
    ]
    return sorted(found, key=lambda each: (-each.wrong / each.of, each.number))[:MOST_LISTED]
