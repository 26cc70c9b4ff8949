"""Ctrl+C: it ends what runs, wherever it comes, and what is open is closed."""

import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_COMES_AGAIN = 0.5
"""Seconds after which an interrupt that led to nothing is raised once more."""

_came: list[int] = []
"""The signals of the interrupts that there were."""


def raise_on_interrupt(*, in_loop: bool = False) -> None:
    """Let Ctrl+C raise KeyboardInterrupt from now on, so that what is open is closed.

    One that comes while Python imports or frees something may be dropped there, or be taken for no answer by
    what asked: it comes again until it is heeded. Not so with `in_loop`, of what an event loop is run in,
    which heeds it in its own way.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        return  # as whoever started us in the background wants it
    again = sys.platform != "win32" and not in_loop
    with suppress(ValueError):  # only the main thread may say so
        signal.signal(signal.SIGINT, _interrupt if again else signal.default_int_handler)
        if sys.platform != "win32" and again:
            signal.signal(signal.SIGALRM, _interrupt_again)
    sys.unraisablehook = _told_of_no_interrupt(sys.unraisablehook)


def came() -> bool:
    """Return whether there was an interrupt; all that fails after it may have failed by it."""
    return bool(_came)


def heed() -> None:
    """Let no interrupt come again: one was heeded, or all is done."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


def is_of_interrupt(error: BaseException | None) -> bool:
    """Return whether an error is an interrupt, or came of one: Python makes other errors of some."""
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _interrupt(number: int, _frame: FrameType | None) -> None:
    _came.append(number)
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, _COMES_AGAIN)
    raise KeyboardInterrupt


def _interrupt_again(number: int, frame: FrameType | None) -> None:
    """Interrupt once more, unless what is open is being closed, or Ctrl+C means something else by now."""
    if sys.platform == "win32" or signal.getsignal(signal.SIGINT) is not _interrupt:
        return
    if is_of_interrupt(sys.exception()):
        signal.setitimer(signal.ITIMER_REAL, _COMES_AGAIN)
    else:
        _interrupt(number, frame)


def _told_of_no_interrupt(
    tell: "Callable[[sys.UnraisableHookArgs], object]",
) -> "Callable[[sys.UnraisableHookArgs], None]":
    """Return what tells of errors that can't be raised, but not of an interrupt: it comes again."""

    def told(unraisable: "sys.UnraisableHookArgs") -> None:
        if not isinstance(unraisable.exc_value, KeyboardInterrupt):
            tell(unraisable)

    return told
