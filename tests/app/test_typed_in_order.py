"""Keys that come in one read act in the order in which they were typed, where text is typed."""

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.events import Key
from textual.keys import key_to_character
from textual.widgets import Input

from tests.app.stage import Stage, running
from tests.app.ways import go, home_for
from trainer.app.editing.field_row import FieldText
from trainer.app.editing.screen import EditScreen
from trainer.app.importing.paste_screen import PasteScreen
from trainer.app.start.hire_screen import HireScreen
from trainer.app.start.welcome_screen import WelcomeScreen
from trainer.home import Home

BACK = "backspace"


def keys_of(*typed: str) -> list[Key]:
    """Return keys: a text as its letters, a key by its name."""
    named = {BACK, "enter", "left", "right", "home", "end", "delete", "tab", "up", "ctrl+u"}
    keys = [key for each in typed for key in ([each] if each in named else each)]
    return [Key(key, key if len(key) == 1 else key_to_character(key)) for key in keys]


async def at_once(stage: Stage, *typed: str) -> None:
    for key in keys_of(*typed):
        stage.app.post_message(key)
    await stage.settle()


async def test_plain_textual_still_lets_letters_overtake() -> None:
    """When this fails, Textual has mended #6605: `InputApp._press_in_order` can go."""

    class Plain(App[None]):
        def compose(self) -> ComposeResult:
            yield Input()

    async with Plain().run_test() as pilot:
        for key in keys_of("Amn", BACK, BACK, "nna"):
            pilot.app.post_message(key)
        await pilot.pause()
        assert pilot.app.query_one(Input).value != "Anna"


EDITED = [
    (("Amn", BACK, BACK, "nna"), "Anna"),
    (("nna", "home", "A"), "Anna"),
    (("Aa", "left", "nn"), "Anna"),
    (("Annna", "left", BACK, "end", "!"), "Anna!"),
    (("xx", "home", "delete", "delete", "Anna"), "Anna"),
    (("wrong", "ctrl+u", "Anna"), "Anna"),
]


async def test_a_name(tmp_path: Path) -> None:
    async with running(Home(tmp_path)) as stage:
        for typed, value in EDITED:
            stage.on(WelcomeScreen).entry.value = ""
            await at_once(stage, *typed)
            assert stage.on(WelcomeScreen).entry.value == value


async def test_a_name_that_was_offered_gives_way_and_enter_takes_the_other(tmp_path: Path) -> None:
    async with running(Home(tmp_path)) as stage:
        await at_once(stage, "x", *[BACK] * 4, "Amn", BACK, BACK, "nna", "enter", "zzz")
        await stage.settle()
        stage.on(HireScreen)
        assert stage.engine.recruiter == "Anna"


@pytest.mark.slow
async def test_a_text_that_is_edited_and_the_next_one(tmp_path: Path) -> None:
    async with running(home_for(tmp_path, "edit")) as stage:
        await go(stage, "edit")
        stage.on(EditScreen)
        box = stage.app.focused
        assert isinstance(box, FieldText)
        for typed, value in EDITED:
            box.load_text("")
            await at_once(stage, *typed)
            assert box.text == value
        await at_once(stage, "A", "enter", "Bx", BACK)
        following = stage.app.focused
        assert isinstance(following, FieldText)
        assert box.text == "AnnaA"
        assert following is not box
        assert following.text.startswith("B")
        assert not following.text.startswith("Bx")


async def test_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(home_for(tmp_path / "home", "paste")) as stage:
        await go(stage, "paste")
        await at_once(stage, "On", BACK, "ne", "enter", "Tvo", BACK, BACK, "wo", "left", "x")
        assert stage.on(PasteScreen).box.text == "One\nTwxo"
