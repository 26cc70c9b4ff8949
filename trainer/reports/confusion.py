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

    None if there is none that can be told in a sentence. A guess at a first meeting is none: the learner was
    told that it does not count. Reads the last days if there may be one.
    """
    yesterday = day - timedelta(days=1)
    back, steps = {}, {}
    for card in due_cards(cards, progress, day):
        if (state := progress.state(card.id)) and state.last == yesterday:
            back[card.id], steps[card.id] = card, state.reps
    if not back:
        return None
    for _, review in sorted(progress.history(since=yesterday).items(), reverse=True):
        if review.card not in back:
            continue
        steps[review.card] -= not review.repeat  # those before this one
        first_meeting = not review.repeat and steps[review.card] == 0
        if review.missed and len(review.chosen) == 1 and not first_meeting:
            words = back[review.card].mistake(review.variant, review.chosen[0])
            if words:
                return Confusion(review.card, words)
    return None
