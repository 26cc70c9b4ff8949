"""Where an abbreviation is not of the trade, but a part of a heading, or of a person's or a firm's name."""

from collections.abc import Callable, Sequence

from trainer.cards.lens.everyday import EMPLOYED, FIRMS, KNOWING
from trainer.cards.lens.tokens import Token

Known = Callable[[int], bool]
"""Whether the word of this number means something already, to the trade or elsewhere."""

_AT = frozenset(("at", "@", "via"))
"""Behind these mostly stands somebody's employer, and …"""
_BEFORE_FIRMS = frozenset(("for", "from", "by", "with", "of"))
"""… behind these where it has an article, or where somebody worked."""
_LONGEST = 5
"""Letters of a word in capitals that may be an abbreviation among others."""
_SEVERAL = 3
"""So many in a row are a list; two may be a person's name."""
_ROW = 6
"""Words to each side that are looked at."""
_HALF_LINE = 120
"""Characters to each side in which a line shows whether it is one in capitals."""
_EXPANDED = 9
"""Words before the bracket in which an abbreviation stands, of which it may be short for some."""
_SMALL = frozenset(("a", "and", "at", "by", "for", "in", "of", "on", "the", "to"))


def name_at_head(text: str, tokens: Sequence[Token], known: Known) -> int:
    """Return of how many words the name is with which a text of several lines begins: mostly its writer's."""
    end = text.find("\n", len(text) - len(text.lstrip()))
    length = 0
    while length < len(tokens) and tokens[length].end <= end:
        token = tokens[length]
        joined = not length or _is_joined(text[tokens[length - 1].end : token.start])
        if not joined:
            break
        if not token.text[0].isupper() or known(length):
            return 0  # "Senior LOLER engineer"
        length += 1
    return length if length > 1 else 0


def is_other(text: str, tokens: Sequence[Token], place: int, known: Known) -> bool:
    """Return whether an abbreviation is rather a part of a heading, or of the name of a person or firm."""
    before = place - 1 if place and _is_joined(text[tokens[place - 1].end : tokens[place].start]) else None
    after = place + 1 if place + 1 < len(tokens) else None
    if after and not _is_joined(text[tokens[place].end : tokens[after].start]):
        after = None
    if _in_row_of_capitals(text, tokens, place, known):
        return True
    if before is not None:
        word = tokens[before].text
        if _leads_to_firm(tokens, before, known) or (word[0].isupper() and word.casefold() in FIRMS):
            return True
    if after is not None and tokens[after].text.casefold() in FIRMS:
        return True
    return _is_short_for_firm(text, tokens, place)


def _in_row_of_capitals(text: str, tokens: Sequence[Token], place: int, known: Known) -> bool:
    """Return whether words in capitals around are a heading or a name; three short ones are a list."""
    row = [tokens[place]]
    for step in (-1, 1):
        at = place
        for _ in range(_ROW):
            at += step
            first = min(at, at - step)
            if at < 0 or at >= len(tokens) or known(at):
                break
            if not _is_joined(text[tokens[first].end : tokens[first + 1].start]):
                break
            if not tokens[at].text.isupper() or len(tokens[at].text) < _SEVERAL:
                break
            row.append(tokens[at])
    if len(row) == 1:
        return False
    if len(row) < _SEVERAL or any(len(each.text) > _LONGEST for each in row):
        return True
    return _line_around(text, tokens[place]).isupper()


def _line_around(text: str, token: Token) -> str:
    """Return the line in which a word stands, or much of it."""
    before = text[max(0, token.start - _HALF_LINE) : token.start].rpartition("\n")[2]
    return before + text[token.start : token.end + _HALF_LINE].partition("\n")[0]


def _leads_to_firm(tokens: Sequence[Token], place: int, known: Known) -> bool:
    """Return whether what follows a word is mostly somebody's employer: "at the RSC", "toured with RSC"."""
    word, article = tokens[place].text.casefold(), False
    if word == "the" and place:
        place, article = place - 1, True
        word = tokens[place].text.casefold()
    if word in _AT:
        return True
    if word not in _BEFORE_FIRMS:
        return False
    reason = tokens[place - 1].text.casefold() if place else ""
    if reason in KNOWING:
        return False
    return article or reason in EMPLOYED or (word == "for" and place > 0 and known(place - 1))


def _is_joined(between: str) -> bool:
    return between in {" ", "-", ". "}


def _is_short_for_firm(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Return whether an abbreviation stands in brackets behind the firm whose initials it is."""
    token = tokens[place]
    if text[token.start - 1 : token.start] != "(":
        return False
    words = [each.text.casefold() for each in tokens[max(0, place - _EXPANDED) : place]]
    initials = "".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)
    short = token.text.replace(".", "").casefold()
    return any(each.endswith(short) for each in initials) and not FIRMS.isdisjoint(words)
