"""The way back in: one line that opens trainer tomorrow, and a launcher where the shell finds none."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ran
from tests.learners import begun
from tests.terminal import Terminal
from trainer import launcher
from trainer.errors import FileError
from trainer.home import Home

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such launcher")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the script that this trainer was started by, in a folder that the shell does not look in."""
    own = tmp_path / "my venv" / "bin" / "trainer"
    own.parent.mkdir(parents=True)
    own.write_text("#!/bin/sh\necho opened $1\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(own)])
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    return own


class TestTheCommand:
    def test_it_is_trainer_alone_where_the_shell_finds_this_one(
        self, own: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert launcher.opening(None, None, known=["anna"]) == f"'{own}'"
        monkeypatch.setenv("PATH", f"{own.parent}:/usr/bin")
        assert launcher.opening(None, None, known=["anna"]) == "trainer"

    def test_another_trainer_is_not_meant(
        self, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = tmp_path / "other" / "trainer"
        other.parent.mkdir()
        other.write_text("#!/bin/sh\n", encoding="utf-8")
        other.chmod(0o755)
        monkeypatch.setenv("PATH", f"{other.parent}:/usr/bin")
        assert launcher.opening(None, None, known=[]) == f"'{own}'"

    def test_what_was_said_is_said_again_only_where_it_is_needed(
        self, own: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(own.parent))
        monkeypatch.chdir(own.parent)
        opening = launcher.opening(Path("a b"), "Anna B.", known=["Anna B.", "Ben"])
        assert opening == f"trainer --home '{own.parent}/a b' --recruiter 'Anna B.'"
        assert launcher.opening(None, "Anna B.", known=["Anna B."]) == "trainer"


class TestTheLauncher:
    @pytest.mark.parametrize("home", ["", "relative", "./user"])
    def test_a_home_that_is_nowhere_gets_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
    ) -> None:
        monkeypatch.setenv("HOME", home)
        monkeypatch.chdir(tmp_path)
        before = sorted(tmp_path.rglob("*"))
        for act in (launcher.make, launcher.remove):
            with pytest.raises(FileError, match="no home folder of yours"):
                act()
        assert sorted(tmp_path.rglob("*")) == before

    def test_it_opens_this_trainer_and_can_be_taken_away(
        self, own: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = ran("launcher")
        path = launcher.place()
        assert (done.status, str(path) in done.out) == (0, True)
        assert "is in your PATH" in done.out
        assert done.out.splitlines()[-1] == f"Open trainer again with: {path}", "the way back stands last"
        assert launcher.how_to_remove(path).endswith(f"{path} launcher --remove"), "no bare one is found yet"
        assert stat.S_IMODE(path.stat().st_mode) == 0o755
        assert subprocess.run([path, "x"], capture_output=True, text=True, check=True).stdout == "opened x\n"
        monkeypatch.setenv("PATH", f"{path.parent}:/usr/bin:/bin")
        assert launcher.opening(None, None, known=[]) == "trainer"
        assert launcher.how_to_remove(path).endswith(": trainer launcher --remove")
        assert ran("launcher").out.endswith("Open trainer again with: trainer\n"), "ours is written anew"
        assert ran("launcher", "--remove").status == 0
        assert not path.exists()
        again = ran("launcher", "--remove")
        assert (again.status, "There is no launcher at" in again.err) == (2, True)

    @pytest.mark.parametrize("kind", ["file", "link", "folder", "pipe"])
    def test_what_trainer_did_not_make_stays(self, own: Path, kind: str) -> None:
        path = launcher.place()
        path.parent.mkdir(parents=True)
        if kind == "file":
            path.write_text("#!/bin/sh\n", encoding="utf-8")
        elif kind == "link":
            path.symlink_to(own)
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.mkdir()
        before = own.read_bytes()
        for arguments in (("launcher",), ("launcher", "--remove")):
            done = ran(*arguments)
            assert (done.status, str(path) in done.err) == (2, True)
        assert os.path.lexists(path)
        assert own.read_bytes() == before
        assert not launcher.is_wanted(Home(own.parent))

    def test_it_is_offered_once_where_it_helps(
        self, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        home = Home(tmp_path)
        assert launcher.is_wanted(home)
        launcher.note_offered(home)
        assert not launcher.is_wanted(home)
        monkeypatch.setenv("PATH", str(own.parent))
        assert not launcher.is_wanted(Home(tmp_path / "other"))


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["y", "", "\x03"])
def test_leaving_says_how_to_come_back_and_offers_a_launcher_once(tmp_path: Path, answer: str) -> None:
    user = tmp_path / "user"
    begun(Home(user / "data" / "trainer"), "anna")
    path = user / ".local" / "bin" / "trainer"
    environment = {
        "HOME": str(user),
        "XDG_DATA_HOME": str(user / "data"),
        "PATH": f"{path.parent}:/usr/bin:/bin",
    }
    for time in (1, 2):
        with Terminal(["-m", "trainer"], columns=200, environment=environment) as terminal:
            terminal.wait_for("Start")
            terminal.press("q")
            if time == 1:
                terminal.wait_for("[y/N]")
                assert str(path) in terminal.text
                terminal.press(f"{answer}\r" if answer != "\x03" else answer)
            assert terminal.wait_for_end() == 0
            _, told, last = terminal.text.rpartition("Open trainer again with: ")
            assert told
            assert "--remove" not in last
            assert ("Open trainer again with: trainer" in terminal.text) == (answer == "y")
    assert path.exists() == (answer == "y")


def test_with_a_home_of_its_own_it_is_only_said(tmp_path: Path) -> None:
    begun(Home(tmp_path), "anna")
    with Terminal.trainer("--home", tmp_path, columns=200) as terminal:
        terminal.wait_for("Start")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert f"--home {tmp_path}" in terminal.text
    assert not (tmp_path / "told.txt").exists()


@pytest.mark.slow
def test_leaving_line_by_line_says_how_to_come_back_too(tmp_path: Path) -> None:
    begun(Home(tmp_path), "anna")
    with Terminal.trainer("study", "asm", "--plain", "--home", tmp_path, columns=200) as terminal:
        terminal.wait_for(":q leaves")
        terminal.press(":q\r")
        assert terminal.wait_for_end() == 0
        assert f"--home {tmp_path} study --plain" in terminal.text
