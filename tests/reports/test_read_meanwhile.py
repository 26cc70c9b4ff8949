"""What is read in a thread while somebody goes on answering: each case adds something at the worst moment."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from trainer.cards import roles
from trainer.cards.library import Library
from trainer.cards.roles import roles_of
from trainer.memory.learner import Settings
from trainer.memory.schedule import Schedule
from trainer.memory.state import DayTotals, Marks
from trainer.progress.progress import Progress
from trainer.reports.statistics.days import days_of
from trainer.reports.tables import cards_csv

MONDAY = date(2026, 11, 23)


class Watched(dict[Any, Any]):
    """Calls back whenever somebody looks into it."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then

    def __contains__(self, key: object) -> bool:
        self._then()
        return super().__contains__(key)


def test_the_table_of_cards() -> None:
    states: dict[str, None] = {"gone/meanings/a": None, "gone/meanings/b": None}
    library = SimpleNamespace(cards=Watched(lambda: states.update({f"gone/meanings/{len(states)}": None})))
    progress = SimpleNamespace(states=states, state=states.get, marks=lambda _card: Marks())
    table = cards_csv(cast("Library", library), cast("Progress", progress), Schedule(), MONDAY)
    assert len(table.splitlines()) == 3


def test_the_roles_of_what_was_met(monkeypatch: pytest.MonkeyPatch) -> None:
    met = {"a/meanings/one": None}

    def adding(card: str) -> str:
        met[f"b/meanings/{len(met)}"] = None
        return card.partition("/")[0]

    monkeypatch.setattr(roles, "sheet_id", adding)
    sheets = [SimpleNamespace(id=id_, is_role=True) for id_ in "ab"]
    assert roles_of(Settings(), cast("Any", sheets), met).order == ("a",)


def test_the_days() -> None:
    totals: dict[date, DayTotals] = {}

    class Adding(date):
        def __le__(self, other: object) -> bool:
            totals[date(2026, 1, 1 + len(totals))] = DayTotals(reviews=1)
            return super().__le__(cast("date", other))

    totals[Adding(2026, 11, 23)] = DayTotals(reviews=3)
    assert days_of(totals, MONDAY, 10).answers == 3
