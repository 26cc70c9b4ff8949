"""How long a session is to be, and what is spent of it."""


class Goal:
    """The seconds after which a session is enough; one without any goes on to its last card."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._spent = 0

    @property
    def reached(self) -> bool:
        """Whether it is enough."""
        return self._seconds is not None and self._spent >= 1000 * self._seconds

    def has_room(self, seconds: float) -> bool:
        """Whether there is time for something more that takes so many seconds, to half of it."""
        return self._seconds is not None and self._spent / 1000 + seconds / 2 <= self._seconds

    def spend(self, ms: int) -> None:
        """Count milliseconds of the session."""
        self._spent += ms

    def drop(self) -> None:
        """Go on beyond it, to the last card."""
        self._seconds = None
