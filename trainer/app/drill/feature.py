"""Drills: what Today says of the one that is due, and how it is taken."""

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from trainer.app.kit.feature import Event, Feature, Line
from trainer.app.kit.places import TRAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.drills import DrillRun, ToTake
    from trainer.engine.engine import Engine
    from trainer.engine.team import Team
    from trainer.engine.team_sending import Offer

_SECONDS = 10
"""How long it is told what can't be offered."""
_LOOK_AGAIN = 60
"""Seconds until the team's place is looked at again."""
_looked: dict[str, float] = {}
"""When the place of each team was last looked at."""


def team_of(engine: "Engine") -> "Team":
    """Return the learner's team."""
    from trainer.engine.team import Team

    return Team.of(engine)


def is_there(engine: "Engine") -> bool:
    """Return whether the learner is in a team; without one nothing of it is loaded."""
    return engine.saved and engine.home.in_team(engine.recruiter)


def _event(engine: "Engine") -> Event | None:
    """Return the drill that is to be taken first, as it is known here; the place is looked at meanwhile."""
    if not is_there(engine):
        return None
    from trainer.engine.drill_words import event_words
    from trainer.errors import TrainerError

    team = team_of(engine)
    _look(team)
    try:
        return next((Event("Team", *event_words(row, team.today)) for row in team.known()), None)
    except TrainerError:  # told where the drill is taken
        return None


def _look(team: "Team") -> None:
    """Look what the team's place has, in a thread for which nothing waits."""
    place, now = str(team.own.folder), time.monotonic()
    if now - _looked.get(place, -_LOOK_AGAIN) >= _LOOK_AGAIN:
        _looked[place] = now
        threading.Thread(target=_look_now, args=(team,), daemon=True, name="team's drills").start()


def _look_now(team: "Team") -> None:
    from trainer.errors import TrainerError

    with suppress(TrainerError):  # it is told where something is wanted of the place
        team.send_waiting()
        team.drills()


def _open(app: "Host", engine: "Engine") -> None:
    team = team_of(engine)

    def offer(wanted: "ToTake") -> None:
        from trainer.app.drill.offer_screen import OfferScreen

        app.show(OfferScreen(wanted, team.readers, lambda: _begin(app, engine, team, wanted)))

    app.prepare(lambda: _prepared(engine, team), offer)


def _prepared(engine: "Engine", team: "Team") -> "ToTake":
    from trainer.engine.drills import to_take

    _ = engine.library.cards  # they are wanted where a drill is begun, and take a while
    return to_take(team)


def _begin(app: "Host", engine: "Engine", team: "Team", wanted: "ToTake") -> None:
    from trainer.engine.drills import begin
    from trainer.errors import TrainerError

    try:
        run = begin(engine, team, wanted)
    except TrainerError as error:
        app.show_today(str(error))
        return
    if run.session.question:
        app.take(run, lambda: _end(app, team, run))
    else:
        _end(app, team, run)


def _end(app: "Host", team: "Team", run: "DrillRun") -> None:
    from trainer.app.drill.result_screen import ResultScreen
    from trainer.errors import TrainerError

    if run.session.question and not run.session.time_is_up:
        app.show_today(f"“{run.drill.title}” waits for you as it is.")
        return
    try:
        outcome, line = run.finish(), run.result()
    except TrainerError as error:
        app.show_today(str(error))
        return

    readers = team.readers

    def answer(agreed: bool) -> None:  # noqa: FBT001 — the answer
        if agreed:
            send(app, team, line, readers)
        else:
            app.show_today("The result is not sent. A line under Train offers it again.")

    app.show(ResultScreen(run, outcome, line, readers, answer))


def _lines(engine: "Engine") -> "Sequence[Line]":
    """Return a line that offers results again which were not sent."""
    from trainer.errors import TrainerError

    try:
        unsent = team_of(engine).has_offers
    except TrainerError:  # told where the drill is taken
        return ()
    return (Line("Results of drills that you have not sent", open=_offer),) if unsent else ()


def _offer(app: "Host", engine: "Engine") -> None:
    """Offer the results that were not sent, one after the other."""
    team = team_of(engine)

    def show(offers: "Sequence[Offer]") -> None:
        from trainer.app.drill.result_screen import SendScreen

        if not offers:
            app.show_today()
            return
        offer, *others = offers
        readers = team.readers

        def answer(agreed: bool) -> None:  # noqa: FBT001 — the answer
            if agreed:
                send(app, team, offer.line, readers)
            elif others:
                show(others)
            else:
                app.back()

        app.show(SendScreen(offer.title, offer.line, readers, answer))

    def tell(words: str) -> None:
        app.notify(words, markup=False, timeout=_SECONDS)  # from the thread in which it is read

    app.prepare(lambda: team.offers(tell), show)


def send(app: "Host", team: "Team", line: bytes, readers: str) -> None:
    """Send a result that was agreed to for those readers, and say so on Today."""
    from trainer.errors import TrainerError

    try:
        team.agree(line, readers)
    except TrainerError as error:
        app.show_today(str(error))
        return
    app.show_today()
    app.prepare(team.send, lambda sent: app.show_today(sent.problem or sent.note or "Your result is sent."))


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.drill.keys import OFFER_KEYS, RESULT_KEYS

    return (OFFER_KEYS, RESULT_KEYS)


DRILL = Feature(
    name="drill",
    place=TRAIN,
    key="D",
    label="Drill",
    tooltip="The drill of your team that is to be taken first",
    line="The drill of your team",
    open=_open,
    keys=_keys,
    needs_cards=False,
    there=is_there,
    lines=_lines,
    event=_event,
)
