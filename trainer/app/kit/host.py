"""What the app does for a feature; only types, which nothing needs at run time."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from textual.notifications import SeverityLevel
from textual.screen import Screen

from trainer.app.kit.places import Place
from trainer.app.kit.settings import Settings
from trainer.engine.choice import SessionChoice
from trainer.material.changes import Way
from trainer.material.fields import Field

if TYPE_CHECKING:
    from trainer.engine.drills import DrillRun

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class Editable(Protocol[_T_co]):
    """Texts open for editing, and how they are saved."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What can be edited."""

    def save(self, values: Sequence[str | bool]) -> _T_co | None:
        """Save values, one a field; None if none of them is another. Raises TrainerError."""

    def knowing(self, present: Mapping[Way, Any]) -> Self:
        """Return the same for somebody who was told what stands there by now."""


class Host(Protocol):
    """What the app does for a feature."""

    def show(self, screen: Screen[None]) -> None:
        """Show a screen over Today, in the place of any other."""

    def show_today(self, notice: str = "") -> None:
        """Go back to Today, and say something there."""

    def go_to(self, place: Place) -> None:
        """Show a place."""

    def back(self) -> None:
        """Show the place that was shown last."""

    def take_back(self) -> None:
        """Take the learner's last answer back, and put its question again."""

    def begin(self, choice: SessionChoice) -> None:
        """Start a session; where the choice has nothing for today, it brings more."""

    def take(self, run: "DrillRun", end: Callable[[], object]) -> None:
        """Ask the questions of a drill, and go on with `end` once it is over or left."""

    @property
    def machine(self) -> Settings:
        """What is set on this computer."""

    def set_machine(self, name: str, value: str | bool) -> None:  # noqa: FBT001 — a value as it is kept
        """Change theme, motion or plain from now on, and tell why it is not kept for the next time."""

    def hand_over(self, name: str, page: Callable[[], str], save: Callable[[], Path]) -> str:
        """Hand over a page that prints, under a file's name; return what there is to say of it.

        Where files are written `save` writes it and returns its path; elsewhere `page` returns it as HTML.
        Raises TrainerError.
        """

    def download(self, name: str, content: str) -> str:
        """Have a browser keep a file; return what there is to say. There is none where files are written."""

    def open_feature(self, name: str) -> None:
        """Open another feature, by its name, in the place of the screen that is shown."""

    def prepare(self, work: Callable[[], _T], then: Callable[[_T], None]) -> None:
        """Do long work in a thread, and go on with its outcome unless the learner has left the place by then.

        If the work raises TrainerError, Today tells it.
        """

    def edit(
        self,
        draft: Editable[_T],
        topic: str,
        advice: str,
        then: Callable[[_T | None], None],
        *,
        verb: str = "Save",
    ) -> None:
        """Open texts for editing over the screen that is shown, and go on with what was saved, or None.

        `verb` is what saving them is called.
        """

    def edit_card(self, card: str, then: Callable[[], None]) -> None:
        """Open the texts behind a card, by its id, over this screen, and go on if they were changed."""

    def push_screen(self, screen: Screen[_T], callback: Callable[[_T | None], None] | None = None) -> object:
        """Show a screen over the one that is shown, and go on with its outcome."""

    def notify(self, message: str, *, markup: bool, severity: SeverityLevel = ..., timeout: float) -> None:
        """Say something for some seconds, over whatever is shown."""
