"""What was read of the sheets and is kept: the same as what reading them gives, or not taken at all."""

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from trainer.cards import cache, library, outline
from trainer.cards.library import Library, load_library
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.material import files
from trainer.material.sheet import Sheet


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path / "home")


def _read(home: Home) -> Library:
    """Read the sheets as a start does."""
    with Engine.open(home, "anna", saving=False) as training:
        return training.library


def _own(home: Home) -> Path:
    [sheet] = home.decks.glob("*.toml")
    return sheet


def _made_of(read: Library) -> dict[str, object]:
    """Return all that is said of each card."""
    return {
        card.id: (card.uses, card.after, card.called, card.first_texts(), card.ways(), card.topic)
        for card in read.cards.values()
    }


def test_what_is_recalled_is_what_was_read(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _read(home)
    assert (first.outlines, first.problems) == (None, ())

    def never(*_: object) -> None:
        raise AssertionError("a sheet was read")

    monkeypatch.setattr(files, "parsed", never)
    second = load_library(home)
    assert second == first
    assert list(second.sheets) == list(first.sheets)
    assert second.outlines == outline.Outlines.of(first)
    assert list(_made_of(second).items()) == list(_made_of(first).items())


def test_an_edit_is_seen_at_once_though_neither_size_nor_time_tells_it(home: Home) -> None:
    _read(home)
    sheet, found = _own(home), _own(home).stat()
    text = sheet.read_text(encoding="utf-8")
    name = load_library(home).sheets["sample"].name
    edited = sheet.with_suffix(".new")
    edited.write_text(text.replace(f'"{name}"', f'"{name[::-1]}"'), encoding="utf-8")
    edited.replace(sheet)
    os.utime(sheet, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert sheet.stat().st_size == found.st_size
    assert load_library(home).sheets["sample"].name == name[::-1]


def test_an_edit_while_the_sheets_are_read_is_seen_by_the_next_reading(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_sheets = library.library_of

    def edited_meanwhile(paths: Iterable[Path], read: Callable[[Path], Sheet]) -> Library:
        found = read_sheets(paths, read)
        _own(home).write_text('format = 1\nid = "sample"\nname = "Another"\n', encoding="utf-8")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(library, "library_of", edited_meanwhile)
        _read(home)
    assert load_library(home).sheets["sample"].name == "Another"


@pytest.mark.parametrize("name", [library.CACHE, outline.CACHE])
@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "foreign", "nested", "gone"])
def test_what_is_damaged_or_foreign_is_made_again(home: Home, name: str, damage: str) -> None:
    first = _read(home)
    kept = home.cache / name
    whole = kept.read_bytes()
    match damage:
        case "flipped":  # a letter of a text
            place = len(whole) // 2
            kept.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        case "cut":
            kept.write_bytes(whole[:-100])
        case "empty":
            kept.write_bytes(b"")
        case "foreign":
            kept.write_bytes(b"\x94\xa1x\x90\x00\xc4\x00")
        case "nested":
            kept.write_bytes(b"\x91" * 200_000)
        case _:
            kept.unlink()
    second = _read(home)
    assert second == first
    assert _made_of(second) == _made_of(first)
    assert kept.read_bytes() == whole


def test_what_is_kept_is_the_users_own(home: Home) -> None:
    _read(home)
    kept = list(home.cache.iterdir())
    assert {each.name for each in kept} == {library.CACHE, outline.CACHE}
    assert {stat.S_IMODE(each.stat().st_mode) for each in kept} == {0o600}


def test_sheets_with_a_problem_are_read_each_time_and_the_problem_told(home: Home) -> None:
    (home.decks / "broken.toml").write_text("format = 1\n", encoding="utf-8")
    assert _read(home).problems == _read(home).problems != ()
    assert not (home.cache / library.CACHE).exists()


def test_reading_alone_makes_no_home(tmp_path: Path) -> None:
    home = Home(tmp_path / "none")
    assert load_library(home).sheets
    assert not home.root.exists()


def test_nothing_is_kept_where_a_sheet_cannot_be_looked_at(home: Home) -> None:
    (home.decks / "link.toml").symlink_to(home.root / "nowhere")
    assert cache.stamps_of(home) == ()
    assert _read(home).problems
    assert not home.cache.exists()


def test_an_edit_in_the_app_is_not_taken_for_what_was_read(home: Home) -> None:
    _read(home)
    recalled = load_library(home)
    sheet = recalled.sheets["sample"]
    edited = recalled.with_sheet(sheet, _own(home))
    assert (edited.stamps, edited.outlines) == ((), None)
    assert _made_of(edited) == _made_of(recalled)
