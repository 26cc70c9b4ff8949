"""The warm-up: titles and roles are matched."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import TRAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.pairs.screen import PairsScreen

    if first := engine.pairs():
        app.show(PairsScreen(first, engine.pairs))
    else:
        app.show_today("The warm-up needs four roles with titles of their own.")


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.pairs.keys import PAIRS_KEYS

    return (PAIRS_KEYS,)


PAIRS = Feature(
    name="pairs",
    place=TRAIN,
    key="p",
    label="Warm-up",
    tooltip="Match titles with roles; nothing of it is scheduled",
    line="Warm up: match titles and roles",
    open=_open,
    keys=_keys,
)
