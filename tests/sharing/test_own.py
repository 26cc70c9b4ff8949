"""What a member's home holds of a team, with two of their trainers at work, and in folders without locks."""

import errno
import json
import os
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.disks import read_only
from tests.sharing.casting import Casting
from tests.sharing.drills import NOW, published, result
from trainer.engine.drills import begin, to_take
from trainer.engine.team_computers import told_apart
from trainer.errors import DrillError, TeamError
from trainer.sharing.damage import damaged
from trainer.sharing.lines import encoded
from trainer.sharing.own import Access, Membership, OwnTeam, check_alias


@pytest.mark.parametrize("alias", ["🎭" * 60, "Anna B."])
def test_an_alias_may_be_longer_than_a_name_that_files_are_called_by(alias: str) -> None:
    assert check_alias(alias) == alias


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


def test_what_is_published_while_a_copied_home_is_told_apart_stays_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Casting(tmp_path)
    lead = team.lead.team
    own = lead.member
    sent = result(team.drill, int(own.member, 16), alias=own.alias)
    lead.place().submit(own.member, own.device, [encoded(sent)])  # by another copy of this home

    def slowly(*said: Any) -> tuple[Membership, str]:
        lead.publish(published(count=3, title="Other"))
        return told_apart(*said)

    monkeypatch.setattr("trainer.engine.team_sending.told_apart", slowly)
    assert "it is a copy of another" in lead.send().note
    assert list(lead.member.published) == ["red-flags", "other"]
    assert lead.member.device != own.device


@pytest.mark.skipif(sys.platform == "win32", reason="has no folders that only their mode closes")
def test_a_home_that_takes_nothing_is_told_by_all_that_a_team_does(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    lead, line = team.lead.team, team.anna.take(team.drill)
    for do in (
        lambda: lead.publish(published(count=3, title="Other")),
        lead.prune,
        lambda: lead.leave(lead.leave_line()),
        lambda: team.anna.team.agree(line, team.anna.team.readers),
        team.anna.team.forget,
    ):
        with read_only(lead.own.folder), read_only(team.anna.team.own.folder), pytest.raises(TeamError):
            do()
    with read_only(lead.own.folder):
        assert "can't be used" in lead.send().problem
        assert lead.drills()[1] == []
    assert team.lead.team.member.lead


_CANT_BE: list[tuple[str, object]] = [
    ("place", "/shares/te\0am"),
    ("place", "/shares/te\nam"),
    ("member", "a\0b"),
    ("member", "../../zz/x"),
    ("member", "0" * 16 + "\n"),
    ("device", "../x"),
    ("device", ""),
    ("alias", ""),
    ("alias", "\0"),
    ("alias", "x" * 201),
    ("joined", "2026-11-24T10:00:00"),
]


@pytest.mark.parametrize(("key", "value"), _CANT_BE)
def test_a_membership_that_cant_be_is_told_and_mended_by_the_doctor(
    tmp_path: Path, key: str, value: object
) -> None:
    own = OwnTeam(tmp_path / "anna")
    own.keep(Membership(place="/x", team="", name="", member="0" * 16, device="d", alias="A", joined=NOW))
    file = own.folder / "member.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {key: value}))
    with pytest.raises(TeamError, match=r"is damaged: .*doctor --fix") as told:
        own.membership()
    assert "Expected" not in str(told.value)
    (damage,) = damaged(own)
    assert damage.path == file
    assert damage.mend
    damage.mend(NOW)
    assert own.membership() is None


def test_what_steers_a_terminal_is_taken_out_of_the_names_of_a_membership(tmp_path: Path) -> None:
    own = OwnTeam(tmp_path / "anna")
    said = Membership(
        place="/x", team="", name="C\x1b[31m", member="0" * 16, device="d", alias="A\0", joined=NOW
    )
    own.keep(said)
    found = own.membership()
    assert found
    assert (found.name, found.alias) == ("C", "A")


@pytest.mark.parametrize("address", ["postgresql://a\0b@host/team", "postgresql://a@host/te\nam"])
def test_an_address_that_cant_be_is_told(tmp_path: Path, address: str) -> None:
    own = OwnTeam(tmp_path / "anna")
    own.keep_access(Access(addresses=(address,)))
    with pytest.raises(TeamError, match="is damaged"):
        own.access()


def test_a_line_that_nobody_could_read_is_not_agreed_to(tmp_path: Path) -> None:
    own = OwnTeam(tmp_path / "anna")
    with pytest.raises(TeamError, match="nobody could read it"):
        own.agree(encoded(result(published(count=3), 1, attempt=21)))
    assert own.agreed() == []
