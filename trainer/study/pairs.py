"""Pairs: a warm-up that matches titles with roles. Nothing of it is scheduled or kept."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from trainer.material.sheet import Search, Sheet, Title

ROLES_FROM, ROLES_MOST = 4, 6
"""Roles in a round at least, and at most."""


class Pair(Struct, frozen=True):
    """A title and the role that it finds."""

    role: str
    title: str
    why: str
    """Why they belong together; empty where the sheet gives no reason."""


class Pairs:
    """One round: the titles come one after the other, the roles stand all the time."""

    def __init__(self, pairs: Sequence[Pair], rng: random.Random) -> None:
        """Take one pair a role; chance orders titles and roles."""
        self.roles = tuple(pair.role for pair in rng.sample(pairs, len(pairs)))
        self._waiting = rng.sample(pairs, len(pairs))
        self.found: dict[str, Pair] = {}
        """The pairs found, by role."""
        self.slips = 0
        self.tried: tuple[str, ...] = ()
        """The roles chosen wrongly for the title that stands, the latest last."""

    @property
    def pair(self) -> Pair | None:
        """The pair whose title stands; None at the end."""
        return self._waiting[0] if self._waiting else None

    def choose(self, position: int) -> bool:
        """Match the title that stands with a role that is left; return whether it is right."""
        pair, role = self.pair, self.roles[position]
        if pair is None or not self.is_left(position):
            return False
        if role != pair.role:
            self.slips += 1
            self.tried = (*self.tried, role)
            return False
        self.found[role] = self._waiting.pop(0)
        self.tried = ()
        return True

    def is_left(self, position: int) -> bool:
        """Return whether there is such a role, neither found nor tried for the title that stands."""
        return position < len(self.roles) and self.roles[position] not in (*self.found, *self.tried)


def new_round(sheets: Iterable[Sheet], rng: random.Random, first: Collection[str] = ()) -> Pairs | None:
    """Return a round over the roles of sheets; None with fewer than four that have a title of their own.

    Those whose ids are in `first` come before all others. A title is a role's own if it means the same job
    there, is no part of the role's name, and no other role searches it.
    """
    known = list(sheets)
    own = _own_titles(known)
    if len(own) < ROLES_FROM:
        return None
    wanted = {sheet.name for sheet in known if sheet.id in first}
    chosen = sorted(rng.sample(sorted(own), len(own)), key=lambda role: role not in wanted)[:ROLES_MOST]
    return Pairs([_pair(role, rng.choice(own[role])) for role in chosen], rng)


def _own_titles(sheets: Sequence[Sheet]) -> Mapping[str, Sequence[Title]]:
    searched = [
        (sheet.name, title.title.casefold())
        for sheet in sheets
        for title in sheet.titles
        if title.search is not Search.NO
    ]
    names = {sheet.name.casefold() for sheet in sheets}
    own: dict[str, list[Title]] = {}
    for sheet in sheets:
        elsewhere = names | {title for role, title in searched if role != sheet.name}
        for title in sheet.titles:
            same = title.means_the_role and title.search is not Search.NO
            told = title.title.casefold() in sheet.name.casefold()
            if same and not told and title.title.casefold() not in elsewhere:
                own.setdefault(sheet.name, []).append(title)
    return own


def _pair(role: str, title: Title) -> Pair:
    return Pair(role, title.title, title.why or "")
