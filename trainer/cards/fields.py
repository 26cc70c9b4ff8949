"""Which texts stand behind a card, for somebody who wants to mend one."""

from trainer.cards.card import Card
from trainer.material.fields import Field, fields_at
from trainer.material.sheet import Sheet


def fields_of(card: Card, sheet: Sheet) -> tuple[Field, ...]:
    """Return the fields of the items that a card is about, as a sheet has them: its own, or a newer reading.

    None if they are not in it any more.
    """
    return tuple(field for way in card.texts(sheet) for field in fields_at(sheet, way))
