"""The attacks of `python -m tests.attack`, in short: the long form has the same, oftener."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attack.outcome import Outcome

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither SIGKILL nor fork")


def kills(folder: Path) -> list[Outcome]:
    from tests.attack import kills
    from tests.attack.victim import AIMS

    outcomes = kills.attack(folder, kills=24)
    assert len(outcomes) == len(AIMS) + 2, "each aim, kills without an aim, and the last opening"
    return outcomes


def readers(folder: Path) -> list[Outcome]:
    from tests.attack import readers

    return readers.attack(folder, opens=60)


def damage(folder: Path) -> list[Outcome]:
    from tests.attack import damage

    return damage.attack(folder, step=97)


def starve(folder: Path) -> list[Outcome]:
    from tests.attack import starve

    return starve.attack(folder)


def records(folder: Path) -> list[Outcome]:
    from tests.attack import records

    outcomes = records.attack(folder, count=105, seed=7)
    assert len(outcomes) == len(records.USES)
    return outcomes


def locks(folder: Path) -> list[Outcome]:
    from tests.attack import locks

    return locks.attack(folder, answers=16, kills=4)


def links(folder: Path) -> list[Outcome]:
    from tests.attack import links

    return links.attack(folder, links.PLACES[::4])


def clocks(folder: Path) -> list[Outcome]:
    from tests.attack import clocks

    return clocks.attack(folder, jumps=30, seed=7)


@pytest.mark.slow
@pytest.mark.parametrize("attack", [kills, readers, damage, starve, records, locks, links, clocks])
def test_nothing_is_lost(tmp_path: Path, attack: Callable[[Path], list[Outcome]]) -> None:
    outcomes = attack(tmp_path)
    assert all(outcome.tried for outcome in outcomes)
    assert [outcome for outcome in outcomes if outcome.wrong] == []
