"""An attempt is kept answer by answer: a kill loses none, and draws none anew."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import msgspec
import pytest

from tests.sharing.copies import COPIES
from tests.sharing.drills import NOW, TODAY, published
from trainer import disk
from trainer.errors import DrillError, NotSavedError
from trainer.sharing.attempt import (
    Attempt,
    Ended,
    Given,
    attempts_in,
    begin,
    copy_of,
    drill_taken,
    end,
    has_drill,
    keep,
    keep_drill,
    sound_lines,
    withdraw,
)
from trainer.sharing.drill import Published
from trainer.sharing.lines import CHECK, Result, decoded
from trainer.sharing.own import Membership
from trainer.sharing.results import Over, Stage, questions_of, result_line, score_of, standing

OWN = Membership(place="", team="", name="", member="0" * 16, device="0" * 8, alias="Anna", joined=NOW)


def given(card: str, *, right: bool = True, minutes: float = 1) -> Given:
    return Given(card=card, at=NOW + timedelta(minutes=minutes), right=right, chosen=("x",))


def tried(folder: Path, drill: Published, number: int = 1, right: int = 6, days: int = 0) -> Attempt:
    at = NOW + timedelta(days=days)
    home = Path(mkdtemp(dir=folder))  # each in one of its own: an attempt is begun once
    return end(begin(home, drill, number, at), Ended(ended=at, right=right, of=6))


def test_what_was_answered_is_there_after_a_kill(tmp_path: Path, drill: Published) -> None:
    first, second, *_ = (asked.card for asked in drill.drill.questions)
    going = keep(keep(begin(tmp_path, drill, 1, NOW), given(first)), given(second, right=False))
    assert attempts_in(tmp_path) == [going]
    taken = drill_taken(going)
    assert taken
    assert taken.drill == drill.drill


def test_a_torn_last_line_was_never_acknowledged_and_is_cut_off(tmp_path: Path, drill: Published) -> None:
    first, second, *_ = (asked.card for asked in drill.drill.questions)
    going = keep(begin(tmp_path, drill, 1, NOW), given(first))
    whole = going.path.read_bytes()
    going.path.write_bytes(whole + b'{"card":"torn')
    assert attempts_in(tmp_path) == [going]
    keep(going, given(second))
    assert going.path.read_bytes().startswith(whole + b'{"card":"' + second.encode())


def test_an_answer_that_cant_be_written_changes_nothing(
    tmp_path: Path, drill: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = begin(tmp_path, drill, 1, NOW)
    before = going.path.read_bytes()

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(disk, "sync", fail)
        with pytest.raises(NotSavedError, match="Not saved"):
            keep(going, given(drill.drill.questions[0].card))
    assert going.path.read_bytes() == before


def test_what_can_neither_be_synced_nor_cut_off_counts_now_as_it_will_later(
    tmp_path: Path, drill: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk turned read-only under it: the line stands, and the first answer of a log counts."""
    card = drill.drill.questions[0].card
    going = begin(tmp_path, drill, 1, NOW)

    def broken(_: int) -> None:
        raise OSError(5, "Input/output error")

    def read_only(_log: int, _length: int) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as failing:
        failing.setattr(disk, "sync", broken)
        failing.setattr(disk, "truncate", read_only)
        going = keep(going, given(card, right=False))
    keep(going, given(card, right=True))
    assert going.answered == attempts_in(tmp_path)[0].answered


def test_of_a_line_that_was_written_in_part_nothing_counts(
    tmp_path: Path, drill: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = begin(tmp_path, drill, 1, NOW)

    def half(log: int, data: bytes) -> None:
        os.write(log, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    def read_only(_log: int, _length: int) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as failing:
        failing.setattr(disk, "write", half)
        failing.setattr(disk, "truncate", read_only)
        with pytest.raises(NotSavedError, match="Not saved"):
            keep(going, given(drill.drill.questions[0].card))
    assert attempts_in(tmp_path) == [going]


@pytest.mark.parametrize("act", ["withdraw", "fail", "mend"])
def test_what_another_window_adds_meanwhile_is_not_cut_off(
    tmp_path: Path, drill: Published, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    mine, others, third, *_ = (asked.card for asked in drill.drill.questions)
    going = keep(begin(tmp_path, drill, 1, NOW), given(mine))
    opened, synced = disk.open_log, disk.sync
    if act == "mend":
        going.path.write_bytes(going.path.read_bytes() + b'{"card":"torn')

    def add() -> None:
        monkeypatch.undo()
        keep(going, given(others))

    def open_late(path: Path) -> int:
        add()
        return opened(path)

    def fail_late(log: int) -> None:
        synced(log)
        add()
        raise OSError(5, "Input/output error")

    if act == "fail":
        monkeypatch.setattr(disk, "sync", fail_late)
        keep(going, given(third))
    else:
        monkeypatch.setattr(disk, "open_log", open_late)
        with pytest.raises(NotSavedError, match="was changed meanwhile"):
            withdraw(going) if act == "withdraw" else keep(going, given(third))
    kept = [each.card for each in attempts_in(tmp_path)[0].given]
    assert kept == ([mine, third, others] if act == "fail" else [mine, others])


def test_what_a_mac_lays_beside_a_log_is_none(tmp_path: Path, drill: Published) -> None:
    going = begin(tmp_path, drill, 1, NOW)
    going.path.with_name(f"._{going.path.name}").write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X        ")
    assert attempts_in(tmp_path) == [going]


def test_only_the_first_answer_to_a_card_counts(tmp_path: Path, drill: Published) -> None:
    card = drill.drill.questions[0].card
    going = keep(begin(tmp_path, drill, 1, NOW), given(card, right=False))
    going = keep(going, given(card, right=True))
    asked = {each.card for each in drill.drill.questions}
    assert score_of(going, asked).right == 0
    assert sum(of for _, of in score_of(going, asked).decks.values()) == 6


@pytest.mark.parametrize("spoil", COPIES)
def test_a_changed_copy_of_the_drill_is_none_and_is_put_right(
    tmp_path: Path, drill: Published, spoil: Callable[[Path], None]
) -> None:
    going = begin(tmp_path, drill, 1, NOW)
    copy = copy_of(going)
    assert keep_drill(tmp_path, drill, NOW) is None
    spoil(copy)
    assert not has_drill(going)
    assert drill_taken(going) is None
    was_there = os.path.lexists(copy)
    kept = keep_drill(tmp_path, drill, NOW)
    assert bool(kept) == was_there
    assert has_drill(going)


def called_otherwise(begun: dict[str, object]) -> list[dict[str, object]]:
    fingerprints = ["0" * 32, "a\0b", "x" * 300, "", "../x"]
    return [begun | {"fingerprint": each} for each in fingerprints] + [begun | {"attempt": 2}]


def test_a_log_that_says_another_attempt_than_its_name_is_damaged_and_mended_by_it(
    tmp_path: Path, drill: Published
) -> None:
    going = keep(begin(tmp_path, drill, 1, NOW), given(drill.drill.questions[0].card))
    whole = going.path.read_bytes()
    begun, rest = whole.split(b"\n", 1)
    for otherwise in called_otherwise(msgspec.json.decode(begun)):
        going.path.write_bytes(msgspec.json.encode(otherwise) + b"\n" + rest)
        with pytest.raises(DrillError, match="another attempt than its name"):
            attempts_in(tmp_path)
        going.path.write_bytes(b"".join(sound_lines(going.path.read_bytes(), going.path.name)))
        assert attempts_in(tmp_path) == [going]
    copied = going.path.rename(tmp_path / "noted.jsonl")
    assert sound_lines(whole, copied.name) == []


@pytest.mark.parametrize("damage", [b"", b"\x00\xff\n", b"{}\n", b"[" * 9999 + b"\n", b'{"drill":1}\n'])
def test_a_damaged_log_is_told(tmp_path: Path, drill: Published, damage: bytes) -> None:
    begin(tmp_path, drill, 1, NOW).path.write_bytes(damage)
    with pytest.raises(DrillError, match="is damaged"):
        attempts_in(tmp_path)


def test_a_clock_that_was_set_back_is_noted(tmp_path: Path, drill: Published) -> None:
    first, second, *_ = (asked.card for asked in drill.drill.questions)
    going = keep(begin(tmp_path, drill, 1, NOW), given(first, minutes=9))
    assert not going.clock_was_set_back
    going = keep(going, given(second, minutes=3))
    assert going.clock_was_set_back
    assert going.latest == NOW + timedelta(minutes=9)
    line = decoded(result_line(drill, end(going, Ended(ended=NOW, right=2, of=6)), OWN).rstrip())
    assert isinstance(line, Result)
    assert line.clock is True


def test_the_line_of_an_attempt_is_the_same_in_every_process(tmp_path: Path, drill: Published) -> None:
    """The order of its decks came from a set, which each process orders anew."""
    over = end(begin(tmp_path, drill, 1, NOW), Ended(ended=NOW, right=0, of=6))
    line = decoded(result_line(drill, over, OWN).rstrip())
    assert isinstance(line, Result)
    assert list(line.decks) == list(dict.fromkeys(each.card.split("/")[1] for each in drill.drill.questions))
    assert len(line.decks) > 3


_SHARED: dict[tuple[str, ...], set[str]] = {
    ("score",): set(),
    (): {"items"},
    ("chosen",): {"items", "chosen"},
    ("doubtful",): {"doubtful"},
}


@pytest.mark.slow
def test_a_result_says_what_the_drill_shares(tmp_path: Path) -> None:
    for share, wanted in _SHARED.items():
        drill = published(share=share)
        cards = [asked.card for asked in drill.drill.questions]
        going = begin(tmp_path / "-".join(share), drill, 1, NOW)
        for card in cards[:-1]:
            going = keep(going, given(card, right=card != cards[0]))
        going = end(going, Ended(ended=NOW + timedelta(minutes=9), right=4, of=6, doubtful=(cards[2],)))
        line = decoded(result_line(drill, going, OWN).rstrip())
        assert isinstance(line, Result)
        said = {"items": line.items, "chosen": line.chosen, "doubtful": line.doubtful}
        assert {key for key, value in said.items() if isinstance(value, tuple)} == wanted
        assert (line.right, line.of, line.alias) == (4, 6, "Anna")
        if "items" in wanted:
            assert line.items == (False, True, True, True, True, False)
        if "chosen" in wanted:
            assert line.chosen == (*[("x",)] * 5, None)
        if "doubtful" in wanted:
            assert line.doubtful == (3,)


def test_the_same_attempt_asks_the_same_and_the_next_one_draws(tmp_path: Path) -> None:
    drill = published(drawn=True, attempts=2)
    first, again, second = ([each.card.id for each in questions_of(drill, n, "a")] for n in (1, 1, 2))
    assert first == again
    assert sorted(first) == sorted(second)
    assert first != second


def test_where_one_stands_goes_by_the_attempts_made(tmp_path: Path) -> None:
    drill = published(attempts=2)
    assert standing(drill, [], TODAY).stage is Stage.OPEN
    going = begin(tmp_path, drill, 1, NOW)
    assert standing(drill, [going], TODAY).under_way == going
    failed = tried(tmp_path, drill, right=4)
    assert (standing(drill, [failed], TODAY).stage, standing(drill, [failed], TODAY).attempt) == ("open", 2)
    again = tried(tmp_path, drill, 2, right=4)
    assert standing(drill, [failed, again], TODAY).stage is Stage.FAILED
    passed = tried(tmp_path, drill, 2, right=5)
    later = standing(drill, [failed, passed], TODAY + timedelta(days=4))
    assert (later.stage, later.check_on) == (Stage.CHECK_LATER, TODAY + timedelta(days=5))
    due = standing(drill, [failed, passed], TODAY + timedelta(days=5))
    assert (due.stage, due.attempt) == (Stage.CHECK_NOW, CHECK)
    checked = tried(tmp_path, drill, CHECK, right=1, days=5)
    assert standing(drill, [failed, passed, checked], TODAY + timedelta(days=5)).stage is Stage.PASSED


def test_attempts_at_an_earlier_drill_of_the_same_name_do_not_count(tmp_path: Path) -> None:
    drill, other = published(), published(seed=7)
    assert standing(other, [tried(tmp_path, drill)], TODAY).stage is Stage.OPEN


def test_attempts_from_another_computer_count_by_the_results_that_were_sent(tmp_path: Path) -> None:
    drill = published(attempts=2)

    def sent(attempt: int, right: int, days: int = 0) -> Over:
        at = NOW + timedelta(days=days)
        return Over(fingerprint=drill.fingerprint, attempt=attempt, right=right, of=6, at=at)

    there = standing(drill, [], TODAY, [sent(1, 3)])
    assert (there.stage, there.attempt, there.tried) == (Stage.OPEN, 2, 1)
    assert standing(drill, [], TODAY, [sent(1, 3), sent(2, 3)]).stage is Stage.FAILED
    assert standing(drill, [tried(tmp_path, drill, right=3)], TODAY, [sent(1, 3)]).attempt == 2
    assert standing(drill, [tried(tmp_path, drill, right=3)], TODAY, [sent(2, 6)]).stage is Stage.CHECK_LATER
    due = standing(drill, [], TODAY + timedelta(days=5), [sent(1, 6)])
    assert (due.stage, due.attempt, due.check_on) == (Stage.CHECK_NOW, CHECK, TODAY + timedelta(days=5))
    assert (
        standing(drill, [], TODAY + timedelta(days=5), [sent(1, 6), sent(CHECK, 6, 5)]).stage is Stage.PASSED
    )
    other = msgspec.structs.replace(sent(1, 6), fingerprint="0" * 32)
    assert standing(drill, [], TODAY, [other]).stage is Stage.OPEN
