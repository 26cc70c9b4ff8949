"""Names that say what somebody does, "calling the show", in every form in which a text may have them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trainer.cards.lens.everyday import COMMON_PHRASES, NO_VERBS, PARTICLES, POINTERS, VERB_PHRASES
from trainer.cards.lens.tokens import forms_of

_ARTICLES = frozenset(("the", "a", "an"))
_PAST = {
    "bring": ("brought",),
    "build": ("built",),
    "cut": (),
    "do": ("did", "done"),
    "draw": ("drew", "drawn"),
    "fly": ("flew", "flown"),
    "give": ("gave", "given"),
    "hang": ("hung",),
    "hold": ("held",),
    "keep": ("kept",),
    "lead": ("led",),
    "make": ("made",),
    "put": (),
    "read": (),
    "ring": ("rang", "rung"),
    "run": ("ran",),
    "set": (),
    "stand": ("stood",),
    "strike": ("struck",),
    "sweep": ("swept",),
    "take": ("took", "taken"),
    "write": ("wrote", "written"),
}
"""The past of verbs that are not regular."""
_VOWELS = "aeiou"


class Form(NamedTuple):
    """One form of a name."""

    words: tuple[str, ...]
    """Folded."""
    common: bool = False
    """Whether it is one of every day too."""
    bare: bool = False
    """Whether its article is left out, which counts for sure where there are several: "calling shows"."""


def forms_of_phrase(words: Sequence[str]) -> Iterator[Form]:
    """Yield the other forms of a name, by its words in small letters; none where it is no phrase of a verb.

    Those are a verb and an article, "run the deck", a verb in -ing and a particle or several things, "marking
    out", "calling (the) cues", and what words.toml names.
    """
    if len(words) < 2:
        return
    verb, second = words[0], words[1]
    doing = verb.endswith("ing") and len(verb) > 5
    article = second in _ARTICLES and len(words) > 2 and verb not in NO_VERBS
    several = len(words) == 2 and second.endswith("s") and not second.endswith("ss")
    named = " ".join(words) in VERB_PHRASES
    if not (article or named or (doing and (second in PARTICLES or several))):
        return
    ways = [tuple(words[1:])]
    if article:
        others = [each for each in sorted(POINTERS) if each != second]
        ways += [*((each, *words[2:]) for each in others), tuple(words[2:])]
    elif doing and several:
        ways += [(each, second) for each in sorted(POINTERS)]
    verbs = tuple(dict.fromkeys((verb, *_verb_forms(verb, doing=doing))))
    for way in ways:
        told = way if way[0] in {"the", "a"} else words[2:] if article else way
        common = any(" ".join(_folded((each, *told))) in COMMON_PHRASES for each in verbs)
        bare = article and len(way) < len(words) - 1
        for each in verbs:
            yield Form(_folded((each, *way)), common, bare)


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(forms_of(word)[0] for word in words)


def _verb_forms(verb: str, *, doing: bool) -> Iterator[str]:
    """Yield the forms of a verb; of one in -ing all that it may come from, of which some are no words."""
    if not doing:
        yield from (*_plain_forms(verb), *_regular(verb))
        return
    stem = verb[:-3]
    if stem[-1] == stem[-2]:
        bases = [stem[:-1], stem] if stem[-1] in "flsz" else [stem[:-1]]  # stop, call
    else:
        bases = [f"{stem}e"] if _is_doubled(stem) else [stem, f"{stem}e"]  # tape; open, change
    for base in bases:
        yield from _plain_forms(base)
    if not any(base in _PAST for base in bases):
        yield f"{stem[:-1]}ied" if _is_y(stem) else f"{stem}ed"


def _plain_forms(verb: str) -> Iterator[str]:
    """Yield a verb, what she does, and its past where that is not regular."""
    yield verb
    if _is_y(verb):
        yield f"{verb[:-1]}ies"
    else:
        yield f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
    yield from _PAST.get(verb, ())


def _regular(verb: str) -> Iterator[str]:
    """Yield the forms in -ing and -ed of a plain verb."""
    stem = verb[:-1] if verb[-1] == "e" else f"{verb}{verb[-1]}" if _is_doubled(verb) else verb
    yield f"{stem}ing"
    if verb not in _PAST:
        yield f"{stem[:-1]}ied" if _is_y(stem) else f"{stem}ed"


def _is_doubled(verb: str) -> bool:
    """Return whether a verb of one syllable doubles its last letter before -ing: "stop"."""
    return (
        len(verb) > 2
        and verb[-1] not in f"{_VOWELS}wxy"
        and verb[-2] in _VOWELS
        and not set(_VOWELS) & set(verb[:-2])
    )


def _is_y(verb: str) -> bool:
    return verb[-1] == "y" and verb[-2:-1] not in _VOWELS
