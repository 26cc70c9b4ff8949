"""The cards that a learner marked: starred, put away, put off, doubtful."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine


def _open(app: "Host", engine: "Engine") -> None:
    def show(_: object) -> None:
        from trainer.app.words.screen import MarkedScreen

        app.show(MarkedScreen(engine))

    app.prepare(lambda: engine.library, show)  # what the cards ask is read from all sheets


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.kit.keys import ROW_KEYS
    from trainer.app.words.keys import ENTRY_KEYS, MARKED_KEYS

    return (*ROW_KEYS, *MARKED_KEYS), ENTRY_KEYS


MARKED = Feature(
    name="marked",
    place=WORDS,
    key="c",
    label="Marked cards",
    tooltip="What you starred, put away or doubted, to read it or bring it back",
    line="Starred, put away, doubtful",
    open=_open,
    keys=_keys,
    there=lambda engine: engine.has_marks,
)
