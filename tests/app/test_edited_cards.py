"""What comes of an edit: the card on the screen, cuts and ticks, refusals, odd texts and sizes."""

import os
from pathlib import Path

import pytest
from textual.events import Paste

from tests.app.edits import (
    LEVELS,
    MEANINGS,
    MORE,
    OLD_MEANINGS,
    field,
    focused,
    home_to_edit,
    own,
    problem,
    saved,
    screen,
    session,
    tick,
    write_over,
)
from tests.app.sheets import SHEET
from tests.app.stage import Stage, learn, running
from trainer.app.editing.field_row import FieldRow, FieldTick
from trainer.app.kit.problem import Problem
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.cards.card import Form
from trainer.engine.choice import SessionChoice
from trainer.home import Home

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_to_edit(tmp_path)


def _title(stage: Stage) -> str:
    question = stage.on(StudyScreen).session.question
    assert question is not None
    return question.text


class TestBeforeTheAnswer:
    async def test_who_has_seen_the_texts_is_guessing_unless_they_say_not(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("h", "e", "escape")
            assert "You are guessing" in stage.text
            assert "Hint  " in stage.text, "the rest of the card is as it was"
            assert "g Not guessing" in stage.bar
            await stage.press("g")
            assert "You are guessing" not in stage.text

    async def test_the_question_is_asked_with_the_new_text(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("e", "X", "ctrl+s")
            assert "“XSet 40 props from the list”" in stage.text
            await stage.press("1")
            feedback = session(stage).feedback
            assert feedback
            assert feedback.mark.lucky

    async def test_ticks_stay(self, home: Home) -> None:
        clock = learn(home, 1, "sample/meanings")
        async with running(home, "anna", choice=OLD_MEANINGS, clock=clock) as stage:
            while (question := session(stage).question) and question.form is not Form.TICK:
                await stage.press("0", "enter")
            await stage.press("1", "2", "e", "X", "ctrl+s")
            assert "[x] 1" in stage.text
            assert "[x] 2" in stage.text
            await stage.press("e")
            await write_over(stage, "You may conclude, one more", "Yes")
            await stage.press("ctrl+s")
            assert "[x]" not in stage.text, "there are other options now"

    async def test_a_flip_that_was_turned_stays_turned(self, home: Home) -> None:
        clock = learn(home, 2, "sample/meanings")
        async with running(home, "anna", choice=OLD_MEANINGS, clock=clock) as stage:
            while (question := session(stage).question) and question.form is not Form.FLIP:
                await stage.press("0" if question.form is not Form.TYPE else "enter", "enter")
            await stage.press("enter", "e", "escape")
            assert "I knew it" in stage.text
            assert "You are guessing" not in stage.text, "the answer stood there anyway"

    async def test_a_card_that_goes_makes_room_for_the_next(self, home: Home) -> None:
        choice = SessionChoice(decks=("sample/synonyms",))
        async with running(home, "anna", choice=choice) as stage:
            await stage.press("0", "enter", "0", "enter")
            assert _title(stage) == "Director"
            await stage.press("e")
            await tick(stage, "Join with the title before")
            await stage.press("ctrl+s")
            assert _title(stage) != "Director"
        assert [title.title for title in saved(home).titles] == [
            "Stage Manager Show Caller",
            "Technical Director",
        ]

    async def test_the_last_card_that_goes_ends_the_session(self, home: Home) -> None:
        choice = SessionChoice("quiz", ("sample/synonyms",), count=1)
        async with running(home, "anna", choice=choice) as stage:
            own(home).write_text(SHEET + MORE.replace('search = "yes"', 'search = "no"'), encoding="utf-8")
            await stage.press("e")
            assert focused(stage) == "Title"
            own(home).write_text(SHEET + MORE, encoding="utf-8")
            await stage.press("escape")
            study = stage.on(StudyScreen)
            study.go_on_edited({})
            await stage.settle()
            stage.on(TodayScreen)


class TestCutsAndTicks:
    async def test_a_title_is_split(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/synonyms",))) as stage:
            await stage.press("0", "e")
            head = field(stage, "Title").query(".head").first()
            assert "Put | between them" in str(head.render())
            await write_over(stage, "Title", "Stage Manager|Show Caller")
            await stage.press("ctrl+s")
            assert "Stage Manager" in stage.text
        assert [(title.id, title.title) for title in saved(home).titles[:2]] == [
            ("one", "Stage Manager"),
            ("show-caller", "Show Caller"),
        ]

    async def test_a_draft_is_confirmed_by_keys_and_mouse(self, home: Home) -> None:
        async with running(home, "anna", choice=SessionChoice(decks=("sample/answers",))) as stage:
            await stage.press("0", "e")
            await tick(stage, "Draft")
            assert str(field(stage, "Draft").box.render()).startswith("[ ] Draft: nobody")
            await stage.press("enter")
            assert not screen(stage).unsaved
            assert "Space Tick" in " ".join(stage.bar) or "Enter Tick" in " ".join(stage.bar)
            await stage.press("up")
            assert focused(stage) == "Ask next"
            await stage.press("down", "down")
            assert focused(stage) == "Save"
            assert await stage.pilot.click(FieldTick)
            await stage.press("ctrl+s")
        assert not saved(home).questions[0].points[0].draft
        assert own(home).read_text("utf-8") == SHEET + MORE.replace(
            "draft = true   # cut out of a page\n", ""
        )

    async def test_entries_come_and_go(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e")
            await write_over(stage, "Résumé line 2", "")
            await write_over(stage, "Résumé line, one more", "Laid 9 swords out")
            await stage.press("ctrl+s")
        assert saved(home).levels[0].indicators[0].variants == (
            "Set 40 props from the list",
            "Set the tables by the photos",
            "Laid 9 swords out",
        )


class TestRefused:
    async def test_an_empty_meaning(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e")
            await write_over(stage, "Meaning", " ")
            await write_over(stage, "Term", "Q")
            await stage.press("ctrl+s")
            assert problem(stage).startswith("! Meaning: write something here")
            assert focused(stage) == "Meaning"
            assert field(stage, "Term").value == "Q", "nothing that was typed is lost"
            await stage.press("M")
            assert problem(stage) == ""
            await stage.press("ctrl+s")
        assert (saved(home).terms[0].term, saved(home).terms[0].meaning) == ("Q", "M")

    async def test_a_file_that_can_t_be_written(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> int:
            raise OSError(28, "No space left [/x] on device")

        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "X")
            with monkeypatch.context() as disk:
                disk.setattr(os, "write", full)
                await stage.press("ctrl+s")
            assert "No space left [/x] on device" in problem(stage)
            assert str(field(stage, "Résumé line 1").value).startswith("X")
            assert own(home).read_text("utf-8") == SHEET + MORE
            await stage.press("ctrl+s")
            stage.on(StudyScreen)

    async def test_changed_by_hand_meanwhile(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e")
            await write_over(stage, "Meaning", "mine")
            by_hand = (
                (SHEET + MORE)
                .replace("A signal [/x] to", "By [b]hand[/x]")
                .replace("Ask who set", "Ask whoever")
            )
            own(home).write_text(by_hand, encoding="utf-8")
            await stage.press("ctrl+s")
            assert "is now “By [b]hand[/x] do a thing now.”" in problem(stage)
            assert "Save again to put yours in its place." in problem(stage)
            assert own(home).read_text("utf-8") == by_hand
            await stage.press("ctrl+s")
            stage.on(StudyScreen)
        assert saved(home).terms[0].meaning == "mine"
        assert saved(home).terms[1].signal == "Ask whoever it.", "and what else was done by hand is kept"

    async def test_a_layout_for_hands_only(self, home: Home) -> None:
        tail = '\n[[terms]]\nid = "late"\nterm = "Late"\nmeaning = "After."\n'
        own(home).write_text(SHEET + MORE + tail, encoding="utf-8")
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e", "X", "ctrl+s")
            assert f"{own(home)}, line 9: term" in problem(stage)
            assert "by hand" in problem(stage)


class TestTexts:
    async def test_a_pasted_text_is_cleaned_and_cut(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e")
            await write_over(stage, "Term", "")
            stage.app.post_message(Paste("\x1b[31mone\r\ntwo\u202e"))
            await stage.settle()
            assert field(stage, "Term").value == "one two", "a term has one line"
            await write_over(stage, "Meaning", "")
            stage.app.post_message(Paste("\x1b[31mone\r\ntwo\u202e" + "x" * 1_000_000))
            await stage.settle()
            value = str(field(stage, "Meaning").value)
            assert value.startswith("one\ntwox")
            assert len(value) == 5_000
            await stage.press("ctrl+s")
            stage.on(StudyScreen)

    async def test_texts_are_never_markup(self, home: Home) -> None:
        hostile = SHEET.replace("Set 40 props from the list", "[@click=app.quit]x[/] [/x]")
        own(home).write_text(hostile + MORE.replace("Technical", "[/y] [b]Tech"), encoding="utf-8")
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e")
            assert field(stage, "Résumé line 1").value == "[@click=app.quit]x[/] [/x]"
        async with running(home, "anna", choice=SessionChoice(decks=("sample/synonyms",))) as stage:
            await stage.press("0", "e")
            assert "[/y] [b]Tech" in str(field(stage, "Join").box.render())


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (140, 45)])
async def test_it_fits_and_can_be_used(home: Home, size: tuple[int, int]) -> None:
    async with running(home, "anna", choice=MEANINGS, size=size) as stage:
        await stage.press("0", "e")
        for _ in screen(stage).query(FieldRow):
            await stage.press("enter")
            here = stage.app.screen.focused
            assert here
            window = screen(stage).column.region
            assert window.overlaps(here.region), focused(stage)
            assert here.region.right <= window.right
        await write_over(stage, "Meaning", " ")
        await stage.press("ctrl+s")
        assert screen(stage).query_one(Problem).region.height >= 1
        here = field(stage, "Meaning").box
        assert here.has_focus
        assert screen(stage).column.region.contains_region(here.region)


async def test_too_small_says_so_and_loses_nothing(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        await stage.press("0", "e", "X")
        await stage.pilot.resize_terminal(20, 5)
        await stage.settle()
        assert stage.app.screen.query_one(".too-small").display
        await stage.pilot.resize_terminal(80, 24)
        await stage.settle()
        assert str(field(stage, "Résumé line 1").value).startswith("X")
