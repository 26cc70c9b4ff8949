"""Presses every key on every screen of a served person, and tells what was opened meanwhile.

`python -m tests.served_walk ROOT [--lead]` walks in a process of its own, as what Python tells of files can't
be made to stop. It prints what lies outside, a line each, and at last how far it came.
"""

import argparse
import asyncio
import os
import shutil
import sys
import sysconfig
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from textual.css.query import NoMatches
from textual.events import Key, Paste
from textual.keys import key_to_character

from tests.app.served_stage import handing
from tests.app.stage import Stage
from tests.app.ways import LEARNERS, WAYS, home_for
from tests.clocks import FakeClock
from tests.material.pages import FULL
from tests.resume import RESUME
from tests.served import person_home
from tests.sharing.drills import published
from trainer.app.drill.feature import _looked
from trainer.app.kit.painted_screen import takes_deeds
from trainer.app.served import Served, ServedApp
from trainer.engine.team import Team
from trainer.home import Home

SECRET = "ZANARY"
"""Stands in every file that is nobody's business, and in its name."""

_PROJECT = Path(__file__).parent.parent
_READABLE = [_PROJECT / "trainer", _PROJECT / "decks", _PROJECT / "tests", _PROJECT / ".venv"]
_READABLE += [Path(sys.prefix), Path(sys.base_prefix), Path(sysconfig.get_path("stdlib"))]
_READABLE += [
    Path("/proc/self"),
    Path(f"/proc/{os.getpid()}"),
    Path("/dev/null"),
    Path("/dev/urandom"),
    Path("/etc/localtime"),
]
_READABLE += [Path("/usr/share/zoneinfo"), Path("/usr/lib"), Path("/lib")]
_SHARED = ("decks", "bases", "imports", "pages")
_EVENTS = ("os.", "shutil.", "glob.", "subprocess.", "socket.", "sqlite3.", "webbrowser.", "tempfile.")
_HARMLESS = {
    "os.putenv",
    "os.unsetenv",
    "os.fork",
    "os.forkpty",
    "socket.__new__",
    "os.getxattr",
    "socket.gethostname",
}
_SECRETS = ("notes.txt", "progress/Zanary.json", "web/people.json", "web/homes/zanary/progress/Zanary.json")
_PASTED = {"PAGE": FULL, "RESUME": RESUME}
_STILL = 5.0
"""Seconds after which nothing more is waited for."""

_MORE_WAYS = {
    "team": "5 T",
    "drill": "D enter",
    "result": "D enter 0 enter 0 enter 0 enter 0 enter",
    "new drill": "5 N",
    "draft": "5 N enter enter enter enter enter ctrl+s",
    "leave": "6 LEAVE",
    "brief": "v",
    "interview": "4",
    "added": "4 a",
    "readiness": "4 r",
}
_LEADS_ALONE = ("edit", "edited", "browse-card", "paste", "mending", "split", "new drill", "draft", "team")
"""What a lead has that others have not, and how they come to it."""
_UNJOINED = {"join": "5 J", "progress alone": "5"}


class Watch:
    """Notes every file that is opened, listed or changed, and every process and connection."""

    def __init__(self, root: Path, *, lead: bool) -> None:
        home = person_home(root, "anna").root
        outlines = root / "cache"  # of the shared sheets: made by whoever first sees that one changed
        self._readable = [*_READABLE, home, outlines, root / "web" / "team", root / _SHARED[0]]
        self._writable = [home, outlines, root / "web" / "team", Path("/dev/null")]
        self._folders = {root}
        """What is itself opened, to have a new folder in it last, and is not listed."""
        if lead:
            own = [root / name for name in _SHARED]
            self._readable += own
            self._writable += own
        self.seen = 0
        self.wrong: set[str] = set()
        self.looks = False
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.looks:
            return
        if event == "open":
            path, mode, flags = arguments[:3]
            writes = isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            self._look(
                event, path, writes=writes or (isinstance(mode, str) and bool(set(mode) & set("wax+")))
            )
        elif event.startswith(_EVENTS) and event not in _HARMLESS:
            reads = event in {"os.listdir", "os.scandir", "os.walk", "glob.glob", "glob.glob/2", "os.chdir"}
            self._look(event, arguments[0] if arguments else "", writes=not reads)

    def _look(self, event: str, path: object, *, writes: bool) -> None:
        self.seen += 1
        if isinstance(path, int):
            return  # it was opened before
        if not isinstance(path, str | bytes | os.PathLike):
            self.wrong.add(f"{event} {path!r}")
            return
        where = Path(os.path.normpath(Path(os.fsdecode(path)).absolute()))
        if event == "open" and where in self._folders and not writes:
            return
        allowed = self._writable if writes and ".pyc" not in where.suffixes else self._readable
        if not any(where == each or each in where.parents for each in allowed):
            self.wrong.add(f"{event} {where}{' to write' if writes else ''}")


class Walk:
    """Goes to every screen, and presses there all that can be pressed, and more."""

    def __init__(self, root: Path, watch: Watch, *, lead: bool) -> None:
        self._watch, self._root = watch, root
        self._served = Served(
            home=person_home(root, "anna"),
            recruiter="anna",
            lead=lead,
            sheets=root / "decks",
            team=root / "web" / "team",
            title="Casting",
        )
        self._paths = [str(root / "notes.txt"), f"file://{root}/notes.txt", f"{root}/", "~/", "/etc/passwd"]
        self._fresh = root.parent / f"{root.name}-fresh"
        self._tried: set[str] = set()
        self._types = False
        self.wrong: set[str] = set()
        self.screens: set[str] = set()
        self.pressed = 0

    async def go(self) -> None:
        """Walk, with a new app for each screen: first in no team, then in the server's."""
        prepare(self._root)
        await self._go_to(_UNJOINED)
        prepare(self._root, joined=True)
        ways = {way: keys for way, keys in (WAYS | _MORE_WAYS).items() if way not in LEARNERS}
        await self._go_to({way: ways[way] for way in _LEADS_ALONE} if self._served.lead else ways)

    async def _go_to(self, ways: Mapping[str, str]) -> None:
        shutil.rmtree(self._fresh, ignore_errors=True)
        shutil.copytree(self._root, self._fresh)
        for keys in ways.values():
            async with self._running() as stage:
                begin = keys.split()
                await self._press(stage, *begin)
                for more in self._not_tried(stage):
                    await self._try(stage, begin, more)

    def _not_tried(self, stage: Stage) -> list[str]:
        """Return what can be pressed, typed and pasted on a screen, and was not on one of its kind."""
        kind, found = type(stage.app.screen).__name__, []
        for key, active in stage.app.screen.active_bindings.items():
            name = active.binding.id or key
            tried = name if name.startswith(("today.", "place.", "app.")) else f"{kind} {name}"
            if active.enabled and key not in {"ctrl+q", "q"} and tried not in self._tried:
                self._tried.add(tried)
                found.append(key)
        if stage.app._takes_text() and f"{kind} typed" not in self._tried:
            self._tried.add(f"{kind} typed")
            found += [f"{how} {path}" for how in ("TYPE", "PASTE") for path in self._paths]
        return found

    async def _try(self, stage: Stage, begin: list[str], more: str) -> None:
        if stage.app.engine and not stage.app._exit:
            stage.app.clear_notifications()
            stage.app.show_today()
            self._types = more.startswith(("TYPE", "PASTE"))
            await self._press(stage, *begin, more, "ctrl+s" if self._types else "enter")
            self.pressed += 1

    async def _press(self, stage: Stage, *keys: str) -> None:
        for key in keys:
            kind, _, words = key.partition(" ")
            match kind:
                case "PAGE" | "RESUME":
                    stage.app.post_message(Paste(_PASTED[kind]))
                case "PASTE":
                    stage.app.post_message(Paste(words))
                case "TYPE":
                    for letter in words:
                        stage.app.post_message(Key(letter, letter))
                case "LEAVE":
                    stage.app.open_feature("leave_team")
                case _:
                    stage.app.post_message(Key(key, key_to_character(key)))
            await _quiet(stage)
            self._look(stage, key)

    def _look(self, stage: Stage, key: str) -> None:
        """Look whether a secret, or where the server's files are, stands anywhere but where it was typed."""
        if not stage.app.screen_stack:
            return
        kind, seen = type(stage.app.screen).__name__, [each.message for each in stage.app._notifications]
        self.screens.add(kind)
        with suppress(NoMatches):  # a screen without rows, such as the palette
            seen.append(stage.text)
        shown = "".join("".join(seen).split())
        if SECRET in shown.upper():
            self.wrong.add(f"a secret is shown on {kind} after {key}")
        if str(self._root) in shown and not self._types:
            self.wrong.add(f"a path of the server is shown on {kind} after {key}")

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[Stage]:
        shutil.rmtree(self._root)
        shutil.copytree(self._fresh, self._root)
        _looked.clear()
        app = handing(ServedApp(self._served, clock=FakeClock()))
        self._watch.looks = True
        try:
            async with app.run_test(size=(80, 40)) as pilot:
                stage = Stage(app, pilot)
                await _quiet(stage)
                yield stage
        finally:
            app.close_record()
            self._watch.looks = False


async def _quiet(stage: Stage) -> None:
    app, quiet, deadline = stage.app, 0, time.monotonic() + _STILL
    while quiet < 3 and app.is_running and not app._exit and time.monotonic() < deadline:
        await asyncio.sleep(0.001)
        waiting = any(worker.is_running for worker in app.workers) or app.message_queue_size
        quiet = 0 if waiting or not takes_deeds(app.screen) or app.screen.message_queue_size else quiet + 1


def prepare(root: Path, *, joined: bool = False) -> None:
    """Make a server's home with somebody who has answered, a team, and files that are nobody's business."""
    shutil.rmtree(root, ignore_errors=True)
    for name in (
        "notes.txt",
        "progress/Zanary.json",
        "web/people.json",
        "web/homes/zanary/progress/Zanary.json",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{{"recruiter": "Zanary", "is": "{SECRET}-SECRET"}}', encoding="utf-8")
    home = home_for(person_home(root, "anna").root, "today", team=False)
    shutil.move(home.decks, root / "decks")
    share, clock = root / "web" / "team", FakeClock()
    share.parent.mkdir(parents=True, exist_ok=True)
    lead = Team(Home(root / "web" / "homes" / "lead"), "lead", clock)
    lead.join(lead.plan_new(str(share), "Casting", "Lead"))
    lead.publish(published(count=4, seed=2))
    if joined:
        anna = Team(home, "anna", clock)
        anna.join(anna.plan_join(str(share), "anna", lead=True))
        anna.drills()


def outside(root: Path, *, lead: bool) -> Iterator[str]:
    """Walk; yield what was opened, shown or done that is outside, then how far the walk came."""
    watch = Watch(root, lead=lead)
    walk = Walk(root, watch, lead=lead)
    asyncio.run(walk.go())
    yield from sorted(watch.wrong | walk.wrong)
    yield f"# {walk.pressed} keys, {watch.seen} files: {', '.join(sorted(walk.screens))}"


def main() -> None:
    """Walk in a server's home."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--lead", action="store_true")
    said = parser.parse_args()
    for line in outside(said.root, lead=said.lead):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
