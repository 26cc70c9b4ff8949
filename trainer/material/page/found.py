"""What was found on a page: the parts with the lines they came from, what is missing and what is unsure.

A `Found` is a value. What a person corrects (see `mend`) gives another one; `sheet` is always what
it comes to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from trainer.humanize import count

if TYPE_CHECKING:
    from trainer.material.sheet import Sheet


@dataclass(frozen=True)
class FoundText:
    """A text with the line that it came from."""

    text: str
    line: int
    doubt: str = ""
    """Why it is unsure; empty when it is sure."""


@dataclass(frozen=True)
class FoundLevel:
    """A level of experience."""

    name: str
    line: int
    years: str = ""
    indicators: tuple[FoundText, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class FoundPoint:
    """A clause of an expected answer."""

    text: str
    draft: bool = True
    """Confirmed by nobody yet."""


@dataclass(frozen=True)
class FoundQuestion:
    """An interview question with its expected answer."""

    ask: FoundText
    level: str = ""
    """The name of its level, as its heading has it; empty when there was none."""
    answer: FoundText | None = None
    points: tuple[FoundPoint, ...] = ()


@dataclass(frozen=True)
class Unplaced:
    """A line that belongs to no section for certain, for a person to place."""

    text: str
    line: int
    why: str
    bullet: bool = True
    aside: bool = False
    """Whether it stands in a section that no sheet has a place for: then it is told with the others there."""


@dataclass(frozen=True)
class Unsure:
    """One thing that a person should look at."""

    line: int
    what: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a page says, part by part."""

    text: str
    """The page as plain text; lines are counted in it."""
    above: int = 0
    """The lines that stand above the page, where it is one of several in a text."""
    name: FoundText | None = None
    """The page's title, or the term that its first sentence explains."""
    titled: bool = False
    """Whether the name is the page's title."""
    term: str = ""
    stands_for: str = ""
    aliases: tuple[str, ...] = ()
    industry: FoundText | None = None
    meaning: FoundText | None = None
    signal: FoundText | None = None
    """What the page says that the term means on a résumé."""
    job_titles: tuple[FoundText, ...] = ()
    titles: tuple[FoundText, ...] = ()
    """What to search for too, as the line was cut."""
    levels: tuple[FoundLevel, ...] = ()
    questions: tuple[FoundQuestion, ...] = ()
    red_flags: tuple[FoundText, ...] = ()
    examples: tuple[FoundText, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    doubts: tuple[Unsure, ...] = ()
    """Doubts on no item that can be corrected."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the sections that were not found."""
        found = {
            "title": self.titled,
            "industry": self.industry,
            "definition": self.meaning,
            "examples in resumes": self.examples,
            "typical job title": self.job_titles,
            "also try searching for": self.titles,
            "interview questions": self.questions,
            "question levels": not self.questions or any(question.level for question in self.questions),
            "experience level indicators": any(level.indicators for level in self.levels),
            "red flags": self.red_flags,
        }
        return tuple(name for name, there in found.items() if not there)

    @property
    def unsure(self) -> tuple[Unsure, ...]:
        """What a person should look at, in the order of the page."""
        return tuple(sorted(self._unsure(), key=lambda each: each.line))

    @property
    def unsure_in_text(self) -> tuple[Unsure, ...]:
        """The same, with lines counted in the whole text that the page came in."""
        return tuple(replace(each, line=each.line + self.above) for each in self.unsure)

    def _unsure(self) -> Iterator[Unsure]:
        yield from self.doubts
        for line, others in _together(self.unplaced):
            what = "bullet without a place" if line.bullet else "line without a place"
            more = f", and {count(others, 'more line')} there" if others else ""
            yield Unsure(line.line, f"{what}: {line.why}{more}", line.text)
        sections = {
            "name": (self.name,) if self.name else (),
            "industry": (self.industry,) if self.industry else (),
            "definition": (self.meaning,) if self.meaning else (),
            "on a résumé": (self.signal,) if self.signal else (),
            "job title": self.job_titles,
            "title to search": self.titles,
            "question": tuple(question.ask for question in self.questions),
            "red flag": self.red_flags,
            "example": self.examples,
        }
        for what, items in sections.items():
            for item in items:
                if item.doubt:
                    yield Unsure(item.line, f"{what}: {item.doubt}", item.text)
        for level in self.levels:
            if level.doubt:
                yield Unsure(level.line, f"level: {level.doubt}", level.name)

    @property
    def sheet(self) -> "Sheet":
        """The sheet that it comes to. Its id is the term's; see `importing` for a free one."""
        from trainer.material.page.build import build_sheet  # noqa: PLC0415 — it builds on this module

        return build_sheet(self)


def _together(unplaced: Iterable[Unplaced]) -> Iterator[tuple[Unplaced, int]]:
    """Yield each line with how many others are told with it."""
    for aside, lines in groupby(unplaced, key=lambda line: line.why if line.aside else ""):
        first, *others = lines
        yield first, len(others) if aside else 0
        if not aside:
            yield from ((line, 0) for line in others)
