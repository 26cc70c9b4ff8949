"""Making a drill: one question at a time, then the questions that come out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from msgspec.structs import replace

from trainer.app.kit.host import Host
from trainer.app.kit.phrases import said
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.places import PROGRESS
from trainer.engine.making import Made, Making, Offered, Wanted
from trainer.errors import TrainerError
from trainer.material.changes import Way
from trainer.material.fields import Field, FieldError, Kind

_ADVICE = "Next you see the questions that come out. Nothing is published before you say so."


@dataclass(frozen=True)
class Title:
    """What the drill is called, as a field."""

    title: str
    check: Callable[[str], None]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return what can be edited."""
        return (Field(way=(), label="Title", value=self.title, kind=Kind.LINE, offered=True),)

    def save(self, values: Sequence[str | bool]) -> str | None:
        """Return the title. Raises FieldError."""
        title = str(values[0]).strip()
        try:
            self.check(title)
        except TrainerError as error:
            raise FieldError(str(error), 0) from error
        return title

    def knowing(self, present: Mapping[Way, Any]) -> Self:  # noqa: ARG002 — nothing is written over
        """Return the same."""
        return self


@dataclass(frozen=True)
class _Question:
    ask: str
    offered: Sequence[Offered]
    take: Callable[[str], Wanted]
    first: str = ""
    """The value that is marked to begin with."""


class MakingSteps:
    """Asks what a drill is to be; Escape goes back to the question before."""

    def __init__(self, app: Host, making: Making) -> None:
        self._app, self._making, self._wanted = app, making, making.another(Wanted())

    def begin(self) -> None:
        """Ask for the role first; before that, whether to go on with what could not be published."""
        kept = self._making.kept()
        if not kept:
            self._ask(0)
            return

        def go_on(chosen: int | None) -> None:
            if chosen is not None and chosen < len(kept):
                show_draft(self._app, self._making, kept[chosen])
            elif chosen is not None:
                self._ask(0)

        words = [*(f"Go on with “{each.draft.title}”" for each in kept), "Make a new one"]
        ask = "A drill of yours could not be published yet."
        self._app.push_screen(PickScreen(ask, [said(each) for each in words], verb="Next"), go_on)

    def _questions(self) -> list[Callable[[], _Question]]:
        whole = [self._role, self._deck, self._number, self._due, self._mark]
        return [self._role, self._deck, self._due] if self._wanted.calibrates else whole

    def _ask(self, place: int) -> None:
        if place < 0:
            return
        questions = self._questions()
        if place >= len(questions):
            self._ask_title()
            return
        try:
            question = questions[place]()
        except TrainerError as error:  # there is nothing that a drill can ask
            self._app.show_today(str(error))
            return

        def go_on(chosen: int | None) -> None:
            if chosen is None:
                self._ask(place - 1)
            else:
                self._wanted = question.take(question.offered[chosen].value)
                self._ask(place + 1)

        values = [each.value for each in question.offered]
        first = values.index(question.first) if question.first in values else 0
        words = [said(each.words) for each in question.offered]
        self._app.push_screen(PickScreen(question.ask, words, verb="Next", first=first), go_on)

    def _role(self) -> _Question:
        return _Question(
            "A drill on what?",
            self._making.roles,
            lambda value: self._of(role=value),
            self._wanted.role,
        )

    def _deck(self) -> _Question:
        offered = self._making.decks(self._wanted.role)
        return _Question("What does it ask?", offered, lambda value: self._of(deck=value), self._wanted.deck)

    def _of(self, **chosen: str) -> Wanted:
        """Return what is wanted, of another role or deck; then it is called otherwise too."""
        wanted = replace(self._wanted, **chosen)
        return wanted if wanted == self._wanted else replace(wanted, title="")

    def _number(self) -> _Question:
        offered = self._making.numbers(self._wanted)
        return _Question(
            "How many questions?",
            offered,
            lambda value: replace(self._wanted, number=int(value)),
            str(self._wanted.number),
        )

    def _due(self) -> _Question:
        offered = self._making.dates()
        return _Question(
            "By when?",
            offered,
            lambda value: replace(self._wanted, due=value),
            self._wanted.due or self._making.in_a_week,
        )

    def _mark(self) -> _Question:
        return _Question(
            "How much has to be right?",
            self._making.marks(),
            lambda value: replace(self._wanted, pass_mark=int(value)),
            str(self._wanted.pass_mark),
        )

    def _ask_title(self) -> None:
        def go_on(title: str | None) -> None:
            if title is None:
                self._ask(len(self._questions()) - 1)
            else:
                self._wanted = replace(self._wanted, title=title)
                self._app.prepare(lambda: self._making.make(self._wanted), self._show)

        draft = Title(self._wanted.title or self._making.title(self._wanted), self._making.check_title)
        self._app.edit(draft, "Drill · what is it called?", _ADVICE, go_on, verb="Next")

    def _show(self, made: Made) -> None:
        show_draft(self._app, self._making, made, again=self._again, back=self._back)

    def _again(self) -> Made:
        self._wanted = self._making.another(self._wanted)
        return self._making.make(self._wanted)

    def _back(self) -> None:
        """Go back to the question before the draft; all that was chosen stays, and so do its questions."""
        self._app.go_to(PROGRESS)
        self._ask_title()


def show_draft(
    app: Host,
    making: Making,
    made: Made,
    *,
    again: Callable[[], Made] | None = None,
    back: Callable[[], object] | None = None,
) -> None:
    """Show the questions that come out, and publish them on yes; `again` draws others, `back` goes back."""
    from trainer.app.team.draft_screen import DraftScreen  # noqa: PLC0415 — only now

    def publish(agreed: Made) -> None:
        app.show_today()
        app.prepare(lambda: making.publish(agreed), app.show_today)

    app.show(DraftScreen(made, publish, again=again, back=back))
