"""The roles, each with what the learner knows of it."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.reports.roles import Counts, RoleEntry

LEGEND = (
    ("know", "Right at first try on three study days since the last miss"),
    ("soon", "Met, and not known yet"),
    ("to come", "Not met yet"),
)
"""What the figures mean."""

_STATES = {"paused": "paused", "missing": "its sheet can't be used"}
_HEADS = ("  know", "  soon", "  to come")
_NAME_MOST = 44
_NAME_LEAST = 12
_PLACE = 5
"""Cells before a name: the cursor's sign, and the place in the order."""


def roles_page(roles: Sequence[RoleEntry], width: int, *, chosen: bool, problem: str = "") -> list[Row]:
    """Lay the roles out: those that are learned, the library, and what goes with every role."""
    yours = [role for role in roles if role.position is not None]
    library = [role for role in roles if role.state == "library"]
    words = [role for role in roles if role.state == "vocabulary"]
    rows = [BLANK, *text(_advice(yours, chosen=chosen), width), BLANK]
    heads = _HEADS if width >= _NAME_LEAST + _PLACE + len("".join(_HEADS)) else ()
    column = max(_NAME_LEAST, min(_NAME_MOST, width - _PLACE - len("".join(heads))))
    for title, found in (("You learn", yours), ("In the library", library), ("With every role", words)):
        if found:
            rows.append(_head(title, heads if found is yours or not yours else (), column))
            for role in found:
                rows += _role(role, heads, column, width)
            rows.append(BLANK)
    if not roles:
        rows += text("There is no sheet that could be read. Esc goes back.", width)
    if problem:
        rows += hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width)
    return rows


def _advice(yours: Sequence[RoleEntry], *, chosen: bool) -> str:
    if not yours:
        return "There is no role: no sheet has more than terms."
    if chosen:
        return "New cards of the first role come first. What you leave out loses nothing."
    return "You have chosen nothing yet, so all of these are asked. Enter leaves one out, or takes it in."


def _head(title: str, heads: Sequence[str], column: int) -> Row:
    gap = " " * max(0, column + _PLACE - 2 - len(title))
    figures = f"{gap}{''.join(heads)}" if heads else ""
    return Row(Content.assemble("  ", (title, "bold $strong"), (figures, "$quiet")))


def _role(role: RoleEntry, heads: Sequence[str], column: int, width: int) -> list[Row]:
    place = str(role.position) if role.is_learned and role.position else "·"
    told = _STATES.get(role.state, "")
    name = said(role.name, "bold" if role.is_learned else "$quiet" if told else "")
    beside = bool(told) and name.cell_length + len(told) + 2 <= column
    name = name.truncate(column, ellipsis=True)
    if beside:
        name = Content.assemble(name, "  ", (told, "$key"))
    gap = " " * max(0, column - name.cell_length)
    line = Content.assemble("  ", (f"{place:<2} ", "$key"), name, gap, _figures(role.counts, heads))
    rows = [Row(line.truncate(width, ellipsis=True), role.id)]
    if told and not beside:
        rows += text(told, width, "$key", indent=_PLACE, target=role.id)
    return rows


def _figures(counts: Counts, heads: Sequence[str]) -> str:
    numbers = (counts.know, counts.soon, counts.to_come)
    return "".join(str(number).rjust(len(head)) for number, head in zip(numbers, heads, strict=False))
