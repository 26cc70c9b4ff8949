"""The words of a line of titles, and what each can do in a title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.material.role_words import ACRONYMS, ALONE, BOTH, CLOSING, CLOSING_PAIRS, NO_AGENT, SMALL_WORDS


@dataclass(frozen=True)
class Word:
    """A word of a line, with what it can do in a title."""

    text: str
    key: str
    closing: bool = False
    both: bool = False
    alone: bool = False
    """A title by itself."""
    agent: bool = False
    """Not known, but it ends as a role noun does."""
    acronym: bool = False
    hanging: bool = False
    """Belongs to the title before it: "(ASM)", "II"."""
    low: bool = False
    """Begins small in a line whose titles begin with a capital."""

    @property
    def closes(self) -> bool:
        """Whether a title may end with it."""
        return self.closing or self.both or self.acronym


_TRIMMED = ".,;:'\"“”‘’!?*"
_HANGING = re.compile(r"\(.*\)$|[ivx]{1,4}$|\d+$", re.IGNORECASE)
_PERSON = re.compile(
    r"\w{2,}(?:man|woman|person|maker|keeper|smith|wright|grapher|ologist|ician|master|writer|fitter|hand)$|\w{4,}ist$"
)
_AGENT = re.compile(r"\w{3,}(?:er|or|ant|ian)$")


def words_of(texts: Sequence[str]) -> list[Word]:
    """Return the words of a line of titles, each with what it can do in one."""
    shouted = not any(sign.islower() for text in texts for sign in text)
    capitals = [text[0].isupper() for text in texts if text.casefold() not in SMALL_WORDS]
    sentence_case = bool(capitals) and capitals[0] and capitals.count(False) * 3 >= len(capitals)
    words: list[Word] = []
    for text in _with_brackets(texts):
        word = _word(text, shouted=shouted, sentence_case=sentence_case)
        if words and (words[-1].key, word.key) in CLOSING_PAIRS:
            word = Word(text, word.key, closing=True)
        if words and (words[-1].text, word.text) == ("Of", "Counsel"):
            word = Word(f"{words.pop().text} {text}", "of counsel", closing=True, alone=True)
        words.append(word)
    return words


def _with_brackets(texts: Sequence[str]) -> list[str]:
    """Put the words within a pair of brackets together."""
    found: list[str] = []
    depth = 0
    for text in texts:
        if depth > 0:
            found[-1] += f" {text}"
        else:
            found.append(text)
        depth = max(0, depth + text.count("(") - text.count(")"))
    return found


def _word(text: str, *, shouted: bool, sentence_case: bool) -> Word:
    key = text.strip(_TRIMMED).casefold()
    if key in SMALL_WORDS and len(text) > 1 and text.isupper() and not shouted:
        key = text  # "OR Nurse"
    last = re.split(r"[-/–]", key)[-1]
    if text.endswith(("s'", "s’")):
        last = ""  # "Writers' Assistant"
    single = last.removesuffix("s") if last not in CLOSING and not last.endswith("ss") else last
    known = single in CLOSING or (bool(_PERSON.fullmatch(last)) and last not in NO_AGENT)
    return Word(
        text,
        single if last == key and (single in CLOSING or single in BOTH) else key,
        closing=known,
        alone=single in ALONE or (known and single not in CLOSING),
        both=single in BOTH,
        agent=not known and single not in BOTH and bool(_AGENT.fullmatch(last)) and last not in NO_AGENT,
        acronym=not shouted and text.strip(_TRIMMED) in ACRONYMS,
        hanging=bool(_HANGING.fullmatch(text)),
        low=sentence_case and not text[0].isupper(),
    )
