import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.events import AppFocus

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, learn, running
from tests.app.ways import go
from tests.clocks import FakeClock
from tests.learners import begun, right
from tests.progress.faults import install
from trainer.app.kit.place_line import PlaceLine
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.cards import cache, outline
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


async def test_the_first_day_has_the_button_the_role_and_one_sentence(home: Home) -> None:
    async with running(home) as stage:
        assert stage.text.splitlines() == [
            "",
            "  Good morning, anna.                                    Tuesday 24 November",
            "",
            "  ╭────────────────────────────────────────╮",
            "  │ Enter  Start   12 cards · 10 minutes   │",
            "  ╰────────────────────────────────────────╯",
            "   12 new",
            "",
            "  You learn  Assistant Stage Manager                             o  next role",
            "",
            "  A few minutes a day are enough: what you meet today comes back on other",
            "  days.",
        ]
        assert stage.bar == [
            "Enter Start",
            "t Ten quick",
            "1-6 Places",
            "/ Find",
            "? Help",
            "q Quit",
        ]
        await stage.press("enter")
        assert stage.on(StudyScreen).session.total == 12


def second_day(home: Home, *decks: str) -> FakeClock:
    """Answer all of the decks right on one day; return the clock, on the next."""
    clock = FakeClock()
    learn(home, 1, *decks, clock=clock)
    clock.forward(days=-1999)
    return clock


class TestOrdinaryDay:
    async def test_progress_tells_what_the_signs_mean_and_the_week(self, home: Home) -> None:
        clock = second_day(home, "assistant-stage-manager/levels")
        async with running(home, clock=clock) as stage:
            await stage.press("5")
            for words in ("day 2 of 4", "■ know  0", "right on 3 days since its last miss", "▪ soon  "):
                assert words in stage.text

    async def test_progress_has_something_to_tell_on_the_first_day(self, tmp_path: Path) -> None:
        home = home_with_sheet(tmp_path)
        clock = learn(home, 1, "sample/meanings")
        clock.forward(days=-2000)
        async with running(home, clock=clock) as stage:
            met = len(stage.engine.progress.states)
            assert met > 1
            await stage.press("5")
            said = " ".join(stage.text.split())
            for words in (
                f"Today {met} answers in",
                f"New cards met this week {met}",
                f"▪ soon {met}",
                "comes back",
            ):
                assert words in said

    async def test_it_tells_the_week_and_the_role_with_four_bars(self, home: Home) -> None:
        clock = second_day(home, "assistant-stage-manager/levels")
        async with running(home, clock=clock) as stage:
            assert "This week  day 2 of 4" in stage.text
            assert "·  ■  ◐  ·  ·  ·  ·" in stage.text
            assert "You learn  Assistant Stage Manager" in stage.text
            role = stage.engine.role_standing()
            assert role
            counts = role.decks
            for deck in counts:
                assert deck.name in stage.text
            levels = next(deck.counts for deck in counts if deck.deck == "levels")
            assert (levels.soon, levels.to_come) == (levels.cards, 0)
            line = next(line for line in stage.text.splitlines() if "Levels" in line)
            assert f"{levels.soon} soon ·   0 to come" in line
            assert "▪▪▪" in line
            assert "■" not in line

    @pytest.mark.slow
    @pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (100, 24), (140, 45)])
    async def test_a_low_window_drops_the_bars_first_then_the_week_never_a_place(
        self, home: Home, size: tuple[int, int]
    ) -> None:
        clock = second_day(home, "assistant-stage-manager/levels")
        seen = []
        async with running(home, clock=clock, size=size) as stage:
            for height in range(size[1], 11, -1):
                await stage.pilot.resize_terminal(size[0], height)
                await stage.settle()
                assert "Start" in stage.text
                assert "2 Train" in stage.app.screen.query_one(PlaceLine).render().plain or size[0] < 60
                page = stage.on(TodayScreen).page
                assert all(row.content.cell_length <= page.size.width for row in page.rows(page.size.width))
                assert len(page.rows(page.size.width)) <= stage.on(TodayScreen).room
                seen.append(("Levels" in stage.text, "day 2" in stage.text))
        assert seen == sorted(seen, reverse=True)
        assert (True, False) not in seen

    async def test_another_role(self, home: Home) -> None:
        clock = second_day(home, "assistant-stage-manager/levels")
        with Engine.open(home, "anna", clock=clock) as training:
            training.choose_roles(["ASM", "Stage Manager"])
        async with running(home, clock=clock) as stage:
            for name in ("Stage Manager", "Assistant Stage Manager"):
                await stage.press("o")
                assert f"You learn  {name}" in stage.text
            await stage.click("next role")
            assert "You learn  Stage Manager" in stage.text
            await stage.press("2", "1")
            assert "You learn  Stage Manager" in stage.text, "it is remembered while the app runs"

    async def test_after_a_break_it_tells_how_long_catching_up_takes(self, home: Home) -> None:
        learn(home, 1, clock=(clock := FakeClock()), seconds=20)
        clock.forward(days=-1960)
        async with running(home, clock=clock) as stage:
            assert "Welcome back. This is today's portion: at 10 minutes a day you are" in stage.text


@pytest.mark.slow
async def test_rows_by_arrows_and_by_mouse(home: Home) -> None:
    async with running(home) as stage:
        await go(stage, "answers")
        question = stage.on(StudyScreen).session.question
        assert question
        assert question.card.deck == "answers"
        await stage.press("escape", "2")
        await stage.click("Synonym matching")
        question = stage.on(StudyScreen).session.question
        assert question
        assert question.card.deck == "synonyms"
        await stage.press("escape")
        await stage.click("Start")
        stage.on(StudyScreen)


@pytest.mark.slow
async def test_ten_questions_more_new_and_only_mistakes(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("t")
        assert stage.on(StudyScreen).session.total == 10
        await stage.press("escape", "m")
        assert stage.on(StudyScreen).session.total == 10
        await stage.press("escape", "a")
        stage.on(TodayScreen)
        await stage.press("enter", "0", "escape", "enter", "a")
        assert stage.on(StudyScreen).session.total == 1, "what was missed when it was met"


async def test_without_a_mistake_it_is_said_so(home: Home) -> None:
    with Engine.open(home, "anna", clock=FakeClock()) as engine:
        session = engine.any_session()
        assert session
        assert session.question
        session.answer(right(session.question))
    async with running(home) as stage:
        await stage.press("a")
        stage.on(TodayScreen)
        assert "You have no mistakes" in " ".join(stage.text.split())


async def test_after_the_last_card_it_tells_tomorrow_and_goes_on_by_a_key(home: Home) -> None:
    clock = FakeClock()
    learn(home, 1, "sample", clock=clock, seconds=60)
    clock.forward(days=-2000)
    async with running(home, clock=clock) as stage:
        minutes = stage.engine.overview().minutes_today
        assert minutes > 1
        assert f"Done for today: {minutes} minutes" in stage.text
        assert re.search(r"Tomorrow: about \d+ minutes?\.", stage.text)
        assert "Enter Start" not in stage.bar
        await stage.press("enter")
        stage.on(TodayScreen)
        await stage.click("Go on with new cards")
        stage.on(StudyScreen)


async def test_a_deck_that_is_done_brings_more(home: Home) -> None:
    clock = FakeClock()
    learn(home, 1, "assistant-stage-manager/levels", clock=clock, seconds=60)
    clock.forward(days=-2000)
    with Engine.open(home, "anna", clock=clock) as training:
        training.add_roles(["stage manager"])
    async with running(home, clock=clock) as stage:
        await stage.press("2")
        await stage.click("Level indicators")
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
        assert "practice, nothing is saved" in stage.text
        assert "anna · practice" in stage.on(TodayScreen).top.render().plain
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
        assert "1 to see again" in stage.text


async def test_counts_that_were_kept_wrongly_are_put_right_once_the_sheets_are_read(home: Home) -> None:
    with Engine.open(home, "anna", saving=False) as training:
        cards = len(training.library.cards)
    gone = outline.Outline("sample/levels/gone", "levels", (), (), False, ("choose",), "")
    wrong = outline.Outlines((outline.SheetOutline("sample", "Sample", is_role=True),), (gone,))
    cache.keep(home, outline.CACHE, wrong, cache.stamps_of(home))
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


def offers_undo(stage: Stage) -> bool:
    return "undo" in stage.on(TodayScreen).around.features


class TestUndo:
    async def test_the_last_answer_of_today_is_taken_back_and_asked_again(self, home: Home) -> None:
        async with running(home) as stage:
            assert not offers_undo(stage)
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

    @pytest.mark.slow
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
                await stage.press("2")
                await stage.click("Undo the last answer")
                assert len(stage.engine.progress.history()) == left
                await stage.press("escape")
                stage.on(TodayScreen)
            assert not offers_undo(stage)
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
            assert not offers_undo(stage)
        clock.forward(days=-2000)
        async with running(home, clock=clock, saving=False) as stage:
            assert not offers_undo(stage)
        async with running(home, clock=clock) as stage:
            assert offers_undo(stage)

    async def test_a_card_that_is_in_no_sheet_any_more(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
            await stage.press("0", "escape", "enter")
            (home.decks / "sample.toml").unlink()
        async with running(home) as stage:
            await stage.press("u")
            stage.on(TodayScreen)
            assert "Taken back: your answer of 10:00. Its card is in no sheet any more." in stage.text
            assert not offers_undo(stage)

    async def test_what_is_not_saved_is_told(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        async with running(home) as stage:
            await stage.press("enter", "0", "escape", "enter")
            install(monkeypatch).fail("write")
            await stage.press("u")
            stage.on(TodayScreen)
            assert "Nothing has changed." in " ".join(stage.text.split())
            assert len(stage.engine.progress.history()) == 1
