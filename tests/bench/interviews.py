"""Recall an hour after a quiz of minutes, beside that after the quiz of ten questions.

Learners of the other benchmark, some of whose models of memory the program does not know. They have met half
of the role in a week, and have had some days off.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean

from tests.bench.learners import LEARNERS, Learner
from tests.bench.measure import Row
from tests.bench.memories import MODELS
from tests.learners import shipped
from trainer.engine.choice import SessionChoice
from trainer.study.toward import AN_HOUR

ROLE = "props"
_STUDIED_DAYS, _DAY_OF_IT = 6, 9
AHEAD = {5: 0.0, 10: 6.0}
"""By minutes, the points of recall by which ours is to be ahead on the mean of the models."""


def rows(folder: Path) -> Iterator[Row]:
    """Play, and tell what was not known an hour later of all cards of the role, in percent."""
    del folder
    cards = sum(card.startswith(f"{ROLE}/") for card in shipped().cards)
    for minutes, ahead in AHEAD.items():
        every: list[tuple[float, float]] = []
        for name in MODELS:
            found = [_both(name, minutes, seed, cards) for seed in range(LEARNERS)]
            every += found
            yield _row(f"{name}: not known an hour after {minutes} min", found, 0)
        yield _row(f"not known an hour after {minutes} min, mean of the models", every, -ahead)


def _row(what: str, found: Sequence[tuple[float, float]], most: float) -> Row:
    ours, theirs = (100 - fmean(each) for each in zip(*found, strict=True))
    return Row(what, ours, theirs, most, unit="%", more=True)


def _both(model: str, minutes: int, seed: int, cards: int) -> tuple[float, float]:
    known = []
    for kind in ("hour", "quiz"):
        luck = f"{model} {minutes} {seed}"
        learner = Learner(luck, minutes, memory=MODELS[model](luck), role=ROLE)
        for day in range(_STUDIED_DAYS):
            learner.wake(day)
            half = cards // 2 - len(learner.engine.progress.states)
            new = max(0, min(half, -(-cards // 2 // _STUDIED_DAYS)))
            learner.play(learner.engine.begun(SessionChoice("study", (ROLE,), new=new)), to_the_end=True)
        learner.wake(_DAY_OF_IT)
        if kind == "hour":
            learner.play(learner.engine.begun(SessionChoice("hour", (ROLE,), minutes=minutes)))
        else:
            learner.play(learner.engine.begun(SessionChoice("quiz", (ROLE,))))
        known.append(100 * learner.known(_DAY_OF_IT + minutes / 1440 + AN_HOUR) / cards)
    ours, theirs = known
    return ours, theirs
