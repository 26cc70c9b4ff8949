"""Statistics: how near a learner's ratings of answers come to the references."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.phrases import KNOW, SOON, TO_COME, count
from trainer.app.kit.places import PROGRESS
from trainer.reports.overview import LEARNED_AFTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.reports.profile import Profile


def _open(app: "Host", engine: "Engine") -> None:
    def show(profile: "Profile") -> None:
        from trainer.app.statistics.screen import StatisticsScreen

        app.show(StatisticsScreen(profile, engine.recruiter))

    app.prepare(engine.profile, show)  # it reads the history, which may be long


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.statistics.keys import STATISTICS_KEYS

    return (STATISTICS_KEYS,)


def _week(engine: "Engine") -> "Sequence[Line]":
    seen = engine.overview()
    lines = [
        Line("Days with answers", engine.week.words),
        Line("Today", f"{count(seen.today.reviews, 'answer')} in {count(seen.minutes_today, 'minute')}"),
    ]
    if seen.unseen:
        lines.append(Line("Résumé lines never seen before", f"{seen.unseen_right} of {seen.unseen} right"))
    return [
        *lines,
        Line(f"{KNOW} know", f"right at first try on {LEARNED_AFTER} different days"),
        Line(f"{SOON} soon", "met, and not known yet"),
        Line(f"{TO_COME} to come", "not met yet"),
    ]


WEEK = Feature(
    name="week",
    place=PROGRESS,
    label="This week",
    tooltip="The days with answers; four are the aim",
    line="This week",
    lines=_week,
)

STATISTICS = Feature(
    name="statistics",
    place=PROGRESS,
    key="s",
    label="Statistics",
    tooltip="How near your ratings of answers come",
    line="How you rate answers",
    open=_open,
    keys=_keys,
)
