"""Contrasts: words that mean two things, and the lines to tell them apart by. Part of term meanings."""

import random
from collections.abc import Iterator

from trainer.cards.card import (
    BECAUSE,
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
from trainer.cards.cues import cues_in
from trainer.cards.shuffling import mixed
from trainer.material.changes import Way as ItemWay
from trainer.material.sheet import Contrast, ContrastLine, Sheet


def cards(sheet: Sheet) -> Iterator[Card]:
    """Yield a card for each contrast of a sheet that has lines."""
    for contrast in sheet.contrasts:
        if contrast.lines:
            yield ContrastCard(sheet, "meanings", contrast.id, origin="trade", contrast=contrast)


class ContrastCard(Card, frozen=True, eq=False, kw_only=True):
    """A line with a word that means two things: which one is meant?"""

    contrast: Contrast

    @property
    def heading(self) -> str:
        return f"What “{self.contrast.word}” means"

    @property
    def skill(self) -> Skill:
        return Skill("knew", "word of two meanings", "words of two meanings")

    def ways(self) -> tuple[Way, ...]:
        return tuple(Way(line.id, Form.CHOOSE) for line in mixed(self.contrast.lines, self.contrast.id))

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        line = next(line for line in self.contrast.lines if line.id == way.key)
        return Question(
            card=self,
            way=way,
            intro="On a résumé or in an answer:",
            text=f"“{line.text}”",
            cues=cues_in(line.text, why=line.why),
            prompt=f"What does “{self.contrast.word}” mean here?",
            options=shuffled(
                [
                    Option(
                        side,
                        text,
                        right=side == line.means,
                        why="" if side == line.means else line.why,
                        compare="" if side == line.means else self._compare(side),
                        quotes=() if side == line.means else self._quotes(side),
                    )
                    for side, text in self.contrast.sides.items()
                ],
                rng,
            ),
            answer=f"It means: {self.contrast.sides[line.means]}.",
            lines=(
                Line(BECAUSE, line.why, at_once=True),
                Line("In general", self.contrast.difference),
                *fairness(self.contrast.fair),
            ),
            hint="Look at what was done, and for whom; the word alone does not tell.",
        )

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "contrasts", self.item
        for contrast in sheet.contrasts:
            if contrast.id == self.item:
                yield from (("contrasts", contrast.id, "lines", line.id) for line in contrast.lines)

    def mistake(self, way: str, chosen: str) -> str:
        sides = self.contrast.sides
        return f"took “{self.contrast.word}” for: {sides[chosen]}" if chosen in sides else ""

    def _compare(self, side: str) -> str:
        """Return a line that means another side, empty if there is none."""
        line = self._line_for(side)
        return f"“{line.text}” = {self.contrast.sides[side]}." if line else ""

    def _quotes(self, side: str) -> tuple[Quote, ...]:
        line = self._line_for(side)
        return ((self.id, line.id),) if line else ()

    def _line_for(self, side: str) -> ContrastLine | None:
        return next((line for line in self.contrast.lines if line.means == side), None)
