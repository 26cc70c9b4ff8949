"""What the lens says of a text: its words of the trade, each with its meaning, what to conclude and to ask.

It tells of words alone, never of the person whose text it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from trainer.cards.lens.context import Spot
from trainer.cards.lens.look import Looked
from trainer.cards.regional import differs_in_trade, right_of
from trainer.cards.role_names import told_apart
from trainer.cards.synonyms import RELATION
from trainer.material.sheet import TRADE_REGIONS, Note, Relation, Title

if TYPE_CHECKING:
    from trainer.cards.lens.lexicon import Entry, Taught, Titled
    from trainer.cards.library import Library

Region = tuple[str, str]
"""A region, and what is so there."""


class Told(Struct, frozen=True):
    """One thing that a word may mean."""

    term: str
    """The name under which a sheet has it, if one does."""
    stands_for: str
    region: str
    """Where the word is used, "UK" or "US"; empty for everywhere."""
    meaning: str
    ask: str
    """What to conclude from it, or to ask; empty where nobody wrote it."""
    fair: str
    """What must not count for or against anybody."""
    regions: tuple[Region, ...]
    sheet: str
    """The name of the sheet, and …"""
    card: str
    """… the card that teaches it; both empty where no sheet does, but the words around it tell it."""


class ToldTitle(Struct, frozen=True):
    """What a job title is, seen from a role."""

    title: str
    role: str
    relation: str
    """In words, by region where the regions differ."""
    why: str
    fair: str
    regions: tuple[Region, ...]
    card: str


class LensWord(Struct, frozen=True):
    """A word of the trade in a text."""

    words: str
    """As it stands there first."""
    also: tuple[str, ...]
    """How else it is written there."""
    sure: bool
    """Whether it means that for sure in one place at least where it is written so; else it may mean it."""
    places: tuple[tuple[int, int], ...]
    """Where it stands: first and last character, the last not included."""
    meanings: tuple[Told, ...]
    titles: tuple[ToldTitle, ...]

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of the cards that teach it."""
        return tuple(each.card for each in self.meanings or self.titles if each.card)


class LensUnknown(Struct, frozen=True):
    """Something in a text that looks like the trade and is in no sheet."""

    words: str
    places: tuple[tuple[int, int], ...]


class LensReport(Struct, frozen=True):
    """All that is said of a text."""

    words: tuple[LensWord, ...]
    """In the order of the text."""
    unknown: tuple[LensUnknown, ...]


def lens_report(looked: Looked, library: "Library", roles: Sequence[str] = ()) -> LensReport:
    """Return what is said of a text; `roles` are ids of sheets, whose titles come first."""
    names = told_apart(library.sheets)
    words = []
    for its in _grouped(looked):
        entries = [looked.entries[key] for key in dict.fromkeys(spot.key for spot in its)]
        titles = {each.card: each for entry in entries for each in entry.titles}
        first, *others = _spellings(looked.text, its)
        words.append(
            LensWord(
                words=first,
                also=tuple(others),
                sure=any(spot.sure for spot in its),
                places=tuple((spot.start, spot.end) for spot in its),
                meanings=tuple(_meanings(entries[0], names)),
                titles=tuple(
                    _told_title(each, names[each.sheet.id]) for each in _first(titles.values(), roles)
                ),
            )
        )
    unknown = (LensUnknown(" ".join(each.text.split()), each.spans) for each in looked.unknown)
    return LensReport(tuple(words), tuple(unknown))


def _grouped(looked: Looked) -> list[list[Spot]]:
    """Return the spots in groups of which one thing is said: what is in doubt as it is written stays so."""
    sure = {_written(looked, spot) for spot in looked.spots if spot.sure}
    groups: dict[tuple[object, ...], list[Spot]] = {}
    for spot in looked.spots:
        said = looked.entries[spot.key].cards or spot.key
        groups.setdefault((said, _written(looked, spot) in sure), []).append(spot)
    return list(groups.values())


def _written(looked: Looked, spot: Spot) -> tuple[str, str]:
    return spot.key, looked.text[spot.start : spot.end].casefold()


def _spellings(text: str, spots: Sequence[Spot]) -> list[str]:
    """Return how a word is written in a text, each way once, case aside."""
    written = [" ".join(text[spot.start : spot.end].split()) for spot in spots]
    return list({each.casefold(): each for each in reversed(written)}.values())[::-1]


def _first(titles: "Iterable[Titled]", roles: Sequence[str]) -> "list[Titled]":
    return sorted(titles, key=lambda each: each.sheet.id not in roles)


def _meanings(entry: "Entry", names: Mapping[str, str]) -> Iterator[Told]:
    yield from (_told(each, names[each.sheet.id]) for each in entry.terms)
    if sense := entry.sense:
        yield Told(sense.term, "", "", sense.meaning, sense.ask, "", (), sheet="", card="")


def _told(taught: "Taught", sheet: str) -> Told:
    term = taught.term
    return Told(
        term=term.term,
        stands_for=term.stands_for or "",
        region=term.region or "",
        meaning=term.meaning,
        ask=term.signal or "",
        fair=term.fair or "",
        regions=tuple((note.region, note.text) for note in term.notes),
        sheet=sheet,
        card=taught.card,
    )


def _told_title(titled: "Titled", role: str) -> ToldTitle:
    title = titled.title
    return ToldTitle(
        title=title.title,
        role=role,
        relation=_relation(title),
        why=title.why or "",
        fair=title.fair or "",
        regions=tuple(_noted(title.notes)),
        card=titled.card,
    )


def _noted(notes: Sequence[Note]) -> Iterator[Region]:
    yield from ((note.region, note.text) for note in notes)


def _relation(title: Title) -> str:
    """Return in words what a hit is, by region where the regions of the trade differ."""
    if differs_in_trade(title, "relation"):
        found = ((region, _said(right_of(title, "relation", region))) for region in TRADE_REGIONS)
        return "; ".join(f"{region}: {words}" for region, words in found if words)
    return _said(right_of(title, "relation"))


def _said(relations: set[str]) -> str:
    """Return relations in words, in the order of the deck."""
    words = [RELATION[each].lower() for each in Relation if each in relations]
    return " or ".join(words)
