"""What is mixed up, and the cards that are hard: each with the cards by which to practise the contrast."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from trainer.cards.card import Card
from trainer.memory.state import CardState, Day
from trainer.progress.progress import Progress
from trainer.reports.marks import marked_question
from trainer.reports.overview import LEARNED_AFTER
from trainer.reports.statistics.measured import Measured, Mistake

MOST = 12
"""Cards or mix-ups that are listed at most."""
HARD_FROM = 3
"""Misses after the first meeting from which on a card is hard, as long as it is not known."""

_OWN, _OTHERS = 6, 4
"""Cards of a practice at most: those that were missed, and those that teach what was chosen instead."""


class MixUp(Struct, frozen=True, kw_only=True):
    """Something that was taken for something else, at first tries of the last 90 days."""

    words: str
    """What the learner did, after "you": "took a DSM for an ASM"."""
    times: int
    last: Day
    practice: tuple[str, ...]
    """The ids of the cards by which to tell the two apart."""


class HardCard(Struct, frozen=True, kw_only=True):
    """A card that was missed again and again."""

    card: str
    """Its id."""
    asks: str
    """What it is about."""
    topic: str
    """Deck and sheet."""
    misses: int
    """After the first meeting."""
    tries: int
    """All of them."""
    last: Day
    """When it was asked last."""
    mistake: str
    """What was mostly chosen instead, after "you"; empty where that can't be said."""
    practice: tuple[str, ...]
    """The ids of the cards by which to practise it: itself, and what was chosen instead."""


def is_hard(state: CardState) -> bool:
    """Return whether a card was missed so often that practice alone may not help."""
    return state.lapses >= HARD_FROM and state.right_days < LEARNED_AFTER


def mix_ups(found: Measured, cards: Mapping[str, Card], record: Progress) -> tuple[MixUp, ...]:
    """Return what is mixed up, what was so most often first; of the cards given, without those put away.

    What is known by now is no mix-up any more.
    """
    told: defaultdict[str, list[Mistake]] = defaultdict(list)
    for mistake in found.mistakes:
        card = cards.get(mistake.card)
        if card and not record.marks(card.id).suspended and (words := card.mistake(*mistake[1:])):
            told[words].append(mistake)
    all_ = [
        MixUp(
            words=words,
            times=sum(found.mistakes[each] for each in mistakes),
            last=max(found.last[each] for each in mistakes),
            practice=_practice(sorted(mistakes, key=lambda each: -found.mistakes[each]), cards, record),
        )
        for words, mistakes in told.items()
        if not all(_is_known(record.state(each.card)) for each in mistakes)
    ]
    return tuple(sorted(all_, key=lambda each: (-each.times, -each.last.toordinal(), each.words))[:MOST])


def hard_cards(found: Measured, cards: Mapping[str, Card], record: Progress) -> tuple[HardCard, ...]:
    """Return the cards that are hard, the hardest first; of the cards given, without those put away."""
    hard = [
        (state, card)
        for card in cards.values()
        if (state := record.state(card.id)) and is_hard(state) and not record.marks(card.id).suspended
    ]
    hard.sort(key=lambda each: (-each[0].lapses, each[0].stability, each[1].id))
    by_card: defaultdict[str, list[Mistake]] = defaultdict(list)
    for mistake in sorted(found.mistakes, key=lambda each: -found.mistakes[each]):
        by_card[mistake.card].append(mistake)
    return tuple(_hard(card, state, by_card[card.id], cards, record) for state, card in hard[:MOST])


def _hard(
    card: Card, state: CardState, mistakes: Sequence[Mistake], cards: Mapping[str, Card], record: Progress
) -> HardCard:
    return HardCard(
        card=card.id,
        asks=" ".join(marked_question(card, record, "").subject.split()),
        topic=card.topic,
        misses=state.lapses,
        tries=state.reps,
        last=state.last,
        mistake=next((words for each in mistakes if (words := card.mistake(*each[1:]))), ""),
        practice=_practice(mistakes, cards, record) or (card.id,),
    )


def _practice(mistakes: Sequence[Mistake], cards: Mapping[str, Card], record: Progress) -> tuple[str, ...]:
    """Return the cards that were missed, and those that teach what was chosen instead, met ones first."""
    own = list(dict.fromkeys(each.card for each in mistakes))[:_OWN]
    wanted = {(cards[each.card].deck, each.chosen): cards[each.card] for each in mistakes}
    others = [
        (card.sheet.id != missed.sheet.id, record.state(card.id) is None, card.id)
        for card in _not_away(cards.values(), record)
        for id_ in card.right_ids
        if card.id not in own and (missed := wanted.get((card.deck, id_)))
    ]
    return tuple(dict.fromkeys((*own, *(id_ for *_, id_ in sorted(others)[:_OTHERS]))))


def _not_away(cards: Iterable[Card], record: Progress) -> Iterable[Card]:
    return (card for card in cards if not record.marks(card.id).suspended)


def _is_known(state: CardState | None) -> bool:
    return state is not None and state.right_days >= LEARNED_AFTER
