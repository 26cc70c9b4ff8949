"""The last line of defence: one sentence, and a report that gives nothing away."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.learners import Learner, right
from trainer.crash import (
    ALL_BUT_LAST,
    MOST_KEPT,
    PRACTISED,
    SAVED,
    UnforeseenError,
    in_session,
    keep_report,
    place,
    report,
    unforeseen,
)
from trainer.errors import SheetError
from trainer.home import Home

SECRET = "Anna Berger said yes"
NOW = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)


def failing(error: Exception) -> Exception:
    """Return an error that was raised with a secret among the variables."""
    with pytest.raises(type(error)):
        fail(error)
    return error


def fail(error: Exception) -> None:
    secret = SECRET
    if secret:
        raise error


def endless(depth: int) -> int:
    return endless(depth + 1) + 1


def reports(home: Path) -> list[Path]:
    return sorted((home / "crashes").iterdir())


def test_a_report_says_where_and_nothing_of_what(tmp_path: Path) -> None:
    try:
        try:
            raise failing(PermissionError(13, SECRET, str(tmp_path / SECRET)))
        except PermissionError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        text = report(error, NOW)
    assert "ValueError\n" in text
    assert "caused by PermissionError (EACCES)\n" in text
    assert "tests.test_crash:" in text
    assert "in fail\n" in text
    assert "trainer   0.1.0, Python 3." in text
    assert all(f"{library} " in text for library in ("textual", "rich", "msgspec", "pypdf", "zstandard"))
    for secret in (SECRET, "Anna", str(tmp_path), str(Path.home()), os.sep + "test_crash"):
        assert secret not in text


def test_the_whole_chain_is_told_and_a_circle_ends() -> None:
    first, second = failing(KeyError("a")), failing(OSError())
    first.__cause__, second.__context__ = second, first
    text = report(ExceptionGroup("of", [first, failing(ValueError())]), NOW)
    assert "together with others: KeyError" in text
    assert "caused by OSError" in text
    assert "together with others: ValueError" in text
    assert text.count("KeyError") < 10


def test_an_endless_recursion_is_told_in_short() -> None:
    with pytest.raises(RecursionError) as caught:
        endless(0)
    text = report(caught.value, NOW)
    assert "calls more …" in text
    assert len(text.splitlines()) < 80


def test_only_the_user_can_read_a_report(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = keep_report(failing(ValueError(SECRET)), Home(tmp_path))
    finally:
        os.umask(before)
    assert path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text(encoding="utf-8").startswith("What happened in trainer.")


def test_a_few_reports_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.crashes.mkdir(mode=0o755)
    (home.crashes / "notes.txt").touch()
    kept = [keep_report(failing(ValueError()), home) for _ in range(MOST_KEPT + 3)]
    left = reports(tmp_path)
    assert len(left) == MOST_KEPT + 1
    assert home.crashes / "notes.txt" in left
    assert all(kept)
    assert stat.S_IMODE(home.crashes.stat().st_mode) == 0o700


def test_no_link_is_followed_and_no_home_is_made(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "crashes").symlink_to(elsewhere)
    error = failing(ValueError(SECRET))
    assert keep_report(error, Home(tmp_path / "home")) is None
    assert keep_report(error, Home(tmp_path / "nosuch")) is None
    assert list(elsewhere.iterdir()) == []
    assert not (tmp_path / "nosuch").exists()


def test_the_sentence_names_the_report_and_how_to_start_again(tmp_path: Path) -> None:
    told = unforeseen(failing(ValueError(SECRET)), ["decks", "--home", str(tmp_path)])
    (path,) = reports(tmp_path)
    assert told == (
        f"Something went wrong. What happened was written to {path}, without answers or names; "
        f"start again with: trainer decks --home {tmp_path}"
    )


def test_without_a_report_the_sentence_says_where_it_was(tmp_path: Path) -> None:
    error = failing(ValueError(SECRET))
    told = unforeseen(error, ["decks", f"--home={tmp_path / 'nosuch'}"])
    assert f"could not be written to a file: {place(error)}; start again" in told
    assert place(error).startswith("ValueError in tests.test_crash, line ")
    assert SECRET not in told


@pytest.mark.parametrize(("saved", "answers"), [(True, SAVED), (False, PRACTISED)])
def test_what_is_true_of_the_answers_is_told(tmp_path: Path, saved: bool, answers: str) -> None:
    with pytest.raises(UnforeseenError) as caught, in_session(Home(tmp_path), saved=saved):
        raise failing(ValueError(SECRET))
    told = unforeseen(caught.value, ["study", "--plain"])
    (path,) = reports(tmp_path)
    assert told.startswith(f"Something went wrong. {answers} What happened was written to {path}")
    text = path.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "UnforeseenError" not in text


@pytest.mark.parametrize(("saved", "answers"), [(True, ALL_BUT_LAST), (False, PRACTISED)])
def test_an_answer_that_was_just_being_saved_is_not_claimed_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: bool, answers: str
) -> None:
    learner = Learner()
    session = learner.study("meanings/cue")
    assert session.question

    def fails(*_: object, **__: object) -> None:
        raise failing(ValueError(SECRET))

    monkeypatch.setattr(learner.record, "record", fails)
    with pytest.raises(UnforeseenError) as caught, in_session(Home(tmp_path), saved=saved):
        session.answer(right(session.question))
    told = unforeseen(caught.value, ["study", "--plain"])
    (path,) = reports(tmp_path)
    assert told.startswith(f"Something went wrong. {answers} What happened was written to {path}")
    assert "UnforeseenError" not in path.read_text(encoding="utf-8")
    assert place(caught.value).startswith("ValueError in ")


def test_what_was_foreseen_passes_a_session_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(SheetError), in_session(Home(tmp_path), saved=True):
        raise SheetError("a sheet")
