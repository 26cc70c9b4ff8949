"""The day of an interview: its steps, and what is told once its hour has passed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.learners import right, shipped, wrong
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.engine.interview_day import InterviewAhead
from trainer.errors import TrainerError
from trainer.home import Home
from trainer.study.session import Session
from trainer.study.steps import MINUTES, Step

ROLE, OTHER = "props", "assistant-stage-manager"
QUESTIONS = {"worrying-weapon", "list-beyond-budget", "list-to-stage", "borrowed-piece", "prop-you-made"}


@pytest.fixture
def engine(clock: FakeClock) -> Engine:
    found = Engine.open(Home(Path("/nowhere")), "r", saving=False, clock=clock, library=shipped())
    found.choose_roles([OTHER])
    return found


def prepared(engine: Engine) -> InterviewAhead:
    return engine.interview_ahead(engine.interviews()[0])


def steps(engine: Engine) -> dict[str, Step]:
    return {each.part: each for each in prepared(engine).steps}


def take(engine: Engine, clock: FakeClock, part: str, answers: int = 100, seconds: float = 25) -> list[str]:
    """Do a step, or the first answers of it; return what it asked."""
    choice = engine.step(engine.interviews()[0], steps(engine)[part])
    session = engine.session(choice)
    asked: list[str] = []
    while session and session.question and len(asked) < answers:
        asked.append(session.question.card.id)
        clock.forward(seconds=seconds)
        session.answer(right(session.question))
        if session.enough:
            break
        session.next()
    assert session
    engine.step_was_done(choice, session)
    return asked


def planned(session: Session) -> set[str]:
    assert session.question
    return {session.question.card.id, *(turn.card.id for turn in session._waiting.turns)}


def test_from_an_empty_record_forty_five_minutes_hold_five_steps(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "10:45")
    found = prepared(engine)
    assert [each.part for each in found.steps] == [*MINUTES]
    assert sum(each.room for each in found.steps) == 34
    assert not any(each.done for each in found.steps)
    told = {each.part: each.told for each in found.steps}
    assert told["words"] == f"{len(steps(engine)['words'].cards)} you'll hear"
    assert "what a strong answer shows" in told["questions"]
    assert found.readiness
    assert found.readiness.whole is None
    assert not found.at_best, "it would be taken for a promise"


def test_a_step_takes_the_minutes_that_its_session_says(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "11:45")
    for ahead in ("10:45", "10:20"):
        engine.move_interview(1, "today", ahead)
        for step in prepared(engine).steps[1:]:
            session = engine.session(engine.step(engine.interviews()[0], step))
            assert session
            assert (session.minutes_left, session.total) == (step.minutes, len(step.cards)), step


@pytest.mark.parametrize("seconds", [4, 15, 35])
def test_a_step_asks_what_it_says_and_is_done_then(engine: Engine, clock: FakeClock, seconds: float) -> None:
    engine.add_interview(ROLE, "today", "10:59")
    for part in ("words", "questions", "flags", "quiz"):
        said = steps(engine)[part].cards
        asked = take(engine, clock, part, seconds=seconds)
        assert set(asked) == set(said)
        decks = {"words": {"meanings", "synonyms"}, "quiz": {"levels", "answers"}}.get(part, {"answers"})
        assert {card.split("/")[1] for card in asked} <= decks
        assert steps(engine)[part].done


def test_at_best_counts_no_card_twice_and_none_of_other_levels(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "Fri", "12:00", level="senior", minutes=60)
    for _ in range(3):
        session = engine.session(SessionChoice())
        while session and session.question:
            clock.forward(seconds=10)
            session.answer(right(session.question))
            session.go_on()
            session.next()
        clock.forward(days=1)
    clock.at = clock.at.replace(hour=10)
    found = prepared(engine)
    asked = {card for each in found.steps for card in each.cards}
    met = {card for card in engine.progress.states if card.startswith(f"{ROLE}/")}
    assert found.readiness
    assert found.readiness.whole
    assert found.readiness.whole.likely <= found.at_best < found.readiness.cards == len(asked | met)


def test_at_best_is_never_below_what_is_known_and_a_done_step_tells_no_figures(
    engine: Engine, clock: FakeClock
) -> None:
    engine.add_interview(ROLE, "Fri", "12:00", minutes=60)
    for _ in range(3):
        session = engine.session(SessionChoice())
        while session and session.question and not session.enough:
            clock.forward(seconds=20)
            session.answer(right(session.question))
            session.next()
        clock.forward(days=1)
    clock.at = clock.at.replace(hour=10)
    for part in ("words", "questions", "flags", "quiz"):
        found = prepared(engine)
        assert found.readiness
        assert found.readiness.whole
        assert found.readiness.whole.most <= found.at_best
        take(engine, clock, part, seconds=35)
        assert steps(engine)[part].told == "done"
    assert prepared(engine).at_best == 0, "nothing is left that could raise it"


def test_a_step_that_was_left_goes_on_with_what_is_left(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "12:00")
    take(engine, clock, "questions", answers=4, seconds=45)
    begun = steps(engine)["questions"]
    assert not begun.done
    assert begun.minutes == MINUTES["questions"] - 3
    take(engine, clock, "questions", seconds=60)
    assert steps(engine)["questions"].done


def test_only_a_step_that_was_taken_is_done(engine: Engine, clock: FakeClock) -> None:
    """The day's own session ticks none, however much it asked."""
    engine.add_interview(ROLE, "today", "14:00", minutes=60)
    session = engine.session(SessionChoice())
    while session and session.question and not session.enough:
        clock.forward(seconds=30)
        session.answer(wrong(session.question))
        session.next()
    assert not [part for part, step in steps(engine).items() if step.done]
    assert {part: step.room for part, step in steps(engine).items()} == MINUTES, "all of it was missed"
    take(engine, clock, "words")
    engine.brief_was_read(ROLE)
    assert [part for part, step in steps(engine).items() if step.done] == ["brief", "words"]


def test_what_was_learned_in_the_days_session_makes_a_step_shorter(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "12:00")
    session = engine.session(SessionChoice("study", (f"{ROLE}/meanings",), new=6))
    while session and session.question:
        clock.forward(seconds=30)
        session.answer(right(session.question))
        session.next()
    assert (steps(engine)["words"].minutes, steps(engine)["words"].done) == (MINUTES["words"] - 3, False)
    engine.move_interview(1, "tomorrow")
    clock.forward(days=1)
    assert steps(engine)["words"].minutes == MINUTES["words"]


def test_a_step_with_nothing_to_ask_is_done(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "12:00")
    for id_ in engine.library.cards:
        if id_.startswith((f"{ROLE}/meanings", f"{ROLE}/synonyms")):
            engine.put_away(id_)
    assert (steps(engine)["words"].done, steps(engine)["words"].told) == (True, "nothing to ask")


def test_a_short_time_is_shared_among_what_is_left(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "10:18")
    found = prepared(engine).steps
    assert 10 <= sum(each.minutes for each in found) <= 18
    clock.forward(minutes=16)
    assert {each.minutes for each in prepared(engine).steps} == {1}


def test_the_brief_is_done_once_it_was_opened_on_that_day(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "tomorrow", "10:30")
    engine.brief_was_read(ROLE)
    assert prepared(engine).steps == ()
    clock.forward(days=1)
    assert not steps(engine)["brief"].done
    engine.brief_was_read(OTHER)
    assert not steps(engine)["brief"].done
    engine.brief_was_read(ROLE)
    assert steps(engine)["brief"].done


def test_only_questions_of_the_level_are_in_its_steps(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "12:00", level="junior")
    asked = {card.split("/")[2].partition(".")[0] for card in steps(engine)["questions"].cards}
    assert asked == {"prop-you-made"}
    assert engine.interviews()[0].questions == 1
    assert prepared(engine).level == "Junior"


def test_a_level_without_questions_is_told_and_prepared_for_by_the_rest(
    engine: Engine, clock: FakeClock
) -> None:
    library = shipped()
    sheet = library.sheets[ROLE]
    without = replace(sheet, questions=[each for each in sheet.questions if each.level != "junior"])
    engine.use(type(library)({**library.sheets, ROLE: without}))
    (note,) = engine.add_interview(ROLE, "today", "12:00", level="junior")
    assert "No interview question of" in note
    assert engine.interviews()[0].questions == 0
    assert [*steps(engine)] == ["brief", "words", "flags", "quiz"]
    assert take(engine, clock, "quiz")


def test_questions_count_as_met_by_all_their_points(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "Fri", "14:00")
    assert (engine.interviews()[0].questions, engine.interviews()[0].questions_met) == (len(QUESTIONS), 0)
    session = engine.session(SessionChoice("study", (f"{ROLE}/answers",), new=6))
    while session and session.question:
        session.answer(right(session.question))
        session.next()
    assert engine.interviews()[0].questions_met == 1


def test_one_whose_sheet_is_gone_has_no_steps(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "12:00")
    library = shipped()
    engine.use(type(library)({id_: each for id_, each in library.sheets.items() if id_ != ROLE}))
    found = prepared(engine)
    assert found.entry.gone
    assert (found.steps, found.readiness) == ((), None)
    clock.forward(hours=5)
    assert engine.held() is None


def test_after_its_hour_it_is_asked_once_how_it_went(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "10:30", level="mid")
    assert engine.held() is None
    clock.forward(hours=1)
    held = engine.held()
    assert held
    assert prepared(engine).steps == ()
    found = engine.questions_of(held)
    assert [each.id for each in found][:2] == ["list-to-stage", "borrowed-piece"]
    assert {each.id for each in found} == QUESTIONS
    assert [each.level for each in found] == ["", "", "Senior", "Senior", "Junior"], "those for others say so"
    clock.forward(days=2)
    assert engine.held() == held
    engine.tell_interview(held, ["list-to-stage"], ["borrowed-piece"])
    assert engine.held() is None
    kept = engine.progress.interviews[held.id]
    assert (kept.asked, kept.hard) == (("borrowed-piece", "list-to-stage"), ("borrowed-piece",))


def test_of_a_role_without_questions_nothing_is_asked_after(engine: Engine, clock: FakeClock) -> None:
    library = shipped()
    sheet = library.sheets[ROLE]
    bare = [
        replace(each, points=[replace(point, shows=None) for point in each.points])
        for each in sheet.questions
    ]
    for questions, asked in (([], False), (bare, True)):
        engine.use(type(library)({**library.sheets, ROLE: replace(sheet, questions=questions)}))
        engine.add_interview(ROLE, "tomorrow", "10:30")
        assert engine.interviews()[-1].questions == len(questions)
        clock.forward(days=2)
        assert bool(engine.held()) == asked


def test_it_can_be_left_untold_and_is_forgotten_after_a_week(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "10:30")
    engine.add_interview(OTHER, "today", "10:45")
    clock.forward(hours=1)
    first = engine.held()
    assert first
    assert first.role == ROLE
    engine.tell_interview(first, [])
    second = engine.held()
    assert second
    assert second.role == OTHER
    clock.forward(days=8)
    assert engine.held() is None


def test_what_was_hard_is_asked_first_until_it_was_answered_on_a_later_day(
    engine: Engine, clock: FakeClock
) -> None:
    engine.add_interview(ROLE, "today", "10:30")
    met = take(engine, clock, "questions", answers=3, seconds=1)
    assert met
    clock.forward(hours=1)
    held = engine.held()
    assert held
    hard = met[0].split("/")[2].partition(".")[0]
    engine.tell_interview(held, [], [hard])
    clock.forward(days=1)
    before = engine.standing()
    session = engine.session(SessionChoice())
    assert session
    assert (session.total, session.minutes_left) == (before.waiting, before.overview.minutes)
    asked: list[str] = []
    while session.question and not session.enough:
        asked.append(session.question.card.id)
        clock.forward(seconds=15)
        session.answer(right(session.question))
        session.next()
    of_hard = [card for card in asked if card.startswith(f"{ROLE}/answers/{hard}")]
    assert set(of_hard) >= {card for card in met if card.startswith(f"{ROLE}/answers/{hard}")}
    assert asked[0] in of_hard
    assert len(of_hard) > 1, "those that were not met yet are met"
    clock.forward(days=1)
    later = engine.session(SessionChoice())
    assert later
    assert not set(of_hard) & planned(later)


def test_what_was_hard_of_a_paused_role_waits(engine: Engine, clock: FakeClock) -> None:
    engine.choose_roles([OTHER, ROLE])
    engine.add_interview(ROLE, "today", "10:30")
    clock.forward(hours=1)
    held = engine.held()
    assert held
    engine.tell_interview(held, [], ["list-to-stage"])
    assert engine.overview().new
    engine.pause_roles([ROLE])
    session = engine.session(SessionChoice())
    assert session
    assert not [card for card in planned(session) if card.startswith(ROLE)]


def test_an_hour_that_the_clocks_skip_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with local_time(monkeypatch, "Europe/London"):
        clock = FakeClock(datetime(2026, 3, 20, 10, tzinfo=UTC).astimezone())
        engine = Engine.open(Home(Path("/nowhere")), "r", saving=False, clock=clock, library=shipped())
        with pytest.raises(TrainerError, match=r"There is no 01:30 on Sun 29 Mar 2026: the clocks"):
            engine.add_interview(ROLE, "2026-03-29", "01:30")
        engine.add_interview(ROLE, "2026-03-29", "14:00")
        assert engine.interviews()[0].when.isoformat() == "2026-03-29T14:00:00+01:00"


def test_no_minutes_at_all_are_refused(engine: Engine) -> None:
    with pytest.raises(TrainerError, match="0 minutes a day can't be"):
        engine.add_interview(ROLE, "tomorrow", minutes=0)
    engine.add_interview(ROLE, "tomorrow")
    with pytest.raises(TrainerError, match="1441 minutes a day can't be"):
        engine.move_interview(1, "Fri", minutes=1441)
    engine.move_interview(1, "Fri", minutes=25)
    assert (engine.interviews()[0].minutes, engine.interviews()[0].days) == (25, 3)


def test_one_that_is_put_off_after_its_hour_is_asked_of_again(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "10:30")
    clock.forward(hours=1)
    assert engine.held()
    engine.move_interview(1, "tomorrow")
    assert engine.held() is None


@contextmanager
def local_time(monkeypatch: pytest.MonkeyPatch, zone: str) -> Iterator[None]:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_wrong_answers_of_a_step_are_asked_again_in_it(engine: Engine, clock: FakeClock) -> None:
    engine.add_interview(ROLE, "today", "12:00")
    session = engine.session(engine.step(engine.interviews()[0], steps(engine)["words"]))
    assert session
    assert session.question
    missed = session.question.card.id
    session.answer(wrong(session.question))
    session.next()
    assert missed in planned(session)


@pytest.mark.parametrize("ahead", [False, True])
def test_what_was_hard_and_never_met_comes_before_what_is_due(
    engine: Engine, clock: FakeClock, ahead: bool
) -> None:
    met = engine.begun(SessionChoice("study", (f"{OTHER}/meanings",), new=12))
    while met.question:
        clock.forward(seconds=2)
        met.answer(wrong(met.question))
        met.next()
    engine.add_interview(ROLE, "today", "12:00")
    clock.forward(hours=3)
    held = engine.held()
    assert held
    engine.tell_interview(held, [], ["list-to-stage"])
    if ahead:
        engine.add_interview(OTHER, "Fri", "12:00")
    clock.forward(days=1)
    said = engine.standing()
    session = engine.session(SessionChoice())
    assert session
    assert session.question
    assert (session.total, session.minutes_left) == (said.waiting, said.overview.minutes)
    order = [session.question.card.id, *(turn.card.id for turn in session._waiting.turns)]
    places = [place for place, card in enumerate(order) if card.startswith(f"{ROLE}/answers/list-to-stage")]
    assert places[:4] == [0, 5, 10, 15], "as near as siblings may stand"
    assert len(places) == 6
    assert places[-1] <= 25
    assert said.overview.new >= len(places)
