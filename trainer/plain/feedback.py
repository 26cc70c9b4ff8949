"""The feedback on an answer, and the example of rated answers, line by line."""

from collections.abc import Iterable

from trainer.cards.card import Line, Question
from trainer.cards.worked import Worked
from trainer.plain.streams import Streams
from trainer.study.feedback import (
    answer_in_full,
    comes_back,
    compared,
    has_more,
    scores,
    told_at_once,
    told_on_request,
    verdict,
)
from trainer.study.turns import Feedback


def tell(feedback: Feedback, streams: Streams) -> None:
    """Tell what is told at once, and when the card comes back."""
    tell_answer(feedback, streams)
    more = " :more tells the rest." if has_more(feedback) else ""
    streams.write_wrapped(f"{comes_back(feedback)}{more}")


def tell_answer(feedback: Feedback, streams: Streams) -> None:
    """Tell what is told of an answer at once."""
    streams.write_wrapped(f"{verdict(feedback)[1]} {answer_in_full(feedback)}".rstrip())
    _write_lines(scores(feedback), streams)
    _write_compared(feedback, streams, whole=False)
    _write_lines(told_at_once(feedback, marked=False), streams)


def tell_rest(feedback: Feedback, streams: Streams, standing: Question | None) -> None:
    """Tell the rest of it, but for what answers the question that stands."""
    quote = (standing.card.id, standing.way.key) if standing else None
    _write_compared(feedback, streams, whole=True)
    _write_lines((line for line in told_on_request(feedback) if quote not in line.quotes), streams)


def tell_example(worked: Worked, streams: Streams) -> None:
    """Tell what good and bad answers sound like, before the first one is to be rated."""
    scored = " and ".join(f"a {answer.score}" for answer in worked.answers)
    streams.write_wrapped(f"\nWhat {scored} sound like. You asked: {worked.ask}")
    for answer in worked.answers:
        streams.write_wrapped(f"“{answer.text}”", indent=f"  {answer.score}: ", hanging="     ")
        for point, words in answer.shown:
            shown = f"{point}." + (f" “{words}”" if words else "")
            streams.write_wrapped(shown, indent="     Shows: ", hanging="       ")
        streams.write_wrapped(answer.why, indent="     Why: ", hanging="       ")


def _write_compared(feedback: Feedback, streams: Streams, *, whole: bool) -> None:
    pairs = compared(feedback, whole=whole)
    if pairs:
        streams.write("  You / reference:" if feedback.answer.judgement else "  Reference:")
    for each in pairs:
        words = f" “{each.words}”" if each.words else ""
        streams.write_wrapped(f"{each.text}.{words}", indent=f"  {each.said}: ", hanging="    ")


def _write_lines(lines: Iterable[Line], streams: Streams) -> None:
    for line in lines:
        streams.write_wrapped(line.text, indent=f"  {line.label}: ", hanging="    ")
