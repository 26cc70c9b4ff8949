"""Level indicators: which level a skill or a line of a résumé points to."""

import random
from collections.abc import Iterable, Iterator

from trainer.cards.card import (
    BECAUSE,
    Card,
    Form,
    Line,
    Option,
    Question,
    Skill,
    Way,
    fairness,
    not_this_one,
)
from trainer.cards.cues import cues_in
from trainer.cards.sheets import Sheets
from trainer.cards.similarity import likeness
from trainer.humanize import with_article
from trainer.material.changes import Way as ItemWay
from trainer.material.sheet import Indicator, Level, ResumeLine, Sheet, UnclearLine, as_line

CANNOT_TELL = "Can't tell from this line"
_UNCLEAR = "unclear"
DONT_SCREEN = (
    "Don't screen by them: a fixed number of years can be indirect age discrimination "
    "(UK Equality Act 2010 s.19), and an upper limit is a risk in the US too. Ask what somebody did."
)
"""What to know wherever a page's years are told."""


def cards(sheet: Sheet, sheets: Sheets) -> Iterator[Card]:
    """Yield the deck of a sheet, the levels in turn; one level alone asks nothing."""
    levels = asked_levels(sheet)
    if len(levels) < 2:
        return
    origin = sheet.origin
    for row in range(max(*(len(level.indicators) for level in levels), len(sheet.unclear))):
        for level in levels:
            for indicator in level.indicators[row : row + 1]:
                yield IndicatorCard(
                    sheet, "levels", indicator.id, origin=origin, level=level, indicator=indicator
                )
        for line in sheet.unclear[row : row + 1]:
            yield UnclearCard(sheet, "levels", line.id, origin="trade", line=line)


def asked_levels(sheet: Sheet) -> tuple[Level, ...]:
    """Return the levels to choose from; one that only questions name tells nothing of a line."""
    return tuple(level for level in sheet.levels if level.indicators) or sheet.levels


class _LineCard(Card, frozen=True, eq=False, kw_only=True):
    """Asks for the level of a line; a subclass says which level is right and why not another."""

    def question(  # noqa: PLR0913 — what differs from line to line
        self, way: Way, text: str, *, cues: tuple[str, ...], answer: str, lines: tuple[Line, ...], hint: str
    ) -> Question:
        """Return the question that is asked of every line."""
        return Question(
            card=self,
            way=way,
            intro="A résumé line:",
            text=f"“{text}”",
            cues=cues,
            prompt="Which level does it point to?",
            options=(
                *(self.option(level, text) for level in asked_levels(self.sheet)),
                Option(_UNCLEAR, CANNOT_TELL, right=self.right == _UNCLEAR, why=self.why_not(None)),
            ),
            answer=answer,
            lines=lines,
            hint=hint,
            unseen_counts=True,
        )

    def option(self, level: Level, line: str) -> Option:
        """Return a level to choose, with what it is known by."""
        right = level.id == self.right
        other = None if right else self._nearest(level, line)
        return Option(
            level.id,
            level.name,
            right=right,
            why=self.why_not(level),
            note=level.rule or "",
            compare=f"“{other[1].text}” = {level.name}." if other else "",
            quotes=((f"{self.sheet.id}/{self.deck}/{other[0].id}", other[1].id),) if other else (),
        )

    def _nearest(self, level: Level, line: str) -> tuple[Indicator, ResumeLine] | None:
        """Return the line of a level that is most like another, None if there is none.

        One that is held back is never shown: whether it is known unseen is yet to be asked.
        """
        lines = [
            (indicator, each)
            for indicator in self.alike(level)
            for each in (indicator.lines[:-1] if _holds_back(indicator) else indicator.lines)
        ]
        return max(lines, key=lambda other: likeness(other[1].text, line), default=None)

    @property
    def unasked(self) -> str:
        return page_years((level.name, level.years) for level in self.sheet.levels)

    def chosen_level(self, chosen: str) -> Level | None:
        """Return the level that an option stands for, None for "can't tell"."""
        return next((level for level in self.sheet.levels if level.id == chosen), None)

    def first_texts(self) -> tuple[str, ...]:
        return (self.first_line,)

    @property
    def first_line(self) -> str:
        """The line by which it is first met."""
        raise NotImplementedError

    @property
    def right(self) -> str:
        """The id of the right option."""
        raise NotImplementedError

    def why_not(self, level: Level | None) -> str:
        """Return why a level, or None for "can't tell", is wrong; empty for the right one."""
        raise NotImplementedError

    def alike(self, level: Level) -> tuple[Indicator, ...]:
        """Return the indicators of another level to take a line from, to compare with."""
        return level.indicators


class IndicatorCard(_LineCard, frozen=True, eq=False, kw_only=True):
    """A skill, asked by a different line each time."""

    level: Level
    indicator: Indicator

    @property
    def skill(self) -> Skill:
        return Skill("told", f"{self.level.name} line", f"{self.level.name} lines")

    @property
    def first_line(self) -> str:
        return self._lines()[0].text

    @property
    def right(self) -> str:
        return self.level.id

    def ways(self) -> tuple[Way, ...]:
        lines, holds = self._lines(), _holds_back(self.indicator)
        return tuple(Way(line.id, Form.CHOOSE, held=holds and line == lines[-1]) for line in lines)

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        text = next(line.text for line in self._lines() if line.id == way.key)
        if not self.indicator.variants:
            return self._ask_for_the_page(way, text, rng)
        why = self.indicator.why or ""
        cues = cues_in(text, named=self.indicator.cues, why=why)
        quoted = ", ".join(f"“{cue}”" for cue in cues)
        lines = [Line(BECAUSE, why, at_once=True)] if why else []
        if self.level.rule:
            lines.append(Line("The rule", _rule(self.sheet)))
        lines += fairness(self.indicator.fair, at_once=not why)
        return self.question(
            way,
            text,
            cues=cues,
            answer=f"It is {self.level.name}: “{self.indicator.text}”.",
            lines=tuple(lines),
            hint=f"Look at {quoted}." if cues else "",
        )

    def _ask_for_the_page(self, way: Way, text: str, rng: random.Random) -> Question:
        """Ask for the level that the page gives the skill: there is no line of a résumé to judge."""
        options = tuple(self.option(level, text) for level in asked_levels(self.sheet))
        return Question(
            card=self,
            way=way,
            intro="A sign of experience:",
            text=text,
            prompt="Which level does the page give it?",
            options=options,
            answer=f"{self.level.name}: “{text}”.",
            lines=(Line("The rule", _rule(self.sheet)),) if self.level.rule else (),
            hint=not_this_one(options, rng),
        )

    def why_not(self, level: Level | None) -> str:
        if level is None:
            rule = self.level.rule
            told = f"it is of somebody who {rule}" if rule else f"it shows “{self.indicator.text}”"
            return f"The line tells enough: {told}."
        if level.id == self.level.id:
            return ""
        if not self.indicator.variants:
            return f"The page gives it to {self.level.name}."
        return self.indicator.why_not.get(level.id) or (
            f"{level.name} {level.rule}; this line shows “{self.indicator.text}”."
            if level.rule
            else f"This line shows “{self.indicator.text}”, which belongs to {self.level.name}."
        )

    def alike(self, level: Level) -> tuple[Indicator, ...]:
        twins = tuple(each for each in level.indicators if each.id in self.indicator.twins)
        return twins or level.indicators

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        for level in sheet.levels:
            yield "levels", level.id, "indicators", self.item

    def mistake(self, way: str, chosen: str) -> str:
        level = self.chosen_level(chosen)
        if level:
            return f"took {with_article(self.level.name)} line for {level.name}"
        return f"found no level in a line that is {self.level.name}" if chosen == _UNCLEAR else ""

    def _lines(self) -> tuple[ResumeLine, ...]:
        return self.indicator.lines or (as_line(self.indicator.text),)


class UnclearCard(_LineCard, frozen=True, eq=False, kw_only=True):
    """A line that does not tell the level."""

    line: UnclearLine

    @property
    def skill(self) -> Skill:
        return Skill("saw through", "line that tells no level", "lines that tell no level")

    @property
    def first_line(self) -> str:
        return self.line.line.text

    @property
    def right(self) -> str:
        return _UNCLEAR

    def ways(self) -> tuple[Way, ...]:
        return (Way(self.line.line.id, Form.CHOOSE),)

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        return self.question(
            way,
            self.line.line.text,
            cues=cues_in(self.line.line.text, why=self.line.why),
            answer="You can't tell from this line.",
            lines=(Line(BECAUSE, self.line.why, at_once=True),),
            hint="Is there a verb that says what they did themselves?",
        )

    def why_not(self, level: Level | None) -> str:
        if level is None:
            return ""
        shown = f"somebody who {level.rule}" if level.rule else "what they did themselves"
        return f"A line for {level.name} would have to show {shown}."

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "unclear", self.item

    def mistake(self, way: str, chosen: str) -> str:
        level = self.chosen_level(chosen)
        return f"read {level.name} out of a line that tells no level" if level else ""


def _holds_back(indicator: Indicator) -> bool:
    """Return whether the last of its lines is kept until all others were right."""
    return len(indicator.lines) > 2


def page_years(levels: Iterable[tuple[str, str | None]]) -> str:
    """Return what a page says of the years of its levels, by name, with a warning; empty if nothing."""
    said = ", ".join(f"{name} {years}" for name, years in levels if years)
    return f"Years, as the page has them: {said}. {DONT_SCREEN}" if said else ""


def _rule(sheet: Sheet) -> str:
    return "; ".join(f"{level.name} {level.rule}" for level in sheet.levels if level.rule) + "."
