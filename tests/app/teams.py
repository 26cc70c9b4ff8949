"""A team with a drill, a lead and Anna, for tests of the app."""

import json
from pathlib import Path

from tests.app.stage import Stage
from tests.clocks import FakeClock
from tests.learners import begun
from tests.sharing.drills import published
from trainer.app.drill.feature import _looked
from trainer.app.study.drill_screen import DrillScreen
from trainer.cards.card import Form, Question
from trainer.engine.team import Team
from trainer.home import Home
from trainer.sharing.drill import Published

QUESTIONS = 4


class Casting:
    def __init__(self, folder: Path, drill: Published) -> None:
        self.home, self.share, self.clock = Home(folder / "home"), folder / "share", FakeClock()
        self.drill = drill
        begun(self.home, "anna")
        lead = Team(Home(folder / "lead"), "lead", self.clock)
        lead.join(lead.plan_new(str(self.share), "Casting", "Lead"))
        lead.publish(drill)
        self.anna = Team(self.home, "anna", self.clock)
        self.anna.join(self.anna.plan_join(str(self.share), "Anna"))
        self.anna.drills()
        _looked.clear()

    @property
    def results(self) -> list[dict[str, object]]:
        lines = (
            line for path in (self.share / "results").iterdir() for line in path.read_text().splitlines()
        )
        return [line for each in lines if (line := json.loads(each))["kind"] == "result"]


def casting(tmp_path: Path, **said: object) -> Casting:
    return Casting(tmp_path, published(count=QUESTIONS, seed=2, **said))


async def answer(stage: Stage, *, right: bool = True) -> Question:
    """Choose a right or a wrong option by its digit."""
    screen = stage.on(DrillScreen)
    question = screen.session.question
    assert question
    assert question.form is Form.CHOOSE
    place = next(i for i, option in enumerate(question.options, 1) if option.right is right)
    await stage.press(str(place))
    return question
