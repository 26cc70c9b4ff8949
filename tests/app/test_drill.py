"""A drill in the app: from Today's line to a result that is sent only on yes."""

import json
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.stage import running
from tests.app.teams import QUESTIONS, answer, casting
from tests.learners import begun
from tests.sharing.drills import result
from trainer.app.drill.offer_screen import OfferScreen
from trainer.app.drill.result_screen import ResultScreen
from trainer.app.places.screen import ListScreen
from trainer.app.study.drill_screen import DrillScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.team.screen import TeamScreen
from trainer.app.today.screen import TodayScreen
from trainer.home import Home
from trainer.sharing.lines import encoded


@pytest.mark.slow
async def test_today_tells_the_drill_and_it_is_taken_and_sent(tmp_path: Path) -> None:
    team = casting(tmp_path, due="28 Nov")
    async with running(team.home, clock=team.clock) as stage:
        assert "by Sat 28 Nov  “Red flags”   4 questions" in stage.text
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


@pytest.mark.slow
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
        (offer,) = team.anna.offers()
        await stage.press("2")
        await stage.click("Results of drills that you have not sent")
        assert "".join(offer.line.decode().split()) in "".join(stage.text.split())
        await stage.press("escape")
        stage.on(ListScreen)
        await stage.click("Results of drills that you have not sent")
        await stage.press("y")
        assert "Your result is sent." in stage.text
        await stage.press("2")
        assert "Results of drills" not in stage.text
    assert len(team.results) == 1


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
        assert "under way  “Red flags”   1 of 4 answered" in stage.text
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
        assert "“Red flags”   4 questions" in stage.text
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
        assert "did it stay? by Tue 1 Dec  “Red flags”" in stage.text


async def test_what_waits_is_sent_once_the_folder_is_back(tmp_path: Path) -> None:
    team = casting(tmp_path)
    away = team.share.with_name("away")
    own = team.anna.member
    line = encoded(replace(result(team.drill, 1), member=own.member, alias=own.alias))
    team.share.rename(away)
    team.anna.agree(line, team.anna.readers)
    assert "waits here" in team.anna.send().problem
    away.rename(team.share)
    team.clock.forward(minutes=5)
    async with running(team.home, clock=team.clock):
        for thread in threading.enumerate():
            if thread.name == "team's drills":
                thread.join()
    assert len(team.results) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("key", "value"), [("place", "/shares/te\0am"), ("member", "../../zz/x")])
async def test_a_damaged_membership_is_told_and_the_app_goes_on(tmp_path: Path, key: str, value: str) -> None:
    team = casting(tmp_path)
    file = team.anna.own.folder / "member.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {key: value}))
    async with running(team.home, clock=team.clock) as stage:
        for keys in (("D",), ("5", "T")):
            await stage.press(*keys)
            assert "member.json is damaged" in " ".join(stage.text.split())
            await stage.press("1")
            stage.on(TodayScreen)
