"""What a member's home holds of a team and can't be read, and saving what can be of it."""

import errno
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from trainer import beside, disk
from trainer.errors import DrillError, TeamError
from trainer.home import MEMBER
from trainer.sharing.attempt import Attempt, copy_of, has_drill, keep_drill, logs_in, read, sound_lines
from trainer.sharing.own import ADDRESS, AGREED, OwnTeam
from trainer.sharing.place import TeamPlace, open_team_place
from trainer.sharing.results import result_id
from trainer.sharing.taken import sought, what_is_wrong

_NO_FILE = {errno.EISDIR, errno.EINVAL, errno.ELOOP}
"""What lies there is a folder, a pipe or a device, or links that lead in a circle."""


class Damage(NamedTuple):
    """A file that can't be read."""

    path: Path
    what: str
    """What is the matter with it, to be read after its name."""
    do: str
    mend: Callable[[datetime], Path | None] | None
    """Puts it right, and returns where the original is kept, if there was one; None where nothing can be done
    here."""


def damaged(own: OwnTeam) -> Iterator[Damage]:
    """Tell which of a member's files can't be read, and what stops working by that. Raises OSError."""
    if not own.folder.is_dir():
        yield Damage(own.folder, "is no folder, so that nobody can be in a team by it", "Move it away.", None)
        return
    member, address, agreed = (own.folder / name for name in (MEMBER, ADDRESS, AGREED))
    if not _can(own.membership):
        what = "can't be read, so that nothing of the team works"
        do = '--fix keeps it aside. Then join again: "trainer team join FOLDER --alias NAME --again".'
        yield Damage(member, what, do, partial(beside.move_aside, member))
    if not _can(own.access):
        what = "can't be read, so that the team's database can't be reached"
        do = "--fix keeps it aside. Then ask a lead for a new invitation."
        yield Damage(address, what, do, partial(beside.move_aside, address))
    if not _can(own.agreed):
        what = "has lines that can't be read, so that nothing is sent"
        do = "--fix keeps it aside, with the other lines in its place. What is gone by that is asked anew."
        yield Damage(agreed, what, do, partial(_mended, agreed, own.mend_agreed))
    whole = []
    for log in _logs(own):
        try:
            whole.append(read(log))
        except (TeamError, DrillError):
            what = "is damaged, so that its drill can't be taken"
            do = "--fix keeps it aside, with what can be read of it in its place."
            yield Damage(log, what, do, partial(_mended, log, partial(_mend_log, log)))
    without = {copy_of(each): each for each in whole if not has_drill(each) and _is_wanted(own, each)}
    for each in without.values():
        yield _without_drill(own, each)


def _without_drill(own: OwnTeam, attempt: Attempt) -> Damage:
    """Tell of an attempt that has not its drill any more; only then is the team's place looked at."""
    path, what = copy_of(attempt), what_is_wrong(attempt)
    drill, do = sought(attempt, lambda: _place(own))
    if drill is None:
        return Damage(path, what, do, None)
    put = partial(keep_drill, path.parent, drill)
    return Damage(path, what, "--fix takes it from the team's place again, where it lies as it was.", put)


def _place(own: OwnTeam) -> TeamPlace | None:
    """Return the team's place; None for who is in no team. Raises TeamError."""
    membership, access = own.membership(), own.access()
    named = access.addresses[0] if access else membership.place if membership else ""
    return open_team_place(named) if named else None


def _is_wanted(own: OwnTeam, attempt: Attempt) -> bool:
    """Return whether an attempt is under way, or its result may be sent yet, for all that is known."""
    if attempt.end is None:
        return True
    try:
        membership = own.membership()
        sent = {line.id for line, _ in own.agreed()}
    except TeamError:
        return True
    return membership is not None and result_id(
        attempt.begun.fingerprint, membership, attempt.begun.attempt
    ) not in {*sent, *membership.delivered}


def _logs(own: OwnTeam) -> Iterator[Path]:
    for folder in sorted(own.attempts.iterdir()) if own.attempts.is_dir() else ():
        yield from logs_in(folder)


def _can(reading: Callable[[], object]) -> bool:
    try:
        reading()
    except (TeamError, DrillError):
        return False
    return True


def _mend_log(log: Path, now: datetime) -> Path:
    data = disk.read_whole(log)
    kept = beside.set_aside(log, data, now)
    if sound := sound_lines(data, log.name):
        disk.replace(log, sound)
    else:
        disk.remove(log)
    return kept


def _mended(path: Path, mend: Callable[[datetime], Path], now: datetime) -> Path:
    """Mend a file; what is none is only moved away."""
    try:
        return mend(now)
    except OSError as error:
        if error.errno not in _NO_FILE:
            raise
    except TeamError:
        pass
    return beside.move_aside(path, now)
