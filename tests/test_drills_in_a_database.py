"""The same drill as in a shared folder, in a database whose server is killed in the middle."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.recruiters import (
    NAMES,
    QUESTIONS,
    Recruiter,
    answered_three,
    answers,
    check_report,
    older_sheets,
    set_drill,
    take_at_once,
    take_two_days_late,
    typed,
)  # fmt: skip
from trainer.sharing.lines import Result, decoded, encoded

pytestmark = pytest.mark.slow


class Invited(Recruiter):
    """Somebody who joins by an invitation."""

    def join(self) -> None:
        invitation = self.home.parent / f"{self.name}.invitation"
        self.run("team", "join", invitation, "--alias", self.name.title(), "--yes")

    @property
    def address(self) -> str:
        (own,) = (self.home / "teams").glob("*/address.json")
        return str(json.loads(own.read_text())["addresses"][0])


@pytest.fixture
def people(tmp_path: Path) -> dict[str, Invited]:
    return {name: Invited(tmp_path, name) for name in ("lead", *NAMES)}


@pytest.fixture
def database(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    name = server.database()
    monkeypatch.setenv("PGPASSWORD", server.password)
    yield name
    server.drop(name)


def test_seven_take_a_drill_and_the_report_is_right_about_each(
    people: dict[str, Invited], tmp_path: Path, server: Server, database: str
) -> None:
    lead, copy = people["lead"], tmp_path / "copy"
    address = f"postgresql://admin@{server.host}/{database}?sslmode=disable"
    lead.run("team", "create", address, "--name", "Casting", "--alias", "Lead", "--yes")
    file = set_drill(lead)
    (copy / "drills").mkdir(parents=True)
    lead.run("drill", "publish", file, "--to", copy / "drills" / "levels.drill.toml")
    for name in NAMES:
        lead.run("team", "invite", name.title(), "--to", tmp_path / f"{name}.invitation")
        people[name].join()

    take_at_once(people, copy)
    _while_the_server_is_killed(people["cara"], copy, server)

    take_two_days_late(people["dan"], copy)
    people["eve"].run("drill", "take", typed=typed(answers(copy, wrong=(0, 1, 2))))
    _forged(people["eve"])

    _while_the_server_is_away(people["finn"], lead, copy, server)

    older_sheets(people["gus"])
    people["gus"].run("drill", "take", typed=typed(answers(copy)))

    check_report(lead, eve=("failed", 40, False))
    assert lead.run("team", "check").startswith("All in order")

    with server.admin(database) as admin:
        rows = admin.execute(
            "select line from trainer.lines union all select line from trainer.members where line is not null"
        ).fetchall()
    lines = [bytes(line).decode() for (line,) in rows]
    assert sorted(lines) == sorted(set().union(*(each.agreed for each in people.values())))
    assert len(lines) == 8 + 7


def _while_the_server_is_killed(cara: Invited, copy: Path, server: Server) -> None:
    """Take the drill, and have the server die after three answers: nothing is lost, and it is sent later."""
    numbers = answers(copy, wrong=(1,))
    process = answered_three(cara, numbers)
    server.stop("immediate")
    out, err = process.communicate("\n".join([*numbers[3:], "y", ""]))
    assert f"4 of {QUESTIONS} right, 80 %. Passed." in out
    assert "can't be reached" in err
    assert '1 line waits here. "trainer drill send" tries again.' in err
    cara.noted(out)
    server.start()
    assert "Sent." in cara.run("drill", "send", "--yes")
    assert "All that you agreed to is there." in cara.run("drill", "send", "--yes")


def _while_the_server_is_away(finn: Invited, lead: Invited, copy: Path, server: Server) -> None:
    """Take the drill as a file, and agree to send what waits until the server is back."""
    server.stop("fast")
    finn.run("drill", "take", status=2)
    finn.run("drill", "take", copy / "drills" / "levels.drill.toml", typed=typed(answers(copy)))
    server.start()
    assert "not started" in lead.run("team", "report").split("Finn")[1].splitlines()[0]
    assert "Sent." in finn.run("drill", "send")


def _forged(eve: Invited) -> None:
    """Try to send a better result, and to change the one that is there, with one's own access."""
    import psycopg

    with psycopg.connect(eve.address, autocommit=True) as own:
        row = own.execute("select line from trainer.said(null)").fetchone()
        assert row
        sent = decoded(bytes(row[0]).rstrip())
        assert isinstance(sent, Result)
        from msgspec.structs import replace

        better = encoded(replace(sent, right=QUESTIONS, items=(True,) * QUESTIONS))
        for line, why in (
            (better, "was sent before with other figures; those count"),
            (better.replace(b'"right":5', b'"right":9'), "was changed or damaged: its checksum is wrong"),
            (encoded(replace(sent, attempt=2)), "its id is not the one of this attempt"),
        ):
            refused = own.execute("select refused from trainer.submit(%b::bytea[])", ([line],)).fetchall()
            assert refused == [(why,)]
        for statement in ("update trainer.results set rights = 5", "delete from trainer.results"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(statement.encode())
