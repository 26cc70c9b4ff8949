"""Every byte in a team's place was shown to whoever sent it before they said yes."""

import re
from pathlib import Path

import pytest

from tests.commands import Done
from tests.test_drill_commands import Team

pytestmark = pytest.mark.slow

_SHOWN = re.compile(r'^  (\{"kind":.*"\})$', re.MULTILINE)
"""A line as a preview shows it."""


class Watched(Team):
    """A team of whose members it is known what each was shown before they agreed."""

    def __init__(self, folder: Path) -> None:
        self.agreed: dict[str, set[str]] = {}
        super().__init__(folder)

    def run(self, who: str, *arguments: str | Path, typed: str = "") -> Done:
        done = super().run(who, *arguments, typed=typed)
        shown = set(_SHOWN.findall(done.out))
        if "yes" in " ".join(map(str, arguments)) or typed.endswith("y\n"):
            self.agreed.setdefault(who, set()).update(shown)
        return done

    def lines(self) -> set[str]:
        return {line for path in (self.share / "results").iterdir() for line in path.read_text().splitlines()}

    def agreed_by(self, *people: str) -> set[str]:
        return set().union(*(self.agreed[who] for who in people))


def test_nothing_is_in_a_teams_place_that_was_not_agreed_to(tmp_path: Path) -> None:
    team = Watched(tmp_path)
    team.joined("anna", "ben", "carol")
    team.drill("--attempts", "2")
    team.told("anna", "drill", "take", typed="\n0\n0\n0\n0\ny\n")
    team.told("anna", "drill", "take", typed="\n1\n1\n1\n1\nn\n")  # the second try stays at home
    team.told("ben", "drill", "take", typed="\n0\n0\n0\n0\nn\n")
    assert team.lines() == team.agreed_by("lead", "anna", "ben", "carol")
    team.told("ben", "drill", "send", typed="y\n")
    assert team.lines() == team.agreed_by("lead", "anna", "ben", "carol")
    assert len(team.lines()) == 4 + 2

    file = team.folder / "round.drill.toml"
    team.told("lead", "drill", "new", "Round", "--calibration", "ASM", "--seed", "3", "--into", file)
    team.told("lead", "drill", "publish", file)
    team.told("carol", "drill", "take", "Round", typed="\n" + "-\n-\n3\n" * 5 + "y\n")
    assert team.lines() == team.agreed_by("lead", "anna", "ben", "carol")
    assert sum('"ratings"' in line for line in team.lines()) == 1

    team.agreed["anna"].clear()
    team.told("anna", "team", "leave", "--yes")
    assert team.lines() == team.agreed_by("lead", "anna", "ben", "carol")
    assert len(team.agreed["anna"]) == 1

    mail = tmp_path / "mail.drill.toml"
    result = tmp_path / "result.jsonl"
    team.told("lead", "drill", "publish", next((team.share / "drills").glob("levels*")), "--to", mail)
    team.run("dan", "drill", "take", mail, typed="\n0\n0\n0\n0\ny\n")
    team.told("dan", "drill", "send", "--to", result)
    assert set(result.read_text().splitlines()) == team.agreed_by("dan")
    assert len(team.agreed["dan"]) == 1


def test_beside_the_lines_nothing_tells_of_anybody(tmp_path: Path) -> None:
    """What is set for the team and its drills hold no member, no alias, no home and no time."""
    team = Watched(tmp_path)
    team.joined("zebedee")
    team.drill()
    team.told("zebedee", "drill", "take", typed="\n0\n0\n0\n0\ny\n")
    files = {path.relative_to(team.share).as_posix() for path in team.share.rglob("*") if path.is_file()}
    lines = {name for name in files if name.startswith("results/")}
    assert files - lines == {"team.toml", "drills/levels.drill.toml"}
    assert all(re.fullmatch(r"results/[0-9a-f]{16}-[0-9a-f]{8}\.jsonl", name) for name in lines)
    settings = (team.share / "team.toml").read_text()
    keys = [line.partition(" =")[0] for line in settings.splitlines() if line and not line.startswith("#")]
    assert keys == ["format", "id", "name", "keep_months"]
    drill = (team.share / "drills" / "levels.drill.toml").read_text()
    ids = {name[len("results/") :].partition("-")[0] for name in lines}
    for word in (*ids, "Zebedee", str(tmp_path), "2026-"):
        assert word not in drill, word
