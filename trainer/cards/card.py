"""Cards, and the questions they ask.

A card is one thing to learn; it can be asked in several ways. A question is one asking of
it, whole in itself: it holds the options, which of them are right, and what to say about each.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from msgspec import Struct, structs

from trainer.cards.decks import DECKS
from trainer.cards.sample import Judgement, Sample
from trainer.cards.stage import STAGES
from trainer.cards.style import in_one_style
from trainer.material.items import Origin
from trainer.material.questions import Point
from trainer.material.sheet import Sheet
from trainer.memory.learner import Region

if TYPE_CHECKING:
    from trainer.material.changes import Way as ItemWay

_T = TypeVar("_T")


class Form(StrEnum):
    """How a question is answered."""

    FLIP = "flip"
    TYPE = "type"
    CHOOSE = "choose"
    TICK = "tick"
    RECALL = "recall"
    RATE = "rate"


BECAUSE = "Because"
"""The label of the reason for the right answer."""

Quote: TypeAlias = tuple[str, str]
"""A text that another question asks: the id of its card, and the key of the way."""


class Line(Struct, frozen=True):
    """A labelled line of feedback."""

    label: str
    text: str
    at_once: bool = False
    """Whether it is said at once; the others are said on request."""
    quotes: tuple[Quote, ...] = ()
    """What it quotes: not to be asked in the same session, once it was read."""
    once: bool = False
    """Whether it is said once a session at most."""


def fairness(text: str | None, *, at_once: bool = False) -> tuple[Line, ...]:
    """Return the line that says what must not count for or against anybody, if there is one to say.

    It is said at once where it is the point of the question.
    """
    return (Line("Fair hiring", text, at_once),) if text else ()


class Option(Struct, frozen=True):
    """One of the answers to choose from."""

    id: str
    text: str
    right: bool
    why: str
    """Why it is right, or why it is wrong."""
    note: str = ""
    """A few words beside the text."""
    compare: str = ""
    """What would have made this one right."""
    quotes: tuple[Quote, ...] = ()
    """What is quoted to compare with, or as a reason if there is nothing to compare with."""


class Question(Struct, frozen=True, kw_only=True):
    """One asking of a card."""

    card: "Card"
    way: "Way"
    prompt: str
    """What is asked."""
    intro: str = ""
    """What the text is: "A résumé line:"."""
    text: str = ""
    """What the question is about, to be shown apart from it."""
    cues: tuple[str, ...] = ()
    """Words of the text that tell the answer, to be marked in it once the answer is given."""
    name: str = ""
    """What the question is about in a few words, where its text is long."""
    options: tuple[Option, ...] = ()
    """What to choose from; for a recall, what is to be named."""
    points: tuple[Point, ...] = ()
    """For a recall: the same as points, to tell what a typed line means."""
    sample: Sample | None = None
    """For a rating: what to look for, and the reference."""
    accepted: tuple[tuple[str, ...], ...] = ()
    """For a typed answer: all these things are to be named, each by one of its names."""
    rivals: tuple[str, ...] = ()
    """Names of other things, that a slip must not turn into a right answer."""
    same_words: tuple[tuple[str, ...], ...] = ()
    """For a recall: words that mean the same in the trade, to tell what a typed line means."""
    answer: str
    """The right answer in words."""
    lines: tuple[Line, ...] = ()
    """What the feedback says whatever was answered."""
    hint: str = ""
    differs_by_region: bool = False
    """Whether what is right depends on the region; where it names none, what is right in one is right."""
    unseen_counts: bool = False
    """Whether being right on a first sight of this line is a figure of its own."""

    @property
    def form(self) -> Form:
        """How it is answered."""
        return self.way.form

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is read before and after the answer."""
        options = (part for each in self.options for part in (each.text, each.why, each.compare))
        points = [each.text for each in self.sample.points] if self.sample else []
        flags = [each.text for each in self.sample.flags] if self.sample else []
        lines = (line.text for line in self.lines)
        return (self.intro, self.text, self.prompt, *options, *points, *flags, self.answer, *lines)

    @property
    def subject(self) -> str:
        """What it is about, for a list of questions."""
        return self.name or self.text or self.prompt

    @property
    def right_options(self) -> frozenset[int]:
        """Positions of the options that are right."""
        return frozenset(i for i, option in enumerate(self.options) if option.right)


class Answer(Struct, frozen=True, kw_only=True):
    """What the learner answered."""

    chosen: frozenset[int] = frozenset()
    """Positions of the options chosen, ticked or recalled."""
    typed: str = ""
    knew: bool = False
    """For a flip: whether the learner knew it."""
    judgement: Judgement | None = None
    """For a rating: what the learner says of the answer."""
    gave_up: bool = False
    """Said "I don't know"."""
    hint: bool = False
    guess: bool = False


class Way(Struct, frozen=True):
    """One of the ways in which a card can be asked."""

    key: str
    form: Form
    stages: Sequence[int] = STAGES
    held: bool = False
    """Kept back until all others were right, as a line that was never seen."""


class Skill(Struct, frozen=True):
    """What a right answer shows that somebody can do, after "you": "told 5 of 6 Senior lines"."""

    verb: str
    one: str
    many: str


class Card(Struct, frozen=True, eq=False):
    """One thing to learn."""

    sheet: Sheet
    deck: str
    item: str
    aspect: str = ""
    origin: Origin = "page"
    after: tuple[str, ...] = ()
    """Ids of cards to be met first."""
    uses: tuple[str, ...] = ()
    """Ids of the cards of words that its first question uses, to be taught before it; see `cards/words`."""
    called: str = ""
    """What tells its sheet from another of the same name; empty where there is none."""

    @property
    def sheet_name(self) -> str:
        """The name of its sheet, with the industry where another sheet has the same name."""
        return self.called or self.sheet.name

    @property
    def id(self) -> str:
        """The card's identity, `sheet/deck/item[.aspect]`; progress hangs on it."""
        return f"{self.family}.{self.aspect}" if self.aspect else self.family

    @property
    def family(self) -> str:
        """The item that the card is an aspect of; siblings share it."""
        return f"{self.sheet.id}/{self.deck}/{self.item}"

    @property
    def topic(self) -> str:
        """Where the card is from, in words."""
        return f"{DECKS[self.deck].name} · {self.sheet_name}"

    @property
    def heading(self) -> str:
        """What it is about, in a line of a list: it gives no answer away, and takes no asking to find."""
        return first_question(self).subject

    @property
    def basic(self) -> bool:
        """Whether it is one of the words of the stage that everybody learns first."""
        return False

    @property
    def word(self) -> str:
        """The word of the trade that it teaches; empty where it teaches none."""
        return ""

    @property
    def gloss(self) -> str:
        """That word with what it means, in a line."""
        return ""

    @property
    def skill(self) -> Skill:
        """What a right answer to it shows, for the summary of a session."""
        return Skill("answered", "card", "cards")

    @property
    def unasked(self) -> str:
        """What the page says on its subject and nothing asks, to be proofread; mostly empty."""
        return ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    def ways(self) -> tuple[Way, ...]:
        """Return every way to ask it, one at least; unseen ones are asked in this order."""
        raise NotImplementedError

    def ways_in(self, region: Region | None) -> tuple[Way, ...]:  # noqa: ARG002 — for decks where regions differ
        """Return the ways to ask it of a learner whose region that is, None as long as they named none."""
        return self.ways()

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        """Return the question in a way, with options as many and as close as the stage wants."""
        raise NotImplementedError

    def first_texts(self) -> tuple[str, ...]:
        """Return what its first question has to read, for the words in it."""
        question = first_question(self)
        sample = question.sample
        points = [point.text for point in sample.points] if sample else []
        flags = [flag.text for flag in sample.flags] if sample else []
        options = [option.text for option in question.options]
        return (question.intro, question.text, question.prompt, *options, *points, *flags)

    def texts(self, sheet: Sheet) -> Iterator["ItemWay"]:
        """Yield the ways to the items that it shows, what it asks first, to edit their texts.

        `sheet` is the card's own, or a newer reading; an item that is gone there may be named all the same.
        """
        raise NotImplementedError

    def mistake(self, way: str, chosen: str) -> str:  # noqa: ARG002 — for the decks that can say it
        """Say what the learner did by choosing a wrong option, after "you": "took a DSM for an ASM".

        `way` is the key of the way in which it was asked, `chosen` the option's id. Empty where it can't be
        said in a sentence.
        """
        return ""

    @property
    def right_ids(self) -> tuple[str, ...]:
        """The ids of options that are right of it, and that other cards of its deck may have as wrong ones.

        So it is known which card teaches what was chosen by mistake.
        """
        return ()


def choose_way(  # noqa: PLR0913 — all that is known of the card and its learner
    card: Card,
    stage: int,
    seen: Mapping[str, bool],
    avoid: str = "",
    region: Region | None = None,
    *,
    quoted: Collection[str] = (),
) -> Way:
    """Return the way to ask a card next of a learner in a region.

    One never asked yet comes first, else the one asked longest ago; a held one only when
    all others were right. `avoid` is the way that was asked last, `quoted` are those that the feedback on
    another question showed: others are taken if there are any.
    """
    ways = card.ways_in(region)
    ready = all(seen.get(way.key) for way in ways if not way.held)
    fitting = [way for way in ways if stage in way.stages and (ready or not way.held)] or list(ways)
    new = [way for way in fitting if way.key not in {avoid, *quoted}]
    others = new or [way for way in fitting if way.key != avoid] or fitting
    asked = list(seen)
    return min(others, key=lambda way: asked.index(way.key) if way.key in seen else -1)


def chance_of(card: str, reps: int = 0, misses: int = 0) -> random.Random:
    """Return the chance by which a card is asked: the same every time, for the same state and session."""
    return random.Random(f"{card}#{reps}#{misses}")


def first_question(card: Card) -> Question:
    """Return the question by which a card is first met."""
    return card.ask(choose_way(card, 0, {}), 0, chance_of(card.id))


MOST_LONG = 3
"""Wrong answers at most where they are sentences: five of them would not fit a screen of 60 by 20."""


def pick_rivals(candidates: Sequence[_T], stage: int, rng: random.Random, *, most: int = 4) -> list[_T]:
    """Return wrong answers for a stage out of candidates that stand nearest first.

    A new card gets two that are easy to tell from it; later ones get more, and nearer, `most` of all.
    """
    count = min(len(candidates), most, (2, 2, 3, 4)[stage])
    near = candidates[: count + 2] if stage >= 2 else candidates[2:]
    pool = near if len(near) >= count else candidates
    return rng.sample(pool, count)


def shuffled(options: Sequence[Option], rng: random.Random) -> tuple[Option, ...]:
    """Return the options in one style, and in an order that chance gives."""
    texts = in_one_style([option.text for option in options])
    alike = [
        structs.replace(option, text=text) if text != option.text else option
        for option, text in zip(options, texts, strict=True)
    ]
    return tuple(rng.sample(alike, len(alike)))


def not_this_one(options: Sequence[Option], rng: random.Random) -> str:
    """Return a hint that strikes out one wrong option."""
    wrong = [option for option in options if not option.right]
    return f"It is not: {rng.choice(wrong).text}" if len(wrong) > 1 else ""
