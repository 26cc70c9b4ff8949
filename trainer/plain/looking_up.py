"""Looking up a word of the card that was answered last, line by line."""

from collections.abc import Sequence
from typing import Protocol

from trainer.cards.card import Question
from trainer.cards.word_entry import Word, WordEntry
from trainer.plain.streams import Streams
from trainer.plain.talks import numbered
from trainer.plain.words import entry_lines


class LooksUp(Protocol):
    """What tells the words of a card, and all that the sheets say of each: the engine."""

    def words_in(self, question: Question) -> Sequence[Word]:
        """Return the words in a question and its feedback."""

    def word(self, id_: str) -> WordEntry | None:
        """Return a word's entry; None if it is gone."""

    def search_for(self, entry: WordEntry) -> str:
        """Return a search string for the role that a word names; empty for one that names none."""


def look_up(question: Question | None, glossary: LooksUp | None, streams: Streams) -> None:
    """Ask which word of a card is meant, and tell its entry, until Enter."""
    words = glossary.words_in(question) if glossary and question else ()
    if not glossary or not words:
        missing = "No word of the last card is in the glossary." if question else "Answer a card first."
        streams.write(missing)
        return
    if len(words) == 1:
        _tell(words[0], glossary, streams)
        return
    streams.write_items(numbered(word.word for word in words))
    while line := streams.read(f"1-{len(words)} looks a word up, Enter goes on > "):
        if line in {str(number) for number in range(1, len(words) + 1)}:
            _tell(words[int(line) - 1], glossary, streams)
        else:
            streams.write(f"Give a number from 1 to {len(words)}, or nothing.")


def _tell(word: Word, glossary: LooksUp, streams: Streams) -> None:
    if entry := glossary.word(word.id):
        streams.write("\n".join(entry_lines(entry, glossary.search_for(entry))))
