"""Words of job titles, by what they do in one; role_words.toml says what each list is."""

from importlib.resources import files

import tomli

_LISTS = tomli.loads(files("trainer.material").joinpath("role_words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


def _phrases(name: str) -> frozenset[tuple[str, ...]]:
    joined = _LISTS[name].replace("\n", " ")
    return frozenset(tuple(phrase.split()) for phrase in joined.split(";") if phrase.strip())


CLOSING = _words("closing")
ALONE = CLOSING - _words("hardly_alone")
QUALIFYING = _words("qualifying")
BOTH = _words("both")
OPENING = _words("opening")
ACRONYMS = _words("acronyms")
KNOWN_ABBREVIATIONS = _words("known_abbreviations")
PAIRS = _phrases("pairs")
CLOSING_PAIRS = _phrases("closing_pairs")
PHRASES = _phrases("phrases")
FIELDS = _words("fields")
TRAILING = _words("trailing")
COMPLETIONS = _words("completions")
QUALIFIERS = _words("qualifiers")
NO_AGENT = _words("no_agent")
LOOSE_ENDS: dict[str, int] = _LISTS["loose_ends"]

STAYING = frozenset(["crew", "hand", "team"])
"""They close a title, unless a closing noun comes next: "Deck Crew", but "Crew Chief"."""

ORDINALS = frozenset(["1st", "2nd", "3rd", "first", "second", "third"])

PREPOSITIONS = frozenset(["of", "to", "for", "in", "at", "de"])
"""After a closing noun they carry the title on: "Director of Photography"."""

JOINING = frozenset(["and", "or", "&", "/", "+"])

SMALL_WORDS = PREPOSITIONS | JOINING | {"the", "a", "an"}

ABSTRACT = (
    *("able", "age", "al", "ance", "ary", "ed", "ence", "ency", "ery", "graphy", "ian", "ic", "ics", "ing"),
    *("ion", "ism", "ity", "ive", "logy", "ment", "ness", "ory", "ous", "ship", "sis", "ure"),
)
"""Endings of words that name no person."""
