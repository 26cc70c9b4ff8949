"""A drill from the lead's first command to the report, by real processes in a shared folder."""

import json
import signal
from pathlib import Path

import pytest

from tests.recruiters import (
    NAMES,
    QUESTIONS,
    Recruiter,
    answered_three,
    answers,
    check_report,
    older_sheets,
    set_drill,
    take_at_once,
    take_two_days_late,
    typed,
)  # fmt: skip

pytestmark = pytest.mark.slow


@pytest.fixture
def people(tmp_path: Path) -> dict[str, Recruiter]:
    return {name: Recruiter(tmp_path, name) for name in ("lead", *NAMES)}


def test_seven_take_a_drill_and_the_report_is_right_about_each(
    people: dict[str, Recruiter], tmp_path: Path
) -> None:
    lead, share = people["lead"], tmp_path / "share"
    lead.run("team", "create", share, "--name", "Casting", "--alias", "Lead", "--yes")
    set_drill(lead)
    for name in NAMES:
        people[name].join()

    take_at_once(people, share)
    _killed_in_the_middle(people["cara"], share)

    take_two_days_late(people["dan"], share)
    people["eve"].run("drill", "take", typed=typed(answers(share, wrong=(0, 1, 2))))
    own = _file_of(share, people["eve"])
    own.write_text(own.read_text().replace(f'"right":2,"of":{QUESTIONS}', f'"right":5,"of":{QUESTIONS}'))

    _while_the_folder_is_away(people["finn"], lead, share)

    older_sheets(people["gus"])
    people["gus"].run("drill", "take", typed=typed(answers(share)))
    history = json.loads(people["gus"].run("export", "--out", "-"))["reviews"]
    assert {review["card"].split("/")[1] for review in history.values()} == {"synonyms"}

    told = check_report(lead, eve=("not started", None, False))
    assert [each for each in told if "its checksum is wrong" in each]

    own.write_text(own.read_text().replace(f'"right":5,"of":{QUESTIONS}', f'"right":2,"of":{QUESTIONS}'))
    lines = {
        line for path in (share / "results").iterdir() for line in path.read_text().splitlines(keepends=True)
    }
    assert lines == set().union(*(each.agreed for each in people.values()))
    assert len(lines) == 8 + 7


def _killed_in_the_middle(cara: Recruiter, share: Path) -> None:
    """Answer three, be killed, and go on: the same questions, and the first answers count."""
    numbers = answers(share, wrong=(1,))
    process = answered_three(cara, numbers)
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
