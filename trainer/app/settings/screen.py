"""The settings: what is changed is kept at once."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from trainer.app.kit.host import Host
from trainer.app.kit.keeping_screen import KeepingScreen
from trainer.app.kit.pick import PickScreen
from trainer.app.kit.row_list import Row, RowList
from trainer.app.kit.themes import DARK
from trainer.app.settings.choices import (
    MINUTES,
    REGIONS,
    cost_words,
    minutes_after,
    region_words,
    retentions,
)
from trainer.app.settings.keys import SETTINGS_KEYS
from trainer.app.settings.view import Setting, settings_page
from trainer.engine.downloads import DOWNLOADS, Download
from trainer.engine.engine import Engine
from trainer.errors import TrainerError
from trainer.memory.schedule import DEFAULT_RETENTION
from trainer.study.plan import DEFAULT_MINUTES

_READING = 8
"""Seconds for a sentence."""
_STEPS = {"minutes", "region", "retention"}


class SettingsScreen(KeepingScreen):
    """Shows what is set, and changes it."""

    BINDINGS: ClassVar[list[BindingType]] = list(SETTINGS_KEYS)

    def __init__(self, engine: Engine, app: Host) -> None:
        self._engine, self._host = engine, app
        self._changed_retention = False
        self._downloads = {} if engine.rights.files else {each.key: each for each in DOWNLOADS}
        super().__init__()

    def on_mount(self) -> None:
        """Mark the first line."""
        self.top.show("Settings", self._engine.recruiter)
        self.show(cursor="minutes")

    def rows(self, width: int) -> list[Row]:
        """Lay the settings out."""
        computer = self._engine.rights.computer
        sections = [
            ("Yours, in your record", self._mine()),
            ("On this computer" if computer else "How it looks", self._machine()),
        ]
        if offered := self._downloads.values():
            downloads = [Setting(each.key, each.label, each.name, each.about) for each in offered]
            sections.append(("Yours to download", downloads))
        return settings_page(sections, self._files(), width, problem=self.problem)

    def label(self, binding: Binding) -> str:
        """Say what Enter does with the marked line."""
        if binding.id != "settings.go":
            return binding.description
        if self.page.cursor in self._downloads:
            return "Download"
        return {"roles": "Choose roles", "keys": "Show the keys"}.get(self.page.cursor, binding.description)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what can't be done with the marked line."""
        if action == "step":
            return self.page.cursor in _STEPS
        return super().check_action(action, parameters)

    def action_go(self) -> None:
        """Change the marked line: choose from its values, or switch it over."""
        machine = self._host.machine
        acts: dict[str, Callable[[], object]] = {
            "minutes": self._pick_minutes,
            "region": self._pick_region,
            "retention": self._pick_retention,
            "roles": lambda: self._host.open_feature("roles"),
            "theme": lambda: self._set_machine("theme", "light" if machine.theme == DARK else "dark"),
            "motion": lambda: self._set_machine("motion", not machine.motion),
            "plain": lambda: self._set_machine("plain", not machine.plain),
            "keys": self.action_help,
        }
        if act := acts.get(self.page.cursor):
            act()
        elif wanted := self._downloads.get(self.page.cursor):
            self._download(wanted)

    def action_step(self, step: int) -> None:
        """Take the value before, or the next one."""
        engine, settings = self._engine, self._engine.settings
        match self.page.cursor:
            case "minutes":
                self._set(lambda: engine.set_minutes(minutes_after(engine.minutes, step)))
            case "region":
                regions = [region for region, _ in REGIONS]
                place = max(0, min(len(regions) - 1, regions.index(settings.region) + step))
                self._set(lambda: engine.set_region(regions[place]))
            case "retention":
                values = retentions(settings)
                place = max(0, min(len(values) - 1, values.index(settings.retention) + step))
                self._set_retention(values[place])

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Change the line that was clicked."""
        self.show(cursor=message.target, bring=message.target)
        self.action_go()

    def _mine(self) -> list[Setting]:
        engine, settings = self._engine, self._engine.settings
        learned = [role.name for role in engine.learned_roles()]
        cost = cost_words(engine.retention_cost(settings.retention))
        if self._changed_retention:
            cost = f"{cost}, from the next start on".removeprefix(", ")
        return [
            Setting("minutes", "Minutes a day", str(engine.minutes), "← → take any number"),
            Setting("region", "Region", region_words(settings.region), "where the two differ"),
            Setting("retention", "To be remembered", f"{settings.retention:.0%}", cost),
            Setting("roles", "What you hire for", ", ".join(learned) or "none"),
        ]

    def _machine(self) -> list[Setting]:
        machine = self._host.machine
        glides = "what scrolls glides" if machine.motion else "what scrolls jumps"
        plain = "from the next start on" if machine.plain else "for screen readers"
        settings = [
            Setting("theme", "Colours", "dark" if machine.theme == DARK else "light", "F2 everywhere"),
            Setting("motion", "Motion", "on" if machine.motion else "off", glides),
        ]
        if not self._engine.rights.computer:
            return [*settings, Setting("keys", "Keys", "help")]
        return [
            *settings,
            Setting("plain", "Line by line", "on" if machine.plain else "off", plain),
            Setting("keys", "Keys", "help", "others go into config.toml"),
        ]

    def _download(self, wanted: Download) -> None:
        """Hand a file of the learner's own over, once it is made: the history may be long."""
        self.run_worker(partial(self._make, wanted), thread=True, exclusive=True, group="download")

    def _make(self, wanted: Download) -> None:
        try:
            made = wanted.make(self._engine)
        except TrainerError as error:
            told = str(error)
            self.call_later(lambda: self._tell(told))
        else:
            self.call_later(lambda: self._tell(self._host.download(wanted.name, made)))

    def _tell(self, words: str) -> None:
        self.notify(words, markup=False, timeout=_READING)

    def _files(self) -> list[tuple[str, Path]]:
        if not self._engine.rights.files:
            return []
        home = self._engine.home
        return [
            ("Your progress", home.progress_file(self._engine.recruiter)),
            ("Its backups", home.backups_of(self._engine.recruiter)),
            ("Your own sheets", home.decks),
            ("Settings, keys", home.settings),
        ]

    def _pick_minutes(self) -> None:
        usual = {DEFAULT_MINUTES: " (usual)"}
        words = [f"{minutes} minutes{usual.get(minutes, '')}" for minutes in MINUTES]
        present = self._engine.minutes
        self._pick(
            "How many minutes a day? ← and → on the line take any other number.",
            words,
            MINUTES.index(present) if present in MINUTES else 1,
            lambda place: self._engine.set_minutes(MINUTES[place]),
        )

    def _pick_region(self) -> None:
        regions = [region for region, _ in REGIONS]
        self._pick(
            "British and American usage differ. Which do you hire by?",
            [words for _, words in REGIONS],
            regions.index(self._engine.settings.region),
            lambda place: self._engine.set_region(regions[place]),
        )

    def _pick_retention(self) -> None:
        values = retentions(self._engine.settings)
        words = []
        for value in values:
            cost = cost_words(self._engine.retention_cost(value))
            usual = " (usual)" if value == DEFAULT_RETENTION else ""
            words.append(f"{value:.0%}{usual}{f': {cost}' if cost else ''}")
        self._pick(
            "How much of it is to be remembered when it comes back? More of it takes more reviews.",
            words,
            values.index(self._engine.settings.retention),
            lambda place: self._set_retention(values[place]),
        )

    def _pick(self, question: str, answers: Sequence[str], first: int, take: Callable[[int], object]) -> None:
        def picked(place: int | None) -> None:
            if place is not None:
                self._set(lambda: take(place))

        self.app.push_screen(
            PickScreen(question, [Content(words) for words in answers], verb="Take it", first=first), picked
        )

    def _set_retention(self, value: float) -> None:
        if value != self._engine.settings.retention:
            self._changed_retention = True
            self._set(lambda: self._engine.set_retention(value))

    def _set_machine(self, name: str, value: str | bool) -> None:  # noqa: FBT001 — a value as it is kept
        self._host.set_machine(name, value)
        self.show(cursor=self.page.cursor, bring=self.page.cursor)

    def _set(self, change: Callable[[], object]) -> None:
        """Change a setting of the learner, and show it; say why where that can't be."""
        self.keep(change)
        self.show(cursor=self.page.cursor, bring=self.page.cursor)
