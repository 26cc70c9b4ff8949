"""The sessions of a learner: what is planned, what is asked, what is taken back."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from trainer.cards.outline import Outline
from trainer.cards.roles import Roles, sheet_id
from trainer.clean import clean_line
from trainer.engine.choice import SessionChoice
from trainer.engine.interviewing import Interviewing
from trainer.engine.marking import Marking
from trainer.errors import TrainerError
from trainer.memory.calendar import instant, study_day
from trainer.memory.schedule import Schedule
from trainer.study.pace import MISSES_A_SESSION
from trainer.study.plan import DEFAULT_MINUTES, MORE_NEW, QUIZ_LENGTH, Planner, StudyPlan
from trainer.study.steps import Part, part_of

if TYPE_CHECKING:
    from trainer.cards.card import Card
    from trainer.cards.worked import Worked
    from trainer.reports.overview import Overview
    from trainer.study.session import Session

FASTEST = 6
"""Nobody is so many times as fast as a quiz of some minutes expects."""
WORKED_AFTER = 5
"""Answers of a session after which a worked example makes sense."""


class Sessions(Marking, Interviewing):
    """Plans and starts sessions; Today tells what the same plan says."""

    _schedule: Schedule
    _example_told = False

    def overview(self) -> "Overview":
        """Return where the learner stands today."""
        raise NotImplementedError

    def session(self, choice: SessionChoice) -> "Session | None":
        """Start what was chosen; None when it has nothing to ask. Raises UnknownDeckError."""
        session = self.begun(choice)
        return session if session.question else None

    def beyond_today(self) -> SessionChoice:
        """Return what goes on beyond the day's minutes: what is due, for as many again, else new cards."""
        seen = self.overview()
        more_due = seen.due > seen.reviews
        return SessionChoice(minutes=self.minutes, new=0) if more_due else SessionChoice(new=MORE_NEW)

    def begun(self, choice: SessionChoice) -> "Session":
        """Start what was chosen, though it has nothing to ask. Raises UnknownDeckError."""
        match choice.kind:
            case "mistakes":
                return self.again(self.mistakes(choice.decks), choice.limit)
            case "stars":
                return self.again(self.starred(choice.decks), choice.limit)
            case "cards":
                cards = self.library.cards
                return self.again([cards[id_] for id_ in choice.cards if id_ in cards], choice.limit)
            case _:
                plan = self._plan(self._outlines(choice.decks, choice.level, choice.part), choice)
                return self._session(plan)

    def any_session(self, decks: Sequence[str] = ()) -> "Session | None":
        """Start what is to do today, else more of it, else more new cards, else a quiz.

        None without a card to ask.
        """
        decks = tuple(decks)
        choices = (
            SessionChoice(decks=decks),
            SessionChoice(decks=decks, minutes=self.minutes),
            SessionChoice(decks=decks, new=MORE_NEW),
            SessionChoice("quiz", decks),
        )
        return next((session for choice in choices if (session := self.session(choice))), None)

    def study(
        self,
        decks: Sequence[str] = (),
        *,
        limit: int | None = None,
        new: int | None = None,
        minutes: int | None = None,
    ) -> "Session":
        """Start a session: what is due, then new cards. See `Planner.study`; raises UnknownDeckError."""
        return self.begun(SessionChoice("study", tuple(decks), limit=limit, new=new, minutes=minutes))

    def quiz(self, decks: Sequence[str] = (), *, count: int = QUIZ_LENGTH) -> "Session":
        """Start a quick quiz: what is most likely forgotten. See `Planner.quiz`; raises UnknownDeckError."""
        return self.begun(SessionChoice("quiz", tuple(decks), count=count))

    def again(self, cards: Sequence["Card"], limit: int | None = None) -> "Session":
        """Start a session on these cards, due or not, the most likely forgotten first; at most `limit`."""
        planner = self._planner()
        count = len(cards) if limit is None else limit
        plan = planner.quiz([Outline.of(card) for card in cards], count)
        return self._session(replace(plan, most_misses=MISSES_A_SESSION))

    def _planner(self, roles: Roles | None = None) -> Planner:
        learned = (roles or self._roles()).learned
        return Planner(self.progress, self._schedule, self.day, learned)

    def _plan(self, cards: Sequence[Outline], choice: SessionChoice) -> StudyPlan:
        """Plan a session: the same for what Today tells and for what is asked."""
        if choice.kind == "hour":
            # A step says how many cards it has; a quiz only says its minutes, and takes them.
            return self._hour(cards, choice.minutes or DEFAULT_MINUTES, fills=not choice.part)
        if choice.kind == "quiz":
            return self._planner().quiz(cards, choice.count)
        if choice.decks or choice.new is not None:
            return self._planner().study(
                cards,
                choice.minutes or self.minutes,
                anew=choice.minutes is not None,
                limit=choice.limit,
                new=choice.new,
            )
        return self._of_the_day(cards, minutes=choice.minutes, limit=choice.limit)

    def _of_the_day(
        self,
        cards: Sequence[Outline],
        roles: Roles | None = None,
        *,
        later: timedelta = timedelta(),
        minutes: int | None = None,
        limit: int | None = None,
    ) -> StudyPlan:
        """Plan what is for today, or for a day later: towards the interviews that are ahead then.

        `cards` are all that the learner learns; `minutes` are as many from now on.
        """
        now, learned = self._clock() + later, (roles or self._roles()).learned
        per_day, anew = minutes or self.minutes_on(now), minutes is not None
        hard = self._hard_cards()
        if hard:
            listed = {card.id for card in cards}
            others = [card for card in self._listed()[1] if card.id in hard and card.id not in listed]
            cards = [*cards, *others]
        running = self._running(now)
        if running and (targets := self._targets(running, now)):
            from trainer.study.toward import InterviewPlanner  # noqa: PLC0415 — most have none ahead

            planner = InterviewPlanner(self.progress, self._schedule, study_day(now), learned, hard)
            return planner.towards(targets, cards, per_day, anew=anew, limit=limit)
        ordinary = Planner(self.progress, self._schedule, study_day(now), learned, hard)
        return ordinary.study(cards, per_day, anew=anew, limit=limit)

    def _hour(self, cards: Sequence[Outline], minutes: int, *, fills: bool) -> StudyPlan:
        from trainer.study.toward import QuizPlanner  # noqa: PLC0415 — Today is shown without it

        planner = QuizPlanner(self.progress, self._schedule, self.day, self._roles().learned)
        plan = planner.for_the_hour(cards, minutes)
        if not fills:
            return plan
        asked = {each.card for each in plan.cards}
        more = planner.for_the_hour(cards, minutes * FASTEST).cards
        return replace(plan, spare=tuple(each for each in more if each.card not in asked))

    def _outlines(self, decks: Sequence[str], level: str = "", part: Part = "") -> list[Outline]:
        """Return the cards to plan with; who names a sheet has its cards, whatever the roles are.

        With a level, by its id or its name, those of interview questions for other levels are left out; with
        a part, what is asked in other steps. Raises TrainerError where none of the sheets has the level.
        """
        cards = self._chosen(decks)
        meant = _levels_meant(cards, level) if level else {}
        chosen = {card.id for card in cards if not part or part_of(card) == part}
        listed = (card for card in self._listed()[1] if card.id in chosen)
        return [card for card in listed if card.is_for(meant.get(sheet_id(card.id), level))]

    def take_back(self) -> "tuple[Session, str]":
        """Take back the newest answer, of an earlier run too.

        Returns a session that asks its card again, without a question if the card is in no sheet any more,
        and what is to be said. Raises NotSavedError, and then nothing has changed.
        """
        newest = self.progress.newest()
        session = self._session(StudyPlan())
        if not session.undo() or newest is None:
            drill = newest is not None and newest[1].drill
            first = "Your last answer was given in a drill, where the first one counts."
            return session, first if drill else "There is nothing to take back."
        told = "Here is its question again." if session.question else "Its card is in no sheet any more."
        at = instant(newest[1].at or newest[0], self._clock().tzinfo)
        return session, f"Taken back: your answer of {at:%H:%M}. {told}"

    def _session(self, plan: StudyPlan) -> "Session":
        from trainer.study.session import Session  # noqa: PLC0415 — Today is shown without one
        from trainer.study.turns import Turn  # noqa: PLC0415 — the same

        cards = self.library.cards
        return Session(
            [cards[each.card] for each in plan.cards if not each.misses],
            cards,
            self.progress,
            self._schedule,
            self._clock,
            most_misses=plan.most_misses,
            last_look=plan.last_look,
            own=self.own_cards(),
            region=self.progress.settings.region,
            waiting=[Turn(cards[each.card], each.misses, each.asked) for each in plan.cards if each.misses],
            goal=plan.goal,
            seconds={each.card: each.seconds for each in (*plan.cards, *plan.spare)},
            spare=[cards[each.card] for each in plan.spare],
            interviews=self.hours_of_cards(),
        )

    def own_cards(self) -> set[str]:
        """Return the ids of the cards that the learner learns: these come back by themselves."""
        return {card.id for card in self._chosen()}

    def worked_example(self, session: "Session") -> "Worked | None":
        """Return the example that is shown at the end of a session of the first study day, once.

        None for one who has rated an answer, or did too little yet to be told how it goes on.
        """
        first_day = set(self.progress.days) <= {self.day}
        if self._example_told or not first_day or len(session.answers) < WORKED_AFTER:
            return None
        from trainer.cards.worked import has_rated, worked_example  # noqa: PLC0415 — on one day only

        if has_rated(self.progress.states):
            return None
        self._example_told = True
        studied = (answered.feedback.question.card.sheet.id for answered in session.answers)
        sheets = self.library.sheets
        ids = [id_ for id_ in (*self._roles().learned, *studied, *sheets) if id_ in sheets]
        found = (worked_example(sheets[id_]) for id_ in dict.fromkeys(ids))
        return next((example for example in found if example), None)

    def _reviewing(self, cards: Sequence[Outline]) -> tuple[float, float]:
        """Return the retention by which sessions are planned, and the minutes a day that reviews take so."""
        return self._schedule.retention, self._planner().review_minutes(cards)


def _levels_meant(cards: "Iterable[Card]", written: str) -> dict[str, str]:
    """Return by the id of their sheet the level that is meant of each that has it. Raises TrainerError."""
    from trainer.cards.role_names import level_called  # noqa: PLC0415 — Today is shown without it

    sheets = {card.sheet.id: card.sheet for card in cards}
    found = {id_: level.id for id_, sheet in sheets.items() if (level := level_called(sheet, written))}
    if not found:
        raise TrainerError(f'No role here has the level "{clean_line(written)[:40]}".')
    return found
