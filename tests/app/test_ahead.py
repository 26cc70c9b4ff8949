"""Pages that are laid out while the learner reads: the same as those laid out when they are wanted."""

from pathlib import Path

import pytest

from tests.app.sheets import home_with_sheet
from tests.app.stage import learn, running
from trainer.app.kit.row_list import Row
from trainer.app.study import lookahead
from trainer.app.study.card_view import Face
from trainer.app.study.lookahead import Lookahead, foreseen
from trainer.app.study.screen import StudyScreen
from trainer.cards.card import Answer
from trainer.engine.choice import SessionChoice
from trainer.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_with_sheet(tmp_path)


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[Face]:
    """The cards that are laid out only once they are wanted."""
    found: list[Face] = []
    lay_out = lookahead._lay_out

    def counted(face: Face, width: int, room: int) -> list[Row]:
        found.append(face)
        return lay_out(face, width, room)

    monkeypatch.setattr(lookahead, "_lay_out", counted)
    return found


def think(screen: StudyScreen) -> None:
    """Lay out at once all that the screen would lay out a page at a time."""
    screen._coming = iter(())
    for face in foreseen(screen.session, screen._face):
        screen._lookahead.prepare(face, screen.page.content_size.width, screen.room)


@pytest.mark.slow
async def test_a_key_finds_its_page_ready_and_right(home: Home, laid: list[Face]) -> None:
    clock = learn(home, 1, "sample/levels")
    choice = SessionChoice(decks=("sample/levels",), new=0)
    async with running(home, "anna", choice=choice, clock=clock) as stage:
        screen = stage.on(StudyScreen)
        for key in ("1", "enter", "0", "space", "space"):
            think(screen)
            laid.clear()
            await stage.press(key)
            assert screen._face not in laid
            known = Lookahead().rows(screen._face, screen.page.content_size.width, screen.room)
            shown = screen.page.rows(screen.page.size.width)
            assert [row.content.plain for row in shown] == [row.content.plain for row in known]


async def test_a_page_for_another_size_of_the_window_is_not_taken(home: Home) -> None:
    async with running(home, "anna", choice=SessionChoice(decks=("sample/levels",))) as stage:
        screen = stage.on(StudyScreen)
        think(screen)
        await stage.pilot.resize_terminal(50, 24)
        await stage.press("1")
        assert all(row.content.cell_length <= 50 for row in screen.page.rows(screen.page.size.width))


async def test_nothing_is_foreseen_once_the_session_has_gone_on(home: Home) -> None:
    async with running(home, "anna", choice=SessionChoice("quiz", ("sample/levels",), count=1)) as stage:
        screen = stage.on(StudyScreen)
        begun, late = (foreseen(screen.session, screen._face) for _ in range(2))
        assert next(begun).feedback
        screen.session.answer(Answer(gave_up=True))
        assert list(begun) == []
        screen.session.next()
        assert screen.session.question is None
        assert list(late) == []
