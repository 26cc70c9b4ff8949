"""How a team stands with its drills: read only, and of what was sent alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from trainer.errors import DrillError
from trainer.memory.calendar import study_day
from trainer.reports.team_items import Confused, ItemFigure, asked_by, confusions_of, items_of
from trainer.reports.team_lines import Lines, Scored
from trainer.reports.team_people import Person, alike, people_of, standing_lines
from trainer.reports.team_rows import Row, rows_of
from trainer.reports.team_sound import sound_results
from trainer.sharing.drill import Drill, Head, Published
from trainer.sharing.place import DAYS_A_MONTH, TeamSettings
from trainer.sharing.totals import Counted

if TYPE_CHECKING:
    from trainer.reports.calibration import Calibration


class InAll(Struct, frozen=True, kw_only=True):
    """What a drill came to as a whole, where nobody reads a row for each member."""

    people: int
    """Members who are to take it."""
    counted: Counted


class DrillReport(Struct, frozen=True, kw_only=True):
    """How a team stands with one drill."""

    drill: Drill
    rows: Sequence[Row]
    items: Sequence[ItemFigure]
    """The weakest first; none that fewer than five people were asked."""
    asked_by: Sequence[int]
    """By question, how many were asked it at first attempts; nothing where that is not shared."""
    confusions: Sequence[Confused]
    tried_by: int
    """People with a first attempt."""
    calibration: "Calibration | None" = None
    """Where ratings of whole answers split the team; None where none are shared."""
    in_all: InAll | None = None
    """In a summary, which has no rows."""


class TeamReport(Struct, frozen=True, kw_only=True):
    """How a team stands."""

    name: str
    day: date
    drills: Sequence[DrillReport]
    told: Sequence[str]
    """What was not counted, or is to be looked at."""


def team_report(  # noqa: PLR0913 — what it is made of
    settings: TeamSettings,
    drills: Sequence[Head],
    lines: Lines,
    *,
    now: datetime,
    whole: Callable[[str], Published],
    problems: Sequence[str] = (),
    published: Mapping[str, str] | None = None,
    only: str = "",
    asking: str = "",
) -> TeamReport:
    """Return the report on all drills, or on one by its id or title. Raises DrillError for none such.

    `whole` reads a drill with its sheets by its id, where it shares what was chosen. `published` are the
    fingerprints, by id, of the drills that whoever asks has published. `asking` is their member id.
    """
    told = list(problems)
    uncounted: list[str] = []
    people, counted = counted_of(settings, drills, lines, now, uncounted)
    told += [*alike(people), *_changed(drills, published or {}), *uncounted]
    wanted = [each for each in drills if not only or only.casefold() in names_of(each.drill)]
    if only and not wanted:
        raise DrillError(f'The team has no drill "{only}". "trainer drill" lists them.')
    return TeamReport(
        name=settings.name,
        day=study_day(now),
        drills=[
            _drill_report(each, people, counted.get(each.drill.id, ()), study_day(now), whole, asking)
            for each in wanted
        ],
        told=told,
    )


def counted_of(
    settings: TeamSettings, drills: Sequence[Head], lines: Lines, now: datetime, told: list[str]
) -> tuple[list[Person], Mapping[str, Sequence[Scored]]]:
    """Return who is in the team, and the results that count by drill; tell of the others."""
    found = standing_lines(lines, now - timedelta(days=settings.keep_months * DAYS_A_MONTH))
    return people_of(found), sound_results(found.results, drills, now, told)


def names_of(drill: Drill) -> set[str]:
    """Return what a drill may be called by."""
    return {drill.id, drill.title.casefold()}


def _changed(drills: Sequence[Head], published: Mapping[str, str]) -> Iterator[str]:
    for each in drills:
        if published.get(each.drill.id, each.fingerprint) != each.fingerprint:
            yield (
                f'The drill "{each.drill.title}" was changed since you published it. '
                "Results of it as it was are not counted."
            )


def _drill_report(  # noqa: PLR0913, PLR0917 — what it is made of
    head: Head,
    people: Sequence[Person],
    results: Sequence[Scored],
    day: date,
    whole: Callable[[str], Published],
    asking: str,
) -> DrillReport:
    drill = head.drill
    firsts = [result for result in results if result.attempt == 1]
    return DrillReport(
        drill=drill,
        rows=rows_of(drill, people, results, day),
        items=[] if drill.calibrates else items_of(drill, firsts),
        asked_by=asked_by(drill, firsts),
        confusions=confusions_of(drill, firsts, whole),
        tried_by=len(firsts),
        calibration=_calibration(drill, firsts, whole, people, asking),
    )


def _calibration(
    drill: Drill,
    firsts: Sequence[Scored],
    whole: Callable[[str], Published],
    people: Sequence[Person],
    asking: str,
) -> "Calibration | None":
    """Return where ratings split the team: but for rounds, once somebody sent some."""
    sent = "ratings" in drill.shares and any(rating for each in firsts for rating in each.ratings or ())
    if not (drill.calibrates or sent):
        return None
    from trainer.reports.calibration import calibration_of  # noqa: PLC0415 — few teams share ratings

    return calibration_of(drill, firsts, whole, people, asking)
