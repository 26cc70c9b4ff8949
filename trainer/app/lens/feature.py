"""The lens, from the place of words."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.places import WORDS
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.engine.spotting import Spotted


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.lens.paste_screen import LensPasteScreen

    def show(found: "Spotted", *, pasted: bool) -> None:
        from trainer.app.lens.screen import LensScreen

        def train(chosen: bool | None) -> None:  # noqa: FBT001 — the outcome of the screen
            if chosen:
                app.begin(SessionChoice("stars"))

        app.push_screen(LensScreen(found, engine, pasted=pasted), train)

    app.push_screen(LensPasteScreen(engine, show), lambda _: app.back())


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.kit.keys import ROW_KEYS
    from trainer.app.lens.keys import LENS_KEYS, LENS_PASTE_KEYS

    return LENS_PASTE_KEYS, (*ROW_KEYS, *LENS_KEYS)


LENS = Feature(
    name="lens",
    place=WORDS,
    key="L",
    label="Lens",
    tooltip="The words of the trade in a résumé or a job advert that you paste",
    line="Lay a résumé or an advert under the lens",
    open=_open,
    keys=_keys,
    needs_cards=False,
)
