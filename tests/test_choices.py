"""The commands for roles, settings and marks."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands import Done, ran
from tests.learners import wrong
from tests.material.pages import FULL
from trainer.engine.engine import Engine
from trainer.home import Home
from trainer.memory.state import DOUBTS
from trainer.plain.choices import cost_line
from trainer.reports.cost import RetentionCost

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def anna(home: Path, *arguments: str | Path, typed: str = "") -> Done:
    return ran(*arguments, "--recruiter", "anna", "--home", home, typed=typed)


def told(home: Path, *arguments: str | Path, typed: str = "") -> str:
    done = anna(home, *arguments, typed=typed)
    assert (done.status, done.err) == (0, ""), done
    return done.out


def learned(home: Path) -> list[str]:
    return [role["id"] for role in json.loads(told(home, "roles", "--json")) if role["state"] == "learned"]


# Roles


def test_roles_are_listed_before_anything_was_chosen_and_nothing_is_made(home: Path) -> None:
    for command in (("roles",), ("roles", "list")):
        out = told(home, *command)
        assert "you learn all roles" in out
        assert "trainer roles add" in out
        assert "With every role:\n     Theatre vocabulary" in out
    assert not (home / "progress").exists()


def test_roles_are_added_ordered_paused_resumed_and_removed(home: Path) -> None:
    out = told(home, "roles", "add", "stage", "manager", "Props")
    assert "  1  Stage Manager " in out
    assert "In the library:\n     Assistant Stage Manager" in out
    told(home, "roles", "add", "--first", "ASM")
    assert learned(home) == ["assistant-stage-manager", "stage-manager", "props"]
    told(home, "roles", "order", "prop master")
    out = told(home, "roles", "pause", "SM")
    assert "  3  Stage Manager" in out
    assert "paused" in out
    assert learned(home) == ["props", "assistant-stage-manager"]
    told(home, "roles", "resume", "Stage Manager")
    told(home, "roles", "remove", "ASM")
    assert learned(home) == ["props", "stage-manager"]
    assert "you learn all" not in told(home, "roles")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("roles", "add", "lion tamer"), "no role"),
        (("roles", "add", "manager"), "may mean"),
        (("roles", "add", "theatre vocabulary"), "goes with every role"),
        (("roles", "add", ""), "no role"),
        (("roles", "add"), ""),
        (("roles", "dance"), ""),
        (("settings", "colour", "red"), 'no setting "colour"'),
        (("settings", "minutes", "0"), "1 to 1440"),
        (("settings", "minutes", "9" * 5000), "no number of minutes"),
        (("settings", "region", "mars"), "UK, US, both"),
        (("settings", "retention", "nan"), "0.70 to 0.97"),
        (("settings", "retention", "much"), "0.70 to 0.97"),
        (("settings", "retention", "0.5"), "0.70 to 0.97"),
        (("settings", "roles", " , "), "One role at least"),
        (("put-away", "restore", "1"), "not in the list"),
        (("put-away", "restore"), ""),
        (("stars", "remove", "1", "--all"), ""),
        (("study", "--plain", "--mistakes", "--stars"), ""),
        (("study", "--plain", "--mistakes", "--new", "3"), ""),
    ],
)
def test_what_cannot_be_is_told_and_makes_no_record(home: Path, arguments: tuple[str, ...], why: str) -> None:
    done = anna(home, *arguments)
    assert done.status == 2
    assert why in done.err
    assert not (home / "progress").exists()


def test_a_change_goes_into_the_record_of_the_one_who_trains_here(home: Path) -> None:
    told(home, "roles", "add", "props")
    assert ran("roles", "add", "ASM", "--home", home).status == 0
    assert learned(home) == ["props", "assistant-stage-manager"]


# A role that is named


def test_sessions_and_proofs_take_roles_as_people_write_them(home: Path) -> None:
    told(home, "roles", "add", "ASM")
    for arguments in (("quiz", "Prop Master"), ("quiz", "prop", "master"), ("study", "props/titles")):
        assert "· Props Supervisor / Props Master" in told(home, *arguments, "--plain", typed=":q\n")
    assert "props/levels/" in told(home, "decks", "show", "Prop Master/levels")
    assert "wardrobe-supervisor/" in told(home, "decks", "show", "levels"), "proofs are of all sheets"
    done = anna(home, "quiz", "manager", "--plain")
    assert (done.status, "may mean" in done.err) == (2, True)


def test_the_decks_of_your_roles_come_first_and_the_library_is_named(home: Path) -> None:
    told(home, "roles", "add", "props")
    out = told(home, "decks")
    yours, _, library = out.partition("In the library")
    assert "props/levels" in yours
    assert "theatre-vocabulary/meanings" in yours
    assert "wardrobe-supervisor/levels" in library
    rows = json.loads(told(home, "decks", "--json"))
    assert {row["id"].partition("/")[0] for row in rows if row["yours"]} == {"props", "theatre-vocabulary"}


# Settings


def test_settings_are_told_and_set(home: Path) -> None:
    assert "minutes    not chosen" in told(home, "settings")
    assert told(home, "settings", "minutes", "15") == "minutes    15\n"
    told(home, "settings", "region", "uk")
    assert "once some cards were met" in told(home, "settings", "retention", "85 %")
    told(home, "settings", "roles", "ASM, prop master")
    assert json.loads(told(home, "settings", "--json")) == {
        "roles": ["assistant-stage-manager", "props"],
        "paused": [],
        "minutes": 15,
        "region": "UK",
        "retention": 0.85,
    }
    assert json.loads(told(home, "settings", "region", "--json")) == "UK"
    told(home, "settings", "minutes", "none")
    told(home, "settings", "region", "NONE")
    assert "region     not chosen" in told(home, "settings", "region")
    assert "Assistant Stage Manager, Props" in told(home, "settings", "roles")


def test_a_retention_tells_what_it_costs_once_cards_were_met(home: Path) -> None:
    told(home, "study", "--plain", typed="1\n" * 40)
    assert "of reviews a day this week, of the" in told(home, "settings", "retention", "0.95")
    assert "next start" in told(home, "settings", "retention", "0.9")


@pytest.mark.parametrize(
    ("minutes", "time"), [(0.4, "less than a minute"), (1.2, "about 1 minute"), (7.6, "about 8 minutes")]
)
def test_what_a_retention_costs_is_told_in_minutes(minutes: float, time: str) -> None:
    cost = RetentionCost(retention=0.9, cards=1, reviews=4, minutes=minutes)
    assert (
        cost_line(cost).split()
        == f"That is {time} of reviews a day this week, of the 1 card that you met.".split()
    )


# Marks


@pytest.fixture
def marked(home: Path) -> list[str]:
    """Put a card away, star one, and doubt two; return their ids."""
    with Engine.open(Home(home), "anna") as engine:
        cards = [card.id for card in engine.library.select(["props/levels"])][:4]
        engine.put_away(cards[0])
        engine.star(cards[1])
        engine.doubt(cards[2], "typo")
        engine.doubt(cards[3], "unfair")
    return cards


def test_what_was_put_away_is_listed_and_restored(home: Path, marked: list[str]) -> None:
    for command in (("put-away",), ("put-away", "list")):
        out = told(home, *command)
        assert out.startswith("  1  Level indicators · Props Supervisor")
        assert marked[0] in out
    assert [each["card"] for each in json.loads(told(home, "put-away", "--json"))] == marked[:1]
    assert "1 card" in told(home, "put-away", "restore", "1")
    assert "No card was put away" in told(home, "put-away")
    assert anna(home, "put-away", "restore", marked[0]).status == 2


def test_stars_are_listed_studied_and_removed(home: Path, marked: list[str]) -> None:
    assert marked[1] in told(home, "stars")
    assert "0 done, 1 to go" in told(home, "study", "--stars", "--plain", typed=":q\n")
    told(home, "stars", "remove", marked[1])
    assert "No card has a star" in told(home, "stars")
    assert "No card has a star here" in told(home, "study", "--stars", "--plain")


def test_doubts_are_for_whoever_keeps_the_decks(home: Path, marked: list[str]) -> None:
    assert f"  1  {DOUBTS['unfair']}." in told(home, "doubts")
    rows = list(csv.DictReader(io.StringIO(told(home, "doubts", "--csv"))))
    assert [(row["card"], row["reason"]) for row in rows] == [
        (marked[3], DOUBTS["unfair"]),
        (marked[2], DOUBTS["typo"]),
    ]
    assert all(row["asks"] and row["answer"] for row in rows)
    assert json.loads(told(home, "doubts", "--json"))[1]["reason"] == DOUBTS["typo"]
    assert "2 cards" in told(home, "doubts", "remove", "--all")
    assert "No card is doubted" in told(home, "doubts")


def test_an_export_holds_the_marks_and_the_choices_and_brings_them_back(
    home: Path, marked: list[str], tmp_path: Path
) -> None:
    told(home, "roles", "add", "props", "ASM")
    told(home, "roles", "pause", "ASM")
    file = tmp_path / "anna.json"
    file.write_text(told(home, "export", "--out", "-"), encoding="utf-8")
    other = tmp_path / "other"
    assert ran("import-progress", file, "--home", other).status == 0
    assert told(other, "doubts", "--csv") == told(home, "doubts", "--csv")
    assert told(other, "roles", "--json") == told(home, "roles", "--json")
    assert marked[1] in told(other, "stars")


def test_mistakes_are_asked_on_the_command_line(home: Path) -> None:
    assert "You missed nothing" in told(home, "study", "--mistakes", "--plain")
    with Engine.open(Home(home), "anna") as engine:
        engine.choose_roles(["props"])
        for _ in range(2):
            session = engine.again([next(iter(engine.library.select(["props/levels"])))])
            assert session.question
            session.answer(wrong(session.question))
    assert "0 done, 1 to go" in told(home, "study", "--mistakes", "--plain", typed=":q\n")


# An import that is learned at once


def test_an_imported_role_is_learned_at_once(home: Path, tmp_path: Path) -> None:
    told(home, "roles", "add", "props")
    page = tmp_path / "page.txt"
    page.write_text(FULL, encoding="utf-8")
    out = told(home, "import", "--learn", page)
    assert "Among your roles" in out
    assert learned(home)[0] == "props"
    assert len(learned(home)) == 2
    told(home, "import", "--learn", page)
    assert len(learned(home)) == 2
    for other in (("--dry-run",), ("--out", tmp_path)):
        assert anna(home, "import", "--learn", page, *other).status == 2


def test_learning_a_list_of_words_says_that_it_needs_no_choice(home: Path, tmp_path: Path) -> None:
    told(home, "roles", "add", "props")
    words = tmp_path / "words.csv"
    words.write_text("Term;Meaning\nGobo;A metal template\nIris;A shutter\n", encoding="utf-8")
    out = told(home, "import", "--name", "Rigging words", "--learn", words)
    assert "words go with every role that you learn" in out
    assert learned(home) == ["props"]
    assert "Among your roles" in told(home, "import", "--into", "ASM", "--learn", words)
    assert learned(home) == ["props", "assistant-stage-manager"]
