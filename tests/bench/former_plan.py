"""The plan of a day as it was before there were minutes: what the present one is measured against."""

from collections import deque
from collections.abc import Iterable, Sequence

from trainer.memory.schedule import Schedule
from trainer.memory.state import Day, DayTotals
from trainer.study.mixing import mixed_by_deck, siblings_apart
from trainer.study.plan import Listed, due_cards
from trainer.study.recorder import Recorder

NEW_A_DAY = 10
NEW_MS_A_DAY = 6 * 60_000
TURNS = ("levels", "meanings", "synonyms", "answers")


def new_allowance(totals: DayTotals) -> int:
    """Return how many new cards a day has still room for, by count and by time."""
    if not totals.new:
        return NEW_A_DAY
    time_left = max(0, NEW_MS_A_DAY - totals.new_ms)
    return max(0, min(NEW_A_DAY - totals.new, time_left * totals.new // max(1, totals.new_ms)))


def plan_study(
    cards: Sequence[Listed], record: Recorder, schedule: Schedule, day: Day, limit: int
) -> list[Listed]:
    """Return a session of so many cards: what is due, the most likely forgotten first, then new cards."""

    def recall(card: Listed) -> float:
        state = record.state(card.id)
        return schedule.recall(state, day) if state else 0.0

    due = sorted(due_cards(cards, record, day), key=recall)[:limit]
    allowed = min(new_allowance(record.totals(day)), limit - len(due))
    new = [
        card
        for card in cards
        if record.state(card.id) is None and all(record.state(before) for before in card.after)
    ]
    fresh = in_turns(new)[: max(0, allowed)]
    return siblings_apart(mixed_by_deck(due) + fresh)


def in_turns(cards: Iterable[Listed]) -> list[Listed]:
    """Return cards in the author's order within a deck, a card of each deck in turn."""
    decks = {deck: deque[Listed]() for deck in TURNS}
    for card in cards:
        decks[card.deck].append(card)
    ordered: list[Listed] = []
    while any(decks.values()):
        ordered += [deck.popleft() for deck in decks.values() if deck]
    return ordered
