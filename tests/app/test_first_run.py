from pathlib import Path

from tests.app.sheets import home_with_sheet
from tests.app.stage import running
from tests.progress.samples import CARDS, FakeClock, record_of, session
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.app.start.who_screen import WhoScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.home import Home


async def test_name_then_a_first_word_then_summary_then_today(tmp_path: Path) -> None:
    async with running(Home(tmp_path)) as stage:
        welcome = stage.on(WelcomeScreen)
        assert "Learn to read a theatre résumé" in stage.text
        assert "on this computer only" in stage.text
        assert stage.bar == ["Enter Begin", "F1 Help", "Esc Quit"]
        welcome.entry.value = ""
        await stage.write("anna")
        await stage.press("enter")
        stage.on(StudyScreen)
        assert "A term:" in stage.text
        assert "NEW · take a guess" in stage.text
        await stage.press("2")
        assert "New to you: now you know." in stage.text
        assert "Comes back in a few cards." in stage.text
        await stage.press("escape")
        stage.on(SummaryScreen)
        assert "You met 1 new card." in stage.text
        assert "The first card you met" in stage.text
        assert "Every answer is saved." in stage.text
        await stage.press("enter")
        stage.on(TodayScreen)
        assert "1 to review + 11 new" in stage.text
    assert Home(tmp_path).recruiters() == ["anna"]


async def test_the_next_start_opens_the_one_record(tmp_path: Path) -> None:
    home = home_with_sheet(tmp_path)
    async with running(home, "anna") as stage:
        await stage.press("enter", "1", "escape")
    async with running(home) as stage:
        stage.on(TodayScreen)
        assert "anna" in stage.app.export_screenshot()


async def test_a_record_that_is_gone_is_asked_for_and_not_begun_anew(tmp_path: Path) -> None:
    clock, record = FakeClock(), record_of(tmp_path)
    session(record, clock, CARDS[0])
    session(record, clock, CARDS[1])
    record.path.unlink()
    record.path.with_suffix(".journal").unlink()
    async with running(Home(tmp_path)) as stage:
        stage.on(WhoScreen)
        said = " ".join(stage.text.split())
        assert 'The progress of "anna" is gone' in said
        assert "trainer backups restore 1" in said
    assert not record.path.exists()
