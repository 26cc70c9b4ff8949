"""Which roles a learner learns, of those there are.

A role is a sheet with more than terms; any other is a vocabulary, and goes with every role.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from msgspec import Struct

from trainer.memory.learner import Settings

BEGINNERS = "assistant-stage-manager"
"""The role that teaches the stage from the ground up."""


class Listed(Protocol):
    """What tells whether a sheet can be learned: the sheet, or its outline."""

    @property
    def id(self) -> str:
        """The sheet's id."""

    @property
    def is_role(self) -> bool:
        """Whether it is on a role."""


class Roles(Struct, frozen=True, kw_only=True):
    """What a learner learns of the sheets there are, by their ids."""

    order: tuple[str, ...]
    """The roles that were chosen, in the learner's order: learned, paused and missing ones."""
    paused: tuple[str, ...] = ()
    """Those of them that are not asked."""
    missing: tuple[str, ...] = ()
    """Those whose sheets are gone or broken."""
    vocabularies: tuple[str, ...] = ()
    chosen: bool = True
    """Whether the learner has said so; else it follows from what was met."""

    @property
    def learned(self) -> tuple[str, ...]:
        """The roles that are asked, in the learner's order."""
        return tuple(id_ for id_ in self.order if id_ not in self.paused and id_ not in self.missing)

    @property
    def asked(self) -> tuple[str, ...]:
        """The sheets whose cards are asked, the roles first."""
        return (*self.learned, *self.vocabularies)

    def state(self, id_: str) -> Literal["learned", "paused", "library", "vocabulary", "missing"]:
        """Return what a sheet is to the learner."""
        if id_ in self.vocabularies:
            return "vocabulary"
        if id_ not in self.order:
            return "library"
        if id_ in self.missing:
            return "missing"
        return "paused" if id_ in self.paused else "learned"


def sheet_id(card: str) -> str:
    """Return the id of the sheet that a card is of, by the card's id."""
    return card.partition("/")[0]


def beginners(roles: Sequence[str]) -> str:
    """Return the role, of those by id, that somebody begins with who doesn't know; empty without a role."""
    return BEGINNERS if BEGINNERS in roles else next(iter(roles), "")


def roles_of(settings: Settings, sheets: Iterable[Listed], met: Iterable[str]) -> Roles:
    """Return what is learned, by the settings, of sheets in the library's order.

    As long as nothing was chosen, the roles with cards in `met` are learned, which are ids of cards; all
    roles if there are none.
    """
    roles: list[str] = []
    vocabularies: list[str] = []
    for sheet in sheets:
        (roles if sheet.is_role else vocabularies).append(sheet.id)
    if not settings.roles:
        known = set(map(sheet_id, list(met)))  # a copy: more may be met meanwhile
        begun = [role for role in roles if role in known]
        return Roles(order=tuple(begun or roles), vocabularies=tuple(vocabularies), chosen=False)
    there = set(roles)
    order = tuple(id_ for id_ in dict.fromkeys(settings.roles) if id_ not in vocabularies)
    return Roles(
        order=order,
        paused=tuple(role for role in order if role in settings.paused),
        missing=tuple(role for role in order if role not in there),
        vocabularies=tuple(vocabularies),
    )
