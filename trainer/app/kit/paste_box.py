"""A box that takes a whole page from the clipboard, however long."""

import re

from textual import events

from trainer.app.kit.text_box import TextBox
from trainer.clean import clean_text
from trainer.material.page.source import LARGEST_PAGE

MOST = 20_000
"""Characters that can be edited; a glossary page has some five thousand. More is kept, but not shown."""

_LINE_ENDS = re.compile("\r\n?")


class PasteBox(TextBox):
    """Shows what was pasted, made plain; of a very long text only the beginning."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(compact=True, highlight_cursor_line=False, placeholder=placeholder)
        self._held = self._shown = ""
        self._pasted = self._pasted_shown = ""
        self.was_read = False
        """Whether what stands here was read: another page that is pasted takes its place."""

    @property
    def page(self) -> str:
        """All that was pasted or written."""
        if self.is_cut:
            return self._held
        return self._pasted if self._pasted and self.text == self._pasted_shown else self.text

    @property
    def is_cut(self) -> bool:
        """Whether only the beginning is shown; once that is edited, it is all there is."""
        return bool(self._held) and self.text == self._shown

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted text; what is too long to be laid out is kept aside."""
        event.prevent_default()
        event.stop()
        if self.was_read:
            self._held = ""
            self.select_all()
        room = MOST - len(self.text) + len(self.selected_text)
        if len(event.text) <= room:
            self._held = ""
            alone = self.selected_text == self.text
            self.replace(_plain(event.text), *self.selection, maintain_selection_offset=False)
            # What is shown has no tabs, and they part the columns of a list.
            self._pasted, self._pasted_shown = (event.text, self.text) if alone else ("", "")
            return
        before = "" if self.selected_text == self.text else self.page
        self._held = (before + event.text)[: LARGEST_PAGE + 1]
        self.load_text(_plain(self._held[:MOST]))
        self._shown = self.text

    def on_text_area_changed(self) -> None:
        """Remember that this was not read yet."""
        self.was_read = False


def _plain(text: str) -> str:
    """Return a text for the box: tabs part titles, so they stay wider than one space."""
    return clean_text(_LINE_ENDS.sub("\n", text).replace("\t", "  "))
