"""The interviews ahead: one is added, opened, and told of when it is over."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from trainer.app.interview.interview_words import (
    HOW_IT_WENT,
    day_and_hour,
    figures,
    held_in_short,
    role_and_level,
    roles_with_cards,
    short_name,
)
from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.places import INTERVIEW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.engine.interviewing import InterviewEntry


def _add(app: "Host", engine: "Engine") -> None:
    from trainer.app.interview.adding import Adding

    if roles := roles_with_cards(engine):
        # The levels stand in the sheets, which nothing may have read yet.
        app.prepare(lambda: engine.library, lambda _: Adding(app, engine, roles).begin())
    else:
        app.show_today("There is no role to prepare for yet: import a page first.")


def _open(app: "Host", engine: "Engine") -> None:
    """Open what is most at hand: today's interview, what one is asked of the last, else the next."""
    entries = [each for each in engine.interviews() if not each.over]
    today = next((each for each in entries if not (each.days or each.gone)), None)
    if today is None and engine.held():
        _tell(app, engine)
    elif entry := today or next(iter(entries), None):
        _show(entry.id, app, engine)
    else:
        app.go_to(INTERVIEW)


def _tell(app: "Host", engine: "Engine") -> None:
    from trainer.app.interview.held_screen import HeldScreen

    if held := engine.held():
        app.prepare(
            lambda: engine.questions_of(held), lambda found: app.show(HeldScreen(engine, held, found))
        )


def _show(id_: int, app: "Host", engine: "Engine") -> None:
    from trainer.app.interview.interview_screen import InterviewScreen

    if entry := next((each for each in engine.interviews() if each.id == id_), None):
        # It reads the history, and the sheets where nothing has done so yet.
        app.prepare(
            lambda: engine.interview_ahead(entry), lambda told: app.show(InterviewScreen(app, engine, told))
        )


def _lines(engine: "Engine") -> Sequence[Line]:
    lines: list[Line] = []
    if held := engine.held():
        lines.append(Line(held_in_short(held), HOW_IT_WENT, open=_tell))
    others = (entry for entry in engine.interviews() if not held or entry.id != held.id)
    return [*lines, *(_line(entry) for entry in others)]


def _line(entry: "InterviewEntry") -> Line:
    role = role_and_level(short_name(entry.name), entry.level)
    words = f"{day_and_hour(entry.when, entry.days)}  {role}"
    return Line(words, figures(entry), open=partial(_show, entry.id))


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.interview.keys import HELD_KEYS, INTERVIEW_KEYS
    from trainer.app.kit.keys import ROW_KEYS

    return ((*ROW_KEYS, *INTERVIEW_KEYS), (*ROW_KEYS, *HELD_KEYS))


ADD = Feature(
    name="add_interview",
    place=INTERVIEW,
    key="A",
    label="Add interview",
    tooltip="An interview on a date: your days are planned towards it",
    line="Add an interview: your days are planned towards it",
    open=_add,
)

INTERVIEWS = Feature(
    name="interviews",
    place=INTERVIEW,
    label="Interviews",
    tooltip="The interviews ahead, and on the day of one its steps",
    line="Your interviews:",
    there=lambda engine: bool(engine.interviews() or engine.held()),
    open=_open,
    lines=_lines,
    keys=_keys,
)
