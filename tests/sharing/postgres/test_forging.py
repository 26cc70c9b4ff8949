"""What a member may call, called with what is not theirs: refused, however their session is set."""

import re
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace

from tests.sharing.drills import NOW, line_signed, member, published
from tests.sharing.postgres.conftest import ANNA, BEN, GONE, LATE, SECRET, Attacked, goodbye
from trainer.errors import TeamError
from trainer.sharing.lines import Result, encoded, id_of
from trainer.sharing.postgres import connection

pytestmark = pytest.mark.slow
_HELD = "select count(*) > 5 from pg_stat_activity where usename = %s"
_UNDER = (
    "",
    "set standard_conforming_strings = off",
    "set search_path = pg_temp, public, trainer",
    "set datestyle = 'SQL, DMY'; set timezone = 'Asia/Kathmandu'; set intervalstyle = 'iso_8601'",
    "set array_nulls = off; set transform_null_equals = on; set bytea_output = 'escape'",
    "set client_encoding = 'LATIN1'; set extra_float_digits = -15; set quote_all_identifiers = on",
    "set enable_seqscan = off; set enable_indexscan = off; set jit = on; set jit_above_cost = 0",
)
"""What anybody may set for their own session, and what might lead a function astray."""


def of_ben(anna: Result, ben: Result) -> dict[str, bytes]:
    """Return lines by which Anna would change what is there of Ben, or get what she has no right to."""
    again = id_of("result", anna.fingerprint, anna.member, 2)
    return {
        "Ben's own, once more": encoded(ben),
        "Ben's, with another mark": encoded(replace(ben, right=0, decks={}, items=(False,) * ben.of)),
        "Ben's next attempt": encoded(
            replace(ben, attempt=2, id=id_of("result", ben.fingerprint, ben.member, 2))
        ),
        "hers under Ben's id": encoded(replace(anna, id=ben.id)),
        "hers under Ben's name": encoded(replace(anna, alias=ben.alias)),
        "hers, better": encoded(replace(anna, right=anna.of, items=(True,) * anna.of)),
        "an attempt too many": encoded(replace(anna, attempt=2, id=again)),
        "an attempt that can't be": encoded(
            replace(anna, attempt=20, id=id_of("result", anna.fingerprint, anna.member, 20))
        ),
        "of another drill": encoded(replace(anna, drill="unheard-of", attempt=2, id=again)),
        "under another fingerprint": encoded(replace(anna, fingerprint="0" * 32)),
        "joining as Ben": member(BEN),
        "joining as a lead": member(ANNA, lead=True),
        "joining under Ben's name": member(ANNA, "Member 2"),
        "leaving for Ben": goodbye(BEN),
        "nothing": b"",
        "no line": b"x" * 200,
        "no object": line_signed(b"[1]"),
        "ever deeper": line_signed(b'{"format":1,"kind":"result","a":' + b"[" * 9000 + b"]" * 9000 + b"}"),
        "said twice": line_signed(b'{"format":1,"kind":"left","kind":"member","alias":"x"}'),
        "an end of a text within": line_signed(b'{"format":1,"kind":"member","alias":"a\\u0000b"}'),
        "half a letter": line_signed(b'{"format":1,"kind":"member","alias":"\xc3"}'),
    }


@pytest.mark.parametrize("under", _UNDER)
def test_a_line_of_somebody_else_is_refused(attacked: Attacked, under: str) -> None:
    before = attacked.what_lies_there()
    lines = of_ben(attacked.result(ANNA, wrong=4), attacked.result(BEN, wrong=1))
    with attacked.as_(ANNA) as anna:
        anna.execute(under.encode())
        for what, line in lines.items():
            rows = anna.execute("select refused from trainer.submit(%b)", ([line],)).fetchall()
            assert len(rows) == 1, what
            assert rows[0][0], what
            assert "Member 2" not in rows[0][0].replace('there is a "Member 2"', ""), what
        assert anna.execute("select trainer.forget(%s)", ([attacked.result(BEN).id],)).fetchone() == (0,)
        for call in (
            "withdraw(%b)", "close_drill(%s)", "remove_member(%s, false)", "prune()",
            "invite(%s, 'x', 'x', true)",
        ):  # fmt: skip
            told = goodbye(BEN) if "withdraw" in call else "red-flags" if "close" in call else "Member 2"
            with pytest.raises(psycopg.Error) as refused:
                anna.execute(f"select trainer.{call}".encode(), (told,) if "%" in call else None)
            assert refused.value.sqlstate == connection.REFUSED
    assert attacked.what_lies_there() == before


def test_functions_read_nothing_of_others(attacked: Attacked) -> None:
    ben, own = f"{BEN:016x}", encoded(attacked.result(ANNA, wrong=4))
    with attacked.as_(ANNA) as anna:
        for who in ([ben], [ben, None], None, [], [f"{ANNA:016x}", ben]):
            said = anna.execute("select line from trainer.said(%s)", (who,)).fetchall()
            assert {line for (line,) in said} <= {own}, who
        people = anna.execute("select alias from trainer.people()").fetchall()
        assert sorted(people) == [("Member 0",), ("Member 1",)]
        drills = anna.execute("select id from trainer.drills").fetchall()
        assert drills == [("red-flags",)]


def test_a_plan_tells_nothing_of_others(attacked: Attacked) -> None:
    with attacked.as_(ANNA) as anna:

        def plan(who: str) -> list[tuple[Any, ...]]:
            asked = f"explain (analyze, buffers, timing off, summary off) select trainer.said(array['{who}'])"
            return anna.execute(asked.encode()).fetchall()

        for _ in range(8):  # until the plans of the function are made
            plan("f" * 16)
        assert plan(f"{BEN:016x}") == plan("f" * 16)
        seen = anna.execute(
            "select attname from pg_stats where schemaname = 'trainer' and tablename = any(%s)",
            (["members", "results", "lines", "totals", "drills", "items", "teams"],),
        ).fetchall()
        assert seen == []


def test_what_the_server_says_aloud_has_nothing_of_others(attacked: Attacked) -> None:
    heard: list[str] = []
    with attacked.as_(ANNA) as anna:
        anna.add_notice_handler(lambda said: heard.append(f"{said.message_primary} {said.message_detail}"))
        anna.execute(
            b"set client_min_messages = debug5; set debug_print_parse = on; set debug_print_rewritten = on; "
            b"set debug_print_plan = on; set debug_pretty_print = on"
        )
        anna.execute(b"select * from trainer.said(null)")
        anna.execute(b"select * from trainer.people()")
        anna.execute("select refused from trainer.submit(%b)", ([encoded(attacked.result(BEN, wrong=1))],))
    assert heard
    told = "\n".join(heard)
    for secret in (f"{BEN:016x}", "Member 2", attacked.result(BEN).id, SECRET):
        assert secret not in told.replace(repr(encoded(attacked.result(BEN, wrong=1))), "")


@pytest.mark.parametrize(
    "leak",
    [
        "id::integer > 0",
        "pg_read_file(id) is not null",
        "1 / (length(id) - length('unheard-of')) > 0",
        "substring(data from 1 for head)::text::integer > 0",
        "xmlparse(document id) is not null",
        "id::regclass is not null",
        "('{' || id || '}')::jsonb is not null",
    ],
)
def test_an_error_within_a_condition_tells_nothing_of_another_team(attacked: Attacked, leak: str) -> None:
    told = []
    for costs in ("on", "off"):
        with attacked.as_(ANNA) as anna:
            anna.execute(f"set enable_seqscan = {costs}".encode())
            try:
                found = anna.execute(f"select id from trainer.drills where {leak}".encode()).fetchall()
                told.append(str(found))
            except psycopg.Error as error:
                told.append(f"{error} {error.diag.message_detail} {error.diag.context}")
    assert not any("unheard" in each.replace("'unheard-of'", "") or "division" in each for each in told)


def test_names_that_shadow_are_never_taken(attacked: Attacked) -> None:
    """Where temporary tables can't be taken back from everybody, as on a managed server."""
    before = attacked.what_lies_there()
    with attacked.as_admin() as admin, attacked.as_(ANNA) as anna:
        admin.execute(f"grant temporary on database {attacked.team.database} to public".encode())
        anna.execute(
            b"create temp table members (role name, lead boolean); create temp table results (id text);"
            b"create temp table drills (team text); create temp table totals (team text);"
            b"create function pg_temp.must(boolean, text) returns void language sql as 'select';"
            b"create function pg_temp.my_team() returns text language sql as $$ select repeat('d', 16) $$;"
            b"create function pg_temp.i_lead() returns boolean language sql as 'select true';"
            b"create function pg_temp.same(text, text) returns boolean language sql as 'select true';"
            b"create operator pg_temp.= (leftarg = text, rightarg = text, function = pg_temp.same);"
            b"create function pg_temp.sha256(bytea) returns bytea language sql as 'select $1';"
            b"set search_path = pg_temp, trainer, pg_catalog"
        )
        for line in of_ben(attacked.result(ANNA, wrong=4), attacked.result(BEN, wrong=1)).values():
            assert anna.execute("select refused from trainer.submit(%b)", ([line],)).fetchone()
        assert anna.execute(b"select team from trainer.whoami()").fetchone() == ("c" * 16,)
        assert anna.execute(b"select id from trainer.drills").fetchall() == [("red-flags",)]
        with pytest.raises(psycopg.Error, match="leads"):
            anna.execute(b"select trainer.prune()")
        anna.execute(b"discard temp")
        admin.execute(f"revoke temporary on database {attacked.team.database} from public".encode())
    assert attacked.what_lies_there() == before


def test_who_left_and_who_has_not_joined_see_nothing_and_change_nothing(attacked: Attacked) -> None:
    before = attacked.what_lies_there()
    for who in (GONE, LATE):
        with attacked.as_(who) as there:
            for call in (
                b"select * from trainer.said(null)",
                b"select line from trainer.said(array['%x'])" % BEN,
            ):
                assert there.execute(call).fetchall() == []
            people = there.execute(b"select alias from trainer.people()").fetchall()
            assert people == ([] if who == GONE else [("Member 0",)])
            sent = [encoded(attacked.result(who))]
            if who == GONE:
                with pytest.raises(psycopg.Error, match="not in this team"):
                    there.execute("select refused from trainer.submit(%b)", (sent,))
            else:
                refused = there.execute("select refused from trainer.submit(%b)", (sent,)).fetchall()
                assert refused == [("you have not joined",)]
            with pytest.raises(psycopg.Error, match="for leads"):
                there.execute(b"select trainer.prune()")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                there.execute(b"select from trainer.members")
            if who == GONE:
                assert there.execute(b"select from trainer.drills").fetchall() == []
    assert attacked.what_lies_there() == before


def test_another_user_of_the_server_is_not_let_in(attacked: Attacked) -> None:
    with attacked.as_admin() as admin:
        admin.execute(b"create role clerk login password 'clerk'")
        address = attacked.team.server.address
        for user, password in (("clerk", "clerk"), ("clerk", ""), (attacked.role(BEN), "guessed"), ("", "")):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(address(attacked.team.database, user, password))
        admin.execute(f"grant connect on database {attacked.team.database} to clerk".encode())
        with psycopg.connect(address(attacked.team.database, "clerk", "clerk"), autocommit=True) as clerk:
            for what in (
                "select trainer.whoami()",
                "select from trainer.drills",
                "select trainer.submit('{}')",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    clerk.execute(what.encode())
        admin.execute(f"revoke all on database {attacked.team.database} from clerk".encode())
        admin.execute(b"drop role clerk")


def test_a_lead_leads_no_other_team(attacked: Attacked) -> None:
    before = attacked.what_lies_there()
    with attacked.as_(0) as lead:
        for table in ("members", "results", "lines", "totals", "drills", "items"):
            teams = lead.execute(f"select distinct team from trainer.{table}".encode()).fetchall()
            assert teams == [("c" * 16,)], table
        for call in (f"remove_member('{SECRET}', false)", "close_drill('unheard-of')"):
            with pytest.raises(psycopg.Error) as refused:
                lead.execute(f"select trainer.{call}".encode())
            assert refused.value.sqlstate == connection.REFUSED
        verifier = lead.pgconn.encrypt_password(b"x", b"x", b"scram-sha-256").decode()
        for role in ("admin", "trainer_owner", attacked.role(BEN), 'x"; drop role admin; --'):
            with pytest.raises(psycopg.Error):
                lead.execute("select trainer.invite(%s, %s, 'x', true)", (role, verifier))
        for secret in ("plain", f"{verifier}' superuser --", ""):
            with pytest.raises(psycopg.Error):
                lead.execute("select trainer.invite('trainer_0123456789abcdef', %s, 'x', true)", (secret,))
        for change in (
            "delete from trainer.lines",
            "update trainer.results set rights = 0",
            "set role admin",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                lead.execute(change.encode())
    assert attacked.what_lies_there() == before


def test_a_drill_that_was_closed_stays_closed_for_whoever_began_before(attacked: Attacked) -> None:
    drill = published(title="Closing", seed=9)
    attacked.team.lead.publish(drill)
    line = encoded(attacked.result(BEN, of_drill=drill))
    with attacked.as_(BEN) as ben:
        ben.execute(b"begin isolation level repeatable read")
        ben.execute(b"select from trainer.drills")
        assert attacked.team.lead.close("closing")
        with pytest.raises(psycopg.Error) as refused:
            ben.execute("select refused from trainer.submit(%b)", ([line],))
        assert refused.value.sqlstate == connection.REFUSED
        ben.execute(b"rollback")
        assert ben.execute("select refused from trainer.submit(%b)", ([line],)).fetchone() == (
            "the drill is closed",
        )


def test_who_holds_a_transaction_open_holds_nobody_up(attacked: Attacked) -> None:
    """Neither others who send, nor a lead who reads, prunes and takes them out of the team."""
    drill = published(title="Held", seed=10)
    team = attacked.team
    team.lead.publish(drill)
    holds, other = 17, 33  # the same last digit
    team.of(holds), team.of(other)
    with attacked.as_(holds) as held:
        held.execute(b"set idle_in_transaction_session_timeout = 0; begin")
        line = encoded(attacked.result(holds, of_drill=drill))
        assert held.execute("select refused from trainer.submit(%b)", ([line],)).fetchall() == []
        sent = encoded(attacked.result(other, of_drill=drill))
        assert team.of(other).submit(f"{other:016x}", "d", [sent]) == {}
        assert sent in {encoded(line) for line, _ in team.lead.results().lines}
        assert team.lead.prune() >= 0
        assert team.lead.remove_member("Member 17") == ""
        with pytest.raises(psycopg.Error):
            held.execute(b"commit")
    with pytest.raises(psycopg.OperationalError):
        attacked.as_(holds)
    assert team.lead.check() == []


def test_who_comes_back_as_fast_as_they_are_ended_is_taken_out_all_the_same(attacked: Attacked) -> None:
    team, out = attacked.team, Event()
    team.of(19)

    def come_back() -> None:
        while not out.is_set():
            with suppress(psycopg.Error), attacked.as_(19) as held:
                held.execute(b"set idle_in_transaction_session_timeout = 0; set lock_timeout = 0; begin")
                held.execute("select refused from trainer.submit(%b)", ([b"x" * 60],))
                while not out.is_set():
                    held.execute(b"select pg_sleep(0.02)")

    many = [Thread(target=come_back) for _ in range(9)]
    for each in many:
        each.start()
    try:
        with attacked.as_admin() as admin:
            while admin.execute(_HELD, (attacked.role(19),)).fetchone() != (True,):
                pass
        assert team.lead.remove_member("Member 19") == ""
    finally:
        out.set()
        for each in many:
            each.join()


@pytest.mark.parametrize("name", ["Member 0", "Nobody", "Member 2' or true --"])
def test_only_who_is_taken_out_is_let_in_no_more(attacked: Attacked, name: str) -> None:
    team = attacked.team
    before = attacked.what_lies_there()
    with pytest.raises(TeamError, match=r"hat is you|obody is called"):
        team.lead.remove_member(name)
    with attacked.as_(ANNA) as anna, pytest.raises(psycopg.Error, match="for leads of the team"):
        anna.execute(b"select trainer.bar_member('Member 2')")
    assert attacked.what_lies_there() == before
    with attacked.as_admin() as admin:
        assert admin.execute(
            "select rolcanlogin from pg_roles where rolname = %s", (attacked.role(BEN),)
        ).fetchone() == (True,)


def test_a_connection_that_went_silent_lets_go(attacked: Attacked) -> None:
    with attacked.team.opened(ANNA)._database.asked() as there:
        row = there.execute(
            "select setting::integer from pg_settings where name = 'idle_in_transaction_session_timeout'"
        ).fetchone()
        assert row
        assert 0 < row[0] <= 60_000
        assert there.execute("show transaction_isolation").fetchone() == ("read committed",)


def test_what_can_not_be_refused_tells_nothing_of_a_person(attacked: Attacked) -> None:
    """As the README says it: names of roles, who is connected, how many rows there are, NOTIFY."""
    with attacked.as_(BEN) as ben, attacked.as_(ANNA) as anna:
        ben.execute(b"select 'what only Ben knows'")
        roles = [name for (name,) in anna.execute(b"select rolname from pg_roles").fetchall()]
        assert all(
            re.fullmatch("trainer_(owner|lead|member|[0-9a-f]{16})|admin|pg_.*|clerk", each) for each in roles
        )
        seen = anna.execute(
            "select distinct query, client_addr from pg_stat_activity where usename = %s",
            (attacked.role(BEN),),
        ).fetchall()
        assert set(seen) == {("<insufficient privilege>", None)}
        rows = anna.execute(
            b"select n_live_tup from pg_stat_user_tables where relname = 'results'"
        ).fetchall()
        assert len(rows) == 1
        anna.execute(b"listen evil; set statement_timeout = 0")
        ben.execute(b"notify evil, 'hello'")
        assert [each.payload for each in anna.notifies(timeout=5, stop_after=1)] == ["hello"]


def test_the_owner_of_the_tables_has_nobodys_role(attacked: Attacked) -> None:
    """Else each question would look through ten thousand of them, as policies ask what roles one has."""
    with attacked.as_admin() as admin:
        found = admin.execute(
            "select rolname from pg_roles "
            "where rolname ~ '^trainer_[0-9a-f]{16}$' and pg_has_role('trainer_owner', oid, 'usage')"
        ).fetchall()
    assert found == []


def test_what_somebody_holds_is_pruned_the_next_time(attacked: Attacked) -> None:
    drill = published(title="Old", seed=11)
    team = attacked.team
    team.lead.publish(drill)
    lead, long_ago = team.lead, NOW - timedelta(days=800)
    old = encoded(attacked.result(5, of_drill=drill, started=long_ago, at=long_ago))
    assert team.of(5).submit("", "", [old]) == {}
    assert old in {encoded(line) for line, _ in lead.results().lines}
    with attacked.as_(5) as held:
        held.execute(b"begin")
        assert held.execute("select refused from trainer.submit(%b)", ([old],)).fetchall() == []
        assert lead.prune() == 0
        held.execute(b"commit")
    assert lead.prune() == 1
    assert old not in {encoded(line) for line, _ in lead.results().lines}
