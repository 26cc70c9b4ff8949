"""The lines of a team's place as far as a report needs them: small, and by the file in which they stand.

What was read is kept at home, so that the next report reads only the files that changed. It can be made anew
at any time: what is damaged, of another team or of another version counts as nothing.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, Struct

from trainer import __version__
from trainer.sharing.lines import CHECK, Left, Member, Rating, Result, TeamLine
from trainer.sharing.place import Found, Mark

WRONG, RIGHT, NOT_ASKED = range(3)
_CODES = {False: WRONG, True: RIGHT, None: NOT_ASKED}
_ANSWERS = (False, True, None)
_DIGEST = 32


class Scored(Struct, frozen=True, array_like=True, gc=False):
    """A result as far as a report needs it: of two that are equal one counts."""

    id: str
    drill: str
    fingerprint: str
    member: str
    alias: str
    attempt: int
    """From 1 on; CHECK for the delayed check."""
    at: datetime
    """When it was finished."""
    seconds: float
    """How long it took; below zero where it ended before it began."""
    right: int
    of: int
    adds_up: bool
    """Whether its figures fit each other."""
    items: bytes | None = None
    """By question: WRONG, RIGHT, or not asked; None where that is not shared."""
    chose: bytes = b""
    """What was chosen where an answer was wrong, packed, for it is much: see `wrong`."""
    doubtful: tuple[int, ...] = ()
    """The numbers of the questions that were called doubtful."""
    ratings: tuple[Rating | None, ...] | None = None
    clock: bool = False
    """Whether the clock was set back meanwhile."""

    @property
    def is_check(self) -> bool:
        """Whether it is the delayed check."""
        return self.attempt == CHECK

    @property
    def answers(self) -> tuple[bool | None, ...] | None:
        """By question right, wrong, or not asked; None where that is not shared."""
        return None if self.items is None else tuple(map(_ANSWERS.__getitem__, self.items))

    @property
    def wrong(self) -> Sequence[tuple[int, Sequence[str]]]:
        """The places of wrong answers with the ids of what was chosen; none where that is not shared."""
        return _CHOSE.decode(self.chose) if self.chose else ()


class FileLines(Struct, frozen=True, array_like=True):
    """The lines of one file."""

    people: list[Member | Left]
    results: list[Scored]


class Lines(Struct, frozen=True, array_like=True):
    """The lines of a team's place, and up to where they were read."""

    files: dict[str, FileLines] = {}
    mark: Mark = Mark()

    @property
    def people(self) -> Iterator[Member | Left]:
        """Who joined and who left."""
        return (line for file in self.files.values() for line in file.people)

    @property
    def results(self) -> Iterator[tuple[Scored, str]]:
        """The results, each with the file in which it stands."""
        return ((line, name) for name, file in self.files.items() for line in file.results)

    def renewed(self, read: "Reading", found: Found) -> "Lines":
        """Return the lines after those files were read that had changed, by the names of their files."""
        kept = {name: file for name, file in self.files.items() if name not in found.changed}
        return Lines(dict(sorted({**kept, **read.files}.items())), found.mark)


class Reading:
    """Takes lines as they are read."""

    def __init__(self) -> None:
        self.files: dict[str, FileLines] = {}
        self.taken = 0
        """How many lines were taken."""

    def take(self, line: TeamLine, file: str) -> None:
        """Take a line of a file."""
        self.taken += 1
        lines = self.files.get(file)
        if lines is None:
            lines = self.files[file] = FileLines([], [])
        if isinstance(line, Result):
            lines.results.append(scored(line))
        else:
            lines.people.append(line)


def lines_of(told: Iterable[tuple[TeamLine, str]]) -> Lines:
    """Return lines that are known already, each with its file."""
    reading = Reading()
    for line, file in told:
        reading.take(line, file)
    return Lines(reading.files)


def scored(line: Result) -> Scored:
    """Return what a report needs of a result."""
    items = None if line.items is UNSET else line.items
    return Scored(
        line.id,
        line.drill,
        line.fingerprint,
        line.member,
        line.alias,
        line.attempt,
        line.at,
        (line.at - line.started).total_seconds(),
        line.right,
        line.of,
        _adds_up(line),
        None if items is None else bytes(map(_CODES.__getitem__, items)),
        b"" if line.chosen is UNSET else _wrong(items or (), line.chosen),
        () if line.doubtful is UNSET else line.doubtful,
        None if line.ratings is UNSET else line.ratings,
        line.clock is True,
    )


def _adds_up(line: Result) -> bool:
    right = of = 0
    for in_deck, asked in line.decks.values():
        right, of = right + in_deck, of + asked
    if (right, of) != (line.right, line.of) or right > of:
        return False
    if line.items is UNSET:
        return True
    rights = line.items.count(True)
    return (rights, rights + line.items.count(False)) == (right, of)


def _wrong(items: Sequence[bool | None], chosen: Sequence[Sequence[str] | None]) -> bytes:
    pairs = enumerate(zip(items, chosen, strict=False))
    return msgspec.msgpack.encode([(place, ids) for place, (right, ids) in pairs if right is False and ids])


def packed(lines: Lines, team: str) -> bytes:
    """Return lines of a team to be kept."""
    body = msgspec.msgpack.encode((__version__, team, lines))
    return hashlib.sha256(body).digest() + body


def unpacked(data: bytes, team: str) -> Lines:
    """Return what was kept of a team; nothing where it is damaged, of another team or another version."""
    digest, body = data[:_DIGEST], data[_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        return Lines()
    try:
        version, whose, lines = _DECODER.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Lines()
    return lines if (version, whose) == (__version__, team) else Lines()


_CHOSE = msgspec.msgpack.Decoder(list[tuple[int, list[str]]])
_DECODER = msgspec.msgpack.Decoder(tuple[str, str, Lines])
