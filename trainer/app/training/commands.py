"""What the palette finds besides the keys of a place: every role and every deck, to train it alone."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from trainer.app.kit.feature import Begin
from trainer.app.kit.phrases import count
from trainer.app.kit.place_screen import PlaceScreen
from trainer.cards.decks import DECKS
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from trainer.engine.engine import Engine


class _App(Protocol):
    engine: "Engine | None"


class TrainingCommands(Provider):
    """Offers to train a role or a deck alone; on a place only, so that a session is not left by it."""

    async def discover(self) -> Hits:
        """Yield all of them."""
        for name, told, run in self._choices():
            yield DiscoveryHit(name, run, help=told)

    async def search(self, query: str) -> Hits:
        """Yield those that fit a query."""
        matcher = self.matcher(query)
        for name, told, run in self._choices():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, help=told)

    def _choices(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        engine = cast("_App", self.app).engine
        if not isinstance(self.screen, PlaceScreen) or engine is None:
            return
        for key, tally in engine.overview().decks.items():
            if tally.cards:
                yield (
                    f"Train {DECKS[key].name}",
                    f"A deck of your roles: {tally.due} to review",
                    self._run(key),
                )
        for role in engine.roles():
            if role.counts.cards:
                yield f"Train {role.name}", f"{count(role.counts.cards, 'card')}", self._run(role.id)

    def _run(self, deck: str) -> Callable[[], None]:
        place = cast("PlaceScreen", self.screen)
        return partial(place.lead_on, Begin(SessionChoice(decks=(deck,))))
