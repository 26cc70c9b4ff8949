"""Models of memory that a learner of the benchmark may have; the program knows none of them but FSRS-6.

Each tells the chance that a card is remembered at an instant, and takes in what was asked. Times are in days.
The constants are set so that half or more is left a day after a first meeting.
"""

import math
import random
from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta

from fsrs import Card as FsrsCard
from fsrs import Rating as FsrsRating
from fsrs import Scheduler
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from trainer.memory.model import WEIGHTS

UNREPEATED = 2.0
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class MemoryModel(ABC):
    """What one learner remembers.

    The models, and FSRS's own weights, come from cards that were asked again on the same day until they were
    right. One that was missed and not asked again is forgotten twice as fast.
    """

    def __init__(self, luck: str) -> None:
        self.luck = luck
        self._last: dict[str, float] = {}
        self._left: set[str] = set()
        """Missed, and not right since."""

    def chance(self, card: str, at: float) -> float:
        """Return the chance that a card is remembered; 0 before it was met."""
        if card not in self._last:
            return 0.0
        elapsed = max(0.0, at - self._last[card])
        return self.recall(card, self._last[card] + elapsed * (UNREPEATED if card in self._left else 1))

    def ask(self, card: str, at: float, *, right: bool) -> None:
        """Take in that a card was asked, and its answer shown."""
        self.learn(card, at, right=right)
        self._last[card] = at
        (self._left.discard if right else self._left.add)(card)

    def luck_of(self, what: str) -> random.Random:
        """Return the chance that decides how one thing is for this learner, whenever they meet it."""
        return random.Random(f"{self.luck} {what}")

    @abstractmethod
    def recall(self, card: str, at: float) -> float:
        """Return what the model says of a card that was met."""

    @abstractmethod
    def learn(self, card: str, at: float, *, right: bool) -> None:
        """Move the model."""


class Fsrs(MemoryModel):
    """FSRS-6 with the default weights; every card is as the model says."""

    def __init__(self, luck: str) -> None:
        super().__init__(luck)
        self._scheduler = Scheduler(
            self.weights(), learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )
        self._cards: dict[str, FsrsCard] = {}

    def weights(self) -> tuple[float, ...]:
        """Return the weights w0 to w20."""
        return WEIGHTS

    def recall(self, card: str, at: float) -> float:
        """See MemoryModel."""
        known = self._cards.get(card)
        if not known or not known.last_review or not known.stability:
            return 0.0
        elapsed = at - (known.last_review - _EPOCH) / timedelta(days=1)
        decay = -self._scheduler.parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        return float((1 + factor * max(0.0, elapsed) / known.stability) ** decay)

    def learn(self, card: str, at: float, *, right: bool) -> None:
        """See MemoryModel."""
        known = self._cards.get(card) or FsrsCard(card_id=1)
        rating = FsrsRating.Good if right else FsrsRating.Again
        self._cards[card], _ = self._scheduler.review_card(known, rating, _EPOCH + timedelta(days=at))


class RandomFsrs(Fsrs):
    """FSRS-6 with weights that differ by some 30 % from one learner to the next."""

    def weights(self) -> tuple[float, ...]:
        """Return the weights w0 to w20."""
        chance = self.luck_of("weights")
        moved = [weight * math.exp(chance.gauss(0, 0.3)) for weight in WEIGHTS]
        moved[:4] = sorted(moved[:4])
        bounds = zip(LOWER_BOUNDS_PARAMETERS, moved, UPPER_BOUNDS_PARAMETERS, strict=True)
        return tuple(min(most, max(least, weight)) for least, weight, most in bounds)


class HalfLife(MemoryModel):
    """Half-life regression (Settles and Meeder 2016): a success doubles the half-life, a miss halves it."""

    def __init__(self, luck: str) -> None:
        super().__init__(luck)
        self._known: dict[str, tuple[float, float]] = {}

    def recall(self, card: str, at: float) -> float:
        """See MemoryModel."""
        half_life, last = self._known[card]
        return float(2 ** (-max(0.0, at - last) / half_life))

    def learn(self, card: str, at: float, *, right: bool) -> None:
        """See MemoryModel."""
        if card not in self._known:
            self._known[card] = 1.2 * math.exp(self.luck_of(card).gauss(0, 0.4)), at
            return
        half_life, last = self._known[card]
        if at - last > 0.5:  # a repeat in the session teaches for that day
            half_life = min(400.0, half_life * 2.0) if right else max(0.8, half_life / 2)
        self._known[card] = half_life, at


class ActR(MemoryModel):
    """ACT-R with the spacing of Pavlik and Anderson 2005: each time asked decays by what was active then."""

    _SCALE, _C, _A, _TAU, _S = 86_400 * 0.025, 0.217, 0.177, -0.704, 0.255

    def __init__(self, luck: str) -> None:
        super().__init__(luck)
        self._known: dict[str, list[tuple[float, float]]] = {}
        self._ease: dict[str, float] = {}

    def _activation(self, card: str, at: float) -> float:
        traces = self._known[card]
        total = sum(max(1.0, (at - then) * self._SCALE) ** -decay for then, decay in traces)
        return math.log(total) + self._ease[card]

    def recall(self, card: str, at: float) -> float:
        """See MemoryModel."""
        return 1 / (1 + math.exp((self._TAU - self._activation(card, at)) / self._S))

    def learn(self, card: str, at: float, *, right: bool) -> None:
        """See MemoryModel."""
        if card not in self._known:
            self._ease[card] = self.luck_of(card).gauss(0.3, 0.3)
            self._known[card] = [(at, self._A)]
            return
        decay = self._C * math.exp(self._activation(card, at) - self._ease[card]) + self._A
        self._known[card].append((at, min(decay, 1.5)))


class PowerLaw(MemoryModel):
    """Wickelgren's power law: strength grows with each success, the more so the longer the gap was."""

    def __init__(self, luck: str) -> None:
        super().__init__(luck)
        self._known: dict[str, tuple[float, float]] = {}

    def recall(self, card: str, at: float) -> float:
        """See MemoryModel."""
        strength, last = self._known[card]
        return float((1 + max(0.0, at - last) / strength) ** -0.5)

    def learn(self, card: str, at: float, *, right: bool) -> None:
        """See MemoryModel."""
        if card not in self._known:
            self._known[card] = 0.6 * math.exp(self.luck_of(card).gauss(0, 0.4)), at
            return
        strength, last = self._known[card]
        if right:
            strength += 1.2 * min(at - last, 2 * strength)
        else:
            strength = max(0.5, 0.6 * strength)
        self._known[card] = strength, at


MODELS: dict[str, type[MemoryModel]] = {
    "FSRS-6, default": Fsrs,
    "FSRS-6, random": RandomFsrs,
    "half-life regression": HalfLife,
    "ACT-R": ActR,
    "power law": PowerLaw,
}
