"""What to train, as the command line or a screen chose it."""

from typing import Literal

from msgspec import Struct

from trainer.study.plan import QUIZ_LENGTH


class SessionChoice(Struct, frozen=True):
    """One session to start."""

    kind: Literal["study", "quiz"] = "study"
    decks: tuple[str, ...] = ()
    """Names as `Library.select` takes them; all decks if none is named."""
    limit: int | None = None
    """The most cards in all, for "study"."""
    new: int | None = None
    """The number of new cards, for "study"; None for the rest of the day's dose."""
    count: int = QUIZ_LENGTH
    """The number of questions, for "quiz"."""
