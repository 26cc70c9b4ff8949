"""What a team's database takes and refuses, whatever is sent and by how many at once."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from tests.sharing.drills import NOW, result
from tests.sharing.teams import PostgresTeam
from tests.sharing.test_lines import signed
from trainer.errors import TeamError
from trainer.sharing.drill import Published
from trainer.sharing.lines import Member, encoded, id_of
from trainer.sharing.place import open_team_place

pytestmark = pytest.mark.slow


# Clocks


def test_a_clock_that_is_wrong_is_told_and_spoils_nothing(
    in_postgres: PostgresTeam, drill: Published
) -> None:
    in_postgres.lead.publish(drill)
    place = in_postgres.of(1)
    for year in (1970, 2019, 2199):
        at = datetime(year, 1, 1, tzinfo=UTC)
        line = encoded(result(drill, 1, started=at, at=at))
        (why,) = place.submit("", "", [line]).values()
        assert why in {
            "it is dated ahead: look at the clock of the computer",
            "it is dated long ago: look at the clock of the computer",
        }
    backwards = encoded(result(drill, 1, started=NOW, at=NOW - timedelta(hours=1)))
    assert place.submit("", "", [backwards]) == {backwards: "it ended before it began"}
    assert place.submit("", "", [encoded(result(drill, 1))]) == {}


# Lines


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"\0" * 60,
        b"x" * 200_000,
        b'{"kind":"result","format":1,"id":"\\u0000","sum":"0000000000000000"}\n',
        b"[" * 5000 + b"]" * 5000 + b"\n",
        "nobody's line".encode("utf-16"),
    ],
)
def test_what_is_no_line_is_refused_and_others_are_taken(
    in_postgres: PostgresTeam, drill: Published, line: bytes
) -> None:
    in_postgres.lead.publish(drill)
    good = encoded(result(drill, 1))
    refused = in_postgres.of(1).submit("", "", [line, good])
    assert list(refused) == [line]
    assert len(in_postgres.lead.results().lines) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"right": 7, "of": 6},
        {"right": 5},
        {"of": 5},
        {"decks": {}},
        {"decks": {"answers": (6, 5)}},
        {"items": (True,) * 5},
        {"items": (True,) * 7},
        {"items": (None,) * 6},
        {"attempt": 2},
        {"fingerprint": "0" * 32},
        {"member": f"{2:016x}"},
        {"alias": "Somebody else"},
        {"id": "0" * 24},
        {"chosen": ((),) * 6},
        {"doubtful": (1,)},
        {"ratings": (None,) * 6},
        {"started": NOW - timedelta(days=1), "at": NOW},
    ],
)
def test_what_can_not_be_is_refused(
    in_postgres: PostgresTeam, drill: Published, change: dict[str, Any]
) -> None:
    limited = Published(replace(drill.drill, time_limit=60), drill.fingerprint, drill.data)
    in_postgres.lead.publish(limited)
    in_postgres.of(2)
    said = {**change}
    if "fingerprint" in said or "attempt" in said or "member" in said:
        whose = (
            said.get("fingerprint", drill.fingerprint),
            said.get("member", f"{1:016x}"),
            said.get("attempt", 1),
        )
        said["id"] = id_of("result", *whose)
    place = in_postgres.of(1)
    line = encoded(result(drill, 1, **said))
    assert list(place.submit("", "", [line])) == [line]
    totals = in_postgres.lead.totals()
    assert totals
    assert sum(each.results for each in totals.drills) == 0
    assert place.submit("", "", [encoded(result(drill, 1))]) == {}


def test_a_line_that_says_a_thing_twice_is_refused(in_postgres: PostgresTeam, drill: Published) -> None:
    in_postgres.lead.publish(drill)
    body = encoded(result(drill, 1)).rpartition(b',"sum":')[0] + b"}"
    for twice in (
        body.replace(b'{"kind"', b'{"member":"0000000000000002","kind"'),
        body.replace(b'{"kind"', b'{"memb\\u0065r":"0000000000000002","kind"'),
        re.sub(rb'"decks":\{("\w+":\[\d+,\d+\])', rb'"decks":{\1,\1', body),
    ):
        line = signed(twice) + b"\n"
        assert in_postgres.of(1).submit("", "", [line]) == {line: "says what can't be"}


# Two at once


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Return what each step came to, an error too, where all begin in the same instant."""
    begin, done = threading.Barrier(len(steps)), [object()] * len(steps)

    def run(place: int) -> None:
        begin.wait()
        try:
            done[place] = steps[place]()
        except TeamError as error:
            done[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(steps))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return done


def test_two_leads_who_publish_at_once_leave_one_drill(in_postgres: PostgresTeam, drill: Published) -> None:
    other = in_postgres.lead.invite("Other", lead=True).address
    first, second = in_postgres.lead, open_team_place(other.secret)
    line = Member(id="m", member="f" * 16, alias="Other", lead=True, at=NOW)
    assert second.submit("", "", [encoded(line)]) == {}
    for number in range(8):
        id_ = f"drill-{number}"
        one, two = (
            Published(replace(drill.drill, id=id_), f"{digit}" * 32, drill.data + digit.encode())
            for digit in "ab"
        )
        done = at_once(partial(first.publish, one), partial(second.publish, two))
        assert sorted(isinstance(each, TeamError) for each in done) == [False, True]
        assert "has another drill" in str(next(each for each in done if isinstance(each, TeamError)))
        with in_postgres.server.admin(in_postgres.database) as admin:
            row = admin.execute("select count(*) from trainer.items where drill = %s", (id_,)).fetchone()
        assert row == (6,)


def test_one_alias_is_given_to_one_of_those_who_join_at_once(in_postgres: PostgresTeam) -> None:
    for number in range(6):
        places = [
            open_team_place(in_postgres.lead.invite(f"X{number}{at}", lead=False).address.secret)
            for at in range(3)
        ]
        lines = [
            encoded(
                Member(id=f"m{at}", member=f"{number}{at}".rjust(16, "a"), alias=f"Anna {number}", at=NOW)
            )
            for at in range(3)
        ]
        done = at_once(
            *(partial(place.submit, "", "", [line]) for place, line in zip(places, lines, strict=True))
        )
        assert sorted(len(each) for each in done if isinstance(each, dict)) == [0, 1, 1]


def test_closing_removing_and_pruning_while_others_send_end_in_a_whole(
    in_postgres: PostgresTeam, drill: Published
) -> None:
    in_postgres.lead.publish(drill)
    for number in range(1, 9):
        in_postgres.of(number)

    def send(number: int) -> Callable[[], object]:
        return lambda: in_postgres.opened(number).submit("", "", [encoded(result(drill, number))])

    done = at_once(
        *map(send, range(1, 9)),
        lambda: in_postgres.lead.close(drill.drill.id),
        lambda: in_postgres.lead.remove_member("Member 3"),
        in_postgres.lead.prune,
    )
    assert not any(isinstance(each, TeamError) for each in done[:2] + done[3:8]), "but for who was removed"
    assert in_postgres.lead.check() == []
