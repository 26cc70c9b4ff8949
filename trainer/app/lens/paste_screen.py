"""The lens: a piece of a résumé or a job advert is pasted, or its file is named."""

from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.binding import BindingType

from trainer.app.kit.layout import text
from trainer.app.kit.pasting_screen import PastingScreen
from trainer.app.kit.row_list import Row
from trainer.app.kit.typed_path import path_of
from trainer.app.lens.keys import LENS_PASTE_KEYS

if TYPE_CHECKING:
    from trainer.engine.spotting import Spotted, Spotting


class Shows(Protocol):
    """Shows what was found in a text, which may have been pasted."""

    def __call__(self, found: "Spotted", *, pasted: bool) -> None:
        """Show it."""


class LensPasteScreen(PastingScreen):
    """Takes a text, which is kept nowhere but here."""

    BINDINGS: ClassVar[list[BindingType]] = list(LENS_PASTE_KEYS)

    def __init__(self, learner: "Spotting", then: "Shows") -> None:
        self._learner, self._then = learner, then
        lost = "What you pasted will be gone: it is kept nowhere."
        super().__init__("Paste it here", lost, files=learner.rights.files)

    def on_mount(self) -> None:
        """Say where one is."""
        self.top.show("Lens", "")

    def rows(self, width: int) -> list[Row]:
        """Say what to do, and what becomes of it."""
        rows = text("Paste a piece of a résumé or a job advert. It is kept nowhere.", width)
        if self.box.is_cut:
            hidden = f"{len(self.box.page):,} characters were pasted; only the beginning is shown."
            rows += text(hidden, width, "$quiet")
        return rows

    def read_text(self, text: str) -> "Spotted":
        """Look at what was pasted."""
        return self._learner.look_at(text)

    def read_file(self, typed: str) -> "Spotted":
        """Look into a file."""
        return self._learner.look_in(str(path_of(typed)))

    def go_on(self, found: "Spotted") -> None:
        """Show what was found."""
        self._then(found, pasted=bool(self.box.page.strip()))
