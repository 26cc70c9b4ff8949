"""The body of a screen: a list of rows, some of which can be chosen; and what it scrolls in.

One widget shows the whole body of a screen, so that a key is followed by one small paint.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.color import Color
from textual.containers import VerticalScroll
from textual.content import Content, Span
from textual.errors import NoWidget
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size, clamp
from textual.message import Message
from textual.messages import Update
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from trainer.app.kit.keys import ROW_KEYS
from trainer.clean import printable

MARGIN = 2
"""Cells at the left of every line that are free for the cursor's sign."""


class Row(Struct, frozen=True):
    """A line of the list, no wider than the list."""

    content: Content
    target: str = ""
    """What is chosen with this line; lines of one target stand together."""
    place: str = ""
    """A name for lines that can't be chosen, but are to be scrolled to."""


_NOTHING = Row(Content(""))

_CURSOR, _HOVER = "bold on $mark", "on $mark"
_NO_COLOUR = Color(0, 0, 0)

_Marks = tuple[bool, bool, bool]
"""Whether a line that can be chosen begins its target, has the cursor, has the mouse."""


_Line = tuple[str, tuple[Span, ...], _Marks | None]
_LINES_KEPT = 400
"""Painted lines that are kept: the bodies that a key may bring next, and some that were left."""


class _Look(NamedTuple):
    """All that makes a line what it is, but its text."""

    width: int
    side: int
    """Empty cells before a line."""
    style: Style
    filters: tuple[LineFilter, ...]

    def strip(self, content: Content) -> Strip:
        """Paint a line over the whole width."""
        plain = self.style.rich_style
        segments = [Segment(" " * self.side, plain)]
        for text, style in content.render(self.style, end="", parse_style=_style_of):
            segments.append(Segment(printable(text), style.rich_style))
        segments.append(Segment(" " * (self.width - self.side - content.cell_length), plain))
        strip = Strip(segments, self.width)
        for each in self.filters:
            strip = strip.apply_filter(each, self.style.background or _NO_COLOUR)
        return strip


def _style_of(style: str | Style) -> Style:
    """Return a style that a row names by the theme's colours: "bold $strong".

    Component classes would be worked out again, all of them, whenever the screen's styles are.
    """
    return style if isinstance(style, Style) else Style.parse(style)


FILLING = "-filling"
"""The class of a list that takes all the lines around it: it can change without a new layout."""

Builder = Callable[[int], Sequence[Row]]
"""Lays the rows out for a width in cells."""


class RowList(Widget, can_focus=True):
    """Shows lines; arrows and mouse move over those that can be chosen."""

    # Textual's own selection needs its own rendering; the terminal's, with Shift, does not.
    ALLOW_SELECT = False
    BINDINGS: ClassVar = list(ROW_KEYS)

    @dataclass
    class Chosen(Message):
        """A line was clicked."""

        target: str
        again: bool = False
        """Whether it is the second press of a double click."""

    @dataclass
    class Moved(Message):
        """Another line was marked by a key."""

        target: str

    def __init__(self, build: Builder, *, id: str | None = None) -> None:  # noqa: A002 — as Textual names it
        super().__init__(id=id)
        self._build = build
        self._laid: tuple[int, Sequence[Row]] | None = None
        self._cursor = self._hover = self._brought = self._down = ""
        self._look: _Look | None = None
        self._painted: LRUCache[_Line, Strip] = LRUCache(_LINES_KEPT)

    @property
    def cursor(self) -> str:
        """The target that is marked, empty if none is."""
        return self._cursor

    @property
    def read_from(self) -> Offset:
        """Where on the screen to read: the line that is marked, else what was brought into view, else all.

        Of what was scrolled out of sight it is the nearest line that is seen.
        """
        rows, wanted = self.rows(self.size.width), self._cursor or self._brought
        line = next((y for y, row in enumerate(rows) if wanted and wanted in {row.target, row.place}), 0)
        at = self.content_region.offset + Offset(0, line)
        with suppress(NoWidget):  # it is not laid out
            if seen := self.screen.find_widget(self).visible_region:
                return Offset(at.x, clamp(at.y, seen.y, seen.bottom - 1))
        return at

    def show(self, build: Builder, *, cursor: str = "") -> None:
        """Put other rows in the place of these."""
        before, marked = self._laid, {self._cursor, self._hover, cursor} - {""}
        self._build, self._cursor, self._hover, self._brought, self._laid = build, cursor, "", "", None
        # Laying the whole screen out anew costs more than painting: only where the height changes.
        if self._height_here() != self.size.height or before is None or before[0] != self.size.width:
            self.refresh(layout=True)
        elif changed := self._changed(before[1], marked):
            self.refresh(*changed)
            # Else this wish would reach the screen after what is to be done once the rows are painted.
            self.screen.post_message(Update(self))

    def rows(self, width: int) -> Sequence[Row]:
        """Return the lines for a width; there are none where the list has no room, as before it is shown."""
        if width <= 0:
            return ()
        if self._laid is None or self._laid[0] != width:
            self._laid = (width, self._build(width))
        return self._laid[1]

    def bring(self, place: str) -> None:
        """Scroll the lines of a target or a place into view after the next paint."""
        self._brought = place
        self.call_after_refresh(self._see, place)

    def _changed(self, before: Sequence[Row], marked: set[str]) -> list[Region]:
        """Return the lines that are not as they were painted."""
        width = self.size.width
        pairs = zip_longest(before, self.rows(width), fillvalue=_NOTHING)
        return [
            Region(0, y, width, 1)
            for y, (old, new) in enumerate(pairs)
            if not (old.content.is_same(new.content) and old.target == new.target) or new.target in marked
        ]

    def _height_here(self) -> int:
        """Return the lines that the list takes."""
        width, around = self.size.width, self.parent
        if not width or not isinstance(around, VerticalScroll):
            return -1
        lines = len(self.rows(width))
        return max(lines, around.size.height) if self.has_class(FILLING) else lines

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 — Textual's signature
        """Take all the width there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 — the same
        """Take a line each."""
        return len(self.rows(width)) if width else 0

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint lines; those that are as they were before are not painted again.

        Textual's own cache would have all lines of the list styled, padded and filtered for each paint.
        """
        look = _Look(
            self.outer_size.width, self.gutter.left, self.visual_style, tuple(self.get_line_filters())
        )
        if self._look != look:
            self._look = look
            self._painted.clear()
        rows = self.rows(look.width - self.gutter.width)
        strips = [self._line(rows, y, look) for y in crop.line_range]
        if crop.column_span != (0, look.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def prepare(self, rows: Sequence[Row]) -> None:
        """Paint lines that may be shown next, so that showing them takes no time then."""
        if self._look:
            for y in range(len(rows)):
                self._line(rows, y, self._look).render(self.app.console)

    def _line(self, rows: Sequence[Row], y: int, look: _Look) -> Strip:
        row = rows[y] if y < len(rows) else _NOTHING
        begins = bool(row.target) and not (y and rows[y - 1].target == row.target)
        marks = (begins, row.target == self._cursor, row.target == self._hover) if row.target else None
        line = (row.content.plain, tuple(row.content.spans), marks)
        strip = self._painted.get(line)
        if strip is None:
            strip = look.strip(self._marked(row.content, marks, look.width - self.gutter.width))
            self._painted[line] = strip
        return strip

    def _marked(self, content: Content, marks: _Marks | None, width: int) -> Content:
        """Return a line with the cursor's sign where it is, and what lies behind one that can be chosen."""
        if not marks:
            return content
        begins, cursor, hover = marks
        if cursor and begins:
            content = Content.styled("› ", "bold") + content[MARGIN:]
        if cursor or hover:
            content = content.pad_right(width - content.cell_length)
            return content.stylize_before(_CURSOR if cursor else _HOVER)
        return content

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 — the same
        """Leave the arrows to scrolling where nothing can be chosen."""
        return action != "move" or bool(self._targets())

    def action_move(self, step: int) -> None:
        """Mark the next target in a direction, and see it; up from the first, see what is above it."""
        targets = self._targets()
        if not targets:
            return  # a screen calls it too, and in some windows it has nothing to mark
        if step < 0 and self._cursor == targets[0] and isinstance(self.parent, VerticalScroll):
            self.parent.scroll_home(animate=False)
            return
        if self._cursor in targets:
            place = max(0, min(len(targets) - 1, targets.index(self._cursor) + step))
        else:
            place = 0 if step > 0 else len(targets) - 1
        self._cursor = targets[place]
        self.refresh()
        self._see(self._cursor)
        self.post_message(self.Moved(self._cursor))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what a click would choose."""
        self._hover_over(self._target_at(event))

    def on_leave(self) -> None:
        """Forget the mouse."""
        self._hover_over("")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Note what is pressed: it is chosen where the button is let go over the same."""
        self._down = self._target_at(event)

    def on_click(self, event: events.Click) -> None:
        """Choose the line under the mouse."""
        target = self._target_at(event)
        if target and target == self._down:
            event.stop()
            self.post_message(self.Chosen(target, again=event.chain > 1))

    def _targets(self) -> list[str]:
        rows = self.rows(self.size.width) if self.size.width else ()
        return list(dict.fromkeys(row.target for row in rows if row.target))

    def _target_at(self, event: events.MouseEvent) -> str:
        offset = event.get_content_offset(self)
        rows = self.rows(self.size.width)
        return rows[offset.y].target if offset and 0 <= offset.y < len(rows) else ""

    def _hover_over(self, target: str) -> None:
        if target != self._hover:
            self._hover = target
            self.refresh()

    def _see(self, target: str) -> None:
        column = self.parent
        places = [i for i, row in enumerate(self.rows(self.size.width)) if target in {row.target, row.place}]
        if not places or not isinstance(column, VerticalScroll):
            return
        height = min(places[-1] - places[0] + 1, column.size.height)
        top = places[0] + self.virtual_region.y + self.gutter.top
        column.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)


class Ground(Widget):
    """What lies under a page: it is painted with each line that changes, and is the same on every line.

    It stands last among the bases of a class: Textual takes styles from the first alone.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint one line, and take it for all."""
        return super().render_lines(Region(crop.x, crop.y, crop.width, min(1, crop.height))) * crop.height


_SIDEWAYS = {"left", "right", "ctrl+pageup", "ctrl+pagedown"}


class Column(VerticalScroll, Ground, inherit_bindings=False):
    """Scrolls up and down; the keys that would scroll sideways are left to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in VerticalScroll.BINDINGS
        if not (isinstance(binding, Binding) and binding.key in _SIDEWAYS)
    ]
