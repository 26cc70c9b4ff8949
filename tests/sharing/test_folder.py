"""A team's folder: what is sent is there once and whole, and nothing that lies there does harm."""

import errno
import itertools
import os
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.disks import read_only
from tests.sharing.casting import Casting
from tests.sharing.drills import NOW, member, published, result
from trainer import disk
from trainer.engine.team import Team
from trainer.errors import DrillError, TeamError
from trainer.home import Home
from trainer.sharing.drill import Published
from trainer.sharing.folder import FolderPlace
from trainer.sharing.lines import Left, Member, Result, TeamLine, encoded, id_of
from trainer.sharing.place import TeamSettings, in_time, open_team_place
from trainer.sharing.results import Stage

ANNA, BEN = f"{1:016x}", f"{2:016x}"


def files(place: FolderPlace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (place.root / "results").iterdir()}


def results(place: FolderPlace) -> list[TeamLine]:
    return [line for line, _ in place.results().lines]


def test_a_folder_that_was_made_is_opened_by_its_path(place: FolderPlace) -> None:
    assert open_team_place(place.root).settings == place.settings
    assert str(place.root) in open_team_place(str(place.root)).readers


def test_a_folder_is_made_beside_other_things_and_never_over_a_team(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    settings = TeamSettings(id="0" * 16, name="Casting")
    FolderPlace.create(tmp_path, settings)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    before = (tmp_path / "team.toml").read_bytes()
    with pytest.raises(TeamError, match="already"):
        FolderPlace.create(tmp_path, TeamSettings(id="1" * 16, name="Other"))
    assert (tmp_path / "team.toml").read_bytes() == before


@pytest.mark.parametrize("text", ["", "id = 1", "format = 1\nid = '../x'\nname = 'x'", "\x00", "[" * 9999])
def test_settings_that_cant_be_used_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "team.toml").write_text(text)
    with pytest.raises(TeamError, match=r"team\.toml can't be used"):
        open_team_place(tmp_path)


_MONTHS = "keep_months has to be a whole number of months from 1 to 120"
_WRONG = [
    *((f"keep_months = {said}", _MONTHS) for said in ("nan", "1e400", "true", "'12'", "0", "121", "[1]")),
    (f"keep_months = {'9' * 400}", "a number in it has too many digits"),
    ("name = 3", "name has to be what the team is called"),
    ("name = ''", "name has to be what the team is called"),
    ("id = '" + "1" * 15 + "'", "id has to be the 16 digits and letters"),
    ("format = 'x'", "format has to be 1"),
    ("keep_months =", "not valid TOML: Invalid value (at line "),
]


@pytest.mark.parametrize(("line", "told"), _WRONG)
def test_what_is_wrong_in_a_teams_file_is_told_in_plain_words(
    place: FolderPlace, line: str, told: str
) -> None:
    path = place.root / "team.toml"
    key = line.partition(" ")[0]
    kept = [each for each in path.read_text().splitlines() if not each.startswith(key)]
    path.write_text("\n".join([*kept, line, ""]))
    with pytest.raises(TeamError) as wrong:
        open_team_place(place.root)
    words = str(wrong.value)
    assert words.startswith(f"{path} can't be used: ")
    assert told in words
    assert "in an editor" in words
    assert words.count(str(path)) == 1
    assert "`" not in words


def test_what_a_teams_file_lacks_is_told_and_one_of_a_newer_version_too(place: FolderPlace) -> None:
    path = place.root / "team.toml"
    path.write_text(path.read_text().replace("id = ", "was = "))
    with pytest.raises(TeamError, match="id is missing, and has to be"):
        open_team_place(place.root)
    path.write_text("format = 2\n")
    with pytest.raises(TeamError, match="a newer version of trainer wrote it"):
        open_team_place(place.root)


def test_a_folder_that_is_none_of_a_teams_is_told(tmp_path: Path) -> None:
    for folder, told in ((tmp_path, "is no team's folder"), (tmp_path / "gone", "is not there")):
        with pytest.raises(TeamError, match=told):
            open_team_place(folder)


def test_what_a_sync_tool_cut_off_stays_and_the_line_is_sent_again(
    place: FolderPlace, drill: Published
) -> None:
    line = encoded(result(drill, 1))
    own = place.root / "results" / f"{ANNA}-d.jsonl"
    own.write_bytes(member(1) + line[:50])
    assert "line 2 is not whole; it is not counted." in place.results().problems[0]
    place.submit(ANNA, "d", [member(1), line])
    assert own.read_bytes() == member(1) + line[:50] + b"\n" + line
    assert [type(each) for each in results(place)] == [Member, Result]


def test_a_kill_while_it_is_sent_leaves_the_old_file_whole(
    place: FolderPlace, drill: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.submit(ANNA, "d", [member(1)])

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(TeamError, match="Make space"):
        place.submit(ANNA, "d", [encoded(result(drill, 1))])
    assert files(place) == {f"{ANNA}-d.jsonl": member(1)}


def test_what_a_crash_left_behind_is_not_read(place: FolderPlace) -> None:
    (place.root / "results" / f"{ANNA}-d.jsonl.deadbeef.tmp").write_bytes(b"half")
    (place.root / "results" / ".DS_Store").write_bytes(b"\0")
    (place.root / "results" / "desktop.ini").write_bytes(b"\0")
    found = place.results()
    assert (found.lines, found.problems) == ([], [])


def test_copies_by_sync_tools_are_read_whatever_they_are_called(place: FolderPlace, drill: Published) -> None:
    for name in (f"{ANNA}-d.jsonl", f"{ANNA}-d (Anna's conflicted copy).jsonl", "x.sync-conflict.jsonl.bak"):
        (place.root / "results" / name).write_bytes(encoded(result(drill, 1)))
    assert results(place) == [result(drill, 1)] * 3


def test_a_file_of_a_hundred_megabytes_is_told_and_not_read(place: FolderPlace) -> None:
    with (place.root / "results" / "large.jsonl").open("wb") as file:
        file.truncate(100_000_000)
    place.submit(ANNA, "d", [member(1)])
    found = place.results()
    assert found.problems == ["large.jsonl: is too large to be one. Nothing in it is counted."]
    assert len(found.lines) == 1


def test_links_and_pipes_are_told_and_not_followed(place: FolderPlace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonl"
    secret.write_bytes(member(9))
    (place.root / "results" / "link.jsonl").symlink_to(secret)
    os.mkfifo(place.root / "results" / "pipe.jsonl")
    (place.root / "drills" / "x.drill.toml").symlink_to(secret)
    found = place.results()
    assert found.lines == []
    assert [problem.partition(":")[0] for problem in found.problems] == ["link.jsonl", "pipe.jsonl"]
    assert "is a link, or no file" in place.drills()[1][0]


def test_nothing_is_written_through_a_link(place: FolderPlace, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "own").write_bytes(b"mine")
    (place.root / "results" / f"{ANNA}-d.jsonl").symlink_to(elsewhere / "own")
    with pytest.raises(TeamError):
        place.submit(ANNA, "d", [member(1)])
    (place.root / "results" / f"{ANNA}-d.jsonl").unlink()
    (place.root / "results").rmdir()
    (place.root / "results").symlink_to(elsewhere)
    with pytest.raises(TeamError, match="nothing is read or written there"):
        place.submit(ANNA, "d", [member(1)])
    assert {path.name for path in elsewhere.iterdir()} == {"own"}
    assert (elsewhere / "own").read_bytes() == b"mine"


def test_a_folder_that_vanishes_is_told(place: FolderPlace) -> None:
    (place.root / "results").rmdir()
    with pytest.raises(TeamError, match="half-synced"):
        place.results()
    with pytest.raises(TeamError, match="half-synced"):
        place.submit(ANNA, "d", [member(1)])


def test_a_place_that_goes_on_answering_is_waited_for() -> None:
    beats = itertools.count()
    last = threading.Event()

    def going() -> int:
        beat = next(beats)
        if beat == 2:
            last.set()
        return beat

    assert in_time(last.wait, "/shares/casting", patience=0.02, going=going)
    stuck = threading.Event()
    with pytest.raises(TeamError, match="does not answer"):
        in_time(stuck.wait, "/shares/casting", patience=0.02, going=lambda: 1)
    stuck.set()


def test_a_file_with_a_problem_is_told_each_time(place: FolderPlace, drill: Published) -> None:
    place.submit(ANNA, "d", [member(1)])
    (place.root / "results" / "odd\tname.jsonl").write_bytes(encoded(result(drill, 1)) + b"half")
    found = place.results()
    again = place.results(found.mark)
    assert again.problems == found.problems
    assert [name for _, name in again.lines] == ["odd\tname.jsonl"] == list(again.changed)


def test_lines_are_handed_over_and_not_held(place: FolderPlace, drill: Published) -> None:
    place.submit(ANNA, "d", [member(1), encoded(result(drill, 1))])
    taken: list[tuple[TeamLine, str]] = []
    found = place.results(to=lambda line, name: taken.append((line, name)))
    assert found.lines == []
    assert taken == list(place.results().lines)


def test_leaving_removes_what_was_sent_and_names_the_copies_of_others(
    place: FolderPlace, drill: Published
) -> None:
    lines = [member(1), encoded(result(drill, 1))]
    place.submit(ANNA, "d", lines)
    place.submit(BEN, "d", [member(2)])
    (place.root / "results" / "copy of a.jsonl").write_bytes(lines[1])
    left = encoded(Left(id=id_of("left", ANNA), member=ANNA, at=NOW))
    assert place.withdraw(ANNA, "d", left) == ["copy of a.jsonl"]
    assert files(place)[f"{ANNA}-d.jsonl"] == left
    assert files(place)[f"{BEN}-d.jsonl"] == member(2)


def test_old_results_are_removed_of_ones_own_file_alone(place: FolderPlace, drill: Published) -> None:
    lines = [member(1), encoded(result(drill, 1)), b"what nobody understands\n"]
    place.submit(ANNA, "d", lines)
    place.submit(BEN, "d", [encoded(result(drill, 2))])
    assert place.keep(ANNA, "d", lambda line: isinstance(line, Member)) == 1
    assert files(place)[f"{ANNA}-d.jsonl"] == lines[0] + lines[2]
    assert files(place)[f"{BEN}-d.jsonl"] == encoded(result(drill, 2))


def test_what_one_sent_from_several_computers_is_ones_own(place: FolderPlace, drill: Published) -> None:
    first, second = encoded(result(drill, 1)), encoded(result(drill, 1, attempt=2))
    place.submit(ANNA, "0a", [member(1), first])
    place.submit(ANNA, "0b", [second, b"what nobody understands\n"])
    place.submit(BEN, "0a", [member(2)])
    copy = place.root / "results" / f"{ANNA}-0b (conflicted copy).jsonl"
    copy.write_bytes(second)
    assert [(each.data, each.device) for each in place.own(ANNA)] == [
        (member(1), "0a"),
        (first, "0a"),
        (second, "0b"),
    ]
    assert place.keep(ANNA, "0a", lambda line: isinstance(line, Member)) == 2
    assert files(place)[f"{ANNA}-0b.jsonl"] == b"what nobody understands\n"
    left = encoded(Left(id=id_of("left", ANNA), member=ANNA, at=NOW))
    assert place.withdraw(ANNA, "0a", left) == [copy.name]
    assert {data for name, data in files(place).items() if name.startswith(ANNA) and name != copy.name} == {
        left
    }
    assert files(place)[f"{BEN}-0a.jsonl"] == member(2)


def test_a_drill_is_published_once_and_never_changed(place: FolderPlace, drill: Published) -> None:
    path = Path(place.publish(drill))
    assert path.read_bytes() == drill.data
    before = disk.signature(path)
    place.publish(drill)
    assert disk.signature(path) == before
    other = Published(drill.drill, "0" * 32, drill.data + b"# other\n")
    with pytest.raises(TeamError, match="another drill"):
        place.publish(other)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == drill.data
    assert place.drill("red-flags").drill == drill.drill


@pytest.mark.slow
@pytest.mark.parametrize("links", [True, False])
def test_of_two_drills_that_are_published_at_once_under_one_id_one_is(
    place: FolderPlace, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", without_links)
    drills = [published(seed=seed) for seed in (1, 2)]
    together, told = threading.Barrier(2), []

    def publish(drill: Published) -> None:
        together.wait()
        try:
            place.publish(drill)
            told.append(drill)
        except TeamError:
            pass

    for _ in range(20):
        told.clear()
        leads = [threading.Thread(target=publish, args=(drill,)) for drill in drills]
        for each in leads:
            each.start()
        for each in leads:
            each.join()
        assert [place.drill("red-flags")] == told
        (path,) = (place.root / "drills").iterdir()
        path.unlink()


def without_links(*_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_publishing_that_was_cut_off_in_a_folder_without_links_is_told(
    place: FolderPlace, drill: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", without_links)
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises(TeamError, match="No space left"):
            place.publish(drill)
    assert list((place.root / "drills").iterdir()) == []
    path = place.root / "drills" / "red-flags.drill.toml"
    path.touch()  # as by a kill
    with pytest.raises(TeamError, match=r"red-flags.drill.toml is empty: .* remove it"):
        place.publish(drill)
    path.unlink()
    place.publish(drill)
    assert place.drill("red-flags") == drill


@pytest.mark.skipif(sys.platform == "win32", reason="has no folders that only their mode closes")
def test_a_folder_that_takes_no_drill_is_told_by_the_drills_file(
    place: FolderPlace, drill: Published
) -> None:
    with read_only(place.root / "drills"), pytest.raises(TeamError) as told:
        place.publish(drill)
    assert "red-flags.drill.toml can't be used" in str(told.value)
    assert list((place.root / "drills").iterdir()) == []


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_drills_that_cant_be_used_are_told_beside_the_others(place: FolderPlace, drill: Published) -> None:
    place.publish(drill)
    drills = place.root / "drills"
    (drills / "newer.drill.toml").write_text("format = 2\n")
    (drills / "red-flags (conflicted copy).drill.toml").write_bytes(drill.data + b"# changed\n")
    (drills / "a-copy.drill.toml").write_bytes(drill.data)
    found, problems = place.drills()
    assert [(each.drill.id, each.fingerprint) for each in found] == [("red-flags", drill.fingerprint)]
    assert sorted(problem.partition(":")[0] for problem in problems) == [
        "newer.drill.toml",
        "red-flags (conflicted copy).drill.toml",
    ]
    with pytest.raises(DrillError, match="no drill"):
        place.drill("newer")


def test_files_are_as_open_as_the_folder(tmp_path: Path, drill: Published) -> None:
    root = tmp_path / "share"
    root.mkdir()
    root.chmod(0o2770)
    place = FolderPlace.create(root, TeamSettings(id="0" * 16, name="Casting"))
    place.submit(ANNA, "d", [member(1)])
    place.publish(drill)
    assert {path.stat().st_mode & 0o777 for path in root.rglob("*") if path.is_file()} == {0o660}
    assert {path.stat().st_mode & 0o7777 for path in root.iterdir() if path.is_dir()} == {0o2770}


def test_a_time_at_the_end_of_the_calendar_stops_nobodys_report(tmp_path: Path) -> None:
    """Whoever can write in the folder can write any line, into a file of anybody."""
    team = Casting(tmp_path)
    member = team.anna.team.member.member
    for n, at in enumerate(("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00")):
        line = encoded(replace(result(team.drill, 1), member=member, at=datetime.fromisoformat(at)))
        (team.share / "results" / f"{member}-{n}.jsonl").write_bytes(line)
    assert team.told().count("has a time that can't be; it is not counted") == 2
    assert team.anna.team.drills()[0][0].standing.stage is Stage.OPEN


def test_a_file_that_an_editor_saved_is_read(place: FolderPlace, drill: Published) -> None:
    data = encoded(result(drill, 1)) + encoded(result(drill, 2))
    (place.root / "results" / "mailed.jsonl").write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    found = place.results()
    assert (len(found.lines), list(found.problems)) == (2, [])


def test_a_folder_that_is_read_only_is_told_by_a_name_that_one_knows(
    place: FolderPlace, drill: Published
) -> None:
    line = encoded(result(drill, 1))
    with read_only(place.root / "results"), pytest.raises(TeamError) as told:
        place.submit(ANNA, "d", [line])
    assert f"{ANNA}-d.jsonl can't be used" in str(told.value)
    assert ".tmp" not in str(told.value)
    assert place.submit(ANNA, "d", [line]) == {}


def test_a_making_that_was_cut_off_is_done_once_more(tmp_path: Path) -> None:
    (tmp_path / "drills").mkdir()
    FolderPlace.create(tmp_path, TeamSettings(id="1" * 16, name="Casting"))
    assert FolderPlace.open(tmp_path).settings.name == "Casting"


def test_of_a_team_in_which_nobody_is_it_is_told_what_may_be_done(tmp_path: Path) -> None:
    FolderPlace.create(tmp_path / "share", TeamSettings(id="1" * 16, name="Casting"))
    team = Team(Home(tmp_path / "home"), "anna", FakeClock())
    with pytest.raises(
        TeamError,
        match=r"nobody is in it yet\. If its making was cut off, join it as its lead: trainer team join",
    ):
        team.plan_new(str(tmp_path / "share"), "Casting", "Anna")
