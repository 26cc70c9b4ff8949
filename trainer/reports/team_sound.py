"""Which results of a team count, each once, and why others do not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from trainer.clean import clean_line
from trainer.humanize import short_date
from trainer.reports.team_lines import Scored
from trainer.sharing.drill import EARLIEST_CHECK, Drill, Head
from trainer.sharing.lines import CHECK
from trainer.sharing.results import SLACK

_CLOCKS_APART = timedelta(hours=1)
"""So much may the clocks of two computers differ."""
_TWICE = "was made twice, on two computers or with a copy of a home. The earlier one is counted."
_Attempt = tuple[str, str, int]
"""A drill, who took it, and which attempt it is."""


def sound_results(
    results: Iterable[tuple[Scored, str]], drills: Sequence[Head], now: datetime, told: list[str]
) -> Mapping[str, Sequence[Scored]]:
    """Return the results that count by their drill, each once; tell of the others."""
    rules = {each.drill.id: _Rules.of(each) for each in drills}
    first: dict[str, tuple[Scored, str]] = {}
    others = [each for each in results if not _is_same(first.setdefault(each[0].id, each)[0], each[0])]
    latest = now + _CLOCKS_APART
    counted: dict[str, dict[_Attempt, Scored]] = defaultdict(dict)
    several: dict[_Attempt, list[Scored]] = {}
    checks: list[_Attempt] = []
    for result, file in (*first.values(), *others):
        if why := _unsound(result, rules.get(result.drill), latest):
            told.append(f"{_which(result)}: {why}. It is not counted ({clean_line(file)}).")
            continue
        attempt = result.drill, result.member, result.attempt
        other = counted[result.drill].setdefault(attempt, result)
        if other is not result:
            several.setdefault(attempt, [other]).append(result)
        elif result.attempt == CHECK:
            checks.append(attempt)
        if result.clock:
            told.append(f"{_which(result)}: the clock of the computer was set back meanwhile. It is counted.")
    for attempt, made in several.items():
        earliest, second = sorted(made, key=attrgetter("at"))[:2]
        if earliest.at == second.at:
            told.append(f"{_which(earliest)}: was sent twice, and the two differ. Neither is counted.")
            del counted[earliest.drill][attempt]
        else:
            told.append(f"{_which(earliest)}: {_TWICE}")
            counted[earliest.drill][attempt] = earliest
    for attempt in checks:
        of_it, rule = counted[attempt[0]], rules[attempt[0]]
        if (check := of_it.get(attempt)) and (why := _too_soon(check, of_it, rule.drill)):
            told.append(f"{_which(of_it.pop(attempt))}: {why}. It is not counted.")
    return {drill: list(each.values()) for drill, each in counted.items()}


def _is_same(one: Scored, other: Scored) -> bool:
    """Return whether two results are one: who mailed theirs may have joined since, under another alias."""
    return one == other or one == replace(other, alias=one.alias)


def _which(result: Scored) -> str:
    attempt = "delayed check" if result.is_check else f"attempt {result.attempt}"
    return f"{result.alias}, {clean_line(result.drill)}, {attempt}"


def _too_soon(check: Scored, of_it: Mapping[_Attempt, Scored], drill: Drill) -> str:
    """Return why a delayed check came before its days; empty where it did not."""
    for number in range(1, drill.attempts + 1):
        tried = of_it.get((check.drill, check.member, number))
        if tried and drill.passes(tried.right, tried.of):
            return "came too soon after the pass" if check.at - tried.at < EARLIEST_CHECK else ""
    return "there is no pass before it"


class _Rules(Struct, frozen=True, kw_only=True, gc=False):
    """What a result of a drill has to be like."""

    drill: Drill
    fingerprint: str
    asked: int
    attempts: int
    checks: bool
    limit: float
    """Seconds that it may take."""
    items: int
    """How many answers it has to tell right or wrong; -1 where that is not shared."""
    ratings: int
    """How many ratings it has to tell; -1 where they are not shared."""

    @classmethod
    def of(cls, head: Head) -> "_Rules":
        drill, shares = head.drill, head.drill.shares
        return cls(
            drill=drill,
            fingerprint=head.fingerprint,
            asked=drill.asked,
            attempts=drill.attempts,
            checks=drill.delayed_check,
            limit=drill.time_limit * 60 + SLACK.total_seconds() if drill.time_limit else float("inf"),
            items=len(drill.questions) if "items" in shares else -1,
            ratings=len(drill.questions) if "ratings" in shares else -1,
        )


def _unsound(result: Scored, rules: _Rules | None, latest: datetime) -> str:
    """Return why a result can't be what it says; empty for one that can."""
    if rules is None:
        return "the team has no such drill"
    if result.fingerprint != rules.fingerprint:
        return "it is of the drill as it was before it was changed, or of another one"
    if result.at > latest:
        return f"it is dated {short_date(result.at)} {result.at.year}, which is ahead"
    if result.seconds < 0:
        return "it ended before it began"
    if result.seconds > rules.limit:
        return "it took longer than its time limit"
    if result.attempt > rules.attempts or (result.attempt == CHECK and not rules.checks):
        return "the drill does not allow this attempt"
    items, ratings = result.items, result.ratings
    if (
        result.adds_up
        and result.of == rules.asked
        and rules.items == (-1 if items is None else len(items))
        and rules.ratings == (-1 if ratings is None else len(ratings))
    ):
        return ""
    return "its figures do not fit each other or the drill"
