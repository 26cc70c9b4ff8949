"""What the doctor finds in the folders of a home."""

from pathlib import Path

import pytest

from trainer import disk
from trainer.home import Home
from trainer.progress.doctor import folders
from trainer.progress.records import Record

from .samples import CARDS, FakeClock, session


@pytest.mark.parametrize("name", ["decks/mine.toml", "pages/mine.txt", "imports/mine.000001.json"])
def test_what_an_import_that_was_cut_off_left_is_told_and_removed(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path)
    kept = tmp_path / name
    kept.parent.mkdir(parents=True, mode=0o700)
    disk.replace(kept, [b"whole"])
    assert folders.check(home, []) == []
    left = kept.with_name(f"{kept.name}.0123abcd.tmp")
    left.write_bytes(b"ha")
    [finding] = folders.check(home, [])
    assert (finding.where, finding.mendable) == (str(left), True)
    folders.fix(home, [])
    assert (kept.read_bytes(), left.exists()) == (b"whole", False)


def test_a_rename_that_was_killed_is_told_with_what_to_do(anna: Record, clock: FakeClock) -> None:
    clock.move(60 * 24)
    session(anna, clock, CARDS[1])
    anna.backups.rename(anna.backups.with_name("Bela %22Q%22"))
    [finding] = folders.check(Home(anna.path.parent.parent), [anna])
    assert finding.what == 'holds the backups of "anna": a rename was cut off'
    assert finding.do == "Do it once more: trainer rename anna 'Bela \"Q\"'"
