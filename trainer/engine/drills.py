"""Taking a drill: the session, what is kept of it, and the result that may be sent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from trainer.engine.engine import Engine
from trainer.engine.team import Team
from trainer.errors import DrillError, NotSavedError
from trainer.humanize import dated
from trainer.memory.calendar import Clock, instant, microseconds
from trainer.memory.state import CardState, Day, DayTotals, Marks, Review
from trainer.progress.progress import Progress
from trainer.sharing import attempt as attempts
from trainer.sharing.attempt import Attempt, Behind, Ended, Given
from trainer.sharing.drill import SUFFIX, Drill, Published
from trainer.sharing.drill_file import problems_of, read_published
from trainer.sharing.freezing import Posed, cards_of
from trainer.sharing.lines import CHECK
from trainer.sharing.own import Membership, new_id
from trainer.sharing.results import OPEN_STAGES, Stage, Standing, questions_of, result_line, score_of
from trainer.study.drill import DrillSession

_CLOCKS_APART = timedelta(minutes=10)
"""As much earlier may an answer be than the one before it, by a clock that sets itself."""
_WRONG_BY = timedelta(days=90)
"""As much later and more is no day that anybody came from to a drill that is due."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What an attempt came to."""

    right: int
    of: int
    passed: bool
    in_time: bool
    """Whether all of it was answered before its time was up."""
    left: int
    """Attempts that are left, none after a pass and of the delayed check."""


class DrillRun:
    """An attempt at a drill: ask its `session` until it is done, then `finish` it."""

    def __init__(  # noqa: PLR0913, PLR0917 — what it is made of
        self,
        engine: Engine,
        own: Membership,
        drill: Published,
        attempt: Attempt,
        asked: Sequence[Posed],
        clock: Clock,
    ) -> None:
        self.drill = drill.drill
        self._published, self._own, self._clock = drill, own, clock
        self._asked = [each.card.id for each in asked]
        self.recorder = DrillRecorder(engine.progress, engine.library.cards.keys(), attempt)
        answered = attempt.answered
        self.missed_before = [
            each.question for each in asked if (given := answered.get(each.card.id)) and not given.right
        ]
        """What was missed before it was taken up again: its answers are told at the end, if not at once."""
        self.session = DrillSession(
            [each.question for each in asked if each.card.id not in answered],
            self.recorder,
            engine.progress.schedule,
            clock,
            answered=len(answered),
            until=attempt.deadline(drill.drill.time_limit),
            latest=attempt.latest,
            own=engine.own_cards(),
            interviews=engine.hours_of_cards(),
        )

    @property
    def is_check(self) -> bool:
        """Whether it is the delayed check."""
        return self.recorder.attempt.begun.attempt == CHECK

    @property
    def at_once(self) -> bool:
        """Whether each answer is told at once."""
        return self.drill.at_once

    @property
    def resumed(self) -> int:
        """Answers that were given before it was taken up again."""
        return self.session.given - len(self.session.answers)

    def finish(self) -> Outcome:
        """End the attempt where all is answered, or the time is up. Raises NotSavedError."""
        self.recorder.catch_up()
        attempt = self.recorder.attempt
        score = score_of(attempt, self._asked)
        if attempt.end is None:
            doubted = tuple(card for card in self._asked if self.recorder.marks(card).doubtful)
            ended = Ended(ended=self._clock(), right=score.right, of=score.of, doubtful=doubted)
            attempt = self.recorder.attempt = attempts.end(attempt, ended)
        passed = self.drill.passes(score.right, score.of)
        number = attempt.begun.attempt
        return Outcome(
            right=score.right,
            of=score.of,
            passed=passed,
            in_time=len(attempt.answered) == len(self._asked),
            left=0 if passed or number == CHECK else self.drill.attempts - number,
        )

    def result(self) -> bytes:
        """Return the line that would be sent, byte for byte."""
        return result_line(self._published, self.recorder.attempt, self._own)


class DrillRecorder:
    """Keeps the answers of an attempt, and has them count in the learner's record where it knows the card."""

    def __init__(self, progress: Progress, own: Collection[str], attempt: Attempt) -> None:
        self.attempt = attempt
        self._progress, self._own = progress, own
        self._owing = True
        """Whether the record may lack the last answer of the attempt."""
        self.catch_up()

    @property
    def states(self) -> Mapping[str, CardState]:
        """The state of every card that was ever met, by its id."""
        return self._progress.states

    def state(self, card: str) -> CardState | None:
        """Return the state of a card, None before its first meeting."""
        return self._progress.state(card)

    def marks(self, card: str) -> Marks:
        """Return what the learner said of a card."""
        return self._progress.marks(card)

    def totals(self, day: Day) -> DayTotals:
        """Return the sums of a study day."""
        return self._progress.totals(day)

    def recent(self, count: int) -> Sequence[tuple[int, Review]]:
        """Return so many of the newest reviews, with their ids, the newest last."""
        return self._progress.recent(count)

    def record(self, review: Review, at: datetime, *, instead_of: int | None = None) -> int:
        """Keep an answer: first of the attempt, then in the record.

        Raises NotSavedError, and then neither has it: the next answer to the question is the first.
        """
        if instead_of is not None:
            raise DrillError("In a drill the first answer counts.")
        self.catch_up()
        known = review.card in self._own
        review = replace(review, drill=True)
        given = Given(
            card=review.card,
            at=at,
            right=review.right,
            chosen=review.chosen,
            rated=review.rated,
            review=review if known else None,
        )
        if new := review.card not in self.attempt.answered:
            self.attempt = attempts.keep(self.attempt, given)
        try:
            return self._progress.record(review, at) if known else microseconds(at)
        except NotSavedError:
            if new and self._counts_already():
                return microseconds(at)
            raise

    def undo(self) -> tuple[int, Review] | None:
        """Take back nothing: in a drill the first answer counts."""
        return None

    def mark(self, card: str, marks: Marks) -> None:
        """Keep what the learner says of a card."""
        self._progress.mark(card, marks)

    def catch_up(self) -> None:
        """Have the last answer in the record too, where a kill or a full disk came between.

        Raises NotSavedError.
        """
        if not self._owing:
            return
        last = self.attempt.given[-1] if self.attempt.given else None
        if last and last.review and self._progress.saved:
            at = microseconds(last.at)
            kept = self._progress.history_of(last.card)
            if not any(at in {id_, review.at} for id_, review in kept.items()):
                self._progress.record(last.review, last.at)
        self._owing = False

    def _counts_already(self) -> bool:
        """Take the answer that the record refused out of the attempt; return whether it can't be.

        Then it is the first and counts, and the record gets it before the next one.
        """
        try:
            self.attempt = attempts.withdraw(self.attempt)
        except NotSavedError:
            self._owing = True
            return True
        return False


class ToTake(Struct, frozen=True, kw_only=True):
    """A drill that may be taken now. Nothing is begun yet."""

    drill: Published
    standing: Standing
    today: date
    """The study day on which it is offered."""
    asked: Sequence[Posed] = ()
    """The questions of the attempt, where it is known already whose it is."""

    @property
    def under_way(self) -> bool:
        """Whether it was begun already."""
        return self.standing.under_way is not None

    @property
    def is_check(self) -> bool:
        """Whether it is the delayed check."""
        return self.standing.attempt == CHECK


def to_take(team: Team, wanted: str = "") -> ToTake:
    """Return a drill of the team, or the one in a file; without a name what is to be taken first.

    Raises DrillError where nothing is to be taken now, and TeamError.
    """
    return _offered(team, _found(team, wanted)) if wanted else _first(team)


def _offered(team: Team, drill: Published) -> ToTake:
    """Return a drill as it may be taken. Raises DrillError where it can't be, and TeamError."""
    if not drill.drill.sheets:
        raise DrillError(
            f'"{drill.drill.title}" is a draft and holds no questions: "trainer drill publish" puts them in.'
        )
    if problems := list(problems_of(drill.drill, cards_of(drill.drill).keys(), None)):
        raise DrillError("\n".join(f"{drill.drill.title}: {problem}" for problem in problems))
    standing = team.standing(drill)
    team.keep_taken(drill)
    if standing.stage not in OPEN_STAGES:
        raise DrillError(why_not(drill.drill, standing, team.today))
    going = standing.under_way
    own = team.membership
    member = (going and going.begun.member) or (own.member if own else "")
    asked = questions_of(drill, standing.attempt, member) if member else ()
    return ToTake(drill=drill, standing=standing, today=team.today, asked=asked)


def begin(engine: Engine, team: Team, wanted: ToTake) -> DrillRun:
    """Begin a drill, or go on with it. Raises DrillError, TeamError and NotSavedError."""
    own, drill = team.membership or _by_mail(team, engine), wanted.drill
    asked = wanted.asked or questions_of(drill, wanted.standing.attempt, own.member)
    attempt = wanted.standing.under_way
    now = team.clock()
    if attempt is None:
        folder = team.own.attempts / drill.drill.id
        attempt = attempts.begin(folder, drill, wanted.standing.attempt, now, own.member)
    if behind := _behind(engine.progress, now):
        attempt = attempts.note_behind(attempt, behind)
    return DrillRun(engine, own, drill, attempt, asked, team.clock)


def _behind(progress: Progress, now: datetime) -> Behind | None:
    """Return how far the clock is behind the record, if it was set back.

    A clock that was wrong by months is told nothing of: it was set right again.
    """
    newest = progress.newest()
    if newest is None:
        return None
    known = instant(newest[0], UTC)  # ids never fall, whatever the clock does
    return Behind(known=known, at=now) if _CLOCKS_APART < known - now < _WRONG_BY else None


def why_not(drill: Drill, standing: Standing, today: date) -> str:
    """Return why a drill can't be taken on a day."""
    match standing.stage:
        case Stage.PASSED:
            return f'You have passed "{drill.title}": nothing is left to do of it.'
        case Stage.FAILED:
            return f'No attempt at "{drill.title}" is left: {drill.attempts} can be made.'
        case Stage.CLOSED:
            return f'"{drill.title}" is closed: your lead takes no more results of it.'
        case _:
            on = f" on {dated(standing.check_on, today)}" if standing.check_on else ""
            return f'You have passed "{drill.title}". Its check, whether it stayed, can be taken{on}.'


def _first(team: Team) -> ToTake:
    """Return the drill of the team that is to be taken first, of those that can be."""
    rows, wrong = team.drills()
    told = team.known()  # as Today tells them; behind these, what one has set oneself
    problems = list(wrong)
    to_be_taken = [row.drill.drill.id for row in (*told, *rows) if row.standing.stage in OPEN_STAGES]
    for id_ in dict.fromkeys(to_be_taken):
        try:
            return _offered(team, team.drill(id_))
        except DrillError as error:
            problems.append(str(error))
    raise DrillError(problems[0] if problems else "Your team has no drill that is to be taken now.")


def _found(team: Team, wanted: str) -> Published:
    """Return a drill by its id or title, or the file that holds it."""
    if wanted.endswith(SUFFIX) or Path(wanted).is_file():
        return read_published(Path(wanted))
    rows, problems = team.drills()
    folded = wanted.casefold()
    heads = [row.drill for row in rows]
    for each in [*heads, *(team.heads()[0] if problems else ())]:  # what is wrong may be at home alone
        if folded in {each.drill.id, each.drill.title.casefold()}:
            return team.drill(each.drill.id)
    told = f" {problems[0]}" if problems else ' "trainer drill" lists them.'
    if not problems and team.is_begun(folded):
        told = ' You began it: ask your lead for its file, and go on with that: "trainer drill take FILE".'
    raise DrillError(f'The team has no drill "{wanted}".{told}')


def _by_mail(team: Team, engine: Engine) -> Membership:
    """Be somebody for drills that come as files, under one's own name."""
    return team.own.begin(
        Membership(
            place="",
            team="",
            name="",
            member=new_id(),
            device=new_id(4),
            alias=engine.recruiter,
            joined=team.clock(),
        )
    )
