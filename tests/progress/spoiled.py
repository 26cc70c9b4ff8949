"""Reviews that no record can hold, and files and journals with one of them."""

import json
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trainer.memory.state import Marks
from trainer.progress.doctor import checks
from trainer.progress.documents import Document, encode
from trainer.progress.records import Record
from trainer.progress.reviews import Reviews
from trainer.progress.tables import Tables, parse

from .samples import CARDS, FakeClock, answer, at_work, record_of, session

ASM, SIGNAL, PROPS, DSM = CARDS
LATER = "1772800000000000"
"""An id behind all others here, of 2026."""
SOUND: Document = {"card": DSM, "day": "2026-03-06", "rating": 3, "given": 2, "form": "flip", "ms": 5}

BAD: dict[str, tuple[str, Document]] = {
    "a day before year 1000": (LATER, {**SOUND, "day": "0999-01-01"}),
    "a day before any clock": (LATER, {**SOUND, "day": "1899-12-31"}),
    "a day with no room behind it": (LATER, {**SOUND, "day": "9999-12-31"}),
    "a day that there is not": (LATER, {**SOUND, "day": "2026-02-30"}),
    "a day that is none": (LATER, {**SOUND, "day": 20260306}),
    "an interval past all calendars": (LATER, {**SOUND, "given": 3_000_000}),
    "an interval too long for a date": (LATER, {**SOUND, "given": 10**30}),
    "a negative interval": (LATER, {**SOUND, "given": -1}),
    "an interval that is true": (LATER, {**SOUND, "given": True}),
    "half an interval": (LATER, {**SOUND, "given": 2.5}),
    "a rating that there is not": (LATER, {**SOUND, "rating": 5}),
    "a rating that is true": (LATER, {**SOUND, "rating": True}),
    "negative milliseconds": (LATER, {**SOUND, "ms": -1}),
    "milliseconds of a year": (LATER, {**SOUND, "ms": 31_536_000_000}),
    "an instant far out": (LATER, {**SOUND, "at": 10**18}),
    "an instant far back": (LATER, {**SOUND, "at": -(10**18)}),
    "a home that is no id": (LATER, {**SOUND, "home": 0}),
    "a home far out": (LATER, {**SOUND, "home": 2**63}),
    "a card with an escape sequence": (LATER, {**SOUND, "card": "a/b/\x1b]52;c;eA==\a"}),
    "a card that is a list": (LATER, {**SOUND, "card": []}),
    "a form with a control code": (LATER, {**SOUND, "form": "flip\0"}),
    "a score of 9": (LATER, {**SOUND, "rated": {"score": 9, "reference": 3}}),
    "nested junk": (LATER, {**SOUND, "x": json.loads("[" * 200 + "]" * 200)}),
    "a table within": (LATER, {**SOUND, "x": {"1": {}, "2": {}}}),
    "no card": (LATER, {key: value for key, value in SOUND.items() if key != "card"}),
    "nothing": (LATER, {}),
    "a tombstone of no id": (LATER, {"undo": -1}),
    "a tombstone with a wrong sum": (LATER, {"undo": 1, "sum": -1}),
    "the sum of a tombstone, as a text": (LATER, {**SOUND, "sum": "x"}),
    "a review that undoes": (LATER, {**SOUND, "undo": "x"}),
    "the id 0": ("0", SOUND),
    "an id far out": ("9" * 18, SOUND),
    "an id that does not fit into 64 bits": ("9" * 30, SOUND),
}


def two_days(home: Path, clock: FakeClock) -> Record:
    """Make a record of two days, with a mark and a backup."""
    record = record_of(home)
    with at_work(record, clock) as progress:
        answer(progress, clock, ASM)
        progress.mark(DSM, Marks(suspended=True))
    clock.move(24 * 60)
    session(record, clock, SIGNAL, PROPS)
    return record


def each_bad(record: Record) -> Iterator[tuple[str, Record]]:
    """Give the name of each bad review, and the record in a home of its own."""
    home = record.path.parents[1]
    for number, bad in enumerate(BAD):
        shutil.copytree(home, own := home.with_name(f"{number}"))
        yield bad, record_of(own)


def with_a(bad: str, record: Record, *, more: bool = False) -> bytes:
    """Return the file of a record with a bad review put in, and a sound new one if there shall be more."""
    tree = json.loads(record.path.read_bytes())
    id_, document = BAD[bad]
    tree["reviews"] |= {"1772750000000000": {**SOUND, "card": PROPS}} if more else {}
    tree["reviews"][id_] = document
    return json.dumps(tree).encode()


def sealed(content: bytes) -> bytes:
    """Return a file with a right sum, as the last version wrote what it had taken in."""
    tree = json.loads(content)
    whole = parse(json.dumps({**tree, "reviews": {}}).encode(), Path("anna.json"))
    whole.reviews = Reviews(json.dumps(tree["reviews"], separators=(",", ":")).encode())
    return b"".join(whole.in_generation(7).encoded())


def problems(record: Record, clock: FakeClock) -> list[str]:
    found = checks.check(record, clock.now, CARDS)
    return [f"{each.where} {each.what}" for each in found if each.problem]


def lines(record: Record, generation: int, *documents: dict[str, Any]) -> bytes:
    header = {"format": 1, "generation": generation, "recruiter": "anna"}
    bodies = [json.dumps(each, separators=(",", ":")).encode() for each in (header, *documents)]
    return b"".join(b"%08x %b\n" % (zlib.crc32(body), body) for body in bodies)


def generation_of(record: Record) -> int:
    return int(json.loads(record.path.read_bytes())["meta"]["1"]["generation"])


def sealed_as_it_is(tree: dict[str, Any]) -> bytes:
    meta = parse(json.dumps({"meta": tree["meta"]}).encode(), Path("anna.json")).meta
    held = Tables(meta, tree["cards"], tree["days"], Reviews(encode(tree["reviews"])))
    return b"".join(held.encoded())
