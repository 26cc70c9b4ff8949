"""The interviews that a learner prepares for: when, for which role and level, and how many minutes a day."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from trainer.cards.outline import Outline
from trainer.clean import clean_line
from trainer.engine.desk import Desk
from trainer.errors import TrainerError
from trainer.humanize import listed, short_date, weekday
from trainer.memory.calendar import ROLLOVER, Clock, study_day
from trainer.memory.dates import TODAY, DateError, HourError, at_hour, comes_twice, here, read_date, read_hour
from trainer.memory.learner import FAR, MOST_MINUTES, Interview
from trainer.memory.schedule import Schedule
from trainer.study.plan import DEFAULT_MINUTES, Listed, Planner

if TYPE_CHECKING:
    from trainer.material.sheet import Sheet
    from trainer.reports.preparation import Preparation
    from trainer.study.toward import Target

USUAL_HOUR = time(9)
"""An interview begins at this hour if none is said."""
_UNCHANGED = "Nothing was changed."
_ANSWERS = "answers"


class InterviewEntry(Struct, frozen=True, kw_only=True):
    """An interview ahead, as it is listed."""

    id: int
    """What stays the same when it is moved."""
    number: int
    """Its place in the list, from 1 on, the next one first."""
    role: str
    """The id of its sheet."""
    name: str
    """What the role is called; its id if its sheet is gone."""
    gone: bool
    """Whether its sheet is gone: it is not planned for."""
    level: str
    """The id of the level that is hired for; empty when not said."""
    when: datetime
    days: int
    """Study days until then; 0 for today."""
    over: bool
    """Whether its hour has passed: nothing is planned towards it any more."""
    minutes: int
    """Minutes a day until then."""
    questions: int
    """Interview questions for its level, which may have none; for all where no level is said."""
    questions_met: int
    """… of which each point was met."""


class Interviewing(Desk):
    """Keeps the interviews of a learner; each change is in the record when the call returns.

    All that change something raise TrainerError for what can't be, and NotSavedError; nothing has changed
    then. An interview is over with its study day; it stays in the record.
    """

    _clock: Clock
    _schedule: Schedule

    def interviews(self) -> list[InterviewEntry]:
        """Return the interviews of today and later, the next one first. It reads no sheet."""
        return [self._entry(number, *each) for number, each in enumerate(self._ahead(), start=1)]

    @property
    def _interviews(self) -> dict[int, Interview]:
        """All interviews by id, by the clock of where one is now: who flew has them at another hour."""
        now = self._clock()
        return {
            id_: replace(each, when=here(each.when, now)) for id_, each in self.progress.interviews.items()
        }

    def _entry(self, number: int, id_: int, interview: Interview) -> InterviewEntry:
        names, points = {sheet.id: sheet.name for sheet in self._listed()[0]}, self._points_of(interview)
        now = self._clock()
        return InterviewEntry(
            id=id_,
            number=number,
            role=interview.role,
            name=names.get(interview.role, interview.role),
            gone=interview.role not in names,
            level=interview.level,
            when=interview.when,
            days=(study_day(interview.when) - study_day(now)).days,
            over=interview.when <= now,
            minutes=interview.minutes,
            questions=len(points),
            questions_met=sum(all(map(self.progress.state, cards)) for cards in points.values()),
        )

    def _points_of(self, interview: Interview) -> dict[str, list[str]]:
        """Return by interview question the cards of its points; where these are none, of all of them."""
        points: dict[str, list[str]] = {}
        whole: dict[str, list[str]] = {}
        for card in self._cards_for(interview):
            if card.deck == _ANSWERS and card.is_point:
                points.setdefault(card.item, []).append(card.id)
            elif card.is_recall:
                whole[card.item] = [card.id]
        return whole | points

    def add_interview(
        self, role: str, on: str, at: str = "", *, level: str = "", minutes: int | None = None
    ) -> list[str]:
        """Prepare for an interview; return what there is to say of it besides.

        Role, date and hour are as people write them; minutes a day are from 1 to 1440, those of the learner's
        day if none are said.
        """
        from trainer.cards.role_names import find_role  # noqa: PLC0415 — Today is shown without it

        sheet = find_role(role, self.library.sheets)
        level = _level_id(sheet, level)
        per_day = self.minutes if minutes is None else _a_day(minutes)
        found = Interview(role=sheet.id, level=level, when=self._when(on, at), minutes=per_day)
        notes = [*self._beside(found), *_of_level(sheet, level)]
        self.progress.keep_interview(found)
        return notes

    def move_interview(self, number: int, on: str, at: str = "", minutes: int | None = None) -> list[str]:
        """Put an interview on another date, at its hour or another; return what there is to say besides.

        With `minutes` it gets as many a day until then.
        """
        id_, before = self._numbered(number)
        when = self._when(on, at or f"{before.when:%H:%M}")
        per_day = before.minutes if minutes is None else _a_day(minutes)
        moved = Interview(role=before.role, level=before.level, when=when, minutes=per_day)
        notes = self._beside(moved, unless=id_)
        self.progress.keep_interview(moved, id_)
        return notes

    def end_interview(self, number: int) -> None:
        """Prepare for an interview no more: it was held, or will not be."""
        self.progress.drop_interview(self._numbered(number)[0])

    def preparation(self, number: int) -> "Preparation | None":
        """Return what the minutes until an interview come to, at best; None for one that is not planned for.

        Its hour has passed, or its sheet is gone. Other interviews ahead share the minutes. Reads the sheets.
        """
        from trainer.cards.role_names import level_name  # noqa: PLC0415 — most have no interview ahead
        from trainer.reports.preparation import preparation  # noqa: PLC0415 — the same
        from trainer.study.forecast import course_of  # noqa: PLC0415 — the same

        now, (_, interview) = self._clock(), self._numbered(number)
        running = [each for each in self._running(now) if self._cards_for(each)]
        if interview not in running:
            return None
        place, targets = running.index(interview), self._targets(running, now)
        roles = list(dict.fromkeys(each.role for each in running))
        planner = Planner(self.progress, self._schedule, self.day, roles)
        sheet, cards = self.library.sheets[interview.role], targets[place].cards
        vital = _vital(cards, sheet, interview.level)
        only_vital = [*targets[:place], targets[place]._replace(cards=vital), *targets[place + 1 :]]
        some = 0 < len(vital) < len(cards)
        return preparation(
            course_of(planner, targets, place),
            self.minutes_on(now),
            course_of(planner, only_vital, place) if some else None,
            level=level_name(sheet, interview.level),
            others=len(running) - 1,
        )

    @property
    def minutes(self) -> int:
        """Minutes a day, from 1 on: the learner's own choice, or what is usual."""
        return self.progress.settings.minutes or DEFAULT_MINUTES

    def minutes_on(self, now: datetime) -> int:
        """Return the minutes of a day, the largest of what the learner and the interviews ahead ask for."""
        return max([self.minutes, *(each.minutes for each in self._running(now))])

    def _running(self, now: datetime) -> list[Interview]:
        """Return the interviews that are planned for: their hour is ahead, the nearest first."""
        found = [each for each in self._interviews.values() if each.when > now]
        return sorted(found, key=lambda each: each.when)

    def hours_of_cards(self) -> dict[str, datetime]:
        """Return by card the hour of the nearest interview towards which it is planned."""
        running = self._running(self._clock())
        hours: dict[str, datetime] = {}
        for each in running:
            for card in self._cards_for(each):
                hours.setdefault(card.id, each.when)
        return hours

    def _hard_cards(self) -> set[str]:
        """Return the cards on questions that were hard to judge, until they are answered on a later day."""
        hard: set[str] = set()
        for each in self._interviews.values():
            if not each.hard or each.told is None or each.role in self.progress.settings.paused:
                continue
            for card in self._cards_of(each.role, ""):  # another level's question may have been asked too
                state = self.progress.state(card.id)
                if card.id in hard or not (state is None or state.last <= each.told):
                    continue
                if card.deck == _ANSWERS and card.item in each.hard:
                    hard.add(card.id)
        return hard

    def _cards_for(self, interview: Interview) -> list[Outline]:
        """Return what is to be known in an interview: all of its role, without questions for other levels."""
        return self._cards_of(interview.role, interview.level)

    def _targets(self, running: Sequence[Interview], now: datetime) -> "list[Target]":
        """Return the cards of interviews with their hours; one whose sheet is gone is left out."""
        from trainer.study.toward import AN_HOUR, Target  # noqa: PLC0415 — most have no interview ahead

        found = []
        for each in running:
            own = self._cards_for(each)
            off = min(each.when - now, FAR)  # what a wrong clock put in 2099 is not planned day by day
            days = min(study_day(each.when) - study_day(now), FAR).days
            # By the hour, so that what Today tells a minute later is the same.
            ahead = AN_HOUR * ceil(off / timedelta(hours=1))
            if own:
                found.append(Target(own, days, ahead))
        return found

    def _ahead(self) -> list[tuple[int, Interview]]:
        """Return the interviews of today and later by id, the next one first."""
        day = self.day
        found = [each for each in self._interviews.items() if study_day(each[1].when) >= day]
        return sorted(found, key=lambda each: (each[1].when, each[0]))

    def _numbered(self, number: int) -> tuple[int, Interview]:
        ahead = self._ahead()
        if not 1 <= number <= len(ahead):
            raise TrainerError(f'There is no interview {number}. "trainer interview list" numbers them.')
        return ahead[number - 1]

    def _when(self, on: str, at: str) -> datetime:
        now = self._clock()
        day, hour = read_date(on, self.day), read_hour(at) if at else USUAL_HOUR
        if day < self.day:
            raise DateError(f"{short_date(day)} {day.year} is over. {_UNCHANGED}")
        if day - self.day > FAR:
            raise DateError(f'"{clean_line(on)[:40]}" is more than a year ahead. {_UNCHANGED}')
        when = at_hour(day, hour, now)
        if when <= now and on.strip().casefold() == TODAY:  # the night is of the day before, until four
            when = at_hour(now.date(), hour, now)
        if when <= now:
            advice = "" if at else " Say when it begins: --at HH:MM."
            raise HourError(f"{hour:%H:%M} has passed on that day.{advice} {_UNCHANGED}")
        return when

    def _beside(self, wanted: Interview, unless: int | None = None) -> list[str]:
        """Return what is to be said of the hour: it is in the night, or there is another one then."""
        others = [each for id_, each in self._ahead() if id_ != unless and each.when == wanted.when]
        if any((each.role, each.level) == (wanted.role, wanted.level) for each in others):
            raise TrainerError(f"This interview is in your list already. {_UNCHANGED}")
        notes = []
        if others:
            called = {sheet.id: sheet.name for sheet in self._listed()[0]}
            names = listed(called.get(each.role, each.role) for each in others)
            notes.append(f"At that hour you have another one: {names}.")
        if timedelta(hours=wanted.when.hour) < ROLLOVER:
            eve, day = study_day(wanted.when), wanted.when.date()
            notes.append(f"{wanted.when:%H:%M} is in the night from {weekday(eve)} to {weekday(day)}.")
        if comes_twice(wanted.when, self._clock()):
            notes.append(f"The clocks go back, so {wanted.when:%H:%M} comes twice: the first is meant.")
        return notes


def _a_day(minutes: int) -> int:
    if not 1 <= minutes <= MOST_MINUTES:
        raise TrainerError(
            f"{minutes} minutes a day can't be: it takes a number from 1 to {MOST_MINUTES}. {_UNCHANGED}"
        )
    return minutes


def _vital(cards: Sequence[Listed], sheet: "Sheet", level: str) -> list[Listed]:
    """Return the cards that matter most: on red flags on safety, and on the questions for a level, or all."""
    items = {
        *(each.id for each in sheet.red_flags if each.safety),
        *(each.id for each in sheet.questions if not level or each.level == level),
    }
    return [card for card in cards if card.deck == "answers" and _item(card.id) in items]


def _item(card: str) -> str:
    return card.split("/")[2].partition(".")[0]


def _level_id(sheet: "Sheet", written: str) -> str:
    """Return the id of the level that somebody means; empty where none is said."""
    from trainer.cards.role_names import find_level  # noqa: PLC0415 — Today is shown without it

    try:
        return find_level(sheet, written).id if written else ""
    except TrainerError as error:
        raise TrainerError(f"{error} {_UNCHANGED}") from error


def _of_level(sheet: "Sheet", level: str) -> list[str]:
    """Return what is to be said of a level for which nothing is asked."""
    from trainer.cards.role_names import level_name  # noqa: PLC0415 — Today is shown without it

    if not level or any(question.level in {"", level} for question in sheet.questions):
        return []
    name = level_name(sheet, level)
    return [f"No interview question of {sheet.name} is for {name}: its words, titles and levels are asked."]
