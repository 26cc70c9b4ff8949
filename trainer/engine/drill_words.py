"""What is said of drills and of what is sent, in the words of every front end: they only lay it out."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from trainer.cards.decks import DECKS
from trainer.cards.sample import DEGREES
from trainer.engine.drill_rows import DrillRow
from trainer.engine.drills import Outcome, ToTake
from trainer.humanize import count, dated, listed, moment
from trainer.memory.state import Degree
from trainer.sharing.drill import CHECK_FROM, CHECK_UNTIL, Drill
from trainer.sharing.results import Stage, Standing

PRIVATE = (
    "Results are for learning, not for pay or discipline. What you practise stays private: "
    "only results of drills are ever sent, and each only if you say so."
)
RULES = "Your first answer counts. There are no hints, and nothing can be taken back."
ASK_TO_SEND = "Send it?"
NOT_SENT = 'Not sent. "trainer drill send" offers it again.'
UNSENT = 'A result of yours is not sent: "trainer drill send" shows it, and sends it if you say yes.'
_SHARED = {
    "items": "which questions were right and which wrong",
    "chosen": "what you chose",
    "ratings": "how you rated each answer: its score, its points and the red flags you saw",
    "doubtful": "which questions you called doubtful",
}
_NEAR = "which answers you rated near the reference"
"""What "items" are in a calibration round, which has nothing to be right or wrong in."""
_BLIND = (
    "A calibration round: all rate the same answers, and the report shows nobody how the team rated before "
    "they sent their own. Nobody passes or fails. From five people on it shows, without names, where the "
    "team is split; how you lean it tells you alone."
)


def terms_of(wanted: ToTake) -> str:
    """Return how much a drill is, and what passes it: "12 questions, 15 minutes, pass mark 80 %"."""
    drill = wanted.drill.drill
    parts = [_asked(drill)]
    if drill.time_limit:
        parts.append(f"{count(drill.time_limit, 'minute')} that go on through pauses")
    if not drill.calibrates:
        parts.append(f"pass mark {drill.pass_mark} %")
    if wanted.is_check:
        parts.append("the check whether it stayed")
    elif drill.attempts > 1:
        parts.append(f"attempt {wanted.standing.attempt} of {drill.attempts}")
    if drill.due and not wanted.is_check:
        parts.append(f"due {dated(drill.due, wanted.today)}")
    return ", ".join(parts)


def draft_terms(drill: Drill, today: date) -> str:
    """Return how much a drill is that nobody takes yet."""
    due = f"due {dated(drill.due, today)}" if drill.due else "no due day"
    mark = "" if drill.calibrates else f"pass mark {drill.pass_mark} %, "
    return f"{_asked(drill)}, {mark}{due}"


def _asked(drill: Drill) -> str:
    if drill.calibrates:
        return count(drill.asked, "answer to rate", "answers to rate")
    return count(drill.asked, "question")


def kind_of(drill: Drill) -> str:
    """Return what there is to know of a calibration round before it begins; empty for other drills."""
    return _BLIND if drill.calibrates else ""


def shared_of(drill: Drill) -> str:
    """Return what a result of a drill says."""
    shared = _SHARED | {"items": _NEAR} if drill.calibrates else _SHARED
    more = [words for key, words in shared.items() if key in drill.shares]
    told = listed(["your alias", "when you took it", "your score in all and by deck", *more])
    return f"If you send your result, it says {told}."


def checked_later(drill: Drill) -> str:
    """Return that a pass is checked again later; empty where it is not."""
    if not drill.delayed_check:
        return ""
    return f"A pass is checked once more {CHECK_FROM} to {CHECK_UNTIL} days later: it should have stayed."


def event_words(row: DrillRow, today: date) -> tuple[str, str, str]:
    """Return what Today says of a drill, when first; what its key does; and how much it is.

    "due today  “Red flags”", "begin", "6 questions".
    """
    drill, standing = row.drill.drill, row.standing
    when, verb, much = _when(row.until, today), "begin", _asked(drill)
    if standing.under_way:
        when = f"under way, {when}" if when else "under way"
        verb, much = "go on", f"{len(standing.under_way.answered)} of {drill.asked} answered"
    elif standing.stage is Stage.CHECK_NOW:
        when = f"did it stay? {when}"
    return (f"{when}  “{drill.title}”" if when else f"“{drill.title}”"), verb, much


def _when(until: date | None, today: date) -> str:
    if until is None:
        return ""
    match (until - today).days:
        case 0:
            return "due today"
        case 1:
            return "due tomorrow"
        case days:
            return f"by {dated(until, today)}" if days > 0 else f"was due {dated(until, today)}"


def outcome_words(outcome: Outcome, drill: Drill, *, check: bool) -> Iterator[str]:
    """Yield what an attempt came to, in sentences."""
    share = outcome.right * 100 // outcome.of if outcome.of else 0
    if not outcome.in_time:
        yield "The time is up. What was not answered counts as wrong."
    if drill.calibrates:
        verdict = "That is how many you rated near the reference; nobody passes or fails."
    elif check:
        verdict = "It stayed." if outcome.passed else "It did not stay: take it up in your practice."
    else:
        verdict = "Passed." if outcome.passed else f"Not passed: {drill.pass_mark} % is the mark."
    yield f"{outcome.right} of {outcome.of} right, {share} %. {verdict}"
    if outcome.left:
        yield f"{count(outcome.left, 'attempt')} left."
    if outcome.passed and not check and (later := checked_later(drill)):
        yield later


def standing_words(drill: Drill, standing: Standing, today: date) -> str:
    """Return where one stands with a drill, in a few words."""
    match standing.stage:
        case Stage.UNDER_WAY:
            return "under way"
        case Stage.PASSED:
            return "rated" if drill.calibrates else "passed"
        case Stage.FAILED:
            return "not passed, no attempt left"
        case Stage.CLOSED:
            return "closed"
        case Stage.CHECK_NOW:
            return "passed; check now whether it stayed"
        case Stage.CHECK_LATER:
            on = f" from {dated(standing.check_on, today)} on" if standing.check_on else ""
            return f"passed; to check{on}"
        case Stage.OPEN:
            return f"tried {standing.tried} of {drill.attempts}" if standing.tried else "to take"


_TOLD: Mapping[str, str] = {
    "alias": "You are",
    "drill": "Drill",
    "attempt": "Attempt",
    "started": "Started",
    "at": "Ended",
    "decks": "By deck",
    "items": "By question",
    "chosen": "Chosen",
    "ratings": "Ratings",
    "doubtful": "Doubtful",
    "clock": "Clock",
}


def line_words(line: bytes) -> Iterator[tuple[str, str]]:
    """Yield what a line that would be sent says, by what each part is called; ids and sums are not told."""
    said: dict[str, Any] = msgspec.json.decode(line)
    if said["kind"] == "result":
        yield "Score", f"{said['right']} of {said['of']}"
    for key, called in _TOLD.items():
        if key in said:
            yield called, _part(key, said[key])


def _part(key: str, value: Any) -> str:
    match key:
        case "started" | "at":
            return moment(datetime.fromisoformat(value).astimezone())
        case "attempt":
            return str(value or "the delayed check")
        case "decks":
            named = (
                f"{DECKS[deck].short_name if deck in DECKS else deck} {right}/{of}"
                for deck, (right, of) in value.items()
            )
            return ", ".join(named)
        case "items":
            marks = {True: "right", False: "wrong"}
            return ", ".join(f"{n} {marks[each]}" for n, each in enumerate(value, 1) if each is not None)
        case "chosen":
            return "; ".join(f"{n} {' + '.join(each)}" for n, each in enumerate(value, 1) if each)
        case "ratings":
            return "; ".join(f"{n} {_rating(each)}" for n, each in enumerate(value, 1) if each)
        case "doubtful":
            return listed(map(str, value)) if value else "none"
        case "clock":
            return "was set back"
    return str(value)


def _rating(said: Mapping[str, Any]) -> str:
    """Return a rating as it would be sent: "score 4, first point shown, …"."""
    points = [f"{id_} {DEGREES[Degree(degree)]}" for id_, degree in said["points"].items()]
    flags = [f"red flag {flag}" for flag in said["flags"]]
    return ", ".join([f"score {said['score']}", *points, *flags])
