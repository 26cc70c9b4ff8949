"""A learner at work: the library, the record and the clock together.

The app, the plain mode and the command start here; none of them opens a file itself.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from trainer.cards import outline
from trainer.home import Home, check_recruiter
from trainer.memory.calendar import Clock, instant, study_day, system_clock
from trainer.memory.schedule import Schedule
from trainer.memory.state import Day
from trainer.progress import disk
from trainer.progress.places import risky_place
from trainer.progress.progress import Progress
from trainer.reports.overview import ListedInDeck, Overview, overview
from trainer.study.plan import QUIZ_LENGTH, plan_quiz, plan_study

if TYPE_CHECKING:
    from trainer.cards.card import Card
    from trainer.cards.editing import Draft
    from trainer.cards.library import Library
    from trainer.material.importing import Plan
    from trainer.material.page.found import Found
    from trainer.study.session import Session


class Training:
    """One learner with everything that training takes; close it when done."""

    def __init__(
        self,
        home: Home,
        progress: Progress,
        schedule: Schedule,
        clock: Clock,
        *,
        library: "Library | None" = None,
    ) -> None:
        self.progress = progress
        self._home = home
        self._library = library
        self._reading = Lock()
        self._schedule = schedule
        self._clock = clock

    @classmethod
    def open(
        cls,
        home: Home,
        recruiter: str,
        *,
        saving: bool = True,
        clock: Clock = system_clock,
        library: "Library | None" = None,
    ) -> "Training":
        """Open a learner's record; without `saving` it is only looked at, or practised on.

        Raises RecruiterNameError for a name that can't be used, InUseError when another trainer
        has the record open, and ProgressError when it can't be read or written.
        """
        schedule = Schedule()
        path, name = home.progress_file(recruiter), check_recruiter(recruiter)
        if saving:
            progress = Progress.open(path, name, schedule, clock, home.backups_of(recruiter))
        else:
            progress = Progress.read(path, name, schedule, clock)
        if saving:
            _warn_of_place(home, progress)
        return cls(home, progress, schedule, clock, library=library)

    @property
    def library(self) -> "Library":
        """All sheets; read when they are first wanted, by any thread."""
        with self._reading:
            if self._library is None:
                self._library = self._read_sheets()
            return self._library

    def _read_sheets(self) -> "Library":
        from trainer.cards.library import load_library  # noqa: PLC0415 — Today is shown without it

        library = load_library(self._home)
        found = tuple(outline.Outline(card.id, card.deck, card.after) for card in library.cards.values())
        if found != outline.recall(self._home):
            outline.keep(self._home, found)
        return library

    def use(self, library: "Library") -> None:
        """Go on with another library: a sheet was edited."""
        with self._reading:
            self._library = library

    @property
    def problems(self) -> Sequence[str]:
        """What is to be said of sheets: what is wrong with them, and what became of edited copies.

        Of those alone that were read already.
        """
        return (*self._library.problems, *self._library.notices) if self._library else ()

    @property
    def day(self) -> Day:
        """The study day it is now."""
        return study_day(self._clock())

    def study(
        self, decks: Sequence[str] = (), *, limit: int | None = None, new: int | None = None
    ) -> "Session":
        """Start a session: what is due, then new cards. See `plan_study`; raises UnknownDeckError."""
        cards = self.library.select(decks)
        plan = plan_study(cards, self.progress, self._schedule, self.day, limit=limit, new=new)
        return self._session(plan)

    def quiz(self, decks: Sequence[str] = (), *, count: int = QUIZ_LENGTH) -> "Session":
        """Start a quick quiz: what is most likely forgotten. See `plan_quiz`; raises UnknownDeckError."""
        plan = plan_quiz(self.library.select(decks), self.progress, self._schedule, self.day, count=count)
        return self._session(plan, once=True)

    def take_back(self) -> "tuple[Session, datetime | None]":
        """Take back the newest answer, of an earlier run too.

        Returns a session that asks its card again, if it is in a sheet still, and when the answer was
        given; None when there was none. Raises NotSavedError, and then nothing has changed.
        """
        newest = self.progress.newest()
        session = self._session(())
        session.undo()
        at = instant(newest[1].at or newest[0], self._clock().tzinfo) if newest else None
        return session, at

    def _session(self, plan: Sequence["Card"], *, once: bool = False) -> "Session":
        from trainer.study.session import Session  # noqa: PLC0415 — Today is shown without one

        return Session(plan, self.library.cards, self.progress, self._schedule, self._clock, once=once)

    def edit(self, card: "Card") -> "Draft":
        """Open the texts behind a card; see `open_draft`. What is saved becomes the library by being set."""
        from trainer.cards.editing import open_draft  # noqa: PLC0415 — few sessions edit

        return open_draft(self._home, self.library, card)

    def import_page(self, found: "Found") -> "Plan":
        """Return what importing a page would do; see `plan_import`. Raises PageError and SheetError."""
        from trainer.material.importing import plan_import  # noqa: PLC0415 — few sessions import
        from trainer.material.shelf import shipped_ids  # noqa: PLC0415 — the same

        return plan_import(found, self._home, None, shipped_ids())

    def take_in(self, plan: "Plan") -> None:
        """Do what was planned, and go on with the sheets as they are then. Raises SheetError."""
        from trainer.material.importing import save  # noqa: PLC0415 — few sessions import

        save(plan)
        self.use(self._read_sheets())

    def overview(self) -> Overview:
        """Return where the learner stands today, by what is known of the cards already."""
        return overview(self._listed(), self.progress, self.day)

    def _listed(self) -> Iterable[ListedInDeck]:
        if self._library is None and (recalled := outline.recall(self._home)) is not None:
            return recalled
        return self.library.cards.values()

    def close(self) -> None:
        """Put everything in its place on the disk and give the record free."""
        self.progress.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _warn_of_place(home: Home, progress: Progress) -> None:
    """Tell once of a folder where a record is less safe than elsewhere."""
    place = risky_place(progress.path)
    if place is None:
        return
    told = (disk.read(home.told) or b"").decode(errors="replace").splitlines()
    if str(place.folder) in told:
        return
    progress.notices.append(place.warning)
    with suppress(OSError):  # then it is told again
        disk.replace(home.told, [f"{line}\n".encode(errors="replace") for line in (*told, str(place.folder))])
