"""Editing a sheet's file in place: what is not touched, comments too, stays as it is written.

Single values are changed by tomlkit, see `rewrite`; whole items are cut out of the text and put into it by
their headers, because a comment above an item belongs to it, and tomlkit counts it to the item before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import tomli
import tomlkit
from tomlkit.items import AoT, Table

from trainer.errors import SheetError
from trainer.material.changes import Add, Change, Drop, Put, Way, apply
from trainer.material.differences import LISTS, Raw
from trainer.material.rewrite import rewrite
from trainer.material.toml_blocks import Block, blocks_of, lines_of

_CANNOT = "it is written in a way that can't be edited without rewriting it. Edit it by hand."


def edit(text: str, changes: Sequence[Change]) -> str:
    """Return the text of a sound sheet's file with the changes made.

    Raises SheetError when the file is written in a way that can't be edited without losing something.
    """
    wanted = apply(tomli.loads(text), changes)
    edited = _with_items(_with_values(text, changes), changes)
    if tomli.loads(edited) != wanted:
        raise SheetError(_CANNOT)
    return edited


def new_file(sheet: Raw, head: Sequence[str], notes: Mapping[str, Sequence[str]]) -> str:
    """Return the text of a new sheet, with comments at its head and above its sections."""
    document = tomlkit.document()
    for line in head:
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    for key, value in sheet.items():
        if key not in LISTS[""]:
            document.add(key, value)
    for section in LISTS[""]:
        if section not in sheet:
            continue
        document.add(tomlkit.nl())
        document.add(tomlkit.nl())
        for line in notes.get(section, ()):
            document.add(tomlkit.comment(line))
        document.add(section, _array(sheet[section], section))
    return tomlkit.dumps(document)


def _array(items: Sequence[Raw], section: str) -> AoT:
    array = tomlkit.aot()
    for item in items:
        array.append(_new_table(item, section))
    return array


def _new_table(item: Mapping[str, Any], section: str) -> Table:
    table = tomlkit.table()
    for key, value in item.items():
        table.add(key, _array(value, key) if key in LISTS.get(section, ()) else value)
    return table


def _with_values(text: str, changes: Sequence[Change]) -> str:
    values: list[Change] = [change for change in changes if isinstance(change, Put)]
    changed = rewrite(text, values) if values else text
    if changed is None:
        raise SheetError(_CANNOT)
    return changed


def _with_items(text: str, changes: Sequence[Change]) -> str:
    lines = lines_of(text)
    blocks = blocks_of(lines)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    added = _added(lines, blocks, changes)
    gone: set[int] = set()
    for change in changes:
        if isinstance(change, Drop):
            first, last = _extent(blocks, change.way)
            blank = first - 1 if last in added else last
            gone.update(
                [*range(first, last), *([blank] if not "".join(lines[blank : blank + 1]).strip() else [])]
            )
    parts = [
        added.get(number, "").replace("\n", end) + ("" if number in gone else line)
        for number, line in enumerate([*lines, ""])
    ]
    return "".join(parts)


def _added(lines: Sequence[str], blocks: Sequence[Block], changes: Sequence[Change]) -> dict[int, str]:
    """Return by line what is put in before it, with a blank line to part it from what was there."""
    texts: dict[int, str] = {}
    for change in changes:
        if not isinstance(change, Add):
            continue
        place = _place(blocks, change.behind)
        begun = bool(place) and bool(lines[place - 1].strip())
        for item in change.items:
            written = _written([str(name) for name in change.behind[::2]], item)
            texts[place] = texts.get(place, "") + (f"\n{written}" if begun else f"{written}\n")
    return texts


def _written(sections: Sequence[str], item: Mapping[str, Any]) -> str:
    """Return an item with its header, as one writes it into the file."""
    table: Any = _new_table(item, sections[-1])
    for section in reversed(sections):
        array = tomlkit.aot()
        array.append(table)
        table = tomlkit.table()
        table.add(section, array)
    text = tomlkit.dumps(table)
    header = ".".join(sections)
    return f"{text[text.index(f'[[{header}]]') :].rstrip()}\n"


def _place(blocks: Sequence[Block], behind: Way) -> int:
    """Return the line before which an added item goes."""
    *_, section, after = behind
    parent = behind[:-2]
    if after:
        return _extent(blocks, behind)[1]
    for block in blocks:
        if block.begins and block.way[:-1] == behind[:-1]:
            return block.first
    if parent:
        return _extent(blocks, parent)[1]
    earlier = LISTS[""][: LISTS[""].index(str(section))]
    return max(block.last for block in blocks if not block.way or block.way[0] in earlier)


def _extent(blocks: Sequence[Block], way: Way) -> tuple[int, int]:
    """Return the lines of an item, from the comment right above it to the last line that says something."""
    own = [place for place, block in enumerate(blocks) if block.way[: len(way)] == way]
    if not own or own != list(range(own[0], own[-1] + 1)):
        raise SheetError(_CANNOT)
    return blocks[own[0]].first, blocks[own[-1]].last
