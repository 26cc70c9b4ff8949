"""Right at first try, week by week: in all, by deck, by role, and on lines that were never seen before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import chain

from msgspec import Struct

from trainer.cards.decks import DECKS
from trainer.memory.state import Day
from trainer.reports.statistics.days import LATE
from trainer.reports.statistics.measured import Measured, Weekly
from trainer.reports.statistics.rates import Rate

WEEKS = 26
"""Weeks that are told one by one."""


class Course(Struct, frozen=True, kw_only=True):
    """How many of some answers were right, over time."""

    name: str
    """What they are of."""
    weeks: tuple[Rate, ...]
    """The last half year, the oldest week first; the last one is that of today."""
    ever: Rate

    @property
    def late(self) -> Rate:
        """The last four weeks."""
        return sum(self.weeks[-LATE:], Rate())

    @property
    def before(self) -> Rate:
        """All that was before those."""
        return Rate(self.ever.right - self.late.right, self.ever.of - self.late.of)


class Accuracy(Struct, frozen=True, kw_only=True):
    """Right at first try, on cards met before."""

    whole: Course
    unseen: Course
    """On lines never seen before, of cards met before."""
    decks: tuple[Course, ...]
    """Those with a try, in the order of DECKS."""
    roles: tuple[Course, ...]
    """The sheets with a try, in the order of their names given."""


def accuracy(found: Measured, names: Mapping[str, str], today: Day) -> Accuracy:
    """Return how much was right; `names` are those of sheets by their ids, in the order of telling.

    A sheet that is gone comes last, by its id.
    """
    sheets, decks = ({key[place] for key in found.tries} for place in (0, 1))
    gone = sorted(sheets - names.keys())
    unknown = sorted(decks - DECKS.keys())

    def course(name: str, weekly: Iterable[Weekly]) -> Course:
        return _course(name, list(weekly), today)

    return Accuracy(
        whole=course("All cards", found.tries.values()),
        unseen=course("Lines never seen", [found.unseen]),
        decks=tuple(
            course(DECKS[deck].name if deck in DECKS else deck, _having(found, 1, deck))
            for deck in (*DECKS, *unknown)
            if deck in decks
        ),
        roles=tuple(
            course(names.get(sheet, sheet), _having(found, 0, sheet))
            for sheet in (*names, *gone)
            if sheet in sheets
        ),
    )


def _having(found: Measured, place: int, id_: str) -> Iterable[Weekly]:
    return (weekly for key, weekly in found.tries.items() if key[place] == id_)


def _course(name: str, weekly: Sequence[Weekly], today: Day) -> Course:
    this = today - timedelta(days=today.weekday())
    mondays = [this - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return Course(
        name=name,
        weeks=tuple(sum((each[monday] for each in weekly if monday in each), Rate()) for monday in mondays),
        ever=sum(chain.from_iterable(each.values() for each in weekly), Rate()),
    )
