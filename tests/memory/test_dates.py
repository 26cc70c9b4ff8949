"""Dates and hours as people write them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import TrainerError
from trainer.humanize import short_date
from trainer.memory.dates import at_hour, read_date, read_hour

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-12-03", date(2026, 12, 3)),
        ("3 Dec", date(2026, 12, 3)),
        ("3. dec.", date(2026, 12, 3)),
        ("Dec 3", date(2026, 12, 3)),
        ("  3  December 2027 ", date(2027, 12, 3)),
        ("September 3, 2027", date(2027, 9, 3)),
        ("3 Jan", date(2027, 1, 3)),
        ("24 Nov", TUESDAY),
        ("23 Nov", date(2027, 11, 23)),
        ("today", TUESDAY),
        ("Tomorrow", date(2026, 11, 25)),
        ("Thu", date(2026, 11, 26)),
        ("thursday", date(2026, 11, 26)),
        ("Mon", date(2026, 11, 30)),
        ("29 Feb", date(2028, 2, 29)),
    ],
)
def test_a_date_is_read_as_it_is_meant(written: str, meant: date) -> None:
    assert read_date(written, TUESDAY) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "3/12",
        "03.12.2026",
        "12-3",
        "3",
        "31 Nov",
        "3 Ju",
        "Foo 3",
        "Tu",
        "next week",
        "٣ Dec",
    ],
)
def test_what_may_mean_two_dates_or_none_is_refused(written: str) -> None:
    with pytest.raises(TrainerError, match="is no date that is sure"):
        read_date(written, TUESDAY)


def test_the_weekday_of_today_is_asked_about() -> None:
    with pytest.raises(TrainerError, match='Today is Tue 24 Nov: write "today"'):
        read_date("Tue", TUESDAY)


@given(day=st.dates(TUESDAY, TUESDAY + timedelta(days=364)))
def test_a_date_that_is_told_is_read_back(day: date) -> None:
    _, number, month = short_date(day).split()
    assert read_date(f"{number} {month}", TUESDAY) == read_date(day.isoformat(), TUESDAY) == day


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("14:00", time(14)),
        ("9.30", time(9, 30)),
        ("2 pm", time(14)),
        ("2:30pm", time(14, 30)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("02:00", time(2)),
    ],
)
def test_an_hour_is_read_as_it_is_meant(written: str, meant: time) -> None:
    assert read_hour(written) == meant


@pytest.mark.parametrize("written", ["2.30", "2:30", " 1:00", "6.59"])
def test_an_hour_of_the_night_or_the_afternoon_is_asked_about(written: str) -> None:
    with pytest.raises(TrainerError, match=r'" may mean 0\d:\d\d or 1\d:\d\d. Write which.'):
        read_hour(written)


@pytest.mark.parametrize("written", ["", "14", "24:00", "9:60", "13 pm", "0 am", "noon", "-1:00"])
def test_what_is_no_hour_is_refused(written: str) -> None:
    with pytest.raises(TrainerError, match="is no hour"):
        read_hour(written)


def test_an_hour_is_that_of_the_wall_clock_when_it_comes() -> None:
    """The clocks go back between now and then."""
    now = datetime(2026, 10, 20, 10, tzinfo=ZoneInfo("Europe/London"))
    found = at_hour(date(2026, 10, 27), time(14), now)
    assert found.astimezone(UTC) == datetime(2026, 10, 27, 14, tzinfo=UTC)
