"""Real processes, really killed: every answer that was acknowledged is there, once."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tinydb import TinyDB

from .samples import is_consistent, opened

KILLS = 15

ANSWER_FOREVER = """
import itertools, sys
from pathlib import Path
from tests.progress.samples import CARDS, SCHEDULE, review
from trainer.memory.calendar import system_clock
from trainer.progress.progress import Progress

for session in itertools.count():
    with Progress.open(Path(sys.argv[1]), "anna", SCHEDULE) as progress:
        for number in range(7):
            given = review(progress, CARDS[number % len(CARDS)])
            print(progress.record(given, system_clock()), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_no_acknowledged_answer_is_lost_or_doubled(tmp_path: Path) -> None:
    path = tmp_path / "anna.json"
    acknowledged: list[int] = []
    for kill in range(KILLS):
        acknowledged += answer_until_killed(path, answers=1 + 3 * kill, pause=kill * 0.0007)
        if path.exists():
            with TinyDB(path, access_mode="r") as db:
                assert len(db.table("meta")) == 1
        with opened(path) as progress:
            history = progress.history()
            assert set(acknowledged) <= set(history)
            assert len(history) - len(set(acknowledged)) <= kill + 1  # answers that were never acknowledged
            assert is_consistent(progress)
    assert len(acknowledged) == len(set(acknowledged)) > KILLS


def answer_until_killed(path: Path, answers: int, pause: float) -> list[int]:
    """Let a process answer, kill it at a varied moment, and return the ids it acknowledged."""
    child = subprocess.Popen(
        [sys.executable, "-c", ANSWER_FOREVER, str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    assert child.stdout
    with child:
        lines = [child.stdout.readline() for _ in range(answers)]
        time.sleep(pause)
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    return [int(line) for line in lines if line.endswith("\n")]
