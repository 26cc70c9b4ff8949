from pathlib import Path

import msgspec
import pytest

from trainer.errors import ProgressError
from trainer.progress import checksums, tables
from trainer.progress.documents import Document, Meta
from trainer.progress.tables import Condition, Tables

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


def test_any_flipped_bit_is_put_right() -> None:
    whole = content()
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        found = tables.parse(bytes(flipped), NAME)
        assert found.found is Condition.MENDED
        assert b"".join(found.encoded()) == whole


def test_two_flipped_bits_are_never_taken_for_one() -> None:
    whole = content()
    for first in range(0, len(whole) * 8, 7):
        flipped = bytearray(whole)
        for bit in (first, (first * 31 + 17) % (len(whole) * 8)):
            flipped[bit // 8] ^= 1 << bit % 8
        assert checksums.repaired(bytes(flipped)) in {
            None,
            whole,
        }  # two bits of the sum alone can be put right


def test_a_flipped_bit_among_millions_is_found() -> None:
    body = [checksums.BODY, b"0123456789" * 300_000]
    whole = checksums.with_sums(b'{"meta":{"1":{"format":1', body) + b"".join(body)
    for bit in (0, 12_345_678, len(whole) * 8 - 1):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        assert checksums.repaired(bytes(flipped)) == whole


def test_an_edit_is_believed_however_large_the_file() -> None:
    """A large file has a bit whose flip fits nearly any sum; the check tells that it was not that."""
    body = [checksums.BODY, b"0123456789" * 300_000]
    whole = checksums.with_sums(b'{"meta":{"1":{"format":1', body) + b"".join(body)
    for number in range(20):
        edited = whole.replace(b"0123456789", b"%010d" % number, 1 + number)
        assert edited != whole
        assert checksums.repaired(edited) is None


def test_an_id_in_another_spelling_is_the_same_id() -> None:
    found = tables.parse(content().replace(b'"100":', b'"000100":'), NAME)
    assert list(found.reviews) == ["100"]


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
        (content().replace(b"a/b/c", b"a/\xff/c"), "(can't decode byte|Invalid UTF-8)"),
        (content().replace(b'"100":', b'"x":'), "an id is not a number"),
        (content().replace(b'"100":{', b'"0100":{},"100":{'), "stands there twice"),
        (content().replace(b'"100":', b'"-1_0":'), "an id is not a number"),
    ],
)
def test_what_is_no_progress_file_is_refused_with_its_name_and_the_reason(bad: bytes, why: str) -> None:
    with pytest.raises(
        ProgressError, match=rf"(?s)anna\.json is not a progress file .*not been changed: .*{why}"
    ):
        tables.parse(bad, NAME)


def test_a_newer_format_is_refused_whatever_else_is_in_it() -> None:
    with pytest.raises(ProgressError, match="newer version"):
        tables.parse(b'{"meta": {"1": {"format": 4}}, "cards": []}', NAME)
