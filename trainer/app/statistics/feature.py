"""Progress: this week, and the statistics."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.phrases import KNOW, SOON, TO_COME, count, in_days
from trainer.app.kit.places import PROGRESS
from trainer.reports.overview import LEARNED_AFTER
from trainer.reports.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine
    from trainer.reports.overview import Overview

_LETTERS = "MTWTFSS"
_DONE, _NOW, _NOT = "■", "◐", "·"


def _open(app: "Host", engine: "Engine") -> None:
    from trainer.app.statistics.screen import StatisticsScreen

    app.show(StatisticsScreen(engine, app.edit_card))


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.kit.keys import ROW_KEYS
    from trainer.app.statistics.keys import STATISTICS_KEYS

    return ((*ROW_KEYS, *STATISTICS_KEYS),)


def _week(engine: "Engine") -> "Sequence[Line]":
    seen, week, totals = engine.overview(), engine.week, engine.totals_of_week
    decks = seen.decks.values()
    one, two, known = (sum(deck.right_days[days] for deck in decks) for days in range(LEARNED_AFTER))
    new = sum(deck.new for deck in decks)
    soon = sum(deck.cards for deck in decks) - new - known
    lines = [
        Line(_days(week), week.words),
        Line("Today", _today(seen)),
        Line("New cards met this week", str(totals.new)),
    ]
    if totals.scored:
        lines.append(Line("Right at first try this week", f"{totals.right} of {totals.scored}"))
    if totals.unseen:
        unseen = f"{totals.unseen_right} of {totals.unseen} right"
        lines.append(Line("Résumé lines never seen before", unseen))
    if seen.to_see_again:
        lines.append(Line("Cards to see again", f"now, {seen.see_again_told}"))
    elif seen.due:
        lines.append(Line("Cards to see again", f"now, {seen.due}"))
    elif seen.next_due:
        lines.append(Line("The next card comes back", in_days((seen.next_due - engine.day).days)))
    return [
        *lines,
        Line(f"{KNOW} know  {known}", f"right on {LEARNED_AFTER} days since its last miss"),
        Line(f"{SOON} soon  {soon}", _soon(one, two)),
        Line(f"{TO_COME} to come  {new}", "not met yet"),
    ]


def _today(seen: "Overview") -> str:
    answers = seen.today.reviews
    return f"{count(answers, 'answer')} in {seen.time_today}" if answers else "no answer yet"


def _days(week: Week) -> str:
    """Draw the days of the week: answered, today and not yet, neither."""
    signs = (_DONE if answered else _NOW if i == week.today else _NOT for i, answered in enumerate(week.days))
    return " ".join(f"{letter}{sign}" for letter, sign in zip(_LETTERS, signs, strict=True))


def _soon(one: int, two: int) -> str:
    """Return how far the cards have come that were met and are not known yet."""
    far = [f"{number} right on {days}" for number, days in ((two, "2 days"), (one, "1 day")) if number]
    return f"met; {', '.join(far)}" if far else "met, and not known yet"


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
    tooltip="Days, minutes, what was right, hard cards, what you mix up, how you rate",
    line="See how you get on: days, right answers, hard cards",
    open=_open,
    keys=_keys,
)
