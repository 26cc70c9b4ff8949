"""Answers that take more than one line, for the session line by line."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeAlias

from trainer.cards.card import Answer, Form, Question
from trainer.cards.recall import match_lines
from trainer.cards.sample import SCORES, Judgement, Sample
from trainer.material.sheet import Point
from trainer.memory.state import Degree

Item = tuple[str, str]
"""A text to write, and what stands before it."""

Heard: TypeAlias = Answer | list[Item] | None
"""What comes of a line: the answer, or what to write before the next one; None if it can't be taken."""


class Talk(Protocol):
    """A question that is answered line by line."""

    @property
    def takes(self) -> str:
        """What can be typed now."""

    def opening(self) -> list[Item]:
        """Return what to write before the first line."""

    def hear(self, line: str) -> Heard:
        """Take a line."""


def talk_on(question: Question) -> Talk | None:
    """Return the talk on a question; None where one line is an answer."""
    if question.sample:
        return RatingTalk(question.sample)
    return RecallTalk(question.points) if question.form is Form.RECALL else None


def _numbered(texts: Iterable[str]) -> list[Item]:
    return [(f"  {number}  ", text) for number, text in enumerate(texts, start=1)]


class RatingTalk:
    """Points, then red flags, then the score."""

    def __init__(self, sample: Sample) -> None:
        self._sample = sample
        self._degrees: tuple[Degree, ...] | None = None
        self._flags: frozenset[int] | None = None

    @property
    def takes(self) -> str:
        """What can be typed now."""
        if self._degrees is None:
            degrees = "2 shown, 1 partly, 0 not"
            if len(self._sample.points) == 1:
                return degrees
            example = " ".join(("2", "0", "1")[i % 3] for i in range(len(self._sample.points)))
            return f'{degrees}, as "{example}"; - for none; 0 don\'t know'
        if self._flags is None:
            return f"numbers of those you saw (1-{len(self._sample.flags)}), Enter for none, < back"
        return "score: 1-5, 0 don't know, < back"

    def opening(self) -> list[Item]:
        """Name the points."""
        return [("", "Points:"), *_numbered(point.text for point in self._sample.points)]

    def hear(self, line: str) -> Heard:
        """Take what the step wants."""
        if line == "<" and self._degrees is not None:
            self._degrees = self._flags = None
            return self.opening()
        if self._degrees is None:
            return self._hear_points(line)
        return self._hear_flags(line) if self._flags is None else self._hear_score(line, self._degrees)

    def _hear_points(self, line: str) -> Heard:
        count = len(self._sample.points)
        digits = "0" * count if line == "-" else re.sub(r"[\s,]", "", line)
        if digits == "0" and count > 1:
            return Answer(gave_up=True)
        if not re.fullmatch(rf"[012]{{{count}}}", digits):
            return None
        self._degrees = tuple(Degree(int(digit)) for digit in digits)
        if self._sample.flags:
            return [("", "Red flags:"), *_numbered(flag.text for flag in self._sample.flags)]
        return self._hear_flags("")

    def _hear_flags(self, line: str) -> Heard:
        numbers = [] if line in {"", "-", "0"} else re.split(r"[\s,]+", line)
        known = {str(number) for number in range(1, len(self._sample.flags) + 1)}
        if not set(numbers) <= known:
            return None
        self._flags = frozenset(int(number) - 1 for number in numbers)
        anchors = sorted(self._sample.anchors.items(), reverse=True)
        return [
            ("", "What is it worth? 1 and 2 mean no, 4 and 5 mean yes."),
            *((f"  {n}  ", a) for n, a in anchors),
        ]

    def _hear_score(self, line: str, degrees: tuple[Degree, ...]) -> Heard:
        if line == "0":
            return Answer(gave_up=True)
        if line not in {str(score) for score in SCORES}:
            return None
        flags = self._flags or frozenset()
        return Answer(judgement=Judgement(degrees=degrees, flags=flags, score=int(line)))


class RecallTalk:
    """Lines as they come to mind, then the point that each of them means."""

    def __init__(self, points: tuple[Point, ...]) -> None:
        self._points = points
        self._lines: list[str] = []
        self._means: list[int | None] | None = None

    @property
    def takes(self) -> str:
        """What can be typed now."""
        if self._means is None:
            more = "the next" if self._lines else "a line for each point"
            return f"{more}, an empty line when done, 0 don't know"
        return 'Enter if so; "1 3": line 1 means point 3; "1 -": none'

    def opening(self) -> list[Item]:
        """Tell nothing yet."""
        return []

    def hear(self, line: str) -> Heard:
        """Take a line of the answer, or a correction of what it was taken for."""
        if self._means is not None:
            return self._hear_correction(line, self._means)
        if line == "0":
            return Answer(gave_up=True)
        if line:
            self._lines.append(line)
            return []
        if not self._lines:
            return None
        self._means = list(match_lines(self._lines, self._points))
        return [
            ("", "The points:"),
            *_numbered(point.text for point in self._points),
            *self._matches(self._means),
        ]

    def _hear_correction(self, line: str, means: list[int | None]) -> Heard:
        if not line:
            named = frozenset(point for point in means if point is not None)
            return Answer(chosen=named, typed="\n".join(self._lines))
        found = re.fullmatch(r"(\d{1,2})[\s,=]+(\d{1,2}|-)", line)
        if not found:
            return None
        number, point = int(found[1]), 0 if found[2] == "-" else int(found[2])
        if not (1 <= number <= len(means) and 0 <= point <= len(self._points)):
            return None
        means[number - 1] = point - 1 if point else None
        return self._matches(means)

    def _matches(self, means: list[int | None]) -> list[Item]:
        taken = ("no point" if point is None else f"point {point + 1}" for point in means)
        pairs = zip(self._lines, taken, strict=True)
        return [("", "Your lines:"), *_numbered(f"{line} → {point}" for line, point in pairs)]
