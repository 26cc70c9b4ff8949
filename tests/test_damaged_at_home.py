"""What is damaged of one drill at home is told, and all others go on."""

import re
from pathlib import Path

import pytest

from tests.commands import ran
from tests.sharing.casting import Casting
from tests.sharing.copies import COPIES, added_to
from tests.sharing.drills import published
from trainer.engine.drills import to_take
from trainer.errors import DrillError
from trainer.sharing.damage import damaged


@pytest.fixture
def casting(tmp_path: Path) -> Casting:
    """A team with two drills; of one of them Anna's log is damaged, of the other a result waits."""
    found = Casting(tmp_path)
    found.lead.team.publish(published(count=3, title="Other"))
    anna = found.anna
    with anna.trainer() as engine:
        anna.answer(engine, 3, rightly=True, wanted="other")
        anna.answer(engine, 1, rightly=True, wanted="red-flags")
    (log,) = (anna.team.own.attempts / "red-flags").glob("*.jsonl")
    log.write_bytes(b"garbage\n")
    return found


def test_a_damaged_log_is_told_and_stops_no_other_drill(casting: Casting) -> None:
    anna = casting.anna.team
    rows, problems = anna.drills()
    assert [row.drill.drill.id for row in rows] == ["other"]
    assert len(problems) == 1
    assert problems[0].startswith("“Red flags”: ")
    assert "is damaged" in problems[0]
    assert anna.known() == []
    assert anna.has_offers
    told: list[str] = []
    (offer,) = anna.offers(told.append)
    assert offer.title == "Other"
    assert len(told) == 1
    assert "is damaged" in told[0]


def test_a_drill_whose_log_is_damaged_is_not_begun_anew(casting: Casting) -> None:
    for wanted in ("", "red-flags"):
        with pytest.raises(DrillError, match="is damaged"):
            to_take(casting.anna.team, wanted)


@pytest.fixture
def copies(tmp_path: Path) -> Casting:
    """A team with two drills: Anna has begun one, and is done with the other one, whose result waits."""
    found = Casting(tmp_path)
    found.lead.team.publish(published(count=3, title="Other"))
    with found.anna.trainer() as engine:
        found.anna.answer(engine, 3, rightly=True, wanted="other")
        found.anna.answer(engine, 1, rightly=True, wanted="red-flags")
    return found


def copy_of(casting: Casting, drill: str) -> Path:
    (copy,) = (casting.anna.team.own.attempts / drill).glob("*.drill.toml")
    return copy


def of_drill(casting: Casting, drill: str) -> Path:
    return casting.share / "drills" / f"{drill}.drill.toml"


@pytest.mark.slow
def test_the_team_has_what_a_copy_lost(copies: Casting) -> None:
    anna, begun, over = copies.anna, copy_of(copies, "red-flags"), copy_of(copies, "other")
    whole = begun.read_bytes(), over.read_bytes()
    for spoil in COPIES:
        spoil(begun)
        spoil(over)
        assert to_take(anna.team).under_way
        assert len(anna.team.offers(pytest.fail)) == 1
        assert (begun.read_bytes(), over.read_bytes()) == whole
    (offer,) = anna.team.offers()
    anna.send(offer.line)
    assert not anna.team.has_offers
    added_to(over)
    assert not list(damaged(anna.team.own))  # nothing wants it any more


@pytest.mark.slow
def test_the_doctor_mends_a_copy_where_the_team_has_the_drill(copies: Casting) -> None:
    anna, paths = copies.anna.team, [copy_of(copies, name) for name in ("other", "red-flags")]
    whole = [path.read_bytes() for path in paths]
    for spoil in COPIES:
        for path in paths:
            spoil(path)
        found = list(damaged(anna.own))
        assert [each.path for each in found] == paths
        assert "can't be sent" in found[0].what
        assert "can't be gone on with" in found[1].what
        for each in found:
            assert each.mend
            each.mend(copies.clock())
        assert [path.read_bytes() for path in paths] == whole
        assert not list(damaged(anna.own))


def test_what_to_do_is_told_where_the_team_has_the_drill_no_more(copies: Casting, tmp_path: Path) -> None:
    anna, home = copies.anna.team, ("--home", copies.anna.home.root, "--recruiter", "anna")
    mailed = tmp_path / "mailed.drill.toml"
    of_drill(copies, "other").rename(mailed)
    over = copy_of(copies, "other")
    added_to(over)
    done = ran("drill", "send", *home)
    assert (done.status, done.out) == (2, "")
    assert str(over) in done.err
    assert "The team has that drill no more. Ask your lead for its file" in done.err
    (damage,) = damaged(anna.own)
    assert (damage.path, damage.mend) == (over, None)
    assert "drill take FILE" in damage.do
    with pytest.raises(DrillError, match="You have passed"):
        to_take(anna, str(mailed))
    assert anna.offers(pytest.fail)
    assert not list(damaged(anna.own))


@pytest.mark.slow
def test_what_cant_be_taken_stops_no_other_drill(copies: Casting) -> None:
    anna = copies.anna.team
    copies.lead.team.publish(published(count=3, title="Third"))
    begun = of_drill(copies, "red-flags")
    begun.write_bytes(begun.read_bytes() + b"\n[[sheets]]\n")
    assert to_take(anna).drill.drill.title == "Third"
    of_drill(copies, "third").unlink()
    with pytest.raises(DrillError, match="sheet"):
        to_take(anna)
    begun.unlink()
    with pytest.raises(DrillError, match=r"You began it.*drill take FILE"):
        to_take(anna, "red-flags")


@pytest.mark.slow
def test_a_place_that_is_away_is_told_of_a_copy_that_wants_it(copies: Casting) -> None:
    anna = copies.anna.team
    added_to(copy_of(copies, "other"))
    copies.share.rename(copies.folder / "away")
    told: list[str] = []
    assert anna.offers(told.append) == []
    assert "once that can be used: " in told[0]
    (damage,) = damaged(anna.own)
    assert damage.mend is None


def test_what_is_known_of_a_place_without_the_zone_of_a_time_is_looked_at_anew(copies: Casting) -> None:
    anna = copies.anna
    anna.send(anna.team.offers()[0].line)
    anna.team.drills()
    assert anna.team.known()
    known = anna.team.own.folder / "known.json"
    data = known.read_bytes()
    known.write_bytes(re.sub(rb'("at":"[^"]*?)(?:Z|[+-]\d\d:\d\d)"', rb'\1"', data))
    assert known.read_bytes() != data
    assert anna.team.known() == []
    anna.team.drills()
    assert anna.team.known()
