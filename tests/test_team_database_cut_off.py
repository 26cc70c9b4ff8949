"""The way to a team's database breaks at each message: nothing is lost or there twice, and it is told."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.postgres import Server
from tests.sharing.drills import published, result
from tests.ways import Breaks, Way
from trainer.engine import team_database
from trainer.engine.team import Team
from trainer.errors import TeamError
from trainer.home import Home
from trainer.sharing import place as places
from trainer.sharing.drill import Published, fingerprint_of
from trainer.sharing.lines import encoded, id_of
from trainer.sharing.postgres import connection
from trainer.sharing.postgres.address import Address

pytestmark = pytest.mark.slow
_MOST = 60
"""Messages of a step at most."""


class Cut:
    """A team whose way to its database can be broken."""

    def __init__(self, folder: Path, server: Server, drill: Published) -> None:
        self.folder, self.server, self.database = folder, server, server.database()
        self.way = Way(server.port)
        self.admin = Address(server.address(self.database).replace(str(server.port), str(self.way.port)))
        self.lead = self.team("lead")
        made = team_database.create(self.lead, self.admin, "Casting", "Lead")
        self.lead.join(self.lead.plan_join(team_database.read_invitation(made.text.encode()), "Lead"))
        self.drill = drill

    def team(self, who: str) -> Team:
        return Team(Home(self.folder / who), who)

    def invitation(self, name: str) -> str:
        return team_database.read_invitation(team_database.invite(self.lead, name).text.encode())

    def joined(self, who: str) -> Team:
        team = self.team(who)
        assert team.join(team.plan_join(self.invitation(who), who.title())).problem == ""
        return team

    def line(self, team: Team) -> bytes:
        own = team.member
        made = result(self.drill, 0, member=own.member, alias=own.alias)
        return encoded(replace(made, id=id_of("result", made.fingerprint, made.member, 1)))

    def broken(self, how: Breaks, begin: Callable[[int], Callable[[], object]]) -> Iterator[int]:
        """Yield the number of each message at which a step breaks, after it was told; the way is whole again.

        `begin` prepares the step anew, and returns it.
        """
        for at in range(1, _MOST):
            step = begin(at)
            self.way.break_at(at, how)
            told = ""
            try:
                done = step()
                told = getattr(done, "problem", "")
            except TeamError as error:
                told = str(error)
            broke = self.way.mend()
            if not broke:
                assert not told
                return
            assert not told or "went away meanwhile" in told or "can't be reached" in told
            yield at
        pytest.fail("it never ends")


def renamed(drill: Published, number: int) -> Published:
    """Return another drill, which takes no time to make."""
    data = drill.data.replace(b'id = "red-flags"', f'id = "drill-{number}"'.encode(), 1)
    return Published(replace(drill.drill, id=f"drill-{number}"), fingerprint_of(data), data)


@pytest.fixture
def cut(tmp_path: Path, server: Server, drill: Published) -> Iterator[Cut]:
    found = Cut(tmp_path, server, drill)
    yield found
    found.way.close()
    server.drop(found.database)


@pytest.fixture(scope="module")
def drill() -> Published:
    return published()


BREAKS: tuple[Breaks, ...] = ("before", "after")


@pytest.mark.parametrize("how", BREAKS)
def test_joining_is_done_once_and_the_password_is_one_that_works(cut: Cut, how: Breaks) -> None:
    def begin(at: int) -> Callable[[], object]:
        team, invitation = cut.team(f"m{at}"), cut.invitation(f"M{at}")
        planned = team.plan_join(invitation, f"M{at}")
        return lambda: team.join(planned)

    tried = 0
    for at in cut.broken(how, begin):
        team = cut.team(f"m{at}")
        assert team.send().problem == ""
        assert team.waiting == []
        access = team.own.access()
        assert access
        assert (access.invited, len(access.addresses)) == (False, 1)
        tried = at
    assert tried > 5
    names = [each.alias for each in cut.lead.people()]
    assert len(names) == len(set(names)) == tried + 2


@pytest.mark.parametrize("how", BREAKS)
def test_a_result_is_there_once(cut: Cut, how: Breaks) -> None:
    cut.lead.publish(cut.drill)

    def begin(at: int) -> Callable[[], object]:
        team = cut.joined(f"m{at}")
        team.agree(cut.line(team), team.readers)
        return team.send

    tried = 0
    for at in cut.broken(how, begin):
        team = cut.team(f"m{at}")
        assert team.send().problem == ""
        assert team.waiting == []
        tried = at
    totals = cut.lead.place().totals()
    assert totals
    assert totals.drills[0].results == tried + 1 == totals.people
    assert team_database.check(cut.lead) == []


@pytest.mark.parametrize("how", BREAKS)
def test_leaving_is_done_again_and_leaves_nothing(cut: Cut, how: Breaks) -> None:
    cut.lead.publish(cut.drill)

    def begin(at: int) -> Callable[[], object]:
        team = cut.joined(f"m{at}")
        team.agree(cut.line(team), team.readers)
        team.send()
        return lambda: team.leave(team.leave_line()) and None

    for at in cut.broken(how, begin):
        team = cut.team(f"m{at}")
        if team.membership:
            team.leave(team.leave_line())
        assert team.membership is None
    assert [each.alias for each in cut.lead.people()] == ["Lead"]
    assert team_database.check(cut.lead) == []


@pytest.mark.parametrize("how", BREAKS)
def test_a_drill_is_published_and_closed_once(cut: Cut, how: Breaks) -> None:
    def begin(at: int) -> Callable[[], object]:
        drill = renamed(cut.drill, at)

        def publish_and_close() -> None:
            cut.lead.publish(drill)
            team_database.close(cut.lead, drill.drill.id)

        return publish_and_close

    for at in cut.broken(how, begin):
        cut.lead.publish(renamed(cut.drill, at))
        team_database.close(cut.lead, f"drill-{at}")
    rows, problems = cut.lead.drills()
    assert problems == []
    assert all(row.drill.closed for row in rows)
    assert len(rows) > 5


def test_what_a_lead_asks_for_is_told_to_have_failed(cut: Cut) -> None:
    cut.lead.publish(cut.drill)
    numbers = count()  # the invitation before may be there, unheard of
    asked: list[Callable[[], object]] = [
        cut.lead.report,
        cut.lead.summary,
        cut.lead.people,
        cut.lead.prune,
        lambda: team_database.check(cut.lead),
        lambda: team_database.invite(cut.lead, f"Anna {next(numbers)}"),
    ]
    for how in BREAKS:
        for each in asked:

            def begin(at: int, each: Callable[[], object] = each) -> Callable[[], object]:
                return each

            assert len(list(cut.broken(how, begin))) > 5
    assert cut.lead.report().drills[0].rows == []


def test_making_a_team_that_was_cut_off_is_done_again(cut: Cut) -> None:
    for how in BREAKS:
        database = cut.server.database()
        address = Address(cut.admin.secret.replace(cut.database, database))

        def begin(at: int, how: Breaks = how, address: Address = address) -> Callable[[], object]:
            team = cut.team(f"{how}{at}")
            return lambda: [team_database.create(team, address, "Casting", "Lead")]

        assert len(list(cut.broken(how, begin))) > 5
        team = cut.team(f"last-{how}")
        made = team_database.create(team, address, "Last", "Lead")
        team.join(team.plan_join(team_database.read_invitation(made.text.encode()), "Lead"))
        assert team.report().name == "Last"
        cut.server.drop(database)


@pytest.mark.parametrize("at", [1, 3, 5])
def test_a_server_that_never_answers_is_not_waited_for(
    cut: Cut, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = cut.joined("anna")
    cut.lead.publish(cut.drill)
    team.agree(cut.line(team), team.readers)
    cut.way.break_at(at, "hangs")
    with monkeypatch.context() as impatient:
        impatient.setattr(places, "PATIENCE", 2.0)
        impatient.setattr(connection, "_CONNECT_IN", 2)
        told = team.send().problem
    assert "does not answer" in told or "can't be reached" in told
    assert '1 line waits here. "trainer drill send" tries again.' in told
    cut.way.mend()
    assert team.send().problem == ""
