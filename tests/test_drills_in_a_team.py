"""A drill from the lead's first command to the report, by real processes in a shared folder."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cards.shipped import ASM
from tests.commands import trainer
from trainer.material.sheet import Sheet
from trainer.material.toml_items import new_file
from trainer.sharing.drill_file import read_published
from trainer.sharing.results import questions_of

pytestmark = pytest.mark.slow

QUESTIONS = 5
_SENT = re.compile(r'^  (\{"kind":.*"\})$', re.MULTILINE)
_LATER = """
import sys
from datetime import timedelta
from trainer.memory import calendar
now, later = calendar.system_clock, timedelta(days=int(sys.argv.pop(1)))
calendar.system_clock = lambda: now() + later
from trainer.__main__ import main
main()
"""


class Recruiter:
    """Somebody with a home of their own, who notes what they agreed to send."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.home, self.share = name, folder / name, folder / "share"
        self.agreed: set[str] = set()

    def run(self, *arguments: str | Path, typed: str = "", status: int = 0, err: bool = False) -> str:
        done = trainer(*arguments, "--home", self.home, "--recruiter", self.name, typed=typed)
        assert done.returncode == status, done
        return self.noted(done.stdout) + (done.stderr if err else "")

    def refused(self, *arguments: str | Path) -> str:
        return self.run(*arguments, status=2, err=True)

    def join(self) -> None:
        self.run("team", "join", self.share, "--alias", self.name.title(), "--yes")

    def start(self, *, days: int | None = None) -> subprocess.Popen[str]:
        program = ["-m", "trainer"] if days is None else ["-c", _LATER, str(days)]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("TRAINER_")}
        return subprocess.Popen(
            [sys.executable, *program, "drill", "take", "--home", self.home, "--recruiter", self.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=clean,
        )

    def noted(self, out: str) -> str:
        self.agreed |= {f"{line}\n" for line in _SENT.findall(out)}
        return out


def later(who: Recruiter, days: int, *arguments: str) -> str:
    """Return what a command says so many days later."""
    words = [*arguments, "--home", str(who.home), "--recruiter", who.name]
    done = subprocess.run(
        [sys.executable, "-c", _LATER, str(days), *words], capture_output=True, text=True, check=True
    )
    return done.stdout


def answers(share: Path, wrong: Sequence[int] = ()) -> list[str]:
    """Return the numbers to type for each question, wrong ones at some places."""
    drill = read_published(next((share / "drills").iterdir()))
    found = []
    for place, posed in enumerate(questions_of(drill, 1, "")):
        options = posed.question.options
        wanted = (number for number, option in enumerate(options, 1) if option.right != (place in wrong))
        found.append(str(next(wanted)))
    return found


def typed(numbers: Sequence[str]) -> str:
    return "\n".join(["", *numbers, "y", ""])


@pytest.fixture
def people(tmp_path: Path) -> dict[str, Recruiter]:
    return {
        name: Recruiter(tmp_path, name)
        for name in ("lead", "anna", "ben", "cara", "dan", "eve", "finn", "gus")
    }


def test_seven_take_a_drill_and_the_report_is_right_about_each(
    people: dict[str, Recruiter], tmp_path: Path
) -> None:
    lead, share = people["lead"], tmp_path / "share"
    lead.run("team", "create", share, "--name", "Casting", "--alias", "Lead", "--yes")
    file = tmp_path / "levels.drill.toml"
    made = (
        "drill",
        "new",
        "Levels",
        "ASM/levels",
        "ASM/synonyms",
        "-n",
        str(QUESTIONS),
        "--due",
        "today",
        "--seed",
        "0",
    )
    lead.run(*made, "--into", file)
    lead.run("drill", "publish", file)
    for name in ("anna", "ben", "cara", "dan", "eve", "finn", "gus"):
        people[name].join()

    at_once = [people["anna"].start(), people["ben"].start()]
    said = [typed(answers(share)), typed(answers(share, wrong=(0, 1)))]
    for process, text in zip(at_once, said, strict=True):
        assert process.stdin
        process.stdin.write(text)
        process.stdin.flush()
    for name, process in zip(("anna", "ben"), at_once, strict=True):
        out, err = process.communicate()
        assert (process.returncode, err) == (0, ""), out
        people[name].noted(out)

    _killed_in_the_middle(people["cara"], share)

    out, err = people["dan"].start(days=2).communicate(typed(answers(share)))
    assert "Sent." in people["dan"].noted(out), err

    people["eve"].run("drill", "take", typed=typed(answers(share, wrong=(0, 1, 2))))
    own = _file_of(share, people["eve"])
    own.write_text(own.read_text().replace(f'"right":2,"of":{QUESTIONS}', f'"right":5,"of":{QUESTIONS}'))

    _while_the_folder_is_away(people["finn"], lead, share)

    older_sheets(people["gus"])
    people["gus"].run("drill", "take", typed=typed(answers(share)))
    history = json.loads(people["gus"].run("export", "--out", "-"))["reviews"]
    assert {review["card"].split("/")[1] for review in history.values()} == {"synonyms"}

    found = json.loads(lead.run("team", "report", "--format", "json"))
    standing = {row["who"]: (row["state"], row["best"], row["late"]) for row in found["drills"][0]["people"]}
    assert standing == {
        "Anna": ("passed", 100, False),
        "Ben": ("failed", 60, False),
        "Cara": ("passed", 80, False),
        "Dan": ("not started", None, False),
        "Eve": ("not started", None, False),
        "Finn": ("passed", 100, False),
        "Gus": ("passed", 100, False),
    }
    told = "\n".join(found["to_look_at"])
    assert "which is ahead" in told
    assert "its checksum is wrong" in told
    then = json.loads(later(lead, 3, "team", "report", "--format", "json"))
    by_then = {row["who"]: row for row in then["drills"][0]["people"]}
    assert (by_then["Dan"]["state"], by_then["Dan"]["late"]) == ("passed", True)
    assert by_then["Eve"]["state"] == "overdue"

    own.write_text(own.read_text().replace(f'"right":5,"of":{QUESTIONS}', f'"right":2,"of":{QUESTIONS}'))
    lines = {
        line for path in (share / "results").iterdir() for line in path.read_text().splitlines(keepends=True)
    }
    assert lines == set().union(*(each.agreed for each in people.values()))
    assert len(lines) == 8 + 7


def _killed_in_the_middle(cara: Recruiter, share: Path) -> None:
    """Answer three, be killed, and go on: the same questions, and the first answers count."""
    numbers = answers(share, wrong=(1,))
    process = cara.start()
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n".join(["", *numbers[:3], ""]))
    process.stdin.flush()
    seen = ""
    while "[3 done" not in seen:
        seen += process.stdout.read(1)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    out = cara.run("drill", "take", typed=typed(numbers[3:]))
    assert "You go on where you left: 3 answered." in out
    assert f"4 of {QUESTIONS} right, 80 %. Passed." in out
    history = json.loads(cara.run("export", "--out", "-"))["reviews"]
    assert len(history) == QUESTIONS


def _while_the_folder_is_away(finn: Recruiter, lead: Recruiter, share: Path) -> None:
    """Take the drill as a file, and agree to send what waits until the folder is back."""
    away, copy = share.with_name("away"), share.with_name("levels.by-mail.drill.toml")
    copy.write_bytes(next((share / "drills").iterdir()).read_bytes())
    numbers = answers(share)
    share.rename(away)
    finn.run("drill", "take", status=2)
    finn.run("drill", "take", copy, typed=typed(numbers))
    away.rename(share)
    assert "not started" in lead.run("team", "report").split("Finn")[1].splitlines()[0]
    assert "Sent." in finn.run("drill", "send")


def _file_of(share: Path, who: Recruiter) -> Path:
    (member,) = (who.home / "teams").glob("*/member.json")
    own = json.loads(member.read_text())
    return share / "results" / f"{own['member']}-{own['device']}.jsonl"


def older_sheets(gus: Recruiter) -> None:
    """Give somebody a sheet of the role that has its titles alone."""
    titles = Sheet(format=1, id=ASM.id, name=ASM.name, industry=ASM.industry, titles=ASM.titles)
    decks = gus.home / "decks"
    decks.mkdir(parents=True)
    (decks / "mine.toml").write_text(new_file(titles, [], {}))
