"""Records with something to measure."""

from tests.clocks import FakeClock
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.calendar import study_day
from trainer.memory.state import Degree, Rated, Rating, Review

CONFUSED = "sample/levels/props"


def rate(home: Home, times: int) -> None:
    """Rate so many answers, each a point too high; the reference shows one point of two."""
    clock = FakeClock()
    with Engine.open(home, "anna", clock=clock) as training:
        for i in range(times):
            rated = Rated(
                score=2 + i % 4,
                reference=1 + i % 4,
                points={"calm": (Degree.SHOWN, Degree.SHOWN), "order": (Degree.PARTLY, Degree.NOT)},
                flags={"blames": (True, True)},
                first=True,
            )
            review = Review(
                card="sample/answers/q.rate",
                day=study_day(clock()),
                rating=Rating.HARD,
                given=1,
                form="rate",
                ms=1,
                rated=rated,
            )
            training.progress.record(review, clock())


def confused(home: Home, *, misses: int, clock: FakeClock | None = None) -> FakeClock:
    """Meet a card, and take its line for that of another level on so many days after; return the clock."""
    clock = clock or FakeClock()
    with Engine.open(home, "anna", clock=clock) as training:
        for i in range(misses + 1):
            if i:
                clock.forward(days=1)
            review = Review(
                card=CONFUSED,
                day=study_day(clock()),
                rating=Rating.AGAIN if i else Rating.GOOD,
                given=1,
                form="choose",
                ms=6_000,
                spent=20_000,
                chosen=("senior",) if i else ("junior",),
            )
            training.progress.record(review, clock())
    return clock
