"""What a drill came to, its answers, and what would be sent: only on yes."""

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from trainer.app.drill.keys import RESULT_KEYS
from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.app.kit.screen import RowScreen
from trainer.clean import printable_json
from trainer.engine.drill_words import ASK_TO_SEND, PRIVATE, line_words, outcome_words
from trainer.engine.drills import DrillRun, Outcome
from trainer.study.feedback import answer_in_full, told_at_once
from trainer.study.turns import Feedback

_COLUMN = 14
"""Cells for what a part of the result is called."""


class SendScreen(RowScreen):
    """Shows a result byte for byte as it would be sent, and asks whether it is."""

    BINDINGS: ClassVar[list[BindingType]] = list(RESULT_KEYS)

    def __init__(self, title: str, line: bytes, readers: str, answer: Callable[[bool], object]) -> None:
        self._title, self._line, self._readers, self._answer = title, line, readers, answer
        self._answered = False
        super().__init__()

    def on_mount(self) -> None:
        """Show it from the top."""
        self.top.show(f"Drill: {self._title}", "nothing is sent yet")
        self.show()

    def rows(self, width: int) -> list[Row]:
        """Lay out what would be sent."""
        rows = [*self.came_to(width), BLANK]
        rows += text(f"{ASK_TO_SEND} y sends just this, Esc keeps it to yourself.", width)
        rows += labelled(list(line_words(self._line)), width, indent=4, column=_COLUMN)
        rows += [BLANK, *text(f"{self._readers} {PRIVATE}".strip(), width), *self.missed(width)]
        exact = printable_json(self._line.decode().rstrip())
        rows += [BLANK, *text("Byte for byte, as it is sent:", width, "$quiet")]
        return [*rows, *text(exact, width, "$quiet", indent=4), BLANK]

    def came_to(self, width: int) -> Iterable[Row]:  # noqa: ARG002 — of a result that was told before
        """Return what the attempt came to, where that was not told yet."""
        return ()

    def missed(self, width: int) -> Iterable[Row]:  # noqa: ARG002 — the same
        """Return the answers to what was missed, where they were not told yet."""
        return ()

    def action_send(self) -> None:
        """Send it."""
        self._end(agreed=True)

    def action_keep(self) -> None:
        """Send nothing."""
        self._end(agreed=False)

    def _end(self, *, agreed: bool) -> None:
        if not self._answered:
            self._answered = True
            self._answer(agreed)


class ResultScreen(SendScreen):
    """Says what an attempt came to, before it asks."""

    def __init__(
        self,
        run: DrillRun,
        outcome: Outcome,
        line: bytes,
        readers: str,
        answer: Callable[[bool], object],
    ) -> None:
        self._run, self._outcome = run, outcome
        super().__init__(run.drill.title, line, readers, answer)

    def came_to(self, width: int) -> Iterator[Row]:
        """Yield the outcome, in bold, and what follows from it."""
        yield BLANK
        said = outcome_words(self._outcome, self._run.drill, check=self._run.is_check)
        for place, words in enumerate(said):
            yield from text(words, width, "" if place else "bold $strong")

    def missed(self, width: int) -> Iterator[Row]:
        """Yield the answers to what was missed, where they were not told at once."""
        if not self._run.at_once:
            yield from self._missed(width)

    def _missed(self, width: int) -> Iterator[Row]:
        """Yield the answers to what was missed: they were not told before."""
        for question in self._run.missed_before:
            yield BLANK
            yield from hanging(Content("  "), said(question.subject, "bold"), width)
            yield from text(question.answer, width, indent=4)
        for answered in self._run.session.answers:
            if not answered.feedback.mark.right:
                yield BLANK
                yield from hanging(Content("  "), said(answered.feedback.question.subject, "bold"), width)
                yield from _told(answered.feedback, width)


def _told(feedback: Feedback, width: int) -> Iterator[Row]:
    yield from text(answer_in_full(feedback), width, indent=4)
    for line in told_at_once(feedback, marked=False):
        yield from text(f"{line.label}: {line.text}", width, "$quiet", indent=4)
