"""What the app takes of that which comes in: only what is meant for something that can be seen."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual import constants, events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.driver import Driver
from textual.errors import NoWidget
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer, TimerCallback
from textual.widget import Widget

from trainer.app.kit.cursor import CursorApp
from trainer.app.kit.double_press import DoublePress
from trainer.app.kit.key_bar import KeyBar
from trainer.app.kit.keys import is_safe_unseen
from trainer.app.kit.painted_screen import PaintedScreen, takes_deeds

if TYPE_CHECKING:
    from trainer.app.kit.terminal_reading import Pasted

LEAST = Size(40, 12)
"""In a smaller window a screen can't be read."""

_TOLD_AGAIN = 2.0
"""Seconds without a paste after which the next one is told of again."""

_LONGEST_WAIT = 1.0
"""Seconds that a key waits for those that were typed before it, at most: none shall hold up the app."""

_SCROLLS = (
    events.MouseScrollDown,
    events.MouseScrollUp,
    events.MouseScrollLeft,
    events.MouseScrollRight,
)


_FOR_A_SCREEN = (events.InputEvent, events.Paste, events.AppFocus, events.AppBlur)
"""What Textual hands to the screen, and is an error where none is left."""


def is_too_small(size: Size) -> bool:
    """Return whether a screen of this size can't be read."""
    return size.width < LEAST.width or size.height < LEAST.height


class InputApp(CursorApp):
    """Passes on keys, mouse and pastes that were meant for what is on the screen.

    - In a window that is too small to be read, keys help, leave and quit, and do nothing else.
    - A screen that has not been painted yet, or is about to give way, takes no keys that do something:
      they were meant for what stood there before.
    - What is pasted where there is nothing to type into does nothing, and that is said.
    - While something is typed, keys act in the order in which they came.
    - A key or a button that is pressed twice at once, or a key held down, acts on one thing and not on two.
    - The mouse acts with its left button alone, and on what that was pressed on.
    """

    _paste_at = float("-inf")

    def __init__(self) -> None:
        super().__init__()
        self._presses = DoublePress()
        self._clicking: object = None
        """What the mouse was pressed on."""

    @property
    def is_unreadable(self) -> bool:
        """Whether the window is too small, or the screen that stands was laid out in one that was."""
        return is_too_small(self.size) or is_too_small(self.screen.outer_size)

    def set_timer(
        self,
        delay: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        pause: bool = False,
    ) -> Timer:
        """Set a timer that comes late on a busy machine, but comes.

        Textual skips one whose time is over before it waits, and that for ever: the next size of the window,
        which waits for one of 8 ms, was the last then. See https://github.com/Textualize/textual/pull/6471.
        """
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False  # noqa: SLF001 — nothing else says so
        return timer

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that no input can end."""
        if sys.platform == "win32" or constants.DRIVER is not None:
            return super().get_driver_class()
        from trainer.app.kit.terminal import TerminalDriver  # noqa: PLC0415 — Windows has no such terminals

        return TerminalDriver

    def action_command_palette(self) -> None:
        """Open our palette, over a screen that stays."""
        from trainer.app.kit.palette import Palette  # noqa: PLC0415 — only when it is opened

        if self._takes_deeds() and not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_suspend_process(self) -> None:
        """Go back to the shell until its `fg`; what is saved is saved, and the record stays open."""
        if self._driver and self._driver.can_suspend:
            super().action_suspend_process()
        else:
            self.notify("This terminal has no shell to go back to. Every answer is saved.", markup=False)

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End; what works for a screen that goes with the app, such as the palette's search, is stopped."""
        super().exit(result, return_code, message)
        self.workers.cancel_all()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Paint, and have our screens know since when they are seen; Textual has no hook before that."""
        if isinstance(screen, PaintedScreen) and renderable is not None and not self._batch_count:
            screen.note_paint()
        super()._display(screen, renderable)

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on, unless it was meant for something that can't be seen."""
        if isinstance(event, _FOR_A_SCREEN) and (self._exit or not self.screen_stack):
            return  # the app is ending
        if not isinstance(event, (events.Key, events.Paste, events.MouseDown, events.MouseUp, *_SCROLLS)):
            await super().on_event(event)
        elif isinstance(event, events.Key):
            await self._take_key(event)
        elif isinstance(event, (events.MouseDown, events.MouseUp)) and not event.is_forwarded:
            await self._take_button(event)
        elif self.is_unreadable:
            return
        elif isinstance(event, events.Paste) and not self._takes_text():
            self._tell_of_paste()
        elif isinstance(event, events.Paste) or self._is_meant(event):
            await super().on_event(event)

    async def _take_button(self, event: events.MouseDown | events.MouseUp) -> None:
        """Let the left button alone press something, if it lets go of the same."""
        on = self.screen, (self._part, self._said_at(event))
        if isinstance(event, events.MouseDown):
            plain = event.button == 1 and not (event.shift or event.ctrl or event.meta)
            taken = plain and not self._presses.is_second(event, *on) and self._is_meant(event)
            self._clicking = on if taken else None
        else:
            taken = on == self._clicking
        if not taken:
            self.screen.suppress_click()
        if taken or isinstance(event, events.MouseUp):
            await super().on_event(event)
        if isinstance(event, events.MouseUp):
            self._clicking = None

    def _said_at(self, event: events.MouseEvent) -> str:
        """Return what the key bar says under the mouse, which is something else at other times."""
        with suppress(NoWidget):
            widget, region = self.get_widget_at(*event.screen_offset)
            if isinstance(widget, KeyBar):
                return widget.says_at(event.screen_offset - region.offset)
        return ""

    async def _take_key(self, event: events.Key) -> None:
        if event.is_forwarded:
            if self._is_meant(event):  # the widgets had no use for it: it would do something now
                await super().on_event(event)
        elif self._presses.is_second(event, *self._acts_on(event)):
            return
        elif self.is_unreadable:
            await self._press_unseen(event.key)
        elif writing := self._typed_into(event):
            await self._press_in_order(event, writing)
        elif self._takes_text() or self._is_meant(event):
            await super().on_event(event)
        else:  # on its way through the widgets it might come too late to be told from one that was meant
            await self._check_bindings(event.key, priority=True)

    async def on_pasted(self, message: "Pasted") -> None:
        """Type a paste that comes as keys, or say that nothing was done with it."""
        if self._exit or not self.screen_stack:
            return  # the app is ending
        if not self._takes_text() or self.is_unreadable:
            self._tell_of_paste()
            return
        for key in message.keys:
            key.set_sender(self)
            await self.on_event(key)

    def _acts_on(self, event: events.Key) -> tuple[object, object]:
        """Return what a key acts on; one that writes or edits does the same wherever it is pressed."""
        edits = self._takes_text() and event.key != "enter"
        return self.screen, None if edits else self._part

    @property
    def _part(self) -> object:
        """What of the screen stands; Textual's own have no parts."""
        return self.screen.part if isinstance(self.screen, PaintedScreen) else None

    def _takes_deeds(self) -> bool:
        """Return whether the screen that stands can be seen, and is not about to give way."""
        return not self.is_unreadable and takes_deeds(self.screen)

    def _is_meant(self, event: events.Event) -> bool:
        """Return whether an event can be meant for what stands here: it may have waited since it came.

        On a slow machine another picture may be painted between two keys of one read, or while one of them
        is on its way through the widgets.
        """
        screen = self.screen
        stood = not isinstance(screen, PaintedScreen) or screen.stood_at(event.time)
        return stood and self._takes_deeds()

    def _takes_text(self) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key("a", "a")

    def _typed_into(self, event: events.Key) -> Widget | None:
        """Return the widget that takes text, if a key is no text for it, but edits or leaves it."""
        focused = self.focused
        if focused is None or not self._takes_text() or focused.check_consume_key(event.key, event.character):
            return None
        return focused

    async def _press_in_order(self, event: events.Key, writing: Widget) -> None:
        """Do what a key does where text is typed, once all that was typed before it stands there.

        Textual lets a widget take letters from its own queue, while a key such as Backspace goes the way of
        all bindings, and what is typed later overtakes it: "Amn", twice Backspace and "nna" in one read gave
        "Amnn", see https://github.com/Textualize/textual/issues/6605. `tests/app/test_typed_in_order.py`
        tells when Textual has mended it.
        """
        await _settled(writing)
        if await self._check_bindings(event.key, priority=True):
            return
        event.stop()  # it is not to come back as one that nobody had a use for
        writing._forward_event(event)  # noqa: SLF001 — as Textual itself does
        await _settled(writing)
        if event._no_default_action:  # noqa: SLF001 — there is no public word for it: the widget took it
            return
        for namespace, bindings in list(self.screen._modal_binding_chain):  # noqa: SLF001 — as `bindings_of`
            for binding in bindings.key_to_bindings.get(event.key, ()):
                allowed = namespace is writing or self._takes_deeds()
                if not binding.priority and allowed and await self.run_action(binding.action, namespace):
                    return

    async def _press_unseen(self, key: str) -> None:
        for binding, node in bindings_of(self.screen):
            if binding.key == key and is_safe_unseen(binding) and await self.run_action(binding.action, node):
                return

    def _tell_of_paste(self) -> None:
        now = time.monotonic()
        if now - self._paste_at > _TOLD_AGAIN:
            self.notify(
                "That looked like pasted text, and there is nothing here to paste it into; nothing was done.",
                markup=False,
            )
        self._paste_at = now


async def _settled(widget: Widget) -> None:
    """Wait until a widget has handled what it was sent."""
    done = asyncio.Event()
    if widget.is_running and widget.call_later(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _LONGEST_WAIT)


def bindings_of(screen: Screen[Any]) -> Iterator[tuple[Binding, DOMNode]]:
    """Yield the keys of a screen as the user has set them, and those of the app, which work everywhere.

    Textual's public list leaves out the app's where a screen stands over another, though it obeys them.
    """
    for node, bindings in screen._binding_chain:  # noqa: SLF001 — there is no public list of all
        for _, binding in bindings:
            yield binding, node
