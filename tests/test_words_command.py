"""`trainer words`: the glossary in print."""

import json
from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.commands import Done, ran
from trainer.engine.engine import Engine
from trainer.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home_with_sheet(tmp_path)
    return tmp_path


def words(home: Path, *arguments: str) -> Done:
    return ran("words", *arguments, "--home", home)


def test_a_word_is_told_with_all_that_is_known_of_it(home: Path) -> None:
    done = words(home, "asm")
    assert done.status == 0
    said = " ".join(done.out.split())
    for told in (
        "ASM a role",
        "Means Helps to run rehearsals",
        "UK Usually the first paid grade",
        "Also called Assistant Stage Manager, A.S.M.",
        'Search "Assistant Stage Manager" OR',
        "Deputy Stage Manager: The same job; or below it, in the same team. Search for it? Yes, then filter.",
        "Easily confused with - DSM:",
        "- What does it mean? Term meanings · Theatre vocabulary",
    ):
        assert told in said, told
    assert max(map(len, done.out.splitlines())) <= 90


def test_several_that_begin_so_are_listed(home: Path) -> None:
    done = words(home, "stage", "man")
    assert done.status == 0
    assert done.out.startswith("  Stage Management  ")
    assert "\n  Stage Manager  " in done.out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("box office", "Found in “box office settlement”, another name of Settlement.\n\nSettlement  "),
        ("counterweight", "Found in “counterweight system”, another name of Fly system.\n\nFly system  "),
        ("sitzpr", "Sitzprobe  "),
        ("sitz", "Sitzprobe  "),
    ],
)
def test_what_is_found_by_a_piece_of_another_name_says_so(home: Path, typed: str, told: str) -> None:
    assert words(home, typed).out.startswith(told)


def test_all_are_listed_by_letter_and_those_of_a_role(home: Path) -> None:
    done = words(home)
    heads = [line for line in done.out.splitlines() if line and not line.startswith(" ")]
    assert heads == [*sorted(heads[:-1]), "0–9"]
    sound = words(home, "--role", "sound").out
    assert sound.startswith("Sound Technician\n  A1 (Sound No.1)")
    assert "Wig block" not in sound
    assert "\n  Stage Manager " not in words(home, "stage", "--role", "sound").out


def test_nothing_found_tells_what_is_near(home: Path) -> None:
    done = words(home, "wandlprobe")
    assert done.status == 1
    assert done.out.startswith('There is no word "wandlprobe".\nNear it:\n  Wandelprobe ')
    for typed in ("[blue]", "^.*$", "🎭", "مرحبا", "x" * 70_000, "\x1b[31mred"):
        done = words(home, typed)
        assert (done.status, done.out.count("There is no word")) == (1, 1)
        assert "\x1b" not in done.out
        assert len(done.out) < 1000


@pytest.mark.slow
def test_json_has_the_entries(home: Path) -> None:
    (entry,) = json.loads(words(home, "prompt", "book", "--json").out)
    assert (entry["id"], entry["kind"]) == ("theatre-vocabulary#prompt-book", "word")
    done = words(home, "wandlprobe", "--json")
    assert (done.status, json.loads(done.out)) == (1, [])
    assert "Wandelprobe" in done.err
    assert len(json.loads(words(home, "--json").out)) > 200


def test_markup_in_a_sheet_is_text(home: Path) -> None:
    said = " ".join(words(home, "[bold]cue").out.split())
    assert "[bold]Cue a word of the trade Means A signal [/x] to do a thing now." in said


def test_a_role_that_there_is_not_is_an_error(home: Path) -> None:
    done = words(home, "--role", "nonesuch")
    assert done.status == 2
    assert 'There is no role "nonesuch".' in done.err


def test_where_several_train_the_words_are_the_same_for_all(home: Path) -> None:
    for name in ("anna", "ben"):
        Engine.open(Home(home), name).close()
    assert words(home, "asm").status == 0
    assert words(home, "asm", "--recruiter", "anna").status == 0
