"""The lens at work for a learner: what stands in a text, and how its words come up next.

The text is in the hands of the caller alone: nothing of it is kept here, or written.
"""

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, NamedTuple

from trainer.cards.roles import sheet_id
from trainer.engine.marking import Marking

if TYPE_CHECKING:
    from trainer.cards.lens.look import Lens
    from trainer.cards.library import Library
    from trainer.memory.state import Marks
    from trainer.reports.lens import LensReport, LensWord


class Spotted(NamedTuple):
    """A text as the lens shows it."""

    text: str
    """The text, made harmless, a blank where it was broken for its width; the words' places refer to it."""
    report: "LensReport"


class WordStanding(NamedTuple):
    """How a learner stands with a word."""

    card: str = ""
    """The id of the card that teaches it; empty where none does."""
    told: str = ""
    """In a sentence."""
    starred: bool = False
    unmet: bool = False
    """Whether it can come up among the new cards."""


class Spotting(Marking):
    """Looks at texts, and puts the words of one first."""

    _lens: "tuple[Library, Lens] | None" = None

    def look_at(self, text: str) -> Spotted:
        """Return what stands in a text, in a second at most. Raises TrainerError for one too long."""
        from trainer.cards.lens.look import Lens  # noqa: PLC0415 — Today is shown without it
        from trainer.material.page.paragraphs import rejoined  # noqa: PLC0415 — the same
        from trainer.reports.lens import lens_report  # noqa: PLC0415 — the same

        library = self.library
        if self._lens is None or self._lens[0] is not library:
            self._lens = library, Lens(library.sheets)
        looked = self._lens[1].look(text)
        return Spotted(rejoined(looked.text), lens_report(looked, library, self._roles().learned))

    def look_in(self, typed: str) -> Spotted:
        """Return what stands in a file, by its path. Raises TrainerError, which says what to do."""
        self.rights.check_files()
        from pathlib import Path  # noqa: PLC0415 — with this alone

        from trainer.material.intake import text_in  # noqa: PLC0415 — the same

        return self.look_at(text_in(Path(typed)))

    def word_standings(self, words: Iterable["LensWord"]) -> list[WordStanding]:
        """Return how the learner stands with words, in their order."""
        asked = frozenset(self._roles().asked)
        return [self._standing_with(word, asked) for word in words]

    def put_first(self, cards: Iterable[str]) -> "dict[str, Marks]":
        """Give cards a star: new ones come first then, and those that were met can be trained at once.

        Returns their marks before, by card, for `restore`. Raises NotSavedError; those before it have their
        star then.
        """
        before = {}
        for card in cards:
            before[card] = self.progress.marks(card)
            self.star(card)
        return before

    def take_stars(self, cards: Iterable[str]) -> "dict[str, Marks]":
        """Take the stars of cards away; return their marks before, as `put_first` does."""
        before = {}
        for card in cards:
            before[card] = self.progress.marks(card)
            self.unstar(card)
        return before

    def _standing_with(self, word: "LensWord", asked: Container[str]) -> WordStanding:
        """Return how the learner stands with a word: by the card that is learned, and was met, if one is."""
        cards = self.library.cards
        there = [card for card in word.cards if card in cards]
        if not there:
            return WordStanding()
        card = min(there, key=lambda each: (sheet_id(each) not in asked, self.progress.state(each) is None))
        state, marks = self.progress.state(card), self.progress.marks(card)
        if marks.suspended:
            return WordStanding(card, "You put its card away.", starred=marks.star)
        if sheet_id(card) not in asked:
            role = cards[card].sheet.name
            return WordStanding(card, f"Its card is of {role}, which you don't learn.", starred=marks.star)
        if state is None:
            told = "It comes first among your new cards." if marks.star else "You have not met it yet."
            return WordStanding(card, told, starred=marks.star, unmet=True)
        told = "You have met it, and it is due." if state.due <= self.day else "You have met it."
        return WordStanding(card, f"{told} Starred." if marks.star else told, starred=marks.star)
