"""What the lens knows: the terms and titles of all sheets, by every name that they have."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from trainer.cards.lens.everyday import COMMON, COMMON_PHRASES, PARTICLES
from trainer.cards.lens.senses import OTHER_NAMES, SENSES, Rule, Sense, rules_of
from trainer.cards.lens.tokens import plain_words_of, words_of
from trainer.cards.lens.verbs import Form, forms_of_phrase
from trainer.cards.typed import fold
from trainer.material.sheet import Sheet, Term, Title

BEGINNING = 12
"""Signs of what was read so far that tell whether a name may begin so."""

_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_SIGNS = re.compile(r"[^\w\s'’&-]")


class Taught(Struct, frozen=True):
    """A term, where a sheet teaches it."""

    card: str
    """The id of the card that asks for its meaning."""
    sheet: Sheet
    term: Term


class Titled(Struct, frozen=True):
    """A job title, as a role sees it."""

    card: str
    """The id of its card, whether there is one or not."""
    sheet: Sheet
    title: Title


class Entry(Struct, frozen=True):
    """All that one name may mean."""

    terms: tuple[Taught, ...] = ()
    titles: tuple[Titled, ...] = ()
    sense: Sense | None = None
    """What it means beside other words, and no sheet teaches: then it means nothing else."""

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of the cards that teach it: of its terms, else of its titles; of a sense none."""
        return tuple(each.card for each in self.terms or self.titles)


class Name(NamedTuple):
    """One way to write something that the sheets know."""

    capitals: bool
    """Whether it counts in capitals only: "SM"."""
    common: bool
    """Whether it is a word of every day too."""
    apart: bool
    """Whether it is one where no hyphen joins its words: "get-in"."""
    bare: bool
    """Whether it is one where the last of its words names a single thing: "run deck"."""
    phrase: bool
    """Whether it is a phrase of a verb: "running the deck"."""
    words: int
    signs: str
    """The signs between its words besides blanks and hyphens: the slash of "10/12"."""


class Lexicon:
    """Names by what they come to when written without blanks and hyphens."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._terms: dict[str, list[Taught]] = defaultdict(list)
        self._titles: dict[str, list[Titled]] = defaultdict(list)
        self._entries: dict[str, Entry] = {}
        self._rules: dict[str, tuple[Rule, ...]] = {}
        self.names: dict[str, list[Name]] = defaultdict(list)
        self.parts: set[str] = set()
        """The words, folded, of names of more than one."""
        for sheet in sorted(sheets, key=lambda each: each.is_role):  # vocabularies are taught to everybody
            for term in sheet.terms:
                self._take_term(sheet, term)
            for title in sheet.titles:
                self._take_title(sheet, title)
        for written, keys in OTHER_NAMES:
            self._take_other(written, [taught for key in keys for taught in self._terms.get(key, ())])
        self.beginnings = {key[:length] for key in self.names for length in range(1, BEGINNING + 1)}

    def entry(self, key: str) -> Entry:
        """Return all that a name may mean; a term that several sheets teach counts once."""
        if key in SENSES:
            return Entry(sense=SENSES[key])
        if key not in self._entries:
            terms = {fold(each.term.term): each for each in reversed(self._terms[key])}
            self._entries[key] = Entry(tuple(reversed(terms.values())), tuple(self._titles[key]))
        return self._entries[key]

    def rules(self, key: str) -> tuple[Rule, ...]:
        """Return the rules of a name."""
        if key not in self._rules:
            self._rules[key] = rules_of((each.term.term for each in self.entry(key).terms), key)
        return self._rules[key]

    def _take_other(self, written: str, meant: Sequence[Taught]) -> None:
        """Take another way to write what sheets have, if they have it."""
        for key in self._take(written, common=False) if meant else ():
            self._terms[key] += [taught for taught in meant if taught not in self._terms[key]]

    def _take_term(self, sheet: Sheet, term: Term) -> None:
        taught = Taught(f"{sheet.id}/meanings/{term.id}", sheet, term)
        for written in dict.fromkeys(term.names):
            for key in self._take(written, common=written in term.everyday):
                if taught not in self._terms[key]:
                    self._terms[key].append(taught)

    def _take_title(self, sheet: Sheet, title: Title) -> None:
        titled = Titled(f"{sheet.id}/synonyms/{title.id}", sheet, title)
        for written in _titles_in(title.title):
            for key in self._take(written, common=False):
                if titled not in self._titles[key]:
                    self._titles[key].append(titled)

    def _take(self, written: str, *, common: bool) -> Iterator[str]:
        words = words_of(written)
        if not words:
            return
        if len(words) > 1:
            self.parts.update(words)
        common = common or _is_common(words, written)
        forms = tuple(forms_of_phrase(plain_words_of(written)))
        for form in (Form(tuple(words)), *forms):
            name = Name(
                capitals=written.isupper(),
                common=common or form.common,
                apart=len(words) == 2 and words[1] in PARTICLES,
                bare=form.bare,
                phrase=bool(forms),
                words=len(form.words),
                signs="".join(_SIGNS.findall(written)),
            )
            key = "".join(form.words)
            if name not in self.names[key]:
                self.names[key].append(name)
            yield key


def _titles_in(title: str) -> Iterator[str]:
    """Yield a title, and what stands in brackets behind it: "Production Stage Manager (PSM)"."""
    yield _BRACKETS.sub("", title)
    yield from (inside for inside in _BRACKETS.findall(title) if inside.isupper())


def _is_common(words: list[str], written: str) -> bool:
    """Return whether a name is a word of every day too, or so short that it stands for many things."""
    if len(words) == 1:
        return words[0] in COMMON or len(written) < 3
    return " ".join(words) in COMMON_PHRASES
