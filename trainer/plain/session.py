"""A session line by line: for pipes, screen readers, and terminals that can't do more.

It writes no escape sequences. The end of the input ends the session; every answer is saved by then.
"""

import re
from collections.abc import Callable, Collection
from typing import TextIO

from msgspec import structs

from trainer.cards.card import Answer, Form, Question
from trainer.cards.sample import LEGEND
from trainer.cards.worked import Worked
from trainer.clean import clean_line
from trainer.errors import NotSavedError
from trainer.memory.learner import Region
from trainer.plain import marks
from trainer.plain.commands import command_of, listed
from trainer.plain.feedback import tell, tell_example, tell_rest
from trainer.plain.looking_up import LooksUp, look_up
from trainer.plain.streams import Left, Streams
from trainer.plain.summary import summary_lines
from trainer.plain.talks import talk_on
from trainer.study.feedback import DOES_NOT_STICK, comes_back, has_more, verdict
from trainer.study.regions import ASKED, REGIONS
from trainer.study.session import Session
from trainer.study.summary import Outlook
from trainer.study.turns import Feedback, Phase

_TAKES = {
    Form.CHOOSE: "one number, 1-{count}; 0 don't know",
    Form.TICK: 'all that are right of 1-{count}, such as "1 3"; - for none; 0 don\'t know',
    Form.TYPE: "type the answer; 0 don't know",
    Form.FLIP: "Enter shows the answer; 0 don't know",
}
"""What a prompt says can be typed: it may be all that somebody hears."""


class PlainSession:
    """Drives a session over two streams of text."""

    def __init__(  # noqa: PLR0913 — what it drives and writes to, and what it may ask the engine for
        self,
        session: Session,
        source: TextIO,
        out: TextIO,
        *,
        saved: bool,
        set_region: Callable[[Region], None] = lambda _: None,
        worked_example: Callable[[Session], Worked | None] = lambda _: None,
        outlook: Callable[[], Outlook] | None = None,
        glossary: LooksUp | None = None,
    ) -> None:
        self._session = session
        self._worked_example = worked_example
        self._outlook = outlook
        self._set_region = set_region
        self._saved = saved
        self._streams = streams = Streams(source, out)
        self._off: Collection[str] = ()
        """The commands that this session has not."""
        self._hint = self._guess = False
        self._last: Feedback | None = None
        """What was told of the last answer, if that stands."""
        self._taken_back = 0
        """Answers of earlier sessions."""
        self._actions: dict[str, Callable[[], object]] = {
            "undo": self._undo,
            "right": lambda: self._correct(session.count_as(right=True)),
            "wrong": lambda: self._correct(session.count_as(right=False)),
            "easy": lambda: self._correct(session.too_easy()),
            "later": lambda: marks.put_off(session, streams),
            "put away": lambda: marks.put_away(session, streams),
            "star": lambda: marks.star(session, streams),
            "doubt": lambda: marks.doubt(session, streams),
            "guess": self._guessing,
            "hint": self._show_hint,
            "more": self._more,
            "look up": lambda: look_up(self._last.question if self._last else None, glossary, streams),
            "help": self._help,
        }

    def run(self) -> None:
        """Ask until the session is done, or the learner leaves, or the input ends."""
        saved = "Each answer is saved at once." if self._saved else "This is practice: nothing is saved."
        self._streams.write(f"{saved} :? lists what else you can type; :q leaves.")
        try:
            while True:
                if self._session.phase is Phase.DONE:
                    self._tell_summary()
                    self._at_the_end()
                else:
                    self._ask()
        except (Left, KeyboardInterrupt) as end:
            self._streams.write("")
            if self._session.phase is not Phase.DONE:
                self._tell_summary()
            if isinstance(end, KeyboardInterrupt):
                raise

    def _ask_for_region(self) -> None:
        """Ask whose usage counts, and keep it; an empty line puts it off."""
        self._streams.write("")
        self._streams.write_wrapped(ASKED)
        for number, (_, words) in enumerate(REGIONS, start=1):
            self._streams.write_wrapped(words, indent=f"  {number}  ")
        while self._session.wants_region:
            line = self._streams.read(f"1-{len(REGIONS)}, Enter for not now > ")
            if line.startswith(":"):
                self._do(line)
            elif not line:
                self._session.use_region(None)
            elif line in {str(number) for number in range(1, len(REGIONS) + 1)}:
                self._use_region(REGIONS[int(line) - 1][0])
            else:
                self._streams.write(f"Give a number from 1 to {len(REGIONS)}, or nothing.")

    def _use_region(self, region: Region) -> None:
        try:
            self._set_region(region)
        except NotSavedError as error:
            self._streams.write(f"{error}\nIt counts for this session.")
        self._session.use_region(region)

    def _ask(self) -> None:
        if self._session.wants_region:
            self._ask_for_region()
        question = self._session.question
        if question is None:
            return  # it was put away instead
        self._hint = self._guess = False
        self._show(question)
        while (answer := self._read_answer(question)) is not None:
            try:
                feedback = self._session.answer(answer)
            except NotSavedError as error:
                self._streams.write(f"{error}\nThe question still stands.")
                continue
            self._tell(feedback)
            if feedback.leech:
                self._offer_ways_out(feedback)
            self._offer_to_leave()
            if self._session.phase is Phase.FEEDBACK:
                self._session.next()
            return

    def _offer_ways_out(self, feedback: Feedback) -> None:
        """Say that the card does not stick, and let it be put away or doubted while it stands."""
        self._streams.write_wrapped(DOES_NOT_STICK)
        for gloss in self._session.glosses:
            self._streams.write_wrapped(gloss, indent="  ", hanging="    ")
        while self._session.feedback is feedback:
            line = self._streams.read("x puts it away, ! says what is wrong with it, Enter goes on > ")
            if line.startswith(":"):
                self._do(line)
            elif line.lower() == "x":
                marks.put_away(self._session, self._streams)
            elif line == "!":
                marks.doubt(self._session, self._streams)
            else:
                return

    def _offer_to_leave(self) -> None:
        """Say so when the day's minutes are over, and go on if that is wanted."""
        while self._session.enough:
            line = self._streams.read("That is enough for today. Enter leaves it at that, m goes on > ")
            if line.startswith(":"):
                self._do(line)
            elif line.lower() == "m":
                self._session.go_on()
            else:
                raise Left

    def _read_answer(self, question: Question) -> Answer | None:
        """Read lines until one is an answer; None when the question no longer stands."""
        talk = talk_on(question)
        if talk:
            self._streams.write_items(talk.opening())
        while True:
            takes = talk.takes if talk else _TAKES[question.form].format(count=len(question.options))
            line = self._streams.read(f"{takes} > ")
            if line.startswith(":"):
                self._do(line)
                if self._session.question is not question:
                    return None
                continue
            heard = talk.hear(line) if talk else self._parse(question, line)
            if heard is None and line == "?":
                self._help()
                continue
            if isinstance(heard, Answer):
                return structs.replace(heard, hint=self._hint, guess=self._guess)
            if heard is None:
                self._streams.write_wrapped(
                    f"That is no answer here. Give: {takes}. :? lists what else you can type."
                )
            else:
                self._streams.write_items(heard)

    def _parse(self, question: Question, line: str) -> Answer | None:
        if line == "0":
            return Answer(gave_up=True)
        match question.form:
            case Form.FLIP:
                return Answer(knew=self._reveal(question))
            case Form.TYPE:
                return Answer(typed=line) if line else None
        numbers = re.split(r"[\s,]+", line) if line != "-" or question.form is not Form.TICK else []
        if not all(re.fullmatch(r"[1-9]\d?", number) for number in numbers):
            return None
        chosen = frozenset(int(number) - 1 for number in numbers)
        if any(position >= len(question.options) for position in chosen):
            return None
        if question.form is Form.CHOOSE and len(chosen) != 1:
            return None
        return Answer(chosen=chosen)

    def _reveal(self, question: Question) -> bool:
        self._streams.write_wrapped(question.answer, indent="  = ")
        while (line := self._streams.read("Did you know it? 1 missed it, 2 knew it > ")) not in {"1", "2"}:
            self._streams.write(f'"{line}" is neither. Give 1 or 2.' if line else "Give 1 or 2.")
        return line == "2"

    def _at_the_end(self) -> None:
        while self._session.phase is Phase.DONE:
            line = self._streams.read("The session is over. Enter ends; :u takes the last answer back > ")
            if not line:
                raise Left
            if not line.startswith(":"):
                self._streams.write(f'"{clean_line(line)}" is neither. Give Enter or :u.')
                continue
            self._do(line)

    def _do(self, command: str) -> None:
        known = command_of(command)
        if known == "quit":
            raise Left
        if known is None:
            self._streams.write_wrapped(
                f'There is no command "{clean_line(command)}"; nothing was done. There are:'
            )
            self._streams.write(listed(self._off))
            return
        try:
            self._actions[known]()
        except NotSavedError as error:
            self._streams.write(str(error))

    def _help(self) -> None:
        self._streams.write(listed(self._off))
        if self._session.question and self._session.question.sample:
            for word, meaning in LEGEND:
                self._streams.write_wrapped(meaning, indent=f"  {word}: ", hanging="    ")

    def _undo(self) -> None:
        here, question = self._session.can_undo, self._session.question
        if not self._session.undo():
            self._streams.write("There is nothing to take back.")
            return
        self._last = None
        if here:
            self._streams.write("Taken back.")
            return
        self._taken_back += 1
        if self._session.question is question:
            self._streams.write(
                "Taken back: the last answer before this session. Its card is in no sheet any more."
            )
        else:
            self._streams.write(
                "Taken back: the last answer before this session. Here is its question again."
            )

    def _correct(self, feedback: Feedback | None) -> None:
        if feedback is None:
            self._streams.write("Nothing to change on the last answer.")
            return
        self._streams.write(f"Changed: {verdict(feedback)[1]} {comes_back(feedback)}")
        self._session.next()

    def _guessing(self) -> None:
        self._guess = not self._guess
        self._streams.write("Noted: a guess." if self._guess else "Noted: no guess.")

    def _show_hint(self) -> None:
        question = self._session.question
        if not question or not question.hint:
            self._streams.write("There is no hint.")
            return
        self._hint = True
        self._streams.write_wrapped(question.hint, indent="  Hint: ")

    def _show(self, question: Question) -> None:
        session = self._session
        state = "   NEW: take a guess" if session.first_meeting else "   once more" if session.repeat else ""
        self._streams.write("")
        left = f"{session.minutes_left} min" if session.fills else session.to_go
        self._streams.write_wrapped(f"[{session.given} done, {left} to go] {question.card.topic}{state}")
        for text, indent in ((question.intro, ""), (question.text, "  "), (question.prompt, "")):
            if text:
                self._streams.write_wrapped(text, indent=indent)
        shown = () if question.form is Form.RECALL else question.options
        for number, option in enumerate(shown, start=1):
            note = f"   ({option.note})" if option.note else ""
            self._streams.write_wrapped(f"{option.text}{note}", indent=f"  {number}  ")

    def _tell(self, feedback: Feedback) -> None:
        self._last = feedback
        tell(feedback, self._streams)

    def _more(self) -> None:
        """Tell the rest of the last feedback."""
        if self._last is None or not has_more(self._last):
            self._streams.write("There is nothing more to tell.")
            return
        self._session.tell_more(self._last)
        standing = self._session.question if self._session.phase is Phase.QUESTION else None
        tell_rest(self._last, self._streams, standing)

    def _tell_summary(self) -> None:
        if worked := self._worked_example(self._session):
            tell_example(worked, self._streams)
        outlook = self._outlook() if self._outlook else None
        for line in summary_lines(self._session, outlook, saved=self._saved, taken_back=self._taken_back):
            self._streams.write_wrapped(line)
