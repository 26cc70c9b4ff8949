"""What was taken for something else yesterday, and is back today."""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from trainer.cards.card import Card
from trainer.memory.state import Day
from trainer.progress.progress import Progress
from trainer.study.plan import due_cards


class Confusion(Struct, frozen=True):
    """A wrong choice of yesterday."""

    card: str
    words: str
    """What the learner did, after "you": "took a DSM for an ASM"."""


def yesterdays_confusion(cards: Iterable[Card], progress: Progress, day: Day) -> Confusion | None:
    """Return the latest wrong choice of the day before on one of the cards that is to review on `day`.

    None if there is none that can be told in a sentence. Reads the last days if there may be one.
    """
    yesterday = day - timedelta(days=1)
    back = {
        card.id: card
        for card in due_cards(cards, progress, day)
        if (state := progress.state(card.id)) and state.last == yesterday
    }
    if not back:
        return None
    for _, review in sorted(progress.history(since=yesterday).items(), reverse=True):
        if review.missed and len(review.chosen) == 1 and review.card in back:
            words = back[review.card].mistake(review.variant, review.chosen[0])
            if words:
                return Confusion(review.card, words)
    return None
