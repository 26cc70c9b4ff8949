"""What a record may hold: the ranges of its values, and the check that everybody shares who reads one.

What an import, a union, an opening and the doctor take for valid is decided here and nowhere else.
A file that is byte for byte what trainer wrote is trusted with its reviews, which were checked when
they came in: an opening must not decode ten years of them. All else is checked document by document.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from trainer.errors import ProgressError
from trainer.memory.calendar import Clock, instant, microseconds
from trainer.memory.learner import MOST_MINUTES, Interview, Settings
from trainer.memory.schedule import DEFAULT_RETENTION, HIGHEST_RETENTION, LOWEST_RETENTION
from trainer.memory.state import CardState, Day, DayTotals, Marks, Rated, Review

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""The study days of answers. A clock that lost its battery starts in 1970 or 1980, none before 1900; and
from the last one even the longest interval ends before the calendar does, in 9999."""
_LONGEST_INTERVAL = 40_000
"""Days. FSRS gives up to 36,500; our spread adds some 5 % at most."""
LONGEST_GIVEN = (LAST_DAY - FIRST_DAY).days + _LONGEST_INTERVAL
"""Days from an answer until its card is due again. A card that comes back in a session keeps the day on
which it is due, and a wrong clock may have put that as far away as one day is from another."""
LAST_DUE = LAST_DAY + timedelta(days=LONGEST_GIVEN)
_ZONES = timedelta(days=2)
"""More than a study day and the instants in it can be apart, in any time zone."""
FIRST_INSTANT = microseconds(datetime.combine(FIRST_DAY - _ZONES, time(), UTC))
LAST_INSTANT = microseconds(datetime.combine(LAST_DAY + _ZONES, time(), UTC))
"""Microseconds since the epoch: when an answer can have been given, or a card marked."""
LAST_ID = LAST_INSTANT + 10**15
"""Ids are instants, but rise from the highest there is. What comes from elsewhere ends at LAST_INSTANT, so
that however high its ids are, a record can go on behind them."""
HIGHEST_ID = LAST_ID - 10**9
"""What the doctor takes for sound: no record comes so near to the last id by answers, and this one could not
go on."""
LAST_FORMAT = 999
"""A higher number was not written by a newer version, but by an accident."""
LAST_GENERATION = 2**62
LONGEST_MS = 10**9
"""Milliseconds from a question to its answer. A session counts two minutes at most; this is eleven days."""
MOST_A_DAY = 10**9
"""Answers of one study day; it bounds what is added up, and no more."""
MOST_STABLE = 1e9
"""Days. FSRS has no upper bound of its own; in LONGEST_GIVEN days it comes nowhere near this one."""
MINUTES_A_DAY = MOST_MINUTES
MOST_QUESTIONS = 1000
"""Questions of an interview, or steps of its day; no sheet has a tenth of it."""
DEEPEST = 32
"""Objects and arrays within each other, in what we don't know and only keep."""

Id = Annotated[int, Meta(ge=1, le=LAST_ID)]
Instant = Annotated[int, Meta(ge=FIRST_INSTANT, le=LAST_INSTANT)]
_NAME = r"\A[^\x00-\x1f\x7f-\x9f]*\Z"
_LONGEST_NAME = 1000
Name = Annotated[str, Meta(pattern=_NAME, max_length=_LONGEST_NAME)]
"""Of a card or a form. No control code: it is shown."""
Given = Annotated[int, Meta(ge=0, le=LONGEST_GIVEN)]
Ms = Annotated[int, Meta(ge=0, le=LONGEST_MS)]
Undone = Annotated[int, Meta(ge=0, le=LAST_ID)]
Stamp = Annotated[int, Meta(ge=FIRST_INSTANT, le=LAST_ID)]
"""When something was said: an instant, or more, as it rises where a clock was set back."""
Crc = Annotated[int, Meta(ge=0, lt=2**32)]
_Minutes = Annotated[int, Meta(ge=1, le=MINUTES_A_DAY)]
_Score = Annotated[int, Meta(ge=1, le=5)]
_Count = Annotated[int, Meta(ge=0, le=MOST_A_DAY)]
_Sum = Annotated[int, Meta(ge=-MOST_A_DAY, le=MOST_A_DAY)]
_Milliseconds = Annotated[int, Meta(ge=-MOST_A_DAY * LONGEST_MS, le=MOST_A_DAY * LONGEST_MS)]

_ID = re.compile("[1-9][0-9]{0,18}")
_NESTED_ID = re.compile(rb'"\d+"\s*:\s*\{')
"""Within a document it would be taken for the beginning of the next one."""


class SoundRated(Rated, frozen=True, kw_only=True):
    """A rating with scores that there are."""

    score: _Score
    reference: _Score
    raters: _Count = 0


class SoundReview(Review, frozen=True, kw_only=True):
    """A review with values that there are; a new field of a review is bounded here, if anywhere."""

    card: Name
    given: Given
    form: Name
    ms: Ms
    spent: Ms | None = None
    at: Instant | None = None
    rated: SoundRated | None = None
    home: Id | None = None
    undo: None = None
    forget: None = None
    sum: Crc | None = None
    """As in a tombstone, beside which it is read."""


class _Undo(msgspec.Struct, frozen=True, kw_only=True):
    undo: Undone | None = None
    sum: Crc | None = None
    home: Id | None = None


class _Forgetting(msgspec.Struct, frozen=True, kw_only=True):
    forget: Name | None = None
    home: Id | None = None


class MarkTimes(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """When each mark of a card was last set or taken back; 0 for never."""

    suspended: Stamp = 0
    buried: Stamp = 0
    star: Stamp = 0
    doubtful: Stamp = 0
    reason: Stamp = 0
    way: Stamp = 0


class _Card(Marks, frozen=True, kw_only=True):
    card: Name
    reason: Name = ""
    way: Name = ""
    marked: Stamp = 0
    at: MarkTimes = MarkTimes()


class SoundSettings(Settings, frozen=True, kw_only=True):
    """Settings with values that there are; a record may hold others, which count as not chosen."""

    roles: tuple[Name, ...] = ()
    paused: tuple[Name, ...] = ()
    minutes: _Minutes | None = None
    retention: Annotated[float, Meta(ge=LOWEST_RETENTION, le=HIGHEST_RETENTION)] = DEFAULT_RETENTION


class _Setting(msgspec.Struct, frozen=True, kw_only=True):
    key: Name
    value: Any
    at: Stamp


class _Interview(Interview, frozen=True, kw_only=True):
    role: Name
    level: Name
    when: Annotated[datetime, Meta(tz=True)]
    minutes: _Minutes
    done: Annotated[tuple[Name, ...], Meta(max_length=MOST_QUESTIONS)] = ()
    hard: Annotated[tuple[Name, ...], Meta(max_length=MOST_QUESTIONS)] = ()
    asked: Annotated[tuple[Name, ...], Meta(max_length=MOST_QUESTIONS)] = ()
    at: Stamp
    gone: bool = False


class _State(CardState, frozen=True, kw_only=True):
    stability: Annotated[float, Meta(gt=0, le=MOST_STABLE)]
    difficulty: Annotated[float, Meta(ge=1, le=10)]
    reps: _Count
    lapses: _Count
    right_days: _Count


class _Totals(DayTotals, frozen=True, kw_only=True):
    reviews: _Sum = 0
    new: _Sum = 0
    right: _Sum = 0
    lucky: _Sum = 0
    missed: _Sum = 0
    repeats: _Sum = 0
    ms: _Milliseconds = 0
    new_ms: _Milliseconds = 0
    spent: _Milliseconds = 0
    timed: _Milliseconds = 0
    unseen: _Sum = 0
    unseen_right: _Sum = 0


def check_review(id_: str, encoded: bytes, last: int = LAST_ID) -> None:
    """Check a review, a tombstone or a line that forgets, as JSON, and its id; `last` is the highest one.

    Raises ValueError, which says what is wrong with which one.
    """
    try:
        _check_id(id_, last)
        if b'"undo"' in encoded and (undo := msgspec.json.decode(encoded, type=_Undo)).undo is not None:
            _check_id(str(undo.home or id_), last)
        elif b'"forget"' in encoded and (found := msgspec.json.decode(encoded, type=_Forgetting)).forget:
            _check_id(str(found.home or id_), last)
        else:
            review = msgspec.json.decode(encoded, type=SoundReview)
            check_day(review.day)
            _check_id(str(review.home or id_), last)
        _check_tables_within(encoded)
        check_nesting(encoded)
    except ValueError as error:
        raise ValueError(f"{error} (review {id_[:30]})") from error


def check_day(day: Day, last: Day = LAST_DAY) -> None:
    """Check a study day. Raises ValueError."""
    if not FIRST_DAY <= day <= last:
        raise ValueError(f"the day {day} is not between {FIRST_DAY} and {last}")


def is_day(day: Day) -> bool:
    """Return whether an answer can have been given on a study day."""
    return FIRST_DAY <= day <= LAST_DAY


def is_name(text: str) -> bool:
    """Return whether a card or a form can have a name."""
    return len(text) <= _LONGEST_NAME and bool(re.match(_NAME, text))


def check_card(found: dict[str, Any]) -> None:
    """Check the document of a card. Raises ValueError."""
    check_marks(found)
    if "stability" in found:
        try:
            state = msgspec.convert(found, _State)
            check_day(state.last)
            check_day(state.due, LAST_DUE)
        except ValueError as error:
            raise ValueError(f"{error} (card {found['card']})") from error


def check_marks(found: dict[str, Any]) -> None:
    """Check what a card's document says beside its state, which follows from reviews. Raises ValueError."""
    try:
        msgspec.convert(found, _Card)
    except ValueError as error:
        raise ValueError(f"{error} (card {str(found.get('card'))[:80]!r})") from error


def check_totals(found: dict[str, Any]) -> None:
    """Check the document of a day. Raises ValueError."""
    msgspec.convert(found, _Totals)


def check_setting(id_: str, found: dict[str, Any]) -> None:
    """Check the document of a setting; what its value may be, `SoundSettings` says. Raises ValueError."""
    setting = msgspec.convert(found, _Setting)
    if id_ != hashed(setting.key):
        raise ValueError(f"the id of a setting is not that of its key (setting {setting.key[:80]!r})")
    _check_json(found)


def check_interview(id_: str, found: dict[str, Any]) -> None:
    """Check the document of an interview. Raises ValueError."""
    _check_id(id_, LAST_ID)
    interview = msgspec.convert(found, _Interview)
    check_day(interview.when.date())
    if interview.told:
        check_day(interview.told)
    _check_json(found)


def _check_json(found: dict[str, Any]) -> None:
    encoded = msgspec.json.encode(found)
    _check_tables_within(encoded)
    check_nesting(encoded)


def hashed(name: str) -> str:
    """Return the id of what has a name: 48 bits of its hash, so that it stays exact in any JSON reader."""
    return str(int.from_bytes(blake2b(name.encode(), digest_size=6).digest()))


def check_nesting(encoded: bytes) -> None:
    """Check that JSON can be read to its bottom, which is not so deep that some reader gives up.

    Raises ValueError, and RecursionError.
    """
    whole = msgspec.json.decode(encoded)
    if encoded.count(b"{") + encoded.count(b"[") <= DEEPEST:
        return
    level: list[Any] = [whole]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
    if level:
        raise ValueError(f"more than {DEEPEST} objects within each other")


def given_at(id_: int) -> datetime | None:
    """Return the instant of a review by its id, None when it is none that can be, or there is none (0)."""
    return instant(id_, UTC) if id_ and FIRST_INSTANT <= id_ <= LAST_ID else None


def check_clock(clock: Clock) -> None:
    """Check that this computer's clock tells a day that can be stored. Raises ProgressError."""
    today = clock().date()
    if not FIRST_DAY < today < LAST_DAY:
        raise ProgressError(
            f"The clock of this computer says {today}, and an answer of that day can't be kept. "
            "Set it right, then start again."
        )


def next_generation(generation: int, now: datetime) -> int:
    """Return the generation of a file that takes the place of one, higher and different on every machine."""
    later = max(generation + 1, microseconds(now))
    return later if later <= LAST_GENERATION else max(0, microseconds(now))


def _check_id(id_: str, last: int) -> None:
    """Check that an id is spelled as we do, too: JSON readers take others for text."""
    if not _ID.fullmatch(id_) or int(id_) > last:
        raise ValueError(f"an id is not a number from 1 to {last}")


def _check_tables_within(encoded: bytes) -> None:
    if _NESTED_ID.search(encoded):
        raise ValueError("it holds a table of its own")


def _inside(value: object) -> list[Any]:
    """Return the objects and arrays in one."""
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in found if isinstance(each, dict | list)]
