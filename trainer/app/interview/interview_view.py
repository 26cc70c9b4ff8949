"""An interview as rows: before it with how far one is, after it with what was asked."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from trainer.app.interview.interview_words import in_year, role_and_level
from trainer.app.kit.keys import DIGITS
from trainer.app.kit.layout import BLANK, apart, hanging, text
from trainer.app.kit.phrases import count, in_days, long_date, said
from trainer.app.kit.row_list import Row
from trainer.reports.preparation import in_words as in_full
from trainer.reports.preparation import what_helps
from trainer.reports.readiness import in_parts, in_words, of_all, what_counts
from trainer.study.steps import Step, minutes_of

if TYPE_CHECKING:
    from trainer.engine.interview_day import Held, InterviewAhead, Named
    from trainer.engine.interviewing import InterviewEntry

START, MOVE, REMOVE, PRINT, BRIEF = "start", "move", "remove", "print", "step.brief"
NOT_ASKED, ASKED, HARD = range(3)
"""What may be said of a question, each by one more tick."""

_NAMES = {"brief": "Brief", "words": "Words", "questions": "Questions", "flags": "Red flags", "quiz": "Quiz"}
_MOST = 76
"""Cells of a line with something at its right end, at most."""
_TICKS = {NOT_ASKED: ("·", "", "$quiet"), ASKED: ("✓", "asked  ", "$right"), HARD: ("!", "hard  ", "$key")}


def step_target(step: Step) -> str:
    """Return the target of a step's line."""
    return f"step.{step.part}"


def title(told: "InterviewAhead") -> str:
    """Return what stands at the top of its page."""
    return role_and_level(told.entry.name, told.level)


def interview_rows(told: "InterviewAhead", width: int, *, waiting: int) -> list[Row]:
    """Lay an interview out; `waiting` are the cards that today's session would ask."""
    entry, room = told.entry, min(width, _MOST)
    day = f"{long_date(entry.when)}{in_year(entry.when, entry.days)} {entry.when:%H:%M}"
    rows = [BLANK, *apart(said(f"  {day}", "bold $strong"), said(_ahead(told), "$quiet"), room), BLANK]
    if entry.gone:
        rows += text("Its sheet is gone, so nothing is planned for it. Its answers are kept.", width)
    elif told.steps:
        rows += [row for step in told.steps for row in _step(step, width)]
    elif not entry.over:
        rows += [*text(f"{count(entry.minutes, 'minute')} a day until then. {_met(entry)}", width), BLANK]
        if waiting:
            rows += _choice("Enter", f"Start: {count(waiting, 'card')} towards it", START, width)
        rows += _choice("v", "The brief to take into it", BRIEF, width)
    rows += [*_how_far(told, width), BLANK]
    if told.steps:
        rows += _choice("p", "Print the brief", PRINT, width)
    if not entry.over:
        rows += _choice("m", "Another date, hour, or minutes a day", MOVE, width)
    off = "Take it off the list" if entry.over else "It is off: remove it"
    return [*rows, *_choice("d", off, REMOVE, width)]


def _how_far(told: "InterviewAhead", width: int) -> list[Row]:
    """Lay out what would be known now and then, and which cards that counts."""
    rows: list[Row] = []
    words = _known(told)
    if words:
        rows += [BLANK, *text(words, width)]
    if told.forecast:
        rows += [BLANK, *text(in_full(told.forecast), width)]
        for each in what_helps(told.forecast, "v"):
            rows += hanging(Content("  – "), said(each), width)
    if words and told.readiness and (counted := what_counts(told.readiness)):
        rows += [BLANK, *text(counted, width, "$quiet")]
    return rows


def held_rows(held: "Held", questions: "Sequence[Named]", ticks: Mapping[str, int], width: int) -> list[Row]:
    """Lay out the questions that may have been asked."""
    asked = f"{held.name}, {long_date(held.when)}: which questions did you ask, and which were hard to judge?"
    rows = [BLANK, *text(asked, width, "bold $strong")]
    rows += [*text("Tick once: asked. Twice: asked, and hard to judge.", width, "$quiet"), BLANK]
    for place, question in enumerate(questions):
        sign, word, style = _TICKS[ticks.get(question.id, NOT_ASKED)]
        digit = str(place + 1) if place < DIGITS else " "
        head = Content.assemble("  ", (digit, "$key"), " ", (sign, style), " ")
        level = said(f"  for {question.level}" if question.level else "", "$quiet")
        words = Content.assemble((word, style), said(question.text), level)
        rows += hanging(head, words, width, target=question.id)
    hard = "What was hard comes first in your next sessions. Nothing of a candidate is kept."
    return [*rows, BLANK, *text(hard, width, "$quiet")]


def _ahead(told: "InterviewAhead") -> str:
    entry = told.entry
    if entry.over:
        return "its hour has passed"
    if entry.days:
        return in_days(entry.days)
    left = minutes_of(told.steps)
    return f"about {count(left, 'minute')}" if left else "all steps are done" if told.steps else "today"


def _met(entry: "InterviewEntry") -> str:
    if not entry.questions:
        return ""
    return f"You have met {entry.questions_met} of its {count(entry.questions, 'question')}."


def _step(step: Step, width: int) -> list[Row]:
    name = said(f"  {_NAMES[step.part]:<11}", "bold $strong")
    left = Content.assemble(name, said(step.told))
    minutes = said(f"{step.minutes:>2} min   ", "$quiet") + Content(" ")
    right = Content.styled("✓", "$right") if step.done else minutes
    room = min(width, _MOST)
    short = room - right.cell_length - 2
    if left.cell_length > short:
        left = left.truncate(max(8, short), ellipsis=True)
    return apart(left, right, room, step_target(step))


def _known(told: "InterviewAhead") -> str:
    """Return how much would be known now, and at best at its hour."""
    if told.readiness is None or told.entry.over:
        return ""
    known = told.readiness
    if told.at_best and known.whole:
        return (
            f"You would know {of_all(known.whole)} now; at best {told.at_best} then, with these steps done."
        )
    return " ".join(filter(None, (in_words(known), in_parts(known))))


def _choice(key: str, words: str, target: str, width: int) -> list[Row]:
    return hanging(Content.assemble("  ", (f"{key:>5}", "$key"), "  "), Content(words), width, target=target)
