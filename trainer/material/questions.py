"""The schema of what an interview takes: questions, what good answers show, whole answers, red flags."""

from typing import Annotated, Literal

from msgspec import Meta, field

from trainer.material.items import Id, Item, Origin, Text, each


class Point(Item, frozen=True):
    """One thing that a good answer shows."""

    called = "point"

    text: Text
    shows: str | None = None
    """One or two spoken sentences that show it."""
    claims: str | None = None
    """The same on the surface, but it only claims it."""
    claims_why: str | None = None
    """What it does say instead of a deed, in a sentence."""
    misses: str | None = None
    """On the same subject, without it."""
    misses_why: str | None = None
    """What it does show instead, in a sentence."""
    probe: str | None = None
    """What to ask next when it is only claimed."""
    fair: Text | None = None
    """What must not be asked or weighed in an interview where this comes up."""
    draft: bool = False
    """Cut out of a page by the import, and confirmed by nobody yet."""


class SampleAnswer(Item, frozen=True):
    """A whole answer to rate, with its reference rating."""

    called = "answer"

    text: Text
    score: Annotated[int, Meta(ge=1, le=5)]
    points: dict[Id, Literal["shown", "partly"]] = field(default_factory=dict)
    """By point, how far it is shown; partly is a bare claim, or half of it. One not named is absent."""
    flags: tuple[Id, ...] = ()
    """The red flags of this sheet that it raises."""
    words: dict[Id, Text] = field(default_factory=dict)
    """By point or flag, the words of `text` that show it, letter by letter."""
    polish: Literal["fluent", "plain", "clumsy"] = "plain"
    """How well it is told, whatever it is worth."""
    why: str | None = None
    raters: Annotated[int, Meta(ge=0)] = 0
    """Experts behind the reference; 0 for the author's own proposal."""


class InterviewQuestion(Item, frozen=True):
    """An interview question with what a good answer to it shows."""

    called = "question"

    ask: Text
    level: Id | None = None
    anchors: dict[Annotated[int, Meta(ge=1, le=5)], Text] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    also_fits: tuple[Annotated[str, Meta(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")], ...] = ()
    """Points of other questions, as `question.point`, that would do here too: never a wrong option."""
    flags: tuple[Id, ...] = ()
    """The red flags of this sheet to look for in an answer; empty for those that its answers raise."""
    answers: tuple[SampleAnswer, ...] = ()


class RedFlag(Item, frozen=True):
    """A warning sign in an answer or a résumé."""

    called = "red flag"

    text: Text
    evidence: tuple[Text, ...] = ()
    """What it looks like."""
    look_alike: Text | tuple[Text, ...] | None = None
    """What only seems to be it, one line or several."""
    why: str | None = None
    """What tells the two apart."""
    probe: Text | None = None
    """What to ask next when it comes up."""
    also_fits: tuple[Id, ...] = ()
    """Flags of this sheet that its evidence may raise too: never a wrong option beside it."""
    fair: Text | None = None
    """What must not count against anybody, or be asked, where this comes up."""
    safety: bool = False
    """Whether somebody could be hurt: to miss it in an answer is always wrong."""
    origin: Origin = field(default="page", name="from")

    @property
    def look_alikes(self) -> tuple[str, ...]:
        """The lines that only seem to be it."""
        return each(self.look_alike)
