"""A disk that fails when a test wants it to."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from trainer.progress import disk

CHANGES = ("open", "mkdir", "write", "fsync", "replace", "ftruncate")


class PowerCut(BaseException):
    """The process is gone: nothing that would still run may change the disk."""


class FaultyOs:
    """`os` as the module `disk` sees it. It lists its steps and fails at the chosen one.

    `written` is the part of the data, 0 to 1, that a failing write leaves behind.
    """

    def __init__(self) -> None:
        self.steps: list[str] = []
        self._fault: Callable[[str], BaseException | None] = lambda _step: None
        self._written = 0.0
        self._dead = False
        self._descriptors: dict[int, str] = {}

    def cut_power_at(self, step: int, written: float = 0.0) -> None:
        first = len(self.steps)
        self._fault = lambda _name: PowerCut() if len(self.steps) - first >= step else None
        self._written = written

    def fail(self, name: str, code: int = errno.ENOSPC, written: float = 0.0) -> None:
        """Let every call of one function fail with an error of the system."""
        self._fault = lambda step: OSError(code, os.strerror(code)) if step.split()[0] == name else None
        self._written = written

    def mend(self) -> None:
        self._fault = lambda _step: None

    def die(self) -> None:
        """Give back what the process had open, as the system does, and start a new one."""
        for descriptor in list(self._descriptors):
            with suppress(OSError):
                os.close(descriptor)
        self._descriptors.clear()
        self._dead = False
        self.mend()

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
            self.steps.append(f"{name} {self._name(target)}")
            if error := self._fault(self.steps[-1]):
                self._dead = isinstance(error, PowerCut)
                if name == "write":
                    os.write(target, rest[0][: int(len(rest[0]) * self._written)])
                raise error
            result = real(target, *rest)
            if name == "open":
                self._descriptors[result] = self._name(target)
            return result

        return call

    def _name(self, target: Any) -> str:
        if isinstance(target, int):
            return self._descriptors.get(target, "?")
        return Path(target).name


def install(monkeypatch: Any) -> FaultyOs:
    faulty = FaultyOs()
    monkeypatch.setattr(disk, "os", faulty)
    return faulty
