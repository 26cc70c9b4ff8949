"""From what was found on a page to a sheet, with the keys of its TOML file."""

from collections.abc import Iterable, Iterator
from typing import Any

from trainer.material.ids import Ids, id_of
from trainer.material.page.found import Found, FoundLevel, FoundQuestion

Raw = dict[str, Any]
"""A sheet or a part of one, as its TOML file has it."""


def build_sheet(found: Found) -> Raw:
    """Return the sheet that a page gives. Every text in it stands on the page."""
    name = found.name.text if found.name else ""
    ids = Ids()
    parts: Raw = {
        "format": 1,
        "id": id_of(found.term or name),
        "name": name,
        "industry": found.industry.text if found.industry else "",
        "job_titles": [item.text for item in found.job_titles],
        "terms": list(_terms(found, ids)),
        "titles": list(_titles(found)),
        "levels": list(_levels(found)),
        "questions": [],
        "red_flags": [],
        "examples": [{"id": ids.of(item.text, 5), "text": item.text} for item in found.examples],
    }
    level_ids = {_level_key(level["name"]): level["id"] for level in parts["levels"]}
    ids = Ids()
    parts["questions"] = [_question(question, ids, level_ids) for question in found.questions]
    parts["red_flags"] = [{"id": ids.of(item.text), "text": item.text} for item in found.red_flags]
    return _filled(parts)


def level_of(name: str, levels: Iterable[FoundLevel]) -> FoundLevel | None:
    """Return the level that a question's heading names, if it is among the levels."""
    return next((level for level in levels if _level_key(level.name) == _level_key(name)), None)


def _filled(parts: Raw) -> Raw:
    return {key: value for key, value in parts.items() if value not in ("", [], None)}


def _terms(found: Found, ids: Ids) -> Iterator[Raw]:
    if not (found.term and found.meaning):
        return
    yield _filled(
        {
            "id": ids.of(found.term),
            "term": found.term,
            "stands_for": found.stands_for,
            "aliases": list(found.aliases),
            "from": "page",
            "meaning": found.meaning.text,
        }
    )


def _titles(found: Found) -> Iterator[Raw]:
    ids = Ids()
    for item in found.titles:
        yield {"id": ids.of(item.text), "title": item.text, "from": "page"}


def _levels(found: Found) -> Iterator[Raw]:
    ids, level_ids = Ids(), Ids()
    for level in found.levels:
        indicators = [{"id": ids.of(item.text), "text": item.text} for item in level.indicators]
        yield _filled(
            {
                "id": level_ids.of(_level_key(level.name) or level.name),
                "name": level.name,
                "years": level.years,
                "indicators": indicators,
            }
        )


def _question(question: FoundQuestion, ids: Ids, level_ids: dict[str, str]) -> Raw:
    point_ids = Ids()
    points = [
        {"id": point_ids.of(point.text, 5), "text": point.text} | ({"draft": True} if point.draft else {})
        for point in question.points
    ]
    return _filled(
        {
            "id": ids.of(question.ask.text, 6),
            "level": level_ids.get(_level_key(question.level), ""),
            "ask": question.ask.text,
            "points": points,
        }
    )


def _level_key(name: str) -> str:
    """Return what counts of a level's name: "Mid-Level" and "Mid" are the same."""
    return " ".join(
        word for word in name.casefold().replace("-", " ").split() if word not in {"level", "levels"}
    )
