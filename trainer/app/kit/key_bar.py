"""The keys that can be pressed now, in words; a click presses them."""

from collections.abc import Iterable
from itertools import groupby

from textual import events
from textual.content import Content
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.widget import Widget

from trainer.app.kit.active_keys import ActiveKey, active_keys
from trainer.app.kit.painted_screen import takes_deeds

MOST = 6
"""Keys in the bar at most."""

_LAST = 2
"""Help and the way out stand last, and are never dropped."""

_GAP = "   "
_NARROW_GAP = "  "
"""Between the keys, where they stand on one line so and not with more."""
_TALL = 16
"""From this height on a screen has a second line to give."""


class KeyBar(Widget):
    """Shows at most six keys on one line, or on two where the screen is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[list[ActiveKey]] = []

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 — Textual's signature
        """Take all the width there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 — the same
        """Take a second line where one is too short."""
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        """Paint the keys."""
        gap = self._gap(self.size.width)
        lines = [Content(gap).join(map(self._words, line)) for line in self._lines(self.size.width)]
        return Content("\n").join(lines)

    async def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        group = self._group_at(event.get_content_offset_capture(self))
        if len(group) == 1 and takes_deeds(self.screen):
            await self.app.run_action(group[0].action, group[0].node)

    def says_at(self, place: Offset) -> str:
        """Return the words at a place of the bar, empty between them."""
        group = self._group_at(place - self.gutter.top_left)
        return self._words(group).plain if group else ""

    def _group_at(self, place: Offset) -> list[ActiveKey]:
        """Return the keys that stand at a place of the content, none between them."""
        lines = self._lines(self.size.width)
        if not 0 <= place.y < len(lines):
            return []
        start = 0
        for group in lines[place.y]:
            end = start + self._words(group).cell_length
            if start <= place.x < end:
                return group
            start = end + len(self._gap(self.size.width))
        return []

    def texts(self) -> list[str]:
        """Return what is shown, key by key."""
        return [self._words(group).plain for line in self._lines(self.size.width) for group in line]

    def _follow(self, screen: Screen[object]) -> None:
        if screen is self.screen and screen.is_current:
            self.follow()

    def follow(self) -> None:
        """Show what can be done now; after its screen has gone, nothing can: a wish for it may come late."""
        if not self.is_attached:
            return
        shown = [each for each in active_keys(self.screen) if each.shown]
        groups = [list(group) for _, group in groupby(shown, key=lambda each: each.label)]
        if len(groups) > MOST:
            groups = [*groups[: MOST - _LAST], *groups[-_LAST:]]
        changed, self._groups = groups != self._groups, groups
        # Textual forgets a wish for another height that comes while it lays out: so each time.
        other_height = len(self._lines(self.size.width)) != self.size.height
        if changed or other_height:
            self.refresh(layout=other_height)

    def _words(self, group: list[ActiveKey]) -> Content:
        keys = group[0].keys[0] if len(group) == 1 else f"{group[0].keys[0]}-{group[-1].keys[0]}"
        return Content.assemble((keys, "bold $key"), " ", (group[0].label, "$foreground"))

    def _gap(self, width: int) -> str:
        cells = [self._words(group).cell_length for group in self._groups]
        wide = sum(cells) + len(_GAP) * (len(cells) - 1)
        narrow = sum(cells) + len(_NARROW_GAP) * (len(cells) - 1)
        return _NARROW_GAP if narrow <= width < wide else _GAP

    def _lines(self, width: int) -> list[list[list[ActiveKey]]]:
        """Spread the keys over lines; the last ones but two give way where there is no room."""
        most = 2 if self.screen.size.height >= _TALL else 1
        kept = list(self._groups)
        while len(lines := self._spread(kept, width)) > most and len(kept) > _LAST + 1:
            kept.pop(-_LAST - 1)
        return lines[:most]

    def _spread(self, groups: Iterable[list[ActiveKey]], width: int) -> list[list[list[ActiveKey]]]:
        lines: list[list[list[ActiveKey]]] = [[]]
        room, gap = width, len(self._gap(width))
        for group in groups:
            need = self._words(group).cell_length
            if need > room and lines[-1]:
                lines.append([])
                room = width
            lines[-1].append(group)
            room -= need + gap
        return lines
