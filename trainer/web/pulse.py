"""Whether an app still answers: it is asked behind what was typed, and hangs if it says nothing for long."""

from trainer.web import limits


class Pulse:
    """Of one process. Looks are counted, not seconds: a server that was stopped itself blames no app."""

    def __init__(self) -> None:
        self._typed = False
        self._looks = 0
        """Since it was asked what it has not answered."""

    def note_typed(self) -> None:
        """Take note that the app has something to do."""
        self._typed = True

    def note_answered(self) -> None:
        """Take note that it answered."""
        self._looks = 0

    def look(self) -> bool:
        """Look once more, as the server does every `limits.WATCH`; return whether it is to be asked now."""
        if self._looks:
            self._looks += 1
            return False
        is_asked, self._typed = self._typed, False
        self._looks = int(is_asked)
        return is_asked

    @property
    def is_lost(self) -> bool:
        """Whether the app hangs."""
        return self._looks > limits.HANG_PATIENCE / limits.WATCH
