"""Where the learner stands role by role: what they know, what they know soon, and what is to come."""

from collections.abc import Collection, Iterable
from typing import Literal, Protocol

from msgspec import Struct

from trainer.cards.decks import DECKS
from trainer.cards.outline import Outline
from trainer.cards.roles import Listed, Roles, sheet_id
from trainer.memory.state import Day
from trainer.progress.progress import Progress
from trainer.reports.overview import LEARNED_AFTER, tally


class Named(Listed, Protocol):
    """A sheet, or its outline."""

    @property
    def name(self) -> str:
        """What a person calls it."""


class Counts(Struct, frozen=True, kw_only=True):
    """Cards by how far they have come; those that were put away are left out."""

    know: int = 0
    """Right at first try on three study days since the last miss."""
    soon: int = 0
    """Met, and not yet known."""
    to_come: int = 0
    """Not met yet."""

    @property
    def cards(self) -> int:
        """All of them."""
        return self.know + self.soon + self.to_come


class DeckStanding(Struct, frozen=True, kw_only=True):
    """A deck of a role."""

    deck: str
    """Its key in DECKS."""
    name: str
    """In a word: "Words"."""
    counts: Counts


class RoleStanding(Struct, frozen=True, kw_only=True):
    """A role deck by deck; to its words belong those of the vocabularies."""

    id: str
    name: str
    decks: tuple[DeckStanding, ...]
    """All decks in the order of DECKS."""


class RoleEntry(Struct, frozen=True, kw_only=True):
    """A role or a vocabulary in the list of them all."""

    id: str
    name: str
    """The id where the sheet is missing."""
    state: Literal["learned", "paused", "library", "vocabulary", "missing"]
    """Asked, kept in the order and not asked, not chosen, asked with every role, or chosen and not there."""
    position: int | None = None
    """Its place in the learner's order, from 1; None for what is not in it."""
    counts: Counts
    due: int = 0
    """Cards to review today; 0 for what is not asked."""

    @property
    def is_learned(self) -> bool:
        """Whether it is a role that is asked."""
        return self.state == "learned"


def count_cards(cards: Iterable[Outline], progress: Progress) -> Counts:
    """Count cards by how far they have come."""
    know = soon = to_come = 0
    for card in cards:
        if progress.marks(card.id).suspended:
            continue
        state = progress.state(card.id)
        if state is None:
            to_come += 1
        elif state.right_days >= LEARNED_AFTER:
            know += 1
        else:
            soon += 1
    return Counts(know=know, soon=soon, to_come=to_come)


def role_standing(
    role: Named, cards: Iterable[Outline], vocabularies: Collection[str], progress: Progress
) -> RoleStanding:
    """Return where a role stands; `cards` are those of all sheets, `vocabularies` the ids of such sheets."""
    by_deck: dict[str, list[Outline]] = {key: [] for key in DECKS}
    wanted = {role.id, *vocabularies}
    for card in cards:
        if sheet_id(card.id) in wanted:
            by_deck[card.deck].append(card)
    return RoleStanding(
        id=role.id,
        name=role.name,
        decks=tuple(
            DeckStanding(deck=key, name=kind.short_name, counts=count_cards(by_deck[key], progress))
            for key, kind in DECKS.items()
        ),
    )


def role_list(  # noqa: PLR0913, PLR0917 — what it counts
    roles: Roles,
    sheets: Iterable[Named],
    cards: Iterable[Outline],
    progress: Progress,
    day: Day,
    waiting: Collection[str] = (),
) -> list[RoleEntry]:
    """Return all roles: those in the learner's order, the library, and at last the vocabularies.

    `waiting` are the ids of cards that were missed today.
    """
    names = {sheet.id: sheet.name for sheet in sheets}
    by_sheet: dict[str, list[Outline]] = {id_: [] for id_ in names}
    for card in cards:
        by_sheet[sheet_id(card.id)].append(card)
    asked = set(roles.asked)

    def entry(id_: str, position: int | None = None) -> RoleEntry:
        return RoleEntry(
            id=id_,
            name=names.get(id_, id_),
            state=roles.state(id_),
            position=position,
            counts=count_cards(by_sheet.get(id_, ()), progress),
            due=tally(by_sheet[id_], progress, day, waiting=waiting).due if id_ in asked else 0,
        )

    others = [id_ for id_ in names if id_ not in roles.order and id_ not in roles.vocabularies]
    return [
        *(entry(id_, place) for place, id_ in enumerate(roles.order, start=1)),
        *map(entry, others),
        *map(entry, roles.vocabularies),
    ]
