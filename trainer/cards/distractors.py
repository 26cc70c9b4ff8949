"""What other sheets of the trade name and this one does not: wrong answers for a page that brings none.

A sheet of another trade gives none: to tell "Emergency Nurse" from "Prop Runner" needs no reading.
"""

import random
from collections.abc import Iterable, Iterator
from itertools import islice

from trainer.cards.card import Option
from trainer.cards.sheets import Sheets
from trainer.cards.similarity import ALIKE, likeness
from trainer.humanize import with_article
from trainer.material.questions import RedFlag
from trainer.material.sheet import Search, Sheet, Title, trade_of

ENOUGH = 12
"""Candidates that are looked for; a library may hold hundreds of sheets."""


def has_titles_elsewhere(sheet: Sheet, sheets: Sheets) -> bool:
    """Return whether another sheet of the trade names a title that this one does not."""
    taken = _names(sheet)
    return any(title not in taken for title in sheets.titles_by_trade[trade_of(sheet)])


def titles_elsewhere(sheet: Sheet, sheets: Sheets, rng: random.Random) -> list[Option]:
    """Return titles of other sheets of the trade as wrong answers."""
    found = islice(_titles(sheet, _others(sheet, sheets, rng)), ENOUGH)
    return [_option(other, title.id, title.title) for other, title in found]


def judged_elsewhere(sheet: Sheet, sheets: Sheets) -> Iterator[Option]:
    """Yield the other names of the roles that a sheet says not to search, each once, as wrong answers.

    Of a role that it does not judge nothing is taken: its titles might be right here too.
    """
    taken = {title.title.casefold() for title in sheet.titles} | {
        name.casefold() for name in (sheet.name, *sheet.job_titles)
    }
    left_out = {title.id: title for title in sheet.titles if refused(title)}
    for other in sheets.called(left_out):  # by ids, as wording may be edited
        ids = (other.id, *(term.id for term in other.terms[:1]))
        judged = next(left_out[id_] for id_ in ids if id_ in left_out)
        if other.id == sheet.id:
            continue
        for title in other.titles:
            known = title.title.casefold() in taken
            if title.means_the_role and title.search is Search.YES and not known:
                taken.add(title.title.casefold())
                reason = f" {judged.why}" if judged.why else ""
                why = f"Another name for {with_article(other.name)}.{reason}"
                yield Option(title.title, title.title, right=False, why=why)


def refused(title: Title) -> bool:
    """Say whether a title is not to be searched, in any region."""
    return title.search is Search.NO and not any(note.search for note in title.notes)


def has_flags_elsewhere(sheet: Sheet, sheets: Sheets) -> bool:
    """Return whether `flags_elsewhere` has any."""
    return next(_flags(sheet, sheets.of_its_trade(sheet)), None) is not None


def flags_elsewhere(sheet: Sheet, sheets: Sheets, rng: random.Random) -> list[Option]:
    """Return red flags of other sheets of the trade as wrong answers; none is like one of this sheet."""
    found = islice(_flags(sheet, _others(sheet, sheets, rng)), ENOUGH)
    return [_option(other, flag.id, flag.text) for other, flag in found]


def _others(sheet: Sheet, sheets: Sheets, rng: random.Random) -> list[Sheet]:
    others = list(sheets.of_its_trade(sheet))
    return rng.sample(others, len(others))


def _titles(sheet: Sheet, others: list[Sheet]) -> Iterator[tuple[Sheet, Title]]:
    from trainer.cards.typed import fold  # noqa: PLC0415 — only a sheet that nobody judged needs it

    taken = _names(sheet)
    for other in others:
        for title in other.titles:
            if fold(title.title) not in taken:
                taken.add(fold(title.title))
                yield other, title


def _names(sheet: Sheet) -> set[str]:
    """Return what a sheet calls its role and its titles, folded."""
    from trainer.cards.typed import fold  # noqa: PLC0415 — as above

    names = [sheet.name, *sheet.job_titles, *(title.title for title in sheet.titles)]
    names += [name for term in sheet.terms for name in term.names]
    return {fold(name) for name in names}


def _flags(sheet: Sheet, others: Iterable[Sheet]) -> Iterator[tuple[Sheet, RedFlag]]:
    taken = [flag.text for flag in sheet.red_flags]
    for other in others:
        for flag in other.red_flags:
            if all(likeness(flag.text, text) < ALIKE for text in taken):
                taken.append(flag.text)
                yield other, flag


def _option(other: Sheet, item: str, text: str) -> Option:
    why = f"This glossary page does not name it; it stands in “{other.name}”."
    return Option(f"{other.id}#{item}", text, right=False, why=why)
