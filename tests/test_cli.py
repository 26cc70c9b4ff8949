"""The command, as real processes."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.app.sheets import SHEET
from tests.commands import ran, trainer
from tests.disks import read_only
from tests.learners import begun
from tests.material.pages import FULL
from tests.terminal import Terminal
from trainer import __version__
from trainer.engine.engine import Engine
from trainer.home import Home

pytestmark = pytest.mark.slow

ONES = "1\n" * 200
SOUND = """\
format = 1
id = "mine"
name = "Mine"
[[terms]]
id = "x"
term = "X-ray"
meaning = "A picture of bones."
"""


def test_version() -> None:
    done = trainer("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"trainer {__version__}")


@pytest.mark.parametrize(
    "command", [(), ("study",), ("quiz",), ("import",), ("decks",), ("decks", "show"), ("check",)]
)
def test_help_names_its_options_and_gives_examples(command: tuple[str, ...]) -> None:
    done = trainer(*command, "--help")
    assert done.returncode == 0
    assert "--recruiter" in done.stdout
    assert "--home" in done.stdout
    if command in {(), ("study",), ("quiz",)}:
        assert "Examples:" in done.stdout


@pytest.mark.parametrize("command", ["stats", "backups", "export", "doctor", "erase"])
def test_who_says_a_name_alone_is_told_how_it_is_said(tmp_path: Path, command: str) -> None:
    begun(Home(tmp_path), "Anna")
    done = trainer("--home", tmp_path, command, "anna")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith('Did you mean --recruiter "Anna"?\n')
    assert "Did you mean" not in trainer("--home", tmp_path, command, "zoe").stderr
    assert "Did you mean" not in trainer("--home", tmp_path, "--recruiter", "Anna", command, "anna").stderr


def test_no_option_is_advised_that_a_command_has_not(tmp_path: Path) -> None:
    begun(Home(tmp_path), "Anna")
    assert "Did you mean" not in trainer("--home", tmp_path, "launcher", "anna").stderr


@pytest.mark.parametrize("said", ["1e3", "0", "-1", "٣٫٥", "ten", "9" * 5000])
def test_what_is_no_number_that_can_be_used_is_told_in_plain_words(tmp_path: Path, said: str) -> None:
    done = trainer("quiz", f"--minutes={said}", "--home", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f'"{said}" is no whole number from 1 to 1440.' in done.stderr


def test_a_question_that_is_answered_wrongly_says_how_and_is_asked_again(tmp_path: Path) -> None:
    begun(Home(tmp_path), "anna")
    with Terminal.trainer("study", "--plain", "--recruiter", "anan", "--home", tmp_path) as terminal:
        terminal.wait_for("[y/N]")
        terminal.press("maybe\r")
        terminal.wait_for("Error: say y for yes, or n for no.")
        terminal.press("NO\r")
        assert terminal.wait_for_end() == 1
    assert Home(tmp_path).recruiters() == ["anna"]


def test_a_plain_session_is_saved_and_the_next_one_goes_on(tmp_path: Path) -> None:
    arguments = ("study", "--plain", "--limit", "5", "--recruiter", "r1", "--home", tmp_path)
    first = trainer(*arguments, typed=ONES)
    assert (first.returncode, first.stderr) == (0, "")
    assert "\x1b" not in first.stdout
    with TinyDB(tmp_path / "progress" / "r1.json", access_mode="r") as file:
        assert file.tables() == {"meta", "cards", "days", "reviews"}
        reviews = len(file.table("reviews"))
        met = {document["card"] for document in file.table("cards")}
    assert reviews >= 5
    assert len(met) == 5
    second = trainer(*arguments, typed=ONES)
    assert second.returncode == 0
    with TinyDB(tmp_path / "progress" / "r1.json", access_mode="r") as file:
        assert len(file.table("reviews")) > reviews
        assert len(file.table("cards")) == 10, "the second session meets other cards"


def test_who_and_home_are_taken_before_and_after_the_commands_name(tmp_path: Path) -> None:
    trainer("--home", tmp_path, "--recruiter", "anna", "study", "--plain", "--limit", "1", typed=ONES)
    trainer(
        "study",
        "--plain",
        "--limit",
        "1",
        "--recruiter",
        "bela",
        "--new-recruiter",
        TRAINER_HOME=str(tmp_path),
        typed=ONES,
    )
    assert {path.name for path in (tmp_path / "progress").glob("*.json")} == {"anna.json", "bela.json"}


def test_practice_saves_nothing(tmp_path: Path) -> None:
    done = trainer(
        "study", "--plain", "--practice", "--recruiter", "r", "--home", tmp_path / "home", typed=ONES
    )
    assert done.returncode == 0
    assert "Practice: nothing was saved." in " ".join(done.stdout.split())
    assert not (tmp_path / "home").exists()


def test_a_record_that_cannot_be_written_is_named_and_practice_works(tmp_path: Path) -> None:
    arguments = ("study", "--plain", "--limit", "1", "--recruiter", "r", "--home", tmp_path)
    trainer(*arguments, typed=ONES)
    with read_only(tmp_path / "progress"):
        refused = trainer(*arguments, typed=ONES)
        practised = trainer(*arguments, "--practice", typed=ONES)
        examined = trainer("doctor", "--home", tmp_path)
    assert (examined.returncode, "All is well" in examined.stdout) == (1, False)
    assert "can't be written, so no answer can be saved" in " ".join(examined.stdout.split())
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "r.json can't be opened for saving: " in refused.stderr
    assert ("its disk is read-only" in refused.stderr) is (os.geteuid() == 0), "root is stopped by a mount"
    assert "--practice" in refused.stderr
    assert (practised.returncode, practised.stderr) == (0, "")


def test_who_else_has_the_record_open_is_named(tmp_path: Path) -> None:
    with Engine.open(Home(tmp_path), "r"):
        refused = trainer("study", "--plain", "--recruiter", "r", "--home", tmp_path)
    assert refused.returncode == 2
    assert 'trainer is open in another window with the progress of "r", since' in refused.stderr
    assert str(os.getpid()) not in refused.stderr
    assert str(tmp_path) not in refused.stderr
    assert "--practice" in refused.stderr


def test_a_quiz_asks_as_many_as_told(tmp_path: Path) -> None:
    done = trainer("quiz", "-n", "4", "--plain", "--recruiter", "r", "--home", tmp_path, typed=ONES)
    assert done.returncode == 0
    assert "4 answers" in done.stdout


def test_the_end_of_the_input_ends_the_session(tmp_path: Path) -> None:
    done = trainer("study", "--plain", "--recruiter", "r", "--home", tmp_path, typed="1\n")
    assert done.returncode == 0
    assert "1 answer " in done.stdout
    listed = json.loads(trainer("decks", "--json", "--recruiter", "r", "--home", tmp_path).stdout)
    assert sum(deck["cards"] - deck["new"] for deck in listed) == 1


def test_decks_as_json(tmp_path: Path) -> None:
    done = trainer("decks", "--json", "--home", tmp_path)
    decks = {deck["id"]: deck for deck in json.loads(done.stdout)}
    assert done.returncode == 0
    assert set(decks) >= {
        f"assistant-stage-manager/{deck}" for deck in ("meanings", "synonyms", "levels", "answers")
    }
    assert set(decks["assistant-stage-manager/levels"]) == {
        *("id", "name", "cards", "new", "due", "learned", "yours")
    }
    assert decks["assistant-stage-manager/levels"]["cards"] >= 12


def test_show_prints_every_card_with_answer_and_origin(tmp_path: Path) -> None:
    done = trainer("decks", "show", "assistant-stage-manager/synonyms", "--home", tmp_path)
    assert done.returncode == 0
    assert "assistant-stage-manager/synonyms/equity-deputy" in done.stdout
    assert "added from the trade" in done.stdout
    assert "A different job" in done.stdout


def test_check_finds_the_shipped_sheets_sound(tmp_path: Path) -> None:
    done = trainer("check", "--home", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "sound" in done.stdout


def bad_sheet(home: Path, text: str | bytes) -> Path:
    path = home / "decks" / "bad.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_sheet_that_is_named_twice_is_no_duplicate_of_its_own(tmp_path: Path) -> None:
    sheet = tmp_path / "a.toml"
    sheet.write_text(SHEET, encoding="utf-8")
    (tmp_path / "link.toml").symlink_to(sheet)
    (tmp_path / "hard.toml").hardlink_to(sheet)
    others = (
        sheet,
        tmp_path / ".." / tmp_path.name / "a.toml",
        tmp_path / "link.toml",
        tmp_path / "hard.toml",
    )
    for other in others:
        done = ran("check", sheet, other, "--home", tmp_path / "home")
        assert (done.status, done.err) == (0, "")
        assert "1 sheet is sound" in done.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format = \n", "line 1"),
        (SOUND + "colour = 3\n", "colour"),
        (SOUND + '[[terms]]\nid = "x"\nterm = "Y"\nmeaning = "z"\n', '"x"'),
        (SOUND + 'confuse_with = ["nowhere"]\n', "nowhere"),
        (b'format = 1\nid = "\xff"\n', "UTF-8"),
    ],
)
def test_a_broken_sheet_is_named_with_status_2(tmp_path: Path, text: str | bytes, said: str) -> None:
    path = bad_sheet(tmp_path, text)
    for command in (("check", path), ("check",), ("decks",), ("study", "--plain", "--recruiter", "r")):
        done = trainer(*command, "--home", tmp_path, typed=ONES)
        assert done.returncode == 2
        assert str(path) in done.stderr
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "progress").exists()


def test_other_decks_can_be_studied_beside_a_broken_sheet(tmp_path: Path) -> None:
    bad_sheet(tmp_path, "format =")
    arguments = ("study", "levels", "--plain", "--limit", "1", "--recruiter", "r", "--home", tmp_path)
    done = trainer(*arguments, typed=ONES)
    assert done.returncode == 0
    assert "bad.toml" in done.stderr


@pytest.mark.parametrize(
    "command", [("study", "nosuch", "--plain"), ("quiz", "nosuch", "--plain"), ("decks", "show", "nosuch")]
)
def test_an_unknown_deck_is_named(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = trainer(*command, "--recruiter", "r", "--home", tmp_path)
    assert done.returncode == 2
    assert '"nosuch"' in done.stderr
    assert not (tmp_path / "progress").exists()


@pytest.mark.parametrize("name", ["../../x", "", "   ", "a/b", "x" * 300, ".hidden"])
def test_a_name_that_cannot_be_used_is_told(tmp_path: Path, name: str) -> None:
    for command in (("study", "--plain"), ("quiz", "--plain"), ("decks",)):
        done = trainer(*command, "--recruiter", name, "--home", tmp_path / "home", typed=ONES)
        assert done.returncode == 2
        assert "name" in done.stderr
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"no json", b'{"meta": 3}', b"[]", b"\xff\xfe", b'{"meta":{"1":{"format":99}}}']
)
def test_a_progress_file_that_cannot_be_read_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "progress" / "r.json"
    path.parent.mkdir()
    path.write_bytes(content)
    for command in (("study", "--plain"), ("decks",)):
        done = trainer(*command, "--recruiter", "r", "--home", tmp_path, typed=ONES)
        assert done.returncode == 2
        assert str(path) in done.stderr
        assert "Traceback" not in done.stderr
    assert path.read_bytes() == content


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = trainer("study", "--plain", "--recruiter", "r", "--home", blocked / "home", typed=ONES)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    if os.geteuid() != 0:
        folder = tmp_path / "sealed"
        folder.mkdir()
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        done = trainer("study", "--plain", "--recruiter", "r", "--home", folder, typed=ONES)
        assert done.returncode == 2
        assert "sealed" in done.stderr


def test_markup_and_escapes_in_a_sheet_are_only_text(tmp_path: Path) -> None:
    bad_sheet(
        tmp_path,
        SOUND.replace("X-ray", "[red]X[/x] \\u001b[31mred").replace("bones", "[@click=quit]bones[/]"),
    )
    done = trainer("study", "mine", "--plain", "--recruiter", "r", "--home", tmp_path, typed=ONES)
    assert done.returncode == 0
    assert "[red]X[/x] red" in done.stdout or "[@click=quit]bones[/]" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("command", [(), ("study",), ("quiz",)])
def test_without_a_terminal_it_says_how_to_use_plain(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = trainer(*command, "--home", tmp_path)
    assert done.returncode == 2
    assert "--plain" in done.stderr


def test_several_recruiters_must_say_who(tmp_path: Path) -> None:
    for name in ("anna", "bela"):
        begun(Home(tmp_path), name)
    done = trainer("study", "--plain", "--home", tmp_path, typed=ONES)
    assert done.returncode == 2
    assert "anna, bela" in done.stderr


def test_a_killed_session_loses_no_acknowledged_answer_and_undo_works_after_it(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-u",
        "-m",
        "trainer",
        "study",
        "--plain",
        "--recruiter",
        "r",
        "--home",
        str(tmp_path),
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(4):
            process.stdin.write("1\n")
        process.stdin.flush()
        acknowledged = ""
        deadline = time.monotonic() + 30
        while acknowledged.count("Comes back") < 4:
            assert time.monotonic() < deadline
            acknowledged += process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    with TinyDB(tmp_path / "progress" / "r.json", access_mode="r") as file:
        assert "meta" in file.tables(), "whole at every instant"
    done = trainer("study", "--plain", "--recruiter", "r", "--home", tmp_path, typed=":u\n:q\n")
    assert done.returncode == 0
    assert "Taken back" in done.stdout
    with TinyDB(tmp_path / "progress" / "r.json", access_mode="r") as file:
        kept = file.table("reviews").all()
    answers, undone = [r for r in kept if "undo" not in r], [r for r in kept if "undo" in r]
    assert len(answers) >= 4
    assert len(undone) == 1


def test_only_saving_an_edit_loads_tomlkit(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "import trainer.app.app, trainer.engine.engine, trainer.app.study.screen, trainer.app.editing.card\n"
        "from trainer.home import Home\nfrom trainer.engine.engine import Engine\n"
        f"training = Engine.open(Home(Path({str(tmp_path)!r})), 'anna')\n"
        "draft = training.edit(training.study().question.card)\n"
        "assert 'tomlkit' not in sys.modules\n"
        "assert draft.save([f'{field.value}.' if field.value else '' for field in draft.fields])\n"
        "assert 'tomlkit' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_command_loads_no_other_and_a_quiz_reads_no_sheet_that_was_read_before(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Engine.open(home, "anna", saving=False) as training:
        assert training.library.cards
    probe = (
        "import sys; from trainer.cli import cli; from trainer.home import Home; from pathlib import Path\n"
        "assert cli.get_command(None, 'quiz').name == 'quiz'\n"
        "from trainer.engine.engine import Engine; from trainer.cards.library import load_library\n"
        "home = Home(Path(sys.argv[1])); library = load_library(home); library.select(['ASM'])\n"
        "with Engine.open(home, 'anna', library=library) as training: assert training.quiz().question\n"
        "commands = {name for name in sys.modules if name.startswith('trainer.commands.')}\n"
        "assert commands == {f'trainer.commands.{name}' for name in ('kinds', 'options', 'train')}\n"
        "assert not {'trainer.material.files', 'trainer.web'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", probe, str(tmp_path)], check=True, timeout=60)


def test_only_the_app_loads_textual(tmp_path: Path) -> None:
    probe = (
        "import sys, runpy; sys.argv = ['trainer', *sys.argv[1:]]\n"
        "try: runpy.run_module('trainer', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert not {'textual', 'rich'} & sys.modules.keys()\n"
        "late = {'mammoth', 'pypdf', 'openpyxl', 'defusedxml', 'zstandard'}\n"
        "assert not late & sys.modules.keys()\n"
    )
    for arguments in (
        ["--version"],
        ["decks"],
        ["check"],
        ["import", "-", "--dry-run"],
        ["study", "--plain", "--limit", "1", "--recruiter", "r"],
    ):
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                probe,
                *arguments,
                *([] if arguments == ["--version"] else ["--home", str(tmp_path)]),
            ],
            input=FULL if arguments[0] == "import" else "1\n",
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_bytes_that_are_no_text_are_asked_again(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "trainer", "study", "--plain", "--limit", "1", "--recruiter", "r"]
    done = subprocess.run(
        [*command, "--home", str(tmp_path)],
        input=b"\xff\xfe\n1\n",
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8:strict"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"That is no answer here" in done.stdout
    assert b"1 answer " in done.stdout
