"""Homes in which something odd lies: links, pipes, folders for files, files for folders, and what is torn.

It lies in the place of anything that trainer makes. Whatever is asked then, the answer is a sentence within
five seconds, nobody else's file is touched, and the answers of a record that was left alone stay. A folder
of the home may be a link by the user's own choice: new files in there are no fault.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.attack.commands import SECONDS, Hang, judge, run_here
from tests.attack.lines import Line, Place, line
from tests.attack.links import PLACES, Victim
from tests.attack.outcome import Outcome
from tests.progress.faults import unsynced
from tests.progress.samples import read
from trainer.crash import place as place_of

_MOST_LAID = 3
_LINES = 3
"""Random command lines that are run in each home, beside those that read and write most."""
_ALWAYS = (
    ("study", "--plain"),
    ("doctor", "--fix"),
    ("decks",),
    ("export", "--out", "out"),
    ("team", "report"),
    ("erase", "--recruiter", "anna", "--yes", "anna"),
)


def attack(folder: Path, count: int, seed: int = 1) -> list[Outcome]:
    """Lay one to three odd things into so many homes, and do much of what there is to do."""
    outcome = Outcome("homes with links, pipes, folders and files in wrong places")
    place, chance = Place(folder.resolve() / "place"), random.Random(seed)
    with unsynced():
        for number in range(count):
            shutil.rmtree(folder, ignore_errors=True)
            victim = Victim.made(folder / "elsewhere")
            place.furnish(chance, sound=True)
            laid = _lay(place, victim, chance)
            outcome.tried += 1
            lines = [line(place, chance) for _ in range(_LINES)]
            _try(place, victim, laid, lines, outcome, where=f"{number} (seed {seed}), {laid}")
    return [outcome]


def _lay(place: Place, victim: Victim, chance: random.Random) -> dict[str, str]:
    """Put odd things into the home; return where, and what."""
    there = {path.relative_to(place.home).as_posix() for path in place.home.rglob("*")}
    chosen = [*chance.sample(sorted(there - {"progress"}), 2), chance.choice(PLACES)]
    laid: dict[str, str] = {}
    for name in chosen[: chance.randint(1, _MOST_LAID)]:
        path = place.home / name
        if any(above.is_symlink() or (above.exists() and not above.is_dir()) for above in path.parents):
            continue  # what was laid before stands in the way
        what = chance.choice(list(_LAID))
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.is_file() else b""
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        _LAID[what](path, victim, before)
        laid[name] = what
    return laid


_LAID: dict[str, Callable[[Path, Victim, bytes], object]] = {
    "a link to a file": lambda path, victim, _: path.symlink_to(victim.file),
    "a link to a folder": lambda path, victim, _: path.symlink_to(victim.folder),
    "a link to nothing": lambda path, _, __: path.symlink_to("nothing-there"),
    "a link to itself": lambda path, _, __: path.symlink_to(path.name),
    "a link to where it lies": lambda path, _, __: path.symlink_to(path.parent),
    "a link to a pipe": lambda path, victim, _: path.symlink_to(_pipe_of(victim)),
    "a pipe": lambda path, _, __: os.mkfifo(path),
    "a folder": lambda path, _, __: path.mkdir(),
    "a folder with files": lambda path, victim, _: shutil.copytree(victim.folder, path),
    "an empty file": lambda path, _, __: path.touch(),
    "half of it": lambda path, _, before: path.write_bytes(before[: len(before) // 2]),
    "zeros in its place": lambda path, _, before: path.write_bytes(bytes(len(before) or 4096)),
    "no text": lambda path, _, __: path.write_bytes(b"\xff\xfe\x00\xe9 = [\n" * 50),
}


def _pipe_of(victim: Victim) -> Path:
    """Make a pipe of somebody else's; it stands for devices, which no attack may come near."""
    pipe = victim.file.with_name("pipe")
    if not pipe.exists():
        os.mkfifo(pipe)
    return pipe


def _try(
    place: Place, victim: Victim, laid: dict[str, str], lines: list[Line], outcome: Outcome, *, where: str
) -> None:
    before, record = victim.state(), place.home / "progress" / "anna.json"
    untouched = not any(name == "progress" or name.startswith("progress/") for name in laid)
    known = _answers(record) if untouched else set[int]()
    for each in [*map(_plain_line(place), _ALWAYS[:-1]), *lines, _plain_line(place)(_ALWAYS[-1])]:
        ends = each.arguments[:1] in (["erase"], ["rename"], ["merge"], ["backups"])
        _run(each, place, outcome, where)
        outcome.expect(
            victim.state().items() >= before.items(), f"touched another's file by {each.arguments}: {where}"
        )
        if ends:
            break
        if untouched:
            outcome.expect(known <= _answers(record), f"lost an answer by {each.arguments}: {where}")


def _plain_line(place: Place) -> Callable[[tuple[str, ...]], Line]:
    environment: dict[str, str | None] = {"HOME": str(place.work), "TRAINER_HOME": str(place.home)}
    return lambda arguments: Line([*arguments], b"1\n1\n:q\n", "whole", "whole", "whole", environment)


def _run(each: Line, place: Place, outcome: Outcome, where: str) -> None:
    mine = Outcome("")
    place.work.mkdir(exist_ok=True)
    try:
        judge(run_here(each, place.work), each, mine)
    except Hang:
        mine.expect(False, f"hang above {SECONDS:.0f} s: {each.arguments}")
    except Exception as error:  # noqa: BLE001 — this is what is looked for
        mine.expect(False, f"stack trace, {place_of(error)}: {each.arguments}")
    for what in mine.wrong:
        outcome.expect(False, f"{what}: {where}")


def _answers(record: Path) -> set[int]:
    if not record.exists():
        return set()
    with read(record) as progress:
        return set(progress.history())
