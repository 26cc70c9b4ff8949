"""What a learner has chosen, as documents: settings, and interviews.

A document of a setting is `{key, value, at}`, one of an interview
`{role, level, when, minutes, done, told, hard, asked, at, gone}`, of which the last are there where they say
something; `at` tells in microseconds when that was said, and of two versions the later one stands.
"""

import msgspec

from trainer.errors import TrainerError
from trainer.memory.learner import Interview, SettingKey, Settings
from trainer.memory.schedule import Schedule
from trainer.progress import valid
from trainer.progress.documents import Document, Table

_EXPECTED = {
    "roles": "a list of the names of sheets",
    "paused": "a list of the names of sheets",
    "minutes": f"a whole number from 1 to {valid.MINUTES_A_DAY}",
    "region": '"UK", "US" or "both"',
    "retention": "a number from 0.70 to 0.97",
}


def settings_of(table: Table) -> Settings:
    """Return the settings in a table. One whose value can't be used counts as not chosen: see `unusable`."""
    found = Settings()
    for key, value in _values(table).items():
        try:
            found = msgspec.structs.replace(found, **{key: _converted(key, value)})
        except msgspec.ValidationError:
            continue  # told by `unusable`
    return found


def unusable(table: Table) -> dict[str, str]:
    """Return the settings whose values can't be used, by key, with what was expected."""
    found = {}
    for key, value in _values(table).items():
        try:
            _converted(key, value)
        except msgspec.ValidationError:
            found[key] = _EXPECTED[key]
    return found


def schedule_of(table: Table, schedule: Schedule) -> Schedule:
    """Return a schedule with what the settings of a record say of it."""
    return schedule.with_retention(settings_of(table).retention) if table else schedule


def setting_document(key: SettingKey, value: object, at: int) -> Document:
    """Return the document of a setting, chosen at an instant. Raises TrainerError for a wrong value."""
    try:
        kept = msgspec.to_builtins(_converted(key, msgspec.to_builtins(value)))
    except (msgspec.ValidationError, TypeError) as error:
        raise TrainerError(
            f'The setting "{key}" can\'t be {value!r}: it takes {_EXPECTED[key]}. Nothing was changed.'
        ) from error
    return {"key": key, "value": kept, "at": at}


def interviews_of(table: Table) -> dict[int, Interview]:
    """Return the interviews in a table by id, those that were taken back left out."""
    return {
        int(id_): msgspec.convert(found, Interview) for id_, found in table.items() if not found.get("gone")
    }


def interview_document(interview: Interview, at: int, *, gone: bool = False) -> Document:
    """Return the document of an interview. Raises TrainerError when it says what can't be."""
    found: Document = {**msgspec.to_builtins(interview), "at": at, **({"gone": True} if gone else {})}
    try:
        valid.check_interview("1", found)
    except ValueError as error:
        raise TrainerError(f"The interview can't be kept: {error}. Nothing was changed.") from error
    return found


def interview_id(found: Document) -> int:
    """Return the id for a new interview; two computers give different ones different ids."""
    return int(valid.hashed(f"{found['at']} {found['role']} {found['level']} {found['when']}"))


def _values(table: Table) -> dict[str, object]:
    """Return the values of the settings that we know; others are only kept. Raises ValidationError."""
    found = {msgspec.convert(each.get("key"), str): each.get("value") for each in table.values()}
    return {key: value for key, value in found.items() if key in _EXPECTED}


def _converted(key: str, value: object) -> object:
    """Return a value in its own type. Raises msgspec.ValidationError."""
    return getattr(msgspec.convert({key: value}, valid.SoundSettings), key)
