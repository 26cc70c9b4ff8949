"""Putting a list of words into a sheet: a new vocabulary, or one that is there."""

from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec import structs

from trainer.errors import PageError, SheetError
from trainer.home import Home
from trainer.material.changes import Add, Change, raw_of
from trainer.material.differences import Difference
from trainer.material.earlier_imports import free_sheet_id, read_text
from trainer.material.files import LARGEST_SHEET, read_data, sheet_of
from trainer.material.ids import Ids, id_of
from trainer.material.importing import Plan
from trainer.material.rewrite import rewrite
from trainer.material.sheet import Sheet, Term
from trainer.material.sheet_files import shipped_decks, shipped_ids
from trainer.material.toml_items import new_file, written_item
from trainer.material.words.word_list import Entry, WordList, folded

_HEAD = (
    "Imported from a list of words. Every text is the list's own.",
    "",
    "Edit any text freely. Never change an `id`: a recruiter's progress hangs on it.",
)
_SIZE_OF_TERM = 64
"""Bytes that a term takes in a sheet at least, besides its texts."""


def plan_vocabulary(  # noqa: PLR0913 — what a person may say of a list
    words: WordList,
    name: str,
    home: Home,
    folder: Path | None = None,
    *,
    industry: str = "",
    replacing: bool = False,
) -> Plan:
    """Return what making a vocabulary of a list would do, or putting it into the one that is called so.

    Its words are asked beside those of its `industry`.

    Raises PageError for a list without words or without a name,
    or of the name of a role or of a shipped sheet; and SheetError. For `replacing` see
    `plan_addition`.
    """
    _check(words)
    name = " ".join(name.split())
    if not name:
        raise PageError("The list has no name. Give it one: --name “Our words”.")
    reserved = shipped_ids()
    target = (folder or home.decks).expanduser()
    sheet = Sheet(format=1, id=id_of(name), name=name, industry=" ".join(industry.split()) or None)
    if sheet.id in reserved:
        raise PageError(
            f"A sheet that comes with trainer is called so. --into {sheet.id} puts the words into your copy "
            "of it, --name gives them another name."
        )
    path = target / f"{sheet.id}.toml"
    if read_text(path) is not None:
        there = sheet_of(read_data(path), path)
        if there.is_role or folded(there.name) != folded(name):
            raise PageError(
                f"{path}: a sheet of this name is there, “{there.name}”. --into {there.id} puts the words "
                "into it, --name gives them another name."
            )
        return plan_addition(words, path, home, industry=industry, replacing=replacing)
    sheet = structs.replace(
        sheet,
        id=free_sheet_id(sheet, target, reserved),
        terms=tuple(_new_terms(words.entries, Ids())),
    )
    return Plan(home, sheet, target / f"{sheet.id}.toml", _text_of(sheet), before=None)


def plan_addition(
    words: WordList, path: Path, home: Home, *, industry: str = "", replacing: bool = False
) -> Plan:
    """Return what putting a list into a sheet would do; a shipped sheet is copied to the user's own.

    What the sheet says of a term stays, and what the list says otherwise is told; with `replacing` the
    list's meaning takes its place. A sheet without an `industry` is given it.
    Raises PageError and SheetError.
    """
    _check(words)
    data = read_data(path)
    sheet = sheet_of(data, path)
    text = data.decode("utf-8-sig")
    known = {folded(name): term for term in sheet.terms for name in _names(term)}
    changes = [*_of_industry(sheet, " ".join(industry.split()))]
    changes += [
        change
        for entry in words.entries
        if (term := known.get(folded(entry.term))) and (change := _clash(term, entry, replacing=replacing))
    ]
    new = [entry for entry in words.entries if folded(entry.term) not in known]
    terms = list(_new_terms(new, Ids(_taken(sheet))))
    if len(text) + sum(map(_size, new)) > LARGEST_SHEET:
        raise _too_many(words)
    last = sheet.terms[-1].id if sheet.terms else ""
    edits: list[Change] = [change.change for change in changes if change.change]
    if terms:
        edits.append(Add(("terms", last), tuple(raw_of(term) for term in terms)))
    edited = rewrite(text, edits) if edits else text
    if edited is None:
        raise SheetError(f"{path}: it is written in a way that can't be edited without rewriting it.")
    changes += [Difference("added", ("terms", term.id), new=term) for term in terms]
    made = sheet_of(edited.encode(), path)
    if path.parent == shipped_decks() and edits:
        return Plan(home, made, home.decks / path.name, edited, None, changes=tuple(changes), shipped=data)
    return Plan(home, made, path, edited, text, changes=tuple(changes))


def _check(words: WordList) -> None:
    if not words.entries:
        raise PageError(
            "The list has no line with a term and its meaning. Write one a line: “term – meaning”."
        )
    if sum(map(_size, words.entries)) > LARGEST_SHEET:
        raise _too_many(words)


def _size(entry: Entry) -> int:
    return len(entry.term.encode()) + len(entry.meaning.encode()) + _SIZE_OF_TERM


def _too_many(words: WordList) -> PageError:
    return PageError(
        f"The list has {len(words.entries):,} words, more than a sheet takes "
        f"({LARGEST_SHEET // 1_000_000} MB). Divide it into several lists, and import each under a name of "
        "its own."
    )


def _names(term: Term) -> Iterator[str]:
    yield from (term.term, *term.aliases)
    if term.stands_for:
        yield term.stands_for


def _taken(sheet: Sheet) -> Iterator[str]:
    for items in (sheet.terms, sheet.contrasts, sheet.examples):
        yield from (item.id for item in items)


def _new_terms(entries: Collection[Entry], ids: Ids) -> Iterator[Term]:
    for entry in entries:
        yield Term(
            id=ids.of(entry.term),
            term=entry.term,
            meaning=entry.meaning,
            stands_for=entry.stands_for or None,
            aliases=entry.aliases,
            signal=entry.signal or None,
            origin="page",
        )


def _clash(term: Term, entry: Entry, *, replacing: bool) -> Difference | None:
    """Return what the list says otherwise of a term that is there."""
    if folded(term.meaning) == folded(entry.meaning):
        return None
    way = ("terms", term.id)
    if replacing:
        return Difference("changed", way, "meaning", old=term.meaning, new=entry.meaning)
    note = f"Line {entry.line} of the list says of “{entry.term}”: {entry.meaning}"
    return Difference("kept", way, "meaning", old=term.meaning, new=entry.meaning, note=note)


def _of_industry(sheet: Sheet, industry: str) -> Iterator[Difference]:
    """Yield that a sheet is given its industry, or that it keeps another."""
    if not industry or folded(industry) == folded(sheet.industry or ""):
        return
    if sheet.industry is None:
        yield Difference("changed", (), "industry", new=industry)
    else:
        note = f"You said {industry}: give the list another name, to keep the two apart."
        yield Difference("kept", (), "industry", old=sheet.industry, new=industry, note=note)


def _text_of(sheet: Sheet) -> str:
    """Return the text of a new sheet's file."""
    head = new_file(structs.replace(sheet, terms=()), _HEAD, {}).rstrip("\n")
    return "\n".join([f"{head}\n\n", *(written_item(["terms"], raw_of(term)) for term in sheet.terms)])
