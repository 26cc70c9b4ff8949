"""What would be known at an hour, if the plan towards it is kept."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clocks import FakeClock
from tests.learners import shipped
from tests.study.test_interviews import ROLE, asked, new_engine
from trainer.cards.outline import Outline
from trainer.engine.choice import SessionChoice
from trainer.memory.model import Memory, retrievability
from trainer.memory.worth import Cost
from trainer.study.forecast import (
    MOST_MINUTES,
    Course,
    Group,
    Hour,
    Part,
    course_of,
    known_by,
    merged,
    minutes_for,
)
from trainer.study.plan import Planner
from trainer.study.toward import Target

NEW, REVIEW = Cost(30, 60), Cost(20, 45)


def course(unmet: int = 80, days: int = 7, groups: tuple[Group, ...] = (), spent: float = 0) -> Course:
    hour, cards = Hour(days, days + 0.2), unmet + sum(round(each.cards) for each in groups)
    part = Part(groups, unmet, [hour], counted=True, new=NEW, review=REVIEW)
    return Course([part], hour, cards, 0.5, spent)


groups = st.lists(
    st.builds(
        Group,
        cards=st.integers(1, 30),
        memory=st.builds(Memory, st.floats(0.2, 60), st.floats(1, 10)),
        reps=st.integers(1, 12),
        last=st.integers(-20, 0).map(float),
    ),
    max_size=6,
).map(tuple)
courses = st.builds(course, st.integers(0, 200), st.integers(1, 20), groups, st.floats(0, 3000))


@given(courses, st.floats(0, 120))
def test_it_is_never_more_than_there_is(found: Course, minutes: float) -> None:
    known = known_by(found, minutes)
    assert 0 <= known <= found.cards + 1e-6


@given(courses)
def test_minutes_for_it_are_enough_and_a_quarter_fewer_are_not(found: Course) -> None:
    wanted = 0.9 * found.cards
    minutes = minutes_for(found)
    if minutes is None:
        assert known_by(found, MOST_MINUTES) < wanted
    else:
        assert known_by(found, minutes) >= wanted * 0.98
        assert minutes == 1 or known_by(found, (minutes - 1) * 0.75) <= wanted * 1.02


def test_without_minutes_what_was_met_fades() -> None:
    group = Group(10, Memory(3.0, 5.0), 2, -1.0)
    assert known_by(course(groups=(group,)), 0) == pytest.approx(10 * retrievability(3.0, 8.2))


def test_one_day_by_hand() -> None:
    # Ten minutes bring 600 / 45 new cards, of which half are as after Good and half as after Again.
    chance = (retrievability(2.3065, 1.2) + retrievability(0.212, 1.2)) / 2
    assert known_by(course(days=1), 10) == pytest.approx(600 / 45 * chance)


def test_more_minutes_and_more_days_and_a_long_eve_help() -> None:
    assert known_by(course(), 5) < known_by(course(), 10) < known_by(course(), 20)
    assert known_by(course(days=3), 10) < known_by(course(days=7), 10)
    assert known_by(course(), 5) < known_by(course(), 5, 15)
    assert known_by(course(), 20, 5) == known_by(course(), 20)


def test_what_was_spent_today_is_gone() -> None:
    assert known_by(course(spent=600), 10) < known_by(course(spent=300), 10) < known_by(course(), 10)


def test_minutes_for_nine_of_ten_grow_as_days_get_fewer() -> None:
    by_days = [minutes_for(course(days=days)) for days in (14, 7, 3)]
    assert all(by_days)
    assert by_days == sorted(by_days, key=lambda each: each or 0)
    assert minutes_for(course(unmet=2000, days=1)) is None


@given(groups)
def test_merged_groups_hold_the_same_cards(found: tuple[Group, ...]) -> None:
    together = merged(found)
    assert len(together) <= len(found)
    assert sum(each.cards for each in together) == pytest.approx(sum(each.cards for each in found))
    least, most = (pick((math.log(g.memory.stability) for g in found), default=0.0) for pick in (min, max))
    assert all(least - 1e-9 <= math.log(each.memory.stability) <= most + 1e-9 for each in together)


def test_a_record_tells_the_way_to_an_hour() -> None:
    clock = FakeClock()
    engine = new_engine(clock)
    first = asked(engine.session(SessionChoice("study", (ROLE,), new=6)), clock)
    put_away = first[0]
    engine.put_away(put_away)
    cards = [Outline.of(card) for card in shipped().cards.values() if card.sheet.id == ROLE]
    planner = Planner(engine.progress, engine.progress.schedule, engine.day)
    found = course_of(planner, [Target(cards, 3, 3.2)])
    (part,) = found.parts
    assert sum(each.cards for each in part.groups) == len(set(first)) - 1
    assert part.unmet == len(cards) - len(set(first))
    assert (found.hour, found.cards) == (Hour(3, 3.2), len(cards))
    assert part.hours == [Hour(3, 3.2)]
    assert found.spent > 0
    later = course_of(planner, [Target(cards, 3, 3.2), Target(cards[4:], 6, 6.2)], 1)
    assert [(len(each.hours), each.counted) for each in later.parts] == [(1, False), (2, True)]
    assert (later.hour, later.cards) == (Hour(6, 6.2), len(cards) - 4)


def test_another_interview_takes_its_part_of_the_minutes() -> None:
    alone = course(days=4)
    own = alone.parts[0]

    def beside(days: int, *, shares: bool = False) -> float:
        hour = Hour(days, days + 0.2)
        other = own._replace(hours=[hour], counted=False)
        mine = own._replace(hours=sorted([hour, alone.hour])) if shares else own
        parts = sorted((mine,) if shares else (mine, other), key=lambda part: part.hours[0])
        return known_by(alone._replace(parts=parts), 8)

    assert beside(3) < beside(1) < known_by(alone, 8)  # the nearer one comes first, until it is over
    assert beside(3, shares=True) > beside(3)  # one for the same cards takes nothing away
    assert beside(12) == known_by(alone, 8)
    assert known_by(alone._replace(parts=(own, own._replace(counted=False))), 60) < known_by(alone, 60)
