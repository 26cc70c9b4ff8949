"""A place: its features, each with its key, and what they have to tell."""

from collections.abc import Sequence

from textual.content import Content

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.layout import BLANK, apart, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.place_screen import feature_target
from trainer.app.kit.row_list import Row

Listed = Sequence[tuple[Feature, Sequence[Line]]]
"""The features of a place, each with the lines that stand under its own."""

_GAP = 2
"""Cells at least between a line and its figures; where they are not there, the figures stand below."""


def line_target(feature: str, place: int) -> str:
    """Return the target of a further line of a feature."""
    return f"line.{feature}.{place}"


def place_page(listed: Listed, width: int) -> list[Row]:
    """Lay a place out: what opens with a key stands first, then those with lines of their own.

    What opens nothing and has no line yet is left out; what has no key only heads its lines.
    """
    rows: list[Row] = [BLANK]
    short = [(feature, lines) for feature, lines in listed if feature.open and not lines]
    for feature, _ in short:
        rows += _opens(feature, width)
    for feature, lines in listed:
        if lines:
            rows += [BLANK, *_with_lines(feature, lines, width)]
    return rows


def _opens(feature: Feature, width: int) -> list[Row]:
    head = Content.assemble("  ", (feature.printed_key or " ", "$key"), "  ")
    return hanging(head, Content(feature.line), width, target=feature_target(feature.name))


def _with_lines(feature: Feature, lines: Sequence[Line], width: int) -> list[Row]:
    rows: list[Row] = []
    if feature.open and feature.key:
        rows += _opens(feature, width)
    elif feature.line:
        rows += text(feature.line, width, "$quiet")
    for i, line in enumerate(lines):
        words = said(f"     {line.words}")
        target = line_target(feature.name, i) if line.choice or line.open else ""
        figures = said(line.figures, "$quiet")
        if line.figures and words.cell_length + _GAP + figures.cell_length <= width:
            rows += apart(words, figures, min(width, 72), target)
            continue
        rows.append(Row(words.truncate(width, ellipsis=True), target))
        if line.figures:
            rows += [Row(row.content, target) for row in hanging(Content(" " * 7), figures, width)]
    return rows
