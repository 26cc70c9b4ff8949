from pathlib import Path

import msgspec
import pytest

from trainer.errors import ProgressError
from trainer.progress import tables
from trainer.progress.documents import Document, Meta
from trainer.progress.tables import Reviews, Tables

NAME = Path("anna.json")
REVIEW: Document = {"card": "a/b/c", "day": "2026-03-04", "rating": 3, "given": 2, "form": "flip", "ms": 5}


def content(**more: msgspec.Raw) -> bytes:
    full = Tables(Meta(1, "anna", 7), others=more)
    full.apply(
        {"reviews": {"100": REVIEW}, "cards": {"5": {"card": "a/b/c"}}, "days": {"20260304": {"reviews": 1}}}
    )
    return b"".join(full.encoded())


def test_a_file_is_read_as_it_was_written() -> None:
    found = tables.parse(content(), NAME)
    assert found.intact
    assert (found.meta.recruiter, found.meta.generation) == ("anna", 7)
    assert found.plain()["cards"] == {"5": {"card": "a/b/c"}}
    assert found.plain()["days"] == {"20260304": {"reviews": 1}}
    assert dict(found.reviews) == {"100": REVIEW}


def test_the_same_content_in_another_form_is_read_too_but_known_as_changed() -> None:
    found = tables.parse(msgspec.json.format(content(), indent=4), NAME)
    assert not found.intact
    assert dict(found.reviews) == {"100": REVIEW}
    assert found.reviews.newest == 100


def test_any_flipped_bit_is_seen() -> None:
    whole = content()
    meta = whole.index(b',"cards"')
    for bit in range(meta * 8, len(whole) * 8 - 8):  # the newline at the end means nothing
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            assert not tables.parse(bytes(flipped), NAME).intact
        except ProgressError:
            continue


def test_tables_of_others_are_kept() -> None:
    found = tables.parse(content(notes=msgspec.Raw(b'{"1": {"reviews": {}}}')), NAME)
    assert msgspec.json.decode(b"".join(found.encoded()))["notes"] == {"1": {"reviews": {}}}


def test_a_file_without_our_other_tables_is_an_empty_record() -> None:
    found = tables.parse(b'{"meta": {"1": {"format": 1, "recruiter": "anna", "generation": 3}}}', NAME)
    assert (dict(found.reviews), found.reviews.newest) == ({}, 0)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"", "truncated"),
        (content()[:-9], "truncated"),
        (b"not JSON", r"malformed: invalid character \(byte 4\)"),
        (b"[1, 2]", "Expected `object`, got `array`"),
        (b'{"a":' * 20_000, "recursion"),
        (b"{}", 'table "meta" has no document 1'),
        (b'{"_default": {"1": {"name": "Anna"}}}', 'table "meta" has no document 1'),
        (
            content().replace(b'"20260304":{', b'"20260304":[{').replace(b'1}},"rev', b'1}]},"rev'),
            'table "days"',
        ),
        (
            content().replace(b'"reviews":{"100"', b'"reviews":["100"').replace(b":5}}}", b":5}]}"),
            "malformed",
        ),
        (
            b'{"meta":{"1":{"format":1,"recruiter":"a","generation":1}},"reviews":[]}',
            'table "reviews": Expected',
        ),
        (b'{"meta":{"1":{"format":1,"recruiter":"a"}}}', "missing required field `generation`"),
        (content().replace(b"a/b/c", b"a/\xff/c"), "can't decode byte"),
    ],
)
def test_what_is_no_progress_file_is_refused_with_its_name_and_the_reason(bad: bytes, why: str) -> None:
    with pytest.raises(
        ProgressError, match=rf"(?s)anna\.json is not a progress file .*not been changed: .*{why}"
    ):
        tables.parse(bad, NAME)


def test_a_newer_format_is_refused_whatever_else_is_in_it() -> None:
    with pytest.raises(ProgressError, match="newer version"):
        tables.parse(b'{"meta": {"1": {"format": 2}}, "cards": []}', NAME)


def test_reviews_are_united_by_id_and_nothing_is_dropped() -> None:
    other = {**REVIEW, "card": "x/y/z"}
    ours = Reviews(b'{"5": {"undo": 4}}').united({"3": REVIEW, "4": REVIEW})
    assert list(ours) == ["3", "4", "5"]
    assert ours.united({"4": REVIEW}) is ours
    both = ours.united({"3": other, "6": {"undo": 3}})
    assert both["7"] == other | {"at": 3} or both["6"] == other | {"at": 3}
    assert both.united({"3": other, "6": {"undo": 3}}) is both
    assert [review.card for review in both.history().values()] == ["a/b/c"]
