"""What waits on the coming days: how full they are, and how long a pile of overdue cards takes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

WEEK = 7
LONGEST = 365
"""Days; further ahead nobody plans."""


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


def days_to_catch_up(
    pile: float, seconds: float, coming: Mapping[int, float], *, chance: float, interval: int
) -> int:
    """Return in about how many days no more is due than one session takes, at most LONGEST.

    `pile` are the seconds of all that is due now, `seconds` those of a session, `coming` those of what gets
    due so many days ahead. What is right comes back after `interval` days; `chance` as in `daily_load`.
    """
    waiting = defaultdict(float, coming)
    for ahead in range(1, LONGEST + 1):
        if pile <= seconds:
            return ahead - 1
        waiting[ahead] += (1 - chance) * seconds
        waiting[ahead - 1 + interval] += chance * seconds
        pile += waiting[ahead] - seconds
    return LONGEST
