"""Undoing a long paste, whose lines are gone before the cursor has moved."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets import TextArea

from trainer.app.kit.text_box import TextBox


class Typing(App[None]):
    """A text and nothing else."""

    def __init__(self, box: TextArea) -> None:
        self.box = box
        super().__init__()

    def compose(self) -> ComposeResult:
        """Show the text."""
        yield self.box


async def undone(box: TextArea) -> str:
    app = Typing(box)
    async with app.run_test(size=(60, 10)) as pilot:
        box.insert("a line\n" * 200)
        await pilot.pause()
        box.move_cursor((150, 0))
        await pilot.pause()
        box.undo()
        await pilot.pause()
        return box.text


async def test_an_undone_paste_is_gone() -> None:
    assert await undone(TextBox()) == ""


async def test_the_guard_is_still_wanted() -> None:
    """When this fails, Textual has mended it, and TextBox can go."""
    with pytest.raises(ValueError, match="out of bounds"):
        await undone(TextArea())
