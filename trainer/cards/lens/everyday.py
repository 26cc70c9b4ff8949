"""Which words tell the trade from every day; words.toml says what each list is."""

from importlib.resources import files

import tomli

from trainer.cards.lens.tokens import forms_of
from trainer.cards.typed import one_spelling

_LISTS = tomli.loads(files("trainer.cards.lens").joinpath("words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


def _phrases(name: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in _LISTS[name].split(";"))


COMMON = frozenset(map(one_spelling, _words("common")))
COMMON_PHRASES = frozenset(map(one_spelling, _phrases("common_phrases")))
OTHER_PHRASES = frozenset(
    " ".join(forms_of(word)[-1] for word in phrase.split()) for phrase in _phrases("other_phrases")
)
"""Each of its words as in the singular."""
POINTERS = _words("pointers")
NO_VERBS = _words("no_verbs")
VERB_PHRASES = _phrases("verb_phrases")
KNOWN_ELSEWHERE = _words("known_elsewhere")
FIRMS = _words("firms")
EMPLOYED = _words("employed")
KNOWING = _words("knowing")
HEADS = _words("heads")
NO_BEGINNING = _words("no_beginning")

PARTICLES = frozenset(("in", "out", "up", "down", "on", "off", "through", "over", "back"))
"""A verb with one of these is a word of the trade where a hyphen joins them: "get-in", and not "get in"."""
