"""From a question into the texts behind its card, and back with what was saved."""

from collections.abc import Callable, Mapping

from trainer.app.editing.screen import EditScreen
from trainer.app.kit.host import Host
from trainer.cards.card import Card, Question
from trainer.cards.editing import Draft, Saved
from trainer.engine.engine import Engine
from trainer.errors import TrainerError

_READING = 8
"""Seconds for a message with a path in it."""

_SAVED = "Saved for everybody. Who trains just now has it from the next start on."
_SHARED = "Everybody here trains with this sheet. Progress stays; Train brings it back as it was."


def edit_card(
    app: Host, engine: Engine, question: Question, then: Callable[[Mapping[str, Card] | None], None]
) -> None:
    """Open the texts behind a question, and go on with the cards as they were saved, or None."""
    card = question.card
    try:
        draft = engine.edit(card)
    except TrainerError as error:
        app.notify(str(error), markup=False, severity="error", timeout=_READING)
        return

    def go_on(saved: Saved | None) -> None:
        if saved:
            engine.use(saved.library)
            told = _told(saved) if engine.rights.files else _SAVED
            app.notify(told, markup=False, timeout=_READING)
        then(saved.library.cards if saved else None)

    advice = _advice(draft) if engine.rights.files else _SHARED
    screen = EditScreen(draft, f"Edit · {card.topic}", advice, first=_first_shown(draft, question))
    app.push_screen(screen, go_on)


def _first_shown(draft: Draft, question: Question) -> int:
    """Return the position of the field that the question shows, to begin there."""
    for position, field in enumerate(draft.fields):
        if isinstance(field.value, str) and field.value and field.value in question.text:
            return position
    return 0


def _advice(draft: Draft) -> str:
    if draft.copies:
        return (
            f"This sheet comes with trainer and stays as it is: your text goes into a copy, {draft.target}, "
            "which is used from then on."
        )
    return f"Saved in {draft.target}. Progress, ids and comments in the file stay."


def _told(saved: Saved) -> str:
    """Say where it was saved, in few words: it lies over the card on a small screen."""
    return f"Saved in {saved.path}" + (", a copy of the shipped sheet." if saved.copied else ".")
