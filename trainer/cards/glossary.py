"""The glossary: every word, title and role of the sheets to look up, each once for its trade.

What several sheets say of one word stands in one entry. It is made when it is first asked for, and an entry
only when it is opened: a start and Today do without it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from trainer.cards.card import first_question
from trainer.cards.role_names import role_called, told_apart
from trainer.cards.sheets import Sheets
from trainer.cards.typed import fold
from trainer.cards.word_entry import (
    Asking,
    Confused,
    Group,
    Judged,
    Kind,
    RegionNote,
    Sense,
    TwoMeanings,
    Word,
    WordEntry,
)
from trainer.material.sheet import Contrast, Note, Sheet, Term, Title, trade_of

if TYPE_CHECKING:
    from trainer.cards.library import Library

_BRACKETS = re.compile(r"\s*\([^)]*\)")

DIGITS = "0–9"
"""The group of words that begin with no letter."""


@dataclass
class _Item:
    """What the sheets have under one word."""

    word: str
    terms: list[tuple[Sheet, Term]] = field(default_factory=list)
    titles: list[tuple[Sheet, Title]] = field(default_factory=list)
    contrasts: list[tuple[Sheet, Contrast]] = field(default_factory=list)
    roles: list[Sheet] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The first of its items, as sheets refer to it; what is no term names its section too."""
        for section, items in (("", self.terms), ("titles.", self.titles), ("contrasts.", self.contrasts)):
            for sheet, item in items:
                return f"{sheet.id}#{section}{item.id}"
        return f"{self.roles[0].id}#"

    @property
    def kind(self) -> Kind:
        """What it is first of all."""
        return "role" if self.roles else "word" if self.terms or self.contrasts else "title"

    @property
    def names(self) -> tuple[str, ...]:
        """What else it is called, each name once."""
        named = {self.word.casefold(): ""}
        for _, term in self.terms:
            for name in term.names:
                named.setdefault(name.casefold(), name)
        for _, title in self.titles:
            named.setdefault(title.title.casefold(), title.title)
        return tuple(name for name in named.values() if name)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The ids of its sheets."""
        of_items = (sheet for items in (self.terms, self.contrasts, self.titles) for sheet, _ in items)
        return tuple(dict.fromkeys(sheet.id for sheet in (*of_items, *self.roles)))

    @property
    def families(self) -> Iterator[str]:
        """What the cards are aspects of that ask for it: see `Card.family`."""
        for sheet, item in (*self.terms, *self.contrasts):
            yield f"{sheet.id}/meanings/{item.id}"
        for sheet, title in self.titles:
            yield f"{sheet.id}/synonyms/{title.id}"

    @property
    def meaning(self) -> str:
        """What it means, by the first sheet that says it."""
        told = (
            *(term.meaning for _, term in self.terms),
            *(contrast.difference for _, contrast in self.contrasts),
            *(title.why for _, title in self.titles if title.why),
        )
        return next(iter(told), "")


class Glossary:
    """The words of a library, in the order of the alphabet."""

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._sheets = Sheets.of(library.sheets)
        self._names = told_apart(library.sheets)
        gathered = _Gathering(library.sheets.values())
        self._items, self._of_reference = gathered.items, gathered.references
        pairs = ((item.id, _word(item)) for item in self._items)
        self.words: Mapping[str, Word] = dict(sorted(pairs, key=lambda pair: _order(pair[1].word)))
        """By their ids."""

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def by_letter(self) -> Sequence[Group]:
        """The words by their first letter."""
        return _grouped((letter_of(word.word), word) for word in self.words.values())

    @cached_property
    def by_role(self) -> Sequence[Group]:
        """The words by sheet, vocabularies first; one that several sheets have stands with each."""
        found: dict[str, list[Word]] = defaultdict(list)
        for word in self.words.values():
            for id_ in word.sheets:
                found[id_].append(word)
        ordered = sorted(found, key=lambda id_: (self._sheets[id_].is_role, self._names[id_].casefold()))
        return [Group(self._names[id_], tuple(found[id_])) for id_ in ordered]

    def called(self, name: str) -> list[Word]:
        """Return the words of exactly this name, however it is written; several where trades differ."""
        return [self.words[id_] for id_ in self._by_name.get(fold(name), ())]

    def of_cards(self, cards: Iterable[str]) -> list[Word]:
        """Return the words that cards of term meanings teach, by the cards' ids, each once."""
        ids = (self._of_reference.get(_reference(card)) for card in cards)
        return [self.words[id_] for id_ in dict.fromkeys(filter(None, ids))]

    def asked_by(self, family: str) -> list[Word]:
        """Return the word that cards ask for, by what they are aspects of; none for other cards."""
        id_ = self._by_asked.get(family)
        return [self.words[id_]] if id_ else []

    def used_in(self, sheet: Sheet, texts: Iterable[str]) -> list[Word]:
        """Return the words of a sheet's trade that stand in texts, in the order in which they stand there."""
        return self.of_cards(self._sheets.words_for(sheet).used_in(texts))

    def entry(self, id_: str) -> WordEntry:
        """Return all that is known of a word of `words`."""
        item, word = self._by_id[id_], self.words[id_]
        return WordEntry(
            id=id_,
            word=word.word,
            kind=word.kind,
            names=word.names,
            senses=tuple(self._senses(item)),
            judged=tuple(self._judged(sheet, title) for sheet, title in item.titles),
            two_meanings=tuple(_two_meanings(contrast) for _, contrast in item.contrasts),
            confused_with=tuple(self._confused(item, id_)),
            asked=tuple(self._asked(item)),
            comes_up=sum(self._used.get(f"{sheet.id}/meanings/{term.id}", 0) for sheet, term in item.terms),
            roles=tuple(sheet.id for sheet in item.roles),
        )

    @cached_property
    def _by_id(self) -> Mapping[str, _Item]:
        return {item.id: item for item in self._items}

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for id_, word in self.words.items():
            for name in dict.fromkeys(fold(each) for each in (word.word, *word.names)):
                found[name].append(id_)
        return found

    @cached_property
    def families(self) -> frozenset[str]:
        """What cards are aspects of that ask for a word: see `Card.family`."""
        return frozenset(self._by_asked)

    @cached_property
    def _by_asked(self) -> Mapping[str, str]:
        return {family: item.id for item in self._items for family in item.families}

    @cached_property
    def _by_family(self) -> Mapping[str, list[str]]:
        """The cards by the item that they are an aspect of."""
        found: dict[str, list[str]] = defaultdict(list)
        for card in self._library.cards.values():
            found[card.family].append(card.id)
        return found

    @cached_property
    def _used(self) -> Mapping[str, int]:
        """How many cards of other items use a word, by the card that teaches it."""
        found: dict[str, int] = defaultdict(int)
        for card in self._library.cards.values():
            for used in card.uses:
                found[used] += card.family != used
        return found

    def _senses(self, item: _Item) -> Iterator[Sense]:
        told: set[str] = set()
        for sheet, term in item.terms:
            if term.meaning not in told:
                told.add(term.meaning)
                yield Sense(
                    sheet=self._names[sheet.id],
                    meaning=term.meaning,
                    concludes=term.signal or "",
                    region=term.region or "",
                    notes=_notes(term.notes),
                    fair=term.fair or "",
                    source=term.source or "",
                )

    def _judged(self, sheet: Sheet, title: Title) -> Judged:
        from trainer.cards.regional import right_of  # noqa: PLC0415 — only where an entry is opened
        from trainer.cards.synonyms import RELATION, SEARCH  # noqa: PLC0415 — the same

        relations, searches = right_of(title, "relation"), right_of(title, "search")
        return Judged(
            role=self._names[sheet.id],
            relation=_either(words for relation, words in RELATION.items() if relation in relations),
            search=_either(words for search, words in SEARCH.items() if search in searches),
            why=title.why or "",
            notes=_notes(title.notes),
            fair=title.fair or "",
        )

    def _confused(self, item: _Item, id_: str) -> Iterator[Confused]:
        """Yield the words that name it as easily confused and that it names so, each once.

        What is named on one side alone makes a wrong option, and is seldom what anybody takes for it.
        """
        named, naming = (
            [self._of_reference.get(each, "") for sheet, term in item.terms for each in told(sheet, term)]
            for told in (self._sheets.named_by, self._sheets.naming)
        )
        found = dict.fromkeys(other for other in named if other in naming)
        for other in found:
            if other and other != id_:
                word = self.words[other]
                yield Confused(other, word.word, word.meaning)

    def _asked(self, item: _Item) -> Iterator[Asking]:
        for family in item.families:
            for card in self._by_family.get(family, ()):
                made = self._library.cards[card]
                yield Asking(card, first_question(made).prompt, made.topic)


def letter_of(word: str) -> str:
    """Return the letter under which a word stands, without its accent."""
    plain = unicodedata.normalize("NFKD", word)
    first = next((sign for sign in plain if sign.isalnum()), "")
    return first.upper() if first.isalpha() else DIGITS


class _Gathering:
    """Gathers what sheets have under each word; words of different trades stay apart."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._by_term: dict[tuple[str, str], _Item] = {}
        self._by_name: dict[tuple[str, str], _Item] = {}
        self.items: list[_Item] = []
        ordered = sorted(sheets, key=lambda sheet: sheet.is_role)  # a word's first home is a vocabulary
        for sheet in ordered:
            self._gather_terms(sheet)
        for sheet in ordered:
            trade = trade_of(sheet)
            for contrast in sheet.contrasts:
                self._called(trade, contrast.word).contrasts.append((sheet, contrast))
            if sheet.is_role:
                self._called(trade, role_called(sheet)).roles.append(sheet)
        for sheet in ordered:
            for title in sheet.titles:
                bare = _BRACKETS.sub("", title.title)  # "Production Stage Manager (PSM)"
                self._called(trade_of(sheet), title.title, bare).titles.append((sheet, title))

    @property
    def references(self) -> dict[str, str]:
        """The ids of the items by full references to their terms."""
        return {f"{sheet.id}#{term.id}": item.id for item in self.items for sheet, term in item.terms}

    def _gather_terms(self, sheet: Sheet) -> None:
        trade = trade_of(sheet)
        for term in sheet.terms:
            key = _key(trade, term.term)
            if key not in self._by_term:
                self._by_term[key] = self._new(key, term.term)
            item = self._by_term[key]
            item.terms.append((sheet, term))
            for name in term.names:
                self._by_name.setdefault(_key(trade, name), item)

    def _called(self, trade: str, word: str, other: str = "") -> _Item:
        """Return the item of a word, a term's other names among them; a new one if there is none."""
        keys = [_key(trade, name) for name in dict.fromkeys((word, other)) if name]
        for key in keys:
            if found := self._by_term.get(key) or self._by_name.get(key):
                return found
        return self._new(keys[0], word)

    def _new(self, key: tuple[str, str], word: str) -> _Item:
        item = _Item(word)
        self.items.append(item)
        self._by_name.setdefault(key, item)
        return item


def _key(trade: str, name: str) -> tuple[str, str]:
    return trade, fold(name) or name.casefold()


def _word(item: _Item) -> Word:
    return Word(
        id=item.id,
        word=item.word,
        kind=item.kind,
        names=item.names,
        meaning=item.meaning,
        sheets=item.sheets,
    )


def _order(word: str) -> tuple[bool, str, str]:
    """Return by what words stand in order: letters before all else, whatever their accents and case."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(sign for sign in plain if sign.isalnum() or sign == " ").strip()
    return not bare[:1].isalpha(), bare, word


def _grouped(pairs: Iterable[tuple[str, Word]]) -> list[Group]:
    found: dict[str, list[Word]] = defaultdict(list)
    for head, word in pairs:
        found[head].append(word)
    return [Group(head, tuple(words)) for head, words in found.items()]


def _notes(notes: Sequence[Note]) -> tuple[RegionNote, ...]:
    return tuple(RegionNote(note.region, note.text) for note in notes)


def _two_meanings(contrast: Contrast) -> TwoMeanings:
    return TwoMeanings(
        meanings=tuple(contrast.sides.values()), difference=contrast.difference, fair=contrast.fair or ""
    )


def _either(words: Iterable[str]) -> str:
    """Return what is right, each in words: "Yes, then filter; or no"."""
    first, *others = [*words] or [""]
    return "; or ".join([first, *(each[0].lower() + each[1:] for each in others)])


def _reference(card: str) -> str:
    """Return the reference to the term that a card of term meanings teaches."""
    sheet, _, rest = card.partition("/")
    return f"{sheet}#{rest.partition('/')[2].partition('.')[0]}"
