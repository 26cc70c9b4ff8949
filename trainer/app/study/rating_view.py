"""A whole answer that is rated: what it shows, what it is worth, and how near that was."""

from msgspec import structs
from textual.content import Content

from trainer.app.kit.keys import DIGITS
from trainer.app.kit.layout import BLANK, block, hanging, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row
from trainer.app.study.drafts import RatingDraft
from trainer.app.study.targets import STEP, UNKNOWN, option_target
from trainer.cards.sample import DEGREES, SCORES, Compared, Sample
from trainer.memory.state import Degree

_STYLES = {Degree.NOT: "$quiet", Degree.PARTLY: "$fresh", Degree.SHOWN: "$right"}
_MARKED = 8
"""Cells for what was marked, before the point."""
_COMPARED = 18
"""Cells for what both say, before the point."""
_TURN = f"A digit changes its line: {' → '.join(DEGREES[degree] for degree in Degree)}."
"""What was never said on screen: that a digit goes through the degrees in turn."""
_BESIDE_FROM = 56
"""From this width on a point stands beside what was said of it, not below."""


def spoken_rows(answer: Content, width: int) -> list[Row]:
    """Lay out what the candidate said, behind a bar."""
    bar = Content.styled("  │ ", "$key")
    return [Row(bar + line) for line in answer.wrap(max(8, width - bar.cell_length))]


def draft_rows(draft: RatingDraft, prompt: str, width: int) -> list[Row]:
    """Lay out the step that the rating stands at; the prompt is that of the first."""
    rows = _score_rows(draft, width) if draft.scoring else _evidence_rows(draft, prompt, width)
    return [structs.replace(row, place=STEP) for row in rows]


def _evidence_rows(draft: RatingDraft, prompt: str, width: int) -> list[Row]:
    rows = [*text(prompt, width), *text(_TURN, width, "$quiet"), BLANK]
    for position, point in enumerate(draft.sample.points):
        degree = draft.degrees[position]
        rows += _marked(position, DEGREES[degree], _STYLES[degree], point.text, width)
    if draft.sample.flags:
        head = Content.assemble(("Red flags", "$key"), ("   FLAG raised   · not raised", "$quiet"))
        rows += [BLANK, *block(head, width)]
    for number, flag in enumerate(draft.sample.flags):
        raised = number in draft.flags
        word, style = ("FLAG", "$wrong") if raised else ("·", "$quiet")
        rows += _marked(len(draft.degrees) + number, word, style, flag.text, width)
    return rows


def _marked(position: int, word: str, style: str, words: str, width: int) -> list[Row]:
    digit = str(position + 1) if position < DIGITS else " "
    head = Content.assemble("  ", (digit, "$key"), "  ", (word.ljust(_MARKED), style))
    return hanging(head, said(words), width, target=option_target(position))


def _score_rows(draft: RatingDraft, width: int) -> list[Row]:
    rows = hanging(Content.styled("  You saw  ", "$quiet"), _in_short(draft), width)
    rows += [BLANK, *text("What is it worth? 1 and 2 mean no, 4 and 5 mean yes.", width), BLANK]
    for score in reversed(SCORES):
        head = Content.assemble("  ", (str(score), "$key"), "  ")
        rows += hanging(head, _anchor(draft.sample, score), width, target=option_target(score - 1))
    unknown = Content.assemble("  ", ("0", "$key"), "  ", ("I don't know", "$quiet"))
    return [*rows, Row(unknown, UNKNOWN)]


def _in_short(draft: RatingDraft) -> Content:
    """Return what was marked, counted."""
    parts = [
        f"{draft.degrees.count(degree)} {DEGREES[degree]}"
        for degree in reversed(Degree)
        if degree in draft.degrees
    ]
    flags = count(len(draft.flags), "red flag") if draft.flags else "no red flag"
    return Content.assemble(f"{' · '.join(parts)} · ", (flags, "$wrong" if draft.flags else ""))


def _anchor(sample: Sample, score: int) -> Content:
    """Return what a score looks like; of one that no anchor tells, what lies around it."""
    if score in sample.anchors:
        return said(sample.anchors[score])
    around = [str(other) for other in (score + 1, score - 1) if other in sample.anchors]
    return said(f"between {' and '.join(around)}" if len(around) == 2 else "–", "$quiet")


def compared_rows(pairs: list[Compared], width: int, *, alone: bool, new: bool, words: bool) -> list[Row]:
    """Lay out what was seen beside the reference, or that alone; `words` adds those that show it."""
    rows = [] if alone else text("you / reference", width, "$key", indent=4)
    for each in pairs:
        sign, style = (" ", "") if alone else _sign(each, new=new)
        head = Content.assemble("  ", (f"{sign} {each.said}".ljust(_COMPARED), style), "  ")
        if width < _BESIDE_FROM:
            rows += [Row(head), *text(each.text, width, indent=4)]
        else:
            rows += hanging(head, said(each.text), width)
        if words and each.words:
            indent = 4 if width < _BESIDE_FROM else head.cell_length
            rows += text(f"“{each.words}”", width, "$quiet", indent=indent)
    return rows


def _sign(each: Compared, *, new: bool) -> tuple[str, str]:
    if each.agrees:
        return "✓", "$right"
    return ("○", "$fresh") if new else ("✗", "$wrong")
