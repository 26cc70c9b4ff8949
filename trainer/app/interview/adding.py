"""Adding and moving an interview: the role, the level, then date, hour and minutes on one page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from trainer.app.kit.host import Host
from trainer.app.kit.phrases import said
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.places import INTERVIEW
from trainer.engine.engine import Engine
from trainer.engine.interviewing import InterviewEntry
from trainer.errors import TrainerError
from trainer.material.changes import Way
from trainer.material.fields import Field, FieldError, Kind
from trainer.memory.dates import DateError, HourError
from trainer.memory.learner import MOST_MINUTES
from trainer.reports.roles import RoleEntry

_READING = 8
"""Seconds for a sentence."""
_ADVICE = (
    "Until then each day's session works towards it, and Today says so. On its day the five steps before an "
    "interview stand under Interview. Nothing of a candidate is kept."
)
_DATE, _HOUR, _MINUTES = range(3)

Keep = Callable[[str, str, int], list[str]]
"""Keeps date, hour and minutes a day, and returns what there is to say besides. Raises TrainerError."""


@dataclass(frozen=True)
class Appointment:
    """Date, hour and minutes a day, as fields."""

    date: str
    hour: str
    minutes: int
    keep: Keep

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return what can be edited."""
        offered = (
            ("Date", self.date, "today, tomorrow, Thu, 3 Dec, 2026-12-03"),
            ("Hour", self.hour, "14:00, 2 pm"),
            ("Minutes a day until then", str(self.minutes), "where your own are more, those count"),
        )
        return tuple(
            Field(way=(), label=label, value=value, kind=Kind.LINE, offered=True, advice=advice)
            for label, value, advice in offered
        )

    def save(self, values: Sequence[str | bool]) -> list[str] | None:
        """Keep it; return what there is to say besides. Raises TrainerError."""
        date, hour, minutes = (str(value).strip() for value in values)
        if not date:
            raise FieldError("Write the date on which it is: tomorrow, Thu, 3 Dec.", _DATE)
        if not hour:
            raise FieldError("Write the hour at which it begins: 14:00.", _HOUR)
        a_day = int(minutes) if minutes.isascii() and minutes.isdigit() else 0
        if not 1 <= a_day <= MOST_MINUTES:
            raise FieldError(f"Write a number of minutes from 1 to {MOST_MINUTES}.", _MINUTES)
        try:
            return self.keep(date, hour, a_day)
        except DateError as error:
            raise FieldError(str(error), _DATE) from error
        except HourError as error:
            raise FieldError(str(error), _HOUR) from error

    def knowing(self, present: Mapping[Way, Any]) -> Self:  # noqa: ARG002 — nothing is written over
        """Return the same."""
        return self


class Adding:
    """Asks for which role, for which level, and when."""

    def __init__(self, app: Host, engine: Engine, roles: Sequence[RoleEntry]) -> None:
        self._app, self._engine, self._roles = app, engine, roles

    def begin(self) -> None:
        """Ask for the role, if there is more than one."""
        if len(self._roles) == 1:
            self._ask_level(self._roles[0])
            return

        def take(place: int | None) -> None:
            if place is not None:
                self._ask_level(self._roles[place])

        names = [said(role.name) for role in self._roles]
        self._app.push_screen(PickScreen("An interview for which role?", names, verb="Take it"), take)

    def _ask_level(self, role: RoleEntry) -> None:
        levels = self._engine.levels_of(role.id)
        if not levels:
            self._ask_when(role, "", "")
            return

        def take(place: int | None) -> None:
            if place is not None:
                chosen = levels[place - 1] if place else None
                self._ask_when(role, *((chosen.id, chosen.text) if chosen else ("", "")))

        names = [said("Any level, or not said yet"), *(said(level.text) for level in levels)]
        self._app.push_screen(PickScreen(f"{role.name}: for which level?", names, verb="Take it"), take)

    def _ask_when(self, role: RoleEntry, level: str, called: str) -> None:
        def keep(date: str, hour: str, minutes: int) -> list[str]:
            return self._engine.add_interview(role.id, date, hour, level=level, minutes=minutes)

        def go_on(notes: list[str] | None) -> None:
            if notes is not None:
                self._added(notes)

        draft = Appointment("tomorrow", "09:00", self._engine.minutes, keep)
        topic = f"Interview · {role.name}{f', {called.lower()}' if called else ''}"
        self._app.edit(draft, topic, _ADVICE, go_on)

    def _added(self, notes: list[str]) -> None:
        if notes:
            self._app.notify("\n".join(notes), markup=False, timeout=_READING)
        if any(not (each.days or each.over) for each in self._engine.interviews()):
            self._app.open_feature("interviews")
        else:
            self._app.go_to(INTERVIEW)


def move(
    app: Host, engine: Engine, entry: InterviewEntry, topic: str, then: Callable[[list[str] | None], None]
) -> None:
    """Ask when an interview is instead, and go on with what there is to say of it; None if it stays."""

    def keep(date: str, hour: str, minutes: int) -> list[str]:
        number = next((each.number for each in engine.interviews() if each.id == entry.id), None)
        if number is None:
            raise TrainerError("It is in your list no more.")
        return engine.move_interview(number, date, hour, minutes)

    draft = Appointment(f"{entry.when:%Y-%m-%d}", f"{entry.when:%H:%M}", entry.minutes, keep)
    app.edit(draft, f"Interview · {topic}", _ADVICE, then)
