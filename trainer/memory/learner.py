"""What a learner has chosen for themselves: roles, minutes, region, and the interviews ahead."""

from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from trainer.memory.schedule import DEFAULT_RETENTION

Region = Literal["UK", "US", "both"]
MOST_MINUTES = 1440
"""Minutes a day at most: there are no more."""
FAR = timedelta(days=366)
"""An interview that is farther away is a slip, or comes of a wrong clock."""
SettingKey = Literal["roles", "paused", "minutes", "region", "retention"]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a learner has set; it lies in the record and travels with it."""

    roles: tuple[str, ...] = ()
    """Ids of the sheets that are learned, in the learner's order; empty when none was chosen."""
    paused: tuple[str, ...] = ()
    """Those of `roles` that keep their place and are not asked for now."""
    minutes: int | None = None
    """Minutes a day, from 1 to 1440; None when not chosen."""
    region: Region | None = None
    """Whose usage counts where the regions differ; None when not chosen."""
    retention: float = DEFAULT_RETENTION
    """The desired retention, from 0.70 to 0.97: see Schedule."""


class Interview(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An interview that a learner prepares for; nothing of a candidate is in it."""

    role: str
    """The id of its sheet."""
    level: str
    """The id of the level that is hired for; empty when not said."""
    when: datetime
    """When it begins, with its time zone."""
    minutes: int
    """Minutes a day until then, from 1 to 1440."""
    done: tuple[str, ...] = ()
    """The steps of its day that were done on it: the brief opened, a session taken to its end."""
    told: date | None = None
    """The study day on which it was told, or left untold, how it went; None as long as that can be asked."""
    hard: tuple[str, ...] = ()
    """The ids of the questions that were hard to judge; they are among `asked`."""
    asked: tuple[str, ...] = ()
    """The ids of the questions that were asked."""
