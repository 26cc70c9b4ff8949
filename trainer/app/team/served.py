"""Joining the team of a server, which is shown first with what is sent."""

from typing import TYPE_CHECKING

from trainer.app.kit.agree_screen import AgreeScreen
from trainer.engine import joining
from trainer.engine.agreements import of_joining

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine
    from trainer.engine.team_joining import Joining


def join(app: "Host", engine: "Engine") -> None:
    """Show what joining would send, and join on yes."""

    def ask(planned: "Joining") -> None:
        def answer(agreed: bool) -> None:  # noqa: FBT001 — the answer
            if agreed:
                app.show_today()
                app.prepare(lambda: joining.join(engine, planned), app.show_today)
            else:
                joining.decline(engine)
                app.show_today("You have not joined: 6 has it whenever you like.")

        app.show(AgreeScreen(of_joining(planned), answer))

    app.prepare(lambda: joining.plan(engine), ask)
