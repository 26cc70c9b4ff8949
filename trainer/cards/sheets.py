"""The sheets of a library together, and what is looked up across them.

Each index is made once, when it is first asked for: building the cards of a library takes a time
that grows with its terms and titles, not with their square.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from trainer.cards.words import Words
from trainer.material.sheet import Sheet, Term

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
        self._recent = lru_cache(maxsize=RECENT)(self._rivals)

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

        First those that it names (`confuse_with`), then those that name it, then its own sheet, sheets of
        the same industry, and all others.
        """
        named = (_absolute(sheet, reference) for reference in term.confuse_with)
        naming = self._naming.get(f"{sheet.id}#{term.id}", ())
        taken = {term.term.casefold(), term.meaning}
        for reference in chain(named, naming, self._nearest(sheet)):
            known = self._terms.get(reference)
            if known and known.folded not in taken and known.term.meaning not in taken:
                taken.add(known.folded)
                taken.add(known.term.meaning)
                yield known.term

    def called(self, names: Collection[str]) -> Iterator[Sheet]:
        """Yield the sheets that have one of the names: their id, or that of their first term."""
        places = {place for name in names for place in self._by_name.get(name, ())}
        in_order = tuple(self._sheets.values()) if places else ()
        yield from (in_order[place] for place in sorted(places))

    @cached_property
    def words(self) -> Words:
        """The words that the sheets teach, to be found in texts."""
        return Words.of(self.values())

    @cached_property
    def titles(self) -> Collection[str]:
        """The titles that the sheets name, as `fold` writes them, each once."""
        from trainer.cards.typed import fold  # noqa: PLC0415 — only sheets that nobody judged need it

        for sheet in self.values():
            if sheet.id not in self._titles:
                self._titles[sheet.id] = frozenset(fold(title.title) for title in sheet.titles)
        return frozenset().union(*self._titles.values())

    def _rivals(self, sheet: str, term: str) -> tuple[Term, ...]:
        home = self._sheets[sheet]
        return tuple(self.competing(home, self._terms[f"{sheet}#{term}"].term))

    def _nearest(self, sheet: Sheet) -> Iterator[str]:
        """Yield a reference to each term, those of the sheet first, then those of its industry."""
        yield from self._references[sheet.id]
        for other in self._by_industry(sheet.industry):
            if other != sheet.id:
                yield from self._references[other]

    def _by_industry(self, industry: str | None) -> list[str]:
        if industry not in self._orders:
            self._orders[industry] = sorted(
                self._sheets, key=lambda id_: self._sheets[id_].industry != industry
            )
        return self._orders[industry]

    @cached_property
    def _orders(self) -> dict[str | None, list[str]]:
        """The sheets by industry: those of it first."""
        return {}

    @cached_property
    def _references(self) -> Mapping[str, list[str]]:
        """A reference to each term, by sheet."""
        return {sheet.id: [f"{sheet.id}#{term.id}" for term in sheet.terms] for sheet in self.values()}

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
