"""What a session came to, in the words of every front end: they only lay it out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from trainer.cards.card import Question, Skill
from trainer.humanize import count, listed, minutes, weekday
from trainer.memory.state import Day, Review

_SKILLS = 3
"""Things done well that are told at most."""
_WORDS = 6
"""New words that are named at most."""
_DAYS = 5
"""Days on which something comes back that are told at most."""
_WEEK = 7
"""Days from today on within which they are looked for."""

Answers = Sequence[tuple[Review, bool, Question]]
"""Reviews, each with whether it was a first meeting, and its question."""


class Done(Struct, frozen=True):
    """How often something was done right at first try, on cards met before."""

    skill: Skill
    right: int
    of: int

    def __str__(self) -> str:
        """Return what it was done to, after the skill's verb: "5 of 6 Senior lines"."""
        if self.of == 1:
            return f"one {self.skill.one}"
        if self.right == self.of:
            return f"{'both' if self.of == 2 else f'all {self.of}'} {self.skill.many}"
        return f"{self.right} of {self.of} {self.skill.many}"


class Miss(Struct, frozen=True):
    """What is worth watching among what was missed."""

    question: Question
    words: str = ""
    """What the learner did, after "you": "took a Mid line for Senior"; empty where no sentence says it."""
    times: int = 1
    """How often they did just that."""
    others: int = 0
    """Other cards that were missed."""


class Summary(Struct, frozen=True, kw_only=True):
    """The figures of a session. First meetings and repeats are never scored."""

    answers: int
    new: int
    """Cards met for the first time."""
    scored: int
    """First tries on cards met before."""
    right: int
    """… of which right, guesses not counted."""
    lucky: int
    """… of which right by a guess."""
    done: tuple[Done, ...]
    """What was done right at least once, what most often first."""
    words: tuple[str, ...]
    """The words of the trade that were met for the first time."""
    watch: Miss | None
    """None when nothing was missed but first meetings, of which none was missed again."""
    read_again: tuple[Question, ...]
    """What was missed, for a last look before an interview; what was not right since stands first."""
    minutes: float
    ended: bool
    """Whether nothing of it is left, or its minutes are over; else it was left before."""
    coming: Mapping[Day, int]
    """How many cards are due on each day from today on; what is overdue counts for today."""


class Outlook(Struct, frozen=True, kw_only=True):
    """What lies ahead when a session ends."""

    day: Day
    first_day: bool
    """Whether nothing was answered on a day before."""
    due: int
    """Reviews that are left for today."""
    more: int
    """Other cards that there is time for today: new ones, and those that were missed."""
    again: int = 0
    """… of which those that were missed."""
    minutes: int
    """What all of these are expected to take."""
    tomorrow: int
    """Minutes that tomorrow is expected to take; 0 when nothing is to do then."""
    left_over: int = 0
    """Reviews that are due and have no room in what is left of today's minutes."""


def summarize(  # noqa: PLR0913 — what it is made of
    answered: Answers, *, spent_ms: int, ended: bool, due: Sequence[Day], today: Day, last_look: int = 0
) -> Summary:
    """Return the summary of answers; `due` are the days on which cards come back.

    `last_look` is how much of what was missed is told to be read once more.
    """
    tried = [
        (review, question)
        for review, first_meeting, question in answered
        if not (review.repeat or first_meeting)
    ]
    met = [question for _, first_meeting, question in answered if first_meeting]
    return Summary(
        answers=len(answered),
        new=len(met),
        scored=len(tried),
        right=sum(_is_sure(review) for review, _ in tried),
        lucky=sum(review.guess for review, _ in tried),
        done=_done(tried),
        words=tuple(dict.fromkeys(question.card.word for question in met if question.card.word)),
        read_again=_missed(answered)[:last_look],
        watch=_to_be_watched(answered, tried),
        minutes=spent_ms / 60_000,
        ended=ended,
        coming=dict(sorted(Counter(max(day, today) for day in due).items())),
    )


def headline(summary: Summary, outlook: Outlook | None = None) -> str:
    """Return what a session with an answer came to in one sentence; at the end of a first day, that it is."""
    if outlook and outlook.first_day and summary.ended and not outlook.due + outlook.more:
        return f"That's it: {minutes(summary.minutes)}. See you tomorrow."
    if summary.scored:
        return f"{summary.right} of {summary.scored} right at first try."
    if summary.new:
        return f"You met {count(summary.new, 'new card')}."
    return f"{'What' if summary.ended else 'Some of what'} you missed came once more."


def figures(summary: Summary, *, saved: bool) -> str:
    """Return what else it came to, and whether that is saved."""
    lucky = f" ({summary.lucky} right by a guess)" if summary.lucky else ""
    again = summary.answers - summary.scored - summary.new
    kinds = [
        f"{count(summary.scored, 'first try', 'first tries')}{lucky}" if summary.scored else "",
        count(summary.new, "new card") if summary.new else "",
        f"{again} asked again" if again else "",
    ]
    said = [kind for kind in kinds if kind]
    answers = count(summary.answers, "answer") + (f": {', '.join(said)}" if len(said) > 1 or lucky else "")
    parts = [answers, minutes(summary.minutes)]
    kept = "Every answer is saved." if saved else "Practice: nothing was saved."
    return f"{' · '.join(parts)}. {kept}"


def went_well(summary: Summary) -> str:
    """Return what was done right, in a sentence; empty where nothing was."""
    by_verb: dict[str, list[str]] = {}
    for each in summary.done[:_SKILLS]:
        by_verb.setdefault(each.skill.verb, []).append(str(each))
    told = [f"{verb} {listed(things)}" for verb, things in by_verb.items()]
    return f"You {listed(told)}.{_all_else(summary)}" if told else ""


def _all_else(summary: Summary) -> str:
    """Return what became of the first tries that are not told by name, so that all are accounted for."""
    named = summary.done[:_SKILLS]
    of = summary.scored - sum(each.of for each in named)
    right = summary.right - sum(each.right for each in named)
    if not of:
        return ""
    if of == 1:
        return f" One other card was {'right' if right else 'missed'}."
    return f" Of {of} other cards {right or 'none'} {'were' if right > 1 else 'was'} right."


def new_words(summary: Summary) -> str:
    """Return which words were met for the first time; empty where none was."""
    if not summary.words:
        return ""
    named, more = summary.words[:_WORDS], len(summary.words) - _WORDS
    if len(summary.words) == 1:
        return f"New word: {summary.words[0]}."
    return f"New words: {listed([*named, f'{more} more'] if more > 0 else named)}."


READ_AGAIN = "Read these once more:"
"""The heading over `Summary.read_again`."""

TAKE_ALONG = "Take the brief with you: v."
"""What there is to do after a quiz for an interview."""


def to_watch(miss: Miss) -> str:
    """Return what to watch, as a heading over the question and its answer."""
    if not miss.words:
        return "One thing to watch:"
    times = {1: "", 2: ", twice"}.get(miss.times, f", {miss.times} times")
    return f"One thing to watch: you {miss.words}{times}."


def others_missed(miss: Miss) -> str:
    """Return how much else was missed; empty where nothing was."""
    if not miss.others:
        return ""
    return "One more was missed." if miss.others == 1 else f"{miss.others} more were missed."


def ahead(summary: Summary, outlook: Outlook) -> str:
    """Return what is left for today, or what tomorrow takes."""
    waiting = outlook.due + outlook.more
    if outlook.due or (waiting and not summary.ended):
        return f"Left for today: {count(waiting, 'card')}, {minutes(outlook.minutes)}."
    tomorrow = f"Tomorrow: {minutes(outlook.tomorrow)}." if outlook.tomorrow else "Nothing is to do tomorrow."
    if waiting:
        return f"{tomorrow} {count(waiting, 'more card')} can come today."
    if outlook.left_over:
        wait = count(outlook.left_over, "card waits", "cards wait")
        return f"Enough for today: {wait} for another day. {tomorrow}"
    return tomorrow if outlook.first_day else f"That was all for today. {tomorrow}"


def comes_back_when(summary: Summary, outlook: Outlook) -> str:
    """Return how many cards come back today and on which days after it; empty where none does in a week.

    What was missed and can come today comes tomorrow too.
    """
    day = outlook.day
    soon = ((each, number) for each, number in summary.coming.items() if 0 < (each - day).days <= _WEEK)
    days = [f"today {outlook.again}"] if outlook.again else []
    days += [
        f"{'tomorrow' if (each - day).days == 1 else weekday(each)} {number}"
        for each, number in islice(soon, _DAYS)
    ]
    return f"Cards that come back: {', '.join(days)}." if days else ""


def _missed(answered: Answers) -> tuple[Question, ...]:
    missed: dict[str, Question] = {}
    right_since: set[str] = set()
    for review, _, question in answered:
        if review.missed:
            missed.setdefault(review.card, question)
            right_since.discard(review.card)
        elif review.card in missed:
            right_since.add(review.card)
    return tuple(sorted(missed.values(), key=lambda question: question.card.id in right_since))


def _is_sure(review: Review) -> bool:
    return review.right and not review.guess


def _done(tried: Iterable[tuple[Review, Question]]) -> tuple[Done, ...]:
    """Count by skill, and leave out those that nothing was right in."""
    of: Counter[Skill] = Counter()
    right: Counter[Skill] = Counter()
    for review, question in tried:
        of[question.card.skill] += 1
        right[question.card.skill] += _is_sure(review)
    counted = (Done(skill, number, of[skill]) for skill, number in right.items() if number)
    return tuple(sorted(counted, key=lambda each: -each.right))


def _to_be_watched(answered: Answers, tried: Sequence[tuple[Review, Question]]) -> Miss | None:
    """Return a red flag on safety that was passed over, on a card just met too; else what was missed.

    Where no card met before was, that is a card which was missed once more after its first meeting.
    """
    missed = [(review, question) for review, question in tried if review.missed]
    for review, _, question in reversed(answered):
        if flags := _safety_missed(review, question):
            others = {each.card for each, _ in missed} - {review.card}
            named = listed(f"“{flag}”" for flag in flags)
            said = "a red flag" if len(flags) == 1 else count(len(flags), "red flag")
            return Miss(question, f"missed {said} on safety, {named}", others=len(others))
    last = {review.card: (review, question) for review, _, question in answered}
    return _watched(missed or [each for each in last.values() if each[0].repeat and each[0].missed])


def _safety_missed(review: Review, question: Question) -> list[str]:
    """Return the red flags on safety that a rating passed over; none where it counts as right."""
    if not (review.missed and review.rated and question.sample):
        return []
    said = review.rated.flags
    return [flag.text for flag in question.sample.flags if flag.safety and said.get(flag.id) == (False, True)]


def _watched(missed: Sequence[tuple[Review, Question]]) -> Miss | None:
    """Return the mistake made most often, the last of several; else the last question that was missed."""
    if not missed:
        return None
    said = [_mistake(review, question) for review, question in missed]
    times = Counter(words for words in said if words)
    most = max(times.values(), default=0)
    place = max(i for i, words in enumerate(said) if times[words] == most)
    others = len(missed) - max(1, most)
    return Miss(missed[place][1], said[place], max(1, most), others)


def _mistake(review: Review, question: Question) -> str:
    if len(review.chosen) != 1:
        return ""
    return question.card.mistake(review.variant, review.chosen[0])
