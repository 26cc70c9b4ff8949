"""A worked example at the end of the first day: what a 5 and a 1 sound like."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.screen import RowScreen
from trainer.app.study.keys import WORKED_KEYS
from trainer.cards.worked import BEST, Worked, WorkedAnswer
from trainer.study.session import Session

_GO = "go"


class WorkedScreen(RowScreen):
    """Shows the example once, before the summary."""

    BINDINGS: ClassVar[list[BindingType]] = list(WORKED_KEYS)

    @dataclass
    class Read(Message):
        """It was read: the summary is wanted."""

        session: Session

    def __init__(self, worked: Worked, session: Session) -> None:
        self._worked = worked
        self._session = session
        super().__init__()

    def on_mount(self) -> None:
        """Fill the line at the top."""
        self.top.show("An example to begin with", "", 1.0)

    def rows(self, width: int) -> list[Row]:
        """Lay the example out."""
        return worked_page(self._worked, width)

    def action_go(self) -> None:
        """Go on to the summary."""
        self.lead_on(self.Read(self._session))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Go on by a click."""
        if message.target == _GO:
            self.action_go()


def worked_page(worked: Worked, width: int) -> list[Row]:
    """Lay out a question with its best and its worst answer, each with what makes it so."""
    scores = " and ".join(f"a {answer.score}" for answer in worked.answers)
    coming = "In a day or two you rate whole answers like these. This pair is rated for you."
    rows = [
        BLANK,
        *text(f"What {scores} sound like", width, "$key"),
        *text(coming, width, "$quiet"),
        BLANK,
        *text("You asked:", width, "$quiet"),
        *text(worked.ask, width, "bold $strong", indent=4),
    ]
    for answer in worked.answers:
        rows += [BLANK, *_answer(answer, width)]
    return [*rows, BLANK, Row(Content.assemble("  ", ("Enter", "$key"), "  Go on"), _GO)]


def _answer(answer: WorkedAnswer, width: int) -> list[Row]:
    style = "$right" if answer.score == BEST else "$wrong"
    rows = hanging(Content.styled(f"  {answer.score}  ", style), said(f"“{answer.text}”"), width)
    shown = [("It shows", f"{point}: “{words}”") for point, words in answer.shown if words]
    pairs = shown or [("It shows", "None of the points.")]
    pairs += [("Why", answer.why)] if answer.why else []
    pairs += [(f"Worth {answer.score}", answer.worth)] if answer.worth else []
    return [*rows, *labelled(pairs, width)]
