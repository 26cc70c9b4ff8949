"""How long a session is to be: what is spent of it, and what is left."""

from collections.abc import Iterable, Mapping


class Goal:
    """The seconds after which a session is enough; one without any goes on to its last card."""

    def __init__(self, seconds: float | None, expected: Mapping[str, float]) -> None:
        """Begin; `expected` are the seconds that cards are expected to take, by their ids."""
        self._seconds = seconds
        self._expected = expected
        self._spent = 0

    @property
    def reached(self) -> bool:
        """Whether it is enough."""
        return self._seconds is not None and self._spent >= 1000 * self._seconds

    def spend(self, ms: int) -> None:
        """Count milliseconds of the session."""
        self._spent += ms

    def drop(self) -> None:
        """Go on beyond it, to the last card."""
        self._seconds = None

    def left(self, waiting: Iterable[str]) -> float:
        """Return the seconds that cards are expected to take, no more than those left to the goal."""
        cards = sum(self._expected.get(card, 0.0) for card in waiting)
        return cards if self._seconds is None else min(cards, max(0.0, self._seconds - self._spent / 1000))
