"""`trainer export --cards` and `--words`: tables for a spreadsheet."""

import csv
import errno
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.commands import Done, ran
from tests.learners import begun, right, wrong
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.model import retrievability
from trainer.memory.state import CardState

pytestmark = pytest.mark.slow

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "\u200b=1")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def states(home: Path) -> dict[str, CardState]:
    """Two cards were answered, a right one and a wrong one, and a third was starred."""
    clock = FakeClock()
    with Engine.open(Home(home), "anna", clock=clock) as engine:
        session = engine.study(["theatre-vocabulary"], new=2)
        for answer in (right, wrong):
            assert session.question
            session.answer(answer(session.question))
            session.next()
        engine.star("theatre-vocabulary/meanings/trap")
        return dict(engine.progress.states)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def exported(home: Path, *arguments: str | Path) -> Done:
    return ran("export", *arguments, "--home", home)


def test_each_card_is_a_row_with_where_it_stands(home: Path, states: dict[str, CardState]) -> None:
    with Engine.open(Home(home), "anna", saving=False) as engine:
        cards, day = engine.library.cards, engine.day
    found = {row["card"]: row for row in rows(exported(home, "--cards", "--out", "-").out)}
    assert list(found) == list(cards)
    for id_, state in states.items():
        row = found[id_]
        assert (row["state"], row["due"]) == ("soon", state.due.isoformat())
        assert row["last answered"] == state.last.isoformat()
        expected = retrievability(state.stability, (day - state.last) / timedelta(days=1))
        assert float(row["retrievability"]) == pytest.approx(expected, abs=1e-4)
        assert float(row["stability in days"]) == pytest.approx(state.stability, abs=0.01)
    trap = found["theatre-vocabulary/meanings/trap"]
    assert (trap["state"], trap["due"], trap["starred"]) == ("to come", "", "yes")
    assert (trap["role or vocabulary"], trap["deck"]) == ("Theatre vocabulary", "Term meanings")
    assert trap["asks"]
    assert trap["answer"]


def test_a_card_that_is_in_no_sheet_any_more_is_told(home: Path) -> None:
    sheet = 'format = 1\nid = "own"\nname = "Own"\n' + "".join(
        f'[[terms]]\nid = "t{n}"\nterm = "Term {n}"\nmeaning = "{"=" * n} thing"\n' for n in range(3)
    )
    file = Home(home).decks / "own.toml"
    file.parent.mkdir(parents=True)
    file.write_text(sheet)
    with Engine.open(Home(home), "anna") as engine:
        session = engine.study(["own"], new=1)
        assert session.question
        id_ = session.question.card.id
        session.answer(right(session.question))
    file.unlink()
    found = {row["card"]: row for row in rows(exported(home, "--cards", "--out", "-").out)}
    assert found[id_]["state"] == "in no sheet any more"
    assert found[id_]["due"]


def test_each_meaning_and_each_judgement_is_a_row(home: Path) -> None:
    found = rows(exported(home, "--words", "--out", "-").out)
    corner = [row for row in found if row["word"] == "Prompt corner"]
    assert [row["used in"] for row in corner] == ["UK"]
    assert corner[0]["meaning"].startswith("Place at the side of a British stage")
    assert corner[0]["conclude or ask"]
    assert corner[0]["US"]
    deputy = [row for row in found if row["relation to the role"] and row["word"] == "DSM"]
    assert {"Assistant Stage Manager", "Stage Manager"} <= {row["role or vocabulary"] for row in deputy}
    assert not home.exists()


def test_no_cell_is_run_as_a_formula(home: Path) -> None:
    terms = "".join(
        f"[[terms]]\nid = \"t{n}\"\nterm = '{text}'\nmeaning = '{text} x'\nsignal = '{text} y'\n"
        f"notes = [{{ region = 'UK', text = '{text} z' }}]\n"
        for n, text in enumerate(FORMULAS)
        if text.isprintable()
    )
    file = Home(home).decks / "own.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'format = 1\nid = "own"\nname = "=Own"\n{terms}', encoding="utf-8")
    with Engine.open(Home(home), "anna") as engine:
        engine.star("own/meanings/t0")
        session = engine.study(["own"], new=1)
        assert session.question
        session.answer(right(session.question))
    ours = 0
    for table in ("--words", "--cards"):
        for row in rows(exported(home, table, "--out", "-").out):
            ours += "=Own" in row["role or vocabulary"]
            for cell in row.values():
                assert not cell.lstrip(" \t\r\u200b").startswith(("=", "+", "-", "@", "＝")), cell
    assert ours > 8


@pytest.mark.parametrize("name", ["=1+1", "＝1+1", "@sum", "a;=1"])
def test_no_files_name_is_one_either(tmp_path: Path, name: str) -> None:
    begun(Home(tmp_path / "home"), name)
    out = tmp_path / "out"
    done = ran("export", "--recruiter", name, "--home", tmp_path / "home", "--out", out)
    assert (done.status, len(list(out.iterdir()))) == (0, 2), done.err
    for path in out.iterdir():
        assert path.name.startswith("progress-")


def test_tables_are_files_of_their_own(home: Path, states: dict[str, CardState], tmp_path: Path) -> None:
    assert states
    done = exported(home, "--cards", "--words", "--out", tmp_path / "out")
    assert (done.status, done.err) == (0, "")
    cards, words = map(Path, done.out.splitlines())
    assert cards.name.startswith("anna-")
    assert (cards.name[-10:], words.name[-10:]) == ("-cards.csv", "-words.csv")
    assert sorted((tmp_path / "out").iterdir()) == sorted((cards, words))
    assert len(rows(words.read_text(encoding="utf-8"))) > 200


def test_one_table_can_be_printed(home: Path, states: dict[str, CardState]) -> None:
    assert states
    assert exported(home, "--cards", "--words", "--out", "-").status == 2


def test_what_is_there_is_not_overwritten(
    home: Path, states: dict[str, CardState], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert states
    clock = FakeClock()
    now = clock()
    monkeypatch.setattr("trainer.memory.calendar.system_clock", lambda: now)
    (table,) = exported(home, "--cards", "--out", tmp_path).out.splitlines()
    Path(table).write_text("mine")
    before = sorted(tmp_path.iterdir())
    done = exported(home, "--words", "--cards", "--out", tmp_path)
    assert done.status == 2
    assert f"{table} is there already, and is not overwritten" in done.err
    assert Path(table).read_text() == "mine"
    assert sorted(tmp_path.iterdir()) == before
    done = exported(home, "--words", "--out", table)
    assert done.status == 2
    assert "is a file. Name a folder" in done.err


@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    home: Path,
    states: dict[str, CardState],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails_at: int,
) -> None:
    assert states
    calls = 0

    def full(write: Callable[[int, bytes], None]) -> Callable[[int, bytes], None]:
        def written(descriptor: int, data: bytes) -> None:
            nonlocal calls
            calls += 1
            if calls == fails_at:
                write(descriptor, data[: len(data) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")
            write(descriptor, data)

        return written

    from trainer import disk

    monkeypatch.setattr(disk, "write", full(disk.write))
    done = exported(home, "--cards", "--words", "--out", tmp_path / "out")
    assert done.status == 2
    assert "No space left on device" in done.err
    assert "Nothing was written." in done.err
    assert list((tmp_path / "out").iterdir()) == []
