"""Recruiters who are processes of their own, and the drill that they take wherever their team is."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.cards.shipped import ASM
from tests.commands import clean_environment, trainer
from trainer.material.sheet import Sheet
from trainer.material.toml_items import new_file
from trainer.sharing.drill_file import read_published
from trainer.sharing.results import questions_of

NAMES = ("anna", "ben", "cara", "dan", "eve", "finn", "gus")
QUESTIONS = 5
_SENT = re.compile(r'^  (\{"kind":.*"\})$', re.MULTILINE)
_AGO = -2
"""Days: the drill was set so long ago, as a database takes no result of days to come."""
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
        words = (*arguments, "--home", self.home, "--recruiter", self.name)
        done = trainer(*words, typed=typed, program=_by_clock(_AGO))
        assert done.returncode == status, done
        return self.noted(done.stdout) + (done.stderr if err else "")

    def refused(self, *arguments: str | Path) -> str:
        return self.run(*arguments, status=2, err=True)

    def join(self) -> None:
        self.run("team", "join", self.share, "--alias", self.name.title(), "--yes")

    def start(self, *, days: int = 0) -> subprocess.Popen[str]:
        """Take the drill, so many days after it was set."""
        return subprocess.Popen(
            [
                sys.executable,
                *_by_clock(_AGO + days),
                "drill",
                "take",
                "--home",
                self.home,
                "--recruiter",
                self.name,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=clean_environment(),
        )

    def noted(self, out: str) -> str:
        self.agreed |= {f"{line}\n" for line in _SENT.findall(out)}
        return out


def _by_clock(days: int) -> list[str]:
    """Return how Python runs trainer by a clock that is so many days ahead."""
    return ["-c", _LATER, str(days)]


def set_drill(lead: Recruiter) -> Path:
    """Have a lead make and publish the drill, due today; return its file."""
    file = lead.home.parent / "levels.drill.toml"
    said = ("-n", str(QUESTIONS), "--due", "today", "--seed", "0", "--into", file)
    lead.run("drill", "new", "Levels", "ASM/levels", "ASM/synonyms", *said)
    lead.run("drill", "publish", file)
    return file


def take_at_once(people: Mapping[str, Recruiter], share: Path) -> None:
    """Have Anna and Ben take the drill at the same moment; Ben misses two."""
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


def take_two_days_late(dan: Recruiter, share: Path) -> None:
    """Take the drill by a clock that is two days ahead of the others'."""
    out, err = dan.start(days=2).communicate(typed(answers(share)))
    assert "Sent." in dan.noted(out), err


def answered_three(cara: Recruiter, numbers: Sequence[str]) -> subprocess.Popen[str]:
    """Begin the drill, and return it once three answers are acknowledged."""
    process = cara.start()
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n".join(["", *numbers[:3], ""]))
    process.stdin.flush()
    seen = ""
    while "[3 done" not in seen:
        seen += process.stdout.read(1)
    return process


def check_report(lead: Recruiter, eve: tuple[str, int | None, bool]) -> Sequence[str]:
    """See that the report is right about each, today and when the drill is over; return what it tells.

    How it stands with Eve, whose result was tampered with, is what the place makes of that.
    """
    found = json.loads(lead.run("team", "report", "--format", "json"))
    standing = {row["who"]: (row["state"], row["best"], row["late"]) for row in found["drills"][0]["people"]}
    assert standing == {
        "Anna": ("passed", 100, False),
        "Ben": ("failed", 60, False),
        "Cara": ("passed", 80, False),
        "Dan": ("not started", None, False),
        "Eve": eve,
        "Finn": ("passed", 100, False),
        "Gus": ("passed", 100, False),
    }
    assert [each for each in found["to_look_at"] if "which is ahead" in each]
    then = json.loads(later(lead, 3, "team", "report", "--format", "json"))
    by_then = {row["who"]: row for row in then["drills"][0]["people"]}
    assert (by_then["Dan"]["state"], by_then["Dan"]["late"]) == ("passed", True)
    assert by_then["Eve"]["state"] == ("overdue" if eve[1] is None else eve[0])
    return list(found["to_look_at"])


def later(who: Recruiter, days: int, *arguments: str) -> str:
    """Return what a command says so many days later."""
    words = [*arguments, "--home", str(who.home), "--recruiter", who.name]
    done = trainer(*words, program=_by_clock(_AGO + days))
    assert done.returncode == 0, done
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


def older_sheets(gus: Recruiter) -> None:
    """Give somebody a sheet of the role that has its titles alone."""
    titles = Sheet(format=1, id=ASM.id, name=ASM.name, industry=ASM.industry, titles=ASM.titles)
    decks = gus.home / "decks"
    decks.mkdir(parents=True)
    (decks / "mine.toml").write_text(new_file(titles, [], {}))
