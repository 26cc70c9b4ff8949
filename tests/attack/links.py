"""Links, pipes and other people's files where trainer writes: none is followed or taken over."""

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.attack.outcome import Outcome
from tests.commands import ran
from tests.progress.faults import unsynced
from tests.progress.samples import CARDS, FakeClock, answer, at_work, record_of, session
from trainer.errors import TrainerError
from trainer.progress.doctor import repair
from trainer.progress.records import Record

PLACES = (
    *("progress/anna.holder", "progress/anna.journal", "progress/anna.lock", "progress/anna.held"),
    *("progress/anna.folding", "progress/anna.json.tmp", "progress/merged", "progress/anna (1).json"),
    *("progress/anna.json.damaged-20260101-000000", "backups/anna", "backups/anna/20260101T000000Z-day.json"),
    *("pages/skt.txt", "cache/outlines.mp", "told.txt", "crashes", "bases", "config.toml"),
    *("teams", "teams/anna", "teams/anna/attempts", "teams/anna/member.json", "teams/anna/agreed.jsonl"),
    *("briefs", "merged", "web/people.json", "web/server.json", "web/people.lock", "imports/skt.000001.json"),
    *("cache/sheets.msgpack", "decks/skt.toml", "bases/skt.toml", "teams/anna/known.json"),
)
_PAGE = Path("tests/material/pages_text")


class Victim(NamedTuple):
    """A file and a folder of somebody else, and how they were."""

    file: Path
    folder: Path

    @classmethod
    def made(cls, where: Path) -> "Victim":
        """Make them, for everybody to read."""
        victim = cls(where / "file", where / "folder")
        victim.folder.mkdir(parents=True)
        for each in (victim.file, victim.folder / "20260101T000000Z-day.json", victim.folder / "notes.txt"):
            each.write_bytes(b"somebody else's")
            each.chmod(0o644)
        victim.folder.chmod(0o755)
        return victim

    def state(self) -> dict[str, tuple[int, bytes]]:
        """Return the modes and the content of all."""
        return {
            str(each): (stat.S_IMODE(each.lstat().st_mode), each.read_bytes() if each.is_file() else b"")
            for each in sorted(self.file.parent.rglob("*"))
        }


def attack(folder: Path, places: Sequence[str] = PLACES) -> list[Outcome]:
    """Lay a link to a file, one to a folder, and a pipe in each place, and do all there is to do."""
    outcomes = [Outcome(f"places with {what} in them") for what in _LAID]
    with unsynced():
        for outcome, (name, lay) in zip(outcomes, _LAID.items(), strict=True):
            for number, place in enumerate(places):
                outcome.tried += 1
                _try(folder / name / str(number), place, lay, outcome)
    return outcomes


def _link_to_file(path: Path, victim: Victim) -> None:
    path.symlink_to(victim.file)


def _link_to_folder(path: Path, victim: Victim) -> None:
    path.symlink_to(victim.folder)


def _pipe(path: Path, _victim: Victim) -> None:
    os.mkfifo(path)


_LAID: dict[str, Callable[[Path, Victim], None]] = {
    "a link to a file": _link_to_file,
    "a link to a folder": _link_to_folder,
    "a pipe": _pipe,
}


def _try(folder: Path, place: str, lay: Callable[[Path, Victim], None], outcome: Outcome) -> None:
    home, victim = folder / "home", Victim.made(folder / "elsewhere")
    record, clock = record_of(home), FakeClock()
    session(record, clock, *CARDS)
    path = home / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    lay(path, victim)
    before = victim.state()
    for act in (_train, _mend, _command("doctor", "--fix"), _command("export", "--out", folder / "out")):
        act(record, clock)
        outcome.expect(victim.state() == before, f"changed by {act.__name__} through {place}")
    _command("import", next(iter(sorted(_PAGE.iterdir()))), "--yes")(record, clock)
    _command("import", "--undo", "--yes")(record, clock)
    _command("serve", "invite", "bo")(record, clock)
    _command("erase", "--recruiter", "anna", "--yes", "anna")(record, clock)
    outcome.expect(victim.state() == before, f"changed by erase through {place}")


def _train(record: Record, clock: FakeClock) -> None:
    clock.move(24 * 60)
    with suppress(TrainerError), at_work(record, clock) as progress:  # a refusal is an answer
        answer(progress, clock)


def _mend(record: Record, clock: FakeClock) -> None:
    with suppress(TrainerError):
        repair.fix(record, clock)


def _command(*line: object) -> Callable[[Record, FakeClock], None]:
    def run(record: Record, clock: FakeClock) -> None:
        ran(*map(str, line), "--home", record.path.parents[1])

    run.__name__ = str(line[0])
    return run
