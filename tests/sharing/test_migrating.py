"""The schema of a team's database: file after file, each whole or not at all, and never a foreign one."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.postgres import Server
from tests.sharing.teams import PostgresTeam
from trainer.errors import TeamError
from trainer.sharing.place import open_team_place
from trainer.sharing.postgres import migrating
from trainer.sharing.postgres.address import Address
from trainer.sharing.postgres.connection import Database
from trainer.sharing.postgres.making import prepare, upgrade
from trainer.sharing.postgres.migrating import Migration, ends_a_transaction, migrate, migrations


def with_one_more(text: str) -> list[Migration]:
    known = list(migrations())
    return [*known, Migration(len(known) + 1, f"{len(known) + 1:04}_more.sql", text, "0" * 64)]


def test_the_files_are_numbered_without_a_gap_and_end_no_transaction() -> None:
    assert [each.version for each in migrations()] == list(range(1, migrating.newest() + 1))
    assert not any(ends_a_transaction(each.text) for each in migrations())
    assert ends_a_transaction("create table x ();\nCOMMIT;\n")


@pytest.mark.slow
def test_the_schema_is_made_once_however_many_make_it(server: Server) -> None:
    address = Address(server.address(server.database()))
    prepare(Database(address))
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: migrate(Database(address)), range(8)))
    assert sorted(name for each in done for name in each) == [each.name for each in migrations()]
    assert upgrade(address) == []


@pytest.mark.slow
def test_a_step_that_fails_leaves_nothing_and_is_made_later(
    in_postgres: PostgresTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Address(in_postgres.where)
    for text in ("create table more (); select 1 / 0", "create table more ();"):
        monkeypatch.setattr(migrating, "migrations", lambda text=text: with_one_more(text))
        if "/ 0" in text:
            with pytest.raises(TeamError, match="division by zero"):
                upgrade(address)
        else:
            assert upgrade(address) == ["0004_more.sql"]
    with in_postgres.server.admin(in_postgres.database) as admin:
        assert admin.execute("select to_regclass('trainer.more') is not null").fetchone() == (True,)


@pytest.mark.slow
def test_what_a_newer_or_an_older_trainer_made_is_told(
    in_postgres: PostgresTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Address(in_postgres.where)
    member = in_postgres.addresses[0].secret
    with monkeypatch.context() as newer:
        newer.setattr(migrating, "migrations", lambda: with_one_more("create table more ();"))
        with pytest.raises(TeamError, match=r"of an older version of trainer.*trainer team upgrade"):
            open_team_place(member)
        upgrade(address)
        assert open_team_place(member).settings == in_postgres.settings
    with pytest.raises(TeamError, match="of a newer version of trainer than this one: update trainer"):
        open_team_place(member)
    with pytest.raises(TeamError, match="of a newer version"):
        upgrade(address)


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        "update trainer.migrations set digest = 'other' where version = 2",
        "delete from trainer.migrations where version = 1",
    ],
)
def test_a_schema_that_was_changed_by_hand_is_left_alone(in_postgres: PostgresTeam, change: str) -> None:
    with in_postgres.server.admin(in_postgres.database) as admin:
        admin.execute(change.encode())
    with pytest.raises(TeamError, match=r"was changed by hand.*Nothing was changed"):
        upgrade(Address(in_postgres.where))
