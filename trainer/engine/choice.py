"""What to train, as the command line or a screen chose it."""

from typing import Literal

from msgspec import Struct

from trainer.study.plan import QUIZ_LENGTH
from trainer.study.steps import Part


class SessionChoice(Struct, frozen=True):
    """One session to start."""

    kind: Literal["study", "quiz", "hour", "mistakes", "stars", "cards"] = "study"
    """What is for today, a quick quiz, the hour before an interview, what was missed lately, what is starred,
    or cards by their ids."""
    decks: tuple[str, ...] = ()
    """Names as `Library.select` takes them; all decks if none is named."""
    cards: tuple[str, ...] = ()
    """Ids, for "cards"."""
    limit: int | None = None
    """The most cards in all, for "study"."""
    new: int | None = None
    """The number of new cards, for "study"; None for what the minutes have room for."""
    minutes: int | None = None
    """Minutes from now on, for "study" and "hour"; None for what is left of the day's, or what is usual."""
    level: str = ""
    """The level that is hired for, for "hour": questions for other levels are left out."""
    part: Part = ""
    """What is asked of it, for "hour": a step of an interview's day, with the role in `decks`."""
    count: int = QUIZ_LENGTH
    """The number of questions, for "quiz"."""
