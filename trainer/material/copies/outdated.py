"""Texts that were corrected for law or safety, found wherever else a learner's copy has them."""

from collections.abc import Iterator, Mapping
from typing import Any

from trainer.material.changes import Way, find
from trainer.material.copies.line_matching import TELLING, same_lines, texts_in
from trainer.material.differences import Raw, folded

Outdated = tuple[Way, str, str | None, str]
"""The way to a text, the text, what takes its place, and why."""


def without_outdated(
    sheet: Raw, base: Raw, shipped: Raw, corrected: Mapping[Way, str]
) -> tuple[Raw, list[Outdated]]:
    """Return a sheet in which no text says what was corrected from `base` to `shipped`, and what was found.

    A line may have been moved to another item. What the shipped sheet itself says somewhere is left, and so
    are words too short to tell where they are from.
    """
    kept = frozenset(texts_in(shipped))
    outdated = {
        folded(old): (new, reason)
        for way, reason in corrected.items()
        for old, new in _changed(find(base, way), find(shipped, way))
        if len(old) >= TELLING and old not in kept
    }
    if not outdated:
        return sheet, []
    sweep = _Sweep(outdated, kept)
    return sweep.over((), sheet), sweep.found


def _changed(old: Any, new: Any) -> Iterator[tuple[str, str | None]]:
    """Yield each text in a value, and what became of it."""
    if isinstance(old, str):
        yield old, new if isinstance(new, str) else None
    elif isinstance(old, dict):
        for key, part in old.items():
            yield from _changed(part, new.get(key) if isinstance(new, dict) else None)
    elif isinstance(old, list):
        there = new if isinstance(new, list) else []
        same = {at: place for place, at in same_lines(old, there).items()}
        for at, part in enumerate(old):
            yield from _changed(part, there[same[at]] if at in same else None)


class _Sweep:
    def __init__(self, outdated: Mapping[str, tuple[str | None, str]], kept: frozenset[str]) -> None:
        self._outdated = outdated
        self._kept = kept
        self.found: list[Outdated] = []

    def over(self, way: Way, value: Any) -> Any:
        """Return a value with its outdated texts replaced; None if nothing is left of it."""
        if isinstance(value, str):
            return self._text(way, value)
        if isinstance(value, dict):
            parts = {key: self.over((*way, key), part) for key, part in value.items()}
            return {key: part for key, part in parts.items() if part is not None}
        if not isinstance(value, list):
            return value
        entries = []
        for place, part in enumerate(value):
            id_ = part.get("id") if isinstance(part, dict) else None
            entry = self.over((*way, id_ if isinstance(id_, str) else place), part)
            if isinstance(part, dict) and part.keys() == {"id", "text"} != entry.keys():
                continue  # nothing is left of a line but its id
            if entry is not None and (entry == part or entry not in value):
                entries.append(entry)
        return entries or (None if value else value)

    def _text(self, way: Way, text: str) -> str | None:
        if text in self._kept or len(text) < TELLING:
            return text
        words = folded(text)
        for old, (new, reason) in self._outdated.items():
            if old in words:
                self.found.append((way, text, new, reason))
                return new
        return text
