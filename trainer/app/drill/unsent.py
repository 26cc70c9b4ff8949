"""Results that were kept back where no command offers them again: shown once more, and sent on yes."""

from functools import partial
from typing import TYPE_CHECKING

from trainer.app.drill.feature import is_there, send, team_of
from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.places import TRAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine
    from trainer.engine.team import Offer


def _offers(engine: "Engine") -> "Sequence[Offer]":
    if engine.rights.team is None or not is_there(engine):
        return ()
    from trainer.errors import TrainerError

    try:
        return team_of(engine).offers()
    except TrainerError:  # told where the drill is taken
        return ()


def _lines(engine: "Engine") -> "list[Line]":
    return [
        Line(f"Send the result of “{offer.title}”", open=partial(_ask, offer)) for offer in _offers(engine)
    ]


def _ask(offer: "Offer", app: "Host", engine: "Engine") -> None:
    from trainer.app.kit.agree_screen import AgreeScreen
    from trainer.engine.agreements import of_result

    team = team_of(engine)

    def answer(agreed: bool) -> None:  # noqa: FBT001 — the answer
        if agreed:
            send(app, team, offer.line)
        else:
            app.back()

    app.show(AgreeScreen(of_result(offer, team), answer))


UNSENT = Feature(
    name="unsent_results",
    place=TRAIN,
    label="Results not sent",
    tooltip="Results of drills that you kept to yourself",
    needs_cards=False,
    there=lambda engine: bool(_offers(engine)),
    lines=_lines,
)
