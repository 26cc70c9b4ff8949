"""How true it is what readiness says, beside what learners remember; it does not know their memories.

Each learns a role for some weeks, with days off, and is told on several days how many cards they would know
at an hour: the next one, the next morning, three days later. They choose by luck where they don't know, as
people do; every other one owns up to it.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from tests.bench.learners import FULL, START, Learner
from tests.bench.measure import Row, in_turns, p50
from tests.bench.memories import MODELS
from trainer.engine.choice import SessionChoice
from trainer.memory.schedule import Schedule
from trainer.reports.experience import experience
from trainer.reports.readiness import readiness
from trainer.reports.shift import NO_SHIFT

ROLES = ("props", "stage-manager")
LEARNERS = 12 if FULL else 4
NEW = {5: 5, 10: 10, 20: 20}
"""By minutes a day, new cards a day."""
TOLD_ON = (3, 5, 8, 13, 21)
"""Days, counted from 0, after whose session it is told."""
_OFF = 5
"""Every so many days one is left out."""
_AHEAD = (1 / 24, 20 / 24, 3.0)
"""Days until the hour that it is told for."""
_UNDESCRIBED = "half-life regression"
"""It forgets by a law that no shift of FSRS describes: only the mean of all models answers for it."""


class Told(NamedTuple):
    """What was said of one hour, and what was so, in percent of the cards."""

    least: float
    likely: float
    most: float
    truth: float
    alone: float
    """What FSRS says without the learner's answers."""


def rows(folder: Path) -> Iterator[Row]:
    """Play, and tell how far off it was."""
    del folder
    every: list[Told] = []
    for name in MODELS:
        found = [told for seed in range(LEARNERS) for told in _told_to(name, seed)]
        every += found
        signed = fmean(told.likely - told.truth for told in found)
        most = 100.0 if name == _UNDESCRIBED else 4.0
        yield Row(f"{name}: readiness off by {signed:+.1f}", abs(signed), 0, most, unit="%", more=True)
        what = f"{name}: {_outside(found):.0f} % outside; absolute error, FSRS's"
        yield Row(what, _absolute(found), _absolute_alone(found), 1, unit="%")
    yield Row("readiness: absolute error, mean of the models", _absolute(every), 0, 6, unit="%", more=True)
    yield Row("readiness: truths outside of the band", _outside(every), 0, 15, unit="%", more=True)
    width = fmean(told.most - told.least for told in every)
    yield Row("readiness: mean width of the band", width, 0, 20, unit="%", more=True)
    yield _time()


def _absolute(found: Sequence[Told]) -> float:
    return fmean(abs(told.likely - told.truth) for told in found)


def _absolute_alone(found: Sequence[Told]) -> float:
    return fmean(abs(told.alone - told.truth) for told in found)


def _outside(found: Sequence[Told]) -> float:
    return 100 * fmean(not told.least <= told.truth <= told.most for told in found)


def _told_to(model: str, seed: int) -> Iterator[Told]:
    role = ROLES[seed % len(ROLES)]
    owns_up = seed // len(ROLES) % 2 == 1
    for minutes, new in NEW.items():
        luck = f"ready {model} {minutes} {seed}"
        memory = MODELS[model](luck)
        learner = Learner(luck, minutes, memory=memory, role=role, guesses=True, owns_up=owns_up)
        for day in range(max(TOLD_ON) + 1):
            learner.wake(day)
            if day % _OFF != _OFF - 2:
                learner.play(learner.engine.session(SessionChoice("study", (role,), new=new)))
            if day in TOLD_ON:
                yield from _told_now(learner, role)


def _told_now(learner: Learner, role: str) -> Iterator[Told]:
    engine = learner.engine
    cards = [card.id for card in engine.library.cards.values() if card.sheet.id == role]
    known = experience(engine.progress.history(), engine.progress.schedule)
    for ahead in _AHEAD:
        at = learner.clock.at + timedelta(days=ahead)
        told = engine.readiness(role, at=at).whole
        alone = readiness(cards, engine.progress, known._replace(shift=NO_SHIFT), at).whole
        if told and alone:
            truth = learner.known((at - START) / timedelta(days=1))
            found = (told.least, told.likely, told.most, truth, alone.likely)
            yield Told(*(100 * each / told.cards for each in found))


def _time() -> Row:
    """Read off a long history what it tells, beside replaying it."""
    learner = Learner("time", 20, role=ROLES[0])
    for day in range(60):
        learner.wake(day)
        learner.play(learner.engine.session(SessionChoice()))
    history, schedule = learner.engine.progress.history(), Schedule()
    times = in_turns(
        {"ours": lambda: experience(history, schedule), "theirs": lambda: schedule.replay(history)}, 11
    )
    return Row(
        f"what {len(history):,} answers tell, and replaying them", p50(times["ours"]), p50(times["theirs"]), 2
    )
