"""Where each of a team stands with a drill, by the results that count."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from msgspec import Struct

from trainer.memory.calendar import study_day
from trainer.reports.team_lines import Scored
from trainer.reports.team_people import Person
from trainer.sharing.drill import CHECK_FROM, CHECK_UNTIL, LATEST_CHECK, Drill
from trainer.sharing.lines import CHECK

_QUARTER = 900
"""Seconds; clocks differ from UTC by whole quarters of an hour."""


class State(StrEnum):
    """Where somebody stands with a drill, by what they sent."""

    NOT_STARTED = "not started"
    UNDER_WAY = "under way"
    """Tried and not passed, with attempts left."""
    PASSED = "passed"
    FAILED = "failed"
    OVERDUE = "overdue"
    __hash__ = str.__hash__  # that of enumerations is slow, and each row is looked up by it


class Reached(Struct, frozen=True, kw_only=True, gc=False):
    """What somebody's attempts at a drill came to, with nothing of who they are."""

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
    check_now: bool = False
    """Whether its days are now."""
    check_late: bool = False
    """Whether the check came after its days, or did not come by then."""


class Row(Struct, frozen=True, gc=False):
    """How one person stands with a drill."""

    person: Person
    reached: Reached


_ORDER = {
    state: place
    for place, state in enumerate(
        (State.OVERDUE, State.FAILED, State.NOT_STARTED, State.UNDER_WAY, State.PASSED)
    )
}


def rows_of(drill: Drill, people: Sequence[Person], results: Sequence[Scored], day: date) -> list[Row]:
    """Return how each stands, those first who are to be looked after."""
    by_member: dict[str, list[Scored]] = {}
    for result in sorted(results, key=attrgetter("attempt")):
        by_member.setdefault(result.member, []).append(result)
    reaching = _Reaching(drill, day)
    rows = [
        Row(person, reaching.of(by_member.get(person.id, ())))
        for person in people
        if person.id in by_member or (person.member and not person.lead)
    ]
    return sorted(rows, key=lambda row: _ORDER[row.reached.state])


class _Reaching:
    """What attempts at a drill came to by a day.

    In a large team many tried it once and reached as much: what that comes to is made once.
    """

    def __init__(self, drill: Drill, day: date) -> None:
        self._drill, self._day = drill, day
        self._scored = not drill.calibrates
        self._once: dict[tuple[int, int], Reached] = {}

    def of(self, results: Sequence[Scored]) -> Reached:
        """Return what somebody's results come to, in the order of their attempts."""
        if len(results) != 1 or results[0].attempt != 1:
            return self._made(results)
        (only,) = results
        found = self._once.get((only.right, only.of))
        if found is None:
            found = self._made(results)
            if found.state is not State.PASSED:  # then it also counts when that was
                self._once[only.right, only.of] = found
        return found

    def _made(self, results: Sequence[Scored]) -> Reached:
        drill = self._drill
        first = best = passed = check = None
        tries = 0
        for each in results:
            if each.attempt == CHECK:
                check = each
                continue
            tries += 1
            if passed is None and drill.passes(each.right, each.of):
                passed = each
            if self._scored:
                score = _per_cent(each)
                first = score if each.attempt == 1 else first
                best = score if best is None or score > best else best
        if passed is None:
            return Reached(state=_before_a_pass(drill, tries, self._day), tries=tries, first=first, best=best)
        passed_on = _day(passed.at)
        checked = _waiting(passed_on, self._day) if drill.delayed_check else _NO_CHECK
        if check:
            checked = _checked(drill, check, passed)
        return Reached(
            state=State.PASSED,
            tries=tries,
            first=first,
            best=best,
            passed_on=passed_on,
            late=drill.due is not None and passed_on > drill.due,
            check=checked.score,
            check_held=checked.held,
            check_on=checked.on,
            check_now=checked.now,
            check_late=checked.late,
        )


def _before_a_pass(drill: Drill, tries: int, day: date) -> State:
    if tries >= drill.attempts:
        return State.FAILED
    if drill.due and day > drill.due:
        return State.OVERDUE
    return State.UNDER_WAY if tries else State.NOT_STARTED


class _Checked(Struct, frozen=True, kw_only=True, gc=False):
    """What is known of a delayed check; as in `Reached`."""

    score: int | None = None
    held: bool = False
    on: date | None = None
    now: bool = False
    late: bool = False


_NO_CHECK = _Checked()


def _checked(drill: Drill, check: Scored, passed: Scored) -> _Checked:
    held = drill.passes(check.right, check.of)
    return _Checked(score=_per_cent(check), held=held, late=check.at - passed.at > LATEST_CHECK)


@lru_cache(maxsize=4096)
def _waiting(passed_on: date, day: date) -> _Checked:
    """Return what is known of a check that was not taken by a day."""
    due, last = (passed_on + timedelta(days=days) for days in (CHECK_FROM, CHECK_UNTIL))
    return _Checked(on=due, now=due <= day <= last, late=day > last)


def _per_cent(result: Scored) -> int:
    """Return how much was right, rounded down, so that nobody reads a pass mark that was not reached."""
    return result.right * 100 // result.of if result.of else 0


def _day(at: datetime) -> date:
    """Return the study day of an instant here."""
    return _day_of_quarter(int(at.timestamp()) // _QUARTER)


@lru_cache(maxsize=4096)
def _day_of_quarter(quarter: int) -> date:
    return study_day(datetime.fromtimestamp(quarter * _QUARTER).astimezone())
