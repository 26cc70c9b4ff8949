"""What would make the decks of a sheet better: what a page can't give, and a person may add."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from msgspec import Struct, structs

from trainer.cards.decks import DECKS
from trainer.cards.sheets import Sheets
from trainer.humanize import count
from trainer.material.questions import InterviewQuestion, Point, RedFlag
from trainer.material.sheet import Example, Indicator, Relation, Search, Sheet, Term, Title

_T = TypeVar("_T")

_WORDS = "…"
"""Stands for a text that is not written yet, where the cards are counted that it would bring."""


class Improvement(Struct, frozen=True):
    """One thing that a sheet lacks."""

    told: str
    """What to do, in words."""
    keys: tuple[str, ...]
    """The keys of the sheet's file in which it stands."""
    cards: int
    """How many more cards it would bring."""

    @property
    def gain(self) -> str:
        """What it brings, in words."""
        return f"{count(self.cards, 'more card')}" if self.cards > 0 else "no more cards, but better ones"

    def __str__(self) -> str:
        """Say all of it, for somebody who edits the file."""
        return f"{self.told} ({', '.join(self.keys)}): {self.gain}."


def improvements(sheet: Sheet, sheets: Sheets | None = None) -> list[Improvement]:
    """Return what the sheet lacks, what brings the most cards first; nothing when it lacks nothing.

    `sheets` are those that it stands among, itself if none are given.
    """
    around = Sheets({**(sheets or {}), sheet.id: sheet})
    now = _cards(sheet, around)
    found = [
        Improvement(told, keys, _cards(better, around.with_sheet(better)) - now)
        for told, keys, better in _lacking(sheet)
    ]
    return sorted(found, key=lambda improvement: -improvement.cards)


def _cards(sheet: Sheet, sheets: Sheets) -> int:
    return sum(1 for kind in DECKS.values() for _ in kind.cards(sheet, sheets))


def _lacking(sheet: Sheet) -> Iterator[tuple[str, tuple[str, ...], Sheet]]:
    """Yield what the sheet lacks: what to do, in which keys, and the sheet once it is done."""
    points = [point for question in sheet.questions for point in question.points]
    if bare := sum(not (point.shows and point.claims) for point in points):
        told = f"Write for {count(bare, 'point')} of answers what shows it, and what only claims it"
        yield told, ("shows", "claims"), _with_points(sheet, _spoken)
    if bare := sum(not (flag.evidence and flag.look_alikes) for flag in sheet.red_flags):
        told = f"Write for {count(bare, 'red flag')} a line that shows it, and one that only looks like it"
        yield (
            told,
            ("evidence", "look_alike"),
            structs.replace(sheet, red_flags=_each(sheet.red_flags, _shown)),
        )
    if bare := sum(not (example.concludes or example.does_not) for example in sheet.examples):
        told = f"Write for {count(bare, 'résumé line')} what may be concluded from it, and what not"
        yield told, ("concludes", "does_not"), structs.replace(sheet, examples=_each(sheet.examples, _read))
    if bare := sum(not (title.search or title.relation) for title in sheet.titles):
        told = f"Say of {count(bare, 'title')} whether you would search for it, and where its holders stand"
        yield told, ("search", "relation"), structs.replace(sheet, titles=_each(sheet.titles, _judged))
    if bare := sum(not term.signal for term in sheet.terms):
        told = f"Write for {count(bare, 'term')} what to conclude where it stands on a résumé"
        yield told, ("signal",), structs.replace(sheet, terms=_each(sheet.terms, _telling))
    if bare := sum(not indicator.variants for _, indicator in sheet.indicators()):
        told = f"Write for {count(bare, 'sign')} of a level résumé lines that show it"
        yield told, ("variants",), _with_indicators(sheet, _lined)
    if drafts := sum(point.draft for point in points):
        told = f"Confirm how {count(drafts, 'point')} of answers was cut out of the page, or mend it"
        told = told if drafts == 1 else told.replace(" was ", " were ").replace("mend it", "mend them")
        yield told, ("draft",), _with_points(sheet, lambda point: structs.replace(point, draft=False))


def _each(items: tuple[_T, ...], change: Callable[[_T], _T]) -> tuple[_T, ...]:
    return tuple(map(change, items))


def _with_points(sheet: Sheet, change: Callable[[Point], Point]) -> Sheet:
    def changed(question: InterviewQuestion) -> InterviewQuestion:
        return structs.replace(question, points=_each(question.points, change))

    return structs.replace(sheet, questions=_each(sheet.questions, changed))


def _with_indicators(sheet: Sheet, change: Callable[[Indicator], Indicator]) -> Sheet:
    levels = (structs.replace(level, indicators=_each(level.indicators, change)) for level in sheet.levels)
    return structs.replace(sheet, levels=tuple(levels))


def _spoken(point: Point) -> Point:
    return structs.replace(point, shows=point.shows or _WORDS, claims=point.claims or _WORDS)


def _shown(flag: RedFlag) -> RedFlag:
    return structs.replace(flag, evidence=flag.evidence or (_WORDS,), look_alike=flag.look_alike or _WORDS)


def _read(example: Example) -> Example:
    told = example.concludes or example.does_not
    return example if told else structs.replace(example, concludes=(_WORDS,), does_not=(_WORDS,))


def _judged(title: Title) -> Title:
    told = title.search or title.relation
    return title if told else structs.replace(title, search=Search.YES, relation=Relation.SAME)


def _telling(term: Term) -> Term:
    return structs.replace(term, signal=term.signal or f"{_WORDS} {term.id}")


def _lined(indicator: Indicator) -> Indicator:
    return structs.replace(indicator, variants=indicator.variants or (_WORDS,))
