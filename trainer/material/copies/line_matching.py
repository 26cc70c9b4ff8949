"""Which entries of two lists are the same one, where they have no ids: résumé lines, notes, conclusions."""

import difflib
import operator
from collections.abc import Iterator, Sequence
from typing import Any

from trainer.material.differences import folded
from trainer.material.ids import Ids, hash_of

TELLING = 25
"""Characters from which on a text tells where it is from; shorter ones stand in many sheets."""

_ALIKE = 0.6
"""Texts that are this alike (0 to 1) are one, whose wording was changed."""

_NEARLY = 0.8
"""From here on a text that was added is taken for another wording of one that is gone."""


def has_id(entry: Any) -> bool:
    """Return whether an entry has an id of its own, as a résumé line that was mended."""
    return isinstance(entry, dict) and "id" in entry


def id_of_line(entry: Any) -> str:
    """Return the id of an entry: the one that it has, or the hash of its text, see `as_line`."""
    if has_id(entry):
        return str(entry["id"])
    return hash_of(entry if isinstance(entry, str) else _words(entry))


def with_ids_apart(lines: Sequence[Any]) -> list[Any]:
    """Return résumé lines so that none has the id of another; a list of something else as it is.

    A line that says what the one with its id says is left out, and any other gets an id of its own.
    """
    if not all(isinstance(line, str) or (has_id(line) and line.keys() == {"id", "text"}) for line in lines):
        return list(lines)
    ids = Ids(id_of_line(line) for line in lines)
    owners: dict[str, Any] = {}
    for line in sorted(lines, key=lambda each: not has_id(each)):
        owners.setdefault(id_of_line(line), line)
    apart: list[Any] = []
    for line in lines:
        id_ = id_of_line(line)
        if owners[id_] is line or (isinstance(line, str) and line == owners[id_]):
            apart.append(line)
        elif _words(line) != _words(owners[id_]):
            apart.append({"id": ids.free(id_), "text": line["text"] if has_id(line) else line})
    return apart


def same_lines(base: Sequence[Any], other: Sequence[Any]) -> dict[int, int]:
    """Return by the position in `other` the position of the same entry in `base`.

    The same is what says the same or has the same id, else what says nearly the same, else what stands in the
    place of what is gone, where as many are gone as are new.
    """
    found: dict[int, int] = {}
    left = dict(enumerate(base))
    for agree in (_same_id, operator.eq):
        for place, entry in enumerate(other):
            same = [at for at, value in left.items() if place not in found and agree(value, entry)]
            if same:
                found[place] = place if place in same else same[0]
                del left[found[place]]
    for place, entry in enumerate(other):
        if place in found or not left:
            continue
        best = max(left, key=lambda at: _likeness(left[at], entry))
        if _likeness(left[best], entry) >= _ALIKE:
            found[place] = best
            del left[best]
    new = [place for place in range(len(other)) if place not in found]
    if len(new) == len(left):
        found.update(zip(new, left, strict=True))
    return found


def holds(value: Any, text: Any) -> bool:
    """Return whether a value holds all the words of another in a row."""
    words = _words(text)
    return bool(words) and words in _words(value)


def rewords(value: Any, text: Any) -> bool:
    """Return whether a value says another in nearly the same words."""
    return _likeness(value, text) >= _NEARLY


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value, ids apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key != "id":
                yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def _same_id(one: Any, other: Any) -> bool:
    """Return whether two entries are one by their ids, of which one has its own at least."""
    return (has_id(one) or has_id(other)) and id_of_line(one) == id_of_line(other)


def _words(value: Any) -> str:
    return folded(" ".join(texts_in(value)))


def _likeness(one: Any, other: Any) -> float:
    if type(one) is not type(other) and not {type(one), type(other)} <= {str, dict}:
        return 0.0
    return difflib.SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()
