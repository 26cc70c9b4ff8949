"""The brief as a page: parts in their order, which text, Markdown, HTML and the app lay out."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from trainer.material.questions import InterviewQuestion, RedFlag
from trainer.reports.brief import NEVER, RULES, Brief
from trainer.reports.readiness import in_parts, in_words, what_counts

_ANCHORS = (5, 3, 1)
TRAPS = 6
"""Regional notes at most: a page has room for no more."""

Kind = Literal["title", "section", "heading", "text", "item", "copy", "notes"]


class Part(Struct, frozen=True):
    """A part of the page."""

    kind: Kind
    """"copy" is to be copied letter by letter, "notes" is room to write in."""
    text: str = ""
    label: str = ""
    """What stands before the text: "Follow-up"."""
    under: bool = False
    """Whether it belongs to the item above it."""


def brief_page(brief: Brief) -> Iterator[Part]:
    """Yield the parts of a brief; what there is nothing to say of takes no room."""
    yield Part("title", f"Interview: {brief.role}{f', {brief.level.name}' if brief.level else ''}")
    yield from _readiness(brief)
    if brief.meaning:
        yield Part("text", brief.meaning)
    yield from _levels(brief)
    yield from _questions(brief)
    yield from _flags(brief)
    yield from _missed(brief)
    yield from _search(brief)
    yield from _traps(brief)
    yield from _rules(brief)


def _readiness(brief: Brief) -> Iterator[Part]:
    if brief.readiness and (told := in_words(brief.readiness)):
        parts = in_parts(brief.readiness), what_counts(brief.readiness)
        yield Part("text", " ".join(part for part in (told, *parts) if part))


def _levels(brief: Brief) -> Iterator[Part]:
    if not brief.levels:
        return
    yield Part("section", "What tells the levels apart")
    for level in brief.levels:
        hired = brief.level is not None and level.id == brief.level.id
        yield Part("item", level.rule or "", f"{level.name}{' (you hire for this)' if hired else ''}")
        if hired or brief.level is None:
            for indicator in level.indicators:
                if indicator.why:
                    yield Part("item", indicator.why, under=True)


def _questions(brief: Brief) -> Iterator[Part]:
    if not brief.questions:
        return
    yield Part("section", "Questions, and what a strong answer shows")
    for number, question in enumerate(brief.questions, 1):
        yield Part("heading", f"{number}. {question.ask}")
        yield from _listened_for(question)
        yield Part("notes", "Score 1 2 3 4 5")


def _listened_for(question: InterviewQuestion) -> Iterator[Part]:
    for point in question.points:
        yield Part("item", point.text)
        if point.probe:
            yield Part("item", point.probe, "Only claimed? Ask", under=True)
    for score in _ANCHORS:
        if anchor := question.anchors.get(score):
            yield Part("text", anchor, str(score))


def _flags(brief: Brief) -> Iterator[Part]:
    if not brief.flags:
        return
    yield Part("section", "Red flags, and what only looks like one")
    for flag in brief.flags:
        yield Part("item", flag.text, "Safety" if flag.safety else "")
        if brief.level:
            yield from _example(flag)
        yield from _told_apart(flag)


def _example(flag: RedFlag) -> Iterator[Part]:
    """Yield a line that raises the flag and one that does not; with all levels there is no room for them."""
    for line in flag.evidence[:1]:
        yield Part("item", f"“{line}”", "A flag", under=True)
    for line in flag.look_alikes[:1]:
        yield Part("item", f"“{line}”", "None", under=True)


def _told_apart(flag: RedFlag) -> Iterator[Part]:
    if flag.why:
        yield Part("item", flag.why, "Tell them apart", under=True)
    if flag.probe:
        yield Part("item", flag.probe, "Ask", under=True)


def _missed(brief: Brief) -> Iterator[Part]:
    if not brief.missed:
        return
    yield Part("section", "Read these once more: you might miss them today")
    for each in brief.missed:
        yield Part("item", each.asks)
        yield Part("item", each.answer, under=True)


def _search(brief: Brief) -> Iterator[Part]:
    if not brief.search:
        return
    yield Part("section", "Titles to search for")
    yield Part("copy", brief.search)
    if brief.filtered:
        yield Part("text", "Wider, with hits to look through:")
        yield Part("copy", brief.wide_search)
        for each in brief.filtered:
            if each.why:
                yield Part("item", each.why, each.title)


def _traps(brief: Brief) -> Iterator[Part]:
    if not brief.traps:
        return
    yield Part("section", "The same word, another job")
    for trap in brief.traps[:TRAPS]:
        yield Part("item", trap.text, f"{trap.word} ({trap.region})")


def _rules(brief: Brief) -> Iterator[Part]:
    yield Part("section", "A fair interview")
    for rule in RULES:
        yield Part("item", rule)
    yield Part("text", NEVER, "Never ask about")
    for fair in brief.fair:
        yield Part("item", fair.text, fair.about)
