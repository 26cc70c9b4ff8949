"""Giving the items of a page the ids that they had before: progress hangs on them."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from trainer.material.differences import LISTS, TEXT_KEYS, Raw, folded
from trainer.material.ids import Ids

ALIKE = 80
"""Texts of the same section that are this alike (0 to 100) are one item, whose wording was changed."""

_SHARING = {
    "terms": ("examples", "contrasts"),
    "examples": ("terms", "contrasts"),
    "questions": ("red_flags",),
    "red_flags": ("questions",),
}
"""Sections whose ids must differ from those of others, because their cards stand in one deck."""

_LEVEL = "level of the indicator"
"""The key, of no file, by which an indicator says where it stands while all of them are compared."""

_MOST_COMPARED = 10_000
"""Pairs of texts that are compared at most."""


def align(page: Raw, *known: Raw) -> Raw:
    """Return a page's sheet with the ids of `known`, earlier sheets of it, where they have the same items.

    The same is what has the same words, else the same id, else nearly the same words.
    """
    aligned = {
        **page,
        **{section: _aligned(page, known, section) for section in LISTS[""] if section in page},
    }
    renamed = {
        old["id"]: new["id"]
        for old, new in zip(page.get("levels", []), aligned.get("levels", []), strict=True)
    }
    for question in aligned.get("questions", []):
        if "level" in question:
            question["level"] = renamed.get(question["level"], question["level"])
    return aligned


def _aligned(page: Raw, known: Sequence[Raw], section: str) -> list[Raw]:
    if section == "levels":
        return _aligned_levels(page[section], [level for sheet in known for level in sheet.get(section, [])])
    earlier = [item for sheet in known for item in sheet.get(section, [])]
    items = _with_ids(page[section], earlier, section, _ids_beside(known, section))
    for item in items:
        if "points" in item:
            same = [
                point for old in earlier if old.get("id") == item["id"] for point in old.get("points", [])
            ]
            item["points"] = _with_ids(item["points"], same, "points", set())
    return items


def _ids_beside(known: Sequence[Raw], section: str) -> set[str]:
    beside = (item for sheet in known for other in _SHARING.get(section, ()) for item in sheet.get(other, []))
    return {item["id"] for item in beside if "id" in item}


def _aligned_levels(levels: Sequence[Raw], earlier: Sequence[Raw]) -> list[Raw]:
    """Align levels by name, else by what stands under them; an indicator may have moved to another level."""
    named = []
    for level in levels:
        texts = set(_texts(level))
        known = {folded(old.get("name")) for old in earlier}
        same = next(
            (old for old in earlier if texts and len(texts & set(_texts(old))) * 2 > len(texts)), None
        )
        renamed = same is not None and folded(level["name"]) not in known
        named.append({**level, "id": same["id"]} if same is not None and renamed else level)
    result = _with_ids(named, earlier, "levels", set())
    items = iter(_with_ids(list(_indicators(result)), list(_indicators(earlier)), "indicators", set()))
    for level in result:
        if "indicators" in level:
            level["indicators"] = [_without_level(next(items)) for _ in level["indicators"]]
    return result


def _indicators(levels: Sequence[Raw]) -> Iterator[Raw]:
    """Yield the indicators of all levels, each with the level that it stands under."""
    for level in levels:
        for item in level.get("indicators", []):
            yield {**item, _LEVEL: level.get("id", "")}


def _without_level(item: Raw) -> Raw:
    return {key: value for key, value in item.items() if key != _LEVEL}


def _texts(level: Raw) -> Iterator[str]:
    return (folded(item.get("text")) for item in level.get("indicators", []))


def _with_ids(items: Sequence[Raw], earlier: Sequence[Raw], section: str, used: Collection[str]) -> list[Raw]:
    """Return the items with the ids of the same earlier ones; `used` holds those that none may get."""
    key = TEXT_KEYS[section]
    given: dict[int, str] = {}
    taken = set(used)

    def give(place: int, ids: Iterable[str]) -> None:
        id_ = next((each for each in ids if each not in taken), None)
        if id_ is not None and place not in given:
            given[place] = id_
            taken.add(id_)

    there, anywhere = _by_text(earlier, key, _LEVEL), _by_text(earlier, key)
    known = {old["id"] for old in earlier if "id" in old}
    for place, item in enumerate(items):
        give(place, there.get((folded(item[key]), item.get(_LEVEL, "")), ()))
    for place, item in enumerate(items):
        give(place, anywhere.get((folded(item[key]), ""), ()))
    for place, item in enumerate(items):
        give(place, {item["id"]} & known)
    for place, id_ in _nearly(items, earlier, key, given, taken):
        give(place, [id_])
    ids = Ids(taken | known)
    return [{**item, "id": given.get(place) or ids.free(item["id"])} for place, item in enumerate(items)]


def _by_text(earlier: Sequence[Raw], key: str, beside: str = "") -> dict[tuple[str, str], dict[str, None]]:
    """Return the ids of items by their text and the value of another key."""
    ids: dict[tuple[str, str], dict[str, None]] = {}
    for old in earlier:
        if "id" in old:
            ids.setdefault((folded(old.get(key)), old.get(beside, "")), {})[old["id"]] = None
    return ids


def _nearly(
    items: Sequence[Raw], earlier: Sequence[Raw], key: str, ids: Collection[int], used: Collection[str]
) -> Iterator[tuple[int, str]]:
    rest = [place for place in range(len(items)) if place not in ids]
    left = {old["id"]: folded(old.get(key)) for old in earlier if old.get("id", "") not in {"", *used}}
    if not rest or not left or len(rest) * len(left) > _MOST_COMPARED:
        return
    from rapidfuzz import fuzz  # noqa: PLC0415 — an import that changes no wording needs none

    def likeness(one: str, other: str) -> float:
        longer = fuzz.token_set_ratio(one, other) if " " in one and " " in other else 0
        return max(fuzz.ratio(one, other), ALIKE if longer == 100 else 0)

    for place in rest:
        text = folded(items[place][key])
        best = max(left, key=lambda id_: likeness(text, left[id_]), default="")
        if best and likeness(text, left[best]) >= ALIKE:
            del left[best]
            yield place, best
