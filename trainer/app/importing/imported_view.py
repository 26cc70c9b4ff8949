"""After an import: what was saved, and what would make it better."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row
from trainer.cards.decks import DECKS
from trainer.cards.improvements import Improvement, improvements
from trainer.cards.library import Library
from trainer.cards.sheets import Sheets
from trainer.material.earlier_imports import on_the_same_term
from trainer.material.importing import Plan
from trainer.material.sheet_files import shipped_ids

STUDY, LEARN, TODAY = "study", "learn", "today"


class Imported(Struct, frozen=True):
    """What came of an import."""

    sheet: str
    """The id of the sheet."""
    name: str
    path: str
    """Where it lies; empty where files are nobody's concern."""
    is_new: bool
    changed: bool
    """Whether the sheet is other than it was."""
    cards: Sequence[tuple[str, int]]
    """Each deck of the sheet that has cards, with their number."""
    improvements: Sequence[Improvement] = ()
    """What would make the decks better."""
    left: int = 0
    """Lines of the page that were given no place."""
    same: Sequence[str] = ()
    """What is to be said of other sheets on the same term."""

    @property
    def told(self) -> str:
        """Say what was done, in a sentence."""
        if self.is_new:
            return f"“{self.name}” is a sheet now."
        return f"“{self.name}” is up to date." if self.changed else f"“{self.name}” stays as it was."


def imported(library: Library, plan: Plan, *, left: int, files: bool = True) -> Imported:
    """Return what came of an import, by the sheets as they are read now; `left` lines had no place.

    Without `files` it names none.
    """
    decks = [deck for deck in library.decks if deck.id.startswith(f"{plan.sheet.id}/")]
    sheet = library.sheets.get(plan.sheet.id)
    return Imported(
        sheet=plan.sheet.id,
        name=sheet.name if sheet else plan.sheet.id,
        path=str(plan.path) if files else "",
        is_new=plan.is_new,
        changed=plan.changes_something,
        cards=[(DECKS[deck.id.rpartition("/")[2]].name, len(deck.cards)) for deck in decks],
        improvements=improvements(sheet, Sheets.of(library.sheets)) if sheet else (),
        left=left,
        same=on_the_same_term(sheet, library.sheets.values(), shipped_ids()) if sheet else (),
    )


def imported_page(
    done: Imported, width: int, *, can_learn: bool = False, learned: bool = False, problem: str = ""
) -> list[Row]:
    """Lay out what was saved where, and what can be done next.

    `can_learn` offers to learn the role; it is `learned` once that was taken, or there is a `problem`.
    """
    rows = [BLANK, *hanging(Content.styled("✓ ", "$right"), said(done.told, "bold $strong"), width)]
    rows += text(done.path, width, "$quiet") if done.path else []
    rows.append(BLANK)
    for name, number in done.cards:
        rows += hanging(Content(f"{number:>7}  "), said(name), width)
    if not done.cards:
        rows += text("There is nothing on it to ask yet.", width)
    if done.left:
        lines = count(done.left, "line was", "lines were")
        told = f"{lines} given no place and left out. Import it again to place what is missing."
        rows += [BLANK, *text(told, width)]
    for told in done.same:
        rows += [BLANK, *text(told, width)]
    rows.append(BLANK)
    rows += _ways_on(done, width, can_learn=can_learn, learned=learned, problem=problem)
    if done.improvements:
        rows += [BLANK, *text("What would make the decks better", width, "bold $strong")]
        for improvement in done.improvements:
            words = Content.assemble(said(f"{improvement.told}: "), (improvement.gain, "$strong"))
            rows += hanging(Content("  · "), words, width)
    return rows


def _ways_on(done: Imported, width: int, *, can_learn: bool, learned: bool, problem: str) -> list[Row]:
    rows = _choice("Enter", "Study it now", STUDY) if done.cards else []
    if can_learn:
        rows += _choice("l", "Learn it day by day, with your other roles", LEARN)
    if learned:
        learning = said("It is among the roles that you learn.")
        rows += hanging(Content.styled("  ✓      ", "$right"), learning, width)
    if problem:
        rows += hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width)
    rows += _choice("Esc", "Today", TODAY)
    if done.changed:
        later = f"trainer import --undo {done.sheet}" if done.path else "“Bring a sheet back” under Train"
        rows += text(f"u takes it back now, {later} later.", width, "$quiet")
    return rows


def _choice(key: str, words: str, target: str) -> list[Row]:
    return [Row(Content.assemble("  ", (key.ljust(5), "$key"), "  ", words), target)]
