"""Opening the app. Apart from the command, so that a bare `trainer` loads no more than it needs."""

import gc
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from trainer.console import confirm
from trainer.errors import TrainerError
from trainer.home import Home, find_home
from trainer.interrupts import raise_on_interrupt

_NO_TERMINAL = (
    "The app needs a terminal, and there is none here. To train line by line use:\n"
    "  trainer study --plain\n  trainer quiz --plain"
)


def open_app(
    recruiter: str | None = None,
    home_folder: Path | None = None,
    *,
    newcomer: bool = False,
    practice: bool = False,
    **choice: Any,
) -> int:
    """Run the app, on a session if one is chosen (see SessionChoice); return the status to end with.

    A recruiter whom nobody knows here is asked about, unless they are said to be a `newcomer`.

    Raises TrainerError without a terminal, for a name that can't be used, or an unknown deck.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TrainerError(_NO_TERMINAL)
    _draw_on_the_terminal()
    gc.disable()  # starting makes little garbage; the app turns it on again with the first picture
    from trainer.app.app import run_app
    from trainer.engine.choice import SessionChoice

    home = find_home(home_folder)
    if recruiter is not None:
        home.progress_file(recruiter)  # a name that can't be used ends here, not in the app
    library = None
    if decks := choice.get("decks"):
        from trainer.cards.library import load_library

        library = load_library(home)
        library.select(decks)
    session = SessionChoice(**choice) if choice else None
    raise_on_interrupt(in_loop=True)
    return run_app(
        home,
        recruiter,
        newcomer=newcomer,
        session=session,
        saving=not practice,
        library=library,
        leave=partial(tell_the_way_back, home, home_folder, recruiter),
    )


def tell_the_way_back(
    home: Home, home_folder: Path | None, recruiter: str | None, *, further: str = ""
) -> None:
    """Say how trainer is opened tomorrow; where the shell would not find it, offer a launcher, once.

    `further` is what has to follow the command, to open it as it was opened.
    """
    from trainer import launcher

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return  # the terminal is gone
    known = home.recruiters()
    if not known:
        return  # who never answered has nothing to come back to
    if not further and home_folder is None and launcher.is_wanted(home):
        launcher.note_offered(home)
        if path := _launcher_made():
            sys.stdout.write(f"{launcher.how_to_remove(path)}\n{launcher.how_to_open(path)}\n")
            return
    command = launcher.opening(home_folder, recruiter, known=known)
    sys.stdout.write(f"Open trainer again with: {command}{further}\n")


def _launcher_made() -> Path | None:
    """Make a launcher if that is wanted; return its path."""
    import textwrap

    import click

    from trainer import launcher

    between_words = partial(textwrap.fill, width=70, break_long_words=False, break_on_hyphens=False)
    question = f'Put a launcher at {launcher.place()}, so that "trainer" opens this from any folder?'
    try:
        return launcher.make() if confirm(between_words(question)) else None
    except click.Abort:
        sys.stdout.write("\n")
        return None


def _draw_on_the_terminal() -> None:
    """Let the app be seen where the standard error is no terminal, as with "trainer 2> log", and fit.

    COLUMNS and LINES, by which Textual goes rather than by the terminal, may be those of another one.
    """
    if not sys.stderr.isatty():
        vars(sys)["__stderr__"] = sys.__stdout__  # what Textual draws on
    with suppress(OSError):
        if all(os.get_terminal_size(sys.stdout.fileno())):
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)
