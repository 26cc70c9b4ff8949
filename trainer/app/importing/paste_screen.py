"""Import: a page is pasted, or a file is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from trainer.app.importing.keys import PASTE_KEYS
from trainer.app.importing.page_files import PageFile, files_like, where_files_lie
from trainer.app.importing.paste_view import files_rows, head_rows
from trainer.app.kit.pasting_screen import PastingScreen
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.typed_path import path_of
from trainer.material.intake import Given, read_file, read_text

_LISTING = "listing"


class PasteScreen(PastingScreen):
    """Takes a page and reads it; below the boxes stand files that may be one."""

    BINDINGS: ClassVar[list[BindingType]] = list(PASTE_KEYS)

    @dataclass
    class Listed(Message):
        """The files that can be chosen are known."""

        files: Sequence[PageFile]

    def __init__(self, read: Callable[[Given], None], *, files: bool = True) -> None:
        self._then = read
        self._files: Sequence[PageFile] = ()
        self.files = RowList(lambda width: files_rows(self._files, width), id="files")
        super().__init__("Paste the page or the list here", "What you pasted is not imported.", files=files)

    def parts(self) -> list[Widget]:
        """Put the files below the boxes."""
        return [*super().parts(), *([self.files] if self.takes_files else [])]

    def on_mount(self) -> None:
        """Look which files there are."""
        self.top.show("Import a page", "")
        if self.takes_files:
            self._list("")

    def rows(self, width: int) -> list[Row]:
        """Say what to do."""
        return head_rows(width, hidden=len(self.box.page) if self.box.is_cut else 0)

    def read_text(self, text: str) -> Given:
        """Return the pages or the list in a text."""
        return read_text(text)

    def read_file(self, typed: str) -> Given:
        """Return the pages or the list in a file."""
        return read_file(path_of(typed))

    def go_on(self, found: Given) -> None:
        """Go on to what was found."""
        self._then(found)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter takes a file, where one is named or marked."""
        return (action == "take" and self.files.has_focus) or super().check_action(action, parameters)

    def action_take(self) -> None:
        """Read the file that is named, or take the line that is marked."""
        if self.files.has_focus:
            self._take(self.files.cursor)
        else:
            super().action_take()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._take(message.target)

    def on_paste_screen_listed(self, message: Listed) -> None:
        """Show the files."""
        self._files = message.files
        self.files.can_focus = bool(self._files)
        self.files.show(lambda width: files_rows(self._files, width))

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._list(message.value)

    def _take(self, target: str) -> None:
        """Open the folder of a line, or read its file."""
        chosen = next((file for file in self._files if file.path == target), None)
        if chosen is None:
            return
        self.entry.value = chosen.path
        self.entry.cursor_position = len(chosen.path)
        self.entry.focus()
        if not chosen.is_folder:
            self.take_file(chosen.path)

    def _list(self, typed: str) -> None:
        """Look for files in a worker: a folder may be long, or far away."""
        self.run_worker(partial(self._look, typed), thread=True, exclusive=True, group=_LISTING)

    def _look(self, typed: str) -> None:
        from textual.worker import get_current_worker  # noqa: PLC0415 — in the worker only

        worker = get_current_worker()
        files = files_like(typed, *where_files_lie())
        if not worker.is_cancelled:
            self.post_message(self.Listed(files))
