"""A disk that fails when a test wants it to, and forgets what was not brought to it."""

import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from trainer import disk
from trainer.progress import storage
from trainer.progress.lock import Lock

CHANGES = (
    *("open", "mkdir", "write", "fsync", "replace", "ftruncate"),
    *("link", "rename", "unlink", "rmdir", "chmod", "fchmod"),
)


class PowerCut(BaseException):
    """The process is gone: nothing that would still run may change the disk."""


class Loss(Enum):
    """What a power cut takes with it. A killed process takes nothing: the system has it all."""

    NOTHING = "nothing"
    DATA = "what was written and not synced, but no name"
    DATA_AND_NAMES = "what was written and not synced, and names in folders that were not synced"


class _File:
    """A file by itself, whatever its name: what of it is on the disk for good."""

    def __init__(self, synced: bytes) -> None:
        self.synced = synced


class FaultyOs:
    """`os` as the module `disk` sees it. It lists its steps and fails at the chosen one.

    `written` is the part of the data, 0 to 1, that a failing write leaves behind. Nothing is
    really synced, as no test cuts the power.
    """

    def __init__(self) -> None:
        self.steps: list[str] = []
        self._fault: Callable[[str], BaseException | None] = lambda _step: None
        self._written = 0.0
        self._dead = False
        self._descriptors: dict[int, Path] = {}
        self._files: dict[Path, _File] = {}
        self._safe: dict[Path, _File] = {}
        """The files by the names that are on the disk for good."""
        self.locks: list[_WatchedLock] = []

    def cut_power_at(self, step: int, written: float = 0.0) -> None:
        first = len(self.steps)
        self._files.clear()
        self._safe.clear()
        self._fault = lambda _name: PowerCut() if len(self.steps) - first >= step else None
        self._written = written

    def fail(self, name: str, code: int = errno.ENOSPC, written: float = 0.0) -> None:
        """Let every call of one function fail with an error of the system."""
        self._fault = lambda step: OSError(code, os.strerror(code)) if step.split()[0] == name else None
        self._written = written

    def mend(self) -> None:
        self._fault = lambda _step: None

    def die(self, loss: Loss = Loss.NOTHING) -> None:
        """Give back what the process had open, as the system does, and start a new one."""
        for descriptor in list(self._descriptors):
            with suppress(OSError):
                os.close(descriptor)
        self._descriptors.clear()
        for lock in self.locks:
            lock.free()
        self.locks.clear()
        self._dead = False
        self.mend()
        if loss is not Loss.NOTHING:
            self._lose(self._safe if loss is Loss.DATA_AND_NAMES else self._files)

    def _lose(self, left: dict[Path, _File]) -> None:
        for path in {*self._files, *self._safe}:
            path.unlink(missing_ok=True)
        for path, file in left.items():
            path.write_bytes(file.synced)
        self._files, self._safe = dict(left), dict(left)

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name == "close":
            return self._close
        return self._faulty(name, real) if name in CHANGES else real

    def _close(self, descriptor: int) -> None:
        self._descriptors.pop(descriptor, None)
        os.close(descriptor)

    def _faulty(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(target: Any, *rest: Any) -> Any:
            if self._dead:
                raise PowerCut
            path = self._descriptors.get(target) if isinstance(target, int) else Path(target)
            self.steps.append(f"{name} {_plain(path)}")
            if error := self._fault(self.steps[-1]):
                self._dead = isinstance(error, PowerCut)
                if name == "write":
                    os.write(target, rest[0][: int(len(rest[0]) * self._written)])
                raise error
            if name == "fsync":
                return self._synced(path)
            for each in (target, *rest):
                if name in {"open", "replace", "rename"} and isinstance(each, Path):
                    self._meet(each)
            result = real(target, *rest)
            if name == "open":
                self._opened(Path(target), result)
            elif name in {"replace", "rename"}:
                self._moved(Path(target), Path(rest[0]))
            return result

        return call

    def _moved(self, path: Path, name: Path) -> None:
        if moved := self._files.pop(path, None):  # folders are not watched
            self._files[name] = moved

    def _meet(self, path: Path) -> None:
        """Take a file that was there before this disk was watched for safe."""
        if path.is_file() and path not in self._files:
            self._files[path] = self._safe[path] = _File(path.read_bytes())

    def _opened(self, path: Path, descriptor: int) -> None:
        self._descriptors[descriptor] = path
        if not path.is_dir():
            self._files.setdefault(path, _File(b""))

    def _synced(self, path: Path | None) -> None:
        if path is None:  # opened before this disk was watched
            return
        if not path.is_dir():
            self._files[path].synced = path.read_bytes()
            return
        for each in [each for each in self._safe if each.parent == path]:
            del self._safe[each]
        here = {each: file for each, file in self._files.items() if each.parent == path and each.exists()}
        self._safe.update(here)


def _plain(path: Path | None) -> str:
    """Return a name without what is left to chance in that of a temporary file."""
    return re.sub(r"\.[0-9a-f]{8}\.tmp$", ".tmp", path.name) if path else "?"


class _NeverSynced:
    """`os`, but for syncing: for many small tries that no power cut follows."""

    def __getattr__(self, name: str) -> Any:
        return (lambda _descriptor: None) if name == "fsync" else getattr(os, name)


@contextmanager
def unsynced() -> Iterator[None]:
    """Bring nothing to the disk meanwhile, which is what takes time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "os", _NeverSynced())
        yield


class _WatchedLock(Lock):
    """A lock that the system can take back from a process that is gone."""

    def __init__(self, faulty: FaultyOs, *rest: Any) -> None:
        faulty.locks.append(self)
        super().__init__(*rest)

    def free(self) -> None:
        self._lock.release(force=True)


def install(monkeypatch: Any) -> FaultyOs:
    faulty = FaultyOs()
    monkeypatch.setattr(disk, "os", faulty)
    monkeypatch.setattr(storage, "Lock", partial(_WatchedLock, faulty))
    return faulty
