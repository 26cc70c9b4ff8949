"""A team in a database, by the commands of leads and recruiters: invited, joined, sent, told, and left."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from msgspec.structs import replace

from tests.commands import Done, ran
from tests.postgres import Server
from tests.sharing.drills import result
from trainer.engine.team import Team as OwnTeam
from trainer.engine.team_database import invite, read_invitation
from trainer.errors import TeamError
from trainer.home import Home
from trainer.sharing.lines import Result, decoded, encoded, id_of
from trainer.sharing.place import open_team_place
from trainer.sharing.postgres.place import PostgresPlace

pytestmark = pytest.mark.slow


class Team:
    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server, self.database = folder, server, server.database()
        self.address = f"postgresql://admin@{server.host}/{self.database}?sslmode=disable"
        made = self.told(
            "lead", "team", "create", self.address, "--name", "Casting", "--alias", "Lead", "--yes"
        )
        assert '"Casting" is made.' in made

    def run(self, who: str, *arguments: str | Path, typed: str = "") -> Done:
        return ran(*arguments, "--home", self.folder / who, "--recruiter", who, typed=typed)

    def told(self, who: str, *arguments: str | Path, typed: str = "") -> str:
        done = self.run(who, *arguments, typed=typed)
        assert (done.status, done.err) == (0, ""), done
        return done.out

    def refused(self, who: str, *arguments: str | Path, typed: str = "") -> str:
        done = self.run(who, *arguments, typed=typed)
        assert done.status == 2, done
        return done.err

    def joined(self, *names: str) -> None:
        for name in names:
            invitation = self.told("lead", "team", "invite", name.title())
            self.told(name, "team", "join", "-", "--alias", name.title(), "--yes", typed=invitation)

    def drill(self, *options: str, title: str = "Levels") -> None:
        file = self.folder / f"{title}.drill.toml"
        made = ("drill", "new", title, "ASM/levels", "-n", "4", "--seed", "1", "--into", file)
        self.told("lead", *made, *options)
        assert "levels in postgresql://" in self.told("lead", "drill", "publish", file)

    def own(self, who: str) -> OwnTeam:
        return OwnTeam(Home(self.folder / who), who)

    def send(self, who: str, wrong: int = 0) -> bytes:
        """Send a result as somebody who took the drill."""
        own = self.own(who)
        line = encoded(self.line(who, wrong))
        own.agree(line, own.readers)
        assert own.send().problem == ""
        return line

    def line(self, who: str, wrong: int = 0, **said: Any) -> Result:
        own = self.own(who)
        made = result(own.drill("levels"), 0, wrong, alias=own.member.alias, member=own.member.member)
        return replace(made, id=id_of("result", made.fingerprint, made.member, 1), **said)

    def states(self, who: str = "lead") -> dict[str, str]:
        found = json.loads(self.told(who, "team", "report", "--format", "json"))
        return {row["who"]: row["state"] for row in found["drills"][0]["people"]}


@pytest.fixture
def team(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    monkeypatch.setenv("PGPASSWORD", server.password)
    found = Team(tmp_path, server)
    yield found
    server.drop(found.database)


def test_leads_see_all_and_others_themselves(team: Team) -> None:
    team.joined("anna", "ben")
    team.drill()
    team.send("anna")
    team.send("ben", wrong=2)
    assert team.states() == {"Anna": "passed", "Ben": "failed"}
    assert team.states("ben") == {"Ben": "failed"}
    assert "those of others are for the leads" in team.told("ben", "team", "report")
    assert team.told("lead", "team", "members").splitlines() == ["Anna", "Ben", "Lead  (you, lead)"]
    assert team.told("ben", "team", "members").splitlines() == ["Ben  (you)", "Lead  (lead)"]
    summary = team.told("lead", "team", "report", "--summary")
    assert "2 of 2 members tried it, 1 passed, 75 % right at first attempts" in summary
    assert "Anna" not in summary
    assert team.told("lead", "team", "check").startswith("All in order")
    assert "those of others are for the leads" not in summary
    assert "those of others are for the leads" in team.told("ben", "team", "report", "--summary")


def test_an_invitation_lets_one_in_and_is_over_then(team: Team) -> None:
    file = team.folder / "anna.invitation"
    team.told("lead", "team", "invite", "Anna", "--to", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Anna  (invited, has not joined)" in team.told("lead", "team", "members")
    assert "nothing is written over" in team.refused("lead", "team", "invite", "Ben", "--to", file)
    before = file.read_text().splitlines()[-1]
    assert "--again is for a folder" in team.refused("anna", "team", "join", file, "--again", "--yes")
    shown = team.told("anna", "team", "join", file, "--yes")
    assert "The leads of the team, and whoever runs the database" in shown
    assert "sslmode=disable" in shown
    password = before.rpartition("@")[0].rpartition(":")[2]
    assert password not in shown
    assert "does not let you in" in team.refused("ben", "team", "join", file, "--yes")
    (own,) = (team.folder / "anna" / "teams").glob("*/address.json")
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert password not in own.read_text()
    assert "invited" not in team.told("lead", "team", "members")
    said = team.told("anna", "team")
    assert said.startswith(f'You are in the team "Casting" as anna: postgresql://{team.server.host}/')
    assert "trainer_" not in said


def opens(address: str) -> bool:
    """Return whether an address still lets somebody in."""
    try:
        open_team_place(address)
    except TeamError:
        return False
    return True


def test_an_invitation_is_over_when_one_joined_whatever_else_is_refused(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.drill()
    invitation = team.told("lead", "team", "invite", "Anna")
    own = team.own("anna")
    planned = own.plan_join(read_invitation(invitation.encode()), "Anna")
    strange = team.line("lead", drill="other", member=planned.membership.member, alias="Anna")
    with monkeypatch.context() as patched:
        patched.setattr(PostgresPlace, "set_password", refuse)
        own.join(planned)
    assert opens(read_invitation(invitation.encode()))
    own.agree(encoded(strange), own.readers)
    assert own.send().refused
    assert not opens(read_invitation(invitation.encode()))


def test_the_password_of_an_invitation_that_could_not_be_changed_is_when_the_app_looks_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = read_invitation(team.told("lead", "team", "invite", "Anna").encode())
    own = team.own("anna")
    with monkeypatch.context() as patched:
        patched.setattr(PostgresPlace, "set_password", refuse)
        own.join(own.plan_join(address, "Anna"))
    assert opens(address)
    assert own.waiting == []
    own.send_waiting()
    assert not opens(address)


def refuse(*_: object) -> None:
    raise TeamError("The server does not allow it.")


def test_an_address_with_a_password_is_no_argument(team: Team) -> None:
    address = team.server.address(team.database)
    for arguments in (("create", address, "--name", "x"), ("join", address), ("upgrade", address)):
        told = ran("team", *arguments, *(("--home", team.folder / "x") if arguments[0] != "upgrade" else ()))
        assert told.status == 2
        assert "others on this computer can read the command line" in told.err
        assert team.server.password not in told.out + told.err


def test_the_password_of_who_runs_it_is_asked_for(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGPASSWORD")
    typed = f"{team.server.password}\n"
    assert ran("team", "upgrade", team.address, typed=typed).out.endswith("All is up to date.\n")
    assert "does not let you in" in ran("team", "upgrade", team.address, typed="wrong\n").err
    assert "wants a password" in ran("team", "upgrade", team.address).err


def test_an_invitation_that_cant_be_written_is_none(team: Team) -> None:
    told = team.refused("lead", "team", "invite", "Anna", "--to", team.folder / "nowhere" / "x")
    assert "can't be used" in told
    assert team.told("lead", "team", "members") == "Lead  (you, lead)\n"


def test_what_is_no_invitation_is_told(team: Team) -> None:
    text = team.told("lead", "team", "invite", "Anna")
    address = text.splitlines()[-1]
    without = address.replace(address.partition("//")[2].partition("@")[0], "x")
    for wrong in ("", "hello", f"{address}\n{address}\n", without, "\0\xff", "x" * 20_000, address[:9]):
        assert "no invitation" in team.refused("anna", "team", "join", "-", "--yes", typed=wrong)
    team.told(
        "anna", "team", "join", "-", "--yes", typed=f"> {text}\r\n   {address}  \r\n".replace(address, "", 1)
    )


def test_no_password_is_in_the_log_of_a_server_that_notes_everything(team: Team) -> None:
    with team.server.admin() as admin:
        for setting in (
            "log_statement = 'all'",
            "log_min_messages = 'log'",
            "log_min_duration_statement = 0",
        ):
            admin.execute(f"alter database {team.database} set {setting}".encode())
    log = team.server.data / "log"
    before = len(log.read_text())
    invitation = team.told("lead", "team", "invite", "Anna")
    team.told("anna", "team", "join", "-", "--alias", "Anna", "--yes", typed=invitation)
    noted = log.read_text()[before:]
    assert "trainer.invite" in noted
    assert "alter role current_user password" in noted
    own = team.own("anna").own.access()
    assert own
    for address in (invitation.splitlines()[-1], *own.addresses):
        assert address.rpartition("@")[0].rpartition(":")[2] not in noted


def test_an_alias_is_taken_once(team: Team) -> None:
    team.joined("anna")
    invitation = team.told("lead", "team", "invite", "Other Anna")
    for alias in ("ANNA", "anna", "Anna"):
        told = team.refused("ben", "team", "join", "-", "--alias", alias, "--yes", typed=invitation)
        assert f'there is a "{alias}" in this team already' in told
        assert "Take another alias" in told
    team.told("ben", "team", "join", "-", "--alias", "Ben", "--yes", typed=invitation)


def test_names_are_names_whatever_is_in_them(team: Team) -> None:
    names = [
        "O'Brien",
        'Q "x"; drop table members--',
        "=1+1",
        "[red]x[x]",
        "%s {0}",
        "Zoë 李",
        "'; --",
        "$$",
    ]
    for number, name in enumerate(names):
        who = f"m{number}"
        invitation = team.told("lead", "team", "invite", name)
        team.told(who, "team", "join", "-", "--alias", name, "--yes", typed=invitation)
    team.drill()
    team.send("m0")
    assert team.told("lead", "team", "members").splitlines() == sorted(
        [*names, "Lead  (you, lead)"], key=lambda name: name.casefold()
    )
    table = team.told("lead", "team", "report", "--format", "csv")
    assert "'=1+1" in table
    assert team.states() == {name: "passed" if name == names[0] else "not started" for name in names}
    for name in names:
        team.told("lead", "team", "remove", name, "--yes")
    assert team.told("lead", "team", "members") == "Lead  (you, lead)\n"


def test_a_closed_drill_takes_no_more_results_and_is_offered_to_nobody(team: Team) -> None:
    team.joined("anna", "ben")
    team.drill()
    team.send("anna")
    late = encoded(team.line("ben"))
    team.told("lead", "drill", "close", "Levels")
    own = team.own("ben")
    own.agree(late, own.readers)
    told = own.send()
    assert (told.arrived, told.refused) == (0, {late: "the drill is closed"})
    assert "levels, attempt 1: the drill is closed." in told.problem
    assert own.waiting == [late]
    assert "Levels  (levels): 4 questions: closed" in team.told("ben", "drill")
    assert own.known() == []
    assert "is closed: your lead takes no more results" in team.refused("ben", "drill", "take", "levels")
    assert team.states() == {"Anna": "passed", "Ben": "not started"}


def test_what_is_refused_waits_and_holds_up_nothing_else(team: Team) -> None:
    team.joined("anna")
    team.drill()
    own = team.own("anna")
    forged = encoded(team.line("anna", right=4, decks={"levels": (9, 9)}))
    own.agree(forged, own.readers)
    assert own.send().refused == {forged: "its figures do not fit each other or the drill"}
    own.own.forget([forged])
    sent = team.send("anna", wrong=1)
    assert team.states() == {"Anna": "failed"}
    own.agree(encoded(team.line("anna")), own.readers)
    assert "was sent before with other figures; those count" in own.send().problem
    found = team.own("lead").place().results()
    assert [encoded(line) for line, _ in found.lines if line.id == decoded(sent.rstrip()).id] == [sent]


def test_who_leaves_leaves_nothing_but_that(team: Team) -> None:
    team.joined("anna", "ben")
    team.drill()
    team.send("anna")
    team.send("ben")
    team.told("anna", "team", "leave", "--yes")
    assert team.states() == {"Ben": "passed"}
    assert "1 of 1 member tried it, 1 passed" in team.told("lead", "team", "report", "--summary")
    assert team.told("lead", "team", "check").startswith("All in order")
    assert not list((team.folder / "anna" / "teams").glob("*/address.json"))
    with team.server.admin(team.database) as admin:
        assert admin.execute("select count(*) from trainer.members where alias = 'Anna'").fetchone() == (0,)
    team.joined("anna")
    assert "Anna" in team.told("lead", "team", "members")


def test_who_was_taken_out_is_told_and_can_come_back(team: Team) -> None:
    team.joined("anna")
    team.drill()
    team.send("anna")
    team.told("lead", "team", "remove", "Anna", "--yes")
    assert team.states() == {}
    for arguments in (("drill",), ("team", "report"), ("team", "leave", "--yes")):
        told = team.refused("anna", *arguments)
        assert "does not let you in" in told
        assert "ask a lead for a new invitation" in told
    assert "was not removed" in team.told("anna", "team", "leave", "--forget", "--yes")
    assert not list((team.folder / "anna" / "teams").glob("*/address.json"))
    assert "You are in no team" in team.refused("anna", "team")
    team.joined("anna")
    assert team.states() == {"Anna": "not started"}


def test_a_name_is_invited_once_and_can_always_be_taken_out(team: Team) -> None:
    team.joined("anna")
    for name in ("Anna", "ANNA", "lead"):
        told = team.refused("lead", "team", "invite", name)
        assert f'There is a "{name}" in this team already' in told
    invitation = team.told("lead", "team", "invite", "Ben")
    assert '"BEN" is invited already: remove that invitation first' in team.refused(
        "lead", "team", "invite", "BEN", "--to", team.folder / "ben.invitation"
    )
    assert not (team.folder / "ben.invitation").exists()
    other = team.told("lead", "team", "invite", "Cleo")
    team.told("cleo", "team", "join", "-", "--alias", "Ben", "--yes", typed=other)  # under another's name
    told = team.refused("lead", "team", "remove", "ben", "--yes")
    assert "--invitation takes the invitation back" in told
    assert "is taken back" in team.told("lead", "team", "remove", "ben", "--invitation", "--yes")
    assert 'Nobody is invited as "ben"' in team.refused(
        "lead", "team", "remove", "ben", "--invitation", "--yes"
    )
    assert team.told("lead", "team", "members").splitlines() == ["Anna", "Ben", "Lead  (you, lead)"]
    assert "does not let you in" in team.refused("x", "team", "join", "-", "--yes", typed=invitation)
    team.told("lead", "team", "remove", "bEN", "--yes")
    team.told("lead", "team", "remove", "ANNA", "--yes")
    assert team.told("lead", "team", "members") == "Lead  (you, lead)\n"


def test_of_two_who_invite_one_name_at_once_one_does(team: Team) -> None:
    lead, done, told = team.own("lead"), [], []

    def invite_anna() -> None:
        try:
            done.append(invite(lead, "Anna"))
        except TeamError as error:
            told.append(str(error))

    both = [Thread(target=invite_anna) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(done) == len(told) == 1
    assert '"Anna" is invited already' in told[0]


def test_who_left_comes_in_no_more_and_may_say_so_twice(team: Team) -> None:
    team.joined("anna")
    own = team.own("anna")
    membership, access = own.member, own.own.access()
    assert access
    own.leave(own.leave_line())
    with pytest.raises(TeamError, match=r"You are not in the team of .*: ask a lead for an invitation"):
        open_team_place(access.addresses[0])
    own.own.keep(membership)  # as after a kill before it was forgotten here
    own.own.keep_access(access)
    assert list(own.leave(own.leave_line())) == []
    assert own.membership is None


def test_what_is_older_than_the_team_keeps_is_removed_by_a_lead(team: Team) -> None:
    team.joined("anna", "ben")
    team.drill()
    team.send("anna")
    team.send("ben")
    with team.server.admin(team.database) as admin:
        admin.execute(
            "update trainer.results set started_at = '2023-01-01', ended_at = '2023-01-02' where passed"
        )
    assert team.told("lead", "team", "prune").startswith("Removed: 2 old results.\n")
    assert team.states() == {"Anna": "not started", "Ben": "not started"}
    assert team.told("lead", "team", "check").startswith("All in order")


def test_totals_that_are_not_what_the_results_come_to_are_told(team: Team) -> None:
    team.joined("anna")
    team.drill()
    team.send("anna")
    with team.server.admin(team.database) as admin:
        admin.execute("update trainer.totals set passed = passed + 1, item_rights[2] = 7")
    told = team.refused("lead", "team", "check")
    assert "levels: its totals are not what its results come to." in told
    assert "levels: its totals by question are not what its results come to." in told


def test_what_only_a_database_has_is_told_in_a_folder(team: Team) -> None:
    team.told("other", "team", "create", team.folder / "share", "--name", "Props", "--yes")
    for arguments in (("team", "invite", "x"), ("drill", "close", "x"), ("team", "remove", "x", "--yes")):
        assert "Your team's place is a folder" in team.refused("other", *arguments)
    assert team.told("other", "team", "check").startswith("All in order")
    assert "The team has no drill yet." in team.told("other", "team", "report", "--summary")


def test_what_members_may_not_is_told(team: Team) -> None:
    team.joined("anna")
    team.drill()
    for arguments in (
        ("team", "invite", "x"),
        ("drill", "close", "levels"),
        ("team", "remove", "Lead", "--yes"),
    ):
        assert "That is for leads of the team." in team.refused("anna", *arguments)
    invitation = team.told("lead", "team", "invite", "Ben")
    told = team.refused("ben", "team", "join", "-", "--lead", "--yes", typed=invitation)
    assert "Your invitation is not a lead's." in told
    lead = team.told("lead", "team", "invite", "Carl", "--lead")
    team.told("carl", "team", "join", "-", "--alias", "Carl", "--yes", typed=lead)
    assert "Carl  (you, lead)" in team.told("carl", "team", "members")


def test_without_the_right_to_make_roles_an_administrator_does_that_part(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database on a server that others run: the owner of the database may make no roles."""
    script = ran("team", "sql").out
    database = team.server.database()
    with team.server.admin(database) as admin:
        admin.execute("create role dba login password 'dba'")
        admin.execute(f'alter database "{database}" owner to dba'.encode())
    monkeypatch.setenv("PGPASSWORD", "dba")
    address = f"postgresql://dba@{team.server.host}/{database}?sslmode=disable"
    create = ("team", "create", address, "--name", "Props", "--alias", "Own", "--yes")
    assert '"trainer team sql" prints' in team.refused("owner", *create)
    with team.server.admin(database) as admin:
        admin.execute(script.encode())
        admin.execute("grant trainer_owner to dba")
        admin.execute("alter role trainer_owner nocreaterole")
    try:
        done = team.run("owner", *create)
        assert done.status == 1
        assert "An administrator of the database has to run this" in done.err
        todo = done.err.splitlines()[-1]
        assert "SCRAM-SHA-256" in todo
        with team.server.admin(database) as admin:
            admin.execute(todo.encode())
        team.told("owner", "team", "join", "-", "--alias", "Own", "--yes", typed=done.out)
        made = team.run("owner", "team", "invite", "Anna")
        with team.server.admin(database) as admin:
            admin.execute(made.err.splitlines()[-1].encode())
        team.told("pa", "team", "join", "-", "--alias", "Anna", "--yes", typed=made.out)
        assert team.told("owner", "team", "members").splitlines() == ["Anna", "Own  (you, lead)"]
    finally:
        with team.server.admin(database) as admin:
            admin.execute("alter role trainer_owner createrole")
        team.server.drop(database)


def test_who_runs_a_database_on_a_managed_server_makes_a_team(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may make roles and own the database, and are no superuser."""
    server = Server()
    try:
        with server.admin() as admin:
            admin.execute("create role master login createrole createdb password 'master'")
            admin.execute("create database casting owner master")
        monkeypatch.setenv("PGPASSWORD", "master")
        address = f"postgresql://master@{server.host}/casting?sslmode=disable&application_name=mine"

        def run(who: str, *arguments: str | Path, typed: str = "") -> Done:
            return ran(*arguments, "--home", tmp_path / who, "--recruiter", who, typed=typed)

        made = run("lead", "team", "create", address, "--name", "Casting", "--alias", "Lead", "--yes")
        assert made.status == 0, made
        assert "trainer: Only a superuser can take back large objects" in made.err
        assert "not the owner" not in made.err
        invitation = run("lead", "team", "invite", "Anna").out
        assert "mine" not in invitation
        joined = run("anna", "team", "join", "-", "--alias", "Anna", "--yes", typed=invitation)
        assert (joined.status, joined.err) == (0, "")
        assert run("lead", "team", "remove", "Anna", "--yes").out == "Anna is out of the team.\n"
        assert "does not let you in" in run("anna", "drill").err
        assert ran("team", "upgrade", address).out == "All is up to date.\n"
        with server.admin("casting") as admin:
            roles = admin.execute("select count(*) from pg_roles where rolname ~ '^trainer_[0-9a-f]{16}$'")
            assert roles.fetchone() == (1,)
    finally:
        server.remove()
