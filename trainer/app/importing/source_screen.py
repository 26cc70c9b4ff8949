"""A page beside what was found on it; where there is no room for both, one in the place of the other."""

from collections.abc import Callable
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal

from trainer.app.importing.mending import Mending
from trainer.app.importing.mending_view import WINDOW, line_of, line_target, source_view
from trainer.app.importing.plan_screen import PlanScreen
from trainer.app.kit.row_list import Column, Row, RowList
from trainer.material.importing import Plan
from trainer.material.page.found import Found

_Outcome = TypeVar("_Outcome")

_TURNED = "-turned"
_BESIDE_FROM = 100


class SourceScreen(PlanScreen[_Outcome]):
    """Keeps a page and what was found on it at the same piece; a subclass says what is done with pieces."""

    # As Textual declares it, so that mypy does not take it for a class variable.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (80, "-normal"), (_BESIDE_FROM, "-beside")]  # noqa: RUF012

    def __init__(self, found: Found, save: Callable[[Plan], None]) -> None:
        self.mending = Mending(found)
        self._lines = found.text.split("\n")
        self._first = 1
        self.source = RowList(self._source_rows)
        super().__init__(save)
        self.page.id = "pieces"
        self.column.id = "sheet"
        self.source.can_focus = False

    def compose(self) -> ComposeResult:
        """Put the page beside what was found on it."""
        top, column, *rest = super().compose()
        yield top
        yield Horizontal(Column(self.source, id="source", can_focus=False), column)
        yield from rest

    def on_resize(self) -> None:
        """Lay both out anew."""
        super().on_resize()
        if self.is_beside:
            self._turn(to_page=False)

    @property
    def is_beside(self) -> bool:
        """Whether the page and what was found on it stand beside each other."""
        return self.size.width >= _BESIDE_FROM

    @property
    def is_turned(self) -> bool:
        """Whether the page stands in the place of what was found on it."""
        return self.has_class(_TURNED)

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        """Follow the mark on the other side."""
        self._follow(message.target)

    def _follow(self, target: str) -> None:
        line = line_of(target)
        if line is None:
            self._see_source()
        elif piece := self.mending.at_line(line):
            self.page.show(self.fitted, cursor=piece.target)
            self.page.bring(piece.target)
        self.call_after_refresh(self.bar.follow)

    def _see_source(self) -> None:
        """Mark the line of the page that the marked piece came from, and see it."""
        piece = self.mending.piece(self.page.cursor)
        line = piece.line if piece else 0
        if line and not self._first <= line < self._first + WINDOW:
            self._first = max(1, line - WINDOW // 2)
        self.source.show(self._source_rows, cursor=line_target(line) if line else "")
        if line:
            self.source.bring(line_target(line))

    def _source_rows(self, width: int) -> list[Row]:
        return source_view(self._lines, self._first, self.mending.lines, width)

    def _turn(self, *, to_page: bool) -> None:
        """Show the page or what was found, where there is no room for both."""
        self.set_class(to_page, _TURNED)
        self.source.can_focus = to_page
        (self.source if to_page else self.page).focus()
        self._see_source()
        self.page.bring(self.page.cursor)
        self.call_after_refresh(self.bar.follow)
