"""Giving the items of a page the ids that they had before: progress hangs on them."""

from collections.abc import Iterator, Sequence

from trainer.material.differences import LISTS, TEXT_KEYS, Raw, folded

ALIKE = 80
"""Texts of the same section that are this alike (0 to 100) are one item, whose wording was changed."""

_SHARING = {
    "terms": ("examples", "contrasts"),
    "examples": ("terms", "contrasts"),
    "questions": ("red_flags",),
    "red_flags": ("questions",),
}
"""Sections whose ids must differ from those of others, because their cards stand in one deck."""

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
    indicators = [item for old in earlier for item in old.get("indicators", [])]
    used: set[str] = set()  # ids are not given twice, whatever the level
    for level in result:
        if "indicators" in level:
            level["indicators"] = _with_ids(level["indicators"], indicators, "indicators", used)
    return result


def _texts(level: Raw) -> Iterator[str]:
    return (folded(item.get("text")) for item in level.get("indicators", []))


def _with_ids(items: Sequence[Raw], earlier: Sequence[Raw], section: str, used: set[str]) -> list[Raw]:
    """Return the items with the ids of the same earlier ones; `used` holds those that are given away."""
    key = TEXT_KEYS[section]
    ids: dict[int, str] = {}
    by_text = {folded(old.get(key)): old["id"] for old in reversed(earlier) if "id" in old}
    known = {old["id"] for old in earlier if "id" in old}
    for place, item in enumerate(items):
        id_ = by_text.get(folded(item[key]))
        if id_ and id_ not in used:
            ids[place] = id_
            used.add(id_)
    for place, item in enumerate(items):
        if place not in ids and item["id"] in known - used:
            ids[place] = item["id"]
            used.add(item["id"])
    for place, id_ in _nearly(items, earlier, key, ids, used):
        ids[place] = id_
        used.add(id_)
    return [
        {**item, "id": ids.get(place) or _free(item["id"], used | known, used)}
        for place, item in enumerate(items)
    ]


def _nearly(
    items: Sequence[Raw], earlier: Sequence[Raw], key: str, ids: dict[int, str], used: set[str]
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


def _free(id_: str, taken: set[str], used: set[str]) -> str:
    number = 1
    free = id_
    while free in taken:
        number += 1
        free = f"{id_}-{number}"
    used.add(free)
    return free
