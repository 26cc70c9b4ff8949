"""What the database takes, a lead's trainer can read, and counts as the database does."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cards.shipped import LIBRARY
from tests.postgres import Server
from tests.reports.test_calibration import ROLE, frozen, sent
from tests.sharing.drills import TODAY, line_signed, published, result
from tests.sharing.teams import PostgresTeam
from trainer.engine.setting import calibration
from trainer.sharing.lines import Result, decoded

pytestmark = pytest.mark.slow
ODD = (
    "null", "true", "0", "1", "-1", "2.5", "4.0", "4e0", "-0", "1e400", '""', '"x"', '"\\u0000"', '"\\ud800"',
    '"٣"', "[]", "{}", "[null]", "[[]]", "[1,1,1]", '{"a":[1,1]}', '{"a":[1,1],"a":[0,0]}', f'"{"Z" * 101}"',
    json.dumps(["a"] * 51), json.dumps(["a" * 101]), json.dumps({str(at): 1 for at in range(51)}), '{"a":3}',
    '"2026-11-24T24:00:00Z"', '"2026-11-24T10:09:60Z"',
    '"2026-11-24T10:00:00+00:99"', '"2026-02-30T00:00:00Z"', '"2026-11-24 10:00"',
    '"2026-11-24T10:00:00.123456789Z"', '"2026-11-24t10:00:00z"', '"0000-01-01T00:00:00Z"',
    '"2026-11-24T10:00:00"', '"2026-11-24T10:00:00+15:59"',
)  # fmt: skip
"""JSON that a field is given; some of it fits somewhere."""


@pytest.fixture(scope="module")
def lines(server: Server) -> Iterator[tuple[PostgresTeam, list[Result]]]:
    team = PostgresTeam(server)
    drill = published(attempts=3, share=("items", "chosen", "doubtful"))
    round_ = frozen(calibration(LIBRARY, ROLE, TODAY, title="Round", seed=3))
    for each in (drill, round_):
        team.lead.publish(each)
    whole = result(drill, 1, 2, chosen=(("a",), None, (), ("b", "c"), ("a",), ("a",)), doubtful=(1, 6))
    rated = sent(round_, 1, 3)
    assert rated.ratings
    yield team, [whole, rated]
    server.drop(team.database)


def places(said: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return each place within something, and one beside each that is not there yet."""
    yield path
    if isinstance(said, dict):
        for key, value in said.items():
            yield from places(value, (*path, key))
        for new in ("clock", "extra", "flags"):
            if new not in said:
                yield (*path, new)
    elif isinstance(said, list):
        for at, value in enumerate(said):
            yield from places(value, (*path, at))


def changed(said: Any, path: tuple[Any, ...], odd: str) -> bytes:
    """Return a line in which one place says something else."""
    mark = "\x01"
    made = json.loads(json.dumps(said))
    within = made
    for key in path[:-1]:
        within = within[key]
    within[path[-1]] = mark
    return line_signed(json.dumps(made, separators=(",", ":")).replace(json.dumps(mark), odd).encode())


@settings(max_examples=150)
@given(which=st.integers(0, 1), place=st.integers(0, 400), odd=st.sampled_from(ODD))
@example(which=0, place=-1, odd="null")
def test_what_is_taken_is_read_and_counted(
    lines: tuple[PostgresTeam, list[Result]], which: int, place: int, odd: str
) -> None:
    team, made = lines
    said = json.loads(msgspec.json.encode(made[which]))
    paths = [path for path in places(said) if path]
    line = changed(said, paths[place % len(paths)], odd)
    anna = team.of(1)
    if anna.submit("", "", [line]):
        return
    read = decoded(line.rstrip(b"\n"))
    assert isinstance(read, Result)
    assert (read.right, read.of) == (made[which].right, made[which].of)
    totals = team.lead.totals()
    assert totals
    assert sum(each.results for each in totals.drills) == 1
    assert team.lead.check() == []
    assert anna.keep(read.member, "d", lambda line: not isinstance(line, Result)) == 1
