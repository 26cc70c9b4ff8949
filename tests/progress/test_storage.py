import re
from pathlib import Path

import pytest
from tinydb import Query, TinyDB

from trainer.progress.documents import Document
from trainer.progress.practice import PracticeStorage
from trainer.progress.storage import JournaledStorage

from .faults import install
from .samples import SCHEDULE, FakeClock, empty

REVIEW: Document = {"card": "a/b/c", "day": "2026-03-04", "rating": 3, "given": 2, "form": "flip", "ms": 5}
STATE: Document = {"card": "a/b/c", "suspended": True}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "anna.json"


def stored(path: Path) -> JournaledStorage:
    return JournaledStorage(path, "anna", SCHEDULE, FakeClock())


def test_tinydb_searches_all_tables(path: Path) -> None:
    storage = stored(path)
    db = TinyDB(storage=lambda: storage)
    storage.append({"reviews": {"100": REVIEW, "101": {"undo": 99}}, "cards": {"5": STATE}})
    assert db.table("reviews").search(Query().rating == 3) == [REVIEW]
    assert db.table("reviews").get(doc_id=101) == {"undo": 99}
    assert db.table("cards").get(Query().suspended == True) == STATE  # noqa: E712 — how TinyDB asks
    storage.append({"reviews": {"102": REVIEW}, "cards": {"5": None}})
    assert len(db.table("reviews")) == 3
    assert not db.table("cards")
    storage.close()


def test_tinydbs_own_writes_are_refused(path: Path) -> None:
    storage = stored(empty(path))
    before = path.read_bytes()
    with pytest.raises(NotImplementedError):
        TinyDB(storage=lambda: storage).table("cards").insert(STATE)
    storage.close()
    assert path.read_bytes() == before


def test_plain_tinydb_reads_the_folded_file(path: Path) -> None:
    storage = stored(path)
    storage.append({"reviews": {"100": REVIEW}, "cards": {"5": STATE}, "days": {"20260304": {"reviews": 1}}})
    storage.fold()
    with TinyDB(path, access_mode="r") as db:
        assert db.tables() == {"meta", "cards", "days", "reviews"}
        assert db.table("reviews").get(doc_id=100) == REVIEW
        assert db.table("cards").get(doc_id=5) == STATE
        assert db.table("days").get(doc_id=20260304) == {"reviews": 1}
        assert db.table("meta").all()[0]["recruiter"] == "anna"
    storage.close()


def test_a_fold_is_on_the_disk_before_the_journal_is_emptied(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = install(monkeypatch)
    storage = stored(path)
    storage.append({"reviews": {"100": REVIEW}})
    faulty.steps.clear()
    storage.close()
    order = [step for step in faulty.steps if not step.startswith(("open", "write"))]
    assert [re.sub(r"\.[0-9a-f]{8}\.old", " that was moved", step) for step in order] == [
        "fsync anna.json.tmp",
        "replace anna.json.tmp",
        f"fsync {path.parent.name}",
        "rename anna.journal",
        f"fsync {path.parent.name}",
        "unlink anna.journal that was moved",
        f"fsync {path.parent.name}",
    ]
    assert (path.stat().st_size > 0, path.with_suffix(".journal").stat().st_size) == (True, 0)


def test_a_session_without_an_answer_leaves_the_file_alone(path: Path) -> None:
    before = empty(path).stat()
    stored(path).close()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_practice_writes_nothing(path: Path) -> None:
    practice = PracticeStorage(path, "anna", SCHEDULE)
    practice.append({"reviews": {"100": REVIEW}})
    assert practice.newest == 100
    practice.close()
    assert list(path.parent.iterdir()) == []
