"""The week: its days with answers, and that it starts over on Monday."""

from datetime import date, timedelta

from trainer.reports.week import week_of

MONDAY = date(2026, 11, 30)


def test_a_new_week_says_that_it_begins_and_what_the_last_one_had() -> None:
    answered = {MONDAY - timedelta(days=ago) for ago in (1, 3, 7, 8)}
    week = week_of(answered, MONDAY)
    assert week.words == "day 1 of 4"
    assert week.begins == "A new week begins: last week you trained on 3 days."
    later = week_of(answered, MONDAY + timedelta(days=2))
    assert later.begins == "Nothing yet this week: last week you trained on 3 days."
    assert not week_of({*answered, MONDAY}, MONDAY + timedelta(days=1)).begins


def test_a_day_that_a_wrong_clock_put_ahead_does_not_count() -> None:
    week = week_of({MONDAY, MONDAY + timedelta(days=4)}, MONDAY + timedelta(days=1))
    assert week.words == "day 2 of 4"
    assert sum(week.days) == 1


def test_after_a_week_without_an_answer_nothing_is_said() -> None:
    assert not week_of({MONDAY - timedelta(days=8)}, MONDAY).begins
    assert not week_of((), MONDAY).begins
