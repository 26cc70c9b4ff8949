"""Folders where a record is less safe than elsewhere are told, once."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands import trainer
from tests.progress.samples import empty
from trainer import disk
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.progress.risky_folders import risky_folder

MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /home nfs4 rw 0 0
/dev/vdb /home/local xfs rw 0 0
//server/share /mnt/team\\040share cifs rw 0 0
me@host: /home/local/far fuse.sshfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/srv/Dropbox/trainer/anna.json", "/srv/Dropbox. Dropbox keeps"),
        ("/srv/Dropbox (Firm)/anna.json", "Dropbox (Firm). Dropbox keeps"),
        ("/srv/OneDrive - Firm & Sons/x/anna.json", "OneDrive keeps"),
        ("/Users/anna/Library/CloudStorage/OneDrive-Personal/anna.json", "OneDrive keeps"),
        ("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/anna.json", "iCloud Drive keeps"),
        ("/Users/anna/Library/CloudStorage/GoogleDrive-a@b.c/My Drive/anna.json", "Google Drive keeps"),
        ("/srv/Google Drive/anna.json", "Google Drive keeps"),
        ("/srv/Nextcloud/trainer/progress/anna.json", "/srv/Nextcloud. Nextcloud keeps"),
        ("/srv/nextcloud2/anna.json", "Nextcloud keeps"),
        ("/home/anna/anna.json", "/home. That is on a network (nfs4)"),
        ("/mnt/team share/anna.json", "/mnt/team share. That is on a network (cifs)"),
        ("/home/local/far/anna.json", "on a network (fuse.sshfs)"),
        ("/home/local/anna.json", ""),
        ("/home/local/dropbox-export-2020.old/anna.json", ""),
        ("/srv/drive/anna.json", ""),
        ("/srv/onedriver/anna.json", ""),
        ("/homestead/anna.json", ""),
    ],
)
def test_where_a_record_lies(tmp_path: Path, path: str, told: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="ascii")
    place = risky_folder(Path(path), mounts)
    assert (told in place.warning) if place and told else (place is None and not told)


def test_syncthing_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    place = risky_folder(tmp_path / "shared" / "deep" / "anna.json")
    assert place
    assert place.folder == tmp_path / "shared"
    assert "Syncthing" in place.why


def test_a_system_without_a_list_of_mounts(tmp_path: Path) -> None:
    assert risky_folder(tmp_path / "anna.json", tmp_path / "none") is None


def test_it_is_told_once_and_again_for_another_place(tmp_path: Path) -> None:
    home = Home(tmp_path / "Dropbox" / "trainer")
    with Engine.open(home, "anna", saving=False) as practice:
        assert practice.progress.notices == []
    assert not home.root.exists()
    for name, times in (("anna", 1), ("anna", 0), ("berta", 0)):
        with Engine.open(home, name) as training:
            empty(home.progress_file("anna"))
            assert sum("Dropbox keeps" in notice for notice in training.progress.notices) == times
    moved = home.progress_file("anna").rename(tmp_path / "anna.json")
    (tmp_path / "Nextcloud").mkdir()
    real = moved.rename(tmp_path / "Nextcloud" / "anna.json")
    home.progress_file("anna").symlink_to(real)
    with Engine.open(home, "anna") as training:
        assert "Nextcloud keeps" in training.progress.notices[0], "where the file really is counts"
    assert home.told.read_text(encoding="utf-8").count("\n") == 2


def test_where_it_cannot_be_noted_it_is_told_every_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, write = Home(tmp_path / "Dropbox"), disk.replace

    def refuse(path: Path, *rest: Any, **how: Any) -> None:
        if path == home.told:
            raise OSError(28, "No space left on device")
        write(path, *rest, **how)

    monkeypatch.setattr(disk, "replace", refuse)
    for _ in range(2):
        with Engine.open(home, "anna") as training:
            assert len(training.progress.notices) == 1


def test_the_command_tells_it_beside_the_session(tmp_path: Path) -> None:
    arguments = ("study", "--plain", "--limit", "1", "--recruiter", "r", "--home", tmp_path / "OneDrive")
    first, second = (trainer(*arguments, typed=":q\n") for _ in range(2))
    assert "OneDrive keeps that in sync" in first.stderr
    assert second.stderr == ""
