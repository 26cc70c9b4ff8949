"""Each screen is reached by a way, so that what is tried on all of them is tried on each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import Screen

from tests.app.stage import running
from tests.app.ways import WAYS, go, home_for
from trainer.app.features import key_tables
from trainer.app.kit.painted_screen import PaintedScreen

pytestmark = pytest.mark.slow

_BASES = {
    "AnsweringScreen",
    "DialogScreen",
    "KeepingScreen",
    "OutcomeScreen",
    "PastingScreen",
    "PlaceScreen",
    "PlanScreen",
    "ProblemScreen",
    "RowScreen",
    "SourceScreen",
}
"""What screens are made of; nothing of their kind alone is shown."""


async def test_the_ways_lead_to_all_screens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    key_tables()  # reads the rooms, and with them their screens
    reached = set[str]()
    for way in WAYS:
        async with running(home_for(tmp_path / way, way)) as stage:
            await go(stage, way)
            reached.add(type(stage.app.screen).__name__)
    shown = {kind.__name__ for kind in _kinds(PaintedScreen)} - {"RefusedScreen"}  # the served app's alone
    assert shown - reached == _BASES


def _kinds(base: type[Screen[object]]) -> Iterator[type[Screen[object]]]:
    for kind in base.__subclasses__():
        if kind.__module__.startswith("trainer."):
            yield kind
            yield from _kinds(kind)
