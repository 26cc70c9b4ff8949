"""What an answer comes to: the review that is kept, what is said of it, and which cards wait after it."""

import random
from collections.abc import Container, Iterable, Sequence
from datetime import datetime

from trainer.cards.marking import Mark
from trainer.memory.calendar import study_day
from trainer.memory.schedule import Schedule
from trainer.memory.state import Rated, Rating, Review
from trainer.study.pace import MISSES_A_SESSION
from trainer.study.turns import (
    Answered,
    Attempt,
    Feedback,
    Place,
    Turn,
    asked_in_one_way,
    is_leech,
    quoted_with,
)

REPEAT_AFTER = (3, 6)
"""A missed card comes back after so many others."""

LONGEST_MS = 120_000
"""Time on one question that counts at most: the learner was called away."""


def review_of(
    attempt: Attempt, found: Mark, schedule: Schedule, told: Container[tuple[str, str]] = ()
) -> Review:
    """Return the review of an answer with its mark.

    `told` are the cards and ways whose answer the learner was told before it was taken back: a rating of
    such a one is no first one.
    """
    question, before, repeat = attempt.place.question, attempt.before, attempt.place.turn.repeat
    card, day = attempt.place.turn.card.id, study_day(attempt.at)
    if repeat and before:
        given = max(0, (before.due - day).days)
    else:
        given = schedule.interval(card, before, day, found.rating)
    return Review(
        card=card,
        day=day,
        rating=found.rating,
        given=given,
        form=question.form,
        ms=attempt.ms,
        spent=attempt.spent,
        variant=question.way.key,
        chosen=tuple(question.options[i].id for i in sorted(attempt.answer.chosen)),
        repeat=repeat,
        hint=attempt.answer.hint,
        guess=found.lucky,
        unseen=bool(question.unseen_counts and before and not repeat and question.way.key not in before.seen),
        rated=_rated(attempt, told),
    )


def _rated(attempt: Attempt, told: Container[tuple[str, str]]) -> Rated | None:
    """Return how a whole answer was rated, if one was."""
    question, given = attempt.place.question, attempt.answer.judgement
    if question.sample is None or given is None or attempt.answer.gave_up:
        return None
    way = question.way.key
    seen = attempt.before is not None and way in attempt.before.seen
    return question.sample.rated(given, first=not seen and (question.card.id, way) not in told)


def queue_after(place: Place, found: Mark, most_misses: int) -> tuple[Turn, ...]:
    """Return the turns that wait after a mark: a card that was missed, or guessed, is back among them.

    After `most_misses` it is not. Where none waits it is not either: asked straight after its own feedback
    it would test the eyes.
    """
    misses = place.turn.misses + 1
    if not place.queue or found.rating is not Rating.AGAIN or misses >= most_misses:
        return place.queue
    again = Turn(place.turn.card, misses, place.question.way.key)
    others = random.Random(f"{again.card.id}#{misses}").randint(*REPEAT_AFTER)
    return (*place.queue[:others], again, *place.queue[others:])


def feedback_on(  # noqa: PLR0913 — what it tells of
    attempt: Attempt,
    found: Mark,
    review: Review,
    queue: Sequence[Turn],
    before: Iterable[Answered],
    *,
    interview: datetime | None = None,
    learned: bool = True,
) -> Feedback:
    """Return what there is to say of an answer; `queue` are the turns that wait after it.

    `before` are the answers of the session, of which it may be one that is corrected; `interview` is the
    hour towards which the card is planned. Of what is not `learned` nothing waits for another session.
    """
    back_today, misses = len(queue) > len(attempt.place.queue), attempt.place.turn.misses + 1
    rests = found.rating is not Rating.AGAIN or misses >= MISSES_A_SESSION
    return Feedback(
        question=attempt.place.question,
        answer=attempt.answer,
        mark=found,
        first_meeting=attempt.before is None and not review.repeat,
        repeat=review.repeat,
        days=review.given,
        back_today=back_today,
        waits=learned and not (back_today or rests),
        learned=learned,
        leech=is_leech(attempt.before, review),
        interview=interview,
        days_to_interview=(study_day(interview) - review.day).days if interview else 0,
        withheld=asked_in_one_way(queue, quoted_with(attempt.place.question)),
        said=frozenset(
            line.label
            for step in before
            if step.attempt.place is not attempt.place
            for line in step.feedback.question.lines
            if line.once
        ),
    )


def milliseconds(start: datetime, end: datetime) -> int:
    """Return the milliseconds between two instants that count: from 0 to LONGEST_MS."""
    return min(LONGEST_MS, max(0, round((end - start).total_seconds() * 1000)))
