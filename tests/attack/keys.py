"""Keys, mouse, pastes and bytes at random on every screen, at sizes that can be read and that can't.

`python -m tests.attack.keys` throws 20,000 sequences at the app, and prints what ended it, hung it, lost an
answer, or did something in a window that shows nothing. With the seed and the number that it names a find can
be repeated: `--from` with the beginning of its slice goes the same way again.

A process takes 2,000 sequences and gives way to the next (`tests.attack.slices`): what so many starts of the
app leave behind would slow it down in the end. `--processes` runs several at a time.
"""

import argparse
import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

from textual import events
from textual.geometry import Size
from textual.keys import key_to_character
from textual.message import Message

from tests.app.stage import Stage
from tests.app.ways import LEARNERS, PASTED, WAYS, home_for
from tests.attack.outcome import Outcome
from tests.attack.slices import in_slices, told
from tests.clocks import FakeClock
from tests.material.pages import FULL
from tests.terminal import Terminal
from trainer.app.app import TrainerApp
from trainer.app.features import key_tables
from trainer.app.kit.input import is_too_small
from trainer.app.kit.painted_screen import takes_deeds
from trainer.engine.engine import Engine
from trainer.home import Home

SIZES = [(1, 1), (10, 5), (20, 8), (30, 10), (39, 11), (60, 20), (80, 24), (140, 45)]
LONGEST = 5.0
"""Seconds after which the app counts as hung."""

_BEGINNINGS = {"today": 16, **dict.fromkeys(LEARNERS, 1)}
"""Where a start of the app goes first, each with its weight."""
_A_START = 100
"""Sequences that one start of the app takes, unless it is quit before."""
_A_TERMINAL = 20
"""… and one on a terminal."""
_MOST_EVENTS = 8
_TOLD_EVERY = 500
_KILLED_EVERY = 50
"""Sequences between two looks at what a kill would leave."""

_QUITS = {"ctrl+q", "q"}
_BOUND = sorted({key for room in key_tables() for binding in room for key in binding.key.split(",")} - _QUITS)
_OTHERS = [
    "tab",
    "shift+tab",
    "home",
    "end",
    "pageup",
    "pagedown",
    "ctrl+p",
    "ctrl+a",
    "ctrl+c",
    "ctrl+k",
    "ctrl+v",
    "f12",
    "é",
    "�",
    "😀",
    "[",
    "\x00",
]
_PASTES = ["x", "Anna B.", "\x00\x1b[31m\ufffd", "line\nline\n" * 20, "x" * 5_000, FULL]


class Chance(random.Random):
    """What is pressed next."""

    def key(self) -> str:
        """Return a key that does something somewhere, mostly."""
        if self.random() < 0.003:
            return self.choice(sorted(_QUITS))
        return self.choice(_BOUND if self.random() < 0.8 else _OTHERS)

    def events(self, size: tuple[int, int], *, resized: bool) -> Iterator[Message]:
        """Yield some events, for a window of a size."""
        for _ in range(self.randint(1, _MOST_EVENTS)):
            match self.choices(("key", "mouse", "paste", "resize"), (12, 3, 1, 1))[0]:
                case "key":
                    key = self.key()
                    yield events.Key(key, key if len(key) == 1 else key_to_character(key))
                case "mouse":
                    yield from self._mouse(size)
                case "paste":
                    yield events.Paste(self.choice(_PASTES))
                case "resize" if resized:
                    size = self.choice(SIZES)
                    yield events.Resize(Size(*size), Size(*size))

    def _mouse(self, size: tuple[int, int]) -> Iterator[Message]:
        x, y = self.randrange(size[0] + 2), self.randrange(size[1] + 2)
        kinds: list[type[events.MouseEvent]] = [events.MouseMove, events.MouseDown, events.MouseUp]
        if self.random() < 0.2:
            kinds = [self.choice([events.MouseScrollDown, events.MouseScrollUp, events.MouseDown])]
        button = self.choice([1, 1, 1, 2, 3])
        for kind in kinds * self.choice([1, 1, 2]):
            yield kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)

    def bytes_sent(self) -> bytes:
        """Return some bytes: keys, halves of sequences, and what is no text at all."""
        parts = [
            lambda: self.randbytes(self.randint(1, 40)),
            lambda: self.choice([b"\xe9", b"\xc3", b"\xf0\x9f", b"\x1b[M \xb00", b"\x1b[M", b"\x1b[<0;5;5M"]),
            lambda: self.choice([b"\x1b", b"\x1b[", b"\x1bO", b"\x1b[200~x", b"\x1b[201~", b"\x1b[1;9"]),
            lambda: self.choice(
                [b"\x1b[9999999999;1u", b"\x1b[<0;NaN;NaNM", b"\x1b[48;9;9;9;9t", b"\x1b[5z"]
            ),
            lambda: self.choice([b"\r", b"1", b"0", b"?", b"u", b"e", b"i", b"d", b"h", b"b", b"s"]),
            lambda: "".join(map(chr, self.choices(range(32, 0x2FF), k=self.randint(1, 30)))).encode(),
        ]
        return b"".join(self.choice(parts)() for _ in range(self.randint(1, 6))).replace(b"\x11", b"")


def attack(folder: Path, count: int, terminals: int, seed: int, *, first: int = 0) -> list[Outcome]:
    """Throw so many sequences at the app in this process, and so many at one on a terminal."""
    homes = _homes(folder / "homes")
    outcomes = []
    with _at_home_in(folder):
        if count:
            outcomes += asyncio.run(_InProcess(homes, folder, seed, first).throw(first + count))
        if terminals:
            outcomes.append(_on_terminals(homes["today"], folder, terminals, seed))
    return outcomes


def _homes(root: Path) -> dict[str, Path]:
    """Make the homes to begin with: of a learner who has answered, of nobody, of two."""
    return {way: home_for(root / way, way).root for way in _BEGINNINGS}


@contextmanager
def _at_home_in(folder: Path) -> Iterator[None]:
    """Let the import list files from here, not from the home of who runs this."""
    before, os.environ["HOME"] = os.environ.get("HOME", ""), str(folder)
    try:
        with chdir(folder):
            yield
    finally:
        os.environ["HOME"] = before


class _InProcess:
    """Runs the app without a terminal, again and again."""

    def __init__(self, homes: dict[str, Path], folder: Path, seed: int, first: int = 0) -> None:
        self._homes, self._folder, self._seed = homes, folder, seed
        self._number, self._starts = first, 0
        self._last, self._size, self._root = "", SIZES[0], folder
        self._outcomes = {
            size: Outcome(f"keys, mouse and pastes at {size[0]} by {size[1]}, and sizes between")
            for size in SIZES
        }
        self._reached: Counter[str] = Counter()
        self._unseen = Outcome("keys in a window that shows nothing")
        self._acknowledged: dict[str, set[int]] = {}
        """By recruiter the answers that the app has said are saved."""
        self._kept = Outcome("answers that were acknowledged, looked for on the disk")

    async def throw(self, end: int) -> list[Outcome]:
        """Throw the sequences up to a number."""
        while self._number < end:
            self._starts += 1
            chance = Chance(f"{self._seed}/{self._number}")
            begin = chance.choices(list(_BEGINNINGS), list(_BEGINNINGS.values()))[0]
            root = self._folder / f"start{self._starts}"
            shutil.copytree(self._homes[begin], root)
            app = TrainerApp(Home(root), clock=FakeClock())
            self._root, self._acknowledged = root, {}
            try:
                async with app.run_test(size=(80, 24)) as pilot:
                    await self._run(Stage(app, pilot), begin, min(end, self._number + _A_START))
            except Exception as error:  # noqa: BLE001 — whatever ends the app is what is looked for
                self._found(f"{type(error).__name__}: {error}")
                traceback.print_exception(error)
            app.close_record()
            self._look_for_answers(Home(root), self._acknowledged, "once it was closed")
            shutil.rmtree(root)
        print("sequences by screen:", ", ".join(f"{name} {n}" for name, n in self._reached.most_common()))
        return [*self._outcomes.values(), self._unseen, self._kept]

    def _note_answers(self, engine: Engine | None) -> None:
        """Note which answers the app has said are saved; now and then look for them as after a kill."""
        self._acknowledged = {}
        if engine and engine.saved:
            self._acknowledged = {engine.recruiter: set(engine.progress.history())}
            if self._number % _KILLED_EVERY == 0:
                with tempfile.TemporaryDirectory(dir=self._folder) as copy:
                    home = shutil.copytree(self._root, Path(copy) / "home")
                    self._look_for_answers(Home(home), self._acknowledged, "after a kill")

    def _look_for_answers(self, home: Home, acknowledged: dict[str, set[int]], when: str) -> None:
        """Look for the answers that the app said were saved."""
        for name, known in acknowledged.items():
            with Engine.open(home, name, clock=FakeClock()) as engine:
                kept = set(engine.progress.history())
            self._kept.tried += len(known)
            self._kept.expect(known == kept, f"that differ {when} {len(known)}/{len(kept)}: {self._number}")

    def _found(self, what: str) -> None:
        outcome = self._outcomes[self._size]
        outcome.wrong[f"{what[:200]} (seed {self._seed}, number {self._number}: {self._last})"] += 1

    async def _run(self, stage: Stage, way: str, until: int) -> None:
        await stage.settle()
        while self._number < until and stage.app.is_running and not stage.app._exit:
            self._number += 1
            if self._number % _TOLD_EVERY == 0:
                print(f"{self._number} sequences, {self._starts} starts", file=sys.stderr, flush=True)
            chance = Chance(f"{self._seed}/{self._number}")
            if not way and (stage.app.engine is None or chance.random() < 0.2):
                way = chance.choice([way for way in WAYS if way not in LEARNERS])
            began, waited = time.monotonic(), _kept_waiting()
            await self._sequence(stage, way, chance)
            self._note_answers(stage.app.engine)
            self._outcomes[self._size].tried += 1
            if time.monotonic() - began - (_kept_waiting() - waited) > LONGEST:
                self._found("slower than five seconds")
            way = ""

    async def _sequence(self, stage: Stage, way: str, chance: Chance) -> None:
        if way:
            self._last = f"on {way}"
            await self._go(stage, way)
        if way or stage.app.size != Size(*self._size) or chance.random() < 0.2:
            self._size = chance.choice(SIZES)
            self._last += f", at {self._size[0]}x{self._size[1]}"
            _resize(stage, Size(*self._size))
            await _processed(stage)
        self._reached[type(stage.app.screen).__name__] += 1
        resized = chance.random() < 0.4
        thrown = list(chance.events(self._size, resized=resized))
        self._last += f" {' '.join(map(_told, thrown))}"
        engine, before = stage.app.engine, _answers(stage)
        for event in thrown:
            if isinstance(event, events.Resize):
                _resize(stage, event.size)
            else:
                stage.app.post_message(event)
        await _processed(stage)
        if not resized and is_too_small(Size(*self._size)):
            self._unseen.tried += 1
            same = _answers(stage) == before or stage.app.engine is not engine  # who left that of a newcomer
            self._unseen.expect(same, f"that answered: {self._number} {self._last}")

    async def _go(self, stage: Stage, way: str) -> None:
        """Go to a screen, from Today if somebody is known to train."""
        app = stage.app
        if app.engine:
            _resize(stage, Size(80, 24))
            app.show_today()
        for key in ("", *WAYS[way].split()):
            stage.look()
            await _processed(stage)
            if key in PASTED:
                app.post_message(events.Paste(PASTED[key]))
            elif key:
                app.post_message(events.Key(key, key_to_character(key)))
        await _processed(stage)


def _kept_waiting() -> float:
    """Return the seconds that this thread had no processor though it could run, where the system tells."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text("ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


def _resize(stage: Stage, size: Size) -> None:
    driver = stage.app._driver
    assert driver
    driver._size = size
    stage.app.post_message(events.Resize(size, size))


async def _processed(stage: Stage) -> None:
    """Wait until nothing more happens: `Pilot.pause` looks for a quiet processor, and sleeps for that."""
    app, quiet, deadline = stage.app, 0, time.monotonic() + LONGEST
    while quiet < 3 and app.is_running and not app._exit and time.monotonic() < deadline:
        await asyncio.sleep(0.002)
        workers = any(worker.is_running for worker in app.workers)
        waiting = workers or app._resize_timer or app.message_queue_size or app.screen.message_queue_size
        quiet = 0 if waiting or not takes_deeds(app.screen) else quiet + 1


def _answers(stage: Stage) -> int:
    return len(stage.app.engine.progress.history()) if stage.app.engine else 0


def _told(event: Message) -> str:
    match event:
        case events.Key():
            return event.key
        case events.Paste():
            return f"paste {len(event.text)}"
        case events.Resize():
            return f"{event.size.width}x{event.size.height}"
        case events.MouseEvent():
            return f"{type(event).__name__}({event.x:.0f},{event.y:.0f})"
    return str(event)


def _on_terminals(home: Path, folder: Path, count: int, seed: int) -> Outcome:
    """Send bytes at random to the app on a terminal that changes its size."""
    outcome = Outcome("bytes at random on a real terminal")
    number = 0
    while number < count:
        root = folder / f"terminal{number}"
        shutil.copytree(home, root)
        columns, rows = random.Random(f"{seed}/{number}").choice(SIZES)
        arguments = ("study",) if number % 3 else ()
        with Terminal.trainer(
            *arguments, "--recruiter", "anna", "--home", root, columns=columns, rows=rows
        ) as terminal:
            terminal.read_for(1.0)
            last = min(count, number + _A_TERMINAL)
            while number < last and terminal.process.isalive():
                number += 1
                chance = Chance(f"{seed}/terminal/{number}")
                sent = _send(terminal, chance)
                outcome.tried += 1
                where = f"(seed {seed}, number {number}: {sent!r})"
                outcome.expect(_still_answers(terminal), f"that hung it {where}")
                outcome.expect("Traceback" not in terminal.text, f"that showed a traceback {where}")
            outcome.expect(_ends(terminal), f"after which it did not end ({number})")
        shutil.rmtree(root)
    return outcome


def _send(terminal: Terminal, chance: Chance) -> bytes:
    sent = chance.bytes_sent()
    for piece in (sent[: len(sent) // 2], sent[len(sent) // 2 :]):
        if terminal.process.isalive():
            terminal.process.send(piece)
            terminal.resize(*chance.choice(SIZES))
            terminal.read_for(0.05)
    return sent


def _still_answers(terminal: Terminal) -> bool:
    """Return whether the app paints again at another size, or has ended as it should."""
    began = time.monotonic()
    terminal.resize(90, 30)
    while time.monotonic() - began < LONGEST:
        terminal.read_for(0.05)
        if not terminal.process.isalive():
            return bool(terminal.process.exitstatus == 0)
        if terminal.text.strip():
            return True
    return False


def _ends(terminal: Terminal) -> bool:
    """Return whether the app ends when its terminal is closed."""
    if terminal.process.isalive():
        terminal.hang_up()
    try:
        return terminal.wait_for_end(LONGEST) == 0
    except AssertionError:
        return False


def main() -> int:
    """Attack; return 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack.keys", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="sequences without one, %(default)s")
    parser.add_argument("--terminals", type=int, default=300, help="sequences on a terminal, %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="for what is chosen by chance, %(default)s")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first")
    parser.add_argument("--processes", type=int, default=1, help="processes at a time, %(default)s")
    parser.add_argument(
        "--within", type=Path, metavar="FILE", help="take all in this process, and say what in FILE"
    )
    chosen = parser.parse_args()
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with tempfile.TemporaryDirectory() as name:
        if chosen.within:
            chosen.within.write_bytes(
                told(attack(Path(name), chosen.count, 0, chosen.seed, first=chosen.first))
            )
            return 0
        outcomes = in_slices("tests.attack.keys", chosen.first, chosen.count, chosen.processes, chosen.seed)
        outcomes += attack(Path(name), 0, chosen.terminals, chosen.seed)
    print(f"{'what':<58} {'tried':>7}  found")
    for outcome in outcomes:
        print(outcome)
    return any(outcome.wrong for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
