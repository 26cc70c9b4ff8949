"""What is asked line by line once an interview is over: its questions, and which were hard to judge."""

from typing import NamedTuple

from trainer.engine.engine import Engine
from trainer.errors import NotSavedError
from trainer.humanize import long_date
from trainer.plain.streams import Streams
from trainer.plain.talks import numbered

_HARD = "!"
_PROMPT = (
    'the numbers of those you asked, with "!" behind one that was hard to judge, such as "1 3!"; '
    "0 doesn't tell; Enter for not now > "
)


class _Told(NamedTuple):
    asked: set[str]
    hard: set[str]


def ask_held(streams: Streams, engine: Engine) -> None:
    """Ask once which questions of the last interview were asked. Raises Left."""
    held = engine.held()
    if held is None:
        return
    questions = engine.questions_of(held)
    streams.write_wrapped(
        f"{held.name}, {long_date(held.when)}: which questions did you ask, and which were hard to judge?"
    )
    levels = [f" (for {question.level})" if question.level else "" for question in questions]
    told = (f"{question.text}{level}" for question, level in zip(questions, levels, strict=True))
    streams.write_items(numbered(told))
    ids = {str(number): question.id for number, question in enumerate(questions, start=1)}
    while line := streams.read(_PROMPT):
        given = _Told(set(), set()) if line == "0" else _parsed(line, ids)
        if given is None:
            streams.write(f"Give numbers from 1 to {len(questions)}, 0, or nothing.")
            continue
        try:
            engine.tell_interview(held, given.asked, given.hard)
        except NotSavedError as error:
            streams.write(str(error))
        else:
            if given.hard:
                streams.write("Noted. What was hard comes first.")
        return


def _parsed(line: str, ids: dict[str, str]) -> _Told | None:
    """Return what a line says, None if it says nothing that can be."""
    told = _Told(set(), set())
    for part in line.replace(",", " ").split():
        number = part.removesuffix(_HARD)
        if number not in ids:
            return None
        told.asked.add(ids[number])
        if number != part:
            told.hard.add(ids[number])
    return told
