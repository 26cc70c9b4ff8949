"""Whether a copy of a page was cut off: a page ends with its red flags, and those with whole words."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from trainer.material.page.found import Unsure
from trainer.material.page.headings import Kind
from trainer.material.page.lines import PageLine
from trainer.material.sheet_files import shipped_decks

_LAST_WORD = re.compile(r"(?<![\w'’-])[a-z]+$")
_GOES_ON = re.compile(r"[,;:(/&–—-]$|\b(?:the|an?|and|or|their|its|his|her|your|into|than|as)$")
_ENDINGS = frozenset(
    {
        *("s", "es", "d", "ed", "er", "ers", "ing", "ings", "ly", "or", "ors", "ion", "ions"),
        *("ment", "ments", "ness", "ful", "less"),
    }
)
"""What follows a whole word in a longer one."""
_FEW = 2


def doubt_on_the_end(lines: Sequence[PageLine], kinds: Collection[Kind | None]) -> Unsure | None:
    """Return that a page seems to end early, None if it does not."""
    last = lines[-1]
    if Kind.RED_FLAGS not in kinds:
        return Unsure(last.number, "the page ends here, perhaps in the middle of a word", last.text[:80])
    if _is_cut_off(last.text, [line.text for line in lines[:-1]]):
        what = "the copy seems to end early, within this line: is there more on the page?"
        return Unsure(last.number, what, last.text[-80:])
    return None


def _is_cut_off(text: str, above: Sequence[str]) -> bool:
    if _GOES_ON.search(text) or text.count("(") > text.count(")") or text.count("“") > text.count("”"):
        return True
    if len(above) >= _FEW and all(line.endswith(".") for line in above[-_FEW:]) and text[-1:].isalnum():
        return True
    word = _LAST_WORD.search(text)
    return word is not None and _is_stump(word[0], " ".join((*above, text[: word.start()])))


def _is_stump(word: str, page: str) -> bool:
    """Return whether a word is none that is known, and the beginning of one that is."""
    rests = {rest for text in (page, _known_texts()) for rest in _rests(word, text)}
    if "" in rests:
        return False
    return bool(rests) and ("e" in rests or not rests & _ENDINGS)


def _rests(word: str, text: str) -> set[str]:
    """Return how the words of a text go on that begin so; empty where it is the word itself."""
    found = re.finditer(rf"{word}([a-z]*)", text)
    return {each[1] for each in found if not text[max(0, each.start() - 1) : each.start()].isalnum()}


@cache
def _known_texts() -> str:
    """Return the text of the sheets that come with trainer, as English words to know."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(shipped_decks().glob("*.toml")))
