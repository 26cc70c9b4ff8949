"""A card's page: what it asks, why it is hard, what was answered, when it comes next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.message import Message

from trainer.app.browse.deeds import Deeds, Toggle, deed_of, label_of
from trainer.app.browse.keys import CARD_KEYS
from trainer.app.browse.view import detail_rows, problem_rows
from trainer.app.kit.card_entry import entry_page
from trainer.app.kit.confirm import ConfirmScreen
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import OutcomeScreen
from trainer.errors import TrainerError
from trainer.reports.browse import CardRow
from trainer.reports.entry import CardEntry

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine


class CardScreen(OutcomeScreen[None]):
    """Shows a card, and changes it; every change is kept at once."""

    BINDINGS: ClassVar[list[BindingType]] = list(CARD_KEYS)

    @dataclass
    class Read(Message):
        """The entry of the card was read from the record, or could not be."""

        entry: CardEntry | None
        problem: str = ""

    def __init__(self, host: "Host", engine: "Engine", deeds: Deeds, row: CardRow) -> None:
        self._host, self._engine, self._deeds, self._row = host, engine, deeds, row
        self._entry: CardEntry | None = None
        self._problem = ""
        self._reading = False
        self.changed: list[str] = []
        """The cards that are different now: `u` may have brought others back."""
        self.edited = False
        """Whether the texts of sheets are different now."""
        super().__init__()

    def on_mount(self) -> None:
        """Show what the list knows of it; the rest takes the history."""
        self.top.show(f"{self._row.deck_name} · {self._row.sheet_name}", self._row.state)
        self.show()
        self._read()

    def rows(self, width: int) -> list[Row]:
        """Lay the card out."""
        rows = problem_rows(self._problem, width)
        if self._entry:
            return [*rows, *entry_page(self._entry, width)]
        return [*rows, *detail_rows(self._row, self._engine.day, width, tall=True)]

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        action, _, parameter = binding.action.partition("(")
        if action != "do":
            return binding.description
        return label_of(deed_of(cast("Toggle", parameter.strip("')")), [self._row]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now; nothing is changed while the record is read."""
        if action in {"do", "forget", "edit", "undo"} and self._reading:
            return False
        match action:
            case "undo":
                return self._deeds.can_undo
            case "forget":
                return self._row.due is not None
            case "edit":
                return self._row.there and self._engine.rights.sheets
        return super().check_action(action, parameters)

    def action_do(self, toggle: Toggle) -> None:
        """Put it away, star it or put it off, or take that back."""
        self._change(lambda: self._deeds.do(deed_of(toggle, [self._row]), [self._row.card]))

    def action_forget(self) -> None:
        """Begin anew with it, after asking."""

        def forget(sure: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
            if sure:
                self._change(lambda: self._deeds.do("forget", [self._row.card]))

        self.app.push_screen(ConfirmScreen(forget_question(1), no="Keep it", yes="Forget it"), forget)

    def action_undo(self) -> None:
        """Take the last change back, of all its cards."""
        self._change(self._deeds.undo)

    def action_edit(self) -> None:
        """Open the texts behind it."""

        def go_on() -> None:
            self.edited = True
            self._read()

        self._host.edit_card(self._row.card, go_on)

    def action_back(self) -> None:
        """Go back to the list."""
        self.dismiss(None)

    def _change(self, change: Callable[[], tuple[Sequence[str], str]]) -> None:
        try:
            changed, told = change()
        except TrainerError as error:
            self._problem = str(error)
            self.show()
            return
        self._problem = ""
        self.changed += changed
        if told:
            self.notify(told, markup=False, timeout=4)
        self._read()

    def _read(self) -> None:
        """Read the entry in a thread: it takes the history."""
        self._reading = True
        self.run_worker(self._look, thread=True, exclusive=True)

    def _look(self) -> None:
        try:
            read = self.Read(self._engine.entry(self._row.card))
        except TrainerError as error:
            read = self.Read(None, str(error))
        self.post_message(read)

    def on_card_screen_read(self, message: Read) -> None:
        """Show it; where it was shown before, what is read stays in sight."""
        again = self._entry is not None and not message.problem
        self._reading = False
        self._entry, self._problem = message.entry, message.problem or self._problem
        [self._row] = self._engine.card_rows_of([self._row.card])
        self.top.show(f"{self._row.deck_name} · {self._row.sheet_name}", self._row.state)
        if again:
            self.page.show(self.fitted)
            self.call_after_refresh(self.bar.follow)
        else:
            self.show()


def forget_question(cards: int) -> str:
    """Return what is asked before cards are forgotten."""
    what = "this card" if cards == 1 else f"{cards:,} cards"
    return f"Forget what you know of {what}? Asked again as new; your answers and marks are kept."
