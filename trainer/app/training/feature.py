"""Rounds that the learner chooses: one deck, a quick quiz, mistakes, more than the day's minutes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.phrases import count
from trainer.cards.decks import DECKS as ALL_DECKS
from trainer.engine.choice import SessionChoice

if TYPE_CHECKING:
    from textual.command import Provider

    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine


def _decks(engine: "Engine") -> Sequence[Line]:
    tallies = engine.overview().decks
    return [
        Line(
            kind.name,
            f"{tally.due:>3} to see again · {tally.new:>3} new · {count(tally.cards, 'card'):>9}",
            SessionChoice(decks=(key,)),
        )
        for key, kind in ALL_DECKS.items()
        if (tally := tallies[key]).cards
    ]


def _commands() -> type["Provider"]:
    from trainer.app.training.commands import TrainingCommands

    return TrainingCommands


def _quiz(app: "Host", _: "Engine") -> None:
    app.begin(SessionChoice("quiz"))


def _mistakes(app: "Host", engine: "Engine") -> None:
    if engine.mistakes():
        app.begin(SessionChoice("mistakes"))
    else:
        app.show_today("You have no mistakes of the last seven days that were not right on a later day.")


def _more(app: "Host", engine: "Engine") -> None:
    app.begin(engine.beyond_today())


QUIZ = Feature(
    name="quiz",
    key="t",
    label="Ten quick",
    tooltip="Ten quick questions on what you may have forgotten",
    line="Ten quick questions on what you may have forgotten",
    open=_quiz,
    in_bar=True,
)

MISTAKES = Feature(
    name="mistakes",
    key="a",
    label="Mistakes",
    tooltip="Only what you missed in the last seven days, until it is right on a later day",
    line="Only mistakes of the last seven days",
    open=_mistakes,
    there=lambda engine: bool(engine.progress.states),
)

MORE = Feature(
    name="more",
    key="m",
    label="More",
    tooltip="Beyond today's minutes: what is due, else ten new cards",
    line="More than today's minutes: what is due, else new cards",
    open=_more,
)

DECKS = Feature(
    name="decks",
    label="Decks",
    tooltip="One deck alone",
    line="One deck of your roles",
    lines=_decks,
    commands=_commands,
)

UNDO = Feature(
    name="undo",
    key="u",
    label="Undo the last answer",
    tooltip="Take back your last answer of today, ask again",
    line="Undo the last answer",
    open=lambda app, _: app.take_back(),
    there=lambda engine: engine.can_undo,
    needs_cards=False,
)
