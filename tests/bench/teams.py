"""How long a lead waits for the report on a team, beyond the start of the command, and what it takes."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from tests.bench.measure import Row, in_turns, p50
from tests.sharing.drills import member, published, result
from trainer.engine.team import Team
from trainer.home import Home
from trainer.sharing.drill import Published, fingerprint_of
from trainer.sharing.folder import FolderPlace
from trainer.sharing.lines import encoded
from trainer.sharing.own import Membership, OwnTeam
from trainer.sharing.place import TeamSettings

DRILLS = 20
TEAMS = {20: 300, 1000: 1000}
"""By members, the milliseconds that the report may take beyond the start of the command."""
_WARM = 200
_MOST_MEMORY = 60
_TIMES = 5


def rows(folder: Path) -> Iterator[Row]:
    """Make teams of two sizes, and measure their reports."""
    homes = {members: _team(folder / str(members), members) for members in TEAMS}
    for members, most in TEAMS.items():
        home = homes[members]
        told = [(_run(home, "report"), _run(home, "--version")) for _ in range(_TIMES)]
        report, start = (p50(each) for each in zip(*told, strict=True))
        yield Row(f"report on {members} × {DRILLS}, of a processor", report, start, most, more=True)
    members, home = max(homes.items())
    measured = [sys.executable, "-c", _MEMORY, str(home.root)]
    peak = int(subprocess.run(measured, capture_output=True, check=True, text=True).stdout)
    yield Row(f"… memory, {members} × {DRILLS}", peak / 1024, 0, _MOST_MEMORY, unit="MiB", more=True)
    place = Team(home, "lead").place()
    mark = place.results().mark
    again = in_turns({"again": lambda: place.results(mark)}, _TIMES)["again"]
    yield Row(f"… lines of {members} × {DRILLS} that did not change", p50(again), 0, _WARM, more=True)


_MEMORY = """
import resource, sys
from pathlib import Path
from trainer.engine.team import Team
from trainer.home import Home
from trainer.reports.team_formats import as_table
as_table(Team(Home(Path(sys.argv[1])), "lead").report())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _run(home: Home, name: str) -> float:
    """Run a command; return the milliseconds of a processor that it took, however busy the machine is."""
    words = (
        [name] if name.startswith("-") else ["team", name, "--home", str(home.root), "--recruiter", "lead"]
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "trainer", *words], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def _team(folder: Path, members: int) -> Home:
    """Make a team in which everyone sent a result of each drill; return the home of its lead."""
    place = FolderPlace.create(folder / "share", TeamSettings(id="0" * 16, name="Casting"))
    drill = published(count=20)
    drills = [_renamed(drill, f"drill-{number}") for number in range(DRILLS)]
    for each in drills:
        place.publish(each)
    now = datetime.now(UTC).replace(microsecond=0)
    for number in range(1, members + 1):
        said = {"started": now - timedelta(hours=1), "at": now}
        sent = [encoded(result(each, number, wrong=number % 7, **said)) for each in drills]
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


def _renamed(drill: Published, id_: str) -> Published:
    data = drill.data.replace(b'id = "red-flags"', f'id = "{id_}"'.encode(), 1)
    return Published(replace(drill.drill, id=id_), fingerprint_of(data), data)
