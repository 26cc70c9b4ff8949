"""All that is told of how a learner gets on."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from trainer.cards.card import Card
from trainer.progress.progress import Progress
from trainer.reports.profile import Profile
from trainer.reports.statistics.accuracy import Accuracy, accuracy
from trainer.reports.statistics.contrast import Contrasts, HardCard, MixUp
from trainer.reports.statistics.days import Days
from trainer.reports.statistics.measured import Measured
from trainer.reports.statistics.promise import Promise, promise

AHEAD = 14
"""Days of the forecast, today among them."""


class Statistics(Struct, frozen=True, kw_only=True):
    """How a learner gets on."""

    recruiter: str
    days: Days
    accuracy: Accuracy
    promise: Promise
    forecast: tuple[float, ...]
    """The minutes of reviews on each of the coming days, today first: expectations, with no new card."""
    hard: tuple[HardCard, ...]
    mix_ups: tuple[MixUp, ...]
    rating: Profile


def statistics_of(  # noqa: PLR0913 — what it is made of
    record: Progress,
    found: Measured,
    *,
    days: Days,
    forecast: Sequence[float],
    cards: Mapping[str, Card],
    names: Mapping[str, str],
) -> Statistics:
    """Return how a learner gets on.

    `forecast` are the seconds of the coming days, `cards` those that are learned, by their ids, `names` those
    of all sheets, in the order in which they are told.
    """
    contrasts = Contrasts(found, cards, record)
    return Statistics(
        recruiter=record.recruiter,
        days=days,
        accuracy=accuracy(found, names, days.today),
        promise=promise(found.kept, record.schedule.retention),
        forecast=tuple(seconds / 60 for seconds in forecast),
        hard=contrasts.hard_cards(),
        mix_ups=contrasts.mix_ups(),
        rating=found.rating,
    )
