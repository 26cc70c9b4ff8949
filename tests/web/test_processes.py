"""Starting the process that sessions are forked from, and ending those that it left: nothing stays behind."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from trainer.errors import TrainerError
from trainer.web import limits, processes
from trainer.web.processes import Process, Processes


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def zombies() -> list[int]:
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    stats = {int(pid): Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2] for pid in children}
    return [pid for pid, stat in stats.items() if stat.startswith("Z")]


linux = pytest.mark.skipif(sys.platform != "linux", reason="it is looked at in /proc")


async def failed_starts(entry: str, folder: Path, times: int) -> None:
    starting = Processes(entry, ())
    for _ in range(times):
        with pytest.raises(TrainerError, match="does not start"):
            await starting.open(folder)
    await asyncio.sleep(0.01)  # what is closed by the loop


@linux
async def test_a_start_that_the_system_refuses_leaves_nothing(tmp_path: Path) -> None:
    before = descriptors()
    await failed_starts("tests.web.fake_app:run", tmp_path / "gone", 3)
    assert (descriptors(), zombies()) == (before, [])


@linux
@pytest.mark.slow
async def test_a_start_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = descriptors()
    await failed_starts("no.such:entry", tmp_path, 3)
    monkeypatch.setattr(limits, "START_PATIENCE", 0.001)
    await failed_starts("tests.web.fake_app:run", tmp_path, 1)
    assert (descriptors(), zombies()) == (before, [])


class Orphan:
    """What is left of a session once the process that forked it is gone."""

    def __init__(self, program: str) -> None:
        self.child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert self.child.stdout
        self.child.stdout.readline()
        self.pid = self.child.pid
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def close(self) -> None:
        pass


@linux
async def test_who_is_left_is_told_to_end_and_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "QUIT_PATIENCE", 0.05)
    before = descriptors()
    orphan = Orphan(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print(flush=True); time.sleep(60)"
    )
    processes._orphaned(cast("Process", orphan))
    assert await asyncio.to_thread(orphan.child.wait, 5) == -signal.SIGKILL
    orphan.child.communicate()
    await asyncio.sleep(0.01)
    assert descriptors() == before


@linux
async def test_the_number_of_who_has_ended_may_be_anothers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "QUIT_PATIENCE", 0.05)
    orphan = Orphan("import time; print(flush=True); time.sleep(60)")
    signals: list[Any] = []
    monkeypatch.setattr(os, "kill", lambda *sent: signals.append(sent))
    processes._orphaned(cast("Process", orphan))
    assert await asyncio.to_thread(orphan.child.wait, 5) == -signal.SIGTERM
    orphan.child.communicate()
    await asyncio.sleep(0.1)
    assert signals == [], "none goes to a number"
