"""The text of a finding, open for editing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from trainer.app.importing.review import QUESTIONS, Finding, Review
from trainer.material.changes import Way
from trainer.material.fields import Field, FieldError, Kind

_LABELS = {
    "name": ("Title", "its abbreviation may stand behind it in brackets"),
    "industry": ("Industry", "the same term in another industry is another sheet"),
    "meaning": ("Definition", ""),
    "job_titles": ("Typical job title", ""),
    "titles": ("Title", ""),
    "indicators": ("Sign of the level", ""),
    "red_flags": ("Red flag", ""),
    "examples": ("Résumé line", ""),
}


@dataclass(frozen=True)
class Rewording:
    """Fields for what a finding says; saving them gives another review. Nothing is written yet."""

    review: Review
    finding: Finding

    @property
    def advice(self) -> str:
        """Say what becomes of it."""
        if self.finding.part == QUESTIONS:
            return f"{self.finding.text} — an empty point goes. The sheet itself is written when you save it."
        return "The sheet itself is written when you save it."

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return the text, or each point of an answer and an empty one."""
        if self.finding.part == QUESTIONS:
            texts = [*(point.text for point in self.finding.points), ""]
            return tuple(
                Field(way=(), label=f"Point {number}", value=words)
                for number, words in enumerate(texts, start=1)
            )
        label, advice = _LABELS[self.finding.part]
        kind = Kind.TEXT if self.finding.part == "meaning" else Kind.LINE
        return (Field(way=(), label=label, value=self.finding.text, kind=kind, advice=advice),)

    def save(self, values: Sequence[str | bool]) -> Review | None:
        """Return the review with these texts, None if it stays as it is. Raises FieldError for no text."""
        texts = [" ".join(str(value).split()) for value in values]
        optional = self.finding.part in {"industry", "meaning"}
        if not optional and not any(texts):
            raise FieldError("There is no text. Esc leaves it as it was.", 0)
        review = self.review.edit(self.finding.target, texts)
        return None if review is self.review else review

    def knowing(self, present: Mapping[Way, Any]) -> Self:  # noqa: ARG002 — nobody else writes here
        """Return the same: nothing is in a file yet."""
        return self
