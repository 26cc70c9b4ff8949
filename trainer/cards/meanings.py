"""Term meanings: what a term means, and what to conclude from it on a résumé."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from trainer.cards import contrasts
from trainer.cards.card import (
    BECAUSE,
    MOST_LONG,
    Card,
    Form,
    Line,
    Option,
    Question,
    Skill,
    Way,
    fairness,
    not_this_one,
    pick_rivals,
    shuffled,
)
from trainer.cards.cues import cues_in
from trainer.cards.kinds import is_person, kind_of
from trainer.cards.sheets import Sheets
from trainer.cards.style import capital, sentence
from trainer.humanize import with_article
from trainer.material.changes import Way as ItemWay
from trainer.material.sheet import Claim, Example, Sheet, Term, as_claim


def cards(sheet: Sheet, sheets: Sheets) -> Iterator[Card]:
    """Yield the deck of a sheet; the terms of all sheets compete as wrong answers."""
    for term in sheet.terms:
        yield MeaningCard(sheet, "meanings", term.id, origin=term.origin, term=term, sheets=sheets)
        if term.signal:
            yield SignalCard(
                sheet, "meanings", term.id, "signal", origin=term.origin, term=term, sheets=sheets
            )
    yield from contrasts.cards(sheet)
    origin = sheet.origin
    for example in sheet.examples:
        if example.concludes or example.does_not:
            yield ExampleCard(sheet, "meanings", example.id, origin=origin, example=example)


class _TermCard(Card, frozen=True, eq=False, kw_only=True):
    term: Term
    sheets: Sheets
    """Whose terms compete with it as wrong answers."""

    @property
    def skill(self) -> Skill:
        return Skill("knew", "word", "words")

    @property
    def rivals(self) -> tuple[Term, ...]:
        """Terms to compete with it, nearest first."""
        return self.sheets.rivals(self.sheet, self.term)

    def competitors(self, stage: int, telling: Callable[[Term], bool]) -> Sequence[Term]:
        """Return the rivals for a stage that a test lets pass: those of its kind, if there are enough.

        A new card gets those whose texts use no other word of the trade.
        """
        kind, found = self.kind_of(self.term), list[Term]()
        for plain in (True, False) if stage == 0 else (False,):
            same = (rival for rival in self._competing() if self.kind_of(rival) == kind and telling(rival))
            found = list(islice(filter(self._is_plain, same) if plain else same, MOST))
            if len(found) >= ENOUGH:
                return found
        others = (rival for rival in self._competing() if self.kind_of(rival) != kind and telling(rival))
        return [*found, *islice(others, MOST)]

    def _competing(self) -> Iterator[Term]:
        return self.sheets.competing(self.sheet, self.term)

    def _is_plain(self, rival: Term) -> bool:
        return not self.sheets.words_for(self.sheet).used_in([self.text_of(rival)])

    def text_of(self, term: Term) -> str:
        """Return what a term is told by."""
        raise NotImplementedError

    def kind_of(self, term: Term) -> object:
        """Return the kind in which its rivals are one with it."""
        return kind_of(term)

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "terms", self.item

    def mistake(self, way: str, chosen: str) -> str:
        rival = next((term for term in self.rivals if term.id == chosen), None)
        if rival is None:
            return ""
        if self.term.term.isupper() and rival.term.isupper():
            return f"took {with_article(self.term.term)} for {with_article(rival.term)}"
        return f"took “{self.term.term}” for “{rival.term}”"

    @property
    def right_ids(self) -> tuple[str, ...]:
        return (self.term.id,)

    def lines(self) -> tuple[Line, ...]:
        notes = [Line(note.region, note.text) for note in self.term.notes]
        others = self.term.aliases
        also = [Line("Also called", ", ".join(others))] if others else []
        return (*also, *notes)


class MeaningCard(_TermCard, frozen=True, eq=False, kw_only=True):
    """A term and its meaning, either way."""

    @property
    def heading(self) -> str:
        return self.term.term

    @property
    def word(self) -> str:
        return self.term.term

    @property
    def gloss(self) -> str:
        return f"{self.term.term}: {gist(self.term)}"

    @property
    def basic(self) -> bool:
        return self.term.basic

    def first_texts(self) -> tuple[str, ...]:
        return (self.term.meaning,)

    def text_of(self, term: Term) -> str:
        return gist(term)

    def ways(self) -> tuple[Way, ...]:
        recalled = (Way("recall", Form.FLIP, (2, 3)), Way("type", Form.TYPE, (3,)))
        if next(self._competing(), None) is None:
            return recalled
        term = Way("term", Form.CHOOSE, (1, 2, 3))
        if _names_itself(self.term) or not any(map(_keeps_its_name, self._competing())):
            return term, *recalled
        return Way("meaning", Form.CHOOSE), term, *recalled

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        term = self.term
        rivals: Sequence[Term] = ()
        if way.key == "meaning":
            competing = self.competitors(stage, _keeps_its_name)
            rivals = pick_rivals(competing, stage, rng, most=MOST_LONG)
        elif way.form is Form.CHOOSE:
            rivals = pick_rivals(self.competitors(stage, lambda _: True), stage, rng)
        if way.key == "meaning":
            options = [Option(term.id, gist(term), right=True, why="")]
            options += [
                Option(rival.id, gist(rival), right=False, why=f"That is: {_named(rival)}.")
                for rival in rivals
            ]
        else:
            options = [Option(term.id, _named(term), right=True, why="")] if rivals else []
            options += [
                Option(rival.id, _named(rival), right=False, why=f"{rival.term}: {gist(rival)}")
                for rival in rivals
            ]
        forwards = way.key in {"meaning", "recall"}
        options = list(shuffled(options, rng))
        typed = way.form is Form.TYPE
        return Question(
            card=self,
            way=way,
            intro="A term:" if forwards else "A meaning:",
            text=term.term if forwards else gist(term),
            prompt={
                "meaning": "What does it mean?",
                "recall": "Say what it means, then look.",
                "type": "Which term is it? Type it.",
            }.get(way.key, "Which term is it?"),
            options=tuple(options),
            accepted=(term.names,) if typed else (),
            rivals=tuple(name for rival in self.rivals for name in rival.names) if typed else (),
            answer=f"{_named(term)}: {sentence(term.meaning)}",
            lines=(*self._stands_for(way), *self.lines(), *self._on_a_resume(), *fairness(term.fair)),
            hint=_initials(term) if typed else not_this_one(options, rng),
        )

    def _stands_for(self, way: Way) -> tuple[Line, ...]:
        """Return what the term stands for, where neither its question nor its options say so."""
        short = self.term.stands_for if way.key == "meaning" else None
        return (Line("Stands for", short, at_once=True),) if short else ()

    def _on_a_resume(self) -> tuple[Line, ...]:
        """Return what it says on a résumé, or lines where it stands if nobody wrote what to conclude."""
        if self.term.signal:
            return (Line("On a résumé", conclusion(self.term)),)
        bare = [each for each in self.sheet.examples if not (each.concludes or each.does_not)]
        return tuple(Line("On a résumé", f"“{each.text}”") for each in bare if len(self.sheet.terms) == 1)


class SignalCard(_TermCard, frozen=True, eq=False, kw_only=True):
    """What to conclude from a term on a résumé."""

    @property
    def heading(self) -> str:
        return f"{self.term.term}, on a résumé"

    def first_texts(self) -> tuple[str, ...]:
        return self.term.term, self.term.signal or ""

    def text_of(self, term: Term) -> str:
        return conclusion(term)

    def kind_of(self, term: Term) -> object:
        """Tell persons from all else: what to conclude from a place or a thing sounds alike."""
        return is_person(term)

    def ways(self) -> tuple[Way, ...]:
        recalled = Way("recall", Form.FLIP, (3,))
        names_itself = _names_in(self.term).search(conclusion(self.term))
        if names_itself or not any(map(self._competes, self._competing())):
            return (recalled,)
        return Way("signal", Form.CHOOSE), recalled

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        term, signal = self.term, conclusion(self.term)
        options: tuple[Option, ...] = ()
        if way.form is Form.CHOOSE:
            competing = self.competitors(stage, self._competes)
            wrong = [
                Option(rival.id, conclusion(rival), right=False, why=f"That is true of: {_named(rival)}.")
                for rival in pick_rivals(competing, stage, rng, most=MOST_LONG)
            ]
            options = shuffled([Option(term.id, signal, right=True, why=""), *wrong], rng)
        return Question(
            card=self,
            way=way,
            intro="On a résumé you read:",
            text=_named(term),
            prompt="What do you make of it?" if options else "Say what you make of it, then look.",
            options=options,
            answer=signal,
            lines=(Line(term.term, term.meaning, at_once=True), *self.lines(), *fairness(term.fair)),
            hint=not_this_one(options, rng) if options else gist(term),
        )

    def _competes(self, rival: Term) -> bool:
        if not rival.signal or rival.signal == self.term.signal:
            return False
        return not _names_in(rival).search(conclusion(rival))


class ExampleCard(Card, frozen=True, eq=False, kw_only=True):
    """A line of a résumé: what may be concluded from it?"""

    example: Example

    @property
    def heading(self) -> str:
        return f"“{self.example.text}”"

    @property
    def skill(self) -> Skill:
        return Skill("read", "résumé line", "résumé lines")

    def ways(self) -> tuple[Way, ...]:
        tick = Way("tick", Form.TICK)
        if not self.example.concludes or len(self.example.does_not) < 2:
            return (tick,)
        return Way("choose", Form.CHOOSE, (0,)), Way("tick", Form.TICK, (1, 2, 3))

    def ask(self, way: Way, stage: int, rng: random.Random) -> Question:
        right = [as_claim(claim) for claim in self.example.concludes]
        wrong = [as_claim(claim) for claim in self.example.does_not]
        if way.form is Form.CHOOSE:
            right, wrong = [rng.choice(right)], rng.sample(wrong, 2)
        options = shuffled(
            [_claim_option(claim, right=True) for claim in right]
            + [_claim_option(claim, right=False) for claim in wrong],
            rng,
        )
        return Question(
            card=self,
            way=way,
            intro="A résumé line:",
            text=f"“{self.example.text}”",
            prompt="Which one may you conclude?"
            if way.form is Form.CHOOSE
            else "What may you conclude? Tick all.",
            options=options,
            answer=f"You may conclude: {'; '.join(claim.text for claim in right)}"
            if right
            else "None of these may be concluded.",
            cues=cues_in(self.example.text, why=" ".join(claim.why for claim in right)),
            lines=(
                *(Line(BECAUSE, claim.why, at_once=claim is right[0]) for claim in right),
                *fairness(self.example.fair),
            ),
            hint=not_this_one(options, rng)
            if way.form is Form.CHOOSE
            else f"{len(right) or 'None'} of them.",
        )

    def texts(self, sheet: Sheet) -> Iterator[ItemWay]:
        yield "examples", self.item


def _claim_option(claim: Claim, *, right: bool) -> Option:
    return Option(claim.text, claim.text, right=right, why=claim.why)


@lru_cache(maxsize=4096)  # rivals are looked through by it for every question
def gist(term: Term) -> str:
    """Return a meaning as it is shown where the term is to be found: in short, and without the term.

    A page explains a term in a paragraph that begins with it; its first sentence is enough to know it by, or
    the first that does without the term. Where there is none, the term is left open: "…".
    """
    long = len(term.meaning) > _LONG_MEANING
    whole = _without_subject(term.meaning, term)
    names = _names_in(term)
    if not long and not names.search(whole):
        return sentence(whole)
    sentences = [_without_subject(each, term) for each in _SENTENCE_END.split(term.meaning)]
    bare = next((each for each in sentences if len(each) >= _TELLING and not names.search(each)), None)
    return sentence(bare or names.sub("…", sentences[0] if long else whole))


def conclusion(term: Term) -> str:
    """Return what to conclude from a term on a résumé, without the words by which a page leads up to it."""
    return sentence(capital(_LEAD.sub("", term.signal or "")))


def _without_subject(text: str, term: Term) -> str:
    """Return a text without a subject that is the term: "An RFI is", not "Call in which every lamp is"."""
    subject = _SUBJECT.match(text)
    if subject is None:
        return text
    lead = _LEADS_TO.match(subject[1])
    said = subject[1][lead.end() if lead else 0 :].casefold()
    in_short = any(f" {name.casefold()}".endswith(f" {said}") for name in term.names)
    is_term = in_short or said == "it" or _names_in(term).match(said)
    return capital(text[subject.end() :]) if is_term else text


def _names_in(term: Term) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(term.names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})s?(?!\w)", re.IGNORECASE)


def _names_itself(term: Term) -> bool:
    """Return whether a term's meaning can't be told without it: who sees the gap knows whose it is."""
    return "…" in gist(term)


def _keeps_its_name(term: Term) -> bool:
    return not _names_itself(term)


MOST, ENOUGH = 24, 2
"""Rivals of one kind that are looked for at most, and how many do without those of another."""

_LONG_MEANING = 160
_LEAD = re.compile(
    r"(?:when|if|where)(?:ever)? .{1,100}? (?:résumés?|resumes?|cvs?),? (?:it|this|that)(?: \w+ly)? "
    r"(?:means|shows|indicates|suggests|tells (?:you|us))(?: that)? ",
    re.IGNORECASE,
)
"""What a page begins with: "When you see RFI on a résumé, it means that"."""

_TELLING = 20
"""Letters of a sentence that tells enough."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_SUBJECT = re.compile(
    r"(?:an?\s|the\s)?\s*([^.;:]{1,90}?)\s+(?:is|are|means|refers to|stands for|describes)\s+(?=\S)",
    re.IGNORECASE,
)
"""What a definition begins with: "An Assistant Stage Manager (ASM) is"."""
_LEADS_TO = re.compile(r"\w+(?: \w+){0,3}, (?:an?\s|the\s)?", re.IGNORECASE)
"""What may stand before the term there: "In construction, an"."""


def _named(term: Term) -> str:
    return f"{term.term} ({term.stands_for})" if term.stands_for else term.term


def _initials(term: Term) -> str:
    words = re.findall(r"\w+", term.stands_for or term.term)
    return "It begins: " + " ".join(f"{word[0]}…" for word in words)
