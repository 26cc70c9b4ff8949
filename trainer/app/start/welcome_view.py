"""What a new learner reads around the place for the name."""

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row

PRACTICE = "practice"

_KEYS = (
    ("1 2 3", "choose an answer; the arrows and Enter, or the mouse, do it too"),
    ("Enter", "goes on; the line at the bottom always says what else you can press"),
    ("Esc", "leaves at any time; after your name, ? explains every key"),
)


def head_rows(width: int) -> list[Row]:
    """Lay out what stands above the name."""
    return [
        BLANK,
        *text("Learn to read a theatre résumé, a few minutes a day.", width, "bold $strong"),
        BLANK,
        *text("Your name, for your own record:", width),
    ]


def foot_rows(width: int, *, problem: str, can_practise: bool, at_once: bool = False) -> list[Row]:
    """Lay out what stands below the name; with `at_once` nothing else is asked before the first question."""
    rows: list[Row] = []
    if problem:
        rows += [*hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width)]
        if can_practise:
            rows.append(practice_row())
        rows.append(BLANK)
    begin = "Enter" if at_once else "Enter three times"
    rows += [*text(f"{begin}, and the first question is there.", width), BLANK]
    for key, words in _KEYS:
        head = Content.assemble("  ", (f"{key:<5}", "$key"), "  ")
        rows += hanging(head, said(words), width)
    return [
        *rows,
        BLANK,
        *text("Every answer is saved at once, on this computer only.", width, "$quiet"),
    ]


def practice_row() -> Row:
    """Return the line that offers practice."""
    words = "  Practise instead: everything works, nothing is saved"
    return Row(Content.assemble("  ", ("p", "$key"), words), PRACTICE)
