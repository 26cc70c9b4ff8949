"""A session that is a drill: each question once, as it was set, with no help and no second thought."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from trainer.cards.card import Answer, Card, Question
from trainer.errors import DrillError
from trainer.memory.calendar import Clock
from trainer.memory.learner import Region
from trainer.memory.schedule import Schedule
from trainer.study.recorder import Recorder
from trainer.study.session import Session
from trainer.study.turns import Feedback, Place


class DrillSession(Session):
    """Asks the questions of a drill that are left.

    The first answer to each counts. There is no hint and no guess, nothing is taken back, put off, put away
    or asked anew, and edits of sheets do not reach it. When its time is up it is over.
    """

    def __init__(  # noqa: PLR0913 — its collaborators, as of every session
        self,
        questions: Sequence[Question],
        recorder: Recorder,
        schedule: Schedule,
        clock: Clock,
        *,
        answered: int = 0,
        until: datetime | None = None,
        latest: datetime | None = None,
        own: Collection[str] | None = None,
        interviews: Mapping[str, datetime] | None = None,
        ticking: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the questions that are left after so many; `until` is when its time is up.

        `latest` is the latest instant that is known of the attempt: where the clock is set back, time goes on
        from there, and while it is asked by a clock that nobody sets.
        """
        self._questions = {question.card.id: question for question in questions}
        self._before = answered
        self._until = until
        self._wall, self._ticking = clock, ticking
        now = clock()
        self._start, self._ticked = max(now, latest) if latest else now, ticking()
        cards = [question.card for question in questions]
        super().__init__(
            cards,
            {card.id: card for card in cards},
            recorder,
            schedule,
            clock,
            most_misses=1,
            own=own,
            interviews=interviews,
        )

    @property
    def time_left(self) -> timedelta | None:
        """What is left of its time, none at the least; None without a limit."""
        if self._until is None:
            return None
        ticked = self._start + timedelta(seconds=self._ticking() - self._ticked)
        return max(timedelta(), self._until - max(self._wall(), ticked))

    @property
    def time_is_up(self) -> bool:
        """Whether no answer counts any more."""
        return self.time_left == timedelta()

    @property
    def given(self) -> int:
        """Answers of the attempt so far."""
        return self._before + len(self.answers)

    def coming(self) -> Place | None:
        """Return what `next` would put; None at the end, and when the time is up."""
        found = None if self.time_is_up else self._waiting.first(self._cards)
        return Place(*found, self._questions[found[0].card.id]) if found else None

    def answer(self, answer: Answer) -> Feedback:
        """Mark an answer and keep it. Raises NotSavedError, and DrillError when the time is up."""
        if self.time_is_up:
            self.next()
            raise DrillError("The time is up: this answer does not count.")
        super().answer(replace(answer, hint=False, guess=False))
        assert self.feedback is not None
        # In a drill what was never met counts as all else, and is called so.
        self.feedback = replace(self.feedback, first_meeting=False, leech=False)
        return self.feedback

    def is_first(self, place: Place) -> bool:  # noqa: ARG002 — nothing is said of it in a drill
        """Return False: what was never met is asked as all else."""
        return False

    @property
    def wants_region(self) -> bool:
        """False: the drill says whose usage counts."""
        return False

    def use_region(self, region: Region | None) -> None:
        """Do nothing: the drill says whose usage counts."""

    @property
    def can_undo(self) -> bool:
        """False: the first answer counts."""
        return False

    def undo(self) -> bool:
        """Take back nothing: the first answer counts."""
        return False

    def was_guessing(self) -> Feedback | None:
        """Change nothing: the first answer counts."""
        return None

    def count_as(self, *, right: bool) -> Feedback | None:  # noqa: ARG002 — the same
        """Change nothing: the first answer counts."""
        return None

    def too_easy(self) -> Feedback | None:
        """Change nothing: the first answer counts."""
        return None

    def suspend(self) -> bool:
        """Put nothing away."""
        return False

    def bury(self) -> bool:
        """Put nothing off."""
        return False

    def replace_cards(self, cards: Mapping[str, Card]) -> None:
        """Go on as before: a drill asks from its own copy."""
