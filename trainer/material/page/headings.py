"""What a line of a page is by its look: a heading, a label such as "Q:", a level with its years, or text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from trainer.material.page.lines import PageLine


class Kind(Enum):
    """What begins with a line."""

    SUBTITLE = auto()
    EXAMPLES = auto()
    JOB_TITLE = auto()
    ALSO_TRY = auto()
    QUESTIONS = auto()
    QUESTION_LEVEL = auto()
    ASK = auto()
    ANSWER = auto()
    LEVELS = auto()
    LEVEL = auto()
    RED_FLAGS = auto()
    OTHER = auto()
    """A section that no sheet has a place for: "Where to Find …"."""


@dataclass(frozen=True)
class Mark:
    """A line that begins something."""

    kind: Kind
    line: PageLine
    value: str = ""
    """What stands behind a label; the name of a level, the industry."""
    years: str = ""


_FLAGS = re.IGNORECASE
_SUBTITLE = re.compile(
    r"(?:an? |the )?(?:term|word|role|job|title)s? (?:from|in|of) (?:the )?(?P<value>.{1,80}?)"
    r" (?:industry|sector|field)\b.{0,60}\bexplained\b.{0,40}",
    _FLAGS,
)
_SIMPLE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.EXAMPLES,
        re.compile(r"examples? (?:in|on|from) r[eé]sum[eé]s?|r[eé]sum[eé] examples?", _FLAGS),
    ),
    (Kind.QUESTIONS, re.compile(r"(?:(?:examples?|sample|typical) )?interview questions?", _FLAGS)),
    (
        Kind.LEVELS,
        re.compile(
            r"(?:experience )?levels? indicators?|experience levels?|levels? of experience",
            _FLAGS,
        ),
    ),
    (Kind.RED_FLAGS, re.compile(r"red flags?(?: (?:to|in|for|when|during) .{1,40})?", _FLAGS)),
    (
        Kind.OTHER,
        re.compile(
            r"where to (?:find|look|hire|source)\b.{0,80}"
            r"|(?:related|similar|more|other) (?:terms|roles|titles|jobs|words)|see also"
            r"|(?:key|common|essential|required) (?:tools|certifications|skills|responsibilities|software)"
            r"|certifications|tips for recruiters|salary(?: range)?|frequently asked questions"
            r"|about (?:us|this page)|share this(?: page)?|back to .{1,40}|(?:previous|next) term"
            r"|(?:©|copyright\b).{0,100}|.{0,60}\ball rights reserved.{0,20}",
            _FLAGS,
        ),
    ),
)
_JOB_TITLE = re.compile(r"typical job titles?\s*[:：]\s*(?P<value>.*)", _FLAGS)
_ALSO_TRY = re.compile(r"also (?:try )?search(?:ing)?(?: for)?\s*[:：]\s*(?P<value>.*)", _FLAGS)
_ALSO_TRY_ALONE = re.compile(r"also (?:try )?search(?:ing)?(?: for)?", _FLAGS)
_NAME = r"[^\W\d][\w/&' -]{0,30}?"
_QUESTION_LEVEL = re.compile(
    rf"(?P<value>{_NAME})[ -]levels?(?: interview)? questions?"
    rf"|questions for (?P<for>{_NAME})(?:[ -]levels?)?(?: candidates?)?"
    r"|(?P<known>entry|junior|mid|middle|intermediate|senior|experienced|expert|lead)"
    r" (?:interview )?questions?",
    _FLAGS,
)
_ASK = re.compile(r"(?:q(?:uestion)?\s*\d{0,3}\s*[:：.)]|question\s*\d{0,3}\s*[-–])\s*(?P<value>.*)", _FLAGS)
_ANSWER = re.compile(
    r"(?:expected|ideal|good|sample|strong)? ?answer\s*\d{0,3}\s*[:：]\s*(?P<value>.*)", _FLAGS
)
_SHORT_ANSWER = re.compile(r"a\s*\d{0,3}\s*[:：.)]\s*(?P<value>.*)", _FLAGS)

_NUMBER = r"\d{1,2}(?:[.,½]\d?)?"
_BAND = (
    rf"{_NUMBER}\s*(?:[-–—‒−]|to|through)\s*{_NUMBER}(?:\s*\+)?|{_NUMBER}\s*\+"
    rf"|(?:less than|under|up to|over|more than|at least|<|>|≥|≤)\s*{_NUMBER}(?:\s*\+)?"
    rf"|{_NUMBER} (?:or more|and (?:above|over|up))"
)
_IN_YEARS = r"\s*(?:years?|yrs?)\b\.?[^()\n]{0,40}"
_LEVEL = re.compile(
    r"(?P<name>[^\W\d][^()\d:]{0,40}?)\s*"
    rf"(?:\(\s*(?P<years>{_BAND}){_IN_YEARS}\)|[:：–—-]\s*(?P<open>{_BAND}){_IN_YEARS})\s*[:：]?",
    _FLAGS,
)
_LEVEL_NAMES = frozenset(
    {
        *("advanced", "apprentice", "associate", "beginner", "chief", "director", "entry", "executive"),
        *("experienced", "expert", "graduate", "head", "intermediate", "intern", "junior", "lead", "manager"),
        *("master", "mid", "middle", "novice", "principal", "senior", "specialist", "staff", "starter"),
        *("supervisor", "top", "trainee", "veteran"),
    }
)
_LEVEL_ALONE = re.compile(r"(?P<name>[^\W\d][\w/&' -]{0,30})", _FLAGS)


def mark_of(line: PageLine, before: Kind | None) -> Mark | None:
    """Return what begins with a line, None for one that goes on with what is before it.

    `before` is what began last: "A." is an answer only after a question.
    """
    for find in _FINDERS:
        if mark := find(line, before):
            return mark
    return None


def is_level_name(text: str) -> bool:
    """Whether a text begins with a word that names a level, and is short enough to be such a name."""
    words = text.replace("-", " ").replace("/", " ").split()
    return bool(words) and len(words) <= 3 and words[0].casefold() in _LEVEL_NAMES


def _bare(line: PageLine) -> str:
    """Return a heading without the signs around it."""
    return line.text.strip("#*_= ").rstrip(":： ").strip()


def _find_heading(line: PageLine, _before: Kind | None) -> Mark | None:
    text = _bare(line)
    if len(text) > 160:
        return None
    if found := _SUBTITLE.fullmatch(text):
        return Mark(Kind.SUBTITLE, line, found["value"])
    for kind, pattern in _SIMPLE:
        if pattern.fullmatch(text):
            return Mark(kind, line)
    if _ALSO_TRY_ALONE.fullmatch(text):
        return Mark(Kind.ALSO_TRY, line)
    if found := _QUESTION_LEVEL.fullmatch(text):
        return Mark(Kind.QUESTION_LEVEL, line, next(name for name in found.groups() if name))
    return None


def _find_label(line: PageLine, before: Kind | None) -> Mark | None:
    labels = [
        (Kind.JOB_TITLE, _JOB_TITLE),
        (Kind.ALSO_TRY, _ALSO_TRY),
        (Kind.ASK, _ASK),
        (Kind.ANSWER, _ANSWER),
    ]
    if before is Kind.ASK:
        labels.append((Kind.ANSWER, _SHORT_ANSWER))
    raw = line.raw.lstrip("#*_ ")
    for kind, pattern in labels:
        if found := pattern.match(raw):
            return Mark(kind, line, raw[found.start("value") :].lstrip("*_ "))
    return None


def _find_level(line: PageLine, before: Kind | None) -> Mark | None:
    text = _bare(line)
    if len(text) > 100:
        return None
    if found := _LEVEL.fullmatch(text):
        name = found["name"].strip()
        short = len(name.split()) <= 3
        if (short and not line.bullet and before is not Kind.EXAMPLES) or is_level_name(name):
            return Mark(Kind.LEVEL, line, name, (found["years"] or found["open"]).strip())
        return None
    stands_alone = line.gap or before is Kind.LEVELS or text.casefold().endswith("level")
    named = not line.bullet and is_level_name(text) and bool(_LEVEL_ALONE.fullmatch(text))
    if before in {Kind.LEVELS, Kind.LEVEL} and named and stands_alone:
        return Mark(Kind.LEVEL, line, text)
    return None


_FINDERS: tuple[Callable[[PageLine, Kind | None], Mark | None], ...] = (
    _find_heading,
    _find_label,
    _find_level,
)
