"""What a page is about: its title, the term in it, and the paragraph that explains it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.material.page.found import FoundText
from trainer.material.page.lines import PageLine

LONGEST_TITLE = 120
"""Characters of a line that may be a page's title."""

_ABBREVIATION = re.compile(r"[A-Z0-9][A-Z0-9&/.-]{1,9}s?")
_IN_BRACKETS = re.compile(r"(?P<before>[^()]+?)\s*\((?P<inside>[^()]+)\)")
_EXPLAINS = re.compile(r"\b(?:is|are|was|were|means?|refers? to|stands? for|describes?)\b")
_SUBJECT = re.compile(
    r"(?:(?:An?|The)\s+)?(?P<name>[^\W\d_a-z][\w’'&/.-]*(?:\s+[\w’'&/.-]+){0,6}?(?:\s*\([^()]{1,60}\))?)"
    r"\s*,?\s+(?:is|are|means|refers? to|stands for|describes)\s"
)
_GOES_ON = re.compile(
    r"(?:They|It|He|She|This|These|Those|Their|Its|Think|The|In|An?|While|Unlike|Most|Many|Some|When|As|For|Often"
    r"|Typically|Usually|You|Recruiters|Such|Both|Although|However|Also)\b.*[.!?]$"
)


@dataclass(frozen=True, kw_only=True)
class Naming:
    """What the head of a page says."""

    name: FoundText | None = None
    titled: bool = False
    term: str = ""
    stands_for: str = ""
    aliases: tuple[str, ...] = ()
    meaning: FoundText | None = None
    signal: FoundText | None = None
    """What the definition says that the term means on a résumé."""
    examples: tuple[FoundText, ...] = ()
    """Lines that stand where the résumé lines stand, on a page that lost its headings."""
    left: tuple[PageLine, ...] = ()
    """Lines that belong to none of these."""


def name_below_title(head: Sequence[PageLine], definition: Sequence[PageLine]) -> Naming:
    """Return what a page says whose title and definition stand around its subtitle."""
    meaning = _joined(definition)
    if not head or len(head[-1].text) > LONGEST_TITLE:
        return _named_by_definition(meaning)
    title = FoundText(_without_markup(head[-1].text), head[-1].number)
    return replace(named(title.text), name=title, titled=True, meaning=meaning)


def _without_markup(title: str) -> str:
    """Return a title without what Markdown puts around it; the sharp of C# is not that."""
    return title.lstrip("# ").strip("*_ ") or title


def name_without_subtitle(head: Sequence[PageLine], *, examples_follow: bool) -> Naming:
    """Return what the head of a page says that has no subtitle, and perhaps no title.

    Unless the examples have a heading of their own, what follows the definition is taken for them.
    """
    place = next((i for i, line in enumerate(head) if _is_definition(line)), None)
    if place is None:
        short = [line for line in head if len(line.text) <= LONGEST_TITLE and not line.bullet]
        if not short:
            return Naming()
        title = FoundText(short[-1].text, short[-1].number, "no line below it says that it is the title")
        return replace(named(title.text), name=title, titled=True)
    end = place + 1
    while end < len(head) and _continues(head[end - 1], head[end], examples_follow=examples_follow):
        end += 1
    meaning = _joined(head[place:end])
    rest = tuple(head[end:])
    examples = tuple(
        FoundText(line.text, line.number, "it stands where the résumé lines stand, without their heading")
        for line in rest
        if not examples_follow
    )
    naming = _named_by_definition(meaning)
    if place and len(head[place - 1].text) <= LONGEST_TITLE:
        naming = _titled(head[place - 1], meaning)
    return replace(naming, meaning=meaning, examples=examples, left=rest if examples_follow else ())


def _titled(line: PageLine, meaning: FoundText | None) -> Naming:
    naming = named(line.text)
    explained = (meaning.text if meaning else "").casefold()
    known = any(name.casefold() in explained for name in (naming.term, naming.stands_for) if name)
    doubt = "" if known else "the definition below it does not name it"
    return replace(naming, name=FoundText(line.text, line.number, doubt), titled=True)


def _named_by_definition(meaning: FoundText | None) -> Naming:
    """Return the term that the definition explains, for a page without a title."""
    subject = _SUBJECT.match(meaning.text[:300]) if meaning else None
    if not (meaning and subject):
        return Naming(meaning=meaning)
    name = FoundText(
        subject["name"], meaning.line, "the page has no title, so it is what the first sentence explains"
    )
    return replace(named(name.text), name=name, meaning=meaning)


def named(text: str) -> Naming:
    """Return the term in a title: "ASM (Assistant Stage Manager)" is ASM, which stands for the rest."""
    found = _IN_BRACKETS.fullmatch(text)
    if not found:
        return Naming(term=text)
    before, inside = found["before"], found["inside"]
    if abbreviates(before, inside):
        return Naming(term=before, stands_for=inside)
    if abbreviates(inside, before):
        return Naming(term=inside, stands_for=before)
    return Naming(term=text)


def abbreviates(short: str, long: str) -> bool:
    """Return whether the letters of a short name may be those of a long one."""
    initials = [word[0].upper() for word in re.findall(r"\w+", long)]
    letters = re.sub(r"[^A-Z]", "", short)
    return bool(
        _ABBREVIATION.fullmatch(short)
        and letters
        and len(initials) > 1
        and letters[0] == initials[0]
        and len(letters) <= sum(len(word) for word in long.split())
        and (set(letters) <= set(long.upper()))
    )


def _is_definition(line: PageLine) -> bool:
    return not line.bullet and len(line.text) >= 40 and bool(_EXPLAINS.search(line.text[:200]))


def _continues(before: PageLine, line: PageLine, *, examples_follow: bool) -> bool:
    """Return whether a line goes on with the definition."""
    if line.bullet:
        return False
    return examples_follow or _unfinished(before) or bool(_GOES_ON.match(line.text))


def _unfinished(line: PageLine) -> bool:
    return not line.text.endswith((".", "!", "?", ":", "”", '"', ")"))


def _joined(lines: Sequence[PageLine]) -> FoundText | None:
    text = " ".join(line.text for line in lines)
    return FoundText(text, lines[0].number) if text else None
