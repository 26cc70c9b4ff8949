"""The outlines that Today starts from: right, or not taken at all."""

from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.clocks import FakeClock
from trainer.cards import cache, outline
from trainer.engine.engine import Engine
from trainer.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path / "home")


def _read(home: Home) -> list[str]:
    """Read the sheets as a start does, and return the ids of their cards."""
    with Engine.open(home, "anna", saving=False) as training:
        return list(training.library.cards)


def test_they_are_kept_by_the_first_reading_and_hold_every_card(home: Home) -> None:
    assert outline.recall(home) is None
    ids = _read(home)
    kept = outline.recall(home)
    assert kept is not None
    assert [each.id for each in kept.cards] == ids


def test_the_overview_is_the_same_from_outlines_and_from_cards(home: Home) -> None:
    clock = FakeClock()
    _read(home)
    with Engine.open(home, "anna", clock=clock) as training:
        from_outlines = training.overview()
        assert training.problems == ()
        assert training.library.cards
        assert training.overview() == from_outlines


@pytest.mark.parametrize("change", ["edited", "added", "removed", "broken cache", "other version"])
def test_they_are_not_taken_once_something_has_changed(
    home: Home, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _read(home)
    [sheet] = home.decks.glob("*.toml")
    match change:
        case "edited":
            sheet.write_text(sheet.read_text(encoding="utf-8") + "\n# a word\n", encoding="utf-8")
        case "added":
            text = 'format = 1\nid = "second"\nname = "Second"\n'
            (home.decks / "second.toml").write_text(text, encoding="utf-8")
        case "removed":
            sheet.unlink()
        case "broken cache":
            (home.cache / outline.CACHE).write_bytes(b"\x00\xff no")
        case _:
            monkeypatch.setattr(cache, "__version__", "999")
    assert outline.recall(home) is None


def test_a_home_that_cannot_be_written_to_is_read_every_time(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("trainer.disk.replace", full)
    assert _read(home) == _read(home) != []
    assert outline.recall(home) is None
