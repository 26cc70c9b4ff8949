"""First run: a name, what one hires for, the minutes a day, and the first question."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import Stage, running
from tests.disks import read_only
from trainer.app.kit.help import HelpScreen
from trainer.app.start.hire_screen import HireScreen
from trainer.app.start.minutes_screen import MinutesScreen
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.cards.card import Answer
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.learner import Settings

ASM, SM, PROPS = "assistant-stage-manager", "stage-manager", "props-supervisor"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


async def named(stage: Stage, name: str = "anna") -> None:
    """Give a name, and stand before the roles."""
    stage.on(WelcomeScreen).entry.value = name
    await stage.press("enter")
    stage.on(HireScreen)


def kept(home: Home, name: str = "anna") -> Settings:
    with Engine.open(home, name, saving=False) as training:
        return training.settings


async def test_enter_three_times_takes_the_defaults(home: Home) -> None:
    async with running(home) as stage:
        assert "Learn to read a theatre résumé" in stage.text
        assert "on this computer only" in stage.text
        assert stage.bar == ["Enter Go on", "F1 Help", "Esc Quit"]
        stage.on(WelcomeScreen).entry.value = ""
        await stage.write("anna")
        await stage.press("enter")
        assert "What do you hire for?" in stage.text
        assert "begin with Assistant Stage Manager" in stage.text
        assert stage.bar == ["Enter Go on", "Space Tick", "? Help", "Esc Back"]
        await stage.press("enter")
        assert "How many minutes a day?" in stage.text
        assert stage.on(MinutesScreen).entry.value == "10"
        assert stage.bar == ["Enter Begin", "? Help", "Esc Back"]
        await stage.press("question_mark")
        stage.on(HelpScreen)
        await stage.press("escape")
        assert stage.on(MinutesScreen).entry.value == "10", "the key opens the help and writes nothing"
        await stage.press("enter")
        stage.on(StudyScreen)
        assert "NEW · take a guess" in stage.text
        assert not home.recruiters(), "nothing is written before the first answer"
        await stage.press("2")
        assert home.recruiters() == ["anna"]
        await stage.press("escape")
        stage.on(SummaryScreen)
        assert "You met 1 new card." in stage.text
        await stage.press("enter")
        assert "You learn  Assistant Stage Manager" in stage.text
        assert "next role" not in stage.text
    found = kept(home)
    assert (found.roles, found.minutes) == ((ASM,), 10)


async def test_what_was_chosen_outlives_a_kill_after_the_first_answer(home: Home) -> None:
    async with running(home) as stage:
        await named(stage)
        await stage.press("enter", "enter", "0")
        file = home.progress_file("anna")
        left = {path: path.read_bytes() for path in (file, file.with_suffix(".journal"))}
    for path, content in left.items():
        path.write_bytes(content)
    with Engine.open(home, "anna") as training:
        assert (training.settings.roles, training.settings.minutes) == ((ASM,), 10)
        assert len(training.progress.history()) == 1


async def test_several_roles_in_an_order_by_digit_space_and_mouse(home: Home) -> None:
    async with running(home) as stage:
        await named(stage)
        names = [role.name for role in stage.engine.roles() if role.state != "vocabulary"]
        props = next(name for name in names if name.startswith("Props"))
        await stage.press(str(names.index(props) + 1))
        await stage.click("Company Manager")
        await stage.press("down", "space")  # Deputy Stage Manager, which is taken back
        await stage.press("space")
        await stage.click("· Assistant Stage Manager")
        assert ticked(stage) == [
            ("Assistant Stage Manager", "3rd"),
            ("Company Manager", "2nd"),
            (props, "1st"),
        ]
        await stage.press("enter", "enter", "0")
    found = kept(home)
    assert [role.split("-")[0] for role in found.roles] == ["props", "company", "assistant"]


def ticked(stage: Stage) -> list[tuple[str, str]]:
    lines = [line.partition("✓ ")[2] for line in stage.text.splitlines() if "✓" in line]
    return [(line[:-3].strip(), line[-3:]) for line in lines]


async def test_the_marked_role_is_taken_where_none_is_ticked(home: Home) -> None:
    async with running(home) as stage:
        await named(stage)
        names = [role.name for role in stage.engine.roles()]
        await stage.press(*["down"] * (names.index("Stage Manager") + 1), "enter", "enter", "0")
    assert kept(home).roles == (SM,)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "minutes"),
    [
        ((), 10),
        (("up",), 5),
        (("down",), 15),
        (("down", "down", "down"), 20),
        (("2", "5"), 25),
        (("7", "down"), 10),
    ],
)
async def test_minutes_by_arrows_and_typed(home: Home, keys: Sequence[str], minutes: int) -> None:
    async with running(home) as stage:
        await named(stage)
        await stage.press("enter", *keys)
        assert stage.on(MinutesScreen).entry.value == str(minutes)
        await stage.press("enter")
        stage.on(StudyScreen)
        assert stage.engine.minutes == minutes


async def test_minutes_by_mouse(home: Home) -> None:
    async with running(home) as stage:
        await named(stage)
        await stage.press("enter")
        await stage.click("15 minutes")
        await stage.click("Enter Begin")
        stage.on(StudyScreen)
        assert stage.engine.minutes == 15


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["", "0", "1441", "-5", "ten", "1.5", "²", "99999999"])
async def test_no_number_of_minutes_is_told_in_place(home: Home, typed: str) -> None:
    async with running(home) as stage:
        await named(stage)
        await stage.press("enter")
        stage.on(MinutesScreen).entry.value = typed
        await stage.press("enter")
        stage.on(MinutesScreen)
        assert "Write a number of minutes, from 1 to 1440" in " ".join(stage.text.split())
        await stage.press("down", "enter")
        stage.on(StudyScreen)


async def test_escape_goes_one_step_back_and_keeps_what_was_said(home: Home) -> None:
    async with running(home) as stage:
        await named(stage, "berta")
        await stage.press("2", "enter", "escape")
        assert [name for name, _ in ticked(stage)] == ["Company Manager"]
        await stage.press("escape")
        assert stage.on(WelcomeScreen).entry.value == "berta"
        await stage.press("escape")
    assert not home.recruiters()
    assert not list(home.root.rglob("*.json"))


async def test_practice_is_asked_too_and_saves_nothing(home: Home) -> None:
    async with running(home, saving=False) as stage:
        await named(stage)
        await stage.press("2", "enter", "up", "enter", "0")
        assert stage.engine.settings.roles[0].startswith("company")
        assert stage.engine.minutes == 5
        await stage.press("escape", "enter")
        assert "You learn  Company Manager" in stage.text
    assert not home.recruiters()


async def test_a_full_disk_at_the_first_answer_keeps_the_choice_for_the_next(home: Home) -> None:
    async with running(home) as stage:
        await named(stage)
        await stage.press("2", "enter", "enter")
        with read_only(home.progress_file("anna").parent):
            await stage.press("0")
        await stage.press("0")
        assert stage.engine.settings.minutes == 10
    assert kept(home).roles[0].startswith("company")


async def test_who_has_answers_and_no_roles_is_not_asked(tmp_path: Path) -> None:
    home = home_with_sheet(tmp_path)
    with Engine.open(home, "anna") as training:
        session = training.study(["sample/levels"], new=1)
        assert session.question
        session.answer(Answer(gave_up=True))
    async with running(home, "anna") as stage:
        stage.on(TodayScreen)
        assert "You learn  Sample" in stage.text


async def test_the_next_start_opens_the_one_record(tmp_path: Path) -> None:
    home = home_with_sheet(tmp_path)
    async with running(home, "anna") as stage:
        await stage.begin()
        await stage.press("1", "escape")
    async with running(home) as stage:
        stage.on(TodayScreen)
        assert "Good morning, anna." in stage.text


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (140, 45)])
async def test_each_step_fits(home: Home, size: tuple[int, int]) -> None:
    async with running(home, size=size) as stage:
        await named(stage)
        page = stage.on(HireScreen).page
        assert all(row.content.cell_length <= page.size.width for row in page.rows(page.size.width))
        await stage.press("enter")
        foot = stage.on(MinutesScreen).foot
        assert all(row.content.cell_length <= foot.size.width for row in foot.rows(foot.size.width))


@pytest.mark.slow
async def test_who_begins_with_a_quiz_is_told_of_one_enter_and_of_its_minutes(home: Home) -> None:
    quiz = SessionChoice("hour", ("props",), minutes=10)
    async with running(home, choice=quiz) as stage:
        assert "Enter, and the first question is there." in stage.text
        stage.on(WelcomeScreen).entry.value = "anna"
        await stage.press("enter")
        assert "0 done, 10 min to go" in str(stage.on(StudyScreen).top.render())
