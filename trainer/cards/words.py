"""Words of the trade in texts: what a card uses, so that it can be taught before.

A word is found by any of its names (the term, what it stands for, its aliases), whole, in the singular or
the plural; one in capitals in capitals only. Of two names at the same place the longer one is meant: a
Deputy Stage Manager is no deputy.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from trainer.material.sheet import Sheet, Term

if TYPE_CHECKING:
    from trainer.cards.card import Card

_WORD = re.compile(r"\w+")
_PLURALS = "s", "es"
_BEFORE_WHAT_IS_DONE = "the", "a", "an"


class _Name(NamedTuple):
    words: tuple[str, ...]
    """Folded."""
    card: str
    """The card that teaches it."""
    capitals: bool


class Words:
    """The terms of a library, by their names."""

    def __init__(self, names: Iterable[_Name]) -> None:
        self._names: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in names:
            self._names[name.words].append(name)
            for end in ("", *_PLURALS):
                lengths[f"{name.words[0]}{end}"].add(len(name.words))
        self._lengths = {start: sorted(each, reverse=True) for start, each in lengths.items()}
        """How many words the names have, the longest first, that may begin with a word of a text."""

    @classmethod
    def of(cls, sheets: Iterable[Sheet]) -> "Words":
        """Return the terms of sheets; those of vocabularies come first, as they are taught to everybody."""
        ordered = sorted(sheets, key=lambda sheet: sheet.is_role)
        return cls(name for sheet in ordered for term in sheet.terms for name in _names(sheet, term))

    def noted(self, card: "Card") -> "Card":
        """Return a card that says which words it uses, its own not among them."""
        own = f"{card.sheet.id}/meanings/"
        found = self.used_in(card.first_texts(), own)
        uses = tuple(id_ for id_ in found if id_ != card.id)
        return structs.replace(card, uses=uses) if uses else card

    def used_in(self, texts: Iterable[str], own: str = "") -> Sequence[str]:
        """Return the ids of the cards that teach the words in texts, each once.

        Where several sheets teach a word, the one whose cards begin with `own` is taken, else the first.
        """
        return list(dict.fromkeys(id_ for text in texts for id_ in self._in(text, own)))

    def _in(self, text: str, own: str) -> Iterator[str]:
        words = _WORD.findall(text)
        folded = [word.casefold() for word in words]
        behind = 0
        for place, word in enumerate(folded):
            if word not in self._lengths or place < behind:  # most words begin no name
                continue
            if found := self._at(words, folded, place):
                yield next((name.card for name in found if name.card.startswith(own)), found[0].card)
                behind = place + len(found[0].words)

    def _at(self, words: Sequence[str], folded: Sequence[str], place: int) -> list[_Name]:
        """Return the names that stand at a place, the longest ones."""
        for length in self._lengths[folded[place]]:
            *first, last = folded[place : place + length]
            names = [name for end in _singulars(last) for name in self._names.get((*first, end), ())]
            if not names:
                continue
            capitals = "".join(words[place : place + length]).rstrip("s").isupper()
            if found := [name for name in names if capitals or not name.capitals]:
                return found
        return []


def _singulars(word: str) -> tuple[str, ...]:
    """Return a word, and what it may be the plural of."""
    if word.endswith("es"):
        return word, word[:-1], word[:-2]
    return (word, word[:-1]) if word.endswith("s") else (word,)


def _names(sheet: Sheet, term: Term) -> Iterator[_Name]:
    for name in dict.fromkeys(term.names):
        if name in term.everyday:
            continue
        for words in _said(tuple(_WORD.findall(name.casefold()))):
            yield _Name(words, f"{sheet.id}/meanings/{term.id}", name.isupper())


def _said(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name, and what a sentence makes of one that says what is done: "calls the show"."""
    if not words:
        return
    yield words
    doing, *rest = words
    if rest and rest[0] in _BEFORE_WHAT_IS_DONE and doing.endswith("ing"):
        stem = doing.removesuffix("ing")
        yield from ((did, *rest) for did in (stem, f"{stem}s", f"{stem}e", f"{stem}es", f"{stem}ed"))
