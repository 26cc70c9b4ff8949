"""A drill in the app, of a team in a database: sent, waiting while its server is down, and told to leads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.stage import running
from tests.clocks import FakeClock
from tests.learners import begun
from tests.postgres import Server
from tests.sharing.drills import published
from trainer.app.drill.feature import _looked
from trainer.app.drill.result_screen import ResultScreen
from trainer.app.team.screen import TeamScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine import team_database
from trainer.engine.team import Team
from trainer.home import Home
from trainer.sharing.postgres.address import Address

pytestmark = pytest.mark.slow
QUESTIONS = 4


class Casting:
    def __init__(self, folder: Path, server: Server) -> None:
        self.server, self.database = server, server.database()
        self.home, self.clock = Home(folder / "home"), FakeClock()
        self.lead_home = Home(folder / "lead")
        begun(self.home, "anna")
        begun(self.lead_home, "lead")
        self.lead = Team(self.lead_home, "lead", self.clock)
        address = Address(server.address(self.database))
        self._join(self.lead, team_database.create(self.lead, address, "Casting", "Lead"))
        self.lead.publish(published(count=QUESTIONS, seed=2))
        self.anna = Team(self.home, "anna", self.clock)
        self._join(self.anna, team_database.invite(self.lead, "Anna"))
        self.anna.drills()
        _looked.clear()

    def _join(self, team: Team, invited: team_database.Invited) -> None:
        address = team_database.read_invitation(invited.text.encode())
        assert team.join(team.plan_join(address, invited.name)).problem == ""


@pytest.fixture
def team(tmp_path: Path, server: Server) -> Iterator[Casting]:
    found = Casting(tmp_path, server)
    yield found
    server.drop(found.database)


async def test_a_drill_is_taken_and_leads_are_told(team: Casting) -> None:
    async with running(team.home, clock=team.clock) as stage:
        assert "“Red flags”   4 questions" in stage.text
        await stage.press("D")
        told = " ".join(stage.text.replace("│", " ").split())
        assert "The leads of the team, and whoever runs the database postgresql://127.0.0.1" in told
        assert "trainer_" not in told
        await stage.press("enter")
        for _ in range(QUESTIONS):
            await stage.press("0", "enter")
        stage.on(ResultScreen)
        await stage.press("y")
        stage.on(TodayScreen)
        assert "Your result is sent." in stage.text
    async with running(team.lead_home, "lead", clock=team.clock) as stage:
        await stage.press("5", "T")
        stage.on(TeamScreen)
        assert "Anna" in stage.text
        assert "1 failed" in stage.text


async def test_a_result_waits_while_the_server_is_down(team: Casting) -> None:
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("D", "enter")
        team.server.stop()
        try:
            for _ in range(QUESTIONS):
                await stage.press("0", "enter")
            await stage.press("y")
            stage.on(TodayScreen)
            assert "can't be reached" in stage.text
            assert "Nothing is lost" in stage.text
        finally:
            team.server.start()
    assert len(team.anna.waiting) == 1
    assert team.anna.send().problem == ""
    assert team.anna.waiting == []
