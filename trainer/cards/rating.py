"""Rating whole answers: what they show, what they warn of, and what they are worth.

Raters who practise on sample answers, and are told the reference, judge better: frame-of-reference
training (Roch et al. 2012, https://doi.org/10.1111/j.2044-8325.2011.02045.x).
"""

import random
from collections.abc import Iterator, Mapping, Sequence

from trainer.cards.card import BECAUSE, Card, Form, Line, Question, Skill, Way, fairness
from trainer.cards.sample import RULE, Sample, SampleFlag, SamplePoint
from trainer.cards.shuffling import dealt, mixed
from trainer.humanize import count
from trainer.material.changes import Way as ItemWay
from trainer.material.questions import InterviewQuestion, RedFlag, SampleAnswer
from trainer.material.sheet import Sheet
from trainer.memory.state import Degree

FLAGS = 3
"""So many red flags to look for, if neither the question nor its answers name more."""

_REFERENCE = {"shown": Degree.SHOWN, "partly": Degree.PARTLY}
_BANDS = ((1, 2), (3,), (4, 5))
"""A no, undecided, a yes."""

PROBES = 2
"""Questions to ask next at most: one does not ask four at once."""


def rate_cards(sheet: Sheet, after: Mapping[str, tuple[str, ...]]) -> Iterator["RateCard"]:
    """Yield a card for each question with answers to rate; `after` says by question what is met before."""
    opens = {count: dealt(count, f"{sheet.id}/rate") for count in range(1, len(_BANDS) + 1)}
    for question in sheet.questions:
        if question.points and question.answers:
            bands = _by_band(question.answers)
            yield RateCard(
                sheet,
                "answers",
                question.id,
                "rate",
                origin="trade",
                after=after.get(question.id, ()),
                asked=question,
                opening=next(opens[len(bands)]),
            )


class RateCard(Card, frozen=True, eq=False, kw_only=True):
    """A question with whole answers to it, of which each asking takes another to rate."""

    asked: InterviewQuestion
    opening: int
    """Which band of answers is met first: over a sheet, none more often than another."""

    @property
    def heading(self) -> str:
        """What it is about."""
        return f"An answer to: {self.asked.ask}"

    @property
    def skill(self) -> Skill:
        """What a right answer to it shows."""
        return Skill("rated", "whole answer", "whole answers")

    def ways(self) -> tuple[Way, ...]:
        """Return a way for each answer."""
        bands = _by_band(self.asked.answers)
        first = mixed(bands[self.opening % len(bands)], f"{self.id} first")[0]
        rest = [answer for answer in self.asked.answers if answer is not first]
        return tuple(Way(answer.id, Form.RATE) for answer in (first, *mixed(rest, self.id)))

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:  # noqa: ARG002 — one for all stages
        """Return the question that has an answer rated."""
        answer = next(answer for answer in self.asked.answers if answer.id == way.key)
        sample = self._sample(answer)
        return Question(
            card=self,
            way=way,
            intro=f"You asked{at_level(self.sheet, self.asked)}: {self.asked.ask}\nThe candidate:",
            text=f"“{answer.text}”",
            prompt=f"What did it show? {RULE}",
            cues=sample.words,
            sample=sample,
            name=self.heading,
            answer=f"Reference: {sample.reference}.",
            lines=tuple(self._lines(answer, sample)),
            hint=_hint(sample),
        )

    def _sample(self, answer: SampleAnswer) -> Sample:
        return Sample(
            points=tuple(
                SamplePoint(
                    id=point.id,
                    text=point.text,
                    reference=_REFERENCE.get(answer.points.get(point.id, ""), Degree.NOT),
                    words=answer.words.get(point.id, ""),
                )
                for point in self.asked.points
            ),
            flags=tuple(
                SampleFlag(
                    id=flag.id,
                    text=flag.text,
                    raised=flag.id in answer.flags,
                    words=answer.words.get(flag.id, ""),
                    safety=flag.safety,
                )
                for flag in self._flags()
            ),
            anchors=self.asked.anchors,
            score=answer.score,
            raters=answer.raters,
        )

    def _flags(self) -> list[RedFlag]:
        """Return the flags to look for, the same for every answer: their number must tell nothing."""
        raised = {flag for answer in self.asked.answers for flag in answer.flags}
        wanted = {*self.asked.flags, *raised}
        if not self.asked.flags:
            others = [flag.id for flag in self.sheet.red_flags if flag.id not in wanted]
            wanted |= {*mixed(others, self.id)[: max(0, FLAGS - len(wanted))]}
        return [flag for flag in self.sheet.red_flags if flag.id in wanted]

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:  # noqa: ARG002 — the question stands in any reading
        """Yield the question."""
        yield "questions", self.item

    def _lines(self, answer: SampleAnswer, sample: Sample) -> Iterator[Line]:
        yield from _anchors(sample)
        if answer.why:
            yield Line(BECAUSE, answer.why, at_once=True)
        degrees = {point.id: point.reference for point in sample.points}
        open_points = sorted(
            (point for point in self.asked.points if degrees[point.id] is not Degree.SHOWN),
            key=lambda point: -degrees[point.id],
        )
        if probes := [point.probe for point in open_points if point.probe]:
            yield Line("Ask next", " ".join(probes[:PROBES]))
        raised = [flag.fair for flag in self._flags() if flag.id in answer.flags]
        for text in dict.fromkeys([*raised, *(point.fair for point in self.asked.points)]):
            yield from fairness(text)


def _by_band(answers: Sequence[SampleAnswer]) -> list[list[SampleAnswer]]:
    """Return the answers by what they come to: no, undecided, yes; only bands that hold one."""
    bands = [[answer for answer in answers if answer.score in band] for band in _BANDS]
    return [band for band in bands if band]


def at_level(sheet: Sheet, asked: InterviewQuestion) -> str:
    """Return the level at which a question is asked, to be said behind the verb; empty if there is none."""
    level = next((level.name for level in sheet.levels if level.id == asked.level), "")
    return f" ({level})" if level else ""


def _anchors(sample: Sample) -> Iterator[Line]:
    """Yield what the right score looks like; where no anchor tells, the scores around it."""
    score, anchors = sample.score, sample.anchors
    if score in anchors:
        yield Line(f"Worth {score}", anchors[score])
        return
    above = min((other for other in anchors if other > score), default=0)
    below = max((other for other in anchors if other < score), default=0)
    for other in (above, below):
        if other:
            yield Line(f"Worth {other}", anchors[other])


def _hint(sample: Sample) -> str:
    absent = sum(point.reference is Degree.NOT for point in sample.points)
    points = count(len(sample.points), "point")
    if not absent:
        return f"Each of the {points} is shown, at least partly."
    return f"{absent} of the {points} {'is' if absent == 1 else 'are'} not shown at all."
