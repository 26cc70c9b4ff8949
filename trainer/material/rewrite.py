"""Changes made in a sheet's text: what is not changed stays letter by letter, comments included."""

import re
from typing import Any

import tomli
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable, Item, Table

from trainer.material.changes import Add, Change, Drop, Put, Way, apply, find, in_order, item_way, place_of


def rewrite(text: str, changes: list[Change]) -> str | None:
    """Return a sheet's text with changes made; None where its layout would not survive that.

    tomlkit moves tables that stand interleaved, so a text that it does not give back as it was is
    left alone, and what comes out is read once more and has to say what was wanted.
    """
    wanted = apply(tomli.loads(text), changes)
    try:
        document = tomlkit.parse(text)
        if document.as_string() != text:
            return None
        for change in in_order(changes):
            _make(document, change, "\r\n" if "\r\n" in text else "\n")
        rewritten = document.as_string()
        return rewritten if tomli.loads(rewritten) == wanted else None
    except (TOMLKitError, tomli.TOMLDecodeError, _UnfitError):
        return None


def line_of(text: str, way: Way) -> int | None:
    """Return the line on which the item of a way has its id, None where that can't be told."""
    way = item_way(way)
    if not way:
        return None
    id_line = re.compile(rf"""\bid["']?\s*=\s*["']\s*{re.escape(str(way[-1]))}\s*["']""")
    end = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end += len(line) + 1
        if id_line.search(line) and find(_read_so_far(text[:end]), way) is not None:
            return number
    return None


def _read_so_far(text: str) -> Any:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError:  # it ends in the middle of a value
        return None


class _UnfitError(Exception):
    """The layout has no place for a change that could be found."""


def _make(document: tomlkit.TOMLDocument, change: Change, newline: str) -> None:
    match change:
        case Put():
            _put(document, change, newline)
        case Add():
            _add(document, change, newline)
        case Drop(way):
            _drop(find(document, way[:-1]), place_of(find(document, way[:-1]), way[-1]))


def _add(document: tomlkit.TOMLDocument, add: Add, newline: str) -> None:
    *sections, id_ = add.behind
    tables = find(document, tuple(sections))
    if not isinstance(tables, AoT) or len(sections) > 1 or not id_:
        raise _UnfitError
    lines: list[str] = []
    for item in add.items:
        lines += ["", f"[[{sections[0]}]]", *(_line(key, value) for key, value in item.items())]
    _write_behind(_last(tables.body[place_of(tables, id_)], below=True), lines, newline)


def _put(document: tomlkit.TOMLDocument, put: Put, newline: str) -> None:
    *before, last = put.way
    around = find(document, tuple(before))
    if around is None and isinstance(last, int):
        _new_key(find(document, tuple(before[:-1])), str(before[-1]), [put.after], newline)
    elif put.after is None:
        del around[last]
    elif isinstance(put.after, dict) and isinstance(there := find(around, (last,)), dict):
        _make_say(there, put.after)
    elif isinstance(last, int):
        if isinstance(around, AoT):
            raise _UnfitError
        if last < len(around):
            around[last] = _value(put.after)
        else:
            around.append(_value(put.after))
    elif last in around:
        around[last] = tomlkit.item(put.after) if isinstance(around[last], AoT) else _value(put.after)
    else:
        _new_key(around, last, put.after, newline)


def _make_say(table: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Change in a table what it says otherwise."""
    for key in [key for key in table if key not in wanted]:
        del table[key]
    for key, value in wanted.items():
        if table.get(key) != value:
            table[key] = _value(value)


def _new_key(table: Any, key: str, value: Any, newline: str) -> None:
    if isinstance(table, InlineTable):
        table.append(key, _value(value))
    elif isinstance(table, Table | tomlkit.TOMLDocument):
        _write_behind(_last(table, below=False), [_line(key, value)], newline)
    else:
        raise _UnfitError


def _value(value: Any) -> Item:
    """Return a value as it is written on the line of its key, or in a list."""
    if isinstance(value, str):
        return tomlkit.string(value, multiline="\n" in value)
    if isinstance(value, list):
        array = tomlkit.array()
        for part in value:
            array.append(_value(part))
        return array
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, part in value.items():
            table.append(key, _value(part))
        return table
    item: Item = tomlkit.item(value)
    return item


def _line(key: str, value: Any) -> str:
    return f"{tomlkit.key(key).as_string()} = {_value(value).as_string()}"


def _last(table: Table | tomlkit.TOMLDocument, *, below: bool) -> Item:
    """Return the last value of a table: of its own lines, or of all that stands below its header."""
    body = table.body if isinstance(table, tomlkit.TOMLDocument) else table.value.body
    for key, item in reversed(body):
        if key is None:
            continue
        apart = isinstance(item, AoT) or (isinstance(item, Table) and not key.is_dotted())
        if apart and not below:
            continue
        if isinstance(item, AoT):
            return _last(item.body[-1], below=below)
        return _last(item, below=below) if isinstance(item, Table) else item
    raise _UnfitError


def _write_behind(item: Item, lines: list[str], newline: str) -> None:
    """Write lines behind the one that a value ends on; comments that follow stay behind them."""
    trivia = item.trivia
    if trivia.trail.endswith("\n"):
        trivia.trail += "".join(f"{trivia.indent if line else ''}{line}{newline}" for line in lines)
    else:
        trivia.trail += "".join(f"{newline}{trivia.indent if line else ''}{line}" for line in lines)


def _drop(items: Any, place: int) -> None:
    """Take a table out; the comments behind it belong to what follows and stay."""
    if not isinstance(items, AoT) or place < 1:
        raise _UnfitError
    tail = _tail(items.body[place])
    kept = "".join(item.as_string() for item in tail)
    del items[place]
    if kept.strip():
        previous = _innermost(items.body[place - 1])
        if not "".join(item.as_string() for item in _tail(previous)).strip():
            del previous.value.body[len(previous.value.body) - len(_tail(previous)) :]
        previous.add(tomlkit.ws(kept))


def _tail(table: Table) -> list[Item]:
    """Return the comments and empty lines at the end of a table."""
    body = _innermost(table).value.body
    count = next((i for i, (key, _) in enumerate(reversed(body)) if key is not None), len(body))
    return [item for _, item in body[len(body) - count :]]


def _innermost(table: Table) -> Table:
    """Return the table in which the last line of a table stands."""
    for key, item in reversed(table.value.body):
        if isinstance(item, AoT):
            return _innermost(item.body[-1])
        if isinstance(item, Table) and key is not None and not key.is_dotted():
            return _innermost(item)
        if key is not None:
            return table
    return table
