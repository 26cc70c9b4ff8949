"""The parts of which the statistics are laid out: in the app, line by line, and as a page."""

from typing import NamedTuple

from trainer.memory.state import Day
from trainer.reports.statistics.days import WeekDone


class Told(NamedTuple):
    """A sentence."""

    text: str


class Under(NamedTuple):
    """The head of what follows within a section."""

    text: str


class Figure(NamedTuple):
    """A figure with its name."""

    label: str
    text: str


class Bar(NamedTuple):
    """A figure as a bar."""

    label: str
    share: float
    """Its length, 0 to 1."""
    figure: str
    mark: float | None = None
    """Where a mark stands on it, 0 to 1; None for none."""


class Curve(NamedTuple):
    """A figure over time."""

    label: str
    shares: tuple[float | None, ...]
    """Each 0 to 1, the oldest first; None where there is none."""
    figure: str


class Year(NamedTuple):
    """A calendar."""

    weeks: tuple[WeekDone, ...]
    today: Day
    goal: int
    """Minutes from which on a day is marked as a full one."""


class Entry(NamedTuple):
    """Something that a learner may do something about."""

    target: str
    """What it is, for the app: "hard" or "mix", and its place among those."""
    text: str
    figure: str
    more: str


Part = Told | Under | Figure | Bar | Curve | Year | Entry


class Section(NamedTuple):
    """A section of the statistics."""

    name: str
    """In the code."""
    short: str
    """In a word or two."""
    title: str
    parts: tuple[Part, ...]
