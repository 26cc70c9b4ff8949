"""The statistics, beside counts by hand, published values, and another package."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import fmean

import pytest
from fsrs import Card as FsrsCard
from fsrs import Rating as FsrsRating
from fsrs import Scheduler
from hypothesis import given
from hypothesis import strategies as st

from trainer.memory.schedule import Schedule
from trainer.memory.state import Day, DayTotals, Rating, Review
from trainer.reports.statistics.accuracy import accuracy
from trainer.reports.statistics.days import YEAR, days_of
from trainer.reports.statistics.measured import NEWEST, Kept, Mistake, measured
from trainer.reports.statistics.parts import Told
from trainer.reports.statistics.promise import BOUNDS, ENOUGH, promise
from trainer.reports.statistics.rates import Rate, band
from trainer.reports.statistics.rates_words import promise_parts
from trainer.study.backlog import Coming, daily_forecast

TODAY = date(2026, 11, 25)
"""A Wednesday."""
SCHEDULE = Schedule()
NAMES = {"asm": "Assistant Stage Manager", "props": "Props"}


def answer(
    card: str,
    back: int,
    rating: Rating = Rating.GOOD,
    *,
    guess: bool = False,
    hint: bool = False,
    repeat: bool = False,
    unseen: bool = False,
    chosen: tuple[str, ...] = ("wrong",),
) -> Review:
    """Return an answer, so many days before today."""
    return Review(
        card=card,
        day=TODAY - timedelta(days=back),
        rating=rating,
        given=1,
        form="choose",
        ms=1000,
        variant="way",
        chosen=chosen,
        guess=guess,
        hint=hint,
        repeat=repeat,
        unseen=unseen,
    )


def numbered(reviews: Sequence[Review]) -> dict[int, Review]:
    return dict(enumerate(reviews, start=1))


ANSWERS = st.builds(
    answer,
    st.sampled_from(["asm/levels/a", "asm/meanings/b", "props/levels/c", "gone/nodeck/d"]),
    st.integers(-3, 400),
    st.sampled_from(Rating),
    hint=st.booleans(),
    repeat=st.booleans(),
    unseen=st.booleans(),
)
HISTORIES = st.lists(ANSWERS, max_size=60).map(
    lambda found: numbered(sorted(found, key=lambda review: review.day))
)


# Days


def test_a_record_without_an_answer_has_no_day() -> None:
    days = days_of({}, TODAY, 10)
    assert (days.first, days.practised, days.answers, days.minutes) == (None, 0, 0, 0)
    assert len(days.weeks) == YEAR
    assert len(days.begun) == len(days.late) == 1
    assert days.weeks[-1].monday == date(2026, 11, 23)
    assert days.weeks[-1].seconds_an_answer is None


def test_days_and_minutes_by_hand() -> None:
    totals = {
        date(2026, 11, 23): DayTotals(reviews=10, spent=240_000),
        date(2026, 11, 25): DayTotals(reviews=20, ms=90_000, spent=300_000, timed=60_000),
        date(2026, 11, 12): DayTotals(reviews=1, ms=30_000),
        date(2025, 1, 1): DayTotals(reviews=5, ms=1),
        date(2027, 1, 1): DayTotals(reviews=7, ms=1),
    }
    days = days_of(totals, TODAY, 10)
    this = days.weeks[-1]
    assert (this.practised, this.answers) == (2, 30)
    # 240 s, and 300 s with twice the 30 s of answers whose feedback was not timed
    assert this.minutes == pytest.approx(10)
    assert this.seconds_an_answer == pytest.approx(600 / 30)
    assert days.weeks[-3].minutes == pytest.approx(1)
    assert (days.first, days.practised, days.answers) == (date(2025, 1, 1), 4, 36)
    assert days.full_weeks == 0
    assert days.week.words == "day 2 of 4"


@given(st.dictionaries(st.integers(-10, 800), st.integers(1, 50), max_size=60))
def test_days_agree_with_a_plain_count(answers: dict[int, int]) -> None:
    totals = {TODAY - timedelta(days=back): DayTotals(reviews=number) for back, number in answers.items()}
    days = days_of(totals, TODAY, 10)
    past = {day: each.reviews for day, each in totals.items() if day <= TODAY}
    assert (days.practised, days.answers) == (len(past), sum(past.values()))
    for week in days.weeks:
        inside = [past.get(week.monday + timedelta(days=i), 0) for i in range(7)]
        assert week.answers == sum(inside)
        assert week.practised == sum(map(bool, inside))
    assert sum(week.practised >= 4 for week in days.weeks) == days.full_weeks
    if past:
        assert days.begun[0].monday >= min(past) - timedelta(days=6) or len(days.begun) == YEAR


# Rates


@pytest.mark.parametrize(
    ("right", "of", "least", "most"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_band_is_that_of_newcombe(right: int, of: int, least: float, most: float) -> None:
    """The values are of table I in Newcombe (1998), Statistics in Medicine 17, method 3."""
    assert band(Rate(right, of)) == pytest.approx((least, most), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_band_holds_its_share(counts: tuple[int, int]) -> None:
    rate = Rate(*counts)
    least, most = band(rate)
    assert rate.share is not None
    assert 0 <= least <= rate.share + 1e-12
    assert rate.share - 1e-12 <= most <= 1
    assert band(Rate()) == (0, 1)


# Right at first try


def test_what_is_right_by_hand() -> None:
    found = measured(
        numbered(
            [
                answer("asm/levels/a", 30, Rating.AGAIN),  # a first meeting is no try
                answer("asm/levels/a", 29),
                answer("asm/levels/a", 29, Rating.AGAIN),
                answer("asm/levels/a", 29, repeat=True),  # asked again: no try
                answer("asm/levels/a", 1, Rating.AGAIN, guess=True),  # by luck
                answer("asm/meanings/b", 3),
                answer("asm/meanings/b", 1, unseen=True),
                answer("asm/meanings/b", 0, Rating.AGAIN, unseen=True),
                answer("old/levels/c", 300),
                answer("old/levels/c", 299),
            ]
        ),
        SCHEDULE,
        TODAY,
    )
    told = accuracy(found, NAMES, TODAY)
    assert told.whole.ever == Rate(3, 6)
    assert told.whole.late == Rate(1, 3)
    assert told.whole.before == Rate(2, 3)
    assert told.whole.weeks[-1] == Rate(1, 3)
    assert told.whole.weeks[-5] == Rate(1, 2)
    assert told.unseen.ever == Rate(1, 2)
    assert [(each.name, each.ever) for each in told.decks] == [
        ("Term meanings", Rate(1, 2)),
        ("Level indicators", Rate(2, 4)),
    ]
    assert [(each.name, each.ever) for each in told.roles] == [
        ("Assistant Stage Manager", Rate(2, 5)),
        ("old", Rate(1, 1)),
    ]


@given(HISTORIES)
def test_what_is_right_agrees_with_the_totals_of_days(history: dict[int, Review]) -> None:
    told = accuracy(measured(history, SCHEDULE, TODAY), NAMES, TODAY)
    _, days = SCHEDULE.replay(history)
    past = [totals for day, totals in days.items() if day <= TODAY]
    assert told.whole.ever == Rate(sum(each.right for each in past), sum(each.scored for each in past))
    assert told.unseen.ever == Rate(
        sum(each.unseen_right for each in past), sum(each.unseen for each in past)
    )
    for courses in (told.decks, told.roles):
        assert sum((each.ever for each in courses), Rate()) == told.whole.ever
    assert all(each.ever.of for each in (*told.decks, *told.roles))
    for course in (told.whole, *told.decks):
        assert sum(course.weeks, Rate()).of <= course.ever.of
        assert course.late + course.before == course.ever


# Promised beside measured


def test_what_was_promised_is_what_py_fsrs_says() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    scheduler = Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
    card = FsrsCard(card_id=1)
    promised, reviews = [], []
    for days, rating in ((0, 3), (2, 3), (9, 1), (1, 3), (0, 3), (20, 4)):
        at += timedelta(days=days)
        if days:
            promised.append(scheduler.get_card_retrievability(card, at))
        card, _ = scheduler.review_card(card, FsrsRating(rating), at)
        reviews.append(answer("asm/levels/a", (TODAY - at.date()).days, Rating(rating)))
    kept = measured(numbered(reviews), SCHEDULE, TODAY + timedelta(days=30)).kept
    assert [each.promised for each in kept] == pytest.approx(promised)
    assert [each.right for each in kept] == [True, False, True, True]


def test_only_first_tries_a_day_later_without_a_hint_are_held_against_it() -> None:
    history = [
        answer("asm/levels/a", 10),
        answer("asm/levels/a", 10),  # on the same day
        answer("asm/levels/a", 9, hint=True),
        answer("asm/levels/a", 8, Rating.AGAIN, guess=True),
        answer("asm/levels/a", 8, repeat=True),
        answer("asm/levels/a", 7),
    ]
    kept = measured(numbered(history), SCHEDULE, TODAY).kept
    assert [each.right for each in kept] == [False, True]


def test_the_newest_tries_count() -> None:
    history = [answer("asm/levels/a", back) for back in range(NEWEST + 50, 0, -1)]
    assert len(measured(numbered(history), SCHEDULE, TODAY).kept) == NEWEST


@pytest.mark.parametrize(
    ("chance", "right", "verdict"),
    [(0.9, 90, 0), (0.9, 85, 0), (0.9, 80, -1), (0.9, 98, 1), (0.5, 90, 1), (0.99, 90, -1)],
)
def test_the_verdict_says_what_chance_does_not(chance: float, right: int, verdict: int) -> None:
    """Wilson of 100: 80 is .711 to .867, 85 .767 to .907, 90 .826 to .945, 98 .930 to .994."""
    told = promise([Kept(chance, i < right) for i in range(100)], 0.9)
    assert told.promised == pytest.approx(chance)
    assert told.kept == verdict


@pytest.mark.parametrize(
    ("right", "words"),
    [
        (22, "The schedule promises 82%. That you remembered less may be chance."),
        (28, "The schedule promises 82%. That you remembered more may be chance."),
    ],
)
def test_nothing_above_the_figures_says_that_they_agree_when_they_differ(right: int, words: str) -> None:
    told = promise([Kept(0.82, i < right) for i in range(31)], 0.9)
    assert next(iter(promise_parts(told))) == Told(words)
    (same, *_) = promise_parts(promise([Kept(0.82, i < 82) for i in range(100)], 0.9))
    assert same == Told("You remember what the schedule promises, 82%.")


def test_too_few_tries_tell_nothing() -> None:
    told = promise([Kept(0.9, right=True)] * (ENOUGH - 1), 0.9)
    assert (told.promised, told.kept, told.measured) == (None, None, Rate(ENOUGH - 1, ENOUGH - 1))
    assert promise([Kept(0.9, right=True)] * ENOUGH, 0.9).promised == pytest.approx(0.9)
    assert promise([], 0.9).kept is None


@given(st.lists(st.builds(Kept, st.floats(0, 1), st.booleans()), max_size=60))
def test_each_try_is_in_one_bin(tries: list[Kept]) -> None:
    told = promise(tries, 0.9)
    assert sum((each.measured for each in told.bins), Rate()) == told.measured
    for each in told.bins:
        inside = [
            one
            for one in tries
            if each.least <= one.promised < each.most or (each.most == BOUNDS[-1] == one.promised)
        ]
        assert each.measured == Rate(sum(one.right for one in inside), len(inside))
        assert each.promised == (pytest.approx(fmean(one.promised for one in inside)) if inside else None)


# Mistakes


def test_mistakes_are_first_tries_of_the_last_days_with_one_choice() -> None:
    wrong = Rating.AGAIN
    history = [
        answer("asm/levels/a", 200, wrong),
        answer("asm/levels/a", 100, wrong),  # too long ago
        answer("asm/levels/a", 89, wrong),
        answer("asm/levels/a", 89, wrong, repeat=True),
        answer("asm/levels/a", 20, wrong, chosen=()),  # not known
        answer("asm/levels/a", 20, wrong, chosen=("one", "two")),
        answer("asm/levels/a", 20, wrong, guess=True),  # right by luck
        answer("asm/levels/a", 5, wrong),
        answer("asm/levels/b", 5, wrong),  # a first meeting
    ]
    found = measured(numbered(history), SCHEDULE, TODAY)
    mistake = Mistake("asm/levels/a", "way", "wrong")
    assert found.mistakes == {mistake: 2}
    assert found.last == {mistake: TODAY - timedelta(days=5)}


# What is ahead


def test_what_is_ahead_by_hand() -> None:
    card = Coming(ahead=1, interval=3, seconds=10)
    # Asked on day 1 for sure. Missed (.1) it comes on day 2, right (.9) on day 4; and so on.
    parts = [0, 1, 0.1, 0.01, 0.9 + 0.001, 0.09 + 0.0901]
    assert daily_forecast([card], 6, 0.9) == pytest.approx([10 * part for part in parts])
    assert daily_forecast([card, card], 2, 0.9) == [0, 20]
    assert daily_forecast([Coming(9, 1, 5)], 3, 0.9) == [0, 0, 0]
    assert daily_forecast([], 3, 0.9) == [0, 0, 0]


@given(
    st.lists(st.builds(Coming, st.integers(0, 8), st.integers(1, 6), st.floats(1, 90)), max_size=3),
    st.floats(0, 1),
)
def test_what_is_ahead_agrees_with_every_course_that_it_may_take(cards: list[Coming], chance: float) -> None:
    def courses(day: int, likely: float, card: Coming) -> None:
        if day < len(seconds) and likely:
            seconds[day] += likely * card.seconds
            courses(day + card.interval, likely * chance, card)
            courses(day + 1, likely * (1 - chance), card)

    seconds = [0.0] * 8
    for card in cards:
        courses(card.ahead, 1, card)
    assert daily_forecast(cards, 8, chance) == pytest.approx(seconds)


def test_ten_years_of_days() -> None:
    totals: dict[Day, DayTotals] = {
        TODAY - timedelta(days=back): DayTotals(reviews=1, ms=1000) for back in range(3650)
    }
    days = days_of(totals, TODAY, 10)
    assert (days.practised, len(days.begun), days.full_weeks) == (3650, YEAR, YEAR - 1)
