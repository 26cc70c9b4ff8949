"""A text is pasted or a file is named, and read in a worker; what is wrong with it is said in place."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from trainer.app.kit.entry import Entry
from trainer.app.kit.paste_box import PasteBox
from trainer.app.kit.problem import ProblemScreen
from trainer.app.kit.typed_path import is_file_name
from trainer.errors import TrainerError

_LONGEST_PATH = 4_096
_READING = "reading"


class PastingScreen(ProblemScreen[None]):
    """A box for a text and, with `files`, one for a file's name; a subclass says what becomes of them."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")
    AUTO_FOCUS = "PasteBox"

    @dataclass
    class Read(Message):
        """What was given is read."""

        found: Any

    @dataclass
    class Refused(Message):
        """What was given can't be used."""

        error: TrainerError

    def __init__(self, placeholder: str, lost: str, *, files: bool) -> None:
        """Make the boxes; `lost` says what leaving throws away."""
        self.lost = lost
        self.takes_files = files
        self._reading = False
        self.box = PasteBox(placeholder)
        self.entry = Entry(_LONGEST_PATH, placeholder="or the name of a file")
        super().__init__()
        self.page.can_focus = False

    def parts(self) -> list[Widget]:
        """Put the box for the text above the one for a file."""
        return [self.page, self.box, *([self.entry] if self.takes_files else [])]

    def read_text(self, text: str) -> object:
        """Return what a text comes to; in a worker. Raises TrainerError."""
        raise NotImplementedError

    def read_file(self, typed: str) -> object:
        """Return what the file comes to that somebody named; in a worker. Raises TrainerError."""
        raise NotImplementedError

    def go_on(self, found: Any) -> None:
        """Go on with what was read."""
        raise NotImplementedError

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        is_read = (binding.id or "").endswith(".read")
        return "Reading …" if self._reading and is_read else binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter takes a file where one is named."""
        if action == "take":
            return self.entry.has_focus and bool(self.entry.value.strip())
        return super().check_action(action, parameters)

    def action_read(self) -> None:
        """Read what was pasted; if nothing was, the file."""
        if self.box.page.strip() or not self.entry.value.strip():
            self._read(partial(self._read_given, self.box.page))
        else:
            self.action_take()

    def _read_given(self, text: str) -> object:
        """Return what a text comes to, or the file whose name it is, as of one that was dropped there."""
        is_file = self.takes_files and is_file_name(text)
        return self.read_file(text.strip()) if is_file else self.read_text(text)

    def action_take(self) -> None:
        """Read the file that is named."""
        self.take_file(self.entry.value)

    def take_file(self, typed: str) -> None:
        """Read a file, where files can be named."""
        if self.takes_files:
            self._read(partial(self.read_file, typed))

    @property
    def unsaved(self) -> bool:
        """Whether what was pasted would be lost; what was read is in the hands of the screens above."""
        return bool(self.box.page.strip()) and (self.is_current or not self.box.was_read)

    def action_back(self) -> None:
        """Go back; what was pasted is thrown away only if that is said."""
        if self.box.page.strip():
            self.ask_to_lose(lambda: self.dismiss(None))
        else:
            self.dismiss(None)

    def on_pasting_screen_read(self, message: Read) -> None:
        """Go on to what was found."""
        self._done()
        self.box.was_read = True
        if self.is_current:
            self.go_on(message.found)

    def on_pasting_screen_refused(self, message: Refused) -> None:
        """Say what is wrong; what was pasted stays."""
        self._done()
        self.problem.say(str(message.error))

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self.problem.clear()
        self.page.show(self.fitted)
        self.bar.follow()

    def _read(self, reading: Callable[[], object]) -> None:
        """Read in a worker: a saved web page may have megabytes."""
        if self._reading:
            return
        self._reading = True
        self.problem.clear()
        self.bar.follow()
        self.run_worker(partial(self._work, reading), thread=True, exclusive=True, group=_READING)

    def _work(self, reading: Callable[[], object]) -> None:
        try:
            self.post_message(self.Read(reading()))
        except TrainerError as error:
            self.post_message(self.Refused(error))

    def _done(self) -> None:
        self._reading = False
        self.bar.follow()
