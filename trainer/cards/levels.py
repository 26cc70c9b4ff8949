"""Level indicators: which level a line of a résumé proves at least, or a page gives a skill."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from operator import itemgetter

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
from trainer.cards.role_names import role_called
from trainer.cards.sheets import Sheets
from trainer.cards.similarity import ALIKE, likeness
from trainer.humanize import with_article
from trainer.material.changes import Way as ItemWay
from trainer.material.sheet import Indicator, Level, ResumeLine, Sheet, UnclearLine, as_line

NOTHING = "Nothing: no work of their own is in it"
_UNCLEAR = "unclear"
DONT_SCREEN = (
    "Don't screen by them: a fixed number of years can be indirect age discrimination "
    "(UK Equality Act 2010 s.19), and an upper limit is a risk in the US too. Ask what somebody did."
)
"""What to know wherever a page's years are told."""


def cards(sheet: Sheet, sheets: Sheets) -> Iterator[Card]:
    """Yield the deck of a sheet, the levels in turn, and lines that prove nothing evenly among them.

    One level alone asks nothing.
    """
    levels = asked_levels(sheet)
    if len(levels) < 2:
        return
    origin = sheet.origin
    told = [
        IndicatorCard(sheet, "levels", indicator.id, origin=origin, level=level, indicator=indicator)
        for row in zip_longest(*(level.indicators for level in levels))
        for level, indicator in zip(levels, row, strict=True)
        if indicator
    ]
    unclear = [UnclearCard(sheet, "levels", line.id, origin="trade", line=line) for line in sheet.unclear]
    yield from (card for _, card in sorted((*_spread(told), *_spread(unclear)), key=itemgetter(0)))


def asked_levels(sheet: Sheet) -> tuple[Level, ...]:
    """Return the levels to choose from; one that only questions name tells nothing of a line."""
    return tuple(level for level in sheet.levels if level.indicators) or sheet.levels


def _spread(group: Sequence[Card]) -> Iterator[tuple[float, Card]]:
    """Yield each card of a group with a place between 0 and 1, evenly apart."""
    yield from (((i + 0.5) / len(group), card) for i, card in enumerate(group))


class _LineCard(Card, frozen=True, eq=False, kw_only=True):
    """Asks what a line proves, another line each time; a subclass says which level is right."""

    @property
    def heading(self) -> str:
        return f"“{self.lines[0].text}”"

    def ways(self) -> tuple[Way, ...]:
        lines = self.lines
        held = lines[len(_shown_before(lines)) :]
        return tuple(Way(line.id, Form.CHOOSE, held=line in held) for line in lines)

    def text_of(self, way: Way) -> str:
        """Return the line that a way asks."""
        return next(line.text for line in self.lines if line.id == way.key)

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
            prompt=f"For {with_article(role_called(self.sheet))}, what does this line prove at least?",
            options=(
                *(self.option(level, text) for level in asked_levels(self.sheet)),
                Option(_UNCLEAR, NOTHING, right=self.right == _UNCLEAR, why=self.why_not(None)),
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
            (indicator, each) for indicator in self.alike(level) for each in _shown_before(indicator.lines)
        ]
        return max(lines, key=lambda other: likeness(other[1].text, line), default=None)

    @property
    def unasked(self) -> str:
        return page_years((level.name, level.years) for level in self.sheet.levels)

    def chosen_level(self, chosen: str) -> Level | None:
        """Return the level that an option stands for, None for nothing."""
        return next((level for level in self.sheet.levels if level.id == chosen), None)

    def first_texts(self) -> tuple[str, ...]:
        return (self.lines[0].text,)

    @property
    def lines(self) -> tuple[ResumeLine, ...]:
        """The lines that it asks, one at least."""
        raise NotImplementedError

    @property
    def right(self) -> str:
        """The id of the right option."""
        raise NotImplementedError

    @property
    def right_ids(self) -> tuple[str, ...]:
        return (self.right,)

    def why_not(self, level: Level | None) -> str:
        """Return why a level, or None for nothing, is wrong; empty for the right one."""
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
    def lines(self) -> tuple[ResumeLine, ...]:
        return self.indicator.lines or (as_line(self.indicator.text),)

    @property
    def right(self) -> str:
        return self.level.id

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        text = self.text_of(way)
        if not self.indicator.variants:
            return self._ask_for_the_page(way, rng)
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
            answer=f"It proves {self.level.name} at least: “{self.indicator.text}”.",
            lines=tuple(lines),
            hint=f"Look at {quoted}." if cues else "",
        )

    def _ask_for_the_page(self, way: Way, rng: random.Random) -> Question:
        """Ask for the level that the page gives the skill: there is no line of a résumé to judge."""
        options = tuple(self._option_of_the_page(level) for level in asked_levels(self.sheet))
        return Question(
            card=self,
            way=way,
            intro="A sign of experience:",
            text=without_level_word(self.indicator.text, self.level, self.sheet),
            prompt="Which level does the glossary page give it?",
            options=options,
            answer=f"{self.level.name}: “{self.indicator.text}”.",
            lines=(Line("The rule", _rule(self.sheet)),) if self.level.rule else (),
            hint=not_this_one(options, rng),
        )

    def _option_of_the_page(self, level: Level) -> Option:
        """Return a level to choose, with what the page gives it instead."""
        right = level.id == self.level.id
        text = self.indicator.text
        other = max(level.indicators, key=lambda each: likeness(each.text, text), default=None)
        if right or other is None:
            return Option(level.id, level.name, right=right, why=self.why_not(level), note=level.rule or "")
        return Option(
            level.id,
            level.name,
            right=False,
            why=f"{level.name} has “{other.text}” on the glossary page.",
            note=level.rule or "",
            quotes=((f"{self.sheet.id}/{self.deck}/{other.id}", as_line(other.text).id),),
        )

    def why_not(self, level: Level | None) -> str:
        if level is None:
            rule = self.level.rule
            told = f"of somebody who {rule}" if rule else f"it shows “{self.indicator.text}”"
            return f"There is work of their own in it: {told}."
        if level.id == self.level.id:
            return ""
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
        return f"found nothing in {with_article(self.level.name)} line" if chosen == _UNCLEAR else ""


class UnclearCard(_LineCard, frozen=True, eq=False, kw_only=True):
    """A kind of line that proves nothing, as no work of their own is in it."""

    line: UnclearLine

    @property
    def skill(self) -> Skill:
        return Skill("saw through", "line that proves nothing", "lines that prove nothing")

    @property
    def lines(self) -> tuple[ResumeLine, ...]:
        return self.line.lines

    @property
    def right(self) -> str:
        return _UNCLEAR

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        text = self.text_of(way)
        return self.question(
            way,
            text,
            cues=cues_in(text, why=self.line.why),
            answer="It proves nothing: no work of their own is in it.",
            lines=(Line(BECAUSE, self.line.why, at_once=True),),
            hint="Is there a verb that says what they did themselves?",
        )

    def why_not(self, level: Level | None) -> str:
        if level is None:
            return ""
        shown = f"somebody who {level.rule}" if level.rule else "what they did themselves"
        return f"To prove {level.name} at least, it would have to show {shown}."

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "unclear", self.item

    def mistake(self, way: str, chosen: str) -> str:
        level = self.chosen_level(chosen)
        return f"read {level.name} out of a line that proves nothing" if level else ""


_LEVEL_WORD = re.compile(
    r"(?:very )?(?:basic|simple|elementary|fundamental|introductory|beginner|intermediate|complex|advanced"
    r"|expert|sophisticated|(?:entry|junior|mid|senior|high|expert)[- ]level|junior|senior)(?:,? |-)"
    r"(?=(?!(?:and|or|of|in|to|for|with|at|on|from|as|knowledge|understanding|skills?|level)\b)\S+ )",
    re.IGNORECASE,
)
"""A word at the head of an indicator that names its level, where two words and more say what it is."""


def without_level_word(text: str, level: Level, sheet: Sheet) -> str:
    """Return an indicator without a first word that betrays its level, unless another level says the same."""
    word = _LEVEL_WORD.match(text)
    if not word:
        return text
    rest = text[word.end() :]
    others = (each.text for other in sheet.levels if other.id != level.id for each in other.indicators)
    if any(likeness(_bare(other), rest.casefold()) >= ALIKE for other in others):
        return text
    return rest[:1].upper() + rest[1:] if text[:1].isupper() else rest


def _bare(text: str) -> str:
    return _LEVEL_WORD.sub("", text, count=1).casefold()


def _shown_before(lines: Sequence[ResumeLine]) -> Sequence[ResumeLine]:
    """Return the lines of a card without the one that is kept until all others were right; two keep none."""
    return lines[:-1] if len(lines) > 2 else lines


def page_years(levels: Iterable[tuple[str, str | None]]) -> str:
    """Return what a page says of the years of its levels, by name, with a warning; empty if nothing."""
    said = ", ".join(f"{name} {years}" for name, years in levels if years)
    return f"Years, as the glossary page has them: {said}. {DONT_SCREEN}" if said else ""


def _rule(sheet: Sheet) -> str:
    return "; ".join(f"{level.name} {level.rule}" for level in sheet.levels if level.rule) + "."
