"""Answers that take more than one line, for the session line by line.

The rules are those of `study/answering.py`; here stand what each line means, and the words.
"""

import re
from collections.abc import Iterable
from typing import Protocol, TypeAlias

from trainer.cards.card import Answer, Form, Question
from trainer.cards.sample import SCORES, Sample
from trainer.memory.state import Degree
from trainer.study.answering import Doubt, Recall, SampleRating

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
    return RecallTalk(Recall(question.points, question.same_words)) if question.form is Form.RECALL else None


def numbered(texts: Iterable[str]) -> list[Item]:
    """Return texts as items that have a number each, from 1."""
    return [(f"  {number}  ", text) for number, text in enumerate(texts, start=1)]


class RatingTalk:
    """Points, then red flags, then the score."""

    def __init__(self, sample: Sample) -> None:
        self._rating = SampleRating.of(sample)
        self._pointed = False
        """Whether the points are said: they and the red flags take a line each."""

    @property
    def takes(self) -> str:
        """What can be typed now."""
        sample = self._rating.sample
        if self._rating.scoring:
            return "one score, 1-5; 0 don't know; < back"
        if self._pointed:
            return f"numbers of the red flags you saw, 1-{len(sample.flags)}; Enter for none; < back"
        count = len(sample.points)
        degrees = "2 shown, 1 partly, 0 not"
        if count == 1:
            return f"for the point: {degrees}"
        example = " ".join(("2", "0", "1")[i % 3] for i in range(count))
        return f'for each of {count} points: {degrees}, as "{example}"; - for none; 0 don\'t know'

    def opening(self) -> list[Item]:
        """Name the points."""
        return [("", "Points:"), *numbered(point.text for point in self._rating.sample.points)]

    def hear(self, line: str) -> Heard:
        """Take what the step wants."""
        if line == "<" and self._pointed:
            self._rating, self._pointed = self._rating.back() or self._rating, False
            return self.opening()
        if not self._pointed:
            return self._hear_points(line)
        return self._hear_score(line) if self._rating.scoring else self._hear_flags(line)

    def _hear_points(self, line: str) -> Heard:
        sample = self._rating.sample
        count = len(sample.points)
        digits = "0" * count if line == "-" else re.sub(r"[\s,]", "", line)
        if digits == "0" and count > 1:
            return self._rating.give_up()
        if not re.fullmatch(rf"[012]{{{count}}}", digits):
            return None
        self._rating = self._rating.with_points([Degree(int(digit)) for digit in digits])
        self._pointed = True
        if sample.flags:
            return [("", "Red flags:"), *numbered(flag.text for flag in sample.flags)]
        return self._hear_flags("")

    def _hear_flags(self, line: str) -> Heard:
        sample = self._rating.sample
        numbers = [] if line in {"", "-", "0"} else re.split(r"[\s,]+", line)
        known = {str(number) for number in range(1, len(sample.flags) + 1)}
        if not set(numbers) <= known:
            return None
        marked = self._rating.with_flags({int(number) - 1 for number in numbers})
        scoring = marked.to_score(sure=True)  # both were said in as many words
        assert not isinstance(scoring, Doubt)
        self._rating = scoring
        anchors = sorted(sample.anchors.items(), reverse=True)
        return [
            ("", "What is it worth? 1 and 2 mean no, 4 and 5 mean yes."),
            *((f"  {n}  ", a) for n, a in anchors),
        ]

    def _hear_score(self, line: str) -> Heard:
        if line == "0":
            return self._rating.give_up()
        return self._rating.scored(int(line)) if line in {str(score) for score in SCORES} else None


class RecallTalk:
    """Lines as they come to mind, then the point that each of them means."""

    def __init__(self, recall: Recall) -> None:
        self._recall = recall

    @property
    def takes(self) -> str:
        """What can be typed now."""
        if self._recall.typing:
            more = "the next" if self._recall.lines else "a line for each point"
            return f"{more}; an empty line when done; 0 don't know"
        return 'Enter if the points are right; "1 3" if line 1 means point 3; "1 -" if it means none'

    def opening(self) -> list[Item]:
        """Tell nothing yet."""
        return []

    def hear(self, line: str) -> Heard:
        """Take a line of the answer, or a correction of what it was taken for."""
        if not self._recall.typing:
            return self._hear_correction(line)
        if line == "0":
            return self._recall.give_up()
        if line:
            self._recall = self._recall.add(line)
            return []
        ended = self._recall.end(sure=False)
        if not isinstance(ended, Recall):
            return None  # not one line: 0 says so
        self._recall = ended
        return [
            ("", "The points:"),
            *numbered(point.text for point in ended.points),
            *self._matches(),
        ]

    def _hear_correction(self, line: str) -> Heard:
        if not line:
            return self._recall.confirmed()
        found = re.fullmatch(r"(\d{1,2})[\s,=]+(\d{1,2}|-)", line)
        if not found:
            return None
        number, point = int(found[1]), 0 if found[2] == "-" else int(found[2])
        if not (1 <= number <= len(self._recall.lines) and 0 <= point <= len(self._recall.points)):
            return None
        self._recall = self._recall.meaning(number - 1, point - 1 if point else None)
        return self._matches()

    def _matches(self) -> list[Item]:
        taken = ("no point" if point is None else f"point {point + 1}" for point in self._recall.means)
        pairs = zip(self._recall.lines, taken, strict=True)
        return [("", "Your lines:"), *numbered(f"{line} → {point}" for line, point in pairs)]
