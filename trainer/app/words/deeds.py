"""What can be done on a screen, to be found by its words: all that the palette has."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from textual.command import DiscoveryHit, Provider
from textual.screen import Screen

from trainer.cards.finding import Finder
from trainer.clean import clean_line


class Deed(Struct, frozen=True):
    """Something that can be done."""

    name: str
    told: str
    """What it does."""
    run: Callable[[], Any]


class Deeds:
    """What can be done on a screen."""

    def __init__(self, deeds: Sequence[Deed]) -> None:
        self.all = deeds
        self._finder = Finder([(each.name, each.told) for each in deeds])

    @classmethod
    async def on(cls, screen: Screen[Any]) -> "Deeds":
        """Return what the palette would offer on a screen."""
        found: list[Deed] = []
        for commands in screen.app.COMMANDS:
            provider = commands if isinstance(commands, type) else commands()
            found += [_deed(hit) async for hit in _offered(provider, screen)]
        return cls(found)

    def begins(self, typed: str) -> list[int]:
        """Return the places of what has words that begin as typed; of all if nothing was typed."""
        everything = len(self.all)
        return self._finder.begins(typed, everything).places if typed.strip() else list(range(everything))


async def _offered(provider: type[Provider], screen: Screen[Any]) -> Any:
    async for hit in provider(screen).discover():
        if isinstance(hit, DiscoveryHit):
            yield hit


def _deed(hit: DiscoveryHit) -> Deed:
    return Deed(clean_line(hit.text or str(hit.display)), clean_line(hit.help or ""), hit.command)
