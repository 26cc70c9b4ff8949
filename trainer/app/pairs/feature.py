"""The warm-up: titles and roles are matched."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.keys import EVERYWHERE, digits, key

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine

KEYS = (
    *digits("pairs.role", "role", "Role", "The title belongs to the role with this number", show=True),
    key("pairs.go", "enter,space", "go", "Go on", "Take the marked role, or another round", show=True),
    *EVERYWHERE,
    key("pairs.leave", "escape", "back", "Today", "Back to Today", show=True),
)


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.pairs.screen import PairsScreen

    if first := engine.pairs():
        app.show(PairsScreen(first, engine.pairs))
    else:
        app.show_today("The warm-up needs four roles with titles of their own.")


PAIRS = Feature(
    name="pairs",
    key="p",
    label="Warm-up",
    tooltip="Match titles with roles; nothing of it is scheduled",
    line="Warm up: titles and roles",
    open=_open,
    keys=lambda: (KEYS,),
    gives_way=2,
)
