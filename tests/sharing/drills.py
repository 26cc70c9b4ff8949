"""Drills for tests, of shipped cards."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from msgspec import UNSET

from tests.cards.shipped import LIBRARY
from trainer.engine.setting import drafted, freeze
from trainer.sharing.drill import Drill, Published, fingerprint_of
from trainer.sharing.drill_file import written
from trainer.sharing.lines import Member, Result, encoded, id_of

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def draft(**said: Any) -> Drill:
    """Return a draft of six questions."""
    wanted: dict[str, Any] = {"title": "Red flags", "count": 6, "seed": 5, **said}
    return drafted(LIBRARY, ["assistant-stage-manager"], TODAY, **wanted)


@cache
def published(**said: Any) -> Published:
    """Return a drill as it lies in a team's place."""
    made = draft(**said)
    data = written(made)
    return freeze(Published(made, fingerprint_of(data), data), LIBRARY)


def member(number: int, alias: str = "", **said: Any) -> bytes:
    """Return the line of a member."""
    who = f"{number:016x}"
    wanted: dict[str, Any] = {"alias": alias or f"Member {number}", "at": NOW - timedelta(days=30), **said}
    return encoded(Member(id=id_of("member", who), member=who, **wanted))


def result(drill: Published, number: int, wrong: int = 0, **said: Any) -> Result:
    """Return the result of a member with so many wrong answers, the first ones."""
    questions = drill.drill.questions
    items = tuple(place >= wrong for place in range(len(questions)))
    decks: dict[str, list[bool]] = {}
    for asked, right in zip(questions, items, strict=True):
        decks.setdefault(asked.card.split("/")[1], []).append(right)
    attempt = said.get("attempt", 1)
    wanted: dict[str, Any] = {
        "id": id_of("result", drill.fingerprint, f"{number:016x}", attempt),
        "drill": drill.drill.id,
        "fingerprint": drill.fingerprint,
        "member": f"{number:016x}",
        "alias": f"Member {number}",
        "attempt": 1,
        "started": NOW - timedelta(hours=1),
        "at": NOW - timedelta(minutes=50),
        "right": sum(items),
        "of": len(items),
        "decks": {deck: (sum(each), len(each)) for deck, each in decks.items()},
        "items": items,
        "ratings": (None,) * len(questions) if "ratings" in drill.drill.shares else UNSET,
    }
    return Result(**wanted | said)


def line_signed(body: bytes) -> bytes:
    """Return a line that says anything, with the checksum that it has to have."""
    return body[:-1] + b',"sum":"' + hashlib.sha256(body).hexdigest()[:16].encode() + b'"}\n'
