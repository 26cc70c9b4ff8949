import errno
import os
import stat
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trainer import beside, disk
from trainer.home import Home
from trainer.progress.doctor import folders

from .faults import install


def test_a_replaced_file_is_on_the_disk_before_it_gets_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = install(monkeypatch)
    disk.replace(tmp_path / "a.json", [b"12", memoryview(b"34")])
    assert (tmp_path / "a.json").read_bytes() == b"1234"
    order = [step for step in faulty.steps if step.split()[0] in {"fsync", "replace"}]
    assert order == ["fsync a.json.tmp", "replace a.json.tmp", f"fsync {tmp_path.name}"]


def test_a_failed_replace_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    install(monkeypatch).fail("write", written=0.5)
    with pytest.raises(OSError, match="No space"):
        disk.replace(path, [b"new and longer"])
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("a.json", b"old")]


def test_ctrl_c_in_a_replace_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        disk.replace(tmp_path / "x.json", [b"new"])
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_file_left_by_a_crash_is_in_nobodys_way_and_is_known(tmp_path: Path) -> None:
    path, other = tmp_path / "a.json", tmp_path / "b.json"
    left = [tmp_path / "a.json.0123abcd.tmp", tmp_path / "a.json.tmp"]
    for each in (*left, tmp_path / "b.json.0123abcd.tmp", tmp_path / "a.json.mine.tmp"):
        each.write_bytes(b"half of something that was longer")
    disk.replace(path, [b"new"])
    assert path.read_bytes() == b"new"
    assert beside.temporaries(path) == left
    assert beside.replaced_by(tmp_path / "b.json.0123abcd.tmp") == other
    assert beside.replaced_by(path) is None


@pytest.mark.parametrize("name", [".tmp", "..tmp", "...tmp", "..0123abcd.tmp", "a\n.tmp", "~.tmp", "....tmp"])
def test_no_name_of_a_strange_file_is_in_the_way_of_an_answer_or_the_doctor(
    tmp_path: Path, name: str
) -> None:
    home = Home(tmp_path)
    for folder in (home.progress, home.decks, home.pages, home.imports, home.backups):
        folder.mkdir(mode=0o700)
        (folder / name).write_bytes(b"")
    path = home.progress / "anna.json"
    assert beside.temporaries(path) == []
    disk.replace(path, [b"{}"])
    folders.check(home, [])
    folders.fix(home, [])
    assert path.read_bytes() == b"{}"


def test_what_others_laid_in_its_place_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    names = iter(["0123abcd", "89abcdef"])
    monkeypatch.setattr("secrets.token_hex", lambda _size: next(names))
    (tmp_path / "a.json.0123abcd.tmp").symlink_to(victim)
    with pytest.raises(FileExistsError):
        disk.replace(tmp_path / "a.json", [b"new"])
    disk.replace(tmp_path / "a.json", [b"new"])
    link = tmp_path / "link"
    link.symlink_to(victim)
    with pytest.raises(OSError, match="symbolic link"):
        disk.open_log(link)
    disk.note(link, b"me")
    assert victim.read_bytes() == b"mine"
    assert link.read_bytes() == b"me"
    assert not link.is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other pipes")
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        for use in (disk.read, disk.read_whole, lambda path: disk.read_start(path, 9), disk.open_log):
            with pytest.raises(OSError, match="no file, but a pipe or a device"):
                use(path)
    for use in (disk.read, disk.read_whole, lambda path: disk.read_start(path, 9)):
        with pytest.raises(IsADirectoryError) as told:
            use(tmp_path)
        assert told.value.filename == str(tmp_path), "it was the number of the open file"
    disk.note(pipe, b"me")
    assert pipe.read_bytes() == b"me"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other ways")
@pytest.mark.parametrize("path", ["", ".", "/", "./"])
def test_a_path_without_a_name_is_that_of_a_folder(path: str) -> None:
    with pytest.raises(IsADirectoryError):
        disk.replace(Path(path), [b"x"])


def test_a_log_that_others_made_is_taken_from_them_and_a_link_is_left_as_it_is(tmp_path: Path) -> None:
    log, victim, link = (tmp_path / name for name in ("log", "victim", "link"))
    for path in (log, victim):
        path.write_bytes(b"")
        path.chmod(0o666)
    disk.close(disk.open_log(log))
    assert log.stat().st_mode & 0o777 == 0o600
    link.symlink_to(victim)
    assert disk.is_private(link)
    with pytest.raises(OSError, match="symbolic link"):
        disk.make_private(link)
    assert victim.stat().st_mode & 0o777 == 0o666


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other ways")
def test_a_new_file_is_the_users_alone_whatever_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    path.chmod(0o666)
    disk.replace(path, [b"new"])
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_set_aside_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    kept = [beside.set_aside(path, content, now) for content in (b"1", b"2", b"3")]
    assert [each.read_bytes() for each in kept] == [b"1", b"2", b"3"]
    assert kept[0].name == "a.journal.damaged-20260304-120000"


def test_what_is_kept_aside_is_not_kept_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is brought to the disk again: who wrote it may have been killed before."""
    path, later = tmp_path / "a.journal", datetime(2026, 3, 5, 12, tzinfo=UTC)
    kept = [beside.set_aside(path, content) for content in (b"1", b"22")]
    (tmp_path / "a.journal.damaged-found-3").mkdir()
    faulty = install(monkeypatch)
    assert [beside.set_aside(path, content, later) for content in (b"1", b"22")] == kept
    assert [step for step in faulty.steps if step.startswith("fsync")] == [
        *("fsync a.journal.damaged-found", f"fsync {tmp_path.name}"),
        *("fsync a.journal.damaged-found-2", f"fsync {tmp_path.name}"),
    ]
    assert beside.set_aside(path, b"2", later).name == "a.journal.damaged-20260305-120000"
    faulty.fail("fsync", errno.EIO)
    before = set(tmp_path.iterdir())
    with pytest.raises(OSError, match="Input/output error"):
        beside.set_aside(path, b"1", later)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("step", ["write", "fsync a.json", "close"])
@pytest.mark.parametrize("make", [disk.write_new, disk.create])
def test_a_new_file_that_can_not_be_written_is_not_left_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[..., object], step: str
) -> None:
    faulty = install(monkeypatch)
    if step == "close":  # as some network drives tell of a full disk only then
        real = faulty._close

        def close(descriptor: int) -> None:
            real(descriptor)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(faulty, "_close", close)
    faulty._fault = lambda each: OSError(errno.ENOSPC, "No space") if each.startswith(step) else None
    faulty._written = 0.5
    with pytest.raises(OSError, match="No space"):
        make(tmp_path / "a.json", [b"more than there is room for"])
    assert not list(tmp_path.iterdir())


def test_where_no_links_are_known_a_new_file_is_not_left_in_part_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = install(monkeypatch)
    faulty._written = 0.5
    faulty._fault = lambda each: (
        OSError(errno.ENOSPC, "No space")
        if each.startswith("link") or each in {"write a.json", "replace a.json.tmp"}
        else None
    )
    for before in (None, lambda: None):
        with pytest.raises(OSError, match="No space"):
            disk.create(tmp_path / "a.json", [b"more than there is room for"], before=before)
        assert not list(tmp_path.iterdir())


def test_what_is_moved_aside_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    kept = []
    for content in (b"1", b"2"):
        path.write_bytes(content)
        kept.append(beside.move_aside(path, datetime(2026, 3, 4, 12, tzinfo=UTC)))
    assert [each.read_bytes() for each in kept] == [b"1", b"2"]
    assert beside.kept_aside(path) == kept
    assert not path.exists()


def test_the_name_of_a_new_log_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = install(monkeypatch)
    disk.close(disk.open_log(tmp_path / "log"))
    assert faulty.steps[-1] == f"fsync {tmp_path.name}"


def test_a_short_write_goes_on_with_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:3]))
    log = disk.open_log(tmp_path / "log")
    disk.write(log, b"0123456789")
    disk.close(log)
    assert (tmp_path / "log").read_bytes() == b"0123456789"


@pytest.mark.skipif(sys.platform == "win32", reason="no path there is as long")
def test_folders_are_made_however_deep_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "/".join("f" * 1_500)
    disk.make_folder(folder)
    disk.make_folder(folder)
    assert folder.is_dir()
    for each in (folder, *folder.parents[:1_499]):  # who removes all of it at once comes no deeper than 1,000
        each.rmdir()
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        disk.make_folder(tmp_path / "file" / "below")


@pytest.mark.parametrize("other", ["a file", "a link to nothing"])
def test_where_a_folder_can_t_be_that_is_said(tmp_path: Path, other: str) -> None:
    place = tmp_path / "decks"
    if other == "a file":
        place.touch()
    else:
        place.symlink_to("nowhere")
    for folder in (place, place / "own"):
        with pytest.raises(NotADirectoryError):
            disk.make_folder(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_files_and_folders_are_the_users_alone(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "progress"
    disk.make_folder(folder)
    disk.replace(folder / "a.json", [b"{}"])
    disk.close(disk.open_log(folder / "a.journal"))
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder.parent, folder, *folder.iterdir()]
    }
    assert modes == {"home": 0o700, "progress": 0o700, "a.json": 0o600, "a.journal": 0o600}


@pytest.mark.parametrize("read", [disk.read, disk.read_whole, lambda path: disk.read_start(path, 9)])
def test_a_folder_in_the_place_of_a_file_is_told_by_its_name(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    for _ in range(3):
        with pytest.raises(IsADirectoryError) as told:
            read(tmp_path)
        assert told.value.filename == str(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="has neither")
@pytest.mark.parametrize("linked", [False, True])
def test_a_device_is_not_replaced_even_by_who_may(tmp_path: Path, *, linked: bool) -> None:
    """As root, `--html /dev/null` put a file in the place of the device for everybody."""
    path = tmp_path / "device"
    os.mkfifo(path)
    if linked:
        path = tmp_path / "link"
        path.symlink_to("device")
    before = path.lstat()
    with pytest.raises(OSError, match="a pipe or a device") as told:
        disk.replace(path, [b"new"])
    assert told.value.filename == str(path)
    assert path.lstat()[:3] == before[:3]
    assert set(tmp_path.iterdir()) == {path, tmp_path / "device"}
