"""One person, one name: how the names of recruiters are spelled, compared and told apart."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from trainer.clean import clean_line
from trainer.errors import RecruiterNameError

LONGEST_NAME = 60
"""Characters in a recruiter's name at most."""
MOST_BYTES = 200
"""Bytes in a new recruiter's name at most, as their files are called: 255 go into the name of a file.

The longest that is put behind it is ".journal.0123abcd.old.damaged-20261124-101500-2".
"""

_UNSAFE_IN_FILE_NAMES = re.compile(r'[<>:"|?*%]')
_RESERVED_ON_WINDOWS = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")
_BYTES = re.compile("[\udc80-\udcff]")
"""How Python gives bytes of a file's name or an argument that are no UTF-8."""
_MOST_NAMED = 5
_ALIKE = str.maketrans(
    # Cyrillic, Greek, Armenian and odd Latin letters, and the Latin ones that they look like
    "АВЕКМНОРСТУХІЈЅԌаекмортсухіјѕһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορτυχօոսıɑɡ",
    "ABEKMHOPCTYXIJSGaekmoptcyxijshdqwlABEZHIKMNOPTYXayiKvoptuxonuiag",
)


def check_recruiter(name: str) -> str:
    """Return the name of a recruiter who may be new in its one spelling.

    Raises RecruiterNameError, saying what is wrong with it.
    """
    spelled = spelling_of(name)
    if len(file_stem(spelled).encode()) > MOST_BYTES:
        fits = next(
            n for n in range(len(spelled), 0, -1) if len(file_stem(spelled[:n]).encode()) <= MOST_BYTES
        )
        raise RecruiterNameError(
            f"The recruiter's name is too long to be that of a file: its {len(spelled)} characters take more "
            f"room there than others do. Use at most {fits} of these."
        )
    return spelled


def spelling_of(name: str) -> str:
    """Return a recruiter's name in its one spelling, however long their files' names become.

    Raises RecruiterNameError for what was never a name.
    """
    spelled = clean_line(_decoded(name))
    if not any(sign.isprintable() for sign in spelled.replace(" ", "")):
        raise RecruiterNameError("The recruiter's name is empty. Give one, for example: anna")
    if len(spelled) > LONGEST_NAME:
        raise RecruiterNameError(
            f"The recruiter's name has {len(spelled)} characters; use at most {LONGEST_NAME}."
        )
    if re.search(r"[/\\]", spelled) or spelled.startswith("."):
        raise RecruiterNameError(
            f"The recruiter's name \"{spelled}\" can't be used: it names a file, "
            "so it holds no slash or backslash and starts with no dot."
        )
    return spelled


def file_stem(spelled: str) -> str:
    """Return what the files of a recruiter are called before their suffix: none that a system forbids."""
    stem = _UNSAFE_IN_FILE_NAMES.sub(lambda hit: f"%{ord(hit[0]):02X}", spelled)
    if reserved := _RESERVED_ON_WINDOWS.match(stem):  # "con.x" is one too: the part before the dot counts
        last = reserved.end() - 1
        stem = f"{stem[:last]}%{ord(stem[last]):02X}{stem[last + 1 :]}"
    return f"{stem[:-1]}%2E" if stem.endswith(".") else stem


def name_key(name: str) -> str:
    """Return what all spellings of a name share: those in other case, width or composition too."""
    folded = unicodedata.normalize("NFKC", clean_line(_decoded(name))).casefold()
    return clean_line(unicodedata.normalize("NFKC", folded))


def same_name(one: str | None, other: str) -> bool:
    """Return whether two names are one recruiter's."""
    return one is not None and (one == other or name_key(one) == name_key(other))


def look_alike(name: str, known: Iterable[str]) -> str | None:
    """Return a known name that looks like another one but is written in letters of another script."""
    look = _look(name)
    return next((each for each in known if _look(each) == look and not same_name(each, name)), None)


def new_here(name: str, known: Sequence[str]) -> str:
    """Return the question whether a name is that of somebody new, with the known one that may be meant."""
    import difflib  # noqa: PLC0415 — few are new

    if alike := look_alike(name, known):
        return f'New here: {name}? There is "{alike}" already, which looks the same in other letters.'
    keys = {name_key(each): each for each in known}
    if near := difflib.get_close_matches(name_key(name), keys, n=1):
        return f'New here: {name}? There is "{keys[near[0]]}" already.'
    more = ", …" if len(known) > _MOST_NAMED else ""
    return f"New here: {name}? Here train: {', '.join(known[:_MOST_NAMED])}{more}."


def _decoded(name: str) -> str:
    """Return a name with what is no UTF-8 in it read as Latin-1, as a terminal with that locale sends it."""
    return _BYTES.sub(lambda hit: chr(ord(hit[0]) - 0xDC00), name)


def _look(name: str) -> str:
    return name_key(unicodedata.normalize("NFKC", clean_line(_decoded(name))).translate(_ALIKE))
