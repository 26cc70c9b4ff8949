"""How long a lead waits for the report on a team, beyond the start of the command, and what it takes."""

import os
import random
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from tests.bench.measure import Row, in_turns, p50
from tests.cards.shipped import LIBRARY
from tests.sharing.drills import NOW, TODAY, member, published, result
from trainer import disk
from trainer.engine.setting import calibration, freeze
from trainer.engine.team import Team
from trainer.home import Home
from trainer.reports.team import team_report
from trainer.reports.team_formats import as_table
from trainer.reports.team_lines import lines_of
from trainer.sharing.drill import Published, fingerprint_of
from trainer.sharing.drill_file import written
from trainer.sharing.folder import FolderPlace
from trainer.sharing.lines import Rating, Result, TeamLine, decoded, encoded
from trainer.sharing.own import Membership, OwnTeam
from trainer.sharing.place import TeamSettings
from trainer.sharing.results import questions_of

ROLE = "assistant-stage-manager"
DRILLS = 20
TEAMS = {20: 300, 1000: 1000}
"""By members, the milliseconds that the report may take beyond the start of the command."""
_WARM = 200
_MOST_MEMORY = 60
_RATERS = 1000
_LINEAR = 13
"""Ten times as many raters may take so many times as long."""
_TIMES = 5


def rows(folder: Path) -> Iterator[Row]:
    """Make teams of two sizes, and measure their reports."""
    for members, most in TEAMS.items():
        yield from _reports(_team(folder / str(members), members), members, most)
    yield from _calibration()


def _reports(home: Home, members: int, most: int) -> Iterator[Row]:
    """Measure the report when it is asked for first, again, and after one of the team sent something."""
    kept = OwnTeam(home.team_of("lead"))
    cold, warm, changed, start = [], [], [], []
    _run(home, "report")  # from now on nothing is compiled
    for _ in range(_TIMES):
        kept.note_read(b"")
        cold.append(_run(home, "report"))
        warm.append(_run(home, "report"))
        _send_again(home, members)
        changed.append(_run(home, "report"))
        start.append(_run(home, "--version"))
    told = (("", cold, most), (" again", warm, _WARM), (", one sent", changed, most))
    for spent, place in (("of a processor", 0), ("by the clock", 1)):
        floor = p50([each[place] for each in start])
        for what, took, limit in told:
            name = f"report{what}, {members} × {DRILLS}, {spent}"
            yield Row(name, p50([each[place] for each in took]), floor, limit, more=True)
    for what, data in ((" again", None), ("", b"")):
        if data is not None:
            kept.note_read(data)
        peak = _peak(home)
        name = f"report{what}, {members} × {DRILLS}, memory"
        yield Row(name, peak, 0, _MOST_MEMORY, unit="MiB", more=True)


_PEAK = """
import sys
from pathlib import Path
from trainer.__main__ import main
try:
    main()
finally:
    print(Path("/proc/self/status").read_text(), file=sys.stderr)
"""


def _peak(home: Home) -> float:
    """Return the MiB that the report takes at most, with all of Python.

    What the system tells of a child that has ended is no less than what its parent had when it was started.
    """
    told = subprocess.run(
        [sys.executable, "-c", _PEAK, *_words(home, "report")], capture_output=True, check=True, text=True
    )
    (peak,) = re.findall(r"^VmHWM:\s+(\d+) kB$", told.stderr, re.MULTILINE)
    return int(peak) / 1024


def _run(home: Home, name: str) -> tuple[float, float]:
    """Run a command; return the milliseconds of a processor that it took, and those that went by."""
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(
        [sys.executable, "-m", "trainer", *_words(home, name)], capture_output=True, check=True, env=clean
    )
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent * 1000, (ended - begun) * 1000


def _words(home: Home, name: str) -> list[str]:
    if name.startswith("-"):
        return [name]
    return ["team", name, "--home", str(home.root), "--recruiter", "lead"]


def _send_again(home: Home, members: int) -> None:
    """Have one file of the place be another one than before, with the same lines."""
    own = Path(Team(home, "lead").member.place) / "results" / f"{members:016x}-d.jsonl"
    disk.replace(own, [own.read_bytes()])


def _calibration() -> Iterator[Row]:
    """Measure the report on a round that many rated, beside one that a tenth of them did."""
    made = calibration(LIBRARY, ROLE, TODAY, title="Round", seed=3)
    data = written(made)
    drill = freeze(Published(made, fingerprint_of(data), data), LIBRARY)
    teams = {
        raters: lines_of((line, "a.jsonl") for line in _rated(drill, raters)) for raters in (100, _RATERS)
    }
    settings = TeamSettings(id="0" * 16, name="Casting")

    def report(raters: int) -> None:
        as_table(
            team_report(settings, [drill], teams[raters], now=NOW, whole=lambda _: drill, asking=f"{1:016x}")
        )

    took = in_turns({raters: partial(report, raters) for raters in teams}, _TIMES)
    few, many = (p50(took[raters]) for raters in teams)
    yield Row(f"calibration, {_RATERS} raters beside 100", many, few, _LINEAR)


def _rated(drill: Published, raters: int) -> Iterator[TeamLine]:
    """Yield the lines of a round that so many rated, each in their own way."""
    chance = random.Random(raters)
    samples = [each.question.sample for each in questions_of(drill, 1, "")]
    for number in range(1, raters + 1):
        yield decoded(member(number).rstrip())
        ratings = tuple(
            Rating(
                score=chance.randint(1, 5),
                points={point.id: chance.randint(0, 2) for point in sample.points},
                flags=tuple(flag.id for flag in sample.flags if chance.random() < 0.5),
            )
            for sample in samples
            if sample
        )
        yield replace(result(drill, number), ratings=ratings)


def _team(folder: Path, members: int) -> Home:
    """Make a team in which everyone sent a result of each drill; return the home of its lead."""
    place = FolderPlace.create(folder / "share", TeamSettings(id="0" * 16, name="Casting"))
    drill = published(count=20)
    drills = [renamed(drill, f"drill-{number}") for number in range(DRILLS)]
    for each in drills:
        place.publish(each)
    now = datetime.now(UTC).replace(microsecond=0)
    chance = random.Random(members)
    for number in range(1, members + 1):
        sent = [encoded(_result(each, number, now, chance)) for each in drills]
        place.submit(f"{number:016x}", "d", [member(number, at=now), *sent])
    home = Home(folder / "home")
    OwnTeam(home.team_of("lead")).keep(
        Membership(
            place=str(place.root),
            team=place.settings.id,
            name=place.settings.name,
            member="f" * 16,
            device="0" * 8,
            alias="Lead",
            lead=True,
            joined=now,
        )
    )
    return home


def _result(drill: Published, number: int, now: datetime, chance: random.Random) -> Result:
    """Return a result of which any question may be wrong, sent at any time of the last months."""
    at = now - timedelta(seconds=chance.randrange(10**7))
    right = chance.random()
    items = [chance.random() < right for _ in drill.drill.questions]
    wrong = items.count(False)
    told = result(drill, number, wrong, started=at - timedelta(minutes=chance.randint(2, 20)), at=at)
    decks: dict[str, list[bool]] = {}
    for asked, each in zip(drill.drill.questions, items, strict=True):
        decks.setdefault(asked.card.split("/")[1], []).append(each)
    by_deck = {deck: (sum(each), len(each)) for deck, each in decks.items()}
    return replace(told, items=tuple(items), decks=by_deck)


def renamed(drill: Published, id_: str) -> Published:
    data = drill.data.replace(b'id = "red-flags"', f'id = "{id_}"'.encode(), 1)
    return Published(replace(drill.drill, id=id_), fingerprint_of(data), data)
