"""How each screen of the app is reached."""

from pathlib import Path

from textual.events import Paste

from tests.app.stage import Stage
from tests.clocks import FakeClock
from tests.learners import right
from tests.material.pages import FULL
from tests.ratings import home_with_ratings
from trainer.app.kit.row_list import RowList
from trainer.cards.decks import DECKS
from trainer.engine.engine import Engine
from trainer.home import Home

WAYS = {
    "today": "",
    "study": "enter",
    "feedback": "enter 0",
    "typing": "enter 0 enter 0 enter 0 enter",
    "quiz": "t",
    "answers": "2 ANSWERS enter",
    "recall": "2 ANSWERS enter 0 enter 0 enter",
    "train": "2",
    "progress": "5",
    "person": "6",
    "edit": "enter 0 e",
    "edited": "enter 0 e x",
    "summary": "enter 0 escape",
    "sheets": "d",
    "pairs": "p",
    "statistics": "s",
    "paste": "i",
    "review": "i PAGE ctrl+s",
    "split": "i PAGE ctrl+s down down x",
    "help": "question_mark",
    "palette": "ctrl+p",
    "welcome": "",
    "who": "",
}
"""How each screen is reached, from Today or from the start."""

ANSWERS = DECKS["answers"]

LEARNERS = {"welcome": (), "who": ("anna", "ben")}
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


def marked(stage: Stage) -> str:
    """Return what stands on the line that is marked."""
    page = stage.app.screen.query_one(RowList)
    return "".join(row.content.plain for row in page.rows(page.size.width) if row.target == page.cursor)


async def go(stage: Stage, way: str) -> None:
    """Go to a screen."""
    for key in WAYS[way].split():
        if key == "PAGE":
            stage.app.post_message(Paste(FULL))
        elif key == "ANSWERS":
            while ANSWERS.name not in marked(stage):
                await stage.press("down")
        else:
            await stage.press(key)
        await stage.settle()
