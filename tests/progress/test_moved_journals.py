"""A journal that was moved away is one to everybody: to who opens, repairs, looks through and erases."""

import errno
import os
import sys
from pathlib import Path

import pytest

from trainer import disk
from trainer.errors import NewerFormatError, ProgressError
from trainer.home import Home
from trainer.progress import backup, erasing, journal, records
from trainer.progress.doctor import folders, repair
from trainer.progress.doctor.checks import check
from trainer.progress.records import Record

from .samples import CARDS, FakeClock, answer, at_work, read, record_of, session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
ASM, SIGNAL, PROPS, DSM = CARDS
NEWER = journal._line(b'{"format":99,"generation":1,"recruiter":"anna"}')


@pytest.fixture
def moved(anna: Record, clock: FakeClock) -> Path:
    """An answer of hers that stands in a journal alone which was moved away."""
    return moved_from(anna, clock, SIGNAL)


def moved_from(record: Record, clock: FakeClock, card: str, *, into: Record | None = None) -> Path:
    file = record.path.read_bytes()
    with at_work(record, clock) as progress:
        answer(progress, clock, card)
        content = record.path.with_suffix(".journal").read_bytes()
    record.path.write_bytes(file)
    path = (into or record).path.with_suffix(".journal.0123abcd.old")
    disk.write_new(path, [content])
    return path


def held(record: Record) -> list[str]:
    with read(record.path) as progress:
        return sorted(review.card for review in progress.history().values())


def spoil(record: Record) -> None:
    record.path.write_bytes(b"[" + record.path.read_bytes()[1:])


def test_one_whose_record_is_gone_is_opened_and_no_leftover(
    anna: Record, moved: Path, clock: FakeClock
) -> None:
    home = Home(anna.path.parents[1])
    for path in (anna.path, anna.path.with_suffix(".journal"), *backup.files(anna.backups)[:-1]):
        path.unlink(missing_ok=True)
    assert home.recruiters() == ["anna"]
    assert records.exists(anna.path)
    assert not [found for found in folders.check(home, [anna]) if found.where == str(moved)]
    (found,) = [found for found in check(anna, clock(), ()) if found.where == str(moved)]
    assert "did not end in order" in found.what
    with at_work(anna, clock):
        pass
    assert held(anna) == [SIGNAL]
    assert not moved.exists()


def test_somebody_else_s_is_taken_by_nobody(anna: Record, tmp_path: Path, clock: FakeClock) -> None:
    bob = record_of(tmp_path, "bob")
    session(bob, clock, PROPS)
    theirs = moved_from(bob, clock, DSM, into=anna)
    assert held(anna) == [ASM]
    assert [found.where for found in check(anna, clock(), ()) if "is not" in found.what] == [str(theirs)]
    spoil(anna)
    repair.fix(anna, clock)
    assert DSM not in held(anna)
    assert theirs.exists()
    assert erasing.erase(anna, clock).left == [theirs]
    assert theirs.exists()


@pytest.mark.parametrize("kind", ["folder", "link", "link to nothing"])
def test_what_is_only_called_so_hinders_nobody(
    anna: Record, tmp_path: Path, clock: FakeClock, kind: str
) -> None:
    other, called = tmp_path / "other", anna.path.with_suffix(".journal.0123abcd.old")
    if kind == "folder":
        called.mkdir()
    else:
        if kind == "link":
            other.write_bytes(b"a letter")
        called.symlink_to(other)
    spoil(anna)
    repair.fix(anna, clock)
    assert held(anna) == [ASM]
    assert not [path for path in anna.path.parent.glob("*.damaged-*") if b"letter" in path.read_bytes()]
    assert erasing.erase(anna, clock).left == [called]
    assert os.path.lexists(called)


def test_a_newer_version_s_is_told_as_a_journal_is(anna: Record, clock: FakeClock) -> None:
    path = anna.path.with_suffix(".journal.0123abcd.old")
    disk.write_new(path, [NEWER])
    with pytest.raises(NewerFormatError, match=r"0123abcd\.old"):
        at_work(anna, clock)
    assert [found.do for found in check(anna, clock(), ()) if found.where == str(path)] == ["Update trainer."]
    assert path in erasing.erase(anna, clock).removed


def test_one_that_can_t_be_read_is_told(
    anna: Record, moved: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.read

    def read_but_this(path: Path, *rest: int, **named: bool) -> bytes | None:
        if path == moved:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(disk, "read", read_but_this)
    with pytest.raises(ProgressError, match=r"0123abcd\.old can't be read"):
        at_work(anna, clock)


@pytest.mark.parametrize("how", ["full", "killed"])
def test_a_repair_that_is_cut_off_loses_nothing(
    anna: Record, moved: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """What was saved from journals stands nowhere else until the file is written."""
    spoil(anna)
    with monkeypatch.context() as patched:
        error = OSError(errno.ENOSPC, "full") if how == "full" else KeyboardInterrupt()

        def replace(*_: object, **__: object) -> None:
            raise error

        patched.setattr(disk, "replace", replace)
        with pytest.raises((ProgressError, KeyboardInterrupt)):
            repair.fix(anna, clock)
    repair.fix(anna, clock)
    assert held(anna) == sorted([ASM, SIGNAL])


def test_what_was_kept_of_it_is_erased_too(anna: Record, moved: Path, clock: FakeClock) -> None:
    spoil(anna)
    repair.fix(anna, clock)
    assert list(anna.path.parent.glob("*.damaged-*"))
    erasing.erase(anna, clock)
    assert [path.name for path in anna.path.parent.iterdir()] == []


def test_an_erasing_that_fails_tells_what_is_gone(
    anna: Record, moved: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.remove

    def remove(path: Path) -> None:
        if path == anna.path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        real(path)

    monkeypatch.setattr(disk, "remove", remove)
    with pytest.raises(ProgressError, match=r"\d of \d files are removed") as told:
        erasing.erase(anna, clock)
    assert "Nothing is lost" not in str(told.value)


def test_what_lies_beside_what_a_link_leads_to_is_named(
    anna: Record, moved: Path, tmp_path: Path, clock: FakeClock
) -> None:
    """It may be the recruiter's; that can't be told of a file with a damaged head."""
    real = tmp_path / "synced.json"
    anna.path.rename(real)
    log = moved.rename(real.with_suffix(".journal"))
    real.write_bytes(b"\0" * 200)
    anna.path.symlink_to(real)
    assert erasing.erase(anna, clock).left == [real, log]
