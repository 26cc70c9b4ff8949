"""What whoever runs the database changes by hand is told by `team check`, however careful they are."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from tests.postgres import Server
from tests.sharing.drills import published, result
from tests.sharing.postgres.conftest import ANNA, BEN
from tests.sharing.teams import PostgresTeam
from trainer.sharing.lines import encoded

pytestmark = pytest.mark.slow
_TOTALS_AFTER = """
delete from trainer.totals;
insert into trainer.totals (
    team, drill, results, firsts, first_rights, first_asked, passed, checks, checks_held,
    item_rights, item_asked
)
select team, drill, results, firsts, first_rights, first_asked, passed, checks, checks_held,
    array(select rights from trainer.recounted_items i where i.drill = r.drill order by number),
    array(select asked from trainer.recounted_items i where i.drill = r.drill order by number)
from trainer.recounted r;
"""
"""Makes the totals fit the results again."""
_LINE_SAYS_MORE = """
update trainer.lines
set line = convert_to(replace(convert_from(line, 'UTF8'), '"right":2', '"right":6'), 'UTF8')
"""
_DIGEST_TOO = "update trainer.results r set digest = sha256(line) from trainer.lines l where l.id = r.id"
CHANGES = (
    "update trainer.results set rights = rights - 1 where member = '{anna}'",
    "update trainer.results set passed = not passed where member = '{anna}'",
    "update trainer.results set items[1] = not items[1] where member = '{anna}'",
    "update trainer.results set items = null where member = '{anna}'",
    "update trainer.results set ended_at = ended_at + interval '2 years'",
    "delete from trainer.lines where member = '{anna}'",
    "update trainer.lines set member = '{ben}'",
    _LINE_SAYS_MORE,
    f"{_LINE_SAYS_MORE}; {_DIGEST_TOO}",
    """
    insert into trainer.results
    select reverse(id), team, drill, member, 2, started_at, ended_at, rights, asked, false, items, digest
    from trainer.results where member = '{anna}'
    """,
)


@pytest.fixture(scope="module")
def team(server: Server) -> Iterator[PostgresTeam]:
    team, drill = PostgresTeam(server), published()
    team.lead.publish(drill)
    for who, wrong in ((ANNA, 4), (BEN, 1)):
        team.of(who).submit("", "", [encoded(result(drill, who, wrong=wrong))])
    assert team.lead.check() == []
    yield team
    server.drop(team.database)


@pytest.fixture
def changing(team: PostgresTeam) -> Iterator[Callable[[str], Sequence[str]]]:
    """Make a change as who runs the database, and return what a lead is told; all is put back afterwards."""
    with team.server.admin(team.database) as admin:
        for each in ("results", "lines"):
            admin.execute(f"create table kept_{each} as table trainer.{each}".encode())

        def change(statement: str) -> Sequence[str]:
            admin.execute(statement.format(anna=f"{ANNA:016x}", ben=f"{BEN:016x}").encode())
            return team.lead.check()

        yield change
        admin.execute(
            b"delete from trainer.results; insert into trainer.results table kept_results;"
            b"insert into trainer.lines table kept_lines; drop table kept_results, kept_lines;"
            + _TOTALS_AFTER.encode()
        )
    assert team.lead.check() == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_was_changed_is_told(changing: Callable[[str], Sequence[str]], change: str) -> None:
    assert any("red-flags: a result says" in each for each in changing(f"{change};{_TOTALS_AFTER}"))


@pytest.mark.parametrize(
    "change",
    [
        "update trainer.totals set passed = passed + 1",
        "update trainer.totals set item_rights[1] = 7",
        "update trainer.totals set item_asked = array_fill(0, array[6])",
        "delete from trainer.totals",
        """
        insert into trainer.totals (team, drill, results, item_rights, item_asked)
        select team, drill, 1, array_fill(0, array[6]), array_fill(0, array[6]) from trainer.totals limit 1
        """,
        "delete from trainer.results where member = '{anna}'",
        "delete from trainer.results",
    ],
)
def test_totals_that_were_changed_are_told(changing: Callable[[str], Sequence[str]], change: str) -> None:
    assert any("red-flags: its totals" in each for each in changing(change))
