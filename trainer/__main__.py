"""`trainer` and `python -m trainer`: runs the command, and tells every error in a sentence."""

import os
import signal  # these and no more: until it is told what to do, Ctrl+C draws a stack trace
import sys

MENDABLE, UNFORESEEN, INTERRUPTED = 2, 1, 130
"""The statuses for an error of the user's, for one of ours, and for Ctrl+C."""


def main() -> None:
    """Run the command and end with its status.

    An error that nobody foresaw is told in a sentence like all others; a report of it is kept in the home.
    """
    status = INTERRUPTED
    try:
        _leave_on_interrupt()
        from trainer.console import mend_streams, speak_utf8, tidy_output

        speak_utf8()
        mend_streams()
        status = _guarded()
        tidy_output(waiting=status != INTERRUPTED)
        _leave_on_interrupt()
    except KeyboardInterrupt:  # a second one
        pass
    from trainer.interrupts import heed

    heed()
    sys.exit(status)


def _leave_on_interrupt() -> None:
    """Let Ctrl+C end the process without a word while nothing is open that were to be closed."""
    if callable(signal.getsignal(signal.SIGINT)):  # else the system is to ignore it, or to end us
        signal.signal(signal.SIGINT, lambda _number, _frame: os._exit(INTERRUPTED))


def _guarded() -> int:
    """Run the command; return its status, whatever happens."""
    from trainer.console import check_time_zone
    from trainer.errors import TrainerError
    from trainer.interrupts import came, is_of_interrupt

    try:
        try:
            check_time_zone()
            status = _run()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else bool(end.code)
        if status != INTERRUPTED:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # "trainer decks | head": nobody is there to be told
        return UNFORESEEN
    except TrainerError as error:
        return _told(str(error), MENDABLE)
    except Exception as error:  # noqa: BLE001 — the last line of defence
        return INTERRUPTED if came() or is_of_interrupt(error) else _defended(error)
    return status


def _run() -> int:
    if not sys.argv[1:] and not _line_by_line():
        from trainer.launch import open_app

        return open_app()
    import click

    from trainer.cli import cli
    from trainer.interrupts import is_of_interrupt, raise_on_interrupt

    raise_on_interrupt()
    try:
        status = cli(prog_name="trainer", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as error:
        return INTERRUPTED if is_of_interrupt(error) else 1
    return status if isinstance(status, int) else 0


def _line_by_line() -> bool:
    """Return whether a bare `trainer` is to train without the app."""
    from trainer.home import find_home
    from trainer.plain.preferred import goes_plain

    return goes_plain(find_home())


def _defended(error: Exception) -> int:
    """Tell of an error that was not told where it arose: of a file, or one that nobody foresaw."""
    from trainer.crash import UnforeseenError, origin, unforeseen
    from trainer.errors import told_of_file

    answers = error.answers if isinstance(error, UnforeseenError) else ""
    cause = origin(error)
    if isinstance(cause, OSError) and (told := told_of_file(cause)):
        return _told(f"{told} {answers}".rstrip(), MENDABLE)
    return _told(unforeseen(error, sys.argv[1:]), UNFORESEEN)


def _told(message: str, status: int) -> int:
    from contextlib import suppress

    from trainer.clean import printable

    with suppress(OSError):  # where errors can't be told, the status tells them
        shown = printable(message.encode(errors="replace").decode())  # half a pair is shown as "?"
        print(f"trainer: {shown}", file=sys.stderr, flush=True)  # noqa: T201 — the command's own message
    return status


if __name__ == "__main__":
    main()
