"""Progress files of any age, made without waiting years for them."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from trainer.cards.library import Library
from trainer.disk import replace
from trainer.memory.calendar import microseconds, study_day
from trainer.memory.schedule import Schedule
from trainer.memory.state import Rating, Review
from trainer.progress.documents import Meta, card_document, card_key, day_key, document, encode
from trainer.progress.reviews import Reviews
from trainer.progress.tables import Tables

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
A_DAY = 55
"""Reviews: 200,000 of them take ten years."""


def write_history(path: Path, library: Library, reviews: int) -> None:
    """Write a progress file with so many reviews of the library's cards, the last one yesterday."""
    chance = random.Random(reviews)
    cards = list(library.cards)
    days_before = -(-reviews // A_DAY)
    schedule = Schedule()
    history = {}
    for i in range(reviews):
        at = NOW - timedelta(days=days_before - i // A_DAY, minutes=A_DAY - i % A_DAY)
        rating = chance.choice([Rating.AGAIN, Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.EASY])
        history[microseconds(at)] = Review(
            card=cards[i % len(cards)],
            day=study_day(at),
            rating=rating,
            given=1 + i % 30,
            form="choose",
            ms=3000 + i % 5000,
            variant="meaning",
            chosen=("prop",),
        )
    states, days = schedule.replay(history)
    tables = Tables(
        Meta(format=1, recruiter="bench", generation=1),
        cards={card_key(card): card_document(card, state) or {} for card, state in states.items()},
        days={day_key(day): document(totals) for day, totals in days.items()},
        reviews=Reviews(encode({str(id_): document(review) for id_, review in history.items()})),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, tables.encoded())
