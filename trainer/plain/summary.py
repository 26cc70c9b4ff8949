"""What a session came to, line by line."""

from collections.abc import Iterator

from trainer.study.feedback import answer_beside
from trainer.study.session import Session
from trainer.study.summary import (
    READ_AGAIN,
    Outlook,
    ahead,
    comes_back_when,
    figures,
    headline,
    new_words,
    others_missed,
    to_watch,
    went_well,
)


def summary_lines(
    session: Session, outlook: Outlook | None, *, saved: bool, taken_back: int
) -> Iterator[str]:
    """Yield what a session came to; `taken_back` are answers of earlier sessions."""
    summary = session.summary()
    if not summary.answers and taken_back:
        yield f"Nothing new was answered. Taken back from before: {taken_back}."
        return
    if not summary.answers:
        yield (
            "Nothing was answered, so nothing has changed."
            if session.total
            else ('Nothing to review and nothing new today. "trainer quiz --plain" asks ten all the same.')
        )
        return
    yield f"\n{headline(summary, outlook)}"
    yield figures(summary, saved=saved)
    yield from filter(None, (went_well(summary), new_words(summary)))
    if summary.read_again:
        yield READ_AGAIN
        yield from (f"  {question.subject} → {answer_beside(question)}" for question in summary.read_again)
        yield 'Take the brief with you: "trainer brief ROLE".'
    elif miss := summary.watch:
        yield to_watch(miss)
        yield f"  {miss.question.subject} → {answer_beside(miss.question)}"
        yield from filter(None, (others_missed(miss),))
    if outlook:
        yield ahead(summary, outlook)
        yield from filter(None, (comes_back_when(summary, outlook),))
