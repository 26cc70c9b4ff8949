"""What can be set, and how each value is said."""

from trainer.humanize import count
from trainer.memory.learner import MOST_MINUTES, Region, Settings
from trainer.reports.cost import RetentionCost
from trainer.study import regions

MINUTES = (5, 10, 15, 20)
REGIONS: tuple[tuple[Region | None, str], ...] = (
    *regions.REGIONS,
    (None, "Ask me when it makes a difference"),
)
RETENTIONS = (0.80, 0.85, 0.90, 0.95)
_OF_REVIEWS = "of reviews a day this week"
_BY_ONE_UP_TO, _STEP = 20, 5
"""Minutes that can be reached one by one, and how many a step is beyond."""


def region_words(region: Region | None) -> str:
    """Return a region as it is said beside the setting."""
    return {"UK": "British", "US": "American", "both": "both", None: "ask me"}[region]


def minutes_after(minutes: int, step: int) -> int:
    """Return the minutes a step on or back: one at a time at first, then by fives."""
    fine = minutes < _BY_ONE_UP_TO or (minutes == _BY_ONE_UP_TO and step < 0)
    if fine:
        return max(1, minutes + step)
    rounded = minutes // _STEP * _STEP if step > 0 else -(-minutes // _STEP) * _STEP
    return max(1, min(MOST_MINUTES, rounded + step * _STEP))


def retentions(settings: Settings) -> list[float]:
    """Return the retentions to choose from, the present one among them."""
    return sorted({*RETENTIONS, settings.retention})


def cost_words(cost: RetentionCost) -> str:
    """Return what the reviews of a retention take a day; empty as long as no card was met."""
    if not cost.cards:
        return ""
    if cost.minutes < 1:
        return f"less than a minute {_OF_REVIEWS}"
    return f"about {count(round(cost.minutes), 'minute')} {_OF_REVIEWS}"
