"""Find: words, questions and what can be done, as one types; nothing below is touched by it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key, Paste

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.learners import begun
from trainer.app.kit.help import HelpScreen
from trainer.app.kit.row_list import RowList
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.app.words import find_screen
from trainer.app.words.entry_screen import EntryScreen
from trainer.app.words.find_screen import FindScreen
from trainer.app.words.find_view import Results, find_rows
from trainer.app.words.glossary_screen import GlossaryScreen
from trainer.app.words.word_screen import WordScreen
from trainer.cards.finding import LONGEST, spots_of
from trainer.engine.choice import SessionChoice
from trainer.home import Home
from trainer.reports.lookup import FoundCard, Hits, Lookup

LEVELS = SessionChoice(decks=("sample/levels",))
HOSTILE = ("[red]", "[/x]", "^(.*$", "🎭🎭", "مرحبا بكم", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "  ", "%s{}\\")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for slips at once."""
    monkeypatch.setattr(find_screen, "PAUSE", 0.001)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_with_sheet(tmp_path)
    begun(home, "anna")
    return home


async def find(stage: Stage, typed: str) -> None:
    """Find something from the screen that is up."""
    await stage.press("slash")
    finding = stage.on(FindScreen)
    finding.entry.value = typed
    while finding._results.typed != typed or finding._results.near is None:
        await stage.settle()


async def test_a_word_is_found_as_it_is_typed_and_back_again(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("slash")
        assert "Every word, title and role" in stage.text, "what can be done stands there at once"
        await stage.write("promp")
        assert stage.on(FindScreen).page.cursor == "word theatre-vocabulary#prompt-book"
        await stage.press("down", "enter")
        assert stage.on(WordScreen)._entry.word == "Prompt corner"
        await stage.press("escape")
        assert stage.on(FindScreen).entry.value == "promp"
        await stage.press("escape")
        stage.on(TodayScreen)


async def test_a_question_shows_the_words_for_which_it_was_found(home: Home) -> None:
    late = "Zymurgy"
    asks = f"{'A line that goes on and on, ' * 9}and ends with {late.lower()} and more."
    cards = [FoundCard("s/d/c", asks, "Sample", tuple(spots_of(late, asks)))]
    for width in (60, 80, 140):
        rows = find_rows(Results(typed=late, ready=True, hits=Hits(cards=tuple(cards)), near=Hits()), width)
        [line] = [row.content for row in rows if row.target]
        assert line.cell_length <= width
        assert line.plain.startswith("  … ")
        at = line.plain.index("zymurgy")
        assert any((span.start, span.end) == (at, at + len(late)) for span in line.spans)


async def test_slips_and_the_other_spelling_come_a_moment_later(home: Home) -> None:
    async with running(home) as stage:
        await find(stage, "stgae manager")
        assert "Nearly so" in stage.text
        assert "Stage Manager" in stage.text
        await stage.press("escape")
        await find(stage, "technical theatre")
        assert "Technical Theater Professional" in stage.text


@pytest.mark.slow
async def test_what_is_nearly_so_is_not_shown_for_what_is_typed_by_then(home: Home) -> None:
    async with running(home) as stage:
        await find(stage, "wandlprobe")
        finding = stage.on(FindScreen)
        late = finding.Near("prop", finding._results.near)  # type: ignore[arg-type] # it was found
        finding.post_message(late)
        await stage.settle()
        assert finding._results.typed == "wandlprobe"
        assert "Wandelprobe" in stage.text


@pytest.mark.slow
@pytest.mark.parametrize("typed", HOSTILE)
async def test_nothing_that_is_typed_is_markup_or_an_error(home: Home, typed: str) -> None:
    async with running(home, size=(60, 20)) as stage:
        await find(stage, typed)
        await stage.press("enter")
        assert stage.app.return_code is None
        for page in stage.app.screen.query(RowList):
            assert all(row.content.cell_length <= 60 for row in page.rows(60))


@pytest.mark.slow
async def test_a_long_paste_is_cut(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("slash")
        stage.app.post_message(Paste("props table\nnext line " * 100_000))
        await stage.pilot.pause()
        await stage.settle()
        assert len(stage.on(FindScreen).entry.value) <= LONGEST


@pytest.mark.slow
async def test_nothing_found_is_said(home: Home) -> None:
    async with running(home) as stage:
        await find(stage, "qqqqqqqq")
        assert "Nothing is called so, or begins so." in stage.text
        await stage.press("down", "up", "enter")
        assert "Enter Open" not in stage.bar


@pytest.mark.slow
async def test_what_can_be_done_is_done_below(home: Home) -> None:
    async with running(home) as stage:
        await find(stage, "gloss")
        await stage.click("Every word, title and role")
        stage.on(GlossaryScreen)
        assert len(stage.app.screen_stack) == 2


@pytest.mark.slow
async def test_a_question_is_found_by_its_words(home: Home) -> None:
    async with running(home) as stage:
        await find(stage, "props from the list")
        assert "“Set 40 props from the list”" in stage.text
        await stage.click("Set 40 props")
        assert stage.on(EntryScreen).rows(200)[3].content.plain == "  “Set 40 props from the list”"
        await stage.press("escape", "escape")
        stage.on(TodayScreen)


@pytest.mark.slow
async def test_a_question_stands_as_it_was_and_a_look_counts_as_a_guess(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        study = stage.on(StudyScreen)
        await stage.press("h")
        before, question = stage.text, study.session.question
        await stage.press("slash", "escape")
        assert stage.text == before, "who looked nothing up knows no more"
        await find(stage, "prop")
        await stage.press("enter", "escape", "escape")
        assert study.session.question is question
        assert "You are guessing" in stage.text
        assert "Hint" in stage.text
        await stage.press("g")
        assert stage.text == before
        await stage.press("1")
        assert study.session.feedback


@pytest.mark.slow
async def test_after_the_answer_a_look_changes_nothing(home: Home) -> None:
    async with running(home, "anna", choice=LEVELS) as stage:
        study = stage.on(StudyScreen)
        await stage.press("1")
        before, feedback = stage.text, study.session.feedback
        await find(stage, "prop")
        await stage.press("enter", "escape", "escape")
        assert (stage.text, study.session.feedback) == (before, feedback)


@pytest.mark.slow
async def test_asked_for_from_what_it_opened_it_begins_anew(home: Home) -> None:
    async with running(home) as stage:
        await find(stage, "prop")
        await stage.press("enter")
        stage.on(WordScreen)
        await stage.press("slash")
        assert len(stage.app.screen_stack) == 2
        await stage.write("call")
        assert stage.on(FindScreen).entry.value == "call"


@pytest.mark.slow
async def test_back_from_what_it_opened_typing_begins_anew(home: Home) -> None:
    async with running(home) as stage:
        await find(stage, "prop")
        await stage.press("enter")
        stage.on(WordScreen)
        await stage.press("escape")
        assert stage.on(FindScreen).entry.value == "prop"
        await stage.write("call")
        assert stage.on(FindScreen).entry.value == "call"


@pytest.mark.slow
async def test_a_section_of_the_statistics_is_no_deed_without_a_name(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("5", "s", "slash")
        stage.on(FindScreen)
        assert "Section before" in stage.text
        assert "with this number" not in stage.text


@pytest.mark.slow
async def test_where_text_is_typed_it_is_a_letter(home: Home) -> None:
    async with running(home, newcomer=True) as stage:
        await stage.press("n", "n")
        stage.app.post_message(Key("slash", "/"))  # as a terminal sends it
        await stage.settle()
        assert stage.on(WelcomeScreen).entry.value.endswith("/")


@pytest.mark.slow
async def test_help_is_there(home: Home) -> None:
    async with running(home) as stage:
        await stage.press("slash", "f1")
        stage.on(HelpScreen)
        await stage.press("escape")
        stage.on(FindScreen)


@pytest.mark.slow
async def test_today_makes_no_glossary(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(home) as stage:
        stage.on(TodayScreen)
        assert "glossary" not in vars(stage.engine.library)
        assert stage.engine._lookup is None
        await stage.press("1", "2", "3")
        assert "glossary" not in vars(stage.engine.library)
        await stage.press("slash")
        assert isinstance(stage.engine._lookup, Lookup)


@pytest.mark.slow
async def test_how_it_looks(home: Home, looks_right: Callable[[Stage], None]) -> None:
    async with running(home, size=(60, 20)) as stage:
        await find(stage, "prom")
        stage.on(FindScreen).entry.cursor_blink = False
        await stage.settle()
        looks_right(stage)
