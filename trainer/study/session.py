"""A session: question, answer, mark, review, and on to the next.

It knows no screen and no file: the app and the plain mode drive it, a Recorder keeps what
it finds. Whoever drives it asks `question`, gives an `answer`, shows `feedback`, and calls `next`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from trainer.cards.card import Answer, Card, Question
from trainer.cards.marking import Mark, mark
from trainer.crash import saving_answer
from trainer.humanize import whole_minutes
from trainer.memory.calendar import Clock, study_day
from trainer.memory.learner import Region
from trainer.memory.schedule import Schedule
from trainer.memory.state import Marks, Review
from trainer.study import revising
from trainer.study.asking import Asking, glosses_for
from trainer.study.feedback import quotes_at_once, quotes_on_request
from trainer.study.goal import Goal
from trainer.study.pace import MISSES_A_SESSION
from trainer.study.recorder import Recorder
from trainer.study.renewal import answered_anew, asked_anew
from trainer.study.reviewing import feedback_on, milliseconds, queue_after, review_of
from trainer.study.revising import Revision
from trainer.study.summary import Summary, summarize
from trainer.study.turns import Answered, Attempt, Feedback, Phase, Place, PutAway, Turn
from trainer.study.waiting import Waiting


class Session:
    """Asks the cards of a plan until each is done.

    After `most_misses` a card does not come back: with 1, as in a quick quiz, it is asked once. `waiting`
    are cards that were missed earlier on the same day: they come first, as repeats. After `goal` seconds it
    is `enough`, and whoever drives it offers to leave, or to `go_on`; `spare` are asked too as long as there
    is time for them when the others are done. By the ids of cards, `seconds` are
    those that each is expected to take, and `interviews` the hours towards which some are planned. `own` are
    the ids of the cards that the learner learns, all if it is None: the summary speaks of those.
    """

    def __init__(  # noqa: PLR0913 — its collaborators, each of which a test replaces
        self,
        plan: Sequence[Card],
        cards: Mapping[str, Card],
        recorder: Recorder,
        schedule: Schedule,
        clock: Clock,
        *,
        most_misses: int = MISSES_A_SESSION,
        last_look: int = 0,
        own: Collection[str] | None = None,
        region: Region | None = None,
        waiting: Sequence[Turn] = (),
        goal: float | None = None,
        seconds: Mapping[str, float] | None = None,
        interviews: Mapping[str, datetime] | None = None,
        spare: Sequence[Card] = (),
    ) -> None:
        self._cards = cards
        self._recorder = recorder
        self._schedule = schedule
        self._clock = clock
        self._most_misses, self._last_look = most_misses, last_look
        self._own = own
        self._asking = Asking(recorder, region)
        self._goal = Goal(goal)
        turns = (*waiting, *(Turn(card) for card in plan))
        self._waiting = Waiting(turns, spare, self._goal, seconds or {})
        self._interviews = interviews or {}
        self._steps: list[Answered | PutAway] = []
        self._told: set[tuple[str, str]] = set()
        """Cards and ways whose answer was taken back: what is right has been told by then."""
        self._place: Place | None = None
        self._since = self._answered_at = clock()
        self.feedback: Feedback | None = None
        """What to say of the last answer, while it is shown."""
        self.next()

    @property
    def phase(self) -> Phase:
        """What the session waits for."""
        if self.feedback:
            return Phase.FEEDBACK
        return Phase.QUESTION if self._place else Phase.DONE

    @property
    def question(self) -> Question | None:
        """The question that stands, also while its feedback is shown; None at the end."""
        return self._place.question if self._place else None

    @property
    def first_meeting(self) -> bool:
        """Whether the card that stands was never asked before."""
        return bool(self._place) and self.is_first(self._place_now)

    def is_first(self, place: Place) -> bool:
        """Return whether the card of a place was never asked before."""
        return place.turn.card.id not in self._recorder.states

    @property
    def wants_region(self) -> bool:
        """Whether the learner is to be asked for their region now: the question that stands differs by it.

        Once a session: see `use_region`.
        """
        standing = self.question if self.phase is Phase.QUESTION else None
        return standing is not None and self._asking.wants_region(standing)

    def use_region(self, region: Region | None) -> None:
        """Ask from now on for a region, the question that stands too; None when the learner named none."""
        self._asking.use_region(region)
        if region and self.phase is Phase.QUESTION:
            place = self._place_now
            self._place = replace(place, question=self._asking.question(place.turn))
            self._since = self._clock()

    @property
    def glosses(self) -> list[str]:
        """Words of the trade that the card that stands uses, each with what it means: three at most.

        Those that everybody learns first give way.
        """
        return glosses_for(self._place.turn.card, self._cards) if self._place else []

    @property
    def repeat(self) -> bool:
        """Whether the card that stands was missed in this session."""
        return bool(self._place) and self._place_now.turn.repeat

    @property
    def total(self) -> int:
        """Cards in this session."""
        return len(self._waiting.cards)

    @property
    def done(self) -> int:
        """Cards that will not be asked again in this session."""
        return len(self._waiting.cards.keys() - self._unanswered)

    @property
    def enough(self) -> bool:
        """Whether the goal is reached with the answer whose feedback is shown, and cards are left."""
        return self._goal.reached and self.phase is Phase.FEEDBACK and bool(self._waiting.turns)

    def go_on(self) -> None:
        """Go on beyond the goal, to the last card."""
        self._goal.drop()

    @property
    def minutes_left(self) -> int:
        """What the cards `to_go` are expected to take, in whole minutes as Today says them.

        Of a session that fills its minutes, what is left of these.
        """
        return whole_minutes(self._goal.left) if self.fills else self._waiting.minutes(self._unanswered)

    @property
    def fills(self) -> bool:
        """Whether it goes on until its minutes are over: how many answers are `to_go` is not known then."""
        return self._waiting.fills and self.to_go > 0

    @property
    def share(self) -> float:
        """The part of it that is done, from 0 to 1."""
        return self._goal.share if self.fills else self.given / max(1, self.given + self.to_go)

    @property
    def given(self) -> int:
        """Answers of this session that stand; each moves it on by one."""
        return len(self.answers)

    @property
    def to_go(self) -> int:
        """Answers that are still wanted: one for each card that waits, a missed one again."""
        return len(self._waiting.turns) + (self.phase is Phase.QUESTION)

    @property
    def can_undo(self) -> bool:
        """Whether something was done in this session that can be taken back."""
        return bool(self._steps)

    @property
    def answers(self) -> list[Answered]:
        """The answers of this session that stand."""
        return [step for step in self._steps if isinstance(step, Answered)]

    def next(self) -> Question | None:
        """Go on to the next question and return it; None when all is asked."""
        self.feedback = None
        self._place = self.coming()
        if self._place:
            self._waiting.go_on(self._place)
        self._since = self._clock()
        return self.question

    def answer(self, answer: Answer) -> Feedback:
        """Mark an answer to the question that stands, keep it, and return what to say of it.

        Raises NotSavedError when it can't be kept; the question still stands then.
        """
        if self.phase is not Phase.QUESTION:
            raise RuntimeError("no question stands")
        attempt = self._attempt(answer)
        return self._keep(attempt, mark(attempt.place.question, answer))

    def foresee(self, answer: Answer) -> Feedback:
        """Return what there would be to say of an answer to the question that stands; nothing is kept."""
        attempt = self._attempt(answer)
        found = mark(attempt.place.question, answer)
        review = review_of(attempt, found, self._schedule, self._told)
        return self._feedback(attempt, found, review, self._queue_after(attempt.place, found))

    def tell_more(self, feedback: Feedback) -> None:
        """Take note that all of a feedback of this session is read, not only what it says at once."""
        self._asking.was_read(quotes_on_request(feedback))

    def coming(self) -> Place | None:
        """Return what `next` would put; None at the end."""
        found = self._waiting.first(self._cards)
        return Place(*found, self._asking.question(found[0])) if found else None

    def _attempt(self, answer: Answer) -> Attempt:
        at = self._clock()
        place = self._place_now
        before = self._recorder.state(place.turn.card.id)
        spent = milliseconds(self._answered_at, at)
        return Attempt(place, answer, before, at, milliseconds(self._since, at), spent)

    def was_guessing(self) -> Feedback | None:
        """Count the right answer just given as a guess; None if it was wrong or is one already."""
        return self._revised(revising.as_guess)

    def count_as(self, *, right: bool) -> Feedback | None:
        """Count the answer just given as right or as wrong; None if it is so already."""
        return self._revised(revising.as_right if right else revising.as_wrong)

    def too_easy(self) -> Feedback | None:
        """Rate the right answer just given as Easy; None if it was wrong, a guess or a repeat."""
        return self._revised(revising.as_easy)

    def suspend(self) -> bool:
        """Ask the card that stands never again; False when none stands."""
        return self._put_away(lambda marks: replace(marks, suspended=True))

    def bury(self) -> bool:
        """Ask the card that stands not again today; False when none stands."""
        today = study_day(self._clock())
        return self._put_away(lambda marks: replace(marks, buried=today))

    @property
    def marks(self) -> Marks:
        """What the learner said of the card that stands."""
        return self._recorder.marks(self._place_now.turn.card.id)

    def star(self) -> Marks:
        """Star the card that stands, or take its star away; return its marks."""
        return self._mark(star=not self.marks.star)

    def doubt(self, reason: str) -> Marks:
        """Doubt the card that stands for a reason, a key of DOUBTS, no more with an empty one.

        What is asked of it now is kept with the doubt. Return its marks.
        """
        way = self._place_now.question.way.key if reason else ""
        return self._mark(doubtful=bool(reason), reason=reason, way=way)

    def _mark(self, **changed: bool | str) -> Marks:
        self._recorder.mark(self._place_now.turn.card.id, replace(self.marks, **changed))
        return self.marks

    def undo(self) -> bool:
        """Take back the last thing done and put its question again; False if there is none.

        Beyond the start of this session it takes back answers of earlier ones.
        """
        if not self._steps:
            return self._undo_earlier()
        step = self._steps[-1]
        if isinstance(step, PutAway):
            self._recorder.mark(step.card, step.marks)
            self.feedback = step.feedback
        else:
            self._recorder.undo()
            self._told.add((step.review.card, step.review.variant))
            self.feedback = None
        self._steps.pop()
        place = step.place if isinstance(step, PutAway) else step.attempt.place
        self._place = place
        self._waiting.turns = self._queue_after(place, self.feedback.mark) if self.feedback else place.queue
        self._since = self._clock()
        self._freshen()
        return True

    def replace_cards(self, cards: Mapping[str, Card]) -> None:
        """Go on with the cards of an edited sheet, by their ids.

        What stands is asked anew in the same way, and under its feedback told anew; the answers
        that were given stay as they were marked. A card that is gone is not asked any more.
        """
        self._cards = cards
        answered = {step.review.card for step in self.answers}
        self._waiting.recount(cards, answered)
        if self.phase is Phase.QUESTION and self._place_now.turn.card.id not in cards:
            self._waiting.renew(cards)
            self.next()
        else:
            self._freshen()

    def summary(self) -> Summary:
        """Return what this session came to so far."""
        today = study_day(self._clock())
        own = self._cards if self._own is None else self._own
        states = [self._recorder.state(id_) for id_ in own if not self._recorder.marks(id_).suspended]
        return summarize(
            [(step.review, step.feedback.first_meeting, step.feedback.question) for step in self.answers],
            spent_ms=sum(step.attempt.spent for step in self.answers),
            last_look=self._last_look,
            ended=self.enough or not self.to_go,
            due=[state.due for state in states if state],
            today=today,
        )

    @property
    def _place_now(self) -> Place:
        if self._place is None:
            raise RuntimeError("no card stands")
        return self._place

    @property
    def _unanswered(self) -> set[str]:
        """The ids of the cards that are still to be answered."""
        waiting = {turn.card.id for turn in self._waiting.turns}
        if self._place and not self.feedback:
            waiting.add(self._place.turn.card.id)
        return waiting

    def _freshen(self) -> None:
        """Put the cards of an edited sheet in the place of those that stand and wait."""
        self._waiting.renew(self._cards)
        card = self._cards.get(self._place.turn.card.id) if self._place else None
        if card is None or card is self._place_now.turn.card:
            return
        last = self._last_shown()
        if not self.feedback:
            state = self._recorder.state(card.id)
            self._place = asked_anew(self._place_now, card, self._waiting.turns, self._asking.question, state)
        elif last and (told := answered_anew(last, self._place_now, card)):
            self._steps[-1] = told
            self.feedback, self._place = told.feedback, told.attempt.place

    def _keep(self, attempt: Attempt, found: Mark, instead_of: Answered | None = None) -> Feedback:
        review = review_of(attempt, found, self._schedule, self._told)
        with saving_answer():
            id_ = self._recorder.record(review, attempt.at, instead_of=instead_of.id if instead_of else None)
        queue = self._queue_after(attempt.place, found)
        self.feedback = self._feedback(attempt, found, review, queue)
        if instead_of:
            self._steps.pop()
        else:
            self._goal.spend(milliseconds(self._answered_at, self._since) + attempt.ms)
            self._answered_at = attempt.at
        self._steps.append(Answered(attempt, id_, review, self.feedback))
        self._place, self._waiting.turns = attempt.place, queue
        self._asking.was_read(quotes_at_once(self.feedback))
        return self.feedback

    def _feedback(self, attempt: Attempt, found: Mark, review: Review, queue: Sequence[Turn]) -> Feedback:
        interview = self._interviews.get(review.card)
        learned = self._own is None or review.card in self._own or interview is not None
        told = feedback_on(attempt, found, review, queue, self.answers, interview=interview, learned=learned)
        return replace(told, in_time=self._waiting.surely_asked(review.card, queue, attempt.spent / 1000))

    def _queue_after(self, place: Place, found: Mark) -> tuple[Turn, ...]:
        return queue_after(place, found, self._most_misses)

    def _last_shown(self) -> Answered | None:
        """Return the answer whose feedback is shown, or that was the last before the end."""
        last = self._steps[-1] if self._steps else None
        return last if isinstance(last, Answered) else None

    def _revised(self, revise: Callable[[Answered], Revision | None]) -> Feedback | None:
        """Put another mark in the place of the last one; a question asked since is put off."""
        last = self._last_shown()
        revision = revise(last) if last else None
        if last is None or revision is None:
            return None
        attempt = replace(last.attempt, answer=revision.answer, at=self._clock())
        return self._keep(attempt, revision.mark, instead_of=last)

    def _put_away(self, change: Callable[[Marks], Marks]) -> bool:
        if not self._place:
            return False
        place, card = self._place, self._place.turn.card.id
        marks = self._recorder.marks(card)
        self._recorder.mark(card, change(marks))
        self._steps.append(PutAway(place, card, marks, self.feedback))
        self._waiting.drop(card)
        self.next()
        return True

    def _undo_earlier(self) -> bool:
        undone = self._recorder.undo()
        if undone is None:
            return False
        self._told.add((undone[1].card, undone[1].variant))
        card = self._cards.get(undone[1].card)
        if card:
            self._waiting.put_first(Turn(card, misses=int(undone[1].repeat)), self._place)
            self.next()
        return True
