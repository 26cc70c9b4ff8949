"""The command palette: what can be done on the screen now, found by its words."""

import re
from collections.abc import Awaitable, Callable

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.events import Mount

from trainer.app.offers import Offer, offers, worth_naming
from trainer.app.screens.seen import SeenScreen

_NUMBERED = re.compile(r"(option|name|sheet)\.\d$")


class Palette(CommandPalette, SeenScreen[None]):
    """Textual's palette; here a double click beside it does not close the screen below as well."""

    def __init__(self) -> None:
        super().__init__(id="--command-palette")

    def on_mount(self, event: Mount) -> None:
        """Look for no commands when the screen below has given way by now, and the palette with it."""
        if self not in self.app.screen_stack:
            event.prevent_default()


class ScreenCommands(Provider):
    """Offers what the keys of the screen do."""

    async def discover(self) -> Hits:
        """Yield all of it."""
        for offer in self._named():
            yield DiscoveryHit(offer.name, self._run(offer), help=_help(offer))

    async def search(self, query: str) -> Hits:
        """Yield what fits a query."""
        matcher = self.matcher(query)
        for offer in self._named():
            score = matcher.match(f"{offer.name} {offer.tooltip}")
            if score > 0:
                yield Hit(score, matcher.highlight(offer.name), self._run(offer), help=_help(offer))

    def _named(self) -> list[Offer]:
        """Return what has a name of its own, once each: an option is chosen by its text, not from here."""
        named = [offer for offer in worth_naming(offers(self.screen)) if not _NUMBERED.search(offer.id)]
        return list({(offer.name, offer.tooltip): offer for offer in reversed(named)}.values())[::-1]

    def _run(self, offer: Offer) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(offer.action, offer.node)

        return run


def _help(offer: Offer) -> str:
    return f"{offer.tooltip} ({', '.join(offer.keys)})"
