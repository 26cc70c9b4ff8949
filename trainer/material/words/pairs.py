"""Lines that are a term and its meaning, parted by a dash, a colon, a tab or another sign."""

import re
from collections import Counter
from collections.abc import Sequence

from trainer.material.page.found import Unplaced
from trainer.material.words.word_list import Entry, WordList, word_list

_BETWEEN = re.compile(
    r"(?P<tab>\t)|\s(?P<dash>[-‐‑‒–—―−]{1,3})\s|(?<=\w)(?P<tight>[—―])(?=\w)|(?P<colon>:)\s|\s(?P<equals>=|=>|->|→)\s"
)
_BULLET = re.compile(r"\s*[•◦‣▪●○■□*·–—-]\s+")
_NUMBER = re.compile(r"\s*\(?\d{1,4}[.)]\s+")
_LABEL = re.compile(
    r"(?:job |posted |closing |start |reference )?(?:q|a|question|(?:expected )?answer|location|salary|pay|"
    r"company|employer|department|contract|hours|benefits|contact|e-?mail|phone|tel|website|date|from|to|cc|subject|sent|"
    r"source|author|page|title|reports to|responsibilities|requirements|qualifications|typical job title|"
    r"also try searching for)",
    re.IGNORECASE,
)
_FEWEST = 3
"""Pairs that make a list; two are enough where tabs part them."""
_SHARE = 0.6
"""Of the lines that have to be pairs."""
_MOST_LABELS = 2
"""Lines such as "Salary: …": as many tell an advertisement or a mail."""
_LONGEST_NAME = 8
"""Words of a line that names the list."""


def pairs_in(text: str, name: str = "") -> WordList | None:
    """Return the list that the lines of a text make, None if they make none."""
    plain = text.replace("**", "").replace("__", "")  # the bold of Markdown
    lines = [(number, line) for number, line in enumerate(plain.split("\n"), start=1) if line.strip()]
    if not lines:
        return None
    lines = _without_bullets(lines)
    kinds = Counter(at.lastgroup for _, line in lines if (at := _BETWEEN.search(line)))
    if not kinds:
        return None
    usual = kinds.most_common(1)[0][0]
    found = [_pair(number, line, str(usual)) for number, line in lines]
    pairs = [each for each in found if isinstance(each, Entry)]
    title, found = _title(found)
    enough = len(pairs) >= (_FEWEST - 1 if usual == "tab" else _FEWEST)
    if not enough or len(pairs) < _SHARE * len(found) or _is_labels(pairs):
        return None
    return word_list(found, title or name)


def _is_labels(pairs: Sequence[Entry]) -> bool:
    labels = sum(bool(_LABEL.fullmatch(pair.term.strip())) for pair in pairs)
    return labels >= _MOST_LABELS


def _title(found: list[Entry | Unplaced]) -> tuple[str, list[Entry | Unplaced]]:
    """Return what a first line that is no pair calls the list, and what stands below it."""
    first, *rest = found
    if isinstance(first, Unplaced) and rest and isinstance(rest[0], Entry):
        words = first.text.strip(" :#*\t")
        if 0 < len(words.split()) <= _LONGEST_NAME and words[-1] not in ".!?;,":
            return words, rest
    return "", found


def _without_bullets(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return lines without the sign or the number that most of them begin with."""
    for begins in (_BULLET, _NUMBER):
        if sum(bool(begins.match(line)) for _, line in lines) * 2 > len(lines):
            return [(number, begins.sub("", line, count=1)) for number, line in lines]
    return list(lines)


def _pair(number: int, line: str, usual: str) -> Entry | Unplaced:
    at = _BETWEEN.search(line)
    if at is None:
        return Unplaced(line.strip()[:200], number, "no sign parts a term from its meaning", bullet=False)
    if at.lastgroup != usual and any(each.lastgroup == usual for each in _BETWEEN.finditer(line, at.end())):
        return Unplaced(line.strip()[:200], number, "it could be parted in two places", bullet=False)
    if line[: at.start()].rstrip().endswith((".", "!", "?", ";", ",")):
        return Unplaced(line.strip()[:200], number, "it reads like a sentence, not like a term", bullet=False)
    return Entry(line[: at.start()], line[at.end() :], number)
