"""Import: a page is pasted, or a file is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from trainer.app.importing.keys import PASTE_KEYS
from trainer.app.importing.page_files import PageFile, files_like, path_of
from trainer.app.importing.paste_box import PasteBox
from trainer.app.importing.paste_view import files_rows, head_rows
from trainer.app.kit.entry import Entry
from trainer.app.kit.problem import ProblemScreen
from trainer.app.kit.row_list import Row, RowList
from trainer.errors import TrainerError
from trainer.material.intake import Given, read_file, read_text

_LONGEST_PATH = 4_096
_READING, _LISTING = "reading", "listing"


class PasteScreen(ProblemScreen[None]):
    """Takes a page and reads it; what is wrong with it is said in place."""

    CSS_PATH = "paste_screen.tcss"
    AUTO_FOCUS = "PasteBox"
    BINDINGS: ClassVar[list[BindingType]] = list(PASTE_KEYS)

    @dataclass
    class Read(Message):
        """Pages or a list were read."""

        found: Given

    @dataclass
    class Refused(Message):
        """What was given is no page."""

        error: TrainerError

    @dataclass
    class Listed(Message):
        """The files that can be chosen are known."""

        files: Sequence[PageFile]

    def __init__(self, read: Callable[[Given], None]) -> None:
        self._then = read
        self._files: Sequence[PageFile] = ()
        self._reading = False
        self.box = PasteBox("Paste the page or the list here")
        self.entry = Entry(_LONGEST_PATH, placeholder="or the name of a file")
        self.files = RowList(lambda width: files_rows(self._files, width), id="files")
        super().__init__()
        self.page.can_focus = False

    def parts(self) -> list[Widget]:
        """Put the box for the text above the one for a file."""
        return [self.page, self.box, self.entry, self.files]

    def on_mount(self) -> None:
        """Look which files there are."""
        self.top.show("Import a page", "")
        self._list("")

    def rows(self, width: int) -> list[Row]:
        """Say what to do."""
        return head_rows(width, hidden=len(self.box.page) if self.box.is_cut else 0)

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        return "Reading …" if self._reading and binding.id == "import.read" else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter takes a file, where one is named or marked."""
        if action == "take":
            return self.files.has_focus or (self.entry.has_focus and bool(self.entry.value.strip()))
        return super().check_action(action, parameters)

    def action_read(self) -> None:
        """Read what was pasted; if nothing was, the file."""
        if self.box.page.strip() or not self.entry.value.strip():
            self._read(partial(read_text, self.box.page))
        else:
            self._read_file(self.entry.value)

    def action_take(self) -> None:
        """Read the file that is named, or take the line that is marked."""
        if self.files.has_focus:
            self._take(self.files.cursor)
        else:
            self._read_file(self.entry.value)

    @property
    def unsaved(self) -> bool:
        """Whether what was pasted would be lost; what was read is in the hands of the screens above."""
        return bool(self.box.page.strip()) and (self.is_current or not self.box.was_read)

    def action_back(self) -> None:
        """Go back; what was pasted is thrown away only if that is said."""
        if self.box.page.strip():
            self._ask(lambda: self.dismiss(None))
        else:
            self.dismiss(None)

    def ask_to_quit(self) -> None:
        """Quit if what was pasted may be thrown away."""
        self._ask(self.app.exit)

    def _ask(self, then: Callable[[], object]) -> None:
        self.ask_to_lose("What you pasted is not imported.", "Go on here", then)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._take(message.target)

    def on_paste_screen_read(self, message: Read) -> None:
        """Go on to what was found."""
        self._done()
        self.box.was_read = True
        if self.is_current:
            self._then(message.found)

    def on_paste_screen_refused(self, message: Refused) -> None:
        """Say what is wrong; what was pasted stays."""
        self._done()
        self.problem.say(str(message.error))

    def on_paste_screen_listed(self, message: Listed) -> None:
        """Show the files."""
        self._files = message.files
        self.files.can_focus = bool(self._files)
        self.files.show(lambda width: files_rows(self._files, width))

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self.problem.clear()
        self.page.show(self.fitted)
        self.bar.follow()

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
            self._read_file(chosen.path)

    def _read_file(self, typed: str) -> None:
        self._read(lambda: read_file(path_of(typed)))

    def _read(self, reading: Callable[[], Given]) -> None:
        """Read in a worker: a saved web page may have megabytes."""
        if self._reading:
            return
        self._reading = True
        self.problem.clear()
        self.bar.follow()
        self.run_worker(partial(self._work, reading), thread=True, exclusive=True, group=_READING)

    def _work(self, reading: Callable[[], Given]) -> None:
        try:
            self.post_message(self.Read(reading()))
        except TrainerError as error:
            self.post_message(self.Refused(error))

    def _done(self) -> None:
        self._reading = False
        self.bar.follow()

    def _list(self, typed: str) -> None:
        """Look for files in a worker: a folder may be long, or far away."""
        self.run_worker(partial(self._look, typed), thread=True, exclusive=True, group=_LISTING)

    def _look(self, typed: str) -> None:
        from textual.worker import get_current_worker  # noqa: PLC0415 — in the worker only

        worker = get_current_worker()
        files = files_like(typed, Path.cwd(), Path.home())
        if not worker.is_cancelled:
            self.post_message(self.Listed(files))
