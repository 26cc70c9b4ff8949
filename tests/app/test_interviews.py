"""Interviews in the app: added, moved and removed; Today, the day's steps, and what is told after."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Button, TextArea

from tests.app.stage import Stage, running
from tests.clocks import FakeClock
from tests.learners import begun, right, shipped
from trainer.app.editing.screen import EditScreen
from trainer.app.interview.brief_screen import BriefScreen
from trainer.app.interview.held_screen import HeldScreen
from trainer.app.interview.interview_screen import InterviewScreen
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.places.screen import ListScreen
from trainer.app.study.screen import StudyScreen
from trainer.app.study.summary_screen import SummaryScreen
from trainer.app.today.screen import TodayScreen
from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.home import Home
from trainer.memory.learner import FAR
from trainer.progress.progress import Progress
from trainer.study import forecast
from trainer.study.plan import Planner
from trainer.study.toward import Target

SIZES = [(40, 12), (60, 20), (80, 24), (140, 45)]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    home = Home(tmp_path)
    begun(home, "anna")
    with Engine.open(home, "anna", clock=FakeClock(), library=shipped()) as engine:
        engine.choose_roles(["props", "stage-manager"])
    return home


def told(stage: Stage) -> str:
    return "\n".join(str(note.message) for note in stage.app._notifications)


async def fill(stage: Stage, *values: str) -> None:
    """Type into the fields of the form, one after the other; an empty one stays. Then save."""
    stage.on(EditScreen)
    for value in values:
        await stage.write(value)
        await stage.press("enter")
    await stage.press("ctrl+s")


@pytest.mark.slow
async def test_one_is_added_by_role_level_and_hour(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        await stage.press("4")
        assert "Your interviews" not in stage.text
        await stage.press("A")
        stage.on(PickScreen)
        await stage.press("1")
        assert "for which level?" in stage.on(PickScreen)._question
        await stage.press("4")
        await fill(stage, "Fri", "2 pm", "25")
        stage.on(ListScreen)
        assert "Fri 14:00  Props Supervisor, senior" in stage.text
        assert "25 minutes a day" in stage.text
        await stage.press("1")
        assert "Fri 14:00  Props Supervisor   0 of 2 questions met" in stage.text
        assert "Start" in stage.text
        assert "25 minutes" in stage.text
        await stage.press("v")
        stage.on(BriefScreen)
        assert "Senior (you hire for this)" in stage.text


async def test_what_is_offered_can_be_taken_as_it_is(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        await stage.press("A", "enter", "enter", "enter", "enter", "enter")
        assert isinstance(stage.app.focused, Button)
        await stage.press("enter")
        stage.on(ListScreen)
        assert "Wed 09:00  Props Supervisor" in stage.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "why"),
    [
        (("2020-01-01",), "is over"),
        (("today", "9 am"), "09:00 has passed on that day"),
        (("3/12",), "is no date that is sure"),
        (("Fri", "25:00"), "is no hour"),
        (("Fri", "14:00", "0"), "from 1 to 1440"),
        (("Fri", "14:00", "ten"), "from 1 to 1440"),
        (("Tue",), 'write "today"'),
        ((" ",), "Write the date"),
    ],
)
async def test_what_cannot_be_is_told_and_what_was_typed_stays(
    home: Home, clock: FakeClock, values: tuple[str, ...], why: str
) -> None:
    async with running(home, clock=clock) as stage:
        await stage.press("A", "1", "1")
        await fill(stage, *values)
        assert why in str(stage.on(EditScreen).problem.render())
        assert stage.engine.interviews() == []
        await stage.press("escape")
        stage.on(ConfirmScreen)
        await stage.press("2")
        stage.on(TodayScreen)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("3/12",), 0),
        (("2020-01-01",), 0),
        (("2099-01-01",), 0),
        (("Fri", "25:00"), 1),
        (("today", "9 am"), 1),
        (("Fri", "14:00", "0"), 2),
    ],
)
async def test_the_cursor_goes_to_what_cannot_be(
    home: Home, clock: FakeClock, values: tuple[str, ...], field: int
) -> None:
    async with running(home, clock=clock) as stage:
        await stage.press("A", "1", "1")
        await fill(stage, *values)
        boxes = stage.on(EditScreen).query(TextArea)
        assert [box.has_focus for box in boxes] == [place == field for place in range(len(boxes))]


@pytest.mark.slow
async def test_two_at_one_hour_are_told_and_the_same_one_twice_is_refused(
    home: Home, clock: FakeClock
) -> None:
    async with running(home, clock=clock) as stage:
        stage.engine.add_interview("stage-manager", "Fri", "14:00")
        await stage.press("A", "1", "1")
        await fill(stage, "Fri", "14:00")
        assert "At that hour you have another one: Stage Manager." in told(stage)
        await stage.press("A", "1", "1")
        await fill(stage, "Fri", "14:00")
        assert "in your list already" in str(stage.on(EditScreen).problem.render())


@pytest.mark.slow
async def test_one_is_moved_and_removed(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        stage.engine.add_interview("props", "Fri", "14:00")
        await stage.press("4")
        await stage.click("Fri 14:00")
        stage.on(InterviewScreen)
        assert "in 3 days" in stage.text
        assert "You have met 0 of its 5 questions." in stage.text
        await stage.press("m")
        await fill(stage, "Sat", "09:30", "20")
        stage.on(InterviewScreen)
        assert "Saturday 28 November 09:30" in stage.text
        assert "20 minutes a day until then" in stage.text
        await stage.press("d")
        stage.on(ConfirmScreen)
        await stage.press("enter")
        stage.on(InterviewScreen)
        await stage.press("d", "2")
        stage.on(ListScreen)
        assert "Your interviews" not in stage.text
        assert stage.engine.interviews() == []


@pytest.mark.slow
async def test_today_starts_towards_it_from_its_page(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        stage.engine.add_interview("props", "Fri", "14:00")
        waiting = stage.engine.overview().new
        await stage.press("4")
        await stage.click("Fri 14:00")
        assert f"Start: {waiting} cards towards it" in stage.text
        await stage.press("enter")
        session = stage.on(StudyScreen).session
        assert session.total == waiting
        await stage.press("0")
        assert "Comes back" in stage.text


@pytest.mark.slow
async def test_its_page_tells_what_the_minutes_come_to(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        stage.engine.add_interview("props", "Thu", "14:00", minutes=5)
        forecast = stage.engine.preparation(1)
        assert forecast
        await stage.press("4")
        await stage.click("Thu 14:00")
        words = " ".join(stage.text.split())
        assert f"at best {forecast.at_best} of {forecast.cards} cards" in words
        assert f"– A long session on the eve, {forecast.eve_minutes} minutes" in words
        assert "Counted for" not in words
        stage.engine.add_interview("props", "Fri", "10:00", level="senior")
        await stage.press("escape")
        ready = stage.engine.readiness("props", "senior")
        assert "Props Supervisor / Props Master, senior" in stage.text
        await stage.click("Fri 10:00")
        words = " ".join(stage.text.split())
        assert "shared with 1 other interview, you would know at best" in words
        assert f"none of its {ready.cards} cards for Senior" in words
        assert f"of the {ready.cards} cards for Senior" in words
        assert "Counted for Senior: all of the role but the interview questions for other levels." in words
        stage.engine.move_interview(1, "today", "12:00")
        await stage.press("escape")
        await stage.click("Today 12:00")
        assert "eve" not in stage.text


@pytest.mark.slow
async def test_one_that_a_wrong_clock_put_far_ahead_makes_nobody_wait_and_is_told_with_its_year(
    home: Home, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = FakeClock(clock.at + timedelta(days=20_000))
    with Engine.open(home, "anna", clock=ahead, library=shipped()) as engine:
        engine.add_interview("props", "tomorrow")
    days: list[int] = []
    real = forecast.course_of

    def course_of(planner: Planner, targets: Sequence[Target], place: int = 0) -> forecast.Course:
        days.extend(target.days for target in targets)
        return real(planner, targets, place)

    monkeypatch.setattr(forecast, "course_of", course_of)
    async with running(home, clock=clock) as stage:
        await stage.press("4")
        assert " 2081 09:00" in stage.text
        await stage.click(" 2081 ")
        stage.on(InterviewScreen)
        assert "2081 09:00" in stage.text
    assert 0 < max(days) <= FAR.days


@pytest.mark.slow
async def test_an_event_has_one_row_and_none_without_an_interview(home: Home, clock: FakeClock) -> None:
    for size in SIZES:
        async with running(home, size=size, clock=clock) as stage:
            assert "Interview" not in stage.text
            before = stage.text
            stage.engine.add_interview("props", "Fri", "14:00")
            stage.engine.add_interview("stage-manager", "Sat", "14:00")
            await stage.press("2", "1")
            assert stage.text.count("Interview") == 1
            assert "Sat 14:00" not in stage.text
            for entry in reversed(stage.engine.interviews()):
                stage.engine.end_interview(entry.number)
            await stage.press("2", "1")
            assert stage.text == before


@pytest.mark.slow
async def test_one_in_forty_five_minutes_from_an_empty_record(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        await stage.press("A", "1", "1")
        await fill(stage, "today", "10:45")
        stage.on(InterviewScreen)
        assert "about 33 minutes" in stage.text
        assert "You have met none of its 76 cards yet." in " ".join(stage.text.split())
        assert "At best" not in stage.text
        await stage.press("enter")
        stage.on(BriefScreen)
        await stage.press("escape")
        assert stage.text.count("✓") == 1
        assert "about 27 minutes" in stage.text
        for done in range(2, 6):
            await stage.press("enter")
            session = stage.on(StudyScreen).session
            while session.question and not session.enough:
                clock.forward(seconds=35)
                session.answer(right(session.question))
                if not session.enough:
                    session.next()
            await stage.press("escape")
            stage.on(SummaryScreen)
            assert "Back to the steps" in stage.text
            assert "Enter Steps" in stage.bar
            await stage.press("question_mark")
            assert "Back to Today" not in stage.text
            assert stage.text.count("Back to the steps") >= 2
            await stage.press("escape", "escape")
            stage.on(InterviewScreen)
            assert stage.text.count("✓") == done
        assert "all steps are done" in stage.text
        assert stage.on(InterviewScreen).page.cursor == "step.brief"
        await stage.press("escape")
        assert "Today 10:45  Props Supervisor" in stage.text


@pytest.mark.slow
async def test_a_killed_step_goes_on_where_it_was(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        stage.engine.add_interview("props", "today", "12:00")
        await stage.press("z")
        await stage.click("Words")
        session = stage.on(StudyScreen).session
        clock.forward(minutes=2)
        assert session.question
        session.answer(right(session.question))
    async with running(home, clock=clock) as stage:
        await stage.press("z")
        line = next(line for line in stage.text.splitlines() if "Words" in line)
        assert "3 min" in line


@pytest.mark.slow
async def test_after_its_hour_the_questions_are_ticked_once(home: Home, clock: FakeClock) -> None:
    with Engine.open(home, "anna", clock=clock, library=shipped()) as engine:
        engine.add_interview("props", "today", "10:30", level="mid")
    clock.forward(hours=2)
    async with running(home, clock=clock) as stage:
        assert "Tue 10:30  Props Supervisor   how did it go?" in stage.text
        await stage.press("z")
        stage.on(HeldScreen)
        assert "Enter Not now" in stage.bar
        await stage.press("question_mark")
        assert "Keep it" not in stage.text
        await stage.press("escape", "1", "2", "2")
        assert "✓ asked" in stage.text
        assert "! hard" in stage.text
        await stage.press("3", "3", "3", "enter")
        stage.on(TodayScreen)
        assert "how did it go?" not in stage.text
        kept = next(iter(stage.engine.progress.interviews.values()))
        assert (kept.asked, kept.hard) == (("borrowed-piece", "list-to-stage"), ("borrowed-piece",))
    async with running(home, clock=clock) as stage:
        assert "how did it go?" not in stage.text


@pytest.mark.slow
async def test_it_can_be_put_off_or_left_untold(home: Home, clock: FakeClock) -> None:
    with Engine.open(home, "anna", clock=clock, library=shipped()) as engine:
        engine.add_interview("props", "today", "10:30")
    clock.forward(hours=2)
    async with running(home, clock=clock) as stage:
        await stage.press("z", "escape")
        assert "how did it go?" in stage.text
        await stage.press("z", "enter")
        assert "how did it go?" in stage.text
        await stage.press("4")
        assert stage.text.count("10:30") == 1, "it stands there once, though its day is not over"
        await stage.click("how did it go?")
        stage.on(HeldScreen)
        await stage.press("1", "0")
        assert "how did it go?" not in stage.text
        assert not next(iter(stage.engine.progress.interviews.values())).asked


@pytest.mark.slow
async def test_where_it_cannot_be_kept_that_is_told(
    home: Home, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise NotSavedError("Not saved: the disk is full.")

    with Engine.open(home, "anna", clock=clock, library=shipped()) as engine:
        engine.add_interview("props", "today", "10:30")
    clock.forward(hours=2)
    monkeypatch.setattr(Progress, "keep_interview", fail)
    async with running(home, clock=clock) as stage:
        await stage.press("z", "1", "enter")
        stage.on(HeldScreen)
        assert "the disk is full" in told(stage)
        await stage.press("escape", "A", "1", "1")
        await fill(stage, "Fri")
        assert "the disk is full" in str(stage.on(EditScreen).problem.render())


@pytest.mark.slow
async def test_one_whose_sheet_is_gone_is_told_and_can_be_removed(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        stage.engine.add_interview("props", "today", "12:00")
        library = shipped()
        stage.engine.use(type(library)({id_: each for id_, each in library.sheets.items() if id_ != "props"}))
        await stage.press("4")
        assert "its sheet is gone" in stage.text
        await stage.click("Today 12:00")
        assert "Its sheet is gone, so nothing is planned for it." in stage.text
        await stage.press("v", "p")
        stage.on(InterviewScreen)
        await stage.press("d", "2")
        assert stage.engine.interviews() == []


@pytest.mark.slow
async def test_its_hour_may_pass_while_its_page_stands(home: Home, clock: FakeClock) -> None:
    async with running(home, clock=clock) as stage:
        stage.engine.add_interview("props", "today", "10:45")
        await stage.press("z")
        clock.forward(hours=1)
        await stage.press("v", "escape")
        assert "its hour has passed" in stage.text
        clock.forward(days=1)
        await stage.press("v", "escape")
        stage.on(TodayScreen)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_every_page_of_it_can_be_read_in_any_window(
    home: Home, clock: FakeClock, size: tuple[int, int]
) -> None:
    async with running(home, size=size, clock=clock) as stage:
        stage.engine.add_interview("props", "today", "10:45", level="senior")
        clock.at -= timedelta(seconds=1)
        await stage.press("z")
        for page in (InterviewScreen, HeldScreen):
            stage.on(page)
            width = stage.app.screen.query_one("RowList").size.width
            assert max(map(len, stage.text.splitlines())) <= width
            clock.forward(hours=1)
            await stage.press("escape", "z")
