"""A card of a session on the screen: how it is shown, and what can be done with it now."""

import gc
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.app.kit.row_list import FILLING, Row
from trainer.app.kit.screen import RowScreen
from trainer.app.study.answer_row import ALONE, LINES, AnswerRow
from trainer.app.study.card_keys import can, explanation_of, label_of
from trainer.app.study.card_view import Face
from trainer.app.study.drafts import draft_of
from trainer.app.study.feedback_view import FEEDBACK
from trainer.app.study.keys import STUDY_KEYS
from trainer.app.study.lookahead import Lookahead, foreseen
from trainer.cards.sample import LEGEND
from trainer.study.session import Session
from trainer.study.turns import Phase

QUIET = 0.005
"""Seconds between two pages that are laid out ahead: a key comes between them."""

_YOUNG = 1
"""Python's generations of objects up to this one hold what the last keys made."""


class CardScreen(RowScreen):
    """Shows the card that stands, and lays out what a key may bring next; a subclass takes the keys."""

    BINDINGS: ClassVar[list[BindingType]] = list(STUDY_KEYS)

    def __init__(self, session: Session, *, saved: bool = True) -> None:
        self.session = session
        self._saved = saved
        self._answer_row: AnswerRow | None = None
        self._lookahead = Lookahead()
        self._coming: Iterator[Face] = iter(())
        super().__init__()
        self.page.add_class(FILLING)
        self._face = self._fresh_face()

    @property
    def part(self) -> object:
        """The card, and how far its answer is, or what it is asked about."""
        face = self._face
        step = face.draft.step if face.draft else None
        return face.question, step, face.feedback is None, face.revealed, face.remark

    def on_mount(self) -> None:
        """Show the first card."""
        self._show_card()

    def fitted(self, width: int) -> list[Row]:
        """Lay the card out so that as much as can be is seen together with its feedback."""
        return self._lookahead.rows(self._face, width, self.room)

    def _fresh_face(self) -> Face:
        question, feedback = self.session.question, self.session.feedback
        assert question is not None
        return Face(
            question=question,
            first_meeting=self.session.first_meeting,
            repeat=self.session.repeat,
            draft=None if feedback else draft_of(question),
            feedback=feedback,
            enough=self.session.enough,
        )

    def _show_card(self) -> None:
        """Show the card that stands now, as new."""
        self._face = self._fresh_face()
        self._show_answer_row()
        self.show(bring=FEEDBACK if self._face.feedback else "")
        self.call_after_refresh(self._after_paint)

    def _after_paint(self) -> None:
        self._show_top()
        self._think_ahead()

    def _think_ahead(self) -> None:
        """Lay out what a key may bring next, a page at a time, while the learner reads."""
        self._lookahead.forget()
        self._coming = foreseen(self.session, self._face)
        self.set_timer(QUIET, partial(self._think_of, self._coming))

    def _think_of(self, coming: Iterator[Face]) -> None:
        width = self.page.content_size.width
        if not width or not self.is_current or coming is not self._coming:
            return  # the learner went on
        if face := next(coming, None):
            self.page.prepare(self._lookahead.prepare(face, width, self.room))
            self.set_timer(QUIET, partial(self._think_of, coming))
        else:
            gc.collect(_YOUNG)  # a millisecond now, for which no key has to wait then

    def _show_top(self) -> None:
        self.top.show(*_progress(self.session, self._face, saved=self._saved))

    def _show_answer_row(self) -> None:
        typing = self._face.typing and self.session.phase is Phase.QUESTION
        if typing and self._answer_row is None:
            self._answer_row = AnswerRow()
            self.column.mount(self._answer_row)
        if self._answer_row is None:
            return
        self._answer_row.display = typing
        self.page.set_class(not typing, FILLING)
        if typing:
            self._answer_row.clear(
                has_hint=bool(self._face.question.hint) and not self._face.hint,
                placeholder=LINES if self._face.draft else ALONE,
            )
            self._answer_row.start()
        else:
            self.page.focus(scroll_visible=False)

    def _change(self, face: Face, *, cursor: str = "", bring: str = "") -> None:
        """Show the same card, changed."""
        self._face = face
        self.page.show(self.fitted, cursor=cursor)
        if bring:
            self.page.bring(bring)
        self.call_after_refresh(self.bar.follow)

    # What can be done now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now; nothing can once the session is over."""
        if self.session.phase is Phase.DONE:
            return action in {"help", "leave"}
        if action == "undo":
            draft = None if self._face.feedback else self._face.draft
            return self.session.can_undo or bool(draft and (draft.begun or draft.back()))
        allowed = can(self._face, action, parameters)
        return super().check_action(action, parameters) if allowed is None else allowed

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        return label_of(self._face, binding)

    def explanation(self, binding: Binding) -> str:
        """Return what the help says of a key just now."""
        return explanation_of(self._face, binding)

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return what the degrees mean where they are given or compared."""
        return LEGEND if self._face.question.sample else ()


def _progress(session: Session, face: Face, *, saved: bool) -> tuple[str, str, float]:
    """Return where the card is from, how far the session has come, and its share that is done."""
    left = (
        f"{session.minutes_left} min to go"
        if session.fills
        else f"{session.to_go} {'left' if face.enough else 'to go'}"
    )
    far = f"{session.given} done, {left}"
    if minutes := session.minutes_left * (not (face.enough or session.fills)):
        far += f" · {minutes} min"
    if face.draft and not face.feedback:
        far = f"{face.draft.step} · {left}"
    right = far if saved else f"practice · {far}"
    return face.question.card.topic, right, session.share
