"""What a member's home holds of a team, with two of their trainers at work, and in folders without locks."""

import errno
import os
import sys
import threading
import warnings
from pathlib import Path

import pytest

from tests.sharing.casting import Casting
from trainer.engine.drills import begin, to_take
from trainer.errors import DrillError
from trainer.sharing.own import OwnTeam


def test_what_another_window_answered_meanwhile_is_not_begun_anew(tmp_path: Path) -> None:
    """It was offered in both before either began it, as by two commands that wait for Enter."""
    team = Casting(tmp_path)
    offered = to_take(team.anna.team)
    with team.anna.trainer() as engine:
        team.anna.answer(engine, 1, rightly=False)
    log = team.anna.log(team.drill)
    answered = log.read_bytes()
    with team.anna.trainer() as engine, pytest.raises(DrillError, match="begun in another window"):
        begin(engine, team.anna.team, offered)
    assert log.read_bytes() == answered
    assert to_take(team.anna.team).under_way


def test_what_is_agreed_to_while_others_are_forgotten_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Casting(tmp_path)
    own, real = team.anna.team.own, OwnTeam._write
    (joined,) = [line for _, line in own.agreed()]
    threads: list[threading.Thread] = []

    def write(self: OwnTeam, lines: list[bytes]) -> None:
        if not threads:
            threads.append(threading.Thread(target=own.agree, args=(joined,)))
            threads[0].start()
            threads[0].join(0.2)  # it can't do it now
        real(self, lines)

    monkeypatch.setattr(OwnTeam, "_write", write)
    own.forget([joined])
    threads[0].join()
    assert [line for _, line in own.agreed()] == [joined]


@pytest.mark.skipif(sys.platform == "win32", reason="takes its locks by another call")
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_team_works_where_the_folder_knows_no_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refuse)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        team = Casting(tmp_path)
        team.anna.take(team.drill)
        team.anna.team.leave(team.anna.team.leave_line())
    assert not list(tmp_path.rglob("*.held"))
