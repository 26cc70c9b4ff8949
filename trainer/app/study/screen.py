"""The study screen: question, answer, feedback, and on to the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from textual.content import Content
from textual.message import Message

from trainer.app.kit.phrases import said
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.row_list import RowList
from trainer.app.study.answering_screen import AnsweringScreen
from trainer.app.study.feedback_view import FEEDBACK
from trainer.cards.card import Card, Form, Question
from trainer.memory.learner import Region
from trainer.memory.state import DOUBTS
from trainer.study.regions import ASKED, REGIONS
from trainer.study.session import Session
from trainer.study.turns import Phase


class StudyScreen(AnsweringScreen):
    """Asks the cards of a session, one after the other, in one place."""

    CSS_PATH = "screen.tcss"

    @dataclass
    class Finished(Message):
        """The session is over, or was left after an answer."""

        session: Session

    @dataclass
    class RegionPicked(Message):
        """The learner said whose usage counts: it is to be kept."""

        region: Region

    class Left(Message):
        """The session was left before anything was answered."""

    @dataclass
    class Edit(Message):
        """The texts behind a question are to be edited."""

        question: Question

    @dataclass
    class LookUp(Message):
        """A word of the question is to be looked up."""

        question: Question

    def __init__(self, session: Session, *, saved: bool = True, can_edit: bool = True) -> None:
        """Show a session; `can_edit` says whether the texts behind its cards can be changed."""
        self._can_edit = can_edit
        super().__init__(session, saved=saved)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        return (action != "edit" or self._can_edit) and super().check_action(action, parameters)

    def _show_card(self) -> None:
        """Show the card that stands; at the first one on which regions differ, ask for the learner's."""
        super()._show_card()
        if self.session.wants_region:
            answers = [said(words) for _, words in REGIONS]
            self.app.push_screen(PickScreen(ASKED, answers, verb="Take it"), self._use_region)

    def _use_region(self, position: int | None) -> None:
        region = None if position is None else REGIONS[position][0]
        self.session.use_region(region)
        if region:
            self.post_message(self.RegionPicked(region))
        self._show_card()

    # With the feedback

    def action_go(self) -> None:
        """Go on from the feedback; before it, do what comes next."""
        if self.session.enough:
            self.lead_on(self.Finished(self.session))
        elif self.session.phase is Phase.FEEDBACK:
            self.session.next()
            self._go_to_next()
        else:
            super().action_go()

    def action_more(self) -> None:
        """Go on beyond the goal of the day."""
        self.session.go_on()
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

    def _show_feedback(self) -> None:
        super()._show_feedback()
        if self.session.feedback and self.session.feedback.leech:
            glosses = tuple(self.session.glosses)
            self._change(replace(self._face, glosses=glosses, can_edit=self._can_edit), bring=FEEDBACK)

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

    def action_put_away(self) -> None:
        """Ask the card no more, after asking."""
        from trainer.app.kit.confirm import ConfirmScreen  # noqa: PLC0415 — only when it is asked

        question = "Put this card away? It is asked no more, and keeps its progress."
        self.app.push_screen(ConfirmScreen(question, no="Keep it", yes="Put it away"), self._confirmed_away)

    def _confirmed_away(self, sure: bool | None) -> None:  # noqa: FBT001 — the answer of the screen that asks
        if sure:
            self._put_away(self.session.suspend, "Put away: it is listed under Words.")

    def action_star(self) -> None:
        """Star the card, or take its star away."""
        if self._kept(self.session.star):
            self._tell("Starred." if self.session.marks.star else "No star any more.")

    def action_doubt(self) -> None:
        """Ask for what reason the card is doubted."""
        from trainer.app.kit.pick import PickScreen  # noqa: PLC0415 — only when it is asked

        reasons = [*DOUBTS, *([""] if self.session.marks.doubtful else [])]
        answers = [Content(DOUBTS.get(reason, "No doubt any more")) for reason in reasons]
        first = reasons.index(self.session.marks.reason) if self.session.marks.reason in reasons else 0

        def take(position: int | None) -> None:
            if position is not None:
                self._doubt(reasons[position])

        question = "What is wrong with this card?"
        self.app.push_screen(PickScreen(question, answers, verb="Note it", first=first), take)

    def _doubt(self, reason: str) -> None:
        if self._kept(lambda: self.session.doubt(reason)):
            noted = "Noted: it is listed under Words, for whoever keeps the decks."
            self._tell(noted if reason else "No doubt any more.")

    def _tell(self, words: str) -> None:
        self.notify(words, markup=False, timeout=4)

    def _put_away(self, act: Callable[[], bool], told: str) -> None:
        if not self._kept(act):
            return
        self.offer_undo(told)
        self._go_to_next()

    def action_undo(self) -> None:
        """Take the last step back: of an answer that takes several its own, and never another card's."""
        draft = self._face.draft
        if draft and draft.back():
            self.action_back()
        elif draft and draft.begun:
            self._tell("This answer is not given yet: nothing to undo. Esc leaves without it.")
        elif self._kept(self.session.undo):
            self.withdraw_undo()
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
        if guess and not face.guess:
            self._tell("You have seen its texts, so this counts as a guess. g says that it is none.")
        face = replace(face, question=question, feedback=self.session.feedback, ticked=ticked, guess=guess)
        self._change(face, cursor=self.page.cursor)
        self.unsee()
        self.call_after_refresh(self._after_paint)

    def action_words(self) -> None:
        """Look up a word of the question; nothing here changes by that."""
        self.post_message(self.LookUp(self._face.question))

    def looked_up(self) -> None:
        """Take the answer to come for a guess: who looked something up may know it by that."""
        if self.session.phase is Phase.QUESTION and not self._face.guess:
            self._change(replace(self._face, guess=True), cursor=self.page.cursor)
            self._tell("You looked something up, so this counts as a guess. g says that it is none.")

    def action_leave(self) -> None:
        """Leave; everything is saved."""
        self.lead_on(self.Finished(self.session) if self.session.answers else self.Left())

    # Messages of the widgets

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Choose what was clicked; a double click ticks it once."""
        ticks = self._face.question.form is Form.TICK
        if self.session.phase is Phase.QUESTION and not (ticks and message.again):
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
