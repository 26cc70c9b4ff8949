"""What an import made of a page whose facts are known: what is right, wrong, told, and flagged in vain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.material.layouts import LAYOUTS, LEVELS, TRADES, Facts, Style
from trainer.errors import PageError
from trainer.material.page.found import Found
from trainer.material.page.reading import read_pages
from trainer.material.page.source import plain_text

Placed = tuple[str, str]
"""A place on a sheet, and the fact in it."""


@dataclass
class Measured:
    """What came of pages."""

    stated: int = 0
    found: int = 0
    points: int = 0
    lines: int = 0
    wrong: list[str] = field(default_factory=list)
    """Facts in a wrong place that no line tells."""
    lead_ins: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    """Lines flagged though all that stands on them was taken rightly."""


def measured(layouts: Iterable[str]) -> Measured:
    """Return what comes of every trade in these layouts; each page begins with other lead-ins."""
    sum_ = Measured()
    every = list(LAYOUTS)
    for name in layouts:
        place = every.index(name)
        for facts in TRADES:
            _measure(f"{name} / {facts.term}", facts, LAYOUTS[name](facts, Style(first=place)), sum_)
            place += len(facts.questions)
    return sum_


def _measure(name: str, facts: Facts, text: str, into: Measured) -> None:
    should = set(stated(facts))
    into.stated += len(should)
    try:
        [found] = read_pages(text)
    except (PageError, ValueError) as error:
        into.missed.append(f"{name}: {error}")
        return
    there = dict(in_place(found))
    if "question levels" in found.missing:  # the page does not say them, or it is told
        unsaid = {f"question {level}": "question " for level in LEVELS}
        should = {(unsaid.get(where, where), fact) for where, fact in should}
    wrong = {placed for placed in there if placed not in should}
    told = {each.line for each in found.unsure}
    lead_ins = {placed for placed in wrong if _keeps_lead_in(placed, facts)}
    into.points += sum(len(question.points) for question in found.questions)
    into.lead_ins += [f"{name}: {fact}" for _, fact in sorted(lead_ins)]
    into.wrong += [f"{name}: {placed}" for placed in sorted(wrong - lead_ins) if there[placed] not in told]
    into.missed += [f"{name}: {placed}" for placed in sorted(should - there.keys())]
    into.found += len(should & there.keys())
    plain = plain_text(text).split("\n")
    into.lines += sum(bool(line.strip()) for line in plain)
    at_fault = {there[placed] for placed in wrong}
    for each in found.unsure:
        facts_on_line = [fact for _, fact in should - there.keys() if fact in plain[each.line - 1]]
        if each.line not in at_fault and not facts_on_line:
            into.flagged.append(f"{name}: {each.what}: {each.text}")


def stated(facts: Facts) -> Iterator[Placed]:
    """Yield what a page on these facts says."""
    yield "term", facts.term
    yield "industry", facts.industry
    yield "meaning", " ".join(part for part in (facts.meaning, facts.also) if part)
    yield from (("example", text) for text in facts.examples)
    yield "job title", facts.job_title
    yield from (("title", text) for text in facts.titles)
    yield from ((f"level {name}", text) for name in LEVELS for text in facts.levels[name])
    yield from (("flag", text) for text in facts.flags)
    for question in facts.questions:
        yield f"question {question.level}", question.ask
        yield from ((f"point of {question.ask}", text) for text in question.points)
    if facts.signal:
        yield "signal", facts.signal
    if facts.stands_for:
        yield "stands for", facts.stands_for
    yield from (("alias", text) for text in facts.aliases)


def in_place(found: Found) -> Iterator[tuple[Placed, int]]:
    """Yield what an import has found, with the line that it came from."""
    head = found.name.line if found.name else 0
    meaning = found.meaning.line if found.meaning else head
    yield ("term", found.term), head
    if found.industry:
        yield ("industry", found.industry.text), found.industry.line
    if found.meaning:
        yield ("meaning", found.meaning.text), meaning
    if found.signal:
        yield ("signal", found.signal.text), meaning
    if found.stands_for:
        yield ("stands for", found.stands_for), head
    yield from ((("alias", text), meaning) for text in found.aliases)
    lists = {
        "example": found.examples,
        "job title": found.job_titles,
        "title": found.titles,
        "flag": found.red_flags,
    }
    for place, items in lists.items():
        yield from (((place, item.text), item.line) for item in items)
    for level in found.levels:
        yield from (((f"level {_level(level.name)}", item.text), item.line) for item in level.indicators)
    for question in found.questions:
        ask = question.ask.text
        yield (f"question {_level(question.level)}", ask), question.ask.line
        line = question.answer.line if question.answer else question.ask.line
        yield from (((f"point of {ask}", point.text), line) for point in question.points)


def _level(name: str) -> str:
    """Return the level that a name means."""
    words = name.casefold().replace("-", " ").split()
    known = {"new": "junior", "experienced": "senior", **{each: each for each in LEVELS}}
    return next((known[word] for word in words if word in known), name)


def _keeps_lead_in(placed: Placed, facts: Facts) -> bool:
    """Whether a point is a right one with words before it."""
    place, fact = placed
    if not place.startswith("point of "):
        return False
    points = [point for question in facts.questions for point in question.points]
    return any(fact != point and fact.endswith(point) for point in points)
