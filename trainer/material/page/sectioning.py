"""Dividing a page into its sections: each a heading or a label with the lines below it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from trainer.material.page.headings import Kind, Mark, mark_of
from trainer.material.page.lead_ins import after_lead_in
from trainer.material.page.lines import PageLine, folded
from trainer.material.page.tables import with_tables


@dataclass
class Section:
    """A mark with the lines that follow it, up to the next mark."""

    mark: Mark | None
    lines: list[PageLine] = field(default_factory=list)

    @property
    def kind(self) -> Kind | None:
        """What the section is, None above the first mark."""
        return self.mark.kind if self.mark else None


_LONGEST_QUESTION = 50
"""Lines of a question at most, by the last of which an answer below it is known."""
_ABOVE = {Kind.SUBTITLE, Kind.EXAMPLES, Kind.JOB_TITLE, Kind.ALSO_TRY}
"""What begins once on a page, …"""
_BELOW = {Kind.ASK, Kind.LEVEL, Kind.RED_FLAGS}
"""… and above these."""
_ASKED = {Kind.QUESTIONS, Kind.QUESTION_LEVEL, Kind.ASK, Kind.ANSWER}
"""Below these a line may be a question, though no label says so."""


def sections_of(lines: Sequence[PageLine]) -> list[Section]:
    """Return the sections of a page in their order; the first is what stands above all marks."""
    sections = [Section(None)]
    there: set[Kind] = set()
    parts = list(with_tables(_subtitle_joined(lines)))
    for place, part in enumerate(parts):
        mark = part if isinstance(part, Mark) else _mark(part, sections)
        if mark and mark.kind in there & _ABOVE and there & _BELOW:
            # A page begins anew without a title that would tell where.
            rest = [each.line if isinstance(each, Mark) else each for each in parts[place:]]
            return _levels_that_ask([*sections, Section(Mark(Kind.SECOND, mark.line), rest)])
        if mark:
            if mark.kind is Kind.ANSWER and (asked := _asked_above(sections[-1])):
                sections.append(Section(asked))
            there.add(mark.kind)
            sections.append(Section(mark))
        elif isinstance(part, PageLine):
            sections[-1].lines.append(part)
    return _levels_that_ask(sections)


def _mark(line: PageLine, sections: Sequence[Section]) -> Mark | None:
    """Return what begins with a line, a question or an answer without a label too."""
    last = sections[-1]
    if mark := mark_of(line, last.kind):
        return mark
    if last.kind in _ASKED | {Kind.LEVEL} and last.lines and _asks(last.lines[-1]):
        mark = mark_of(line, Kind.ASK)
        return mark if mark and mark.kind is Kind.ANSWER else None
    if last.kind is Kind.ASK and last.mark:
        last_lines = last.lines[-_LONGEST_QUESTION:]
        asked = last.mark.value.endswith("?") or any(each.text.endswith("?") for each in last_lines)
        if asked and after_lead_in(line.text, 0, len(line.text)):
            return Mark(Kind.ANSWER, line, line.raw.strip("*_ "))
    elif last.kind in _ASKED and _asks(line) and not line.wrapped:
        return (
            Mark(Kind.ASK, line, line.raw.strip("#*_ "))
            if last.kind is not Kind.ANSWER or not line.bullet
            else None
        )
    return None


def _asks(line: PageLine) -> bool:
    text = line.text.strip("#*_ ")
    return text.endswith("?") and text[0].isupper()


def _asked_above(section: Section) -> Mark | None:
    """Return the question that stands right above an answer, though no label says so; it leaves there."""
    lines = section.lines
    if section.kind is Kind.ASK or not lines:
        return None
    end = len(lines) - 1
    while end and not lines[end].bullet and (lines[end].wrapped or lines[end].text[0].islower()):
        end -= 1
    asked = lines[end:]
    text = folded(line.text for line in asked).strip("#*_ ")
    sure = text.endswith("?") or (section.kind in _ASKED and not (asked[0].bullet and len(lines) > 1))
    empty = section.kind is Kind.ANSWER and not end and not (section.mark and section.mark.value)
    if not sure or empty:
        return None
    del lines[end:]
    return Mark(Kind.ASK, asked[0], text)


def _levels_that_ask(sections: Sequence[Section]) -> list[Section]:
    """Return sections, with a level that nothing but questions stand under as the heading over them."""
    found = list(sections)
    for place, (one, other) in enumerate(pairwise(sections)):
        if one.mark and one.kind is Kind.LEVEL and other.kind is Kind.ASK and not one.lines:
            found[place] = Section(replace(one.mark, kind=Kind.QUESTION_LEVEL))
    return found


def _subtitle_joined(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return lines, with a subtitle that was broken for its width on one."""
    for place, (line, following) in enumerate(pairwise(lines)):
        whole = replace(line, raw=folded([line.raw, following.raw]))
        mark = mark_of(whole, None) if following.wrapped else None
        if mark and mark.kind is Kind.SUBTITLE:
            return [*lines[:place], whole, *lines[place + 2 :]]
    return list(lines)
