"""What a person can mend in what was found on a page. Each function returns a new `Found`.

Positions are those in the tuples of the `Found` that is given.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, TypeVar, get_args

from trainer.material.page.found import Found, FoundLevel, FoundPoint, FoundText, Unplaced
from trainer.material.page.naming import named
from trainer.material.title_cuts import joined, parted

_T = TypeVar("_T")

Section = Literal["job_titles", "titles", "red_flags", "examples"]
"""The sections that are plain lists; a level is named by its own name."""

LISTS: tuple[str, ...] = get_args(Section)

UNPLACED = "unplaced"
"""The lines that belong to no section."""

SINGLE = ("name", "industry", "meaning", "signal")
"""The parts that stand on a page once; the last only if the definition says it."""


def join(found: Found, target: str, place: int) -> Found:
    """Join an item of a section or a level, or an unplaced line, to the one after it."""
    items = _lines(found, target)
    if place + 1 >= len(items):
        return found
    first, second = items[place : place + 2]
    text = joined(first.text, second.text) if target == "titles" else f"{first.text} {second.text}"
    return _with_lines(found, target, (*items[:place], _saying(first, text), *items[place + 2 :]))


def split(found: Found, target: str, place: int, words: int) -> Found:
    """Split an item, or an unplaced line, after so many of its words."""
    text = _lines(found, target)[place].text
    said = text.split()
    parts = parted(text, words) if target == "titles" else [" ".join(said[:words]), " ".join(said[words:])]
    return _in_parts(found, target, place, parts)


def split_at(found: Found, target: str, place: int, sign: str) -> Found:
    """Split an item, or an unplaced line, wherever a sign stands: a comma, a semicolon."""
    return _in_parts(found, target, place, _lines(found, target)[place].text.split(sign))


def move(found: Found, source: str, place: int, target: Section | str) -> Found:
    """Put an item of a section or a level into another one; it is sure then.

    Raises ValueError for a target that is neither.
    """
    items = _items(found, source)
    moved = _with_items(found, source, _without(items, place))
    return _with_items(moved, target, _in_order(_items(moved, target), _sure(items[place])))


def confirm(found: Found, part: str, place: int = 0) -> Found:
    """Say that an item is right: the one at a place of a section, a level or a question, or a single one.

    `part` is the name of the field of `Found`, or of the level whose indicator it is; among the "doubts"
    it takes one away. Raises ValueError for a name that is neither.
    """
    if part in SINGLE:
        item: FoundText | None = getattr(found, part)
        return _with_part(found, part, item and _sure(item))
    match part:
        case "doubts":
            return replace(found, doubts=_without(found.doubts, place))
        case "levels":
            level = replace(found.levels[place], doubt="")
            return replace(found, levels=_with(found.levels, place, level))
        case "questions":
            question = found.questions[place]
            question = replace(question, ask=_sure(question.ask))
            asked = replace(found, questions=_with(found.questions, place, question))
            return confirm_points(asked, place)
    items = _items(found, part)
    return _with_items(found, part, _with(items, place, _sure(items[place])))


def set_text(found: Found, target: Section | str, place: int, text: str) -> Found:
    """Give an item of a section or a level another text, which is then sure; an empty one changes nothing.

    Raises ValueError for a target that is neither.
    """
    items, words = _items(found, target), " ".join(text.split())
    if not words:
        return found
    changed = replace(items[place], text=words, doubt="")
    return _with_items(found, target, _with(items, place, changed))


def set_single(found: Found, part: str, text: str) -> Found:
    """Give the industry, the meaning or the signal another text; an empty one takes it out."""
    item: FoundText | None = getattr(found, part)
    words = " ".join(text.split())
    return _with_part(found, part, FoundText(words, item.line if item else 1) if words else None)


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


def accept(found: Found) -> Found:
    """Say that every item that is in doubt is right; what has no place stays without."""
    for part in SINGLE:
        found = confirm(found, part)
    for part in LISTS:
        found = _with_items(found, part, tuple(map(_sure, _items(found, part))))
    return replace(
        found,
        levels=tuple(replace(level, doubt="") for level in found.levels),
        questions=tuple(replace(question, ask=_sure(question.ask)) for question in found.questions),
        doubts=(),
    )


def _lines(found: Found, target: str) -> tuple[FoundText | Unplaced, ...]:
    return found.unplaced if target == UNPLACED else _items(found, target)


def _with_lines(found: Found, target: str, lines: Sequence[FoundText | Unplaced]) -> Found:
    if target == UNPLACED:
        return _with_part(found, UNPLACED, tuple(lines))
    return _with_items(found, target, tuple(line for line in lines if isinstance(line, FoundText)))


def _saying(line: FoundText | Unplaced, text: str) -> FoundText | Unplaced:
    return replace(line, text=text) if isinstance(line, Unplaced) else replace(line, text=text, doubt="")


def _in_parts(found: Found, target: str, place: int, parts: Sequence[str]) -> Found:
    lines, texts = _lines(found, target), [part.strip() for part in parts if part.strip()]
    if len(texts) < 2:
        return found
    new = (_saying(lines[place], text) for text in texts)
    return _with_lines(found, target, (*lines[:place], *new, *lines[place + 1 :]))


def _sure(item: FoundText) -> FoundText:
    return replace(item, doubt="")


def _with_part(found: Found, part: str, value: object) -> Found:
    changed: dict[str, Any] = {part: value}
    return replace(found, **changed)


def _with_titles(found: Found, place: int, count: int, titles: Sequence[FoundText]) -> Found:
    changed = (*found.titles[:place], *titles, *found.titles[place + count :])
    return replace(found, titles=changed)


def _with_points(found: Found, place: int, points: tuple[FoundPoint, ...]) -> Found:
    question = replace(found.questions[place], points=points)
    return replace(found, questions=_with(found.questions, place, question))


def _items(found: Found, target: str) -> tuple[FoundText, ...]:
    items: tuple[FoundText, ...] = (
        getattr(found, target) if target in LISTS else _level(found, target).indicators
    )
    return items


def _with_items(found: Found, target: str, items: tuple[FoundText, ...]) -> Found:
    if target in LISTS:
        return _with_part(found, target, items)
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
