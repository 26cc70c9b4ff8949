"""What is wrong with a record: each check is a small function that tells what it found."""

import os
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from trainer import beside, disk
from trainer.errors import NewerFormatError, NotYoursError, ProgressError
from trainer.humanize import count, moment
from trainer.memory.calendar import microseconds, study_day
from trainer.memory.learner import FAR
from trainer.progress import backup, choices, copies, journal, valid
from trainer.progress.doctor import Finding, consistency, exposed
from trainer.progress.doctor.looked import File, Looked
from trainer.progress.doctor.salvage import Salvage, salvage
from trainer.progress.journal import Entries, journal_of
from trainer.progress.lock import lock_of
from trainer.progress.looking import resolved
from trainer.progress.ownership import check_owner, moved_of, moved_of_others
from trainer.progress.records import Record, in_use
from trainer.progress.reviews import in_order
from trainer.progress.risky_folders import risky_folder
from trainer.progress.tables import Condition

_AHEAD = timedelta(days=1)
"""A clock may be so far ahead of another one, time zones included."""


def check(record: Record, now: datetime, cards: Collection[str]) -> list[Finding]:
    """Return all that there is to say of a record. One that is open elsewhere is not looked at."""
    try:
        if in_use(record):
            return [
                Finding(
                    where=str(record.path),
                    what="is open in another trainer, so it was not checked",
                    do="Close that one, and run the doctor again.",
                    problem=False,
                    unchecked=True,
                )
            ]
        valid.check_clock(lambda: now)
        path = resolved(record.path)
        log = disk.read(journal_of(path)) or b""
        looked = Looked(record, path, disk.read(path), log, now, cards)
        return [finding for each in CHECKS for finding in each(looked)]
    except ProgressError as error:
        return [Finding(where=str(record.path), what=str(error))]
    except OSError as error:
        return [
            Finding(
                where=str(error.filename or record.path), what=f"can't be read: {error.strerror or error}"
            )
        ]


def _readable(looked: Looked) -> Iterator[Finding]:
    error = looked.file
    if isinstance(error, NewerFormatError):
        yield Finding(where=str(looked.path), what="is a newer version's", do="Update trainer.")
    elif isinstance(error, NotYoursError):
        yield Finding(where=str(looked.path), what="is somebody else's", do=str(error))
    elif isinstance(error, ProgressError):
        found = salvage(looked.record)
        yield Finding(
            where=str(looked.path),
            what=f"can't be read: {_reason(error)}",
            do=_salvage_in_words(found),
            mendable=found is not None,
        )
    elif error is None and looked.record.path.is_symlink():
        yield Finding(
            where=str(looked.record.path),
            what=f"is a link to {looked.path}, where no file is",
            do="If that is a drive or a network folder, connect it before you train.",
        )
    elif error is None and looked.log:
        yield Finding(
            where=str(looked.path),
            what="is missing, but its journal is there",
            do="The next opening makes it anew from the journal, and so does --fix. If you have a whole "
            'copy, put it back first; "trainer backups" lists those that trainer made.',
            mendable=True,
        )


def _salvage_in_words(found: Salvage | None) -> str:
    if found is None:
        return "Nothing in it can be saved. Put a whole copy of it back, or move it away to begin anew."
    held = f"{count(found.read, 'review')} in it and its journal can still be read"
    if found.backup:
        made = moment(found.backup.at.astimezone())
        held += f"; with the backup of {made} that makes {count(found.reviews, 'review')}"
    lost = f" At least {count(found.lost, 'answer')} can't be saved." if found.lost else ""
    return f"{held}.{lost} --fix makes a whole file of that and keeps this one."


def _intact(looked: Looked) -> Iterator[Finding]:
    found = looked.file.held.found if isinstance(looked.file, File) else Condition.WHOLE
    if found is Condition.MENDED:
        yield Finding(
            where=str(looked.path),
            what="is damaged: one bit in it has changed",
            do="Nothing is lost: the next opening puts it right, and so does --fix. If this happens again, "
            "the disk or the memory of this computer may be failing.",
            mendable=True,
        )
    if found is Condition.CHANGED:
        yield Finding(
            where=str(looked.path),
            what="was changed by another program, or damaged, since trainer wrote it",
            do="The next opening keeps it as it is and works out anew what you remember from the reviews "
            "in it, and so does --fix. If reviews are missing, put a backup back instead.",
            mendable=True,
        )


def _journals(looked: Looked) -> Iterator[Finding]:
    log, recruiter = journal_of(looked.path), looked.record.recruiter
    for path in (log, *moved_of(log, recruiter)):
        content = looked.log if path == log else disk.read(path) or b""
        try:
            entries = journal.read(content, path)
            check_owner(path, entries.recruiter, recruiter)
        except NewerFormatError:
            yield Finding(where=str(path), what="is a newer version's", do="Update trainer.")
        except NotYoursError as error:
            yield Finding(where=str(path), what="is somebody else's", do=str(error))
        else:
            yield from _waiting(path, entries)
    for path in moved_of_others(log, recruiter):
        yield Finding(
            where=str(path),
            what=f'is called as if it were of the journal of "{recruiter}", and is not',
            do="It is not used, and stays where it is. If it is somebody's journal, move it into their home.",
            problem=False,
        )


def _waiting(path: Path, entries: Entries) -> Iterator[Finding]:
    if entries.damaged:
        yield Finding(
            where=str(path),
            what=f"is damaged in {count(entries.damaged, 'place')}",
            do="What stood there can't be read. --fix saves all its other answers and keeps it as it is.",
            mendable=True,
        )
    elif entries.changes:
        yield Finding(
            where=str(path),
            what="holds answers of a session that did not end in order",
            do="Nothing is lost: the next opening brings them into the file, and so does --fix.",
            problem=False,
            mendable=True,
        )


def _states(looked: Looked) -> Iterator[Finding]:
    if not isinstance(looked.file, File) or not looked.file.misfits:
        return
    cards, days = looked.file.misfits
    wrong = [count(len(cards), "card")] * bool(cards) + [count(len(days), "study day")] * bool(days)
    yield Finding(
        where=str(looked.path),
        what=f"does not fit together: what it says of {' and '.join(wrong)} is not what its reviews give",
        do="--fix works it out anew from the reviews.",
        mendable=True,
    )


def _settings(looked: Looked) -> Iterator[Finding]:
    if isinstance(looked.file, File):
        for key, expected in choices.unusable(looked.file.held.settings).items():
            yield Finding(
                where=str(looked.path),
                what=f'has a setting "{key}" that can\'t be used, so it counts as not chosen',
                do=f"It takes {expected}. Choose it anew.",
                problem=False,
            )


def _ids(looked: Looked) -> Iterator[Finding]:
    if not isinstance(looked.file, File):
        return
    file, where = looked.file, str(looked.path)
    if twice := consistency.answered_twice(file.history):
        yield Finding(
            where=where,
            what=f"tells {count(len(twice), 'answer')} twice",
            do="--fix takes one of each two back.",
            mendable=True,
        )
    reviews = consistency.in_file(looked.content or b"")
    if doubled := consistency.doubled(reviews):
        yield Finding(
            where=where,
            what=f"has two different reviews under {count(len(doubled), 'id')}",
            do="--fix gives each its own.",
            mendable=True,
        )
    elif not in_order([int(id_) for id_, _ in reviews]):
        yield Finding(
            where=where,
            what="holds its reviews in another order than they were given",
            do="--fix puts them in order.",
            mendable=True,
        )


def _future(looked: Looked) -> Iterator[Finding]:
    if not isinstance(looked.file, File):
        return
    latest = microseconds(looked.now + _AHEAD)
    ahead = [
        review
        for id_, review in looked.file.history.items()
        if (review.at or id_) > latest or review.day > study_day(looked.now) + _AHEAD
    ]
    if ahead:
        days = [f"{day:%Y-%m-%d}" for day in sorted({review.day for review in ahead})]
        cards = sorted({review.card for review in ahead})
        yield Finding(
            where=str(looked.path),
            what=f"holds {count(len(ahead), 'review')} of a day that has not come yet: {_some(days)}",
            do=f"They are of {_some(cards)}. The clock was wrong then, or is wrong now: set it right. "
            "Nothing is lost, but these cards come back only after that day. If they are the last answers "
            'given, and of no drill, "u" on Today takes them back one by one, to be given anew; '
            '"trainer backups" lists what was there before.',
            problem=False,
        )


def _far_interviews(looked: Looked) -> Iterator[Finding]:
    if not isinstance(looked.file, File):
        return
    found = choices.interviews_of(looked.file.held.interviews).values()
    for each in sorted((each for each in found if each.when > looked.now + FAR), key=lambda each: each.when):
        yield Finding(
            where=str(looked.path),
            what=f"has an interview on {moment(each.when.astimezone())}, which is more than a year ahead",
            do="The clock was wrong when it was added, or is wrong now: set it right. Then move the "
            "interview or remove it, in the app or by trainer interview.",
            problem=False,
        )


def _orphans(looked: Looked) -> Iterator[Finding]:
    if not isinstance(looked.file, File) or not looked.cards:
        return
    met = {str(found["card"]) for found in looked.file.held.cards.values()}
    if gone := sorted(met - set(looked.cards)):
        yield Finding(
            where=str(looked.path),
            what=f"remembers {count(len(gone), 'card')} that no sheet has: {_some(gone)}",
            do="They are kept: when the sheet comes back, or the item in it, they go on.",
            problem=False,
        )


def private_files(record: Record) -> list[Path]:
    """Return the files of a record that are there, which are the recruiter's alone; no link or its target."""
    path = resolved(record.path)
    log = journal_of(path)
    own = [log, lock_of(path), *moved_of(log, record.recruiter), *beside.kept_aside(path, log)]
    own += [record.path, *copies.merged(path, record.recruiter), *backup.files(record.backups)]
    return [each for each in own if each.is_file() and not each.is_symlink()]


def _permissions(looked: Looked) -> Iterator[Finding]:
    yield from exposed(private_files(looked.record))
    if not os.access(folder := looked.path.parent, os.W_OK):
        yield Finding(
            where=str(folder),
            what="can't be written to, so that no answer can be saved",
            do="Make it writable for you.",
        )


def _leftovers(looked: Looked) -> Iterator[Finding]:
    for temporary in beside.temporaries(looked.path, journal_of(looked.path)):
        yield Finding(
            where=str(temporary),
            what="is left over from a save that was cut off",
            do="Nothing in it is needed; --fix removes it.",
            mendable=True,
        )
    for kept in beside.kept_aside(looked.path, journal_of(looked.path)):
        yield Finding(
            where=str(kept),
            what="is a damaged original that was kept",
            do="Remove it once you miss nothing.",
            problem=False,
        )


def _copies(looked: Looked) -> Iterator[Finding]:
    for copy, error in copies.examined(looked.path, looked.record.recruiter):
        if isinstance(error, NewerFormatError):
            yield Finding(where=str(copy), what="is a copy that a newer version wrote", do="Update trainer.")
        elif error:
            yield Finding(
                where=str(copy),
                what=f"is a copy that can't be read: {_reason(error)}",
                do="It is left out of the record. --fix brings in the reviews that can be read, and puts the "
                "copy away.",
                mendable=True,
            )
        else:
            yield Finding(
                where=str(copy),
                what=f'is a second copy of the progress of "{looked.record.recruiter}", '
                "as sync tools make when two computers train at once",
                do="The next opening brings its reviews into the first and puts it away, and so does --fix.",
                mendable=True,
            )


def _backups(looked: Looked) -> Iterator[Finding]:
    if (folder := looked.record.backups).is_symlink():
        yield Finding(
            where=str(folder),
            what="is a link, which trainer does not follow, so that no backups are made",
            do="Remove the link. If backups lie where it leads, put a folder with them in its place.",
        )
    for each in unreadable_backups(looked.record):
        yield Finding(
            where=str(each.path),
            what="is a backup that can't be read",
            do="It can't be put back. --fix takes it out of the list; the file is kept.",
            mendable=True,
        )


def unreadable_backups(record: Record) -> Iterator[backup.Backup]:
    """Return the backups that can't be put back, those left out that were made of a damaged file."""
    for each in backup.existing(record.backups):
        try:
            backup.check(each.path, record.schedule)
        except NewerFormatError:
            continue
        except ProgressError:
            if each.why != "repair":
                yield each


def _folder(looked: Looked) -> Iterator[Finding]:
    if risky := risky_folder(looked.path):
        yield Finding(
            where=str(looked.path.parent),
            what=f"lies in {risky.folder}",
            do=risky.why,
            problem=False,
        )


CHECKS: tuple[Callable[[Looked], Iterator[Finding]], ...] = (
    _readable,
    _intact,
    _journals,
    _states,
    _settings,
    _ids,
    _future,
    _far_interviews,
    _orphans,
    _permissions,
    _leftovers,
    _copies,
    _backups,
    _folder,
)


def _reason(error: ProgressError) -> str:
    """Return why a file can't be read, without what else the message says."""
    return str(error.__cause__ or "it is none that trainer wrote")


def _some(names: list[str], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"
