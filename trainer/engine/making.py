"""Making a drill step by step: what can be asked of a lead, the draft that comes out, and publishing it."""

import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from trainer import disk
from trainer.cards.decks import DECKS
from trainer.cards.library import Library
from trainer.engine.drill_words import checked_later, draft_terms, kind_of, shared_of
from trainer.engine.setting import calibration, confusions_drill, drafted, freeze_draft, put
from trainer.engine.team import Team
from trainer.errors import DrillError, TeamError
from trainer.humanize import count, dated
from trainer.material.ids import id_of
from trainer.reports.team import DrillReport
from trainer.sharing.drill import LONGEST_TITLE, MOST_QUESTIONS, RATED, ROUND, SUFFIX, Drill
from trainer.sharing.drill_file import read_published, written
from trainer.sharing.freezing import drawn_cards
from trainer.sharing.own import told_at_home

CALIBRATION = "calibration"
"""Stands for a calibration round where a deck is chosen."""
_NUMBERS = (5, 10, 15, 20, 30)
_DAYS = (2, 4, 7, 14)
_MARKS = (60, 70, 80, 90, 100)
_WEEK = 7
_FRIDAY = 4
_AHEAD = 2
"""Days that people have at least until the Friday that is offered."""
_SEEDS = 10_000
_LONGEST_BEFORE = 60
"""Letters of the title of the drill before, in the title of the next one."""


class Offered(Struct, frozen=True):
    """Something that can be chosen."""

    value: str
    words: str


class Wanted(Struct, frozen=True, kw_only=True):
    """What a lead chose."""

    role: str = ""
    deck: str = ""
    """The key of a deck, empty for all of the role's, or CALIBRATION."""
    number: int = 10
    due: str = ""
    """A date as it is typed, empty for none."""
    pass_mark: int = 80
    title: str = ""
    seed: int = 0
    """Draws the questions: the same for the same seed, whatever else is chosen anew."""

    @property
    def calibrates(self) -> bool:
        """Whether it is a calibration round."""
        return self.deck == CALIBRATION


class Made(Struct, frozen=True, kw_only=True):
    """A draft, as it is looked at before it is published."""

    draft: Drill
    terms: str
    """How much it is, and what passes it."""
    told: Sequence[str]
    """What everyone reads before they begin."""
    questions: Sequence[str]
    kept: Path | None = None
    """Where it waits at home, since it could not be published."""


class Making:
    """Makes a drill for a team, from the cards there are."""

    def __init__(self, team: Team, library: Library, roles: Sequence[Offered]) -> None:
        """Take the roles in the order in which they are offered. Raises TeamError."""
        self._team, self._library = team, library
        self._taken = {head.drill.id for head in team.heads()[0]}
        there = {deck.sheet for deck in library.decks}
        self.roles = [role for role in roles if role.value in there]

    def decks(self, role: str) -> list[Offered]:
        """Return what a drill can ask of a role."""
        decks = [deck for deck in self._library.decks if deck.sheet == role]
        found = [Offered("", "Something of all decks")] if len(decks) > 1 else []
        found += [Offered(deck.key, DECKS[deck.key].name) for deck in decks]
        if sum(card.id.endswith(RATED) for deck in decks for card in deck.cards) >= ROUND:
            words = f"A calibration round: {ROUND} whole answers, which all rate blind"
            found.append(Offered(CALIBRATION, words))
        return found

    def numbers(self, wanted: Wanted) -> list[Offered]:
        """Return how many questions there can be. Raises DrillError where there is none."""
        cards = self._library.select([_name(wanted)])
        most = len(drawn_cards(cards, MOST_QUESTIONS, 0, None))
        numbers = [number for number in _NUMBERS if number < most] + ([most] if most <= _NUMBERS[-1] else [])
        return [Offered(str(number), count(number, "question")) for number in numbers or _NUMBERS]

    def dates(self) -> list[Offered]:
        """Return by when it can be due, a Friday among it."""
        today = self._team.today
        friday = _AHEAD + (_FRIDAY - _AHEAD - today.weekday()) % _WEEK
        days = [today + timedelta(days=days) for days in sorted({*_DAYS, friday})]
        return [*(Offered(f"{day}", f"By {dated(day, today)}") for day in days), Offered("", "No due day")]

    @property
    def in_a_week(self) -> str:
        """The day that is offered first."""
        return f"{self._team.today + timedelta(days=_WEEK)}"

    @staticmethod
    def marks() -> list[Offered]:
        """Return what may pass it."""
        return [Offered(str(mark), f"{mark} % right") for mark in _MARKS]

    @staticmethod
    def another(wanted: Wanted) -> Wanted:
        """Return the same with other questions."""
        return replace(wanted, seed=secrets.randbelow(_SEEDS))

    def title(self, wanted: Wanted) -> str:
        """Return a title that no drill of the team has."""
        role = next((role.words for role in self.roles if role.value == wanted.role), wanted.role)
        part = "calibration" if wanted.calibrates else DECKS[wanted.deck].name if wanted.deck else ""
        title = f"{role}: {part[0].lower()}{part[1:]}" if part else role
        return _free(title, self._taken | self._waiting)

    def check_title(self, title: str) -> None:
        """Refuse a title that can't be. Raises DrillError."""
        if not title.strip():
            raise DrillError("Write what the drill is called.")
        if len(title) > LONGEST_TITLE:
            raise DrillError(f"That is too long: {LONGEST_TITLE} letters at most.")
        if id_of(title) in self._taken:
            raise DrillError("The team has a drill of this name. Take another one.")
        if id_of(title) in self._waiting:
            raise DrillError("A drill of this name waits to be published. Take another one.")

    def make(self, wanted: Wanted) -> Made:
        """Draw the questions. Raises DrillError."""
        seed = wanted.seed
        library, today, due, title = self._library, self._team.today, wanted.due, wanted.title
        if wanted.calibrates:
            draft = calibration(library, wanted.role, today, title=title, due=due, seed=seed)
        else:
            draft = drafted(
                library,
                [_name(wanted)],
                today,
                title=title,
                count=wanted.number,
                due=due,
                pass_mark=wanted.pass_mark,
                seed=seed,
            )
        return self._made(draft)

    def make_of_confusions(self, report: DrillReport) -> Made:
        """Make a drill of what the team mixed up in one before. Raises DrillError."""
        before = report.drill
        draft = confusions_drill(
            self._library,
            before,
            [(each.card, each.option) for each in report.confusions],
            self._team.today,
            title=_free(f"{before.title[:_LONGEST_BEFORE]}: mixed up", self._taken | self._waiting),
            due=self.in_a_week,
        )
        return self._made(draft)

    def _made(self, draft: Drill) -> Made:
        told = [kind_of(draft), shared_of(draft), self._team.readers, checked_later(draft)]
        return Made(
            draft=draft,
            terms=draft_terms(draft, self._team.today),
            told=[words for words in told if words],
            questions=[asked.says for asked in draft.questions],
        )

    def publish(self, made: Made) -> str:
        """Put it into the team's place; return what to say of it.

        Raises DrillError where that can't be: the draft is kept at home then, and `kept` offers it again.
        """
        kept = made.kept or self._team.own.draft(made.draft.id)
        with told_at_home(kept):
            disk.make_folder(kept.parent)
        put(kept, written(made.draft))  # first: whoever quits while the place does not answer loses nothing
        try:
            self._team.publish(freeze_draft(made.draft, self._library))
        except TeamError as error:
            raise DrillError(
                f"{error} Nothing is lost: the drill waits in {kept}, and “New drill” under Progress goes on "
                "with it."
            ) from error
        with told_at_home(kept):
            disk.remove(kept)
        with suppress(TeamError):  # it is published: Today knows it later at the latest
            self._team.drills()
        return f"“{made.draft.title}” is published: your team finds it on Today."

    def kept(self) -> list[Made]:
        """Return the drafts that could not be published, under titles that the team has not; others stay."""
        found = []
        for path in self._kept_files():
            with suppress(DrillError):  # it stays where it is, and its name is known
                draft = read_published(path).drill
                if draft.id not in self._team.member.published:  # else it was cut off just behind that
                    found.append(replace(self._made(self._as_of_now(draft)), kept=path))
        return found

    def _as_of_now(self, draft: Drill) -> Drill:
        """Return a draft of an earlier day: with a title that is free, and no due day that is over."""
        title = _free(draft.title, self._taken)
        over = draft.due and draft.due < self._team.today
        return replace(draft, title=title, id=id_of(title), due=None if over else draft.due)

    def _kept_files(self) -> list[Path]:
        return self._team.own.drafts

    @property
    def _waiting(self) -> set[str]:
        """The ids of the drafts that are kept: no other one takes their place."""
        return {path.name.removesuffix(SUFFIX) for path in self._kept_files()}


def _free(title: str, taken: Collection[str]) -> str:
    """Return a title, with a number where its id is taken."""
    ends = ("", *(f" {number}" for number in range(2, 1000)))
    tries = [f"{title[: LONGEST_TITLE - len(end)].rstrip()}{end}" for end in ends]
    return next((each for each in tries if id_of(each) not in taken), title)


def _name(wanted: Wanted) -> str:
    return f"{wanted.role}/{wanted.deck}" if wanted.deck else wanted.role
