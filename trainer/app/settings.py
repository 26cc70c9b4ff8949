"""What a user set in `<home>/config.toml`: keys and theme."""

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomli
from textual.keys import Keys

from trainer.app.keys import ROOMS, known_ids
from trainer.app.themes import DARK, LIGHT
from trainer.clean import clean_line

_THEMES = {"dark": DARK, "light": LIGHT}
_NAMED_KEYS = {key.value for key in Keys}


@dataclass(frozen=True)
class Settings:
    """What is to be different, and what could not be understood."""

    keymap: Mapping[str, str] = field(default_factory=dict)
    theme: str = DARK
    problems: tuple[str, ...] = ()


def read_settings(path: Path) -> Settings:
    """Return the settings in a file; what is wrong in it is told, and left out."""
    try:
        found = tomli.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        return Settings(problems=(f"{path} can't be read, so nothing in it counts: {error}",))
    problems: list[str] = []
    keymap = _keymap(path, found.get("keys", {}), problems)
    theme = found.get("theme", "dark")
    if theme not in _THEMES:
        problems.append(f'{path}: theme is "{theme}"; it can be "dark" or "light".')
    return Settings(keymap, _THEMES.get(str(theme), DARK), tuple(problems))


def _keymap(path: Path, asked: object, problems: list[str]) -> dict[str, str]:
    if not isinstance(asked, dict):
        problems.append(f"{path}: keys is no table. Write [keys] on a line, and below it lines such as …")
        return {}
    keymap: dict[str, str] = {}
    known = set(known_ids())
    for id_, keys in _flat(asked):
        if problem := _problem(id_, keys, known):
            problems.append(f"{path}: [keys] {clean_line(id_)}: {problem}")
        else:
            keymap[id_] = str(keys)
    return _without_clashes(path, keymap, problems)


def _flat(table: Mapping[str, object], before: str = "") -> list[tuple[str, object]]:
    """TOML reads `study.hint = "x"` without quotes as a table in a table: both spellings are one."""
    flat: list[tuple[str, object]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            flat += _flat(value, f"{before}{name}.")
        else:
            flat.append((before + name, value))
    return flat


def _problem(id_: str, keys: object, known: set[str]) -> str:
    if id_ not in known:
        near = difflib.get_close_matches(id_, known, n=1)
        return "there is no key of this name." + (f' Did you mean "{near[0]}"?' if near else "")
    if not isinstance(keys, str):
        return "write the key in quotes."
    wrong = [key for key in keys.split(",") if not _is_key(key.strip())]
    return f'"{clean_line(wrong[0])}" is no key. Use names such as "x", "f5" or "ctrl+n".' if wrong else ""


def _is_key(key: str) -> bool:
    name = key.rpartition("+")[2] if len(key) > 1 else key
    if len(name) == 1:
        return name.isprintable()
    if key in _NAMED_KEYS or name in _NAMED_KEYS:
        return True
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True


def _without_clashes(path: Path, keymap: dict[str, str], problems: list[str]) -> dict[str, str]:
    """Leave out a key that another action of the same screen has."""
    for room in ROOMS:
        taken: dict[str, str] = {}
        for binding in sorted(room, key=lambda binding: binding.id in keymap):
            id_ = binding.id or ""
            for key in (keymap.get(id_) or binding.key).split(","):
                owner = taken.setdefault(key.strip(), id_)
                if owner != id_ and id_ in keymap:
                    del keymap[id_]
                    problems.append(f'{path}: [keys] {id_}: "{key.strip()}" is the key of {owner} already.')
    return keymap
