"""Changes made in a sheet's text: what is not changed stays letter by letter, comments included."""

import re
from collections.abc import Sequence
from typing import Any

import tomli
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable, Item, Table

from trainer.material.changes import Change, Put, Way, apply, find, in_order, item_way
from trainer.material.toml_items import UnfitError, item_of, with_items


def rewrite(text: str, changes: Sequence[Change]) -> str | None:
    """Return a sheet's text with changes made; None where its layout would not survive that.

    tomlkit moves tables that stand interleaved, so a text that it does not give back as it was is
    left alone, and what comes out is read once more and has to say what was wanted.
    """
    wanted = apply(tomli.loads(text), changes)
    try:
        rewritten = with_items(_with_values(text, changes), changes)
        return rewritten if tomli.loads(rewritten) == wanted else None
    except (TOMLKitError, tomli.TOMLDecodeError, UnfitError):
        return None


def _with_values(text: str, changes: Sequence[Change]) -> str:
    puts = [change for change in in_order(changes) if isinstance(change, Put)]
    if not puts:
        return text
    document = tomlkit.parse(text)
    if document.as_string() != text:
        raise UnfitError
    for put in puts:
        _put(document, put, "\r\n" if "\r\n" in text else "\n")
    return document.as_string()


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
            raise UnfitError
        if last < len(around):
            around[last] = item_of(put.after)
        else:
            around.append(item_of(put.after))
    elif last in around:
        around[last] = tomlkit.item(put.after) if isinstance(around[last], AoT) else item_of(put.after)
    else:
        _new_key(around, last, put.after, newline)


def _make_say(table: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Change in a table what it says otherwise."""
    for key in [key for key in table if key not in wanted]:
        del table[key]
    for key, value in wanted.items():
        if table.get(key) != value:
            table[key] = item_of(value)


def _new_key(table: Any, key: str, value: Any, newline: str) -> None:
    if isinstance(table, InlineTable):
        table.append(key, item_of(value))
    elif isinstance(table, Table | tomlkit.TOMLDocument):
        _write_behind(_last(table), [_line(key, value)], newline)
    else:
        raise UnfitError


def _line(key: str, value: Any) -> str:
    return f"{tomlkit.key(key).as_string()} = {item_of(value).as_string()}"


def _last(table: Table | tomlkit.TOMLDocument) -> Item:
    """Return the last value of a table's own lines."""
    body = table.body if isinstance(table, tomlkit.TOMLDocument) else table.value.body
    for key, item in reversed(body):
        if key is None or isinstance(item, AoT) or (isinstance(item, Table) and not key.is_dotted()):
            continue
        return _last(item) if isinstance(item, Table) else item
    raise UnfitError


def _write_behind(item: Item, lines: list[str], newline: str) -> None:
    """Write lines behind the one that a value ends on; comments that follow stay behind them."""
    trivia = item.trivia
    if trivia.trail.endswith("\n"):
        trivia.trail += "".join(f"{trivia.indent if line else ''}{line}{newline}" for line in lines)
    else:
        trivia.trail += "".join(f"{newline}{trivia.indent if line else ''}{line}" for line in lines)
