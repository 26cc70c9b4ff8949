"""`trainer import`, as real processes."""

import json
import os
from pathlib import Path

import pytest

from tests.commands import trainer
from tests.material.pages import FLAT, FULL, THING, as_html, changed
from tests.terminal import Terminal

pytestmark = pytest.mark.slow

ONES = "1\n" * 200


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return written(tmp_path, FULL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def written(folder: Path, text: str | bytes, name: str = "page.txt") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_it_tells_what_it_found_and_writes_a_sheet_to_study_at_once(page: Path, home: Path) -> None:
    done = trainer("import", page, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "SKT (Scene Kit Technician) (Performing Arts)",
        "definition         1",
        "examples           3",
        "titles to search   5   Kit Runner | Props Technician",
        "questions          4   13 points, 13 of them drafts",
        "levels             3   Junior · Mid · Senior",
        "Years, as the glossary page has them: Junior 0-2, Mid 2-5, Senior 5+. Don't screen by them",
        "indicators         9",
        "red flags          3",
        "Say of 5 titles whether you would search for it",
        "trainer study skt",
    ):
        assert said in done.stdout
    assert "Not found" not in done.stdout
    assert "Unsure" not in done.stdout
    for deck in ("meanings", "synonyms", "levels", "answers"):
        done = trainer(
            "study",
            f"skt/{deck}",
            "--plain",
            "--recruiter",
            deck,
            "--new-recruiter",
            "--home",
            home,
            typed=ONES,
        )
        assert done.returncode == 0
        assert "Every answer is saved." in " ".join(done.stdout.split()).partition("Comes back")[2]
    assert trainer("check", "--home", home).returncode == 0


def test_each_page_of_a_file_becomes_a_sheet_and_a_line_of_json(tmp_path: Path, home: Path) -> None:
    page = written(tmp_path, f"{FULL}\n\n{THING}")
    done = trainer("import", "--json", page, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    ids = [json.loads(line)["sheet"]["id"] for line in done.stdout.splitlines()]
    assert len(ids) == 2
    assert {path.stem for path in (home / "decks").iterdir()} == set(ids)
    told = trainer("import", "--dry-run", page, "--home", home).stdout
    assert told.count("titles to search") == 2


def test_it_tells_when_a_shipped_sheet_is_on_the_same_term(tmp_path: Path, home: Path) -> None:
    text = changed(FULL, ("SKT (Scene Kit Technician)", "ASM (Assistant Stage Manager)"))
    done = trainer("import", "--dry-run", written(tmp_path, text), "--home", home)
    assert "The sheet “Assistant Stage Manager”, which comes with trainer, is on the same term" in done.stdout
    assert "“ASM (Assistant Stage Manager)” and “Assistant Stage Manager” say which you mean" in done.stdout
    done = trainer("import", "--dry-run", written(tmp_path, FULL), "--home", home)
    assert "comes with trainer" not in done.stdout


def test_it_tells_what_it_did_not_find_and_where_it_is_unsure(tmp_path: Path, home: Path) -> None:
    done = trainer("import", written(tmp_path, FLAT), "--home", home)
    assert done.returncode == 0
    assert "Not found: title, industry, also try searching for, question levels, red flags" in done.stdout
    line = FLAT.split("\n").index("  • Poor record keeping") + 1
    assert f"  line {line}: bullet without a place: a red flag, or a sign of “Senior”?" in done.stdout


def test_json_is_one_object_with_the_sheet_what_is_missing_and_what_is_unsure(
    tmp_path: Path, home: Path
) -> None:
    done = trainer("import", written(tmp_path, FLAT), "--json", "--dry-run", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert set(told) == {"sheet", "missing", "unsure"}
    assert told["sheet"]["levels"][0]["indicators"][0]["text"] == "Packing from a list"
    assert told["missing"][-1] == "red flags"
    assert {frozenset(each) for each in told["unsure"]} == {frozenset(["line", "what", "text"])}
    assert not home.exists()


def test_a_dry_run_writes_nothing(page: Path, home: Path) -> None:
    done = trainer("import", "--dry-run", page, "--home", home)
    assert done.returncode == 0
    assert "indicators         9" in done.stdout
    assert not home.exists()


def test_standard_input_and_a_saved_web_page(tmp_path: Path, home: Path) -> None:
    piped = trainer("import", "-", "--json", "--dry-run", "--home", home, typed=FULL)
    saved = trainer(
        "import", written(tmp_path, as_html(FULL), "page.html"), "--json", "--dry-run", "--home", home
    )
    assert piped.returncode == saved.returncode == 0
    assert json.loads(piped.stdout)["sheet"] == json.loads(saved.stdout)["sheet"]


def test_several_pages_and_another_folder(tmp_path: Path, home: Path) -> None:
    pages = [written(tmp_path, FULL, "a.txt"), written(tmp_path, THING, "b.txt")]
    done = trainer("import", *pages, "--out", tmp_path / "out", "--json", "--home", home)
    assert done.returncode == 0
    assert [json.loads(line)["sheet"]["id"] for line in done.stdout.splitlines()] == [
        "skt",
        "stage-managers-prompt-book",
    ]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "skt.toml",
        "stage-managers-prompt-book.toml",
    }
    assert trainer("check", *(tmp_path / "out").iterdir(), "--home", home).returncode == 0


def test_a_page_that_is_none_does_not_stop_the_others(tmp_path: Path, home: Path) -> None:
    pages = [written(tmp_path, "Dear all,\n", "letter.txt"), written(tmp_path, FULL, "a.txt")]
    done = trainer("import", *pages, "--home", home)
    assert done.returncode == 2
    assert f"{pages[0]}: This is no glossary page" in done.stderr
    assert "Red Flags to Watch For" in done.stderr
    assert (home / "decks" / "skt.toml").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "not a text"),
        (b"\xff\xd8\xff\xe0" + bytes(range(128, 256)) * 4, "UTF-8"),
        (b"x" * 1_000_001, "characters"),
        (b"Subject: hello\n\nHow are you?\n", "no glossary page"),
        (FULL[FULL.index("Example Interview") :].encode(), "no title"),
    ],
    ids=["empty", "binary", "picture", "a megabyte", "a letter", "no name"],
)
def test_bad_input_is_told_with_status_2_and_writes_nothing(
    tmp_path: Path, home: Path, data: bytes, said: str
) -> None:
    path = written(tmp_path, data)
    done = trainer("import", path, "--home", home)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(path) in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not home.exists()


def test_a_folder_a_missing_file_and_fifty_megabytes(tmp_path: Path, home: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    for path, said in (
        (tmp_path, "can't be read"),
        (tmp_path / "none", "can't be read"),
        (large, "too large"),
    ):
        done = trainer("import", path, "--home", home)
        assert done.returncode == 2
        assert f"{path}: {said}" in done.stderr
        assert "Traceback" not in done.stderr


def test_escapes_and_markup_reach_no_terminal(tmp_path: Path, home: Path) -> None:
    text = changed(FULL, ("Tidy shelves", "\x1b]0;x\x07[red]Tidy[/x] \x1b[31mshelves"))
    done = trainer("import", written(tmp_path, text), "--home", home)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    shown = trainer("decks", "show", "skt/levels", "--home", home)
    assert "[red]Tidy[/x] shelves" in shown.stdout


def test_an_unwritable_target_is_told(page: Path, tmp_path: Path) -> None:
    blocked = written(tmp_path, "a file", "file")
    for target in (("--home", blocked), ("--home", tmp_path / "h", "--out", blocked)):
        done = trainer("import", page, *target)
        assert done.returncode == 2
        assert "skt.toml: can't be" in done.stderr or "is a file" in done.stderr
        assert "Traceback" not in done.stderr
    if os.geteuid() != 0:
        sealed = tmp_path / "sealed"
        sealed.mkdir(mode=0o500)
        assert trainer("import", page, "--home", sealed).returncode == 2


def test_importing_again_shows_the_changes_and_on_a_pipe_asks_for_yes(page: Path, home: Path) -> None:
    trainer("import", page, "--home", home)
    sheet = home / "decks" / "skt.toml"
    before = sheet.read_bytes()
    written(page.parent, changed(FULL, ("Tidy shelves", "Tidy shelves only")))
    for how in ((), ("--json",)):
        done = trainer("import", page, *how, "--home", home)
        assert done.returncode == 2
        assert "~ indicator: “Tidy shelves” → “Tidy shelves only”" in done.stdout
        assert f"{sheet} is there and would be changed. Nothing was written. --yes" in done.stderr
        assert sheet.read_bytes() == before
    done = trainer("import", "-", "--home", home, typed=page.read_text(encoding="utf-8"))
    assert done.returncode == 2
    done = trainer("import", "--yes", page, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"Tidy shelves only" in sheet.read_bytes()
    done = trainer("import", page, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing changes" in done.stdout


def test_on_a_terminal_it_asks(page: Path, home: Path) -> None:
    trainer("import", page, "--home", home)
    written(page.parent, changed(FULL, ("Tidy shelves", "Tidy shelves only")))
    sheet = home / "decks" / "skt.toml"
    for answer, said, there in (("n\r", "Nothing was written", False), ("y\r", "Train on it", True)):
        with Terminal.trainer("import", page, "--home", home, columns=100, rows=50) as terminal:
            terminal.wait_for("Make these changes? [y/N]")
            terminal.press(answer)
            terminal.wait_for(said)
            assert terminal.wait_for_end() == 0
        assert (b"Tidy shelves only" in sheet.read_bytes()) is there


def test_progress_and_edits_by_hand_stay_when_a_page_is_imported_again(page: Path, home: Path) -> None:
    trainer("import", page, "--home", home)
    arguments = ("study", "skt/levels", "--plain", "--new", "4", "--recruiter", "r", "--home", home)
    assert trainer(*arguments, typed=ONES).returncode == 0

    def counts() -> tuple[int, int]:
        listed = json.loads(trainer("decks", "--json", "--recruiter", "r", "--home", home).stdout)
        levels = next(deck for deck in listed if deck["id"] == "skt/levels")
        return levels["cards"], levels["cards"] - levels["new"]

    assert counts() == (9, 4)
    sheet = home / "decks" / "skt.toml"
    edited = sheet.read_text(encoding="utf-8").replace("Packing from a list", "Packs from a list")
    sheet.write_text(f"# mine\n{edited}", encoding="utf-8")
    text = changed(
        FULL, ("Counting pieces", "Counting the pieces"), ("Tidy shelves", "Tidy shelves\n  • Sweeping")
    )
    written(page.parent, text)
    assert trainer("import", "--yes", page, "--home", home).returncode == 0
    assert counts() == (10, 4)
    now = sheet.read_text(encoding="utf-8")
    assert now.startswith("# mine\n")
    assert "Packs from a list" in now
    assert "Counting the pieces" in now


def test_what_a_copy_lacks_is_offered_with_what_hangs_on_it(page: Path, home: Path) -> None:
    trainer("import", page, "--home", home)
    for name in ("ann", "bo"):
        arguments = (
            "study",
            "skt/levels",
            "--plain",
            "--new",
            "9",
            "--recruiter",
            name,
            "--new-recruiter",
            "--home",
            home,
        )
        assert trainer(*arguments, typed=ONES).returncode == 0
    written(page.parent, changed(FULL, ("  • Tidy shelves\n", ""), ("  • Running a kit store\n", "")))
    done = trainer("import", page, "--home", home)
    assert done.returncode == 0
    offered = "No longer on the page: 2 indicators and 4 cards of 2 people. It stays; --remove takes it out."
    assert offered in done.stdout
    sheet = home / "decks" / "skt.toml"
    assert b"Tidy shelves" in sheet.read_bytes()
    done = trainer("import", page, "--remove", "--yes", "--home", home)
    assert "Taken out, for the page no longer has it: 2 indicators and 4 cards of 2 people." in done.stdout
    assert b"Tidy shelves" not in sheet.read_bytes()
    back = trainer("import", "--undo", "skt", "--home", home)
    assert b"Tidy shelves" in sheet.read_bytes()
    assert "roles remove" not in back.stdout
    while sheet.exists():
        back = trainer("import", "--undo", "skt", "--home", home)
    assert 'If you learn it: "trainer roles remove skt" takes it out of your roles.' in back.stdout


def test_on_a_terminal_many_files_are_counted(page: Path, home: Path) -> None:
    other = written(page.parent, changed(FULL, ("SKT (Scene", "SKM (Scene")), "other.txt")
    with Terminal.trainer("import", page, other, "--home", home, columns=160, rows=80) as terminal:
        terminal.wait_for("2 of 2: ")
        assert "1 of 2: " in terminal.text
        assert terminal.wait_for_end() == 0


def test_help_says_how() -> None:
    done = trainer("import", "--help")
    assert done.returncode == 0
    for said in ("--out", "--dry-run", "--json", "--yes", "--home", "Examples:", "PAGE..."):
        assert said in done.stdout
    assert trainer("import").returncode == 2


def test_taking_back_a_sheet_that_was_deleted_by_hand_says_what_is_so(tmp_path: Path, home: Path) -> None:
    path = written(tmp_path, "Term;Meaning\nGobo;A metal template\nIris;A shutter\n", "a.csv")
    named = ("--name", "Rigging words", "--industry", "Film", "--home", home)
    assert trainer("import", path, *named).returncode == 0
    [sheet] = (home / "decks").glob("*.toml")
    sheet.unlink()
    back = trainer("import", "--undo", "--home", home)
    assert back.returncode == 0
    assert "taken out again" not in back.stdout
    assert "roles remove" not in back.stdout, "words go with every role"
    assert "it was gone already" in back.stdout


def test_a_list_goes_into_a_sheet_and_is_taken_back(tmp_path: Path, home: Path) -> None:
    path = written(
        tmp_path, "Term;Meaning\nFlown piece;Scenery that hangs\nCue;Something else\nalone\n", "a.csv"
    )
    into = ("import", path, "--into", "Theatre vocabulary", "--home", home)
    done = trainer(*into)
    assert (done.returncode, done.stderr) == (0, "")
    for said in ("+ term: Flown piece", "yours stays", "line 4: no meaning stands there: alone", "Written:"):
        assert said in done.stdout
    assert trainer("check", "--home", home).returncode == 0
    assert "“Something else”" in trainer(*into, "--yes", "--dry-run").stdout
    back = trainer("import", "--undo", "--home", home)
    assert (back.returncode, "taken out again" in back.stdout) == (0, True)
    assert not list((home / "decks").iterdir())
    assert trainer("import", "--undo", "--home", home).returncode == 2
    missing = trainer("import", path, "--into", "nowhere", "--home", home)
    assert (missing.returncode, "There is no sheet" in missing.stderr) == (2, True)


@pytest.mark.slow
def test_on_a_terminal_its_lines_break_between_words(tmp_path: Path, home: Path) -> None:
    text = changed(FULL, ("SKT (Scene Kit Technician)", "ASM (Assistant Stage Manager)"))
    page = written(tmp_path, text)
    words = set(trainer("import", "--dry-run", page, "--home", home).stdout.split())
    with Terminal.trainer("import", "--dry-run", page, "--home", home, rows=60) as terminal:
        assert terminal.wait_for_end() == 0
        assert set(terminal.text.split()) == words
