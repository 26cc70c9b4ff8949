"""The day of an interview in five steps: the brief, then four short sessions, each until it is done.

Together they take about as long as the half hour before a meeting; where less is left, each gets its part.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from trainer.humanize import count
from trainer.memory.state import UNTIMED, Day, Rating
from trainer.study.pace import ANSWERS
from trainer.study.plan import Listed, StudyPlan
from trainer.study.recorder import Recorder

if TYPE_CHECKING:
    from trainer.cards.card import Card
    from trainer.study.toward import QuizPlanner

Part = Literal["", "brief", "words", "questions", "flags", "quiz"]
"""A step, and what is asked in it; empty for all there is."""

MINUTES: Mapping[Part, int] = {"brief": 6, "words": 5, "questions": 8, "flags": 5, "quiz": 10}
"""What the steps take, in their order."""

_DECK_OF_ANSWERS, _DECKS_OF_WORDS = "answers", ("meanings", "synonyms")


class Step(Struct, frozen=True, kw_only=True):
    """A step of the day."""

    part: Part
    minutes: int
    """What is left of it, at least 1, as its session says it too; what it takes in all where it is done."""
    room: int
    """Minutes that its session may take at most: more than it takes where there is no more to ask."""
    told: str
    """What is in it, in a few words; of one that was taken only that it is done."""
    done: bool = False
    cards: tuple[str, ...] = ()
    """The cards that it would ask now."""


def part_of(card: "Card") -> Part:
    """Return in which step a card is asked."""
    if card.deck in _DECKS_OF_WORDS:
        return "words"
    if card.deck != _DECK_OF_ANSWERS or card.aspect == "rate":
        return "quiz"
    return "questions" if any(question.id == card.item for question in card.sheet.questions) else "flags"


def minutes_of(steps: Iterable[Step]) -> int:
    """Return the minutes that steps take that are not done."""
    return sum(each.minutes for each in steps if not each.done)


class Steps:
    """Makes the steps of an interview's day, by what was done and learned of them on it."""

    def __init__(self, planner: "QuizPlanner", record: Recorder, day: Day) -> None:
        self._planner = planner
        self._today = [review for _, review in record.recent(ANSWERS) if review.day == day]

    def of(
        self, cards: Mapping[Part, Sequence[Listed]], seconds: float, done: Collection[str]
    ) -> tuple[Step, ...]:
        """Return the steps for so many seconds until the interview; one without cards is left out.

        `done` are those that were taken to their end on its day.
        """
        whole = MINUTES["brief"]
        read = "brief" in done
        told = "done" if read else "read it once"
        brief = Step(part="brief", minutes=whole, room=whole, told=told, done=read)
        asked = [self._step(part, own, done) for part in MINUTES if (own := cards.get(part))]
        steps = [brief, *(self._told(step, cards[step.part]) for step in asked)]
        share = seconds / (60 * minutes_of(steps)) if minutes_of(steps) else 1
        if share < 1:
            steps = [step if step.done else self._shorter(step, share, cards) for step in steps]
        return tuple(steps)

    def _step(self, part: Part, cards: Sequence[Listed], done: Collection[str]) -> Step:
        """Return a step; it is done only once it was taken, or where it has nothing to ask.

        What was learned of it today makes it shorter, in the day's session or before the terminal was closed:
        the time that went into cards which were right at last. What was missed is still to be done.
        """
        if part in done or not self._planner.for_the_hour(cards, MINUTES[part]).cards:
            return Step(part=part, minutes=MINUTES[part], room=MINUTES[part], told="", done=True)
        missed = {review.card: review.rating is Rating.AGAIN for review in self._today}
        learned = {card.id for card in cards if missed.get(card.id) is False}
        answers = [each for each in self._today if each.card in learned]
        spent = sum(UNTIMED * each.ms if each.spent is None else each.spent for each in answers) / 60_000
        left = max(1, round(MINUTES[part] - spent))
        return Step(part=part, minutes=left, room=left, told="")

    def _shorter(self, step: Step, share: float, cards: Mapping[Part, Sequence[Listed]]) -> Step:
        left = max(1, int(step.minutes * share))
        shorter = replace(step, minutes=left, room=left)
        return self._told(shorter, cards[step.part]) if step.part in cards else shorter

    def _told(self, step: Step, cards: Sequence[Listed]) -> Step:
        """Tell what a step would ask in its room, and in how many minutes: those that its session says."""
        plan = self._planner.for_the_hour(cards, step.room)
        return replace(
            step,
            minutes=step.minutes if step.done else plan.minutes,
            told="done" if step.done and plan.cards else _in_words(step.part, plan, cards),
            cards=tuple(each.card for each in plan.cards),
        )


def _in_words(part: Part, plan: StudyPlan, cards: Sequence[Listed]) -> str:
    """Return what a step would ask, in a few words."""
    ids = {each.card for each in plan.cards}
    asked = [card for card in cards if card.id in ids]
    if not asked:
        return "nothing to ask"
    match part:
        case "words":
            return f"{len(asked)} you'll hear"
        case "questions":
            questions = {card.id.partition(".")[0] for card in asked}
            return f"{len(questions)}, and what a strong answer shows"
        case "flags":
            return f"{len(asked)}, and what to ask next"
        case _:
            whole = sum(1 for card in asked if card.deck == _DECK_OF_ANSWERS)
            parts = [(len(asked) - whole, "résumé line"), (whole, "answer")]
            return ", ".join(count(number, noun) for number, noun in parts if number)
