"""The lens over a text: its words of the trade stand out, and the one that is marked is told."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from trainer.app.kit.layout import BLANK
from trainer.app.kit.problem import ProblemScreen
from trainer.app.kit.row_list import MARGIN, Row, RowList
from trainer.app.lens.keys import LENS_KEYS
from trainer.app.lens.text_view import DOUBTFUL, HERE, SURE, UNKNOWN, Shown, TextView
from trainer.app.lens.view import panel, place_of, rule, summary, target_of, word_rows
from trainer.errors import TrainerError
from trainer.humanize import count

if TYPE_CHECKING:
    from trainer.engine.spotting import Spotted, Spotting, WordStanding
    from trainer.memory.state import Marks


class LensText(RowList):
    """The text: arrows and clicks go from word to word, as far as lines can't be chosen."""

    @dataclass
    class Stepped(Message):
        """The next word in another line is wanted, in this direction."""

        step: int

    @dataclass
    class Pointed(Message):
        """Somebody clicked on a cell of a line."""

        line: int
        cell: int

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the arrows move wherever there is a word."""
        return action == "move" or super().check_action(action, parameters)

    def action_move(self, step: int) -> None:
        """Go to another line that can be chosen, or to the word in another line."""
        if self._targets():
            super().action_move(step)
        else:
            self.post_message(self.Stepped(step))

    def on_click(self, event: events.Click) -> None:
        """Say which cell was clicked."""
        if offset := event.get_content_offset(self):
            self.post_message(self.Pointed(offset.y, offset.x))


class LensScreen(ProblemScreen[bool]):
    """Shows what stands in a text; it ends with whether the starred cards are to be trained."""

    lost = "What you pasted will be gone: it is kept nowhere."

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "LensText"
    BINDINGS: ClassVar[list[BindingType]] = list(LENS_KEYS)

    def __init__(self, found: "Spotted", learner: "Spotting", *, pasted: bool = True) -> None:
        """Show a text with what was found; one that was `pasted` is lost with this screen."""
        self._report, self._learner, self._pasted = found.report, learner, pasted
        words = enumerate(found.report.words)
        self._spots = sorted((*each, number) for number, word in words for each in word.places)
        """Where words stand, each with its number among them."""
        self._view = TextView(found.text, _shown(found))
        self._at = 0
        """The number of the spot that is marked."""
        self._listing = False
        self._undo: list[dict[str, Marks]] = []
        self._standings = learner.word_standings(found.report.words)
        self._panel = RowList(self._panel_rows, id="panel")
        self._panel.can_focus = False
        super().__init__()

    def list_rows(self) -> RowList:
        """Return the widget for the text."""
        return LensText(self.fitted)

    def compose(self) -> ComposeResult:
        """Put what is told of the marked word between the text and the keys."""
        top, column, *below = super().compose()
        yield from (top, column, self._panel, *below)

    def on_mount(self) -> None:
        """Mark the first word."""
        self._tell()

    # What is shown

    def rows(self, width: int) -> list[Row]:
        """Lay out the text, or the list."""
        if self._listing:
            word = self._spots[self._at][2] if self._spots else None
            return word_rows(self._report, self._standings, word, width)
        portion, marked = 0, None
        if self._spots:
            start, end, _ = self._spots[self._at]
            portion, marked = self._view.portion_of(start), (start, end)
        head = summary(self._report, width)
        return [*head, BLANK, *self._view.rows(portion, width, marked)]

    def fitted(self, width: int) -> list[Row]:
        """Keep every line of the text where it stands."""
        return self.rows(width)

    def _panel_rows(self, width: int) -> list[Row]:
        if not self._spots:
            return []
        word = self._spots[self._at][2]
        above = [] if self.has_class("-wide") else [rule(width)]
        room = self._panel.size.height - len(above)
        return [*above, *panel(self._report.words[word], self._standings[word], width, room)]

    def _tell(self) -> None:
        """Show what is marked now."""
        self._panel.display = not self._listing and bool(self._spots)
        where = f"{self._at + 1} of {len(self._spots)}" if self._spots and not self._listing else ""
        self.top.show("Lens", where)
        if self._listing:
            target = target_of(self._spots[self._at][2]) if self._spots else ""
            self.show(cursor=target, bring=target)
        else:
            self.show(bring=HERE)
            self._panel.show(self._panel_rows)

    def _place(self) -> None:
        """Let what is marked be seen, and tell of it as much as there is room for."""
        if self._listing:
            self.page.bring(self.page.cursor)
        else:
            self.page.bring(HERE)
            self._panel.show(self._panel_rows)

    def on_resize(self) -> None:
        """Lay all out anew; what keys mean stays, so none is lost between two paints."""
        super().on_resize()
        self.call_after_refresh(self._place)

    # Keys

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        match binding.id:
            case "lens.list" if self._listing:
                return "Text"
            case "lens.star" if self._spots and self._standing.starred:
                return "Unstar"
        return binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done."""
        match action:
            case "step":
                return len(self._spots) > 1 and not self._listing
            case "turn":
                return bool(self._report.words or self._report.unknown)
            case "star":
                return bool(self._spots) and bool(self._standing.card)
            case "all":
                return bool(self._new)
            case "undo":
                return bool(self._undo)
            case "train":
                return any(each.starred for each in self._standings)
        return super().check_action(action, parameters)

    def action_step(self, step: int) -> None:
        """Go to the next word, or to the one before."""
        self._go_to((self._at + step) % len(self._spots))

    def action_turn(self) -> None:
        """Turn between the text and the list."""
        self._listing = not self._listing
        self._tell()

    def action_star(self) -> None:
        """Let the marked word come up next, or take its star away."""
        standing = self._standing
        if standing.starred:
            self._keep(lambda: self._learner.take_stars([standing.card]), "No star any more.")
        else:
            self._keep(lambda: self._learner.put_first([standing.card]), "Starred.")

    def action_all(self) -> None:
        """Let all words come up next that are sure, and were never met."""
        new = self._new
        told = f"{count(len(new), 'word comes', 'words come')} first among your new cards."
        self._keep(lambda: self._learner.put_first(new), told)

    def action_undo(self) -> None:
        """Give back what the last change took, or take what it gave."""
        before = self._undo[-1]
        try:
            for card, marks in before.items():
                self._learner.restore(card, marks)
        except TrainerError as error:
            self.problem.say(str(error))
            return
        self._undo.pop()
        self._learned()
        self.withdraw_undo()
        self.notify("As it was.", markup=False, timeout=4)

    def action_train(self) -> None:
        """Train the starred cards; the text is lost then."""
        self._leave(lambda: self.dismiss(True))  # noqa: FBT003 — the outcome

    def action_back(self) -> None:
        """Go back to the box, where the text still is."""
        self.dismiss(False)  # noqa: FBT003 — the same

    @property
    def unsaved(self) -> bool:
        """Whether leaving would lose what was pasted."""
        return self._pasted

    def on_lens_text_stepped(self, message: LensText.Stepped) -> None:
        """Go to the next word in another line; where there is none, scroll."""
        others = range(self._at + 1, len(self._spots)) if message.step > 0 else range(self._at - 1, -1, -1)
        elsewhere = (each for each in others if self._line_of(each) != self._line_of(self._at))
        if (found := next(elsewhere, None)) is not None:
            self._go_to(found)
        elif message.step > 0:
            self.column.scroll_end(animate=False)
        else:
            self.column.scroll_home(animate=False)

    def on_lens_text_pointed(self, message: LensText.Pointed) -> None:
        """Mark the word that was clicked."""
        rows = self.page.rows(self.page.size.width)
        if self._listing:
            if message.line < len(rows) and (target := rows[message.line].target):
                self._mark_word(place_of(target))
            return
        if not self._spots:
            return
        portion = self._view.portion_of(self._spots[self._at][0])
        lines = self._view.lines(portion, self.page.size.width)
        line = message.line - (len(rows) - len(lines))
        cell = message.cell - MARGIN
        if 0 <= line < len(lines) and cell < lines[line].content.cell_length:
            at = lines[line].start + cell
            spots = enumerate(self._spots)
            found = next((number for number, (start, end, _) in spots if start <= at < end), None)
            if found is not None:
                self._go_to(found)

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        """Unfold the word that is marked in the list."""
        if self._listing and message.target:
            self._mark_word(place_of(message.target))

    # How it goes on

    @property
    def _standing(self) -> "WordStanding":
        return self._standings[self._spots[self._at][2]]

    @property
    def _new(self) -> list[str]:
        """The cards of words that are sure, were never met and have no star."""
        pairs = zip(self._report.words, self._standings, strict=True)
        return [its.card for word, its in pairs if word.sure and its.unmet and not its.starred]

    def _go_to(self, spot: int) -> None:
        self._at = spot
        self._tell()

    def _mark_word(self, word: int) -> None:
        self._go_to(next(number for number, spot in enumerate(self._spots) if spot[2] == word))

    def _line_of(self, spot: int) -> tuple[int, int]:
        """Return in which line of which portion a spot begins."""
        start = self._spots[spot][0]
        portion = self._view.portion_of(start)
        lines = self._view.lines(portion, self.page.size.width)
        return portion, bisect_right(lines, start, key=lambda line: line.start)

    def _keep(self, change: "Callable[[], dict[str, Marks]]", told: str) -> None:
        """Make a change that can be undone; say what came of it, or why it could not be kept."""
        try:
            self._undo.append(change())
        except TrainerError as error:
            self.problem.say(str(error))
            return
        self._learned()
        self.offer_undo(told)

    def _learned(self) -> None:
        self.problem.clear()
        self._standings = self._learner.word_standings(self._report.words)
        self._tell()

    def _leave(self, then: "Callable[[], object]") -> None:
        if self._pasted:
            self.ask_to_lose(then)
        else:
            then()


def _shown(found: "Spotted") -> list[Shown]:
    """Return what stands out in a text, in its order."""
    return sorted(_parts(found), key=lambda each: each.start)


def _parts(found: "Spotted") -> Iterator[Shown]:
    for word in found.report.words:
        style = SURE if word.sure else DOUBTFUL
        yield from (Shown(start, end, style) for start, end in word.places)
    for unknown in found.report.unknown:
        yield from (Shown(start, end, UNKNOWN) for start, end in unknown.places)
