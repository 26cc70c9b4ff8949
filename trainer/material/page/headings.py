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
    SECOND = auto()
    """Something that a page has once, a second time."""


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
_RESUME = r"(?:an? |the |your )?(?:r[eé]sum[eé]s?|cvs?|curricul(?:um|a) vitae)"
_SIMPLE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.EXAMPLES,
        re.compile(
            rf"(?:(?:real|sample|typical|common) )?(?:examples?|mentions?|lines) (?:in|on|from|of) {_RESUME}"
            rf"|{_RESUME} (?:examples?|lines?|mentions?)"
            rf"|(?:how|what) (?:it|this) (?:looks|appears|reads|shows up)(?: like)? (?:in|on) {_RESUME}",
            _FLAGS,
        ),
    ),
    (
        Kind.QUESTIONS,
        re.compile(
            r"(?:(?:examples?|sample|typical|common|suggested|useful)(?: of)? )?"
            r"(?:interview|screening) questions?(?: (?:to ask|and (?:expected )?answers))?"
            r"|questions to ask(?: .{1,40})?",
            _FLAGS,
        ),
    ),
    (
        Kind.LEVELS,
        re.compile(
            r"(?:experience )?levels? indicators?|(?:experience|seniority) levels?(?: indicators?)?"
            r"|levels? of (?:experience|seniority)|indicators? (?:of|by|for) (?:experience )?levels?",
            _FLAGS,
        ),
    ),
    (
        Kind.RED_FLAGS,
        re.compile(r"(?:red|warning) (?:flags?|signs?)(?: (?:to|in|for|when|during) .{1,40})?", _FLAGS),
    ),
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
_ASK = re.compile(r"(?:q(?:uestion)?\s*\d{0,3}\s*[:：.)]|question\s*\d{0,3}\s*[-–])\s*(?P<value>.*)", _FLAGS)
_ANSWER = re.compile(
    r"(?:(?:(?:an? |the )?(?:expected|ideal|good|sample|strong|model|suggested) )?"
    r"(?:answers?|responses?)\s*\d{0,3}"
    r"|what (?:to|you should) (?:listen|look) for|(?:listen|look) for"
    r"|key points(?: to (?:cover|mention|listen for))?"
    r"|what (?:an? )?(?:good|strong|great|ideal) (?:answers?|candidates?|looks) .{0,20}"
    r"|an? (?:good|strong|great) answer .{1,20})\s*[:：]\s*(?P<value>.*)",
    _FLAGS,
)
_ASK_ALONE = re.compile(r"(?:interview )?(?:q|question)\s*\d{0,3}", _FLAGS)
_ANSWER_ALONE = re.compile(
    r"(?:(?:expected|ideal|good|sample|strong|model|suggested) )?(?:answer|response)s?"
    r"|what to (?:listen|look) for|listen for|look for",
    _FLAGS,
)
"""Labels on a line of their own."""
_SHORT_ANSWER = re.compile(r"a\s*\d{0,3}\s*[:：.)]\s*(?P<value>.*)", _FLAGS)

_NUMBER = (
    r"(?:\d{1,3}(?:[.,½]\d?)?"
    r"|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
)
_BAND = (
    rf"(?:between )?{_NUMBER}\s*(?:[-–—‒−]|to|through|and)\s*{_NUMBER}(?:\s*\+)?|{_NUMBER}\s*(?:\+|plus\b)"
    rf"|(?:less than|under|up to|over|more than|at least|<|>|≥|≤)\s*{_NUMBER}(?:\s*\+)?"
    rf"|{_NUMBER} (?:or more|and (?:above|over|up))"
)
_UNIT = r"(?:years?|yrs?|months?|mos?)\b\.?"
_LEVEL = re.compile(
    r"(?P<name>[^\W\d][^()\[\]\d:,;|]{0,40}?)\s*"
    rf"(?:[(\[]\s*(?P<in>{_BAND})\s*(?P<in_unit>{_UNIT})[^()\n]{{0,40}}[)\]]"
    rf"|[:：,;|–—-]\s*(?P<behind>{_BAND})\s*(?P<behind_unit>{_UNIT})[^()\n]{{0,40}})\s*[:：]?",
    _FLAGS,
)
"""A name with its years, whatever the name is."""
_KNOWN_LEVEL = re.compile(
    r"(?P<name>[^\W\d][^()\[\]:,;|]{0,40}?(?<! of))\s*"
    rf"(?:(?:[(\[:：,;|–—-]\s*)?(?P<band>{_BAND})\s*(?P<unit>{_UNIT})?\s*[)\]]?"
    rf"|[(\[]\s*(?P<count>{_BAND})\s*(?P<counted>[^\W\d]{{1,15}}(?: [^\W\d]{{1,15}}){{0,3}})\s*[)\]])"
    r"\s*[:：]?",
    _FLAGS,
)
"""The name of a level with a count of something; no unit, or one that we do not know."""
_LEVEL_BEHIND = re.compile(
    rf"[(\[]?(?P<band>{_BAND})\s*(?P<unit>{_UNIT})(?: of experience)?[)\]]?\s*[:：,;|(–—-]*\s*"
    r"(?P<name>[^\W\d][^()\d:]{0,40}?)\s*\)?\s*[:：]?",
    _FLAGS,
)
_LEVEL_NAMES = frozenset(
    {
        *("advanced", "apprentice", "associate", "beginner", "chief", "director", "entry", "established"),
        *(
            "executive",
            "experienced",
            "expert",
            "graduate",
            "head",
            "intermediate",
            "intern",
            "junior",
            "lead",
        ),
        *("manager", "master", "mid", "middle", "new", "newcomer", "novice", "principal", "proficient"),
        *("seasoned", "senior", "specialist", "staff", "starter", "supervisor", "top", "trainee", "veteran"),
    }
)
_LEVEL_NUMBER = re.compile(
    r"(?:level|tier|grade|band|stage) (?:\d{1,2}|[ivx]{1,4}|one|two|three|four|five)", _FLAGS
)
_LEVEL_ALONE = re.compile(r"(?P<name>[^\W\d][\w/&' -]{0,30})", _FLAGS)
_QUESTION_LEVEL = re.compile(
    rf"(?P<value>{_NAME})[ -]levels?(?: interview)? questions?"
    rf"|questions for (?P<for>{_NAME})(?:[ -]levels?)?(?: candidates?)?"
    rf"|(?P<named>(?:{'|'.join(sorted(_LEVEL_NAMES))})(?:[ -]levels?)?(?: [\w/&'-]+){{0,3}}?)"
    r" (?:interview )?questions?"
    r"|(?P<numbered>(?:level|tier|grade|band) \d{1,2}) (?:interview )?questions?",
    _FLAGS,
)


def mark_of(line: PageLine, before: Kind | None) -> Mark | None:
    """Return what begins with a line, None for one that goes on with what is before it.

    `before` is what began last: "A." is an answer only after a question.
    """
    for find in _FINDERS:
        if mark := find(line, before):
            return mark
    return None


def is_level_name(text: str) -> bool:
    """Return whether a text begins with a word that names a level, and is short enough to be such a name."""
    words = text.replace("-", " ").replace("/", " ").split()
    named = bool(words) and len(words) <= 4 and words[0].casefold() in _LEVEL_NAMES
    return named or bool(_LEVEL_NUMBER.fullmatch(" ".join(words)))


def heads_something(line: PageLine) -> bool:
    """Return whether a line is no item of a list, but begins something: we do not know what."""
    text = _bare(line)
    short = len(text.split()) <= 6
    return line.text.endswith((":", "：")) or (
        short and not line.bullet and (is_level_name(text) or bool(_BAND_OF_YEARS.search(text)))
    )


_BAND_OF_YEARS = re.compile(rf"(?:{_BAND})\s*{_UNIT}", _FLAGS)


def _bare(line: PageLine) -> str:
    """Return a heading without the signs around it."""
    text = line.text.replace("**", "").replace("__", "").strip("#*_= ").rstrip(":： ").strip()
    return _DECORATION.sub("", text)


_DECORATION = re.compile(
    r"^(?:[^\w\s()\[\]<>≥≤“”\"'‘’«»@&/.,;:|+-]\s*)+|(?:\s*[^\w\s()\[\]<>≥≤“”\"'‘’«»@&/.,;:|+?!%-])+$"
)
"""Pictures at the ends of a heading."""
_NUMBERED = re.compile(r"(?:\d{1,2}|[ivx]{1,4}|[a-z])[.):]?\s+", _FLAGS)


def _find_heading(line: PageLine, _before: Kind | None) -> Mark | None:
    text = _bare(line)
    if len(text) > 160:
        return None
    if line.bullet == "" and (number := _NUMBERED.match(text)) and _heading(line, text[number.end() :]):
        text = text[number.end() :]
    return _heading(line, text)


def _heading(line: PageLine, text: str) -> Mark | None:
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
    if before is Kind.ASK and _ANSWER_ALONE.fullmatch(_bare(line)):
        return Mark(Kind.ANSWER, line)
    if before in _BEFORE_A_QUESTION and _ASK_ALONE.fullmatch(_bare(line)):
        return Mark(Kind.ASK, line)
    return None


_BEFORE_A_QUESTION = {Kind.QUESTIONS, Kind.QUESTION_LEVEL, Kind.ANSWER}


def _find_level(line: PageLine, before: Kind | None) -> Mark | None:
    text = _bare(line)
    if len(text) > 100:
        return None
    if found := _with_years(text):
        name, years, sure = found
        words = len(name.split())
        free = sure and words <= 3 and not line.bullet
        known = is_level_name(name)
        if before is Kind.EXAMPLES:  # "Senior Rigger, 5+ years" is one of them
            free, known = False, known and words == 1
        return Mark(Kind.LEVEL, line, name, years) if free or known else None
    stands_alone = line.gap or before is Kind.LEVELS or text.casefold().endswith("level")
    named = not line.bullet and is_level_name(text) and bool(_LEVEL_ALONE.fullmatch(text))
    if before in {Kind.LEVELS, Kind.LEVEL} and named and stands_alone:
        return Mark(Kind.LEVEL, line, text)
    if before in _BEFORE_A_QUESTION and named and (stands_alone or before is Kind.QUESTIONS):
        return Mark(Kind.QUESTION_LEVEL, line, text)
    return None


def _with_years(text: str) -> tuple[str, str, bool] | None:
    """Return the name of a level and its years, and whether they alone tell that it is one."""
    if found := _LEVEL.fullmatch(text):
        band, unit = (
            (found["in"], found["in_unit"]) if found["in"] else (found["behind"], found["behind_unit"])
        )
        return found["name"].strip(), _years(band, unit), True
    if found := _LEVEL_BEHIND.fullmatch(text):
        return found["name"].strip(), _years(found["band"], found["unit"]), False
    if found := _KNOWN_LEVEL.fullmatch(text):
        band, unit = (found["band"], found["unit"]) if found["band"] else (found["count"], found["counted"])
        return found["name"].strip(), _years(band, unit or ""), False
    return None


def _years(band: str, unit: str) -> str:
    """Return the years of a level; what is counted otherwise keeps its unit."""
    return band.strip() if re.match(r"y(?:ea)?rs?\b|$", unit, _FLAGS) else f"{band.strip()} {unit}"


_FINDERS: tuple[Callable[[PageLine, Kind | None], Mark | None], ...] = (
    _find_heading,
    _find_label,
    _find_level,
)
