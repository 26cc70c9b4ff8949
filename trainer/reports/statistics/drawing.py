"""Pictures in signs, each readable without a colour."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from trainer.humanize import MONTHS
from trainer.memory.state import Day
from trainer.reports.statistics.days import DayDone
from trainer.reports.statistics.parts import Year

FILLED, REST, MARK = "■", "·", "│"
NONE, SOME, FULL, COMING = "·", "▪", "■", " "
"""A day without an answer, with some, with all of its minutes, and one that is still to come."""
LETTERS = "MTWTFSS"

_STEPS = "▁▂▃▄▅▆▇"
"""Without the full block: lines that stand below one another would run together."""
_MONTH = 4
"""Cells that the name of a month takes, with a gap."""


def bar(share: float, cells: int, mark: float | None = None) -> str:
    """Return a bar of so many cells; what is there at all fills one, and only all of it fills all."""
    filled = round(share * cells)
    if 0 < share < 1:
        filled = min(max(filled, 1), cells - 1)
    drawn = FILLED * min(filled, cells) + REST * (cells - filled)
    if mark is None:
        return drawn
    place = min(cells - 1, max(0, round(mark * cells) - 1))
    return drawn[:place] + MARK + drawn[place + 1 :]


def curve(shares: Iterable[float | None]) -> str:
    """Return a block for each share, the higher the more; a dot for none."""
    return "".join(NONE if share is None else _step(share) for share in shares)


def _step(share: float) -> str:
    return _STEPS[min(len(_STEPS) - 1, int(share * len(_STEPS)))]


def calendar(year: Year, columns: int) -> list[tuple[str, str]]:
    """Return the head and the seven lines of a calendar, each with its label, a column for each week.

    Where there are fewer columns than weeks, the newest weeks are shown.
    """
    weeks = year.weeks[-max(1, columns) :]
    lines = [("", _months([week.monday for week in weeks]))]
    for place, letter in enumerate(LETTERS):
        signs = (_sign(year, week.monday, place, week.days[place]) for week in weeks)
        lines.append((letter, "".join(signs)))
    return lines


def _sign(year: Year, monday: Day, place: int, done: DayDone) -> str:
    if done.answers:
        return FULL if done.minutes >= year.goal else SOME
    return NONE if monday + timedelta(days=place) <= year.today else COMING


def _months(mondays: Sequence[Day]) -> str:
    """Return the names of months, each above the first week that begins in it, as far as there is room."""
    begins = [
        (column, monday.month)
        for column, monday in enumerate(mondays)
        if not column or monday.month != mondays[column - 1].month
    ]
    named = [each for each in begins if each[0] + _MONTH - 1 <= len(mondays)]
    if len(named) > 1 and named[1][0] < _MONTH:
        del named[0]  # a few weeks of it are shown: its name would take the place of the next one
    line = ""
    for column, month in named:
        if column >= len(line):
            line = line.ljust(column) + MONTHS[month - 1] + " "
    return line.rstrip()
