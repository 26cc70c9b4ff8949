"""What is set on this computer: colours, motion and keys."""

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding
from textual.constants import TEXTUAL_ANIMATIONS

from trainer.app.kit.input import InputApp
from trainer.app.kit.keys import KeyTable, key_name
from trainer.app.kit.themes import DARK, LIGHT, THEMES, WORDS
from trainer.errors import TrainerError, told_of_file

if TYPE_CHECKING:
    from trainer.app.kit.settings import Settings


class MachineApp(InputApp):
    """Shows itself as config.toml says, and keeps there what is changed."""

    def __init__(self, settings_file: Path) -> None:
        self._settings_file = settings_file
        self._settings: Settings | None = None
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        # Without its watchers: they would have the style sheet parsed once more before the first picture.
        self.set_reactive(App.theme, DARK)
        self.stylesheet.set_variables(self.get_css_variables())

    def read_settings(self, key_tables: Callable[[], Iterable[KeyTable]]) -> None:
        """Read the settings if there are any; `key_tables` returns the keys that can be set."""
        if self._settings_file.exists():
            from trainer.app.kit.settings import read_settings

            self._settings = read_settings(self._settings_file, key_tables())
            self.theme = self._settings.theme
            self._move()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own colour names a value in every theme."""
        return WORDS

    def get_key_display(self, binding: Binding) -> str:
        """Name keys as they stand on the keyboard."""
        return binding.key_display or key_name(binding.key) or super().get_key_display(binding)

    def action_swap_theme(self) -> None:
        """Change between dark and light, from now on."""
        self.set_machine("theme", "light" if self.theme == DARK else "dark")

    @property
    def machine(self) -> "Settings":
        """What is set on this computer."""
        from trainer.app.kit.settings import Settings

        return replace(self._settings or Settings(), theme=self.theme)

    def set_machine(self, name: str, value: str | bool) -> None:  # noqa: FBT001 — a value as it is kept
        """Change theme, motion or plain from now on, and tell why it is not kept for the next time."""
        from trainer.app.kit.settings import keep_setting

        match name:
            case "theme":
                self.theme = LIGHT if value == "light" else DARK
            case "motion":
                self._settings = replace(self.machine, motion=bool(value))
                self._move()
            case _:
                self._settings = replace(self.machine, plain=bool(value))
        try:
            keep_setting(self._settings_file, name, value)
        except (OSError, TrainerError) as error:
            why = (
                str(error) if isinstance(error, TrainerError) else str(told_of_file(error) or error.strerror)
            )
            what = "These colours are" if name == "theme" else "This is"
            self.notify(f"{what} not kept for the next time. {why}", markup=False)

    def hand_over(self, name: str, page: Callable[[], str], save: Callable[[], Path]) -> str:  # noqa: ARG002
        """Save a page that prints, and open it where there is a browser with a window of its own."""
        path = save()
        if _has_windows():
            self.open_url(path.as_uri())
        return f"Saved as {path}. Open it in a browser to print it."

    def download(self, name: str, content: str) -> str:
        """Have a browser keep a file. Only an app that is served has one."""
        raise NotImplementedError

    def _move(self) -> None:
        """Let what scrolls glide or jump, as it was set; the environment may forbid gliding altogether."""
        self.animation_level = TEXTUAL_ANIMATIONS if self.machine.motion else "none"


def _has_windows() -> bool:
    """Return whether a browser would open a window, and not take over the terminal."""
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in {"darwin", "win32"} or bool(shown)
