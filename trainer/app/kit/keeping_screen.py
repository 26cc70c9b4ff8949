"""A list of what a learner chose: each change is kept at once."""

from collections.abc import Callable

from trainer.app.kit.feature import Back
from trainer.app.kit.screen import RowScreen
from trainer.errors import TrainerError


class KeepingScreen(RowScreen):
    """Shows a list that is changed line by line; a subclass lays it out, with what could not be kept."""

    def __init__(self) -> None:
        self.problem = ""
        """Why the last change could not be kept, empty if it was."""
        super().__init__()

    def keep(self, change: Callable[[], object]) -> bool:
        """Make a change, and return whether it could be; otherwise `problem` says why."""
        try:
            change()
        except TrainerError as error:
            self.problem = str(error)
        else:
            self.problem = ""
        return not self.problem

    def action_back(self) -> None:
        """Go back."""
        self.lead_on(Back())

    def on_row_list_moved(self) -> None:
        """Say what can be done with the line that is marked now."""
        self.call_after_refresh(self.bar.follow)
