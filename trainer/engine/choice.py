"""What to train, as the command line or a screen chose it."""

from typing import Literal

from msgspec import Struct

from trainer.study.plan import QUIZ_LENGTH


class SessionChoice(Struct, frozen=True):
    """One session to start."""

    kind: Literal["study", "quiz", "mistakes", "stars"] = "study"
    """What is for today, a quick quiz, what was missed in the last days, or what was starred."""
    decks: tuple[str, ...] = ()
    """Names as `Library.select` takes them; all decks if none is named."""
    limit: int | None = None
    """The most cards in all, for "study"."""
    new: int | None = None
    """The number of new cards, for "study"; None for what the minutes have room for."""
    minutes: int | None = None
    """Minutes from now on, for "study"; None for what is left of the day's."""
    count: int = QUIZ_LENGTH
    """The number of questions, for "quiz"."""
