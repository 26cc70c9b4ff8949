"""Drills of a team as they are listed, and in which order they are to be taken."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from trainer.sharing.drill import CHECK_FROM, CHECK_UNTIL, Drill, Head
from trainer.sharing.results import Over, Stage, Standing


class DrillRow(Struct, frozen=True, kw_only=True):
    """A drill of the team, as it is listed."""

    drill: Head
    standing: Standing

    @property
    def until(self) -> date | None:
        """The last day on which it counts as in time, or its delayed check does."""
        if self.standing.stage is Stage.CHECK_NOW and self.standing.check_on:
            return self.standing.check_on + timedelta(days=CHECK_UNTIL - CHECK_FROM)
        return self.drill.drill.due


class Known(Struct, frozen=True, kw_only=True):
    """A drill of the team as it was when the place was last looked at: Today never waits for the place."""

    drill: Drill
    fingerprint: str
    sent: tuple[Over, ...] = ()
    """The attempts of which results lay there, from any computer."""


def known_as(drill: Head, sent: Sequence[Over]) -> Known:
    """Return a drill as it is to be known at home, with the attempts at it that were sent."""
    own = tuple(each for each in sent if each.fingerprint == drill.fingerprint)
    return Known(drill=drill.drill, fingerprint=drill.fingerprint, sent=own)


def taken_first(row: DrillRow) -> tuple[bool, date, str]:
    """Return what puts drills into the order in which they are to be taken."""
    return row.standing.under_way is None, row.until or date.max, row.drill.drill.title
