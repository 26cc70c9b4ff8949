"""What may come next on the study screen, laid out while the learner reads.

A key then finds its page ready: laying out and painting is most of what it would have to wait for.
"""

from collections.abc import Iterator
from dataclasses import replace

from trainer.app.kit.layout import fit
from trainer.app.kit.row_list import Row
from trainer.app.study.card_view import Face, card_page
from trainer.app.study.drafts import draft_of
from trainer.cards.card import Answer, Form
from trainer.study.session import Session
from trainer.study.turns import Phase

AIRY_FROM = 30
"""From so many lines on there is an empty line between options."""

_Place = tuple[int, int]
"""Width and lines of a page."""


class Lookahead:
    """Lays cards out, some of them before they are wanted."""

    def __init__(self) -> None:
        self._ready: list[tuple[Face, _Place, list[Row]]] = []

    def rows(self, face: Face, width: int, room: int) -> list[Row]:
        """Return the page of a card, from what is ready if it is."""
        for known, place, rows in self._ready:
            if place == (width, room) and known == face:
                return rows
        return _lay_out(face, width, room)

    def prepare(self, face: Face, width: int, room: int) -> list[Row]:
        """Lay a card out and keep the page until `forget`."""
        rows = _lay_out(face, width, room)
        self._ready.append((face, (width, room), rows))
        return rows

    def forget(self) -> None:
        """Drop what is ready."""
        self._ready.clear()


def foreseen(session: Session, face: Face) -> Iterator[Face]:
    """Yield what one key may make of a card: its feedback for each answer, or the card that comes next.

    It ends once the session has gone on to another question, or to its end.
    """
    if session.question is not face.question:
        return
    if session.phase is Phase.FEEDBACK:
        yield replace(face, whole=not face.whole)
        if coming := session.coming():
            first = session.is_first(coming)
            asked = coming.question
            draft = draft_of(asked)
            yield Face(question=asked, first_meeting=first, repeat=coming.turn.repeat, draft=draft)
        return
    answers = [Answer(gave_up=True)]
    if face.question.form is Form.CHOOSE:
        answers += [Answer(chosen=frozenset({i})) for i in range(len(face.question.options))]
    elif face.question.form is Form.FLIP:
        answers += [Answer(knew=knew) for knew in (False, True)]
    for answer in answers:
        if session.phase is not Phase.QUESTION or session.question is not face.question:
            return
        yield replace(face, draft=None, feedback=session.foresee(answer))


def _lay_out(face: Face, width: int, room: int) -> list[Row]:
    return fit(card_page(replace(face, airy=room >= AIRY_FROM), width), room)
