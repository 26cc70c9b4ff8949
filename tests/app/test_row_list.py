"""A list of rows that is asked to move where it has nothing to mark."""

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll

from trainer.app.kit.row_list import Row, RowList


class Rows(App[None]):
    """Shows a list that can be scrolled."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield RowList(lambda _width: list[Row]())


@pytest.mark.parametrize("step", [-1, 1])
async def test_there_is_nothing_to_move_to(step: int) -> None:
    """A screen that marks a line and goes on asks for it whatever the window shows."""
    app = Rows()
    async with app.run_test() as pilot:
        page = app.query_one(RowList)
        await pilot.pause()
        page.action_move(step)
        assert page.cursor == ""
