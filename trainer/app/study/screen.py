"""The study screen: question, answer, feedback, and on to the next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from msgspec import structs
from textual.binding import Binding, BindingType
from textual.message import Message

from trainer.app.kit.keys import DIGITS
from trainer.app.kit.page import FILLING, Page, Row
from trainer.app.kit.screen import PageScreen
from trainer.app.study.answer_row import ALONE, LINES, AnswerRow
from trainer.app.study.card_keys import MinutesFor, can, label_of, progress_of
from trainer.app.study.card_view import Face
from trainer.app.study.drafts import Draft, Outcome, draft_of
from trainer.app.study.feedback_view import FEEDBACK
from trainer.app.study.keys import STUDY_KEYS
from trainer.app.study.lookahead import Lookahead, foreseen
from trainer.app.study.targets import KNEW, PROBLEM, REMARK, STEP, UNKNOWN, option_target
from trainer.cards.card import Answer, Card, Form, Question
from trainer.cards.sample import LEGEND
from trainer.errors import NotSavedError
from trainer.study.session import Session
from trainer.study.turns import Phase

QUIET = 0.005
"""Seconds between two pages that are laid out ahead: a key comes between them."""


class StudyScreen(PageScreen):
    """Asks the cards of a session, one after the other, in one place."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = list(STUDY_KEYS)

    @dataclass
    class Finished(Message):
        """The session is over, or was left after an answer."""

        session: Session

    class Left(Message):
        """The session was left before anything was answered."""

    @dataclass
    class Edit(Message):
        """The texts behind a question are to be edited."""

        question: Question

    def __init__(self, session: Session, minutes_for: MinutesFor, *, saved: bool = True) -> None:
        self.session = session
        self._minutes_for = minutes_for
        self._saved = saved
        self._answer_row: AnswerRow | None = None
        self._lookahead = Lookahead()
        self._coming: Iterator[Face] = iter(())
        super().__init__()
        self.page.add_class(FILLING)
        self._face = self._fresh_face()

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

    def _show_top(self) -> None:
        self.top.show(*progress_of(self.session, self._face, self._minutes_for, saved=self._saved))

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
            return self.session.can_undo
        allowed = can(self._face, action, parameters)
        return super().check_action(action, parameters) if allowed is None else allowed

    def label(self, binding: Binding) -> str:
        """Say what a key does just now."""
        return label_of(self._face, binding)

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return what the degrees mean where they are given or compared."""
        return LEGEND if self._face.question.sample else ()

    # Answering

    def action_option(self, position: int) -> None:
        """Choose or tick an option, or say of a flip whether it was known."""
        form, draft = self._face.question.form, self._face.draft
        if draft:
            self._take(draft.option(position), at=option_target(position))
        elif form is Form.FLIP:
            self._give(Answer(knew=position == 1))
        elif form is Form.TICK:
            ticked = self._face.ticked ^ {position}
            self._change(replace(self._face, ticked=ticked, remark=""), cursor=self.page.cursor)
        else:
            self._give(Answer(chosen=frozenset({position})), cursor=option_target(position))

    def action_go(self) -> None:
        """Do the one thing that comes next."""
        if self.session.phase is Phase.FEEDBACK:
            self._on()
        elif self._face.draft:
            self._go_draft(self._face.draft)
        elif self._face.question.form is Form.TICK:
            self._confirm()
        elif self._face.question.form is Form.TYPE:
            self._give_typed()
        elif self.page.cursor:
            self._choose(self.page.cursor)
        elif self._face.question.form is Form.FLIP:
            self._reveal()
        elif self._face.question.form is Form.CHOOSE:
            most = min(DIGITS, len(self._face.question.options))
            remark = f"Choose with 1 to {most}, or with ↑ ↓ and then Enter."
            self._change(replace(self._face, remark=remark))

    def action_space(self) -> None:
        """Tick the line that is marked; elsewhere the same as Enter."""
        ticking = self._face.draft or self._face.question.form is Form.TICK
        if self.session.phase is Phase.QUESTION and ticking and self.page.cursor.startswith("option"):
            self._choose(self.page.cursor)
        else:
            self.action_go()

    def action_back(self) -> None:
        """Go back a step."""
        if self._face.draft and (before := self._face.draft.back()):
            self._take(before)

    def _go_draft(self, draft: Draft) -> None:
        if draft.picks and self.page.cursor:
            self._choose(self.page.cursor)
            return
        typed = self._answer_row.typed if self._answer_row and draft.typing else ""
        self._take(draft.go(typed, warned=bool(self._face.remark)), at=self.page.cursor)

    def _take(self, outcome: Outcome, *, at: str = "") -> None:
        """Show what a key at a target has made of an answer that takes more than one step, or give it."""
        before = self._face.draft
        if not before or not (self.takes_deeds or before.typing):
            return
        if isinstance(outcome, Answer):
            self._give(outcome, cursor=at)
        elif isinstance(outcome, str):
            self._change(replace(self._face, remark=outcome), cursor=self.page.cursor, bring=REMARK)
        elif outcome.typing or outcome.step != before.step:
            self._show_step(outcome)
        else:
            face = replace(self._face, draft=outcome, remark="", problem="")
            self._change(face, cursor=self.page.cursor, bring=at)

    def _show_step(self, draft: Draft) -> None:
        """Show the next step of an answer, or the next line to type."""
        self._face = replace(self._face, draft=draft, remark="", problem="")
        self._show_answer_row()
        self._change(self._face, bring="" if draft.typing else STEP)
        if draft.typing:  # its lines may come faster than they are painted
            self.call_after_refresh(self.column.scroll_end, animate=False)
        else:
            self.unsee()
        self.call_after_refresh(self._after_paint)

    def _confirm(self) -> None:
        if self.page.cursor == UNKNOWN:
            self.action_unknown()
        elif self._face.ticked or self._face.remark:
            self._give(Answer(chosen=self._face.ticked), cursor=self.page.cursor)
        else:
            remark = "Nothing is ticked (digits or Space do it). Enter again says: none of these."
            self._change(replace(self._face, remark=remark), cursor=self.page.cursor)

    def _give_typed(self) -> None:
        """Take what was typed; if that is nothing, ask first."""
        typed = self._answer_row.typed if self._answer_row else ""
        if typed:
            self._give(Answer(typed=typed))
        elif self._face.remark:
            self.action_unknown()
        else:
            self._change(replace(self._face, remark="Don't know? Enter again shows the answer."))

    def _choose(self, target: str) -> None:
        match target:
            case "unknown":
                self.action_unknown()
            case "reveal":
                self._reveal()
            case "missed" | "knew":
                self._give(Answer(knew=target == KNEW), cursor=target)
            case _:
                self.action_option(int(target.rpartition(".")[2]))

    def action_unknown(self) -> None:
        """Say "I don't know"; in a rating, first of all that nothing was shown."""
        if self._face.draft:
            self._take(self._face.draft.unknown(), at=UNKNOWN)
        else:
            self._give(Answer(gave_up=True), cursor=UNKNOWN)

    def _reveal(self) -> None:
        """Show the other side of a flip."""
        if self._face.revealed or not self.takes_deeds:
            return
        self._change(replace(self._face, revealed=True))
        self.unsee()
        self.call_after_refresh(self._after_paint)

    def action_hint(self) -> None:
        """Show the hint."""
        if self._answer_row:
            self._answer_row.hint.display = False
        self._change(replace(self._face, hint=True, remark=""), cursor=self.page.cursor, bring=REMARK)

    def _give(self, answer: Answer, *, cursor: str = "") -> None:
        """Let the session mark and keep an answer, and show the feedback.

        Not before the card, or its other side, was painted: a key that came earlier was meant for
        something else, and would answer what nobody has read.
        """
        if not self.takes_deeds or self.session.phase is not Phase.QUESTION:
            return
        answer = structs.replace(answer, hint=self._face.hint, guess=self._face.guess)
        if not self._kept(lambda: self.session.answer(answer), cursor=cursor):
            return
        self._show_feedback()

    def _show_feedback(self) -> None:
        face = replace(self._face, draft=None, feedback=self.session.feedback, remark="", problem="")
        self._show_answer_row()
        self._change(face, bring=FEEDBACK)
        self.call_after_refresh(self._after_feedback)

    def _after_feedback(self) -> None:
        self._show_top()
        self._think_ahead()

    def _kept(self, act: Callable[[], object], *, cursor: str = "") -> bool:
        """Do what has to be kept on the disk; where that fails, say so and leave all as it was."""
        try:
            return bool(act())
        except NotSavedError as error:
            problem = f"{error} Nothing else is lost; do the same again to try once more."
            self._change(
                replace(self._face, problem=problem), cursor=cursor or self.page.cursor, bring=PROBLEM
            )
            return False

    # With the feedback

    def _on(self) -> None:
        self.session.next()
        self._go_to_next()

    def _go_to_next(self) -> None:
        """Show the card that stands now, or end where none does."""
        if self.session.phase is Phase.DONE:
            self.lead_on(self.Finished(self.session))
        else:
            self._show_card()

    def action_guess(self) -> None:
        """Say that it is a guess, or that it was one."""
        if self.session.phase is Phase.QUESTION:
            self._change(replace(self._face, guess=not self._face.guess), cursor=self.page.cursor)
        elif self._kept(self.session.was_guessing):
            self._show_feedback()

    def action_count(self, right: bool) -> None:  # noqa: FBT001 — it comes from the binding
        """Count the answer as right or wrong, whatever the mark says."""
        if self._kept(lambda: self.session.count_as(right=right)):
            self._show_feedback()

    def action_easy(self) -> None:
        """Say that the card is too easy."""
        if self._kept(self.session.too_easy):
            self._show_feedback()

    def action_bury(self) -> None:
        """Put the card off until tomorrow."""
        self._put_away(self.session.bury, "Put off until tomorrow.")

    def action_suspend(self) -> None:
        """Ask the card never again."""
        self._put_away(self.session.suspend, "It will not be asked any more.")

    def _put_away(self, act: Callable[[], bool], told: str) -> None:
        if not self._kept(act):
            return
        self.notify(f"{told} Press u to undo.", markup=False, timeout=4)
        self._go_to_next()

    def action_undo(self) -> None:
        """Take the last step back."""
        if self._kept(self.session.undo):
            self._show_card()

    def action_edit(self) -> None:
        """Edit the texts behind the card."""
        self.lead_on(self.Edit(self._face.question))

    def go_on_edited(self, cards: Mapping[str, Card] | None) -> None:
        """Go on after the texts were looked at, with the edited cards if there are any.

        Who has seen them before answering knows the answer: it counts as a guess, unless they say it is none.
        """
        standing, face = self.session.question, self._face
        if cards is not None:
            self.session.replace_cards(cards)
        question = self.session.question
        if not question:
            self.action_leave()
            return
        if not standing or question.card.id != standing.card.id:
            self._show_card()
            return
        ticked = face.ticked if len(question.options) == len(standing.options) else frozenset()
        guess = face.guess or not (face.feedback or face.revealed)
        face = replace(face, question=question, feedback=self.session.feedback, ticked=ticked, guess=guess)
        self._change(face, cursor=self.page.cursor)
        self.unsee()
        self.call_after_refresh(self._after_paint)

    def action_leave(self) -> None:
        """Leave; everything is saved."""
        self.lead_on(self.Finished(self.session) if self.session.answers else self.Left())

    # Messages of the widgets

    def on_page_chosen(self, message: Page.Chosen) -> None:
        """Choose what was clicked."""
        if self.session.phase is Phase.QUESTION:
            self._choose(message.target)

    def on_answer_row_changed(self) -> None:
        """Forget the question whether it is not known."""
        if self._face.remark:
            self._change(replace(self._face, remark=""))

    def on_answer_row_hint(self) -> None:
        """Show the hint."""
        if self.check_action("hint", ()):
            self.action_hint()

    def on_answer_row_unknown(self) -> None:
        """Show the answer."""
        self.action_unknown()
