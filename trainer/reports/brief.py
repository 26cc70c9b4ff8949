"""The brief: what to take into an interview for a role. It holds nothing of a candidate.

How to run the interview follows the US Office of Personnel Management's "Structured Interviews: A Practical
Guide" (2008): the same questions in the same order, notes, a scale with anchors for each answer. What is not
asked: the UK's Equality Act 2010 (of health before an offer, its section 60) and TULRCA 1992 s. 137 (of
unions); the US Title VII, ADA and ADEA, as the EEOC tells employers of them, and NLRA s. 8(a)(3).
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from trainer.cards.card import Card, Question, choose_way
from trainer.cards.regional import right_of
from trainer.cards.role_names import find_level
from trainer.material.questions import InterviewQuestion, RedFlag
from trainer.material.sheet import TRADE_REGIONS, Level, Note, Search, Sheet, Title
from trainer.memory.learner import Region
from trainer.memory.schedule import Schedule
from trainer.memory.state import Day
from trainer.progress.progress import Progress
from trainer.reports.readiness import Readiness

_ANSWERS = "answers"
MISSED = 8
"""So many things that the learner would miss are told: what can be read once more before a door opens."""

RULES = (
    "Ask every candidate the same questions, in the same order.",
    "Write down what they say, not what you think of it.",
    "Score each answer before you ask the next question.",
    "Where something is only claimed, ask the follow-up once, then go on.",
    "Look for what speaks against your first impression as well as for it.",
)
NEVER = (
    "Age, health or disability, pregnancy, children or plans for them, marriage, religion, origin or accent, "
    "sexual orientation, and whether somebody is in a union. Where it is volunteered, don't write it "
    "down, and don't weigh it."
)


class Searched(Struct, frozen=True):
    """A title to search for."""

    title: str
    why: str


class Trap(Struct, frozen=True):
    """A word or title that means something else in a region."""

    word: str
    region: str
    text: str


class Caution(Struct, frozen=True):
    """What must not count for or against anybody, or be asked."""

    about: str
    """Where it comes up: a red flag, a title, a word, a question."""
    text: str


class Missed(Struct, frozen=True):
    """Something that the learner would miss today."""

    asks: str
    answer: str
    met: bool
    """Whether it was asked before."""


class Brief(Struct, frozen=True, kw_only=True):
    """What to take into an interview."""

    sheet: str
    """The id of the role's sheet."""
    role: str
    meaning: str
    """What the role is, with what to conclude where a résumé names it; empty where the sheet does not say."""
    level: Level | None
    """The level that is hired for; None for all of them."""
    levels: tuple[Level, ...]
    """All levels that the sheet tells apart."""
    searched: tuple[Searched, ...]
    """Titles to search for, the role's own first."""
    filtered: tuple[Searched, ...]
    """Titles to search for too, whose hits have to be looked through."""
    questions: tuple[InterviewQuestion, ...]
    """Those of the level; all where none was named, or the level has none of its own."""
    flags: tuple[RedFlag, ...]
    """Those of safety first."""
    traps: tuple[Trap, ...]
    fair: tuple[Caution, ...]
    missed: tuple[Missed, ...] = ()
    readiness: Readiness | None = None
    """How much of it the learner would know now."""

    @property
    def search(self) -> str:
        """A Boolean search string of the titles to search for."""
        return _either(each.title for each in self.searched)

    @property
    def wide_search(self) -> str:
        """The same with those whose hits have to be looked through."""
        return _either(each.title for each in (*self.searched, *self.filtered))


def brief_of(sheet: Sheet, *, level: str = "", region: Region | None = None) -> Brief:
    """Return the brief for a role, and for one of its levels if that is named, by its id or its name.

    With a region, titles are judged as they are there. Raises TrainerError for a level that is none.
    """
    hired = find_level(sheet, level) if level else None
    asked = tuple(each for each in sheet.questions if hired and each.level == hired.id)
    own = (sheet.name, *sheet.job_titles, *(name for term in sheet.terms[:1] for name in term.names))
    return Brief(
        sheet=sheet.id,
        role=sheet.name,
        meaning=" ".join(part for term in sheet.terms[:1] for part in (term.meaning, term.signal) if part),
        level=hired,
        levels=tuple(each for each in sheet.levels if each.indicators),
        searched=(
            *(Searched(name, "") for name in _names(own if sheet.is_role else ())),
            *_searched(sheet.titles, Search.YES, region, own),
        ),
        filtered=tuple(_searched(sheet.titles, Search.FILTER, region, own)),
        questions=asked or sheet.questions,
        flags=tuple(sorted(sheet.red_flags, key=lambda flag: not flag.safety)),
        traps=tuple(_traps(sheet)),
        fair=tuple({each.text: each for each in _fair(sheet)}.values()),
    )


def missed_today(
    cards: Sequence[Card], progress: Progress, schedule: Schedule, day: Day, *, most: int = MISSED
) -> tuple[Missed, ...]:
    """Return what a learner would miss of some cards, which stand in the order of teaching, at most so many.

    First what was met and is likely forgotten, the least likely remembered first; then what was never met. Of
    an item one card is told. What is asked of answers is left out, for points and flags stand in the brief;
    so are cards that were put away.
    """
    met: list[tuple[float, Card]] = []
    new: list[Card] = []
    for card in cards:
        if card.deck == _ANSWERS or progress.marks(card.id).suspended:
            continue
        if state := progress.state(card.id):
            met.append((schedule.recall(state, day), card))
        else:
            new.append(card)
    forgotten = [(recall, card) for recall, card in met if recall < schedule.retention]
    by_recall = (card for _, card in sorted(forgotten, key=lambda each: each[0]))
    by_item: dict[str, Card] = {}
    for card in (*by_recall, *new):
        by_item.setdefault(card.family, card)
    return tuple(_missed(card, progress) for card in islice(by_item.values(), most))


def _missed(card: Card, progress: Progress) -> Missed:
    question = _asked(card, progress)
    asks = " – ".join(" ".join(part.split()) for part in (question.text, question.prompt) if part)
    return Missed(asks, question.answer, met=progress.state(card.id) is not None)


def _searched(
    titles: Iterable[Title], search: Search, region: Region | None, own: Sequence[str]
) -> Iterator[Searched]:
    where = region if region and region in TRADE_REGIONS else ""
    known = {name.casefold() for name in own}
    for title in titles:
        right = right_of(title, "search", where)
        # Where the regions differ and none was named, it is searched as widely as one of them would.
        fits = search in right and (search is Search.YES or Search.YES not in right)
        if fits and title.title.casefold() not in known:
            yield Searched(title.title, _why(title, where))


def _why(title: Title, region: str) -> str:
    """Return what is said of a title, with what a note says of it in a region."""
    regional = (note.text for note in title.notes if note.region == region)
    return " ".join(part for part in (title.why or "", *regional) if part)


def _names(names: Iterable[str]) -> Iterator[str]:
    """Yield each name once, however it is written, and none that is another one in the plural."""
    told: set[str] = set()
    for name in names:
        for part in name.split("/"):
            key = part.strip().casefold().removesuffix("s")
            if key and key not in told:
                told.add(key)
                yield part.strip()


def _traps(sheet: Sheet) -> Iterator[Trap]:
    named: list[tuple[str, Sequence[Note]]] = [(title.title, title.notes) for title in sheet.titles]
    named += [(term.term, term.notes) for term in sheet.terms]
    for word, notes in named:
        for note in notes:
            if note.relation or note.search:
                yield Trap(word, note.region, note.text)


def _fair(sheet: Sheet) -> Iterator[Caution]:
    told = [(flag.text, flag.fair) for flag in sheet.red_flags]
    told += [(title.title, title.fair) for title in sheet.titles]
    told += [(term.term, term.fair) for term in sheet.terms]
    told += [(point.text, point.fair) for question in sheet.questions for point in question.points]
    told += [(f"“{example.text}”", example.fair) for example in sheet.examples]
    yield from (Caution(about, fair) for about, fair in told if fair)


def _asked(card: Card, progress: Progress) -> Question:
    """Return a card's question in the way in which it was asked last, else as it will be met."""
    state = progress.state(card.id)
    last = next(reversed(state.seen), "") if state else ""
    way = next((way for way in card.ways() if way.key == last), None) or choose_way(card, 0, {})
    return card.ask(way, max(way.stages), random.Random(card.id))


def _either(titles: Iterable[str]) -> str:
    """Return titles joined by OR as job boards and LinkedIn take them; a quote in a title would end it."""
    quoted = dict.fromkeys(f'"{" ".join(title.replace(chr(34), " ").split())}"' for title in titles)
    return " OR ".join(quoted)
