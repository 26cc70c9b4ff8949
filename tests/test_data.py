"""`trainer backups`, `doctor`, `export`, `import-progress`, `erase`, `rename` and `merge`."""

import csv
import io
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.commands import ran, trainer
from tests.progress.samples import CARDS, FakeClock, answer, at_work, kept, record_of, session
from tests.terminal import Terminal
from trainer.memory.state import Marks
from trainer.progress import backup
from trainer.progress.records import Record

pytestmark = pytest.mark.slow

ASM, SIGNAL, PROPS, DSM = CARDS
COMMANDS = ["backups", "doctor", "export", "import-progress", "erase", "rename", "merge"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home where anna trained on three days."""
    clock, anna = FakeClock(), record_of(tmp_path / "home")
    with at_work(anna, clock) as progress:
        answer(progress, clock, ASM)
        progress.mark(DSM, Marks(suspended=True))
    for card in (SIGNAL, PROPS):
        clock.move(24 * 60)
        session(anna, clock, card)
    return tmp_path / "home"


@pytest.fixture
def anna(home: Path) -> Record:
    return record_of(home)


@pytest.mark.parametrize("command", [*COMMANDS, "backups restore"])
def test_help_names_the_home_and_what_it_does(command: str) -> None:
    done = ran(*command.split(), "--help")
    assert done.status == 0
    assert "--home" in done.out
    assert "Examples:" in done.out


def test_the_help_of_all_lists_them() -> None:
    assert all(command in ran("--help").out for command in COMMANDS)


# Backups


def test_backups_are_listed_the_newest_first(home: Path, anna: Record) -> None:
    done = ran("backups", "--recruiter", "anna", "--home", home)
    head, newest, oldest = done.out.splitlines()
    assert head.split()[:3] == ["#", "when", "why"]
    assert newest.startswith("1")
    assert "the first save of a day" in newest
    listed = json.loads(ran("backups", "--json", "--home", home).out)
    assert [(row["number"], row["reviews"], row["why"]) for row in listed] == [(1, 2, "day"), (2, 1, "day")]
    assert listed[0]["name"] in newest
    assert listed[1]["name"] in oldest
    assert Path(listed[0]["path"]).stat().st_size == listed[0]["bytes"]


def test_where_there_are_none_it_is_said(tmp_path: Path) -> None:
    done = ran("backups", "--recruiter", "nobody", "--home", tmp_path)
    assert (done.status, done.err) == (0, "")
    assert "no backups" in done.out
    assert ran("backups", "--json", "--recruiter", "nobody", "--home", tmp_path).out == "[]\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("by", ["number", "name", "file name"])
def test_a_backup_is_put_back_by_number_or_name(home: Path, anna: Record, by: str) -> None:
    oldest = backup.existing(anna.backups)[0]
    which = {"number": "2", "name": oldest.name, "file name": oldest.path.name}[by]
    done = ran("backups", "restore", which, "--yes", "--home", home)
    assert (done.status, done.err) == (0, "")
    assert '"anna" has 1 review again' in done.out
    assert [review.card for review in kept(anna)[0].values()] == [ASM]
    ran("backups", "restore", "1", "--yes", "--home", home)
    assert len(kept(anna)[0]) == 3, "number 1 is what was there before"


def test_it_asks_first(home: Path, anna: Record) -> None:
    before = kept(anna)
    refused = ran("backups", "restore", "2", "--home", home, typed="n\n")
    assert (refused.status, "Nothing was changed." in refused.out) == (1, True)
    assert "1 review?" in refused.out
    unanswered = ran("backups", "restore", "2", "--home", home)
    assert unanswered.status == 2
    assert "--yes" in unanswered.err
    assert kept(anna) == before
    assert ran("backups", "restore", "2", "--home", home, typed="y\n").status == 0
    assert kept(anna) != before


@pytest.mark.parametrize("which", ["0", "3", "-1", "²", "x", "../../etc/passwd", ""])
def test_a_backup_that_there_is_not_is_named(home: Path, which: str) -> None:
    done = ran("backups", "restore", "--yes", "--home", home, "--", which)
    assert done.status == 2
    assert f'no backup "{which}" of "anna"' in done.err


def test_a_backup_that_cannot_be_read_is_listed_and_not_put_back(home: Path, anna: Record) -> None:
    before = kept(anna)
    backup.existing(anna.backups)[0].path.write_bytes(b"no JSON")
    assert "can't be read" in ran("backups", "--home", home).out.splitlines()[2]
    assert json.loads(ran("backups", "--json", "--home", home).out)[1]["reviews"] is None
    done = ran("backups", "restore", "2", "--yes", "--home", home)
    assert done.status == 2
    assert kept(anna) == before


# Doctor


def test_all_well(home: Path) -> None:
    done = ran("doctor", "--home", home)
    assert (done.status, done.err) == (0, "")
    assert "✓ anna: 3 reviews, 4 cards, 2 backups; last answer Fri 6 Mar 2026" in done.out
    assert done.out.endswith("All is well.\n")


def test_the_cards_of_no_sheet_are_told_and_no_problem(home: Path) -> None:
    assert "remembers 4 cards that no sheet has" in " ".join(ran("doctor", "--home", home).out.split())


def test_a_home_that_does_not_exist_is_well_and_stays_so(tmp_path: Path) -> None:
    for fix in ([], ["--fix"]):
        assert ran("doctor", *fix, "--home", tmp_path / "nowhere").status == 0
    assert not (tmp_path / "nowhere").exists()


def test_what_is_wrong_is_said_and_mended(home: Path, anna: Record) -> None:
    before = kept(anna)
    anna.path.write_bytes(anna.path.read_bytes()[:-100])
    stray = anna.path.with_name("bela.lock")
    stray.touch()
    found = ran("doctor", "--home", home)
    assert found.status == 1
    assert f"✗ {anna.path}\n" in found.out
    assert '2 problems. "trainer doctor --fix" mends 2 of them' in found.out
    assert stray.exists()
    mended = ran("doctor", "--fix", "--home", home)
    assert (mended.status, mended.err) == (0, "")
    assert f"Done: {anna.path} is whole again, with 2 reviews." in " ".join(mended.out.split())
    assert not stray.exists()
    assert set(kept(anna)[0]) < set(before[0])
    assert ran("doctor", "--home", home).status == 0


def test_what_is_left_is_said(home: Path, anna: Record, tmp_path: Path) -> None:
    (home / "decks").mkdir()
    (home / "decks" / "bad.toml").write_text("format =")
    (home / "config.toml").write_text("[keys]\nnosuch.key = 'x'\n")
    anna.path.write_bytes(b"{")
    for made in backup.existing(anna.backups):
        made.path.unlink()
    done = ran("doctor", "--fix", "--home", home)
    assert done.status == 1
    assert "3 problems left." in done.out
    assert all(
        str(path) in done.out for path in (anna.path, home / "decks" / "bad.toml", home / "config.toml")
    )
    told = json.loads(ran("doctor", "--json", "--home", home).out)
    assert told["problems"] == 3
    assert [part["name"] for part in told["parts"]] == ["anna", "Folders", "Sheets", "Settings"]
    assert {
        finding["where"] for part in told["parts"] for finding in part["findings"] if finding["problem"]
    } == {
        str(anna.path),
        str(home / "decks" / "bad.toml"),
        str(home / "config.toml"),
    }


def test_escapes_in_names_and_cards_are_only_text(home: Path, anna: Record) -> None:
    with at_work(anna, FakeClock()) as progress:
        progress.mark("a/b/\x1b[31mred", Marks(suspended=True))
    (home / "progress" / "anna \x1b]0;x\x07.json").write_bytes(anna.path.read_bytes())
    for command in (("doctor",), ("doctor", "--fix"), ("erase", "--recruiter", "anna", "--yes", "anna")):
        done = ran(*command, "--home", home)
        assert "anna" in done.out
        assert "\x1b" not in done.out + done.err


def test_one_recruiter_alone(home: Path, anna: Record) -> None:
    session(record_of(home, "bela"), FakeClock(), ASM)
    anna.path.write_bytes(b"{")
    assert ran("doctor", "--recruiter", "bela", "--home", home).status == 0
    assert ran("doctor", "--recruiter", "anna", "--home", home).status == 1
    unknown = ran("doctor", "--recruiter", "cleo", "--home", home)
    assert unknown.status == 2
    assert "Here train: anna, bela." in unknown.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_open_folders_are_closed(home: Path, anna: Record) -> None:
    for folder in (home / "progress", home / "backups", anna.backups):
        folder.chmod(0o755)
    assert ran("doctor", "--home", home).out.count("can be read by others") == 3
    assert ran("doctor", "--fix", "--home", home).status == 0
    assert stat.S_IMODE(anna.backups.stat().st_mode) == 0o700


def test_strangers_and_backups_of_nobody_are_told(home: Path, anna: Record) -> None:
    anna.path.rename(home / "progress" / "a\\b.json")
    done = ran("doctor", "--fix", "--home", home)
    assert (done.status, "1 problem left" in done.out) == (1, True)
    assert not anna.path.with_suffix(".journal").exists(), "an empty one is nobody's progress"
    said = " ".join(done.out.split())
    assert "has a name that trainer gives to no recruiter" in said
    assert "holds backups of somebody who has no progress here any more" in said


# Export and import


def test_everything_goes_out_and_comes_back(home: Path, anna: Record, tmp_path: Path) -> None:
    before = kept(anna)
    done = ran("export", "--recruiter", "anna", "--home", home, "--out", tmp_path / "out")
    assert (done.status, done.err) == (0, "")
    table, everything = map(Path, done.out.splitlines())
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o077 for path in (table, everything)} == {0}
    with TinyDB(everything, access_mode="r") as file:
        assert file.tables() == {"meta", "cards", "days", "reviews"}
        assert file.table("meta").all()[0]["format"] == 2, "a card was put away"
    found = list(csv.DictReader(io.StringIO(table.read_text(), newline="")))
    assert [row["card"] for row in found] == [ASM, SIGNAL, PROPS]
    assert ran("erase", "--recruiter", "anna", "--yes", "anna", "--home", home).status == 0
    assert [path for path in home.rglob("*") if path.is_file()] == []
    back = ran("import-progress", everything, "--home", home)
    assert (back.status, back.err) == (0, "")
    assert "3 reviews in" in back.out
    assert '"anna" has 3 reviews now' in back.out
    assert kept(anna) == before
    again = ran("import-progress", everything, "--home", home)
    assert "0 of them new" in again.out
    assert kept(anna) == before


def test_it_can_be_printed(home: Path, anna: Record) -> None:
    assert json.loads(ran("export", "--out", "-", "--home", home).out).keys() == {
        "meta",
        "cards",
        "days",
        "reviews",
    }
    assert ran("export", "--out", "-", "--csv", "--home", home).out.startswith("when,study day,")
    before = sorted(home.rglob("*"))
    ran("export", "--out", "-", "--home", home)
    assert sorted(home.rglob("*")) == before


def test_the_table_alone(home: Path, tmp_path: Path) -> None:
    done = ran("export", "--csv", "--out", tmp_path / "out", "--home", home)
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".csv"]
    assert done.out.count("\n") == 1


def test_an_import_into_another_name_says_so_and_unites(home: Path, tmp_path: Path, anna: Record) -> None:
    bela = record_of(home, "bela")
    session(bela, FakeClock(), DSM, PROPS)
    export = tmp_path / "export.json"
    export.write_text(ran("export", "--recruiter", "anna", "--out", "-", "--home", home).out)
    done = ran("import-progress", export, "--recruiter", "bela", "--home", home)
    assert done.status == 0
    assert 'holds the progress of "anna"' in done.err
    assert '"bela" has 5 reviews now' in done.out
    assert [each.why for each in backup.existing(bela.backups)] == ["import"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a progress file"),
        (b"[]", "is not a progress file"),
        (b"\xff\xfe\x00", "is not a progress file"),
        (b'{"meta":{"1":{"format":99}}}', "newer version"),
        (b'{"meta":{"1":{"format":1,"recruiter":"a/b","generation":1}}}', "slash"),
        (
            b'{"meta":{"1":{"format":1,"recruiter":"a","generation":1}},"reviews":{"1":{}}}',
            "missing required",
        ),
        (
            b'{"meta":{"1":{"format":1,"recruiter":"a","generation":1}},"reviews":{"x":{"undo":1}}}',
            "is not a progress file",
        ),
        (None, "is not there"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "export.json"
    if content is not None:
        path.write_bytes(content)
    done = ran("import-progress", path, "--home", tmp_path / "home")
    assert done.status == 2
    assert said in done.err
    assert not (tmp_path / "home").exists()


def test_a_folder_is_no_export(tmp_path: Path) -> None:
    assert ran("import-progress", tmp_path, "--home", tmp_path / "home").status == 2


# Erase, rename, merge


def test_the_name_has_to_be_typed(home: Path, anna: Record) -> None:
    arguments = ("erase", "--recruiter", "anna", "--home", home)
    for typed in ("", "\n", "y\n", "ann\n", "Anna\n", "\x1b[31m\n"):
        done = ran(*arguments, typed=typed)
        assert done.status == 2
        assert "Nothing was changed" in done.err
    assert ran(*arguments, "--yes", "bela").status == 2
    assert len(kept(anna)[0]) == 3
    done = ran(*arguments, typed="anna\n")
    assert (done.status, done.err) == (0, "")
    assert "3 reviews, and every backup" in done.out
    assert f"removed  {anna.path}\n" in done.out
    assert "Not reached: exports you made" in done.out
    assert not anna.exists
    again = ran(*arguments, "--yes", "anna")
    assert again.status == 2
    assert "Nobody trains here yet." in again.err


def test_erasing_needs_a_name(home: Path, anna: Record) -> None:
    done = ran("erase", "--yes", "anna", "--home", home)
    assert done.status == 2
    assert "--recruiter" in done.err
    assert anna.exists


@pytest.mark.parametrize(("key", "status"), [("\x04", 2), ("\x03", 130)])
def test_what_is_told_after_an_unanswered_question_has_its_own_line(
    home: Path, key: str, status: int
) -> None:
    with Terminal.trainer("erase", "--recruiter", "anna", "--home", home) as terminal:
        terminal.wait_for("Type the name to go on:")
        terminal.press(key)
        assert terminal.wait_for_end() == status
        assert terminal.cursor[0] == 0
        lines = terminal.text.splitlines()
    assert (
        status != 2 or "trainer: Nothing was changed. Say --yes NAME to do it without being asked." in lines
    )


def test_backups_alone_can_be_erased(home: Path, anna: Record) -> None:
    anna.path.unlink()
    assert ran("erase", "--recruiter", "anna", "--yes", "anna", "--home", home).status == 0
    assert not anna.backups.exists()


@pytest.mark.parametrize("name", ["Zoë Åström", "a:b [x]*", "con"])
def test_names_are_cleaned_and_files_found(home: Path, anna: Record, name: str) -> None:
    before = kept(anna)
    done = ran("rename", "anna", f"  {name}\t", "--home", home)
    assert (done.status, done.err) == (0, "")
    assert kept(record_of(home, name)) == before
    assert ran("backups", "--recruiter", name, "--home", home).out.count("\n") == 3
    assert ran("erase", "--recruiter", name, "--yes", f" {name}", "--home", home).status == 0
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nobody", "bela", "no progress of"),
        ("anna", "a/b", "slash"),
        ("anna", "x" * 300, "300 characters"),
        ("anna", " anna", "the name already"),
        ("anna", "", "empty"),
    ],
)
def test_a_rename_that_cannot_be_is_told(home: Path, anna: Record, old: str, new: str, said: str) -> None:
    before = kept(anna)
    done = ran("rename", "--home", home, "--", old, new)
    assert done.status == 2
    assert said in done.err
    assert kept(anna) == before


def test_two_recruiters_become_one(home: Path, anna: Record) -> None:
    clock, bela = FakeClock(), record_of(home, "bela")
    clock.move(10_000)
    session(bela, clock, DSM)
    refused = ran("merge", "anna", "bela", "--home", home, typed="n\n")
    assert refused.status == 1
    assert '"anna" has 3 reviews, "bela" 1; together they are 4.' in refused.out
    assert len(kept(anna)[0]) == 3
    done = ran("merge", "anna", "bela", "--home", home, typed="y\n")
    assert done.status == 0
    assert '"bela" has 4 reviews now, 3 of them new.' in done.out
    assert len(kept(bela)[0]) == 4
    assert kept(bela)[3][DSM] == Marks(suspended=True)
    assert not anna.exists
    assert ran("merge", "anna", "bela", "--yes", "--home", home).status == 2
    assert ran("merge", "bela", "bela", "--yes", "--home", home).status == 2


# Together, as real processes


def test_a_record_that_another_process_has_open_is_left_alone(
    home: Path, anna: Record, tmp_path: Path
) -> None:
    export = tmp_path / "export.json"
    export.write_text(ran("export", "--out", "-", "--home", home).out)
    holder = [sys.executable, "-m", "trainer", "study", "--plain", "--recruiter", "anna", "--home", str(home)]
    with subprocess.Popen(holder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        before = anna.path.read_bytes()
        for command in (
            ("backups", "restore", "1", "--yes"),
            ("import-progress", export),
            ("erase", "--recruiter", "anna", "--yes", "anna"),
            ("rename", "anna", "cleo"),
        ):
            done = ran(*command, "--home", home)
            assert (done.status, "open in another window" in done.err) == (2, True), command
        looked = ran("doctor", "--fix", "--home", home)
        assert looked.status == 0
        assert "is open in another trainer, so it was not checked" in looked.out
        assert "· anna: " in looked.out
        assert looked.out.endswith("\nAll that was checked is well.\n")
        assert ran("export", "--out", "-", "--home", home).status == 0
        assert ran("backups", "--home", home).status == 0
        assert anna.path.read_bytes() == before


def test_a_day_of_training_in_processes(tmp_path: Path) -> None:
    ones = "1\n" * 50
    for _ in range(2):
        trainer("study", "--plain", "--limit", "2", "--recruiter", "r", "--home", tmp_path, typed=ones)
    listed = json.loads(trainer("backups", "--json", "--home", tmp_path).stdout)
    assert [row["why"] for row in listed] == ["day"]
    damaged = tmp_path / "progress" / "r.json"
    damaged.write_bytes(damaged.read_bytes()[:400])
    assert trainer("doctor", "--home", tmp_path).returncode == 1
    done = trainer("doctor", "--fix", "--home", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert trainer("study", "--plain", "--limit", "1", "--home", tmp_path, typed=ones).returncode == 0
