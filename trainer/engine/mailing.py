"""Drills and results as files to mail: nothing is written over but what was written so before."""

import os
from collections.abc import Callable
from pathlib import Path

from trainer import disk
from trainer.clean import clean_line
from trainer.engine.setting import put
from trainer.engine.team import Team
from trainer.errors import DrillError, FileError, TeamError
from trainer.sharing.drill import LARGEST, Published
from trainer.sharing.drill_file import drill_of
from trainer.sharing.lines import LineError, decoded


def mail_drill(drill: Published, path: Path) -> Path:
    """Write a drill that was frozen into a file, which may hold it already, or as it was before.

    Return its path. Raises FileError and DrillError.
    """
    return _put(path, drill.data, lambda data: _is_published(data, path, drill.drill.id))


def mail_results(team: Team, path: Path) -> Path:
    """Write all that was agreed to into a file, which may hold what one wrote so before.

    Return its path. Raises FileError, DrillError, and TeamError where there is nothing.
    """
    lines = [data for _, data in team.own.agreed()]
    if not lines:
        raise TeamError("There is nothing to send.")
    member = team.member.member
    return _put(path, b"".join(lines), lambda data: _is_of(data, member))


def _put(path: Path, data: bytes, is_ours: Callable[[bytes], bool]) -> Path:
    if os.path.lexists(path):
        try:
            ours = is_ours(disk.read_whole(path, LARGEST))
        except OSError:
            ours = False
        if not ours:
            raise FileError(
                f"{clean_line(str(path))} is there already. Move it, or name another file: --to FILE"
            )
    return put(path, data)


def _is_published(data: bytes, path: Path, id_: str) -> bool:
    """Return whether a file holds a drill of that id with its questions; a draft has none."""
    try:
        found = drill_of(data, path)
    except DrillError:
        return False
    return found.id == id_ and bool(found.sheets)


def _is_of(data: bytes, member: str) -> bool:
    """Return whether a file holds lines of a member, and nothing else."""
    try:
        return all(decoded(line).member == member for line in data.splitlines())
    except LineError:
        return False
