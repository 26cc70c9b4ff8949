"""What looking something up finds: words of the glossary, and questions by the words in them."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from trainer.cards.card import first_question
from trainer.cards.finding import Finder, Found, plain, spots_of
from trainer.cards.word_entry import Word
from trainer.clean import clean_line

if TYPE_CHECKING:
    from trainer.cards.card import Card
    from trainer.cards.library import Library

SHOWN = 8
"""So many of each kind are shown: what is typed next makes them fewer."""


class FoundCard(Struct, frozen=True):
    """A question that was found."""

    card: str
    """The id of its card."""
    asks: str
    topic: str
    """Deck and sheet, in words."""
    spots: tuple[tuple[int, int], ...] = ()
    """Where in what it asks the words stand that were typed: from their first sign to behind the last."""


class Hits(Struct, frozen=True, kw_only=True):
    """What was found."""

    words: tuple[Word, ...] = ()
    more_words: int = 0
    """So many that are not among them."""
    cards: tuple[FoundCard, ...] = ()
    more_cards: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing was found."""
        return not (self.words or self.cards)


class Lookup:
    """Looks things up in a library; made once, and asked at each key."""

    def __init__(self, library: "Library") -> None:
        self.library = library
        self._words = tuple(library.glossary.words.values())

    def prepare(self) -> None:
        """Make ready all that `begins` and `nearly` need, which they would else do when first asked."""
        for finder in (self._word_finder, self._card_finder):
            finder.prepare()

    def begins(self, typed: str) -> Hits:
        """Return what begins with the letters typed, or has words that do. Quick enough for each key."""
        words, cards = self._word_finder.begins(typed, SHOWN), self._card_finder.begins(typed, SHOWN)
        return self._hits(typed, words, cards)

    def nearly(self, typed: str) -> Hits:
        """Return what `begins` does not find, but was meant perhaps: accents, UK or US spelling, slips.

        It may take a while.
        """
        words, cards = self._word_finder.nearly(typed, SHOWN), self._card_finder.nearly(typed, SHOWN)
        return self._hits(typed, words, cards)

    def words(self, typed: str) -> Sequence[Word]:
        """Return all words that are called so; else those that begin so, or have words that do."""
        exact = self.library.glossary.called(typed)
        return exact or [self._words[at] for at in self._word_finder.begins(typed, len(self._words)).places]

    def other_name(self, word: Word, typed: str) -> str:
        """Return by which of its other names a word was found; empty where by its own, or called just so."""
        names = (word.word, *word.names)
        if plain(typed) in map(plain, names):
            return ""
        name = next((name for name in names if spots_of(typed, name)), word.word)
        return "" if name == word.word else name

    def near_words(self, typed: str) -> Sequence[Word]:
        """Return words that are nearly called so."""
        return [self._words[at] for at in self._word_finder.nearly(typed, SHOWN).places]

    @cached_property
    def _word_finder(self) -> Finder:
        return Finder([(word.word, *word.names) for word in self._words])

    @cached_property
    def _cards(self) -> "tuple[Card, ...]":
        """Those that ask for no word: where a word is asked, its entry says."""
        asked = self.library.glossary.families
        return tuple(card for card in self.library.cards.values() if card.family not in asked)

    @cached_property
    def _asks(self) -> Sequence[str]:
        return [_asks(card) for card in self._cards]

    @cached_property
    def _card_finder(self) -> Finder:
        return Finder([(asks,) for asks in self._asks])

    def _hits(self, typed: str, words: Found, cards: Found) -> Hits:
        found = ((self._cards[at], self._asks[at]) for at in cards.places)
        return Hits(
            words=tuple(self._words[at] for at in words.places),
            more_words=words.total - len(words.places),
            cards=tuple(
                FoundCard(card.id, asks, card.topic, tuple(spots_of(typed, asks))) for card, asks in found
            ),
            more_cards=cards.total - len(cards.places),
        )


def _asks(card: "Card") -> str:
    """Return the text that a card asks about first; in a rating that is the question to the candidate."""
    question = first_question(card)
    return clean_line(question.text or question.name or question.prompt)
