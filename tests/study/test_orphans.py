"""Cards whose item was taken out of a sheet: what is remembered of them does no harm, and is kept."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.app.sheets import SHEET, home_with_sheet
from tests.app.stage import running
from tests.clocks import FakeClock
from tests.commands import ran
from tests.learners import right, wrong
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.reports.confusion import yesterdays_confusion
from trainer.reports.export import as_csv
from trainer.reports.profile import rater_profile
from trainer.study.plan import MORE_NEW

GONE = "sample/meanings/prop"
MEANINGS = "sample/meanings"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> Home:
    """Return a home where `GONE` was answered last, and wrongly, and its item has been taken out since."""
    monkeypatch.setattr("trainer.material.sheet_files.shipped_decks", lambda: tmp_path / "none")
    home = home_with_sheet(tmp_path)
    with Engine.open(home, "anna", clock=clock) as training:
        plan = training.study([MEANINGS], new=100)
        while plan.question:
            last = plan.question.card.id == GONE
            plan.answer(wrong(plan.question) if last else right(plan.question))
            plan.next()
    start, end = (SHEET.index(f'[[terms]]\nid = "{id_}"') for id_ in ("prop", "call"))
    (home.decks / "sample.toml").write_text(SHEET[:start] + SHEET[end:], encoding="utf-8")
    return home


def opened(home: Home, clock: FakeClock) -> Engine:
    return Engine.open(home, "anna", clock=clock)


def test_they_are_neither_counted_nor_asked(home: Home, clock: FakeClock) -> None:
    clock.forward(days=1)
    with opened(home, clock) as training:
        assert GONE in training.progress.states
        assert GONE not in training.library.cards
        seen = training.overview()
        assert seen.decks["meanings"].cards == len(training.library.select([MEANINGS]))
        assert seen.due == sum(tally.due for tally in seen.decks.values())
        states = [training.progress.state(card) for card in training.library.cards]
        assert seen.due == sum(state is not None and state.due <= training.day for state in states)
        assert seen.next_due == min(
            (state.due for state in states if state and state.due > training.day), default=None
        )
        for session in (training.study(new=MORE_NEW), training.quiz(count=100)):
            asked = set()
            while session.question:
                asked.add(session.question.card.id)
                session.answer(right(session.question))
                session.next()
            assert asked
            assert GONE not in asked


def test_what_was_answered_stays_in_the_figures(home: Home, clock: FakeClock) -> None:
    with opened(home, clock) as training:
        history = training.progress.history()
        assert any(review.card == GONE for review in history.values())
        assert as_csv(history).count(f",{GONE},") == sum(review.card == GONE for review in history.values())
        assert training.progress.totals(training.day).reviews == len(history)
        assert rater_profile(history).ratings == 0
        clock.forward(days=1)
        assert yesterdays_confusion(training.library.cards.values(), training.progress, training.day) is None


def test_their_answers_can_be_taken_back(home: Home, clock: FakeClock) -> None:
    with opened(home, clock) as training:
        newest = training.progress.newest()
        assert newest
        assert newest[1].card == GONE
        session, at = training.take_back()
        assert at
        assert session.question is None
        while GONE in training.progress.states:
            training.take_back()
        assert GONE not in {review.card for review in training.progress.history().values()}


def test_doctor_tells_them_and_finds_no_fault(home: Home) -> None:
    done = ran("doctor", "--home", home.root)
    assert done.status == 0
    assert GONE in " ".join(done.out.split())
    done = ran("doctor", "--fix", "--home", home.root)
    assert done.status == 0
    assert GONE in " ".join(done.out.split()), "nothing of them was removed"


def test_a_record_with_them_goes_out_and_comes_back(home: Home, tmp_path: Path, clock: FakeClock) -> None:
    with opened(home, clock) as training:
        state, reviews = training.progress.state(GONE), training.progress.history()
    out = tmp_path / "out"
    assert ran("export", "--home", home.root, "--recruiter", "anna", "--out", out).status == 0
    (exported,) = out.glob("*.json")
    assert GONE in exported.read_text("utf-8")
    shutil.rmtree(home.progress)
    assert ran("import-progress", exported, "--home", home.root, "--recruiter", "anna").status == 0
    with opened(home, clock) as training:
        assert training.progress.state(GONE) == state
        assert training.progress.history() == reviews


async def test_the_app_starts_with_them(home: Home, clock: FakeClock) -> None:
    clock.forward(days=1)
    async with running(home, "anna", clock=clock) as stage:
        state = stage.engine.progress.state(GONE)
        assert state
        assert state.due <= stage.engine.day
        assert "to see again" not in stage.text, "it is all that is due"
        await stage.press("d")
        assert "Sample" in stage.text
        await stage.press("escape", "s", "escape", "enter")
        assert stage.engine.progress.state(GONE)


def test_an_item_that_comes_back_goes_on(home: Home, clock: FakeClock) -> None:
    with opened(home, clock) as training:
        state = training.progress.state(GONE)
    (home.decks / "sample.toml").write_text(SHEET, encoding="utf-8")
    with opened(home, clock) as training:
        assert training.progress.state(GONE) == state
        assert training.library.cards[GONE].id == GONE
        assert msgspec.to_builtins(state)["reps"] >= 1
