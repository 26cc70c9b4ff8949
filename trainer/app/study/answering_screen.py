"""From the keys to an answer, by the form of the card."""

from collections.abc import Callable
from dataclasses import replace

from msgspec import structs

from trainer.app.kit.keys import DIGITS
from trainer.app.study.card_screen import CardScreen
from trainer.app.study.drafts import Draft, Outcome
from trainer.app.study.feedback_view import FEEDBACK
from trainer.app.study.targets import KNEW, PROBLEM, REMARK, STEP, UNKNOWN, option_target
from trainer.cards.card import Answer, Form
from trainer.clean import UNREAD
from trainer.errors import NotSavedError
from trainer.study.turns import Phase


class AnsweringScreen(CardScreen):
    """Takes an answer, in one step or in several, and shows the feedback."""

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
        if self._face.draft:
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
        """Tick the line that is marked; elsewhere the same as Enter, and with the feedback show the rest."""
        if self._face.feedback:
            self._turn_over()
            return
        ticking = self._face.draft or self._face.question.form is Form.TICK
        if self.session.phase is Phase.QUESTION and ticking and self.page.cursor.startswith("option"):
            self._choose(self.page.cursor)
        else:
            self.action_go()

    def _turn_over(self) -> None:
        """Show all of the feedback, or again only what it says at once."""
        self._change(replace(self._face, whole=not self._face.whole), bring=FEEDBACK)
        if self._face.whole and self._face.feedback:
            self.session.tell_more(self._face.feedback)
        self._think_ahead()

    def action_back(self) -> None:
        """Go back a step."""
        if self._face.draft and (before := self._face.draft.back()):
            self._take(before)

    def _go_draft(self, draft: Draft) -> None:
        if draft.picks and self.page.cursor:
            self._choose(self.page.cursor)
            return
        typed = self._answer_row.typed if self._answer_row and draft.typing else ""
        if self._doubts(typed):
            return
        self._take(draft.go(typed, warned=bool(self._face.remark)), at=self.page.cursor)

    def _take(self, outcome: Outcome, *, at: str = "") -> None:
        """Show what a key at a target has made of an answer that takes more than one step, or give it."""
        before = self._face.draft
        if not before or not (self.takes_deeds or before.typing):
            return
        if isinstance(outcome, Answer):
            self._give(outcome, cursor=at)
        elif isinstance(outcome, str):
            self._ask(outcome)
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
            self._ask("Nothing is ticked (digits or Space do it). Enter again says: none of these.")

    def _give_typed(self) -> None:
        """Take what was typed; if that is nothing, ask first."""
        typed = self._answer_row.typed if self._answer_row else ""
        if self._doubts(typed):
            return
        if typed:
            self._give(Answer(typed=typed))
        elif self._face.remark:
            self.action_unknown()
        else:
            self._ask("Don't know? Enter again shows the answer.")

    def _doubts(self, typed: str) -> bool:
        """Ask once about a letter that could not be read, and return whether it was asked just now."""
        if UNREAD not in typed or self._face.remark:
            return False
        self._ask(f"A letter could not be read ({UNREAD}): type it again. Enter again takes it as it is.")
        return True

    def _ask(self, remark: str) -> None:
        """Say what the same key does now; it does that once this was painted."""
        self._change(replace(self._face, remark=remark), cursor=self.page.cursor, bring=REMARK)
        self.unsee()

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
        self.withdraw_undo()
        if not self._kept(lambda: self.session.answer(answer), cursor=cursor):
            return
        self._show_feedback()

    def _show_feedback(self) -> None:
        face = replace(self._face, draft=None, feedback=self.session.feedback, remark="", problem="")
        face = replace(face, enough=self.session.enough)
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
