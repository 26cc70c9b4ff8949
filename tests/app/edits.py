"""The screen that edits, as a test sees and uses it."""

from pathlib import Path

from textual.events import Paste
from textual.widgets import Button

from tests.app.sheets import SHEET, home_with_sheet
from tests.app.stage import Stage
from trainer.app.editing.field_row import FieldRow, FieldText, FieldTick
from trainer.app.editing.screen import EditScreen
from trainer.app.kit.problem import Problem
from trainer.app.study.screen import StudyScreen
from trainer.engine.choice import SessionChoice
from trainer.home import Home
from trainer.material.files import read_sheet
from trainer.material.sheet import Sheet
from trainer.study.session import Session

LEVELS = SessionChoice(decks=("sample/levels",))
MEANINGS = SessionChoice(decks=("sample/meanings",))
OLD_MEANINGS = SessionChoice(decks=("sample/meanings",), new=0)


MORE = """
[[titles]]
id = "one"
title = "Stage Manager Show Caller"
search = "yes"
relation = "same"

[[titles]]
id = "two"
title = "Technical"
search = "yes"
relation = "same"

[[titles]]
id = "three"
title = "Director"
search = "no"
relation = "same"

[[questions]]
id = "calm"
ask = "How do you stay calm?"
[[questions.points]]
id = "breath"
text = "Breathes"
shows = "I breathed in."
claims = "I am calm."
draft = true   # cut out of a page
"""


def home_to_edit(root: Path) -> Home:
    """Return a home whose own sheet has something of every kind to edit."""
    home = home_with_sheet(root)
    own(home).write_text(SHEET + MORE, encoding="utf-8")
    return home


def own(home: Home) -> Path:
    return home.decks / "sample.toml"


def saved(home: Home) -> Sheet:
    return read_sheet(own(home))


def session(stage: Stage) -> Session:
    return stage.on(StudyScreen).session


def screen(stage: Stage) -> EditScreen[object]:
    return stage.on(EditScreen)


def field(stage: Stage, label: str) -> FieldRow:
    rows = screen(stage).query(FieldRow)
    return next(row for row in rows if row.field.label.startswith(label))


def focused(stage: Stage) -> str:
    """Return the label of the field that the keys go to, or what is on the button."""
    widget = stage.app.screen.focused
    if isinstance(widget, Button):
        return str(widget.label)
    assert widget
    assert isinstance(widget.parent, FieldRow)
    return widget.parent.field.label


async def write_over(stage: Stage, label: str, text: str) -> None:
    """Put another text into a field, as somebody does who marks all of it and pastes."""
    box = field(stage, label).box
    assert isinstance(box, FieldText)
    box.focus()
    await stage.press("f7", "delete")
    stage.app.post_message(Paste(text))
    await stage.settle()


def problem(stage: Stage) -> str:
    shown = screen(stage).query_one(Problem)
    return str(shown.render()) if shown.display else ""


def notices(stage: Stage) -> str:
    return " ".join(notice.message for notice in stage.app._notifications)


async def tick(stage: Stage, label: str) -> None:
    box = field(stage, label).box
    assert isinstance(box, FieldTick)
    box.focus()
    await stage.press("space")
