"""Reading the lines of a team's place: of a folder only the files that changed since they were read last."""

from collections.abc import Callable, Sequence
from time import monotonic

from trainer.reports.team_lines import Lines, Reading, packed, unpacked
from trainer.sharing.lines import TeamLine
from trainer.sharing.own import OwnTeam
from trainer.sharing.place import TeamPlace, in_time

Tell = Callable[[str], object]
"""Says something meanwhile, from any thread."""
_FIRST, _AGAIN = 1.0, 3.0
"""Seconds until it is said how far reading has come, and between one time and the next."""
_EVERY = 100
"""Lines after which it is looked at the clock."""


def read_lines(place: TeamPlace, where: str, tell: Tell | None = None) -> tuple[Lines, Sequence[str]]:
    """Return the lines of a place, and what is wrong with others. Raises TeamError."""
    return _read(place, where, Lines(), tell)


def read_changes(
    place: TeamPlace, where: str, own: OwnTeam, tell: Tell | None = None
) -> tuple[Lines, Sequence[str]]:
    """Return the same; what was read of a folder before is known at home. Raises TeamError."""
    team = place.settings.id
    before = unpacked(own.read_before(), team)
    lines, problems = _read(place, where, before, tell)
    if lines.mark != before.mark:
        own.note_read(packed(lines, team))
    return lines, problems


def _read(place: TeamPlace, where: str, before: Lines, tell: Tell | None) -> tuple[Lines, Sequence[str]]:
    reading, progress = Reading(), _Progress(tell)

    def take(line: TeamLine, file: str) -> None:
        reading.take(line, file)
        if not reading.taken % _EVERY:
            progress(reading.taken)

    found = in_time(lambda: place.results(before.mark, to=take), where, going=lambda: reading.taken)
    return before.renewed(reading, found), found.problems


class _Progress:
    """Says how far reading has come, once it takes long."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell, self._next = tell, monotonic() + _FIRST

    def __call__(self, lines: int) -> None:
        if self._tell and (now := monotonic()) >= self._next:
            self._next = now + _AGAIN
            self._tell(f"Reading the team's results: {lines:,} lines so far.")
