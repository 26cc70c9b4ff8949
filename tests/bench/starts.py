"""From a command to its screen: the first question of a quiz, and Today with much to tell beside nothing."""

import compileall
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from tests.bench.histories import write_history
from tests.bench.measure import Row, p50
from tests.bench.screens import Screen
from tests.sharing.drills import published
from trainer.cards.library import library_of
from trainer.engine.engine import Engine
from trainer.engine.team import Team
from trainer.home import Home
from trainer.material.sheet_files import shipped_decks
from trainer.memory.calendar import system_clock

STARTS, REVIEWS = 15, 1_000
MARKED = 60
"""Cards with each of the marks."""
_TODAY, _DRILL = rb"to come", rb"(?s)(?=.*to come)(?=.*Interview)(?=.*Red flags)"
_ASKED = rb"(?s)(?=.*to go)(?=.*Leave)"
"""What stands on the screen once a question is asked."""


def rows(folder: Path) -> Iterator[Row]:
    """Measure, with records of a thousand reviews in a folder."""
    library = library_of(sorted(shipped_decks().glob("*.toml")))
    bare, full = Home(folder / "bare"), Home(folder / "full")
    write_history(bare.progress_file("bench"), library, REVIEWS)
    shutil.copytree(bare.root, full.root)
    _fill(full, folder)
    for home in (bare, full):
        with Engine.open(home, "bench", saving=False) as engine:
            engine.library  # noqa: B018 — it keeps what the next start needs
    for package in ("trainer", "tests/bench"):
        compileall.compile_dir(package, quiet=1)
    quiz = ("-m", "trainer", "quiz", "ASM", "--minutes", "10", "--home", str(bare.root))
    found = _painted({"quiz": (quiz, _ASKED), "floor": (("-m", "tests.bench.minimal"), b"painted")})
    yield Row("quiz → first question: beside one Static", found["quiz"], found["floor"], 1.35)
    programs = {home: ("-m", "trainer", "--home", str(home.root)) for home in (bare, full)}
    today = _painted({"bare": (programs[bare], _TODAY), "full": (programs[full], _DRILL)})
    told = "Today with interviews, a drill, stars, marks: beside none"
    yield Row(told, today["full"], today["bare"], 1.25)


def _painted(programs: Mapping[str, tuple[Sequence[str], bytes]]) -> dict[str, float]:
    """Return the milliseconds of processor time that each program takes until its sign, started in turns.

    What else the machine does meanwhile is none of it.
    """
    found: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(STARTS):
        for name, (program, sign) in programs.items():
            screen = Screen(*program)
            screen.painted(sign)
            found[name].append(screen.spent())
            screen.end()
    return {name: p50(each) for name, each in found.items()}


def _fill(home: Home, folder: Path) -> None:
    """Add interviews, marks of each kind, and a team with a drill that is to be taken."""
    now = system_clock()
    with Engine.open(home, "bench") as engine:
        for place, role in enumerate(("props", "sound", "stage-manager"), start=2):
            engine.add_interview(role, f"{now + timedelta(days=place):%Y-%m-%d}", "14:00", level="senior")
        cards = list(engine.library.cards)
        for card in cards[:MARKED]:
            engine.put_away(card)
        for card in cards[MARKED : 2 * MARKED]:
            engine.star(card)
    lead = Team(Home(folder / "lead"), "lead", system_clock)
    lead.join(lead.plan_new(str(folder / "share"), "Casting", "Lead"))
    lead.publish(published(count=4, seed=2))
    member = Team(home, "bench", system_clock)
    member.join(member.plan_join(str(folder / "share"), "Bench"))
    member.drills()
