"""Bringing a sheet back as it was before its last change, by who looks after the sheets of a server."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import TRAIN
from trainer.engine.restoring import can_restore

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine
    from trainer.engine.restoring import Changed


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.engine.restoring import changed_sheets

    app.prepare(lambda: changed_sheets(engine), lambda sheets: _ask(app, engine, sheets))


def _ask(app: "Host", engine: "Engine", sheets: "list[Changed]") -> None:
    from trainer.app.kit.phrases import said
    from trainer.app.kit.pick import PickScreen
    from trainer.humanize import moment

    if not sheets:
        app.show_today("There is no sheet to bring back.")
        return

    def take(place: int | None) -> None:
        if place is not None:
            _confirm(app, engine, sheets[place])

    words = [said(f"{each.name}, changed {moment(each.at.astimezone())}") for each in sheets]
    app.push_screen(PickScreen("Which sheet comes back as it was?", words, verb="Take it"), take)


def _confirm(app: "Host", engine: "Engine", sheet: "Changed") -> None:
    from trainer.app.kit.confirm import ConfirmScreen
    from trainer.engine.restoring import restore

    def go_on(sure: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
        if sure:
            app.prepare(lambda: restore(engine, sheet), app.show_today)

    what = "It was made by its last change, and goes." if sheet.goes else "Its last change is taken back."
    question = f"Bring “{sheet.name}” back for everybody? {what} Progress stays."
    app.push_screen(ConfirmScreen(question, no="Leave it", yes="Bring it back"), go_on)


RESTORE = Feature(
    name="restore",
    place=TRAIN,
    label="Bring a sheet back",
    tooltip="A sheet as it was before its last import or edit, for everybody",
    line="Bring a sheet back as it was",
    open=_open,
    needs_cards=False,
    there=can_restore,
)
