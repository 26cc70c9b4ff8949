"""Joining the team of a server, and leaving it: each shows first what is sent."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Event, Feature
from trainer.app.kit.places import PERSON, PROGRESS

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine
    from trainer.engine.team import Joining


def _can_join(engine: "Engine") -> bool:
    if engine.rights.team is None:  # then nothing of it is loaded
        return False
    from trainer.engine.joining import can_join

    return can_join(engine)


def _event(engine: "Engine") -> Event | None:
    """Offer it until it is declined."""
    if engine.rights.team is None:
        return None
    from trainer.engine.joining import is_offered

    return Event("Team", "there is a team here, which takes drills", "join") if is_offered(engine) else None


def _join(app: "Host", engine: "Engine") -> None:
    from trainer.engine import joining

    def ask(planned: "Joining") -> None:
        from trainer.app.kit.agree_screen import AgreeScreen
        from trainer.engine.agreements import of_joining

        def answer(agreed: bool) -> None:  # noqa: FBT001 — the answer
            if agreed:
                app.show_today()
                app.prepare(lambda: joining.join(engine, planned), app.show_today)
            else:
                joining.decline(engine)
                app.show_today("You have not joined: Progress has it whenever you like.")

        app.show(AgreeScreen(of_joining(planned), answer))

    app.prepare(lambda: joining.plan(engine), ask)


def _in_one(engine: "Engine") -> bool:
    if engine.rights.team is None:
        return False
    from trainer.engine.joining import is_member

    return is_member(engine)


def _leave(app: "Host", engine: "Engine") -> None:
    from trainer.app.kit.agree_screen import AgreeScreen
    from trainer.engine import joining
    from trainer.engine.agreements import of_leaving
    from trainer.engine.team import Team
    from trainer.errors import TrainerError

    try:
        leaving = of_leaving(Team.of(engine))
    except TrainerError as error:
        app.show_today(str(error))
        return

    def answer(agreed: bool) -> None:  # noqa: FBT001 — the answer
        if agreed:
            app.show_today()
            app.prepare(lambda: joining.leave(engine, leaving.line), app.show_today)
        else:
            app.back()

    app.show(AgreeScreen(leaving, answer))


JOIN = Feature(
    name="join_team",
    place=PROGRESS,
    key="J",
    label="Join the team",
    tooltip="Take drills together with the others here; you see first what is sent",
    line="Join the team",
    open=_join,
    needs_cards=False,
    there=_can_join,
    event=_event,
)

LEAVE = Feature(
    name="leave_team",
    place=PERSON,
    label="Leave the team",
    tooltip="Have all removed that you sent to the team",
    line="Leave the team",
    open=_leave,
    needs_cards=False,
    there=_in_one,
)
