import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.events import AppFocus

from tests.app.sheets import home_with_sheet
from tests.app.stage import learn, running
from tests.clocks import FakeClock
from tests.learners import begun
from tests.progress.faults import install
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.cards import outline
from trainer.cards.decks import DECKS
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home


def known(home: Home) -> Home:
    """Make a record, so that the app opens on Today."""
    begun(home, "anna")
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return known(home_with_sheet(tmp_path))


async def test_it_tells_what_to_do(home: Home) -> None:
    async with running(home) as stage:
        assert "Good morning." in stage.text
        assert "12 new   about 10 minutes" in stage.text
        for kind in DECKS.values():
            assert kind.name in stage.text
        assert stage.bar == [
            "Enter Start",
            "1-4 One deck",
            "t Ten questions",
            "m More new",
            "? Help",
            "q Quit",
        ]
        await stage.press("enter")
        assert stage.on(StudyScreen).session.total == 12


@pytest.mark.parametrize(("key", "deck"), list(zip("1234", DECKS, strict=True)))
async def test_a_digit_trains_one_deck(home: Home, key: str, deck: str) -> None:
    async with running(home) as stage:
        await stage.press(key)
        question = stage.on(StudyScreen).session.question
        assert question
        assert question.card.deck == deck


async def test_rows_by_arrows_and_by_mouse(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("down", "down", "down", "enter")
        question = stage.on(StudyScreen).session.question
        assert question
        assert question.card.deck == "synonyms"
        await stage.press("escape")
        await stage.click("Answer quality")
        question = stage.on(StudyScreen).session.question
        assert question
        assert question.card.deck == "answers"
        await stage.press("escape")
        await stage.click("Start")
        stage.on(StudyScreen)


async def test_ten_questions_and_more_new(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("t")
        assert stage.on(StudyScreen).session.total == 10
        await stage.press("escape", "m")
        assert stage.on(StudyScreen).session.total == 10


async def test_nothing_to_do_says_when_and_what_else(home: Home) -> None:
    clock = FakeClock()
    learn(home, 1, "sample", clock=clock, seconds=60)
    clock.forward(days=-2000)
    async with running(home, clock=clock) as stage:
        assert "All done for today." in stage.text
        assert "The next card comes back" in stage.text
        assert "press m" in stage.text
        assert "Enter Start" not in stage.bar
        await stage.press("enter")
        stage.on(TodayScreen)


async def test_a_deck_that_is_done_brings_more(home: Home) -> None:
    clock = FakeClock()
    learn(home, 1, "assistant-stage-manager/levels", clock=clock, seconds=60)
    clock.forward(days=-2000)
    with Engine.open(home, "anna", clock=clock) as training:
        training.add_roles(["stage manager"])
    async with running(home, clock=clock) as stage:
        await stage.press("3")
        assert stage.on(StudyScreen).session.total > 0


async def test_a_broken_sheet_is_told_once_and_never_read_as_markup(home: Home) -> None:
    (home.decks / "[red]broken[x].toml").write_text("format = [/x]", encoding="utf-8")
    async with running(home) as stage:
        assert "[red]broken[x].toml" in "".join(stage.text.split())
        await stage.press("enter", "escape")
        assert "broken" not in stage.text


async def test_a_choice_goes_straight_to_its_session(home: Home) -> None:
    async with running(home, "anna", choice=SessionChoice("quiz", ("sample",), count=3)) as stage:
        assert stage.on(StudyScreen).session.total == 3


async def test_an_unknown_deck_is_told_on_today(home: Home) -> None:
    async with running(home, "anna", choice=SessionChoice(decks=("nonsense",))) as stage:
        stage.on(TodayScreen)
        assert 'There is no deck "nonsense"' in stage.text


async def test_a_choice_with_nothing_to_ask_is_told_on_today(home: Home) -> None:
    async with running(home, "anna", choice=SessionChoice(new=0)) as stage:
        stage.on(TodayScreen)
        assert "nothing to ask" in stage.text


async def test_practice_says_so_and_saves_nothing(home: Home) -> None:
    async with running(home, "anna", saving=False) as stage:
        assert "nothing" in stage.app.export_screenshot()
        await stage.press("enter", "0", "escape")
        assert "Practice: nothing was saved." in stage.text
    with Engine.open(home, "anna") as training:
        assert not training.progress.history()


async def test_q_quits_with_status_0(home: Home) -> None:
    async with running(home) as stage:
        await stage.pilot.press("q")
    assert stage.app.return_code == 0


async def test_the_file_is_in_order_after_the_app(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("enter", "0")
    journal = home.progress_file("anna").with_suffix(".journal")
    assert not journal.exists() or journal.read_bytes().count(b"\n") <= 1
    begun(home, "anna")


async def test_coming_back_the_next_day_finds_the_new_day(home: Home) -> None:
    clock = FakeClock()
    async with running(home, clock=clock) as stage:
        await stage.press("enter", "0", "escape", "enter")
        before = stage.on(TodayScreen).day
        clock.forward(days=1)
        stage.app.post_message(AppFocus())
        await stage.settle()
        assert stage.on(TodayScreen).day != before
        assert "1 to review" in stage.text


async def test_counts_that_were_kept_wrongly_are_put_right_once_the_sheets_are_read(home: Home) -> None:
    with Engine.open(home, "anna", saving=False) as training:
        cards = len(training.library.cards)
    gone = outline.Outline("sample/levels/gone", "levels", (), (), False, ("choose",))
    outline.keep(home, outline.Outlines((outline.SheetOutline("sample", "Sample", is_role=True),), (gone,)))
    async with running(home) as stage:
        assert f"{min(12, cards)} new" in stage.text
    kept = outline.recall(home)
    assert kept is not None
    assert len(kept.cards) == cards


async def test_a_broken_sheet_is_told_after_the_start_from_what_was_kept(home: Home) -> None:
    (home.decks / "broken.toml").write_text("format = 1\n", encoding="utf-8")
    Engine.open(home, "anna", saving=False).overview()
    assert outline.recall(home) is not None
    async with running(home) as stage:
        assert "".join(stage.text.split()).count("broken.toml") == 1, "wrapped wherever the path is long"
        await stage.press("enter", "escape")
        assert "broken.toml" not in "".join(stage.text.split())


def test_today_is_ready_without_reading_a_sheet(home: Home) -> None:
    """So that the start does not grow with the library: see the benchmark."""
    probe = (
        "import sys; from pathlib import Path; from trainer.home import Home\n"
        "import trainer.app.app, trainer.engine.engine; from trainer.engine.engine import Engine\n"
        "with Engine.open(Home(Path(sys.argv[1])), 'anna') as training: assert training.overview().new\n"
        "loaded = {'tomli', 'click', 'fsrs', 'rapidfuzz', 'trainer.cards.library'} & sys.modules.keys()\n"
        "assert not loaded, loaded\n"
    )
    with Engine.open(home, "anna", saving=False) as training:
        assert training.library.cards
    subprocess.run([sys.executable, "-c", probe, str(home.root)], check=True)


class TestUndo:
    async def test_the_last_answer_of_today_is_taken_back_and_asked_again(self, home: Home) -> None:
        async with running(home) as stage:
            assert "Undo" not in stage.text
            await stage.press("enter", "0", "enter", "0", "escape", "enter")
            first, last = [each.card for each in stage.engine.progress.history().values()]
            await stage.press("u")
            question = stage.on(StudyScreen).session.question
            assert question
            assert question.card.id == last
            assert [each.card for each in stage.engine.progress.history().values()] == [first]
            (told,) = stage.app._notifications
            assert re.fullmatch(r"Taken back: your answer of 10:00\. .* again\.", told.message)
            await stage.press("0", "escape")
            assert "You met 1 new card." in stage.text
            assert len(stage.engine.progress.history()) == 2

    async def test_after_a_crash_too_and_by_mouse(self, home: Home) -> None:
        clock = FakeClock()
        async with running(home, clock=clock) as stage:
            await stage.press("enter", "0", "enter", "0")
            journal = home.progress_file("anna").with_suffix(".journal").read_bytes()
            file = home.progress_file("anna").read_bytes()
        home.progress_file("anna").with_suffix(".journal").write_bytes(journal)
        home.progress_file("anna").write_bytes(file)
        async with running(home, clock=clock) as stage:
            for left in (1, 0):
                await stage.click("Undo the last answer")
                assert len(stage.engine.progress.history()) == left
                await stage.press("escape")
                stage.on(TodayScreen)
            assert "Undo" not in stage.text
            await stage.press("u")
            stage.on(TodayScreen)
        with Engine.open(home, "anna", clock=clock) as training:
            assert training.progress.history() == {}

    async def test_it_is_in_the_palette_and_the_help(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press("enter", "0", "escape", "enter", "question_mark")
            assert "Undo the last answer" in stage.text
            await stage.click("Undo the last answer")
            stage.on(StudyScreen)

    async def test_neither_another_days_answer_nor_in_practice(self, home: Home) -> None:
        clock = learn(home, 1, "sample/levels")
        async with running(home, clock=clock) as stage:
            assert "Undo" not in stage.text
        clock.forward(days=-2000)
        async with running(home, clock=clock, saving=False) as stage:
            assert "Undo" not in stage.text
        async with running(home, clock=clock) as stage:
            assert "Undo" in stage.text

    async def test_a_card_that_is_in_no_sheet_any_more(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "escape", "enter")
            (home.decks / "sample.toml").unlink()
        async with running(home) as stage:
            await stage.press("u")
            stage.on(TodayScreen)
            assert "Taken back: your answer of 10:00. Its card is in no sheet any more." in stage.text
            assert "Undo" not in stage.text

    async def test_what_is_not_saved_is_told(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running(home) as stage:
            await stage.press("enter", "0", "escape", "enter")
            install(monkeypatch).fail("write")
            await stage.press("u")
            stage.on(TodayScreen)
            assert "Nothing has changed." in " ".join(stage.text.split())
            assert len(stage.engine.progress.history()) == 1
