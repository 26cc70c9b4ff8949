"""Cutting a line of job titles that run together with single spaces.

A title closes at a role noun ("Stage Manager", "Key Costumer"); but words such as Assistant or Lead
open a title as often as they close one, and some nouns qualify the next ("Nurse Educator"). So each
stretch of words has a cost as a title, and the cuts that cost least together are taken. A title is
unsure when other cuts would cost about the same, or when it does not look like one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.material.role_words import (
    ABSTRACT,
    BOTH,
    COMPLETIONS,
    FIELDS,
    JOINING,
    KNOWN_ABBREVIATIONS,
    LOOSE_ENDS,
    OPENING,
    ORDINALS,
    PAIRS,
    PHRASES,
    PREPOSITIONS,
    QUALIFIERS,
    QUALIFYING,
    SMALL_WORDS,
    STAYING,
    TRAILING,
)
from trainer.material.title_words import Word, words_of

LONGEST_TITLE = 9
"""Words that are tried as one title at most."""

MOST_WORDS = 400
"""Words of a line that are cut; a longer one is no line of titles."""

_LONG = 4
"""Titles of more words than this are unsure."""

_NEVER = 60
"""What a stretch costs that does not end as a title does."""

_CLOSE = 10
"""Other cuts that cost less than this more leave a doubt."""


@dataclass(frozen=True)
class Cut:
    """A title that was cut out of a line."""

    text: str
    doubt: str = ""
    """Why it is unsure; empty when it is sure."""

    @property
    def sure(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.doubt


def cut_titles(line: str) -> list[Cut]:
    """Return the titles in a line: parted by signs where there are any, else by their role nouns."""
    pieces = [piece for piece in (part.strip(" .:") for part in _SEPARATORS.split(line)) if piece]
    if len(pieces) > 1 and not _parted_at_random(line, pieces):
        return [whole_title(piece) for piece in pieces]
    return [cut for piece in pieces for cut in _cut_run(piece.split())]


_SEPARATORS = re.compile(r"\s*(?:[\n,;|•·‣▪●◦]|\s{2,}|\s[–—-]\s)\s*")
_SIGNS = re.compile(r"[,;|•·‣▪●◦]")
_JOINED_BEFORE = re.compile(r"^(?:and|or|&)\s+", re.IGNORECASE)


def whole_title(text: str) -> Cut:
    """Return a text that stands apart as the title that it is."""
    return _whole(_JOINED_BEFORE.sub("", text.strip(" .:")))


def closes_title(text: str) -> bool:
    """Return whether a text ends with a word that names a role: what follows begins another title."""
    words = words_of(text.split())
    return bool(words) and words[-1].closes


def _parted_at_random(line: str, pieces: Sequence[str]) -> bool:
    """Return whether the pieces may hold several titles each: a line that was wrapped, or one stray space."""
    if _SIGNS.search(line):
        return False
    return any(len(piece.split()) > _LONG for piece in pieces) or any(
        len(_cut_run(piece.split())) > 1 for piece in pieces
    )


def _whole(piece: str) -> Cut:
    """Return a piece that stood apart as a title."""
    words = words_of(piece.split())
    if len(words) > _LONG:
        return Cut(" ".join(piece.split()), f"longer than {_LONG} words")
    closed = any(word.closing or word.both or word.acronym for word in words)
    return Cut(" ".join(piece.split()), "" if closed or not words else "no word in it names a role")


def _cut_run(texts: Sequence[str]) -> list[Cut]:
    if not texts:
        return []
    if len(texts) > MOST_WORDS:
        return [Cut(" ".join(texts), "too long to be cut")]
    words = words_of(texts)
    ends, doubted = _cheapest(words)
    cuts = []
    start = 0
    for end in ends:
        title = words[start:end]
        while title and title[0].key in JOINING:
            title = title[1:]
        if title:
            near = any(doubted[start : end + 1]) or (words[end - 1].both and end + 1 in ends)
            cuts.append(Cut(" ".join(word.text for word in title), _doubt(title, near=near)))
        start = end
    return cuts


def _cheapest(words: Sequence[Word]) -> tuple[list[int], list[bool]]:
    """Return where the titles end, and for each place between words whether it could be otherwise."""
    size = len(words)
    costs = {
        (start, end): _cost(words[start:end])
        for start in range(size)
        for end in range(start + 1, min(size, start + LONGEST_TITLE) + 1)
    }
    before = [0] * (size + 1)
    came_from = [0] * (size + 1)
    for end in range(1, size + 1):
        before[end], came_from[end] = min(
            (before[start] + costs[start, end], start) for start in range(max(0, end - LONGEST_TITLE), end)
        )
    after = [0] * (size + 1)
    for start in range(size - 1, -1, -1):
        after[start] = min(
            costs[start, end] + after[end] for end in range(start + 1, min(size, start + LONGEST_TITLE) + 1)
        )
    ends = [size]
    while came_from[ends[-1]]:
        ends.append(came_from[ends[-1]])
    uncut = [_NEVER * size] * (size + 1)
    for (start, end), cost in costs.items():
        for place in range(start + 1, end):
            uncut[place] = min(uncut[place], before[start] + cost + after[end])
    doubted = [
        0 < place < size and abs(before[place] + after[place] - uncut[place]) < _CLOSE
        for place in range(size + 1)
    ]
    return ends[::-1], doubted


def _cost(title: Sequence[Word]) -> int:
    """Return how little a stretch of words looks like one title."""
    cost = 0
    if title[0].low:
        cost += 15
    if title[0].key in JOINING:
        title = title[1:]
        cost += 2
    while len(title) > 1 and title[-1].hanging:
        title = title[:-1]
    if not title or title[0].hanging or title[0].key in SMALL_WORDS or title[-1].key in SMALL_WORDS:
        return cost + _NEVER + 20
    for place in range(1, len(title) - 1):
        if title[place].key in PREPOSITIONS and title[place - 1].closes:
            return cost + _cost_with_object(title[:place], title[place].key, title[place + 1 :])
    if (field := _field_after_vice_president(title)) is not None:
        return cost + 3 + field
    return cost + _cost_of_noun_phrase(title)


def _cost_with_object(head: Sequence[Word], preposition: str, object_: Sequence[Word]) -> int:
    """Return the cost of "Director | of | Photography"."""
    cost = 0 if len(head) == 1 else _cost_of_noun_phrase(head)
    while len(object_) > 1 and object_[0].key in {"the", "a", "an"}:
        object_ = object_[1:]
    if preposition == "to":
        return cost + (0 if len(object_) == 1 and object_[0].closes else _cost_of_noun_phrase(object_))
    keys = tuple(word.key for word in object_)
    if preposition in {"in", "at", "de"}:
        return cost + (0 if keys[0] in COMPLETIONS and len(keys) == 1 else 12 * len(keys))
    return cost + _cost_of_field(object_)


def _cost_of_field(words: Sequence[Word]) -> int:
    """Return how little words look like what somebody is head of."""
    keys = tuple(word.key for word in words)
    if keys[-1] in SMALL_WORDS:
        return _NEVER
    if keys in PHRASES:
        return 0
    if len(keys) == 3 and keys[1] in JOINING:
        return sum(0 if key in FIELDS else 4 for key in (keys[0], keys[2]))
    cost = 40 * sum(word.closing or word.both for word in words) + 30 * (len(set(keys)) < len(keys))
    if len(keys) == 1:
        return cost + (0 if keys[0] in FIELDS else 3)
    return cost + (6 if keys[-1] in FIELDS | TRAILING and len(keys) == 2 else 12 * (len(keys) - 1))


def _field_after_vice_president(title: Sequence[Word]) -> int | None:
    """Return the cost of the field in "VP Sales" or "Vice President Operations", None for other titles."""
    for place, word in enumerate(title[:-1]):
        if word.key in {"president", "vp", "svp", "evp", "avp"} and not title[-1].closes:
            return (_cost_of_noun_phrase(title[: place + 1]) if place else 0) + _cost_of_field(
                title[place + 1 :]
            )
    return None


def _cost_of_noun_phrase(title: Sequence[Word]) -> int:
    last = title[-1]
    if last.closes or last.key in LOOSE_ENDS:
        cost = 0 if last.closes else LOOSE_ENDS[last.key]
    else:
        cost = 4 if last.agent else _NEVER
    if len(title) == 1:
        return cost + _cost_alone(last)
    if len(title) == 2 and title[0].key in ORDINALS and last.both:
        cost += 15
    if title[0].key in TRAILING and (title[0].key, title[1].key) not in PHRASES:
        cost += 8
    opening = True
    for place, word in enumerate(title[:-1]):
        cost += _cost_within(title, place, opening=opening)
        opening = opening and (word.key in OPENING or (word.both and _lets_open(word, title[place + 1])))
    return cost + (0, 0, 0, 0, 3, 12, 20, 30, 40, 50)[min(9, _units(title))]


def _lets_open(word: Word, following: Word) -> bool:
    """Return whether both words may open a title: "Deputy Head Electrician", not "Executive Assistant"."""
    return word.key in {"assistant", "associate", "deputy"} and following.key not in {
        "assistant",
        "associate",
    }


def _cost_alone(word: Word) -> int:
    if word.alone or word.acronym:
        return 5
    return 4 if word.agent else 30


def _cost_within(title: Sequence[Word], place: int, *, opening: bool) -> int:
    """Return the cost of a word that could have closed the title, and did not."""
    word, following = title[place], title[place + 1]
    if (word.key, following.key) in PAIRS:
        return -6
    if word.both:
        senior = place > 0 and title[place - 1].key in {"senior", "junior", "sr", "jr"}
        return (4 if senior else 0) if opening else 40
    if word.closing and following.key in JOINING:
        return 20
    if word.key in STAYING and _stays(word, following):
        return 0
    if word.key in STAYING or (word.closing and word.key in QUALIFYING):
        if following.alone:
            return 18
        return 15 if opening else 25
    if word.closing:
        return 40
    if word.acronym:
        return 15 if following.acronym else 3 if word.key in {"rn", "lpn", "lx", "td"} else 8
    if word.agent:
        return 18 if following.both else 10
    return 0


def _stays(word: Word, following: Word) -> bool:
    """Return whether "Crew" belongs to the next word: "Crew Chief" and "Member", not "Deck Crew, Rigger"."""
    if following.both:
        return word.key != "hand" and following.key in {"chief", "head", "lead"}
    return following.closing and not following.alone and following.key not in STAYING


def _units(title: Sequence[Word]) -> int:
    """Return how long a title is, with known phrases and what only opens it counted small."""
    keys = [word.key for word in title]
    place = units = 0
    while place < len(keys) - 1 and (keys[place] in OPENING or keys[place] in BOTH):
        place += 1
    while place < len(keys):
        length = next((n for n in (3, 2) if _is_phrase(keys[place : place + n])), 1)
        place += length
        units += 1
    return units


def _is_phrase(keys: Sequence[str]) -> bool:
    pair_of_fields = len(keys) == 3 and keys[1] in JOINING and {keys[0], keys[2]} <= FIELDS
    return pair_of_fields or tuple(keys) in PHRASES


def _begins_with_stranger(title: Sequence[Word]) -> bool:
    """Return whether the first word may be a title that is not known: "SDET Quality Analyst"."""
    place = 0
    while place < len(title) - 1 and (title[place].key in OPENING or title[place].both):
        place += 1
    rest = title[place:]
    if len(rest) < 2 or (len(rest) == 2 and (rest[0].text.isupper() or not rest[1].alone)):
        return False
    return any(map(_is_stranger, rest[: max(1, len(rest) - 2)]))


def _is_stranger(word: Word) -> bool:
    if word.text.isupper() and len(word.text) > 1:
        return word.text not in KNOWN_ABBREVIATIONS
    known = word.key in _KNOWN
    return not (known or word.closes or "-" in word.key or word.key.endswith(ABSTRACT))


_KNOWN = QUALIFIERS | FIELDS | TRAILING | SMALL_WORDS | {word for phrase in PHRASES for word in phrase}


def _doubt(title: Sequence[Word], *, near: bool) -> str:
    core = list(title)
    while len(core) > 1 and core[-1].hanging:
        core.pop()
    if len(core) > _LONG:
        return f"longer than {_LONG} words"
    if near or _cost(core) >= _CLOSE:
        return "it could be cut otherwise"
    with_object = any(word.key in PREPOSITIONS for word in core)
    if not with_object and not core[-1].closes:
        return "it does not end with a word that names a role"
    if not with_object and (_units(core) >= _LONG or _begins_with_stranger(core)):
        return "it may be two titles"
    return ""
