"""What planning a day needs of every card, kept so that the first screen need not read the sheets."""

from typing import TYPE_CHECKING, Self

import msgspec

from trainer.cards import cache
from trainer.cards.cache import Stamps
from trainer.cards.stage import STAGES
from trainer.home import Home

if TYPE_CHECKING:
    from trainer.cards.card import Card
    from trainer.cards.library import Library

CACHE = "cards.msgpack"
_ANSWERS = "answers"
_WHOLE = (".rate", ".flags")
"""How the ids end of cards in that deck that are of no single point."""


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """A card without its sheet."""

    id: str
    deck: str
    after: tuple[str, ...]
    uses: tuple[str, ...]
    basic: bool
    forms: tuple[str, ...]
    """By stage, the forms in which it may be asked, a blank between them; the last stands for the rest."""
    level: str
    """The id of the level whose interview question it is of; empty for what is asked whatever the level."""

    @classmethod
    def of(cls, card: "Card") -> Self:
        """Return the outline of a card."""
        return cls(card.id, card.deck, card.after, card.uses, card.basic, _forms(card), _level(card))

    @property
    def item(self) -> str:
        """The id of the item that it is of, in its sheet: of an interview question, a term."""
        return self.id.split("/", 2)[2].partition(".")[0]

    @property
    def is_point(self) -> bool:
        """Whether it is of one aspect of its item: of a point of an interview question."""
        return "." in self.id and not self.id.endswith(_WHOLE)

    @property
    def is_recall(self) -> bool:
        """Whether it is of all points of an interview question: its item is named, and no option chosen."""
        return self.deck == _ANSWERS and "." not in self.id and "choose" not in self.forms_at(0)

    def is_for(self, level: str) -> bool:
        """Return whether it is asked of one who hires for a level, by its id, or for any if that is empty.

        All is, but what is of an interview question for another level.
        """
        return not level or self.level in {"", level}

    def forms_at(self, stage: int) -> str:
        """Return the forms in which it may be asked at a stage, a blank between them.

        One that is likelier stands there more often.
        """
        return self.forms[min(stage, len(self.forms) - 1)]


class SheetOutline(msgspec.Struct, frozen=True, array_like=True):
    """A sheet without its facts."""

    id: str
    name: str
    is_role: bool


class Outlines(msgspec.Struct, frozen=True, array_like=True):
    """What planning needs of a library."""

    sheets: tuple[SheetOutline, ...]
    cards: tuple[Outline, ...]

    @classmethod
    def of(cls, library: "Library") -> Self:
        """Return the outlines of a library."""
        from trainer.cards.role_names import told_apart  # noqa: PLC0415 — Today is shown without it

        names = told_apart(library.sheets)
        return cls(
            tuple(SheetOutline(id_, names[id_], sheet.is_role) for id_, sheet in library.sheets.items()),
            tuple(map(Outline.of, library.cards.values())),
        )


def _forms(card: "Card") -> tuple[str, ...]:
    ways = card.ways()
    by_stage = []
    for stage in STAGES:
        forms = [way.form.value for way in ways if stage in way.stages] or [way.form.value for way in ways]
        by_stage.append(" ".join(forms if len(set(forms)) > 1 else forms[:1]))
    while len(by_stage) > 1 and by_stage[-1] == by_stage[-2]:
        by_stage.pop()
    return tuple(by_stage)


def _level(card: "Card") -> str:
    questions = card.sheet.questions if card.deck == _ANSWERS else ()
    return next((question.level or "" for question in questions if question.id == card.item), "")


def recall(home: Home) -> Outlines | None:
    """Return the outlines kept last; None when there are none, or a sheet or the decks have changed since."""
    return recalled(home, cache.stamps_of(home))


def recalled(home: Home, stamps: Stamps) -> Outlines | None:
    """Return the outlines that were kept of sheets as these stamps say; None when there are none."""
    return cache.recall(home, CACHE, Outlines, stamps)
