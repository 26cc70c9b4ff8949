"""All sheets together: which decks and cards there are, and how they are named."""

import difflib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from trainer.cards import cache, outline
from trainer.cards.cache import Stamps
from trainer.cards.card import Card
from trainer.cards.decks import DECKS
from trainer.cards.role_names import find_sheet, near_names, together, told_apart
from trainer.cards.sheets import Sheets
from trainer.clean import clean_line
from trainer.errors import SheetError, UnknownDeckError
from trainer.home import Home
from trainer.material.sheet import Sheet
from trainer.material.sheet_files import sheet_files

if TYPE_CHECKING:
    from trainer.cards.glossary import Glossary

CACHE = "sheets.msgpack"


class _Read(Struct, frozen=True, array_like=True):
    """Sheets as they were read, none with a problem."""

    sheets: tuple[Sheet, ...]
    files: tuple[bytes, ...]


@dataclass(frozen=True)
class Deck:
    """One deck of one sheet."""

    id: str
    name: str
    cards: tuple[Card, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Card]:
        """The cards by their ids."""
        return {card.id: card for card in self.cards}

    @property
    def sheet(self) -> str:
        """The id of its sheet."""
        return self.id.partition("/")[0]

    @property
    def key(self) -> str:
        """Its key in DECKS."""
        return self.id.partition("/")[2]


@dataclass(frozen=True)
class Library:
    """The sheets that can be used, and what is wrong with the others."""

    sheets: Mapping[str, Sheet]
    problems: tuple[str, ...] = ()
    """Messages on sheets that were left out."""
    files: Mapping[str, Path] = field(default_factory=dict)
    """The file of each sheet, by the sheet's id."""
    notices: tuple[str, ...] = ()
    """What became of copies of shipped sheets that have changed, to be told once."""
    unchanged: Mapping[str, Deck] = field(default_factory=dict, repr=False, compare=False)
    """Decks that the last edit left as they were, by id."""
    stamps: Stamps = field(default=(), repr=False, compare=False)
    """What the files were when they were read; empty for what is not what lies in a home, or not any more."""
    outlines: outline.Outlines | None = field(default=None, repr=False, compare=False)
    """The outlines of its cards, where they are known without asking a card."""

    @cached_property
    def decks(self) -> tuple[Deck, ...]:
        """Every deck that has cards, by sheet and then in the order of DECKS."""
        return tuple(self._decks())

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Every card by its id, in the author's order within a deck."""
        found: dict[str, Card] = {}
        for deck in self.decks:
            found.update(deck.by_id)
        return found

    @cached_property
    def glossary(self) -> "Glossary":
        """Every word, title and role of the sheets to look up."""
        from trainer.cards.glossary import Glossary  # noqa: PLC0415 — a start does without it

        return Glossary(self)

    def select(self, names: Sequence[str], own: Sequence[str] | None = None) -> list[Card]:
        """Return the cards of the decks named, each once; of all decks if none is named.

        A name is a sheet (`assistant-stage-manager`, or what people call it: see `find_sheet`), a deck of
        a sheet (`assistant-stage-manager/levels`, `ASM/levels`) or a deck over all sheets (`levels`). No
        name, or a deck over all sheets, means those of `own` in their order, which are ids of sheets; all
        sheets if it is None. Raises UnknownDeckError for any other name, and for one that may mean
        several sheets.
        """
        decks = self.decks if own is None else self._of(own)
        if not names:
            return [card for deck in decks for card in deck.cards]
        ids = {deck.id for deck in decks}
        meant = together(names, self.sheets)
        chosen = {deck.id for name in meant for deck in self._named(name, ids)}
        ordered = (*decks, *(deck for deck in self.decks if deck.id not in ids))
        return [card for deck in ordered if deck.id in chosen for card in deck.cards]

    def with_sheet(self, sheet: Sheet, file: Path) -> "Library":
        """Return the library with a sheet in the place of its namesake; the others stay as they were read.

        Of their decks those are made anew that read what has changed.
        """
        before = self.sheets.get(sheet.id)
        touched = {key for key, kind in DECKS.items() if kind.touched_by(before, sheet)}
        sheets = Sheets.of(self.sheets).with_sheet(sheet)
        names, former = told_apart(sheets), told_apart(self.sheets)
        renamed = {id_ for id_, name in names.items() if former.get(id_) != name} | {sheet.id}
        return replace(
            self,
            sheets=sheets,
            files={**self.files, sheet.id: file},
            unchanged={
                deck.id: deck for deck in self.decks if deck.sheet not in renamed and deck.key not in touched
            },
            stamps=(),
            outlines=None,
        )

    def outlined(self, home: Home, *, keep: bool = True) -> outline.Outlines:
        """Return the outlines of its cards; with `keep` what was read in a home stays for the next start.

        Sheets with a problem are read again, and so are those of which something is to be told.
        """
        if self.outlines:
            return self.outlines
        found = outline.Outlines.of(self)
        if not keep:
            return found
        cache.keep(home, outline.CACHE, found, self.stamps)
        if not (self.problems or self.notices):
            files = tuple(map(os.fsencode, self.files.values()))
            cache.keep(home, CACHE, _Read(tuple(self.sheets.values()), files), self.stamps)
        return found

    def _of(self, sheets: Sequence[str]) -> tuple[Deck, ...]:
        """Return the decks of sheets, in their order."""
        by_sheet: dict[str, list[Deck]] = {}
        for deck in self.decks:
            by_sheet.setdefault(deck.sheet, []).append(deck)
        return tuple(deck for sheet in sheets for deck in by_sheet.get(sheet, ()))

    def _named(self, name: str, own: Collection[str]) -> list[Deck]:
        """Return the decks that a name means; of a deck over all sheets those among `own`."""
        wanted = name.strip().removesuffix(".toml").strip("/")
        kind = _kind(wanted)
        found = [deck for deck in self.decks if wanted in {deck.id, deck.sheet} or deck.key == kind]
        if found:
            return [deck for deck in found if deck.key != kind or deck.id in own or deck.sheet == wanted]
        sheet, deck = self._meant(wanted)
        if sheet is None:
            raise UnknownDeckError(self._unknown(name, wanted))
        found = [each for each in self.decks if each.sheet == sheet.id and deck in {"", each.key}]
        if not found:
            asked = f'the deck "{deck}" of ' if deck else ""
            raise UnknownDeckError(
                f'There is nothing to ask in {asked}the sheet "{sheet.id}" yet. '
                '"trainer decks" lists all decks.'
            )
        return found

    def _meant(self, wanted: str) -> tuple[Sheet | None, str]:
        """Return the sheet that a name means, and the key of its deck if it means one alone."""
        if sheet := find_sheet(wanted, self.sheets):
            return sheet, ""
        before, _, after = wanted.rpartition("/")
        kind = _kind(after.strip())
        return (find_sheet(before, self.sheets), kind) if kind else (None, "")

    def _unknown(self, name: str, wanted: str) -> str:
        names = [*DECKS, *self.sheets, *(deck.id for deck in self.decks)]
        near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
        near = near or near_names(wanted, self.sheets, most=1)
        advice = f' Did you mean "{near[0]}"?' if near else ""
        return f'There is no deck "{clean_line(name)[:60]}".{advice} "trainer decks" lists them.'

    def _decks(self) -> Iterator[Deck]:
        sheets, names = Sheets.of(self.sheets), told_apart(self.sheets)
        noted = _noting(self.outlines) if self.outlines else sheets.noted
        for sheet in self.sheets.values():
            for key, kind in DECKS.items():
                if deck := self.unchanged.get(f"{sheet.id}/{key}"):
                    yield deck
                elif cards := tuple(map(noted, kind.cards(sheet, sheets))):
                    if names[sheet.id] != sheet.name:
                        cards = tuple(structs.replace(card, called=names[sheet.id]) for card in cards)
                    yield Deck(f"{sheet.id}/{key}", f"{names[sheet.id]}: {kind.name.lower()}", cards)


def _noting(outlines: outline.Outlines) -> Callable[[Card], Card]:
    """Return what says of a card which words of its trade it uses, as they are known without asking it."""
    uses = {each.id: each.uses for each in outlines.cards if each.uses}
    return lambda card: structs.replace(card, uses=uses[card.id]) if card.id in uses else card


def _kind(wanted: str) -> str:
    """Return the key of a deck that is named by it or by its name; empty if none is."""
    folded = wanted.casefold()
    for key, kind in DECKS.items():
        if folded in {key, kind.name.casefold(), kind.short_name.casefold()}:
            return key
    return ""


def load_library(home: Home, *, writing: bool = True) -> Library:
    """Read all sheets: those that are shipped, then the user's, which replace others of the same id.

    Edited copies of shipped sheets are brought up to date; without `writing` their files stay as they are.
    What was read of them before is taken as long as no file changes: see `outlined`.
    """
    stamps = cache.stamps_of(home)
    if known := _recalled(home, stamps):
        return known
    from trainer.material.files import read_sheet  # noqa: PLC0415 — most starts recall what was read

    notices: list[str] = []

    def read(path: Path) -> Sheet:
        if path.parent != home.decks:
            return read_sheet(path)
        from trainer.material.copies.upkeep import read_own  # noqa: PLC0415 — few have sheets of their own

        own = read_own(path, home, writing=writing)
        notices.extend(own.notices)
        return own.sheet

    return replace(library_of(sheet_files(home), read), notices=tuple(notices), stamps=stamps)


def _recalled(home: Home, stamps: Stamps) -> Library | None:
    """Return the library as it was read last; None without it, or once a sheet has changed since."""
    read = cache.recall(home, CACHE, _Read, stamps)
    if read is None:
        return None
    ids = [sheet.id for sheet in read.sheets]
    library = Library(
        Sheets(dict(zip(ids, read.sheets, strict=True))),
        files=dict(zip(ids, map(Path, map(os.fsdecode, read.files)), strict=True)),
        stamps=stamps,
        outlines=outline.recalled(home, stamps),
    )
    known = [each.id for each in library.outlines.cards] if library.outlines else []
    return library if known == list(library.cards) else replace(library, outlines=None)


def library_of(paths: Iterable[Path], read: Callable[[Path], Sheet] | None = None) -> Library:
    """Return the library in the files; a later sheet replaces an earlier one from another folder.

    A sheet with a problem is left out, and the problem told. `read` takes the place of `read_sheet`.
    """
    from trainer.material.files import read_sheet  # noqa: PLC0415 — most starts recall what was read
    from trainer.material.references import dangling  # noqa: PLC0415 — the same

    read = read or read_sheet
    found: dict[str, tuple[Path, Sheet]] = {}
    problems: list[str] = []
    for path in paths:
        try:
            sheet = read(path)
        except SheetError as error:
            problems.append(str(error))
            continue
        earlier = found.get(sheet.id)
        if earlier and earlier[0].parent == path.parent:
            problems.append(
                f'{path}: the id "{sheet.id}" is that of {earlier[0]} too. Give each sheet its own.'
            )
            continue
        found[sheet.id] = (path, sheet)
    sheets = Sheets({id_: sheet for id_, (_, sheet) in found.items()})
    for path, sheet in found.values():
        problems += [f"{path}: {problem}" for problem in dangling(sheet, sheets)]
    return Library(sheets, tuple(problems), {id_: path for id_, (path, _) in found.items()})
