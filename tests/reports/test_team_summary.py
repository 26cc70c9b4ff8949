"""How a team stands as a whole: the same figures as in the report with a row for each, without a name."""

import csv
import io
import json
from datetime import timedelta

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from tests.sharing.drills import NOW, member, published, result
from trainer.errors import DrillError
from trainer.reports.team import TeamReport, counted_of, team_report
from trainer.reports.team_formats import FORMATS
from trainer.reports.team_lines import Lines, lines_of
from trainer.reports.team_rows import State
from trainer.reports.team_summary import team_summary
from trainer.sharing.drill import Published
from trainer.sharing.lines import CHECK, Result, decoded
from trainer.sharing.place import TeamSettings
from trainer.sharing.totals import Totals, counted

LATER = NOW + timedelta(days=6)
SETTINGS = TeamSettings(id="0" * 16, name="Casting")
PEOPLE = 9


@pytest.fixture(scope="module")
def drill() -> Published:
    return published(attempts=2)


def checked(drill: Published, number: int, days: int, wrong: int = 0) -> Result:
    """Return the delayed check of somebody so many days later."""
    at = NOW + timedelta(days=days)
    return result(drill, number, wrong, attempt=CHECK, started=at, at=at)


@pytest.fixture(scope="module")
def lines(drill: Published) -> Lines:
    """Nine members: one has not begun, three pass at once, three later, one of them was checked.

    Other checks are ahead, come too soon, and without a pass.
    """
    sent = [
        *(decoded(member(number).rstrip()) for number in range(PEOPLE)),
        decoded(member(99, lead=True).rstrip()),
        *(result(drill, number, wrong=number // 2) for number in range(1, PEOPLE)),
        *(result(drill, number, wrong=1, attempt=2) for number in range(6, PEOPLE)),
        checked(drill, 1, 5, wrong=3),
        checked(drill, 2, 9),
        checked(drill, 3, 2),
        checked(drill, 4, 5),
    ]
    return lines_of((line, "a.jsonl") for line in sent)


def summary(drill: Published, lines: Lines, only: str = "") -> TeamReport:
    people, results = counted_of(SETTINGS, [drill], lines, LATER, [])
    joined = sum(each.member and not each.lead for each in people)
    totals = Totals(people=joined, drills=[counted(drill.drill, results.get(drill.drill.id, ()))])
    return team_summary(SETTINGS, [drill], totals, now=LATER, only=only)


def test_it_counts_what_the_rows_say(drill: Published, lines: Lines) -> None:
    (rows,) = team_report(SETTINGS, [drill], lines, now=LATER, whole=lambda _: drill).drills
    (found,) = summary(drill, lines).drills
    assert found.in_all
    states = [row.reached.state for row in rows.rows]
    assert found.in_all.people == len(states) == PEOPLE
    assert found.in_all.counted.passed == states.count(State.PASSED) > 4
    assert found.in_all.counted.firsts == rows.tried_by == len(states) - states.count(State.NOT_STARTED)
    checks = [row.reached for row in rows.rows if row.reached.check is not None]
    assert found.in_all.counted.checks == len(checks) == 1
    assert found.in_all.counted.checks_held == sum(each.check_held for each in checks) == 0
    assert [(each.number, each.wrong, each.of) for each in found.items] == [
        (each.number, each.wrong, each.of) for each in rows.items
    ]
    assert found.items


def test_every_format_tells_it_without_a_name(drill: Published, lines: Lines) -> None:
    said = {name: form(summary(drill, lines)) for name, form in FORMATS.items()}
    for name in ("table", "html"):
        assert "8 of 9 members tried it, 6 passed, 66 % right at first attempts" in said[name]
        assert "0 of 1 delayed check stayed" in said[name]
        assert "Weakest questions" in said[name]
    in_all = json.loads(said["json"])["drills"][0]["in_all"]
    assert (in_all["people"], in_all["counted"]["passed"]) == (9, 6)
    assert len(list(csv.reader(io.StringIO(said["csv"])))) == 1
    assert not any("Member" in text for text in said.values())


@pytest.mark.slow
def test_what_nobody_tried_and_what_is_not_shared_is_told_as_such(drill: Published) -> None:
    assert "0 of 0 members tried it, 0 passed" in FORMATS["table"](summary(drill, Lines()))
    hidden = published(title="Hidden", share=("score",))
    sent = lines_of((replace(result(hidden, number), items=UNSET), "a.jsonl") for number in range(6))
    told = FORMATS["table"](summary(hidden, sent))
    assert "  6 tried it, 6 passed, 100 % right" in told, "by mail: nobody has joined"
    assert "This drill does not share which questions were right." in told


def test_one_drill_is_told_by_its_title_and_an_unknown_one_refused(drill: Published) -> None:
    assert len(summary(drill, Lines(), only="RED FLAGS").drills) == 1
    with pytest.raises(DrillError, match='no drill "other"'):
        summary(drill, Lines(), only="other")
