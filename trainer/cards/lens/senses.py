"""What a name means beside the words that stand around it; rules.toml says what each list is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

import tomli
from msgspec import Struct

from trainer.cards.lens.tokens import Token, forms_of, plain_words_of, words_of
from trainer.cards.typed import fold

NEAR = 8
"""Words from one of the trade to one of every day that counts beside it."""

_AHEAD = 4
"""Words behind a name in which `ahead` looks."""
_MOST_WORDS = 3
"""Words of a phrase of a rule at most."""
_SMALL = frozenset(("for", "to", "of", "the", "a", "an", "our"))
"""What may stand between a name and what is before it: "cover for the DSM"."""
_SMALLS = 2
_JOINTS = frozenset((" ", "-", "/", " / ", "' ", "’ "))

_LISTS = tomli.loads(files("trainer.cards.lens").joinpath("rules.toml").read_text(encoding="utf-8"))


class Sense(Struct, frozen=True):
    """What a word means that no sheet teaches."""

    term: str
    meaning: str
    ask: str


class Verdict(NamedTuple):
    """What a rule says of a name where it stands."""

    told: bool | None
    """Whether it is told, and then as what it may mean; None where that is as anywhere."""
    key: str | None = None
    """The key of what it means there, if not of what it means anywhere."""


class Around(NamedTuple):
    """The words around a name."""

    text: str
    tokens: Sequence[Token]
    first: int
    """The first word of the name, and …"""
    last: int
    """… the last."""
    begin: int
    """The first word of the sentence, and …"""
    stop: int
    """… the first behind it."""


class _Rule(NamedTuple):
    names: frozenset[str]
    behind: frozenset[str]
    before: frozenset[str]
    beside: frozenset[str]
    ahead: frozenset[str]
    means: str

    def fits(self, key: str, around: Around) -> bool:
        if self.names and key not in self.names:
            return False
        if not (self.behind or self.before or self.beside or self.ahead):
            return True
        return (
            (bool(self.behind) and not self.behind.isdisjoint(_right_before(around)))
            or (bool(self.before) and not self.before.isdisjoint(_right_after(around)))
            or (bool(self.beside) and not self.beside.isdisjoint(_near(around, NEAR, NEAR)))
            or (bool(self.ahead) and not self.ahead.isdisjoint(_near(around, 0, _AHEAD)))
        )


def verdict(terms: Sequence[str], key: str, around: Around) -> Verdict:
    """Return what the rules say of a name by its key; `terms` are all terms that it may mean."""
    rules = _RULES.get(fold(terms[0]), ()) if len(terms) == 1 else ()
    means = next((rule.means for rule in rules if rule.fits(key, around)), "itself")
    if means in _MEANT:
        return _MEANT[means]
    if means.startswith("as "):
        return Verdict(None, key_of(means.removeprefix("as ")))
    return Verdict(True if _ALWAYS.get(means) else None, f"={means}")


def key_of(name: str) -> str:
    """Return what a name comes to when written without blanks and hyphens."""
    return "".join(words_of(name))


def _phrases(text: str) -> frozenset[str]:
    """Return the phrases of a list, each of its words as in the singular."""
    found = set[str]()
    for each in text.split(";"):
        phrase = each.strip()
        if phrase.startswith("@"):
            found |= _phrases(_LISTS["groups"][phrase[1:]])
        elif phrase:
            found.add(" ".join(forms_of(word)[-1] for word in plain_words_of(phrase)))
    return frozenset(found)


def _rule(each: Mapping[str, str]) -> _Rule:
    return _Rule(
        names=frozenset(key_of(name) for name in each.get("names", "").split(";")) - {""},
        behind=_phrases(each.get("behind", "")),
        before=_phrases(each.get("before", "")),
        beside=_phrases(each.get("beside", "")),
        ahead=_phrases(each.get("ahead", "")),
        means=each["means"],
    )


def _right_before(around: Around) -> Iterator[str]:
    """Yield what stands right before a name, one word or several."""
    phrase = ""
    for at in range(around.first - 1, max(-1, around.first - 1 - _MOST_WORDS), -1):
        if not _are_joined(around, at):
            return
        phrase = f"{around.tokens[at].forms[-1]} {phrase}".strip()
        yield phrase


def _right_after(around: Around) -> Iterator[str]:
    """Yield what stands right behind a name, and what stands behind small words there."""
    at = around.last + 1
    for _ in range(_SMALLS + 1):
        phrase = ""
        for place in range(at, min(at + _MOST_WORDS, len(around.tokens))):
            if not _are_joined(around, place - 1):
                break
            phrase = f"{phrase} {around.tokens[place].forms[-1]}".strip()
            yield phrase
        if at >= len(around.tokens) or around.tokens[at].forms[0] not in _SMALL:
            return
        at += 1


def _near(around: Around, before: int, behind: int) -> Iterator[str]:
    """Yield the words of the sentence around a name, alone and in twos and threes."""
    tokens = around.tokens
    for begin, stop in (
        (max(around.begin, around.first - before), around.first),
        (around.last + 1, min(around.stop, around.last + 1 + behind)),
    ):
        for at in range(begin, stop):
            phrase = ""
            for place in range(at, min(at + _MOST_WORDS, stop)):
                phrase = f"{phrase} {tokens[place].forms[-1]}".strip()
                yield phrase


def _are_joined(around: Around, at: int) -> bool:
    """Return whether a word and the next one stand in one phrase."""
    if not 0 <= at < len(around.tokens) - 1:
        return False
    return around.text[around.tokens[at].end : around.tokens[at + 1].start] in _JOINTS


def _rules() -> dict[str, tuple[_Rule, ...]]:
    rules = defaultdict[str, list[_Rule]](list)
    for each in _LISTS["rules"]:
        rules[fold(each["term"])].append(_rule(each))
    return {term: tuple(its) for term, its in rules.items()}


SENSES = {
    f"={name}": Sense(each["term"], each["meaning"], each["ask"]) for name, each in _LISTS["senses"].items()
}
"""By the keys of what they are the meaning of."""
OTHER_NAMES = tuple((each["name"], tuple(map(key_of, each["as"].split(";")))) for each in _LISTS["names"])
"""Other ways to write what a sheet has, each with the keys of it."""
OPENINGS, WIDE_OPENINGS = (
    frozenset(key_of(name) for name in _LISTS["openings"][which].split(";")) for which in ("names", "wide")
)
LEADS = _phrases(_LISTS["openings"]["leads"])
GOES_ON = _phrases(_LISTS["goes_on"]["words"])
UNLISTED, UNLISTED_BESIDE = (
    frozenset(" ".join(words_of(phrase)) for phrase in _LISTS["unlisted"][which].split(";"))
    for which in ("sure", "beside")
)

_ALWAYS = {name: bool(each.get("always")) for name, each in _LISTS["senses"].items()}
_MEANT = {"itself": Verdict(None), "nothing": Verdict(told=False), "doubtful": Verdict(told=True)}
_RULES = _rules()
