"""Records that were changed: as one's own file, a copy beside it, an import, a journal, a backup.

`python -m tests.attack.records --count 2000 --seed 1` changes a record so often in its structure: other
values, types, keys, dates and numbers. Half of the files get a right sum, so that they look like ours.
"""

import argparse
import json
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tests.attack import changes
from tests.attack.outcome import Outcome
from tests.progress.faults import unsynced
from tests.progress.samples import CARDS, SCHEDULE, FakeClock, answer, at_work, record_of, session
from trainer.errors import NewerFormatError, NotYoursError, ProgressError, TrainerError
from trainer.memory.learner import Interview
from trainer.memory.state import Marks, Rating
from trainer.progress import backup, copies, records
from trainer.progress.doctor import checks, repair
from trainer.progress.records import Record
from trainer.progress.tables import Tables

LONGEST = 5
"""Seconds of work that one changed record may cost, with all that is done to it: the machine may be busy."""


class HangError(Exception):
    """An act took too long."""


class Case(NamedTuple):
    """A changed record, and a home with the good one in it."""

    home: Path
    content: bytes
    replaces: bool
    """Whether it takes the place of the good one."""

    @property
    def anna(self) -> Record:
        """The record that was good before."""
        return record_of(self.home)


def attack(folder: Path, count: int, seed: int) -> list[Outcome]:
    """Try so many changed records, one kind of use after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / "template"
    outcomes = {use: Outcome(f"a changed record {words}") for use, words in USES.items()}
    with unsynced():
        _make(template)
        good = _answers(record_of(template))
        for number in range(count):
            use = list(USES)[number % len(USES)]
            case = Case(
                folder / "home", _changed(template, use, random.Random(f"{seed}/{number}")), use is own
            )
            shutil.rmtree(case.home, ignore_errors=True)
            shutil.copytree(template, case.home)
            outcomes[use].tried += 1
            before = outcomes[use].wrong.total()
            _try(use, case, good, outcomes[use])
            if outcomes[use].wrong.total() > before:
                (folder / f"failed-{number}").write_bytes(case.content)
    return [each for each in outcomes.values() if each.tried]


def _try(use: "Use", case: Case, good: set[str], outcome: Outcome) -> None:
    try:
        with _alarm():
            use(case, outcome)
            _sound(case, good, outcome)
    except HangError:
        outcome.wrong["that hangs"] += 1
    except (TrainerError, AssertionError) as error:
        outcome.wrong[f"refused in the end: {str(error)[:200]}"] += 1
    except Exception as error:  # noqa: BLE001 — that is what is looked for
        outcome.wrong[f"with a traceback: {type(error).__name__} {str(error)[:80]} {_where(error)}"] += 1


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    assert trace
    while trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


# How a changed record is used

Use = Callable[[Case, Outcome], None]


def own(case: Case, outcome: Outcome) -> None:
    """It is one's own file."""
    case.anna.path.write_bytes(case.content)
    _opens_or_is_mended(case, outcome)


def killed(case: Case, outcome: Outcome) -> None:
    """It is the journal of a session that was killed, its sums right."""
    case.anna.path.with_suffix(".journal").write_bytes(case.content)
    _opens_or_is_mended(case, outcome)


def beside(case: Case, outcome: Outcome) -> None:
    """It is a copy beside a good one."""
    _beside(case.anna.path.with_name("anna (1).json"), case, outcome)


def journal_beside(case: Case, outcome: Outcome) -> None:
    """It is a copy of a journal beside a good record."""
    _beside(case.anna.path.with_name("anna-LAPTOP.journal"), case, outcome)


def _beside(copied: Path, case: Case, outcome: Outcome) -> None:
    copied.write_bytes(case.content)
    is_copy = copied in [path for path, _ in copies.examined(case.anna.path, case.anna.recruiter)]
    with at_work(case.anna, FakeClock()) as progress:
        progress.history()
        told = "\n".join(progress.notices)
    if is_copy and copied.exists():
        outcome.expect(str(copied) in told, "not told")
        findings = _findings(case.anna)
        outcome.expect(str(copied) in findings, "that the doctor doesn't name")
        repair.fix(case.anna, FakeClock())
        newer = "newer version" in told
        outcome.expect(newer or not copied.exists(), "that stays after --fix")
        outcome.expect(newer or _findings(case.anna) == "", "that leaves problems after --fix")


def imported(case: Case, outcome: Outcome) -> None:
    """It is imported."""
    file = case.home / "import.json"
    file.write_bytes(case.content)
    source = Record("", file, file.parent, SCHEDULE)
    try:
        theirs = records.examined(source)
    except TrainerError as error:
        outcome.expect(str(file) in str(error), "refused without its name")
        return
    records.take_in(case.anna, theirs, "import", FakeClock())


def merged(case: Case, outcome: Outcome) -> None:
    """It is merged into a good one."""
    other = record_of(case.home, "bella")
    other.path.write_bytes(case.content)
    try:
        records.merge(other, case.anna, FakeClock())
    except TrainerError as error:
        outcome.expect(str(other.path) in str(error), "refused without its name")
        outcome.expect(other.path.exists(), "refused and gone")


def restored(case: Case, outcome: Outcome) -> None:
    """It is a backup that is put back."""
    chosen = backup.existing(case.anna.backups)[0]
    chosen.path.write_bytes(case.content)
    try:
        held = backup.read(chosen.path, SCHEDULE)
    except TrainerError as error:
        outcome.expect(str(chosen.path) in str(error), "refused without its name")
        newer = isinstance(error, NewerFormatError)
        outcome.expect(newer or str(chosen.path) in _findings(case.anna), "that the doctor doesn't name")
        return
    before = _answers(case.anna)
    clock = FakeClock()
    clock.move(200_000)
    records.restore(case.anna, held, clock)
    records.restore(case.anna, backup.read(backup.existing(case.anna.backups)[-1].path, SCHEDULE), clock)
    outcome.expect(before <= _answers(case.anna), "that can't be taken back")


def meanwhile(case: Case, outcome: Outcome) -> None:
    """It takes the place of the file during a session."""
    clock = FakeClock()
    clock.move(60)
    with at_work(case.anna, clock) as progress:
        answer(progress, clock, CARDS[2])
        case.anna.path.unlink()
        case.anna.path.write_bytes(case.content)
    outcome.expect(bool(progress.notices), "not told")
    if "newer version" in "".join(progress.notices):
        case.anna.path.unlink()
    with at_work(case.anna, clock) as progress:
        last = progress.newest()
        outcome.expect(last is not None, "with the answer of the session lost")


USES: dict[Use, str] = {
    own: "as one's own file",
    killed: "as a journal with right sums",
    beside: "as a copy beside a good one",
    journal_beside: "as a copy of a journal beside a good one",
    imported: "imported",
    merged: "merged into a good one",
    restored: "as a backup that is put back",
    meanwhile: "put in the place of the file meanwhile",
}


def _opens_or_is_mended(case: Case, outcome: Outcome) -> None:
    path = case.anna.path
    try:
        _usable(case, outcome)
    except NewerFormatError as error:
        outcome.expect("Update trainer" in str(error), "newer, without what to do")
        shutil.rmtree(case.home)
        return
    except TrainerError as error:
        message = str(error)
        outcome.expect(str(path.with_suffix("")) in message, "refused without its name")
        advice = "backups restore" if isinstance(error, NotYoursError) else "doctor"
        outcome.expect(advice in message, "refused without what to do")
        # It may be the journal beside the file that is at fault.
        outcome.expect(
            str(path.with_suffix("")) in _findings(case.anna), "refused, and the doctor doesn't name it"
        )
        other = case._replace(home=case.home.with_name("restored"))
        shutil.rmtree(other.home, ignore_errors=True)
        shutil.copytree(case.home, other.home)
        records.restore(other.anna, _newest_backup(other.anna), FakeClock())
        _usable(other, outcome)
        if isinstance(error, NotYoursError):  # whose it is, nobody but the recruiter can say
            shutil.rmtree(case.home)
            return
    repair.fix(case.anna, FakeClock())
    outcome.expect(
        _findings(case.anna) == "", f"that has problems after --fix: {_findings(case.anna)[-120:]}"
    )
    _usable(case, outcome)


def _usable(case: Case, outcome: Outcome) -> None:
    """Open a record, answer, undo what is there, close it, and open it again."""
    clock = FakeClock()
    clock.move(100_000)
    with at_work(case.anna, clock) as progress:
        held = progress.history()
        first = answer(progress, clock)
        progress.mark(CARDS[1], Marks(suspended=True))
        given = answer(progress, clock, CARDS[1], Rating.AGAIN)
        undone = progress.undo()
        outcome.expect(undone is not None and undone[0] == given, "with another answer undone")
    with at_work(case.anna, clock) as progress:
        found = progress.history()
        outcome.expect(found.keys() == held.keys() | {first}, "with an answer lost or invented")
        undone = progress.undo()
        outcome.expect(undone is not None and undone[0] == first, "with another answer undone later")
        progress.undo()


def _newest_backup(record: Record) -> Tables:
    """Return the newest backup that can be put back, as somebody finds who tries one after the other."""
    for each in reversed(backup.existing(record.backups)):
        with suppress(ProgressError):
            return backup.read(each.path, SCHEDULE)
    raise AssertionError("no backup can be put back")


def _findings(record: Record) -> str:
    found = checks.check(record, FakeClock().now.replace(year=2027), CARDS)
    return "\n".join(f"{each.where} {each.what} {each.do}" for each in found if each.problem)


def _sound(case: Case, good: set[str], outcome: Outcome) -> None:
    """The good record, or what became of it, opens; of its answers none is gone."""
    if not case.home.exists():
        return
    _usable(case, outcome)
    held = _answers(case.anna)
    outcome.expect(
        good & _told(case.content) <= held if case.replaces else good <= held, "with a good answer lost"
    )


def _answers(record: Record) -> set[str]:
    """Return the answers that stand in a record, undone or not, by what they say; those of the template."""
    held = records.look(record)
    found = ({**each, "home": None} for each in held.reviews.values() if "ms" in each)
    return {
        json.dumps(each, sort_keys=True)
        for each in found
        if each["ms"] == 4200 and each.get("given", 1000) < 100
    }


def _told(content: bytes) -> set[str]:
    """Return the answers of which a changed record still tells, as `_answers` does."""
    try:
        reviews = json.loads(content)["reviews"].values()
        return {json.dumps({**each, "home": None}, sort_keys=True) for each in reviews}
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()


def _changed(template: Path, use: "Use", chance: random.Random) -> bytes:
    content = record_of(template).path.read_bytes()
    return (
        changes.journal(content, chance)
        if use in {killed, journal_beside}
        else changes.record(content, chance)
    )


def _make(home: Path) -> None:
    clock, anna = FakeClock(), record_of(home)
    with at_work(anna, clock) as progress:
        for card in CARDS:
            answer(progress, clock, card)
        progress.mark(CARDS[3], Marks(suspended=True, star=True))
        progress.set_setting("roles", ("asm",))
        progress.set_setting("retention", 0.85)
        progress.keep_interview(Interview(role="asm", level="junior", when=clock.now, minutes=10))
        progress.forget(CARDS[1:3])
    clock.move(24 * 60)
    session(anna, clock, *CARDS)
    with at_work(anna, clock) as progress:
        answer(progress, clock, CARDS[0], Rating.AGAIN)
        progress.undo()
        answer(progress, clock, CARDS[1])
    now = clock.now
    backup.keep_file(anna.path, anna.backups, "import", now)


def main() -> int:
    """Attack; return 1 when anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.attack.records", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="changed records, %(default)s if not told")
    parser.add_argument("--seed", type=int, default=1, help="for the chance in the changes, %(default)s")
    parser.add_argument("--keep", type=Path, help="a folder to keep in what failed")
    chosen = parser.parse_args()
    scratch = Path("build/attack")
    scratch.mkdir(parents=True, exist_ok=True)
    wrong = False
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        for outcome in attack(chosen.keep or Path(name), chosen.count, chosen.seed):
            sys.stdout.write(f"{outcome}\n")
            sys.stdout.flush()
            wrong = wrong or bool(outcome.wrong)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
