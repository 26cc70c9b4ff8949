"""What an import takes out of a sheet: its items, and the cards that people have met."""

from collections import Counter
from collections.abc import Collection

from trainer.cards.library import load_library
from trainer.errors import ProgressError
from trainer.home import Home
from trainer.humanize import count, listed
from trainer.material.differences import section_of
from trainer.material.files import sheet_of
from trainer.material.importing import Plan
from trainer.material.sections import ONE_OF
from trainer.material.sheet import Level
from trainer.memory.schedule import Schedule
from trainer.progress import records
from trainer.progress.doctor import folders


def removal(plan: Plan, home: Home) -> str:
    """Return what a plan takes out, as in "8 indicators and 15 cards of 3 people"; empty for nothing."""
    items: Counter[str] = Counter()
    for change in plan.changes:
        if change.kind == "removed":
            items[section_of(change.way)] += 1
            if isinstance(change.old, Level):
                items["indicators"] += len(change.old.indicators)
    if not items.total() or plan.before is None:
        return ""
    told = [count(number, ONE_OF[section]) for section, number in items.items() if number]
    library = load_library(home, writing=False)
    before = library.with_sheet(sheet_of(plan.before.encode(), plan.path), plan.path).cards
    gone = before.keys() - library.with_sheet(plan.sheet, plan.path).cards.keys()
    met = [number for record in folders.records(home, Schedule()) if (number := _met(record, gone))]
    if met:
        told.append(f"{count(sum(met), 'card')} of {count(len(met), 'person', 'people')}")
    return listed(told)


def _met(record: records.Record, cards: Collection[str]) -> int:
    try:
        return sum(str(found["card"]) in cards for found in records.look(record).cards.values())
    except ProgressError:
        return 0  # the doctor tells of it
