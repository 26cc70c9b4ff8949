"""What a user set in `<home>/config.toml`: theme, motion, whether line by line, and keys."""

import difflib
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tomli
from textual.keys import Keys

from trainer import disk
from trainer.app.kit.keys import KeyTable
from trainer.app.kit.themes import DARK, LIGHT
from trainer.clean import clean_line
from trainer.errors import SettingsError

_THEMES = {"dark": DARK, "light": LIGHT}
_SETTINGS = ("theme", "motion", "plain", "keys")
_FORMERLY = {"review.": "mending."}
"""How ids of keys began in earlier versions, with how they begin now."""
_LARGEST = 1_000_000
"""Bytes in a file of settings at most."""
_LONGEST = 60
"""Characters of a name or a value that is told."""
_MOST_TOLD = 12
_NAMED_KEYS = {key.value for key in Keys}


@dataclass(frozen=True)
class Settings:
    """What is to be different, and what could not be understood."""

    keymap: Mapping[str, str] = field(default_factory=dict)
    theme: str = DARK
    motion: bool = True
    """Whether what scrolls may glide; else it jumps."""
    plain: bool = False
    """Whether the session line by line takes the place of the app: see `trainer.plain.preferred`."""
    problems: tuple[str, ...] = ()


def read_settings(path: Path, tables: Iterable[KeyTable]) -> Settings:
    """Return the settings in a file; what is wrong in it is told, and left out.

    `tables` are the keys that can be set, in tables of those that work together.
    """
    try:
        found = _parsed(path)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(problems=(_unread(path, error.strerror or "the system refuses it"),))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Settings(problems=(_unread(path, f"line {line} is not UTF-8 text. Save it as UTF-8"),))
    except tomli.TOMLDecodeError as error:
        return Settings(problems=(_unread(path, clean_line(str(error))),))
    except ValueError:  # the digits of a number are more than Python reads
        return Settings(problems=(_unread(path, "a number in it has too many digits"),))
    except RecursionError:
        return Settings(problems=(_unread(path, "its brackets are nested too deeply"),))
    problems = [f"{path}: {problem}" for problem in _unknown(found)]
    keymap = _keymap(path, found.get("keys", {}), tuple(tables), problems)
    theme = found.get("theme", "dark")
    if not isinstance(theme, str) or theme not in _THEMES:
        problems.append(f'{path}: {_said("theme", theme)}; write theme = "dark" or theme = "light".')
        theme = "dark"
    motion = _switch(path, found, "motion", problems, default=True, what="to have nothing glide")
    plain = _switch(path, found, "plain", problems, default=False, what="to train without the app")
    if len(problems) > _MOST_TOLD:
        more = len(problems) - _MOST_TOLD
        problems[_MOST_TOLD:] = [f"{path}: {more} more like {'this' if more == 1 else 'these'}."]
    return Settings(keymap, _THEMES[theme], motion, plain, tuple(problems))


def _switch(  # noqa: PLR0913 — what is read, and what is told of it
    path: Path, found: Mapping[str, object], name: str, problems: list[str], *, default: bool, what: str
) -> bool:
    """Return a setting that is on or off; anything else is told, and the default taken."""
    value = found.get(name, default)
    if isinstance(value, bool):
        return value
    other = "false" if default else "true"
    problems.append(f"{path}: {name} is neither true nor false; write {name} = {other} {what}.")
    return default


def keep_setting(path: Path, name: str, value: str | bool) -> None:  # noqa: FBT001 — a value as it stands there
    """Write a setting into the file of settings, made when it is missing; all else in it stays as it is.

    Raises OSError, and SettingsError where the file is none that can be changed; it is left alone then.
    """
    import tomlkit  # noqa: PLC0415 — few starts change a setting
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 — the same

    path = path.resolve()
    found = disk.read(path) or b""
    try:
        before = found.decode("utf-8-sig")
        document = tomlkit.parse(before)
        document[name] = value
        after = document.as_string()
        sound = tomli.loads(after) == tomli.loads(before) | {name: value}
    except (TOMLKitError, ValueError, RecursionError):
        sound, after = False, ""
    if not sound:
        written = str(value).lower() if isinstance(value, bool) else f'"{value}"'
        raise SettingsError(f"{path} can't be changed by trainer. Write {name} = {written} into it yourself.")
    disk.make_folder(path.parent)
    mode = stat.S_IMODE(path.stat().st_mode) if found else disk.PRIVATE_FILE
    disk.replace(path, [after.encode()], mode=mode)


def _parsed(path: Path) -> dict[str, object]:
    return tomli.loads(disk.read_whole(path, _LARGEST).decode("utf-8-sig"))


def _unread(path: Path, reason: str) -> str:
    return f"{path} can't be read, so nothing in it counts: {reason}."


def _unknown(found: Mapping[str, object]) -> Iterator[str]:
    for name in found:
        if name not in _SETTINGS:
            near = difflib.get_close_matches(name, _SETTINGS, n=1)
            there = 'There are "theme", "motion", "plain" and the table [keys].'
            advice = f'Did you mean "{near[0]}"?' if near else there
            yield f'there is no setting "{_short(name)}". {advice}'


def _said(name: str, value: object) -> str:
    return f'{name} is "{_short(value)}"' if isinstance(value, str) else f"{name} is no text"


def _short(text: str) -> str:
    """Return a text of a file so that a line can hold it."""
    line = clean_line(text[:_LONGEST])
    return f"{line}…" if len(text) > _LONGEST else line


def _keymap(path: Path, asked: object, tables: Sequence[KeyTable], problems: list[str]) -> dict[str, str]:
    known = {binding.id for table in tables for binding in table if binding.id}
    if not isinstance(asked, dict):
        example = f'{min(known)} = "f5"'
        problems.append(
            f"{path}: keys is no table. Write [keys] on a line, and below it lines such as {example}."
        )
        return {}
    keymap: dict[str, str] = {}
    for id_, keys in _flat(asked):
        if problem := _problem(_now(id_), keys, known):
            problems.append(f"{path}: [keys] {_short(id_)}: {problem}")
        else:
            keymap[_now(id_)] = str(keys)
    return _without_clashes(path, keymap, tables, problems)


def _now(id_: str) -> str:
    """Return the id that a key has in this version."""
    return next((new + id_.removeprefix(old) for old, new in _FORMERLY.items() if id_.startswith(old)), id_)


def _flat(table: Mapping[str, object]) -> list[tuple[str, object]]:
    """TOML reads `study.hint = "x"` without quotes as a table in a table: both spellings are one."""
    flat: list[tuple[str, object]] = []
    waiting = list(table.items())[::-1]
    while waiting:  # a table may be nested deeper than calls can be
        name, value = waiting.pop()
        if isinstance(value, dict) and len(name) <= _LONGEST:
            waiting += [(f"{name}.{below}", each) for below, each in reversed(value.items())]
        else:
            flat.append((name, value))
    return flat


def _problem(id_: str, keys: object, known: set[str]) -> str:
    if id_ not in known:
        near = difflib.get_close_matches(id_, known, n=1)
        return "there is no key of this name." + (f' Did you mean "{near[0]}"?' if near else "")
    if not isinstance(keys, str):
        return "write the key in quotes."
    wrong = [key for key in keys.split(",") if not _is_key(key.strip())]
    return f'"{_short(wrong[0])}" is no key. Use names such as "x", "f5" or "ctrl+n".' if wrong else ""


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


def _without_clashes(
    path: Path, keymap: dict[str, str], tables: Sequence[KeyTable], problems: list[str]
) -> dict[str, str]:
    """Leave out a key that another action of the same screen has."""
    for table in tables:
        taken: dict[str, str] = {}
        for binding in sorted(table, key=lambda binding: binding.id in keymap):
            id_ = binding.id or ""
            for key in (keymap.get(id_) or binding.key).split(","):
                owner = taken.setdefault(key.strip(), id_)
                if owner != id_ and id_ in keymap:
                    del keymap[id_]
                    problems.append(f'{path}: [keys] {id_}: "{key.strip()}" is the key of {owner} already.')
    return keymap
