"""Where a learner stands today: what to review, what is new, what is learned."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from trainer.cards.decks import DECKS
from trainer.humanize import count, minutes
from trainer.memory.state import Day, DayTotals
from trainer.progress.progress import Progress
from trainer.study.plan import Identified, Listed, StudyPlan, due_cards

LEARNED_AFTER = 3
"""Right at first try on so many different days since the last miss."""


class Tally(Struct, frozen=True, kw_only=True):
    """The cards of a deck, counted."""

    cards: int
    new: int
    """Never met."""
    due: int
    """To be seen again today: what is due, and what was missed today and waits."""
    right_days: tuple[int, int, int]
    """Cards right on exactly one day, on two, and on three or more: the last are learned."""

    @property
    def learned(self) -> int:
        """Cards right on three days or more."""
        return self.right_days[-1]


class Overview(Struct, frozen=True, kw_only=True):
    """What the first screen tells."""

    due: int
    """All cards that are due."""
    reviews: int
    """… of which a session of today would ask."""
    again: int
    """Cards missed today and left waiting, which it would ask first."""
    new: int
    """New cards that it would bring."""
    more_new: int
    """New cards beyond those."""
    minutes: int
    """What it is expected to take."""
    minutes_a_day: int
    """The goal that the learner has chosen, or what is usual."""
    minutes_today: int
    """Whole minutes of today that went into sessions and quizzes; 0 below one."""
    caught_up_in: int | None
    """In about how many days no more is due than one session takes; 0 when it is so now, None when it takes
    longer than can be told."""
    decks: dict[str, Tally]
    """By the name of the deck, over the sheets that are learned."""
    next_due: Day | None
    """When the next card is due after today."""
    today: DayTotals

    @property
    def to_see_again(self) -> int:
        """Cards met before that a session of today would ask."""
        return self.again + self.reviews

    @property
    def see_again_told(self) -> str:
        """How many of those it would ask, and of how many that wait, where it has no room for all."""
        waiting, asked = self.again + self.due, self.to_see_again
        return f"{asked} of {waiting}" if asked < waiting else str(asked)

    @property
    def time_today(self) -> str:
        """What went into sessions and quizzes today, in words."""
        return count(self.minutes_today, "minute") if self.minutes_today else minutes(0)

    @property
    def has_cards(self) -> bool:
        """Whether there is any card to train."""
        return any(tally.cards for tally in self.decks.values())


def tally(
    cards: Sequence[Identified],
    progress: Progress,
    day: Day,
    *,
    asked: bool = True,
    waiting: Collection[str] = (),
) -> Tally:
    """Count cards by how far they have come, without those put away.

    What is put off is not due, and nothing is that is not `asked`, as its role is not learned. `waiting` are
    the ids of cards that were missed today.
    """
    cards = [card for card in cards if not progress.marks(card.id).suspended]
    here = [card.id for card in cards if card.id in waiting]
    states = [state for card in cards if (state := progress.state(card.id))]
    days = [min(state.right_days, LEARNED_AFTER) for state in states]
    return Tally(
        cards=len(cards),
        new=len(cards) - len(states),
        due=len({*(card.id for card in due_cards(cards, progress, day)), *here}) if asked else 0,
        right_days=(days.count(1), days.count(2), days.count(3)),
    )


def overview(
    cards: Sequence[Listed], progress: Progress, day: Day, plan: StudyPlan, minutes_a_day: int
) -> Overview:
    """Return where a learner stands on a day with the cards that they learn, and what was planned of them."""
    by_deck: dict[str, list[Listed]] = {key: [] for key in DECKS}
    for card in cards:
        by_deck[card.deck].append(card)
    today = progress.totals(day)
    later = [
        state.due
        for card in cards
        if (state := progress.state(card.id)) and state.due > day and not progress.marks(card.id).suspended
    ]
    return Overview(
        due=plan.due,
        reviews=plan.reviews,
        again=plan.again,
        new=plan.new,
        more_new=plan.more_new,
        minutes=plan.minutes,
        minutes_a_day=minutes_a_day,
        minutes_today=round(spent) if (spent := today.spent_ms / 60_000) >= 1 else 0,
        caught_up_in=plan.caught_up_in,
        decks={key: tally(deck, progress, day, waiting=plan.first_cards) for key, deck in by_deck.items()},
        next_due=min(later, default=None),
        today=today,
    )
