"""One member on two computers, and homes that are copies of each other, by real processes."""

import json
import shutil
import time
from pathlib import Path

import pytest

from tests.recruiters import Recruiter, answers, later, typed

pytestmark = pytest.mark.slow
DRILL = ("drill", "new", "Levels", "ASM/levels", "-n", "5", "--attempts", "2", "--seed", "0")


@pytest.fixture
def lead(tmp_path: Path) -> Recruiter:
    found = Recruiter(tmp_path, "lead")
    found.run("team", "create", found.share, "--name", "Casting", "--alias", "Lead", "--yes")
    file = tmp_path / "levels.drill.toml"
    found.run(*DRILL, "--into", file)
    found.run("drill", "publish", file)
    return found


def computer(folder: Path, name: str) -> Recruiter:
    """Return Anna at one of her computers."""
    found = Recruiter(folder, "anna")
    found.home = folder / name
    return found


def row(lead: Recruiter) -> dict[str, object]:
    (found,) = json.loads(lead.run("team", "report", "--format", "json"))["drills"][0]["people"]
    return dict(found)


def lines(share: Path) -> dict[str, list[str]]:
    """Return what lies there of others than the lead, by file."""
    found = {path.name: path.read_text().splitlines() for path in (share / "results").iterdir()}
    return {name: said for name, said in found.items() if '"lead":true' not in said[0]}


def another_second() -> None:
    """Wait until lines say another time: they go by seconds, and nobody is on two computers in one."""
    time.sleep(1.1)


def test_two_computers_of_one_member_are_one_in_all_that_counts(lead: Recruiter, tmp_path: Path) -> None:
    desk, laptop, share = computer(tmp_path, "desk"), computer(tmp_path, "laptop"), lead.share
    join = ("team", "join", share, "--alias", "Anna", "--yes")
    desk.run(*join)
    laptop.run(*join, status=2)
    another_second()
    assert 'There is no "Ben" in this team' in laptop.refused(*join[:4], "Ben", "--yes", "--again")
    laptop.run(*join, "--again")
    assert "Anna  (from 2 computers)" in lead.run("team", "members")

    assert "2 of 5 right" in desk.run("drill", "take", typed=typed(answers(share, wrong=(0, 1, 2))))
    assert "tried 1 of 2" in laptop.run("drill")
    assert "5 of 5 right" in laptop.run("drill", "take", typed=typed(answers(share)))
    found = row(lead)
    assert (found["who"], found["state"], found["tries"], found["first"], found["best"]) == (
        *("Anna", "passed", 2),
        *(40, 100),
    )
    assert sorted(map(len, lines(share).values())) == [2, 2]
    assert "passed" in desk.run("drill")
    assert "whether it stayed" in desk.refused("drill", "take", "Levels")
    assert "check now" in later(desk, 6, "drill")

    laptop.run("team", "leave", "--yes")
    left = lines(share)
    assert [[json.loads(line)["kind"] for line in said] for said in lines(share).values()] == [["left"]] * 2
    assert "Anna" not in lead.run("team", "report")
    assert 'You left "Casting" from another computer' in desk.refused("drill", "send")
    assert "You are in no team" in desk.refused("team")
    assert lines(share) == left


def test_a_copy_of_a_home_does_no_harm_and_is_told(lead: Recruiter, tmp_path: Path) -> None:
    own, copy, share = computer(tmp_path, "own"), computer(tmp_path, "copy"), lead.share
    own.run("team", "join", share, "--alias", "Anna", "--yes")
    shutil.copytree(own.home, copy.home)
    away = share.with_name("away")
    by_mail = tmp_path / "levels.by-mail.drill.toml"
    by_mail.write_bytes(next((share / "drills").iterdir()).read_bytes())

    own.run("drill", "take", typed=typed(answers(share, wrong=(0,))))
    numbers = answers(share)
    another_second()
    share.rename(away)
    copy.run("drill", "take", by_mail, typed=typed(numbers))
    away.rename(share)
    told = copy.run("drill", "send", err=True)
    assert "lies a result of yours that this home does not know" in told
    assert len(lines(share)) == 2
    assert copy.run("drill", "send", err=True).count("does not know") == 0
    assert own.run("drill", "send", err=True).count("does not know") == 0
    found = row(lead)
    assert (found["tries"], found["first"], found["best"]) == (1, 80, 80)
    assert "Anna, levels, attempt 1: was made twice" in lead.run("team", "report")

    own.run("team", "leave", "--yes")
    copy.refused("drill", "send")
    assert [[json.loads(line)["kind"] for line in said] for said in lines(share).values()] == [["left"]] * 2


def test_a_home_that_was_put_back_from_a_backup_knows_what_was_sent(lead: Recruiter, tmp_path: Path) -> None:
    own, share, backup = computer(tmp_path, "own"), lead.share, tmp_path / "backup"
    own.run("team", "join", share, "--alias", "Anna", "--yes")
    shutil.copytree(own.home, backup)
    own.run("drill", "take", typed=typed(answers(share)))
    shutil.rmtree(own.home)
    backup.rename(own.home)
    assert "passed" in own.run("drill")
    assert "whether it stayed" in own.refused("drill", "take", "Levels")
    assert "lies a result of yours" in own.run("drill", "send", err=True)
    assert (row(lead)["tries"], row(lead)["best"]) == (1, 100)
