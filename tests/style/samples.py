"""The texts of a sheet that are judged, each with what is right of it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from trainer.cards.levels import asked_levels
from trainer.material.questions import SampleAnswer
from trainer.material.sheet import Sheet


class Sample(NamedTuple):
    """A text, and what is right of it."""

    text: str
    label: str


Task = Callable[[Sheet], Iterator[Sample]]


def levels(sheet: Sheet) -> Iterator[Sample]:
    """Yield the lines of a résumé that prove a level."""
    for level in asked_levels(sheet):
        for indicator in level.indicators:
            yield from (Sample(line.text, level.id) for line in indicator.lines)


def nothing(sheet: Sheet) -> Iterator[Sample]:
    """Yield all lines of a résumé: do they prove nothing?"""
    yield from (Sample(line.text, "something") for line in levels(sheet))
    yield from (Sample(line.text, "nothing") for unclear in sheet.unclear for line in unclear.lines)


def snippets(sheet: Sheet) -> Iterator[Sample]:
    """Yield the pieces of answers: is the point shown, only claimed or missing?"""
    for question in sheet.questions:
        for point in question.points:
            said = {"shown": point.shows, "claimed": point.claims, "missing": point.misses}
            yield from (Sample(text, label) for label, text in said.items() if text)


def claimed(sheet: Sheet) -> Iterator[Sample]:
    """Yield the pieces of answers: is the point only claimed?"""
    for text, label in snippets(sheet):
        yield Sample(text, label if label == "claimed" else "not claimed")


def flags(sheet: Sheet) -> Iterator[Sample]:
    """Yield the lines that are a red flag, and those that only look like one."""
    for flag in sheet.red_flags:
        yield from (Sample(text, "flag") for text in flag.evidence)
        yield from (Sample(text, "look-alike") for text in flag.look_alikes)


def scores(sheet: Sheet) -> Iterator[Sample]:
    """Yield the whole answers: no (1 and 2), 3 or yes (4 and 5)?"""
    for answer in whole_answers(sheet):
        yield Sample(answer.text, "no" if answer.score < 3 else "3" if answer.score == 3 else "yes")


def yes_or_no(sheet: Sheet) -> Iterator[Sample]:
    """Yield the whole answers that are no 3."""
    yield from (sample for sample in scores(sheet) if sample.label != "3")


def whole_answers(sheet: Sheet) -> list[SampleAnswer]:
    """Return the whole answers of a sheet."""
    return [answer for question in sheet.questions for answer in question.answers]
