"""What a person can mend in what was found on a page. Each function returns a new `Found`.

Positions are those in the tuples of the `Found` that is given.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from trainer.material.page.found import Found, FoundLevel, FoundPoint, FoundText, Unplaced
from trainer.material.page.naming import named
from trainer.material.title_cuts import joined, parted

_T = TypeVar("_T")

Section = Literal["titles", "red_flags", "examples", "job_titles"]
"""The sections that are plain lists; a level is named by its own name."""


def join_titles(found: Found, place: int) -> Found:
    """Join the title at a place to the one after it."""
    if place + 1 >= len(found.titles):
        return found
    first, second = found.titles[place : place + 2]
    return _with_titles(found, place, 2, [FoundText(joined(first.text, second.text), first.line)])


def split_title(found: Found, place: int, words: int) -> Found:
    """Split the title at a place after so many of its words."""
    title = found.titles[place]
    parts = parted(title.text, words)
    if len(parts) < 2:
        return found
    return _with_titles(found, place, 1, [FoundText(part, title.line) for part in parts])


def confirm(found: Found, part: str, place: int = 0) -> Found:
    """Say that an item is right: the one at a place of a section, a level or a question, or a single one.

    `part` is the name of the field of `Found`, or of the level whose indicator it is; among the "doubts"
    it takes one away. Raises ValueError for a name that is neither.
    """
    match part:
        case "name":
            return replace(found, name=_sure(found.name))
        case "industry":
            return replace(found, industry=_sure(found.industry))
        case "meaning":
            return replace(found, meaning=_sure(found.meaning))
        case "signal":
            return replace(found, signal=_sure(found.signal))
        case "doubts":
            return replace(found, doubts=_without(found.doubts, place))
        case "levels":
            level = replace(found.levels[place], doubt="")
            return replace(found, levels=_with(found.levels, place, level))
        case "questions":
            question = found.questions[place]
            question = replace(question, ask=replace(question.ask, doubt=""))
            asked = replace(found, questions=_with(found.questions, place, question))
            return confirm_points(asked, place)
    items = _items(found, part)
    return _with_items(found, part, _with(items, place, replace(items[place], doubt="")))


def set_text(found: Found, target: Section | str, place: int, text: str) -> Found:
    """Give an item of a section or a level another text, which is then sure; an empty one changes nothing.

    Raises ValueError for a target that is neither.
    """
    items, words = _items(found, target), " ".join(text.split())
    if not words:
        return found
    changed = replace(items[place], text=words, doubt="")
    return _with_items(found, target, _with(items, place, changed))


def set_meaning(found: Found, text: str) -> Found:
    """Give the term another definition."""
    line = found.meaning.line if found.meaning else 1
    words = " ".join(text.split())
    return replace(found, meaning=FoundText(words, line) if words else None)


def set_signal(found: Found, text: str) -> Found:
    """Say otherwise what the term means on a résumé; an empty text takes it out."""
    line = found.signal.line if found.signal else 1
    words = " ".join(text.split())
    return replace(found, signal=FoundText(words, line) if words else None)


def drop_title(found: Found, place: int) -> Found:
    """Leave a title out."""
    return _with_titles(found, place, 1, [])


def place_line(found: Found, place: int, target: Section | str) -> Found:
    """Put an unplaced line into a section, or into the level of that name.

    Raises ValueError for a target that is neither.
    """
    line = found.unplaced[place]
    placed = _with_items(found, target, _in_order(_items(found, target), FoundText(line.text, line.line)))
    return replace(placed, unplaced=_without(found.unplaced, place))


def take_back(found: Found, target: Section | str, place: int) -> Found:
    """Make an item of a section or a level an unplaced line again.

    Raises ValueError for a target that is neither.
    """
    items = _items(found, target)
    line = Unplaced(items[place].text, items[place].line, "it was taken out of its section")
    unplaced = sorted((*found.unplaced, line), key=lambda each: each.line)
    return replace(_with_items(found, target, _without(items, place)), unplaced=tuple(unplaced))


def drop_line(found: Found, place: int) -> Found:
    """Leave an unplaced line out."""
    return replace(found, unplaced=_without(found.unplaced, place))


def confirm_points(found: Found, question: int) -> Found:
    """Say that the points of a question are cut right."""
    points = tuple(replace(point, draft=False) for point in found.questions[question].points)
    return _with_points(found, question, points)


def set_points(found: Found, question: int, texts: Sequence[str]) -> Found:
    """Give a question other points, which are then confirmed."""
    points = tuple(FoundPoint(text, draft=False) for text in dict.fromkeys(texts) if text.strip())
    return _with_points(found, question, points)


def rename(found: Found, text: str) -> Found:
    """Give the page another title: what stands in brackets is its abbreviation, or stands for it."""
    line = found.name.line if found.name else 1
    naming = named(" ".join(text.split()))
    return replace(
        found,
        name=FoundText(" ".join(text.split()), line),
        titled=True,
        term=naming.term,
        stands_for=naming.stands_for,
        aliases=naming.aliases,
    )


def set_industry(found: Found, text: str) -> Found:
    """Say which industry the page is from."""
    line = found.industry.line if found.industry else 1
    return replace(found, industry=FoundText(" ".join(text.split()), line) if text.strip() else None)


def accept(found: Found) -> Found:
    """Say that every item that is in doubt is right; what has no place stays without."""

    def sure(items: tuple[FoundText, ...]) -> tuple[FoundText, ...]:
        return tuple(replace(item, doubt="") for item in items)

    return replace(
        found,
        name=_sure(found.name),
        titles=sure(found.titles),
        job_titles=sure(found.job_titles),
        red_flags=sure(found.red_flags),
        examples=sure(found.examples),
        levels=tuple(replace(level, doubt="") for level in found.levels),
        questions=tuple(
            replace(question, ask=replace(question.ask, doubt="")) for question in found.questions
        ),
        doubts=(),
    )


def _sure(item: FoundText | None) -> FoundText | None:
    return replace(item, doubt="") if item else None


def _with_titles(found: Found, place: int, count: int, titles: Sequence[FoundText]) -> Found:
    changed = (*found.titles[:place], *titles, *found.titles[place + count :])
    return replace(found, titles=changed)


def _with_points(found: Found, place: int, points: tuple[FoundPoint, ...]) -> Found:
    question = replace(found.questions[place], points=points)
    questions = (*found.questions[:place], question, *found.questions[place + 1 :])
    return replace(found, questions=questions)


def _items(found: Found, target: str) -> tuple[FoundText, ...]:
    match target:
        case "titles":
            return found.titles
        case "red_flags":
            return found.red_flags
        case "examples":
            return found.examples
        case "job_titles":
            return found.job_titles
    return _level(found, target).indicators


def _with_items(found: Found, target: str, items: tuple[FoundText, ...]) -> Found:
    match target:
        case "titles":
            return replace(found, titles=items)
        case "red_flags":
            return replace(found, red_flags=items)
        case "examples":
            return replace(found, examples=items)
        case "job_titles":
            return replace(found, job_titles=items)
    level = _level(found, target)
    changed = replace(level, indicators=items)
    return replace(found, levels=tuple(changed if each is level else each for each in found.levels))


def _level(found: Found, name: str) -> FoundLevel:
    level = next((level for level in found.levels if level.name == name), None)
    if level is None:
        raise ValueError(f"there is no section and no level “{name}”")
    return level


def _in_order(items: Sequence[FoundText], item: FoundText) -> tuple[FoundText, ...]:
    if any(each.text == item.text for each in items):
        return tuple(items)
    return tuple(sorted((*items, item), key=lambda each: each.line))


def _with(items: tuple[_T, ...], place: int, item: _T) -> tuple[_T, ...]:
    return (*items[:place], item, *items[place + 1 :])


def _without(items: tuple[_T, ...], place: int) -> tuple[_T, ...]:
    return items[:place] + items[place + 1 :]
