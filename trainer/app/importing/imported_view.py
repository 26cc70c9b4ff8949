"""After an import: what would change, and what was saved."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.page import Row
from trainer.app.kit.phrases import count, said

STUDY, TODAY = "study", "today"


class Imported(Struct, frozen=True):
    """What came of an import."""

    sheet: str
    """The id of the sheet."""
    name: str
    path: str
    is_new: bool
    changed: bool
    """Whether the sheet is other than it was."""
    cards: Sequence[tuple[str, int]]
    """Each deck of the sheet that has cards, with their number."""
    wishes: Sequence[str] = ()
    """What would make the decks better."""
    left: int = 0
    """Lines of the page that were given no place."""

    @property
    def told(self) -> str:
        """Say what was done, in a sentence."""
        if self.is_new:
            return f"“{self.name}” is a sheet now."
        return f"“{self.name}” is up to date." if self.changed else f"“{self.name}” stays as it was."


def imported_page(done: Imported, width: int) -> list[Row]:
    """Lay out what was saved where, and what can be done next."""
    rows = [BLANK, *hanging(Content.styled("✓ ", "$right"), said(done.told, "bold $strong"), width)]
    rows += text(done.path, width, "$quiet")
    rows.append(BLANK)
    for name, number in done.cards:
        rows += hanging(Content(f"{number:>7}  "), said(name), width)
    if not done.cards:
        rows += text("There is nothing on it to ask yet.", width)
    if done.left:
        lines = count(done.left, "line was", "lines were")
        told = f"{lines} given no place and left out. Import the page again to place what is missing."
        rows += [BLANK, *text(told, width)]
    rows.append(BLANK)
    if done.cards:
        rows += _choice("Enter", "Study it now", STUDY)
    rows += _choice("Esc", "Today", TODAY)
    if done.wishes:
        rows += [BLANK, *text("What would make the decks better", width, "bold $strong")]
        for wish in done.wishes:
            rows += hanging(Content("  · "), said(wish), width)
    return rows


def _choice(key: str, words: str, target: str) -> list[Row]:
    return [Row(Content.assemble("  ", (key.ljust(5), "$key"), "  ", words), target)]


def changes_rows(name: str, path: str, changes: Sequence[str], width: int) -> list[Row]:
    """Lay out what would change in a sheet that is there."""
    rows = text(f"“{name}” was imported before.", width, "bold $strong")
    rows += text(path, width, "$quiet")
    rows += [BLANK, *text("What this page would change:", width)]
    for change in changes:
        rows += hanging(Content("  · "), said(change), width)
    return rows
