"""`python -m tests.attack.pages` in short: changed pages, lists and documents."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from tests.attack import pages
from tests.attack.outcome import Outcome
from tests.material.layouts import TRADES, Style, page
from trainer.home import Home
from trainer.material.importing import Plan, plan_import, save
from trainer.material.page.found import Found
from trainer.material.page.reading import read_page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timers that end an import"),
]

PAGE = page(TRADES[0], Style())


def test_whatever_is_imported_nothing_is_invented_and_nothing_lost(tmp_path: Path) -> None:
    outcomes = pages.attack(tmp_path, 150, seed=20261128)
    assert [outcome.tried for outcome in outcomes] == [50, 50, 50]
    assert [str(outcome) for outcome in outcomes if outcome.wrong] == []


def test_most_of_what_is_changed_is_still_read(tmp_path: Path) -> None:
    pages.attack(tmp_path, 60, seed=4)
    assert len(list((tmp_path / "home-0" / "decks").iterdir())) > 10


def wrong(folder: Path, text: str = PAGE) -> list[str]:
    outcome = Outcome("one page")
    pages._try(folder / "page.txt", text.encode(), Home(folder / "home"), outcome)
    return list(outcome.wrong)


def test_a_stack_trace_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "read_file", lambda _: int("no"))
    assert wrong(tmp_path) == ["stack trace, ValueError: invalid literal for int() with base 10: 'no'"]


def test_what_is_invented_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def inventing(found: Found, *more: object, **options: object) -> Plan:
        plan = plan_import(found, Home(tmp_path / "home"))
        return replace(plan, sheet=structs.replace(plan.sheet, job_titles=("Astronauts",)))

    monkeypatch.setattr(pages, "plan_import", inventing)
    assert wrong(tmp_path) == ["invented: ['Astronauts']"]


def test_what_is_gone_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home")
    save(plan_import(read_page(PAGE), home))
    shorter = PAGE.replace(f"  • {TRADES[0].flags[0]}\n", "")
    assert wrong(tmp_path, shorter) == []
    monkeypatch.setattr(pages, "plan_import", lambda found, *_: plan_import(found, home, removing=True))
    assert wrong(tmp_path, shorter) == ["something is gone from a sheet that was there"]
