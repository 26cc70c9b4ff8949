"""Making a drill in the app: one question at a time, and nothing of it is lost."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.stage import Stage, running
from tests.app.teams import QUESTIONS, Casting, casting
from tests.cards.shipped import LIBRARY
from tests.learners import begun
from tests.sharing.drills import TODAY, result
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.places.screen import ListScreen
from trainer.app.team.draft_screen import DraftScreen
from trainer.app.team.screen import TeamScreen
from trainer.engine.making import Making, Offered, Wanted
from trainer.engine.setting import checked
from trainer.engine.team import Team
from trainer.errors import DrillError
from trainer.home import Home
from trainer.sharing.lines import encoded
from trainer.sharing.results import questions_of


@pytest.mark.slow
async def test_a_lead_makes_a_drill_one_question_at_a_time(tmp_path: Path) -> None:
    team = casting(tmp_path)
    home = Home(tmp_path / "lead")
    begun(home, "lead")
    drills = team.share / "drills"
    async with running(home, clock=team.clock) as stage:
        await stage.press("5")
        assert "N  Make a drill for your team" in stage.text
        await stage.press("N", "1", "1", "1", "escape")
        assert "How many questions?" in stage.text
        await stage.press("1")
        assert "By when?" in stage.text
        await stage.press("enter", "enter")
        stage.on(EditScreen)
        await stage.write("Red flags")
        await stage.press("ctrl+s")
        assert "The team has a drill of this name." in str(stage.on(EditScreen).problem.render())
        await stage.press("end", "ctrl+u")
        await stage.write("First week")
        await stage.press("ctrl+s")
        screen = stage.on(DraftScreen)
        assert "5 questions, pass mark 80 %, due" in stage.text
        before = screen._made.questions
        await stage.press("n")
        assert screen._made.questions != before
        assert screen._made.questions[0][:20] in stage.text
        assert len(list(drills.iterdir())) == 1
        asked = [each.card for each in screen._made.draft.questions]
        await stage.press("y", "y")
        assert "“First week” is published" in stage.text
    found = team.anna.drill("first-week").drill
    assert [each.card for each in found.questions] == asked
    assert found.sheets
    assert "First week" in [row.drill.drill.title for row in team.anna.drills()[0]]


@pytest.mark.slow
async def test_a_lead_makes_a_calibration_round_and_may_leave_it(tmp_path: Path) -> None:
    team = casting(tmp_path)
    home = Home(tmp_path / "lead")
    begun(home, "lead")
    async with running(home, clock=team.clock) as stage:
        await stage.press("5", "N", "enter")
        offered = [words.plain for words in stage.on(PickScreen)._answers]
        place = next(place for place, words in enumerate(offered, 1) if "calibration" in words)
        await stage.press(str(place), "enter")
        stage.on(EditScreen)
        await stage.press("ctrl+s")
        stage.on(DraftScreen)
        assert "5 answers to rate, due" in stage.text
        assert "pass mark" not in stage.text
        await stage.press("escape")
    assert [path.name for path in (team.share / "drills").iterdir()] == ["red-flags.drill.toml"]


@pytest.mark.slow
async def test_who_leads_no_team_is_offered_no_making(tmp_path: Path) -> None:
    team = casting(tmp_path)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("5")
        assert "Make a drill" not in stage.text
        await stage.press("N")
        stage.on(ListScreen)


def mixed_up(team: Casting) -> str:
    """Have five people choose the same wrong option first; return the card's id."""
    first = questions_of(team.drill, 1, "")[0]
    wrong = next(option.id for option in first.question.options if not option.right)
    for number in range(1, 6):
        said = result(team.drill, number, wrong=1)
        if "chosen" in team.drill.drill.shares:
            said = replace(said, chosen=((wrong,), *[("x",)] * (QUESTIONS - 1)))
        (team.share / "results" / f"{number}.jsonl").write_bytes(encoded(said))
    return first.card.id


@pytest.mark.slow
async def test_a_lead_makes_the_next_drill_of_what_was_mixed_up(tmp_path: Path) -> None:
    team = casting(tmp_path, share=("chosen",))
    card = mixed_up(team)
    home = Home(tmp_path / "lead")
    begun(home, "lead")
    async with running(home, clock=team.clock) as stage:
        await stage.press("5", "T")
        assert "Often chosen instead" in stage.text
        await stage.press("m")
        screen = stage.on(DraftScreen)
        assert "Red flags: mixed up" in stage.text
        assert "Other questions" not in " ".join(stage.bar)
        assert screen._made.draft.questions[0].card == card
        await stage.press("n", "y")
        assert "“Red flags: mixed up” is published" in stage.text
    assert "chosen" in team.anna.drill("red-flags-mixed-up").drill.shares


@pytest.mark.slow
@pytest.mark.parametrize(("who", "share"), [("lead", ("items",)), ("anna", ("chosen",))])
async def test_no_drill_on_mix_ups_where_none_is_shared_or_for_others(
    tmp_path: Path, who: str, share: tuple[str, ...]
) -> None:
    team = casting(tmp_path, share=share)
    mixed_up(team)
    home = Home(tmp_path / "lead") if who == "lead" else team.home
    begun(home, who)
    async with running(home, who, clock=team.clock) as stage:
        await stage.press("5", "T", "m")
        stage.on(TeamScreen)


async def made(stage: Stage) -> DraftScreen:
    """Take what is offered, and return the draft."""
    await stage.press("5", "N", "2", "1", "1", "1", "1", "ctrl+s")
    return stage.on(DraftScreen)


@pytest.mark.slow
async def test_escape_at_the_draft_goes_back_with_all_that_was_chosen(tmp_path: Path) -> None:
    team = casting(tmp_path)
    home = Home(tmp_path / "lead")
    begun(home, "lead")
    async with running(home, clock=team.clock) as stage:
        before = (await made(stage))._made
        await stage.press("escape")
        stage.on(EditScreen)
        await stage.press("end", "!", "ctrl+s")
        after = stage.on(DraftScreen)._made
        assert after.draft.title == f"{before.draft.title}!"
        assert after.questions == before.questions
        await stage.press("n", "escape", "escape")
        others = stage.on(PickScreen)
        assert (others._question, others._first) == ("How much has to be right?", 0)
        await stage.press("3", "ctrl+s")
        assert stage.on(DraftScreen)._made.questions != before.questions
        assert stage.on(DraftScreen)._made.draft.pass_mark == 80
        for _ in range(7):
            await stage.press("escape")
        stage.on(ListScreen)


@pytest.mark.slow
async def test_quitting_at_the_draft_asks_and_keeps_it_on_escape(tmp_path: Path) -> None:
    team = casting(tmp_path)
    home = Home(tmp_path / "lead")
    begun(home, "lead")
    async with running(home, clock=team.clock) as stage:
        await made(stage)
        await stage.press("ctrl+q")
        stage.on(ConfirmScreen)
        await stage.press("escape")
        assert stage.on(DraftScreen).unsaved


@pytest.mark.slow
async def test_a_drill_that_cant_be_published_is_kept_and_offered_again(tmp_path: Path) -> None:
    team = casting(tmp_path)
    home = Home(tmp_path / "lead")
    begun(home, "lead")
    away = team.share.with_name("away")
    async with running(home, clock=team.clock) as stage:
        draft = (await made(stage))._made.draft
        team.share.rename(away)
        await stage.press("y")
        kept = home.team_of("lead") / "drafts" / f"{draft.id}.drill.toml"
        assert f"the drill waits in {kept}".replace(" ", "") in "".join(stage.text.split())
        assert checked(kept, stage.engine.library, TODAY).drill == draft
        away.rename(team.share)
        await stage.press("5", "N", "2", "2", "1", "1", "1", "1")
        assert stage.on(EditScreen)._fields[0].value == f"{draft.title} 2"
        await stage.press("escape", "escape", "escape", "escape", "escape", "escape")
        team.clock.forward(days=30)  # its day is over
        await stage.press("5", "N")
        offered = [words.plain for words in stage.on(PickScreen)._answers]
        assert offered == [f"Go on with “{draft.title}”", "Make a new one"]
        await stage.press("1")
        assert "no due day" in stage.text
        await stage.press("y")
        assert f"“{draft.title}” is published" in stage.text
        assert not kept.exists()
        await stage.press("5", "N")
        assert stage.on(PickScreen)._question == "A drill on what?"
    assert [each.card for each in team.anna.drill(draft.id).drill.questions] == [
        each.card for each in draft.questions
    ]


@pytest.mark.slow
async def test_a_draft_is_kept_before_the_place_is_asked(tmp_path: Path) -> None:
    """A place may not answer for long, and whoever waits may quit."""
    team = casting(tmp_path)
    home = Home(tmp_path / "lead")
    lead = Team(home, "lead", team.clock)
    making = Making(lead, LIBRARY, [Offered("company-manager", "Company Manager")])
    wanted = Wanted(role="company-manager", number=5, title="First", seed=3)

    class Killed(BaseException):
        pass

    def hang(drill: object) -> str:
        raise Killed

    lead.publish = hang  # type: ignore[method-assign]  # as if it never came back
    with pytest.raises(Killed):
        making.publish(making.make(wanted))
    (kept,) = making.kept()
    assert kept.draft.title == "First"
    with pytest.raises(DrillError, match="waits to be published"):
        making.check_title("first")
    del lead.publish  # it is back
    making.publish(kept)
    assert making.kept() == []
