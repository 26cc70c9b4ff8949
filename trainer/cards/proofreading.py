"""What an editor would say of a sheet: cards that can be asked, but teach badly or give themselves away."""

import random
import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from trainer.cards.card import Card, Form, Question, Way
from trainer.cards.cues import cues_in
from trainer.cards.library import Library
from trainer.cards.meanings import conclusion
from trainer.cards.similarity import likeness
from trainer.material.questions import InterviewQuestion
from trainer.material.sheet import Sheet

PAGE_WIDTH, PAGE_LINES = 57, 16
"""What a card has on a screen of 60 by 20, between the line at the top and the keys."""

_OPTION_HEAD, _TEXT_INDENT, _INDENT = 5, 4, 2
_FEW, _MANY = 3, 12
"""Rolls of the dice that a question is looked at with, and that an \"always\" must stand."""
_LONG = 45
"""Options of fewer characters are names: their lengths tell little, and one may hold another."""
_SEEN = 1.1
"""How much longer an option is than the next, at least, for the difference to be seen."""
_SAME = 96
"""From this likeness (0 to 100) on two options say the same."""
WEAK = 2
"""Scores up to this are a no."""


class Remark(Struct, frozen=True):
    """One thing to mend."""

    way: str
    """The way to the item by its ids."""
    text: str


def proofread(sheet: Sheet, library: Library) -> Iterator[Remark]:
    """Yield what is to be mended in a sheet of the library, section by section, then card by card."""
    for check in (_terms, _titles, _levels, _flags, _questions):
        yield from check(sheet)
    for card in library.cards.values():
        if card.sheet.id == sheet.id:
            yield from _card(card)


def _terms(sheet: Sheet) -> Iterator[Remark]:
    for term in sheet.terms:
        for name in (term.term, term.stands_for):
            if name and _holds(term.meaning, name):
                yield Remark(
                    f'term "{term.id}" › meaning', f'it contains "{name}", the word that it explains.'
                )
        if any(_holds(conclusion(term), name) for name in term.names):
            yield Remark(
                f'term "{term.id}" › signal', "it names the term, so it can't be one of several answers."
            )


def _holds(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def _titles(sheet: Sheet) -> Iterator[Remark]:
    for title in sheet.titles:
        if not title.why:
            yield _no_why(f'title "{title.id}"')


def _levels(sheet: Sheet) -> Iterator[Remark]:
    stands: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for level, indicator in sheet.indicators():
        way = f'level "{level.id}" › indicator "{indicator.id}"'
        if indicator.variants and not indicator.why:
            yield _no_why(way)
        for cue in indicator.cues:
            if not any(cues_in(line.text, named=[cue]) for line in indicator.lines):
                yield Remark(f"{way} › cues", f'"{cue}" stands in none of its lines, so it marks nothing.')
        for text in (indicator.text, *(line.text for line in indicator.lines)):
            stands[" ".join(text.casefold().split())].append((level.id, way))
    for text, places in stands.items():
        if len({level for level, _ in places}) > 1:
            yield Remark(places[-1][1], f'"{text}" stands at another level too: {places[0][1]}.')


def _flags(sheet: Sheet) -> Iterator[Remark]:
    for flag in sheet.red_flags:
        if flag.evidence and not flag.why:
            yield _no_why(f'red flag "{flag.id}"')


def _questions(sheet: Sheet) -> Iterator[Remark]:
    for question in sheet.questions:
        if question.answers:
            yield from _answers(question)


def _answers(question: InterviewQuestion) -> Iterator[Remark]:
    way = f'question "{question.id}"'
    for point in question.points:
        if not any(answer.points.get(point.id) == "shown" for answer in question.answers):
            yield Remark(f'{way} › point "{point.id}"', "no answer shows it.")
    if all(answer.score > WEAK for answer in question.answers):
        yield Remark(way, f"it has no weak answer, one that is worth {WEAK} or less.")
    for answer in question.answers:
        if not answer.why:
            yield _no_why(f'{way} › answer "{answer.id}"')


def _no_why(way: str) -> Remark:
    return Remark(way, 'the key "why" is missing: who gets it wrong learns nothing. Add it.')


def _card(card: Card) -> Iterator[Remark]:
    """Yield each fault of a card once, however many of its questions have it."""
    found: dict[str, Remark] = {}
    for way in card.ways():
        where = f"card {card.id}, asked by {way.key}"
        for question in _asked(card, way, _FEW):
            for look in _LOOKS:
                if text := look(question):
                    found.setdefault(look.__name__, Remark(where, text))
        if all(map(_longest_is_right, _asked(card, way, _MANY))):
            text = "the right option is always the longest: who knows nothing takes it. Even out the lengths."
            found.setdefault(_longest_is_right.__name__, Remark(where, text))
    yield from found.values()


def _asked(card: Card, way: Way, seeds: int) -> Iterator[Question]:
    for seed in range(seeds):
        for stage in way.stages:
            yield card.ask(way, stage, random.Random(f"{card.id} {way.key} {stage} {seed}"))


def _longest_is_right(question: Question) -> bool:
    if question.form is not Form.CHOOSE or len(question.options) < 3:
        return False
    lengths = sorted((len(option.text) for option in question.options), reverse=True)
    longest = max(question.options, key=lambda option: len(option.text))
    return lengths[0] >= _LONG and lengths[0] > lengths[1] * _SEEN and longest.right


def _overlapping(question: Question) -> str:
    long = [option.text for option in question.options if len(option.text) >= _LONG]
    for i, text in enumerate(long):
        for other in long[:i]:
            if likeness(text, other) >= _SAME:
                return f'two options say the same: "{other}" and "{text}".'
    return ""


def _too_long(question: Question) -> str:
    parts = [
        (question.intro, _INDENT),
        (question.text, _TEXT_INDENT),
        (question.prompt, _INDENT),
        *((option.text, _OPTION_HEAD) for option in question.options),
    ]
    lines = sum(_lines(text, PAGE_WIDTH - indent) for text, indent in parts)
    lines += 2 if question.form in {Form.TYPE, Form.FLIP} else 1
    if lines <= PAGE_LINES:
        return ""
    return f"it takes {lines} lines where a small screen (60 by 20) has {PAGE_LINES}. Shorten its texts."


@lru_cache(maxsize=4096)  # each option stands in many questions
def _lines(text: str, width: int) -> int:
    return sum(len(textwrap.wrap(line, width)) for line in text.split("\n"))


_LOOKS: tuple[Callable[[Question], str], ...] = (_overlapping, _too_long)
