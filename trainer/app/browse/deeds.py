"""What is done with cards from the list of them and from a card's page, and the way back."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from trainer.app.kit.phrases import count
from trainer.engine.browsing import Deed, Done

if TYPE_CHECKING:
    from trainer.engine.browsing import Browsing
    from trainer.reports.browse import CardRow

Toggle: TypeAlias = Literal["away", "star", "off"]

_TURNED: Mapping[Toggle, tuple[Deed, Deed]] = {
    "away": ("put away", "bring back"),
    "star": ("star", "unstar"),
    "off": ("not today", "today"),
}
"""What a key does, and what it does once all cards are so."""
_LABELS: Mapping[Deed, str] = {
    "put away": "Put away",
    "bring back": "Bring back",
    "star": "Star",
    "unstar": "Unstar",
    "not today": "Not today",
    "today": "Ask today",
    "forget": "Forget",
}
_TOLD: Mapping[Deed, str] = {
    "put away": "put away",
    "bring back": "brought back",
    "star": "starred",
    "unstar": "with no star any more",
    "not today": "put off until tomorrow",
    "today": "asked today after all",
    "forget": "forgotten, to begin anew",
}


def deed_of(toggle: Toggle, rows: Sequence["CardRow"]) -> Deed:
    """Return what a key does with cards: it takes back what all of them are."""
    do, undo = _TURNED[toggle]
    return undo if rows and all(getattr(row, toggle) for row in rows) else do


def label_of(deed: Deed) -> str:
    """Return what a key is called that does something."""
    return _LABELS[deed]


class Deeds:
    """Does something with cards, and takes it back, the last first."""

    def __init__(self, learner: "Browsing") -> None:
        self._learner = learner
        self._done: list[Done] = []

    @property
    def can_undo(self) -> bool:
        """Whether something was done."""
        return bool(self._done)

    def do(self, deed: Deed, cards: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """Do something; return the cards that are different now, and what to tell. Raises TrainerError."""
        done = self._learner.do(deed, cards)
        if not done.cards:
            return (), ""
        self._done.append(done)
        return done.cards, f"{count(len(done.cards), 'card')} {_TOLD[deed]}."

    def undo(self) -> tuple[tuple[str, ...], str]:
        """Take back what was done last, of all its cards. Raises TrainerError."""
        done = self._done[-1]
        self._learner.take_back_done(done)
        self._done.pop()
        return done.cards, f"{count(len(done.cards), 'card is', 'cards are')} as before."
