"""What holds on every screen: help, palette, sizes, colours, keys of one's own, no markup."""

from pathlib import Path

import pytest
from textual.command import CommandList
from textual.events import Click
from textual.theme import Theme

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, learn, running
from tests.colours import contrast
from tests.learners import begun
from trainer.app.features import key_tables
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.palette import Palette
from trainer.app.kit.row_list import RowList
from trainer.app.kit.themes import DARK, LIGHT, THEMES
from trainer.app.places.screen import ListScreen
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.choice import SessionChoice
from trainer.home import Home

LEVELS = SessionChoice(decks=("sample/levels",))
SIZES = [(40, 12), (60, 20), (80, 24), (140, 45), (500, 200)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path)


class TestHelp:
    async def test_it_lists_the_keys_and_does_them(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("question_mark")
            stage.on(HelpScreen)
            for words in (
                "Don't know",
                "Hint",
                "Guessing",
                "Not today",
                "Put away",
                "Star",
                "Doubtful",
                "Dark or light",
            ):
                assert words in stage.text
            await stage.click("Guessing")
            stage.on(StudyScreen)
            assert "You are guessing" in stage.text

    async def test_by_arrows(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("question_mark", "down", "down", "down", "enter")
            feedback = stage.on(StudyScreen).session.feedback
            assert feedback
            assert feedback.answer.gave_up

    @pytest.mark.parametrize("key", ["escape", "question_mark", "f1", "q"])
    async def test_closing(self, home: Home, key: str) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("f1", key)
            stage.on(StudyScreen)

    @pytest.mark.slow
    async def test_everywhere(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press("f1")
            stage.on(HelpScreen)
            await stage.press("escape")
            stage.on(WelcomeScreen).entry.value = "anna"
            await stage.begin()
            await stage.press("0", "escape")
            for kind in (SummaryScreen, TodayScreen):
                stage.on(kind)
                await stage.press("question_mark", "escape", "enter")


async def test_the_palette_does_what_the_keys_do(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        await stage.press("ctrl+p")
        await stage.pilot.press(*"know")
        await stage.app.workers.wait_for_complete()
        await stage.settle()
        await stage.press("enter")
        feedback = stage.on(StudyScreen).session.feedback
        assert feedback
        assert feedback.answer.gave_up


async def test_a_page_key_before_the_palette_was_laid_out_ends_nothing(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        await stage.press("ctrl+p")
        commands = stage.on(Palette).query_one(CommandList)
        assert commands.option_count
        commands.highlighted = 0
        commands.styles.width = 0  # there is no room for it yet
        await stage.settle()
        await stage.press("pageup", "pagedown")
        stage.on(Palette)


async def test_a_palette_that_is_taken_away_stops_looking(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        await stage.press("ctrl+p")
        await stage.on(Palette).query_one(CommandList).remove()  # the first of it to go
        await stage.pilot.press("i")
        await stage.settle()
        assert not any(each.is_running for each in stage.app.workers)


async def test_a_click_beyond_a_window_that_shrank_ends_no_palette(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS, size=(140, 45)) as stage:
        await stage.press("ctrl+p")
        await stage.pilot.resize_terminal(80, 24)
        palette = stage.on(Palette)
        palette.post_message(Click(palette, 44, 25, 0, 0, 1, False, False, False, screen_x=44, screen_y=25))
        await stage.settle()
        stage.on(Palette)


@pytest.mark.slow
async def test_the_palette_trains_a_deck_alone(home: Home) -> None:
    begun(home, "anna")
    async with running(home, "anna") as stage:
        await stage.press("ctrl+p")
        await stage.pilot.press(*"indicators")
        await stage.app.workers.wait_for_complete()
        await stage.settle()
        await stage.press("enter")
        question = stage.on(StudyScreen).session.question
        assert question
        assert question.card.deck == "levels"


async def test_a_palette_over_a_screen_that_gives_way_goes_with_it(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        await stage.press("0", "enter")
        stage.app.action_command_palette()
        stage.app.show_today()
        await stage.settle()
        stage.on(TodayScreen)


async def test_a_palette_that_is_opened_while_the_last_one_goes(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        await stage.press("ctrl+p")
        stage.app.screen.dismiss()
        stage.app.action_command_palette()
        await stage.settle()
        assert isinstance(stage.app.screen, Palette)


async def test_a_double_click_beside_the_palette_closes_nothing_else(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        await stage.press("ctrl+p")
        palette = stage.app.screen
        palette.dismiss()
        palette.dismiss()
        await stage.settle()
        stage.on(StudyScreen)


def shown(stage: Stage) -> str:
    """Return what is painted."""
    lines = stage.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def fits(page: RowList) -> bool:
    width = page.size.width
    return all(row.content.cell_length <= width for row in page.rows(width))


class TestSizes:
    @pytest.mark.slow
    @pytest.mark.parametrize("size", SIZES)
    async def test_every_screen(self, home: Home, size: tuple[int, int]) -> None:
        async with running(home, size=size) as stage:
            stage.on(WelcomeScreen).entry.value = "anna"
            for _ in range(3):
                assert all(fits(page) for page in stage.app.screen.query(RowList))
                await stage.press("enter")
            await stage.press("0")
            assert fits(stage.on(StudyScreen).page)
            await stage.press("escape")
            assert fits(stage.on(SummaryScreen).page)
            await stage.press("enter")
            assert fits(stage.on(TodayScreen).page)
            for place in ("2", "5", "6"):
                await stage.press(place)
                assert fits(stage.on(ListScreen).page)

    async def test_too_small_says_so(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS, size=(20, 5)) as stage:
            assert stage.app.screen.query_one(".too-small").display
            assert "This window is too" in shown(stage)
            assert "résumé" not in shown(stage)
            await stage.pilot.resize_terminal(80, 24)
            await stage.settle()
            assert not stage.app.screen.query_one(".too-small").display
            assert "résumé" in shown(stage)
            assert "A résumé line:" in stage.text

    async def test_resizing_keeps_the_card_as_it_is(self, home: Home) -> None:
        clock = learn(home, 1, "sample/meanings")
        choice = SessionChoice(decks=("sample/meanings",), new=0)
        async with running(home, "anna", choice=choice, clock=clock) as stage:
            await stage.press("down", "h", "g")
            for size in ((40, 12), (20, 5), (140, 45)):
                await stage.pilot.resize_terminal(*size)
                await stage.settle()
            assert stage.on(StudyScreen).page.cursor
            assert "Hint" in stage.text
            assert "You are guessing" in stage.text

    async def test_resizing_under_the_help(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            await stage.press("question_mark")
            await stage.pilot.resize_terminal(40, 12)
            await stage.press("escape")
            stage.on(StudyScreen)


@pytest.mark.slow
async def test_texts_of_sheets_are_never_markup(home: Home) -> None:
    clock = learn(home, 1, "sample/meanings")
    choice = SessionChoice("quiz", ("sample/meanings",), count=20)
    shown = ""
    async with running(home, "anna", choice=choice, clock=clock) as stage:
        while isinstance(stage.app.screen, StudyScreen):
            shown += stage.text + stage.on(StudyScreen).top.render().plain
            await stage.press("0", "enter")
            shown += stage.text
    assert "Sample [red]room[/x]" in shown
    assert "[bold]Cue" in shown
    assert "[@click=app.quit]gave[/]" in shown
    assert "\x1b" not in shown


class TestThemes:
    @pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
    def test_contrast(self, theme: Theme) -> None:
        colours = {**theme.to_color_system().generate(), **theme.variables}
        behind = [colours[name] for name in ("background", "surface", "panel", "mark")]
        words = ("foreground", "quiet", "strong", "key", "right", "wrong", "fresh")
        for word in words:
            for back in behind:
                ratio = contrast(colours[word], back)
                assert ratio >= 4.5, (theme.name, word, back, ratio)

    async def test_swapping(self, home: Home) -> None:
        async with running(home, "anna", choice=LEVELS) as stage:
            assert stage.app.theme == DARK
            await stage.press("f2")
            assert stage.app.theme == LIGHT

    async def test_without_colour(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        async with running(home, "anna", choice=LEVELS) as stage:
            assert stage.app.no_color
            await stage.press("0")
            assert "✓" in stage.text
            assert "right answer" in stage.text


class TestKeys:
    def test_every_binding_has_id_description_and_tooltip(self) -> None:
        for room in key_tables():
            ids = [binding.id for binding in room]
            assert all(ids)
            assert len(set(ids)) == len(ids)
            assert all(binding.description and binding.tooltip for binding in room)

    async def test_keys_of_ones_own(self, home: Home) -> None:
        (home.root / "config.toml").write_text(
            '[keys]\n"study.hint" = "z"\nstudy.undo = "f5"\n', encoding="utf-8"
        )
        async with running(home, "anna", choice=LEVELS) as stage:
            assert "z Hint" in stage.bar
            await stage.press("h")
            assert "Hint  " not in stage.text
            await stage.press("z")
            assert "Hint  " in stage.text
            await stage.press("0")
            assert "F5 Undo" in stage.bar
            await stage.press("f5")
            assert stage.on(StudyScreen).session.feedback is None

    @pytest.mark.parametrize(
        ("config", "told"),
        [
            ("[keys", "can't be read"),
            ('[keys]\n"study.hnit" = "x"', 'Did you mean "study.hint"?'),
            ('[keys]\n"study.hint" = 3', "write the key in quotes"),
            ('[keys]\n"study.hint" = "xyz"', '"xyz" is no key'),
            ('[keys]\n"study.hint" = "g"', "is the key of study.guess already"),
            ('theme = "[pink]"', 'theme is "[pink]"'),
            ("keys = 3", "keys is no table"),
        ],
    )
    async def test_what_is_wrong_is_told(self, home: Home, config: str, told: str) -> None:
        begun(home, "anna")
        (home.root / "config.toml").write_text(config, encoding="utf-8")
        async with running(home) as stage:
            assert told in " ".join(stage.text.split())
            await stage.press("enter")
            assert "h Hint" in stage.bar

    async def test_a_theme_of_ones_own(self, home: Home) -> None:
        (home.root / "config.toml").write_text('theme = "light"\n', encoding="utf-8")
        async with running(home) as stage:
            assert stage.app.theme == LIGHT
