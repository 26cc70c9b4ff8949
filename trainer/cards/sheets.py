"""The sheets of a library together, and what is looked up across them.

Each index is made once, when it is first asked for: building the cards of a library takes a time
that grows with its terms and titles, not with their square.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple
from weakref import proxy

from trainer.cards.words import Words
from trainer.material.sheet import Sheet, Term, trade_of

if TYPE_CHECKING:
    from trainer.cards.card import Card

RECENT = 16
"""Terms whose rivals are kept: a question asks for them twice, and each list is as long as the library."""


class _Known(NamedTuple):
    term: Term
    folded: str


class Sheets(Mapping[str, Sheet]):
    """The sheets of a library by id, in its order. They don't change: an edit makes others."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = sheets
        self._titles: dict[str, frozenset[str]] = {}
        self._words: dict[str, Words] = {}
        weakly = proxy(self)  # a method would be a circle: old sheets would stay until garbage is looked for
        self._recent = lru_cache(maxsize=RECENT)(partial(Sheets._rivals, weakly))

    @classmethod
    def of(cls, sheets: Mapping[str, Sheet]) -> "Sheets":
        """Return sheets as they are, or those of a plain mapping."""
        return sheets if isinstance(sheets, cls) else cls(sheets)

    def with_sheet(self, sheet: Sheet) -> "Sheets":
        """Return the sheets with one in the place of its namesake; what was read out of the others stays."""
        edited = Sheets({**self._sheets, sheet.id: sheet})
        edited._titles = {id_: titles for id_, titles in self._titles.items() if id_ != sheet.id}
        return edited

    def __getitem__(self, id_: str) -> Sheet:
        return self._sheets[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sheets)

    def __len__(self) -> int:
        return len(self._sheets)

    def rivals(self, sheet: Sheet, term: Term) -> tuple[Term, ...]:
        """Return the terms that compete with one of a sheet as wrong answers, nearest first, each once."""
        return self._recent(sheet.id, term.id)

    def competing(self, sheet: Sheet, term: Term) -> Iterator[Term]:
        """Yield the rivals of a term one by one: the first is found without the rest.

        First those that it names (`confuse_with`), then those that name it, then its own sheet from the one
        below it on, around the end, and sheets of its trade. Those of another trade can't be taken for it.
        """
        named, naming = self.named_by(sheet, term), self.naming(sheet, term)
        taken = {term.term.casefold(), term.meaning}
        for reference in chain(named, naming, self._nearest(sheet, term)):
            known = self._terms.get(reference)
            if known and known.folded not in taken and known.term.meaning not in taken:
                taken.add(known.folded)
                taken.add(known.term.meaning)
                yield known.term

    def named_by(self, sheet: Sheet, term: Term) -> Iterator[str]:
        """Yield a full reference to each term that one of a sheet names as easily confused with it."""
        return (_absolute(sheet, reference) for reference in term.confuse_with)

    def naming(self, sheet: Sheet, term: Term) -> Sequence[str]:
        """Return a full reference to each term that names one of a sheet so."""
        return self._naming.get(f"{sheet.id}#{term.id}", ())

    def called(self, names: Collection[str]) -> Iterator[Sheet]:
        """Yield the sheets that have one of the names: their id, or that of their first term."""
        places = {place for name in names for place in self._by_name.get(name, ())}
        in_order = tuple(self._sheets.values()) if places else ()
        yield from (in_order[place] for place in sorted(places))

    def words_for(self, sheet: Sheet) -> Words:
        """Return the words that the sheets of a sheet's trade teach, to be found in texts."""
        trade = trade_of(sheet)
        if trade not in self._words:
            self._words[trade] = Words.of(self._sheets[id_] for id_ in self._by_trade[trade])
        return self._words[trade]

    def noted(self, card: "Card") -> "Card":
        """Return a card that says which words of its trade it uses."""
        return self.words_for(card.sheet).noted(card)

    def same_words_for(self, sheet: Sheet) -> tuple[tuple[str, ...], ...]:
        """Return the groups of words that mean the same in a sheet's trade, each once."""
        groups = (group for id_ in self._by_trade[trade_of(sheet)] for group in self._sheets[id_].same_words)
        return tuple(dict.fromkeys(groups))

    @cached_property
    def titles_by_trade(self) -> Mapping[str, Collection[str]]:
        """The titles that the sheets of a trade name, as `fold` writes them, each once."""
        from trainer.cards.typed import fold  # noqa: PLC0415 — only sheets that nobody judged need it

        for sheet in self.values():
            if sheet.id not in self._titles:
                self._titles[sheet.id] = frozenset(fold(title.title) for title in sheet.titles)
        found: dict[str, set[str]] = defaultdict(set)
        for sheet in self.values():
            found[trade_of(sheet)] |= self._titles[sheet.id]
        return found

    def of_its_trade(self, sheet: Sheet) -> Iterator[Sheet]:
        """Yield the other sheets of a sheet's trade."""
        yield from (self._sheets[id_] for id_ in self._by_trade[trade_of(sheet)] if id_ != sheet.id)

    def _rivals(self, sheet: str, term: str) -> tuple[Term, ...]:
        home = self._sheets[sheet]
        return tuple(self.competing(home, self._terms[f"{sheet}#{term}"].term))

    def _nearest(self, sheet: Sheet, term: Term) -> Iterator[str]:
        """Yield a reference to each term, those of the sheet first, then those of its trade."""
        own = self._references[sheet.id]
        below = self._places.get(f"{sheet.id}#{term.id}", 0) + 1
        yield from islice(own, below, None)
        yield from islice(own, below)
        for other in self.of_its_trade(sheet):
            yield from self._references[other.id]

    @cached_property
    def _by_trade(self) -> Mapping[str, list[str]]:
        """The sheets by trade."""
        found: dict[str, list[str]] = defaultdict(list)
        for sheet in self.values():
            found[trade_of(sheet)].append(sheet.id)
        return found

    @cached_property
    def _references(self) -> Mapping[str, list[str]]:
        """A reference to each term, by sheet."""
        return {sheet.id: [f"{sheet.id}#{term.id}" for term in sheet.terms] for sheet in self.values()}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The place of each term in its sheet, by the reference to it."""
        return {reference: place for own in self._references.values() for place, reference in enumerate(own)}

    @cached_property
    def _terms(self) -> Mapping[str, _Known]:
        """Every term by the reference to it."""
        return {
            f"{sheet.id}#{term.id}": _Known(term, term.term.casefold())
            for sheet in self.values()
            for term in sheet.terms
        }

    @cached_property
    def _naming(self) -> Mapping[str, list[str]]:
        """The terms that name a term as one to be confused with, by the reference to it."""
        found: dict[str, list[str]] = defaultdict(list)
        for sheet in self.values():
            for term in sheet.terms:
                for named in {_absolute(sheet, reference) for reference in term.confuse_with}:
                    found[named].append(f"{sheet.id}#{term.id}")
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, list[int]]:
        """The places of sheets by what they may be called: their id, or that of their first term."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, sheet in enumerate(self.values()):
            for name in {sheet.id, *(term.id for term in sheet.terms[:1])}:
                found[name].append(place)
        return found


def _absolute(sheet: Sheet, reference: str) -> str:
    return reference if "#" in reference else f"{sheet.id}#{reference}"
