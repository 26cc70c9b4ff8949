"""What is damaged of one drill at home is told, and all others go on."""

from pathlib import Path

import pytest

from tests.sharing.casting import Casting
from tests.sharing.drills import published
from trainer.engine.drills import to_take
from trainer.errors import DrillError


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


def test_a_damaged_copy_of_a_drill_is_told_and_stops_no_other_offer(casting: Casting) -> None:
    anna = casting.anna.team
    (copy,) = (anna.own.attempts / "other").glob("*.drill.toml")
    copy.write_bytes(b"changed")
    told: list[str] = []
    assert anna.offers(told.append) == []
    assert len(told) == 2
    assert "was changed since the drill was begun" in told[0]
