"""Taking an import back: sheet and page are as they were, and nothing that stood there is lost."""

import re
import shutil
import stat
from pathlib import Path

import pytest

from tests.material.pages import FULL, changed
from trainer.errors import SheetError
from trainer.home import Home
from trainer.material.import_backups import damaged, kept_of, newest, undo
from trainer.material.importing import plan_import, save
from trainer.material.intake import read_text
from trainer.material.page.reading import read_page
from trainer.material.words.adding import plan_addition, plan_vocabulary
from trainer.material.words.word_list import WordList


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def take_in(page: str, home: Home) -> Path:
    return save(plan_import(read_page(page), home))


def take_back(home: Home, sheet: str = "") -> Path | None:
    kept = newest(home, sheet)
    assert kept
    return undo(kept, home)


def words(text: str) -> WordList:
    found = read_text(text)
    assert isinstance(found, WordList)
    return found


def test_a_sheet_and_its_page_are_as_before_the_last_import(home: Home) -> None:
    path = take_in(FULL, home)
    sheet, page = path.read_bytes(), (home.pages / "skt.txt").read_bytes()
    take_in(changed(FULL, ("Tidy shelves", "Tidy all shelves")), home)
    after = path.read_bytes()
    assert after != sheet
    aside = take_back(home)
    assert (path.read_bytes(), (home.pages / "skt.txt").read_bytes()) == (sheet, page)
    assert aside
    assert aside.read_bytes() == after
    assert take_back(home, "skt")
    assert not path.exists()
    assert not (home.pages / "skt.txt").exists()
    assert newest(home) is None


def test_in_a_copy_of_a_home_it_is_the_copy_that_goes_back(home: Home, tmp_path: Path) -> None:
    path = take_in(FULL, home)
    copied = Home(tmp_path / "copy")
    shutil.copytree(home.root, copied.root)
    assert take_back(copied)
    assert not (copied.decks / path.name).exists()
    assert not (copied.pages / "skt.txt").exists()
    assert (path.exists(), (home.pages / "skt.txt").exists()) == (True, True)
    take_in(FULL, copied)
    home.root.rename(tmp_path / "away")
    assert take_back(copied)
    assert not (copied.decks / path.name).exists()


def test_an_import_that_changes_nothing_is_none_to_take_back(home: Home) -> None:
    take_in(FULL, home)
    take_in(FULL, home)
    assert len(list(home.imports.iterdir())) == 1


def test_what_was_edited_since_is_told_and_kept(home: Home) -> None:
    path = save(plan_vocabulary(words("Boom\tA pole\nGel\tA colour\n"), "Ours", home))
    before = path.read_text()
    save(plan_addition(words("Gobo\tA shape\nScoop\tA lamp\n"), path, home))
    path.write_text(path.read_text() + "# mine\n")
    kept = newest(home, "ours")
    assert kept
    assert kept.was_edited
    aside = undo(kept, home)
    assert path.read_text() == before
    assert aside
    assert aside.read_text().endswith("# mine\n")


def test_a_few_versions_are_kept_for_the_user_alone(home: Home) -> None:
    path = save(plan_vocabulary(words("Boom\tA pole\nGel\tA colour\n"), "Ours", home))
    for turn in range(8):
        save(plan_addition(words(f"New {turn}\tA thing\nNext {turn}\tA thing\n"), path, home))
    files = list(home.imports.iterdir())
    assert len(files) == 5
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@pytest.mark.parametrize("damage", ["cut", "no zone", "nul"])
def test_a_damaged_version_of_one_sheet_hinders_no_other(home: Home, damage: str) -> None:
    path = take_in(FULL, home)
    take_in(FULL.replace("SKT", "PKT").replace("Scene Kit", "Prop Kit"), home)
    kept = home.imports / "pkt.000001.json"
    content = kept.read_text(encoding="utf-8")
    match damage:
        case "cut":
            content = content[:40]
        case "no zone":
            content = re.sub(r'("at":"[^"]*?)(Z|\+00:00)"', r'\1"', content)
        case "nul":
            content = content.replace('"path":"', '"path":"%00')
    kept.write_text(content, encoding="utf-8")
    assert [str(error).partition(": ")[0] for error in damaged(home)] == [str(kept)]
    with pytest.raises(SheetError, match="damaged"):
        newest(home)
    with pytest.raises(SheetError, match="damaged"):
        newest(home, "pkt")
    take_back(home, "skt")
    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    ["{", "", "[]", '{"a":' * 100_000, '{"at":1e999}', f'{{"a":{"9" * 5000}}}', '{"path":"\\ud800"}'],
)
def test_a_damaged_version_is_named(home: Home, content: str) -> None:
    take_in(FULL, home)
    (file,) = home.imports.iterdir()
    file.write_text(content)
    with pytest.raises(SheetError, match="damaged"):
        newest(home)
    assert kept_of(home) == []
