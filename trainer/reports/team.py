"""How a team stands with its drills: read only, and of what was sent alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import UNSET, Struct
from msgspec.structs import replace

from trainer.clean import clean_line
from trainer.errors import DrillError
from trainer.humanize import count, short_date
from trainer.memory.calendar import study_day
from trainer.reports.calibration import Calibration, calibration_of
from trainer.reports.team_items import Confused, ItemFigure, confusions_of, items_of
from trainer.reports.team_people import Person, alike, people_of, standing_lines
from trainer.sharing.drill import CHECK_FROM, CHECK_UNTIL, Drill, Head, Published
from trainer.sharing.lines import Member, Result, TeamLine
from trainer.sharing.place import TeamSettings

_CLOCKS_APART = timedelta(hours=1)
"""So much may the clocks of two computers differ."""
_SLACK = timedelta(minutes=3)
"""So much longer than its limit may an attempt take: the last answer was on its way."""
_DAYS_A_MONTH = 30.44


class State(StrEnum):
    """Where somebody stands with a drill, by what they sent."""

    NOT_STARTED = "not started"
    UNDER_WAY = "under way"
    """Tried and not passed, with attempts left."""
    PASSED = "passed"
    FAILED = "failed"
    OVERDUE = "overdue"


class Row(Struct, frozen=True, kw_only=True):
    """How one person stands with a drill."""

    person: Person
    state: State
    tries: int = 0
    first: int | None = None
    """Per cent right in the first attempt; None where there is none, and in a calibration round."""
    best: int | None = None
    passed_on: date | None = None
    late: bool = False
    """Passed after the day on which it was due."""
    check: int | None = None
    """Per cent right in the delayed check; None where there is none yet."""
    check_held: bool = False
    check_on: date | None = None
    """From when on the check is due, while there is none; None where there is to be none."""
    check_late: bool = False
    """Whether the check came after its days, or did not come by then."""


class DrillReport(Struct, frozen=True, kw_only=True):
    """How a team stands with one drill."""

    drill: Drill
    rows: Sequence[Row]
    items: Sequence[ItemFigure]
    """The weakest first; none with fewer than five people."""
    confusions: Sequence[Confused]
    tried_by: int
    """People with a first attempt."""
    calibration: Calibration | None = None
    """Where a calibration round split the team; None for other drills."""


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
    lines: Iterable[tuple[TeamLine, str]],
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
    found = [(line, file) for line, file in standing_lines(lines) if _is_in_time(line, settings, now)]
    people = people_of(found)
    told += alike(people)
    told += _changed(drills, published or {})
    by_id = {each.drill.id: each for each in drills}
    counted: dict[str, list[Result]] = defaultdict(list)
    for result in _sound(found, by_id, now, told):
        counted[result.drill].append(result)
    wanted = [each for each in drills if not only or only.casefold() in _names(each.drill)]
    if only and not wanted:
        raise DrillError(f'The team has no drill "{only}". "trainer drill" lists them.')
    return TeamReport(
        name=settings.name,
        day=study_day(now),
        drills=[
            _drill_report(each, people, counted[each.drill.id], study_day(now), told, whole, asking)
            for each in wanted
        ],
        told=told,
    )


def _names(drill: Drill) -> set[str]:
    return {drill.id, drill.title.casefold()}


def _is_in_time(line: TeamLine, settings: TeamSettings, now: datetime) -> bool:
    oldest = now - timedelta(days=settings.keep_months * _DAYS_A_MONTH)
    return isinstance(line, Member) or line.at >= oldest


def _changed(drills: Sequence[Head], published: Mapping[str, str]) -> Iterator[str]:
    for each in drills:
        if published.get(each.drill.id, each.fingerprint) != each.fingerprint:
            yield (
                f'The drill "{each.drill.title}" was changed since you published it. '
                "Results of it as it was are not counted."
            )


def _sound(
    lines: Sequence[tuple[TeamLine, str]],
    drills: Mapping[str, Head],
    now: datetime,
    told: list[str],
) -> Iterator[Result]:
    """Yield the results that count, each once; tell of the others."""
    by_id: dict[str, list[tuple[Result, str]]] = defaultdict(list)
    for line, file in lines:
        if isinstance(line, Result):
            by_id[line.id].append((line, file))
    tries: dict[tuple[str, str, int], str] = {}
    for id_, same in by_id.items():
        result, file = same[0][0], clean_line(same[0][1])
        who = f"{result.alias}, {result.drill}, {_attempt(result)}"
        if any(other != result for other, _ in same[1:]):
            told.append(f"{who}: was sent twice, and the two differ. Neither is counted.")
        elif why := _unsound(result, drills, now):
            told.append(f"{who}: {why}. It is not counted ({file}).")
        elif tries.setdefault((result.member, result.drill, result.attempt), id_) != id_:
            told.append(f"{who}: stands there twice under two ids. The second is not counted ({file}).")
        else:
            if result.clock is True:
                told.append(f"{who}: the clock of the computer was set back meanwhile. It is counted.")
            yield result


def _attempt(result: Result) -> str:
    return "delayed check" if result.is_check else f"attempt {result.attempt}"


def _unsound(result: Result, drills: Mapping[str, Head], now: datetime) -> str:
    """Return why a result can't be what it says; empty for one that can."""
    published = drills.get(result.drill)
    if published is None:
        return "the team has no such drill"
    drill = published.drill
    if result.fingerprint != published.fingerprint:
        return "it is of the drill as it was before it was changed, or of another one"
    if result.at > now + _CLOCKS_APART:
        return f"it is dated {short_date(result.at)} {result.at.year}, which is ahead"
    if result.started > result.at:
        return "it ended before it began"
    if drill.time_limit and result.at - result.started > timedelta(minutes=drill.time_limit) + _SLACK:
        return "it took longer than its time limit"
    if result.attempt > drill.attempts or (result.is_check and not drill.delayed_check):
        return "the drill does not allow this attempt"
    return "" if _adds_up(result, drill) else "its figures do not fit each other or the drill"


def _adds_up(result: Result, drill: Drill) -> bool:
    right = of = 0
    for in_deck, asked in result.decks.values():
        right, of = right + in_deck, of + asked
    if (right, of) != (result.right, result.of) or of != drill.asked or right > of:
        return False
    if ("items" in drill.shares) != (result.items is not UNSET):
        return False
    if ("ratings" in drill.shares) != (result.ratings is not UNSET):
        return False
    if result.ratings is not UNSET and len(result.ratings) != len(drill.questions):
        return False
    if result.items is UNSET:
        return True
    rights = result.items.count(True)
    return len(result.items) == len(drill.questions) and (rights, rights + result.items.count(False)) == (
        right,
        of,
    )


def _drill_report(  # noqa: PLR0913, PLR0917 — what it is made of
    head: Head,
    people: Sequence[Person],
    results: Sequence[Result],
    day: date,
    told: list[str],
    whole: Callable[[str], Published],
    asking: str,
) -> DrillReport:
    drill = head.drill
    by_member: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_member[result.member].append(result)
    rows = [
        _row(drill, person, by_member[person.id], day, told)
        for person in people
        if by_member[person.id] or (person.member and not person.lead)
    ]
    firsts = [result for result in results if result.attempt == 1]
    return DrillReport(
        drill=drill,
        rows=sorted(rows, key=lambda row: _ORDER.index(row.state)),
        items=[] if drill.calibrates else items_of(drill, firsts),
        confusions=confusions_of(drill, firsts, whole),
        tried_by=len(firsts),
        calibration=calibration_of(drill, firsts, whole, people, asking) if drill.calibrates else None,
    )


_ORDER = [State.OVERDUE, State.FAILED, State.NOT_STARTED, State.UNDER_WAY, State.PASSED]


def _row(drill: Drill, person: Person, results: Sequence[Result], day: date, told: list[str]) -> Row:
    tries = sorted((each for each in results if not each.is_check), key=lambda each: each.attempt)
    passed = next((each for each in tries if drill.passes(each.right, each.of)), None)
    passed_on = study_day(passed.at.astimezone()) if passed else None
    late = bool(passed_on and drill.due and passed_on > drill.due)
    first = next((_per_cent(each) for each in tries if each.attempt == 1), None)
    row = Row(
        person=person,
        state=_state(drill, tries, day, passed=passed is not None),
        tries=len(tries),
        first=None if drill.calibrates else first,
        best=None if drill.calibrates else max(map(_per_cent, tries), default=None),
        passed_on=passed_on,
        late=late,
    )
    if not passed_on or not drill.delayed_check:
        return row
    return _with_check(
        drill, row, passed_on, next((each for each in results if each.is_check), None), day, told
    )


def _state(drill: Drill, tries: Sequence[Result], day: date, *, passed: bool) -> State:
    if passed:
        return State.PASSED
    if len(tries) >= drill.attempts:
        return State.FAILED
    if drill.due and day > drill.due:
        return State.OVERDUE
    return State.UNDER_WAY if tries else State.NOT_STARTED


def _with_check(  # noqa: PLR0913, PLR0917 — what it is made of
    drill: Drill, row: Row, passed_on: date, check: Result | None, day: date, told: list[str]
) -> Row:
    due = passed_on + timedelta(days=CHECK_FROM)
    last = passed_on + timedelta(days=CHECK_UNTIL)
    if check is None:
        return replace(row, check_on=due, check_late=day > last)
    taken = study_day(check.at.astimezone())
    if taken < due:
        told.append(
            f"{row.person.alias}, {drill.id}, delayed check: came "
            f"{count((taken - passed_on).days, 'day')} after the pass, too early to tell. It is not counted."
        )
        return replace(row, check_on=due)
    return replace(
        row,
        check=_per_cent(check),
        check_held=drill.passes(check.right, check.of),
        check_late=taken > last,
    )


def _per_cent(result: Result) -> int:
    """Return how much was right, rounded down, so that nobody reads a pass mark that was not reached."""
    return result.right * 100 // result.of if result.of else 0
