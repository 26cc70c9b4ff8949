"""With a member's own login and any client: what is refused by PostgreSQL, whatever they send."""

import subprocess
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.sharing.postgres.conftest import ANNA, BEN, SECRET, Attacked

pytestmark = pytest.mark.slow
_NOT_ALLOWED = "42501"
_NOT_HERE = {"0A000", "58P01", "22023", "55000", "42704", "25006"}
"""What this build of PostgreSQL does not have, or has switched off: an extension, prepared transactions."""
_TABLES = ("teams", "members", "drills", "items", "results", "lines", "totals", "migrations")
_OF_PERSONS = ("members", "results", "lines", "totals", "recounted", "recounted_items")

BE_SOMEBODY_ELSE = (
    "set role {ben}",
    "set role trainer_owner",
    "set role trainer_lead",
    "set role admin",
    "set session authorization {ben}",
    "set session authorization trainer_owner",
    "grant trainer_lead to {anna}",
    "grant trainer_owner to {anna}",
    "grant {ben} to {anna}",
    "alter role {ben} password 'mine'",
    "alter role {ben} set search_path = evil",
    "alter role {anna} createrole",
    "alter role {anna} superuser",
    "alter role {anna} bypassrls",
    "alter role {anna} connection limit 1000",
    "alter role trainer_member set search_path = evil",
    "create role evil login in role trainer_lead",
    "drop role {ben}",
    "drop owned by {ben}",
    "reassign owned by {ben} to {anna}",
    "alter user mapping for {ben} server evil options (set a 'b')",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'admin'",
    "select pg_cancel_backend(pid) from pg_stat_activity where usename = 'admin'",
)
MAKE_SOMETHING = (
    "create schema evil",
    "create table public.evil (a integer)",
    "create table trainer.evil (a integer)",
    "create temporary table members (role name)",
    "create temporary view results as select 1 as id",
    "create view trainer.evil as select 1 as a",
    "create materialized view trainer.evil as select 1 as a",
    "create function trainer.must(boolean, varchar) returns void language sql as 'select'",
    "create function pg_temp.must(boolean, text) returns void language sql as 'select'",
    "create function public.my_team() returns text language sql as 'select $$c$$'",
    "create or replace function trainer.my_team() returns text language sql as 'select $$d$$'",
    "create operator trainer.= (leftarg = text, rightarg = name, function = texteq)",
    "create cast (text as boolean) with inout as implicit",
    "create type trainer.evil as enum ('a')",
    "create domain trainer.evil as text",
    "create sequence trainer.evil",
    "create trigger evil before insert on trainer.lines execute function tsvector_update_trigger()",
    "create rule evil as on select to trainer.results do instead select 1",
    "create policy evil on trainer.results using (true)",
    "create event trigger evil on ddl_command_start execute function suppress_redundant_updates_trigger()",
    "create extension dblink schema trainer",
    "create extension file_fdw schema trainer",
    "create language plpython3u",
    "create foreign data wrapper evil",
    "create server evil foreign data wrapper evil",
    "create publication evil for all tables",
    "create subscription evil connection 'host=127.0.0.1' publication evil with (connect = false)",
    "create statistics trainer.evil on rights, asked from trainer.results",
    "create index evil on trainer.results (rights)",
    "create database evil",
    "create tablespace evil location '/tmp'",
)
CHANGE_WHAT_IS_THERE = (
    *(f"delete from trainer.{each}" for each in _TABLES),
    *(f"truncate trainer.{each}" for each in _TABLES),
    *(f"begin; lock table trainer.{each} in access exclusive mode" for each in _TABLES),
    *(f"alter table trainer.{each} disable row level security" for each in _TABLES),
    *(f"alter table trainer.{each} no force row level security" for each in _TABLES),
    *(f"grant select on trainer.{each} to {{anna}}" for each in _TABLES if each in _OF_PERSONS),
    *(f"drop table trainer.{each}" for each in _TABLES),
    "update trainer.totals set results = results + 1",
    "update trainer.results set rights = asked",
    "update trainer.members set lead = true where member = '{anna_id}'",
    "update trainer.drills set closed_at = null",
    "insert into trainer.members (role, team) values ('{anna}', 'cccccccccccccccc')",
    "insert into trainer.lines select * from trainer.lines",
    "insert into trainer.migrations values (9, 'evil', 'evil')",
    "merge into trainer.totals t using (select 1) s on true when matched then update set results = 0",
    "select from trainer.drills for update",
    "drop policy owned on trainer.results",
    "alter function trainer.submit(bytea[]) security invoker",
    "alter function trainer.submit(bytea[]) set search_path = evil",
    "drop function trainer.submit(bytea[]) cascade",
    "drop schema trainer cascade",
    "alter schema trainer owner to {anna}",
    "alter table trainer.results owner to {anna}",
    "comment on table trainer.results is 'evil'",
    "security label for evil on table trainer.results is 'evil'",
    "alter default privileges for role trainer_owner grant select on tables to {anna}",
    "reindex table trainer.results",
    "cluster trainer.results using results_pkey",
    "copy trainer.lines from stdin",
    "set session_replication_role = replica",
    "set row_security = off; select from trainer.drills",
    "alter system set row_security = off",
    "alter database {database} set row_security = off",
)
REACH_THE_SERVER = (
    "copy (select 1) to program 'true'",
    "copy trainer.drills from program 'true'",
    "copy (select 1) to '/tmp/evil'",
    "copy trainer.drills from '/etc/passwd'",
    "select pg_read_file('postgresql.conf')",
    "select pg_read_binary_file('global/pg_control')",
    "select pg_ls_dir('.')",
    "select pg_stat_file('postgresql.conf')",
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/evil')",
    "load '/tmp/evil.so'",
    "select pg_reload_conf()",
    "select pg_create_physical_replication_slot('evil')",
    "select pg_create_logical_replication_slot('evil', 'test_decoding')",
    "set log_statement = 'all'",
    "set log_min_messages = debug5",
    "begin; prepare transaction 'evil'",
    "checkpoint",
)
USE_WHAT_ALL_SHARE = (
    "select lo_create(0)",
    "select lo_creat(-1)",
    "select lo_from_bytea(0, 'evil')",
    "select lo_get(1)",
    "select lo_unlink(1)",
    "select pg_advisory_lock(7263401922)",
    "select pg_try_advisory_lock(7263401922)",
    "select pg_advisory_xact_lock(7263401922)",
    "select pg_try_advisory_xact_lock(1, 2)",
    "select pg_advisory_lock_shared(7263401922)",
)
READ = (
    *(f"select * from trainer.{each}" for each in _OF_PERSONS),
    *(f"select ctid, xmin, tableoid from trainer.{each}" for each in _OF_PERSONS[:4]),
    *(f"explain select from trainer.{each}" for each in _OF_PERSONS),
    *(f"explain (analyze, buffers) select from trainer.{each}" for each in _OF_PERSONS),
    *(f"copy trainer.{each} to stdout" for each in _OF_PERSONS[:4]),
    *(f"select table_to_xml('trainer.{each}', true, false, '')" for each in _OF_PERSONS[:4]),
    "select query_to_xml('select * from trainer.lines', true, false, '')",
    "select * from ts_stat('select to_tsvector(alias) from trainer.members')",
    "do $$ begin perform from trainer.results; end $$",
    "prepare evil as select * from trainer.results; execute evil",
    "declare evil cursor with hold for select * from trainer.results",
    "select currtid2('trainer.results', '(0,1)')",
    "select * from pg_statistic",
    "select * from pg_statistic_ext_data",
    "select * from pg_authid",
    "select * from pg_shadow",
    "select * from pg_largeobject",
    "select * from pg_hba_file_rules",
    "select * from pg_file_settings",
    "select * from {toast}",
)
CALL_WHAT_IS_FOR_THE_OWNER = (
    "select trainer.tally('{{}}', 1)",
    "select trainer.take_member(null, 'x', '{{}}')",
    "select trainer.take_result(null, 'x', '{{}}')",
    "select trainer.check_parts(null, '{{}}', 1, 1)",
    "select trainer.the_lead()",
    "select trainer.make_role('trainer_0123456789abcdef', 'x', true)",
    "select trainer.drop_role('{ben}')",
    "select trainer.end_sessions('{ben}')",
    "select trainer.make_team('eeeeeeeeeeeeeeee', 'Mine', 12, '{anna}', 'x', 'Anna')",
    "select trainer.said_by('x')",
    "select trainer.name_key('x')",
    "select trainer.called_so('eeeeeeeeeeeeeeee', 'x', false)",
)
ATTACKS = [
    (group, each)
    for group, some in (
        ("be", BE_SOMEBODY_ELSE),
        ("make", MAKE_SOMETHING),
        ("change", CHANGE_WHAT_IS_THERE),
        ("server", REACH_THE_SERVER),
        ("shared", USE_WHAT_ALL_SHARE),
        ("read", READ),
        ("owner's", CALL_WHAT_IS_FOR_THE_OWNER),
    )
    for each in some
]


def run(attacked: Attacked, who: int, text: str) -> list[tuple[Any, ...]]:
    """Run statements as a member with a connection of their own."""
    with attacked.as_(who) as connection:
        cursor = connection.execute(text.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def names(attacked: Attacked) -> dict[str, str]:
    with attacked.as_admin() as admin:
        row = admin.execute(
            "select reltoastrelid::regclass::text from pg_class where oid = 'trainer.lines'::regclass"
        ).fetchone()
    assert row
    return {
        "anna": attacked.role(ANNA),
        "ben": attacked.role(BEN),
        "anna_id": f"{ANNA:016x}",
        "database": attacked.team.database,
        "toast": row[0],
    }


@pytest.mark.parametrize(
    ("group", "attack"), ATTACKS, ids=[f"{group}: {each[:70]}" for group, each in ATTACKS]
)
def test_a_statement_is_refused(attacked: Attacked, names: dict[str, str], group: str, attack: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        run(attacked, ANNA, attack.format(**names))
    assert refused.value.sqlstate == _NOT_ALLOWED or refused.value.sqlstate in _NOT_HERE, refused.value
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "command",
    [
        r"\copy trainer.lines to stdout",
        r"\copy trainer.members to program 'cat'",
        "table trainer.results;",
        r"select * from trainer.totals \gexec",
        r"select alias from trainer.members \gset",
    ],
)
def test_psql_gets_no_further(attacked: Attacked, command: str) -> None:
    psql = attacked.team.server.programs / "psql"
    address = attacked.team.addresses[ANNA].secret
    done = subprocess.run(
        [psql, "-X", address], input=f"{command}\n", capture_output=True, text=True, check=False
    )
    assert "permission denied" in done.stderr
    assert done.stdout == ""


def test_a_dump_by_a_member_is_refused(attacked: Attacked) -> None:
    dump = attacked.team.server.programs / "pg_dump"
    address = attacked.team.addresses[ANNA].secret
    done = subprocess.run([dump, address], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "permission denied" in done.stderr
    assert "COPY" not in done.stdout


@pytest.fixture(scope="module", autouse=True)
def nothing_was_changed(attacked: Attacked) -> Iterator[None]:
    before = attacked.what_lies_there()
    yield
    assert attacked.what_lies_there() == before
