"""The same drill as in a shared folder, in a database whose server is killed in the middle."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.test_drills_in_a_team import _LATER, QUESTIONS, Recruiter, answers, older_sheets, typed
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
    return {
        name: Invited(tmp_path, name) for name in ("lead", "anna", "ben", "cara", "dan", "eve", "finn", "gus")
    }


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
    file = tmp_path / "levels.drill.toml"
    decks = ("ASM/levels", "ASM/synonyms")
    lead.run(
        "drill",
        "new",
        "Levels",
        *decks,
        "-n",
        str(QUESTIONS),
        "--due",
        "today",
        "--seed",
        "0",
        "--into",
        file,
    )
    lead.run("drill", "publish", file)
    (copy / "drills").mkdir(parents=True)
    lead.run("drill", "publish", file, "--to", copy / "drills" / "levels.drill.toml")
    for name in list(people)[1:]:
        lead.run("team", "invite", name.title(), "--to", tmp_path / f"{name}.invitation")
        people[name].join()

    at_once = [people["anna"].start(), people["ben"].start()]
    said = [typed(answers(copy)), typed(answers(copy, wrong=(0, 1)))]
    for process, text in zip(at_once, said, strict=True):
        assert process.stdin
        process.stdin.write(text)
        process.stdin.flush()
    for name, process in zip(("anna", "ben"), at_once, strict=True):
        out, err = process.communicate()
        assert (process.returncode, err) == (0, ""), out
        people[name].noted(out)

    _while_the_server_is_killed(people["cara"], copy, server)

    out, err = people["dan"].start(days=2).communicate(typed(answers(copy)))
    assert "Sent." in people["dan"].noted(out), err

    people["eve"].run("drill", "take", typed=typed(answers(copy, wrong=(0, 1, 2))))
    _forged(people["eve"])

    _while_the_server_is_away(people["finn"], lead, copy, server)

    older_sheets(people["gus"])
    people["gus"].run("drill", "take", typed=typed(answers(copy)))

    found = json.loads(lead.run("team", "report", "--format", "json"))
    standing = {row["who"]: (row["state"], row["best"], row["late"]) for row in found["drills"][0]["people"]}
    assert standing == {
        "Anna": ("passed", 100, False),
        "Ben": ("failed", 60, False),
        "Cara": ("passed", 80, False),
        "Dan": ("not started", None, False),
        "Eve": ("failed", 40, False),
        "Finn": ("passed", 100, False),
        "Gus": ("passed", 100, False),
    }
    assert [each for each in found["to_look_at"] if "which is ahead" in each]
    report = ("team", "report", "--format", "json", "--home", str(lead.home), "--recruiter", "lead")
    later = subprocess.run(
        [sys.executable, "-c", _LATER, "3", *report], capture_output=True, text=True, check=True
    )
    by_then = {row["who"]: row for row in json.loads(later.stdout)["drills"][0]["people"]}
    assert (by_then["Dan"]["state"], by_then["Dan"]["late"]) == ("passed", True)
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
    process = cara.start()
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n".join(["", *numbers[:3], ""]))
    process.stdin.flush()
    seen = ""
    while "[3 done" not in seen:
        seen += process.stdout.read(1)
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
