"""The questions of a drill before it is published: others are drawn by a key, and only yes publishes it."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from trainer.app.kit.feature import Back
from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.app.team.keys import DRAFT_KEYS
from trainer.engine.making import Made


class DraftScreen(RowScreen):
    """Shows what the drill would be; `again` draws other questions, `publish` puts it before the team.

    `back` goes back to what it was made of; without it the draft can be made again: leaving loses nothing.
    """

    lost = "The drill is not published, and its questions are kept nowhere."

    BINDINGS: ClassVar[list[BindingType]] = list(DRAFT_KEYS)

    def __init__(
        self,
        made: Made,
        publish: Callable[[Made], object],
        *,
        again: Callable[[], Made] | None = None,
        back: Callable[[], object] | None = None,
    ) -> None:
        self._made, self._publish, self._again, self._back = made, publish, again, back
        self._published = False
        super().__init__()

    def on_mount(self) -> None:
        """Show it from the top."""
        self.top.show("New drill", "nothing is published yet")
        self.show()

    def rows(self, width: int) -> list[Row]:
        """Lay out what it is and what it asks."""
        made = self._made
        rows = [BLANK, *text(made.draft.title, width, "bold $strong"), *text(f"{made.terms}.", width), BLANK]
        for number, words in enumerate(made.questions, 1):
            rows += hanging(Content.styled(f"  {number:2}  ", "$key"), said(words), width)
        rows += [BLANK, *text("Before they begin, all read:", width, "$quiet")]
        for words in made.told:
            rows += text(words, width, "$quiet", indent=4)
        return [*rows, BLANK]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what there is nothing for: other questions."""
        if action == "again":
            return self._again is not None
        return super().check_action(action, parameters)

    def action_again(self) -> None:
        """Draw other questions."""
        if self._again:
            self._made = self._again()
            self.show()

    def action_publish(self) -> None:
        """Publish it, once."""
        if not self._published:
            self._published = True
            self._publish(self._made)

    def action_back(self) -> None:
        """Go back; nothing is published."""
        if self._back:
            self._back()
        else:
            self.lead_on(Back())

    @property
    def unsaved(self) -> bool:
        """Whether quitting would lose what a lead has chosen."""
        return self._back is not None and not self._published
