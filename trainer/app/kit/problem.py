"""What went wrong, said between what stands on a screen and the keys, where it is always seen."""

from typing import TypeVar

from textual.app import ComposeResult
from textual.widgets import Static

from trainer.app.kit.phrases import said
from trainer.app.kit.screen import OutcomeScreen

_Outcome = TypeVar("_Outcome")


class Problem(Static):
    """A text that takes no room as long as there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def say(self, problem: str) -> None:
        """Show what went wrong."""
        self.update(said(f"! {problem}"))
        self.display = True

    def clear(self) -> None:
        """Say nothing more."""
        self.display = False


class ProblemScreen(OutcomeScreen[_Outcome]):
    """A screen with a place above the keys for what went wrong."""

    def __init__(self) -> None:
        self.problem = Problem()
        super().__init__()

    def compose(self) -> ComposeResult:
        """Put what went wrong between the parts and the keys."""
        *above, bar, too_small = super().compose()
        yield from (*above, self.problem, bar, too_small)
