"""Red flags: one line at a time beside what only looks like it, or all that a page names."""

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
    not_this_one,
    shuffled,
)
from trainer.cards.cues import cues_in
from trainer.cards.distractors import flags_elsewhere, has_flags_elsewhere
from trainer.cards.role_names import role_called
from trainer.cards.sheets import Sheets
from trainer.cards.shuffling import mixed
from trainer.cards.style import sentence
from trainer.humanize import with_article
from trainer.material.changes import Way as ItemWay
from trainer.material.questions import RedFlag
from trainer.material.sheet import Sheet


class FlagCard(Card, frozen=True, eq=False, kw_only=True):
    """A line: a red flag, or does it only look like one?"""

    flag: RedFlag
    opens_flagged: bool
    """Whether a flag comes first, so that the first cards of a sheet don't all have the same answer."""

    @property
    def heading(self) -> str:
        return f"Red flag: {self.flag.text}"

    @property
    def skill(self) -> Skill:
        return Skill("told", "red flag from a look-alike", "red flags from look-alikes")

    def ways(self) -> tuple[Way, ...]:
        flagged = self._flagged()
        keys = mixed([*flagged, *self._only_alike()], self.id)
        opening = next(key for key in keys if (key in flagged) is self.opens_flagged)
        keys.remove(opening)
        return tuple(Way(key, Form.CHOOSE) for key in (opening, *keys))

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        evidence = self._flagged()
        flagged = way.key in evidence
        text = evidence[way.key] if flagged else self._only_alike()[way.key]
        shown = [self.flag]
        if stage >= 2:
            own = {self.flag.id, *(self.flag.also_fits if flagged else ())}
            others = [flag for flag in self.sheet.red_flags if flag.id not in own]
            shown = rng.sample([self.flag, *rng.sample(others, min(3, len(others)))], min(4, len(others) + 1))
        reason = self.flag.why or ""
        options = [
            Option(
                flag.id,
                f"Red flag: {flag.text}",
                right=flagged and flag is self.flag,
                why=self._why_not(flag),
                quotes=self._quotes(flag),
            )
            for flag in shown
        ]
        options.append(Option("none", "No red flag: it only looks like one", right=not flagged, why=reason))
        return Question(
            card=self,
            way=way,
            intro="In an answer or on a résumé:",
            text=f"“{text}”",
            cues=cues_in(text, why=reason),
            prompt="Is it a red flag?",
            options=tuple(options),
            answer=f"A red flag: {self.flag.text}."
            if flagged
            else f"No red flag, though it looks like: {self.flag.text}.",
            lines=(
                *((Line(BECAUSE, reason, at_once=True),) if reason else ()),
                Line("Looks like it", f"“{self.flag.look_alikes[0]}”", quotes=((self.id, "look-alike"),))
                if flagged
                else Line("The flag is", f"“{self.flag.evidence[0]}”", quotes=((self.id, "evidence-0"),)),
                *((Line("Ask next", self.flag.probe),) if self.flag.probe else ()),
                *fairness(self.flag.fair, at_once=not flagged),
            ),
            hint=not_this_one(options, rng).replace("Red flag: ", ""),
        )

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "red_flags", self.item

    def mistake(self, way: str, chosen: str) -> str:
        if way in self._only_alike():
            return "took something harmless for a red flag"
        return "let a red flag pass" if chosen == "none" else "took one red flag for another"

    @property
    def right_ids(self) -> tuple[str, ...]:
        return (self.flag.id,)

    def _flagged(self) -> dict[str, str]:
        """Return the lines that show it, by way."""
        return {f"evidence-{i}": line for i, line in enumerate(self.flag.evidence)}

    def _only_alike(self) -> dict[str, str]:
        """Return the lines that only look like it, by way; the first keeps the key it had alone."""
        return {
            f"look-alike-{i}" if i else "look-alike": line for i, line in enumerate(self.flag.look_alikes)
        }

    def _quotes(self, flag: RedFlag) -> tuple[Quote, ...]:
        """Return what the reason against another flag quotes."""
        if flag is self.flag or not flag.evidence:
            return ()
        return ((f"{self.sheet.id}/{self.deck}/{flag.id}", "evidence-0"),)

    def _why_not(self, flag: RedFlag) -> str:
        if flag is self.flag:
            return self.flag.why or "It only looks like it."
        evidence = f" It would sound like this: “{flag.evidence[0]}”" if flag.evidence else ""
        return f"“{flag.text}” is another thing.{evidence}"


class FlagListCard(Card, frozen=True, eq=False, kw_only=True):
    """The red flags of a page at once, as long as nothing shows what each looks like."""

    sheets: Sheets

    @property
    def heading(self) -> str:
        return "All red flags"

    @property
    def skill(self) -> Skill:
        return Skill("named", "list of red flags", "lists of red flags")

    def ways(self) -> tuple[Way, ...]:
        if not has_flags_elsewhere(self.sheet, self.sheets):
            return (Way("recall", Form.FLIP),)
        return Way("tick", Form.TICK, (0, 1, 2)), Way("recall", Form.FLIP, (2, 3))

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        own = self.sheet.red_flags
        options: tuple[Option, ...] = ()
        if way.form is Form.TICK:
            wrong = flags_elsewhere(self.sheet, self.sheets, rng)[: (2, 3, 4, 4)[stage]]
            right = [Option(flag.id, flag.text, right=True, why=flag.why or "") for flag in own]
            options = shuffled([*right, *wrong], rng)
        return Question(
            card=self,
            way=way,
            intro="You interview:",
            text=with_article(role_called(self.sheet)),
            prompt="Which red flags does the glossary page name? Tick all."
            if options
            else "Say which red flags the glossary page names, then look.",
            options=options,
            answer=sentence("; ".join(flag.text for flag in own)),
            hint=f"There are {len(own)}.",
        )

    def first_texts(self) -> tuple[str, ...]:
        return tuple(flag.text for flag in self.sheet.red_flags)

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield from (("red_flags", flag.id) for flag in sheet.red_flags)
