"""The schema of a sheet: the facts on one role or one vocabulary.

A sheet is a TOML file that a team lead edits by hand; `decks/` holds those we ship.
Every section is optional, and so is every key whose type allows None or has a default.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from msgspec import field

from trainer.material.ids import hash_of
from trainer.material.items import Id, Item, Origin, Part, Reference, Text, each
from trainer.material.questions import InterviewQuestion, RedFlag


class Search(StrEnum):
    """Would you search a title to fill the role?"""

    YES = "yes"
    FILTER = "filter"
    NO = "no"


class Relation(StrEnum):
    """What a hit on a title is, seen from the role."""

    SAME = "same"
    SENIOR = "senior"
    JUNIOR = "junior"
    DIFFERENT = "different"
    SEARCH_WORD = "search-word"


TRADE_REGIONS = ("UK", "US")
"""Where the trade has a word of its own; notes of other regions tell of other industries."""


class Note(Part, frozen=True):
    """Regional truth, beside what the source says."""

    region: Text
    text: Text
    relation: Relation | tuple[Relation, ...] | None = None
    """What a hit is there; several where it depends on the house, and then each of them is right."""
    search: Search | None = None
    source: Text | None = None
    """Where it was checked, and when."""

    @property
    def relations(self) -> tuple[Relation, ...]:
        """What a hit may be there."""
        return each(self.relation)


class Term(Item, frozen=True):
    """A word of the trade."""

    called = "term"

    term: Text
    meaning: Text
    stands_for: str | None = None
    aliases: tuple[Text, ...] = ()
    """Other names that are right when typed."""
    everyday: tuple[Text, ...] = ()
    """Those of its names that mostly mean something else in a text, as "hold" does: not told by them."""
    signal: str | None = None
    """What to conclude when it stands on a résumé."""
    confuse_with: tuple[Reference, ...] = ()
    basic: bool = False
    """Whether it is one of the ten or so words of the stage that everybody learns first."""
    region: Text | None = None
    """Where the word is used, "UK" or "US", if not everywhere."""
    source: Text | None = None
    """Where the meaning was checked, and when; None when it is told from knowledge of the trade."""
    fair: Text | None = None
    """What must not count for or against anybody where the word comes up."""
    origin: Origin = field(default="trade", name="from")
    notes: tuple[Note, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called: the term, what it stands for, and its aliases."""
        return tuple(name for name in (self.term, self.stands_for, *self.aliases) if name)


class ContrastLine(Item, frozen=True):
    """A line of a résumé or of talk that means one of two things which sound alike."""

    called = "line"

    text: Text
    means: Id
    """The side of the contrast that is meant."""
    why: Text
    """What in the line tells."""


class Contrast(Item, frozen=True):
    """Things that share a word, and how to tell which one is meant."""

    called = "contrast"

    word: Text
    """What they share, as it stands on a résumé: "PA"."""
    sides: dict[Id, Text]
    """Two or more things by id, each named so that it can stand as an option."""
    difference: Text
    """How to tell them apart, in a sentence or two."""
    fair: Text | None = None
    """What must not count for or against anybody, whichever is meant."""
    lines: tuple[ContrastLine, ...] = ()


class Title(Item, frozen=True):
    """A job title that a search may use, or should not."""

    called = "title"

    title: Text
    search: Search | None = None
    """None when nobody has judged it: a page only says to search for it too."""
    relation: Relation | tuple[Relation, ...] | None = None
    """What a hit is; several where it depends on the house, and then each of them is right."""
    origin: Origin = field(default="page", name="from")
    why: str | None = None
    fair: Text | None = None
    """What must not count for or against a person who holds the title."""
    notes: tuple[Note, ...] = ()

    @property
    def relations(self) -> tuple[Relation, ...]:
        """What a hit may be."""
        return each(self.relation)

    @property
    def denied_in(self) -> tuple[str, ...]:
        """The regions in which the trade calls it another job, though the page calls it the same."""
        if self.origin != "page" or self.relation is not Relation.SAME:
            return ()
        return tuple(
            note.region
            for note in self.notes
            if note.region in TRADE_REGIONS and note.relations and Relation.SAME not in note.relations
        )

    @property
    def means_the_role(self) -> bool:
        """Whether it is another name for the role, wherever one is."""
        return self.relation is Relation.SAME and not self.denied_in


class ResumeLine(Part, frozen=True):
    """A résumé line that was mended: it keeps the id under which it was met, whatever it says now."""

    id: Id
    text: Text


class Indicator(Item, frozen=True):
    """A skill that tells a level."""

    called = "indicator"

    text: Text
    """As the source has it. It may name the level, so it is shown in feedback only."""
    variants: tuple[Text | ResumeLine, ...] = ()
    """Résumé lines that show it, without a word that names the level; see `lines`."""
    cues: tuple[Text, ...] = ()
    """The words in the variants that tell the level; each variant holds one at least."""
    why: str | None = None
    why_not: dict[Id, Text] = field(default_factory=dict)
    """By level: why a line of this indicator does not point there."""
    fair: Text | None = None
    """What must not be asked or weighed where its lines come up."""
    twins: tuple[Id, ...] = ()
    """Indicators of other levels that look alike."""

    @property
    def lines(self) -> tuple[ResumeLine, ...]:
        """The variants with their ids; one that has none in the sheet is known by the hash of its text."""
        return tuple(map(as_line, self.variants))


class Level(Item, frozen=True):
    """A level of experience in the role."""

    called = "level"

    name: Text
    years: str | None = None
    """The years that a page gives the level: told where the page is told, never asked or shown beside it."""
    rule: str | None = None
    """What somebody on this level does, in a few words: "carries out a task"."""
    indicators: tuple[Indicator, ...] = ()


class UnclearLine(Item, frozen=True):
    """A kind of résumé line that proves nothing, as no work of their own is in it."""

    called = "unclear line"

    text: Text | ResumeLine
    """As in the variants of an indicator: with an id where it was mended."""
    why: Text
    """Why they prove nothing; it fits each of them."""
    variants: tuple[Text | ResumeLine, ...] = ()
    """More lines of the kind."""

    @property
    def lines(self) -> tuple[ResumeLine, ...]:
        """The text and the variants with their ids; a variant with the id of the text is that line."""
        first = as_line(self.text)
        return first, *(line for line in map(as_line, self.variants) if line.id != first.id)


class Claim(Part, frozen=True):
    """A conclusion with the reason why it may or may not be drawn."""

    text: Text
    why: Text


class Example(Item, frozen=True):
    """A line of a résumé, and what may be concluded from it."""

    called = "example"

    text: Text
    concludes: tuple[Text | Claim, ...] = ()
    does_not: tuple[Text | Claim, ...] = ()
    fair: Text | None = None
    """What must not be asked or weighed where the line comes up."""


class Sheet(Part, frozen=True):
    """The facts on one role or one vocabulary."""

    format: Literal[1]
    id: Id
    name: Text
    industry: str | None = None
    job_titles: tuple[Text, ...] = ()
    source: str | None = None
    same_words: tuple[tuple[Text, ...], ...] = ()
    """Groups of words that mean the same in the trade, for points that somebody names in their own words."""
    terms: tuple[Term, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    titles: tuple[Title, ...] = ()
    levels: tuple[Level, ...] = ()
    unclear: tuple[UnclearLine, ...] = ()
    questions: tuple[InterviewQuestion, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def is_role(self) -> bool:
        """Whether it is on a role, and no mere vocabulary."""
        more_than_terms = (
            *(self.job_titles, self.titles, self.levels, self.questions),
            *(self.red_flags, self.examples),
        )
        return any(more_than_terms)

    @property
    def origin(self) -> Origin:
        """Where its indicators, points and examples are from: a page, if it suggests a title or a term."""
        said = {*(title.origin for title in self.titles), *(term.origin for term in self.terms)}
        return "page" if "page" in said else "trade"

    def indicators(self) -> Iterator[tuple[Level, Indicator]]:
        """Yield every indicator with its level, in the sheet's order."""
        for level in self.levels:
            for indicator in level.indicators:
                yield level, indicator


def trade_of(sheet: Sheet) -> str:
    """Return what counts of a sheet's industry; a sheet that names none has a trade of its own.

    What is asked beside a sheet's items, and which words mean the same, comes from sheets of its trade.
    """
    letters = "".join(sign for sign in (sheet.industry or "").casefold() if sign.isalnum())
    return letters or f"{sheet.id}/"


def as_line(variant: str | ResumeLine) -> ResumeLine:
    """Return a résumé line with its id, which is the hash of its text unless the sheet gives it one."""
    return variant if isinstance(variant, ResumeLine) else ResumeLine(id=hash_of(variant), text=variant)


def as_claim(conclusion: str | Claim) -> Claim:
    """Return a conclusion with a reason; one that was written without gives a plain one."""
    if isinstance(conclusion, Claim):
        return conclusion
    return Claim(text=conclusion, why="The line itself is all there is to go by.")
