"""A deck of a few lines, as a developer would add one: what do the letters stand for?"""

import random
from collections.abc import Iterator

from trainer.cards.card import Card, Form, Option, Question, Way, shuffled
from trainer.cards.sheets import Sheets
from trainer.material.changes import Way as ItemWay
from trainer.material.sheet import Sheet, Term


def cards(sheet: Sheet, sheets: Sheets) -> Iterator[Card]:
    for term in sheet.terms:
        if term.stands_for:
            yield LettersCard(sheet, "letters", term.id, origin=term.origin, term=term)


class LettersCard(Card, frozen=True, eq=False, kw_only=True):
    term: Term

    def ways(self) -> tuple[Way, ...]:
        return (Way("letters", Form.CHOOSE),)

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        options = [
            Option(term.id, term.stands_for, right=term is self.term, why="")
            for term in self.sheet.terms
            if term.stands_for
        ]
        return Question(
            card=self,
            way=way,
            text=self.term.term,
            prompt="What do the letters stand for?",
            options=shuffled(options, rng),
            answer=self.term.stands_for or "",
        )

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "terms", self.item

    def mistake(self, way: str, chosen: str) -> str:
        return f"read the letters of {self.term.term} as those of {chosen}"
