"""Starred, put away, doubtful: the cards that a learner marked, to be read, and the way back for each."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from trainer.app.kit.feature import Begin
from trainer.app.kit.keeping_screen import KeepingScreen
from trainer.app.kit.row_list import Row, RowList
from trainer.app.words.entry_screen import EntryScreen
from trainer.app.words.keys import MARKED_KEYS
from trainer.app.words.view import AWAY, DOUBTS, OFF, STARS, marked_page, target_of
from trainer.engine.choice import SessionChoice
from trainer.engine.marking import Marking
from trainer.memory.state import Marks
from trainer.reports.marks import MarkedCard

_TOLD = {
    STARS: "No star any more.",
    AWAY: "It is asked again.",
    OFF: "It is asked today.",
    DOUBTS: "No doubt any more.",
}


class MarkedScreen(KeepingScreen):
    """Lists the cards that were marked, to be read; a mark that is taken away can be given back."""

    BINDINGS: ClassVar[list[BindingType]] = list(MARKED_KEYS)

    def __init__(self, learner: Marking) -> None:
        self._learner = learner
        self._lists = _lists(learner)
        self._before: list[tuple[str, str, Marks]] = []
        """The list, the card and its marks, as they were before each change."""
        super().__init__()

    def on_mount(self) -> None:
        """Mark the first card."""
        self.top.show("Starred, put away, doubtful", "")
        self._follow(next(iter(self._targets()), ""))

    def rows(self, width: int) -> list[Row]:
        """Lay the lists out."""
        return marked_page(self._lists, self._learner.day, width, problem=self.problem)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        match action:
            case "go":
                return bool(self._marked[1])
            case "take":
                return self._marked[1] in {each.card for each in self._lists[str(parameters[0])]}
            case "train":
                return any(each.there for each in self._lists[STARS])
            case "undo":
                return bool(self._before)
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Open the card's entry; a mark that is taken away there is taken away here."""
        card = self._marked[1]
        if not self.keep(lambda: self._read(card)):
            self._follow(self.page.cursor)

    def _read(self, card: str) -> None:
        marks = [kind for kind, cards in self._lists.items() if card in {each.card for each in cards}]

        def go_on(kind: str | None) -> None:
            if kind:
                self._take(kind, card)

        self.app.push_screen(EntryScreen(self._learner.entry(card), marks), go_on)

    def action_take(self, kind: str) -> None:
        """Take a mark of the card away, whatever list it stands in."""
        self._take(kind, self._marked[1])

    def action_train(self) -> None:
        """Train the cards with a star."""
        self.lead_on(Begin(SessionChoice("stars")))

    def action_undo(self) -> None:
        """Give the mark back that was taken last."""
        kind, card, marks = self._before.pop()
        if self.keep(lambda: self._learner.restore(card, marks)):
            self.withdraw_undo()
            self._lists = _lists(self._learner)
            self._follow(target_of(kind, card))
        else:
            self._before.append((kind, card, marks))
            self._follow(self.page.cursor)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Mark the line that was clicked; a second click opens its entry."""
        if message.target == self.page.cursor:
            self.action_go()
        else:
            self._follow(message.target)

    @property
    def _marked(self) -> tuple[str, str]:
        """The list and the card of the line that is marked, empty without one."""
        kind, _, card = self.page.cursor.partition(" ")
        return kind, card

    def _targets(self) -> list[str]:
        return [target_of(kind, each.card) for kind, cards in self._lists.items() for each in cards]

    def _take(self, kind: str, card: str) -> None:
        learner = self._learner
        take = {STARS: learner.unstar, DOUBTS: learner.no_doubt}.get(kind, learner.bring_back)
        before, place = learner.marks_of(card), self._targets().index(self.page.cursor)
        if self.keep(lambda: take(card)):
            self._before.append((kind, card, before))
            self._lists = _lists(learner)
            self.offer_undo(_TOLD[kind])
        left = self._targets()
        self._follow(left[min(place, len(left) - 1)] if left else "")

    def _follow(self, cursor: str) -> None:
        self.show(cursor=cursor, bring=cursor)


def _lists(learner: Marking) -> dict[str, Sequence[MarkedCard]]:
    return {
        STARS: learner.starred_cards(),
        AWAY: learner.put_away_cards(),
        OFF: learner.put_off_cards(),
        DOUBTS: learner.doubted_cards(),
    }
