"""A drill in the app: from Today's line to a result that is sent only on yes."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from tests.learners import begun
from tests.sharing.drills import published, result
from trainer.app.drill.feature import _looked
from trainer.app.drill.offer_screen import OfferScreen
from trainer.app.drill.result_screen import ResultScreen
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.places.screen import ListScreen
from trainer.app.study.drill_screen import DrillScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.team.draft_screen import DraftScreen
from trainer.app.team.screen import TeamScreen
from trainer.app.today.screen import TodayScreen
from trainer.cards.card import Form, Question
from trainer.engine.team import Team
from trainer.home import Home
from trainer.sharing.drill import Published
from trainer.sharing.lines import encoded
from trainer.sharing.results import questions_of

QUESTIONS = 4


class Casting:
    def __init__(self, folder: Path, drill: Published) -> None:
        self.home, self.share, self.clock = Home(folder / "home"), folder / "share", FakeClock()
        self.drill = drill
        begun(self.home, "anna")
        lead = Team(Home(folder / "lead"), "lead", self.clock)
        lead.create(self.share, "Casting")
        lead.join(lead.plan_join(str(self.share), "Lead", lead=True))
        lead.publish(drill)
        self.anna = Team(self.home, "anna", self.clock)
        self.anna.join(self.anna.plan_join(str(self.share), "Anna"))
        self.anna.drills()
        _looked.clear()

    @property
    def results(self) -> list[dict[str, object]]:
        lines = (
            line for path in (self.share / "results").iterdir() for line in path.read_text().splitlines()
        )
        return [line for each in lines if (line := json.loads(each))["kind"] == "result"]


def casting(tmp_path: Path, **said: object) -> Casting:
    return Casting(tmp_path, published(count=QUESTIONS, seed=2, **said))


async def answer(stage: Stage, *, right: bool = True) -> Question:
    """Choose a right or a wrong option by its digit."""
    screen = stage.on(DrillScreen)
    question = screen.session.question
    assert question
    assert question.form is Form.CHOOSE
    place = next(i for i, option in enumerate(question.options, 1) if option.right is right)
    await stage.press(str(place))
    return question


async def test_today_tells_the_drill_and_it_is_taken_and_sent(tmp_path: Path) -> None:
    team = casting(tmp_path, due="28 Nov")
    async with running(team.home, clock=team.clock) as stage:
        assert "“Red flags”, 4 questions, until Sat 28 Nov" in stage.text
        await stage.press("D")
        stage.on(OfferScreen)
        assert "Your first answer counts." in stage.text
        await stage.press("enter")
        for place in range(QUESTIONS):
            await answer(stage, right=place != 1)
            assert "Not right." in stage.text if place == 1 else "Right." in stage.text
            await stage.press("enter")
        stage.on(ResultScreen)
        assert "3 of 4 right, 75 %. Not passed: 80 % is the mark." in stage.text
        assert team.results == []
        shown = "".join(stage.text.split())
        await stage.press("y")
        stage.on(TodayScreen)
        assert "Your result is sent." in stage.text
        assert "“Red flags”" not in stage.text
    (sent,) = team.results
    assert (sent["right"], sent["of"]) == (3, 4)
    assert "".join(json.dumps(sent, separators=(",", ":")).split()) in shown


async def test_nothing_is_sent_on_escape(tmp_path: Path) -> None:
    team = casting(tmp_path)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("D", "enter")
        for _ in range(QUESTIONS):
            await stage.press("0", "enter")
        stage.on(ResultScreen)
        await stage.press("escape")
        assert "The result is not sent." in stage.text
    assert team.results == []
    assert len(team.anna.offers()) == 1


@pytest.mark.slow
async def test_what_would_help_is_not_there(tmp_path: Path) -> None:
    team = casting(tmp_path)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("D", "enter")
        screen = stage.on(DrillScreen)
        for asked in (True, False):
            before = (screen.session.question, screen.session.feedback, screen._face)
            await stage.press("h", "g", "u", "r", "w", "y", "b", "x", "e", "m")
            assert stage.on(DrillScreen) is screen
            assert (screen.session.question, screen.session.feedback, screen._face) == before
            if asked:
                await answer(stage, right=False)
        bar = " ".join(stage.bar)
        assert not [word for word in ("Undo", "Count as", "Guess", "Not today") if word in bar]


@pytest.mark.slow
async def test_it_is_left_and_gone_on_with_where_it_was(tmp_path: Path) -> None:
    team = casting(tmp_path, drawn=True)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("D", "enter")
        await answer(stage)
        await stage.press("enter")
        standing = stage.on(DrillScreen).session.question
        assert standing
        await stage.press("escape")
        assert "waits for you as it is" in stage.text
    async with running(team.home, clock=team.clock) as stage:
        assert "“Red flags”, under way" in stage.text
        await stage.press("D", "enter")
        again = stage.on(DrillScreen).session
        assert again.question
        assert (again.question.card.id, again.question.options) == (standing.card.id, standing.options)
        assert again.given == 1


@pytest.mark.slow
async def test_with_a_time_limit_answers_are_told_at_the_end_and_time_goes_on(tmp_path: Path) -> None:
    team = casting(tmp_path, time_limit=10)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("D", "enter")
        missed = await answer(stage, right=False)
        assert "Not right." not in stage.text
        await answer(stage)
        team.clock.forward(minutes=11)
        screen = stage.on(DrillScreen)
        screen._tick()
        await stage.settle()
        stage.on(ResultScreen)
        assert "The time is up. What was not answered counts as wrong." in stage.text
        assert "1 of 4 right, 25 %." in stage.text
        assert missed.subject[:30] in stage.text


@pytest.mark.slow
async def test_what_was_missed_before_a_kill_is_told_at_the_end_too(tmp_path: Path) -> None:
    team = casting(tmp_path, time_limit=60)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("D", "enter")
        missed = await answer(stage, right=False)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("D", "enter")
        for _ in range(QUESTIONS - 1):
            await answer(stage)
        stage.on(ResultScreen)
        assert missed.answer.split()[-1] in stage.text
        assert missed.subject[:30] in stage.text


@pytest.mark.slow
async def test_a_place_that_is_gone_stops_nothing(tmp_path: Path) -> None:
    team = casting(tmp_path)
    team.share.rename(tmp_path / "away")
    async with running(team.home, clock=team.clock) as stage:
        assert "“Red flags”, 4 questions" in stage.text
        await stage.press("D")
        stage.on(TodayScreen)
        assert "is not there, or can't be reached" in stage.text
        await stage.press("enter")
        stage.on(StudyScreen)


@pytest.mark.slow
async def test_who_is_in_no_team_sees_nothing_of_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    begun(home, "anna")
    async with running(home) as stage:
        assert "Team" not in stage.text
        await stage.press("D")
        stage.on(TodayScreen)
        await stage.press("2")
        assert "The drill of your team" not in stage.text


@pytest.mark.slow
async def test_under_progress_stands_how_the_team_does(tmp_path: Path) -> None:
    team = casting(tmp_path, due="28 Nov")
    for number in range(1, 6):
        line = encoded(result(team.drill, number, wrong=number % 3, alias=f"[b]Member {number}"))
        (team.share / "results" / f"{number}.jsonl").write_bytes(line)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("5")
        assert "T  Your team's drills" in stage.text
        await stage.press("T")
        stage.on(TeamScreen)
        assert "[b]Member 1" in stage.text
        assert "1 not started" in stage.text
        assert "Weakest questions" in stage.text
        await stage.press("P")
        assert "[b]Member 1" in (team.anna.own.folder / "report.html").read_text()
        await stage.press("escape")
        assert "T  Your team's drills" in stage.text


@pytest.mark.slow
@pytest.mark.parametrize("size", [(60, 20), (40, 12)])
async def test_a_small_window_will_do(tmp_path: Path, size: tuple[int, int]) -> None:
    team = casting(tmp_path)
    async with running(team.home, clock=team.clock, size=size) as stage:
        await stage.press("D", "enter")
        for _ in range(QUESTIONS):
            await answer(stage)
            await stage.press("enter")
        await stage.press("y")
    assert len(team.results) == 1


@pytest.mark.slow
async def test_a_pass_is_checked_five_days_later(tmp_path: Path) -> None:
    team = casting(tmp_path)
    async with running(team.home, clock=team.clock) as stage:
        await stage.press("D", "enter")
        for _ in range(QUESTIONS):
            await answer(stage)
            await stage.press("enter")
        await stage.press("y")
        assert "“Red flags”" not in stage.text
    team.clock.forward(days=5)
    async with running(team.home, clock=team.clock) as stage:
        assert "“Red flags”, check whether it stayed" in stage.text


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
