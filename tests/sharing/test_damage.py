"""What of a member's files at home can't be read: it stops no other drill, the doctor names and mends it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.commands import ran
from tests.sharing.casting import Casting
from tests.sharing.copies import emptied, folder, pipe
from tests.sharing.drills import published
from trainer.engine.drills import to_take
from trainer.errors import DrillError, TeamError
from trainer.sharing.attempt import read
from trainer.sharing.damage import damaged

pytestmark = pytest.mark.slow
NOW = FakeClock()()


@pytest.fixture
def team(tmp_path: Path) -> Casting:
    """Anna has taken one drill and agreed to send its result; another one is open."""
    team = Casting(tmp_path, attempts=2)
    team.lead.team.publish(published(title="Later", count=3, seed=3))
    team.anna.take(team.drill, rightly=False, wanted=team.drill.drill.title)
    return team


def noise(path: Path) -> None:
    path.write_bytes(b"\0\xff noise \n" * 9)


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


KINDS = [noise, emptied, folder, pipe, loop]
WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="has no pipes there, and links need a right")


@WINDOWS
@pytest.mark.parametrize("spoil", KINDS)
def test_a_damaged_attempt_stops_no_other_drill(team: Casting, spoil: Callable[[Path], None]) -> None:
    log = team.anna.log(team.drill)
    spoil(log)
    mine = team.anna.team
    rows, problems = mine.drills()
    assert [row.drill.drill.title for row in rows] == ["Later"]
    (problem,) = problems
    assert str(log) in problem
    assert [row.drill.drill.title for row in mine.known()] == ["Later"]
    assert not mine.has_offers
    assert to_take(mine).drill.drill.title == "Later"
    with pytest.raises((DrillError, TeamError)):
        to_take(mine, team.drill.drill.title)


@WINDOWS
@pytest.mark.parametrize("name", ["member.json", "agreed.jsonl", "attempts", "address.json"])
@pytest.mark.parametrize("spoil", KINDS)
def test_it_is_found_and_mended(team: Casting, spoil: Callable[[Path], None], name: str) -> None:
    own = team.anna.team.own
    path = team.anna.log(team.drill) if name == "attempts" else own.folder / name
    path.touch()
    spoil(path)
    if name == "agreed.jsonl" and spoil is emptied:
        assert not list(damaged(own))
        return
    (found,) = damaged(own)
    assert (found.path, bool(found.mend)) == (path, True)
    assert found.mend
    kept = found.mend(NOW)
    assert kept
    assert kept.name.startswith(f"{path.name}.damaged-")
    assert os.path.lexists(kept)
    assert not list(damaged(own))
    assert own.erase()[1] == ([kept] if kept.is_dir() else [])


def test_the_command_names_and_mends_it(team: Casting) -> None:
    log, home = team.anna.log(team.drill), ("--home", team.anna.home.root)
    noise(log)
    told = ran("doctor", *home)
    assert (told.status, str(log) in told.out, "is damaged, so that its drill" in told.out) == (1, True, True)
    mended = ran("doctor", "--fix", "--recruiter", "anna", *home)
    assert (mended.status, mended.err) == (0, ""), mended
    assert "is mended as far as it can be" in mended.out


def test_what_can_be_read_of_it_is_kept(team: Casting) -> None:
    own, log = team.anna.team.own, team.anna.log(team.drill)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([lines[0], b"x" + lines[1], *lines[2:]]))
    agreed = [line for _, line in own.agreed()]
    (own.folder / "agreed.jsonl").write_bytes(
        b"".join([agreed[0], agreed[1].replace(b"anna", b"bela"), b"?\n"])
    )
    for each in damaged(own):
        assert each.mend
        each.mend(NOW)
    assert log.read_bytes() == b"".join([lines[0], *lines[2:]])
    assert next(line for _, line in own.agreed()) == agreed[0]
    assert b"?\n" not in (own.folder / "agreed.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("written", "instead"),
    [(b'Z"', b'"'), (b'"at":"20', b'"at":"00'), (b'"at":"20', b'"at":"99')],
)
def test_a_time_that_cant_be_is_damage(team: Casting, written: bytes, instead: bytes) -> None:
    log = team.anna.log(team.drill)
    data = log.read_bytes()
    assert written in data
    log.write_bytes(data.replace(written, instead))
    with pytest.raises(DrillError, match=r"is damaged: .*no time that can be"):
        read(log)


def test_a_record_that_is_open_elsewhere_keeps_its_team_as_it_is(team: Casting) -> None:
    log = team.anna.log(team.drill)
    noise(log)
    with team.anna.trainer():
        assert "open in another window" in ran("doctor", "--fix", "--home", team.anna.home.root).err
    assert log.read_bytes().startswith(b"\0\xff noise")
