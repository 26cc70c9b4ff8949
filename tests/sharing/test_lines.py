"""The lines of a team's place: whole or not, and never more than they may say."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from tests.sharing.drills import member, result
from trainer.sharing.drill import Published
from trainer.sharing.lines import LineError, Member, Result, decoded, encoded


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6)


_KEYS = ("kind", "format", "id", "member", "alias", "at", "right", "of", "decks", "items")
LEFT = {"kind": "left", "format": 1, "id": "x", "member": "0" * 16, "at": "2026-11-24T10:00:00Z"}


def test_a_line_is_read_as_it_was_sent(drill: Published) -> None:
    sent = result(drill, 1, wrong=2)
    assert decoded(encoded(sent).rstrip()) == sent
    joined = decoded(member(1, "Anna").rstrip())
    assert isinstance(joined, Member)
    assert joined.alias == "Anna"


def test_what_is_not_shared_does_not_stand_in_it(drill: Published) -> None:
    line = encoded(replace(result(drill, 1), items=UNSET))
    assert {"items", "chosen", "doubtful", "clock"}.isdisjoint(json.loads(line))


def test_any_changed_byte_is_found(drill: Published) -> None:
    line = encoded(result(drill, 1)).rstrip()
    for place in range(len(line)):
        with pytest.raises(LineError):
            decoded(line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :])
        with pytest.raises(LineError):
            decoded(line[:place])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"kind": "result", "format": 2}, "newer version"),
        ({"kind": "result", "format": 1}, "says what can't be"),
        ({"kind": "spell", "format": 1}, "says what can't be"),
        (
            {"kind": "left", "format": 1, "id": "x", "member": "../../x", "at": "2026-11-24T10:00:00Z"},
            "can't be",
        ),
        ({**LEFT, "at": "2026-11-24T10:00:00"}, "zone"),
        ({**LEFT, "at": "9999-12-31T23:59:59-14:00"}, "a time that can't be"),
        ({**LEFT, "at": "0001-01-01T00:00:00+14:00"}, "a time that can't be"),
        ({**LEFT, "kind": "member", "alias": " \u202e\u200b "}, "says no name"),
        ([[[[]]]], "says what can't be"),
    ],
)
def test_what_a_line_may_not_say_is_told(body: object, told: str) -> None:
    with pytest.raises(LineError, match=told):
        decoded(signed(json.dumps(body, separators=(",", ":")).encode()))


def test_a_line_nested_too_deeply_is_told() -> None:
    deep = b'{"kind":"result","decks":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    with pytest.raises(LineError):
        decoded(signed(deep))


def test_what_steers_a_terminal_is_taken_out_of_an_alias(drill: Published) -> None:
    line = decoded(encoded(replace(result(drill, 1), alias="\x1b[31mAn\u202ena\n")).rstrip())
    assert isinstance(line, Result)
    assert line.alias == "Anna"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), _nested, max_leaves=20))
def test_whatever_a_line_says_it_is_a_line_or_told(said: object) -> None:
    body = {"kind": "result", "format": 1, "items": said} if not isinstance(said, dict) else said
    with pytest.raises(LineError):
        decoded(signed(json.dumps(body, separators=(",", ":")).encode()))


@given(st.binary(max_size=200))
def test_any_bytes_are_told(data: bytes) -> None:
    with pytest.raises(LineError):
        decoded(data)


def signed(body: bytes) -> bytes:
    import hashlib

    return body[:-1] + b',"sum":"' + hashlib.sha256(body[:-1] + b"}").hexdigest()[:16].encode() + b'"}'
