"""What is mixed up, and the cards that are hard: each with the cards by which to practise the contrast."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from trainer.cards.card import Card
from trainer.memory.state import CardState, Day
from trainer.progress.progress import Progress
from trainer.reports.browse import is_hard
from trainer.reports.marks import marked_question
from trainer.reports.overview import LEARNED_AFTER
from trainer.reports.statistics.measured import Measured, Mistake

MOST = 12
"""Cards or mix-ups that are listed at most."""

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


class Contrasts:
    """What a learner gets wrong of some cards, and by which to practise it; those put away are left out."""

    def __init__(self, found: Measured, cards: Mapping[str, Card], record: Progress) -> None:
        self._found, self._record = found, record
        self._cards = {id_: card for id_, card in cards.items() if not record.marks(id_).suspended}
        self._taught: defaultdict[tuple[str, str], list[Card]] = defaultdict(list)
        """The cards that teach an option, by their deck and its id."""
        for card in self._cards.values():
            for id_ in card.right_ids:
                self._taught[card.deck, id_].append(card)

    def mix_ups(self) -> tuple[MixUp, ...]:
        """Return what is mixed up, what was so most often first; what is known by now is left out."""
        told: defaultdict[str, list[Mistake]] = defaultdict(list)
        for mistake in self._by_times(self._found.mistakes):
            card = self._cards.get(mistake.card)
            if card and (words := card.mistake(mistake.way, mistake.chosen)):
                told[words].append(mistake)
        wrong = [
            (self._times(mistakes), self._last(mistakes), words, mistakes)
            for words, mistakes in told.items()
            if not all(map(self._is_known, mistakes))
        ]
        wrong.sort(key=lambda each: (-each[0], -each[1].toordinal(), each[2]))
        return tuple(
            MixUp(words=words, times=times, last=last, practice=self._practice(mistakes))
            for times, last, words, mistakes in wrong[:MOST]
        )

    def hard_cards(self) -> tuple[HardCard, ...]:
        """Return the cards that are hard, the hardest first."""
        hard = [
            (state, card)
            for card in self._cards.values()
            if (state := self._record.state(card.id)) and is_hard(state)
        ]
        hard.sort(key=lambda each: (-each[0].lapses, each[0].stability, each[1].id))
        listed = {card.id: list[Mistake]() for _, card in hard[:MOST]}
        for mistake in self._by_times(self._found.mistakes):
            if mistake.card in listed:
                listed[mistake.card].append(mistake)
        return tuple(self._hard(card, state, listed[card.id]) for state, card in hard[:MOST])

    def _hard(self, card: Card, state: CardState, mistakes: Sequence[Mistake]) -> HardCard:
        return HardCard(
            card=card.id,
            asks=" ".join(marked_question(card, self._record, "").subject.split()),
            topic=card.topic,
            misses=state.lapses,
            tries=state.reps,
            last=state.last,
            mistake=self._mostly(card, mistakes),
            practice=self._practice(mistakes) or (card.id,),
        )

    def _mostly(self, card: Card, mistakes: Sequence[Mistake]) -> str:
        """Return what more than half of the mistakes come to; empty where there is no such thing."""
        times = Counter[str]()
        for each in mistakes:
            times[card.mistake(each.way, each.chosen)] += self._found.mistakes[each]
        words, most = max(times.items(), key=lambda found: found[1], default=("", 0))
        return words if 2 * most > times.total() else ""

    def _practice(self, mistakes: Sequence[Mistake]) -> tuple[str, ...]:
        """Return the cards that were missed, and those that teach what was chosen instead.

        Of these first those of the same sheet, and of them those that were met.
        """
        own = list(dict.fromkeys(each.card for each in mistakes))[:_OWN]
        others = {
            (card.sheet.id != self._cards[each.card].sheet.id, self._record.state(card.id) is None, card.id)
            for each in mistakes
            for card in self._taught[self._cards[each.card].deck, each.chosen]
        }
        return tuple(dict.fromkeys((*own, *[id_ for *_, id_ in sorted(others) if id_ not in own][:_OTHERS])))

    def _by_times(self, mistakes: Iterable[Mistake]) -> list[Mistake]:
        return sorted(mistakes, key=lambda each: -self._found.mistakes[each])

    def _times(self, mistakes: Iterable[Mistake]) -> int:
        return sum(self._found.mistakes[each] for each in mistakes)

    def _last(self, mistakes: Iterable[Mistake]) -> Day:
        return max(self._found.last[each] for each in mistakes)

    def _is_known(self, mistake: Mistake) -> bool:
        state = self._record.state(mistake.card)
        return state is not None and state.right_days >= LEARNED_AFTER
