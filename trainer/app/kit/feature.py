"""A feature of the app: all that it says of itself to be registered.

`trainer.app.features` lists those that are; `trainer.app.kit.host` says what the app does for them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.binding import Binding
from textual.message import Message

from trainer.app.kit.keys import KeyTable, key
from trainer.app.kit.places import TRAIN, Place
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from textual.command import Provider

    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine


class Line(Struct, frozen=True):
    """A line of a feature on its place, besides the one that opens it."""

    words: str
    figures: str = ""
    """What stands at the right; it goes first where the window is narrow."""
    choice: SessionChoice | None = None
    """The session that the line starts."""
    open: "Callable[[Host, Engine], None] | None" = None
    """What it opens instead; with neither it only tells something."""


class Event(Struct, frozen=True):
    """What a feature has to tell on Today, in one line: an interview, a drill."""

    label: str
    """In a word: "Interview"."""
    words: str
    """What and when: "Thu 14:00  Props Master"."""
    verb: str
    """What the feature's key does there: "brief"."""
    figures: str = ""
    """How far it is: "4 of 6 questions met". Left out where the window is narrow."""


def _always(_: "Engine") -> bool:
    return True


def _nothing(_: "Engine") -> Sequence[Line]:
    return ()


def _no_event(_: "Engine") -> Event | None:
    return None


class Feature(Struct, frozen=True, kw_only=True):
    """Something that a place leads to, by a line of its own, and every place by its key."""

    name: str
    """What it is called in the code and in config.toml: its key is `today.<name>` there."""
    place: Place = TRAIN
    """Where its line stands: one of `trainer.app.kit.places`."""
    key: str = ""
    """The key on every place, as Textual names keys; the first of several is printed. Empty for none."""
    label: str
    """What the key is called in the help and in the palette."""
    tooltip: str
    """What it does, in a sentence without a full stop."""
    line: str = ""
    """What its line says, behind the key; empty for none."""
    open: "Callable[[Host, Engine], None] | None" = None
    """Opens it over the place; it imports its screens only then. None for one that only has `lines`."""
    keys: Callable[[], Iterable[KeyTable]] = tuple
    """Returns the keys of its screens, a table each, so that they can be set in config.toml."""
    commands: "Callable[[], type[Provider]] | None" = None
    """Returns what the palette finds of it besides its key, on every screen; None for nothing."""
    needs_cards: bool = True
    """Whether it is offered only where there are cards to train."""
    there: "Callable[[Engine], bool]" = _always
    """Whether the learner has something there now. Asked whenever a place is shown: it has to be quick.

    A place without any such feature is hidden.
    """
    lines: "Callable[[Engine], Sequence[Line]]" = _nothing
    """Returns more lines for its place, under its own; asked only when the place is shown."""
    later: "Callable[[Engine], Sequence[Line]] | None" = None
    """Returns lines that take long to find, as from the history: in a thread, once the place is shown.

    Nothing above them moves then: a feature that has them opens nothing and has no `lines`.
    """
    event: "Callable[[Engine], Event | None]" = _no_event
    """Returns what it has to tell on Today. Asked with every Today: it has to be quick, and read no sheet."""

    in_bar: bool = False
    """Whether the key bar of Today names its key."""

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """Its key on every place, if it has one."""
        if not self.key:
            return ()
        opens = f"open('{self.name}')"
        return (key(f"today.{self.name}", self.key, opens, self.label, self.tooltip, show=self.in_bar),)

    @property
    def printed_key(self) -> str:
        """The key that is printed before its line."""
        return self.key.partition(",")[0]


class Begin(Message):
    """A screen asks for a session."""

    def __init__(self, choice: SessionChoice) -> None:
        self.choice = choice
        super().__init__()


class Back(Message):
    """A feature's screen is left: the app goes back to the place from which it was opened."""


class ToToday(Message):
    """A screen asks for Today."""
