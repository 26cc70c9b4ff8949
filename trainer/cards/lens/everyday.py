"""Which words tell the trade from every day; words.toml says what each list is."""

from importlib.resources import files

import tomli

from trainer.cards.typed import one_spelling

_LISTS = tomli.loads(files("trainer.cards.lens").joinpath("words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


COMMON = frozenset(map(one_spelling, _words("common")))
COMMON_PHRASES = frozenset(
    one_spelling(" ".join(phrase.split())) for phrase in _LISTS["common_phrases"].split(";")
)
KNOWN_ELSEWHERE = _words("known_elsewhere")
FIRMS = _words("firms")
HEADS = _words("heads")
NO_BEGINNING = _words("no_beginning")

PARTICLES = frozenset(("in", "out", "up", "down", "on", "off", "through", "over", "back"))
"""A verb with one of these is a word of the trade where a hyphen joins them: "get-in", and not "get in"."""
