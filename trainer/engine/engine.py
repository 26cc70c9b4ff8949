"""A learner at work: the library, the record and the clock together.

The app, the plain mode and the command start here; none of them opens a file itself.
"""

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from trainer.cards import outline
from trainer.cards.outline import Outline
from trainer.cards.roles import Roles
from trainer.cards.shared import shared
from trainer.engine.browsing import Browsing
from trainer.engine.importing import Importing
from trainer.engine.interview_day import InterviewDays
from trainer.engine.looking_up import LookingUp
from trainer.engine.measuring import Measuring
from trainer.engine.rights import Rights
from trainer.engine.spotting import Spotting
from trainer.errors import TrainerError
from trainer.home import Home
from trainer.memory.calendar import Clock, study_day, system_clock
from trainer.memory.schedule import Schedule
from trainer.memory.state import Day, DayTotals, sum_of
from trainer.names import check_recruiter
from trainer.progress.progress import Progress
from trainer.progress.risky_folders import risky_folder
from trainer.reports.overview import Overview, overview
from trainer.reports.roles import Named
from trainer.reports.today import Standing
from trainer.reports.week import Week, week_of

if TYPE_CHECKING:
    from trainer.cards.library import Library
    from trainer.engine.people import Person
    from trainer.reports.confusion import Confusion
    from trainer.reports.roles import RoleEntry
    from trainer.reports.sheets import SheetRow
    from trainer.study.pairs import Pairs
    from trainer.study.summary import Outlook


class Engine(InterviewDays, Browsing, Importing, LookingUp, Measuring, Spotting):
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
        self.home = home
        self._library = library
        self._reading = Lock()
        self._schedule = schedule
        self._clock = clock
        self._notices = list(progress.notices)
        self._told: set[str] = set()
        self._outlined: tuple[Library, outline.Outlines] | None = None
        self._confused: tuple[Day, Confusion | None] | None = None
        self._at_opening = len(progress.notices)
        self.first_ever = not progress.states
        """Whether this learner never answered anything before; true until a front end ends it."""

    @classmethod
    def open(  # noqa: PLR0913 — what a front end says, and what tests replace
        cls,
        home: Home,
        recruiter: str,
        *,
        saving: bool = True,
        clock: Clock = system_clock,
        library: "Library | None" = None,
        rights: Rights = Rights(),  # noqa: B008 — it never changes
    ) -> "Engine":
        """Open a learner's record; without `saving` it is only looked at, or practised on.

        Raises RecruiterNameError for a name that can't be used, InUseError when another trainer
        has the record open, and ProgressError when it can't be read or written.
        """
        schedule = Schedule()
        path, name = home.progress_file(recruiter), home.known(recruiter) or check_recruiter(recruiter)
        opened = Progress.open if saving else Progress.read
        progress = opened(path, name, schedule, clock, home.backups_of(recruiter))
        if saving and rights.computer:
            _warn_of_folder(home, progress)
        engine = cls(home, progress, progress.schedule, clock, library=library)
        engine.rights = rights
        return engine

    @property
    def library(self) -> "Library":
        """All sheets; read when they are first wanted, by any thread."""
        with self._reading:
            if self._library is None:
                self._library = self._read_sheets()
            return self._library

    def _read_sheets(self) -> "Library":
        from trainer.cards.library import load_library  # noqa: PLC0415 — Today is shown without it

        if kept := shared(self.home):
            self._outlined = kept.library, kept.outlines
            return kept.library
        library = load_library(self.home, writing=self.rights.sheets)
        self._outlined = library, library.outlined(self.home)
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

    @property
    def clock(self) -> Clock:
        """What tells the time."""
        return self._clock

    @property
    def saved(self) -> bool:
        """False for practice."""
        return self.progress.saved

    @property
    def recruiter(self) -> str:
        """Whose record it is."""
        return self.progress.recruiter

    # Where the learner stands

    def standing(self) -> Standing:
        """Return what Today tells; notices are told the first time only."""
        roles, sheets, cards = self._asked()
        notices = [*self._notices, *self._problems(roles)]
        self._notices = []
        self._told.update(notices)
        day, seen = self.day, self._overview(cards, roles)
        earlier = max((each for each in self.progress.days if each < day), default=None)
        waiting = seen.to_see_again + seen.new
        return Standing(
            overview=seen,
            now=self._clock(),
            day=day,
            week=self.week,
            away=(day - earlier).days if earlier else None,
            tomorrow=0 if waiting else self._tomorrow(cards, roles),
            further=self._further(cards) if seen.due and not waiting else 0,
            role=self._standing_of(next(iter(roles.learned), ""), roles, sheets, cards),
            learned=roles.learned,
            notices=tuple(map(self.rights.told, notices)),
        )

    def _tomorrow(self, cards: Sequence[Outline], roles: Roles) -> int:
        """Return the minutes that tomorrow is expected to take."""
        return self._of_the_day(cards, roles, later=timedelta(days=1)).minutes

    def _further(self, cards: Sequence[Outline]) -> int:
        """Return how many cards going on beyond the day's minutes would ask."""
        return len(self._plan(cards, self.beyond_today()).cards)

    def outlook(self) -> "Outlook":
        """Return what lies ahead when a session ends: what is left for today, and what tomorrow takes."""
        from trainer.study.summary import Outlook  # noqa: PLC0415 — Today is shown without it

        (roles, _, cards), day = self._asked(), self.day
        seen = self._overview(cards, roles)
        return Outlook(
            day=day,
            first_day=set(self.progress.days) <= {day},
            due=seen.reviews,
            more=seen.again + seen.new,
            again=seen.again,
            minutes=seen.minutes,
            tomorrow=self._tomorrow(cards, roles),
            left_over=seen.due - seen.reviews,
        )

    def tell(self, notice: str) -> None:
        """Put a sentence on the next Today."""
        self._notices.append(notice)

    def _problems(self, roles: Roles) -> list[str]:
        """Return what is wrong with sheets, or with the choice of them, and was not told yet."""
        missing = (
            f'The role "{id_}" that you learn has no sheet that can be used: it is left out, and its '
            f'progress is kept. "trainer roles remove {id_}" takes it out of your roles.'
            for id_ in roles.missing
        )
        return [problem for problem in (*self.problems, *missing) if problem not in self._told]

    def otherwise(self, shown: Standing) -> bool:
        """Return whether the sheets, read after Today was filled, say something else than it shows."""
        return bool(self._problems(self._roles())) or self.overview() != shown.overview

    @property
    def can_undo(self) -> bool:
        """Whether an answer of today can be taken back; without saving it would only seem to be."""
        if not self.saved or not self.progress.totals(self.day).reviews:
            return False
        newest = self.progress.newest()
        return newest is not None and newest[1].day == self.day and not newest[1].drill

    @property
    def week(self) -> Week:
        """The days of this week with answers."""
        return week_of(self.progress.days, self.day)

    @property
    def totals_of_week(self) -> DayTotals:
        """The sums of this week, from Monday on."""
        monday = self.day - timedelta(days=self.day.weekday())
        return sum_of(totals for day, totals in self.progress.days.items() if monday <= day <= self.day)

    def overview(self) -> Overview:
        """Return where the learner stands today, by what is known of the cards already."""
        roles, _, cards = self._asked()
        return self._overview(cards, roles)

    def _overview(self, cards: Sequence[Outline], roles: Roles) -> Overview:
        plan = self._of_the_day(cards, roles)
        return overview(cards, self.progress, self.day, plan, self.minutes_on(self._clock()))

    @property
    def has_cards(self) -> bool:
        """Whether there is any card that the learner learns."""
        return bool(self._asked()[2])

    def _listed(self) -> tuple[Sequence[Named], Sequence[Outline]]:
        if self._library is None and (recalled := self._recalled()) is not None:
            return recalled.sheets, recalled.cards
        library = self.library
        if self._outlined is None or self._outlined[0] is not library:
            self._outlined = library, library.outlined(self.home, keep=self.saved)
        return self._outlined[1].sheets, self._outlined[1].cards

    def _recalled(self) -> outline.Outlines | None:
        """Return the outlines that are at hand without reading a sheet."""
        kept = shared(self.home)
        return kept.outlines if kept else outline.recall(self.home)

    def sheets(self) -> "list[SheetRow]":
        """Return where the learner stands sheet by sheet, the roles that they learn first."""
        from trainer.reports.sheets import sheet_rows  # noqa: PLC0415 — only when it is opened

        roles, _, cards = self._asked()
        plan = self._of_the_day(cards, roles)
        return sheet_rows(self.library, roles, self.progress, self.day, plan.first_cards)

    def roles_today(self) -> "list[RoleEntry]":
        """Return the roles as `roles` does; what was missed today is counted as to be seen again."""
        from trainer.reports.roles import role_list  # noqa: PLC0415 — only where they are listed

        roles, sheets, cards = self._asked()
        waiting = self._of_the_day(cards, roles).first_cards
        return role_list(roles, sheets, self._listed()[1], self.progress, self.day, waiting)

    def confusion(self) -> str:
        """Return yesterday's confusion in a sentence while it waits; that it is back only if it surely is.

        The first time it reads the sheets, which a session wants too, and once a day the history.
        """
        day = self.day
        if self._confused is None or self._confused[0] != day:
            self._confused = (day, self._look_for_confusion(day))
        found = self._confused[1]
        state = self.progress.state(found.card) if found else None
        if not found or not state or state.last == day:
            return ""
        told = f"Yesterday you {found.words}."
        return f"{told} It is back today." if found.card in self._certain() else told

    def _certain(self) -> set[str]:
        """Return the ids of the cards that today's session surely asks."""
        roles, _, cards = self._asked()
        return self._of_the_day(cards, roles).certain

    def _look_for_confusion(self, day: Day) -> "Confusion | None":
        from trainer.reports.confusion import yesterdays_confusion  # noqa: PLC0415 — after the first paint

        try:
            cards, certain = self._chosen(), self._certain()
            back = [card for card in cards if card.id in certain]
            return yesterdays_confusion(back, self.progress, day) or yesterdays_confusion(
                cards, self.progress, day
            )
        except TrainerError as error:
            self.tell(str(error))
            return None

    def pairs(self) -> "Pairs | None":
        """Return a round of the warm-up, with the roles that are learned and others; None with too few."""
        from trainer.study.pairs import new_round  # noqa: PLC0415 — only when it is asked

        return new_round(self.library.sheets.values(), random.Random(), first=self._roles().learned)

    # People

    def people(self) -> "Sequence[Person]":
        """Return who trains in this home. Raises FileError."""
        from trainer.engine.people import people  # noqa: PLC0415 — only when it is opened

        return people(self.home)

    # The end

    def close(self) -> list[str]:
        """Put everything in its place on the disk, and release the record; return what went wrong there."""
        self.progress.close()
        return self.progress.notices[self._at_opening :]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _warn_of_folder(home: Home, progress: Progress) -> None:
    """Tell once of a folder where a record is less safe than elsewhere."""
    risky = risky_folder(progress.path)
    if risky is None or home.was_told(risky.folder):
        return
    progress.notices.append(risky.warning)
    with suppress(OSError):  # then it is told again
        home.note_told(risky.folder)
