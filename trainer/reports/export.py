"""A recruiter's reviews as a table, for a spreadsheet."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import tzinfo
from itertools import dropwhile
from unicodedata import category, normalize

from trainer.cards.decks import deck_name
from trainer.cards.roles import sheet_id
from trainer.memory.state import Rating, Review
from trainer.progress.valid import given_at

_RATINGS = {Rating.AGAIN: "again", Rating.HARD: "hard", Rating.GOOD: "good", Rating.EASY: "easy"}
_FORMULA = ("=", "+", "-", "@")
"""What makes a spreadsheet take a cell for a formula, in any width and behind what is not seen."""
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
"""Categories of characters that a spreadsheet may strip: control and format codes, and spaces."""

_DIVIDER = re.compile(r"([;\t\r\n])")
"""What some spreadsheets take for the end of a cell, whatever the table is divided by."""

_Column = Callable[[Review], object]
_COLUMNS: dict[str, _Column] = {
    "study day": lambda review: review.day.isoformat(),
    "sheet": lambda review: sheet_id(review.card),
    "deck": lambda review: deck_name(review.card),
    "card": lambda review: review.card,
    "form": lambda review: review.form,
    "asked as": lambda review: review.variant,
    "chosen": lambda review: " ".join(review.chosen),
    "right": lambda review: _yes(review.right),
    "rating": lambda review: _RATINGS[review.rating],
    "hint": lambda review: _yes(review.hint),
    "guess": lambda review: _yes(review.guess),
    "asked again": lambda review: _yes(review.repeat),
    "line never seen before": lambda review: _yes(review.unseen),
    "seconds": lambda review: _seconds(review.ms),
    "seconds since the answer before": lambda review: _seconds(review.spent),
    "comes back in days": lambda review: review.given,
    "in a drill": lambda review: _yes(review.drill),
    "begun anew": lambda review: _yes(review.anew),
}


def as_csv(history: Mapping[int, Review], zone: tzinfo | None = None) -> str:
    """Return reviews as CSV, one a row, the oldest first.

    Times are in `zone`, or in that of this computer. A cell that a spreadsheet would run as a formula
    gets an apostrophe before it.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["when", *_COLUMNS])
    for id_ in sorted(history):
        review = history[id_]
        at = given_at(review.at or id_)
        when = f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else ""
        writer.writerow([when, *(harmless(column(review)) for column in _COLUMNS.values())])
    return table.getvalue()


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet runs, with an apostrophe before what it might take for a formula.

    In many countries it divides a table at semicolons, whatever divides it: a part is a cell of its own then.
    """
    if not isinstance(cell, str):
        return cell
    parts = _DIVIDER.split(cell)
    told = "".join(f"'{part}" if _is_formula(part) else part for part in parts)
    return f"'{told}" if category(cell[:1] or "x") == "Cc" else told


def _is_formula(part: str) -> bool:
    seen = dropwhile(lambda sign: category(sign) in _UNSEEN or sign == '"', normalize("NFKC", part))
    return next(seen, "") in _FORMULA


def _seconds(ms: int | None) -> str:
    return "" if ms is None else f"{ms / 1000:.1f}"


def _yes(value: bool) -> str:  # noqa: FBT001 — the value itself
    return "yes" if value else "no"
