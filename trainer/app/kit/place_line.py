"""The two lines at the top of a place: all places, and the learner's name at the right."""

from textual import events
from textual.content import Content
from textual.message import Message

from trainer.app.kit.phrases import PRACTICE, said
from trainer.app.kit.places import PERSON, Around, Place
from trainer.app.kit.top_line import TopLine

_NAME_LEAST = 18
"""Cells that the learner's name keeps where the places take the rest."""
_KEY_LEAST = 3
"""Cells that their key takes, with a sign that there is more."""
_WHOLE = 99
_NARROW = [("", 1, most) for most in (_WHOLE, 6, 5, 4, 3, 0)]
"""On a phone: how many letters each place keeps, which matter more than the name of the one who holds it."""


class PlaceLine(TopLine):
    """Names the places, each with its key; a click goes there."""

    class Chosen(Message):
        """A place was clicked."""

        def __init__(self, place: Place) -> None:
            self.place = place
            super().__init__()

    def __init__(self, here: Place) -> None:
        super().__init__()
        self._here = here
        self._around = Around(places=())

    def fill(self, around: Around) -> None:
        """Name these places."""
        if around != self._around:
            self._around = around
            self.refresh()

    def render(self) -> Content:
        """Paint both lines: below the place where one is the bar is full, so that no colour tells it."""
        line, found = self._laid(self.size.width)
        start, end = next(((start, end) for place, start, end in found if place is self._here), (0, 0))
        width = self.size.width
        bar = (("─" * start, "$rest"), ("━" * (end - start), "$key"), ("─" * (width - end), "$rest"))
        return Content.assemble(line, "\n", *bar)

    def on_click(self, event: events.Click) -> None:
        """Go to the place under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y:
            return
        for place, start, end in self._laid(self.size.width)[1]:
            if start <= offset.x < end:
                self.post_message(self.Chosen(place))

    def _laid(self, width: int) -> tuple[Content, list[tuple[Place, int, int]]]:
        """Return the upper line, and from which cell to which each place stands on it."""
        places = [place for place in self._around.places if place is not PERSON]
        has_person = PERSON in self._around.places
        name = self._person(has_person)
        line, found = Content(""), list[tuple[Place, int, int]]()
        for title, gap, most in (("trainer", 3, _WHOLE), ("", 3, _WHOLE), ("", 2, _WHOLE), *_NARROW):
            line, found = self._named(places, title, gap, most)
            least = _NAME_LEAST if gap > 1 else _KEY_LEAST
            if line.cell_length + min(name.cell_length, least) + 3 <= width:
                break
        name = name.truncate(max(0, width - line.cell_length - 3), ellipsis=True)
        space = max(1, width - line.cell_length - name.cell_length - 1)
        if has_person and name:
            found.append((PERSON, line.cell_length + space, line.cell_length + space + name.cell_length))
        return (line + " " * space + name).truncate(width), found

    def _person(self, has_person: bool) -> Content:  # noqa: FBT001 — it is a private function
        words = self._around.person
        if not self._around.saved:
            words = f"{words} · practice" if words else PRACTICE
        at = "bold $strong" if self._here is PERSON else "$quiet"
        if not has_person:
            return said(words, at)
        return Content.assemble((PERSON.key, "$key"), " ", said(words, at))

    def _named(
        self, places: list[Place], title: str, gap: int, most: int
    ) -> tuple[Content, list[tuple[Place, int, int]]]:
        line = Content.assemble(" ", (title, "bold $strong"), " " * (gap if title else 0))
        found = []
        for i, place in enumerate(places):
            start = line.cell_length + (gap if i else 0)
            here = place is self._here
            label = place.label if here or len(place.label) <= most else place.label[:most]
            named = f" {label}" if label else ""
            words = Content.assemble((place.key, "$key"), (named, "bold $strong" if here else ""))
            line = line + " " * (gap if i else 0) + words
            found.append((place, start, line.cell_length))
        return line, found
