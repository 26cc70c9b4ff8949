"""The lens in the app: a résumé is pasted, its words stand out, and those never met come up next."""

import gzip
from collections.abc import Callable
from pathlib import Path
from textwrap import fill
from time import process_time

import pytest
from textual import events
from textual.geometry import Offset

from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from tests.learners import begun
from tests.resume import OWN, RESUME
from tests.terminal import Terminal
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.place_screen import PlaceScreen
from trainer.app.lens.paste_screen import LensPasteScreen
from trainer.app.lens.screen import LensScreen
from trainer.app.lens.text_view import PORTION, Shown, TextView
from trainer.app.study.screen import StudyScreen
from trainer.engine.engine import Engine
from trainer.engine.spotting import Spotting
from trainer.errors import NotSavedError
from trainer.home import Home

pytestmark = pytest.mark.slow

CORNER = "theatre-vocabulary/meanings/prompt-corner"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    begun(home, "anna")
    return home


async def paste(stage: Stage, text: str) -> None:
    await stage.press("L")
    stage.on(LensPasteScreen).box.post_message(events.Paste(text))
    await stage.settle()


async def look(stage: Stage, text: str = RESUME) -> LensScreen:
    await paste(stage, text)
    await stage.press("ctrl+s")
    return stage.on(LensScreen)


def starred(stage: Stage) -> list[str]:
    return [card for card, marks in stage.engine.progress.marked.items() if marks.star]


async def go_to(stage: Stage, words: str) -> None:
    for _ in range(50):
        if words in stage.text.splitlines()[-8:][0] or f"  {words}" in panel(stage):
            return
        await stage.press("right")
    raise AssertionError(words)


def panel(stage: Stage) -> str:
    shown = stage.app.screen.query_one("#panel")
    return "\n".join(row.content.plain for row in shown.rows(shown.size.width))  # type: ignore[attr-defined] # a RowList


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)])
async def test_words_stand_out_and_the_marked_one_is_told(
    home: Home, size: tuple[int, int], looks_right: Callable[[Stage], None]
) -> None:
    async with running(home, "anna", size=size) as stage:
        await look(stage)
        report = stage.on(LensScreen)._report
        sure = sum(word.sure for word in report.words)
        told = (
            f"36 words of the trade: {sure} sure, {36 - sure} may mean it; {len(report.unknown)} in no sheet"
        )
        assert told in " ".join(stage.text.split())
        assert "Ask" in panel(stage)
        await go_to(stage, "prompt corner")
        looks_right(stage)


async def test_arrows_go_from_word_to_word_and_from_line_to_line(home: Home) -> None:
    async with running(home, "anna") as stage:
        await look(stage)
        first = panel(stage)
        await stage.press("right")
        assert "Equity" in panel(stage)
        await stage.press("right")
        assert panel(stage) == first  # the same word once more
        await stage.press("down")
        assert "Calling the show" in panel(stage)  # "on the book" begins in the line above
        await stage.press("up", "up", "up", "up", "left")
        assert "PAT testing" in panel(stage)
        await stage.press("down", "right")
        assert panel(stage) == first


async def test_a_word_that_is_clicked_is_told(home: Home) -> None:
    async with running(home, "anna") as stage:
        await look(stage)
        await stage.click("West End")
        assert "West End (UK): The big theatres" in panel(stage)


async def test_a_click_beside_a_line_goes_to_no_word_of_the_next(home: Home) -> None:
    async with running(home, "anna") as stage:
        await look(stage)
        page = stage.on(LensScreen).page
        before, rows = panel(stage), page.rows(page.size.width)
        for y in range(8):
            if rows[y].content.cell_length < page.content_size.width - 1:
                await stage.click_at(page, Offset(page.content_size.width - 1, y))
            assert panel(stage) == before


async def test_the_list_tells_all_words_and_what_is_in_no_sheet(home: Home) -> None:
    async with running(home, "anna", size=(80, 40)) as stage:
        await look(stage)
        await stage.press("v")
        assert "Equity  may mean:" in stage.text
        assert "Not in your sheets (a name may be among them)\n  IPAF, IOSH, photo call" in stage.text
        await stage.press("down")
        assert "Labour union of America's" in stage.text
        assert "v Text" in stage.bar
        await stage.click("West End")
        assert "The big theatres of central London, some forty" in stage.text
        await stage.press("v")
        assert "West End" in panel(stage)


async def test_a_star_lets_a_word_come_next_and_is_taken_back(home: Home) -> None:
    async with running(home, "anna") as stage:
        await look(stage)
        await go_to(stage, "prompt corner")
        await stage.press("asterisk")
        assert starred(stage) == [CORNER]
        assert panel(stage).startswith("─")
        assert "* prompt corner" in panel(stage)
        assert {"* Unstar", "u Undo"} <= set(stage.bar)
        await stage.press("asterisk")
        assert starred(stage) == []
        await stage.press("u")
        assert starred(stage) == [CORNER]
        await stage.press("u")
        assert starred(stage) == []


async def test_all_that_were_never_met_come_first_in_the_next_session(home: Home) -> None:
    async with running(home, "anna", clock=FakeClock()) as stage:
        await look(
            stage, "kept the prompt book in the prompt corner, called the show, QLab and PA to the PSM"
        )
        await stage.press("n")
        cards = set(starred(stage))
        assert {"u Undo", "t Train"} <= set(stage.bar)
        assert len(cards) == 5, "what may mean something else is left to the learner"
        engine = stage.engine
        plan = engine.study(new=5)
        asked = [plan.question.card.id] if plan.question else []
        assert set(asked) <= cards
        await stage.press("u")
        assert starred(stage) == []


async def test_the_starred_are_trained_at_once_when_the_text_may_go(home: Home) -> None:
    async with running(home, "anna") as stage:
        await look(stage, "in the prompt corner")
        await stage.press("asterisk", "t")
        stage.on(ConfirmScreen)
        await stage.press("1")
        stage.on(LensScreen)
        await stage.press("t", "2")
        assert stage.on(StudyScreen).session.question
        assert stage.on(StudyScreen).session.question.card.id == CORNER  # type: ignore[union-attr] # it is there


async def test_leaving_asks_as_the_text_would_be_lost(home: Home) -> None:
    async with running(home, "anna") as stage:
        await look(stage)
        await stage.press("escape")
        assert OWN in stage.on(LensPasteScreen).box.page
        await stage.press("escape")
        stage.on(ConfirmScreen)
        await stage.press("escape")
        stage.on(LensPasteScreen)
        await stage.press("ctrl+s")
        await stage.press("ctrl+q")
        stage.on(ConfirmScreen)
        await stage.press("1")
        stage.on(LensScreen)
        await stage.press("escape", "escape", "2")
        stage.on(PlaceScreen)


async def test_words_that_begin_like_somebody_s_home_are_words(home: Home) -> None:
    async with running(home, "anna") as stage:
        await stage.press("L")
        stage.on(LensPasteScreen).box.post_message(events.Paste("~nobody-of-this-name"))
        await stage.settle()
        await stage.press("ctrl+s")
        stage.on(LensScreen)


async def test_a_file_is_named_and_nothing_is_lost_by_leaving(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(RESUME, encoding="utf-8")
    async with running(home, "anna") as stage:
        await stage.press("L")
        screen = stage.on(LensPasteScreen)
        screen.entry.value = str(path)
        screen.entry.focus()
        await stage.press("enter")
        assert "36 words" in stage.text
        await stage.press("escape", "escape")
        stage.on(PlaceScreen)


async def test_a_file_whose_name_is_dropped_into_the_text_is_opened(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "my cv.txt"
    path.write_text(RESUME, encoding="utf-8")
    async with running(home, "anna") as stage:
        await look(stage, f"'{path}'")
        assert "36 words" in stage.text
        await stage.press("escape")
        stage.on(LensPasteScreen)


@pytest.mark.parametrize("text", ["props", "/no/props", "x" * 5000 + " props"])
async def test_other_lines_are_texts(
    home: Home, tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "props").write_text("nothing", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    async with running(home, "anna") as stage:
        await look(stage, text)
        assert "1 word of the trade: 1 sure" in stage.text
        assert "may mean" not in stage.text


async def test_what_can_not_be_looked_at_is_said_in_place(home: Home) -> None:
    async with running(home, "anna") as stage:
        await paste(stage, "DSM " * 250_000)
        await stage.press("ctrl+s")
        screen = stage.on(LensPasteScreen)
        assert screen.problem.display
        assert "1,000,000 characters. The lens takes 200,000" in str(screen.problem.render())
        assert len(screen.box.page) == 1_000_000


async def test_a_text_without_a_word_of_the_trade_says_so(home: Home) -> None:
    async with running(home, "anna") as stage:
        await look(stage, "[red](.*) 🎭 مدير\nnothing")
        assert "No word of the trade that your sheets know is in it." in stage.text
        assert "[red](.*) 🎭" in stage.text
        assert stage.bar == ["? Help", "Esc Back"]
        await stage.press("down", "up", "right", "v", "asterisk", "u")
        assert "[red](.*) 🎭" in stage.text


async def test_what_no_sheet_has_is_told_where_nothing_else_is_known(home: Home) -> None:
    async with running(home, "anna") as stage:
        await look(stage, "Knowledge of LOLER is needed.")
        assert "No word of the trade that your sheets know is in it; 1 in no sheet" in stage.text
        await stage.press("v")
        assert "Not in your sheets (a name may be among them)\n  LOLER" in stage.text


async def test_lines_that_were_broken_for_their_width_are_laid_out_as_one(home: Home) -> None:
    words = "You call the show every night of the week, lead the Crew and all assistants, and write reports."
    async with running(home, "anna", size=(60, 24)) as stage:
        screen = await look(stage, fill(words, 70))
        lines = [line.content.plain.strip() for line in screen._view.lines(0, 60)]
        assert lines == fill(words, 58).splitlines()
        await stage.press("right")
        assert "Crew" in panel(stage)
        assert screen._view.rows(0, 60, screen._spots[1][:2])


@pytest.mark.parametrize("listed", [False, True])
async def test_keys_are_taken_while_it_is_laid_out_anew(
    home: Home, monkeypatch: pytest.MonkeyPatch, *, listed: bool
) -> None:
    """It is painted twice as it opens and after a resize: what is pressed in between is meant for it."""
    async with running(home, "anna", size=(100, 40)) as stage:
        screen = await look(stage)
        if listed:
            await stage.press("v")
        unseen = list[LensScreen]()
        monkeypatch.setattr(LensScreen, "unsee", unseen.append)
        for size in ((140, 45), (60, 20), (100, 30)):
            await stage.pilot.resize_terminal(*size)
            await stage.settle()
            assert (unseen, screen.takes_deeds) == ([], True)
            assert "Equity stage manager" in stage.text or listed


async def test_a_star_that_can_not_be_kept_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NotSavedError("Not saved: the disk is full.")

    async with running(home, "anna") as stage:
        screen = await look(stage)
        monkeypatch.setattr(Spotting, "star", full)
        await stage.press("asterisk")
        assert "the disk is full" in str(screen.problem.render())


async def test_a_word_of_a_role_that_is_not_learned_says_so(home: Home) -> None:
    async with running(home, "anna") as stage:
        stage.engine.choose_roles(["props"])
        await look(stage, "lace front wigs at the sitzprobe")
        assert "Its card is of Wigs and Make-up Supervisor, which you don't learn." in panel(stage)


def files_with(folder: Path, words: str) -> list[Path]:
    """Return the files that hold words, packed ones too."""
    wanted = words.encode().lower()
    found = []
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        if wanted in (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).lower():
            found.append(path)
    return found


@pytest.mark.parametrize("broken", ["", "LensScreen.action_turn"])
def test_nothing_of_the_text_is_written_anywhere(tmp_path: Path, broken: str) -> None:
    """The text is looked at, a word starred, and the app left, or it crashes over the text."""
    home = tmp_path / "home"
    begun(Home(home), "anna")
    code = (
        "import trainer.__main__ as command\n"
        "from trainer.app.lens.screen import LensScreen\n"
        "def broken(self):\n"
        "    text = self._view._text\n"
        "    raise RuntimeError(text)\n"
    )
    code += f"{broken} = broken\n" if broken else ""
    around = {"TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    with Terminal(
        ["-c", code + "command.main()", "--home", str(home)], environment=around, columns=100, rows=40
    ) as terminal:
        terminal.wait_for("Start")
        terminal.press("L")
        terminal.wait_for("Paste it here")
        terminal.press(f"\x1b[200~{RESUME}\x1b[201~")
        terminal.wait_for(OWN)
        terminal.press("\x13")
        terminal.wait_for("words of the trade")
        terminal.press("*")
        terminal.wait_for("Starred.")
        if broken:
            terminal.press("v")
            terminal.wait_for("Something went wrong.")
            assert terminal.wait_for_end() == 1
            assert OWN not in terminal.text.partition("Something went wrong.")[2]
        else:
            terminal.press("\x11")
            terminal.wait_for("Throw it away")
            terminal.press("2")
            assert terminal.wait_for_end() == 0
    assert len(list((home / "crashes").glob("*"))) == bool(broken)
    assert files_with(tmp_path, "stage-manager"), "the search finds what is there"
    for words in (OWN, "Jane", "The Long Winter", "Royal Example"):
        assert not files_with(tmp_path, words), words
    with Engine.open(Home(home), "anna", saving=False) as engine:
        assert len([marks for marks in engine.progress.marked.values() if marks.star]) == 1


def test_a_long_text_is_laid_out_in_portions() -> None:
    words = "word " * (3 * PORTION // 5)
    view = TextView(words, [Shown(start, start + 4, "bold") for start in range(0, len(words), 50)])
    assert view.portions > 2
    last = view.portion_of(len(words) - 5)
    start = process_time()
    rows = view.rows(last, 60, (len(words) - 5, len(words) - 1))
    assert process_time() - start < 1
    assert sum(bool(row.place) for row in rows) == 1
    joined = " ".join(
        line.content.plain.strip() for portion in range(view.portions) for line in view.lines(portion, 60)
    )
    assert joined.split() == words.split()


@pytest.mark.parametrize("width", [12, 30, 60])
def test_each_line_knows_where_in_the_text_it_begins(width: int) -> None:
    view = TextView(RESUME, [])
    for line in view.lines(0, width):
        plain = line.content.plain
        assert RESUME[line.start : line.start + len(plain.rstrip())] == plain.rstrip()
