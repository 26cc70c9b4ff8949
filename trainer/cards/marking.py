"""From an answer to its mark: right or wrong, the rating, and what the feedback says."""

from collections.abc import Iterator

from msgspec import Struct

from trainer.cards.card import Answer, Form, Line, Question
from trainer.cards.sample import DEGREES, MEANINGS
from trainer.cards.typed import Nearness, nearest, nearness, split_list
from trainer.memory.state import Rating

SLIP_FORGIVEN_FROM = 4
"""With so many options to tick, one slip is still right, rated Hard."""


WHY_NOT = "Why not"
"""How the labels begin of the reasons why something is wrong; the number of the option follows."""

COMPARE = "Compare"
"""The label of what would have made a chosen option right."""


class Mark(Struct, frozen=True):
    """What an answer is worth."""

    right: bool
    rating: Rating
    flawed: bool = False
    """Right, but close or with one slip."""
    lucky: bool = False
    """Right, and said to be a guess."""
    claimed: bool = False
    """Whether the learner said so, against what the answer came to."""
    lines: tuple[Line, ...] = ()
    """Feedback on this answer, before what the question says to everybody."""


def mark(question: Question, answer: Answer) -> Mark:
    """Return the mark of an answer.

    Right is Good; with a hint, a typed slip or one slip in a tick of four or more, Hard;
    a guess, a wrong answer and "I don't know" are Again. How near a rating of a whole answer
    comes to its reference is told in `Sample.worth`.
    """
    if answer.gave_up:
        return Mark(right=False, rating=Rating.AGAIN)
    right, flawed, lines = _JUDGES[question.form](question, answer)
    return Mark(
        right=right,
        rating=_rating(right=right, flawed=flawed, answer=answer),
        flawed=flawed,
        lucky=right and answer.guess,
        lines=lines,
    )


def _rating(*, right: bool, flawed: bool, answer: Answer) -> Rating:
    if not right or answer.guess:
        return Rating.AGAIN
    return Rating.HARD if flawed or answer.hint else Rating.GOOD


_Judged = tuple[bool, bool, tuple[Line, ...]]
"""Whether it is right, whether it is flawed, and what to say of it."""


def _flipped(question: Question, answer: Answer) -> _Judged:
    return answer.knew, False, ()


def _chosen(question: Question, answer: Answer) -> _Judged:
    lines: list[Line] = []
    for position in sorted(answer.chosen):
        option = question.options[position]
        if option.right:
            continue
        lines += reasons(question, position, at_once=True)
    return bool(answer.chosen) and answer.chosen <= question.right_options, False, tuple(lines)


def reasons(question: Question, position: int, *, at_once: bool = False) -> Iterator[Line]:
    """Yield why an option is wrong, and what would have made it right."""
    option = question.options[position]
    quotes = option.quotes
    if option.why:
        yield Line(f"{WHY_NOT} {position + 1}", option.why, at_once, () if option.compare else quotes)
    if option.compare:
        yield Line(COMPARE, option.compare, quotes=quotes)


def _ticked(question: Question, answer: Answer) -> _Judged:
    slips = answer.chosen ^ question.right_options
    lines = tuple(
        Line(f"{WHY_NOT} {position + 1}", option.why, at_once=True, quotes=option.quotes)
        if position in answer.chosen
        else Line(f"Why {position + 1}", option.why, quotes=option.quotes)
        for position, option in enumerate(question.options)
        if position in slips and option.why
    )
    forgiven = len(slips) == 1 and len(question.options) >= SLIP_FORGIVEN_FROM and bool(answer.chosen)
    return not slips or forgiven, forgiven, lines


def _recalled(question: Question, answer: Answer) -> _Judged:
    missed = question.right_options - answer.chosen
    lines = tuple(
        Line("Left out", f"{option.text}. {option.why}", quotes=option.quotes)
        for position, option in enumerate(question.options)
        if position in missed and option.why  # that it was left out is seen in the list
    )
    forgiven = len(missed) == 1 and len(question.options) >= SLIP_FORGIVEN_FROM
    return not missed or forgiven, forgiven, lines


def _weighed(question: Question, answer: Answer) -> _Judged:
    sample, given = question.sample, answer.judgement
    if sample is None or given is None:
        return False, False, ()
    lines: tuple[Line, ...] = ()
    if missed := sample.missed_safety(given):
        flags = "; ".join(flag.text for flag in missed)
        lines = (Line("Safety", f"Somebody could be hurt, so it decides: {flags}.", at_once=True),)
    if sample.crosses(given):
        taken = "You said yes to a no" if given.score > sample.score else "You said no to a yes"
        lines += (Line("No or yes", f"{taken}: 1 and 2 mean no, 4 and 5 mean yes."),)
    if degrees := sample.mixed_up(given):
        meanings = (f"“{DEGREES[degree]}” means {MEANINGS[degree]}" for degree in degrees)
        lines += (Line("The rule", f"{'; '.join(meanings)}."),)
    worth = sample.worth(given)
    return worth > Rating.AGAIN, worth is Rating.HARD, lines


def _typed(question: Question, answer: Answer) -> _Judged:
    wanted = question.accepted
    given = split_list(answer.typed) if len(wanted) > 1 else [answer.typed]
    found = [max((_worth(item, names, question.rivals) for item in given), default=0) for names in wanted]
    missing = [names[0] for names, worth in zip(wanted, found, strict=True) if not worth]
    strays = _strays(given, question) if len(wanted) > 1 else []
    slips = len(missing) + len(strays)
    forgiven = slips == 1 and len(wanted) >= SLIP_FORGIVEN_FROM
    lines: tuple[Line, ...] = (
        (Line("Left out" if len(wanted) > 1 else "It is", ", ".join(missing), at_once=True),)
        if missing
        else ()
    )
    if strays:
        lines += (Line("Not these", ", ".join(strays), at_once=True),)
    if len(wanted) == 1 and not missing and found == [1]:
        lines = (Line("Spelled", nearest(given[0], wanted[0]), at_once=True),)
    return not slips or forgiven, forgiven or 1 in found, lines


def _strays(given: list[str], question: Question) -> list[str]:
    """Return the things named in a list that are known to be wrong; others do no harm."""
    return [
        rival
        for rival in question.rivals
        if any(
            nearness(item, [rival]) is not Nearness.WRONG
            and not any(_worth(item, names, question.rivals) for names in question.accepted)
            for item in given
        )
    ]


def _worth(typed: str, names: tuple[str, ...], rivals: tuple[str, ...]) -> int:
    return {Nearness.EXACT: 2, Nearness.CLOSE: 1, Nearness.WRONG: 0}[nearness(typed, names, rivals)]


_JUDGES = {
    Form.FLIP: _flipped,
    Form.CHOOSE: _chosen,
    Form.TICK: _ticked,
    Form.TYPE: _typed,
    Form.RECALL: _recalled,
    Form.RATE: _weighed,
}
