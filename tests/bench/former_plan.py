"""The plan of a day as it was before there were minutes: what the present one is measured against."""

from collections.abc import Sequence

from trainer.memory.schedule import Schedule
from trainer.memory.state import Day, DayTotals
from trainer.study.mixing import mixed_by_deck, siblings_apart
from trainer.study.plan import Listed, due_cards
from trainer.study.recorder import Recorder
from trainer.study.teaching import teaching_order

NEW_A_DAY = 10
NEW_MS_A_DAY = 6 * 60_000


def new_allowance(totals: DayTotals) -> int:
    """Return how many new cards a day has still room for, by count and by time."""
    if not totals.new:
        return NEW_A_DAY
    time_left = max(0, NEW_MS_A_DAY - totals.new_ms)
    return max(0, min(NEW_A_DAY - totals.new, time_left * totals.new // max(1, totals.new_ms)))


def plan_study(
    cards: Sequence[Listed],
    record: Recorder,
    schedule: Schedule,
    day: Day,
    limit: int,
    *,
    roles: Sequence[str],
) -> list[Listed]:
    """Return a session of so many cards: what is due, the most likely forgotten first, then new cards.

    New cards come in the order of teaching, as by the present plan: what differs is when, and how many.
    """

    def recall(card: Listed) -> float:
        state = record.state(card.id)
        return schedule.recall(state, day) if state else 0.0

    due = sorted(due_cards(cards, record, day), key=recall)[:limit]
    allowed = min(new_allowance(record.totals(day)), limit - len(due))
    new = teaching_order(cards, lambda card: record.state(card) is not None, roles)
    fresh = new[: max(0, allowed)]
    return siblings_apart(mixed_by_deck(due) + fresh)
