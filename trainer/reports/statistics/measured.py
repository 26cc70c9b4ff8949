"""What the history of a learner tells, in one pass over it: it needs no sheet, and may take a second.

A first try is an answer on a card that was met before, the first one in its session. A guess that was owned
up to does not count as right. So `DayTotals` counts too.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from trainer.cards.roles import sheet_id
from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Day, History, Review
from trainer.reports.profile import Profile, rater_profile
from trainer.reports.statistics.rates import Rate

NEWEST = 500
"""First tries that are held against what was promised, at most: older ones tell of another learner."""
MISTAKES_OF = 90
"""Days of which mistakes are told."""

Weekly = Mapping[Day, Rate]
"""By the Monday of a week."""


class Mistake(NamedTuple):
    """A wrong option that was chosen."""

    card: str
    way: str
    """The key of the way in which the card was asked."""
    chosen: str
    """The option's id."""


class Kept(NamedTuple):
    """A first try at least a day after the card was last asked."""

    promised: float
    """The chance of recall just before, by the model, 0 to 1."""
    right: bool


class Measured(NamedTuple):
    """What a history tells."""

    tries: Mapping[tuple[str, str], Weekly]
    """First tries week by week, by the ids of sheet and deck."""
    unseen: Weekly
    """Answers on lines that were never seen before."""
    kept: tuple[Kept, ...]
    """The newest, the oldest first; those with a hint are left out."""
    mistakes: Mapping[Mistake, int]
    """Those of the last days, at first tries, with how often each was made."""
    last: Mapping[Mistake, Day]
    """When each was made last."""
    rating: Profile


def measured(history: History, schedule: Schedule, today: Day) -> Measured:
    """Return what a history tells on a day; what a clock put after it is left out."""
    tries: defaultdict[tuple[str, str], defaultdict[Day, list[int]]] = defaultdict(_by_week)
    unseen = _by_week()
    newest: deque[tuple[CardState, Day, bool]] = deque(maxlen=NEWEST)
    mistakes: Counter[Mistake] = Counter()
    last: dict[Mistake, Day] = {}
    since = today - timedelta(days=MISTAKES_OF - 1)
    for _, review, before in schedule.replayed(history, {}):
        if review.day > today:
            continue
        right = review.right and not review.guess
        monday = review.day - timedelta(days=review.day.weekday())
        if review.unseen:
            _count(unseen[monday], right=right)
        if review.repeat or before is None:
            continue
        _count(tries[sheet_id(review.card), _deck(review.card)][monday], right=right)
        if review.day > before.last and not review.hint:
            newest.append((before, review.day, right))
        if review.day >= since and (mistake := _mistake(review)):
            mistakes[mistake] += 1
            last[mistake] = max(review.day, last.get(mistake, review.day))
    return Measured(
        {key: _weekly(weeks) for key, weeks in tries.items()},
        _weekly(unseen),
        tuple(Kept(schedule.recall(before, day), right) for before, day, right in newest),
        mistakes,
        last,
        rater_profile(history),
    )


def _by_week() -> defaultdict[Day, list[int]]:
    return defaultdict(lambda: [0, 0])


def _count(counts: list[int], *, right: bool) -> None:
    counts[0] += right
    counts[1] += 1


def _weekly(counted: Mapping[Day, list[int]]) -> dict[Day, Rate]:
    return {monday: Rate(right, of) for monday, (right, of) in counted.items()}


def _mistake(review: Review) -> Mistake | None:
    if review.right or len(review.chosen) != 1:
        return None
    return Mistake(review.card, review.variant, review.chosen[0])


def _deck(card: str) -> str:
    return card.partition("/")[2].partition("/")[0]
