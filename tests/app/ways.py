"""How each screen of the app is reached."""

from pathlib import Path

from textual.events import Paste

from tests.app.stage import Stage
from tests.clocks import FakeClock
from tests.learners import right
from tests.material.pages import FULL
from tests.ratings import home_with_ratings
from tests.resume import RESUME
from trainer.engine.engine import Engine
from trainer.home import Home

TO_THE_LAST = " ".join(["down"] * 14)
"""Down to the last line of Train: the deck of answers."""

WAYS = {
    "today": "",
    "study": "enter",
    "feedback": "enter 0",
    "typing": "enter 0 enter 0 enter 0 enter",
    "quiz": "t",
    "answers": f"2 {TO_THE_LAST} enter",
    "recall": f"2 {TO_THE_LAST} enter 0 enter 0 enter",
    "train": "2",
    "progress": "5",
    "person": "6",
    "edit": "enter 0 e",
    "edited": "enter 0 e x",
    "summary": "enter 0 escape",
    "sheets": "d",
    "pairs": "p",
    "statistics": "s",
    "roles": "l",
    "settings": "f",
    "marked": "enter asterisk escape c",
    "glossary": "W",
    "word": "W enter",
    "find": "slash",
    "found": "slash p r o",
    "lookup": "enter 0 l",
    "browse": "3 C t t",
    "browse-text": "3 C n p r",
    "browse-filter": "3 C f",
    "browse-card": "3 C enter",
    "browse-forget": "3 C a delete",
    "paste": "i",
    "mending": "i PAGE ctrl+s",
    "split": "i PAGE ctrl+s down down x",
    "lens-paste": "L",
    "lens": "L RESUME ctrl+s",
    "lens-list": "L RESUME ctrl+s v",
    "help": "question_mark",
    "palette": "ctrl+p",
    "welcome": "",
    "hire": "enter",
    "minutes": "enter enter",
    "who": "",
}
"""How each screen is reached, from Today or from the start."""

_PASTED = {"PAGE": FULL, "RESUME": RESUME}

LEARNERS: dict[str, tuple[str, ...]] = {"welcome": (), "hire": (), "minutes": (), "who": ("anna", "ben")}
"""Who has a record, where it is not Anna alone."""


def home_for(root: Path, way: str) -> Home:
    """Return a home in which the app begins where a way begins."""
    home = home_with_ratings(root)
    for name in LEARNERS.get(way, ("anna",)):
        clock = FakeClock()
        clock.forward(days=-3)
        with Engine.open(home, name, clock=clock) as training:
            for days, cards in ((3, 12), (0, 2)):  # some are due by now, and there is an answer to take back
                session = training.study((), new=cards)
                for _ in range(cards):
                    if session.question:
                        session.answer(right(session.question))
                        session.next()
                clock.forward(days=days)
    return home


async def go(stage: Stage, way: str) -> None:
    """Go to a screen."""
    for key in WAYS[way].split():
        if key in _PASTED:
            stage.app.post_message(Paste(_PASTED[key]))
        else:
            await stage.press(key)
        await stage.settle()
