"""A drill as a file: what it says, what is wrong with it, and what stays when it is published."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cards.shipped import CARDS, LIBRARY
from tests.sharing.drills import TODAY, draft, published
from trainer.cards.library import library_of
from trainer.engine.setting import calibration, checked, freeze
from trainer.errors import DrillError
from trainer.humanize import dated
from trainer.sharing.drill import Published, fingerprint_of
from trainer.sharing.drill_file import drill_of, head_of, problems_of, written
from trainer.sharing.freezing import posed, way_of

PATH = Path("red-flags.drill.toml")


def file_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / PATH
    path.write_text(text)
    return path


def text_of(**said: object) -> str:
    return written(draft(**said)).decode()


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(DrillError) as error:
        checked(file_of(tmp_path, text), LIBRARY, TODAY)
    return str(error.value)


def test_what_is_written_is_read_again(drill: Published) -> None:
    said = draft(due="4 Dec", time_limit=15, attempts=2, drawn=True, share=("items", "chosen"), no_check=True)
    assert drill_of(written(said), PATH) == said
    assert drill_of(drill.data, PATH) == drill.drill


def test_questions_come_from_each_deck_in_turn_and_of_no_item_twice() -> None:
    cards = [asked.card for asked in draft(count=12).questions]
    decks = [card.split("/")[1] for card in cards]
    assert {decks.count(deck) for deck in decks} == {3}
    assert len({card.rpartition("/")[2].partition(".")[0] for card in cards}) == 12
    assert cards == [asked.card for asked in draft(count=12).questions]
    assert cards != [asked.card for asked in draft(count=12, seed=6).questions]


def test_no_card_is_asked_in_a_way_that_people_mark_themselves() -> None:
    ways = [way for card in CARDS if (way := way_of(card, None))]
    assert {way.form.value for way in ways} <= {"choose", "tick", "type", "rate"}
    assert len(ways) > len(CARDS) * 0.9


@pytest.mark.parametrize(
    ("written_as", "told"),
    [
        ("pass_mark = 120", "pass_mark: 120 is above 100."),
        ("pass_mark = 0", "pass_mark: 0 is below 1."),
        ("passmark = 70", 'unknown key "passmark". Did you mean "pass_mark"?'),
        ("due = 9999-12-31", "due: Fri 31 Dec 9999 is more than a year ahead. Give a nearer day."),
        ("due = 2026-11-20", "due: Fri 20 Nov 2026 is over. Give a day from today on."),
        ("count = 7", "count: is 7, but there are 6 questions."),
        ('order = "random"', 'order: "random": use one of same, drawn.'),
        ('share = ["names"]', "use one of items, chosen, doubtful."),
        ('time_limit = 5\nfeedback = "at once"', "feedback: with a time_limit it is"),
        ("format = 2", "format: a newer version of trainer wrote this drill."),
        ('due = "soon"', 'due: "soon": write a date as 2026-12-04.'),
        ("due = 2026-12-04T10:00:00", "due: Expected a date, got a date with a time."),
        ("format = 0", "format: 0: can't stand here."),
        ("count = true", "count: true: Expected a whole number, got true or false."),
        ('title = "' + "x" * 100_000 + '"', f'title: "{"x" * 60}…": has more than 80 letters.'),
        ("share = [" + '"items",' * 5 + "7]", "share 6: 7: Expected text, got a whole number."),
        ("seed = " + "9" * 400, "not a drill: a number in it has too many digits."),
        ("count = " + "[" * 5000, "red-flags.drill.toml: "),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(tmp_path: Path, written_as: str, told: str) -> None:
    key = written_as.partition(" ")[0]
    lines = [line for line in text_of().splitlines() if not line.startswith(f"{key} =")]
    first = next(place for place, line in enumerate(lines) if not line.startswith("#"))
    said = refused(tmp_path, "\n".join([*lines[:first], written_as, *lines[first:]]))
    assert told in said
    assert "red-flags.drill.toml: " in said


def test_an_unknown_card_is_told_before_publishing_with_the_one_that_is_near(tmp_path: Path) -> None:
    known = draft().questions[0].card
    said = refused(tmp_path, text_of().replace(f'"{known}"', f'"{known}x"'))
    assert f'question 1 › card: there is no card "{known}x" here. Did you mean "{known}"?' in said


def test_a_path_is_no_id(tmp_path: Path) -> None:
    for id_ in ("../../evil", "/etc/passwd", "a/b", "C:\\x"):
        assert "id: " in refused(tmp_path, text_of().replace('"red-flags"', f"'{id_}'"))


def test_a_drill_of_a_hundred_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / PATH
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(DrillError, match="can't be read"):
        checked(path, LIBRARY, TODAY)


def test_publishing_freezes_what_is_asked_whatever_becomes_of_the_sheets(drill: Published) -> None:
    before = [(each.card.id, each.question.prompt, each.question.options) for each in posed(drill.drill, "1")]
    read = drill_of(drill.data, PATH)
    assert [
        (each.card.id, each.question.prompt, each.question.options) for each in posed(read, "1")
    ] == before
    assert freeze(Published(read, drill.fingerprint, drill.data), library_of([])).drill == read


def test_all_get_the_same_questions_unless_they_are_drawn() -> None:
    same, drawn = published(), published(drawn=True, title="Drawn")

    def asked(drill: Published, own: str, chance: str = "1") -> list[tuple[str, ...]]:
        return [
            (each.card.id, *(option.id for option in each.question.options))
            for each in posed(drill.drill, chance, own=own)
        ]

    assert asked(same, "a") == asked(same, "b")
    assert [each[0] for each in asked(same, "a")] == [asked.card for asked in same.drill.questions]
    assert asked(drawn, "a") == asked(drawn, "a")
    assert asked(drawn, "a") != asked(drawn, "b")
    assert asked(drawn, "a") != asked(drawn, "a", "2")


def test_the_delayed_check_asks_in_another_way_where_there_is_one() -> None:
    questions = published(count=12).drill.questions
    assert all(asked.check_way for asked in questions)
    levels = [asked for asked in questions if "/levels/" in asked.card]
    assert levels
    assert all(asked.check_way != asked.way for asked in levels)


def test_the_fingerprint_is_of_what_is_said_and_not_of_how_lines_end(drill: Published) -> None:
    assert fingerprint_of(drill.data.replace(b"\n", b"\r\n")) == drill.fingerprint
    assert fingerprint_of(b"\xef\xbb\xbf" + drill.data + b"\n") == drill.fingerprint
    assert fingerprint_of(drill.data.replace(b"pass", b"Pass", 1)) != drill.fingerprint


def test_a_head_is_read_without_the_sheets(drill: Published) -> None:
    head = head_of(drill.data, PATH)
    assert head == replace(drill.drill, sheets=())
    tricky = drill.data.replace(b'title = "Red flags"', b'title = """\n[[sheets]]\nflags"""', 1)
    assert head_of(tricky, PATH).title == "[[sheets]]\nflags"


@pytest.mark.parametrize("kind", ["questions", "calibration"])
def test_what_a_draft_says_may_be_changed_can_be(kind: str) -> None:
    rounds = kind == "calibration"
    made = (
        calibration(LIBRARY, "assistant-stage-manager", TODAY, title="Round") if rounds else draft(count=12)
    )
    text = written(made).decode()
    keys = re.findall(r"^# ((\w+) = (?:\[.*?\]|\".*?\"|\S+))", text, re.MULTILINE)
    assert {key for _, key in keys} >= {"time_limit", "due"}
    assert rounds == ({"attempts", "feedback", "count", "pass_mark"}.isdisjoint(key for _, key in keys))
    for line, key in keys:
        plain = re.sub(rf"^{key} = .*\n", "", text, flags=re.MULTILINE)
        changed = drill_of(f"{line}\n{plain}".encode(), Path("x"))
        assert list(problems_of(changed, LIBRARY.cards.keys(), TODAY)) == []
        assert key in {"pass_mark", "share"} or getattr(changed, key) != getattr(made, key)


def test_a_drill_is_due_within_a_year() -> None:
    for days, told in ((366, False), (367, True)):
        due = TODAY + timedelta(days=days)
        assert bool(list(problems_of(replace(draft(), due=due), LIBRARY.cards.keys(), TODAY))) == told
    assert [dated(due, TODAY) for due in (TODAY, date(2027, 11, 24))] == ["Tue 24 Nov", "Wed 24 Nov 2027"]


def test_a_due_date_may_have_passed_when_a_drill_is_taken(tmp_path: Path) -> None:
    path = file_of(tmp_path, text_of(due="today"))
    assert checked(path, LIBRARY, TODAY).drill.due == TODAY
    with pytest.raises(DrillError, match="is over"):
        checked(path, LIBRARY, date(2026, 11, 24) + timedelta(days=1))


@given(st.binary(max_size=300) | st.text(alphabet="[]{}=.\"'#\n ab1", max_size=200).map(str.encode))
def test_any_file_is_a_drill_or_told(data: bytes) -> None:
    for read in (drill_of, head_of):
        with pytest.raises(DrillError):
            read(data, PATH)
