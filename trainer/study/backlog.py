"""What waits on the coming days: how full they are, and how long a pile of overdue cards takes."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from trainer.memory.model import Memory, interval, retrievability, step
from trainer.memory.state import Rating
from trainer.memory.worth import Cost, worth

WEEK = 7
LONGEST = 21
"""Days; further ahead nobody can tell how the answers will be."""


class Coming(Struct, frozen=True):
    """A card that was met, as the coming days see it."""

    ahead: int
    """Days until it is due; 0 when it is due now, or overdue."""
    interval: int
    """Days, at least 1, until it is due once more if it is right then."""
    seconds: float
    """What it is expected to take."""


def daily_load(cards: Iterable[Coming], chance: float) -> float:
    """Return the seconds a day that the coming week takes, today included, without any new card.

    There is a `chance` that a card is right; else it comes back tomorrow.
    """
    total = 0.0
    for card in cards:
        if card.ahead < WEEK:
            interval = chance * card.interval + (1 - chance)
            total += card.seconds * (1 + (WEEK - 1 - card.ahead) / interval)
    return total / WEEK


def daily_forecast(cards: Iterable[Coming], days: int, chance: float) -> list[float]:
    """Return the seconds that each of the coming days takes, today first, without any new card.

    What is right with a `chance` comes back after its interval, else tomorrow; all is done on its day. These
    are expectations: of a card that is due today and comes back tomorrow with a chance of 0.1, a tenth is
    counted tomorrow.
    """
    seconds = [0.0] * days
    for card in cards:
        asked = [0.0] * days
        if card.ahead < days:
            asked[card.ahead] = 1.0
        for day, part in enumerate(asked):
            if not part:
                continue
            seconds[day] += part * card.seconds
            for later, share in ((day + card.interval, chance), (day + 1, 1 - chance)):
                if later < days:
                    asked[later] += part * share
    return seconds


class Owed(NamedTuple):
    """A card that was met, as the days of catching up find it."""

    memory: Memory
    reps: int
    """Reviews so far, at least 1."""
    last: int
    """Days from now to its last review: 0 or below for what was answered before."""
    due: int
    """Days from now until it is due; 0 or below when it is."""
    cost: Cost


def days_to_catch_up(
    cards: Sequence[Owed],
    seconds: float,
    retention: float,
    chance_of: Callable[[float], float],
    *,
    ahead: int,
) -> int | None:
    """Return in about how many days no more is due than one session takes; None beyond LONGEST.

    The days are run through one by one: a session of so many `seconds` asks what is worth most `ahead` days
    on, and a memory that is asked grows or falls, so that what is right stays away the longer each time.
    `chance_of` turns a retrievability into the learner's own chance of being right; of all answers as many
    are right as these chances come to, evenly spread.
    """
    waiting, right = [*cards], 0.0
    for day in range(LONGEST + 1):
        due = [i for i, card in enumerate(waiting) if card.due <= day]
        chances = {
            i: chance_of(retrievability(waiting[i].memory.stability, day - waiting[i].last)) for i in due
        }
        pile = sum(waiting[i].cost.expected(chances[i]) for i in due)
        if pile <= seconds:
            return day
        if pile > (LONGEST - day + 1) * seconds:
            return None  # no day takes more of it than that
        room = seconds
        for i in sorted(due, key=lambda i: -_worth(waiting[i], day, ahead)):
            takes = waiting[i].cost.expected(chances[i])
            if takes / 2 > room:
                break
            room -= takes
            right += chances[i]
            waiting[i] = _answered(waiting[i], day, retention, right=right >= 1)
            right %= 1
    return None


def _worth(card: Owed, day: int, ahead: int) -> float:
    return worth(card.memory, card.reps, day - card.last, ahead, card.cost)


def _answered(card: Owed, day: int, retention: float, *, right: bool) -> Owed:
    memory = step(card.memory, day - card.last, Rating.GOOD if right else Rating.AGAIN)
    days = interval(memory.stability, retention) if right else 1
    return card._replace(memory=memory, reps=card.reps + 1, last=day, due=day + days)
