"""A page that is imported again: what it changes in a sheet that was edited by hand since.

Three sheets meet: what the page gave before (`before`), the sheet as it stands now (`mine`), and what
the page gives now (`page`). What the page changed is taken over, what a person changed is kept, and
where both changed the same the person's stays and it is told.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from trainer.material.changes import Way
from trainer.material.differences import LISTS, TEXT_KEYS, Difference, Raw, folded, said, section_of, text_of


def merge(before: Raw | None, mine: Raw, page: Raw, commented: Collection[Way] = ()) -> list[Difference]:
    """Return what the page changes in `mine`. The ids of all three must be aligned, see `align`.

    Without `before` everything in `mine` counts as a person's. What the page lacks as a whole was not
    found on it, which removes nothing; and an item with a comment in the file (`commented`) is a person's.
    """
    old = before or {}
    sheets = _Sheets(
        frozenset(_texts(mine)) - frozenset(_texts(old)), frozenset(_referred_to(mine)), frozenset(commented)
    )
    changes = list(sheets.merge_table((), old, mine, page))
    return [kept for change in changes if (kept := _if_free(change, mine, changes))]


@dataclass(frozen=True)
class _Sheets:
    """What is known of the whole sheet while its parts are merged."""

    placed: frozenset[str]
    """Texts that a person put where they stand."""
    referred_to: frozenset[str]
    """Ids that other items name; what has them is not removed."""
    commented: frozenset[Way]

    def merge_table(self, way: Way, old: Raw, mine: Raw, page: Raw) -> Iterator[Difference]:
        """Yield what changes in the sheet, or in one item."""
        lists = LISTS.get(section_of(way), ())
        confirmed = bool(old.get("draft")) and not mine.get("draft")
        for key, new in page.items():
            if key in lists:
                yield from self._merge_items(way, key, old.get(key, []), mine.get(key, []), new)
            elif key not in {"id", "format", "draft"}:
                values = (old.get(key), mine.get(key), new)
                yield from _merge_value(way, key, values, confirmed=confirmed)
        if old.get("draft") and mine.get("draft") and "draft" not in page:
            yield Difference("changed", way, "draft", old=True)

    def _merge_items(
        self, way: Way, section: str, before: list[Raw], own: list[Raw], page: list[Raw]
    ) -> Iterator[Difference]:
        old, mine, new = ({item.get("id", ""): item for item in items} for items in (before, own, page))
        last = ""
        for id_, item in new.items():
            here = (*way, section, id_)
            if id_ in mine:
                yield from self.merge_table(here, old.get(id_, {}), mine[id_], item)
                last = id_
            elif id_ not in old:
                yield self._added(here, item, last)
            elif item != old[id_]:
                note = f"You took it out; the page has changed it: “{text_of(here, item)}”."
                yield Difference("kept", here, new=item, note=note)
        for id_, item in mine.items():
            if id_ not in old or id_ in new:
                continue
            here = (*way, section, id_)
            if item == old[id_] and id_ not in self.referred_to and here not in self.commented:
                yield Difference("removed", here, old=item)
            else:
                yield Difference("kept", here, old=item, note="You edited it, and the page no longer has it.")

    def _added(self, here: Way, item: Raw, last: str) -> Difference:
        if folded(text_of(here, item)) in self.placed:
            return Difference("kept", here, new=item, note="You have put it in another place.")
        return Difference("added", here, new=item, after=last)


def _merge_value(
    way: Way, key: str, values: tuple[Any, Any, Any], *, confirmed: bool
) -> Iterator[Difference]:
    old, mine, new = values
    if new in (old, mine):
        return
    if mine == old and not confirmed:
        yield Difference("changed", way, key, old=mine, new=new)
    else:
        yield Difference("kept", way, key, old=mine, new=new, note=f"The page has {said(new)}.")


def _if_free(change: Difference, mine: Raw, changes: list[Difference]) -> Difference | None:
    """Return a change, but add no indicator that stands under another level and stays there."""
    if change.kind != "added" or section_of(change.way) not in {"levels", "indicators"}:
        return change
    removed = {each.way[-2:] for each in changes if each.kind == "removed"}
    removed |= {
        ("indicators", item["id"])
        for each in changes
        if each.kind == "removed" and section_of(each.way) == "levels"
        for item in each.old.get("indicators", [])
    }
    standing = {
        ("indicators", item.get("id", ""))
        for level in mine.get("levels", [])
        for item in level.get("indicators", [])
    } - removed
    if change.way[-2:] in standing:
        return replace(change, kind="kept", note="It stands under another level, where you edited it.")
    if section_of(change.way) == "levels" and "indicators" in change.new:
        free = [item for item in change.new["indicators"] if ("indicators", item["id"]) not in standing]
        return replace(change, new={**change.new, "indicators": free})
    return change


def _texts(table: Raw, kind: str = "") -> Iterator[str]:
    for section in LISTS.get(kind, ()):
        for item in table.get(section, []):
            yield folded(item.get(TEXT_KEYS[section]))
            yield from _texts(item, section)


def _referred_to(sheet: Raw) -> Iterator[str]:
    for term in sheet.get("terms", []):
        yield from term.get("confuse_with", [])
    for level in sheet.get("levels", []):
        for indicator in level.get("indicators", []):
            yield from (*indicator.get("twins", []), *indicator.get("why_not", {}))
    for question in sheet.get("questions", []):
        yield from question.get("flags", [])
        for way in question.get("also_fits", []):
            yield from way.split(".")
        for answer in question.get("answers", []):
            yield from (*answer.get("flags", []), *answer.get("points", {}))
