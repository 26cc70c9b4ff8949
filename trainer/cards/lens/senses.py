"""What a name means beside the words that stand around it; rules.toml says what each list is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
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
_SMALL = frozenset(("for", "to", "of", "the", "a", "an"))
"""What may stand between a name and what it is towards: "cover for the DSM"."""
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


AS_ANYWHERE = Verdict(None)
_MEANT = {"itself": AS_ANYWHERE, "nothing": Verdict(told=False), "doubtful": Verdict(told=True)}


class Around:
    """The words around a name, as phrases of up to three, the last in all that it may be the plural of."""

    def __init__(
        self, text: str, tokens: Sequence[Token], name: tuple[int, int], part: tuple[int, int]
    ) -> None:
        """Take the first and last word of the name, and of its sentence the first and the one behind it."""
        self._text, self._tokens = text, tokens
        self._first, self._last = name
        self._begin, self._stop = part

    @cached_property
    def behind(self) -> frozenset[str]:
        """What stands right before the name."""
        found, stop = list[str](), self._first
        for begin in range(stop - 1, max(-1, stop - 1 - _MOST_WORDS), -1):
            if not self._are_joined(begin):
                break
            if stop - begin <= self._most(begin):
                found += self._phrases(begin, stop)
        return frozenset(found)

    @cached_property
    def before(self) -> frozenset[str]:
        """What stands right behind it."""
        return frozenset(self._right_after(0))

    @cached_property
    def towards(self) -> frozenset[str]:
        """The same, and what stands behind small words there."""
        return frozenset(self._right_after(_SMALLS))

    @cached_property
    def beside(self) -> frozenset[str]:
        """What stands near it in its sentence."""
        near = self._between(max(self._begin, self._first - NEAR), self._first)
        return frozenset((*near, *self._between(self._last + 1, min(self._stop, self._last + 1 + NEAR))))

    @cached_property
    def ahead(self) -> frozenset[str]:
        """What stands in the next words of its sentence."""
        return frozenset(self._between(self._last + 1, min(self._stop, self._last + 1 + _AHEAD)))

    def _right_after(self, smalls: int) -> Iterator[str]:
        for begin in range(self._last + 1, min(self._last + 2 + smalls, len(self._tokens))):
            if not self._are_joined(begin - 1):
                return
            for stop in range(begin + 1, min(begin + self._most(begin), len(self._tokens)) + 1):
                if stop - 1 > begin and not self._are_joined(stop - 2):
                    break
                yield from self._phrases(begin, stop)
            if self._tokens[begin].forms[0] not in _SMALL:
                return

    def _between(self, first: int, end: int) -> Iterator[str]:
        for begin in range(first, end):
            for stop in range(begin + 1, min(begin + self._most(begin), end) + 1):
                yield from self._phrases(begin, stop)

    def _most(self, begin: int) -> int:
        """Return how many words a phrase of a rule may have that begins with a word."""
        return _MOST_WORDS if self._tokens[begin].forms[-1] in _FIRST_OF_SEVERAL else 1

    def _phrases(self, begin: int, stop: int) -> Iterable[str]:
        forms = self._tokens[stop - 1].forms
        if stop - begin == 1:
            return forms
        ahead = "".join(f"{each.forms[-1]} " for each in self._tokens[begin : stop - 1])
        return [f"{ahead}{form}" for form in forms]

    def _are_joined(self, at: int) -> bool:
        """Return whether a word and the next one stand in one phrase."""
        if not 0 <= at < len(self._tokens) - 1:
            return False
        return self._text[self._tokens[at].end : self._tokens[at + 1].start] in _JOINTS


class Rule(NamedTuple):
    """What some names of a term mean beside some words."""

    names: frozenset[str]
    behind: frozenset[str]
    before: frozenset[str]
    towards: frozenset[str]
    beside: frozenset[str]
    ahead: frozenset[str]
    verdict: Verdict

    def fits(self, around: Around) -> bool:
        """Return whether one of the words stands where it has to."""
        if not (self.behind or self.before or self.towards or self.beside or self.ahead):
            return True
        return (
            (bool(self.behind) and not self.behind.isdisjoint(around.behind))
            or (bool(self.before) and not self.before.isdisjoint(around.before))
            or (bool(self.towards) and not self.towards.isdisjoint(around.towards))
            or (bool(self.beside) and not self.beside.isdisjoint(around.beside))
            or (bool(self.ahead) and not self.ahead.isdisjoint(around.ahead))
        )


def rules_of(terms: Iterable[str], key: str) -> tuple[Rule, ...]:
    """Return the rules of a name by its key; `terms` are all terms that it may mean."""
    rules = _RULES.get(frozenset(map(fold, terms)), ())
    return tuple(rule for rule in rules if not rule.names or key in rule.names)


def verdict(rules: Iterable[Rule], around: Around) -> Verdict:
    """Return what the first of its rules says of a name that fits what stands around it."""
    return next((rule.verdict for rule in rules if rule.fits(around)), AS_ANYWHERE)


def key_of(name: str) -> str:
    """Return what a name comes to when written without blanks and hyphens."""
    return "".join(words_of(name))


def _phrases(text: str) -> frozenset[str]:
    """Return the phrases of a list, all words but the last as in the singular, in which the last is."""
    found = set[str]()
    for each in text.split(";"):
        phrase = each.strip()
        if phrase.startswith("@"):
            found |= _phrases(_LISTS["groups"][phrase[1:]])
        elif phrase:
            *others, last = map(forms_of, plain_words_of(phrase))
            found.add(" ".join((*(each[-1] for each in others), last[0])))
    return frozenset(found)


def _rule(each: Mapping[str, str]) -> Rule:
    return Rule(
        names=frozenset(key_of(name) for name in each.get("names", "").split(";")) - {""},
        behind=_phrases(each.get("behind", "")),
        before=_phrases(each.get("before", "")),
        towards=_phrases(each.get("towards", "")),
        beside=_phrases(each.get("beside", "")),
        ahead=_phrases(each.get("ahead", "")),
        verdict=_verdict(each["means"]),
    )


def _verdict(means: str) -> Verdict:
    if means in _MEANT:
        return _MEANT[means]
    if means.startswith("as "):
        return Verdict(None, key_of(means.removeprefix("as ")))
    always = "always" in _LISTS["senses"][means]
    return Verdict(True if always else None, f"={means}")


def _rules() -> dict[frozenset[str], tuple[Rule, ...]]:
    """Return the rules of a name by all terms that it may mean."""
    rules = defaultdict[frozenset[str], list[Rule]](list)
    for each in _LISTS["rules"]:
        rules[frozenset(map(fold, each["term"].split(";")))].append(_rule(each))
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

_RULES = _rules()
_FIRST_OF_SEVERAL = frozenset(
    phrase.split()[0]
    for rules in _RULES.values()
    for rule in rules
    for places in (rule.behind, rule.before, rule.towards, rule.beside, rule.ahead)
    for phrase in places
    if " " in phrase
)
