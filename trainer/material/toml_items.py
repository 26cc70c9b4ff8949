"""Whole items put into a sheet's text and taken out of it, by the lines of their headers.

A comment right above an item belongs to it; tomlkit counts it to the item before.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import AoT, Item, Table

from trainer.material.changes import Add, Change, Drop, Way, raw_of
from trainer.material.sections import LISTS
from trainer.material.sheet import Sheet
from trainer.material.toml_blocks import Block, blocks_of, lines_of


class UnfitError(Exception):
    """The layout has no place for a change that could be found."""


def new_file(sheet: Sheet, head: Sequence[str], notes: Mapping[str, Sequence[str]]) -> str:
    """Return the text of a new sheet, with comments at its head and above its sections."""
    document = tomlkit.document()
    for line in head:
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    raw = raw_of(sheet)
    for key, value in raw.items():
        if key not in LISTS[""]:
            document.add(key, value)
    for section in LISTS[""]:
        if section not in raw:
            continue
        document.add(tomlkit.nl())
        document.add(tomlkit.nl())
        for line in notes.get(section, ()):
            document.add(tomlkit.comment(line))
        document.add(section, _array(raw[section], section))
    return tomlkit.dumps(document)


def _array(items: Sequence[Mapping[str, Any]], section: str) -> AoT:
    array = tomlkit.aot()
    for item in items:
        array.append(_new_table(item, section))
    return array


def _new_table(item: Mapping[str, Any], section: str) -> Table:
    table = tomlkit.table()
    for key, value in item.items():
        table.add(key, _array(value, key) if key in LISTS.get(section, ()) else item_of(value))
    return table


def item_of(value: Any) -> Item:
    """Return a value as it is written on the line of its key, or in a list."""
    if isinstance(value, str):
        return tomlkit.string(value, multiline="\n" in value)
    if isinstance(value, list):
        array = tomlkit.array()
        for part in value:
            array.append(item_of(part))
        return array
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, part in value.items():
            table.append(key, item_of(part))
        return table
    item: Item = tomlkit.item(value)
    return item


def with_items(text: str, changes: Sequence[Change]) -> str:
    """Return a text with items added and dropped. Raises UnfitError where its layout has no place for it."""
    if not any(isinstance(change, Add | Drop) for change in changes):
        return text
    lines = lines_of(text)
    blocks = blocks_of(lines)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    added = _added(lines, blocks, changes)
    gone: set[int] = set()
    for change in changes:
        if isinstance(change, Drop):
            gone.update(_dropped(lines, *_extent(blocks, change.way), added))
    parts = [
        added.get(number, "").replace("\n", end) + ("" if number in gone else line)
        for number, line in enumerate([*lines, ""])
    ]
    return "".join(parts)


def _dropped(lines: Sequence[str], first: int, last: int, added: Mapping[int, str]) -> Iterator[int]:
    """Yield the lines that go with an item: its own and a blank one; what a person wrote above it stays."""
    header = next(line for line in range(first, last) if not lines[line].lstrip().startswith("#"))
    yield from range(header, last)
    blank = first - 1 if last in added else last
    if header == first and not "".join(lines[blank : blank + 1]).strip():
        yield blank


def _added(lines: Sequence[str], blocks: Sequence[Block], changes: Sequence[Change]) -> dict[int, str]:
    """Return by line what is put in before it, with a blank line to part it from what was there."""
    texts: dict[int, list[str]] = {}
    for change in changes:
        if not isinstance(change, Add):
            continue
        place = _place(blocks, change.behind)
        begun = bool(place) and bool(lines[place - 1].strip())
        for item in change.items:
            written = written_item([str(name) for name in change.behind[::2]], item)
            texts.setdefault(place, []).append(f"\n{written}" if begun else f"{written}\n")
    return {place: "".join(parts) for place, parts in texts.items()}


def written_item(sections: Sequence[str], item: Mapping[str, Any]) -> str:
    """Return an item with its header, as one writes it into the file."""
    header = f"[[{'.'.join(sections)}]]"
    if all(map(_is_plain, item.values())):  # thousands of terms are written in no time
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in item.items()]
        return "\n".join([header, *lines, ""])
    table: Any = _new_table(item, sections[-1])
    for section in reversed(sections):
        array = tomlkit.aot()
        array.append(table)
        table = tomlkit.table()
        table.add(section, array)
    text = tomlkit.dumps(table)
    return f"{text[text.index(header) :].rstrip()}\n"


def _is_plain(value: object) -> bool:
    """Return whether TOML writes a value as JSON does, on one line."""
    if isinstance(value, list):
        return all(isinstance(part, str) and _is_plain(part) for part in value)
    return isinstance(value, bool) or (isinstance(value, str) and value.isprintable())


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
        raise UnfitError
    return blocks[own[0]].first, blocks[own[-1]].last
