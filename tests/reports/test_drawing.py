"""Pictures in signs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.memory.state import DayTotals
from trainer.reports.statistics.days import days_of
from trainer.reports.statistics.drawing import bar, calendar, curve
from trainer.reports.statistics.parts import Year

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("share", "mark", "drawn"),
    [
        (0, None, "·····"),
        (1, None, "■■■■■"),
        (0.5, None, "■■···"),
        (0.001, None, "■····"),
        (0.999, None, "■■■■·"),
        (0.4, 0.8, "■■·│·"),
        (0, 0, "│····"),
        (1, 1, "■■■■│"),
    ],
)
def test_a_bar(share: float, mark: float | None, drawn: str) -> None:
    assert bar(share, 5, mark) == drawn


@given(st.floats(0, 1), st.integers(2, 80), st.one_of(st.none(), st.floats(0, 1)))
def test_a_bar_has_its_cells(share: float, cells: int, mark: float | None) -> None:
    assert len(bar(share, cells, mark)) == cells


def test_a_curve() -> None:
    assert curve([0, 0.5, 1, None, 0.999]) == "▁▄▇·▇"


def test_a_calendar_by_hand() -> None:
    totals = {
        date(2026, 11, 2): DayTotals(reviews=1),
        date(2026, 11, 24): DayTotals(reviews=1, spent=300_000),
        date(2026, 11, 25): DayTotals(reviews=1, spent=299_000),
    }
    weeks = days_of(totals, TODAY, 10).weeks[-6:]
    assert calendar(Year(weeks, TODAY, 5), 60) == [
        ("", "  Nov"),  # October has but two columns, where its name would take the place of November
        ("M", "··▪···"),
        ("T", "·····■"),
        ("W", "·····▪"),
        ("T", "····· "),
        ("F", "····· "),
        ("S", "····· "),
        ("S", "····· "),
    ]
    narrow = [line for _, line in calendar(Year(weeks, TODAY, 5), 2)]
    assert narrow == ["", "··", "·■", "·▪", "· ", "· ", "· ", "· "]


@given(st.integers(0, 3000), st.integers(1, 60))
def test_a_calendar_is_as_wide_as_there_is_room(later: int, columns: int) -> None:
    today = TODAY + timedelta(days=later)
    weeks = days_of({}, today, 10).weeks
    (_, head), *lines = calendar(Year(weeks, today, 5), columns)
    assert len(head) <= min(columns, len(weeks))
    assert {len(line) for _, line in lines} == {min(columns, len(weeks))}
