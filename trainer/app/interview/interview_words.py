"""What is said of an interview in a line: on Today, and in the list of those ahead."""

from datetime import datetime
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Event
from trainer.app.kit.phrases import count, short_date, weekday

if TYPE_CHECKING:
    from trainer.engine.engine import Engine
    from trainer.engine.interview_day import Held
    from trainer.engine.interviewing import InterviewEntry
    from trainer.reports.roles import RoleEntry

HOW_IT_WENT = "how did it go?"
_WEEK = 7
_A_YEAR = 360
"""Days ahead from which on a date without its year could be taken for one that is nearer."""


def roles_with_cards(engine: "Engine") -> "list[RoleEntry]":
    """Return the roles of which there is something to ask, those that are learned first."""
    return [role for role in engine.roles() if role.counts.cards and role.state != "vocabulary"]


def day_and_hour(when: datetime, days: int) -> str:
    """Return when one is, so many study days ahead: "Today 14:00", "Thu 14:00", "Thu 24 Dec 14:00"."""
    day = "Today" if not days else weekday(when) if days < _WEEK else short_date(when)
    return f"{day}{in_year(when, days)} {when:%H:%M}"


def in_year(when: datetime, days: int) -> str:
    """Return the year, to stand behind a date so many study days ahead, where it could be a nearer one."""
    return f" {when.year}" if days >= _A_YEAR else ""


def held_in_short(held: "Held") -> str:
    """Return which interview is over, within a week."""
    return f"{weekday(held.when)} {held.when:%H:%M}  {short_name(held.name)}"


def short_name(name: str) -> str:
    """Return the first of the names that a role has."""
    return name.partition(" / ")[0]


def on_today(entry: "InterviewEntry", verb: str) -> Event:
    """Return what Today tells of an interview: when and for what, and how many of its questions were met."""
    words = f"{day_and_hour(entry.when, entry.days)}  {short_name(entry.name)}"
    met = f"{entry.questions_met} of {count(entry.questions, 'question')} met" if entry.questions else ""
    return Event("Interview", words, verb, met)


def figures(entry: "InterviewEntry") -> str:
    """Return what stands at the right of an interview in the list."""
    if entry.gone:
        return "its sheet is gone"
    if entry.over:
        return "over"
    return "its steps" if not entry.days else f"{count(entry.minutes, 'minute')} a day"


def role_and_level(name: str, level: str) -> str:
    """Return a role with its level, where that is said."""
    return f"{name}, {level.lower()}" if level else name
