"""Two versions of a record brought together: a file and its journal, or what two computers have made of it.

Whichever a crash or a sync left behind, no review and no choice is dropped.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState
from trainer.progress import choices, marks, valid
from trainer.progress.documents import (
    UNREADABLE,
    Document,
    Meta,
    Table,
    card_document,
    card_key,
    day_key,
    document,
    is_sound,
)
from trainer.progress.journal import Entries
from trainer.progress.marks import UNMARKED, Marked
from trainer.progress.reviews import in_order
from trainer.progress.tables import Condition, Tables, parse, unreadable

_Value = TypeVar("_Value")
_Rank = tuple[int, bool, bytes]


def read_own(content: bytes, path: Path, schedule: Schedule) -> Tables:
    """Read a record's file. One that another program may have changed is checked, its states made anew.

    Raises ProgressError.
    """
    found = parse(content, path)
    if found.found is Condition.CHANGED:
        try:
            found.check(valid.LAST_ID)
            rebuild(found, schedule)
        except UNREADABLE as error:
            raise unreadable(path, error) from error
    return found


def read_other(content: bytes, path: Path) -> Tables:
    """Read a file that is to be united with a record, and check all of it. Raises ProgressError."""
    found = parse(content, path)
    check_other(found, path)
    return found


def check_other(theirs: Tables, path: Path) -> None:
    """Check what is to be united with a record; `path` is where it comes from. Raises ProgressError."""
    try:
        theirs.check()
    except UNREADABLE as error:
        raise unreadable(path, error) from error


def take_in(tables: Tables, journal: Entries, schedule: Schedule) -> int:
    """Bring what a journal holds into the tables; return how many of its lines were new.

    The lines of a journal of the file's own generation stand as they are. Any other one was
    folded already, or the file was put back or synced: what is new in it is united with the file.
    """
    if journal.generation == tables.meta.generation and _goes_on(journal, tables.reviews.newest):
        for changes in journal.changes:
            tables.apply(changes)
        if journal.damaged:
            rebuild(tables, schedule)
        return len(journal.changes)
    return take_copy(tables, tables_of(journal, tables.meta), schedule)


def take_copy(tables: Tables, theirs: Tables, schedule: Schedule) -> int:
    """Unite another copy with the tables if there is anything new in it; return how much."""
    new = _count_new(tables, theirs)
    if new:
        unite(tables, theirs, schedule)
    return new


def tables_of(journal: Entries, meta: Meta) -> Tables:
    """Return what a journal alone tells."""
    found = Tables(meta)
    for changes in journal.changes:
        found.apply(changes)
    return found


def unite(tables: Tables, theirs: Tables, schedule: Schedule) -> None:
    """Bring what stands in another copy of the file into the tables: no review and no mark is dropped.

    It makes no difference in which order, or how often, copies are united. Of a mark on a card,
    a setting and an interview the later version stands.
    """
    combine(tables, theirs)
    rebuild(tables, schedule)


def combine(tables: Tables, theirs: Tables) -> None:
    """Unite all that does not follow from reviews; `rebuild` makes the rest."""
    tables.reviews = tables.reviews.united(theirs.reviews)
    said = marks.by_card([*tables.cards.values(), *theirs.cards.values()])
    tables.cards = _cards({}, said)
    tables.settings = _united_choices(tables.settings, theirs.settings)
    tables.interviews = _united_choices(tables.interviews, theirs.interviews)
    tables.meta = msgspec.structs.replace(tables.meta, format=max(tables.meta.format, theirs.meta.format))
    tables.others = {
        name: _united_rows(*(each.others.get(name, msgspec.Raw(b"{}")) for each in (tables, theirs)))
        for name in sorted({*tables.others, *theirs.others})
    }


def rebuild(tables: Tables, schedule: Schedule) -> None:
    """Make the states and totals anew from the reviews. Marks stay."""
    said = marks.by_card(tables.cards.values())
    states, days = choices.schedule_of(tables.settings, schedule).replay(tables.reviews.history())
    for card in tables.reviews.forgotten():
        states.pop(card, None)
    tables.cards = _cards(states, said)
    tables.days = {day_key(day): document(totals) for day, totals in sorted(days.items())}


def has_sound_states(tables: Tables) -> bool:
    """Return whether the states and totals are such as reviews can give, if not whether these do."""
    try:
        for id_, card in tables.cards.items():
            valid.check_card(card)
            if id_ != card_key(card["card"]):
                return False
    except UNREADABLE:
        return False
    return all(is_sound("days", key, totals) for key, totals in tables.days.items())


def _goes_on(journal: Entries, newest: int) -> bool:
    """Return whether the ids in a journal rise from the newest one of the file, as a session gives them."""
    return in_order(
        [newest, *(int(id_) for changes in journal.changes for id_ in changes.get("reviews", {}))]
    )


def _united(
    ours: Mapping[str, _Value], theirs: Mapping[str, _Value], rank: Callable[[_Value], _Rank]
) -> dict[str, _Value]:
    """Return the rows of both; of two with the same id the one that ranks higher."""
    return {
        id_: max((rows[id_] for rows in (ours, theirs) if id_ in rows), key=rank)
        for id_ in sorted({*ours, *theirs})
    }


def _united_rows(ours: msgspec.Raw, theirs: msgspec.Raw) -> msgspec.Raw:
    here, there = (msgspec.json.decode(table, type=dict[str, msgspec.Raw]) for table in (ours, theirs))
    return msgspec.Raw(msgspec.json.encode(_united(here, there, _content), order="sorted"))


def _cards(states: Mapping[str, CardState], said: Mapping[str, Marked]) -> Table:
    return {
        card_key(card): found
        for card in sorted({*states, *said})
        if (found := card_document(card, states.get(card), said.get(card, UNMARKED)))
    }


def _united_choices(ours: Table, theirs: Table) -> Table:
    """Return the later version of each, its keys in an order that does not tell whose it was."""
    united = _united(ours, theirs, _when_said)
    return msgspec.json.decode(msgspec.json.encode(united, order="sorted"), type=Table)


def _when_said(choice: Document) -> _Rank:
    return msgspec.convert(choice.get("at"), int), True, msgspec.json.encode(choice, order="sorted")


def _content(row: msgspec.Raw) -> _Rank:
    return 0, True, msgspec.json.encode(msgspec.json.decode(row), order="sorted")


def _count_new(tables: Tables, theirs: Tables) -> int:
    """Count what another copy has, reviews, tombstones, marks and choices, and the tables have not."""
    united = tables.reviews.united(theirs.reviews)
    reviews = 0 if united is tables.reviews else len(united) - len(tables.reviews)
    ours = marks.by_card(tables.cards.values())
    said = sum(
        ours.get(card, UNMARKED).united(each) != ours.get(card, UNMARKED)
        for card, each in marks.by_card(theirs.cards.values()).items()
    )
    chosen = sum(
        id_ not in known or _when_said(each) > _when_said(known[id_])
        for known, others in (
            (tables.settings, theirs.settings),
            (tables.interviews, theirs.interviews),
        )
        for id_, each in others.items()
    )
    return reviews + said + chosen
