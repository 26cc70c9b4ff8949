"""How the command ends when its surroundings are not as they should be: in a sentence, with a status."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.app.sheets import SHEET
from tests.commands import ran, trainer
from tests.learners import begun
from tests.material.pages import FULL
from tests.terminal import Terminal
from trainer.engine.engine import Engine
from trainer.home import Home

pytestmark = pytest.mark.slow

COMMANDS = (
    *(
        ("decks",),
        ("decks", "show", "levels"),
        ("study", "--plain"),
        ("quiz", "--plain"),
        ("stats",),
        ("check",),
    ),
    *(("doctor",), ("backups",), ("export",), ("import", "-"), ("erase", "--recruiter", "r", "--yes", "r")),
    *(("rename", "r", "s"), ("merge", "r", "s", "--yes")),
)
ANY = pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
NO_PASSWD = """\
import pwd
def unknown(*_):
    raise KeyError("getpwuid(): uid not found")
pwd.getpwuid = pwd.getpwnam = unknown
"""
BROKEN = """\
import trainer.plain.listing, trainer.plain.session

def broken(*_):
    secret = "Anna said yes"
    raise ValueError(secret)
trainer.plain.listing.deck_rows = trainer.plain.session.PlainSession._tell = broken
"""
START = """\
import os, signal
import trainer.__main__ as command

signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # until main has its own
os.write(1, b'ready')
command.main()
"""


def run(prepared: str, *arguments: str | Path, typed: str = "", **environment: str) -> tuple[int, str, str]:
    """Run the command in a process in which something was prepared."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TRAINER_", "XDG_"))}
    for name in [
        name for name in ("HOME", "USER", "LOGNAME", "LNAME", "USERNAME") if environment.get(name) == ""
    ]:
        clean.pop(name, None)
        del environment[name]
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{prepared}\nfrom trainer.__main__ import main\nmain()",
            *map(str, arguments),
        ],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=clean | environment,
    )
    return done.returncode, done.stdout, done.stderr


def shell(line: str, home: Path, typed: bytes = b"") -> tuple[int, bytes, str]:
    """Run a line of a shell in which $T is the command."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("$T", f'"{sys.executable}" -m trainer')],
        input=typed,
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"TRAINER_HOME": str(home)},
    )
    return done.returncode, done.stdout, done.stderr.decode()


def told(status: int, err: str, *words: str) -> None:
    """Check that an error which the user can mend was told, and no more."""
    assert status == 2, err
    for word in words:
        assert word in err
    assert "Traceback" not in err
    assert "went wrong" not in err


def nameless(home: str = "") -> dict[str, str]:
    return {"HOME": home, "USER": "", "LOGNAME": "", "LNAME": "", "USERNAME": ""}


class TestHome:
    def test_a_user_without_a_home_is_asked_for_one(self) -> None:
        for command in COMMANDS[:2]:
            status, _, err = run(NO_PASSWD, *command, **nameless())
            told(status, err, "knows no home folder of yours", "--home DIR", "TRAINER_HOME")

    def test_a_user_without_a_home_can_name_one(self, tmp_path: Path) -> None:
        arguments = ("study", "--plain", "--recruiter", "r", "--home", tmp_path)
        status, _, err = run(NO_PASSWD, *arguments, typed="1\n", **nameless())
        assert (status, err) == (0, "")

    def test_a_user_without_a_name_is_asked_for_one(self, tmp_path: Path) -> None:
        for command in (("study", "--plain"), ("stats",), ("export",), ("backups",)):
            status, _, err = run(NO_PASSWD, *command, **nameless(str(tmp_path)))
            told(status, err, "no name for you here", "--recruiter NAME")

    def test_a_user_without_a_name_sees_the_decks(self, tmp_path: Path) -> None:
        status, out, err = run(NO_PASSWD, "decks", **nameless(str(tmp_path)))
        assert status == 0
        assert "assistant-stage-manager/levels" in out
        assert "Traceback" not in err

    @pytest.mark.parametrize("way", ["option", "variable", "import", "export"])
    def test_the_home_of_somebody_unknown_is_told(self, tmp_path: Path, way: str) -> None:
        begun(Home(tmp_path), "r")
        done = {
            "option": lambda: trainer("decks", "--home", "~nosuch/x"),
            "variable": lambda: trainer("decks", TRAINER_HOME="~nosuch/x"),
            "import": lambda: trainer("import", "-", "--out", "~nosuch/x", "--home", tmp_path, typed=FULL),
            "export": lambda: trainer("export", "--out", "~nosuch/x", "--home", tmp_path),
        }[way]()
        told(done.returncode, done.stderr, "~nosuch/x: there is no home folder of that name")

    def test_a_folder_may_begin_with_the_users_home(self, tmp_path: Path) -> None:
        begun(Home(tmp_path), "r")
        done = trainer("export", "--out", "~/new", "--home", tmp_path, HOME=str(tmp_path))
        assert (done.returncode, done.stderr) == (0, "")
        assert len(list((tmp_path / "new").iterdir())) == 2

    @ANY
    def test_a_home_that_is_a_file_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
    ) -> None:
        file = tmp_path / "file"
        file.touch()
        for home in (file, file / "below"):
            monkeypatch.setenv("TRAINER_HOME", str(home))
            done = ran(*command)
            told(done.status, done.err, f"{home} can't be used", "and no folder", "TRAINER_HOME")

    @ANY
    def test_a_home_with_too_long_a_path_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
    ) -> None:
        for home in (tmp_path / ("n" * 300), tmp_path.joinpath(*["name"] * 1000)):
            monkeypatch.setenv("TRAINER_HOME", str(home))
            done = ran(*command)
            told(done.status, done.err, "can't be used: File name too long", "Choose a shorter path")

    @ANY
    def test_a_home_that_one_may_not_enter_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
    ) -> None:
        sealed = tmp_path / "sealed"
        sealed.mkdir(mode=0)
        monkeypatch.setenv("TRAINER_HOME", str(sealed))
        monkeypatch.setattr(os, "access", lambda path, _mode: path != sealed)  # root may
        done = ran(*command)
        told(done.status, done.err, f"{sealed} can't be used: Permission denied", "writable for yourself")

    def test_a_folder_in_the_home_that_is_none_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "progress").touch()
        for command in (("decks",), ("study", "--plain"), ("doctor",), ("export",), ("backups",)):
            done = trainer(*command, "--home", tmp_path)
            told(done.returncode, done.stderr, str(tmp_path / "progress"))

    @pytest.mark.parametrize("command", ["check y", "decks --home ."])
    def test_a_folder_that_is_gone_is_told(self, tmp_path: Path, command: str) -> None:
        status, _, err = shell(
            f'mkdir "{tmp_path}/x" && cd "{tmp_path}/x" && rmdir ../x && $T {command}', tmp_path
        )
        told(status, err, "The folder that you are in is gone")

    def test_links_that_lead_in_a_circle_are_told(self, tmp_path: Path) -> None:
        loop = tmp_path / "loop"
        loop.symlink_to("loop")
        for command in (
            ("check", loop),
            ("decks", "--home", loop),
            ("import", loop),
        ):
            done = trainer(*command, TRAINER_HOME=str(tmp_path))
            told(done.returncode, done.stderr, "Too many levels of symbolic links")

    def test_a_backup_of_any_number_is_no_error(self, tmp_path: Path) -> None:
        for which in ("9" * 5000, "0", "٣", "nosuch"):
            done = ran("backups", "restore", which, "--recruiter", "r", "--home", tmp_path)
            told(done.status, done.err, "There is no backup")

    def test_a_sheet_goes_to_no_folder_whose_links_lead_in_a_circle(self, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to("loop")
        done = ran("import", "-", "--out", tmp_path / "loop", "--home", tmp_path, typed=FULL)
        told(done.status, done.err, str(tmp_path / "loop"))


class TestStreams:
    def test_a_closed_input_is_an_empty_one(self, tmp_path: Path) -> None:
        assert shell("$T study --plain --recruiter r <&-", tmp_path)[0] == 0
        status, _, err = shell("$T import - <&-", tmp_path)
        told(status, err, "The page is empty")
        begun(Home(tmp_path), "r")
        status, _, err = shell("$T erase --recruiter r <&-", tmp_path)
        told(status, err, "Nothing was changed")
        status, _, err = shell("$T <&-", tmp_path)
        told(status, err, "needs a terminal")

    def test_an_input_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        for command in ("study --plain --recruiter r", "import -"):
            status, _, err = shell(f"$T {command} 0>/dev/null", tmp_path)
            told(status, err, "can't be read")
        begun(Home(tmp_path), "r")
        status, _, err = shell("$T erase --recruiter r 0>/dev/null", tmp_path)
        told(status, err, "Nothing was changed. Say --yes NAME")

    @pytest.mark.parametrize("command", ["decks", "decks show levels", "--help", "--version"])
    @pytest.mark.parametrize(("where", "why"), [(">/dev/full", "No space left"), (">&-", "it is closed")])
    def test_an_output_that_cannot_be_written_is_told_once(
        self, tmp_path: Path, command: str, where: str, why: str
    ) -> None:
        status, _, err = shell(f"$T {command} {where}", tmp_path)
        told(status, err, why)
        assert err.startswith("trainer: The output can't be written: ")
        assert err.count("\n") == 1

    def test_answers_given_before_the_output_broke_are_saved(self, tmp_path: Path) -> None:
        status, _, err = shell("$T study --plain --recruiter r >/dev/full", tmp_path, b"1\n" * 9)
        told(status, err, "No space left")
        with Engine.open(Home(tmp_path), "r"):
            pass  # its lock is free

    def test_nothing_is_told_to_somebody_who_reads_no_further(self, tmp_path: Path) -> None:
        for command in ("decks show levels | head -1", "--help | head -0", "decks | true"):
            status, _, err = shell(f"$T {command}", tmp_path)
            assert (status in {0, 1}, err) == (True, "")

    @pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
    def test_where_errors_cannot_be_told_the_status_tells_them(self, tmp_path: Path, where: str) -> None:
        for command in ("decks --nosuch", "decks show nosuch", "study --plain --recruiter ''"):
            assert shell(f"$T {command} {where}", tmp_path)[0] == 2

    def test_with_all_streams_closed_no_file_becomes_one_of_them(self, tmp_path: Path) -> None:
        assert shell("$T study --plain --recruiter r <&- >&- 2>&-", tmp_path)[0] == 2
        with Engine.open(Home(tmp_path), "r") as training:
            assert training.progress.notices == []


def run_python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    around = os.environ | {"TRAINER_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=20, env=around
    )


class TestInterrupts:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        "command", [("decks", "show", "levels"), ("study", "--plain", "--recruiter", "r")]
    )
    def test_at_any_time_it_ends_quietly(self, tmp_path: Path, command: tuple[str, ...]) -> None:
        for hundredths in range(0, 40, 3):
            with subprocess.Popen(
                [sys.executable, "-c", START, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=os.environ | {"TRAINER_HOME": str(tmp_path)},
            ) as process:
                assert process.stdout
                assert process.stderr
                assert process.stdout.read(5) == b"ready"
                time.sleep(hundredths / 100 + 0.005)
                process.send_signal(signal.SIGINT)
                assert process.wait(20) in {130, 0}, "0 where it was done already"
                assert process.stderr.read().strip() == b""

    @pytest.mark.parametrize(
        "where", ["type('Freed', (), {'__del__': hit})()", "with suppress(KeyboardInterrupt): hit()"]
    )
    def test_one_that_led_to_nothing_comes_again(self, tmp_path: Path, where: str) -> None:
        code = f"""
import os, signal, time
from contextlib import suppress
from trainer.interrupts import raise_on_interrupt
def hit(*_): os.kill(os.getpid(), signal.SIGINT)
raise_on_interrupt()
{where}
try: time.sleep(15)
except KeyboardInterrupt: print("again")
"""
        done = run_python(code, tmp_path)
        assert (done.stdout, done.stderr) == ("again\n", "")

    @pytest.mark.parametrize(
        "failing",
        [
            "type('Owner', (), {'field': type('Field', (), {'__set_name__': hit})()})",
            "type('Dropped', (), {'__del__': hit})(); raise RuntimeError",
        ],
        ids=["it became another error", "another one came of it"],
    )
    def test_an_error_that_came_of_one_is_none(self, tmp_path: Path, failing: str) -> None:
        code = f"""
import os, signal, trainer.__main__ as command
from trainer.interrupts import raise_on_interrupt
def hit(*_): os.kill(os.getpid(), signal.SIGINT)
def run():
    raise_on_interrupt()
    {failing}
command._run = run
command.main()
"""
        done = run_python(code, tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
        assert not (tmp_path / "crashes").exists()

    def test_it_ends_though_nobody_reads_what_it_prints(self, tmp_path: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "trainer", "decks", "show", "answers"],
            stdout=subprocess.PIPE,
            env=os.environ | {"TRAINER_HOME": str(tmp_path)},
        ) as process:
            assert process.stdout
            assert process.stdout.read(1)
            time.sleep(0.5)  # by now the pipe is full
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 130

    def test_a_session_that_is_interrupted_is_closed_and_says_what_it_came_to(self, tmp_path: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-u", "-m", "trainer", "study", "--plain", "--recruiter", "r"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"TRAINER_HOME": str(tmp_path)},
        ) as process:
            assert process.stdin
            assert process.stdout
            process.stdin.write(b"1\n")
            process.stdin.flush()
            seen = b""
            while seen.count(b"don't know > ") < 2:
                seen += os.read(process.stdout.fileno(), 4096)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        assert (process.returncode, err.strip()) == (130, b"")
        assert b"1 answer " in out
        assert not (tmp_path / "progress" / "r.holder").exists()

    def test_a_question_that_is_interrupted_changes_nothing(self, tmp_path: Path) -> None:
        begun(Home(tmp_path), "r")
        with Terminal.trainer("erase", "--recruiter", "r", "--home", tmp_path) as terminal:
            terminal.wait_for("Type the name to go on")
            terminal.press("\x03")
            assert terminal.wait_for_end() == 130
            assert terminal.text.rstrip().endswith("Type the name to go on: ^C")
        assert (tmp_path / "progress" / "r.json").exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no other system tells")
def test_a_session_that_was_stopped_is_told_as_that(tmp_path: Path) -> None:
    who = ("--recruiter", "r", "--home", tmp_path)
    arguments = [sys.executable, "-m", "trainer", "study", "--plain", *map(str, who)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        seen = b""
        while b"don't know > " not in seen:
            seen += os.read(process.stdout.fileno(), 4096)
        said = run("", "settings", "minutes", "15", *who)
        assert said[0] == 2
        assert said[2].endswith("Close it there, then try again.\n")
        said = run("", "study", "--plain", *who)
        assert said[2].endswith("then try again. Or practise here without saving: --practice.\n")
        process.send_signal(signal.SIGSTOP)
        said = run("", "settings", "minutes", "15", *who)
        assert said[0] == 2
        assert '"fg" in its shell goes on with it' in said[2]
        process.kill()


class TestLocale:
    ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}  # noqa: RUF012

    def test_a_name_is_the_same_file_in_every_locale(self, tmp_path: Path) -> None:
        arguments = ("study", "--plain", "--limit", "1", "--recruiter", "Zoë あ", "--home", tmp_path)
        status, _, err = run("", *arguments, typed="1\n", **self.ASCII)
        assert (status, err) == (0, "")
        assert (tmp_path / "progress" / "Zoë あ.json").exists()
        status, out, err = run("", "backups", "--recruiter", "Zoë あ", "--home", tmp_path, **self.ASCII)
        assert (status, err) == (0, "")
        assert "Zoë あ" in out

    def test_a_file_is_found_whatever_its_bytes(self, tmp_path: Path) -> None:
        for name in (b"Zo\xeb.toml", "Zoë.toml".encode()):
            path = tmp_path / os.fsdecode(name)
            path.write_text(SHEET, encoding="utf-8")
            for environment in (self.ASCII, {}):
                status, out, err = run("", "check", path, "--home", tmp_path / "home", **environment)
                assert (status, err) == (0, "")
                assert "1 sheet is sound" in out

    def test_a_home_whose_name_is_no_utf8_works(self, tmp_path: Path) -> None:
        home = str(tmp_path / "h\udce9")
        (Path(home) / "decks").mkdir(parents=True)
        (Path(home) / "decks" / "bad.toml").touch()
        status, out, err = run("", "doctor", "--json", "--home", home)
        assert (status, err) == (1, "")
        assert [part["name"] for part in json.loads(out)["parts"]] == ["Folders", "Sheets", "Settings"]
        assert str(tmp_path / "h?") in out
        status, _, err = run("", "import", "-", "--out", f"{home}/new", "--home", home, typed=FULL)
        assert (status, err) == (0, "")
        assert len(list((Path(home) / "pages").iterdir())) == 1

    @pytest.mark.parametrize(
        "command",
        [
            "brief asm --format html",
            "brief asm --format markdown",
            "brief asm --format json",
            "words --json",
            "import PAGE --json --dry-run",
        ],
    )
    def test_pages_and_json_are_utf8_in_every_locale(self, tmp_path: Path, command: str) -> None:
        around = os.environ | {"TRAINER_HOME": str(tmp_path), "PYTHONIOENCODING": "latin-1"}
        page = tmp_path / "page.txt"
        page.write_text(FULL.replace("Poor record", "Pöör record"), encoding="utf-8")
        said = [sys.executable, "-m", "trainer", *command.replace("PAGE", str(page)).split()]
        done = subprocess.run(said, check=True, capture_output=True, timeout=20, env=around)
        assert not done.stdout.decode().isascii()

    def test_a_time_zone_that_there_is_not_is_told(self, tmp_path: Path) -> None:
        for zone in ("UTC+99", "UTC-167"):
            done = trainer("decks", "--home", tmp_path, TZ=zone)
            told(done.returncode, done.stderr, f'no time zone "{zone}"', "Set TZ")
        for zone in ("nosuch", "", "UTC+14", ":/dev/null"):
            assert trainer("decks", "--home", tmp_path, TZ=zone).returncode == 0


class TestLastLine:
    def test_an_error_that_nobody_foresaw_ends_in_a_sentence_and_a_report(self, tmp_path: Path) -> None:
        status, out, err = run(BROKEN, "decks", "--home", tmp_path)
        (path,) = (tmp_path / "crashes").iterdir()
        assert (status, out) == (1, "")
        assert err == (
            f"trainer: Something went wrong. What happened was written to {path}, without answers or names; "
            f"start again with: trainer decks --home {tmp_path}\n"
        )
        text = path.read_text(encoding="utf-8")
        assert "ValueError\n" in text
        assert "in decks\n" in text
        for secret in ("Anna", str(tmp_path), str(Path.cwd())):
            assert secret not in text

    @pytest.mark.parametrize(
        ("practice", "said"),
        [((), "Every answer is saved."), (("--practice",), "This was practice, so nothing was to be saved.")],
    )
    def test_in_a_session_it_says_what_is_true_of_the_answers(
        self, tmp_path: Path, practice: tuple[str, ...], said: str
    ) -> None:
        arguments = ("study", "--plain", *practice, "--recruiter", "r", "--home", str(tmp_path))
        status, _, err = run(BROKEN, *arguments, typed="1\n")
        assert status == 1
        assert f"Something went wrong. {said} What happened was written to {tmp_path}" in err
        with Engine.open(Home(tmp_path), "r") as training:
            assert len(training.progress.history()) == (0 if practice else 1)

    def test_practice_without_a_home_makes_none(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        arguments = ("study", "--plain", "--practice", "--recruiter", "r", "--home", home)
        status, _, err = run(BROKEN, *arguments, typed="1\n")
        assert status == 1
        assert "could not be written to a file: ValueError in trainer." in err
        assert not home.exists()
