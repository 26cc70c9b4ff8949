"""The summary: the screen after a session."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from trainer.app.kit.phrases import PRACTICE
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.study.keys import SUMMARY_KEYS
from trainer.app.study.summary_view import AGAIN, UNDO, summary_page
from trainer.errors import NotSavedError
from trainer.study.session import Session
from trainer.study.summary import Outlook


class SummaryScreen(RowScreen):
    """Says what the session came to; its last answer can still be taken back."""

    BINDINGS: ClassVar[list[BindingType]] = list(SUMMARY_KEYS)
    undoes_the_last = True

    class Back(Message):
        """Today is wanted."""

    class Again(Message):
        """Another session is wanted."""

    class Brief(Message):
        """The brief for the interview is wanted."""

    @dataclass
    class Reopened(Message):
        """The last step was taken back: its question stands again."""

        session: Session

    def __init__(
        self,
        session: Session,
        outlook: Outlook,
        *,
        first_ever: bool,
        saved: bool = True,
        leads_to: str = "Today",
    ) -> None:
        self._session, self._leads_to = session, leads_to
        self._outlook = outlook
        self._first = session.answers[0].feedback if first_ever and session.answers else None
        self._saved = saved
        self._problem = ""
        self._summary = session.summary()
        super().__init__()

    def on_mount(self) -> None:
        """Fill the line at the top."""
        self.top.show("Summary", "" if self._saved else PRACTICE, 1.0)

    def rows(self, width: int) -> list[Row]:
        """Lay the summary out."""
        return summary_page(
            self._summary,
            self._outlook,
            width,
            first=self._first,
            can_undo=self._session.can_undo,
            problem=self._problem,
            saved=self._saved,
            leads_to=self._leads_to,
        )

    def label(self, binding: Binding) -> str:
        """Say where one goes back to."""
        if binding.id in {"summary.today", "summary.leave"}:
            return self._leads_to.removeprefix("the ").capitalize()
        return super().label(binding)

    def explanation(self, binding: Binding) -> str:
        """Say the same in the help."""
        if binding.id in {"summary.today", "summary.leave"}:
            return f"Back to {self._leads_to}"
        return super().explanation(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done now."""
        if action == "brief":
            return bool(self._summary.read_again)
        return self._session.can_undo if action == "undo" else super().check_action(action, parameters)

    def action_go(self) -> None:
        """Take the line that is marked, or go back to Today."""
        self._choose(self.page.cursor)

    def action_back(self) -> None:
        """Go back to Today."""
        self.lead_on(self.Back())

    def action_again(self) -> None:
        """Go on with another session."""
        self.lead_on(self.Again())

    def action_brief(self) -> None:
        """Go on to the brief."""
        self.lead_on(self.Brief())

    def action_undo(self) -> None:
        """Take the last step back and ask again."""
        try:
            self._session.undo()
        except NotSavedError as error:
            self._problem = f"{error} Nothing has changed."
            self.show()
            return
        self.withdraw_undo()
        self.lead_on(self.Reopened(self._session))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take the line that was clicked."""
        self._choose(message.target)

    def _choose(self, target: str) -> None:
        {AGAIN: self.action_again, UNDO: self.action_undo}.get(target, self.action_back)()
