"""Totals are what the results come to, whatever is sent, sent again, taken back, at once or by whom."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from msgspec.structs import replace

from tests.sharing.drills import NOW, published, result
from tests.sharing.teams import PostgresTeam, line_of
from trainer.sharing.drill import Published
from trainer.sharing.lines import CHECK, Left, Member, Result, encoded, id_of
from trainer.sharing.totals import Totals, added, counted

pytestmark = pytest.mark.slow


def sums(team: PostgresTeam, drills: Sequence[Published]) -> Totals:
    """Return the totals of a team, which have to be what its lines come to."""
    lead = team.lead
    kept = lead.totals()
    assert kept
    lines = [line for line, _ in lead.results().lines]
    people = sum(isinstance(line, Member) and not line.lead for line in lines)
    results = [line for line in lines if isinstance(line, Result)]
    of_drills = {
        each.drill.id: counted(each.drill, [line for line in results if line.drill == each.drill.id])
        for each in drills
    }
    assert {each.drill: each for each in kept.drills if each.results} == {
        id_: each for id_, each in of_drills.items() if each.results
    }
    assert kept.people == people
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
    made = result(drill, number, chance.randrange(4), attempt=attempt)
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
