"""The lines of a place as a report keeps them: the same report whether they were read now or before."""

from datetime import timedelta
from itertools import count
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.sharing.drills import NOW, member, published, result
from trainer import disk
from trainer.engine import team_reading
from trainer.engine.team import Team
from trainer.home import Home
from trainer.reports.team_formats import as_json
from trainer.reports.team_lines import Lines, lines_of, packed, unpacked
from trainer.sharing.drill import Published
from trainer.sharing.folder import FolderPlace
from trainer.sharing.lines import CHECK, Left, Rating, Result, encoded, id_of
from trainer.sharing.own import Membership
from trainer.sharing.place import Found, Mark, Take, TeamSettings

TEAM = "0" * 16
_HOMES = count()


@pytest.fixture(scope="module")
def drill() -> Published:
    return published(attempts=2, share=("items", "doubtful"))


@pytest.fixture
def place(tmp_path: Path, drill: Published) -> FolderPlace:
    made = FolderPlace.create(tmp_path / "share", TeamSettings(id=TEAM, name="Casting"))
    made.publish(drill)
    for number in range(1, 7):
        made.submit(f"{number:016x}", "d", [member(number), encoded(sent(drill, number))])
    return made


@pytest.fixture
def team(place: FolderPlace, tmp_path: Path) -> Team:
    return lead_of(place, tmp_path / "home")


def lead_of(place: FolderPlace, home: Path) -> Team:
    found = Team(Home(home), "Lead", lambda: NOW)
    found.own.keep(
        Membership(
            place=str(place.root),
            team=TEAM,
            name="Casting",
            member="f" * 16,
            device="0" * 8,
            alias="Lead",
            lead=True,
            joined=NOW,
        )
    )
    return found


def sent(drill: Published, number: int, **said: object) -> Result:
    chosen = tuple((f"option-{number % 2}",) for _ in drill.drill.questions)
    return replace(result(drill, number, wrong=number % 4), chosen=chosen, doubtful=(1, 3), **said)


def kept(team: Team) -> Path:
    return team.own.folder / "read.msgpack"


def anew(team: Team, tmp_path: Path) -> str:
    """Return the report of somebody who never read the place before."""
    place = FolderPlace.open(Path(team.member.place))
    return as_json(lead_of(place, tmp_path / f"home-{next(_HOMES)}").report())


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the files that are read of places."""
    names: list[str] = []
    whole = disk.read

    def noted(path: Path, *args: object, **said: object) -> bytes | None:
        if path.parent.name == "results":
            names.append(path.name)
        return whole(path, *args, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(disk, "read", noted)
    return names


def test_only_files_that_changed_are_read_for_the_next_report(
    team: Team, place: FolderPlace, drill: Published, read: list[str], tmp_path: Path
) -> None:
    before = as_json(team.report())
    assert len(read) == 6
    read.clear()
    assert as_json(team.report()) == before
    assert read == []
    place.submit(f"{2:016x}", "d", [encoded(sent(drill, 2, attempt=2, id="again", at=NOW))])
    (place.root / "results" / f"{3:016x}-d.jsonl").unlink()
    read.clear()
    after = as_json(team.report())
    assert read == [f"{2:016x}-d.jsonl"]
    assert after != before
    assert after == anew(team, tmp_path)


def test_whatever_happens_to_the_files_the_report_is_that_of_all_read_anew(
    team: Team, place: FolderPlace, drill: Published, tmp_path: Path
) -> None:
    results = place.root / "results"
    left = encoded(Left(id=id_of("left", "1"), member=f"{1:016x}", at=NOW))
    copy = results / f"{4:016x}-d (conflicted copy).jsonl"
    for change in (
        lambda: place.withdraw(f"{1:016x}", "d", left),
        lambda: copy.write_bytes(encoded(sent(drill, 4)) + b"half a line"),
        copy.unlink,
        lambda: (results / "a.jsonl").write_bytes(encoded(sent(drill, 5, id="an earlier file"))),
        lambda: (results / "odd\tname.jsonl").write_bytes(encoded(sent(drill, 9, alias="Odd"))),
        lambda: (results / "odd name.jsonl").write_bytes(encoded(sent(drill, 8, alias="Even"))),
        (results / "odd\tname.jsonl").unlink,
        lambda: place.submit(
            f"{5:016x}", "d", [encoded(sent(drill, 5, attempt=CHECK, id="check", at=NOW + timedelta(days=6)))]
        ),
    ):
        change()
        told = as_json(team.report())
        assert told == anew(team, tmp_path)
        assert told == as_json(team.report())


@pytest.mark.parametrize("part", ["start", "middle", "end"])
def test_what_was_kept_and_is_damaged_counts_as_nothing(team: Team, part: str, read: list[str]) -> None:
    before = as_json(team.report())
    good = kept(team).read_bytes()
    at = {"start": 3, "middle": len(good) // 2, "end": len(good) - 1}[part]
    for bad in (good[:at], good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :], b"", b"\0" * 99):
        kept(team).write_bytes(bad)
        read.clear()
        assert as_json(team.report()) == before
        assert len(read) == 6
        assert kept(team).read_bytes() == good


def test_what_was_kept_of_another_team_or_version_counts_as_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.report()
    data = kept(team).read_bytes()
    assert unpacked(data, TEAM).files
    assert unpacked(data, "1" * 16) == Lines()
    monkeypatch.setattr("trainer.reports.team_lines.__version__", "0.0.1")
    assert unpacked(data, TEAM) == Lines()


def test_all_that_a_report_needs_is_kept(drill: Published) -> None:
    ratings = (Rating(score=3, points={"a": 2}, flags=("f",)), None, *[Rating(score=1, points={})] * 4)
    told = [
        sent(drill, 1),
        sent(drill, 2, clock=True, ratings=ratings),
        replace(result(drill, 3), items=msgspec.UNSET),
        sent(drill, 4, items=(True, False, None, None, None, None)),
    ]
    found = lines_of((line, "a.jsonl") for line in told)
    lines = Lines(found.files, Mark({"a.jsonl": (1, 2, 3)}))
    assert unpacked(packed(lines, TEAM), TEAM) == lines
    assert [each.adds_up for each, _ in lines.results] == [True, True, True, False]


def test_what_others_sent_is_kept_for_its_reader_alone_and_goes_when_they_leave(team: Team) -> None:
    team.save_report(team.report())
    assert kept(team).stat().st_mode & 0o777 == 0o600
    team.leave(team.leave_line())
    assert {path.suffix for path in team.own.folder.iterdir()} == {".lock"}


def test_a_place_may_go_by_anything(team: Team, place: FolderPlace, drill: Published) -> None:
    """A database tells since when something was sent, and not what each source of lines is like."""
    lines = {f"Member {number}": [sent(drill, number)] for number in range(1, 7)}

    def results(since: Mark | None = None, *, to: Take) -> Found:
        last = 6 if since and since.files else 0
        now = {name: told for number, (name, told) in enumerate(lines.items()) if number >= last}
        for name, told in now.items():
            for line in told:
                to(line, name)
        return Found(lines=[], problems=[], changed=frozenset(now), mark=Mark({"since": (len(lines), 0, 0)}))

    place.results = results  # type: ignore[method-assign, assignment]
    found, _ = team_reading.read_changes(place, "a database", team.own)
    assert len(list(found.results)) == 6
    lines["Member 7"] = [sent(drill, 7)]
    found, _ = team_reading.read_changes(place, "a database", team.own)
    assert sorted(name for _, name in found.results) == sorted(lines)


def test_a_home_that_takes_nothing_still_reports(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "replace", full)
    assert len(team.report().drills[0].rows) == 6


def test_where_reading_takes_long_it_is_told_how_far_it_has_come(
    team: Team, place: FolderPlace, drill: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter(range(1000))
    monkeypatch.setattr(team_reading, "monotonic", lambda: next(now))
    told: list[str] = []
    team.report(tell=told.append)
    assert told == []
    lines = [encoded(sent(drill, 7, id=f"{number}")) for number in range(400)]
    place.submit(f"{7:016x}", "d", lines)
    team.report(tell=told.append)
    assert told == [
        "Reading the team's results: 100 lines so far.",
        "Reading the team's results: 400 lines so far.",
    ]
