"""What a terminal may send: any byte, in any pieces, and at last nothing more."""

import itertools
import os
import pty
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._time import get_time  # events are stamped by it
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from tests.learners import begun
from tests.terminal import Terminal
from trainer.app.kit.terminal import TerminalDriver, _Enduring
from trainer.app.kit.terminal_reading import InputDecoder, Pasted, TerminalReading, _Parser
from trainer.engine.engine import Engine
from trainer.home import Home

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has another driver")

STRANGE = [
    b"\xe9",
    b"\xff\xfe\xfd",
    b"\xc3",
    b"\xf0\x9f",
    b"\x1b[M \xb00",
    b"\x1b[M \xc3\xa9",
    b"\x1b[M\xff\xff\xff",
    b"\x1b[M",
    b"\x1b[99999999999;1u",
    b"\x1b[97:x;1u",
    b"\x1b[48;99999;99999;1;1t",
    b"\x1b[<0;NaN;NaNM",
    b"\x1b[200~never ends",
    bytes(range(128, 256)),
]


class _Inputs:
    """Stands in for a driver: it reads a pipe as the real one reads a terminal, and keeps what it posts."""

    def __init__(self, driver: type[LinuxDriver], data: bytes) -> None:
        self.posted: list[Message] = []
        self._reads, writes = os.pipe()
        os.write(writes, data)
        os.close(writes)
        self.driver = driver.__new__(driver)
        self.driver.__dict__.update(
            fileno=self._reads,
            exit_event=Event(),
            _debug=False,
            _app=self,
            _in_band_window_resize=False,
            send_message=self.posted.append,
            cursor_origin=None,
        )

    def call_later(self, *_: object) -> None: ...

    def exit(self) -> None: ...

    def run(self) -> list[str]:
        try:
            self.driver.run_input_thread()
        finally:
            os.close(self._reads)
        return [event.key for event in self.posted if isinstance(event, Key)]


def test_plain_textual_still_ends_at_a_latin_1_letter() -> None:
    """When this fails, Textual has mended #6456: the decoder of TerminalDriver can go."""
    inputs = _Inputs(LinuxDriver, b"a\xe9b")
    with pytest.raises(UnicodeDecodeError):
        inputs.run()


def test_plain_textual_still_ends_at_an_old_mouse_report() -> None:
    """When this fails, Textual has mended #6668."""
    with pytest.raises(UnicodeDecodeError):
        _Inputs(LinuxDriver, b"\x1b[M \xb00").run()


@pytest.mark.parametrize("strange", STRANGE)
def test_what_is_no_text_ends_nothing(strange: bytes) -> None:
    inputs = _Inputs(TerminalDriver, b"a" + strange)
    assert inputs.run()[:1] in (["a"], [])
    assert all(isinstance(message, Message) for message in inputs.posted)


@pytest.mark.parametrize("report", [b"\x1b[M \xb00", b"\x1b[M \xc3\xa9", b"\x1b[M\x7f\xff\x1b", b"\x1b[M   "])
def test_an_old_mouse_report_is_passed_over_and_no_key(report: bytes) -> None:
    assert _Inputs(TerminalDriver, b"a" + report + b"b").run() == ["a", "b"]


def test_an_escape_counts_from_when_it_came() -> None:
    reading = TerminalReading()
    assert not list(reading.feed(b"\x1b"))
    fed = get_time()
    time.sleep(0.15)
    (escape,) = reading.tick()
    assert isinstance(escape, Key)
    assert escape.time <= fed


def test_a_letter_in_another_coding_shows_as_a_sign_of_doubt() -> None:
    assert InputDecoder().decode(b"Ren\xe9 ") == "Ren\N{REPLACEMENT CHARACTER} "


@given(st.binary(max_size=60), st.lists(st.integers(0, 60)))
def test_any_bytes_in_any_pieces(data: bytes, cuts: list[int]) -> None:
    decoder, parser, read = InputDecoder(), _Parser(), ""
    places = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    for start, end in itertools.pairwise(places):
        if text := decoder.decode(data[start:end]):
            list(parser.feed(text))
            read += text
    assert read == InputDecoder().decode(data)


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.lists(st.integers(0, 160)))
def test_text_comes_as_it_was_however_it_is_cut(text: str, cuts: list[int]) -> None:
    data, decoder = text.encode(), InputDecoder()
    places = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    read = "".join(decoder.decode(data[a:b]) for a, b in itertools.pairwise(places))
    assert read == text or "\x1b[M" in text


@pytest.mark.parametrize("typed", [b"1", b"12\r", b"1234567"])
def test_a_few_characters_in_one_read_are_keys(typed: bytes) -> None:
    assert len(_Inputs(TerminalDriver, typed).run()) == len(typed)


@pytest.mark.parametrize("typed", [b"12345678", b"a\rb\tc d\r", b"u" * 5_000])
def test_more_of_them_are_a_paste(typed: bytes) -> None:
    inputs = _Inputs(TerminalDriver, typed)
    assert inputs.run() == []
    pasted = [message for message in inputs.posted if isinstance(message, Pasted)]
    assert sum(len(message.keys) for message in pasted) == len(typed)


@pytest.mark.parametrize(
    ("sent", "keys"), [("\x1b[5z", []), ("\x1b[?1;2c", []), ("\x1b", ["escape"]), ("\x1bx", ["alt+x"])]
)
def test_a_sequence_that_nobody_knows_is_no_keys(sent: str, keys: list[str]) -> None:
    parser = _Parser()
    assert list(parser.feed(sent)) == []
    parser._timeout_time = 0
    assert [key.key for key in parser.tick() if isinstance(key, Key)] == keys


def test_arrows_that_are_held_down_are_no_paste() -> None:
    assert _Inputs(TerminalDriver, b"\x1b[B" * 12).run() == ["down"] * 12


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    begun(Home(tmp_path), "anna")
    options = ("study", "levels", "--recruiter", "anna", "--home", tmp_path)
    with Terminal.trainer(*options) as terminal:
        terminal.wait_for("I don't know")
        yield terminal


@pytest.mark.slow
@pytest.mark.parametrize("strange", STRANGE)
def test_the_app_goes_on(terminal: Terminal, strange: bytes) -> None:
    terminal.process.send(strange)
    terminal.read_for(0.3)
    terminal.process.send(b"\x1b[201~")
    terminal.read_for(0.4)
    terminal.press("\x1b")
    terminal.read_for(0.3)
    terminal.press("\x11")
    assert terminal.wait_for_end() == 0
    assert "Error" not in terminal.text


def test_an_app_whose_terminal_is_gone_ends_though_no_signal_tells_it(tmp_path: Path) -> None:
    """As with nohup, and for a child of what was closed: it used to look for keys for ever, at full speed."""
    begun(Home(tmp_path), "anna")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "trainer", "study", "--recruiter", "anna", "--home", str(tmp_path)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    shown = b""
    while b"know" not in shown:
        shown += os.read(ours, 65536)
    os.close(ours)
    assert process.wait(timeout=5) == 0
    with Engine.open(Home(tmp_path), "anna") as training:
        assert training.progress.saved


def test_writing_to_a_terminal_that_is_gone_is_no_error() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w", encoding="utf-8") as closed:
        file = _Enduring(closed)
        file.write("x" * 100_000)
        file.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), writes)


class _Telling(StringIO):
    """A terminal that tells whether the app is let on before it was reached."""

    output: _Enduring
    let_on: bool | None = None

    def flush(self) -> None:
        self.let_on = self.output.reached.is_set()


def test_the_app_goes_on_once_a_picture_is_on_its_way_to_the_terminal() -> None:
    terminal = _Telling()
    driver = _driver_on(terminal)
    terminal.output = driver._output
    driver.write("a picture")
    assert not driver._output.reached.is_set(), "the app waits"
    driver._output.flush()
    assert terminal.let_on, "before the terminal takes it, which may last"


def test_a_terminal_that_takes_nothing_does_not_hold_the_app_up() -> None:
    driver = _driver_on(StringIO())
    driver.write("a picture")
    driver.flush()  # nobody writes: it returns all the same


def _driver_on(terminal: StringIO) -> TerminalDriver:
    """Return a driver that writes to a file, without its threads."""
    driver = TerminalDriver.__new__(TerminalDriver)
    driver.__dict__.update(_output=_Enduring(terminal), _writer_thread=WriterThread(terminal))
    return driver
