"""How the learner gets on: what is quick to tell, and what takes the history."""

from typing import TYPE_CHECKING

from trainer.engine.desk import Desk
from trainer.memory.calendar import Clock
from trainer.memory.schedule import Schedule
from trainer.memory.state import Day

if TYPE_CHECKING:
    from trainer.reports.statistics.days import Days
    from trainer.reports.statistics.measured import Measured
    from trainer.reports.statistics.whole import Statistics


class Measuring(Desk):
    """Tells the figures on a learner; nothing is changed."""

    _schedule: Schedule
    _clock: Clock
    _measured: "tuple[tuple[int, Day], Measured] | None" = None
    """What the history told last, with the id of the newest review and the day it was then."""

    def practised(self) -> "Days":
        """Return the days with answers over a year; it reads no sheet and no history."""
        from trainer.reports.statistics.days import days_of  # noqa: PLC0415 — Today is shown without it

        return days_of(self.progress.days, self.day, self.minutes_on(self._clock()))

    def statistics(self) -> "Statistics":
        """Return how the learner gets on.

        Reads the sheets and the history, which may take seconds; raises ProgressError where it can't.
        """
        from trainer.cards.role_names import told_apart  # noqa: PLC0415 — Today is shown without it
        from trainer.reports.statistics.whole import AHEAD, statistics_of  # noqa: PLC0415 — the same

        names, roles = told_apart(self.library.sheets), self._roles(self.library.sheets.values())
        first = [id_ for id_ in (*roles.order, *roles.vocabularies) if id_ in names]
        return statistics_of(
            self.progress,
            self._measure(),
            days=self.practised(),
            forecast=self._planner().forecast(self._asked()[2], AHEAD),
            cards={card.id: card for card in self._chosen()},
            names={id_: names[id_] for id_ in dict.fromkeys((*first, *names))},
        )

    def _measure(self) -> "Measured":
        """Return what the history tells; it is read again only where there is a new answer, or a new day."""
        from trainer.reports.statistics.measured import measured  # noqa: PLC0415 — Today is shown without it

        newest = self.progress.newest()
        key = (newest[0] if newest else 0, self.day)
        if self._measured is None or self._measured[0] != key:
            self._measured = key, measured(self.progress.history(), self._schedule, self.day)
        return self._measured[1]
