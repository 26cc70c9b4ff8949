"""All that is known of a card, laid out."""

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import KNOW, SOON, TO_COME, said
from trainer.app.kit.row_list import Row
from trainer.reports.entry import CardEntry, Told

_SIGNS = {"know": KNOW, "soon": SOON, "to come": TO_COME}
_BACK_FROM = 56
"""From this width on a line of the history has room for when the card was to come back."""
_WHEN, _WHAT = 17, 26
"""Cells of the history's columns."""


def entry_page(entry: CardEntry, width: int) -> list[Row]:
    """Lay an entry out: question, right answer, why, how it stands, why it is hard, what was answered."""
    rows = [BLANK]
    for paragraph in entry.asks:
        rows += [*text(paragraph, width, "bold $strong"), BLANK]
    if entry.answer:
        head = Content.styled("= ", "$right")
        rows += [*hanging(Content("  ") + head, said(entry.answer, "$right"), width), BLANK]
    if entry.lines:
        rows += [*labelled(list(entry.lines), width), BLANK]
    sign = _SIGNS[entry.stands.partition(",")[0]]
    rows += hanging(Content.styled(f"  {sign} ", "$key"), said(f"{entry.stands}. {entry.comes}"), width)
    for sentence in entry.marks:
        rows += text(sentence, width, indent=4)
    if entry.hard:
        rows += [BLANK, *text("Where it goes wrong", width, "bold $strong")]
        for sentence in entry.hard:
            rows += text(sentence, width, indent=4)
    if entry.ways:
        rows += [BLANK, *text("What else it asks", width, "bold $strong")]
        for sentence in entry.ways:
            rows += text(sentence, width, "$quiet", indent=4)
    return [*rows, *_history(entry, width)]


def _history(entry: CardEntry, width: int) -> list[Row]:
    if not entry.answers:
        return []
    rows = [BLANK, *text("What you answered", width, "bold $strong")]
    if entry.history:
        rows += text(entry.history, width, indent=4)
    rows += [Row(_told(told, width)) for told in entry.answers]
    return [
        *rows,
        *(text(f"… and {entry.earlier:,} before", width, "$quiet", indent=4) if entry.earlier else ()),
    ]


def _told(told: Told, width: int) -> Content:
    back = told.back if width >= _BACK_FROM else ""
    line = f"    {told.when.ljust(_WHEN)}{told.what.ljust(_WHAT)}{back}"
    return said(line.rstrip(), "$quiet").truncate(width, ellipsis=True)
