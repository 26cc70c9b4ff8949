"""A recruiter's name becomes a file in the folder, and nothing else, on every system."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from trainer.errors import RecruiterNameError
from trainer.home import Home, find_home
from trainer.names import LONGEST_NAME, check_recruiter

HOME = Home(Path("/somewhere/home"))
NAMES = st.text(st.characters(exclude_categories=[]), max_size=70) | st.from_regex(
    r"(?i)(con|nul|com[0-9]|\.|%|:| |[a-c]){1,4}", fullmatch=True
)


@pytest.mark.parametrize("name", ["../../x", "..\\x", "/etc/passwd", ".hidden", "..", ".", "a/b", "C:\\x"])
def test_a_name_that_would_lead_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(RecruiterNameError, match="slash"):
        HOME.progress_file(name)


@pytest.mark.parametrize("name", ["", "   ", "\n", "\x00", "\x1b[31m\x1b[0m", "\u202e", "\u200b", "\u200f "])
def test_a_name_with_nothing_to_see_is_refused_and_an_example_given(name: str) -> None:
    with pytest.raises(RecruiterNameError, match="for example: anna"):
        HOME.progress_file(name)


def test_a_name_that_is_too_long_is_refused_with_both_lengths() -> None:
    with pytest.raises(RecruiterNameError, match=rf"300 characters.*{LONGEST_NAME}"):
        HOME.progress_file("x" * 300)


@pytest.mark.parametrize(
    ("name", "fits"),
    [("\U00020000" * 59, 50), ("🎭" * 51, 50), ("%" * 12 + "🎭" * 48, 53)],
    ids=["rare letters", "pictures", "escapes"],
)
def test_a_name_that_leaves_no_room_in_that_of_a_file_is_refused_where_it_is_new(
    tmp_path: Path, name: str, fits: int
) -> None:
    home = Home(tmp_path)
    for ask in (check_recruiter, home.progress_file):
        with pytest.raises(RecruiterNameError, match=rf"too long .* Use at most {fits} of these"):
            ask(name)
    path, _ = home.respelled(name)
    path.parent.mkdir()
    path.touch()
    assert home.recruiters() == [home.known(name)] == [name]
    assert home.progress_file(name) == path


@pytest.mark.parametrize(
    "name", ["Zoë Åström", "安娜", "שרה", "🎭 Kim", "O'Neill, Jr.", "anna@firm.com", "x" * 60]
)
def test_the_names_of_people_are_taken_as_they_are(name: str) -> None:
    assert HOME.progress_file(name).parent == HOME.progress
    assert check_recruiter(name) == name


def test_spaces_and_control_codes_do_not_make_another_recruiter() -> None:
    spellings = ["anna b", "  anna  b ", "anna\tb", "an\x07na b", "\x1b[1manna b"]
    assert len({HOME.progress_file(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    "name", ["con", "CON", "nul", "com1", "lpt9", "aux", "con.x", "nul.tar.gz", "prn.é", "com1.ű"]
)
def test_a_name_that_windows_reserves_gets_another_file(name: str) -> None:
    base = HOME.progress_file(name).name.partition(".")[0]
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])", base)


@pytest.mark.parametrize("name", ["a:b", 'a"b', "a|b", "a*b?", "<a>", "100%", "a%3Ab"])
def test_signs_that_windows_forbids_are_not_in_the_file_name(name: str) -> None:
    assert not set(HOME.progress_file(name).name) & set('<>:"|?*\\/')


@given(NAMES)
@example("com\u0661")
@example("\udcff")
@example("🎭" * LONGEST_NAME)
@example("🎭" * 47 + "%" * 4)
def test_any_name_gives_a_file_in_the_folder_or_a_message(name: str) -> None:
    try:
        path = HOME.progress_file(name)
    except RecruiterNameError:
        return
    assert path.parent == HOME.progress
    assert path.resolve() == path
    assert path.suffix == ".json"
    assert not path.name.startswith(".")
    assert not path.stem.endswith((".", " "))
    longest = path.with_suffix(".journal.0123abcd.old.damaged-20261124-101500-2")
    assert len(longest.name.encode()) <= 255


@given(NAMES, NAMES)
@example("a:b", "a%3Ab")
@example("con", "co%6E")
def test_two_names_never_share_a_file(one: str, other: str) -> None:
    try:
        assume(check_recruiter(one) != check_recruiter(other))
    except RecruiterNameError:
        return
    assert HOME.progress_file(one) != HOME.progress_file(other)


@pytest.mark.parametrize("name", ["._anna", ".hidden", ".", ".Spotlight-V100", "%2Fx", "x" * 61])
def test_what_no_recruiter_can_be_called_is_nobodys(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path)
    for folder in (home.progress, home.teams / name, home.teams / "anna", home.backups / name):
        folder.mkdir(parents=True)
    for suffix in (".json", ".journal"):
        (home.progress / f"{name}{suffix}").write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X        ")
    for who in (name, "anna"):
        (home.teams / who / "member.json").touch()
    assert home.recruiters() == ["anna"]
    assert home.backed_up() == []
    assert home.known("anna") == "anna"


@pytest.mark.parametrize("suffix", [".json", ".journal"])
def test_the_names_are_given_back(tmp_path: Path, suffix: str) -> None:
    names = [
        "Zoë",
        "a:b",
        "con",
        "con.x",
        "con.ű",
        "com\u0661",
        "100%",
        "a%3Ab",
        "ends in dot.",
        "x.json",
        "🎭 Kim",
    ]
    home = Home(tmp_path)
    home.progress.mkdir()
    for name in names:
        home.progress_file(name).with_suffix(suffix).write_text("{}", encoding="utf-8")
    assert home.recruiters() == sorted(names)


def test_other_files_are_no_recruiters(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.recruiters() == []
    home.progress.mkdir()
    for name in ("anna.json", "anna.journal", "anna.json.tmp", "anna.lock", "anna.json.damaged-20261124"):
        (home.progress / name).touch()
    for name in ("merged", "berta.json"):
        (home.progress / name).mkdir()
    for name in ("anna 2.json", "anna-LAPTOP.json", "anna.sync-conflict-20261124-101500-ABCDEFG.journal"):
        (home.progress / name).write_bytes(b'{"meta":{"1":{"format":1,"recruiter":"anna"}}}')
    (home.progress / "anna-bell.json").write_bytes(b'{"meta": {"1": {"recruiter": "anna-bell"}}}')
    assert home.recruiters() == ["anna", "anna-bell"]


def test_the_home_that_was_chosen_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path / "env"))
    assert find_home(tmp_path / "chosen").root == tmp_path / "chosen"
    assert find_home().root == tmp_path / "env"
    monkeypatch.setenv("TRAINER_HOME", "")
    assert find_home().root.name == "trainer"


def test_a_tilde_is_the_users_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINER_HOME", "~/trainer-files")
    assert find_home().root == Path.home() / "trainer-files"


@pytest.mark.parametrize("name", [b"plain", "Zoë".encode(), b"Zo\xeb"])
def test_a_place_is_told_once_whatever_it_is_called(tmp_path: Path, name: bytes) -> None:
    home, place = Home(tmp_path / "home"), tmp_path / os.fsdecode(name)
    home.root.mkdir()
    assert not home.was_told(place)
    home.note_told(tmp_path)
    home.note_told(place)
    assert home.was_told(place)
    assert home.was_told(tmp_path)
