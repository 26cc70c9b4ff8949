"""The brief for an interview: what to take into it for a role, for this learner and today."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from trainer import disk
from trainer.engine.desk import Desk
from trainer.errors import file_error
from trainer.home import Home
from trainer.memory.calendar import Clock
from trainer.memory.schedule import Schedule

if TYPE_CHECKING:
    from trainer.material.sheet import Sheet
    from trainer.reports.brief import Brief
    from trainer.reports.experience import Experience
    from trainer.reports.readiness import Readiness
    from trainer.reports.reliability import Reliability


class Briefing(Desk):
    """Makes briefs, and keeps them as pages to print; tells how ready the learner is."""

    home: Home
    _schedule: Schedule
    _clock: Clock
    _experienced: "tuple[int, Experience] | None" = None
    """What the history told last, with the id of the newest review then."""
    _relied: "tuple[int, Reliability | None] | None" = None
    """The same of how true that was."""

    def brief(self, role: str, level: str = "") -> "Brief":
        """Return the brief for a role as people write it, and for one of its levels by its id or its name.

        Reads the history. Raises UnknownDeckError for a role that there is not, TrainerError for a level that
        there is not, ProgressError where the history can't be read.
        """
        from msgspec.structs import replace  # noqa: PLC0415 — Today is shown without it

        from trainer.cards.role_names import find_role  # noqa: PLC0415 — the same
        from trainer.reports.brief import brief_of, missed_today  # noqa: PLC0415 — the same
        from trainer.study.teaching import teaching_order  # noqa: PLC0415 — the same

        sheet = find_role(role, self.library.sheets)
        states = self.progress.states
        cards = [card for card in self.library.cards.values() if card.sheet.id == sheet.id]
        in_order = [
            *(card for card in cards if card.id in states),
            *teaching_order(cards, states.__contains__, (sheet.id,)),
        ]
        made = brief_of(sheet, level=level, region=self.progress.settings.region)
        return replace(
            made,
            missed=missed_today(in_order, self.progress, self._schedule, self.day),
            readiness=self._readiness(sheet, level, self._clock()),
        )

    def readiness(self, role: str, level: str = "", at: datetime | None = None) -> "Readiness":
        """Return how much of a role, as people write it, would be known at an hour, which is now if not said.

        Nothing is asked until then. With a level, by its id or its name, interview questions for other levels
        are not counted, as in what is planned and forecast for an interview, and its own are told apart.
        Reads the history, which may be long. Raises what `brief` does.
        """
        from trainer.cards.role_names import find_role  # noqa: PLC0415 — Today is shown without it

        return self._readiness(find_role(role, self.library.sheets), level, at or self._clock())

    def _readiness(self, sheet: "Sheet", name: str, at: datetime) -> "Readiness":
        from trainer.cards.role_names import find_level  # noqa: PLC0415 — Today is shown without it
        from trainer.reports.readiness import Hired, readiness  # noqa: PLC0415 — the same

        level = find_level(sheet, name) if name else None
        cards = self._cards_of(sheet.id, level.id if level else "")
        on_questions = [card.id for card in cards if level and card.level == level.id]
        hired = Hired(level.name, on_questions) if level else None
        return readiness([card.id for card in cards], self.progress, self._experience(), at, hired)

    def _experience(self) -> "Experience":
        """Return what the history tells; it is read again only where there is a new answer."""
        from trainer.reports.experience import experience  # noqa: PLC0415 — Today is shown without it

        newest = self.progress.newest()
        key = newest[0] if newest else 0
        if self._experienced is None or self._experienced[0] != key:
            self._experienced = key, experience(self.progress.history(), self._schedule)
        return self._experienced[1]

    def reliability(self) -> "Reliability | None":
        """Return how true it was what readiness said; None until enough was said and answered.

        Reads the history, which may be long.
        """
        from trainer.reports.reliability import reliability  # noqa: PLC0415 — Today is shown without it

        newest = self.progress.newest()
        key = newest[0] if newest else 0
        if self._relied is None or self._relied[0] != key:
            self._relied = key, reliability(self.progress.history(), self._schedule)
        return self._relied[1]

    def brief_file(self, brief: "Brief") -> str:
        """Return the name of the file that a brief is saved in."""
        level = f"-{brief.level.id}" if brief.level else ""
        return f"{brief.sheet}{level}.html"

    def printed_brief(self, brief: "Brief") -> str:
        """Return a brief as a page that prints, in HTML."""
        from trainer.reports.brief_formats import as_html  # noqa: PLC0415 — few are printed
        from trainer.reports.brief_page import brief_page  # noqa: PLC0415 — the same

        return as_html(brief_page(brief))

    def save_brief(self, brief: "Brief") -> Path:
        """Write a brief as an HTML page into the home; return its path. Raises FileError."""
        path = self.home.briefs / self.brief_file(brief)
        try:
            disk.make_folder(path.parent)
            disk.replace(path, [self.printed_brief(brief).encode()])
        except OSError as error:
            raise file_error(error, path) from error
        return path
