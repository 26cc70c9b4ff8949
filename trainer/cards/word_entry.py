"""What the glossary says of a word: a line of it, and all that the sheets say, as values."""

from typing import Literal

from msgspec import Struct

Kind = Literal["word", "title", "role"]
"""What an entry is: a word of the trade, a title that is judged for a role, or a role that has a sheet."""


class Word(Struct, frozen=True, kw_only=True):
    """A line of the glossary."""

    id: str
    word: str
    kind: Kind
    names: tuple[str, ...]
    """What else it is called."""
    meaning: str
    """In short; empty where no sheet says it."""
    sheets: tuple[str, ...]
    """The ids of the sheets that explain or judge it, vocabularies first."""


class RegionNote(Struct, frozen=True):
    """What is different in a region."""

    region: str
    text: str


class Sense(Struct, frozen=True, kw_only=True):
    """What a sheet says that a word means."""

    sheet: str
    """The sheet's name."""
    meaning: str
    concludes: str
    """What to conclude, or to ask, where it stands on a résumé."""
    region: str
    """Where the word is at home, "UK" or "US", if not everywhere."""
    notes: tuple[RegionNote, ...]
    fair: str
    """What must not count for or against anybody."""
    source: str
    """Where it was checked."""


class Judged(Struct, frozen=True, kw_only=True):
    """What a hit on a title is for a role."""

    role: str
    """The name of the role's sheet."""
    relation: str
    """In words; several with "or" where it depends on the house. Empty where nobody judged it."""
    search: str
    """Whether to search for it, in words; empty where nobody judged it."""
    why: str
    notes: tuple[RegionNote, ...]
    fair: str


class TwoMeanings(Struct, frozen=True, kw_only=True):
    """What a word that means several things may mean, and how to tell."""

    meanings: tuple[str, ...]
    difference: str
    fair: str


class Confused(Struct, frozen=True):
    """A word that is taken for another."""

    id: str
    word: str
    meaning: str


class Asking(Struct, frozen=True):
    """A card that asks for a word."""

    card: str
    asks: str
    """What it asks of the word when it is met."""
    topic: str
    """Deck and sheet, in words."""


class WordEntry(Struct, frozen=True, kw_only=True):
    """All that the sheets say of a word."""

    id: str
    word: str
    kind: Kind
    names: tuple[str, ...]
    senses: tuple[Sense, ...]
    judged: tuple[Judged, ...]
    two_meanings: tuple[TwoMeanings, ...]
    confused_with: tuple[Confused, ...]
    asked: tuple[Asking, ...]
    comes_up: int
    """So many other cards use the word in their first question."""
    roles: tuple[str, ...]
    """The ids of the role sheets that it names."""


class Group(Struct, frozen=True):
    """Words under one head."""

    head: str
    words: tuple[Word, ...]
