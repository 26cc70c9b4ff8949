"""Answer quality: what a good answer shows, and what is a red flag."""

import math
import random
from collections.abc import Iterable, Iterator

from trainer.cards.card import (
    Card,
    Form,
    Line,
    Option,
    Question,
    Quote,
    Skill,
    Way,
    fairness,
    shuffled,
)
from trainer.cards.flags import FlagCard, FlagListCard
from trainer.cards.rating import at_level, rate_cards
from trainer.cards.sample import MEANINGS
from trainer.cards.sheets import Sheets
from trainer.cards.shuffling import dealt, mixed
from trainer.cards.similarity import ALIKE, likeness
from trainer.cards.style import capital, sentence
from trainer.humanize import count
from trainer.material.changes import Way as ItemWay
from trainer.material.items import Origin
from trainer.material.questions import InterviewQuestion, Point, RedFlag
from trainer.material.sheet import Sheet
from trainer.memory.state import Degree

VERDICTS = {
    "shows": ("It is shown", f"{MEANINGS[Degree.SHOWN]}, not only a word for it"),
    "claims": ("It is only claimed", "the quality is named, with nothing to hold on to"),
    "misses": ("It is missing", "the answer may be good, but speaks of something else"),
}
"""What a snippet may do with a point, and by what it is known."""

_SNIPPET = {
    "shows": ("an answer that shows the point", "one that shows it"),
    "claims": ("an answer that only claims the point", "one that only claims it"),
    "misses": ("an answer that misses the point", "one that misses it"),
}
"""By verdict: the snippet that was asked, and what it was taken for."""

_FEW = 3
"""So many of the first red-flag cards open with a flag, and so many with what only looks like one."""

_RECALL = {
    Form.TICK: "What does a strong answer show? Tick all.",
    Form.FLIP: "Say what a strong answer shows, then look.",
    Form.RECALL: "What does a strong answer show? Type a line for each point, in your own words.",
}


def cards(sheet: Sheet, sheets: Sheets) -> Iterator[Card]:
    """Yield the deck of a sheet: the points of a question, its whole answers, then red flags.

    So a whole answer is met in the first days. What a strong answer shows is recalled when all were met.
    """
    first, origin = dealt(len(VERDICTS), sheet.id), sheet.origin
    points = [list(_point_cards(sheet, question, first, origin)) for question in sheet.questions]
    opens = dealt(2 * _FEW, f"{sheet.id}/flags")
    flags = [
        FlagCard(
            sheet,
            "answers",
            flag.id,
            origin=_origin(flag, origin),
            flag=flag,
            opens_flagged=next(opens) < _FEW,
        )
        for flag in sheet.red_flags
        if flag.evidence and flag.look_alikes
    ]
    met = {
        question.id: tuple(card.id for card in column)
        for question, column in zip(sheet.questions, points, strict=True)
    }
    rated = {card.item: card for card in rate_cards(sheet, met)}
    between = math.ceil(len(flags) / max(1, len(sheet.questions)))
    for place, (question, column) in enumerate(zip(sheet.questions, points, strict=True)):
        yield from column
        if question.id in rated:
            yield rated[question.id]
        yield from flags[place * between : (place + 1) * between]
    if not sheet.questions:
        yield from flags
    for question in sheet.questions:
        if question.points:
            before = met[question.id]
            yield RecallCard(
                sheet, "answers", question.id, origin=origin, after=before, asked=question, sheets=sheets
            )
    bare = [
        flag for flag in sheet.red_flags if flag.origin == "page" and not (flag.evidence and flag.look_alikes)
    ]
    if len(bare) > 1:
        yield FlagListCard(sheet, "answers", "all", "flags", sheets=sheets)


def _point_cards(
    sheet: Sheet, question: InterviewQuestion, first: Iterator[int], origin: Origin
) -> Iterator["PointCard"]:
    for point in question.points:
        if point.shows and point.claims:
            yield PointCard(
                sheet,
                "answers",
                question.id,
                point.id,
                origin=origin,
                asked=question,
                point=point,
                first=next(first),
            )


def _origin(flag: RedFlag, sheet: Origin) -> Origin:
    """Return where a flag is from: in a sheet that is no page's, not from one."""
    return flag.origin if sheet == "page" else "trade"


class PointCard(Card, frozen=True, eq=False, kw_only=True):
    """A snippet of an answer: does it show the point?"""

    asked: InterviewQuestion
    point: Point
    first: int
    """Which snippet comes first, so that over a sheet no verdict opens more often than another."""

    @property
    def heading(self) -> str:
        return f"{capital(self.point.text)}: {self.asked.ask}"

    @property
    def skill(self) -> Skill:
        return Skill("judged", "spoken answer", "spoken answers")

    def ways(self) -> tuple[Way, ...]:
        keys = list(self._snippets())
        opening = keys.pop(self.first % len(keys))
        return tuple(Way(key, Form.CHOOSE) for key in (opening, *mixed(keys, self.id)))

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        snippets = self._snippets()
        verdict, sign = VERDICTS[way.key]
        instead = self._instead(way.key)
        options = tuple(
            Option(
                key,
                text,
                right=key == way.key,
                why="" if key == way.key else f"“{text}” needs this: {means}.",
                compare=""
                if key == way.key or key not in snippets
                else f"“{snippets[key]}” = {text.removeprefix('It is ')}.",
                quotes=((self.id, key),) if key != way.key and key in snippets else (),
            )
            for key, (text, means) in VERDICTS.items()
        )
        probe = (Line("Ask next", self.point.probe),) if self.point.probe and way.key != "shows" else ()
        return Question(
            card=self,
            way=way,
            intro=f"You asked: {self.asked.ask}\nA part of the answer:",
            text=f"“{snippets[way.key]}”",
            prompt=f"Does it show this point? {self.point.text}",
            options=options,
            answer=f"{verdict}. {instead}" if instead else f"{verdict}: {sign}.",
            lines=(Line("The point", self.point.text), *probe, *fairness(self.point.fair)),
            hint="Is there a thing that was done, only a word for it, or neither?",
        )

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "questions", self.item
        yield "questions", self.item, "points", self.aspect

    def mistake(self, way: str, chosen: str) -> str:
        known = way in _SNIPPET and chosen in _SNIPPET
        return f"took {_SNIPPET[way][0]} for {_SNIPPET[chosen][1]}" if known else ""

    def _instead(self, verdict: str) -> str:
        """Return what a snippet does show, empty where the sheet does not say it."""
        if verdict == "misses":
            return (self.point.misses and self.point.misses_why) or ""
        return (verdict == "claims" and self.point.claims_why) or ""

    def _snippets(self) -> dict[str, str]:
        """Return a snippet for each verdict; one on another point stands in for one that misses it."""
        others = [other.shows for other in self.asked.points if other.id != self.point.id and other.shows]
        found = {
            "shows": self.point.shows,
            "claims": self.point.claims,
            "misses": self.point.misses or next(iter(others), None),
        }
        return {verdict: snippet for verdict, snippet in found.items() if snippet}


class RecallCard(Card, frozen=True, eq=False, kw_only=True):
    """A question: what does a strong answer to it show?"""

    asked: InterviewQuestion
    sheets: Sheets

    @property
    def heading(self) -> str:
        return self.asked.ask

    @property
    def skill(self) -> Skill:
        return Skill("named the points of", "strong answer", "strong answers")

    def ways(self) -> tuple[Way, ...]:
        first = Way("tick", Form.TICK, (0, 1, 2)) if self._foreign() else Way("recall", Form.FLIP, (0, 1))
        return first, Way("lines", Form.RECALL, (2, 3))

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        own = tuple(
            Option(
                point.id, capital(point.text), right=True, why=_for_example(point), quotes=self._quotes(point)
            )
            for point in self.asked.points
        )
        options: tuple[Option, ...] = own if way.form is Form.RECALL else ()
        if way.form is Form.TICK:
            foreign = self._foreign()
            wrong = rng.sample(foreign, min(len(foreign), (2, 3, 4, 4)[stage]))
            options = shuffled(
                list(own)
                + [
                    Option(
                        f"{question.id}.{point.id}",
                        point.text,
                        right=False,
                        why=f"That is for: {question.ask}",
                    )
                    for question, point in wrong
                ],
                rng,
            )
        return Question(
            card=self,
            way=way,
            intro=f"You ask{at_level(self.sheet, self.asked)}:",
            text=self.asked.ask,
            prompt=_RECALL[way.form],
            options=options,
            points=self.asked.points if way.form is Form.RECALL else (),
            same_words=self.sheets.same_words_for(self.sheet) if way.form is Form.RECALL else (),
            answer=sentence("; ".join(point.text for point in self.asked.points)),
            lines=(
                *(
                    Line(f"Worth {score}", text)
                    for score, text in sorted(self.asked.anchors.items(), reverse=True)
                ),
                *(line for text in _fair(self.asked) for line in fairness(text)),
                *((_DRAFT,) if stage == 0 and any(point.draft for point in self.asked.points) else ()),
            ),
            hint=f"{count(len(self.asked.points), 'point')}.",
        )

    def first_texts(self) -> tuple[str, ...]:
        return self.asked.ask, *(point.text for point in self.asked.points)

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "questions", self.item
        for question in sheet.questions:
            if question.id == self.item:
                yield from (("questions", question.id, "points", point.id) for point in question.points)

    def _quotes(self, point: Point) -> tuple[Quote, ...]:
        """Return what the example of a point quotes."""
        return ((f"{self.id}.{point.id}", "shows"),) if point.shows else ()

    def _foreign(self) -> list[tuple[InterviewQuestion, Point]]:
        """Return points of other questions that nobody could want here too.

        A page does not tell that: "implementing cost-saving measures" answers most questions. So only points
        that an author worked out with spoken examples stand beside one another as right and wrong.
        """
        if not all(map(_worked_out, self.asked.points)):
            return []
        return [
            (question, point)
            for question in self.sheet.questions
            if question.id != self.asked.id and question.level != self.asked.level
            for point in filter(_worked_out, question.points)
            if f"{question.id}.{point.id}" not in self.asked.also_fits
            and all(likeness(point.text, own.text) < ALIKE for own in self.asked.points)
        ]


def _worked_out(point: Point) -> bool:
    return bool(point.shows and point.claims and not point.draft)


_DRAFT = Line(
    "A draft",
    "These points were cut out of the answer on the glossary page; nobody has confirmed that.",
    once=True,
)
"""Said where the question is new: said each time, nobody would read it."""


def _fair(asked: InterviewQuestion) -> Iterable[str | None]:
    """Return what is not to be asked or weighed at a question, each once."""
    return dict.fromkeys(point.fair for point in asked.points)


def _for_example(point: Point) -> str:
    return f"For example: “{point.shows}”" if point.shows else ""
