"""Which texts stand behind a card, for somebody who wants to mend one."""

from collections.abc import Iterator

from trainer.cards.card import Card
from trainer.material.changes import Way
from trainer.material.fields import Field, fields_at
from trainer.material.sheet import Sheet


def fields_of(card: Card, sheet: Sheet) -> tuple[Field, ...]:
    """Return the fields of the items that a card is about, as a sheet has them: its own, or a newer reading.

    None if they are not in it any more.
    """
    return tuple(field for way in _ways(card, sheet) for field in fields_at(sheet, way))


def _ways(card: Card, sheet: Sheet) -> Iterator[Way]:
    """Yield the ways to what a card shows of its sheet, what it asks first."""
    match card.deck:
        case "meanings":
            yield from _of_meanings(card, sheet)
        case "synonyms" if card.aspect:
            yield from (("titles", title.id) for title in sheet.titles)
        case "synonyms":
            yield "titles", card.item
        case "levels" if card.aspect:
            yield from (("levels", level.id) for level in sheet.levels)
        case "levels":
            yield "unclear", card.item
            for level in sheet.levels:
                yield "levels", level.id, "indicators", card.item
        case "answers":
            yield "red_flags", card.item
            yield from _of_question(card, sheet)


def _of_meanings(card: Card, sheet: Sheet) -> Iterator[Way]:
    yield "terms", card.item
    yield "examples", card.item
    yield "contrasts", card.item
    for contrast in sheet.contrasts:
        if contrast.id == card.item:
            yield from (("contrasts", contrast.id, "lines", line.id) for line in contrast.lines)


def _of_question(card: Card, sheet: Sheet) -> Iterator[Way]:
    """Yield a question, and the point or the answer that is asked of it; all of its points without one."""
    way = ("questions", card.item)
    yield way
    for question in sheet.questions:
        if question.id != card.item:
            continue
        for point in question.points:
            if not card.aspect or point.id == card.aspect:
                yield (*way, "points", point.id)
        for answer in question.answers:
            if answer.id == card.aspect:
                yield (*way, "answers", answer.id)
