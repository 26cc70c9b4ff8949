"""What a learner is told when a copy of a shipped sheet is brought up to date."""

from pathlib import Path

from trainer.material.changes import in_words
from trainer.material.copies.three_way import Merged, Told
from trainer.material.differences import said

_MOST = 5
"""Lines that are told one by one at most, where the file beside the copy has them all."""


def lines_on(path: Path, merged: Merged) -> tuple[str, ...]:
    """Return a line on each edited text that was replaced, each clash, and each text nobody had edited."""
    rest = () if merged.whole else (f"{path}: {_ONLY_CORRECTED}",)
    in_turn = sorted(merged.told, key=lambda told: (not told.edited, not told.reason))
    return (*rest, *(f"{path}: {_line(told)}" for told in in_turn))


_ONLY_CORRECTED = (
    "the rest of what is new in the shipped sheet does not fit your edits and is not in it. To have it, move "
    "the file away and make your edits again."
)


def _line(told: Told) -> str:
    where = in_words(told.way)
    if not told.reason:
        there = f"has {said(told.shipped)}" if told.shipped is not None else "no longer has it"
        return f"{where}: {said(told.yours)} is yours and stays; the shipped sheet {there}."
    instead = f"replaced by {said(told.shipped)}" if told.shipped is not None else "taken out"
    return f"{where}: {said(told.yours)} was {instead}, {told.reason}."


def up_to_date(path: Path, before: Path, lines: tuple[str, ...], shown: int) -> tuple[str, ...]:
    """Return the notices on a file that was merged; `before` holds it as it was.

    The first lines are `shown` one by one, however many they are.
    """
    head = (
        f"{path}: your copy of a shipped sheet was brought up to date with it, and your edits are kept. "
        f"As it was, it is in {before}."
    )
    most = max(_MOST, shown)
    if len(lines) <= most:
        return (head, *lines)
    more = f"{path}: {len(lines) - most} more such lines are in {before.with_suffix('.txt')}."
    return (head, *lines[:most], more)


def is_behind(path: Path) -> str:
    """Return the notice on a copy that was only looked at."""
    return f"{path}: the shipped sheet has changed; when you train next, this copy is brought up to date."


def could_not(path: Path, why: str) -> str:
    """Return the notice on a copy whose file stays as it is."""
    return (
        f"{path}: your copy of a shipped sheet could not be brought up to date: {why.rstrip('.')}. The cards "
        "are up to date all the same. To put it right, see to that, or move the file away and edit anew."
    )
