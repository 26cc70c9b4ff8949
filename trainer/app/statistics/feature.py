"""Statistics: how near a learner's ratings of answers come to the references."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature
from trainer.app.kit.keys import EVERYWHERE, key

if TYPE_CHECKING:
    from trainer.app.kit.host import Host
    from trainer.engine.engine import Engine
    from trainer.reports.profile import Profile

KEYS = (
    *EVERYWHERE,
    key("statistics.leave", "escape", "back", "Today", "Back to Today", show=True),
    key("statistics.today", "enter,space", "back", "Today", "Back to Today"),
)


def _open(app: "Host", engine: "Engine") -> None:
    def show(profile: "Profile") -> None:
        from trainer.app.statistics.screen import StatisticsScreen

        app.show(StatisticsScreen(profile, engine.recruiter))

    app.prepare(engine.profile, show)  # it reads the history, which may be long


STATISTICS = Feature(
    name="statistics",
    key="s",
    label="Statistics",
    tooltip="How near your ratings of answers come",
    line="How you rate answers",
    open=_open,
    keys=lambda: (KEYS,),
    gives_way=1,
)
