"""What a session came to."""

from datetime import timedelta

from textual.content import Content

from trainer.app.kit.layout import BLANK, block, hanging, labelled, text
from trainer.app.kit.phrases import said, weekday
from trainer.app.kit.row_list import Row
from trainer.cards.card import Question
from trainer.memory.state import Day
from trainer.study.feedback import answer_beside
from trainer.study.summary import Summary, figures, headline
from trainer.study.turns import Feedback

AGAIN, TODAY, UNDO = "again", "today", "undo"
_DAYS = 7
_BAR = 24


def summary_page(  # noqa: PLR0913 — all that the page tells
    summary: Summary,
    day: Day,
    width: int,
    *,
    first: Feedback | None,
    can_undo: bool,
    problem: str,
    saved: bool,
) -> list[Row]:
    """Lay the summary out; `first` is the first answer ever given, if it was given in this session."""
    rows = [
        BLANK,
        *text(headline(summary), width, "bold $strong"),
        *text(figures(summary, saved=saved), width, "$quiet"),
        BLANK,
    ]
    if first:
        rows += [*_first_line(first, width), BLANK]
    if missed := [question for question in summary.missed if not first or question is not first.question]:
        rows += [*_missed(missed, width), BLANK]
    rows += [*_coming(summary, day, width), BLANK, *_choices(can_undo=can_undo)]
    if problem:
        rows += [BLANK, *hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width)]
    return rows


def _first_line(first: Feedback, width: int) -> list[Row]:
    question = first.question
    rows = text("The first card you met, with what you know now:", width, "$key")
    rows += text(question.subject, width, "bold $strong", indent=4)
    rows += hanging(Content.styled("  ✓ ", "$right"), said(question.answer, "$right"), width)
    return [*rows, *labelled([(line.label, line.text) for line in question.lines], width)]


def _missed(missed: list[Question], width: int) -> list[Row]:
    rows = text("To look at again:", width, "$key")
    for number, question in enumerate(missed):
        rows += [BLANK] if number else []
        asked = said(question.subject)
        rows += block(asked, width, indent=4)
        answer = said(answer_beside(question), "$right")
        rows += hanging(Content.styled("    → ", "$right"), answer, width)
    return rows


def _coming(summary: Summary, day: Day, width: int) -> list[Row]:
    """Draw a bar for each of the next days, up to the last on which something comes."""
    days = [day + timedelta(days=ahead) for ahead in range(_DAYS + 1)]
    if not summary.coming.get(day):
        days = days[1:]
    counts = {each: summary.coming.get(each, 0) for each in days}
    most = max(counts.values(), default=0)
    if not most:
        return text("Nothing comes back in the next seven days.", width, "$quiet")
    last = max(each for each, number in counts.items() if number)
    counts = {each: number for each, number in counts.items() if each <= last}
    rows = text("What comes back when:", width, "$key")
    room = max(4, min(_BAR, width - 22))
    for each, number in counts.items():
        name = {0: "today", 1: "tomorrow"}.get((each - day).days, weekday(each))
        bar = "■" * max(1, round(number * room / most)) if number else ""
        figure = str(number) if number else "–"
        rows.append(
            Row(Content.assemble(f"    {name:<10}", (bar, "$right"), f" {figure}" if bar else figure))
        )
    return rows


def _choices(*, can_undo: bool) -> list[Row]:
    rows = [
        Row(Content.assemble("  ", ("Enter", "$key"), "  Back to Today"), TODAY),
        Row(Content.assemble("  ", ("o", "$key"), "      One more round"), AGAIN),
    ]
    if can_undo:
        rows.append(Row(Content.assemble("  ", ("u", "$key"), "      Undo the last answer"), UNDO))
    return rows
