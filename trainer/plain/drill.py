"""A drill line by line: what it is, its questions, what it came to, and what may be sent."""

from typing import TextIO

from trainer.cards.card import Answer, Question
from trainer.clean import clean_line, printable_json
from trainer.engine.drill_words import (
    ASK_TO_SEND,
    NOT_SENT,
    PRIVATE,
    RULES,
    checked_later,
    kind_of,
    line_words,
    outcome_words,
    shared_of,
    terms_of,
)
from trainer.engine.drills import DrillRun, ToTake
from trainer.errors import DrillError
from trainer.plain.feedback import tell_answer
from trainer.plain.session import PlainSession
from trainer.plain.streams import Left, Streams
from trainer.study.feedback import has_more
from trainer.study.turns import Feedback

_YES = {"y", "yes"}
_LEAVE = {"q", "quit", ":q", ":quit"}
_OFF = ("undo", "right", "wrong", "easy", "later", "put away", "guess", "hint", "look up")
"""The commands of a session that a drill has not."""


class PlainDrill(PlainSession):
    """Drives a drill over two streams of text."""

    def __init__(self, run: DrillRun, source: TextIO, out: TextIO) -> None:
        super().__init__(run.session, source, out, saved=True)
        self._run = run
        self._answered: list[Feedback] = []
        self._off = _OFF if run.at_once else (*_OFF, "more")
        self._actions |= dict.fromkeys(self._off, self._refuse)

    def run(self) -> None:
        """Ask until all is answered, the time is up, or the learner leaves: then it waits as it is."""
        if self._run.resumed:
            self._streams.write(f"You go on where you left: {self._run.resumed} answered.")
        super().run()

    def _refuse(self) -> None:
        self._streams.write(f"Not in a drill. {RULES}")

    def _ask(self) -> None:
        try:
            super()._ask()
        except DrillError as error:  # the time ran out while the answer was typed
            self._streams.write(str(error))

    def _read_answer(self, question: Question) -> Answer | None:
        answer = super()._read_answer(question)
        if answer and self._run.session.time_is_up:
            self._run.session.next()
            self._streams.write("The time is up: this answer does not count.")
            return None
        return answer

    def _show(self, question: Question) -> None:
        left = self._run.session.time_left
        if left is not None:
            minutes, seconds = divmod(int(left.total_seconds()), 60)
            self._streams.write(f"\n{minutes}:{seconds:02} left.")
        super()._show(question)

    def _tell(self, feedback: Feedback) -> None:
        self._answered.append(feedback)
        if self._run.at_once:
            self._last = feedback
            tell_answer(feedback, self._streams)
            if has_more(feedback):
                self._streams.write(":more tells the rest.")
        else:
            self._streams.write("Noted.")

    def _at_the_end(self) -> None:
        raise Left

    def _tell_summary(self) -> None:
        if not self._session.question and not self._session.feedback:
            return
        self._streams.write(f"{self._session.given} answered. It waits for you as it is.")

    def tell_missed(self) -> None:
        """Tell the answers to what was missed, where they were not told at once."""
        if self._run.at_once:
            return
        for question in self._run.missed_before:
            self._streams.write("")
            self._streams.write_wrapped(question.subject)
            self._streams.write_wrapped(question.answer, indent="  = ")
        for feedback in self._answered:
            if not feedback.mark.right:
                self._streams.write("")
                self._streams.write_wrapped(feedback.question.subject)
                tell_answer(feedback, self._streams)


def tell_terms(wanted: ToTake, readers: str, streams: Streams) -> None:
    """Tell what a drill is and what is shared, before it begins."""
    drill = wanted.drill.drill
    streams.write_wrapped(f"Drill “{drill.title}”: {terms_of(wanted)}.")
    later = "" if wanted.is_check else checked_later(drill)
    for text in (kind_of(drill), RULES, shared_of(drill), readers, later, PRIVATE):
        if text:
            streams.write_wrapped(text)


def begins(streams: Streams) -> bool:
    """Return whether the learner begins, once that is clear: an attempt is used up by it."""
    while (line := streams.read("Enter begins, q leaves > ").lower()) not in _LEAVE:
        if not line:
            return True
        streams.write(f'"{clean_line(line)}" is neither; nothing is begun yet.')
    return False


def finish(run: DrillRun, streams: Streams) -> bytes:
    """End an attempt, tell what it came to, and return the line that may be sent."""
    outcome = run.finish()
    streams.write("")
    for text in outcome_words(outcome, run.drill, check=run.is_check):
        streams.write_wrapped(text)
    return run.result()


def agreed(line: bytes, readers: str, streams: Streams) -> bool:
    """Show what would be sent, in words and byte for byte, and return whether it may be."""
    streams.write("\nWhat would be sent:")
    for called, text in line_words(line):
        streams.write_wrapped(text, indent=f"  {called}: ", hanging="    ")
    streams.write("As it is sent, byte for byte:")
    streams.write(f"  {printable_json(line.decode().rstrip())}")
    streams.write_wrapped(f"{readers} {PRIVATE}".strip())
    try:
        said = streams.read(f"{ASK_TO_SEND} y/N > ")
    except Left:
        streams.write("")
        said = ""
    if said.lower() in _YES:
        return True
    streams.write(NOT_SENT)
    return False
