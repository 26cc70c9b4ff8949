"""A feature of the app: all that it says of itself to be registered.

`trainer.app.features` lists those that are; `trainer.app.kit.host` says what the app does for them.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.binding import Binding
from textual.message import Message

from trainer.app.kit.keys import KeyTable, key
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine


class Feature(Struct, frozen=True, kw_only=True):
    """Something that Today leads to, by a key and by a line of its own."""

    name: str
    """What it is called in the code and in config.toml: its key is `today.<name>` there."""
    key: str
    """The key on Today, as Textual names keys; the first of several is printed on Today."""
    label: str
    """What the key is called in the help and in the palette."""
    tooltip: str
    """What it does, in a sentence without a full stop."""
    line: str
    """What its line on Today says, behind the key; empty where the help and the palette are enough."""
    open: "Callable[[Host, Engine], None]"
    """Opens it over Today; it imports its screens only then."""
    keys: Callable[[], Iterable[KeyTable]] = tuple
    """Returns the keys of its screens, a table each, so that they can be set in config.toml."""
    needs_cards: bool = True
    """Whether it is offered only where there are cards to train."""
    gives_way: int = 0
    """The rank in which its line leaves Today where the window is low: 1 first, 0 never.

    The lines stand in the opposite order: what gives way first stands last.
    """

    @property
    def binding(self) -> Binding:
        """Its key on Today."""
        return key(f"today.{self.name}", self.key, f"open('{self.name}')", self.label, self.tooltip)


class Begin(Message):
    """A screen asks for a session."""

    def __init__(self, choice: SessionChoice) -> None:
        self.choice = choice
        super().__init__()


class ToToday(Message):
    """A screen asks for Today."""
