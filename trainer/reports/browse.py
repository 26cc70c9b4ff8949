"""All cards in a list: where each stands, and which of them a filter leaves."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from trainer.cards.card import Card
from trainer.cards.decks import DECKS
from trainer.cards.roles import sheet_id
from trainer.humanize import in_days
from trainer.memory.state import CardState, Day, Marks
from trainer.progress.progress import Progress
from trainer.reports.overview import LEARNED_AFTER
from trainer.study.turns import LEECH_LAPSES

Standing: TypeAlias = Literal["know", "soon", "to come"]
Only: TypeAlias = Literal["due", "star", "hard", "doubtful", "away", "off", "gone"]
Order: TypeAlias = Literal["next", "weakest"]

YOURS = ""
"""As a sheet to filter by: all that the learner learns."""
ALL = "*"
"""As a sheet to filter by: all that there are."""
_YEARS_FROM = 730
"""Days from which on they are told in years."""
MISSED = "missed today"
"""What is said of a card right after a miss, in the place of a chance."""
_SURE = ((0.95, "sure"), (0.85, "likely"), (0.7, "perhaps"), (0.0, "hardly"))
"""From which retrievability on it is called so."""


class CardRow(Struct, frozen=True, kw_only=True, gc=False):
    """A card in the list of all."""

    card: str
    """Its id."""
    heading: str
    """What it is about; the id where no sheet has the card."""
    deck: str
    """The key of its deck."""
    sheet: str
    """The id of its sheet."""
    sheet_name: str
    yours: bool
    """Whether the learner learns its sheet."""
    state: Standing
    due: Day | None = None
    """When it comes back; None as long as it was not met."""
    recall: float | None = None
    """The chance, 0 to 1, that it is known, half a day after its last answer or later; None if never met."""
    missed: bool = False
    """Whether it was missed today, and not right since."""
    star: bool = False
    doubtful: bool = False
    away: bool = False
    """Put away."""
    off: bool = False
    """Not asked today."""
    hard: bool = False
    """It does not stick."""
    there: bool = True
    """Whether a sheet has it."""
    found_by: str = ""
    """All that a typed text is looked for in, folded."""

    @property
    def deck_name(self) -> str:
        """Its deck in a word; the key of one that there is not."""
        return DECKS[self.deck].short_name if self.deck in DECKS else self.deck

    def due_on(self, day: Day) -> bool:
        """Return whether it would be asked again on a day."""
        return self.due is not None and self.due <= day and self.there and not (self.away or self.off)


class Sieve(Struct, frozen=True, kw_only=True):
    """Which cards are wanted; what says nothing lets all pass."""

    sheet: str = YOURS
    """A sheet by its id, or YOURS or ALL."""
    deck: str = ""
    """The key of a deck."""
    state: Standing | Literal[""] = ""
    only: Only | Literal[""] = ""
    order: Order | Literal[""] = ""
    """What comes first: what is asked next, or what is remembered least; else the order of the sheets."""


class Shelf:
    """Tells where cards stand, one by one or all of them."""

    def __init__(
        self, cards: Mapping[str, Card], asked: Collection[str], progress: Progress, day: Day
    ) -> None:
        """`asked` are the ids of the sheets that the learner learns."""
        self._cards, self._asked, self._progress, self._day = cards, frozenset(asked), progress, day

    def rows(self) -> list[CardRow]:
        """Return all cards, what is learned first; then those of the record that no sheet has any more."""
        there = [self.row(card) for card in self._cards]
        known = {
            *self._progress.states,
            *(card for card, said in self._progress.marked.items() if said != Marks()),
        }
        gone = [self.row(card) for card in sorted(known - self._cards.keys())]
        return [*(row for row in there if row.yours), *(row for row in there if not row.yours), *gone]

    def row(self, id_: str) -> CardRow:
        """Return one card."""
        card, state, marks = self._cards.get(id_), self._progress.state(id_), self._progress.marks(id_)
        sheet = sheet_id(id_)
        heading = " ".join(card.heading.split()) if card else id_
        deck = card.deck if card else id_.partition("/")[2].partition("/")[0]
        return CardRow(
            card=id_,
            heading=heading,
            deck=deck,
            sheet=sheet,
            sheet_name=card.sheet_name if card else sheet,
            yours=sheet in self._asked,
            state=standing_of(state),
            due=state.due if state else None,
            recall=self._progress.schedule.known(state, self._day) if state else None,
            missed=state is not None and missed_on(state, self._day),
            star=marks.star,
            doubtful=marks.doubtful,
            away=marks.suspended,
            off=marks.buried == self._day,
            hard=state is not None and is_hard(state),
            there=card is not None,
            found_by=heading.casefold(),
        )


def missed_on(state: CardState, day: Day) -> bool:
    """Return whether a card was missed on a day, and has not been right since."""
    return state.last == day and not next(reversed(state.seen.values()), True)


def standing_of(state: CardState | None) -> Standing:
    """Return how far a card has come, in the words of the screens."""
    if state is None:
        return "to come"
    return "know" if state.right_days >= LEARNED_AFTER else "soon"


def is_hard(state: CardState) -> bool:
    """Return whether a card does not stick: missed again and again after it was met, and not known yet."""
    return state.lapses >= LEECH_LAPSES and state.right_days < LEARNED_AFTER


def sifted(rows: Iterable[CardRow], sieve: Sieve, day: Day) -> list[CardRow]:
    """Return the cards that a filter leaves, in the order that it names; what was not met stands last."""
    for test in _tests(sieve, day):
        rows = filter(test, rows)
    if sieve.order == "next":
        return sorted(rows, key=lambda row: row.due or Day.max)
    if sieve.order == "weakest":
        return sorted(rows, key=lambda row: 2.0 if row.recall is None else row.recall)
    return list(rows)


def found(rows: Iterable[CardRow], words: str) -> list[CardRow]:
    """Return the cards in whose headings each of the words stands that were typed, whatever their case."""
    left = list(rows)
    for word in words.casefold().split():
        left = [row for row in left if word in row.found_by]
    return left


def _tests(sieve: Sieve, day: Day) -> Iterable[Callable[[CardRow], bool]]:
    """Yield what a card has to pass, what most fail first; cards of no sheet are shown by asking for them."""
    if sieve.only:
        yield _ONLY[sieve.only](day)
    if sieve.only != "gone":
        yield lambda row: row.there
        if sieve.sheet == YOURS:
            yield lambda row: row.yours
        elif sieve.sheet != ALL:
            yield lambda row: row.sheet == sieve.sheet
    if sieve.deck:
        yield lambda row: row.deck == sieve.deck
    if sieve.state:
        yield lambda row: row.state == sieve.state


_ONLY: dict[Only, Callable[[Day], Callable[[CardRow], bool]]] = {
    "due": lambda day: lambda row: row.due_on(day),
    "star": lambda _: lambda row: row.star,
    "hard": lambda _: lambda row: row.hard,
    "doubtful": lambda _: lambda row: row.doubtful,
    "away": lambda _: lambda row: row.away,
    "off": lambda _: lambda row: row.off,
    "gone": lambda _: lambda row: not row.there,
}


def known_in_words(row: CardRow) -> str:
    """Return how surely a card is known; empty as long as it was not met."""
    if row.recall is None:
        return ""
    return MISSED if row.missed else recall_in_words(row.recall)


def recall_in_words(recall: float) -> str:
    """Return a chance as a word with its figure: "likely 87 %"; it is never 100."""
    told = min(round(recall, 2), 0.99)
    word = next(word for least, word in _SURE if told >= least)
    return f"{word} {told:.0%}".replace("%", " %")


def comes_in_words(row: CardRow, day: Day) -> str:
    """Return when a card comes next, in a word or three."""
    if not row.there:
        return "gone"
    if row.away:
        return "put away"
    if row.off:
        return "not today"
    if row.due is None:
        return "not met"
    days = (row.due - day).days
    if days <= 0:
        return "due"
    if days >= _YEARS_FROM:
        return f"in {round(days / 365.25)} years"
    return in_days(days).replace("about ", "")
