"""The lines of a team's place: who is in the team, results of drills, and who left.

A line is JSON, ends in a checksum of all that stands before it, and is known by its id. The checksum finds
damage, not forgery: who can write in the folder can write any line.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import MAXYEAR, MINYEAR, datetime
from functools import lru_cache
from typing import Annotated, Literal, Protocol

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import force_setattr

from trainer.clean import clean_line

FORMAT = 1
_FIRST_YEAR, _LAST_YEAR = MINYEAR, MAXYEAR
"""In these no time can be told in every zone of the world."""
_SUM = b',"sum":"'
_SUM_LENGTH = 16
_TAIL = re.compile(rb',"sum":"[0-9a-f]{16}"\}')
_TAIL_LENGTH = len(_SUM) + _SUM_LENGTH + len(b'"}')

MemberId = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\Z")]
"""Random: it tells nothing of the person."""
DeviceId = Annotated[str, Meta(pattern=r"^[0-9a-z]{1,32}\Z")]
"""Which computer of a member, random too. Both name files: there is nothing else in them."""
_Name = Annotated[str, Meta(max_length=200)]
_Short = Annotated[str, Meta(max_length=100)]
_Chosen = Annotated[tuple[_Short, ...], Meta(max_length=50)]
_Count = Annotated[int, Meta(ge=0, le=1000)]
_Attempt = Annotated[int, Meta(ge=0, le=20)]
CHECK = 0
"""The number of the delayed check among the attempts."""


class Rating(Struct, frozen=True, kw_only=True):
    """How a whole answer was rated in a calibration round; the reference is in the drill."""

    score: Annotated[int, Meta(ge=1, le=5)]
    points: Annotated[dict[_Short, Annotated[int, Meta(ge=0, le=2)]], Meta(max_length=50)]
    """By point, how far it is shown: not, partly, shown."""
    flags: _Chosen = ()
    """The red flags that were seen."""


class Member(Struct, frozen=True, kw_only=True, tag_field="kind", tag="member"):
    """Somebody is in the team, under an alias."""

    format: Literal[1] = 1
    id: _Short
    member: MemberId
    alias: _Name
    lead: bool = False
    """Whether they set drills, and need not take them."""
    at: datetime


class Left(Struct, frozen=True, kw_only=True, tag_field="kind", tag="left"):
    """Somebody left: nothing that they sent before counts any more."""

    format: Literal[1] = 1
    id: _Short
    member: MemberId
    at: datetime


class Result(Struct, frozen=True, kw_only=True, gc=False, tag_field="kind", tag="result"):
    """What an attempt at a drill came to, as far as the drill shares it."""

    format: Literal[1] = 1
    id: _Short
    drill: _Short
    fingerprint: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
    member: MemberId
    alias: _Name
    attempt: _Attempt
    """From 1 on; CHECK for the delayed check."""
    started: datetime
    at: datetime
    """When it was finished."""
    right: _Count
    of: _Count
    decks: Annotated[dict[_Short, tuple[_Count, _Count]], Meta(max_length=100)]
    """By deck: right, of so many."""
    items: Annotated[tuple[bool | None, ...], Meta(max_length=200)] | UnsetType = UNSET
    """By question of the drill, in the order of its file: whether it was right; None if it was not asked.
    Only if the drill shares it, as what follows."""
    chosen: Annotated[tuple[_Chosen | None, ...], Meta(max_length=200)] | UnsetType = UNSET
    """By question: the ids of the options that were chosen."""
    doubtful: Annotated[tuple[_Count, ...], Meta(max_length=200)] | UnsetType = UNSET
    """The numbers, from 1 on, of the questions that they called doubtful."""
    ratings: Annotated[tuple[Rating | None, ...], Meta(max_length=200)] | UnsetType = UNSET
    """By question of a calibration round: how the answer was rated, None if it was not."""
    clock: bool | UnsetType = UNSET
    """Set where the clock of the computer was set back before the attempt, or during it."""

    @property
    def is_check(self) -> bool:
        """Whether it is the delayed check."""
        return self.attempt == CHECK

    @property
    def answers(self) -> tuple[bool | None, ...] | None:
        """By question right, wrong, or not asked; None where that is not shared."""
        return None if self.items is UNSET else self.items


TeamLine = Member | Left | Result
_DECODER = msgspec.json.Decoder(TeamLine)


class LineError(Exception):
    """A line can't be used; says why, in a few words."""


def encoded(line: TeamLine) -> bytes:
    """Return a line as it is sent, with its end."""
    body = msgspec.json.encode(line)
    return body[:-1] + _SUM + _sum_of(body) + b'"}\n'


def decoded(data: bytes) -> TeamLine:
    """Return what a line says, its names cleaned. Raises LineError."""
    begin, written = data[:-_TAIL_LENGTH], data[-_TAIL_LENGTH:]
    if not _TAIL.fullmatch(written):
        raise LineError("is not whole")
    body = begin + b"}"
    if _sum_of(body) != written[len(_SUM) : len(_SUM) + _SUM_LENGTH]:
        raise LineError("was changed or damaged: its checksum is wrong")
    try:
        line: TeamLine = _DECODER.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise LineError(_why(body)) from error
    for at in (line.at, line.started) if isinstance(line, Result) else (line.at,):
        if at.tzinfo is None:
            raise LineError("has a time without its zone")
        if not _FIRST_YEAR < at.year < _LAST_YEAR:
            raise LineError("has a time that can't be")
    if not isinstance(line, Left):
        if not (alias := _cleaned(line.alias)):
            raise LineError("says no name")
        force_setattr(line, "alias", alias)
    return line


@lru_cache(maxsize=4096)
def _cleaned(alias: str) -> str:
    return clean_line(alias)


def id_of(kind: str, *parts: object) -> str:
    """Return the id of a line: the same for the same attempt, however often it is sent."""
    told = "\n".join(map(str, (kind, *parts)))
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _why(body: bytes) -> str:
    try:
        said = msgspec.json.decode(body, type=dict)
        newer = isinstance(said.get("format"), int) and said["format"] > FORMAT
    except (msgspec.MsgspecError, ValueError, RecursionError):
        newer = False
    return "is of a newer version of trainer" if newer else "says what can't be"


def _sum_of(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:_SUM_LENGTH].encode()


class Dated(Protocol):
    """A result, as far as it grows old."""

    @property
    def member(self) -> str:
        """Who sent it."""

    @property
    def fingerprint(self) -> str:
        """Which drill it is of."""

    @property
    def at(self) -> datetime:
        """When it was finished."""

    @property
    def is_check(self) -> bool:
        """Whether it is the delayed check."""


def kept_since(oldest: datetime, results: Iterable[Dated]) -> Callable[[Dated], bool]:
    """Return whether a result is kept, of these all: not if it is older, nor a check without what it checks.

    A delayed check is some days younger than the pass before it, and says nothing alone.
    """
    old: set[tuple[str, str]] = set()
    young: set[tuple[str, str]] = set()
    for each in results:
        if not each.is_check:
            (old if each.at < oldest else young).add((each.member, each.fingerprint))
    gone = old - young

    def kept(result: Dated) -> bool:
        return result.at >= oldest and not (result.is_check and (result.member, result.fingerprint) in gone)

    return kept
