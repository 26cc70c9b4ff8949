"""When an attempt is over: with its last answer or its time, however late that is seen."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.learners import right, wrong
from tests.sharing.casting import Casting, Recruiter
from trainer.engine.drills import begin, to_take
from trainer.sharing.lines import Result, decoded, encoded
from trainer.sharing.results import Stage
from trainer.study.feedback import comes_back

LIMIT = 15


@pytest.fixture
def team(tmp_path: Path) -> Casting:
    return Casting(tmp_path, time_limit=LIMIT, due="24 Nov")


def said(line: bytes) -> Result:
    found = decoded(line.rstrip())
    assert isinstance(found, Result)
    return found


def left_and_seen(who: Recruiter, answers: int, later: timedelta) -> bytes:
    """Give so many right answers of three, and see much later that it is over."""
    with who.trainer() as engine:
        run = begin(engine, who.team, to_take(who.team, "red-flags"))
        for number in range(answers):
            assert run.session.question
            who.clock.forward(seconds=20)
            run.session.answer(right(run.session.question))
            if number < answers - 1:
                run.session.next()
    who.clock.forward(seconds=later.total_seconds())
    with who.trainer() as engine:
        run = begin(engine, who.team, to_take(who.team, "red-flags"))
        assert run.session.question is None
        run.finish()
        return run.result()


@pytest.mark.slow
def test_an_attempt_that_was_left_is_over_when_its_time_is(team: Casting) -> None:
    """It was gone on with two days later, after the day on which it was due."""
    line = left_and_seen(team.anna, 2, timedelta(days=2))
    assert said(line).at - said(line).started == timedelta(minutes=LIMIT)
    team.anna.send(line)
    assert team.row("Anna") == ("failed", 66)
    assert team.told() == ""


def test_feedback_is_read_for_as_long_as_anybody_likes(team: Casting) -> None:
    """The last answer ends it, for the limit, for the day on which it was due, and for the check."""
    line = left_and_seen(team.anna, 3, timedelta(days=2))
    assert said(line).at - said(line).started < timedelta(minutes=2)
    team.anna.send(line)
    (drill,) = team.lead.team.report().drills
    (reached,) = (row.reached for row in drill.rows if row.person.alias == "Anna")
    assert (reached.state.value, reached.best, reached.late) == ("passed", 100, False)
    assert reached.check_on == date(2026, 11, 29)
    standing = team.anna.team.standing(team.drill)
    assert (standing.stage, standing.check_on) == (Stage.CHECK_LATER, date(2026, 11, 29))
    assert team.told() == ""


@pytest.mark.slow
def test_a_clock_that_is_put_right_meanwhile_leaves_an_end_behind_the_beginning(team: Casting) -> None:
    with team.anna.trainer() as engine:
        team.anna.answer(engine, 1, rightly=True)
        team.clock.forward(minutes=-40)  # it was wrong when it began
        line = team.anna.answer(engine, 2, rightly=True).result()
    assert said(line).clock is True
    assert said(line).started <= said(line).at
    team.anna.send(line)
    team.clock.forward(hours=1)
    assert team.row("Anna") == ("passed", 100)


def late(line: bytes, by: timedelta) -> bytes:
    return encoded(replace(said(line), at=said(line).at + by))


@pytest.mark.slow
@pytest.mark.parametrize("arrived", [True, False])
def test_a_result_that_was_dated_late_is_offered_again_with_its_right_date(
    team: Casting, arrived: bool
) -> None:
    anna, line = team.anna, left_and_seen(team.anna, 3, timedelta(days=2))
    if arrived:
        anna.send(late(line, timedelta(minutes=30)))
        assert "took longer than its time limit. It is not counted" in team.told()
    else:
        anna.team.agree(late(line, timedelta(minutes=30)), anna.team.readers)
    assert anna.team.has_offers
    (offer,) = anna.team.offers()
    assert offer.line == line
    anna.send(offer.line)
    assert anna.team.offers() == []
    assert team.row("Anna") == ("passed", 100)
    assert team.told() == ""
    there = anna.file.read_bytes().splitlines(keepends=True)
    assert [each for each in there if b'"result"' in each] == [line]
    assert anna.team.waiting == []


@pytest.mark.slow
def test_what_was_sent_stays_so_where_its_drill_is_gone(team: Casting) -> None:
    line = left_and_seen(team.anna, 3, timedelta(days=2))
    team.anna.send(late(line, timedelta(minutes=30)))
    (copy,) = team.anna.log(team.drill).parent.glob("*.drill.toml")
    copy.unlink()
    assert team.anna.team.offers() == []


@pytest.mark.slow
def test_what_was_answered_just_in_time_is_offered_once(team: Casting) -> None:
    line = left_and_seen(team.anna, 3, timedelta())
    team.anna.send(late(line, timedelta(minutes=2)))
    assert not team.anna.team.has_offers
    assert team.row("Anna") == ("passed", 100)


@pytest.mark.slow
def test_a_drill_without_a_limit_is_offered_once(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    line = left_and_seen(team.anna, 3, timedelta())
    team.anna.send(late(line, timedelta(hours=2)))
    assert not team.anna.team.has_offers


@pytest.mark.slow
def test_a_check_goes_with_the_pass_that_grew_too_old(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    team.anna.take(team.drill)
    team.clock.forward(days=330)
    team.anna.take(team.drill)
    team.clock.forward(days=37)
    assert team.told() == ""
    assert team.anna.team.send().problem == ""
    assert b'"result"' not in team.anna.file.read_bytes()
    assert team.told() == ""


@pytest.mark.slow
def test_nothing_is_removed_on_the_word_of_a_clock_that_leaps(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    team.anna.take(team.drill)
    team.clock.forward(days=400)  # it is wrong, or Anna was away
    team.anna.take(team.drill)  # the delayed check
    assert team.anna.file.read_bytes().count(b'"result"') == 2
    assert len(team.anna.team.own.agreed()) == 3
    team.clock.forward(days=2)  # it goes on from there, so that it is believed
    assert team.anna.team.send().problem == ""
    assert b'"result"' not in team.anna.file.read_bytes()


@pytest.mark.slow
def test_who_asks_for_it_removes_what_is_old_by_the_clock(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    team.anna.take(team.drill)
    team.clock.forward(days=400)
    assert team.anna.team.prune() == (1, [])


def test_of_a_drill_comes_back_what_is_learned(tmp_path: Path) -> None:
    team = Casting(tmp_path)
    told = {}
    with team.anna.trainer() as engine:
        engine.choose_roles(["props"])
        run = begin(engine, team.anna.team, to_take(team.anna.team))
        while question := run.session.question:
            told[question.card.id in engine.own_cards()] = comes_back(run.session.answer(wrong(question)))
            run.session.next()
    assert told == {False: "Its role is not asked now, so it does not come back by itself."}
    with team.ben.trainer() as engine:
        run = begin(engine, team.ben.team, to_take(team.ben.team))
        assert run.session.question
        assert comes_back(run.session.answer(right(run.session.question))).startswith("Comes back in ")
