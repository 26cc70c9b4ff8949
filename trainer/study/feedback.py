"""What there is to say of an answer, in the words of every front end: they only lay it out."""

from enum import Enum

from trainer.cards.card import BECAUSE, Form, Line, Question, Quote
from trainer.cards.marking import WHY_NOT
from trainer.cards.sample import DEGREES, Compared, compare, meaning_of
from trainer.humanize import before, count, in_days
from trainer.memory.state import Degree, Rating
from trainer.study.turns import Feedback

_LONG = 40
"""A text of so many characters is not said twice on one screen."""


DOES_NOT_STICK = "This card does not stick: you have missed it again and again."
"""What is said of a leech, before the ways out that a front end has."""


class Tone(Enum):
    """How a verdict is meant, so that a front end may give it a sign and a colour."""

    RIGHT = "right"
    LUCKY = "right by a guess"
    NEW = "not to be known yet, or given up"
    WRONG = "wrong"


def verdict(feedback: Feedback) -> tuple[Tone, str]:
    """Return the verdict as a sentence, and how it is meant."""
    mark, answer = feedback.mark, feedback.answer
    if mark.lucky:
        return Tone.LUCKY, "Right, by a guess."
    if mark.right:
        return Tone.RIGHT, _right(feedback)
    if feedback.first_meeting:
        return Tone.NEW, "New to you." if feedback.question.sample else "New to you: now you know."
    if answer.gave_up:
        return Tone.NEW, "Now you know."
    if mark.claimed:
        return Tone.WRONG, "Counted as wrong."
    return Tone.WRONG, "Missed." if feedback.question.form is Form.FLIP else "Not right."


def _right(feedback: Feedback) -> str:
    mark = feedback.mark
    if mark.rating is Rating.EASY:
        return "Right, and easy."
    if mark.claimed:
        return "Counted as right."
    if mark.flawed:
        return "Close." if feedback.question.sample else "Right, but for a slip."
    return "Right, with the hint." if feedback.answer.hint else "Right."


def answer_in_full(feedback: Feedback) -> str:
    """Return the right answer; of a recall how much was named, of a rating nothing: see `scores`."""
    if feedback.question.sample:
        return ""
    if feedback.question.form is Form.RECALL:
        return f"{_named(feedback)}."
    question = feedback.question
    bare = any(_says_no_more(question.answer, option) for _, option in _right_options(question))
    # "Not right. Director" would say that the Director is wrong.
    return f"It is: {question.answer}" if bare else question.answer


def answer_in_short(feedback: Feedback) -> str:
    """Return the right answer where the question is seen with it: without long texts that stand there."""
    question = feedback.question
    if question.sample or question.form is Form.RECALL:
        return answer_in_full(feedback)
    right, beside = _right_options(question), answer_beside(question)
    if question.form is Form.CHOOSE and len(right) == 1:
        number, option = right[0]
        if _says_no_more(beside, option) or _without_end(question.answer, option) != question.answer:
            return "" if feedback.mark.right else f"The right answer is {number}."
    return answer_in_full(feedback) if beside == question.answer else beside


def _right_options(question: Question) -> list[tuple[int, str]]:
    return [(i, option.text) for i, option in enumerate(question.options, start=1) if option.right]


def _says_no_more(answer: str, option: str) -> bool:
    return answer.removesuffix(".") == option.removesuffix(".")


def answer_beside(question: Question) -> str:
    """Return the right answer beside the text of its question, without that text at its end if it is long."""
    return _without_end(question.answer, question.text) or question.answer


def told_at_once(feedback: Feedback, *, marked: bool) -> list[Line]:
    """Return what to teach at once: why it is right, and why what was chosen is not.

    `marked` says that the question stands above, marked: its cues, and what was left out of a recall.
    Else a line names them.
    """
    question, lines = feedback.question, []
    if question.form is Form.RECALL and not marked:
        left = [option.text for i, option in enumerate(question.options) if i not in feedback.answer.chosen]
        lines = [Line("Left out", "; ".join(left))] if left else []
    reasons_last = sorted(_told(feedback), key=lambda line: line.label.startswith(WHY_NOT))
    return lines + [_with_cues(line, feedback, marked=marked) for line in reasons_last if line.at_once]


def told_on_request(feedback: Feedback) -> list[Line]:
    """Return the rest of what to teach."""
    return [line for line in _told(feedback) if not line.at_once]


def quotes_at_once(feedback: Feedback) -> set[Quote]:
    """Return what other questions ask and the lines that are told at once quote."""
    return {quote for line in feedback.lines if line.at_once for quote in line.quotes}


def quotes_on_request(feedback: Feedback) -> set[Quote]:
    """Return what other questions ask and the rest of the lines quote."""
    return {quote for line in told_on_request(feedback) for quote in line.quotes}


def has_more(feedback: Feedback) -> bool:
    """Return whether there is more to say than is said at once."""
    if told_on_request(feedback):
        return True
    if feedback.question.form is Form.RECALL:
        return bool(feedback.answer.chosen)
    return len(compared(feedback, whole=True)) > len(compared(feedback, whole=False))


def compared(feedback: Feedback, *, whole: bool) -> list[Compared]:
    """Return the points and red flags of a rating beside the reference: all, or only those that differ.

    Where the learner gave no rating the reference stands alone: all of it, or only what the answer shows.
    """
    sample, given = feedback.question.sample, feedback.answer.judgement
    pairs = compare(sample, given) if sample else []
    if whole:
        return pairs
    return [each for each in pairs if (not each.agrees if given else each.said != DEGREES[Degree.NOT])]


def scores(feedback: Feedback) -> list[Line]:
    """Return the learner's score and that of the reference, a line each; nothing for other forms."""
    sample, given = feedback.question.sample, feedback.answer.judgement
    if not sample:
        return []
    own = [Line("You", f"{given.score}, {meaning_of(given.score)}")] if given else []
    return [*own, Line("Reference", sample.reference)]


def cues_told(feedback: Feedback, *, whole: bool) -> tuple[str, ...]:
    """Return the words to mark in the text: of a rating at first those on which the learner differs."""
    differing = tuple(each.words for each in compared(feedback, whole=False) if each.words)
    return feedback.question.cues if whole or not differing else differing


def _told(feedback: Feedback) -> list[Line]:
    """Return what to teach: a text that stands for two of the lines once, one that was read before not."""
    answer, prompt = answer_in_short(feedback), feedback.question.prompt
    told: dict[str, Line] = {}
    for line in feedback.lines:
        if line.text != answer and not prompt.endswith(f" {line.text}"):
            told.setdefault(line.text, line)
    return list(told.values())


def _with_cues(line: Line, feedback: Feedback, *, marked: bool) -> Line:
    """Return a line; the reason says which words it speaks of."""
    cues = feedback.question.cues
    if line.label != BECAUSE or not cues or feedback.question.sample:  # there each point has words of its own
        return line
    if marked:
        return Line("Marked", line.text)
    quoted = ", ".join(f"“{cue}”" for cue in cues)
    return Line("Cue words", f"{quoted}: {line.text}")


def comes_back(feedback: Feedback) -> str:
    """Return when the card comes back, and as what."""
    if feedback.back_today:
        another = comes_as(feedback.question)
        told = f"Comes back in a few cards{f', as another {another}' if another else ''}"
        return f"{told}." if feedback.in_time else f"{told}, if there is time for it."
    if not feedback.learned:
        return "Its role is not asked now, so it does not come back by itself."
    if feedback.interview and feedback.days_to_interview:
        day = before(feedback.interview, feedback.days_to_interview)
    else:
        day = in_days(feedback.days)
    return f"Comes back {day}{', and today if you start again' if feedback.waits else ''}."


def comes_as(question: Question) -> str:
    """Return what a repeat comes as: another "line" or "answer"; empty if it comes as the same."""
    if len(question.card.ways()) < 2:
        return ""
    return "line" if question.unseen_counts else "answer" if question.sample else ""


def _named(feedback: Feedback) -> str:
    points = count(len(feedback.question.options), "point")
    return f"{len(feedback.answer.chosen)} of {points} named"


def _without_end(answer: str, known: str) -> str:
    """Return an answer without what it ends with, if that is long and known already."""
    if len(known) < _LONG or not answer.endswith(known):
        return answer
    return answer.removesuffix(known).rstrip(": ")
