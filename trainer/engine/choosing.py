"""What a learner chooses for themselves: roles in an order, minutes, region and retention."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from trainer.cards.outline import Outline
from trainer.cards.roles import Roles, beginners, sheet_id
from trainer.engine.desk import Desk
from trainer.errors import TrainerError
from trainer.memory.learner import Region, Settings
from trainer.reports.roles import Named, RoleEntry, RoleStanding, role_list, role_standing

if TYPE_CHECKING:
    from trainer.reports.cost import RetentionCost


class Choosing(Desk):
    """The choices of a learner. Each is kept in the record when the call returns.

    A role may be named as people write it: see `find_role`. All that change something raise TrainerError
    for what can't be, UnknownDeckError for a role that is not there, and NotSavedError; nothing has changed
    then.
    """

    @property
    def settings(self) -> Settings:
        """What the learner has set; what they have not is as in Settings()."""
        return self.progress.settings

    def roles(self) -> list[RoleEntry]:
        """Return all roles and vocabularies, those in the learner's order first."""
        sheets, cards = self._listed()
        named = list(sheets)
        return role_list(self._roles(named), named, cards, self.progress, self.day)

    def learned_roles(self) -> list[RoleEntry]:
        """Return the roles that are asked, in the learner's order."""
        return [role for role in self.roles() if role.is_learned]

    @property
    def roles_chosen(self) -> bool:
        """Whether the learner has chosen roles; else those are learned that were begun, or all."""
        return self._roles().chosen

    def role_standing(self, role: str = "") -> RoleStanding | None:
        """Return a role deck by deck, by its id: the first that is learned if none is said.

        None if there is no such role.
        """
        sheets, cards = self._listed()
        named = list(sheets)
        roles = self._roles(named)
        return self._standing_of(role or next(iter(roles.learned), ""), roles, named, cards)

    def _standing_of(
        self, role: str, roles: Roles, sheets: Iterable[Named], cards: Iterable[Outline]
    ) -> RoleStanding | None:
        found = next((sheet for sheet in sheets if sheet.id == role), None)
        return role_standing(found, cards, roles.vocabularies, self.progress) if found else None

    def choose_roles(self, names: Sequence[str], paused: Sequence[str] = ()) -> list[RoleEntry]:
        """Learn these roles, in this order, and no others; those named in `paused` too are not asked.

        Roles whose sheets are missing keep a place at the end.
        """
        ids, away = self._ids(names), self._ids(paused)
        missing = [id_ for id_ in self._roles().missing if id_ not in ids]
        self._keep_roles([*ids, *missing], [id_ for id_ in away if id_ in ids])
        return self.roles()

    def add_roles(self, names: Sequence[str], *, first: bool = False) -> list[RoleEntry]:
        """Learn these roles too, after the others or before them; a paused one is asked again."""
        roles, ids = self._roles(), self._ids(names)
        # Who has chosen nothing and begun nothing learns all: what they add is their first choice.
        begun = roles.chosen or any(sheet_id(card) in roles.order for card in self.progress.states)
        before = list(roles.order) if begun else []
        new = [id_ for id_ in ids if id_ not in before]
        order = [*ids, *(id_ for id_ in before if id_ not in ids)] if first else [*before, *new]
        self._keep_roles(order, [id_ for id_ in roles.paused if id_ not in ids])
        return self.roles()

    def remove_roles(self, names: Sequence[str]) -> list[RoleEntry]:
        """Put these roles back into the library. Their progress stays."""
        roles, ids = self._roles(), self._ids(names, chosen=True)
        self._keep_roles([id_ for id_ in roles.order if id_ not in ids], roles.paused)
        return self.roles()

    def order_roles(self, names: Sequence[str]) -> list[RoleEntry]:
        """Put these roles first, in this order; the others follow as they were."""
        roles, ids = self._roles(), self._ids(names, chosen=True)
        self._keep_roles([*ids, *(id_ for id_ in roles.order if id_ not in ids)], roles.paused)
        return self.roles()

    def pause_roles(self, names: Sequence[str]) -> list[RoleEntry]:
        """Don't ask the cards of these roles, nor count them as due; they keep their place and progress."""
        roles, ids = self._roles(), self._ids(names, chosen=True)
        self._keep_roles(roles.order, [*roles.paused, *ids])
        return self.roles()

    def resume_roles(self, names: Sequence[str]) -> list[RoleEntry]:
        """Ask the cards of these roles again."""
        roles, ids = self._roles(), self._ids(names, chosen=True)
        self._keep_roles(roles.order, [id_ for id_ in roles.paused if id_ not in ids])
        return self.roles()

    def first_role(self) -> str:
        """Return the id of the role that a newcomer begins with who knows none yet; empty without a role."""
        return beginners(self._roles().order)

    def begin_with(self, roles: Sequence[str], minutes: int) -> None:
        """Let a newcomer learn these roles, by their ids in order, so many minutes a day from now on.

        It is saved with their first answer, so that somebody who only looks leaves nothing behind.
        """
        if roles:
            self.progress.hold_setting("roles", tuple(roles))
        self.progress.hold_setting("minutes", minutes)

    def set_minutes(self, minutes: int | None) -> None:
        """Set the minutes a day, from 1 to 1440; None for no choice."""
        self.progress.set_setting("minutes", minutes)

    def set_region(self, region: Region | None) -> None:
        """Set whose usage counts where the regions differ; None for no choice."""
        self.progress.set_setting("region", region)

    def set_retention(self, retention: float) -> None:
        """Set the desired retention, from 0.70 to 0.97. It counts from the next opening of the record on."""
        self.progress.set_setting("retention", retention)

    def retention_cost(self, retention: float) -> "RetentionCost":
        """Return what a retention, from 0.70 to 0.97, would cost a day with the cards that were met."""
        from trainer.reports.cost import retention_cost  # noqa: PLC0415 — only when it is asked

        cards = [card for card in self._asked()[2] if not self.progress.marks(card.id).suspended]
        states = [state for card in cards if (state := self.progress.state(card.id))]
        now, minutes = self._reviewing(cards)
        return retention_cost(retention, states, now=now, minutes=minutes)

    def _ids(self, names: Sequence[str], *, chosen: bool = False) -> list[str]:
        """Return the roles that are named, each once; with `chosen` each has to be in the order."""
        from trainer.cards.role_names import find_role, together  # noqa: PLC0415 — Today is shown without it

        roles, ids = self._roles(), []
        for name in together(names, self.library.sheets):
            missing = name.strip() in roles.missing
            id_ = name.strip() if missing else find_role(name, self.library.sheets).id
            if chosen and id_ not in roles.order:
                raise TrainerError(
                    f'You don\'t learn "{self.library.sheets[id_].name}". "trainer roles add {id_}" adds it.'
                )
            ids.append(id_)
        return list(dict.fromkeys(ids))

    def _keep_roles(self, order: Sequence[str], paused: Sequence[str]) -> None:
        """Keep an order of roles, of which some are paused; one at least has to be asked."""
        away = tuple(id_ for id_ in order if id_ in set(paused))
        now = self._roles()
        if now.learned and not any(id_ not in away and id_ not in now.missing for id_ in order):
            raise TrainerError(
                "One role at least has to be learned, and none would be left. Add another one first. "
                "Nothing was changed."
            )
        before = self.settings
        if before.roles != tuple(order):
            self.progress.set_setting("roles", tuple(order))
        if before.paused != away:
            self.progress.set_setting("paused", away)
