"""What every screen of ours knows: whether it was painted, and whether it is about to give way."""

from typing import Any, TypeVar

from textual._time import get_time  # private: by it events are stamped
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import Screen

_Outcome = TypeVar("_Outcome")


_OFFERED_FOR = 4.0
"""Seconds for which it is told that something can be undone."""

_NOT_YET = float("inf")
"""When something is seen that is still to be painted."""


class PaintedScreen(Screen[_Outcome]):
    """A screen that takes a key only once what the key is meant for was painted."""

    undoes_the_last = False
    """Whether undoing takes back what was done last on the screen before."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._pictures = self._painted = 0
        """How often it showed something else, and the last of these pictures that was painted."""
        self._seen_at = 0.0
        """When the last of these pictures was first painted, by the clock that stamps events."""
        self._leading = False
        self.offered_until = 0.0
        """When it is no longer told that something can be undone, by a clock that is never set."""

    @property
    def takes_deeds(self) -> bool:
        """Whether a key can be meant for what stands here: it was painted, and stays."""
        return 0 < self._pictures == self._painted and not self._leading

    @property
    def part(self) -> object:
        """What of the screen stands: a press that comes twice at once is for one of its parts."""
        return None

    def stood_at(self, instant: float) -> bool:
        """Return whether what stands here was painted by an instant, as events are stamped with."""
        return self._seen_at <= instant

    def on_screen_resume(self) -> None:
        """Take keys after the first paint, and after that of what changed under another screen."""
        if not self._pictures:
            self.unsee()
        elif self._painted != self._pictures:
            self.refresh()
            self.call_after_refresh(self._see, self._pictures)

    def unsee(self) -> None:
        """Take no keys until what is shown now was painted."""
        self._pictures += 1
        self._seen_at = _NOT_YET
        self.call_after_refresh(self._see, self._pictures)

    def _see(self, picture: int) -> None:
        self._painted = picture
        self.note_paint()

    def note_paint(self) -> None:
        """Note since when what stands here is seen: its first paint begins."""
        if self._seen_at == _NOT_YET:
            self._seen_at = get_time()

    def offer_undo(self, told: str) -> None:
        """Say what was done, and that a key takes it back, as long as it does."""
        self.notify(f"{told} Press u to undo.", markup=False, timeout=_OFFERED_FOR)
        self.offered_until = get_time() + _OFFERED_FOR

    def withdraw_undo(self) -> None:
        """Offer no more to undo something: it was done, or this screen is left."""
        if get_time() < self.offered_until:
            self.offered_until = 0.0
            self.app.clear_notifications()

    def on_screen_suspend(self) -> None:
        """Offer nothing on another screen, unless the key takes the same back there."""
        after = self.app.screen_stack[-1] if self.app.screen_stack else None
        if isinstance(after, PaintedScreen) and after.undoes_the_last:
            after.offered_until, self.offered_until = self.offered_until, 0.0
        self.withdraw_undo()

    def lead_on(self, message: Message) -> None:
        """Post a message by which the app leads on; until that is done no key comes in between.

        A second message is dropped: it was meant for the screen as it was before the first.
        """
        if self._leading:
            return
        self._leading = True
        self.post_message(message)
        # Through both queues after the message: the app has led on then, or left this screen as it is.
        self.call_later(self.app.call_later, self._led_on)

    def _led_on(self) -> None:
        self._leading = False

    def dismiss(self, result: _Outcome | None = None) -> AwaitComplete:
        """End, with what stands over this screen; once it has ended a second time does nothing."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.pop_screen()
        return super().dismiss(result)


def takes_deeds(screen: Screen[Any]) -> bool:
    """Return whether a screen was painted, and is not about to give way; Textual's own don't know."""
    return not isinstance(screen, PaintedScreen) or screen.takes_deeds
