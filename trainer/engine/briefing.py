"""The brief for an interview: what to take into it for a role, for this learner and today."""

from pathlib import Path
from typing import TYPE_CHECKING

from trainer import disk
from trainer.engine.desk import Desk
from trainer.errors import file_error
from trainer.home import Home
from trainer.memory.schedule import Schedule

if TYPE_CHECKING:
    from trainer.reports.brief import Brief


class Briefing(Desk):
    """Makes briefs, and keeps them as pages to print."""

    home: Home
    _schedule: Schedule

    def brief(self, role: str, level: str = "") -> "Brief":
        """Return the brief for a role as people write it, and for one of its levels by its id or its name.

        Raises UnknownDeckError for a role that there is not, TrainerError for a level that there is not.
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
        return replace(made, missed=missed_today(in_order, self.progress, self._schedule, self.day))

    def save_brief(self, brief: "Brief") -> Path:
        """Write a brief as an HTML page into the home; return its path. Raises FileError."""
        from trainer.reports.brief_formats import as_html  # noqa: PLC0415 — few are printed
        from trainer.reports.brief_page import brief_page  # noqa: PLC0415 — the same

        level = f"-{brief.level.id}" if brief.level else ""
        path = self.home.briefs / f"{brief.sheet}{level}.html"
        try:
            disk.make_folder(path.parent)
            disk.replace(path, [as_html(brief_page(brief)).encode()])
        except OSError as error:
            raise file_error(error, path) from error
        return path
