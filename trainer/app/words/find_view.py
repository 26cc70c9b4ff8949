"""What was found, laid out: words, questions, what can be done, and what was meant perhaps."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from textual.content import Content

from trainer.app.kit.layout import BLANK, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.app.words.word_rows import word_row
from trainer.reports.lookup import FoundCard, Hits

_INDENT = "  "
_BEFORE = 3
"""A word that was found late in a text has a third of the line before it."""

WORD, CARD, DEED = "word", "card", "deed"


class Results(Struct, frozen=True, kw_only=True):
    """All that is shown for what was typed."""

    typed: str = ""
    ready: bool = False
    """Whether the sheets are read."""
    hits: Hits = Hits()
    deeds: Sequence[tuple[int, str, str]] = ()
    """What can be done, each with its number: what it is called, and what it does."""
    near: Hits | None = None
    """What is nearly so; None as long as it is looked for."""

    @property
    def nothing(self) -> bool:
        """Whether nothing was found by all that was looked for."""
        return self.hits.nothing and not self.deeds and self.near is not None and self.near.nothing


def target_of(kind: str, id_: object) -> str:
    """Return the target of a word, a card or a deed."""
    return f"{kind} {id_}"


def find_rows(results: Results, width: int) -> list[Row]:
    """Lay the results out."""
    hits, near = results.hits, results.near
    rows: list[Row] = []
    if not results.ready:
        rows += text("The words are being read.", width, "$quiet")
    elif not results.typed.strip():
        rows += text("Type a word, a title, a part of a question, or what you want to do.", width, "$quiet")
    if hits.words:
        rows += _headed("Words", hits.more_words, width)
        rows += [word_row(each, width, target_of(WORD, each.id)) for each in hits.words]
    if results.deeds:
        rows += _headed("What you can do", 0, width)
        rows += [_deed_row(*each, width) for each in results.deeds]
    if hits.cards:
        rows += _headed("Questions", hits.more_cards, width)
        rows += _card_rows(hits.cards, width)
    if near and not near.nothing:
        rows += _headed("Nearly so", near.more_words + near.more_cards, width)
        rows += [word_row(each, width, target_of(WORD, each.id)) for each in near.words]
        rows += _card_rows(near.cards, width)
    if results.ready and results.nothing and results.typed.strip():
        rows += text("Nothing is called so, or begins so.", width)
    return rows[1:] if rows and rows[0] is BLANK else rows


def _headed(head: str, more: int, width: int) -> list[Row]:
    figure = f"  and {more:,} more" if more else ""
    line = Content.assemble("  ", (head, "bold $key"), (figure, "$quiet"))
    return [BLANK, Row(line.truncate(max(8, width), ellipsis=True))]


def _deed_row(number: int, name: str, told: str, width: int) -> Row:
    line = Content("  ") + said(name, "bold") + Content("  ") + said(told, "$quiet")
    return Row(line.truncate(max(8, width), ellipsis=True), target_of(DEED, number))


def _card_rows(cards: Iterable[FoundCard], width: int) -> list[Row]:
    return [Row(_card_line(each, max(8, width)), target_of(CARD, each.card)) for each in cards]


def _card_line(card: FoundCard, width: int) -> Content:
    """Lay out a question with the words that were typed, from somewhat before them where they stand late."""
    asks = said(card.asks)
    for first, last in card.spots:
        asks = asks.stylize("bold $key", first, last)
    begin, end = card.spots[0] if card.spots else (0, 0)
    if end > width - len(_INDENT):
        start = card.asks.rfind(" ", 0, max(0, begin - width // _BEFORE)) + 1
        asks = Content.assemble(("… ", "$quiet"), asks[start:]) if start else asks
    line = Content(_INDENT) + asks + Content("  ") + said(card.topic, "$quiet")
    return line.truncate(width, ellipsis=True)
