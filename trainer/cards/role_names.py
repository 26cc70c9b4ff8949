"""What people call a sheet: "stage manager", "Props", "ASM", an alias, a title of it, or the beginning."""

import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from trainer.cards.typed import fold
from trainer.clean import clean_line
from trainer.errors import TrainerError, UnknownDeckError
from trainer.material.sheet import Level, Search, Sheet

_PLURALS = {
    "people": "person",
    "women": "woman",
    "men": "man",
    "ss": "ss",
    "us": "us",
    "is": "is",
    "ics": "ics",
    "sses": "ss",
    "ches": "ch",
    "shes": "sh",
    "xes": "x",
    "ies": "y",
    "s": "",
}
"""By the ending of a plural, that of the singular; the first that fits."""

_NAMED_AT_MOST = 6
"""So many roles are named where one of them was meant."""
_WORDS_OF_A_NAME = 8
_SHOWN_AT_MOST = 60
"""Characters of what was written, in a message."""


def find_sheet(written: str, sheets: Mapping[str, Sheet]) -> Sheet | None:
    """Return the sheet that somebody means: by its id, its name, its abbreviation, an alias or a title of it.

    The beginning of a name will do, or of some of its words; an id and a full name always win, whatever else
    is called so. None if nothing is called so. Raises UnknownDeckError if several are.
    """
    if found := sheets.get(written.strip()):
        return found
    wanted = fold(written)
    if not wanted:
        return None
    apart = told_apart(sheets)
    letter_for_letter = (id_ for id_, name in apart.items() if name.casefold() == written.strip().casefold())
    if id_ := next(letter_for_letter, ""):
        return sheets[id_]
    called = {id_: [fold(name) for name in _names(sheet)] for id_, sheet in sheets.items()}
    for means in (_is_in_full, _is, _is_title, _begins, _begins_words):
        found_ids = [id_ for id_, names in called.items() if means(wanted, names, sheets[id_])]
        # A role before a vocabulary: who writes "stage" hires for one.
        meant = [id_ for id_ in found_ids if sheets[id_].is_role] or found_ids
        if len(meant) == 1:
            return sheets[meant[0]]
        if meant:
            raise UnknownDeckError(
                f'"{_shown(written)}" may mean {_either([apart[id_] for id_ in meant])}. Say which.'
            )
    return None


def find_role(written: str, sheets: Mapping[str, Sheet]) -> Sheet:
    """Return the role that somebody means: see `find_sheet`. Raises UnknownDeckError."""
    found = find_sheet(written, sheets)
    if found is None:
        near = near_names(written, sheets)
        advice = f" Did you mean {_either(near)}?" if near else ""
        raise UnknownDeckError(
            f'There is no role "{_shown(written)}".{advice} "trainer roles" lists them all.'
        )
    if not found.is_role:
        raise UnknownDeckError(
            f'"{found.name}" is a vocabulary: it goes with every role, and need not be chosen.'
        )
    return found


def level_called(sheet: Sheet, written: str) -> Level | None:
    """Return the level of a sheet that somebody means, by its id or its name; None where it has no such."""
    wanted = written.strip().casefold()
    return next((each for each in sheet.levels if wanted in {each.id, each.name.casefold()}), None)


def find_level(sheet: Sheet, written: str) -> Level:
    """Return the level of a sheet that somebody means: see `level_called`. Raises TrainerError."""
    if found := level_called(sheet, written):
        return found
    there = ", ".join(level.name for level in sheet.levels)
    raise TrainerError(
        f'"{sheet.name}" has no level "{clean_line(written)[:40]}". '
        + (f"There are: {there}." if there else "Its sheet tells no levels: leave the level out.")
    )


def level_name(sheet: Sheet, id_: str) -> str:
    """Return what a level is called; empty where no level is said, or the sheet has lost it."""
    return next((level.name for level in sheet.levels if level.id == id_), "")


def together(names: Sequence[str], sheets: Mapping[str, Sheet]) -> list[str]:
    """Return names as they were meant, where the words of one stand apart: "stage", "manager", "props".

    Words belong together if they are what a sheet is called; the most of them first.
    """
    if len(names) < 2:
        return list(names)
    called = {fold(name) for sheet in sheets.values() for name in _names(sheet)}
    meant: list[str] = []
    rest = list(names)
    while rest:
        most = min(len(rest), _WORDS_OF_A_NAME)
        length = next((n for n in range(most, 1, -1) if fold(" ".join(rest[:n])) in called), 1)
        meant.append(" ".join(rest[:length]))
        rest = rest[length:]
    return meant


def told_apart(sheets: Mapping[str, Sheet]) -> dict[str, str]:
    """Return by its id what each sheet is called, as `find_sheet` finds it and no other.

    Those of one name carry their industry, or their id where that does not part them.
    """
    often = Counter(fold(sheet.name) for sheet in sheets.values())
    alike = Counter((fold(sheet.name), fold(sheet.industry or "")) for sheet in sheets.values())
    ids = {_run(id_): id_ for id_ in sheets}

    def called(id_: str, sheet: Sheet) -> str:
        name = fold(sheet.name)
        of_another = ids.get(_run(sheet.name), id_) != id_
        if often[name] == 1 and not of_another:
            return sheet.name
        parts = sheet.industry and alike[name, fold(sheet.industry)] == 1
        return f"{sheet.name} ({sheet.industry if parts else id_})"

    return {id_: called(id_, sheet) for id_, sheet in sheets.items()}


def role_called(sheet: Sheet) -> str:
    """Return what a sheet's role is called in a question: its first term, if that names the role.

    A page may explain a thing, "RFI": its typical job title then says whom one hires.
    """
    term = sheet.terms[0] if sheet.terms else None
    own = {fold(name) for name in (term.names if term else (sheet.name,))}
    roles = sheet.job_titles or (sheet.name, *sheet.name.split("/"))
    if any(fold(name) in own for name in roles):
        return term.term if term else sheet.name
    if not sheet.job_titles:
        return sheet.name
    return _singular(sheet.job_titles[0])


def _singular(title: str) -> str:
    """Return a job title as one holder bears it: "Project Engineers", "Directors of Photography"."""
    from trainer.material.role_words import PREPOSITIONS  # noqa: PLC0415 — read when a question wants it

    words = title.split()
    behind = next(
        (place for place, word in enumerate(words) if place and word.casefold() in PREPOSITIONS), None
    )
    head = (behind or len(words)) - 1
    word = words[head]
    one = next(
        (word[: -len(end)] + new for end, new in _PLURALS.items() if word.casefold().endswith(end)), word
    )
    return " ".join((*words[:head], one, *words[head + 1 :]))


def near_names(written: str, sheets: Mapping[str, Sheet], most: int = 3) -> list[str]:
    """Return the names of sheets that are called nearly so, the nearest first."""
    apart = told_apart(sheets)
    by_name = {fold(name): apart[id_] for id_, sheet in sheets.items() for name in _names(sheet)}
    near = difflib.get_close_matches(fold(written), by_name, n=2 * most, cutoff=0.6)
    return list(dict.fromkeys(by_name[name] for name in near))[:most]


def _names(sheet: Sheet) -> Iterator[str]:
    """Yield what a sheet is called: its id, its name, each part of it, and on a role what its own term is."""
    yield sheet.id
    yield sheet.name
    if sheet.industry:
        yield f"{sheet.name} ({sheet.industry})"
    yield from sheet.name.split("/")
    if sheet.is_role:
        yield from sheet.job_titles
        for term in sheet.terms[:1]:
            yield from term.names


def _run(name: str) -> str:
    """Return a name as it is compared where its spaces don't count."""
    return fold(name).replace(" ", "")


def _is_in_full(wanted: str, _: Collection[str], sheet: Sheet) -> bool:
    in_full = (sheet.id, sheet.name, f"{sheet.name} ({sheet.industry})", f"{sheet.name} ({sheet.id})")
    return wanted.replace(" ", "") in map(_run, in_full)


def _is(wanted: str, names: Collection[str], _: Sheet) -> bool:
    return wanted.replace(" ", "") in {name.replace(" ", "") for name in names}


def _is_title(wanted: str, _: Collection[str], sheet: Sheet) -> bool:
    titles = (title for title in sheet.titles if title.means_the_role and title.search is not Search.NO)
    return any(fold(title.title) == wanted for title in titles)


def _begins(wanted: str, names: Collection[str], _: Sheet) -> bool:
    return any(name.startswith(wanted) for name in names)


def _begins_words(wanted: str, names: Collection[str], _: Sheet) -> bool:
    return any(
        all(any(word.startswith(begun) for word in name.split()) for begun in wanted.split())
        for name in names
    )


def _shown(written: str) -> str:
    return written if len(written) <= _SHOWN_AT_MOST else f"{written[:_SHOWN_AT_MOST]}…"


def _either(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names[:_NAMED_AT_MOST]]
    if len(names) > _NAMED_AT_MOST:
        quoted.append("others")
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
