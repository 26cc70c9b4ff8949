"""Cutting an expected answer into the separate points that it asks for, in the page's own words."""

import re
from collections.abc import Iterator

from trainer.material.page.lead_ins import after_later_lead_in, after_lead_in

LONGEST_ANSWER = 4_000
"""Characters of an answer that is cut; a longer one is no answer, and stays whole."""

_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)[.!?]+\s+(?=[A-Z“\"])")

_LIST_OF = re.compile(
    r"(?:[\w-]+ ){0,2}(?:activities|areas|aspects|basics|duties|elements|examples|factors|methods|points"
    r"|qualities|responsibilities|skills|steps|tasks|techniques|things|topics)"
    r"(?: such as| like| including|:) ",
    re.IGNORECASE,
)
"""A head over a list that says no more than that a list comes: "basic tasks like"."""

_AMONG = re.compile(
    r",? (?:including|which includes?):? (?=[^,;]+[,;] [^,;]+(?:[,;] | (?:and|or|&) ))", re.IGNORECASE
)
"""A head over a list of three things or more, each of them a point."""

_SEPARATOR = re.compile(r"[,;] (?:and |or |& )?(?:also )?| while (?=\w+ing\b)| as well as ")
_LAST_AND = re.compile(r" (?:and|or|&) ")
_BELONGS_BEFORE = re.compile(
    r"(?:which|who|whose|that|where|when|so|because|but|if|especially|particularly|not|rather|even|including"
    r"|such as|like|e\.g|i\.e|etc|depending|using|without|with)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:what|who|whom|which|when|where|why|how|if)\b", re.IGNORECASE)
_ENDS_LIST = re.compile(r"\b(?:and|or|&) ", re.IGNORECASE)
_SETS_SCENE = re.compile(r"(?:in|at|when|if|before|after|during|for) (?:[\w'’-]+ ?){1,6}", re.IGNORECASE)
"""What says when the first point counts: "In an emergency"."""
_LIST_WITHIN = re.compile(r"\b(?:such as|like|including|e\.g\.) ", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"(?:an? )?(?:calm|clear|strong|good|solid|basic|deep|quick|open|honest|patient|polite|specific"
    r"|\w+(?:ive|ous|ful|ent))",
    re.IGNORECASE,
)

_Span = tuple[int, int]


def cut_points(answer: str) -> list[str]:
    """Return the points of an answer; each is a stretch of its text, letter by letter."""
    if len(answer) > LONGEST_ANSWER:
        return [answer]
    points = [
        answer[start:end] for sentence in _sentences(answer) for start, end in _points(answer, *sentence)
    ]
    return list(dict.fromkeys(points)) or ([answer] if answer else [])


def _sentences(answer: str) -> Iterator[_Span]:
    start = 0
    for end in _SENTENCE_END.finditer(answer):
        yield start, end.start()
        start = end.end()
    yield start, len(answer)


def _points(answer: str, start: int, end: int) -> Iterator[_Span]:
    begin = after_lead_in(answer, start, end)
    led = begin > start
    if list_of := _LIST_OF.match(answer, begin, end):
        begin = list_of.end()
    for first, last in _joined(answer, _parted(answer, begin, end)):
        place = after_later_lead_in(answer, first, last) if led and first > begin else first
        length = len(answer[place:last].rstrip(" .,;:!?"))
        if length > 2:
            yield place, place + length


def _parted(answer: str, start: int, end: int) -> list[_Span]:
    """Return what lies between commas and the like, outside brackets."""
    closed = list(_outside_brackets(answer, start, end))
    spans: list[_Span] = []
    begin = start
    serial = False
    separators = [*_AMONG.finditer(answer, start, end), *_SEPARATOR.finditer(answer, start, end)]
    for separator in sorted(separators, key=lambda each: each.start()):
        if not closed[separator.start() - start] or separator.start() < begin:
            continue
        spans.append((begin, separator.start()))
        begin = separator.end()
        serial = serial or separator[0].rstrip().endswith(("and", "or", "&"))
    spans.append((begin, end))
    # "A, B and C": the last comma of the list is left out.
    if len(spans) > 1 and not serial and (last := _LAST_AND.search(answer, *spans[-1])):
        spans[-1:] = [(spans[-1][0], last.start()), (last.end(), spans[-1][1])]
    return spans


def _outside_brackets(answer: str, start: int, end: int) -> Iterator[bool]:
    depth = 0
    for sign in answer[start:end]:
        depth = max(0, depth + (sign in "([“") - (sign in ")]”"))
        yield depth == 0


def _joined(answer: str, spans: list[_Span]) -> list[_Span]:
    """Put together what belongs together: "A, such as B, C", "clear, calm communication"."""
    joined: list[_Span] = []
    sticks = False
    for start, end in spans:
        first, last = joined[-1] if joined else (start, start)
        before = answer[first:last]
        asks = _ASKS.match(answer, start, end)
        clause = _ENDS_LIST.search(answer, last, start) and " " in answer[start:end]
        listed = asks and (clause or _ASKS.match(before))
        belongs = not listed and _BELONGS_BEFORE.match(answer, start, end)
        scene = len(joined) == 1 and _SETS_SCENE.fullmatch(before)
        if joined and (sticks or belongs or scene or _ADJECTIVE.fullmatch(before)):
            joined[-1] = (first, end)
        else:
            joined.append((start, end))
        sticks = sticks or bool(_LIST_WITHIN.search(answer, start, end))
    return joined
