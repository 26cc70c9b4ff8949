"""References of a sheet that lead nowhere, taken out of its raw data.

Where a learner removed an item, what is new in the shipped sheet may still speak of it.
"""

import copy
from collections.abc import Collection, Iterator

from trainer.material.changes import Way, find, item_way
from trainer.material.differences import Raw


def pruned(sheet: Raw) -> Raw:
    """Return a sheet without its references to items of its own that are not there."""
    sheet = copy.deepcopy(sheet)
    flags, levels = _ids(sheet, "red_flags"), _ids(sheet, "levels")
    indicators = {id_ for level in _tables(sheet, "levels") for id_ in _ids(level, "indicators")}
    terms = _ids(sheet, "terms")
    for term in _tables(sheet, "terms"):
        _keep_in_list(term, "confuse_with", {*terms, *_elsewhere(term, str(sheet.get("id")))})
    for level in _tables(sheet, "levels"):
        for indicator in _tables(level, "indicators"):
            _keep_in_list(indicator, "twins", {*indicators, *_elsewhere(indicator, str(sheet.get("id")))})
            _keep_in_table(indicator, "why_not", levels)
    for contrast in _tables(sheet, "contrasts"):
        sides = contrast.get("sides", {})
        contrast["lines"] = [line for line in _tables(contrast, "lines") if line.get("means") in sides]
    for flag in _tables(sheet, "red_flags"):
        _keep_in_list(flag, "also_fits", flags)
    _prune_questions(sheet, flags, levels)
    return sheet


def _prune_questions(sheet: Raw, flags: Collection[str], levels: Collection[str]) -> None:
    questions = list(_tables(sheet, "questions"))
    fitting = {f"{each.get('id')}.{id_}" for each in questions for id_ in _ids(each, "points")}
    for question in questions:
        if question.get("level") not in levels:
            question.pop("level", None)
        _keep_in_list(question, "also_fits", fitting)
        _keep_in_list(question, "flags", flags)
        points = _ids(question, "points")
        for answer in _tables(question, "answers"):
            _keep_in_list(answer, "flags", flags)
            _keep_in_table(answer, "points", points)
            _keep_in_table(answer, "words", {*answer.get("points", {}), *answer.get("flags", [])})
            quotes: Raw = answer.get("words", {})
            _keep_in_table(answer, "words", {key for key, words in quotes.items() if words in answer["text"]})


def without(sheet: Raw, way: Way) -> Raw:
    """Return a sheet without the item that a way leads to, or into."""
    sheet = copy.deepcopy(sheet)
    *around, id_ = item_way(way) or ("", "")
    items = find(sheet, tuple(around))
    if isinstance(items, list):
        items[:] = [item for item in items if item.get("id") != id_]
    return sheet


def _tables(table: Raw, section: str) -> Iterator[Raw]:
    items = table.get(section, [])
    return (item for item in items if isinstance(item, dict)) if isinstance(items, list) else iter(())


def _ids(table: Raw, section: str) -> set[str]:
    return {str(item.get("id")) for item in _tables(table, section)}


def _elsewhere(item: Raw, own: str) -> set[str]:
    """Return the references of an item that lead into other sheets; what they name is not known here."""
    references = [*item.get("confuse_with", []), *item.get("twins", [])]
    return {each for each in references if "#" in each and each.partition("#")[0] != own}


def _keep_in_list(item: Raw, key: str, known: Collection[str]) -> None:
    if key in item:
        item[key] = [each for each in item[key] if each in known or each.rpartition("#")[2] in known]


def _keep_in_table(item: Raw, key: str, known: Collection[str]) -> None:
    if key in item:
        item[key] = {name: value for name, value in item[key].items() if name in known}
