"""What an interview costs to plan and to forecast, and how true the minutes are that are said to be enough.

The minutes are those that the model of memory needs for nine of ten cards; twice of them is said too. People
whose memories it does not know play both.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from tests.bench.dates import known_at, preparing
from tests.bench.learners import FULL, Learner
from tests.bench.measure import Row, milliseconds, p50
from tests.bench.memories import MODELS
from trainer.cards.outline import Outline
from trainer.memory.schedule import Schedule
from trainer.memory.state import Rating, Review
from trainer.study.forecast import course_of, minutes_for
from trainer.study.toward import InterviewPlanner, Target

CARDS, AHEAD = 250, 30
LEARNERS = 8 if FULL else 1
DAYS = (7, 14)


def rows(folder: Path) -> Iterator[Row]:
    """Time, then play."""
    del folder
    yield from _times()
    for name in MODELS:
        once, twice = ([_not_known(name, days, times) for days in DAYS] for times in (1, 2))
        what = f"{name}: not known by the minutes said, and by twice"
        yield Row(what, fmean(once), fmean(twice), 100, unit="%", more=True)


def _times() -> Iterator[Row]:
    learner = Learner("preparing", 10)
    progress, engine = learner.engine.progress, learner.engine
    cards = [
        Outline(f"s/{deck}/c{i}", deck, (), (), False, ("choose", "choose flip"), "")
        for i in range(CARDS // 2)
        for deck in ("levels", "meanings")
    ]
    for day in range(5):
        learner.wake(day * 3)
        for card in cards[: CARDS // 2 : day + 1]:
            given = {"rating": Rating.GOOD, "given": 3, "form": "choose", "ms": 9_000, "spent": 14_000}
            progress.record(Review(card=card.id, day=engine.day, **given), learner.clock.at)  # type: ignore[arg-type]  # by name
    learner.wake(14)
    target = Target(cards, AHEAD, AHEAD + 0.2)
    planner = InterviewPlanner(progress, Schedule(), engine.day)
    plans = milliseconds(lambda: planner.towards([target], cards, 10), 21)
    yield Row(f"plan towards an interview, {CARDS} cards: beside 15 ms", p50(plans), 15, 1)
    found = milliseconds(lambda: minutes_for(course_of(planner, [target])), 21)
    yield Row(f"minutes for 90 %, {CARDS} cards × {AHEAD} days: beside 100 ms", p50(found), 100, 1)


def _not_known(model: str, days: int, times: int) -> float:
    """Return what part of the role is not known at the hour, with so many times the minutes that are said."""
    found = []
    for seed in range(LEARNERS):
        learner = preparing(f"preparing {model} {days} {seed}", model, days, 10)
        told = learner.engine.preparation(1)
        assert told
        minutes = times * (told.least or 180)
        found.append(known_at(learner, days, minutes).then)
    return 100 - fmean(found)
