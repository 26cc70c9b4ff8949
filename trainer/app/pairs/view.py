"""Pairs: a title, and the roles that it may belong to."""

from textual.content import Content

from trainer.app.kit.layout import BLANK, apart, hanging, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row
from trainer.study.pairs import Pairs

AGAIN = "again"


def role_target(position: int) -> str:
    """Return the target of a role."""
    return f"role.{position}"


def pairs_page(pairs: Pairs, width: int) -> list[Row]:
    """Lay a round out: what is asked, the roles with the titles found, and why a choice was wrong."""
    rows = [BLANK]
    if pairs.pair:
        rows += [*text("Which role does this title belong to?", width), BLANK]
        rows += text(pairs.pair.title, width, "bold $strong", indent=4)
    else:
        rows += text(_closing(pairs), width, "bold $strong")
    rows.append(BLANK)
    for position, role in enumerate(pairs.roles):
        rows += _role(pairs, position, role, width)
    if pairs.tried and pairs.pair:
        head = Content.styled("✗ ", "$wrong")
        told = f"It is not {pairs.tried[-1]}. Look at the roles that are left."
        rows += [BLANK, *hanging(head, said(told), width)]
    elif pairs.found:
        last = list(pairs.found.values())[-1]
        head = Content.styled("✓ ", "$right")
        rows += [BLANK, *hanging(head, said(f"{last.title}: {last.role}. {last.why}".strip()), width)]
    if not pairs.pair:
        again = Content.assemble("  ", ("Enter", "$key"), "  Another round")
        rows += [BLANK, Row(again, AGAIN)]
    return rows


def _role(pairs: Pairs, position: int, role: str, width: int) -> list[Row]:
    found = pairs.found.get(role)
    if found:
        left = Content.assemble("✓    ", said(role, "$right"))
        return apart(left, said(found.title, "$quiet"), width)
    waits = pairs.is_left(position)
    sign = Content("  ") if waits else Content.styled("✗ ", "$wrong")
    line = Content.assemble(sign, (str(position + 1), "$key" if waits else "$quiet"), "  ", said(role))
    return [Row(line.truncate(width, ellipsis=True), role_target(position) if waits else "")]


def _closing(pairs: Pairs) -> str:
    slips = f"with {count(pairs.slips, 'slip')}" if pairs.slips else "without a slip"
    return f"All {len(pairs.roles)} pairs, {slips}."
