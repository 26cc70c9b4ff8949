"""What a served person may do, and what is not there for them at all."""

import json
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

from tests.app.served_stage import handed, key_ids, served, told
from tests.app.stage import Stage
from tests.app.ways import home_for
from tests.clocks import FakeClock
from tests.material.pages import FULL
from tests.served import person_home
from tests.sharing.drills import published
from trainer.app.drill.result_screen import SendScreen
from trainer.app.editing.screen import EditScreen
from trainer.app.importing.mending_screen import MendingScreen
from trainer.app.importing.paste_screen import PasteScreen
from trainer.app.kit.agree_screen import AgreeScreen
from trainer.app.lens.paste_screen import LensPasteScreen
from trainer.app.start.hire_screen import HireScreen
from trainer.app.start.minutes_screen import MinutesScreen
from trainer.app.start.refused_screen import RefusedScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.engine import Engine
from trainer.engine.restoring import changed_sheets, restore
from trainer.engine.rights import served_rights
from trainer.engine.team import Team
from trainer.errors import NotAllowedError, SheetError
from trainer.home import Home

SECRET = "ZANARY"


def known(root: Path, recruiter: str = "anna") -> Home:
    """Return the home of somebody who has answered."""
    return home_for(person_home(root, recruiter).root, "today", team=False)


def with_team(root: Path) -> Path:
    """Make the server's team with a drill; return its place."""
    share = root / "web" / "team"
    share.parent.mkdir(exist_ok=True)
    lead = Team(Home(root / "lead"), "lead", FakeClock())
    lead.join(lead.plan_new(str(share), "Casting", "Lead"))
    lead.publish(published(count=4, seed=2))
    return share


async def test_a_newcomer_is_not_asked_for_a_name(tmp_path: Path) -> None:
    async with served(tmp_path) as stage:
        stage.on(HireScreen)
        assert "Esc Quit" in stage.bar
        await stage.press("enter")
        stage.on(MinutesScreen)
        await stage.press("escape")
        stage.on(HireScreen)
        await stage.press("enter", "enter")
        assert stage.on(StudyScreen).session.question
        assert stage.engine.recruiter == "anna"


async def test_leaving_before_the_first_answer_ends_the_app(tmp_path: Path) -> None:
    async with served(tmp_path) as stage:
        await stage.press("escape")
        assert stage.app._exit
    assert not (person_home(tmp_path, "anna").progress / "anna.json").exists()


@pytest.mark.slow
@pytest.mark.parametrize("lead", [False, True])
async def test_nothing_leads_to_other_people_or_to_a_shell(tmp_path: Path, *, lead: bool) -> None:
    known(tmp_path)
    async with served(tmp_path, lead=lead) as stage:
        stage.on(TodayScreen)
        assert not key_ids(stage) & {"today.people", "app.suspend"}
        assert ("today.import" in key_ids(stage)) == lead
        await stage.press("n", "ctrl+z")
        stage.on(TodayScreen)
        await stage.press("6")
        assert "Who trains here" not in stage.text
        await stage.press("slash")
        await stage.write("who tr")
        assert "rename" not in stage.text


@pytest.mark.slow
async def test_only_a_lead_edits_the_cards_that_all_train_with(tmp_path: Path) -> None:
    known(tmp_path)
    for lead in (False, True):
        async with served(tmp_path, lead=lead) as stage:
            await stage.press("enter", "0")
            stage.on(StudyScreen)
            assert ("study.edit" in key_ids(stage)) == lead
            await stage.press("e")
            assert isinstance(stage.app.screen, StudyScreen) != lead


@pytest.mark.slow
async def test_a_leads_import_is_pasted_and_kept_among_the_servers_sheets(tmp_path: Path) -> None:
    home = known(tmp_path)
    async with served(tmp_path, lead=True) as stage:
        await stage.press("i")
        screen = stage.on(PasteScreen)
        assert not screen.query(Input)
        assert "Pages here" not in stage.text
        stage.app.post_message(Paste(FULL))
        await stage.press("ctrl+s")
        stage.on(MendingScreen)
        await stage.press("A", "ctrl+s", "ctrl+s")
        for _ in range(4):
            await stage.press("enter")
    assert list((tmp_path / "decks").glob("*.toml"))
    assert not list(home.root.glob("imports/*"))


@pytest.mark.slow
async def test_a_path_under_the_lens_is_a_text_like_any_other(tmp_path: Path) -> None:
    known(tmp_path)
    file = tmp_path / "zanary.txt"
    file.write_text(f"A stage manager called {SECRET}", encoding="utf-8")
    async with served(tmp_path) as stage:
        for typed in (str(file), file.as_uri(), f"'{file}'"):
            await stage.press("L")
            assert not stage.on(LensPasteScreen).query(Input)
            stage.app.post_message(Paste(typed))
            await stage.press("ctrl+s")
            assert SECRET not in stage.text
            await stage.press("escape", "2", "escape", "escape")
            stage.app.show_today()
            await stage.settle()


async def test_the_engine_refuses_what_comes_all_the_same(tmp_path: Path) -> None:
    home = known(tmp_path)
    rights = served_rights(lead=False)
    with Engine.open(Home(home.root, shared=tmp_path), "anna", rights=rights, clock=FakeClock()) as engine:
        card = next(iter(engine.library.cards.values()))
        with pytest.raises(NotAllowedError):
            engine.edit(card)
        with pytest.raises(NotAllowedError):
            engine.look_in("/etc/passwd")
        with pytest.raises(NotAllowedError):
            engine.undo_import(card.sheet.id)


async def test_a_brief_is_handed_to_the_browser(tmp_path: Path) -> None:
    home = known(tmp_path)
    async with served(tmp_path) as stage:
        await stage.press("v", "p")
        (name, page, how) = handed(stage)[0]
        assert (name[-5:], how) == (".html", "browser")
        assert page.startswith("<!")
        assert str(tmp_path) not in told(stage)
    assert not home.briefs.exists()


@pytest.mark.slow
async def test_the_settings_name_no_file_and_hand_ones_own_over(tmp_path: Path) -> None:
    known(tmp_path)
    async with served(tmp_path) as stage:
        await stage.press("f")
        assert str(tmp_path) not in stage.text
        assert "Line by line" not in stage.text
        for words in ("Your record", "Your answers", "Your cards"):
            await stage.click(words)
        names = [name for name, _, how in handed(stage) if how == "download"]
        assert names == ["trainer-record.json", "trainer-answers.csv", "trainer-cards.csv"]
        record = json.loads(handed(stage)[0][1])
        assert str(record).count("anna")


async def test_a_record_that_is_open_elsewhere_is_told_without_a_name_to_choose(tmp_path: Path) -> None:
    home = known(tmp_path)
    with Engine.open(home, "anna", clock=FakeClock()):
        async with served(tmp_path) as stage:
            stage.app._waited = 60  # type: ignore[attr-defined] # it is a served app
            await stage.pilot.pause(0.3)
            await stage.settle()
            stage.on(RefusedScreen)
            assert not key_ids(stage) & {"who.new", "who.name"}
            await stage.press("p")
            stage.on(TodayScreen)
            assert not stage.engine.saved


@pytest.mark.slow
async def test_the_team_is_joined_once_what_is_sent_was_seen(tmp_path: Path) -> None:
    known(tmp_path)
    share = with_team(tmp_path)
    async with served(tmp_path) as stage:
        assert "there is a team here" in stage.text
        await stage.press("J")
        stage.on(AgreeScreen)
        assert '"alias":"anna"' in stage.text.replace("\n    ", "")
        assert "whoever runs this server" in " ".join(stage.text.split())
        assert str(share) not in "".join(stage.text.split())
        await stage.press("escape")
        assert "there is a team here" not in stage.text
        await stage.press("J", "y")
        assert "You are in “Casting” as anna." in stage.text
        assert not stage.app.engine or "today.join_team" not in key_ids(stage)
    assert any("anna" in path.read_text(encoding="utf-8") for path in (share / "results").iterdir())


async def test_a_namesake_joins_under_a_name_with_a_number(tmp_path: Path) -> None:
    share = with_team(tmp_path)
    other = Team(Home(tmp_path / "other"), "anna", FakeClock())
    other.join(other.plan_join(str(share), "Anna"))
    known(tmp_path)
    async with served(tmp_path) as stage:
        await stage.press("J", "y")
        assert "as anna 2." in stage.text


async def answer_the_drill(stage: Stage) -> None:
    await stage.press("D", "enter")
    for _ in range(4):
        await stage.press("0", "enter")


@pytest.mark.slow
async def test_a_result_that_was_kept_back_can_be_sent_later(tmp_path: Path) -> None:
    known(tmp_path)
    share = with_team(tmp_path)
    async with served(tmp_path) as stage:
        await stage.press("J", "y")
        await answer_the_drill(stage)
        await stage.press("escape")
        assert "A line under Train offers it again." in stage.text
        await stage.press("2")
        await stage.click("Results of drills")
        stage.on(SendScreen)
        await stage.press("y")
        assert "Your result is sent." in stage.text
        await stage.press("2")
        assert "Results of drills" not in stage.text
    assert '"kind":"result"' in "".join(path.read_text() for path in (share / "results").iterdir())


@pytest.mark.slow
async def test_who_leaves_the_team_has_all_removed_that_they_sent(tmp_path: Path) -> None:
    known(tmp_path)
    share = with_team(tmp_path)
    async with served(tmp_path) as stage:
        await stage.press("J", "y", "6")
        await stage.click("Leave the team")
        stage.on(AgreeScreen)
        await stage.press("y")
        assert "You left “Casting”." in stage.text
    assert "anna" not in "".join(path.read_text() for path in (share / "results").iterdir())


async def test_a_team_that_moved_with_the_server_is_found(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    known(tmp_path / "before")
    with_team(tmp_path / "before")
    async with served(tmp_path / "before") as stage:
        await stage.press("J", "y")
    (tmp_path / "before").rename(tmp_path / "after")
    async with served(tmp_path / "after") as stage:
        await stage.press("5", "T")
        assert "Casting" in str(stage.app.screen.query_one("TopLine").render())


async def test_a_leads_report_opens_as_a_page(tmp_path: Path) -> None:
    known(tmp_path)
    with_team(tmp_path)
    async with served(tmp_path, lead=True) as stage:
        await stage.press("J", "y", "5")
        assert "Make a drill for your team" in stage.text
        await stage.press("T", "p")
        assert [(name, how) for name, _, how in handed(stage)] == [("report.html", "browser")]


async def test_a_lead_makes_the_team_where_there_is_none(tmp_path: Path) -> None:
    known(tmp_path)
    async with served(tmp_path) as stage:
        await stage.press("5")
        assert "Join the team" not in stage.text
    async with served(tmp_path, lead=True) as stage:
        await stage.press("J")
        assert "Make the team “Casting” as anna?" in stage.text
        assert not (tmp_path / "web" / "team" / "team.toml").exists()
        await stage.press("y")
        assert "You are in “Casting”" in stage.text


@pytest.mark.slow
async def test_a_lead_brings_a_sheet_back_after_an_edit(tmp_path: Path) -> None:
    known(tmp_path)
    async with served(tmp_path, lead=True) as stage:
        await stage.press("2")
        assert "Bring a sheet back" not in stage.text
        await stage.press("escape", "enter", "0", "e")
        stage.on(EditScreen)
        assert str(tmp_path) not in stage.text
        await stage.press("end")
        await stage.write(" ZANARY")
        await stage.press("ctrl+s")
        assert "Saved for everybody." in told(stage)
    (sheet,) = (path for path in (tmp_path / "decks").iterdir() if SECRET in path.read_text(encoding="utf-8"))
    async with served(tmp_path, lead=False) as stage:
        await stage.press("2")
        assert "Bring a sheet back" not in stage.text
    async with served(tmp_path, lead=True) as stage:
        await stage.press("2")
        await stage.click("Bring a sheet back")
        await stage.press("enter", "2")
        assert "is as it was before its last change" in stage.text
    assert not sheet.exists() or SECRET not in sheet.read_text(encoding="utf-8")


def test_a_sheet_that_was_changed_meanwhile_is_not_brought_back(tmp_path: Path) -> None:
    known(tmp_path)
    rights = served_rights(lead=True)
    home = Home(person_home(tmp_path, "anna").root, shared=tmp_path)
    with Engine.open(home, "anna", rights=rights, clock=FakeClock()) as engine:
        offered = []
        for words in ("the first words", "the second words"):
            draft = engine.edit(next(card for card in engine.library.cards.values() if card.sheet.is_role))
            *others, last = (each.value for each in draft.fields)
            assert isinstance(last, str)
            saved = draft.save([*others, words])
            assert saved
            engine.use(saved.library)
            offered += changed_sheets(engine)
        with pytest.raises(SheetError, match="changed again meanwhile"):
            restore(engine, offered[0])
        for _ in offered:
            assert "as it was" in restore(engine, changed_sheets(engine)[0])
        assert changed_sheets(engine) == []


async def test_a_damaged_record_is_told_without_a_folder_of_the_server(tmp_path: Path) -> None:
    home = known(tmp_path)
    (home.progress / "anna.json").write_text("{", encoding="utf-8")
    (home.progress / "anna.journal").unlink(missing_ok=True)
    async with served(tmp_path) as stage:
        stage.on(RefusedScreen)
        said = "".join(stage.text.split())
        assert "Afileontheserverisnotaprogressfile" in said
        assert "anna.json" not in said
        assert str(tmp_path) not in said
        assert "Whoeverrunsthisservercanputitright." in said


async def test_no_notice_names_a_folder_of_the_server(tmp_path: Path) -> None:
    known(tmp_path)
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "broken.toml").write_text("no sheet", encoding="utf-8")
    async with served(tmp_path) as stage:
        at_first = stage.text
        stage.engine.tell(f"{tmp_path / 'x.json'} and {stage.engine.home.root} can't be read.")
        stage.app.show_today(str(tmp_path / "decks" / "y.toml"))
        stage.app.notify(f"Look at {tmp_path / 'decks' / 'z.toml'}.")
        await stage.settle()
        said = "".join((at_first + stage.text + told(stage)).split())
        assert str(tmp_path) not in said
        assert "broken.toml" in said
        assert "z.toml" in said
