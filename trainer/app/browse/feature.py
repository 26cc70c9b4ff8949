"""All cards: to look through, filter, and change many at once."""

import gc
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.reports.browse import CardRow


_MANY = 5_000
"""Cards from which on looking through them takes longer than is spent on a key."""


def _open(app: "Host", engine: "Engine") -> None:
    def show(rows: "list[CardRow]") -> None:
        from trainer.app.browse.screen import BrowseScreen

        if len(rows) > _MANY:
            gc.freeze()  # the cards stay for good: to look through all of them for garbage would stop a key
        app.show(BrowseScreen(app, engine, rows))

    app.prepare(engine.card_rows, show)


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.browse.keys import BROWSE_KEYS, CARD_KEYS, FILTER_KEYS
    from trainer.app.kit.keys import ROW_KEYS

    return (*ROW_KEYS, *BROWSE_KEYS), (*ROW_KEYS, *FILTER_KEYS), CARD_KEYS


BROWSE = Feature(
    name="browse",
    place=WORDS,
    key="C",
    label="All cards",
    tooltip="Every card with how far it has come: to filter, star, put away or forget, many at once",
    line="Look through all cards, and change many at once",
    open=_open,
    keys=_keys,
)
