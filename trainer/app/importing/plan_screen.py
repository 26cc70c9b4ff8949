"""What an import would do is planned and done in a worker: files are read and written."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from textual.message import Message

from trainer.app.kit.screen import OutcomeScreen
from trainer.errors import TrainerError
from trainer.material.importing import Plan

_Outcome = TypeVar("_Outcome")


class PlanScreen(OutcomeScreen[_Outcome]):
    """Plans an import and saves it; a subclass says what comes of either, and asks in between."""

    @dataclass
    class Planned(Message):
        """What saving would do is known."""

        plan: Plan

    @dataclass
    class Saved(Message):
        """It was saved."""

        plan: Plan

    @dataclass
    class Refused(Message):
        """It could not be saved."""

        error: TrainerError

    def __init__(self, take_in: Callable[[Plan], None]) -> None:
        self._take_in = take_in
        self.working = False
        """Whether it is being planned or saved, or was saved."""
        super().__init__()

    def plan(self, planning: Callable[[], Plan]) -> None:
        """Look what saving would change."""
        self._work(lambda: self.Planned(planning()))

    def save(self, plan: Plan) -> None:
        """Make the changes of a plan."""

        def work() -> Message:
            self._take_in(plan)
            return self.Saved(plan)

        self._work(work)

    def planned(self, plan: Plan) -> None:
        """Save what was planned, or ask first."""
        raise NotImplementedError

    def saved(self, plan: Plan) -> None:
        """Go on with what was saved."""
        raise NotImplementedError

    def refused(self, error: TrainerError) -> None:
        """Say why it could not be planned or saved."""
        raise NotImplementedError

    def _work(self, work: Callable[[], Message]) -> None:
        self.working = True
        self.run_worker(partial(self._try, work), thread=True, exclusive=True)

    def _try(self, work: Callable[[], Message]) -> None:
        try:
            self.post_message(work())
        except TrainerError as error:
            self.post_message(self.Refused(error))

    def on_plan_screen_planned(self, message: Planned) -> None:
        """Let the subclass go on."""
        self.working = False
        self.planned(message.plan)

    def on_plan_screen_saved(self, message: Saved) -> None:
        """Let the subclass go on; nothing more can be saved here."""
        self.saved(message.plan)

    def on_plan_screen_refused(self, message: Refused) -> None:
        """Let the subclass say why."""
        self.working = False
        self.refused(message.error)
