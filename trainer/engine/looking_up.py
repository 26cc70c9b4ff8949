"""Looking things up: the glossary, an entry, what is found as somebody types, which words a text has."""

from typing import TYPE_CHECKING

from trainer.engine.desk import Desk

if TYPE_CHECKING:
    from trainer.cards.card import Question
    from trainer.cards.glossary import Glossary
    from trainer.cards.word_entry import Word, WordEntry
    from trainer.reports.lookup import Lookup


class LookingUp(Desk):
    """Looks things up in the sheets. The first time it reads them all; nothing is made before that."""

    _lookup: "Lookup | None" = None

    @property
    def glossary(self) -> "Glossary":
        """Every word, title and role, by letter and by role."""
        return self.library.glossary

    @property
    def lookup(self) -> "Lookup":
        """What finds words and questions."""
        from trainer.reports.lookup import Lookup  # noqa: PLC0415 — a start does without it

        library = self.library
        if self._lookup is None or self._lookup.library is not library:
            self._lookup = Lookup(library)
        return self._lookup

    def word(self, id_: str) -> "WordEntry | None":
        """Return all that the sheets say of a word, by its id in the glossary; None if it is gone."""
        return self.glossary.entry(id_) if id_ in self.glossary.words else None

    def words_in(self, question: "Question") -> "list[Word]":
        """Return the words in a question and its feedback: what it asks for first, then as one reads."""
        glossary, card = self.glossary, question.card
        words = (*glossary.asked_by(card.family), *glossary.used_in(card.sheet, question.texts))
        return list({word.id: word for word in words}.values())

    def search_for(self, entry: "WordEntry") -> str:
        """Return a Boolean search string for the role that a word names, in the learner's region.

        Empty for a word that names none.
        """
        from trainer.reports.brief import brief_of  # noqa: PLC0415 — a start does without it

        sheets = (self.library.sheets[role] for role in entry.roles if role in self.library.sheets)
        sheet = next(sheets, None)
        return brief_of(sheet, region=self.progress.settings.region).search if sheet else ""
