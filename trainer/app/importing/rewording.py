"""The text of a piece, open for editing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from trainer.app.importing.mending import QUESTIONS, Mending, Piece
from trainer.material.changes import Way
from trainer.material.fields import Field, FieldError, Kind

_LABELS = {
    "name": ("Title", "its abbreviation may stand behind it in brackets"),
    "industry": ("Industry", "the same term in another industry is another sheet"),
    "meaning": ("Definition", ""),
    "signal": ("On a résumé", "what to conclude where the term stands on one"),
    "job_titles": ("Typical job title", ""),
    "titles": ("Title", ""),
    "indicators": ("Sign of the level", ""),
    "red_flags": ("Red flag", ""),
    "examples": ("Résumé line", ""),
}


@dataclass(frozen=True)
class Rewording:
    """Fields for what a piece says; saving them mends it. Nothing is written yet."""

    mending: Mending
    piece: Piece

    @property
    def advice(self) -> str:
        """Say what becomes of it."""
        if self.piece.part == QUESTIONS:
            return f"{self.piece.text} — an empty point goes. The sheet itself is written when you save it."
        return "The sheet itself is written when you save it."

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return the text, or each point of an answer and an empty one."""
        if self.piece.part == QUESTIONS:
            texts = [*(point.text for point in self.piece.points), ""]
            return tuple(
                Field(way=(), label=f"Point {number}", value=words)
                for number, words in enumerate(texts, start=1)
            )
        label, advice = _LABELS[self.piece.part]
        kind = Kind.TEXT if self.piece.part in {"meaning", "signal"} else Kind.LINE
        return (Field(way=(), label=label, value=self.piece.text, kind=kind, advice=advice),)

    def save(self, values: Sequence[str | bool]) -> Mending | None:
        """Return what these texts come to, None if nothing changes. Raises FieldError for no text."""
        texts = [" ".join(str(value).split()) for value in values]
        optional = self.piece.part in {"industry", "meaning", "signal"}
        if not optional and not any(texts):
            raise FieldError("There is no text. Esc leaves it as it was.", 0)
        mending = self.mending.edit(self.piece.target, texts)
        return None if mending is self.mending else mending

    def knowing(self, present: Mapping[Way, Any]) -> Self:  # noqa: ARG002 — nobody else writes here
        """Return the same: nothing is in a file yet."""
        return self
