"""Whoever takes drills by mail and joins a team: what was agreed to for one place is not sent to another."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cards.shipped import LIBRARY
from tests.clocks import FakeClock
from tests.learners import right
from tests.sharing.casting import Casting
from trainer.engine.drills import begin, to_take
from trainer.engine.engine import Engine
from trainer.engine.team import Team
from trainer.errors import TeamError
from trainer.home import Home
from trainer.sharing.folder import FolderPlace
from trainer.sharing.lines import decoded
from trainer.sharing.place import OwnLine


class ByMail:
    """Cleo, who took a drill that came as a file, and agreed to send the result back."""

    def __init__(self, folder: Path, casting: Casting, *, agrees: bool = True) -> None:
        self.home, self.clock = Home(folder / "cleo"), FakeClock()
        self.team = Team(self.home, "cleo", self.clock)
        file = folder / "mailed.drill.toml"
        file.write_bytes(casting.drill.data)
        with Engine.open(self.home, "cleo", clock=self.clock, library=LIBRARY) as engine:
            run = begin(engine, self.team, to_take(self.team, str(file)))
            while run.session.question:
                run.session.answer(right(run.session.question))
                run.session.next()
            run.finish()
        self.line, self.readers = run.result(), self.team.readers
        if agrees:
            self.team.agree(self.line, self.readers)

    def join(self, casting: Casting, alias: str = "Nobody Knows") -> None:
        self.team.join(self.team.plan_join(str(casting.share), alias))

    def sent(self, casting: Casting) -> list[OwnLine]:
        return list(FolderPlace.open(casting.share).own(self.team.member.member))


def test_what_was_agreed_to_by_mail_is_not_sent_to_a_team_and_is_offered_again(tmp_path: Path) -> None:
    casting = Casting(tmp_path)
    cleo = ByMail(tmp_path, casting)
    planned = cleo.team.plan_join(str(casting.share), "Nobody Knows")
    assert "What you agreed to send by mail is not sent there" in planned.notes[0]
    cleo.team.join(planned)
    cleo.team.send()
    assert [each.data for each in cleo.sent(casting)] == [planned.line]
    (offer,) = cleo.team.offers()
    mailed, offered = decoded(cleo.line.rstrip()), decoded(offer.line.rstrip())
    assert offered == replace(mailed, alias="Nobody Knows")
    cleo.team.agree(offer.line, cleo.team.readers)
    cleo.team.send()
    assert [each.data for each in cleo.sent(casting)] == [planned.line, offer.line]


def test_a_yes_holds_for_those_who_were_named_when_it_was_asked(tmp_path: Path) -> None:
    """The question stands on one screen while somebody joins by another."""
    casting = Casting(tmp_path)
    cleo = ByMail(tmp_path, casting, agrees=False)
    cleo.join(casting, alias="cleo")
    with pytest.raises(TeamError, match="joined or left a team since this was shown"):
        cleo.team.agree(cleo.line, cleo.readers)
    assert cleo.team.waiting == []
    readers = cleo.team.readers
    cleo.team.leave(cleo.team.leave_line())
    cleo.join(casting)
    with pytest.raises(TeamError, match="joined or left a team since this was shown"):
        cleo.team.agree(cleo.line, readers)
    assert [len(cleo.team.waiting), len(cleo.sent(casting))] == [0, 1]


def test_a_drill_by_mail_that_is_begun_while_one_joins_leaves_one_in_the_team(tmp_path: Path) -> None:
    casting = Casting(tmp_path)
    anna = casting.anna.team.member
    assert casting.anna.team.own.begin(replace(anna, place="", member="f" * 16)) == anna


def test_whoever_joined_in_another_window_is_not_in_two_teams(tmp_path: Path) -> None:
    casting = Casting(tmp_path)
    cleo = ByMail(tmp_path, casting)
    planned = cleo.team.plan_join(str(casting.share), "Cleo")
    cleo.join(casting)
    with pytest.raises(TeamError, match="as Nobody Knows already"):
        cleo.team.join(planned)


def test_a_result_that_came_by_mail_and_was_sent_after_joining_counts_once(tmp_path: Path) -> None:
    casting = Casting(tmp_path)
    cleo = ByMail(tmp_path, casting)
    (casting.share / "results" / "RESULT.jsonl").write_bytes(cleo.line)
    cleo.join(casting)
    (offer,) = cleo.team.offers()
    cleo.team.agree(offer.line, cleo.team.readers)
    cleo.team.send()
    assert casting.row("Nobody Knows") == ("passed", 100)
    assert casting.told() == ""


def test_whoever_is_refused_by_a_team_is_who_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casting = Casting(tmp_path)
    cleo = ByMail(tmp_path, casting)
    before = cleo.team.membership

    def refuse(self: FolderPlace, member: str, device: str, lines: Sequence[bytes]) -> Mapping[bytes, str]:
        return dict.fromkeys(lines, "there is one in this team already")

    with monkeypatch.context() as patched:
        patched.setattr(FolderPlace, "submit", refuse)
        with pytest.raises(TeamError, match="there is one in this team already"):
            cleo.join(casting)
    assert (cleo.team.membership, cleo.team.own.agreed()) == (
        before,
        [(decoded(cleo.line.rstrip()), cleo.line)],
    )
    cleo.join(casting)
    assert [offer.title for offer in cleo.team.offers()] == [casting.drill.drill.title]
