"""Totals are what the results come to, whatever is sent, sent again, taken back, at once or by whom."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.sharing.drills import NOW, published, result
from tests.sharing.teams import PostgresTeam, line_of
from trainer.reports.team import counted_of
from trainer.reports.team_lines import lines_of
from trainer.reports.team_summary import team_summary
from trainer.sharing.drill import Published
from trainer.sharing.lines import CHECK, Left, Member, Result, encoded, id_of
from trainer.sharing.place import DAYS_A_MONTH, TeamSettings
from trainer.sharing.totals import Totals, added, counted

pytestmark = pytest.mark.slow


def sums(team: PostgresTeam, drills: Sequence[Published]) -> Totals:
    """Return the totals of a team, which have to be what the report counts of its lines."""
    lead = team.lead
    kept = lead.totals()
    assert kept
    told: list[str] = []
    settings = TeamSettings(id=team.settings.id, name=team.settings.name)
    people, results = counted_of(settings, drills, lines_of(lead.results().lines), NOW, told)
    assert told == []
    of_drills = {each.drill.id: counted(each.drill, results.get(each.drill.id, ())) for each in drills}
    assert {each.drill: each for each in kept.drills if each.results} == {
        id_: each for id_, each in of_drills.items() if each.results
    }
    assert kept.people == sum(each.member and not each.lead for each in people)
    assert lead.check() == []
    return kept


def test_totals_follow_whatever_is_sent_and_taken_away(in_postgres: PostgresTeam) -> None:
    chance = random.Random(21)
    drills = [published(attempts=3), published(title="Other", attempts=3, share=("score",))]
    for each in drills:
        in_postgres.lead.publish(each)
    members = list(range(1, 7))
    for _ in range(60):
        number = chance.choice(members)
        who = f"{number:016x}"
        place = in_postgres.of(number)
        match chance.randrange(10):
            case 0:
                place.keep(who, "d", lambda line: isinstance(line, Member) or chance.random() < 0.5)
            case 1 if number > 4:
                place.withdraw(who, "d", encoded(Left(id=id_of("left", who), member=who, at=NOW)))
                members.remove(number)
            case _:
                sent = [encoded(drawn(each, number, chance)) for each in drills]
                place.submit(who, "d", [line_of(number), *sent, *sent])
        sums(in_postgres, drills)
    assert any(each.passed and each.checks and each.firsts for each in sums(in_postgres, drills).drills)


def drawn(drill: Published, number: int, chance: random.Random) -> Result:
    """Return any result of a member, one that may be refused too."""
    attempt = chance.choice([CHECK, 1, 1, 2, 3, 4])
    at = NOW - timedelta(days=chance.choice([0, 4]) if attempt == CHECK else 9)
    said = {"attempt": attempt, "started": at - timedelta(minutes=9), "at": at}
    made = result(drill, number, chance.randrange(4), **said)
    return made if drill.drill.id == "red-flags" else without_items(made)


def without_items(made: Result) -> Result:
    from msgspec import UNSET

    return replace(made, items=UNSET)


def test_many_at_once_are_all_counted_and_each_once(in_postgres: PostgresTeam, drill: Published) -> None:
    in_postgres.lead.publish(drill)
    numbers = range(1, 13)
    places = [in_postgres.of(number) for number in numbers]

    def send(at: int) -> Any:
        number = numbers[at % len(numbers)]
        place = in_postgres.opened(number) if at >= len(numbers) else places[at]
        return place.submit("", "", [encoded(result(drill, number, number % 3))])

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(send, range(36))) == [{}] * 36
    (found,) = sums(in_postgres, [drill]).drills
    assert (found.firsts, found.results) == (12, 12)


def test_who_sends_and_never_ends_it_holds_up_nobody(in_postgres: PostgresTeam, drill: Published) -> None:
    import psycopg

    in_postgres.lead.publish(drill)
    in_postgres.of(1), in_postgres.of(17)  # ids that end in the same digit
    with psycopg.connect(in_postgres.addresses[1].secret) as idle:
        idle.execute("select trainer.submit(%b::bytea[])", ([encoded(result(drill, 1))],))
        # Who waits for a lock is told so, as an error.
        assert in_postgres.of(17).submit("", "", [encoded(result(drill, 17))]) == {}
        assert in_postgres.lead.prune() == 0
    sums(in_postgres, [drill])


def test_sums_can_be_added(drill: Published) -> None:
    results = [result(drill, number, number % 4) for number in range(9)]
    parts = counted(drill.drill, results[:4]), counted(drill.drill, results[4:])
    assert added(*parts) == counted(drill.drill, results)


DAY = timedelta(days=1)


def sent_at(drill: Published, number: int, at: datetime, **said: Any) -> bytes:
    return encoded(result(drill, number, started=at - timedelta(minutes=5), at=at, **said))


def test_a_check_is_taken_once_its_pass_is_there(in_postgres: PostgresTeam, drill: Published) -> None:
    in_postgres.lead.publish(drill)
    passed = sent_at(drill, 1, NOW - 9 * DAY)
    soon, check = (sent_at(drill, 1, NOW - days * DAY, attempt=CHECK) for days in (6, 4))
    place = in_postgres.of(1)
    assert place.submit("", "", [check]) == {check: "there is no pass before it"}
    sums(in_postgres, [drill])
    assert place.submit("", "", [passed, soon]) == {soon: "came too soon after the pass"}
    assert place.submit("", "", [check]) == {}
    (found,) = sums(in_postgres, [drill]).drills
    assert (found.passed, found.checks, found.checks_held) == (1, 1, 1)
    assert place.keep(f"{1:016x}", "", lambda line: encoded(line) != passed) == 2
    assert sums(in_postgres, [drill]).drills[0].results == 0


def test_what_is_dated_ahead_by_more_than_clocks_differ_waits(
    in_postgres: PostgresTeam, drill: Published
) -> None:
    in_postgres.lead.publish(drill)
    now = datetime.now(UTC).replace(microsecond=0)
    for ahead in (timedelta(hours=2), 300 * DAY):
        line = sent_at(drill, 1, now + ahead)
        assert in_postgres.of(1).submit("", "", [line]) == {
            line: "it is dated ahead: look at the clock of the computer"
        }
    assert in_postgres.of(1).submit("", "", [sent_at(drill, 1, now + timedelta(minutes=30))]) == {}


def test_what_grew_old_is_told_until_it_is_removed(in_postgres: PostgresTeam, drill: Published) -> None:
    """Its check, some days younger, goes with it."""
    in_postgres.lead.publish(drill)
    oldest = datetime.now(UTC).replace(microsecond=0) - timedelta(days=12 * DAYS_A_MONTH)
    lines = [sent_at(drill, 1, oldest - DAY), sent_at(drill, 1, oldest + 5 * DAY, attempt=CHECK)]
    lines.append(sent_at(drill, 2, oldest + timedelta(hours=1)))
    for number, sent in ((1, lines[:2]), (2, lines[2:])):
        assert in_postgres.of(number).submit("", "", sent) == {}
    lead = in_postgres.lead
    totals = lead.totals()
    assert totals
    assert totals.old == 1
    heads, _ = lead.drills()
    summary = team_summary(lead.settings, heads, totals, now=datetime.now(UTC))
    (told,) = summary.told
    assert told.startswith("1 result is older than 12 months, and counted here. ")
    assert lead.prune() == 2
    after = lead.totals()
    assert after
    assert (after.old, [each.results for each in after.drills]) == (0, [1])
    assert lead.check() == []
