"""The command palette: what can be done on the screen now, found by its words."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from inspect import unwrap

from textual import work
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.css.query import NoMatches
from textual.events import Click, Mount

from trainer.app.kit.active_keys import ActiveKey, active_keys, worth_naming
from trainer.app.kit.painted_screen import PaintedScreen


class Palette(CommandPalette, PaintedScreen[None]):
    """Textual's palette; here a double click beside it does not close the screen below as well.

    It has no id: one that is opened while the last is still being taken away would be a second of it.
    """

    def on_mount(self, event: Mount) -> None:
        """Look for no commands when the screen below has given way by now, and the palette with it."""
        if self not in self.app.screen_stack:
            event.prevent_default()

    def on_click(self, event: Click) -> None:
        """Pass over a click beyond the window, which was larger just now: Textual (8.2.8) finds nothing."""
        if not self.region.contains(int(event.screen_x), int(event.screen_y)):
            event.prevent_default()

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)  # noqa: SLF001 — its own calls it off
    async def _gather_commands(self, search_value: str) -> None:
        """Stop looking when the palette is taken away meanwhile: Textual (8.2.8) looks for its list then."""
        with suppress(NoMatches):
            await unwrap(super()._gather_commands)(self, search_value)

    def _action_command_list(self, action: str) -> None:
        """Pass over a page key before the list was laid out: Textual (8.2.8) knows no lines then."""
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)


class ScreenCommands(Provider):
    """Offers what the keys of the screen do."""

    async def discover(self) -> Hits:
        """Yield all of it."""
        for each in self._named():
            yield DiscoveryHit(each.name, self._run(each), help=_help(each))

    async def search(self, query: str) -> Hits:
        """Yield what fits a query."""
        matcher = self.matcher(query)
        for each in self._named():
            score = matcher.match(f"{each.name} {each.tooltip}")
            if score > 0:
                yield Hit(score, matcher.highlight(each.name), self._run(each), help=_help(each))

    def _named(self) -> list[ActiveKey]:
        """Return what has a name of its own, once each: an option is chosen by its text, not from here."""
        named = [each for each in worth_naming(active_keys(self.screen)) if each.listed]
        return list({(each.name, each.tooltip): each for each in reversed(named)}.values())[::-1]

    def _run(self, key: ActiveKey) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await self.app.run_action(key.action, key.node)

        return run


def _help(key: ActiveKey) -> str:
    return f"{key.tooltip} ({', '.join(key.keys)})"
