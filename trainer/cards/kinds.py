"""What kind of thing a term names: a person, a place, something to do, or anything else.

Rivals are of one kind with the right answer: of three meanings, of which one tells of a person, who knows
nothing takes it for "Bar manager". The kind is read off the words with which the meaning begins.
"""

import re
from enum import Enum
from functools import lru_cache

from trainer.material.sheet import Term


class Kind(Enum):
    """What a term names."""

    PERSON = "person"
    PLACE = "place"
    ACT = "act"
    THING = "thing"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[\w'’-]+")
_HEAD = re.compile(
    r"\b(?:of|for|with|by|to|from|in|at|on|under|per|that|which|who|whom|whose|where|as)\b|[,.;:(]",
    re.IGNORECASE,
)
"""What follows the noun that a meaning begins with: "a strong grill | for browning"."""

_WHO = re.compile(r"[^,.;:]{1,60}?(?<!\bof)(?<!\bon)\s+who\b")
_FOR_WHOM = re.compile(r"\b(?:of|for|with|by|from|that|which)\b")
_PERSONS = _words(
    """person people somebody someone anybody whoever worker member head chief deputy cook guest
    customer helper boss expert actor performer player singer dancer musician colleague learner
    leader"""
)
_PLACES = _words(
    """place room rooms space spaces area areas hall house houses building shop store kitchen
    restaurant bar hotel hotels flat site yard office workshop street ward theatre theatres theater
    venue platform corridor"""
)
_SAID_OF_PERSONS = ("second in ", "second to ", "in charge of ")
_AGENT = re.compile(r"(?:er|or|ist|ian|eer|ier|man|woman|person|maid|host)s?$")
_NO_VERB = frozenset(["as", "us", "its", "this", "always", "towards", "perhaps", "less"])
"""Words that end like a verb and are none."""

_BEHIND_A_NOUN = frozenset(["of", "that", "which", "who", "whose", "between"])
"""What stands behind a noun in the plural at a meaning's beginning: "rows of"."""
_MOSTLY_BEHIND_A_NOUN = _BEHIND_A_NOUN | _words(
    "in on at from with and or for before after held cut set made sold left kept put"
)
"""The same, where the term does not look like a person's."""

_CLAUSES = ("what ", "how ", "where ", "when ", "whether ")
_GERUND = re.compile(
    r"(?!(?:thing|something|anything|everything|evening|morning|string|ring)\b)\w{2,}ing\b(?! (?:in|at|of) )"
)
_BRACKETS = re.compile(r"\([^)]*\)")


def is_person(term: Term) -> bool:
    """Return whether a term names a person."""
    return kind_of(term) is Kind.PERSON


def kind_of(term: Term) -> Kind:
    """Return what a term names."""
    return _kind_of(term.term, term.meaning)


@lru_cache(maxsize=16_384)
def _kind_of(term: str, meaning: str) -> Kind:
    """Return what a term names, by the beginning of its meaning."""
    begins = meaning.strip().casefold()
    if begins.startswith(_CLAUSES):
        return Kind.THING
    if begins.startswith("to ") or _GERUND.match(begins):
        return Kind.ACT
    head = _WORD.findall(_HEAD.split(begins, maxsplit=1)[0])
    if _tells_of_a_person(term, begins, head):
        return Kind.PERSON
    return Kind.PLACE if _PLACES.intersection(head) else Kind.THING


def _tells_of_a_person(term: str, begins: str, head: list[str]) -> bool:
    from trainer.material.role_words import ALONE, CLOSING  # noqa: PLC0415 — read when a meaning is asked

    if begins.startswith(_SAID_OF_PERSONS) or _PERSONS.intersection(head[:3]):
        return True
    last = (_WORD.findall(_BRACKETS.sub("", term.casefold())) or [""])[-1]
    if last in ALONE and not re.search(r"\b(?:that|which)\b", begins.partition(",")[0]):
        return True
    who = _WHO.match(begins)
    if who and not _FOR_WHOM.search(who[0]):
        return True
    return _begins_with_a_verb(begins, is_agent=last in CLOSING or bool(_AGENT.search(last)))


def _begins_with_a_verb(begins: str, *, is_agent: bool) -> bool:
    """Return whether a meaning says what somebody does: "Parks the cars of guests"."""
    verb = re.match(r"([a-z-]+[^s\W]s)(,? )([\w'’-]+)", begins)
    if not verb or verb[1] in _NO_VERB:
        return False
    if is_agent:
        return verb[3] not in _BEHIND_A_NOUN
    return verb[2] == " " and verb[3] not in _MOSTLY_BEHIND_A_NOUN and not verb[3].endswith("ed")
