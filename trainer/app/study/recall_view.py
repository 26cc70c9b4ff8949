"""The points of a strong answer, recalled line by line."""

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.app.study.drafts import RecallDraft
from trainer.app.study.targets import option_target


def draft_rows(draft: RecallDraft, prompt: str, width: int) -> list[Row]:
    """Lay out the lines typed so far, or each of them beside the point that it means."""
    if draft.typing:
        rows = [*text(prompt, width), BLANK]
        for number, line in enumerate(draft.lines, start=1):
            rows += hanging(_head(number), said(line, "bold $strong"), width)
        more = "An empty line ends it." if draft.lines else "One point a line. An empty line ends it."
        return [*rows, *([BLANK] if draft.lines else []), *text(more, width, "$quiet")]
    rows = [*text("Is each line taken as you meant it? A digit changes it.", width), BLANK]
    for position, line in enumerate(draft.lines):
        rows += _matched(draft, position, line, width)
    left = [point for number, point in enumerate(draft.points) if number not in draft.means]
    if left:
        rows += [BLANK, *text("Named by no line", width, "$key")]
    for point in left:
        rows += text(point.text, width, indent=5)
    return rows


def _matched(draft: RecallDraft, position: int, line: str, width: int) -> list[Row]:
    target, meant = option_target(position), draft.means[position]
    arrow = Content.styled("     → ", "$quiet")
    point = (
        said("none of the points", "$quiet") if meant is None else said(draft.points[meant].text, "$right")
    )
    return [
        *hanging(_head(position + 1), said(line, "bold $strong"), width, target=target),
        *hanging(arrow, point, width, target=target),
    ]


def _head(number: int) -> Content:
    return Content.assemble("  ", (str(number), "$key"), "  ")
