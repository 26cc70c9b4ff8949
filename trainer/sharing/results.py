"""What an attempt came to, where a member stands with a drill, and the line that would be sent."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, Struct

from trainer.errors import DrillError, TeamError
from trainer.memory.calendar import study_day
from trainer.memory.state import Rated
from trainer.sharing.attempt import Attempt, head_taken
from trainer.sharing.drill import CHECK_FROM, Drill, Head, Published
from trainer.sharing.lines import CHECK, Rating, Result, TeamLine, encoded, id_of
from trainer.sharing.own import Membership

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trainer.cards.card import Card
    from trainer.sharing.freezing import Posed


SLACK = timedelta(minutes=3)
"""So much longer than its limit may an attempt take: the last answer was on its way."""


class Score(Struct, frozen=True):
    """How much of an attempt was right; what was not answered in time was not."""

    right: int
    of: int
    decks: dict[str, tuple[int, int]]


def questions_of(
    drill: Published, attempt: int, member: str, cards: "Mapping[str, Card] | None" = None
) -> "list[Posed]":
    """Return the questions of a member's attempt, in order: the same however often it is asked.

    `cards` are those of the drill, where they are known already.
    """
    from trainer.sharing.freezing import posed  # noqa: PLC0415 — who looks where a team stands asks nothing

    chance = f"{drill.fingerprint}#{attempt}"
    return posed(drill.drill, chance, check=attempt == CHECK, own=member, cards=cards)


def score_of(attempt: Attempt, asked: Collection[str]) -> Score:
    """Return the score of an attempt at which these cards were asked."""
    decks: dict[str, list[bool]] = defaultdict(list)
    answered = attempt.answered
    for card in asked:
        decks[card.split("/")[1]].append(card in answered and answered[card].right)
    by_deck = {deck: (sum(each), len(each)) for deck, each in decks.items()}
    return Score(sum(right for right, _ in by_deck.values()), len(asked), by_deck)


def over_at(attempt: Attempt, drill: Drill) -> datetime:
    """Return when an attempt was over: with its last answer, or when its time was up and some were left.

    Not when that was seen: feedback may be read for long, a computer sleep, and a drill that was left be
    opened again days later. None of that is time in which anything could be answered.
    """
    up = attempt.deadline(drill.time_limit)
    if up is None or len(attempt.answered) >= drill.asked:
        return attempt.last_answer
    return max(up, attempt.last_answer)


def is_dated_late(line: Result, attempt: Attempt) -> bool:
    """Return whether a result is dated when its end was seen, beyond its limit, and counts nowhere.

    False where the drill can't be read any more, which tells the limit.
    """
    if line.at - attempt.last_answer <= SLACK:
        return False
    try:
        drill = head_taken(attempt)
    except (DrillError, TeamError):
        return False
    return bool(drill.time_limit) and line.at - over_at(attempt, drill) > SLACK


def result_line(drill: Published, attempt: Attempt, own: Membership) -> bytes:
    """Return the line of an attempt that is over, with what the drill shares and nothing else."""
    number = attempt.begun.attempt
    posed = questions_of(drill, number, attempt.begun.member or own.member)
    asked = dict.fromkeys(each.card.id for each in posed)  # in order: an attempt's line is always the same
    score, answered, shares = score_of(attempt, asked), attempt.answered, drill.drill.shares
    cards = [each.card for each in drill.drill.questions]
    items = tuple((card in answered and answered[card].right) if card in asked else None for card in cards)
    chosen = tuple(answered[card].chosen if card in answered else None for card in cards)
    ratings = tuple(_rating(answered[card].rated) if card in answered else None for card in cards)
    said = attempt.end.doubtful if attempt.end else ()
    doubted = tuple(place for place, card in enumerate(cards, 1) if card in asked and card in said)
    return encoded(
        Result(
            id=result_id(drill.fingerprint, own, number),
            drill=drill.drill.id,
            fingerprint=drill.fingerprint,
            member=own.member,
            alias=own.alias,
            attempt=number,
            started=_to_the_second(attempt.begun.at),
            at=_to_the_second(over_at(attempt, drill.drill)),
            right=score.right,
            of=score.of,
            decks=score.decks,
            items=items if "items" in shares else UNSET,
            chosen=chosen if "chosen" in shares else UNSET,
            doubtful=doubted if "doubtful" in shares else UNSET,
            ratings=ratings if "ratings" in shares else UNSET,
            clock=True if attempt.clock_was_set_back else UNSET,
        )
    )


def _rating(rated: Rated | None) -> Rating | None:
    if rated is None:
        return None
    return Rating(
        score=rated.score,
        points={id_: int(degree) for id_, (degree, _) in rated.points.items()},
        flags=tuple(id_ for id_, (seen, _) in rated.flags.items() if seen),
    )


def result_id(fingerprint: str, own: Membership, attempt: int) -> str:
    """Return the id of the result of an attempt at the drill with a fingerprint: always the same."""
    return id_of("result", fingerprint, own.member, attempt)


def _to_the_second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


class Stage(StrEnum):
    """Where a member stands with a drill."""

    OPEN = "open"
    """May be begun, or tried again."""
    UNDER_WAY = "under way"
    PASSED = "passed"
    FAILED = "failed"
    CHECK_LATER = "check later"
    """Passed, and its delayed check is not due yet."""
    CHECK_NOW = "check now"
    CLOSED = "closed"
    """No more results of it are taken."""


OPEN_STAGES = frozenset({Stage.OPEN, Stage.UNDER_WAY, Stage.CHECK_NOW})
"""Where a drill may be taken, or gone on with."""


class Standing(Struct, frozen=True, kw_only=True):
    """Where a member stands with a drill, by their own home."""

    stage: Stage
    attempt: int
    """The attempt that is under way, or would be next; CHECK for the delayed check."""
    tried: int
    """Attempts that are over, the check not counted."""
    check_on: date | None = None
    """When the delayed check is due first."""
    under_way: Attempt | None = None


class Over(Struct, frozen=True, kw_only=True):
    """An attempt that is over, wherever it was made."""

    fingerprint: str
    attempt: int
    right: int
    of: int
    at: Annotated[datetime, Meta(tz=True)]


def over_elsewhere(lines: Iterable[TeamLine]) -> tuple[Over, ...]:
    """Return the attempts of which results were sent, from any computer of whoever sent the lines."""
    return tuple(
        Over(
            fingerprint=line.fingerprint,
            attempt=line.attempt,
            right=line.right,
            of=line.of,
            at=line.at.astimezone(),
        )
        for line in lines
        if isinstance(line, Result)
    )


def standing(drill: Head, attempts: Sequence[Attempt], today: date, sent: Sequence[Over] = ()) -> Standing:
    """Return where a member stands with a drill after their attempts at it as it is now.

    `sent` are the attempts of which results lie in the team's place: they may be of another computer.
    """
    own = [each for each in attempts if each.begun.fingerprint == drill.fingerprint]
    over = _over(drill.drill, own, [each for each in sent if each.fingerprint == drill.fingerprint])
    checked = any(each.begun.attempt == CHECK for each in own) or CHECK in over
    over.pop(CHECK, None)
    tried = max(over, default=0)
    if going := next((each for each in own if not each.end), None):
        return Standing(stage=Stage.UNDER_WAY, attempt=going.begun.attempt, tried=tried, under_way=going)
    passed = next((each for _, each in sorted(over.items()) if drill.drill.passes(each.right, each.of)), None)
    if passed is None:
        stage = Stage.OPEN if tried < drill.drill.attempts else Stage.FAILED
        stage = Stage.CLOSED if drill.closed else stage
        return Standing(stage=stage, attempt=tried + 1, tried=tried)
    if checked or drill.closed or not drill.drill.delayed_check:
        return Standing(stage=Stage.PASSED, attempt=tried + 1, tried=tried)
    on = study_day(passed.at) + timedelta(days=CHECK_FROM)
    stage = Stage.CHECK_NOW if today >= on else Stage.CHECK_LATER
    return Standing(stage=stage, attempt=CHECK, tried=tried, check_on=on)


def _over(drill: Drill, own: Sequence[Attempt], sent: Sequence[Over]) -> dict[int, Over]:
    """Return the attempts that are over by their numbers; of two of one number the earlier counts."""
    here = [
        Over(
            fingerprint=each.begun.fingerprint,
            attempt=each.begun.attempt,
            right=each.end.right,
            of=each.end.of,
            at=over_at(each, drill),
        )
        for each in own
        if each.end
    ]
    found: dict[int, Over] = {}
    for each in sorted((*here, *sent), key=attrgetter("at")):
        found.setdefault(each.attempt, each)
    return found
