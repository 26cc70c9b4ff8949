"""What a session came to."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.cards.card import Question
from trainer.study.feedback import answer_beside
from trainer.study.summary import (
    READ_AGAIN,
    TAKE_ALONG,
    Miss,
    Outlook,
    Summary,
    ahead,
    comes_back_when,
    figures,
    headline,
    new_words,
    others_missed,
    to_watch,
    went_well,
)
from trainer.study.turns import Feedback

AGAIN, TODAY, UNDO = "again", "today", "undo"


def summary_page(  # noqa: PLR0913 — all that the page tells
    summary: Summary,
    outlook: Outlook,
    width: int,
    *,
    first: Feedback | None,
    can_undo: bool,
    problem: str,
    saved: bool,
    leads_to: str,
) -> list[Row]:
    """Lay the summary out; `first` is the first answer ever given, if it was given in this session.

    `leads_to` is what one goes back to.
    """
    rows = [
        BLANK,
        *text(headline(summary, outlook), width, "bold $strong"),
        *text(figures(summary, saved=saved), width, "$quiet"),
        BLANK,
    ]
    for sign, style, told in (("✓", "$right", went_well(summary)), ("○", "$fresh", new_words(summary))):
        if told:
            rows += [*hanging(Content.styled(f"{sign} ", style), said(told), width), BLANK]
    if summary.read_again:
        rows += [*_last_look(summary.read_again, width), BLANK]
    elif summary.watch:
        rows += [*_watch(summary.watch, width), BLANK]
    if first:
        rows += [*_first_card(first, width), BLANK]
    rows += text(ahead(summary, outlook), width, "bold")
    if coming := comes_back_when(summary, outlook):
        rows += text(coming, width, "$quiet")
    rows += [BLANK, *_choices(leads_to, can_undo=can_undo)]
    if problem:
        rows += [BLANK, *hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width)]
    return rows


def _watch(miss: Miss, width: int) -> list[Row]:
    """Lay out what was missed and is worth watching: no sign and no colour says that its answer was given."""
    rows = hanging(Content.styled("→ ", "$key"), said(to_watch(miss)), width)
    rows += text(miss.question.subject, width, "$quiet", indent=4)
    rows += text(answer_beside(miss.question), width, "bold", indent=4)
    return rows + (text(others, width, "$quiet") if (others := others_missed(miss)) else [])


def _last_look(questions: Sequence[Question], width: int) -> list[Row]:
    rows = hanging(Content.styled("→ ", "$key"), said(READ_AGAIN), width)
    for question in questions:
        rows += text(question.subject, width, "$quiet", indent=4)
        rows += text(answer_beside(question), width, "bold", indent=4)
    return rows + text(TAKE_ALONG, width, "$quiet")


def _first_card(first: Feedback, width: int) -> list[Row]:
    question = first.question
    rows = text("The first card you met, with what you know now:", width, "$key")
    if not question.answer.startswith(question.subject):
        rows += text(question.subject, width, "$quiet", indent=4)
    return rows + text(question.answer, width, "bold", indent=4)


def _choices(leads_to: str, *, can_undo: bool) -> list[Row]:
    rows = [
        Row(Content.assemble("  ", ("Enter", "$key"), f"  Back to {leads_to}"), TODAY),
        Row(Content.assemble("  ", ("o", "$key"), "      One more round"), AGAIN),
    ]
    if can_undo:
        rows.append(Row(Content.assemble("  ", ("u", "$key"), "      Undo the last answer"), UNDO))
    return rows
