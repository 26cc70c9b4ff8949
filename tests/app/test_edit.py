"""Editing from where you are: opening, moving, saving, leaving."""

from pathlib import Path

import pytest
from textual.widgets import Button

from tests.app.edits import (
    LEVELS,
    MEANINGS,
    MORE,
    OLD_MEANINGS,
    field,
    focused,
    home_to_edit,
    notices,
    own,
    saved,
    screen,
    session,
    write_over,
)
from tests.app.sheets import SHEET
from tests.app.stage import learn, running
from trainer.app.editing.field_row import FieldRow
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.row_list import RowList
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.cards.card import Form
from trainer.engine.choice import SessionChoice
from trainer.home import Home
from trainer.material.ids import hash_of
from trainer.material.sheet_files import shipped_decks
from trainer.study.session import Session
from trainer.study.turns import Phase

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_to_edit(tmp_path)


ASM = "assistant-stage-manager"
ASM_TITLES = SessionChoice(decks=(f"{ASM}/synonyms",))


class TestOpening:
    async def test_from_feedback_at_the_text_that_is_shown(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            shown = session(stage).question
            assert shown
            await stage.press("0", "e")
            assert focused(stage) == "Résumé line 1"
            assert f"“{field(stage, 'Résumé line 1').value}”" == shown.text
            labels = [row.field.label for row in screen(stage).query(FieldRow)]
            assert labels[:2] == ["Indicator", "Résumé line 1"]
            assert stage.bar == ["Ctrl+S Save", "F1 Help", "Esc Back"]
            assert f"Savedin{own(home)}." in "".join(stage.text.split())

    async def test_it_is_in_help_and_palette(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "question_mark")
            await stage.click("Edit")
            screen(stage)
            await stage.press("escape", "ctrl+p")
            await stage.pilot.press(*"typo")
            await stage.settle()
            await stage.press("enter")
            screen(stage)

    async def test_twice_e_opens_it_once(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            question = session(stage).question
            assert question
            study = stage.on(StudyScreen)
            study.action_edit()
            study.action_edit()
            await stage.settle()
            await stage.press("escape")
            stage.on(StudyScreen)

    async def test_a_letter_that_could_not_be_read_is_refused(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "end", "�", "ctrl+s")
            assert "could not be read" in str(stage.on(EditScreen).problem.render())
            await stage.press("backspace", "é", "ctrl+s")
            assert isinstance(stage.app.screen, StudyScreen)

    async def test_while_typing_an_answer_e_is_a_letter(self, home: Home) -> None:
        clock = learn(home, 3, "sample/meanings")
        async with running(home, "anna", choice=OLD_MEANINGS, clock=clock) as stage:
            while (question := session(stage).question) and question.form is not Form.TYPE:
                await stage.press("0", "enter")
            await stage.press("e", "e")
            stage.on(StudyScreen)
            await stage.press("tab", "tab", "e")
            screen(stage)
            await stage.press("escape", "shift+tab", "shift+tab", "enter")
            feedback = session(stage).feedback
            assert feedback
            assert feedback.answer.typed == "ee", "what was typed before is still there"

    async def test_a_sheet_that_can_t_be_read_any_more_says_so(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            own(home).write_text("[/x", encoding="utf-8")
            await stage.press("0", "e")
            stage.on(StudyScreen)
            assert "not valid TOML" in notices(stage)


class TestMoving:
    async def test_enter_tab_and_arrows(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e")
            assert focused(stage) == "Term"
            for key, label in (
                ("enter", "Stands for"),
                ("tab", "Meaning"),
                ("down", "On a résumé"),
                ("up", "Meaning"),
                ("shift+tab", "Stands for"),
                ("up", "Term"),
            ):
                await stage.press(key)
                assert focused(stage) == label, key
            assert not screen(stage).unsaved

    async def test_the_name_of_the_field_is_marked_not_by_colour_alone(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e", "enter")
            heads = {
                row.field.label: str(row.query(".head").first().render())
                for row in screen(stage).query(FieldRow)
            }
            assert heads["Stands for"].startswith("› Stands for")
            assert heads["Term"].startswith("  Term")

    async def test_arrows_stay_in_a_text_of_several_lines(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS, size=(40, 20)) as stage:
            await stage.press("0", "e")
            await write_over(stage, "Meaning", "words that wrap " * 3)
            await stage.press("up")
            assert focused(stage) == "Meaning"
            await stage.press("down", "down")
            assert focused(stage) == "On a résumé"
            await stage.press("up", "up", "up")
            assert focused(stage) == "Stands for"

    async def test_up_from_the_first_field_wraps_around(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e", "up")
            assert focused(stage) == "Save"


class TestSaving:
    @pytest.mark.parametrize("key", ["ctrl+s", "f4"])
    async def test_by_key_and_the_card_shows_it(self, home: Home, key: str) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("1", "e")
            await write_over(stage, "Résumé line 1", "Set [b]all[/x] props from the list")
            await stage.press(key)
            stage.on(StudyScreen)
            assert "“Set [b]all[/x] props from the list”" in stage.text
            assert "✓ Right." in stage.text
            assert "Marked  Somebody else made the list." in stage.text, "the cue stands in the new line"
            assert f"Saved in {own(home)}." == notices(stage)
            await stage.press("enter")
            assert session(stage).phase is Phase.QUESTION
        old, new = "Set 40 props from the list", "Set [b]all[/x] props from the list"
        line = f'{{id = "{hash_of(old)}", text = "{new}"}}'
        expected = (SHEET + MORE).replace(f'"{old}"', line)
        assert own(home).read_text("utf-8") == expected
        assert "draft = true   # cut out of a page" in own(home).read_text("utf-8")

    async def test_by_the_button(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e", "X", "shift+tab")
            assert focused(stage) == "Save"
            await stage.press("enter")
            assert "X[bold]Cue" in stage.text
        assert saved(home).terms[0].term == "X[bold]Cue"

    async def test_by_mouse(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e", "X")
            await stage.click("Ctrl+S")
            stage.on(StudyScreen)
            await stage.press("e", "Y")
            screen(stage).query_one(Button).scroll_visible(animate=False)
            await stage.settle()
            assert await stage.pilot.click(Button)
            await stage.settle()
            stage.on(StudyScreen)
        assert saved(home).terms[0].term == "YX[bold]Cue"

    async def test_what_waits_and_later_sessions_have_it_too(self, home: Home) -> None:
        async with running(home, "anna", choice=MEANINGS) as stage:
            await stage.press("0", "e")
            await write_over(stage, "Meaning", "Said anew")
            await stage.press("ctrl+s")
            while session(stage).question and "Said anew" not in _options(session(stage)):
                await stage.press("enter", "0")
            assert "Said anew" in stage.text
            await stage.press("escape", "enter", "d")
            assert stage.engine.library.sheets["sample"].terms[0].meaning == "Said anew"

    async def test_with_nothing_written_it_goes_back(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "ctrl+s")
            stage.on(StudyScreen)
            assert notices(stage) == ""
        assert own(home).read_text("utf-8") == SHEET + MORE

    async def test_a_shipped_sheet_is_copied_and_that_is_told(self, home: Home) -> None:
        shipped = (shipped_decks() / f"{ASM}.toml").read_bytes()
        async with running(home, "anna", choice=ASM_TITLES) as stage:
            await stage.press("1", "e")
            assert "This sheet comes with trainer" in stage.text
            await stage.press("X", "ctrl+s")
            assert "XDeputy Stage Manager" in stage.text
            assert f"Saved in {home.decks / f'{ASM}.toml'}, a copy of the shipped sheet." == notices(stage)
            await stage.press("e")
            assert "This sheet comes with trainer" not in stage.text
            await stage.press("delete", "ctrl+s")
        copy = home.decks / f"{ASM}.toml"
        assert copy.read_bytes() == shipped, "typed and taken away again: every byte is as it was"
        assert (shipped_decks() / f"{ASM}.toml").read_bytes() == shipped

    async def test_the_answer_is_kept_with_the_edited_card(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "X", "ctrl+s", "enter", "escape")
            stage.on(SummaryScreen)
        async with running(home, "anna") as stage:
            history = stage.engine.progress.history()
            assert [review.card for review in history.values()] == ["sample/levels/props"]
            assert set(stage.engine.progress.states) == {"sample/levels/props"}

    async def test_in_practice_too(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS, saving=False) as stage:
            await stage.press("0", "e", "X", "ctrl+s")
            assert f"Saved in {own(home)}." == notices(stage)
        assert saved(home).levels[0].indicators[0].lines[0].text.startswith("X")


def _options(session: Session) -> str:
    return " ".join(option.text for option in session.question.options) if session.question else ""


class TestLeaving:
    async def test_unchanged_at_once(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "X", "backspace", "escape")
            stage.on(StudyScreen)
            assert session(stage).feedback

    async def test_changed_it_asks_and_the_safe_answer_is_marked(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "X")
            for keys in (("enter",), ("escape",), ("1",), ("down", "up", "enter")):
                await stage.press("escape")
                stage.on(ConfirmScreen)
                assert stage.app.screen.query_one(RowList).cursor == "no"
                await stage.press(*keys)
                assert str(field(stage, "Résumé line 1").value).startswith("X")
                assert focused(stage) == "Résumé line 1"

    async def test_thrown_away(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0")
            for keys in (("down", "enter"), ("2",), ("down", "space")):
                await stage.press("e", "X", "escape", *keys)
                stage.on(StudyScreen)
        assert own(home).read_text("utf-8") == SHEET + MORE

    async def test_thrown_away_by_mouse(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "X", "escape")
            await stage.click("Keep editing")
            screen(stage)
            await stage.click("Back")
            await stage.click("Throw it away")
            stage.on(StudyScreen)

    async def test_quitting_asks_too(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "X", "ctrl+q")
            stage.on(ConfirmScreen)
            await stage.press("enter")
            screen(stage)
            await stage.press("f1", "ctrl+q")
            assert stage.app.is_running
            stage.on(ConfirmScreen)
            await stage.press("2")
            assert not stage.app.is_running

    async def test_quitting_unchanged_does_not(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "ctrl+q")
            assert not stage.app.is_running

    async def test_help_tells_the_keys(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("0", "e", "f1")
            stage.on(HelpScreen)
            for words in ("Ctrl+S, F4", "Save", "To the next field", "Back"):
                assert words in stage.text
            await stage.press("escape")
            assert focused(stage) == "Résumé line 1"
