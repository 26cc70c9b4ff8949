"""Ways to cheat in a drill: each is refused, told in the report, or named in the README as not to be told."""

import re
from pathlib import Path

import msgspec
import pytest

from tests.learners import right
from tests.sharing.casting import Casting
from trainer.engine.choice import SessionChoice
from trainer.engine.drills import begin, to_take
from trainer.engine.team import Team
from trainer.errors import DrillError, InUseError, TeamError
from trainer.home import Home
from trainer.sharing.lines import Result, decoded, encoded

README = " ".join((Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split())


@pytest.fixture
def team(tmp_path: Path) -> Casting:
    return Casting(tmp_path)


def named(words: str) -> bool:
    """Return whether the README names it among what a folder can't prove."""
    part = re.search(r"\*\*What a folder can't prove\.\*\*.*?no certificate", README)
    return bool(part and words in part.group())


def test_nothing_takes_an_answer_back(team: Casting) -> None:
    with team.anna.trainer() as engine:
        run = team.anna.answer(engine, 1, rightly=False)
        session = run.session
        assert (session.undo(), session.count_as(right=True), session.was_guessing(), session.too_easy()) == (
            False,
            None,
            None,
            None,
        )
        before = engine.progress.history()
        assert len(before) == 1
        assert not engine.can_undo
        later = engine.session(SessionChoice(new=3))
        assert later
        assert not later.undo()
        assert engine.take_back()[1] == "Your last answer was given in a drill, where the first one counts."
        assert engine.progress.history() == before
        run = team.anna.answer(engine, 2, rightly=True)
        assert (run.finish().right, run.finish().of) == (2, 3)


def test_what_was_answered_before_a_drill_is_taken_back_as_ever_before_it(team: Casting) -> None:
    with team.anna.trainer() as engine:
        session = engine.session(SessionChoice(new=3))
        assert session
        assert session.question
        session.answer(right(session.question))
        assert engine.can_undo
        assert "Here is its question again." in engine.take_back()[1]
        assert engine.progress.history() == {}


@pytest.mark.slow
def test_a_kill_draws_nothing_anew_and_asks_nothing_twice(tmp_path: Path) -> None:
    team = Casting(tmp_path, drawn=True)
    asked = [each.card.id for each in to_take(team.anna.team).asked]
    for done in range(3):  # with a kill after each answer
        assert [each.card.id for each in to_take(team.anna.team).asked] == asked
        with team.anna.trainer() as engine:
            run = team.anna.answer(engine, 1, rightly=False)
            assert list(run.recorder.attempt.answered) == asked[: done + 1]


@pytest.mark.slow
def test_leaving_the_team_and_joining_it_anew_draws_nothing_anew(tmp_path: Path) -> None:
    team = Casting(tmp_path, drawn=True)
    anna = team.anna
    asked = [each.card.id for each in to_take(anna.team).asked]
    with anna.trainer() as engine:
        anna.answer(engine, 1, rightly=False)
    anna.team.leave(anna.team.leave_line())
    anna.join(team.share)
    assert anna.team.member.member not in anna.log(team.drill).read_text()
    with anna.trainer() as engine:
        run = anna.answer(engine, 2, rightly=True)
        assert list(run.recorder.attempt.answered) == asked
        anna.send(run.result())
    assert team.row("Anna") == ("failed", 66)
    assert team.told() == ""
    with pytest.raises(DrillError, match="No attempt"):
        to_take(anna.team, team.drill.drill.title)


@pytest.mark.slow
def test_a_drill_cant_be_begun_twice_at_once_or_left_for_another_attempt(tmp_path: Path) -> None:
    team = Casting(tmp_path, attempts=2)
    with team.anna.trainer() as engine:
        team.anna.answer(engine, 1, rightly=False)
        with pytest.raises(InUseError), team.anna.trainer():
            pass
    wanted = to_take(team.anna.team, team.drill.drill.title)
    assert (wanted.under_way, wanted.standing.attempt) == (True, 1)


@pytest.mark.slow
def test_an_altered_copy_of_a_drill_takes_the_place_of_no_attempt(team: Casting) -> None:
    """A copy with a lower mark is another drill: what was tried of the first stays tried."""
    team.anna.take(team.drill, rightly=False)
    own = team.folder / "easy.drill.toml"
    own.write_bytes(team.drill.data.replace(b"format = 1", b"format = 1\npass_mark = 1", 1))
    line = team.anna.take(team.drill, wanted=str(own))
    with pytest.raises(DrillError, match="No attempt"):
        to_take(team.anna.team, team.drill.drill.title)
    found = decoded(line.rstrip())
    assert isinstance(found, Result)
    assert found.right == found.of
    assert team.row("Anna") == ("failed", 0)
    assert (
        "it is of the drill as it was before it was changed, or of another one. It is not counted"
        in team.told()
    )


@pytest.mark.slow
def test_an_attempt_whose_file_was_removed_counts_as_it_was_sent(tmp_path: Path) -> None:
    team = Casting(tmp_path, attempts=2)
    team.anna.take(team.drill, rightly=False)
    team.anna.log(team.drill).unlink()
    team.anna.take(team.drill, rightly=False)
    assert team.row("Anna") == ("failed", 0)
    team.anna.log(team.drill).unlink()
    with pytest.raises(DrillError, match="No attempt"):
        to_take(team.anna.team, team.drill.drill.title)
    assert named("edits the files of their own home")


@pytest.mark.slow
def test_the_mark_is_not_lowered_in_the_teams_folder_unseen(team: Casting) -> None:
    team.anna.take(team.drill, rightly=False)
    team.file.write_bytes(team.drill.data.replace(b"format = 1", b"format = 1\npass_mark = 1", 1))
    assert "was changed since you published it" in team.told()
    assert team.row("Anna") == ("not started", None)
    with team.ben.trainer() as engine:
        team.ben.answer(engine, 1, rightly=False)
    copy = next(team.ben.log(team.drill).parent.glob("*.drill.toml"))
    copy.write_bytes(copy.read_bytes() + b"# easier\n")
    assert to_take(team.ben.team).drill.data == team.file.read_bytes()
    assert copy.read_bytes() == team.file.read_bytes()


@pytest.mark.slow
def test_a_clock_that_was_set_back_before_a_drill_is_told(tmp_path: Path) -> None:
    """To be in time for a day that is over: the record has later answers, and the result says so."""
    team = Casting(tmp_path, due="25 Nov")
    team.clock.forward(days=3)
    team.anna.practise()
    team.clock.forward(days=-3)
    line = team.anna.take(team.drill)
    assert b'"clock":true' in line
    team.clock.forward(days=3)
    assert "the clock of the computer was set back" in team.told()
    assert named("sets the clock")


@pytest.mark.parametrize("ahead", [{"days": 400}, {"minutes": 5}])
def test_a_clock_that_was_wrong_by_a_year_or_by_minutes_accuses_nobody(
    team: Casting, ahead: dict[str, int]
) -> None:
    team.clock.forward(**ahead)
    team.anna.practise()
    team.clock.forward(**{part: -by for part, by in ahead.items()})
    with team.anna.trainer() as engine:
        run = team.anna.answer(engine, 1, rightly=True)
    assert not run.recorder.attempt.clock_was_set_back


@pytest.mark.slow
def test_a_clock_that_is_set_back_in_a_pause_gains_no_time(tmp_path: Path) -> None:
    team = Casting(tmp_path, time_limit=10)
    with team.anna.trainer() as engine:
        team.anna.answer(engine, 1, rightly=True)
        team.clock.forward(minutes=9)
        team.anna.answer(engine, 1, rightly=True)
    team.clock.forward(minutes=-9)
    with team.anna.trainer() as engine:
        left = begin(engine, team.anna.team, to_take(team.anna.team)).session.time_left
    assert left
    assert left.total_seconds() < 60


@pytest.mark.slow
def test_a_check_that_was_brought_forward_by_the_clock_is_told(team: Casting) -> None:
    team.anna.take(team.drill)
    team.clock.forward(days=5)
    team.anna.take(team.drill)
    team.clock.forward(days=-5)
    assert "which is ahead. It is not counted" in team.told()


@pytest.mark.slow
def test_what_was_changed_in_a_result_is_told(team: Casting) -> None:
    team.anna.take(team.drill, rightly=False)
    sound = team.anna.file.read_bytes()
    team.anna.file.write_bytes(sound.replace(b'"right":0', b'"right":3'))
    assert "its checksum is wrong" in team.told()
    assert team.row("Anna") == ("not started", None)
    agreed = team.anna.team.own.folder / "agreed.jsonl"
    agreed.write_bytes(agreed.read_bytes().replace(b'"right":0', b'"right":3'))
    with pytest.raises(TeamError, match="its checksum is wrong"):
        team.anna.team.waiting  # noqa: B018 — it is read


@pytest.mark.slow
def test_a_line_that_was_written_anew_beside_the_first_counts_for_nobody(team: Casting) -> None:
    line = team.anna.take(team.drill, rightly=False)
    found = decoded(line.rstrip())
    assert isinstance(found, Result)
    items = (True,) * found.of
    decks = {deck: (of, of) for deck, (_, of) in found.decks.items()}
    forged = msgspec.structs.replace(found, right=found.of, items=items, decks=decks)
    team.anna.file.write_bytes(team.anna.file.read_bytes() + encoded(forged))
    assert "was sent twice, and the two differ. Neither is counted" in team.told()
    assert named("a checksum finds damage, not forgery")


def test_the_line_of_somebody_else_counts_for_them_and_once(team: Casting) -> None:
    line = team.ben.take(team.drill)
    team.anna.file.write_bytes(team.anna.file.read_bytes() + line + line)
    assert (team.row("Anna"), team.row("Ben")) == (("not started", None), ("passed", 100))
    assert team.told() == ""


def test_answers_in_the_record_do_not_make_a_result(team: Casting) -> None:
    """What is put right in the record, by hand or by an import, is not in the attempt."""
    with team.anna.trainer() as engine:
        run = team.anna.answer(engine, 3, rightly=False)
        for id_, review in engine.progress.history().items():
            assert review.drill, id_
        engine.progress.forget(run.recorder.attempt.answered)
        assert run.finish().right == 0
    for path in team.anna.home.progress.iterdir():
        path.unlink()
    (offer,) = team.anna.team.offers()
    assert b'"right":0' in offer.line


def test_an_alias_of_somebody_else_is_refused(team: Casting) -> None:
    other = Team(Home(team.folder / "second home"), "anna", team.clock)
    with pytest.raises(TeamError, match='There is a "Anna" in this team already'):
        other.plan_join(str(team.share), "Anna")
    assert named("Who has two homes")


def test_what_nobody_can_see_is_named() -> None:
    assert named("A drill's file holds its answers")
    assert named("Nobody sees whether you asked a colleague")
    assert named("edits the files of their own home")
