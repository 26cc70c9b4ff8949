"""How each screen of the app is reached."""

from pathlib import Path

from textual.events import Paste

from tests.app.stage import Stage
from tests.clocks import FakeClock
from tests.learners import right
from tests.material.pages import FULL
from tests.ratings import home_with_ratings
from tests.resume import RESUME
from tests.sharing.drills import published
from trainer.engine.engine import Engine
from trainer.engine.team import Team
from trainer.home import Home

TO_THE_LAST = " ".join(["down"] * 14)
"""Down to the last line of Train: the deck of answers."""

_AN_INTERVIEW = "4 A enter enter ctrl+s"
_A_DRILL = "D enter 0 enter 0 enter 0 enter 0 enter"
_A_DRAFT = "N enter enter enter enter"
_AN_IMPORT = "i PAGE ctrl+s ctrl+s"

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
    "entry": "enter asterisk escape c enter",
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
    "imported": _AN_IMPORT,
    "changes": f"{_AN_IMPORT} escape i CHANGED ctrl+s ctrl+s",
    "words": "i WORDS ctrl+s",
    "lens-paste": "L",
    "lens": "L RESUME ctrl+s",
    "lens-list": "L RESUME ctrl+s v",
    "lens-nothing": "L h e y ctrl+s",
    "interview-new": "A",
    "interview-form": "A enter enter",
    "interviews": _AN_INTERVIEW,
    "interview": f"{_AN_INTERVIEW} down down down down enter",
    "held": "4 down down down enter",
    "brief": "4 v",
    "drill-offer": "D",
    "drill": "D enter",
    "drill-feedback": "D enter 0",
    "drill-result": _A_DRILL,
    "drill-unsent": f"{_A_DRILL} escape 2 {TO_THE_LAST} enter",
    "team": "T",
    "draft": "N",
    "draft-kind": "N enter",
    "draft-title": f"{_A_DRAFT} enter",
    "draft-made": f"{_A_DRAFT} enter ctrl+s",
    "leaving": "6 down down down down enter",
    "people": "6 n",
    "rename": "6 n r",
    "somebody-new": "6 n n",
    "help": "question_mark",
    "palette": "ctrl+p",
    "welcome": "",
    "hire": "enter",
    "minutes": "enter enter",
    "worked": f"enter enter enter {' '.join(['0 enter'] * 5)} escape",
    "who": "",
}
"""How each screen is reached, from Today or from the start."""

PASTED = {
    "PAGE": FULL,
    "CHANGED": FULL.replace("eight shows", "nine shows"),
    "RESUME": RESUME,
    "WORDS": "\n".join(f"{word}\tPiece that hangs there" for word in ("Leg", "Border", "Tormentor")),
}

LEARNERS: dict[str, tuple[str, ...]] = {
    "welcome": (),
    "hire": (),
    "minutes": (),
    "worked": (),
    "who": ("anna", "ben"),
}
"""Who has a record, where it is not Anna alone."""


def home_for(root: Path, way: str, *, team: bool = True) -> Home:
    """Return a home in which the app begins where a way begins.

    Who is known there leads a team, and was in an interview this morning.
    """
    home = home_with_ratings(root)
    if team and way not in LEARNERS:
        _set_a_drill(home, "anna")
    for name in LEARNERS.get(way, ("anna",)):
        clock = FakeClock()
        clock.forward(days=-3)
        with Engine.open(home, name, clock=clock) as training:
            training.add_interview("assistant-stage-manager", f"{FakeClock().at:%Y-%m-%d}", "08:00")
            for days, cards in ((3, 12), (0, 2)):  # some are due by now, and there is an answer to take back
                session = training.study((), new=cards)
                for _ in range(cards):
                    if session.question:
                        session.answer(right(session.question))
                        session.next()
                clock.forward(days=days)
    return home


def _set_a_drill(home: Home, name: str) -> None:
    """Let somebody lead a team that has a drill."""
    clock, share = FakeClock(), home.root / "share"
    lead = Team(home, name, clock)
    lead.join(lead.plan_new(str(share), "Casting", "Anna"))
    lead.publish(published(count=4, seed=2))
    lead.drills()


async def go(stage: Stage, way: str) -> None:
    """Go to a screen."""
    for key in WAYS[way].split():
        if key in PASTED:
            stage.app.post_message(Paste(PASTED[key]))
        else:
            await stage.press(key)
        await stage.settle()
