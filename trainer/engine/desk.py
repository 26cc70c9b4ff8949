"""What every part of the engine works on: the library, the record and the clock."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from trainer.cards.outline import Outline
from trainer.cards.roles import Roles, roles_of, sheet_id
from trainer.engine.rights import Rights
from trainer.memory.state import Day
from trainer.progress.progress import Progress
from trainer.reports.roles import Named

if TYPE_CHECKING:
    from trainer.cards.card import Card
    from trainer.cards.library import Library
    from trainer.study.plan import Planner


class Desk:
    """A learner's library, record and clock; `Engine` opens them."""

    progress: Progress
    rights = Rights()
    """What the learner may do besides training."""

    @property
    def library(self) -> "Library":
        """All sheets."""
        raise NotImplementedError

    @property
    def day(self) -> Day:
        """The study day it is now."""
        raise NotImplementedError

    def minutes_on(self, now: datetime) -> int:
        """Return the minutes of the day it is then."""
        raise NotImplementedError

    def _planner(self) -> "Planner":
        """Return who plans today's sessions."""
        raise NotImplementedError

    def _reviewing(self, cards: Sequence[Outline]) -> tuple[float, float]:
        """Return the retention by which sessions are planned, and the minutes a day that reviews take so."""
        raise NotImplementedError

    def _chosen(self, decks: Sequence[str] = ()) -> "list[Card]":
        """Return the cards of the decks named, or of all that the learner learns. Raises UnknownDeckError."""
        return self.library.select(decks, self._roles(self.library.sheets.values()).asked)

    def _listed(self) -> tuple[Iterable[Named], Iterable[Outline]]:
        """Return the sheets and the cards, without reading a sheet where they are known already."""
        raise NotImplementedError

    def _cards_of(self, role: str, level: str) -> list[Outline]:
        """Return what is to be known of a role by one who hires for a level of it, both by their ids.

        For no level that is all of the role, for one all but the interview questions for others.
        """
        of_role = (card for card in self._listed()[1] if sheet_id(card.id) == role)
        return [card for card in of_role if card.is_for(level)]

    def _roles(self, sheets: Iterable[Named] | None = None) -> Roles:
        """Return what the learner learns, of all sheets or of those given."""
        known = self._listed()[0] if sheets is None else sheets
        return roles_of(self.progress.settings, known, self.progress.states)

    def _asked(self) -> tuple[Roles, list[Named], list[Outline]]:
        """Return what the learner learns, all sheets, and the cards that are asked."""
        sheets, cards = self._listed()
        named = list(sheets)
        roles = self._roles(named)
        asked = set(roles.asked)
        return roles, named, [card for card in cards if sheet_id(card.id) in asked]
