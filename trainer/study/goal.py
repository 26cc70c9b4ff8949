"""How long a session is to be, and what is spent of it."""

SLOWER = 2.0
"""Somebody may take so many times what is expected."""


class Goal:
    """The seconds after which a session is enough; one without any goes on to its last card."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._spent = 0

    @property
    def reached(self) -> bool:
        """Whether it is enough."""
        return self._seconds is not None and self._spent >= 1000 * self._seconds

    @property
    def left(self) -> float:
        """The seconds that are left; 0 where it is reached, or without any."""
        return 0.0 if self._seconds is None else max(0.0, self._seconds - self._spent / 1000)

    @property
    def share(self) -> float:
        """The part of it that is spent, from 0 to 1; 0 without any."""
        return min(1.0, self._spent / (1000 * self._seconds)) if self._seconds else 0.0

    def has_room(self, seconds: float) -> bool:
        """Return whether there is time for something more that takes so many seconds, to half of it."""
        return self._seconds is not None and self._spent / 1000 + seconds / 2 <= self._seconds

    def surely_lasts(self, spent: float, expected: float) -> bool:
        """Return whether it is not reached once so many seconds more are spent, and others expected."""
        return self._seconds is None or spent + SLOWER * expected < self.left

    def spend(self, ms: int) -> None:
        """Count milliseconds of the session."""
        self._spent += ms

    def drop(self) -> None:
        """Go on beyond it, to the last card."""
        self._seconds = None
