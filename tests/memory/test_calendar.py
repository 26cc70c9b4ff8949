"""An instant belongs to one study day, which begins at 04:00 by the wall clock of its place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.memory.calendar import microseconds, study_day, system_clock

WANTED = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",  # +05:45
    "America/Scoresbysund",
    "Antarctica/Troll",  # two hours of summer time
    "Africa/Casablanca",
    "Pacific/Kiritimati",  # +14
)
ZONES = sorted(available_timezones() & set(WANTED)) or ["UTC"]  # some systems have no table of zones


def _zone(name: str) -> ZoneInfo:
    if name not in available_timezones():
        pytest.skip(f"this system does not know {name}")
    return ZoneInfo(name)


def _year(zone: ZoneInfo, year: int = 2026) -> Iterator[datetime]:
    at = datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        yield at.astimezone(zone)
        at += timedelta(minutes=15)


@pytest.mark.parametrize("name", WANTED)
def test_over_a_year_the_days_follow_each_other_and_each_lasts_a_day(name: str) -> None:
    zone = _zone(name)
    length: dict[date, int] = {}
    last: datetime | None = None
    for at in _year(zone):
        day = study_day(at)
        if last is not None:
            set_back = (last.utcoffset() or timedelta()) - (at.utcoffset() or timedelta())
            step = (day - study_day(last)).days
            assert step in ({-1, 0, 1} if set_back > timedelta() else {0, 1})
        length[day] = length.get(day, 0) + 1
        last = at
    quarters = [length[day] for day in sorted(length)][1:-1]
    assert sorted(length) == [min(length) + timedelta(days=i) for i in range(len(length))]
    assert min(quarters) >= (24 - 2) * 4
    assert max(quarters) <= (24 + 2) * 4
    assert sum(quarters) / len(quarters) == pytest.approx(96, abs=0.1)


@pytest.mark.parametrize("name", WANTED)
def test_the_day_turns_at_four_by_the_wall_clock_on_every_date(name: str) -> None:
    zone = _zone(name)
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        four = datetime(day.year, day.month, day.day, 4, tzinfo=zone)
        assert study_day(four) == day
        assert study_day(four.replace(hour=23, minute=59)) == day
        assert study_day(four - timedelta(microseconds=1)) == day - timedelta(days=1)
        assert study_day(four.replace(hour=0)) == day - timedelta(days=1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-29T01:59+01:00", date(2026, 3, 28)),  # the hour after it does not exist
        ("2026-03-29T03:59+02:00", date(2026, 3, 28)),
        ("2026-03-29T04:00+02:00", date(2026, 3, 29)),  # 03:00 by the clock of the day before
        ("2026-10-25T02:30+02:00", date(2026, 10, 24)),  # this hour comes twice
        ("2026-10-25T02:30+01:00", date(2026, 10, 24)),
        ("2026-10-25T04:00+01:00", date(2026, 10, 25)),
    ],
)
def test_summer_time_moves_nothing_but_the_clock(moment: str, day: date) -> None:
    assert study_day(datetime.fromisoformat(moment)) == day


def test_a_clock_set_back_over_four_gives_the_day_before_at_most() -> None:
    casey = _zone("Antarctica/Casey")  # in March 2018 it went from 04:00 back to 01:00
    before = datetime(2018, 3, 10, 16, 59, tzinfo=UTC).astimezone(casey)
    days = [study_day((before + timedelta(minutes=i)).astimezone(casey)) for i in range(0, 24 * 60, 10)]
    assert {(later - earlier).days for earlier, later in pairwise(days)} <= {-1, 0, 1}


def test_a_flight_east_may_skip_and_a_flight_west_repeat_a_day_by_no_more_than_the_clock() -> None:
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    days = {hours: study_day(at.astimezone(_fixed(hours))) for hours in (-12, 0, 14)}
    assert days == {-12: date(2026, 5, 31), 0: date(2026, 6, 1), 14: date(2026, 6, 1)}


def _fixed(hours: int) -> ZoneInfo:
    return _zone(f"Etc/GMT{-hours:+d}" if hours else "UTC")


@given(
    st.integers(0, 2_000_000_000),
    st.sampled_from(ZONES),
)
def test_an_instant_is_within_a_day_of_its_study_day(seconds: int, name: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    local = at.astimezone(ZoneInfo(name)) if name != "UTC" else at
    start = datetime.combine(study_day(local), datetime.min.time())
    assert timedelta(hours=4) <= local.replace(tzinfo=None) - start < timedelta(hours=28)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        study_day(datetime(2026, 1, 1))  # noqa: DTZ001 — that is the fault


def test_the_system_clock_knows_its_zone() -> None:
    assert system_clock().utcoffset() is not None


def test_microseconds_are_exact_and_the_same_in_every_zone() -> None:
    at = datetime(2026, 11, 24, 2, 33, 17, 123457, tzinfo=UTC)
    assert microseconds(at) == 1_795_487_597_123_457
    assert microseconds(at + timedelta(microseconds=1)) == microseconds(at) + 1
    assert {microseconds(at.astimezone(ZoneInfo(name)) if name != "UTC" else at) for name in ZONES} == {
        microseconds(at)
    }
