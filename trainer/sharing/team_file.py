"""The file in which a team's folder says what is set for the team, which people may edit."""

import re
from pathlib import Path

import msgspec

from trainer.clean import clean_line
from trainer.errors import SheetError, TeamError
from trainer.material.files import parsed
from trainer.sharing.place import TeamSettings

_WANTED = {
    "format": "has to be 1",
    "id": "has to be the 16 digits and letters that the team was made with",
    "name": "has to be what the team is called, in quotes, of 80 letters at most",
    "keep_months": "has to be a whole number of months from 1 to 120, without quotes and point",
}
"""What each key has to be."""
_KEY = re.compile(r"`\$\.(\w+)`|field `(\w+)`")


def settings_in(data: bytes, path: Path) -> TeamSettings:
    """Return what a team's file sets. Raises TeamError, which says what is wrong in it, and what to do."""
    try:
        raw = parsed(data, path, "a team's settings")
    except SheetError as error:
        raise _wrong(path, str(error).removeprefix(f"{path}: ")) from error
    written = raw.get("format")
    if type(written) is int and written > 1:
        raise TeamError(f"{clean_line(str(path))}: a newer version of trainer wrote it. Update trainer.")
    try:
        settings = msgspec.convert(raw, TeamSettings)
    except msgspec.ValidationError as error:
        found = _KEY.search(str(error))
        key = (found[1] or found[2]) if found else "format"
        missing = "" if key in raw else "is missing, and "
        raise _wrong(path, f"{key} {missing}{_WANTED[key]}.") from error
    return msgspec.structs.replace(settings, name=clean_line(settings.name))


def text_of(settings: TeamSettings) -> bytes:
    """Return the file that says what is set for a team."""
    import tomlkit  # noqa: PLC0415 — a team is made once

    head = (
        '# A team of trainer. "keep_months" says how long results are kept: older ones are removed by those\n'
        "# who sent them, and passed over by reports.\n"
    )
    return (head + tomlkit.dumps(msgspec.to_builtins(settings))).encode()


def _wrong(path: Path, what: str) -> TeamError:
    return TeamError(
        f"{clean_line(str(path))} can't be used: {what} Put that right in an editor, or ask your lead to; "
        "what was sent is safe."
    )
