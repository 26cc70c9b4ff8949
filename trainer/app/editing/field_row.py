"""A field that is edited: its name, and below it the text or the tick."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from trainer.app.editing.keys import FIELD_KEYS, TICK_KEYS
from trainer.app.kit.phrases import said
from trainer.app.kit.text_box import TextBox
from trainer.clean import clean_line, clean_text
from trainer.material.fields import LONGEST, Field, Kind

_LOOKED_AT = 4 * LONGEST
"""Characters of a pasted text that are looked at: what is cleaned away leaves room for more."""


class FieldText(TextBox):
    """A text that wraps and grows; Enter and the arrows lead from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = list(FIELD_KEYS)

    def __init__(self, text: str, *, one_line: bool, offered: bool) -> None:
        super().__init__(text, compact=True, highlight_cursor_line=False)
        self._one_line, self._suggestion = one_line, text if offered else ""

    def on_focus(self) -> None:
        """Mark what is only suggested, so that typing takes its place."""
        if self._suggestion and self.text == self._suggestion:
            self.select_all()

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted text cleaned, as far as there is room."""
        event.prevent_default()
        clean = clean_line if self._one_line else clean_text
        room = max(0, LONGEST - len(self.text) + len(self.selected_text))
        self.replace(clean(event.text[:_LOOKED_AT])[:room], *self.selection, maintain_selection_offset=False)

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 — Textual's signature
        """Go a line up, from the first one to the field above."""
        if not select and self.navigator.is_first_wrapped_line(self.selection.end):
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 — the same
        """Go a line down, from the last one to the field below."""
        if not select and self.navigator.is_last_wrapped_line(self.selection.end):
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)


class FieldTick(Static, can_focus=True):
    """A sentence that is true or not."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = list(TICK_KEYS)

    class Changed(Message):
        """The tick was set or taken away."""

    def __init__(self, words: str, *, ticked: bool) -> None:
        super().__init__()
        self._words = words
        self.ticked = ticked

    def render(self) -> Content:
        """Paint the box and the sentence."""
        return Content("[x] " if self.ticked else "[ ] ") + said(self._words)

    def on_click(self) -> None:
        """Change it."""
        self.action_tick()

    def action_tick(self) -> None:
        """Set the tick, or take it away."""
        self.ticked = not self.ticked
        self.refresh()
        self.post_message(self.Changed())


class FieldRow(Vertical):
    """A field with its name and what is good to know."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._head = Static(self._named(here=False), classes="head")
        self.box: FieldText | FieldTick
        if isinstance(field.value, str):
            self.box = FieldText(field.value, one_line=field.kind is not Kind.TEXT, offered=field.offered)
        else:
            self.box = FieldTick(field.label, ticked=field.value)
            self._head.display = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Put the name above the box."""
        yield self._head
        yield self.box

    @property
    def value(self) -> str | bool:
        """What stands in it now."""
        return self.box.text if isinstance(self.box, FieldText) else self.box.ticked

    @property
    def changed(self) -> bool:
        """Whether something else stands in it than at first."""
        return self.value != self.field.value

    def on_descendant_focus(self) -> None:
        """Mark the name, not by colour alone, and give the advice."""
        self._mark(here=True)

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self._mark(here=False)

    def _mark(self, *, here: bool) -> None:
        self.set_class(here, "-here")
        self._head.update(self._named(here=here))

    def _named(self, *, here: bool) -> Content:
        name = said(self.field.label, "bold")
        return Content.assemble("› ", name, "  ", said(self.field.advice)) if here else Content("  ") + name
