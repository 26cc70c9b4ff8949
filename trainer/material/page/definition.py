"""What a definition says besides: what the term stands for, its other names, what it means on a résumé."""

import re
from dataclasses import replace

from trainer.material.page.found import FoundText
from trainer.material.page.naming import Naming, abbreviates

_SENTENCE_END = re.compile(r"(?<=[.!?”\"])(?<!e\.g\.)(?<!i\.e\.)\s+(?=[A-Z“\"])")
_RESUME = r"(?:r[eé]sum[eé]s?|cvs?)\b"
_A_RESUME = rf"(?:an? |the |their |some(?:one|body)['’]s )?{_RESUME}"
_ON_A_RESUME = re.compile(
    rf"\b(?:when|if|where|whenever)\b.{{0,60}}\b(?:see|sees|read|reads|spot|find|notice|appears?|stands)\b"
    rf".{{0,80}}\b{_RESUME}|\b(?:when|if|where) {_A_RESUME}|\bon {_A_RESUME},?.{{0,60}}"
    r"\b(?:means?|shows?|tells?|suggests?|signals?|indicates?|points? to)\b",
    re.IGNORECASE,
)
_STANDS_FOR = re.compile(
    r"\b(?:stands|is short|short) for (?:the )?[“\"]?(?P<long>[^.;:()“”\"]{3,80}?)[”\"]?"
    r"(?=[.;:()]|$|,?\s+(?:and\s+)?(?:is|are|means|refers|describes|covers|an?|the|which)\b)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"(?P<before>[^().,;]{2,80}?)\s*\((?P<inside>[^()]{2,80})\)")
_ALSO_CALLED = re.compile(
    r"\b(?:(?:also|sometimes|often|otherwise) (?:called|known as|named|referred to as|written(?: as)?)"
    r"|(?:other|another) names? (?:for (?:it|them|this) )?(?:is|are|include))\s+(?P<names>[^.;:()]{2,120})",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r",?\s+(?:or|and)\s+|,\s*")
_NO_NAME = re.compile(
    r"(?:which|who|that|is|are|in|on|at|by|when|because|depending|for|has|have|it|they)\b", re.IGNORECASE
)
_WHERE = re.compile(r"\s+(?:in|on|at|by|when|where|because|depending|within|among|if)\b.*", re.IGNORECASE)
"""What says where or when it is called so."""
_LONGEST_NAME = 4
"""Words of another name."""


def explained(naming: Naming) -> Naming:
    """Return what the head of a page says, with what its definition says beside what the term is."""
    if naming.meaning is None:
        return naming
    text = naming.meaning.text
    stands_for = naming.stands_for or _stands_for(naming.term, text)
    known = {name.casefold() for name in (naming.term, stands_for, *naming.aliases)}
    names = [name for name in _other_names(text) if name.casefold() not in known]
    meaning, signal = _parted(naming.meaning)
    return replace(
        naming,
        stands_for=stands_for,
        aliases=(*naming.aliases, *dict.fromkeys(names)),
        meaning=meaning,
        signal=signal,
    )


def _parted(meaning: FoundText) -> tuple[FoundText, FoundText | None]:
    """Part what the term is from what it means on a résumé, sentence by sentence."""
    sentences = _SENTENCE_END.split(meaning.text)
    told = [sentence for sentence in sentences if _ON_A_RESUME.search(sentence)]
    rest = [sentence for sentence in sentences if sentence not in told]
    if not told or not rest:
        return meaning, None
    return replace(meaning, text=" ".join(rest)), FoundText(" ".join(told), meaning.line)


def _stands_for(term: str, text: str) -> str:
    """Return what a term stands for by its definition, empty if that does not say it."""
    head = text[:300]
    found = _STANDS_FOR.search(head)
    if found and term in head[: found.start()] and abbreviates(term, found["long"].title()):
        return found["long"].strip()
    for each in _IN_BRACKETS.finditer(head):
        before, inside = each["before"].strip(), each["inside"].strip()
        if before.split()[-1:] == [term] and abbreviates(term, inside.title()):
            return inside
    return ""


def _other_names(text: str) -> list[str]:
    names: list[str] = []
    for found in _ALSO_CALLED.finditer(text):
        for part in _BETWEEN_NAMES.split(found["names"]):
            called = _WHERE.sub("", part.strip()).strip(" “”\"'‘’")
            name = re.sub(r"^(?:an?|the)\s+", "", called, flags=re.IGNORECASE)
            if not name or _NO_NAME.match(name) or len(name.split()) > _LONGEST_NAME:
                break
            names.append(name)
    return names
