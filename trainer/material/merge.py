"""A page that is imported again: what it changes in a sheet that was edited by hand since.

Three sheets meet: what the page gave before (`before`), the sheet as it stands now (`mine`), and what
the page gives now (`page`). What the page changed is taken over, what a person changed is kept, and
where both changed the same the person's stays and it is told. What the page lacks now stays too: a copy
may have been cut short.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile

from msgspec import Struct, structs

from trainer.material.changes import Way
from trainer.material.differences import CUT_SHORT, Difference, folded, said, section_of
from trainer.material.items import Item
from trainer.material.questions import Point
from trainer.material.sections import LISTS, items_of, stated, text_of, value_of
from trainer.material.sheet import Level, Sheet

_ON_A_PAGE = ("titles", "levels", "indicators", "questions", "red_flags", "examples")


def merge(
    before: Sheet | None,
    mine: Sheet,
    page: Sheet,
    commented: Collection[Way] = (),
    *,
    removing: bool = False,
) -> list[Difference]:
    """Return what the page changes in `mine`. The ids of all three must be aligned, see `align`.

    Without `before` everything in `mine` counts as a person's, and so does an item with a comment in the
    file (`commented`). What the page no longer has is taken out when `removing`; but not when a section as
    a whole was not found, or the page ends before it.
    """
    sheets = _Sheets(
        frozenset(_texts(mine)) - frozenset(_texts(before)),
        frozenset(_referred_to(mine)),
        frozenset(commented),
        before is not None and any(_has(before, section) > _has(page, section) for section in _ON_A_PAGE),
        _behind_the_end(before, page),
    )
    changes = list(sheets.merge_parts((), before, mine, page))
    if not removing:
        moved = {item.id for _, item in page.indicators()}
        changes = [_missing(change, moved) for change in changes]
    return [kept for change in changes if (kept := _if_free(change, mine, changes))]


@dataclass(frozen=True)
class _Sheets:
    """What is known of the whole sheet while its parts are merged."""

    placed: frozenset[str]
    """Texts that a person put where they stand."""
    referred_to: frozenset[str]
    """Ids that other items name; what has them is not removed."""
    commented: frozenset[Way]
    cut_short: bool
    """Whether a whole section of the page is gone, as when it was not copied to its end."""
    behind_the_end: frozenset[str]
    """Red flags that stood behind the last one that is on the page still: so may a copy end, too."""

    def merge_parts(self, way: Way, old: Struct | None, mine: Struct, page: Struct) -> Iterator[Difference]:
        """Yield what changes in the sheet, or in one item."""
        confirmed = _is_draft(old) and not _is_draft(mine)
        for key, name in stated(page):
            if key in LISTS[section_of(way)]:
                yield from self._merge_items(
                    way, key, items_of(old, key), items_of(mine, key), items_of(page, key)
                )
            elif key not in {"id", "format", "draft"}:
                values = (value_of(old, name), value_of(mine, name), getattr(page, name))
                yield from _merge_value(way, key, values, confirmed=confirmed)
        if _is_draft(old) and _is_draft(mine) and not _is_draft(page):
            yield Difference("changed", way, "draft", old=True)

    def _merge_items(
        self, way: Way, section: str, before: Collection[Item], own: Collection[Item], page: Collection[Item]
    ) -> Iterator[Difference]:
        old, mine, new = ({item.id: item for item in items} for items in (before, own, page))
        last = ""
        for id_, item in new.items():
            here = (*way, section, id_)
            if id_ in mine:
                yield from self.merge_parts(here, old.get(id_), mine[id_], item)
                last = id_
            elif id_ not in old:
                yield self._added(here, item, last)
            elif item != old[id_]:
                note = f"You took it out; the page has changed it: {said(item)}."
                yield Difference("kept", here, new=item, note=note)
        for id_, item in mine.items():
            if id_ not in old or id_ in new:
                continue
            here = (*way, section, id_)
            if self.cut_short or (section == "red_flags" and id_ in self.behind_the_end):
                yield Difference("kept", here, old=item, note=CUT_SHORT)
            elif item == old[id_] and id_ not in self.referred_to and here not in self.commented:
                yield Difference("removed", here, old=item)
            else:
                yield Difference("kept", here, old=item, note="You edited it, and the page no longer has it.")

    def _added(self, here: Way, item: Item, last: str) -> Difference:
        if folded(text_of(item)) in self.placed:
            return Difference("kept", here, new=item, note="You have put it in another place.")
        return Difference("added", here, new=item, after=last)


def _has(sheet: Sheet, section: str) -> bool:
    return any(sheet.indicators()) if section == "indicators" else bool(items_of(sheet, section))


def _behind_the_end(before: Sheet | None, page: Sheet) -> frozenset[str]:
    there = {flag.id for flag in page.red_flags}
    flags = before.red_flags if before else ()
    return frozenset(flag.id for flag in takewhile(lambda each: each.id not in there, reversed(flags)))


def _is_draft(part: Struct | None) -> bool:
    return isinstance(part, Point) and part.draft


def _merge_value(
    way: Way, key: str, values: tuple[object, object, object], *, confirmed: bool
) -> Iterator[Difference]:
    old, mine, new = values
    if new in (old, mine):
        return
    if mine == old and not confirmed:
        yield Difference("changed", way, key, old=mine, new=new)
    else:
        yield Difference("kept", way, key, old=mine, new=new, note=f"The page has {said(new)}.")


def _missing(change: Difference, moved: Collection[str]) -> Difference:
    """Return a change that takes nothing out, but for an indicator that stands under another level now."""
    if change.kind != "removed" or (section_of(change.way) == "indicators" and change.way[-1] in moved):
        return change
    return structs.replace(change, kind="missing")


def _if_free(change: Difference, mine: Sheet, changes: list[Difference]) -> Difference | None:
    """Return a change, but add no indicator that stands under another level and stays there."""
    if change.kind != "added" or section_of(change.way) not in {"levels", "indicators"}:
        return change
    gone = [each for each in changes if each.kind == "removed"]
    removed = {str(each.way[-1]) for each in gone if section_of(each.way) == "indicators"}
    removed |= {item.id for each in gone if isinstance(each.old, Level) for item in each.old.indicators}
    standing = {item.id for _, item in mine.indicators()} - removed
    if section_of(change.way) == "indicators" and change.way[-1] in standing:
        return structs.replace(
            change, kind="kept", note="It stands under another level, where you edited it."
        )
    if isinstance(change.new, Level):
        free = tuple(item for item in change.new.indicators if item.id not in standing)
        return structs.replace(change, new=structs.replace(change.new, indicators=free))
    return change


def _texts(part: Struct | None, section: str = "") -> Iterator[str]:
    for within in LISTS[section]:
        for item in items_of(part, within):
            yield folded(text_of(item))
            yield from _texts(item, within)


def _referred_to(sheet: Sheet) -> Iterator[str]:
    for term in sheet.terms:
        yield from term.confuse_with
    for _, indicator in sheet.indicators():
        yield from (*indicator.twins, *indicator.why_not)
    for question in sheet.questions:
        yield from question.flags
        for way in question.also_fits:
            yield from way.split(".")
        for answer in question.answers:
            yield from (*answer.flags, *answer.points)
