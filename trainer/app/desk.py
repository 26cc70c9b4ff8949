"""An open record, and what the screens want of it."""

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.app.choice import SessionChoice
from trainer.app.pages.today import Standing
from trainer.errors import TrainerError
from trainer.memory.calendar import Clock
from trainer.memory.state import Day
from trainer.study.plan import MORE_NEW, minutes_for
from trainer.training import Training

if TYPE_CHECKING:
    from trainer.app.pages.sheets import SheetRow
    from trainer.reports.confusion import Confusion
    from trainer.reports.profile import Profile
    from trainer.study.pairs import Pairs
    from trainer.study.session import Session


class Desk:
    """Starts sessions, and tells where the learner stands."""

    def __init__(self, training: Training, clock: Clock, notices: Sequence[str] = ()) -> None:
        self.training = training
        self._clock = clock
        self._notices = [*notices, *training.progress.notices]
        self._told: set[str] = set()
        self._confused: tuple[Day, Confusion | None] | None = None
        self._at_opening = len(training.progress.notices)
        self.first_ever = not training.progress.states
        """Whether this learner never answered anything before; true until the first summary."""

    @property
    def day(self) -> Day:
        """The study day it is now."""
        return self.training.day

    @property
    def saved(self) -> bool:
        """False for practice."""
        return self.training.progress.saved

    @property
    def recruiter(self) -> str:
        """Whose record it is."""
        return self.training.progress.recruiter

    def standing(self) -> Standing:
        """Return what Today tells; notices are told the first time only."""
        notices = [*self._notices, *self._problems()]
        self._notices = []
        self._told.update(notices)
        return Standing(
            overview=self.training.overview(),
            now=self._clock(),
            day=self.training.day,
            notices=tuple(notices),
            can_undo=self._can_undo(),
        )

    def _problems(self) -> list[str]:
        """Return what is wrong with sheets and was not told yet."""
        return [problem for problem in self.training.problems if problem not in self._told]

    def otherwise(self, shown: Standing) -> bool:
        """Say whether the sheets, read after Today was filled, say something else than it shows."""
        return bool(self._problems()) or self.training.overview() != shown.overview

    def _can_undo(self) -> bool:
        """Whether there is an answer of today to take back; without saving it would only seem to be."""
        if not self.saved or not self.training.progress.totals(self.day).reviews:
            return False
        newest = self.training.progress.newest()
        return newest is not None and newest[1].day == self.day

    def take_back(self) -> "tuple[Session, str]":
        """Take back the newest answer; return a session that asks it again, and what is to be said.

        The session has no question if the card is in no sheet any more. Raises NotSavedError.
        """
        session, at = self.training.take_back()
        told = "Here is its question again." if session.question else "Its card is in no sheet any more."
        return session, f"Taken back: your answer of {at:%H:%M}. {told}" if at else told

    def confusion(self) -> str:
        """Return yesterday's confusion in a sentence while it waits.

        The first time it reads the sheets, which a session wants too, and once a day the history.
        """
        day, progress = self.training.day, self.training.progress
        if self._confused is None or self._confused[0] != day:
            self._confused = (day, self._look_for_confusion(day))
        found = self._confused[1]
        state = progress.state(found.card) if found else None
        if not found or not state or state.last == day:
            return ""
        return f"Yesterday you {found.words}. It is back today."

    def _look_for_confusion(self, day: Day) -> "Confusion | None":
        from trainer.reports.confusion import yesterdays_confusion  # noqa: PLC0415 — after the first paint

        try:
            return yesterdays_confusion(self.training.library, self.training.progress, day)
        except TrainerError as error:
            self.tell(str(error))
            return None

    def sheets(self) -> "list[SheetRow]":
        """Return where the learner stands sheet by sheet."""
        from trainer.app.pages.sheets import sheet_rows  # noqa: PLC0415 — only when it is opened

        return sheet_rows(self.training.library, self.training.progress, self.training.day)

    def pairs(self) -> "Pairs | None":
        """Return a round of the warm-up; None where there are too few roles for one."""
        from trainer.study.pairs import new_round  # noqa: PLC0415 — only when it is asked

        return new_round(self.training.library.sheets.values(), random.Random())

    def profile(self) -> "Profile":
        """Return how the learner rates answers. Reads the history; raises ProgressError where it can't."""
        from trainer.reports.profile import rater_profile  # noqa: PLC0415 — only when it is asked

        return rater_profile(self.training.progress.history())

    def tell(self, notice: str) -> None:
        """Put a sentence on the next Today."""
        self._notices.append(notice)

    def session(self, choice: SessionChoice) -> "Session | None":
        """Start what was chosen; None when it has nothing to ask. Raises UnknownDeckError."""
        if choice.kind == "quiz":
            session = self.training.quiz(choice.decks, count=choice.count)
        else:
            session = self.training.study(choice.decks, limit=choice.limit, new=choice.new)
        return session if session.question else None

    def any_session(self, decks: Sequence[str] = ()) -> "Session | None":
        """Start what is to do today, else more new cards, else a quiz; None without a card to ask."""
        choices = (
            SessionChoice(decks=tuple(decks)),
            SessionChoice(decks=tuple(decks), new=MORE_NEW),
            SessionChoice("quiz", tuple(decks)),
        )
        return next((session for choice in choices if (session := self.session(choice))), None)

    def minutes_for(self, cards: int) -> int:
        """Return the minutes that so many cards take at today's pace."""
        return minutes_for(cards, self.training.progress.totals(self.training.day))

    def close(self) -> list[str]:
        """Put everything in its place on the disk; return what went wrong there."""
        self.training.close()
        return self.training.progress.notices[self._at_opening :]
