"""The report on a team as rows: one drill at a time."""

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.engine.drill_words import PRIVATE
from trainer.reports.calibration import Calibration
from trainer.reports.calibration_words import (
    EVIDENCE,
    SCORES,
    evidence_head,
    evidence_words,
    notes_of,
    score_head,
    score_words,
)
from trainer.reports.team import DrillReport, TeamReport
from trainer.reports.team_formats import heading, items_note, reached_words, tally

_COLUMN = 18
"""Cells for an alias."""


def team_page(report: TeamReport, place: int, width: int) -> list[Row]:
    """Lay out how a team stands with the drill at a place."""
    rows = [BLANK]
    if report.drills:
        rows += _drill(report.drills[place], report.day, width)
    else:
        rows += text("The team has no drill yet.", width)
    if report.told:
        rows += [BLANK, *text("To look at", width, "bold $strong")]
        for words in report.told:
            rows += hanging(Content("  – "), said(words), width)
    return [*rows, BLANK, *text(PRIVATE, width, "$quiet")]


def _drill(each: DrillReport, today: date, width: int) -> Iterator[Row]:
    yield from text(heading(each, today), width, "bold $strong")
    yield from text(tally(each), width)
    yield BLANK
    for row in each.rows:
        yield from labelled(
            [(row.person.alias, reached_words(row.reached, each.drill, today))], width, column=_COLUMN
        )
    if note := items_note(each):
        yield from (BLANK, *text(note, width, "$quiet"))
    if each.calibration:
        yield from _calibration(each.calibration, width)
    if each.items:
        yield from (BLANK, *text("Weakest questions, at first attempts", width, "bold $strong"))
    for item in each.items:
        head = Content.styled(f"  {item.wrong} of {item.of}  ", "$key")
        yield from hanging(
            head, said(f"{item.number}: {item.says}{f' ({item.why})' if item.why else ''}"), width
        )
    if each.confusions:
        yield from (BLANK, *text("Often chosen instead", width, "bold $strong"))
    for confused in each.confusions:
        head = Content.styled(f"  {confused.by} of {confused.of}  ", "$key")
        yield from hanging(head, said(f"{confused.number}: {confused.says}: {confused.chose}"), width)


def _calibration(found: Calibration, width: int) -> Iterator[Row]:
    for words in notes_of(found):
        yield from (BLANK, *text(words, width))
    if found.scores:
        yield from (BLANK, *text(SCORES, width, "bold $strong"))
    for each in found.scores:
        first, *rest = score_words(each)
        yield from hanging(Content("  "), said(f"{score_head(each)}", "$key"), width)
        for words in (first, *rest):
            yield from text(words, width, indent=4)
    if found.evidence:
        yield from (BLANK, *text(EVIDENCE, width, "bold $strong"))
    for split in found.evidence:
        yield from hanging(Content("  "), said(f"{evidence_head(split)}", "$key"), width)
        yield from text(evidence_words(split), width, indent=4)
