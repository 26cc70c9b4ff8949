"""The commands of leads and recruiters, in this process."""

import json
import re
from pathlib import Path

import pytest

from tests.commands import Done, ran
from trainer.sharing import place as places
from trainer.sharing.drill_file import read_published

pytestmark = pytest.mark.slow


class Team:
    def __init__(self, folder: Path) -> None:
        self.folder, self.share = folder, folder / "share"
        self.told("lead", "team", "create", self.share, "--name", "Casting", "--alias", "Lead", "--yes")

    def run(self, who: str, *arguments: str | Path, typed: str = "") -> Done:
        return ran(*arguments, "--home", self.folder / who, "--recruiter", who, typed=typed)

    def told(self, who: str, *arguments: str | Path, typed: str = "") -> str:
        done = self.run(who, *arguments, typed=typed)
        assert (done.status, done.err) == (0, ""), done
        return done.out

    def refused(self, who: str, *arguments: str | Path, typed: str = "") -> str:
        done = self.run(who, *arguments, typed=typed)
        assert done.status == 2, done
        return done.err

    def joined(self, *names: str) -> None:
        for name in names:
            self.told(name, "team", "join", self.share, "--alias", name.title(), "--yes")

    def drill(self, *options: str, title: str = "Levels") -> Path:
        file = self.folder / f"{title}.drill.toml"
        made = ("drill", "new", title, "ASM/levels", "-n", "4", "--seed", "1", "--into", file)
        self.told("lead", *made, *options)
        self.told("lead", "drill", "publish", file)
        return self.share / "drills" / f"{title.lower()}.drill.toml"

    def sent(self) -> list[dict[str, object]]:
        files = (self.share / "results").glob("*.jsonl")
        return [json.loads(line) for path in files for line in path.read_text().splitlines()]

    def state(self, who: str) -> str:
        found = json.loads(self.told("lead", "team", "report", "--format", "json"))
        return next(str(row["state"]) for row in found["drills"][0]["people"] if row["who"] == who)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_nothing_is_sent_without_a_yes(team: Team) -> None:
    team.joined("anna")
    team.drill()
    before = len(team.sent())
    for answer in ("n", "", "yes please", ":y"):
        out = team.told(
            "anna",
            *(("drill", "take") if answer == "n" else ("drill", "send")),
            typed=(f"\n0\n0\n0\n0\n{answer}\n" if answer == "n" else f"{answer}\n"),
        )
        assert "Not sent." in out
        assert "is there" not in out
        assert len(team.sent()) == before
    for command in (("drill",), ("drill", "send", "--yes")):
        assert "A result of yours is not sent" in team.told("anna", *command)
    assert "Sent." in team.told("anna", "drill", "send", typed="y\n")
    assert len(team.sent()) == before + 1
    assert "All that you agreed to is there." in team.told("anna", "drill", "send")
    assert "not sent" not in team.told("anna", "drill")


def test_a_drill_is_not_begun_by_what_is_no_answer(team: Team) -> None:
    team.joined("anna")
    team.drill()
    for typed in ("no\n", ":help\n", ":q\n", "Q\n", "help\nquit\n", "n\ny\n1\nq\n"):
        out = team.told("anna", "drill", "take", typed=typed)
        assert "answered. It waits" not in out
        assert not list(team.folder.glob("anna/teams/*/attempts/*/*.jsonl"))
        assert ("nothing is begun yet" in out) is (typed not in {":q\n", "Q\n"})
    assert "It waits for you as it is." in team.told("anna", "drill", "take", typed="no\n\n:q\n")


def test_a_name_is_not_joined_without_a_yes(team: Team) -> None:
    done = team.run("anna", "team", "join", team.share, "--alias", "Anna", typed="n\n")
    assert done.status == 1
    assert len(team.sent()) == 1
    assert "in no team" in team.refused("anna", "team")
    assert all(len(line) < 80 for line in done.out.splitlines() if "{" not in line)


def test_an_alias_is_one_persons(team: Team) -> None:
    team.joined("anna")
    for alias in ("anna", "ANNA", "Ａｎｎａ"):
        assert 'There is a "' in team.refused("ben", "team", "join", team.share, "--alias", alias, "--yes")
    assert team.told("anna", "team", "members").splitlines() == ["Anna  (you)", "Lead  (lead)"]


def test_no_command_of_a_session_helps_in_a_drill(team: Team) -> None:
    team.joined("anna")
    team.drill()
    helps = ":u\n:r\n:w\n:y\n:g\n:h\n:b\n:x\n:l\n"
    out = team.told("anna", "drill", "take", typed="\n:?\n:nothing\n" + f"{helps}0\n" * 4 + "y\n")
    assert out.count("Not in a drill.") == 4 * 9
    listed = re.findall(r"^.*  :(.) or ", out, re.MULTILINE)
    assert listed == 2 * ["m", "*", "!", "q", "?"]
    assert "0 of 4 right, 0 %. Not passed" in out


def test_a_calibration_round_is_rated_blind_and_tells_where_the_team_is_split(team: Team) -> None:
    file = team.folder / "round.drill.toml"
    made = ("drill", "new", "March round", "--calibration", "ASM", "--seed", "3", "--into", file)
    for wrong in (("ASM/levels",), ("-n", "3"), ("--drawn",), ("--pass", "50"), ("--share", "chosen")):
        assert "takes no decks" in team.refused("lead", *made, *wrong)
    assert team.told("lead", *made).count(".rate, ") == 5
    team.told("lead", "drill", "publish", file)
    people = ("anna", "ben", "carol", "dan", "eve")
    team.joined(*people)
    for place, who in enumerate(people):
        assert "All rate blind" in team.told(who, "team", "report")
        out = team.told(who, "drill", "take", typed="\n" + f"-\n-\n{1 + place}\n" * 5 + "y\n")
        terms, _, rest = out.partition("Enter begins")
        assert "how you rated" in " ".join(terms.split())
        assert "pass mark" not in terms
        assert rest.count("> Noted.") == 5
        assert f"Ratings: 1 score {1 + place}, " in rest
        assert rest.index("Noted.") < rest.index("eference")
    sent = [line["ratings"] for line in team.sent() if line["kind"] == "result"]
    assert sorted(each[0]["score"] for each in sent) == [1, 2, 3, 4, 5]  # type: ignore[index]
    assert "you score 2.5 lower" in team.told("anna", "team", "report")
    lead = team.told("lead", "team", "report")
    assert "from −2.5 to +2.5 in scores" in lead
    assert "The team saw the evidence alike." in lead


def test_a_drill_is_taken_as_often_as_it_allows(team: Team) -> None:
    team.joined("anna")
    team.drill("--attempts", "2")
    assert "1 attempt left." in team.told("anna", "drill", "take", typed="\n0\n0\n0\n0\ny\n")
    assert team.state("Anna") == "under way"
    team.told("anna", "drill", "take", typed="\n0\n0\n0\n0\ny\n")
    assert team.state("Anna") == "failed"
    assert "No attempt at" in team.refused("anna", "drill", "take", "Levels")
    team.told("anna", "team", "leave", "--yes")
    team.joined("anna")
    assert "No attempt at" in team.refused("anna", "drill", "take", "levels")


def test_leaving_in_the_middle_draws_nothing_anew(team: Team) -> None:
    team.joined("anna")
    team.drill("--drawn")

    def asked(out: str) -> list[str]:
        return [line for line in out.splitlines() if line.startswith("  “")]

    first = team.told("anna", "drill", "take", typed="\n0\n:q\n")
    again = team.told("anna", "drill", "take", typed=":q\n")
    assert asked(first)[1] == asked(again)[0]
    assert "It waits for you as it is." in first


def test_leaving_the_team_removes_what_was_sent(team: Team) -> None:
    team.joined("anna", "ben")
    team.drill()
    team.told("anna", "drill", "take", typed="\n0\n0\n0\n0\ny\n")
    team.told("anna", "team", "leave", "--yes")
    assert [line["kind"] for line in team.sent() if line.get("alias") == "Anna"] == []
    assert team.told("lead", "team", "members").splitlines() == ["Ben", "Lead  (you, lead)"]


def test_a_place_that_never_answers_holds_up_nothing(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    team.joined("anna")
    team.drill()
    never = threading.Event()
    with monkeypatch.context() as dead:
        dead.setattr(places, "PATIENCE", 0.1)
        dead.setattr("trainer.sharing.folder.FolderPlace.open", lambda _: never.wait())
        assert "does not answer" in team.refused("anna", "drill")
        assert "does not answer" in team.refused("lead", "team", "report")
    never.set()
    assert "to take" in team.told("anna", "drill")


def test_a_folder_of_another_team_is_given_nothing(team: Team, tmp_path: Path) -> None:
    team.joined("anna")
    team.share.rename(tmp_path / "old")
    team.told("other", "team", "create", team.share, "--name", "Other", "--alias", "X", "--yes")
    before = team.sent()
    assert "is the place of another team now" in team.run("anna", "drill", "send").err
    assert team.sent() == before


def test_a_drill_goes_by_mail_and_comes_back(team: Team, tmp_path: Path) -> None:
    published = team.drill()
    mail, result = tmp_path / "mail.drill.toml", tmp_path / "result.jsonl"
    team.told("lead", "drill", "publish", published, "--to", mail)
    assert read_published(mail).fingerprint == read_published(published).fingerprint
    team.run("zoe", "drill", "take", mail, typed="\n0\n0\n0\n0\ny\n")
    assert team.told("zoe", "drill", "send", "--to", result).startswith(str(result))
    (team.share / "results" / "zoe.jsonl").write_bytes(result.read_bytes())
    assert team.state("zoe") == "failed"
    assert "zoe  (sent a result by mail)" in team.told("lead", "team", "members")


def test_a_file_to_mail_is_written_over_no_other_one(team: Team, tmp_path: Path) -> None:
    team.joined("anna", "ben")
    published = team.drill()
    other = team.drill(title="Other")
    for who in ("anna", "ben"):
        team.told(who, "drill", "take", "levels", typed="\n0\n0\n0\n0\ny\n")
    mail, result, text, empty = (tmp_path / name for name in ("mail.toml", "result.jsonl", "text", "folder"))
    text.write_text("notes")
    empty.mkdir()
    for _ in range(2):  # what it wrote itself may be written anew
        team.told("lead", "drill", "publish", published, "--to", mail)
        team.told("anna", "drill", "send", "--to", result)
    draft, new = team.folder / "Levels.drill.toml", tmp_path / "new.toml"
    refused: list[tuple[str, str, str | Path, Path]] = [
        *(("lead", "publish", draft, to) for to in (text, draft, result, other, empty)),
        *(("anna", "send", "--yes", to) for to in (text, draft, mail, empty)),
        ("ben", "send", "--yes", result),
    ]
    for who, command, said, to in refused:
        before = to.read_bytes() if to.is_file() else b""
        assert "is there already. Move it" in team.refused(who, "drill", command, said, "--to", to), to
        assert before == (to.read_bytes() if to.is_file() else b"")
    assert "the folder is not there" in team.refused("anna", "drill", "send", "--to", new / "x")


def test_erasing_and_renaming_take_the_team_along(team: Team, tmp_path: Path) -> None:
    team.joined("anna")
    team.drill()
    team.told("anna", "drill", "take", typed="\n0\n0\n0\n0\nn\n")
    home = tmp_path / "anna"
    assert ran("rename", "anna", "Anna B.", "--home", home).status == 0
    assert "as Anna" in ran("team", "--home", home, "--recruiter", "Anna B.").out
    done = ran("erase", "--recruiter", "Anna B.", "--yes", "Anna B.", "--home", home)
    assert "stay in the team's place" in done.out
    assert list((home / "teams").iterdir()) == []


def test_a_draft_is_not_taken_and_an_unknown_one_is_told(team: Team, tmp_path: Path) -> None:
    team.joined("anna")
    assert "has no drill" in team.refused("anna", "drill", "take", "x")
    assert "no drill that is to be taken" in team.refused("anna", "drill", "take")
    draft = tmp_path / "draft.drill.toml"
    team.told("lead", "drill", "new", "Draft", "ASM/levels", "-n", "2", "--into", draft)
    assert "is there already" in team.refused("lead", "drill", "new", "Draft", "ASM", "--into", draft)
    assert "is a draft" in team.refused("anna", "drill", "take", draft)


_BAD = {
    ("drill", "new", "Cues", "ASM/levels", "--pass", "120"): '"120" is no whole number from 1 to',
    ("drill", "new", "Cues", "ASM/levels", "--limit", "0"): '"0" is no whole number from 1 to',
    ("drill", "new", "Cues", "ASM/levels", "--attempts", "99"): '"99" is no whole number from 1 to',
    ("drill", "new", "", "ASM/levels"): "A drill needs a title",
    ("drill", "new", "x" * 81, "ASM/levels"): "of 80 letters at most",
    ("drill", "new", "Cues", "ASM/levels", "--due", "2020-01-01"): "is over. Give a day from today on",
    ("drill", "new", "Cues", "--calibration", "Nobody"): 'There is no deck "Nobody"',
    ("drill", "new", "Cues", "ASM/levels", "--into", "no/where.drill.toml"): "the folder is not there",
    ("team", "create", "x", "--name", " "): "The team needs a name",
    ("team", "join", "share", "--alias", "../up"): '"../up" can\'t be an alias',
    ("team", "join", "nowhere"): "is not there, or can't be reached",
}


def test_what_cant_be_is_told_by_what_was_typed_and_makes_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(team.folder)
    before = sorted(team.folder.rglob("*.*"))
    for arguments, told in _BAD.items():
        assert told in team.refused("anna", *arguments), arguments
    assert sorted(team.folder.rglob("*.*")) == before


def test_a_folder_that_is_away_is_told_by_every_command_and_nothing_is_left(team: Team) -> None:
    team.joined("anna")
    team.drill()
    team.share.rename(team.folder / "away")
    before = sorted((team.folder / "anna").rglob("*"))
    for arguments in (
        ("drill",),
        ("drill", "take"),
        ("team", "members"),
        ("team", "prune"),
        ("team", "report"),
        ("team", "leave", "--yes"),
    ):
        assert "is not there, or can't be reached" in team.refused("anna", *arguments), arguments
    assert sorted((team.folder / "anna").rglob("*")) == before
    assert "as Anna" in team.told("anna", "team")
