"""All that is known of a card, laid out."""

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.reports.entry import CardEntry


def entry_page(entry: CardEntry, width: int) -> list[Row]:
    """Lay an entry out: question, right answer, why, what was said and answered, when it comes next."""
    rows = [BLANK]
    for paragraph in entry.asks:
        rows += [*text(paragraph, width, "bold $strong"), BLANK]
    if entry.answer:
        head = Content.styled("= ", "$right")
        rows += [*hanging(Content("  ") + head, said(entry.answer, "$right"), width), BLANK]
    if entry.lines:
        rows += [*labelled(list(entry.lines), width), BLANK]
    for sentence in entry.marks:
        rows += text(sentence, width)
    for sentence in entry.history:
        rows += text(sentence, width, "$quiet")
    return [*rows, *text(entry.comes, width)]
