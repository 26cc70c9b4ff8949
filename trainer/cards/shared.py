"""The library that processes share because they are forked from one: it is read once, for all of them."""

from typing import TYPE_CHECKING, NamedTuple

from trainer.cards.cache import stamps_of
from trainer.cards.outline import Outlines
from trainer.home import Home

if TYPE_CHECKING:
    from trainer.cards.library import Library


class Shared(NamedTuple):
    """A library that was read, with all of its cards."""

    library: "Library"
    outlines: Outlines


_shared: list[Shared] = []
"""The one that was read last, if any was."""


def share(home: Home) -> None:
    """Read the sheets of a home, for this process and those that are forked from it later.

    Raises OSError where a folder of sheets can't be read.
    """
    from trainer.cards.library import load_library  # noqa: PLC0415 — who only asks does without it

    library = load_library(home)
    library.cards  # noqa: B018 — made here once, and in no session
    _shared[:] = [Shared(library, library.outlined(home))]


def shared(home: Home) -> Shared | None:
    """Return what is shared of a home's sheets; None where it is nothing, or they have changed since."""
    stamps = stamps_of(home)
    return next((each for each in _shared if stamps and each.library.stamps == stamps), None)
