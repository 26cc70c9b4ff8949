"""The day of an interview: its steps, and once its hour has passed what was asked in it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from trainer.cards.outline import Outline
from trainer.engine.briefing import Briefing
from trainer.engine.choice import SessionChoice
from trainer.engine.interviewing import InterviewEntry
from trainer.engine.sessions import Sessions
from trainer.memory.calendar import study_day
from trainer.memory.learner import Interview
from trainer.study.steps import Part, Step, Steps, part_of

if TYPE_CHECKING:
    from trainer.reports.preparation import Preparation
    from trainer.reports.readiness import Readiness
    from trainer.study.session import Session

ASKED_FOR = timedelta(days=7)
"""So long after an interview it is asked how it went."""


class InterviewAhead(Struct, frozen=True, kw_only=True):
    """An interview ahead, with how far one is."""

    entry: InterviewEntry
    level: str
    """The name of the level that is hired for; empty when not said."""
    readiness: "Readiness | None"
    """How much would be known now; None where its sheet is gone."""
    forecast: "Preparation | None" = None
    """What the minutes until then come to; None on its day, and where nothing is planned for it."""
    steps: tuple[Step, ...] = ()
    """On its day, until its hour; else empty."""
    at_best: int = 0
    """Cards that would be known then at best, once the steps are done.

    0 on other days, where it is too early to tell, and where no step is left that asks anything.
    """


class Held(Struct, frozen=True, kw_only=True):
    """An interview whose hour has passed, and of which nothing was told yet."""

    id: int
    role: str
    """The id of its sheet."""
    name: str
    when: datetime


class Named(Struct, frozen=True):
    """A level, or an interview question."""

    id: str
    text: str
    level: str = ""
    """The name of the level that a question is for, where another one was hired for; else empty."""


class InterviewDays(Sessions, Briefing):
    """Tells how far one is with an interview, makes its day's steps, and keeps what was said of it after."""

    def interview_ahead(self, entry: InterviewEntry) -> InterviewAhead:
        """Return how far one is with an interview that is ahead. Reads the history. Raises ProgressError."""
        interview = self._interviews[entry.id]
        if entry.gone or entry.role not in self.library.sheets:
            return InterviewAhead(entry=replace(entry, gone=True), level=entry.level, readiness=None)
        from trainer.cards.role_names import level_name  # noqa: PLC0415 — Today is shown without it

        sheet = self.library.sheets[entry.role]
        readiness = self.readiness(entry.role, self.asked_level(entry))
        found = InterviewAhead(
            entry=entry,
            level=level_name(sheet, entry.level) or entry.level,
            readiness=readiness,
        )
        if entry.over:
            return found
        if entry.days:
            return replace(found, forecast=self.preparation(entry.number))
        steps = self._steps(interview)
        return replace(found, steps=steps, at_best=self._at_best(readiness, steps))

    def step(self, entry: InterviewEntry, step: Step) -> SessionChoice:
        """Return what a step of an interview's day asks."""
        return SessionChoice(
            "hour", (entry.role,), minutes=step.room, level=self.asked_level(entry), part=step.part
        )

    def asked_level(self, entry: InterviewEntry) -> str:
        """Return the level by which questions are left out; none where the sheet has lost it."""
        levels = {each.id for each in self.library.sheets[entry.role].levels}
        return entry.level if entry.level in levels else ""

    def _steps(self, interview: Interview) -> tuple[Step, ...]:
        """Return the steps of an interview of today."""
        from trainer.study.toward import QuizPlanner  # noqa: PLC0415 — most days have none

        parts: dict[Part, list[Outline]] = {}
        for card in self._cards_for(interview):
            if known := self.library.cards.get(card.id):
                parts.setdefault(part_of(known), []).append(card)
        planner = QuizPlanner(self.progress, self._schedule, self.day, self._roles().learned)
        seconds = (interview.when - self._clock()).total_seconds()
        return Steps(planner, self.progress, self.day).of(parts, seconds, interview.done)

    def _at_best(self, readiness: "Readiness", steps: Iterable[Step]) -> int:
        """Return how many cards would be known if all that the steps ask went well; never all of them.

        Of those that they don't ask it is the upper figure of now, so that it is never below that. 0 where it
        is too early to tell, or where no step is left that asks anything.
        """
        asked = {card for step in steps if not step.done for card in step.cards}
        if readiness.whole is None or not asked:
            return 0
        again = sum(1 for card in asked if self.progress.state(card))
        left = readiness.whole.most * (readiness.met - again) / readiness.met if readiness.met else 0
        return min(readiness.cards - 1, round(left) + len(asked))

    def levels_of(self, role: str) -> list[Named]:
        """Return the levels of a role, by its id, that can be hired for."""
        sheet = self.library.sheets.get(role)
        return [Named(each.id, each.name) for each in sheet.levels] if sheet else []

    def wanted_brief(self) -> tuple[str, str]:
        """Return role and level, by their ids, of the next interview; both empty where none is ahead."""
        ahead = (each for each in self.interviews() if not (each.over or each.gone))
        entry = next(ahead, None)
        return (entry.role, self.asked_level(entry)) if entry else ("", "")

    def brief_was_read(self, role: str) -> None:
        """Keep that the brief for a role was opened, where an interview for it is today.

        Raises NotSavedError.
        """
        for id_, each in self._of_today(role):
            self._note_done(id_, each, "brief")

    def step_was_done(self, step: SessionChoice, session: "Session") -> None:
        """Keep that the session of a step was taken to its end, if it was. Raises NotSavedError."""
        if not session.summary().ended:
            return
        for id_, each in self._of_today(*step.decks):
            if step.level in {"", each.level}:
                self._note_done(id_, each, step.part)

    def _of_today(self, role: str) -> list[tuple[int, Interview]]:
        found = self._interviews.items()
        return [(id_, each) for id_, each in found if each.role == role and study_day(each.when) == self.day]

    def _note_done(self, id_: int, interview: Interview, part: Part) -> None:
        if part not in interview.done:
            self.progress.keep_interview(replace(interview, done=(*interview.done, part)), id_)

    # After its hour

    def held(self) -> Held | None:
        """Return the earliest interview of which it was not told yet how it went. Reads no sheet.

        One for a role without interview questions is left out.
        """
        now, names = self._clock(), {sheet.id: sheet.name for sheet in self._listed()[0]}
        found = [
            Held(id=id_, role=each.role, name=names[each.role], when=each.when)
            for id_, each in self._interviews.items()
            if each.told is None and each.when <= now < each.when + ASKED_FOR and each.role in names
            if self._points_of(replace(each, level=""))
        ]
        return min(found, key=lambda held: held.when, default=None)

    def questions_of(self, held: Held) -> list[Named]:
        """Return the questions that may have been asked: those of its level first, and then all others."""
        from trainer.cards.role_names import level_name  # noqa: PLC0415 — Today is shown without it

        level, sheet = self._interviews[held.id].level, self.library.sheets.get(held.role)
        if sheet is None:
            return []
        questions = sorted(sheet.questions, key=lambda each: each.level != level)
        others = {each.level for each in questions if level} - {level, None}
        names = {other: level_name(sheet, other) for other in others if other}
        return [Named(each.id, each.ask, names.get(each.level or "", "")) for each in questions]

    def tell_interview(self, held: Held, asked: Collection[str], hard: Collection[str] = ()) -> None:
        """Keep which questions were asked, by their ids, and which of them were hard to judge.

        With none it is left untold; it is not asked again. What was hard is practised first from then on.
        Raises NotSavedError.
        """
        interview = self._interviews[held.id]
        told = replace(
            interview,
            told=self.day,
            asked=tuple(sorted({*asked, *hard})),
            hard=tuple(sorted(hard)),
        )
        self.progress.keep_interview(told, held.id)
