"""A clock that tests set."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Tells the time that it was set to; each look costs a second."""

    def __init__(self, at: datetime = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def forward(self, **parts: float) -> None:
        """Let time go by."""
        self.at += timedelta(**parts)
