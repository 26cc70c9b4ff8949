"""Who trains: new names, known names, names that can't be used."""

from pathlib import Path

import pytest
from textual.events import Key

from tests.app.stage import learn, running
from tests.disks import read_only
from tests.learners import begun
from trainer.app.start.hire_screen import HireScreen
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.app.start.who_screen import WhoScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import RecruiterNameError
from trainer.home import Home

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("../../x", "no slash"),
        ("x" * 300, "has 300 characters"),
        ("🎭" * 100, "has 100 characters"),
        ("[/x]", "no slash"),
    ],
)
async def test_a_name_that_cant_be_used_is_told_in_place(home: Home, name: str, told: str) -> None:
    async with running(home) as stage:
        stage.on(WelcomeScreen).entry.value = name
        await stage.press("enter")
        stage.on(WelcomeScreen)
        assert told in " ".join(stage.text.split())
        stage.on(WelcomeScreen).entry.value = "anna"
        await stage.begin()
        stage.on(StudyScreen)


@pytest.mark.parametrize("name", ["[red]", "🎭", "日本", "שרה בן־דוד", "a\x1b[31mb", "[@click=app.quit]"])
async def test_odd_names_are_text(home: Home, name: str) -> None:
    async with running(home) as stage:
        stage.on(WelcomeScreen).entry.value = name
        await stage.begin()
        await stage.press("1", "escape", "escape")
        stage.on(TodayScreen)
    async with running(home) as stage:
        stage.on(TodayScreen)


async def test_a_name_from_the_command_line_is_offered(home: Home) -> None:
    async with running(home, "berta") as stage:
        assert stage.on(WelcomeScreen).entry.value == "berta"


async def test_with_a_choice_a_new_name_goes_straight_on(home: Home) -> None:
    async with running(home, "berta", choice=SessionChoice()) as stage:
        stage.on(StudyScreen)


async def test_a_choice_waits_for_the_name(home: Home) -> None:
    async with running(home, choice=SessionChoice("quiz", count=2)) as stage:
        stage.on(WelcomeScreen).entry.value = "anna"
        await stage.press("enter")
        assert stage.on(StudyScreen).session.total == 2


async def test_enter_twice_opens_once(home: Home) -> None:
    async with running(home) as stage:
        stage.on(WelcomeScreen).entry.value = "anna"
        stage.app.post_message(Key("enter", "\r"))
        stage.app.post_message(Key("enter", "\r"))
        await stage.settle()
        await stage.settle()
        stage.on(HireScreen)


async def test_escape_leaves_the_welcome(home: Home) -> None:
    async with running(home) as stage:
        await stage.pilot.press("escape")
    assert stage.app.return_code == 0
    assert not home.recruiters()


class TestSeveral:
    @pytest.fixture
    def home(self, tmp_path: Path) -> Home:
        for name in ("anna", "[b]berta", "carl"):
            begun(Home(tmp_path), name)
        return Home(tmp_path)

    async def test_by_digit_arrows_and_mouse(self, home: Home) -> None:
        for act in ("3", "down", "mouse"):
            async with running(home) as stage:
                stage.on(WhoScreen)
                assert "Who is training?" in stage.text
                if act == "mouse":
                    await stage.click("carl")
                else:
                    await stage.press(*([act] if act == "3" else ["down", "down", "enter"]))
                stage.on(TodayScreen)
                assert stage.engine.progress.recruiter == "carl"

    async def test_somebody_new(self, home: Home) -> None:
        async with running(home) as stage:
            await stage.press("n")
            stage.on(WelcomeScreen).entry.value = "dora"
            await stage.begin()
            stage.on(StudyScreen)
            assert "dora" not in home.recruiters(), "nothing was answered yet"
            await stage.press("1")
        assert "dora" in home.recruiters()

    async def test_one_who_trains_elsewhere_can_practise(self, home: Home) -> None:
        with Engine.open(home, "anna"):
            async with running(home) as stage:
                await stage.press("2")
                stage.on(WhoScreen)
                assert "Practise instead" in stage.text
                await stage.press("p")
                stage.on(TodayScreen)
                assert not stage.engine.progress.saved


class TestSpellings:
    @pytest.mark.parametrize("name", ["zoë", "ZOË", "Zo\u0308e\u200b", "Zo\u00ade\u0308", "Zoe\u0308"])
    async def test_another_spelling_is_the_same_person(self, home: Home, name: str) -> None:
        begun(home, "Zoë" if "o\u0308" not in name else "Zöe")
        before = home.recruiters()
        async with running(home, name) as stage:
            stage.on(TodayScreen)
            assert [stage.engine.recruiter] == before

    async def test_a_slip_is_asked_about(self, home: Home) -> None:
        begun(home, "Ben")
        for choice in (None, SessionChoice()):
            async with running(home, "Bne", choice=choice) as stage:
                assert stage.on(WelcomeScreen).entry.value == "Bne"
                assert 'New here: Bne? There is "Ben" already.' in " ".join(stage.text.split())
        assert home.recruiters() == ["Ben"]
        async with running(home, "Bne", newcomer=True, choice=SessionChoice()) as stage:
            stage.on(StudyScreen)

    async def test_a_look_alike_is_told_apart_by_asking(self, home: Home) -> None:
        begun(home, "anna")
        begun(home, "berta")
        for key, name in (("1", "anna"), ("2", "\u0430nna")):
            async with running(home) as stage:
                await stage.press("n")
                stage.on(WelcomeScreen).entry.value = "\u0430nna"
                await stage.press("enter")
                assert "looks the same in other letters" in " ".join(stage.text.split())
                await stage.press(key)
                assert stage.engine.recruiter == name


class TestInUse:
    async def test_the_only_one_can_practise(self, home: Home) -> None:
        begun(home, "anna")
        with Engine.open(home, "anna"):
            async with running(home) as stage:
                stage.on(WhoScreen)
                await stage.press("enter")
                stage.on(TodayScreen)
                assert not stage.engine.progress.saved
                assert "practice, nothing is saved" in stage.text

    async def test_a_new_name_that_is_in_use_can_practise(self, home: Home) -> None:
        async with running(home) as stage:
            with Engine.open(home, "anna"):
                stage.on(WelcomeScreen).entry.value = "anna"
                await stage.press("enter")
                assert "p Practise" in stage.bar
                await stage.press("p", "enter", "enter")
                stage.on(StudyScreen)
                assert not stage.engine.progress.saved


class TestReadOnly:
    """Root has to mount something for it, and others take a right away."""

    async def test_a_record_that_cannot_be_written_can_be_practised(self, home: Home) -> None:
        learn(home, 1, "levels", recruiter="anna")
        with read_only(home.progress):
            async with running(home) as stage:
                stage.on(WhoScreen)
                assert "can't be opened for saving" in " ".join(stage.text.split())
                assert "Practise instead" in stage.text
                await stage.press("enter")
                stage.on(TodayScreen)
                assert not stage.engine.progress.saved
                assert stage.engine.progress.history()

    async def test_nor_can_a_new_name_be_saved(self, home: Home) -> None:
        home.progress.mkdir()
        with read_only(home.progress):
            async with running(home) as stage:
                stage.on(WelcomeScreen).entry.value = "berta"
                await stage.press("enter")
                assert "can't be opened for saving" in " ".join(stage.text.split())
                await stage.press("p", "enter", "enter")
                stage.on(StudyScreen)
        assert list(home.progress.iterdir()) == []


async def test_a_damaged_record_is_told(home: Home) -> None:
    home.progress.mkdir(parents=True)
    home.progress_file("anna").write_text("no json", encoding="utf-8")
    async with running(home) as stage:
        assert "anna.json" in "".join(stage.text.split())
        stage.on(WhoScreen)
    assert home.progress_file("anna").read_text(encoding="utf-8") == "no json"


async def test_a_letter_that_could_not_be_read_is_no_part_of_a_new_name(tmp_path: Path) -> None:
    home = Home(tmp_path)
    async with running(home) as stage:
        stage.on(WelcomeScreen).entry.value = "Ren\ufffd"
        await stage.press("enter")
        stage.on(WelcomeScreen)
        assert "could not be read" in " ".join(stage.text.split())
        stage.on(WelcomeScreen).entry.value = "René"
        await stage.begin()
        stage.on(StudyScreen)
        await stage.press("0")
    assert home.recruiters() == ["René"]


def test_a_record_with_such_a_name_from_before_still_opens(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.progress.mkdir(parents=True)
    (home.progress / "Ren\ufffd.json").write_bytes(b"")
    assert home.progress_file("Ren\ufffd").exists()
    with pytest.raises(RecruiterNameError, match="could not be read"):
        home.progress_file("Zo\ufffd")
