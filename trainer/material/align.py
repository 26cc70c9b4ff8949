"""Giving the items of a page the ids that they had before: progress hangs on them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import structs

from trainer.material.differences import folded
from trainer.material.ids import Ids
from trainer.material.items import Item
from trainer.material.questions import InterviewQuestion
from trainer.material.sections import LISTS, SHARED_IDS, items_of, text_of
from trainer.material.sheet import Indicator, Level, Sheet

ALIKE = 80
"""Texts of the same section that are this alike (0 to 100) are one item, whose wording was changed."""

_MOST_COMPARED = 10_000
"""Pairs of texts that are compared at most."""

_I = TypeVar("_I", bound=Item)


def align(page: Sheet, *known: Sheet) -> Sheet:
    """Return a page's sheet with the ids of `known`, earlier sheets of it, where they have the same items.

    The same is what has the same words, else the same id, else nearly the same words.
    """
    levels = _aligned_levels(page.levels, [level for sheet in known for level in sheet.levels])
    renamed = {old.id: new.id for old, new in zip(page.levels, levels, strict=True)}
    aligned = {section: _aligned(page, known, section) for section in LISTS[""] if section != "levels"}
    sheet = structs.replace(page, **aligned, levels=levels)
    earlier = [question for each in known for question in each.questions]
    questions = tuple(_aligned_question(question, earlier, renamed) for question in sheet.questions)
    return structs.replace(sheet, questions=questions)


def _aligned(page: Sheet, known: Sequence[Sheet], section: str) -> tuple[Item, ...]:
    earlier = [item for sheet in known for item in items_of(sheet, section)]
    beside = [other for group in SHARED_IDS if section in group for other in group if other != section]
    used = {item.id for sheet in known for other in beside for item in items_of(sheet, other)}
    return _with_ids(items_of(page, section), earlier, used)


def _aligned_question(
    question: InterviewQuestion, earlier: Sequence[InterviewQuestion], renamed: Mapping[str, str]
) -> InterviewQuestion:
    same = [point for old in earlier if old.id == question.id for point in old.points]
    level = renamed.get(question.level, question.level) if question.level else None
    return structs.replace(question, level=level, points=_with_ids(question.points, same))


def _aligned_levels(levels: Sequence[Level], earlier: Sequence[Level]) -> tuple[Level, ...]:
    """Align levels by name, else by what stands under them; an indicator may have moved to another level."""
    known = {folded(old.name) for old in earlier}
    named = []
    for level in levels:
        texts = set(_texts(level))
        same = next(
            (old for old in earlier if texts and len(texts & set(_texts(old))) * 2 > len(texts)), None
        )
        renamed = same if folded(level.name) not in known else None
        named.append(structs.replace(level, id=renamed.id) if renamed else level)
    result = _with_ids(named, earlier)
    aligned = iter(
        _with_ids(_indicators(result), _indicators(earlier), places=(_places(result), _places(earlier)))
    )
    return tuple(
        structs.replace(level, indicators=tuple(next(aligned) for _ in level.indicators)) for level in result
    )


def _indicators(levels: Iterable[Level]) -> list[Indicator]:
    return [indicator for level in levels for indicator in level.indicators]


def _places(levels: Iterable[Level]) -> list[str]:
    """Return for every indicator the id of the level that it stands under."""
    return [level.id for level in levels for _ in level.indicators]


def _texts(level: Level) -> Iterator[str]:
    return (folded(item.text) for item in level.indicators)


def _with_ids(
    items: Sequence[_I],
    earlier: Sequence[_I],
    used: Collection[str] = (),
    places: Sequence[Sequence[str]] = ((), ()),
) -> tuple[_I, ...]:
    """Return the items with the ids of the same earlier ones; `used` holds those that none may get.

    `places` says, for the items and the earlier ones, what each stands under, where they stand apart.
    """
    here, there = (list(each) or [""] * len(of) for each, of in zip(places, (items, earlier), strict=True))
    given: dict[int, str] = {}
    taken = set(used)

    def give(place: int, ids: Iterable[str]) -> None:
        id_ = next((each for each in ids if each not in taken), None)
        if id_ is not None and place not in given:
            given[place] = id_
            taken.add(id_)

    at_place: dict[tuple[str, str], list[str]] = {}
    anywhere: dict[str, list[str]] = {}
    for old, under in zip(earlier, there, strict=True):
        at_place.setdefault((folded(text_of(old)), under), []).append(old.id)
        anywhere.setdefault(folded(text_of(old)), []).append(old.id)
    known = {old.id for old in earlier}
    for place, item in enumerate(items):
        give(place, at_place.get((folded(text_of(item)), here[place]), ()))
    for place, item in enumerate(items):
        give(place, anywhere.get(folded(text_of(item)), ()))
    for place, item in enumerate(items):
        give(place, {item.id} & known)
    for place, id_ in _nearly(items, earlier, given, taken):
        give(place, [id_])
    ids = Ids(taken | known)
    return tuple(
        structs.replace(item, id=given.get(place) or ids.free(item.id)) for place, item in enumerate(items)
    )


def _nearly(
    items: Sequence[Item], earlier: Sequence[Item], ids: Collection[int], used: Collection[str]
) -> Iterator[tuple[int, str]]:
    rest = [place for place in range(len(items)) if place not in ids]
    left = {old.id: folded(text_of(old)) for old in earlier if old.id not in used}
    if not rest or not left or len(rest) * len(left) > _MOST_COMPARED:
        return
    from rapidfuzz import fuzz  # noqa: PLC0415 — an import that changes no wording needs none

    def likeness(one: str, other: str) -> float:
        longer = fuzz.token_set_ratio(one, other) if " " in one and " " in other else 0
        return max(fuzz.ratio(one, other), ALIKE if longer == 100 else 0)

    for place in rest:
        text = folded(text_of(items[place]))
        best = max(left, key=lambda id_: likeness(text, left[id_]), default="")
        if best and likeness(text, left[best]) >= ALIKE:
            del left[best]
            yield place, best
