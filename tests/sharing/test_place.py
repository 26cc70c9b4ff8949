"""A team's place of either kind: what is sent is there once and whole, and only its owner takes it away."""

import threading
from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from tests.sharing.drills import NOW, result
from tests.sharing.teams import SomeTeam, line_of
from trainer.errors import DrillError, TeamError
from trainer.sharing.drill import Published
from trainer.sharing.lines import Left, Member, TeamLine, encoded, id_of
from trainer.sharing.place import TeamPlace, in_time, open_team_place

ANNA, BEN = f"{1:016x}", f"{2:016x}"


def lines(place: TeamPlace) -> set[bytes]:
    found = place.results()
    assert found.problems == []
    assert len(found.lines) == len({line.id for line, _ in found.lines})
    return {encoded(line) for line, _ in found.lines}


def kinds(said: Iterable[tuple[TeamLine, str]]) -> list[str]:
    return sorted(type(line).__name__ for line, _ in said)


def test_a_place_that_was_made_is_opened_by_how_it_is_named(team: SomeTeam) -> None:
    assert team.of(1).settings == team.settings
    assert "can read it." in team.of(1).readers


def test_a_line_is_there_once_however_often_it_is_sent(team: SomeTeam, drill: Published) -> None:
    team.lead.publish(drill)
    sent = [line_of(1), encoded(result(drill, 1))]
    for _ in range(3):
        assert team.of(1).submit(ANNA, "d", sent) == {}
    assert lines(team.lead) == {line_of(0), *sent}


def test_two_who_send_at_once_are_both_there(team: SomeTeam, drill: Published) -> None:
    team.lead.publish(drill)
    places = {number: team.of(number) for number in (1, 2)}
    senders = [
        threading.Thread(target=places[number].submit, args=(f"{number:016x}", "d", [line]))
        for number in places
        for line in [encoded(result(drill, number))]
    ]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    assert lines(team.lead) == {
        *map(line_of, (0, 1, 2)),
        encoded(result(drill, 1)),
        encoded(result(drill, 2)),
    }


@pytest.mark.parametrize("team", ["folder"], indirect=True)
def test_only_what_changed_is_read_again(team: SomeTeam, drill: Published) -> None:
    team.lead.publish(drill)
    team.of(1), team.of(2)
    lead = team.lead
    first = lead.results()
    again = lead.results(first.mark)
    assert (again.lines, again.changed) == ([], frozenset())
    team.of(2).submit(BEN, "d", [encoded(result(drill, 2))])
    later = lead.results(again.mark)
    assert kinds(later.lines) == ["Member", "Result"]
    assert {line.member for line, _ in later.lines} == {BEN}
    assert later.changed == {source for _, source in later.lines}
    assert lead.results(later.mark).changed == frozenset()


def test_leaving_removes_what_was_sent_and_nothing_of_others(team: SomeTeam, drill: Published) -> None:
    team.lead.publish(drill)
    for number in (1, 2):
        team.of(number).submit(f"{number:016x}", "d", [line_of(number), encoded(result(drill, number))])
    left = encoded(Left(id=id_of("left", ANNA), member=ANNA, at=NOW))
    anna = team.of(1)
    for _ in range(2):  # the answer to the first may have been lost
        assert list(anna.withdraw(ANNA, "d", left)) == []
    assert lines(team.lead) == {line_of(0), left, line_of(2), encoded(result(drill, 2))}


def test_old_results_are_removed_of_ones_own_alone(team: SomeTeam, drill: Published) -> None:
    team.lead.publish(drill)
    for number in (1, 2):
        team.of(number).submit(f"{number:016x}", "d", [line_of(number), encoded(result(drill, number))])
    assert team.of(1).keep(ANNA, "d", lambda line: isinstance(line, Member)) == 1
    assert team.of(1).keep(ANNA, "d", lambda line: isinstance(line, Member)) == 0
    assert lines(team.lead) == {line_of(0), line_of(1), line_of(2), encoded(result(drill, 2))}


def test_a_drill_is_published_once_and_never_changed(team: SomeTeam, drill: Published) -> None:
    for _ in range(2):
        team.lead.publish(drill)
    changed = replace(drill, fingerprint="0" * 32, data=drill.data + b"# other\n")
    with pytest.raises(TeamError, match="another drill"):
        team.lead.publish(changed)
    assert team.of(1).drill("red-flags") == drill
    found, problems = team.of(1).drills()
    assert [(each.drill, each.fingerprint) for each in found] == [
        (replace(drill.drill, sheets=()), drill.fingerprint)
    ]
    assert problems == []
    with pytest.raises(DrillError, match="no drill"):
        team.of(1).drill("newer")


def test_a_place_that_never_answers_is_not_waited_for() -> None:
    never = threading.Event()
    with pytest.raises(TeamError, match="does not answer"):
        in_time(never.wait, "/shares/casting", patience=0.05)
    never.set()


def test_an_address_that_is_none_is_told() -> None:
    for wrong in (
        "postgresql://",
        "postgresql://host",
        "postgresql://[x/db",
        "postgresql://h/d?sslmode",
        "POSTGRES://a",
    ):
        with pytest.raises(TeamError, match="no address of a database"):
            open_team_place(wrong)
