"""What msgspec finds wrong with a sheet, in the words of the sheet's author."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from trainer.material import sheet as schema
from trainer.material.sections import ONE_OF

_CHOICES: Mapping[str, Iterable[str]] = {
    "search": schema.Search,
    "relation": schema.Relation,
    "from": ("page", "trade"),
    "points": ("shown", "partly"),
    "polish": ("fluent", "plain", "clumsy"),
}


def explain(
    message: str,
    raw: dict[str, Any],
    *,
    keys_known: Collection[str] | None = None,
    choices: Mapping[str, Iterable[str]] = _CHOICES,
) -> str:
    """Put a message of msgspec into the words of a sheet's author.

    `keys_known` and `choices`, by key, are those of another file than a sheet.
    """
    problem, _, path = message.partition(" - at ")
    of_key = path.startswith("`key`")
    path = path.removeprefix("`key` in ").strip("`$")
    keys = re.findall(r"\w+|\[\d+\]|\[\.\.\.\]", path)
    way, value = _walk(keys, raw)
    last = next((key for key in reversed(keys) if key[0] != "["), "")
    said = _in_words(problem, last, _known_keys() if keys_known is None else keys_known, choices)
    if of_key:
        said = f"one of its keys {said}"
    elif isinstance(value, str | int) and "key" not in said:
        said = f"{_shown(value)} {said}" if said.startswith("is ") else f"{_shown(value)}: {said}"
    return f"{' › '.join(way)}: {said}" if way else said


def _walk(keys: list[str], raw: Any) -> tuple[list[str], Any]:
    """Return the way to an item by ids where it has them, and what stands there."""
    way: list[str] = []
    value = raw
    for key in keys:
        if key == "[...]":
            return way, None
        if not key.startswith("["):
            value = value.get(key) if isinstance(value, dict) else None
            way.append(key)
            continue
        index = int(key[1:-1])
        value = value[index] if isinstance(value, list) and index < len(value) else None
        section = way.pop() if way else ""
        if section in ONE_OF and isinstance(value, dict) and isinstance(value.get("id"), str):
            way.append(f'{ONE_OF[section]} "{value["id"]}"')
        else:
            way.append(f"{ONE_OF.get(section, section)} {index + 1}")
    return way, value


def _shown(value: str | int) -> str:
    """Return a value as it stands in the file, not the whole of a long one."""
    if isinstance(value, str):
        return f'"{value[:_LONGEST]}…"' if len(value) > _LONGEST else f'"{value}"'
    return str(value).lower()


_LONGEST = 60
_PLAIN = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date with a time",
    "time": "a time",
}


def _in_words(problem: str, key: str, known: Collection[str], choices: Mapping[str, Iterable[str]]) -> str:
    """Return msgspec's finding on a key as a sentence on the value that stands there."""
    if found := re.match(r"Object missing required field `(.+)`", problem):
        return f'the key "{found[1]}" is missing. Add it.'
    if found := re.match(r"Object contains unknown field `(.+)`", problem):
        if found[1] in known:
            return f'the key "{found[1]}" does not belong here. Move it to where it does, or remove it.'
        near = difflib.get_close_matches(found[1], known, n=1)
        return f'unknown key "{found[1]}". ' + (f'Did you mean "{near[0]}"?' if near else "Remove it.")
    if found := re.match(r"Expected `int` (<=|>=) (\d+)", problem):
        return f"is {'above' if found[1] == '<=' else 'below'} {found[2]}."
    if "enum value" in problem:
        return f"use one of {', '.join(choices[key])}." if key in choices else "can't stand here."
    if "encoded date" in problem:
        return "write a date as 2026-12-04."
    if "matching regex" in problem:
        return 'an id has lower-case letters, digits and single hyphens ("stage-manager").'
    if "length >= 1" in problem:
        return "write something here, or remove the key."
    if found := re.match(r"Expected `(\w+).*` of length (<=|>=) (\d+)", problem):
        of = "letters" if found[1] == "str" else "entries"
        return f"has {'more' if found[2] == '<=' else 'fewer'} than {found[3]} {of}."
    return re.sub(r"`(.+?)`", lambda hit: _kinds(hit[1]), problem) + "."


def _kinds(types: str) -> str:
    """Return msgspec's names of types in plain words; what need not be there may be left out, not null."""
    return " or ".join(_PLAIN.get(each, each) for each in types.split(" | ") if each != "null") or "nothing"


def _known_keys() -> list[str]:
    parts = (part for part in vars(schema).values() if isinstance(part, type))
    return [
        key for part in parts if issubclass(part, msgspec.Struct) for key in part.__struct_encode_fields__
    ]
