"""What the palette finds besides the keys of a place: every role and every deck, to train it alone."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from trainer.app.kit.feature import Begin
from trainer.app.kit.phrases import count, said
from trainer.app.kit.place_screen import PlaceScreen
from trainer.cards.decks import DECKS
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from trainer.engine.engine import Engine

_Choice = tuple[Content, str, Callable[[], None]]
"""What it is called, what is told of it, and what begins it."""


class _App(Protocol):
    engine: "Engine | None"


class TrainingCommands(Provider):
    """Offers to train a role or a deck alone; on a place only, so that a session is not left by it."""

    async def discover(self) -> Hits:
        """Yield all of them."""
        for name, told, run in self._choices():
            yield DiscoveryHit(name, run, text=name.plain, help=told)

    async def search(self, query: str) -> Hits:
        """Yield those that fit a query."""
        matcher = self.matcher(query)
        for name, told, run in self._choices():
            # Textual's own highlighting would take the name of a role for markup.
            score, found = matcher.fuzzy_search.match(query, name.plain)
            if score > 0:
                shown = name
                for at in found:
                    shown = shown.stylize(matcher.match_style, at, at + 1)
                yield Hit(score, shown, run, text=name.plain, help=told)

    def _choices(self) -> Iterator[_Choice]:
        engine = cast("_App", self.app).engine
        if not isinstance(self.screen, PlaceScreen) or engine is None:
            return
        for key, tally in engine.overview().decks.items():
            if tally.cards:
                told = f"A deck of your roles: {tally.due} to see again"
                yield said(f"Train {DECKS[key].name}"), told, self._run(key)
        for role in engine.roles():
            if role.counts.cards:
                told = count(role.counts.cards, "card")
                yield said(f"Train {role.name}"), told, self._run(role.id)

    def _run(self, deck: str) -> Callable[[], None]:
        place = cast("PlaceScreen", self.screen)
        return partial(place.lead_on, Begin(SessionChoice(decks=(deck,))))
